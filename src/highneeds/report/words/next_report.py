"""What the next report begins with."""

from collections.abc import Iterator

from highneeds.intake.workspace.dashboard import Observation
from highneeds.intake.workspace.next_report import OpenedReport
from highneeds.report.document import long_date
from highneeds.vocabulary.money import pounds_text


def begins_with(opened: OpenedReport) -> Iterator[str]:
    """Which report follows which, what is carried forward, and what moved or was restated since."""
    old, new = opened.old, opened.new
    yield f"Report {new.number}, {new.slot} ({new.id}), follows report {old.number} of {old.submitted}."
    if not opened.day_is_given:
        yield f"It is dated {_dated(opened)}. What becomes known later is left out of it."
        yield "If it goes on another day, change 'submitted' in council.toml."
    yield f"Carried forward: {', '.join(opened.carried) or 'nothing'}. The old report stays in programme/{old.id}/."
    if opened.moved:
        yield "\nNewer figures"
        for one in opened.moved:
            before = f" (was {_figure(one.before)})" if one.before else ""
            yield f"  {one.title}: {_figure(one.now)}{before}"
    if opened.restated:
        yield "\nRestated"
        for two in opened.restated:
            yield f"  {two.title}, {two.now.period}: {_value(two.now)}, was {_value(two.before)}"
    if opened.sums:
        yield "\nRestated in the account"
        for sum_ in opened.sums:
            yield f"  {sum_.about}, {sum_.year}: {_pounds(sum_.now)}, was {_pounds(sum_.before)}"
    if opened.reworded:
        yield "\nCalled otherwise"
        yield from (f"  {name}: '{title}', was '{before}'" for name, before, title in opened.reworded)
    if opened.facts:
        yield "\nPublished since"
        yield from (f"  {three.meaning}: {three.printed or three.written} ({three.id})" for three in opened.facts)


def _dated(opened: OpenedReport) -> str:
    """The day that the report was given, and why that one."""
    day, due = long_date(opened.new.submitted), opened.due
    if due is None:
        return f"today, {day}, because nothing says in which month it is due"
    if due.last_day < opened.new.submitted:
        return f"today, {day}, because the month in which it was due is over"
    return f"{day}, the last day of the month in which it is due"


def _figure(one: Observation) -> str:
    return f"{_value(one)} in {one.period}"


def _value(one: Observation) -> str:
    return one.unit.show(one.value) if one.value is not None else one.state.words.lower()


def _pounds(pence: int | None) -> str:
    return "not given" if pence is None else f"{pounds_text(pence)} pounds"
