"""Headlines of the template, at most three each."""

TITLE = "Headlines"
PARTS = {
    "Headlines: drivers of change": "The biggest drivers of positive change",
    "Headlines: barriers": "The biggest barriers",
    "Headlines: stakeholder engagement": "The best examples of engagement",
}
NONE = "None given."
MOST = 3
