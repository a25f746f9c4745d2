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
    return f"{months} months, as we report them to our board. Under a short title stands the wording of the dashboard."


def rollover(words: str) -> str:
    return f"Children move up a school year and change places in {words}; the trend marks it with a thin line."
