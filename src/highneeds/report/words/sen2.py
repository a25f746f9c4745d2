"""What is said of a SEN2 return as it is read, checked, corrected and accepted."""

from collections import Counter

from highneeds.caseload import Caseload
from highneeds.checks.finding import Findings, Outcome
from highneeds.checks.sen2.kept_corrections import KeptCorrections
from highneeds.intake.accepted import Acceptance
from highneeds.intake.sen2.rows import MODULES, Return
from highneeds.vocabulary.counted import counted

FORM_WORDS = {
    "csv": "Blade CSV files",
    "xml": "an XML return",
    "template": "the data entry template",
    "workbook": "a pre-submission workbook",
    "extract": "an extract by a mapping",
    "ssd": "the SEND tables of the Standard Safeguarding Dataset",
}


def as_read(return_: Return) -> str:
    """In which form and layout a return was read, and what was handled on the way, each with its count."""
    rows = sum(return_.module(module).height for module in MODULES)
    form = FORM_WORDS[return_.form]
    lines = [f"Read as {form}, layout {return_.layout}, as at {return_.reference_date}: {rows:,} rows."]
    lines += [f"  {note.text}: {_times(note.count)}." for note in return_.notes]
    if return_.unreadable.height:
        lines.append(f"  Cells that could not be read, listed as findings: {_times(return_.unreadable.height)}.")
    return "\n".join(lines) + "\n"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"


def in_short(found: Findings) -> str:
    """How many rules found something, were clear, could not check and why."""
    by_severity = Counter(finding.severity.value for finding in found.all)
    lines = [f"{count:,} {severity.replace('_', ' ')}" for severity, count in sorted(by_severity.items())]
    lines = [f"Findings: {', '.join(lines) or 'none'}."]
    counts = {outcome: len(found.of_outcome(outcome)) for outcome in Outcome}
    lines.append(
        f"Rules: {counts[Outcome.FOUND]} found something, {counts[Outcome.CLEAR]} are clear, "
        f"{counts[Outcome.COULD_NOT_CHECK]} could not be checked."
    )
    reasons: dict[str, dict[str, None]] = {}
    for result in found.of_outcome(Outcome.COULD_NOT_CHECK):  # of two returns a rule is named once
        reasons.setdefault(result.why, {})[result.rule] = None
    lines += [f"Could not check {', '.join(codes)}: {why}." for why, codes in reasons.items()]
    return "\n".join(lines) + "\n"


def accepted(one: Acceptance, caseload: Caseload, found: Findings) -> str:
    """Who accepted what, with how many findings; and whether it is invented."""
    said = (
        f"Accepted the return of {one.reference_date} by {one.by}: {caseload.people.height:,} people, "
        f"{len(found.all):,} findings of which {len(found.must_fix):,} have to be fixed. "
        f"Kept as {one.fingerprint[:12]}.\n"
    )
    synthetic = "It says that it is synthetic: no figure from it is a figure of the council.\n"
    return said + synthetic if caseload.synthetic else said


def corrections_kept(kept: KeptCorrections) -> str:
    """Row by row what could not be used, then what is put right in each return."""
    lines = [f"  {one.file}: {one.message}. {one.fix}" for one in kept.found]
    for mark, day, corrections in kept.kept:
        right = sum(not one.stands for one in corrections)
        stand = len(corrections) - right
        said = f", {counted(stand, 'cell')} right already" if stand else ""
        lines.append(f"The return of {day} ({mark}): {counted(right, 'cell')} put right{said}.")
    changed = f", {kept.changed:,} of them otherwise than before" if kept.changed else ""
    lines.append(f"This sheet gave {kept.new:,}{changed}. Check or accept the same files again with this workspace.")
    return "\n".join(lines) + "\n"
