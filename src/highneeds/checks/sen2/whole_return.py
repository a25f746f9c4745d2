"""Rules about the return as a whole: is it plausible?"""

import statistics
from datetime import date, timedelta
from typing import Any

import polars as pl
from polars import col

from highneeds.caseload.caseload import is_open
from highneeds.checks.finding import Severity
from highneeds.checks.sen2._book import ReturnUnderCheck
from highneeds.checks.sen2._cases import asked_for, assessed, on_plan
from highneeds.checks.sen2._rule import BLADE_NAMES, across_rule, sen2_name
from highneeds.intake.sen2.cells import LOST_DIGITS
from highneeds.intake.sen2.rows import MODULES, Placement, ReadingNote, SenNeed, YoungPerson
from highneeds.vocabulary.setting import SettingClass

ENOUGH = 20  # so many cases before a share says anything


def percent(part: int, whole: int, enough: int = ENOUGH) -> int | None:
    """The share in whole per cent; None where there are too few to speak of one."""
    return round(100 * part / whole) if whole >= enough else None


def one(book: ReturnUnderCheck, **said: Any) -> pl.DataFrame:
    """One finding about the return as a whole: it stands on no row and names nobody."""
    row = pl.DataFrame({"line": [None], "person_reference": ["the return"], "reference": [None]})
    return row.with_columns(**{name: pl.lit(value) for name, value in said.items()})


def none(book: ReturnUnderCheck, *names: str) -> pl.DataFrame:
    """Nothing found, in the columns of a finding."""
    return pl.DataFrame(schema=dict.fromkeys(("line", "person_reference", "reference", *names), pl.String))


def _ended(plans: int, reason: str, end: date = date(2024, 6, 1)) -> tuple[YoungPerson, ...]:
    """So many plans that ended for this reason."""
    return tuple(on_plan(end=end, reason=reason) for _ in range(plans))


def _place(**placement: Any) -> Placement:
    """A placement in a mainstream school from September 2023."""
    return Placement(**(dict[str, Any](rank=1, setting_class="MsMdA", entry_date=date(2023, 9, 1)) | placement))


def _reviewed() -> YoungPerson:
    """A plan from 9 January 2023 with a review."""
    return on_plan(active=dict(last_review=date(2024, 6, 1)))


def _excepted(marked: int, *, of: int) -> tuple[YoungPerson, ...]:
    """So many plans issued, so many of them with an exception to the 20 weeks."""
    issued = dict(outcome="Y", outcome_date=date(2024, 6, 1))
    return tuple(assessed(**issued, week20=number < marked) for number in range(of))


def _asked_by_month(*requests: int) -> tuple[YoungPerson, ...]:
    """So many requests in each month from January 2024 on."""
    months = enumerate(requests, start=1)
    return tuple(asked_for(received_date=date(2024, month, 5)) for month, many in months for _ in range(many))


def _starting(*plans: int) -> tuple[YoungPerson, ...]:
    """So many plans on each day from 9 January 2023 on."""
    days = [date(2023, 1, 9) + timedelta(days=number) for number in range(len(plans))]
    return tuple(on_plan(start=day) for day, many in zip(days, plans, strict=True) for _ in range(many))


def _at_school(still: int, *, left: int, **placement: Any) -> tuple[YoungPerson, ...]:
    """So many who are still at the school 118000, and so many who left it in July 2024."""
    gone = _place(urn="118000", leaving_date=date(2024, 7, 1), **placement)
    return (on_plan(_place(urn="118000", **placement)),) * still + (on_plan(gone),) * left


@across_rule(
    "persons",
    "RET-01",
    field="reference",
    fix="Check that the named plans are in the export and that their dates were read.",
    broken_by=dict(people=(on_plan(end=date(2025, 1, 15)),)),
    holds_for=(dict(people=(on_plan(end=date(2025, 1, 16)),)), dict(people=(on_plan(start=date(2025, 1, 16)),))),
    also_broken_by=dict(people=()),
    source="no council is without plans",
)
def a_return_has_plans_in_force(book: ReturnUnderCheck) -> pl.DataFrame:
    """No plan is in force on {day}, the last day of the return"""
    return one(book, day=book.ends) if len(book.in_force) == 0 else none(book, "day")


@across_rule(
    "persons",
    "RET-02",
    field="reference",
    severity=Severity.QUERY,
    fix="Look for the reasons behind 'other'; the department asks about it.",
    broken_by=dict(people=(*_ended(5, "9"), *_ended(19, "2"))),
    holds_for=(
        dict(people=(*_ended(9, "9"), *_ended(35, "2"))),
        dict(people=_ended(19, "9")),
        dict(people=(*_ended(19, "9"), *_ended(1, "9", date(2023, 12, 31)))),
    ),
    also_broken_by=(dict(people=_ended(20, "9")), dict(people=_ended(20, "9", date(2024, 1, 1)))),
    source="the department asks where reason 9 is frequent",
)
def other_reasons_are_few(book: ReturnUnderCheck) -> pl.DataFrame:
    """{share}% of the plans that ended did so for reason 9, other"""
    ended = book.return_.named_plans.filter(col("cease_date") >= book.begins)
    share = percent(ended.filter(col("cease_reason") == "9").height, ended.height)
    return one(book, share=share) if share is not None and share > 20 else none(book, "share")


@across_rule(
    "persons",
    "RET-03",
    field="reference",
    severity=Severity.QUERY,
    fix="Check that placements are in the export and hang from the right plans.",
    broken_by=dict(people=(on_plan(),) * 3 + (on_plan(_place()),) * 25),
    holds_for=(dict(people=(on_plan(),) * 2 + (on_plan(_place()),) * 18), dict(people=(on_plan(),) * 19)),
    also_broken_by=dict(people=(on_plan(),) * 20),
    source="published: about 2% of plans without a recorded placement",
)
def few_children_are_without_a_known_place(book: ReturnUnderCheck) -> pl.DataFrame:
    """{share}% of the plans in force have no open placement"""
    plans = book.caseload.at(book.ends)
    share = percent(len(plans.placed_in({SettingClass.UKN})), len(plans))
    return one(book, share=share) if share is not None and share > 10 else none(book, "share")


@across_rule(
    "persons",
    "RET-04",
    field="reference",
    severity=Severity.QUERY,
    fix="Check that the dates of reviews are exported.",
    broken_by=dict(people=(on_plan(),) * 9 + (_reviewed(),) * 13),
    holds_for=(
        dict(people=(on_plan(),) * 8 + (_reviewed(),) * 12),
        dict(people=(on_plan(),) * 19),
        dict(people=(on_plan(start=date(2024, 1, 17)),) * 20),
    ),
    also_broken_by=(dict(people=(on_plan(),) * 20), dict(people=(on_plan(start=date(2024, 1, 16)),) * 20)),
    source="reviews are yearly by law",
    fields=(("active_plans", "last_review"),),
)
def reviews_are_in_the_return(book: ReturnUnderCheck) -> pl.DataFrame:
    """{share}% of the plans in force for over a year have no review at all"""
    plans = book.caseload.at(book.ends).where(col("starts") < book.ends - timedelta(days=365))
    reviewed = book.return_.active_plans.filter(col("last_review").is_not_null())["person"].drop_nulls()
    without = len(plans.where(~col("person").is_in(reviewed.implode())))
    share = percent(without, len(plans))
    return one(book, share=share) if share is not None and share > 40 else none(book, "share")


@across_rule(
    "persons",
    "RET-05",
    field="reference",
    severity=Severity.QUERY,
    fix="Check that the mark is not set for every late plan.",
    broken_by=dict(people=_excepted(8, of=26)),
    holds_for=(
        dict(people=_excepted(6, of=20)),
        dict(people=_excepted(19, of=19)),
        dict(people=(*_excepted(8, of=8), *(assessed(outcome="Y"),) * 12)),
    ),
    also_broken_by=dict(people=_excepted(20, of=20)),
    source="SEND Regulations 2014, regulation 10(4): exceptions are narrow",
    fields=(("assessments", "week20"),),
)
def exceptions_are_the_exception(book: ReturnUnderCheck) -> pl.DataFrame:
    """An exception to the 20 weeks is marked for {share}% of the plans issued"""
    issued = book.return_.assessments.filter((col("outcome") == "Y") & col("outcome_date").is_not_null())
    share = percent(issued.filter(col("week20")).height, issued.height)
    return one(book, share=share) if share is not None and share > 30 else none(book, "share")


@across_rule(
    "persons",
    "RET-06",
    field="reference",
    severity=Severity.QUERY,
    fix="Check whether a default date or a late entry stands behind it.",
    broken_by=dict(people=_asked_by_month(5, 5, 5, 5, 5, 16)),
    holds_for=(
        dict(people=_asked_by_month(5, 5, 5, 5, 5, 15)),
        dict(people=_asked_by_month(4, 4, 4, 4, 4, 13)),
        dict(people=_asked_by_month(5, 5, 5, 5, 16)),
    ),
    source="requests follow the school year, not one month",
)
def requests_come_evenly(book: ReturnUnderCheck) -> pl.DataFrame:
    """{most} requests were received in {month}, against {usual} in a usual month"""
    rows = book.return_.requests.filter(col("received_date").is_between(book.begins, book.ends))
    months = rows.group_by(col("received_date").dt.truncate("1mo").alias("month")).len().sort("len", "month")
    counts: list[int] = months["len"].to_list()
    if len(counts) < 6 or (usual := statistics.median_low(counts)) < 5 or max(counts) <= 3 * usual:
        return none(book, "most", "usual", "month")
    return one(book, most=max(counts), usual=usual, month=f"{months['month'][-1]:%b %Y}")


@across_rule(
    "persons",
    "RET-07",
    field="reference",
    severity=Severity.QUERY,
    fix="Check whether it is a default date of the case system.",
    broken_by=dict(people=_starting(9, 8, 8, 8, 8, 1)),
    holds_for=(dict(people=_starting(8, 8, 8, 8, 8)), dict(people=_starting(39))),
    also_broken_by=dict(people=_starting(40)),
    source="a date shared by many is likely a default",
)
def no_date_is_everybodys(book: ReturnUnderCheck) -> pl.DataFrame:
    """{share}% of the plans start on one day, {day}"""
    starts = book.return_.named_plans["start_date"].drop_nulls()
    days = starts.value_counts(sort=True, name="plans").sort("plans", "start_date")
    most = days.tail(1)
    plans: list[int] = most["plans"].to_list()
    share = percent(sum(plans), len(starts), 2 * ENOUGH)
    odd = share is not None and share > 20
    return one(book, share=share, day=most["start_date"].max()) if odd else none(book, "share", "day")


@across_rule(
    "persons",
    "RET-08",
    field="reference",
    severity=Severity.QUERY,
    fix="Check for placements ended by mistake, or a school whose number changed.",
    broken_by=dict(people=_at_school(4, left=6)),
    holds_for=(
        dict(people=_at_school(5, left=5)),
        dict(people=_at_school(0, left=9)),
        dict(people=_at_school(4, left=6, entry_date=date(2024, 1, 18))),
        dict(people=_at_school(4, left=6, rank=2)),
    ),
    also_broken_by=(
        dict(people=_at_school(0, left=10)),
        dict(people=_at_school(4, left=6, entry_date=date(2024, 1, 17))),
    ),
    source="settings below their usual headcount",
)
def an_establishment_does_not_empty(book: ReturnUnderCheck) -> pl.DataFrame:
    """{now} children are at URN {urn}, after {then} a year earlier"""
    then_day = book.ends - timedelta(days=365)
    rows = book.caseload.placements.filter(col("urn").is_not_null() & (col("rank") == 1))
    then = rows.filter(is_open("entry_date", "leaving_date", then_day)).group_by("urn").agg(then=pl.len())
    now = rows.filter(is_open("entry_date", "leaving_date", book.ends)).group_by("urn").agg(now=pl.len())
    met = then.join(now, on="urn", how="left").with_columns(col("now").fill_null(0))
    odd = met.filter((col("then") >= 10) & (col("now") * 2 < col("then"))).sort("urn")
    return odd.with_columns(
        line=pl.lit(None, pl.UInt32), person_reference=pl.lit("the return"), reference=pl.lit(None, pl.String)
    )


@across_rule(
    "persons",
    "RET-09",
    field="reference",
    severity=Severity.QUERY,
    fix="Check that both marks are exported; published numbers are known to be too low.",
    broken_by=dict(
        people=tuple(on_plan(Placement(rank=1, setting_class="MsMdA", entry_date=date(2023, 9, 1))) for _ in range(100))
    ),
    holds_for=(
        dict(people=(on_plan(_place()),) * 99),
        *(dict(people=(on_plan(_place()),) * 100 + (on_plan(_place(setting_class=unit)),)) for unit in ("RP", "SENU")),
    ),
    source="published SEN unit and resourced provision numbers are under-recorded",
)
def units_are_marked(book: ReturnUnderCheck) -> pl.DataFrame:
    """Not one of {children} children in mainstream schools is marked as in a SEN unit or resourced provision"""
    plans = book.caseload.at(book.ends)
    in_units = len(plans.placed_in({SettingClass.RP, SettingClass.SENU}))
    children = len(plans.placed_in({SettingClass.MSMDA}))
    return one(book, children=children) if children >= 100 and in_units == 0 else none(book, "children")


@across_rule(
    "persons",
    "RET-10",
    field="reference",
    severity=Severity.QUERY,
    fix="Check the day up to which the export runs.",
    broken_by=dict(people=(asked_for(received_date=date(2024, 12, 4)),) * 20),
    holds_for=(
        dict(people=(asked_for(received_date=date(2024, 12, 5)),) * 20),
        dict(people=(asked_for(received_date=date(2024, 12, 4)),) * 19),
        dict(people=(asked_for(received_date=date(2023, 12, 31)),) * 20),
        dict(people=(*(asked_for(received_date=date(2024, 12, 4)),) * 20, asked_for(received_date=date(2025, 1, 16)))),
    ),
    also_broken_by=(
        dict(people=(asked_for(received_date=date(2024, 1, 1)),) * 20),
        dict(people=(*(asked_for(received_date=date(2024, 12, 4)),) * 20, asked_for(received_date=date(2025, 1, 17)))),
    ),
    source="requests come every week",
)
def the_last_weeks_are_in_the_return(book: ReturnUnderCheck) -> pl.DataFrame:
    """The last request was received {last}, more than six weeks before the end of the return"""
    last = book.return_.requests.filter(col("received_date") <= book.ends)["received_date"].max()
    many = book.return_.requests.filter(col("received_date") >= book.begins).height >= ENOUGH
    stale = many and isinstance(last, date) and (book.ends - last).days > 42
    return one(book, last=last) if stale else none(book, "last")


@across_rule(
    "persons",
    "RET-11",
    field="reference",
    fix="Correct the cells; they count as empty until then.",
    broken_by=dict(
        people=(YoungPerson(),),
        unreadable=[("named_plans", 1, 14, "start_date", "99-99-99", "not a date")],
    ),
    holds_for=(dict(unreadable=[]), dict(unreadable=[("placements", 1, 14, "ukprn", "1.01E+07", LOST_DIGITS)])),
    source="every item has its form",
)
def cells_can_be_read(book: ReturnUnderCheck) -> pl.DataFrame:
    """{cells} cells of {item} in {module} could not be read ({reason}); the first is on line {at}"""
    return _by_column(book.return_.unreadable.filter(col("reason") != LOST_DIGITS))


def _by_column(unreadable: pl.DataFrame) -> pl.DataFrame:
    """Cells that could not be read, one row a column and reason, with the file that they stand in."""
    grouped = unreadable.group_by("module", "field", "reason", maintain_order=True)
    found = grouped.agg(cells=pl.len(), at=col("line").min())
    items = [sen2_name(module, name) for module, name in found.select("module", "field").iter_rows()]
    whole = found.with_columns(item=pl.Series(items, dtype=pl.String), line=col("at"), of_module=col("module"))
    return whole.with_columns(person_reference=pl.lit("the return"), reference=pl.lit(None, pl.String))


@across_rule(
    "persons",
    "RET-13",
    field="reference",
    fix="Export the return again, and do not open the files in a spreadsheet on the way.",
    broken_by=dict(
        people=(YoungPerson(),),
        unreadable=[("placements", 1, 14, "ukprn", "1.01E+07", LOST_DIGITS)],
    ),
    holds_for=(dict(unreadable=[]), dict(unreadable=[("named_plans", 1, 14, "start_date", "99-99-99", "not a date")])),
    also_broken_by=dict(unreadable=[], people=(YoungPerson(uln_form="lost digits"),)),
    source="a spreadsheet that opens a CSV file keeps the first digits of a long number and writes the rest as nought",
)
def numbers_keep_their_digits(book: ReturnUnderCheck) -> pl.DataFrame:
    """{cells} cells of {item} lost digits in a spreadsheet (written as 1.01E+07); the first is on line {at}"""
    lost = book.return_.unreadable.filter(col("reason") == LOST_DIGITS).select("module", "field", "reason", "line")
    people = book.view("persons").filter(col("uln_form") == "lost digits").select("line")
    ulns = people.with_columns(module=pl.lit("persons"), field=pl.lit("uln_form"), reason=pl.lit(LOST_DIGITS))
    return _by_column(pl.concat([lost, ulns.select(lost.columns).cast(lost.schema)]))


@across_rule(
    "persons",
    "RET-12",
    field="reference",
    severity=Severity.NOTE,
    fix="Nothing, where it was meant; else correct the export.",
    broken_by=dict(
        people=(YoungPerson(),), notes=(ReadingNote("spelling", "named_plans", "wbp", "WPB is read as wbp", 3),)
    ),
    holds_for=dict(notes=()),
    source="spellings, swaps and unknown columns are handled openly and counted",
)
def what_was_handled_openly_is_known(book: ReturnUnderCheck) -> pl.DataFrame:
    """{text} ({count} times)"""
    notes = [(note.text, note.count) for note in book.return_.notes]
    whole = pl.DataFrame(notes, schema={"text": pl.String, "count": pl.Int64}, orient="row")
    place = dict(line=pl.lit(None, pl.UInt32), person_reference=pl.lit("the return"), reference=pl.lit(None, pl.String))
    return whole.with_columns(**place)


@across_rule(
    "persons",
    "RET-14",
    field="reference",
    severity=Severity.QUERY,
    fix="Export the module again; if there is nothing to tell, this may stay.",
    broken_by=dict(people=(YoungPerson(),), files={"persons": "person.csv", "needs": "senneed.csv"}),
    holds_for=(
        dict(files={"persons": "person.csv"}),
        dict(people=(on_plan(active=dict(needs=(SenNeed(need_type="ASD", rank=1),))),)),
    ),
    source="an export that was cut off has its head and no rows",
)
def a_module_that_is_there_has_rows(book: ReturnUnderCheck) -> pl.DataFrame:
    """{module} {how}"""
    read = book.return_
    empty = [name for name in MODULES if name in read.files and read.module(name).is_empty()]
    found = pl.DataFrame({"of_module": empty}, schema={"of_module": pl.String})
    is_xml = read.form == "xml"  # one file for all modules: one without rows has no header there either
    return found.with_columns(
        module=pl.col("of_module").replace(BLADE_NAMES),
        how=pl.lit("does not occur in the file" if is_xml else "has a header and no rows"),
        line=pl.lit(None if is_xml else 1, pl.UInt32),
        person_reference=pl.lit("the return"),
        reference=pl.lit(None, pl.String),
    )
