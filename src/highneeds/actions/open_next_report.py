"""Open the next reporting slot: levels and narrative are carried forward, the old report stays as it was.

What moved since, what was restated and what is called otherwise is named, so that the writer knows where to look.
"""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from highneeds.intake.ledger.finance import read_finance
from highneeds.intake.ledger.years import MONEY
from highneeds.intake.workspace import Observation, Workspace, read_workspace
from highneeds.intake.workspace.council import ReportSlot
from highneeds.intake.workspace.facts import Fact
from highneeds.intake.workspace.next_report import MovedFigure, OpenedReport, RestatedFigure, RestatedSum
from highneeds.intake.workspace.programme import LEVEL_COLUMNS, RatedLevel
from highneeds.registers.of_workspace import known_register, read_file
from highneeds.store.place import documents
from highneeds.store.protocol import ABSENT, Store
from highneeds.vocabulary.assurance_level import AssuranceLevel
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import MONTH_NAMES, FinancialYear, Month

COUNCIL = "council.toml"
CALENDAR = "report_calendar"
CATALOGUE_COLUMNS = ("indicator", "title")
SETTLES = timedelta(days=61)
"""So long after a year's end its outturn is still what a report speaks of."""


def open_next_report(store: Store, slot: str, submitted: date | None = None, *, by: str, now: datetime) -> OpenedReport:
    """Open the slot of that name. InputError for a slot that council.toml does not list, or a report that is there.

    submitted   the day on which it is to go: what becomes known later is left out. Where it is not given, the last day
                of the month in which the slot is due; today where that is over, or where nothing says the month.
    """
    based_on = store.version(COUNCIL)
    whole = read_workspace(documents(store))
    old = whole.council.report
    due = _due(whole, slot)
    new = _next(whole, slot, submitted or _day(whole, slot, due, now.date()), due)
    old_folder, new_folder = f"programme/{old.id}/", f"programme/{new.id}/"
    if store.names(new_folder.rstrip("/")):
        raise InputError(
            f"The report {new.id} is there already", where=new_folder, remedy="Work on it, or name a later day"
        )
    before, after = whole.as_known(old.submitted), whole.as_known(new.submitted)
    files = {f"{new_folder}catalogue.csv": _csv(CATALOGUE_COLUMNS, ((one.id, one.title) for one in whole.indicators))}
    if store.exists(f"{old_folder}narrative.md"):
        files[f"{new_folder}narrative.md"] = _headed(store.read(f"{old_folder}narrative.md"), old, new)
    if whole.levels:
        files[f"{new_folder}levels.csv"] = _csv(LEVEL_COLUMNS, _levels(whole, new))
    with store.change(by=by, now=now, what=f"Open the {slot} report, {new.id}") as change:
        change.put(COUNCIL, _with_report(store.read(COUNCIL).decode("utf-8"), new).encode(), expects=based_on)
        for name, data in files.items():
            change.put(name, data, expects=ABSENT)
    carried = tuple(name for name in files if not name.endswith("catalogue.csv"))
    return OpenedReport(
        old,
        new,
        carried,
        tuple(_moved(before, after)),
        tuple(_restated(before, after)),
        tuple(_reworded(store, old_folder, whole)),
        tuple(_known_since(before, after)),
        tuple(_restated_sums(whole, old.submitted, new.submitted)),
        due,
        day_is_given=submitted is not None,
    )


def _due(whole: Workspace, slot: str) -> Month | None:
    """The month in which the next report of the slot is due: as the register of reports plans it, else the next month
    of the slot's name; None where neither says one."""
    old, path = whole.council.report, whole.folder / "registers" / f"{CALENDAR}.csv"
    rows = read_file(known_register(CALENDAR), path).rows if path.is_file() else ()
    planned = [row["due"] for row in rows if row["slot"] == slot and row["state"] == "planned" and row["due"]]
    ahead = [month for month in planned if month.last_day > old.submitted and str(month) != old.id]
    return min(ahead) if ahead else _named(slot, Month.of(old.submitted).plus(12))


def _named(slot: str, up_to: Month) -> Month | None:
    """Of the months that the slot is called after the last up to one; None of a slot that no month names."""
    number = next((place for place, short in enumerate(MONTH_NAMES, 1) if slot.lower().startswith(short.lower())), None)
    if number is None:
        return None
    own = Month(up_to.year, number)
    return own if own <= up_to else own.plus(-12)


def _day(whole: Workspace, slot: str, due: Month | None, today: date) -> date:
    """The day of a report that nobody gave one; the report that is open keeps its own."""
    old = whole.council.report
    if slot == old.slot and today <= old.submitted:
        return old.submitted
    return max(due.last_day, today) if due else today


def _next(whole: Workspace, slot: str, submitted: date, due: Month | None) -> ReportSlot:
    council, old = whole.council, whole.council.report
    if slot not in council.slots:
        raise InputError(
            f"'{slot}' is no slot of this council", where="--slot", remedy=f"Use one of {', '.join(council.slots)}"
        )
    if (slot, submitted) == (old.slot, old.submitted):
        raise InputError(
            f"The {slot} report of {submitted} is open already",
            where="--submitted",
            remedy="Work on it, or give a later day",
        )
    if submitted < old.submitted:
        raise InputError(
            f"The last report went on {old.submitted}, after {submitted}",
            where="--submitted",
            remedy="Give a later day",
        )
    month = due or Month.of(submitted)  # one that goes late is of its month all the same
    name = _named(slot, month) or month
    return ReportSlot(old.number + 1, str(name), submitted, slot, FinancialYear.of(submitted - SETTLES))


def _with_report(text: str, new: ReportSlot) -> str:
    """council.toml with the new report in its section; every other line and every remark stays."""
    values = {
        "number": str(new.number),
        "id": f'"{new.id}"',
        "submitted": f'"{new.submitted.isoformat()}"',
        "slot": f'"{new.slot}"',
        "current_year": f'"{new.current_year}"',
    }
    lines, inside = [], False
    for line in text.split("\n"):
        if re.match(r"\s*\[", line):
            inside = line.strip().startswith("[report]")
        key = re.match(r"\s*(\w+)\s*=", line)
        if inside and key and key[1] in values:
            remark = re.search(r"\s+#[^\"']*$", line)
            line = f"{key[1]} = {values[key[1]]}{remark[0] if remark else ''}"
        lines.append(line)
    return "\n".join(lines)


def _levels(whole: Workspace, new: ReportSlot) -> Iterator[tuple[object, ...]]:
    """The levels given so far this year, and for the new update of each condition the last that was given."""
    slots, old = whole.council.slots, whole.council.report
    same_year = slots.index(new.slot) > slots.index(old.slot)
    for condition in whole.agreement.conditions:
        given = {one.update: one for one in whole.levels if one.condition == condition.number}
        for update in slots:
            level = given.get(update)
            if update == new.slot:
                last = next((given[one] for one in reversed(slots[: slots.index(old.slot) + 1]) if one in given), None)
                value = last.level if last else AssuranceLevel.NOT_YET
                note = f"carried forward from {last.update}" if last and value.is_given else ""
                source, known = (last.source.document, _known(last)) if last else ("", "")
                yield (condition.number, update, value.value, source, "", note, known)
            elif level and same_year and slots.index(update) < slots.index(new.slot):
                line = level.source.line if level.source.line is not None else ""
                at = (level.source.document, line)
                yield (condition.number, update, level.level.value, *at, level.note, _known(level))
            else:
                yield (condition.number, update, AssuranceLevel.NOT_YET.value, "", "", "", "")


def _known(level: RatedLevel) -> str:
    return level.known_on.isoformat() if level.known_on else ""


def _moved(before: Workspace, after: Workspace) -> Iterator[MovedFigure]:
    """Indicators with a newer figure than the last report had."""
    for indicator in after.indicators:
        newest = _newest(after, indicator.id)
        last = _newest(before, indicator.id)
        if newest is not None and (last is None or str(last.period) < str(newest.period)):
            yield MovedFigure(indicator.id, indicator.short_title, last, newest)


def _newest(workspace: Workspace, indicator: str) -> Observation | None:
    known = [one for one in workspace.series(indicator) if one.value is not None]
    return known[-1] if known else None


def _restated(before: Workspace, after: Workspace) -> Iterator[RestatedFigure]:
    there = {(one.indicator, str(one.period)): one for one in before.observations}
    titles = {one.id: one.short_title for one in after.indicators}
    for one in after.observations:
        old = there.get((one.indicator, str(one.period)))
        if old is not None and old.value != one.value:
            yield RestatedFigure(one.indicator, titles[one.indicator], old, one)


def _known_since(before: Workspace, after: Workspace) -> list[Fact]:
    known = {one.id for one in before.facts}
    return sorted((one for one in after.facts if one.id not in known), key=lambda one: one.id)


def _headed(narrative: bytes, old: ReportSlot, new: ReportSlot) -> bytes:
    """The narrative with the new slot in its title, where the title names the old one as `new` writes it."""
    title, *rest = narrative.split(b"\n")
    named = title.replace(f", {old.slot} report".encode(), f", {new.slot} report".encode())
    return b"\n".join([named if title.startswith(b"# ") else title, *rest])


def _restated_sums(whole: Workspace, before: date, after: date) -> Iterator[RestatedSum]:
    """Sums of the account that the last report had and that are others now."""
    finance = read_finance(whole.folder, {one.id for one in (*whole.facts, *whole.later_facts)})
    then, now = finance.of_known((), before), finance.of_known((), after)
    years = {one.year: one for one in now.years}
    for row in then.years:
        for column in MONEY:
            old, new = getattr(row, column), getattr(years[row.year], column) if row.year in years else None
            if old is not None and old != new:
                yield RestatedSum(column, row.year, old, new)
    spent = {(one.year, one.line, one.period): one.amount for one in now.spend}
    for sum_ in then.spend:
        key = (sum_.year, sum_.line, sum_.period)
        if sum_.amount is not None and key in spent and spent[key] != sum_.amount:
            period = f" P{sum_.period}" if sum_.period else ""
            yield RestatedSum(f"spend on {sum_.line}{period}", sum_.year, sum_.amount, spent[key])


def _reworded(store: Store, old_folder: str, whole: Workspace) -> Iterator[tuple[str, str, str]]:
    """Indicators whose title is another than when the last report was opened."""
    name = f"{old_folder}catalogue.csv"
    if not store.exists(name):
        return
    before = {row["indicator"]: row["title"] for row in csv.DictReader(io.StringIO(store.read(name).decode("utf-8")))}
    for one in whole.indicators:
        if one.id in before and before[one.id] != one.title:
            yield (one.id, before[one.id], one.title)


def _csv(columns: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode()
