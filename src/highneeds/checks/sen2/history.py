"""Rules against the last accepted return: who appeared, who vanished, what changed behind our back."""

from datetime import date
from typing import Any

import polars as pl
from polars import col

from highneeds.caseload import Caseload
from highneeds.checks.finding import Severity
from highneeds.checks.sen2._book import ReturnUnderCheck
from highneeds.checks.sen2._cases import on_plan
from highneeds.checks.sen2._rule import BEFORE, across_rule
from highneeds.intake.sen2.rows import Placement, Request, YoungPerson

JUMP = 20  # per cent a year


def _before(book: ReturnUnderCheck) -> Caseload:
    assert book.before is not None
    return book.before


def _linked(book: ReturnUnderCheck) -> pl.DataFrame:
    """People of both returns: the view's persons with person_then, by the linkage key where it names one in each."""
    then = _before(book).people.filter(col("linkage_key").is_not_null())
    then = then.select("linkage_key", person_then="person").unique("linkage_key", keep="none")
    now = book.view("persons").unique("linkage_key", keep="none", maintain_order=True)
    return now.join(then, on="linkage_key", how="inner", maintain_order="left")


def _people_then(book: ReturnUnderCheck, then: pl.Series) -> pl.Series:
    """The people of this return who had one of these keys in the return before."""
    return _linked(book).filter(col("person_then").is_in(then.implode()))["person"]


def _dated(rows: pl.DataFrame, before: Caseload) -> pl.DataFrame:
    return rows.with_columns(before_date=pl.lit(before.reference_date))


def _once(book: ReturnUnderCheck, said: dict[str, Any]) -> pl.DataFrame:
    """One finding about the return as a whole: it stands on no row and names nobody."""
    row = pl.DataFrame({"line": [None], "person_reference": ["the return"], "reference": [None]})
    return row.with_columns(**{name: pl.lit(value) for name, value in said.items()})


def _nothing(said: dict[str, Any]) -> dict[str, pl.Expr]:
    return {name: pl.lit(None) for name in said}


def _placed(setting: str) -> YoungPerson:
    """A plan of the person k1, placed in this setting."""
    return on_plan(Placement(rank=1, setting_class=setting, entry_date=date(2023, 9, 1)), linkage_key="k1")


def _decided(outcome: str, received: date = date(2023, 9, 1)) -> YoungPerson:
    """A request of the person k1 with this outcome."""
    return YoungPerson(linkage_key="k1", requests=(Request(received_date=received, outcome=outcome),))


def _replaced(day: date) -> YoungPerson:
    """A plan of the person k1 that ended that day, and one in force from that day on."""
    first, second = on_plan(end=day, reason="2"), on_plan(start=day)
    return YoungPerson(linkage_key="k1", requests=(*first.requests, *second.requests))


def _so_many(plans: int) -> tuple[YoungPerson, ...]:
    """So many plans in force."""
    return tuple(on_plan() for _ in range(plans))


@across_rule(
    "persons",
    "HIS-01",
    field="reference",
    fix="Find the cases in the return accepted before and enter the end of each plan; a transfer out is an end too.",
    broken_by=dict(people=(YoungPerson(),), before=(on_plan(linkage_key="k1"),)),
    holds_for=(
        dict(people=(YoungPerson(linkage_key="k1"),)),
        dict(before=(on_plan(linkage_key="k1", end=date(2024, 1, 15)),)),
    ),
    also_broken_by=dict(before=(on_plan(linkage_key="k1", end=date(2024, 1, 16)),)),
    source="a plan ends by a recorded end, never by leaving the file",
    needs=(BEFORE,),
)
def nobody_vanishes_without_an_end(book: ReturnUnderCheck) -> pl.DataFrame:
    """{vanished} people with a plan in force on {before_date} are not in this return; no end is recorded"""
    before = _before(book)
    held = before.at(before.reference_date).plans["person"]
    keys = before.people.filter(col("person").is_in(held.implode()))["linkage_key"].drop_nulls()
    vanished = keys.filter(~keys.is_in(book.return_.persons["linkage_key"].drop_nulls().implode()))
    said = dict(vanished=len(vanished), before_date=before.reference_date)
    return _once(book, said) if len(vanished) else book.view("persons").clear().with_columns(**_nothing(said))


@across_rule(
    "persons",
    "HIS-02",
    field="reference",
    fix="Enter the end of the plan, or the plan itself.",
    broken_by=dict(people=(on_plan(linkage_key="k1", end=date(2024, 1, 15)),), before=(on_plan(linkage_key="k1"),)),
    holds_for=(
        dict(people=(on_plan(linkage_key="k1", end=date(2024, 1, 16)),)),
        dict(people=(on_plan(linkage_key="k1"),)),
        dict(before=(on_plan(linkage_key="k1", end=date(2024, 1, 15)),)),
    ),
    source="a plan ends by a recorded end",
    needs=(BEFORE,),
)
def a_plan_in_force_ends_before_it_is_gone(book: ReturnUnderCheck) -> pl.DataFrame:
    """A plan was in force in the return of {before_date}; now none is, and no end after that day is recorded"""
    before = _before(book)
    held = _people_then(book, before.at(before.reference_date).plans["person"])
    ended = book.view("named_plans").filter(col("cease_date") >= before.reference_date)["person"].drop_nulls()
    gone = held.filter(~held.is_in(book.in_force.implode()) & ~held.is_in(ended.implode()))
    return _dated(book.people(gone), before)


@across_rule(
    "persons",
    "HIS-03",
    field="reference",
    severity=Severity.QUERY,
    fix="Check the start of the plan; mark a transfer from another council.",
    broken_by=dict(people=(on_plan(linkage_key="k2", start=date(2024, 1, 15)),), before=(on_plan(linkage_key="k1"),)),
    holds_for=(
        dict(people=(on_plan(linkage_key="k2", start=date(2024, 1, 16)),)),
        dict(people=(on_plan(linkage_key="k1", start=date(2024, 1, 15)),)),
        dict(people=(on_plan(linkage_key="k2", start=date(2024, 1, 15), active=dict(transfer_la="887")),)),
        dict(people=(on_plan(start=date(2024, 1, 15)),)),
        dict(people=(on_plan(linkage_key="k2", start=date(2024, 1, 15), end=date(2025, 1, 15)),)),
    ),
    source="who appears has a new plan or a transfer",
    needs=(BEFORE,),
)
def nobody_appears_with_an_old_plan(book: ReturnUnderCheck) -> pl.DataFrame:
    """The plan started {starts}, before the return of {before_date}, in which the person is not"""
    before = _before(book)
    known = before.people["linkage_key"].drop_nulls()
    taken = book.view("active_plans").filter(col("transfer_la").is_not_null())["person"].drop_nulls()
    new = book.people(book.in_force).filter(
        col("linkage_key").is_not_null() & ~col("linkage_key").is_in(known.implode())
    )
    starts = book.caseload.at(book.ends).plans.select("person", "starts")
    new = new.filter(~col("person").is_in(taken.implode())).join(
        starts, on="person", how="inner", maintain_order="left"
    )
    return _dated(new.filter(col("starts") < before.reference_date), before)


@across_rule(
    "persons",
    "HIS-04",
    field="reference",
    severity=Severity.QUERY,
    fix="Check whether the placement was corrected, or a move was entered without ending the old place.",
    broken_by=dict(people=(_placed("EHE"),), before=(_placed("OLA"),)),
    holds_for=(
        dict(people=(_placed("OLA"),)),
        dict(people=(_placed("unclassed"),)),
        dict(before=(_placed("unclassed"),)),
    ),
    source="accepted returns are compared",
    needs=(BEFORE,),
)
def the_past_setting_is_not_rewritten(book: ReturnUnderCheck) -> pl.DataFrame:
    """In the return of {before_date} the setting that day was {setting_then}; this return says {setting_now}"""
    before = _before(book)
    then = before.at(before.reference_date).plans.select("person", setting_then=col("setting").cast(pl.String))
    now = book.caseload.at(before.reference_date).plans.select("person", setting_now=col("setting").cast(pl.String))
    met = (
        _linked(book)
        .join(then, left_on="person_then", right_on="person", how="inner")
        .join(now, on="person", how="inner")
    )
    said = (col("setting_then") != "unclassed") & (col("setting_now") != "unclassed")
    changed = met.filter(said & (col("setting_then") != col("setting_now"))).select(
        "person", "setting_then", "setting_now"
    )
    return _dated(book.view("persons").join(changed, on="person", how="inner", maintain_order="left"), before)


@across_rule(
    "persons",
    "HIS-05",
    field="school_cohort",
    severity=Severity.QUERY,
    fix="Check the date of birth with the school.",
    broken_by=dict(
        people=(on_plan(linkage_key="k1", key_basis="upn", birth_mark=7),),
        before=(on_plan(linkage_key="k1", key_basis="upn", birth_mark=8),),
    ),
    holds_for=(
        dict(people=(on_plan(linkage_key="k1", key_basis="upn", birth_mark=8),)),
        dict(people=(on_plan(linkage_key="k1", key_basis="names", birth_mark=7),)),
    ),
    source="accepted returns are compared",
    needs=(BEFORE,),
)
def a_birth_date_does_not_change(book: ReturnUnderCheck) -> pl.DataFrame:
    """The date of birth is not the one of the return of {before_date}"""
    before = _before(book)
    marks = before.people.select("person", "birth_mark").rename({"person": "person_then", "birth_mark": "mark_then"})
    met = _linked(book).join(marks, on="person_then", how="inner").filter(col("key_basis") == "upn")
    return _dated(book.people(met.filter(col("birth_mark") != col("mark_then"))["person"]), before)


@across_rule(
    "persons",
    "HIS-06",
    field="upn_form",
    severity=Severity.QUERY,
    fix="Check which UPN is right; a child keeps it for life.",
    broken_by=dict(
        people=(YoungPerson(linkage_key="k2", name_key="n1", key_basis="upn"),),
        before=(YoungPerson(linkage_key="k1", name_key="n1", key_basis="upn"),),
    ),
    holds_for=(
        dict(people=(YoungPerson(linkage_key="k1", name_key="n1", key_basis="upn"),)),
        dict(people=(YoungPerson(linkage_key="k2", name_key="n2", key_basis="upn"),)),
        dict(people=(YoungPerson(linkage_key="k2", name_key="n1", key_basis="names"),)),
        dict(
            before=(
                YoungPerson(linkage_key="k1", name_key="n1", key_basis="upn"),
                YoungPerson(linkage_key="k2", name_key="n2", key_basis="upn"),
            )
        ),
    ),
    source="a UPN is kept through all schools",
    needs=(BEFORE,),
)
def a_upn_does_not_change(book: ReturnUnderCheck) -> pl.DataFrame:
    """Names and date of birth are those of a person of the return of {before_date}, whose UPN was another"""
    before = _before(book)
    then = before.people.filter(col("name_key").is_not_null()).select("name_key", key_then="linkage_key")
    then = then.unique("name_key", keep="none")
    met = (
        book.view("persons")
        .filter(col("key_basis") == "upn")
        .join(then, on="name_key", how="inner", maintain_order="left")
    )
    known = before.people["linkage_key"].drop_nulls()
    changed = met.filter((col("linkage_key") != col("key_then")) & ~col("linkage_key").is_in(known.implode()))
    return _dated(changed, before)


@across_rule(
    "persons",
    "HIS-07",
    field="reference",
    fix="Restore the end of the plan, or enter the new plan with its own start.",
    broken_by=dict(
        people=(on_plan(linkage_key="k1", start=date(2023, 9, 1)),),
        before=(on_plan(linkage_key="k1", end=date(2023, 9, 1), reason="2"),),
    ),
    holds_for=(
        dict(people=(on_plan(linkage_key="k1", start=date(2023, 9, 2)),)),
        dict(before=(on_plan(linkage_key="k1"),)),
        dict(before=(_replaced(date(2023, 9, 1)),)),
    ),
    source="accepted returns are compared",
    needs=(BEFORE,),
)
def an_ended_plan_stays_ended(book: ReturnUnderCheck) -> pl.DataFrame:
    """A plan ended by the return of {before_date}; now the person has a plan in force that started before that end"""
    before = _before(book)
    held = before.at(before.reference_date).plans["person"]
    ended = before.plans.filter(col("cease_date").is_not_null() & ~col("person").is_in(held.implode()))
    last = ended.group_by("person").agg(col("cease_date").max().alias("ended_then")).rename({"person": "person_then"})
    starts = book.caseload.at(book.ends).plans.select("person", "starts")
    met = _linked(book).join(last, on="person_then", how="inner").join(starts, on="person", how="inner")
    return _dated(book.people(met.filter(col("starts") <= col("ended_then"))["person"]), before)


@across_rule(
    "persons",
    "HIS-08",
    field="reference",
    severity=Severity.QUERY,
    fix="Enter the review that was there before.",
    broken_by=dict(
        people=(on_plan(linkage_key="k1", active=dict(last_review=date(2023, 8, 31))),),
        before=(on_plan(linkage_key="k1", active=dict(last_review=date(2023, 9, 1))),),
    ),
    holds_for=dict(people=(on_plan(linkage_key="k1", active=dict(last_review=date(2023, 9, 1))),)),
    source="accepted returns are compared",
    needs=(BEFORE,),
    fields=(("active_plans", "last_review"),),
)
def a_review_is_not_lost(book: ReturnUnderCheck) -> pl.DataFrame:
    """The last review was {review_then} in the return of {before_date}, and is {review_now} now"""
    before = _before(book)
    then = (
        before.active_plans.group_by("person")
        .agg(col("last_review").max().alias("review_then"))
        .rename({"person": "person_then"})
    )
    now = book.view("active_plans").group_by("person").agg(col("last_review").max().alias("review_now"))
    met = _linked(book).join(then, on="person_then", how="inner").join(now, on="person", how="inner")
    lost = met.filter(col("review_then") > col("review_now")).select("person", "review_then", "review_now")
    return _dated(book.view("persons").join(lost, on="person", how="inner", maintain_order="left"), before)


@across_rule(
    "requests",
    "HIS-09",
    field="outcome",
    severity=Severity.QUERY,
    fix="Keep the first decision; mark mediation or tribunal where it led to another.",
    broken_by=dict(people=(_decided("Y"),), before=(_decided("N"),)),
    holds_for=(
        dict(people=(_decided("N"),)),
        dict(people=(_decided("H"),)),
        dict(people=(_decided("Y", date(2023, 9, 2)),)),
        dict(before=(_decided("A"),)),
    ),
    also_broken_by=(
        dict(people=(_decided("A"),)),
        dict(people=(_decided("W"),)),
        dict(people=(_decided("N"),), before=(_decided("Y"),)),
    ),
    source="SEN2 item RequestOutcome: a later change does not replace the outcome",
    needs=(BEFORE,),
)
def a_decision_is_not_rewritten(book: ReturnUnderCheck) -> pl.DataFrame:
    """The request of {received_date} was decided {outcome_then} in the return of {before_date}, and is {outcome} now"""
    before = _before(book)
    then = before.requests.filter(col("outcome").is_in(["Y", "N"]) & col("received_date").is_not_null())
    then = then.select("received_date", person_then="person", outcome_then="outcome").unique(
        ["person_then", "received_date"], keep="none"
    )
    links = _linked(book).select("person", "person_then")
    now = book.view("requests").join(links, on="person", how="inner", maintain_order="left")
    met = now.join(then, on=["person_then", "received_date"], how="inner", maintain_order="left")
    return _dated(
        met.filter(col("outcome").is_in(["Y", "N", "A", "W"]) & (col("outcome") != col("outcome_then"))), before
    )


@across_rule(
    "persons",
    "HIS-10",
    field="reference",
    severity=Severity.QUERY,
    fix="Check that both exports hold the whole caseload.",
    broken_by=dict(people=_so_many(47), before=_so_many(39)),
    holds_for=(
        dict(people=_so_many(53), before=_so_many(44)),
        dict(people=_so_many(16), before=_so_many(20)),
        dict(people=_so_many(28), before=_so_many(20), before_date=date(2023, 1, 16)),
        dict(people=_so_many(24), before=_so_many(20), before_date=date(2024, 7, 16)),
        dict(before=()),
    ),
    also_broken_by=(
        dict(people=_so_many(31)),
        dict(people=_so_many(24), before=_so_many(17), before_date=date(2023, 1, 16)),
    ),
    source="caseloads of councils grow by some 5 to 15% a year",
    needs=(BEFORE,),
)
def the_caseload_does_not_jump(book: ReturnUnderCheck) -> pl.DataFrame:
    """{now} plans are in force, {percent}% away from the {then} of the return of {before_date}"""
    before = _before(book)
    then, now = len(before.at(before.reference_date)), len(book.in_force)
    percent = round(100 * abs(now - then) / then) if then else None
    said = dict(now=now, then=then, percent=percent, before_date=before.reference_date)
    years = max((book.ends - before.reference_date).days / 365.25, 1)
    jumped = percent is not None and percent > JUMP * years
    return _once(book, said) if jumped else book.view("persons").clear().with_columns(**_nothing(said))
