"""What changed since the last report, good and bad."""

TITLE = "What changed"
NOTHING = "No measure moved clearly."
FIRST = "This is our first report; each measure is compared with the same month a year before."
BETTER, WORSE = "Better", "Worse"


def since_words(month: str) -> str:
    return f"Since our last report, {month}, the measures that matter most to the agreement moved as follows."


def moved(title: str, before: str, month_before: str, after: str, month: str, change: str) -> str:
    """'Annual reviews overdue: 7,765 in Jan 2025, from 7,043 in Nov 2024 (+10.3%)'."""
    return f"{title}: {after} in {month}, from {before} in {month_before} ({change})"
