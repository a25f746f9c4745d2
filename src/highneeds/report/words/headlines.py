"""Headlines of the template, at most three each."""

TITLE = "Headlines"
PARTS = {
    "Headlines: drivers of change": "The biggest drivers of positive change",
    "Headlines: barriers": "The biggest barriers",
    "Headlines: stakeholder engagement": "The best examples of engagement",
}
OWN_PARTS = {
    "Headlines: drivers of change": "What has driven positive change",
    "Headlines: barriers": "What stands in the way",
    "Headlines: stakeholder engagement": "Examples of engagement",
}
"""As the council's own pages call them."""
NONE = "None given."
MOST = 3
FEWER = "Keep the three that matter most"


def too_many(part: str, items: int) -> str:
    return f"'{part}' has {items} items where the template allows {MOST}"
