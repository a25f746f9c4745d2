"""Published figures and the documents they stand in."""

TITLE = "Figures and their sources"
QUALIFIERS = {"at_least": "at least", "at_earliest": "at the earliest", "up_to": "up to", "sic": "as printed"}
WHAT, PRINTED, PERIOD, SOURCE, SUBJECT = "What it is", "As printed", "Period", "Source", "Subject"
PUBLISHED = "Published figures"
UNUSABLE_NOTE = "Figures marked as read from a damaged chart or cut off at the page edge are listed but used nowhere."
DAMAGED, CUT_OFF = "read from a damaged chart", "cut off at the page edge"
NO_PERIOD = "not stated"
TABLE, MEASURE, GROUP = "Table", "Measure", "Group or column"
PLACEMENTS = "Printed tables of placements and transfers"
