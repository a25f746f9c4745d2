"""An invented council carried on by a month or a year: the same children, nothing rewritten, and what came since."""

import shutil
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from cli_runner import run
from highneeds.intake.published import open_pack
from highneeds.invented.caseload.calendar import SynMonth
from highneeds.invented.caseload.carried_on import carried_on, reviews_held
from highneeds.invented.caseload.council import SyntheticCouncil
from highneeds.invented.caseload.earlier import EarlierReturn, read_earlier
from highneeds.invented.caseload.margins import CLASSES, margins
from highneeds.invented.caseload.people import People, run_months, stock
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month

THEN, MONTH_LATER, YEAR_LATER = date(2024, 1, 18), date(2024, 2, 18), date(2025, 1, 16)
# module -> its id and the days of what happened; the last review and the next phase transfer are states, not events
EVENTS = {
    "requests": ("requeststableid", ("receiveddate", "requestoutcomedate")),
    "assessments": ("assessmenttableid", ("assessmentoutcomedate",)),
    "named_plans": ("namedplantableid", ("startdate", "ceasedate")),
    "placements": ("placementdetailtableid", ("entrydate", "leavingdate")),
}


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    """A tenth of Barnet, as the command writes it."""
    out = tmp_path_factory.mktemp("carried") / "then"
    done = run("synthesise", "--council", "302", "--as-at", THEN, "--scale", 0.1, "--out", out)
    assert done.code == 0, done.err
    return out


@pytest.fixture(scope="module")
def a_month_later(written: Path) -> Path:
    out = written.parent / "month"
    done = run("synthesise", "--continue", written, "--as-at", MONTH_LATER, "--out", out)
    assert done.code == 0, done.err
    return out


@pytest.fixture(scope="module")
def earlier(written: Path) -> EarlierReturn:
    return read_earlier(written)


@pytest.fixture(scope="module")
def year(earlier: EarlierReturn) -> SyntheticCouncil:
    return carried_on(earlier, open_pack(), YEAR_LATER, seed=1)


def test_everybody_is_still_there_with_the_same_upn_name_and_birth_date(earlier: EarlierReturn, year) -> None:
    then, now = earlier.tables["persons"], year.written.tables["persons"]
    kept = ["persontableid", "upn", "surname", "forename", "personbirthdate", "sex", "ethnicity", "postcode"]
    assert now.head(then.height).select(kept).equals(then.select(kept))
    assert now["persontableid"].is_unique().all() and now["upn"].drop_nulls().is_unique().all()
    assert now.height > then.height


def test_no_event_up_to_the_earlier_day_differs(earlier: EarlierReturn, year) -> None:
    """What was dated stands as it was; what was open has got a day after the earlier return, or none."""
    for module, (own, days) in EVENTS.items():
        then, now = earlier.tables[module], year.written.tables[module]
        met = then.join(now, on=own, how="left", suffix="_now", maintain_order="left")
        new = now.join(then, on=own, how="anti")
        assert met.height + new.height == now.height
        for day in days:
            dated = met.filter(pl.col(day).is_not_null())
            assert dated[day].equals(dated[f"{day}_now"]), day
            since = pl.concat([met.filter(pl.col(day).is_null())[f"{day}_now"], new[day]]).drop_nulls()
            assert since.len() and since.min() > THEN and since.max() <= YEAR_LATER, day


def test_what_else_an_earlier_row_says_changes_only_with_its_decision(earlier: EarlierReturn, year) -> None:
    may = {
        "requests": {"requestoutcome", "requestoutcomedate", "requestsource"},  # the 2024 layout had no source
        "assessments": {"assessmentoutcome", "assessmentoutcomedate"},
        "named_plans": {"ceasedate", "ceasereason"},
        "placements": {"leavingdate"},
        "needs": set(),
    }
    for module, changing in may.items():
        then, now = earlier.tables[module], year.written.tables[module]
        own = then.columns[0]
        now = then.select(own).join(now, on=own, how="left", maintain_order="left")
        changed = {name for name in then.columns if not then[name].equals(now[name])}
        assert changed <= changing, module


def test_a_year_has_the_published_decisions_at_the_scale_of_the_earlier_return(earlier: EarlierReturn, year) -> None:
    """A tenth of what was published: rates that carry the earlier council on are those it was made from."""
    process = margins(open_pack(), "302", THEN, 0.1).process
    rate = process[2024 if 2024 in process else max(process)]
    tables = year.written.tables
    lived = (YEAR_LATER - THEN).days / 366

    def since(module: str, day: str, column: str = "", code: str = "") -> int:
        held = tables[module].filter(pl.col(day) > THEN)
        return held.height if not column else held.filter(pl.col(column) == code).height

    counts = {
        "received": since("requests", "receiveddate"),
        "yes": since("requests", "requestoutcomedate", "requestoutcome", "Y"),
        "no": since("requests", "requestoutcomedate", "requestoutcome", "N"),
        "issued": since("assessments", "assessmentoutcomedate", "assessmentoutcome", "Y"),
    }
    for name, count in counts.items():
        assert abs(count - rate[name] * lived) <= 0.05 * rate[name] + 2, name
    assert since("named_plans", "startdate") == counts["issued"]
    assert since("named_plans", "ceasedate") > 0


def test_who_was_asked_for_then_has_the_plan_now(earlier: EarlierReturn, year) -> None:
    """A plan that begins after the earlier day is its request's own: most of those requests were under way."""
    tables = year.written.tables
    new = tables["named_plans"].filter(pl.col("startdate") > THEN)["namedplantableid"]
    was_there = new.is_in(earlier.tables["requests"]["requeststableid"].implode())
    assert 0.3 < was_there.sum() / len(new) < 1
    assert set(new) <= set(tables["active_plans"]["requeststableid"])
    assert set(new) <= set(tables["needs"]["activeplanstableid"])


def test_everybody_with_a_plan_is_placed_once_and_where_their_age_fits(earlier: EarlierReturn, year) -> None:
    tables = year.written.tables
    first = tables["placements"].filter(pl.col("placementrank") == 1)
    assert first.filter(pl.col("leavingdate") < pl.col("entrydate")).is_empty()
    open_ = first.filter(pl.col("leavingdate").is_null())["activeplanstableid"]
    in_force = tables["named_plans"].filter(pl.col("ceasedate").is_null())["namedplantableid"]
    assert open_.is_unique().all() and set(open_) <= set(in_force)
    assert len(open_) >= 0.97 * len(in_force)  # no placement at all is a setting that is published, and rare


def test_a_plan_is_issued_to_the_child_who_was_asked_for() -> None:
    """A known birth day is kept, and the setting is one for that age; only an unknown one is invented."""
    given = margins(open_pack(), "302", THEN, 0.5)
    people, census = stock(given, np.random.default_rng(1)), given.census.toordinal()
    month = SynMonth(Month(2024, 2), date(2024, 2, 1).toordinal(), date(2024, 2, 29).toordinal())
    issued = np.full(40, date(2024, 2, 12).toordinal())
    born = np.where(np.arange(40) < 39, date(2021, 1, 1).toordinal(), 0)
    who = run_months(people, issued, [month], given, None, np.random.default_rng(1), born=born)
    assert census < people.start[who].min()
    assert (people.birth[who[:39]] == born[:39]).all() and people.birth[who[39]] > 0
    assert not {CLASSES[one] for one in people.setting[who[:39]]} & {"GFE", "6FC", "SP16", "NEET"}


def test_as_large_a_share_of_reviews_is_overdue_as_before() -> None:
    """Of ten plans five were overdue; a year on all ten would be, so five are reviewed: the longest overdue first."""
    then, now = THEN.toordinal(), YEAR_LATER.toordinal()
    days, none = np.full(10, then - 3000), np.zeros(10, dtype=np.int64)
    people = People(days - 3000, none.copy(), days.copy(), none.copy(), none.copy(), none.copy(), days.copy())
    before = np.where(np.arange(10) < 5, then - 1500, then - 10)
    after = reviews_held(people, before, then, now, np.random.default_rng(1))
    assert list(after > then) == [True] * 5 + [False] * 5
    assert after.max() <= now
    a_day_later = reviews_held(people, before, then, then + 1, np.random.default_rng(1))
    assert (a_day_later == before).all()


def test_both_returns_are_accepted_without_a_must_fix_and_the_children_are_linked(
    written: Path, a_month_later: Path, tmp_path: Path
) -> None:
    workspace = tmp_path / "barnet"
    assert run("new", workspace, "--council", "302").code == 0
    for folder in (written, a_month_later):
        listed = ("--establishments", folder / "establishments.csv", "--workspace", workspace)
        done = run("caseload", "accept", folder, *listed, "--by", "SEND data")
        assert done.code == 0, done.out
    accepted = workspace / "caseload" / "accepted"
    found = [pl.read_csv(path, infer_schema=False) for path in accepted.glob("*.findings.csv")]
    assert len(found) == 2
    rules = pl.concat(found).filter((pl.col("severity") == "must_fix") | pl.col("rule").str.starts_with("HIS"))
    assert rules.is_empty()  # and nobody vanished, appeared or was rewritten
    kept = sorted(accepted.glob("*/people.parquet"))
    keys = [set(pl.read_parquet(path)["linkage_key"].drop_nulls()) for path in kept]
    smaller, larger = sorted(keys, key=len)
    assert smaller < larger


def test_a_continuation_can_be_carried_on_and_says_that_it_is_invented(a_month_later: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("synthesise", "--continue", a_month_later, "--as-at", "2024-03-18", "--zip", "--out", out)
    assert done.code == 0, done.err
    again = read_earlier(out)
    assert again.as_at == date(2024, 3, 18) and again.council == "302"
    told = (out / "SYNTHETIC.txt").read_text("utf-8")
    assert told.startswith("SYNTHETIC: these records are invented.")
    assert "Carried on from the invented return of 18 February 2024" in told
    assert (out / "establishments.csv").read_bytes() == (a_month_later / "establishments.csv").read_bytes()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_day_on_little_or_nothing_has_happened(earlier: EarlierReturn, seed: int) -> None:
    """The smallest step there is, with a seed by which nobody asks and nothing is decided, and one with a new plan."""
    now, then = carried_on(earlier, open_pack(), date(2024, 1, 19), seed).written.tables, earlier.tables
    for module, (own, _) in EVENTS.items():
        assert 0 <= now[module].height - then[module].height <= 1
        assert set(then[module][own]) <= set(now[module][own])


def test_the_same_seed_lets_the_same_happen(earlier: EarlierReturn, year) -> None:
    again = carried_on(earlier, open_pack(), YEAR_LATER, seed=1).written.tables
    other = carried_on(earlier, open_pack(), YEAR_LATER, seed=2).written.tables
    assert all(frame.equals(again[module]) for module, frame in year.written.tables.items())
    assert not other["requests"].equals(again["requests"])


def test_a_folder_that_holds_another_return_is_refused_and_stays_as_it_is(written: Path, tmp_path: Path) -> None:
    """Read as one return, two would be rows of each other; the same return written again takes its place."""
    out = tmp_path / "out"
    shutil.copytree(written, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    again = ("synthesise", "--council", "302", "--as-at")
    for words in ((MONTH_LATER,), (THEN, "--form", "xml"), (THEN, "--zip")):
        done = run(*again, *words, "--scale", 0.1, "--out", out)
        assert done.code == 2 and "holds another return already, Blade-Export_" in done.err
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    (tmp_path / "same").mkdir()
    shutil.copy(next(out.glob("*_person.csv")), tmp_path / "same")
    assert run(*again, THEN, "--scale", 0.01, "--out", tmp_path / "same").code == 0


def test_what_cannot_be_carried_on_is_refused_and_nothing_is_written(written: Path, tmp_path: Path) -> None:
    real, faulty = (Path(shutil.copytree(written, tmp_path / name)) for name in ("real", "faulty"))
    header = next(real.glob("*_sen2.csv"))
    header.write_text(header.read_text().replace("SYNTHETIC", "CASEWORK"))
    (faulty / "faults.csv").write_text("kind,module,reference\n")
    out = tmp_path / "out"
    later = ("--as-at", MONTH_LATER)
    for words, message in (
        (("--continue", written, "--as-at", THEN), "18 January 2024 is not after it"),
        (("--continue", real, *later), "The return does not say that it is invented"),
        (("--continue", faulty, *later), "has faults put in"),
        (("--continue", tmp_path / "none", *later), "The folder is missing"),
        (("--continue", written, "--council", "302", *later), "--council cannot be given with --continue"),
        (("--continue", written, "--scale", 0.5, *later), "--scale cannot be given with --continue"),
        (later, "Neither a council nor an earlier return is given"),
    ):
        done = run("synthesise", *words, "--out", out)
        assert done.code == 2 and message in done.err, done.err
        assert not out.exists()
    assert "would lie among" in run("synthesise", "--continue", written, *later, "--out", written).err


def _cut(folder: Path, name: str, *columns: str) -> None:
    path = next(folder.glob(f"*_{name}.csv"))
    pl.read_csv(path, infer_schema=False).drop(columns).write_csv(path)


def _written_over(folder: Path, name: str, was: str, now: str) -> None:
    path = next(folder.glob(name))
    path.write_bytes(path.read_bytes().replace(was.encode(), now.encode()))


def _twice(folder: Path, name: str) -> None:
    path = next(folder.glob(f"*_{name}.csv"))
    path.write_text(path.read_text() + path.read_text().splitlines()[1] + "\n")


def _all_of_one(folder: Path, name: str, column: str) -> None:
    path = next(folder.glob(f"*_{name}.csv"))
    pl.read_csv(path, infer_schema=False).with_columns(pl.lit("1").alias(column)).write_csv(path)


WHOLE = "spoilt: There is no whole invented return in the CSV form: {} missing. "
WHOLE += "Make the earlier return with --form csv, or as a --zip of it."
INVENTED = "spoilt: The return does not say that it is invented. "
INVENTED += "Only what `highneeds synthesise` wrote can be carried on, never a return of real children."


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda folder: next(folder.glob("*_sen2.csv")).unlink(), WHOLE.format("sen2")),
        (lambda folder: next(folder.glob("*_senneed.csv")).unlink(), WHOLE.format("senneed")),
        (
            lambda folder: shutil.copy(next(folder.glob("*_person.csv")), folder / "person.csv"),
            "spoilt: Blade-Export_18-01-2024_person.csv and person.csv hold the same module. "
            "Give a folder with one return.",
        ),
        (
            lambda folder: (folder / "establishments.csv").unlink(),
            "spoilt/establishments.csv: The list of invented schools is missing. Make the return again.",
        ),
        (
            lambda folder: _cut(folder, "person", "persontableid"),
            "spoilt: The column persontableid is missing. Make the earlier return again.",
        ),
        (
            lambda folder: _cut(folder, "sen2", "referencedate"),
            "spoilt: The header has no reference date. Make the return again.",
        ),
        (lambda folder: _twice(folder, "sen2"), INVENTED),
        (
            lambda folder: _written_over(folder, "*_person.csv", "-Jan-", "-Foo-"),
            "cells of personbirthdate cannot be read. Make the earlier return again.",
        ),
        (lambda folder: _cut(folder, "sen2", "softwarecode"), INVENTED),
        (
            lambda folder: _written_over(folder, "establishments.csv", "special", "s"),
            "establishments.csv: The list has no school of the class SpMdA. Make it again.",
        ),
    ],
)
def test_an_earlier_return_that_is_not_whole_is_refused(written: Path, tmp_path: Path, spoil, says: str) -> None:
    folder = Path(shutil.copytree(written, tmp_path / "spoilt"))
    spoil(folder)
    with pytest.raises(InputError) as refused:
        read_earlier(folder)
    assert str(refused.value).endswith(says)


def test_plans_of_one_person_cannot_be_carried_on(written: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(written, tmp_path / "spoilt"))
    _all_of_one(folder, "requests", "persontableid")
    done = run("synthesise", "--continue", folder, "--as-at", MONTH_LATER, "--out", tmp_path / "out")
    said = "Its plans do not hang together as in an invented return. Carry on the return as it was written."
    assert done.code == 2 and said in " ".join(done.err.split())
