"""The files of a workspace that begins: text by name. Published figures stand in rows, examples behind a '#'."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from highneeds.intake.ledger.positions import POSITIONS_BEGIN_WITH
from highneeds.intake.ledger.spend import SPEND_BEGINS_WITH
from highneeds.intake.ledger.years import MONEY, YEARS_BEGIN_WITH
from highneeds.intake.published.of_council import JANUARY, PublishedCouncil, PublishedFigure
from highneeds.intake.workspace.dashboard import CATALOGUE_BEGINS_WITH, OBSERVATIONS_BEGIN_WITH
from highneeds.intake.workspace.facts import FACT_COLUMNS
from highneeds.intake.workspace.programme import LEVEL_COLUMNS
from highneeds.registers.registry import registers
from highneeds.vocabulary.assurance_level import AssuranceLevel
from highneeds.vocabulary.rounding import with_commas

if TYPE_CHECKING:
    from highneeds.actions.new_workspace import WorkspaceTerms

JANUARIES = 6
"""So many censuses stand on a new dashboard: five changes, and a table that still fits on a page."""
REGISTERS = ("risks", "openings", "savings")
"""A choice of our own among all registers: the three that every report tells of, whatever was agreed. The others begin
with `highneeds register template`: an empty file of each would hide those to fill in first."""
REGISTERS_OF_AN_AGREEMENT = ("payments",)
"""Beside them where the Department pays by instalments."""

CsvRows = Sequence[Sequence[object]]


def begun_files(
    council: PublishedCouncil, term: "WorkspaceTerms", figures: Sequence[PublishedFigure]
) -> Mapping[str, bytes]:
    """Every file of the new workspace, by its name."""
    agreed = term.programme.is_agreed_with_department
    files = {
        "council.toml": _council(council, term),
        "indicators.csv": _indicators(figures),
        "observations.csv": _observations(council, term, figures),
        "facts.csv": _facts(council, figures),
        "finance/years.csv": _years(council, term, figures),
        "finance/spend.csv": _spend(council, term, figures),
        "finance/positions.csv": _table(POSITIONS_BEGIN_WITH, (), [_position(term)]),
        f"programme/{term.report_id}/narrative.md": _narrative(council, term),
        "README.md": _readme(council, term),
    }
    if term.programme.words:
        files["agreement.yaml"] = _agreement(council, term)
        files[f"programme/{term.report_id}/levels.csv"] = _table(
            LEVEL_COLUMNS, (), [(1, term.slot, "G", "owner", "", "", term.submitted)]
        )
        files["programme/level_definitions.csv"] = _table(("level", "definition"), _LEVELS, ())
    for name in (*REGISTERS, *(REGISTERS_OF_AN_AGREEMENT if agreed else ())):
        register = registers()[name]
        template = register.template()
        files[register.place] = _table(template.columns, (), template.rows)
    return {name: text.encode("utf-8") for name, text in files.items()}


def _position(term: "WorkspaceTerms") -> tuple[str, ...]:
    note = "which fact of facts.csv states which figure of the plan"
    return (str(term.first_year), "agreed", "in_year_before_contributions_gbp", "id_of_a_fact", "", note)


_LEVELS = (
    (AssuranceLevel.COMPLETE.value, "Complete"),
    (AssuranceLevel.ON_TARGET.value, "On target"),
    (AssuranceLevel.OFF_TARGET_WITH_PLANS.value, "Off target, with plans to bring it back"),
    (AssuranceLevel.OFF_TARGET.value, "Off target"),
)


def _council(council: PublishedCouncil, term: "WorkspaceTerms") -> str:
    neighbours = ", ".join(f'"{number}"' for number, _ in council.neighbours)
    return f"""# Who this workspace is of. highneeds check FOLDER says what is wrong with any file of it.
name = "{council.name}"
short_name = "{council.name}"
la_number = "{council.la_number}"
region = "{council.region}"
# Statistical neighbours by the newest published model, nearest first.
neighbours = [{neighbours}]
programme = "{term.programme}"  # safety-valve, management-plan, reform-plan or none
first_year = "{term.first_year}"  # the first financial year of the plan
last_year = "{term.last_year}"
slots = ["April", "July", "December"]  # the monitoring updates of a year
rollover_month = 9  # the month in whose snapshot children stand in the new school year, 8 or 9

[report]  # the one being written
number = 1
id = "{term.report_id}"  # its folder under programme/
submitted = "{term.submitted.isoformat()}"  # what became known later is left out
slot = "{term.slot}"
current_year = "{term.current_year}"

[definitions]
resourced_provision_is_mainstream = true
overdue_basis = "decision"  # decision, meeting or finalised

[roles]  # roles only; the product never holds a person's name here
section_151 = "Section 151 officer"
director = "Director of Children's Services"
"""


def _agreement(council: PublishedCouncil, term: "WorkspaceTerms") -> str:
    return f"""# What was promised. A figure is the id of a row of facts.csv, so that none stands twice.
agreement:
  local_authority: {_quoted(council.name)}
  programme: {term.programme.words}
  first_year: '{term.first_year}'
  last_year: '{term.last_year}'
  # council_contribution: id_of_a_fact
  # department_contribution: id_of_a_fact
# documents:
# - id: AGREEMENT
#   title: {council.name}, {term.programme.words}, {term.first_year} to {term.last_year}
#   published: '{term.first_year.first_day.isoformat()}'
# conditions:
# - number: 1
#   short_title: Inclusion in mainstream schools
#   title: Build capacity in the mainstream schools of {council.name}
#   source: AGREEMENT
#   source_line: 12
"""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _indicators(figures: Iterable[PublishedFigure]) -> str:
    titles = {one.series.id: one for one in _on_dashboard(figures)}
    rows = [
        (name, "", one.series.title, one.series.title, "count", "SEN2", "monthly", "none", one.source, "January census")
        for name, one in titles.items()
    ]
    title = "Requests for an assessment received in the month"
    example = ("requests_received", "", title, "Requests", "count", "case system", "monthly", "none", "", "")
    return _table(CATALOGUE_BEGINS_WITH, rows, [example])


def _observations(council: PublishedCouncil, term: "WorkspaceTerms", figures: Iterable[PublishedFigure]) -> str:
    rows = [
        (
            one.series.id,
            one.period,
            "",
            "",
            _plain(one.value),
            one.series.unit,
            *_state(one),
            "",
            one.source,
            one.known_on,
        )
        for one in _on_dashboard(figures)
    ]
    last = rows[-1][1] if rows else f"{term.submitted:%Y-%m}"
    return _table(
        OBSERVATIONS_BEGIN_WITH,
        rows,
        [("requests_received", last, "", "", 42, "count", "reported", "", "", council.name, "")],
    )


def _on_dashboard(figures: Iterable[PublishedFigure]) -> list[PublishedFigure]:
    """The newest censuses of every series that this council has at all."""
    of_january = [one for one in figures if one.series.dated == JANUARY]
    newest = set(sorted({one.period for one in of_january})[-JANUARIES:])
    recent = [one for one in of_january if one.period in newest]
    there = {one.series.id for one in recent if one.value}
    return [one for one in recent if one.series.id in there]


def _state(one: PublishedFigure) -> tuple[str, str]:
    if one.value is None:
        return "not_published", "the council's return holds no such figure"
    return "reported", ""


def _facts(council: PublishedCouncil, figures: Iterable[PublishedFigure]) -> str:
    rows = [_fact(council, one) for one in figures if one.series.dated != JANUARY and one.value is not None]
    meaning = f"Deficit of {council.name} at 31 March 2025"
    example = ("deficit", "money", 12300000, "gbp", "2024-25", "about", "£12.3m", meaning, "CABINET", 14, "2025-07-15")
    return _table((*FACT_COLUMNS, "known_on"), rows, [example])


def _fact(council: PublishedCouncil, one: PublishedFigure) -> tuple[object, ...]:
    name, title = f"{one.series.id}_{one.period.replace('-', '_')}", f"{one.series.title}, {council.name}"
    value = (_plain(one.value), one.series.unit, one.period, "exact", _printed(one))
    return (name, "published", *value, title, one.source, "", one.known_on)


def _years(council: PublishedCouncil, term: "WorkspaceTerms", figures: Sequence[PublishedFigure]) -> str:
    grants = [one for one in figures if one.series.id == "high_needs_after" and one.value is not None]
    newest = grants[-1] if grants else None
    example: list[object] = [newest.period if newest else term.first_year, _pounds(newest.value if newest else None)]
    example += [""] * (len(MONEY) - 1)
    note = f"the published high needs block of {council.name} after deductions" if newest else "one row a year"
    return _table(YEARS_BEGIN_WITH, (), [(*example, "", note)])


def _spend(council: PublishedCouncil, term: "WorkspaceTerms", figures: Sequence[PublishedFigure]) -> str:
    spent = [one for one in figures if one.series.id == "high_needs_outturn" and one.value is not None]
    newest = spent[-1] if spent else None
    year, sum_ = (newest.period, _pounds(newest.value)) if newest else (term.first_year, "")
    note = f"published net outturn of lines 1.2 of {council.name}; place funding of line 1.0.2 comes on top of it"
    note = note if newest else "one row a year and line of section 251"
    return _table(SPEND_BEGINS_WITH, (), [(year, "1.2", "", sum_, "", "", note)])


def _narrative(council: PublishedCouncil, term: "WorkspaceTerms") -> str:
    return f"""# {council.name}, {term.slot} report

<!--
Write a heading for each part, with two hashes, and your text under it. Headings that the report knows:
On track: in year | On track: end of the plan | On track: capital |
Headlines: drivers of change | Headlines: barriers | Headlines: stakeholder engagement | Condition 1, Condition 2, ...
An example, for {council.name}:

"Headlines: drivers of change" and under it
"Requests for an assessment rose from 42 in January to 51 in March."
-->
"""


def _readme(council: PublishedCouncil, term: "WorkspaceTerms") -> str:
    return f"""# {council.name}

The workspace of {council.name} ({council.la_number}). No file but council.toml must be there; published figures are
filled in, and a row that begins with `#` is an example which nothing reads.

- `highneeds run FOLDER` writes the documents.
- `highneeds check FOLDER` lists everything that is wrong, and what each missing file would add.
- `highneeds dashboard import FILE.xlsx --workspace FOLDER` takes the council's own dashboard.
- `highneeds finance import FILE.xlsx --workspace FOLDER` takes its finance workbook.
- `highneeds caseload accept FILES --workspace FOLDER --by NAME` takes a SEN2 return.
- `highneeds register template NAME` prints an empty register with its columns.
"""


def _table(columns: Sequence[str], rows: CsvRows, examples: CsvRows) -> str:
    """A CSV with its header, its rows, and each example as a remark."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    for example in examples:
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(example)
        out.write("".join(f"# {part}\n" for part in line.getvalue().splitlines()))
    return out.getvalue()


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _pounds(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _printed(one: PublishedFigure) -> str:
    """As the statistics print it, so that the claims of a text can be held against it."""
    if one.value is None:
        return ""
    if one.series.unit == "gbp":
        return f"£{with_commas(one.value, 0)}"
    return f"{_plain(one.value)}%" if one.series.unit == "percent" else with_commas(one.value, 0)
