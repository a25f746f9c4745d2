"""The dashboard on paper."""

TITLE = "Our dashboard"
MEASURES = "Every measure, month by month"
TREND, CHANGE, DIRECTION = "Trend", "Change on the year", "Direction"
YEARLY = "Figures by year"
NOT_REPORTED = "We do not report: {titles}."
NOT_YET = "We have no figures yet for: {titles}."


def finding(better: int, worse: int, unchanged: int, volumes: int) -> str:
    """How the dashboard stands against the same month a year before."""
    if not better + worse + unchanged:
        return f"The {volumes} rows are numbers to plan for; none of them is better or worse by itself."
    return (
        f"Against the same month a year before, {better} of our measures are better, {worse} are worse and "
        f"{unchanged} show no clear change. Another {volumes} are numbers to plan for, such as requests and plans."
    )


def once(months: int) -> str:
    return f"{months} months. Under a short title stands the wording of our dashboard."


def rollover(words: str) -> str:
    return f"Children move up a school year and change places in {words}; the trend marks it with a thin line."


def standing(of: int, judged: int, better: int, worse: int, never: int) -> str:
    """'Of 44 indicators, 14 can be judged: 6 are better and 5 worse than a year before. 11 have never had a figure.'"""
    if not judged:
        return (
            f"None of {of} indicators can be judged better or worse. That needs a direction of good in the catalogue, "
            "and figures a year apart."
        )
    told = (
        f"Of {of} indicators, {judged} can be judged: {better or 'none'} {'is' if better == 1 else 'are'} better and "
    )
    told += f"{worse or 'none'} worse than a year before."
    gaps = f" {never} {'has' if never == 1 else 'have'} never had a figure." if never else ""
    return f"{told}{gaps} Volumes of plans, requests and assessments are neither good nor bad in themselves."
