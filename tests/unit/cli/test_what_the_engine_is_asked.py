"""What each slow command asks the engine, option by option, and what it does with the answer; stand-ins answer here."""

from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from cli_runner import run
from highneeds.cli import (
    _forecasting,
    _progress,
    backtest,
    forecast,
    forecast_compare,
    forecast_delay,
    forecast_explain,
    forecast_goal,
)
from highneeds.forecast import DRAWS, goal_seek, many, why
from highneeds.forecast.backtest import whole
from highneeds.forecast.columns import COLUMNS
from highneeds.forecast.council import Forecast
from highneeds.forecast.goal_seek import GoalQuestion
from highneeds.report.words import forecast_notes
from highneeds.store.folder import FolderStore
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.table import Table

SCENARIO = "levers:\n  - {lever: request_rate, low: -0.3, central: -0.2, high: -0.1, starts: 2026-04}\n"
EARLIER = Note.of("origin.own_figures_left_out")
CALENDAR = SimpleNamespace(
    origin=2024, financial_years=(FinancialYear(2024), FinancialYear(2025)), januaries=(2025, 2026), years=2
)
ASSUMPTIONS = SimpleNamespace(calendar=CALENDAR, opening=SimpleNamespace(plans=np.array([1000.0, 300.0])))
INPUTS = SimpleNamespace(
    targets=(("2024-25", 5.0), ("2025-26", 6.0)), ended=lambda year: year == "2024-25", delays=("d",)
)


def one(name):
    return Table.of(("name", "value"), [(name, 1.5)], name)


OWN_COST = Note.of("transport.own_cost", year="2024-25", plans=120.0, sources=("the budget",))
REGISTER = Table.of(("name", "source"), [("transport", OWN_COST)], "register")


class Asked(list):
    """Functions that write down what they were given, and answer."""

    def of(self, name, answer=None):
        def written_down(*given, **named):
            self.append((name, given, named))
            return answer

        return written_down

    def to(self, name):
        [(_, given, named)] = [call for call in self if call[0] == name]
        return given, named


@pytest.fixture(autouse=True)
def steps(monkeypatch):
    """What whoever started the command is told of the step that is under way."""
    told = []
    monkeypatch.setattr(_progress, "tell_step", told.append)
    return told


@pytest.fixture
def asked():
    return Asked()


@pytest.fixture
def here(tmp_path, monkeypatch):
    (tmp_path / "less.yaml").write_text(SCENARIO)
    (tmp_path / "late.yaml").write_text(f"delay_of: less\n{SCENARIO}")
    (tmp_path / "place").mkdir()
    (tmp_path / "place" / "council.toml").write_text(Path("examples/harrowdale/council.toml").read_text())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def basis(own=False, inputs=INPUTS):
    found = SimpleNamespace(
        assumptions=ASSUMPTIONS, notes=("of the basis",), inputs=inputs, own=own, published="PACK", la_number="999",
        draws=40, seed=3, targets=dict(inputs.targets if inputs else ()),
    )  # fmt: skip
    found.started = lambda options: found
    return found


def found(asked, inputs=INPUTS):
    row = ("baseline", "plans", "total", "total", "2025-01", "census", *(float(n) for n in range(len(COLUMNS) - 6)))
    return SimpleNamespace(
        register=lambda: REGISTER, compared=asked.of("compared", one("compared")), delay=lambda: one("delay"),
        table=lambda: Table.of(COLUMNS, [row], "Forecast"), runs={"baseline": (1, None)}, inputs=inputs,
        notes=("of the forecast", EARLIER), real_terms=lambda: one("real"), odds=asked.of("odds", one("odds")),
    )  # fmt: skip


@pytest.fixture
def forecasting(asked, here, monkeypatch):
    """The forecast command, with an engine that answers at once."""
    monkeypatch.setattr(forecast, "basis_of", asked.of("basis", basis()))
    monkeypatch.setattr(forecast, "forecast", asked.of("forecast", found(asked)))
    monkeypatch.setattr(forecast, "tested", asked.of("tested", (("how good",), one("scores"))))
    monkeypatch.setattr(forecast, "keep_forecast", asked.of("keep"))
    return asked


WISH = ("--years", 3, "--draws", 40, "--seed", 3, "--threads", 2)


def test_every_option_of_the_forecast_goes_where_it_belongs(forecasting, steps):
    more = ("--origin", 2020, "--opening", 5.5, "--as-known", "2025-04-02", "--open-data", "data")
    done = run("forecast", "place", *WISH, *more, "--scenario", "less.yaml", "--target", "2024-25=7")
    given, _ = forecasting.to("basis")
    wish = _forecasting.ExtentOnDay(3, 40, 3, 2020, 5.5, date(2025, 4, 2))
    assert given == (Path("place"), None, Path("data"), wish)
    (assumptions, [scenario], draws, seed, options, notes, inputs), _ = forecasting.to("forecast")
    assert (assumptions, scenario.name, draws, seed, options.threads) == (ASSUMPTIONS, "less", 40, 3, 2)
    assert (notes, inputs) == (("of the basis",), INPUTS)
    assert forecasting.to("tested")[0] == ("PACK", "999", 2024)
    (store, kept), named = forecasting.to("keep")
    assert isinstance(store, FolderStore) and store.folder == Path("place") and kept.notes[0] == "of the forecast"
    assert named.pop("now").tzinfo and named == {"draws": 40, "seed": 3, "own": False, "by": "highneeds forecast"}
    assert steps == ["Learning and simulating", "Testing the forecast on earlier years"]
    heads, _, cells = done.out.splitlines()
    assert (done.code, heads.split()) == (0, ["scenario", "measure", "period", *COLUMNS[6:]])
    assert cells.split() == ["baseline", "plans", "2025-01", *(str(n) for n in range(len(COLUMNS) - 6))]
    assert done.err.splitlines() == ["of the forecast", _forecasting.note_words(EARLIER), "how good"]


@pytest.mark.parametrize(
    ("table", "written"),
    [
        ("assumptions", "name,source\ntransport,the council's own cost of 2024-25 (the budget) over 120 plans\n"),
        ("scenarios", "name,value\ncompared,1.5\n"),
        ("delay", "name,value\ndelay,1.5\n"),
        ("real", "name,value\nreal,1.5\n"),
        ("odds", "name,value\nodds,1.5\n"),
        ("backtest", "name,value\nscores,1.5\n"),
    ],
)
def test_which_table_is_written(forecasting, table, written):
    tried = ("--scenario", "less.yaml") * 2 if table == "delay" else ()
    done = run("forecast", "--council", "302", *tried, "--table", table, "--target", "2025-26=9", "--format", "csv")
    assert done.out == written
    assert [name for name, *_ in forecasting].count("tested") == (table == "backtest")
    assert [name for name, *_ in forecasting].count("keep") == 0, "there is no workspace"
    if table == "scenarios":
        assert forecasting.to("compared")[0] == ({"2024-25": 5.0, "2025-26": 9.0},)
    if table == "odds":
        assert forecasting.to("odds")[0] == ({"2024-25": 5.0, "2025-26": 9.0}, None)


def test_a_program_gets_every_column(forecasting):
    assert run("forecast", "--council", "302", "--format", "csv").out.splitlines()[0] == ",".join(COLUMNS)


def test_a_run_without_prices_has_neither_odds_nor_real_terms():
    unpriced = Forecast("999", {"baseline": (1, None)}, ())
    assert (unpriced.odds({}).columns, unpriced.odds({}).rows) == (("scenario", "financial_year"), ())
    assert unpriced.real_terms().rows == ()


def test_a_council_with_own_returns_is_not_tested_again(forecasting, monkeypatch):
    monkeypatch.setattr(forecast, "basis_of", lambda *given: basis(own=True))
    run("forecast", "place")
    assert forecasting.to("keep")[1]["own"] is True and "tested" not in [name for name, *_ in forecasting]


@pytest.mark.parametrize(
    ("words", "folder", "processes"),
    [(("--threads", 2, "--open-data", "data"), "data", 2), ((), None, None)],
)
def test_every_council_is_a_row_and_areas_stand_after_them(asked, here, monkeypatch, words, folder, processes, steps):
    rows = {"302": [("a", 1)], "301": [("b", 2), ("c", 3)]}

    def answered(ask, executor, progress):
        asked.append(("councils", (ask,), {}))
        return [(number, SimpleNamespace(rows=found)) for number, found in rows.items()]

    @contextmanager
    def pool(**named):
        asked.append(("pool", (), named))
        yield None

    monkeypatch.setattr(forecast, "all_councils", answered)
    monkeypatch.setattr(forecast, "ProcessPoolExecutor", pool)
    monkeypatch.setattr(forecast, "open_pack", lambda place: ("PACK", place))
    monkeypatch.setattr(many, "areas_of", lambda published: ("areas", published))
    monkeypatch.setattr(many, "latest_january", lambda published: 2025)
    monkeypatch.setattr(many, "area_spreads", lambda *given: ("spreads", *given))
    monkeypatch.setattr(many, "area_rows", lambda tables, *more: [("E", sorted(tables), more)])
    monkeypatch.setattr(many, "left_out", lambda tables, areas: [f"left out of {len(tables)} {areas[0]}"])
    monkeypatch.setattr(forecast, "show", lambda table, *more: asked.append(("show", (table, *more), {})))
    done = run("forecast", "--council", "all", "--years", 3, "--draws", 40, "--seed", 5, *words)
    assert steps == ["Forecasting", "Adding up regions and England"]
    pack = ("PACK", None if folder is None else Path(folder))
    (ask,), _ = asked.to("councils")
    assert (ask.folder, ask.years, ask.draws, ask.seed) == (folder, 3, 40, 5)
    named = asked.to("pool")[1]
    assert named["max_workers"] == (processes or forecast.os.cpu_count())
    assert named["mp_context"].get_start_method() == "spawn"
    (table, format, out), _ = asked.to("show")
    areas = ("E", ["301", "302"], (("areas", pack), ("spreads", pack, 2025)))
    assert table.rows == (("302", "a", 1), ("301", "b", 2), ("301", "c", 3), areas)
    assert table.columns == ("la_number", *COLUMNS) and table.title == "Forecast of every council"
    assert (str(format), out, done.err) == ("text", None, "left out of 2 areas\n")


def test_what_is_compared(asked, here, monkeypatch, steps):
    monkeypatch.setattr(forecast_compare, "basis_of", asked.of("basis", basis()))
    monkeypatch.setattr(forecast_compare, "forecast", asked.of("forecast", found(asked)))
    monkeypatch.setattr(forecast_compare, "how_good", asked.of("good", ("how good",)))
    words = ("--scenario", "less.yaml", "--opening", 5.5, "--target", "2025-26=9", "--open-data", "data")
    done = run("forecast", "compare", "place", *WISH, *words, "--format", "csv")
    assert steps == ["Learning and simulating"]
    wish = _forecasting.ExtentOnDay(3, 40, 3, opening_gbp=5.5)
    assert asked.to("basis")[0] == (Path("place"), None, Path("data"), wish)
    (assumptions, [scenario], draws, seed, options, notes, inputs), _ = asked.to("forecast")
    assert (assumptions, scenario.name, draws, seed, options.threads) == (ASSUMPTIONS, "less", 40, 3, 2)
    assert (notes, inputs) == (("of the basis",), INPUTS)
    assert asked.to("compared")[0] == ({"2024-25": 5.0, "2025-26": 9.0},)
    assert done.out == "name,value\ncompared,1.5\n"
    said = ["fewer plans, requests or assessments are no aim in themselves", "of the forecast"]
    assert done.err.splitlines() == [*said, _forecasting.note_words(EARLIER), "how good"]
    assert [str(one) for one in asked.to("good")[0][1:]] == ["csv"]


def test_what_a_delay_is_made_of(asked, here, monkeypatch, steps):
    year = SimpleNamespace(years="2025-26", lost_gbp=(1.0, 2.0, 3.0), child_years=4.0, printed="", source="")
    delay = SimpleNamespace(planned="less", actual="late", years=(year,), rests_on=(EARLIER,))
    monkeypatch.setattr(forecast_delay, "basis_of", asked.of("basis", basis()))
    monkeypatch.setattr(forecast_delay, "forecast", asked.of("forecast", found(asked)))
    monkeypatch.setattr(forecast_delay, "how_good", asked.of("good", ("how good",)))
    monkeypatch.setattr(forecast_delay, "delays_of", asked.of("delays", (delay,)))
    (here / "other.yaml").write_text(SCENARIO)
    files = [word for name in ("less", "other", "late") for word in ("--scenario", f"{name}.yaml")]
    done = run("forecast", "delay", "--council", "302", *WISH, *files, "--open-data", "data", "--format", "csv")
    assert steps == ["Learning and simulating"]
    assert asked.to("basis")[0] == (None, "302", Path("data"), _forecasting.ExtentOnDay(3, 40, 3))
    (assumptions, scenarios, draws, seed, options, notes, inputs), _ = asked.to("forecast")
    assert [one.name for one in scenarios] == ["less", "late"], "the third has nothing to do with it"
    assert (assumptions, draws, seed, options.threads, notes, inputs) == (
        ASSUMPTIONS, 40, 3, 2, ("of the basis",), INPUTS,
    )  # fmt: skip
    (_, wanted, printed), _ = asked.to("delays")
    assert (wanted, printed) == (scenarios, ("d",))
    heads = "planned,actual,years,lost_gbp,lost_gbp_p10,lost_gbp_p90,child_years_missed,printed,printed_where"
    assert done.out == f"{heads}\nless,late,2025-26,1.0,2.0,3.0,4.0,,\n"
    words = _forecasting.note_words(EARLIER)
    assert done.err.splitlines() == [f"rests on: {words}", "of the forecast", words, "how good"]
    monkeypatch.setattr(forecast_delay, "basis_of", lambda *given: basis(inputs=None))
    monkeypatch.setattr(forecast_delay, "delays_of", lambda found, wanted, printed: printed)
    done = run("forecast", "delay", "--council", "302", *files)
    assert (done.code, done.err) == (2, "The cost of a delay needs prices, and none is known. Give unit costs.\n")


ATTRIBUTION = SimpleNamespace(
    table=lambda: Table.of(("driver", "effect"), [("mix", 1234.6)]), total=1234.6, of=Note.of("explained.two_dates")
)


@pytest.fixture
def explaining(asked, here, monkeypatch):
    monkeypatch.setattr(forecast_explain, "basis_of", asked.of("basis", basis()))
    monkeypatch.setattr(forecast_explain, "how_good", asked.of("good", ("how good",)))
    for name in ("within", "of_levers", "between", "explained"):
        monkeypatch.setattr(why, name, asked.of(name, ATTRIBUTION))
    for name in ("cost_in", "plans_in"):
        monkeypatch.setattr(why, name, lambda *given, name=name: (name, *given))
    monkeypatch.setattr(why, "apply_all", lambda assumptions, levers: (assumptions, len(levers)))
    return asked


def drawn(given):
    """What stands after the question itself: draws, seed, and on how many threads."""
    draws, seed, options = given
    return draws, seed, options.threads


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ((), ("plans_in", 2024), ("plans_in", 2026)),
        (("--from", "2025-01", "--to", "2025-01"), ("plans_in", 2025), ("plans_in", 2025)),
        (("--figure", "cost"), ("cost_in", "2024-25", INPUTS), ("cost_in", "2025-26", INPUTS)),
        (
            ("--figure", "cost", "--from", "2025-26", "--to", "2024-25"),
            ("cost_in", "2025-26", INPUTS),
            ("cost_in", "2024-25", INPUTS),
        ),
    ],
)
def test_what_is_explained_between_two_dates(explaining, words, first, last, steps):
    done = run("forecast", "explain", "--council", "302", *WISH, "--open-data", "data", *words)
    assert steps == ["Explaining"]
    assert explaining.to("basis")[0] == (None, "302", Path("data"), _forecasting.ExtentOnDay(3, 40, 3))
    (assumptions, begins, ends, *more), _ = explaining.to("within")
    assert (assumptions, begins, ends, drawn(more)) == (ASSUMPTIONS, first, last, (40, 3, 2))
    assert done.out.split()[-2:] == ["mix", "+1,235"] and done.err.splitlines() == ["of the basis", "how good"]


def test_what_is_explained_of_one_scenario_and_of_two(explaining):
    words = ("forecast", "explain", "--council", "302", "--threads", 2, "--scenario", "less.yaml")
    assert run(*words, "--format", "csv").out == "driver,effect\nmix,1234.6\n"
    (assumptions, scenario, last, *more), _ = explaining.to("of_levers")
    assert (assumptions, scenario.name, last, drawn(more)) == (ASSUMPTIONS, "less", ("plans_in", 2026), (DRAWS, 1, 2))
    run(*words, "--scenario", "late.yaml", "--to", "2025-01")
    (one, other, last, *more), _ = explaining.to("between")
    assert (one, other, last) == ((ASSUMPTIONS, 1), (ASSUMPTIONS, 1), ("plans_in", 2025))
    assert drawn(more) == (DRAWS, 1, 2)


@pytest.mark.parametrize(
    ("figure", "period", "said"),
    [
        ("plans", "2026-01", "plans in 2026-01: 1,000 in the forecast of 2024-02-01 (abc), 2,235 in today's"),
        ("cost", "2025-26", "cost in 2025-26: £2,000 in the forecast of 2024-02-01 (abc), £3,235 in today's"),
    ],
)
def test_what_is_explained_since_an_earlier_forecast(explaining, monkeypatch, figure, period, said):
    kept = SimpleNamespace(name="abc", made_on="2024-02-01", origin=2023, years=4, draws=70, seed=9)
    rows = [("baseline", "plans", "total", "2026-01", 1000.0), ("baseline", "cost_gbp", "total", "2025-26", 2000.0)]
    table = Table.of(("scenario", "measure", "cut", "period", "mean"), rows, "Kept")
    monkeypatch.setattr(forecast_explain, "forecast_named", explaining.of("named", kept))
    monkeypatch.setattr(forecast_explain, "files_of_forecast", lambda *given: given)
    monkeypatch.setattr(forecast_explain, "kept_table", lambda files, name: table if name == "abc" else None)
    monkeypatch.setattr(why, "simulate", explaining.of("simulate", "EARLIER"))
    done = run("forecast", "explain", "place", "--since", "abc", "--figure", figure, "--threads", 2)
    assert explaining.to("named")[0] == (Path("place"), "abc")
    (now, then) = [given for name, given, _ in explaining if name == "basis"]
    assert now == (Path("place"), None, None, _forecasting.ExtentOnDay(5, 70, 9))
    assert then == (None, "999", None, _forecasting.ExtentOnDay(4, 70, 9, 2023))
    assert drawn(explaining.to("simulate")[0][1:]) == (70, 9, 2)
    (earlier, assumptions, last, draws, seed, options, printed), _ = explaining.to("explained")
    assert (earlier, assumptions, last[1]) == ("EARLIER", ASSUMPTIONS, 2026 if figure == "plans" else "2025-26")
    assert (draws, seed, options.threads, printed) == (70, 9, 2, 1000.0 if figure == "plans" else 2000.0)
    changed = "the forecast of 2024-02-01 starts from January 2023"
    assert done.err.splitlines() == [said, changed, "of the basis", "how good"]


def test_what_is_sought(asked, here, monkeypatch, steps):
    answers = {"seek_one": "ONE", "seek_together": "ALL"}
    monkeypatch.setattr(forecast_goal, "years_until", asked.of("years", 4))
    monkeypatch.setattr(forecast_goal, "basis_of", asked.of("basis", basis()))
    monkeypatch.setattr(forecast_goal, "how_good", lambda *given: ("how good",))
    for name, answer in answers.items():
        monkeypatch.setattr(goal_seek, name, asked.of(name, answer))
    monkeypatch.setattr(goal_seek, "balance_in", lambda *given: ("balance", *given))
    lever = SimpleNamespace(starts="2024-09")
    questions = (SimpleNamespace(lever=lever), SimpleNamespace(lever=lever))
    monkeypatch.setattr(goal_seek, "ordinary_questions", asked.of("ordinary", questions))
    monkeypatch.setattr(goal_seek, "simulate", asked.of("simulate", "RUN"))
    monkeypatch.setattr(goal_seek, "priced", lambda *given: ("COSTS", *given))
    monkeypatch.setattr(goal_seek, "goal_table", asked.of("table", one("goal")))
    monkeypatch.setattr(goal_seek, "money_needed", asked.of("money", 10.4))
    words = ("--year", "2026-27", "--draws", 40, "--seed", 3, "--threads", 2, "--open-data", "data")
    more = ("--chance", 1, "--deficit", 7.5, "--format", "csv")
    done = run("forecast", "goal", "place", *words, *more)
    assert steps == ["Seeking"]
    assert asked.to("years")[0] == (FinancialYear(2026), Path("place"), None, Path("data"), "--year")
    assert asked.to("basis")[0] == (Path("place"), None, Path("data"), _forecasting.ExtentOnDay(4, 40, 3))
    assert asked.to("ordinary")[0] == (ASSUMPTIONS, "2024-09")
    (search, assumptions, both), _ = asked.to("seek_together")
    assert (search.at_least, search.draws, search.seed, search.options.threads) == (1.0, 40, 3, 2)
    assert (search.inputs, assumptions, both) == (INPUTS, ASSUMPTIONS, questions)
    assert search.wanted == ("balance", "2026-27", 7.5)
    assert [given[1:] for name, given, _ in asked if name == "seek_one"] == [(ASSUMPTIONS, one) for one in questions]
    assert asked.to("simulate")[0][:3] == (ASSUMPTIONS, 40, 3) and asked.to("simulate")[0][3].threads == 2
    assert asked.to("table")[0] == (("ONE", "ONE", "ALL"), "2026-27", 1.0)
    assert asked.to("money")[0] == (("COSTS", "RUN", INPUTS), "2026-27", 1.0, 7.5)
    assert done.out == "name,value\ngoal,1.5\n"
    assert done.err.splitlines()[0] == "2026-27 must cost £10 less for that chance (100%), whatever brings it about"
    assert done.err.splitlines()[-2:] == ["of the basis", "how good"]
    asked.clear()
    run("forecast", "goal", "--council", "302", *words, "--scenario", "less.yaml", *more)
    (_, _, question), _ = asked.to("seek_one")
    assert question == GoalQuestion(question.lever, -0.3, -0.1)
    assert "seek_together" not in [name for name, *_ in asked], "there is one lever"
    asked.clear()
    run("forecast", "goal", "--council", "302", *words, "--starts", "2025-09", "--format", "csv")
    assert asked.to("ordinary")[0] == (ASSUMPTIONS, "2025-09")


def test_a_forecast_without_a_workspace_is_asked_of_what_is_published(asked, here, monkeypatch):
    monkeypatch.setattr(_forecasting, "open_pack", lambda place: ("PACK", place))
    monkeypatch.setattr(_forecasting, "forecast_basis", asked.of("basis", "BASIS"))
    wish = _forecasting.ExtentOnDay(3, 40, 5, 2020, 7.5)
    assert _forecasting.basis_of(None, "302", Path("data"), wish) == "BASIS"
    given, named = asked.to("basis")
    assert given == (("PACK", Path("data")), "302", wish) and not named


def test_a_forecast_of_a_workspace_is_asked_of_its_evidence(asked, here, monkeypatch):
    evidence = SimpleNamespace(basis=asked.of("basis", "BASIS"), starting_january=2024)
    monkeypatch.setattr(_forecasting, "Evidence", asked.of("evidence", evidence))
    wish = _forecasting.ExtentOnDay(3, 40, 5, 2020, 7.5, date(2025, 4, 2))
    assert _forecasting.basis_of(Path("place"), None, Path("data"), wish) == "BASIS"
    (store,), named = asked.to("evidence")
    assert store.folder == Path("place") and named["as_known"] == date(2025, 4, 2)
    assert named["options"] == _forecasting.Options(40, 5, "data")
    assert asked.to("basis") == ((3,), {"origin": 2020, "opening_gbp": 7.5})
    asked.clear()
    assert _forecasting.years_until(FinancialYear(2025), Path("place"), None, Path("data"), "--year") == 2
    assert asked.to("evidence")[1] == {"options": _forecasting.Options(open_data="data")}


@pytest.mark.parametrize(("own", "format", "good"), [(False, "text", ("a",)), (True, "text", ()), (False, "csv", ())])
def test_the_back_test_stands_beside_what_a_person_reads(monkeypatch, own, format, good, steps):
    monkeypatch.setattr(_forecasting, "tested", lambda *given: (("a",), given))
    assert _forecasting.how_good(basis(own=own), _forecasting.Format(format)) == good
    assert steps == ["Testing the forecast on earlier years"] * len(good)


def test_what_is_tested_of_earlier_years(asked, here, monkeypatch, steps):
    truth = SimpleNamespace(breaks=(SimpleNamespace(la_number="302"), SimpleNamespace(la_number="303")))
    result = SimpleNamespace(
        table=lambda: one("tested"), truth=truth, breaks=truth.breaks, left_out=(2019,)
    )  # fmt: skip
    monkeypatch.setattr(backtest, "open_pack", lambda place: ("PACK", place))
    monkeypatch.setattr(backtest, "first_january", lambda published: 2010)
    for module in (backtest, whole):
        monkeypatch.setattr(module, "latest_january", lambda published: 2025)
    for name in ("backtest", "backtest_spend"):
        monkeypatch.setattr(whole, name, asked.of(name, result))
    for name in ("scorecard", "spend_scorecard"):
        monkeypatch.setattr(whole, name, lambda tested, name=name: (name,))
    monkeypatch.setattr(whole, "area_scores", asked.of("areas", ("areas",)))
    monkeypatch.setattr(whole, "scorecard_table", asked.of("card", one("card")))
    monkeypatch.setattr(whole, "usual_spend_origins", asked.of("usual", [2020, 2021]))
    monkeypatch.setattr(forecast_notes, "note_words", lambda note: note if isinstance(note, str) else note["january"])
    monkeypatch.setattr(whole, "break_note", lambda one: "plans broke")
    monkeypatch.setattr(whole, "spend_break_note", lambda one: "spend broke")
    pack = ("PACK", Path("data"))
    words = ("backtest", "--open-data", "data")
    done = run(*words, "--horizons", "1:2", "--origins", "2018:2019", "--scorecard", "card.csv", "--out", "t.csv")
    assert steps == ["Looking back, January by January"]
    assert asked.to("backtest")[0] == (pack, [2018, 2019], [1, 2], None, None)
    assert asked.to("areas") == ((pack, [2018, 2019]), {"of_spend": False})
    assert asked.to("card")[0] == (("scorecard", "areas"),)
    assert (here / "card.csv").read_text() == "name,value\ncard,1.5\n"
    assert (here / "t.csv").read_text().split()[-2:] == ["tested", "1.5"] and done.out.split()[-2:] == ["card", "1.5"]
    assert done.err == "302: plans broke\n303: plans broke\n"
    asked.clear()
    done = run(*words, "--council", "303", "--of", "spend", "--format", "csv")
    assert asked.to("usual")[0] == (pack, whole.USUAL_ORIGINS)
    assert asked.to("backtest_spend")[0] == (pack, [2020, 2021], [1, 2, 3], "303", None)
    assert asked.to("card")[0] == (("spend_scorecard",),), "areas are not those of one council"
    assert done.out == "name,value\ntested,1.5\n"
    assert done.err.split() == ["name", "value", "----", "-----", "card", "1.5", "2019", "303:", "spend", "broke"]
    asked.clear()
    done = run(*words, "--council", "302")
    assert asked.to("backtest")[0] == (pack, list(range(2018, 2026)), [1, 2, 3], "302", None)
    assert done.out.split()[-2:] == ["card", "1.5"] and done.err == "302: plans broke\n"
    asked.clear()
    run(*words, "--of", "spend")
    assert asked.to("areas") == ((pack, [2020, 2021]), {"of_spend": True})
    assert asked.to("card")[0] == (("spend_scorecard", "areas"),)
