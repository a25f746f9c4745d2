"""What became of every cell of a spreadsheet that was imported."""

from collections import Counter
from collections.abc import Iterator, Sequence

from highneeds.intake.spreadsheet.imported import ImportedCell, ImportedDashboard, ImportedFinance

MANY = 3
"""Of more cells than these the first is named and the rest are counted; --format csv names every one."""


def dashboard(done: ImportedDashboard) -> Iterator[str]:
    """Row by row what it became, then every cell that was not plain, then what was no row."""
    name = f"sheet {done.sheet}, " if done.sheet else ""
    counts = Counter(one.outcome.value for one in done.cells)
    yield f"Read from {name}periods in {done.heads_at}: " + ", ".join(f"{n} {word}" for word, n in counts.items())
    yield "\nRows (dashboard_mapping.csv keeps this; correct an id there and import again)"
    for one in done.mapping:
        near = f"; may be {done.suggestions[one.title]}" if one.title in done.suggestions else ""
        yield f"  {one.title} -> {one.indicator or 'left out'}, {one.unit}{near}"
    noted = [one for one in done.cells if one.note or (one.outcome.value == "not read" and one.printed)]
    if noted:
        yield "\nCells with something to know"
        yield from _by_what_is_known(noted)
    if done.asides:
        yield "\nNo rows of figures"
        yield from (f"  {one.where} '{one.text[:80]}': {one.taken_for}" for one in done.asides)
    if done.sheets:
        yield f"\nSheets that were not read: {', '.join(done.sheets)}"
    yield "\nWritten: " + (", ".join(done.changed) if done.changed else "nothing, for nothing is new")


def _by_what_is_known(noted: Sequence[ImportedCell]) -> Iterator[str]:
    """A line a cell; one line for many cells of which the same is to be known."""
    alike: dict[str, list[ImportedCell]] = {}
    for one in noted:
        alike.setdefault(f"{one.outcome.value}{_state(one.state)}; {one.note}", []).append(one)
    for said, cells in alike.items():
        if len(cells) > MANY:
            yield f"  {cells[0].where} '{cells[0].printed}' and {len(cells) - 1} more: {said}"
        else:
            yield from (f"  {one.where} '{one.printed}': {said}" for one in cells)


def _state(state: str) -> str:
    return f", {state}" if state else ""


def finance(done: ImportedFinance) -> Iterator[str]:
    """Row by row what it goes to, then every cell with something to know, then what was no sum."""
    counts = Counter(one.outcome.value for one in done.sums)
    yield "Read: " + ", ".join(f"{n} {word}" for word, n in counts.items())
    yield "\nRows (finance/mapping.csv keeps this)"
    yield from (f"  {one.row} -> {one.goes_to or 'left out'}" for one in done.mapping)
    if done.unknown:
        yield "\nRows that nobody has mapped yet"
        yield from (f"  {one}" for one in done.unknown)
    noted = [one for one in done.sums if one.note]
    if noted:
        yield "\nCells with something to know"
        yield from (f"  {one.where} '{one.printed}': {one.outcome.value}; {one.note}" for one in noted)
    if done.asides:
        yield "\nNo sums"
        yield from (f"  {one.where} '{one.text[:80]}': {one.taken_for}" for one in done.asides)
    yield "\nWritten: " + (", ".join(done.changed) if done.changed else "nothing, for nothing is new")
