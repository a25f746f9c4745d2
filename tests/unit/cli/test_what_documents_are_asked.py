"""What the commands that write documents ask and leave behind: report, run, portfolio; stand-ins answer here."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli_runner import run
from highneeds.actions import keep_return_mapping, keep_run
from highneeds.cli import account as account_command
from highneeds.cli import report as report_command
from highneeds.cli import run as run_command
from highneeds.cli._kept import FOLDER
from highneeds.evidence import Options
from highneeds.report import output, portfolio
from highneeds.report.pages.results.whole import FINDINGS_FILE, RESULTS_FILE
from highneeds.report.returns import of_kind
from highneeds.report.returns.quarterly import KIND
from highneeds.report.views import priced_savings
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.table import Table

HARROWDALE = Path("examples/harrowdale").resolve()


@pytest.fixture
def here(tmp_path, monkeypatch):
    (tmp_path / "place").mkdir()
    (tmp_path / "place" / "council.toml").write_bytes((HARROWDALE / "council.toml").read_bytes())
    monkeypatch.setenv("HIGHNEEDS_KEY", str(tmp_path / "no.key"))  # whatever earlier tests made
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def gathered(here, monkeypatch):
    """What `gather` was asked for; the evidence has a store and nothing else."""
    asked = []
    evidence = SimpleNamespace(store="STORE")
    monkeypatch.setattr("highneeds.run.gather", lambda *given: asked.append(given) or evidence)
    return asked, evidence


@pytest.mark.parametrize(
    ("words", "day", "data"),
    [((), None, None), (("--as-known", "2025-04-02", "--open-data", "data"), date(2025, 4, 2), Path("data"))],
)
def test_a_report_is_made_of_what_was_known_and_put_into_its_folder(gathered, here, monkeypatch, words, day, data):
    asked, _ = gathered
    monkeypatch.setattr(output, "report_files", lambda chosen, known, step: {f"{chosen[0].kind}.txt": b"x"})
    done = run("report", "place", "--out", "there", "--kind", "board", *words)
    assert (done.code, done.out, done.err) == (0, "1 file is in there\n", "")
    [(folder, open_data, _, kept, known, key)] = asked
    assert (folder, open_data, known, key) == (Path("place"), data, day, None)
    assert kept == here / FOLDER and (here / "there" / "board.txt").read_bytes() == b"x"
    run("report", "place", "--out", "place/documents", "--kind", "board")
    assert asked[-1][3] is None, "a workspace holds what people write"


@pytest.mark.parametrize("kind", [KIND, "section-251"])
def test_a_template_is_filled_its_rows_are_kept_and_what_is_wrong_is_said(gathered, here, monkeypatch, kind):
    (here / "dfe.xlsx").write_bytes(b"template")
    rows = (SimpleNamespace(written=1), SimpleNamespace(written=None), SimpleNamespace(written="a"))
    filled = SimpleNamespace(rows=rows, mapping={"a": "b"}, problems=("a sum is missing",))
    made, asked = SimpleNamespace(filled=filled, files={"filled.xlsx": b"y"}), []
    monkeypatch.setattr(keep_return_mapping, "kept_mapping", lambda store, kind: (store, kind))
    monkeypatch.setattr(
        keep_return_mapping, "keep_return_mapping", lambda *given, **named: asked.append((given, named))
    )
    monkeypatch.setattr(of_kind, "quarterly_return", lambda *given: asked.append(given) or made)
    monkeypatch.setattr(of_kind, "filled_template", lambda *given: asked.append(given) or made)
    done = run(
        "report", "place", "--out", "there", "--kind", kind, "--template", "dfe.xlsx", "--as-known", "2025-07-15"
    )
    kept = ("STORE", kind)
    given = (
        (b"template", "dfe.xlsx", kept, date(2025, 7, 15)) if kind == KIND else (kind, b"template", "dfe.xlsx", kept)
    )
    assert asked[0] == (gathered[1], *given)
    (given, named) = asked[1]
    assert given == ("STORE", kind, {"a": "b"}) and named.pop("now").tzinfo and named == {"by": "highneeds report"}
    said = f"2 of 3 rows are filled; {kind}-rows.csv says why the others are not\n1 file is in there\n"
    assert (done.code, done.out) == (0, said)
    assert done.err == "DfE's check would refuse this: a sum is missing\n"
    assert (here / "there" / "filled.xlsx").read_bytes() == b"y"


def test_a_quarterly_return_without_a_day_is_of_today(gathered, here, monkeypatch):
    (here / "dfe.xlsx").write_bytes(b"template")
    days = []
    made = SimpleNamespace(filled=SimpleNamespace(rows=(), mapping={}, problems=()), files={"a": b"a"})
    monkeypatch.setattr(keep_return_mapping, "kept_mapping", lambda *given: {})
    monkeypatch.setattr(keep_return_mapping, "keep_return_mapping", lambda *given, **named: None)
    monkeypatch.setattr(of_kind, "quarterly_return", lambda *given: days.append(given[-1]) or made)
    monkeypatch.setattr(report_command, "now", lambda: SimpleNamespace(date=lambda: date(2026, 1, 2)))
    run("report", "place", "--out", "there", "--kind", KIND, "--template", "dfe.xlsx")
    assert days == [date(2026, 1, 2)]


def ran(monkeypatch, must_fix=(), brief="BRIEF"):
    """`highneeds run` with an engine that has two findings; what it was asked, and what was kept."""
    asked, kept = [], []
    council = SimpleNamespace(report=SimpleNamespace(id="2025-07"))
    evidence = SimpleNamespace(
        brief=brief, store="STORE", inputs="INPUTS", workspace=SimpleNamespace(council=council), fingerprint="abc",
        findings=SimpleNamespace(all=(1, 2), must_fix=must_fix),
    )  # fmt: skip
    result = SimpleNamespace(files={"a.txt": b"a", "internal/b.txt": b"b"}, evidence=evidence, signed="SIGNED")
    monkeypatch.setattr("highneeds.run.run", lambda *given: asked.append(given) or result)
    monkeypatch.setattr(keep_run, "lines_by_section", lambda document: ["lines of", document])
    for name in ("keep_summary", "keep_draft"):
        monkeypatch.setattr(
            keep_run, name, lambda *given, **named: kept.append((given, named.pop("now").tzinfo, named))
        )
    return asked, kept


def test_a_run_writes_every_file_and_keeps_its_forecast_and_its_draft(here, monkeypatch):
    asked, kept = ran(monkeypatch)
    done = run("run", "place", "--open-data", "data", "--as-known", "2025-04-02")
    assert (done.code, done.out, done.err) == (0, "2 files are in out/place\n2 findings\n", "")
    [(folder, data, _, beside, day, key)] = asked
    assert (folder, data, beside, day, key) == (
        Path("place"),
        Path("data"),
        here / "out" / FOLDER,
        date(2025, 4, 2),
        None,
    )
    assert (here / "out" / "place" / "internal" / "b.txt").read_bytes() == b"b"
    by = {"by": "highneeds run"}
    assert [(given, named) for given, zone, named in kept if zone] == [
        (("STORE", "BRIEF", "INPUTS"), by), (("STORE", "2025-07", "abc", ["lines of", "SIGNED"]), by),
    ]  # fmt: skip


def test_a_run_that_must_be_mended_ends_with_1_and_says_where(here, monkeypatch):
    _, kept = ran(monkeypatch, must_fix=(1,), brief=None)
    done = run("run", "place", "--out", "there")
    assert (done.code, done.err) == (1, f"1 findings must be fixed; see there/{FINDINGS_FILE}\n")
    assert [given[1] for given, *_ in kept] == ["2025-07"], "there is no forecast to keep"


@pytest.mark.parametrize(
    ("files", "ours"),
    [
        ((), True),
        (("internal/results.json",), True),
        (("results.json", "b"), True),
        (("b",), False),
        (("internal/b",), False),
    ],
)
def test_only_an_output_of_ours_is_replaced(tmp_path, files, ours):
    assert RESULTS_FILE == "internal/results.json"
    for name in files:
        (tmp_path / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / name).write_bytes(b"x")
    run_command._must_be_ours(tmp_path / "out" / "never")
    if ours:
        run_command._must_be_ours(tmp_path / "out")
        return
    with pytest.raises(InputError, match="The output folder holds something else"):
        run_command._must_be_ours(tmp_path / "out")


@pytest.mark.parametrize(
    ("format", "says"),
    [
        ("text", "-----\nplace"),
        ("csv", "name\nplace"),
        ("json", '"name": "place"'),
        ("html", "PAGE"),
        ("xlsx", "BOOK"),
    ],
)
def test_councils_side_by_side_in_every_form(gathered, here, monkeypatch, format, says):
    asked, evidence = gathered
    monkeypatch.setattr(portfolio, "line_of", lambda known, name: name if known is evidence else None)
    monkeypatch.setattr(portfolio, "forecast_councils", lambda lines: (2025, lines))
    monkeypatch.setattr("highneeds.forecast.aggregates.learn.spreads_of_sum", lambda *given: given)
    monkeypatch.setattr("highneeds.intake.published.open_pack", lambda place: ("PACK", place))
    spreads = (("PACK", Path("data")), 2025, ["place", "place"])
    monkeypatch.setattr(
        portfolio, "table_of", lambda lines, of: Table.of(("name",), [(lines[0],)]) if of == spreads else 0
    )
    monkeypatch.setattr(portfolio, "document_of", lambda lines, day, of: (lines, day, of))
    document = (["place", "place"], date.today(), spreads)
    for name, said in (("html", b"PAGE"), ("xlsx", b"BOOK")):
        monkeypatch.setattr(
            f"highneeds.report.render.{name}.render", lambda given, said=said: said if given == document else b""
        )
    words = ("portfolio", "place", here / "place", "--open-data", "data", "--format", format)
    done = run(*words, "--out", "many")
    assert (done.code, done.out, says in (here / "many").read_text()) == (0, "2 councils are in many\n", True)
    [(folder, data, _, kept), _] = asked
    assert (folder, data, kept) == (Path("place"), Path("data"), here / FOLDER)
    if format in ("text", "csv", "json"):
        assert says in run(*words).out and asked[-1][3] == here / "out" / FOLDER


def test_councils_of_which_none_has_a_forecast_have_no_common_band(gathered, here, monkeypatch):
    monkeypatch.setattr(portfolio, "line_of", lambda known, name: name)
    monkeypatch.setattr(portfolio, "forecast_councils", lambda lines: None)
    monkeypatch.setattr(portfolio, "table_of", lambda lines, of: Table.of(("band",), [(str(of),)]))
    assert run("portfolio", "place").out.split() == ["band", "----", "None"]


def test_savings_are_priced_beside_the_forecast_of_the_reports(here, monkeypatch):
    asked = []
    facts = (SimpleNamespace(id="f"),)
    workspace = SimpleNamespace(facts=facts, later_facts=(SimpleNamespace(id="l"),))
    parts = SimpleNamespace(savings_needed="NEEDED")
    evidence = SimpleNamespace(
        workspace=workspace, account=SimpleNamespace(parts=parts), rows=lambda name: (name,), root="ROOT",
        options=Options(40, 3), basis=lambda years: asked.append(years) or SimpleNamespace(assumptions="ASSUMED"),
    )  # fmt: skip
    monkeypatch.setattr(account_command, "evidence_on", lambda *given: asked.append(given) or evidence)
    monkeypatch.setattr(priced_savings, "workspace_scenarios", lambda folder: ("scenarios of", folder))
    monkeypatch.setattr(
        priced_savings, "priced_savings", lambda *given, **named: asked.append((given, named)) or "FOUND"
    )
    monkeypatch.setattr(priced_savings, "with_a_sum", lambda *given: given)
    monkeypatch.setattr(priced_savings, "priced_table", lambda found: Table.of(("found",), [(found,)]))
    words = ("--priced", "--view", "savings", "--draws", 40, "--seed", 3, "--as-known", "2025-04-02")
    done = run("account", "place", *words, "--format", "csv")
    assert (done.code, done.out) == (0, "found\nFOUND\n")
    assert asked[0] == (Path("place"), date(2025, 4, 2), 40, 3)
    assert asked[1] == priced_savings.PRICED_YEARS == 5
    rows = (("savings",), {"f": facts[0]}, {"l"})
    given = (rows, {"f": facts[0]}, ("scenarios of", "ROOT"), "ASSUMED", 40, 3)
    assert asked[2] == (given, {"asked": "NEEDED"})
