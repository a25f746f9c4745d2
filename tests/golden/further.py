"""What no report of a single council shows: councils side by side, published comparisons, templates of DfE filled, the
account for people, what a reader wrote into a Word file. As text that a person can read."""

import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import openpyxl
import polars as pl

from golden.formats import document
from golden.odd_charts import GAP
from golden.shapes import councils, lines_of, results
from highneeds.account.savings.priced import Overlap, PricedRegister, PricedSaving, Together
from highneeds.account.stated import Stated, stated
from highneeds.benchmarks.mechanism.compare import benchmark, compare, comparisons
from highneeds.intake.published import ENGLAND, Published, open_pack
from highneeds.intake.workspace import Benchmark
from highneeds.office.evidence.results_folder import load
from highneeds.report import output
from highneeds.report.build import build
from highneeds.report.charts import Bar, ChartWords, Series, Step, bar_chart, line_chart, waterfall_chart
from highneeds.report.charts.as_svg import svg_of
from highneeds.report.charts.flows import Flow, flow_chart
from highneeds.report.charts.funnel import Stage, funnel_chart
from highneeds.report.charts.spec import layer
from highneeds.report.document import Cell, DataTable, Heading, Row, Section, TableColumn
from highneeds.report.output import WrittenReport, document_files
from highneeds.report.pages.caseload import caseload_files
from highneeds.report.pages.comparisons import comparison_files
from highneeds.report.pages.money_views import money_files
from highneeds.report.pages.results.whole import FINDINGS_FILE, RESULTS_FILE, ResultsError, written_results
from highneeds.report.portfolio import PortfolioLine, document_of, forecast_councils, line_of, table_of
from highneeds.report.render import csv
from highneeds.report.render.tables import as_csv
from highneeds.report.reports import kinds, reports, reports_of_kind
from highneeds.report.returns.any_template import filled_template
from highneeds.report.returns.quarterly import quarterly_return
from highneeds.report.returns.rounding import controlled, in_a_column
from highneeds.report.returns.template import LITTLE, ReturnMeasure, read_mapping, suggested, written_mapping
from highneeds.report.sections import others
from highneeds.report.views.by_name import view
from highneeds.report.views.for_people import for_people
from highneeds.report.views.priced_savings import priced_table
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.table import Table
from highneeds.vocabulary.unit import Unit

FEW = ("886", "881", "938", "803")
"""Kent, two of its neighbours, and Bristol's neighbour South Gloucestershire, of another region."""
FROM = 2023
KEPT = {"Something else": "annual_reviews_overdue_pct", "Never asked of anybody": "no_such_measure"}
"""What a council said of the labels of its template."""


def side_by_side() -> str:
    """The small councils, and two of whom more is known, ranked and summed."""
    own = [line_of(evidence, name) for name, evidence in councils().items()]
    first = replace(
        own[0], name="Ashford", la_number="901", agreed=stated(10_000_000), forecast=stated(12_000_000), deficit=None,
        at_end=Stated(0, 0), plans=(100.0, 90.0, 110.0), january="2026", origin=2023, cost=(4e8, 3e8, 5e8),
        synthetic=True, changed=(), asked=(),
    )  # fmt: skip
    second = replace(first, name="Oakham", la_number="902", forecast=stated(9_000_000), plans=(200.0, 160.0, 240.0))
    third = replace(second, name="Elmham", la_number="903", forecast=stated(10_000_000), owed=(5e7, 4e7, 6e7))
    growing = SimpleNamespace(at=lambda ahead, known: 0.01 * ahead)
    spreads: Any = SimpleNamespace(plans=growing, spend=growing, newest=FinancialYear(2023))
    said = []
    for lines, how in (([*own, first, second], None), ([first, second, third], spreads), ([second], spreads)):
        said += [as_csv(table_of(lines, how)), *lines_of(document_of(lines, date(2025, 7, 1), how)), str(_from(lines))]
    return "\n".join(said) + "\n"


def _from(lines: list[PortfolioLine]) -> object:
    return forecast_councils(lines)


@cache
def few() -> Published:
    """The pack with four councils, England and the regions, of the newest years."""
    pack = open_pack()
    return Published("four councils", pack.files, _read={name: _few(pack.table(name)) for name in pack.files})


def _few(table: pl.DataFrame) -> pl.DataFrame:
    kept = pl.lit(True)
    if "la_number" in table.columns:
        kept = pl.col("la_number").is_in([*FEW, ENGLAND, "970", "989"])
        if "geo_level" in table.columns:
            kept |= pl.col("geo_level") != "LA"
    if "age_range" in table.columns:
        kept &= (pl.col("la_number") != FEW[-1]) | (pl.col("age_range") != "0-25")
    for column in ("year", "cal_year"):
        if column in table.columns:
            kept &= pl.col(column) >= FROM
    return table.filter(kept)


def compared() -> str:
    """Every comparison as it is defined, and what it comes to of four councils."""
    table, notes = benchmark(few())
    parts = [line for one in comparisons() for line in lines_of(replace(one, ratios=None))]
    whole = compare(few(), comparisons()[0])[0].sort("period", "la_number")
    return "\n".join([*parts, _rounded(table), *notes, _rounded(Table.of(tuple(whole.columns), whole.rows()))]) + "\n"


def _rounded(table: Table) -> str:
    """To six places, so that no library's order of adding shows."""
    rows = [tuple(round(cell, 6) if isinstance(cell, float) else cell for cell in row) for row in table.rows]
    return as_csv(Table.of(table.columns, rows))


def filled() -> str:
    """A quarterly return, and a template whose cells nobody knows, filled from Kent's dashboard."""
    evidence, day = councils()["kent"], date(2026, 9, 30)
    found = []
    quarterly = quarterly_return(evidence, _quarterly(), "t.xlsx", KEPT, day)
    found += [quarterly, filled_template(evidence, "other", _other(), "other.xlsx", {})]
    return "\n".join(line for one in found for line in _files(one.files))


def _files(files: dict[str, bytes]) -> Iterator[str]:
    for name, data in files.items():
        yield f"=== {name}"
        if name.endswith(".xlsx"):
            for sheet in openpyxl.load_workbook(io.BytesIO(data)):
                for row in sheet.iter_rows():
                    yield from (
                        f"{sheet.title} {cell.coordinate}: {cell.value}" for cell in row if cell.value is not None
                    )
        else:
            yield data.decode("utf-8-sig")


def _quarterly() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    sheet = book.create_sheet("Quarterly Return Template")
    sheet["C6"], sheet["D6"] = "Q1", "Q2"
    labels = ("Number of annual reviews overdue", "Something else", "Never asked of anybody", "Children with no place")
    for row, label in enumerate(labels, start=7):
        sheet[f"B{row}"] = label
    sheet["D10"] = 7
    return _bytes(book)


def _other() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Table 1"
    sheet.append(["Guidance", "Read this", "first"])
    sheet.append(["", "2023-24", "2024/25", "2025 to 26"])
    sheet.append(["Number of annual reviews overdue", None, None, None])
    sheet.append(["Children with no place", None, 3, None])
    sheet.append(["=SUM(A1)", 1, None, None])
    sheet.append(["Nothing like it", None, None, None])
    book.create_sheet("No year").append(["Annual reviews overdue", None])
    return _bytes(book)


def _bytes(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rounded() -> str:
    """Means that are rounded together: (means, whole numbers)."""
    tables = ([[0.5, 0.5], [0.5, 0.5]], [[1.2, 2.7, 0.1], [0.4, 0.4, 0.2]], [[3.0]], [[0.3] * 4, [0.7] * 4, [0.1] * 4])
    columns = (([0.5, 0.5], None), ([1.4, 1.4, 1.4], None), ([1.4, 1.4, 1.4], 5), ([2.6, 0.2], 3), ([], None))
    found = [f"{means} -> {controlled(means)}" for means in tables]
    return "\n".join([*found, *(f"{means}, {total} -> {in_a_column(means, total)}" for means, total in columns)]) + "\n"


def account_for_people() -> str:
    """Surplus, per cent, no year and nothing known; and what the forecast says of the savings register."""
    columns = ("financial_year", "measure", "value", "unit", "source")
    rows = [
        ("2024-25", "in_year_before_contributions_gbp", Decimal(-200), "gbp", ""),
        ("2024-25", "spend_gbp", Decimal(-200), "gbp", ""),
        ("2025-26", "closing_deficit_gbp", 1_000_000, "gbp", ""),
        ("2025-26", "variance_pct", Decimal("7.25"), "percent", ""),
        ("", "break_even_year", "2027-28", "", ""),
        ("2026-27", "spend_gbp", None, "gbp", ""),
        ("2026-27", "overlap_gbp", "", "gbp", ""),
    ]
    found = [for_people(Table.of(columns, rows, "Account")), for_people(Table.of(columns, rows[:1], "Account"))]
    year = FinancialYear(2025)
    saving: Any = SimpleNamespace(name="fees", effect=lambda year: Fraction(190_000_000))
    priced = (
        PricedSaving(saving, "keep_local", year, 1.5e6, 1e6, 2e6, None, (Overlap("places"),)),
        PricedSaving(saving, "", None, None, None, None, Note.of("saving.no_lever")),
    )
    whole = Together(year, ("fees",), 2e6, 1.5e6, 1e6, 2e6, 190_000_000, stated(5_000_000), 0.125)
    tables = [priced_table(PricedRegister(priced, one)) for one in (whole, None)]
    said = [f"{as_csv(table)}{words}\n" for table, words in found]
    return "\n".join([*said, *map(as_csv, tables)])


def results_refused() -> str:
    """The results of the small councils read back, and what is said of each that does not fit."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        said = [_read_back(folder)]
        (folder / "outside.txt").write_text("not ours")
        for council in ("harrowdale", "kent"):
            found = written_results(results(councils()[council]))
            for name in _files_named(json.loads(found)):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(b"x")
            for at, value in (((), None), *EDITS[council]):
                (folder / RESULTS_FILE).write_text(json.dumps(_edited(json.loads(found), at, value)))
                said.append(f"{'.'.join(map(str, at))} = {value!r}: {_read_back(folder)}")
        (folder / RESULTS_FILE).write_text("{")
        return "\n".join([*said, _read_back(folder)]).replace(place, "...") + "\n"


SPARK = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
EDITS: dict[str, tuple[tuple[tuple[str | int, ...], Any], ...]] = {
    "harrowdale": (
        (("schema",), 1),
        (("council", "mood"), "calm"),
        (("answers", 0, "answer"), "Perhaps"),
        (("figures", 0, "to"), "source:nobody"),
        (("figures", 1, "id"), "figure-1"),
        (("overview_charts",), ["gone"]),
        (("account", "charts"), ["gone"]),
        (("account", "pages", 0, "csv"), "internal/gone.csv"),
        (("indicators", 0, "chart_id"), "gone"),
        (("indicators", 0, "beside"), ["gone"]),
        (("indicators", 0, "id"), "No id"),
        (("charts", 0, "narrow"), "internal/gone.svg"),
        (("indicators", 0, "sparkline_svg"), SPARK.format('<path d="M0 0" stroke="red"/>')),
        (("indicators", 0, "sparkline_svg"), SPARK.format("<script/>")),
        (("indicators", 0, "sparkline_svg"), SPARK.format('<path style="x"/>')),
        (("indicators", 0, "sparkline_svg"), "<!DOCTYPE x>" + SPARK.format("")),
        (("indicators", 0, "sparkline_svg"), "<?xml version='1.0'?>" + SPARK.format("")),
        (("indicators", 0, "sparkline_svg"), "<svg>"),
    ),
    "kent": (
        (("sources", 0, "id"), "A B"),
        (("conditions", 0, "indicators"), ["gone"]),
        (("conditions", 0, "chart_id"), "gone"),
        (("findings", "rows", 0, "about"), "indicator:gone"),
        (("caseload", "csv"), "internal/gone.csv"),
        (("caseload", "csv"), "../outside.txt"),
        (("comparisons", "measures", 0, "drawn"), "internal/gone.svg"),
        (("registers", "pages", 0, "id"), "no id"),
        (("caseload", "tables", 1, "id"), "caseload-rules"),
        (("forecast", "parts", 0, "charts"), ["gone"]),
        (("forecast", "parts", 0, "id"), "no id"),
    ),
}
"""(where, what stands there instead) in the results of each: one of every kind of thing that is looked at."""


def _edited(found: Any, at: tuple[str | int, ...], value: Any) -> Any:
    place = found
    for step in at[:-1]:
        place = place[step]
    if at:
        place[at[-1]] = value
    return found


def _files_named(found: Any) -> set[str]:
    """Every file that the results name."""
    if isinstance(found, dict | list):
        return {name for one in (found.values() if isinstance(found, dict) else found) for name in _files_named(one)}
    return {found} if isinstance(found, str) and re.fullmatch(r"internal/[\w/.-]+\.\w+", found) else set()


def _read_back(folder: Path) -> str:
    try:
        return f"read, {len(load(folder).indicators)} indicators"
    except ResultsError as error:
        return str(error)


def further_files() -> str:
    """What the pages write beside the documents: whose it is in its name, and its first lines."""
    found = {}
    for name, evidence in councils().items():
        for made in (money_files(evidence), caseload_files(evidence), comparison_files(evidence)):
            found |= {f"{name}: {file}": data for file, data in made.items()}
    return "".join(f"=== {name}, {_print(data)}\n{_first(data)}" for name, data in found.items())


def downloads() -> str:
    """What the pages offer to download, with a stand-in for the typeset file."""
    found: list[object] = []
    for evidence in councils().values():
        written_ = []
        for report in (one for one in reports() if one.name in DOWNLOADED or one.kind in DOWNLOADED):
            made = build(report, evidence)
            files = {**document_files(made, ("csv",)), f"{made.stem}.pdf": b"typeset", f"{made.stem}.odd": b""}
            written_.append(
                WrittenReport(report, made, {f"{report.folder}/{name}": data for name, data in files.items()})
            )
        found += output._downloads(written_, {FINDINGS_FILE: b"four"})
        found += output._inside_downloads(evidence, caseload_files(evidence))
        found += output._money_downloads(evidence, dict(list(money_files(evidence).items())[:2]))
    return "\n".join(line for one in found for line in lines_of(one)) + "\n"


DOWNLOADED = ("board", "annex-b-dashboard", "demonstration")


def beside_others() -> str:
    """The comparison of a council's own page: alone, less and more than others, the same, and with gaps."""
    found = []
    for rows in OTHERS:
        known: Any = SimpleNamespace(
            workspace=SimpleNamespace(benchmarks=rows, council=SimpleNamespace(short_name="Kent"))
        )
        made = others.section(known)
        found += [*lines_of(made), ""]
    return "\n".join(found)


def _benchmark(
    measure: str, area: str, value: str | None, unit: str = "gbp", period: str = "2023-24", basis: str = ""
) -> Benchmark:
    return Benchmark(
        measure, area, area.capitalize(), None if value is None else Decimal(value), unit, period, basis, 36
    )


ALONE = (_benchmark("Places", "kent", "174"), _benchmark("Tops", "kent", None))
OTHERS = (
    (),
    ALONE,
    (*ALONE, _benchmark("Places", "england", "149"), _benchmark("Tops", "england", "12")),
    (*ALONE, _benchmark("Places", "england", "0"), _benchmark("Tops", "england", None)),
    (
        *(_benchmark(name, "kent", value) for name, value in (("Places", "100"), ("Tops", "5"), ("Fees", "30"))),
        *(_benchmark(name, "england", value) for name, value in (("Places", "149"), ("Tops", "6"), ("Fees", "20"))),
        *(_benchmark(name, "neighbours", value) for name, value in (("Places", "90"), ("Tops", None), ("Fees", "50"))),
        *(
            _benchmark("Plans", area, value, "per_1000_aged_2_18")
            for area, value in (("kent", "43.3"), ("england", "36.4"))
        ),
    ),
    tuple(
        _benchmark("Places", area, value, period="", basis="year and denominator not printed")
        for area, value in (("kent", "149"), ("england", "149"))
    ),
)
"""The rows of benchmarks.csv, one council each."""


def suggestions() -> str:
    """Which measure a label of a template is taken for; little words do not count."""
    measures = (
        ReturnMeasure("late", "Reviews overdue", None),
        ReturnMeasure("share", "Share of plans in schools", None),
    )
    labels = ["Overdue", "Overdue reviews of the year", "Cost", "", "Plans", "Schools reviews", *sorted(LITTLE)]
    labels += [f"{word} overdue" for word in sorted(LITTLE)]
    kept = written_mapping({"A label, of two": "late", "B": ""})
    return "".join(f"{label}: {suggested(label, measures)}\n" for label in labels) + f"{kept!r} {read_mapping(kept)}\n"


def _print(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def _first(data: bytes) -> str:
    lines = data.decode("utf-8-sig").splitlines()[:3]
    return "".join(f"{line[:300]}\n" for line in lines)


REFUSED: tuple[Callable[[], object], ...] = (
    lambda: Section("A", "t", ()),
    lambda: Section("a", "t", (Heading("h", 2),)),
    lambda: DataTable("a b", "t", (), ()),
    lambda: DataTable("a", "t", (TableColumn(" "),), ()),
    lambda: DataTable("a", "t", (TableColumn("A"),), (Row.group("g"), Row.of("1", "2"))),
    lambda: replace(document(), sections=(Section("a", "t", ()), Section("a", "t", ()))),
    lambda: line_chart(ChartWords("a", "t"), periods=("1",), series=[Series("A", ())], unit=Unit.COUNT),
    lambda: line_chart(ChartWords("a", "t"), periods=("1",), series=[one("A")] * 5, unit=Unit.COUNT),
    lambda: line_chart(ChartWords("a", "t"), periods=("1", "2"), series=[one("A")], unit=Unit.COUNT),
    lambda: replace(bar_chart(ChartWords("a", "t"), bars=[Bar("A", GAP)], name_head="A", value_head="B"), alt=" "),
    lambda: funnel_chart(id="a", title="t", stages=[Stage("A", GAP)], count_head="B"),
    lambda: flow_chart(id="a", title="t", flows=[Flow("A", "B", GAP)] * 5, count_head="B"),
    lambda: waterfall_chart(ChartWords("a", "t"), start=step(1), steps=[step(1)], end=step(3)),
    lambda: waterfall_chart(ChartWords("a", "t"), start=step(1), steps=[Step("A", GAP)], end=step(1)),
    lambda: svg_of({"width": 1, "height": 1, "padding": dict.fromkeys(("left", "right", "top", "bottom"), 0),
                    "layer": [layer("rule", [], {}, size=1)]}),
    lambda: csv.tidy(DataTable("a", "t", (TableColumn("A", of="x"), TableColumn("B", of="y")), (Row.of("1", "2"),))),
    lambda: in_a_column([0.4, 0.4], 3),
    lambda: view(councils()["empty"].account, "nothing"),
    lambda: reports_of_kind("nothing"),
)  # fmt: skip


def one(name: str) -> Series:
    return Series(name, (Cell.figure(1, Unit.COUNT),))


def step(number: int) -> Step:
    return Step("A", Cell.millions(number))


def refusals() -> str:
    """What a document, a chart or a table that cannot be is told."""
    return "".join(f"{_refusal(made)}\n" for made in REFUSED) + f"{kinds()}\n"


def _refusal(made: Callable[[], object]) -> str:
    try:
        return f"made: {made()}"
    except (ValueError, InputError) as error:
        return f"{type(error).__name__}: {error}"


FURTHER: dict[str, Callable[[], str]] = {
    "portfolio": side_by_side,
    "benchmarks": compared,
    "templates": filled,
    "rounded": rounded,
    "account-for-people": account_for_people,
    "results-refused": results_refused,
    "files": further_files,
    "refusals": refusals,
    "downloads": downloads,
    "suggestions": suggestions,
    "beside-others": beside_others,
}
