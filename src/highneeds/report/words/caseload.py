"""Figures as reported beside figures as computed."""

EVERY_MONTH = "Every month, reported against computed"
FILE = "Reported against computed, every month"
NONE = "None"
INDICATOR, BOTH, SAME = "Indicator", "Months with both", "The same"
LARGEST, WHEN, SHOWN = "Largest difference", "In", "Shown is the"
COMPUTED_LESS_REPORTED = (
    "The difference is the computed figure less the reported one. Which of the two the reports show is set in "
    "indicators.csv, column shown; both are kept."
)
