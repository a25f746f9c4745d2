"""What a run leaves in its workspace beside the documents: its forecast, and what its submission says."""

from datetime import datetime

from highneeds.actions.keep_draft import keep_draft
from highneeds.actions.keep_forecast import keep_summary
from highneeds.report.render.text import lines_by_section
from highneeds.run import RunFiles


def keep_forecast_of_run(result: RunFiles, *, by: str, now: datetime) -> None:
    """The forecast of a run is kept in its workspace like every other, so that what comes can be held against it."""
    evidence = result.evidence
    if evidence.brief is not None:
        keep_summary(evidence.store, evidence.brief, evidence.inputs, by=by, now=now)


def keep_draft_of_run(result: RunFiles, *, by: str, now: datetime) -> None:
    """What the submission says is kept, so that the review of the next run can say what moved."""
    evidence = result.evidence
    report = evidence.workspace.council.report.id
    keep_draft(evidence.store, report, evidence.fingerprint, lines_by_section(result.signed), by=by, now=now)
