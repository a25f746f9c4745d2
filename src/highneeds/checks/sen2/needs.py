"""Rules about types of need."""

from datetime import date

import polars as pl
from polars import col

from highneeds.checks.finding import Severity
from highneeds.checks.sen2._book import ReturnUnderCheck
from highneeds.checks.sen2._cases import on_plan
from highneeds.checks.sen2._rule import across_rule, row_rule
from highneeds.intake.sen2.rows import SenNeed, YoungPerson
from highneeds.vocabulary.need import Need


def _with(again: SenNeed | None = None, **ranks: int) -> YoungPerson:
    """A plan with these types of need and their ranks."""
    needs = tuple(SenNeed(need_type=need, rank=rank) for need, rank in ranks.items())
    return on_plan(active=dict(needs=(*needs, again) if again else needs))


_TYPES = [need.value for need in Need]


@row_rule(
    "needs",
    "NED-01",
    field="need_type",
    fix="Enter one of the types of need.",
    broken_by=dict(need_type="BESD"),
    holds_for=[dict(need_type=code) for code in _TYPES],
    also_broken_by=dict(need_type=None),
    source="SEN2 code sets, SENtype",
    presence=True,
)
def a_need_is_of_a_known_type() -> pl.Expr:
    """The type of need is {need_type}, which is not known"""
    return ~col("need_type").is_in(_TYPES).fill_null(False)


@row_rule(
    "needs",
    "NED-02",
    field="rank",
    fix="Enter 1 for the main need, 2 for a second one.",
    broken_by=dict(need_type="ASD", rank=3),
    holds_for=(dict(rank=1), dict(rank=2)),
    also_broken_by=(dict(rank=0), dict(rank=None)),
    source="SEN2 item SENtypeRank",
    presence=True,
)
def a_need_has_a_rank() -> pl.Expr:
    """The rank of the need is {rank}, not 1 or 2"""
    return ~col("rank").is_in([1, 2]).fill_null(False)


@row_rule(
    "needs",
    "NED-03",
    field="active",
    fix="Export the active plan with its needs.",
    broken_by=dict(active=None, reference="2001"),
    holds_for=dict(active=1),
    source="SEN2 structure: activeplanstableid",
)
def a_need_belongs_to_an_active_plan() -> pl.Expr:
    """The need {reference} points to no active plan of the return"""
    return col("active").is_null()


@across_rule(
    "needs",
    "NED-04",
    field="need_type",
    severity=Severity.QUERY,
    fix="Enter the second need, or remove the repetition.",
    broken_by=dict(people=(_with(ASD=1, again=SenNeed(need_type="ASD", rank=2)),)),
    holds_for=(
        dict(people=(_with(ASD=1, MLD=2),)),
        dict(people=(_with(ASD=1), _with(ASD=1))),
        dict(people=(on_plan(active=dict(needs=(SenNeed(rank=1), SenNeed(rank=2)))),)),
    ),
    source="SEN2 item SENtype",
)
def a_need_is_entered_once(book: ReturnUnderCheck) -> pl.DataFrame:
    """{need_type} stands there as main and as second need of the same plan"""
    rows = book.view("needs").filter(col("active").is_not_null() & col("need_type").is_not_null())
    alike = pl.struct("active", "need_type")
    return rows.filter(~alike.is_first_distinct())


@across_rule(
    "needs",
    "NED-05",
    field="rank",
    fix="Rank one of them 2.",
    broken_by=dict(people=(_with(ASD=1, MLD=1),)),
    holds_for=(dict(people=(_with(ASD=1, MLD=2),)), dict(people=(_with(ASD=1), _with(MLD=1)))),
    source="SEN2 item SENtypeRank",
)
def a_plan_has_one_main_need(book: ReturnUnderCheck) -> pl.DataFrame:
    """Another main need of the same plan is given; this one is {need_type}"""
    main = book.view("needs").filter((col("rank") == 1) & col("active").is_not_null())
    return main.filter(~col("active").is_first_distinct())


@across_rule(
    "needs",
    "NED-06",
    field="rank",
    fix="Enter the main need, or rank this one 1.",
    broken_by=dict(people=(_with(ASD=2),)),
    holds_for=(dict(people=(_with(ASD=1),)), dict(people=(_with(MLD=1, ASD=2),))),
    source="SEN2 item SENtypeRank",
)
def a_second_need_has_a_first(book: ReturnUnderCheck) -> pl.DataFrame:
    """The need {need_type} is ranked second, but there is no main need"""
    main = book.view("needs").filter(col("rank") == 1)["active"].drop_nulls()
    rows = book.view("needs").filter((col("rank") == 2) & col("active").is_not_null())
    return rows.filter(~col("active").is_in(main.implode()))


@across_rule(
    "active_plans",
    "NED-07",
    field="active",
    fix="Enter the main type of need.",
    broken_by=dict(people=(on_plan(),)),
    holds_for=(dict(people=(_with(ASD=1),)), dict(people=(on_plan(end=date(2025, 1, 15)),))),
    source="SEN2 items 5.8",
)
def a_plan_has_a_need(book: ReturnUnderCheck) -> pl.DataFrame:
    """No type of need is recorded"""
    with_need = book.view("needs")["active"].drop_nulls()
    rows = book.view("active_plans").filter(col("person").is_in(book.in_force.implode()))
    return rows.filter(~col("active").is_in(with_need.implode()))
