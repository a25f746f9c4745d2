"""An invented council has the margins it was made from, is the same every time, and says what it is."""

from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from cli_runner import run
from highneeds.caseload import Caseloads, from_return
from highneeds.checks.finding import Outcome
from highneeds.checks.sen2.check import check
from highneeds.indicators.mechanism.given import IndicatorInputs
from highneeds.indicators.mechanism.measure import measure
from highneeds.indicators.mechanism.registry import indicators
from highneeds.intake.establishments import read_establishments
from highneeds.intake.published import open_pack
from highneeds.intake.sen2.read import read_sen2
from highneeds.invented.caseload.council import synthesise
from highneeds.invented.caseload.faults import KINDS, with_faults
from highneeds.invented.caseload.forms import write_blade
from highneeds.invented.caseload.margins import AGES, CLASSES, Margins, margins
from highneeds.invented.caseload.people import reasons_that_fit
from highneeds.invented.caseload.targets import DashboardTargets
from highneeds.vocabulary.period import Month, SchoolYear

CENSUS = date(2024, 1, 18)
KEY = b"k" * 32


@pytest.fixture(scope="module")
def barnet() -> Margins:
    return margins(open_pack(), "302", CENSUS)


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("synthetic") / "out"
    done = run("synthesise", "--council", "302", "--as-at", CENSUS, "--out", out)
    assert done.code == 0, done.err
    return out


@pytest.fixture(scope="module")
def return_(written: Path):
    return read_sen2(written, key=KEY, establishments=read_establishments(written / "establishments.csv"))


def test_on_a_published_census_day_it_has_the_published_ages_and_settings(barnet: Margins, return_) -> None:
    plans = from_return(return_).at(CENSUS).plans
    age = SchoolYear.of(CENSUS).start - return_.persons["school_cohort"] - 1
    found = plans.join(pl.DataFrame({"person": return_.persons["person"], "age": age}), on="person")
    counts = found.group_by("age", "setting").len()
    held = {(row_age, str(setting)): count for row_age, setting, count in counts.iter_rows()}
    published = {
        (row_age, code): int(barnet.stock[place, column])
        for place, row_age in enumerate(AGES)
        for column, code in enumerate(CLASSES)
        if barnet.stock[place, column]
    }
    assert held == published


def test_the_year_before_has_the_published_decisions_and_new_plans(barnet: Margins, return_) -> None:
    wanted = barnet.process[2023]
    year = pl.col("outcome_date").dt.year() == 2023
    decided = return_.requests.filter(year)["outcome"].value_counts().rows_by_key("outcome", unique=True)
    issued = return_.assessments.filter(year & (pl.col("outcome") == "Y"))
    assert abs(decided["Y"][0] if isinstance(decided["Y"], tuple) else decided["Y"]) == round(wanted["yes"])
    assert (decided["N"][0] if isinstance(decided["N"], tuple) else decided["N"]) == round(wanted["no"])
    assert issued.height == round(wanted["issued"])


def test_its_records_hang_together_without_a_fault(return_) -> None:
    assert return_.unreadable.is_empty()
    assert [note.kind for note in return_.notes] == ["file left out"]  # the list of establishments
    for module in ("requests", "assessments", "named_plans", "plan_details", "active_plans", "placements", "needs"):
        assert return_.module(module)["person"].null_count() == 0
    plans = return_.named_plans
    assert plans.filter(pl.col("cease_date") < pl.col("start_date")).is_empty()
    assert plans.filter(pl.col("cease_date").is_not_null() & pl.col("cease_reason").is_null()).is_empty()
    assert return_.placements.filter(pl.col("leaving_date") < pl.col("entry_date")).is_empty()
    assert return_.requests.filter(pl.col("outcome_date") < pl.col("received_date")).is_empty()
    assert return_.requests["received_date"].max() <= CENSUS
    assert set(return_.persons["upn_form"]) <= {"valid", "missing"}
    assert return_.placements["establishment_known"].drop_nulls().all()


def test_it_reaches_back_two_calendar_years(return_) -> None:
    years = set(return_.requests["received_date"].dt.year())
    assert {2022, 2023, 2024} <= years
    moves = return_.placements.filter(pl.col("leaving_date").is_not_null())
    assert set(moves["leaving_date"].dt.year()) >= {2022, 2023}


def test_a_clean_council_has_nothing_that_must_be_fixed(written: Path, return_) -> None:
    found = check(return_, read_establishments(written / "establishments.csv"))
    assert found.must_fix == ()
    assert {one.outcome for one in found.results} >= {Outcome.CLEAR, Outcome.FOUND}


def test_who_is_fifteen_on_the_last_day_does_not_leave_for_work() -> None:
    days_old = np.array([date(2025, 6, 12).toordinal() - date(2009, 6, born).toordinal() for born in (12, 13, 13, 13)])
    assert list(reasons_that_fit(days_old, np.array([4, 4, 6, 5]))) == [4, 9, 9, 5]


def test_everybody_has_a_need_and_nobody_a_plan_at_26(return_) -> None:
    assert set(return_.active_plans["active"]) == set(return_.needs["active"])
    in_force = return_.named_plans.filter(pl.col("cease_date").is_null())["person"]
    born = return_.persons.filter(pl.col("person").is_in(in_force.implode()))["birth_month"]
    assert born.min() > CENSUS.replace(year=CENSUS.year - 26, day=1)


def test_a_few_have_two_placements_a_plan_taken_over_or_a_request_refused_before(return_) -> None:
    dual = return_.placements.filter((pl.col("rank") == 2) & pl.col("leaving_date").is_null())
    first = return_.placements.filter((pl.col("rank") == 1) & pl.col("leaving_date").is_null())
    assert 10 < dual.height < 0.03 * first.height
    assert set(dual["person"]) <= set(first["person"]) and dual["person"].is_unique().all()
    assert set(dual["setting_class"]) == {"MsMdA", "SpMdA"}
    caseload = from_return(return_)
    by = return_.active_plans.filter(pl.col("transfer_la").is_not_null())
    later = caseload.plans.filter(pl.col("ours_from") > pl.col("start_date"))
    assert 10 < by.height == later.height
    assert set(by["person"]) == set(later["person"])
    assert later["ours_from"].max() < date(2022, 1, 1)
    asked = return_.requests.filter(pl.len().over("person") == 2).sort("person", "received_date")
    assert asked.height > 10
    assert asked.group_by("person", maintain_order=True).agg("outcome")["outcome"].to_list()[0][0] == "N"


def test_settings_fit_the_age(return_) -> None:
    """Colleges and NEET begin with 16 save where published otherwise; nobody goes on in early years after Year 1."""
    entered = return_.placements.filter(pl.col("setting_class").is_in(["GFE", "6FC", "SP16", "NEET"]))
    assert (entered["age_at_entry"] < 14).sum() < 0.01 * entered.height


def test_every_file_says_that_it_is_invented(written: Path, return_) -> None:
    assert return_.synthetic
    assert (written / "SYNTHETIC.txt").read_text().startswith("SYNTHETIC: these records are invented.")
    schools = pl.read_csv(written / "establishments.csv")
    assert schools["EstablishmentName"].str.starts_with("Synthetic").all()
    people = pl.read_csv(next(written.glob("*_person.csv")), infer_schema=False)
    assert people["surname"].str.starts_with("Synthetic").all()


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    made = {}
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        run(
            "synthesise",
            "--council",
            "302",
            "--as-at",
            CENSUS,
            "--out",
            tmp_path / name,
            "--scale",
            0.1,
            "--seed",
            seed,
        )
        made[name] = {path.name: path.read_bytes() for path in (tmp_path / name).iterdir() if path.suffix == ".csv"}
    assert made["a"] == made["b"]
    assert made["a"] != made["c"]


@pytest.mark.parametrize("form", ["xml", "template", "workbook"])
def test_every_form_holds_the_same_council(tmp_path: Path, form: str) -> None:
    counts = []
    for chosen in ("csv", form):
        out = tmp_path / chosen
        words = ("--scale", 0.03, "--form", chosen, "--layout", 2025)
        assert run("synthesise", "--council", "302", "--as-at", CENSUS, "--out", out, *words).code == 0
        found = read_sen2(out, key=KEY, establishments=read_establishments(out / "establishments.csv"))
        counts.append(from_return(found).at(CENSUS).plans["setting"].value_counts().sort("setting").rows())
    assert counts[0] == counts[1]


DECISIONS = {
    "assess_agreed_count": (40, 35),
    "assess_declined_count": (22, 18),
    "issue_agreed_count": (31, 44),
    "issue_declined_count": (3, 0),
}


def test_a_dashboard_has_its_decisions_and_moves_exactly_and_its_shares_as_printed(tmp_path: Path) -> None:
    months = (Month(2024, 2), Month(2024, 3))
    values = {
        (name, month): float(count)
        for name, counts in DECISIONS.items()
        for month, count in zip(months, counts, strict=True)
    }
    values |= {("assessments_underway", month): count for month, count in zip(months, (400.0, 385.0), strict=True)}
    values |= {("specialist_share_yr_7_11", month): 40.0 for month in months}
    values |= {("mainstream_to_special_total", month): 9.0 for month in months}
    day = date(2024, 3, 31)
    found = synthesise(margins(open_pack(), "302", day), day, 3, DashboardTargets(values))
    write_blade(found.written.tables, 2024, tmp_path, day)
    found.schools.frame.write_csv(tmp_path / "gias.csv")
    read = read_sen2(tmp_path, key=KEY, establishments=read_establishments(tmp_path / "gias.csv"))
    names = {name for name, _ in values}
    given = IndicatorInputs(caseloads=Caseloads.of([from_return(read)]))
    measured = measure(given, months, [one for one in indicators() if one.id in names])
    assert {(one.indicator.id, one.period): float(one.value) for one in measured} == values


def test_faults_are_put_in_listed_and_nothing_else_changes(barnet: Margins) -> None:
    clean = synthesise(barnet, CENSUS, 1).written.tables
    broken, made = with_faults(clean, 0.05, seed=1)
    assert {fault.kind for fault in made} == {kind.words for kind in KINDS} | {"person entered twice"}
    twins = sum(fault.kind == "person entered twice" for fault in made)
    assert broken["persons"].height == clean["persons"].height + twins
    assert len({(fault.module, fault.reference) for fault in made}) == len(made)
    changed = 0
    for module, frame in clean.items():
        other = broken[module].head(frame.height)
        changed += sum(int((~frame[name].eq_missing(other[name])).sum()) for name in frame.columns)
    assert changed <= len(made) - twins


FOUND_BY = {
    "plan ends before it starts": "PLN-02",
    "no reason for the end": "PLN-05",
    "no start date": "PLN-01",
    "no birth date": "PER-01",
    "birth date in the future": "PER-09",
    "wrong check letter": "PER-04",
    "UPN too short": "PER-03",
    "no UPN and no reason": "PER-02",
    "outcome before receipt": "REQ-04",
    "no receipt date": "REQ-01",
    "unknown outcome": "REQ-02",
    "request without person": "REQ-18",
    "placement leaves before it begins": "PLC-04",
    "no setting at all": "PLC-01",
    "URN of no establishment": "PLC-10",
    "unknown setting": "PLC-07",
    "rank 3": "PLC-06",
    "unknown need": "NED-01",
    "decision long before the meeting": "ACT-04",
    "person entered twice": "PER-15",
}


def test_every_fault_that_was_put_in_is_found(tmp_path: Path) -> None:
    """As many findings more than in the clean council as faults were made, by the rule that asks for each."""
    council = synthesise(margins(open_pack(), "302", CENSUS, 0.2), CENSUS, 1)
    broken, made = with_faults(council.written.tables, 0.05, seed=1)
    council.schools.frame.write_csv(tmp_path / "gias.csv")
    clean, faulty = (findings_by_rule(tables, tmp_path) for tables in (council.written.tables, broken))
    kinds = Counter(fault.kind for fault in made)
    assert set(kinds) == set(FOUND_BY)
    missed = {kind: count for kind, count in kinds.items() if faulty[FOUND_BY[kind]] - clean[FOUND_BY[kind]] < count}
    assert missed == {}


def findings_by_rule(tables, folder: Path) -> Counter[str]:
    out = folder / str(len(list(folder.iterdir())))
    out.mkdir()
    write_blade(tables, 2025, out, CENSUS)
    listed = read_establishments(folder / "gias.csv")
    found = check(read_sen2(out, key=KEY, establishments=listed), listed)
    return Counter({one.rule: len(one.findings) for one in found.results})


def test_what_cannot_be_made_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for words, message in (
        (("--council", "000", "--as-at", "2024-01-18"), "Nothing is published of a council 000"),
        (("--council", "928", "--as-at", "2024-01-18"), "Council 928 ended in 2021. Use its successor, 940 or 941"),
        (("--council", "302", "--as-at", "yesterday"), "'yesterday' is not a date"),
        (
            ("--council", "302", "--as-at", "2024-01-18", "--scale", 0),
            "The scale or the share of faults is out of range",
        ),
    ):
        done = run("synthesise", *words, "--out", tmp_path / "out")
        assert done.code == 2
        assert message in done.err
