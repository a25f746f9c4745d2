"""What became known after the report."""

TITLE = "What became known since the report of {day}"
LEAD = "These figures became known after the report of {day}, which stays as it was."
NOTHING = "Nothing that bears on the report has become known since."
BESIDE = "Beside the figures of the report"
FURTHER = "Further figures"
NOT_IN_REPORT = "not in the report"
