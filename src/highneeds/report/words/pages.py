"""Words of the pages that no document has."""

from collections.abc import Iterable

NO_TARGET = "None on record"
NO_OWNER = "Not named"
NO_DEFINITION = "The council gives no definition of this indicator."
NO_BOOKS = "the commitment book, and with it the matching of caseload, commitments and ledger"
OF_NARRATIVE = "From the report"
OF_TARGETS = "From the register of targets"
APART = (
    "The level says on target while the measures are worsening. The review file asks the owner about it before the "
    "report is signed."
)
APART_BETTER = (
    "The level says off target while the measures are improving. The review file asks the owner about it before the "
    "report is signed."
)
NO_CONDITIONS = "No agreement or plan is on record, so there are no conditions to report on"
NO_RISKS = "The council keeps no risk register"
NO_REGISTERS = "The council keeps no register yet"
NO_COMPARISONS = "Nothing is published of this council beside others"
FEW_ROWS = "fewer than 5 rows"
COUNTED = "How it is counted"
GOT_WORSE, GOT_BETTER = "Worse", "Better"
NO_MOVES = "No measure moved clearly"
YEAR_BASIS = (
    "Each measure is compared with the same month a year before: there is no earlier report with figures like for like."
)
RANK = "{place} of {of} councils, 1 is the highest"
OWN_LEVEL_MOVED = "Condition {number}, {title}: {now} at the {update} update, {before} before"
COMPARED_WITH_REMEDY = (
    "Write the name of a comparison in compared_with as docs/reference/comparisons.md lists them, or leave it empty"
)
MIDDLE = "Middle of the neighbours"
OUR_REGION = "The region"


def target(milestone: str, when: str) -> str:
    """'70.0% in Jan 2026'."""
    return f"{milestone} in {when}" if when else milestone


def not_since(month: str) -> str:
    """The last clause of a heading: the figure is old, and the table says why."""
    return f"; no figure since {month}"


def on_new_basis(month: str) -> str:
    """The last clause of a heading: what jumped is probably the way of counting."""
    return f"; probably counted on a new basis since {month}"


OUT_OF_THE_ORDINARY = "; the latest month is out of the ordinary"


def changes_sentence(since: str, better: int, worse: int) -> str:
    """'Since Nov 2024 5 measures got better and 8 got worse'."""
    if not better + worse:
        return NO_MOVES
    return f"{since}, {_measures(better)} got better and {worse or 'none'} got worse"


def _measures(count: int) -> str:
    return f"{count} {'measure' if count == 1 else 'measures'}" if count else "no measure"


def since_month(month: str) -> str:
    return f"Since {month}"


def basis_month(month: str) -> str:
    """What the moves are measured from."""
    return (
        f"Each measure is compared with {month}, the month of the last report; across the roll-over of school years, "
        "with the same month a year before. The measures that matter most to the agreement come first."
    )


def conditions_sentence(worst: str, level: str, off: int, of: int) -> str:
    """'5 of 9 conditions are off target; most at risk is condition 3, Assessments and annual reviews (off target)'."""
    share = (
        f"{off or 'None'} of {of} {'condition' if of == 1 else 'conditions'} {'is' if off == 1 else 'are'} off target"
    )
    return f"{share}; most at risk is {worst} ({level.lower()})"


def risks_sentence(count: int, counts: str) -> str:
    """'3 risks: 1 off target, 2 off target with plans'."""
    return f"{count} {'risk' if count == 1 else 'risks'}: {counts}" if count else NO_RISKS


def run(joint: str, way: str, months: int) -> str:
    """', but with a rise in each of the last 4 months'."""
    return f"{joint} a {way} in each of the last {months} months"


def no_figures(names: Iterable[str]) -> str:
    return f"No figure is on record for: {'; '.join(names)}."


def rows(count: int) -> str:
    return f"{count} {'row' if count == 1 else 'rows'}"


def left_out(first: int, of: int) -> str:
    return f"The first {first} of {of} rows are listed. The file has them all."


DUE_HEADS = ("What", "Register", "Due", "When", "Rests on")
NO_DUE_DAY = {"paused": "paused", "could_not_check": "could not be checked"}


def due_when(state: str, days: int | None) -> str:
    """'184 days late', 'today', 'in 28 days', 'paused'."""
    if days is None:
        return NO_DUE_DAY[state]
    if days == 0:
        return "today"
    number = f"{abs(days)} {'day' if abs(days) == 1 else 'days'}"
    return f"{number} late" if days < 0 else f"in {number}"


def due_many(state: str, many: str) -> str:
    """'fewer than 5 overdue', '12 due'."""
    return f"{many} {NO_DUE_DAY.get(state, state)}"


def registers_sentence(kept: int, of: int) -> str:
    return f"{kept} of {of} registers {'is' if kept == 1 else 'are'} kept" if kept else NO_REGISTERS


def comparisons_sentence(above: int, of: int) -> str:
    """'On 9 of 16 published measures the council stands above England'."""
    return f"On {above} of {of} published measures our figure is higher than England's" if of else NO_COMPARISONS


def comparison_sentence(title: str, own: str, england: str, period: str) -> str:
    """'Plans per 1,000 people aged 0 to 25: 41.2 here, 39.2 in England (Jan 2025)'."""
    beside = f", {england} in England" if england else ""
    return f"{title}: {own} here{beside} ({period})"
