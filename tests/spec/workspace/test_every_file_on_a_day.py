"""Every file whose rows say from which day they are known: a row of the day itself counts, one of the day after not."""

from datetime import date, timedelta

import pytest

from eastmoor import COUNCIL as EASTMOOR
from highneeds.intake.ledger.finance import read_finance
from highneeds.intake.ledger.transport import read_transport
from highneeds.intake.workspace import read_workspace
from highneeds.intake.workspace.columns import FILES
from highneeds.intake.workspace.known_on import COLUMN
from highneeds.store.place import documents
from memory_store import MemoryStore

COUNCIL = EASTMOOR.replace('["July"]', '["April", "July"]')
DAY = date(2025, 4, 2)
DATED = [one.name for one in FILES if COLUMN in {**one.required, **one.optional}]

BESIDE = """
== council.toml
{council}
== agreement.yaml
documents:
- {{id: REPORT, title: Report, published: 2025-04-02}}
- {{id: LATER, title: Later, published: 2025-04-03}}
conditions:
- {{number: 1, short_title: Reviews, title: Review, source: REPORT}}
agreement: {{local_authority: Eastmoor, programme: Safety Valve, first_year: 2024-25, last_year: 2025-26}}
== facts.csv
id,group,value,unit,period,qualifier,raw,context,source_doc,source_line
sum,finance,5,gbp,2024-25,exact,5,A sum,OLD,
== indicators.csv
id,title,unit,good_direction
plans,Plans,count,none
"""
"""What the other files refer to. Nothing says of the document OLD when it was published."""

PARTS = {
    "promised": "promised:\n- payer: dfe\n  figure: sum\n  known_on: {day}\n",
    "shares": "shares:\n- {{about: x, base: y, sum: sum, percent: sum, known_on: {day}}}\n",
    "drivers": "drivers:\n- {{name: x, kind: price, source: OLD, known_on: {day}}}\n",
    "delay": "delay: {{this_year: sum, total: sum, first_year: 2024-25, last_year: 2025-26, known_on: {day}}}\n",
    "grant": "stability_grant: {{share: sum, year: 2025-26, approval: sent, known_on: {day},"
    " returns: [{{name: x}}]}}\n",
    "over_forecast": "over_forecast:\n- {{about: x, percent: sum, known_on: {day}}}\n",
}
LINES = "line,volume,price\nTop-ups,1,2\n"
DATED_LINES = "line,volume,price,known_on\nTop-ups,1,2,{day}\n"
A_ROW = {
    "facts.csv": (
        "id,group,value,unit,period,qualifier,raw,context,source_doc,source_line,known_on\n"
        "sum,finance,5,gbp,2024-25,exact,5,A sum,OLD,,{day}\n"
    ),
    "later_published_facts.csv": (
        "id,value,unit,period,context,source,confidence,known_on\nlater,5,gbp,2024-25,A sum,OLD,high,{day}\n"
    ),
    "observations.csv": "indicator,period,value,state,known_on\nplans,2025-01,5,reported,{day}\n",
    "benchmarks.csv": (
        "measure,area,area_label,value,unit,period,basis,source_line,known_on\n"
        "Places,east,Eastmoor,5,gbp,2024-25,budget,,{day}\n"
    ),
    "placements.csv": (
        "table,measure,column_or_cohort,period,value,unit,kind,raw,source_doc,source_line,known_on\n"
        "post16,total,Nov,2024-11,5,count,part,5,OLD,,{day}\n"
    ),
    "finance/years.csv": (
        "year,allocation_gbp,block_transfer_in_gbp,dfe_payment_due_gbp,dfe_payment_received_gbp,"
        "council_contribution_gbp,plan_in_year_before_gbp,plan_dfe_payment_gbp,plan_council_contribution_gbp,"
        "plan_closing_deficit_gbp,known_on\n2024-25,5,,,,,,,,,{day}\n"
    ),
    "finance/spend.csv": "year,line,amount_gbp,known_on\n2024-25,1.2.1,5,{day}\n",
    "finance/explanations.csv": "year,line,variance_gbp,explanation,known_on\n2024-25,1.2.1,5,Fees,{day}\n",
    "finance/transport.csv": "year,amount_gbp,source,known_on\n2024-25,5,,{day}\n",
    "finance/planned_lines.csv": DATED_LINES + "== finance/actual_lines.csv\n" + LINES,
    "finance/actual_lines.csv": DATED_LINES + "== finance/planned_lines.csv\n" + LINES,
    "programme/REPORT/levels.csv": "condition,update,level,source,known_on\n1,July,G,OLD,{day}\n",
    "finance/published.yaml": "".join(PARTS.values()),
}
"""A file of one row that became known on a day."""


def there(text):
    """The rows of a workspace as known on DAY, by file: what of it is known."""
    parts = [one.split("\n", 1) for one in (BESIDE.format(council=COUNCIL) + text).split("== ")[1:]]
    place = documents(MemoryStore({name.strip(): held.encode() for name, held in parts}))
    known = read_workspace(place).as_known(DAY)
    ids = {one.id for one in known.facts}
    whole = {one.id for one in (*known.facts, *known.later_facts)}
    finance = read_finance(place, whole, DAY).of_known(ids, DAY)
    planned, actual = finance.lines or ((), ())
    return {
        "facts.csv": [one for one in known.facts if not one.later],
        "later_published_facts.csv": [one for one in known.facts if one.later],
        "observations.csv": known.observations,
        "benchmarks.csv": known.benchmarks,
        "placements.csv": known.placements,
        "finance/years.csv": finance.years,
        "finance/spend.csv": finance.spend,
        "finance/explanations.csv": finance.explanations,
        "finance/transport.csv": read_transport(place, DAY),
        "finance/planned_lines.csv": planned,
        "finance/actual_lines.csv": actual,
        "programme/REPORT/levels.csv": known.levels,
        "finance/published.yaml": [value for name in PARTS if (value := getattr(finance.parts, name))],
    }


def with_row(name, row):
    return f"== {name.replace('REPORT', '2025-07')}\n{row}"


@pytest.mark.parametrize("name", DATED)
def test_a_row_counts_from_the_day_on_which_it_became_known(name):
    on_the_day, later = (with_row(name, A_ROW[name].format(day=day)) for day in (DAY, DAY + timedelta(days=1)))
    assert len(there(on_the_day)[name]) == (len(PARTS) if name.endswith(".yaml") else 1)
    assert len(there(later)[name]) == 0


@pytest.mark.parametrize("name", [one for one in DATED if one not in ("facts.csv", "observations.csv")])
def test_a_row_that_says_no_day_is_always_known(name):
    text = A_ROW[name].replace(",known_on", "").replace(",{day}", "").replace("  known_on: {day}\n", "")
    assert len(there(with_row(name, text.replace(", known_on: {day}", "").format()))[name]) > 0


@pytest.mark.parametrize(("document", "known"), [("REPORT", True), ("LATER", False), ("Cabinet 3 Apr 2025", False)])
def test_without_a_day_of_its_own_a_row_is_known_with_its_document(document, known):
    levels = with_row("programme/2025-07/levels.csv", f"condition,update,level,source\n1,July,G,{document}\n")
    transport = with_row("finance/transport.csv", f"year,amount_gbp,source\n2024-25,5,{document}\n")
    lines = f"line,volume,price,source\nTop-ups,1,2,{document}\n"
    bridge = with_row("finance/planned_lines.csv", lines) + with_row("finance/actual_lines.csv", lines)
    drivers = with_row("finance/published.yaml", f"drivers:\n- {{name: x, kind: price, source: {document}}}\n")
    found = there(levels + transport + bridge + drivers)
    assert [bool(found[name]) for name in (
        "programme/REPORT/levels.csv", "finance/transport.csv", "finance/planned_lines.csv", "finance/published.yaml"
    )] == [known] * 4  # fmt: skip


def test_a_row_that_was_restated_counts_from_its_own_day_and_the_one_before_it_until_then():
    def rows(head, *cells):
        return f"{head},known_on\n{cells[0]},\n{cells[1]},2025-04-02\n{cells[2]},2025-04-03\n"

    levels = rows("condition,update,level", "1,July,G", "1,July,A", "1,July,R")
    said = rows("year,line,variance_gbp,explanation", *(f"2024-25,1.2.1,5,{one}" for one in ("one", "two", "three")))
    spent = rows("year,amount_gbp,source", "2024-25,1,", "2024-25,2,", "2024-25,3,")
    lines = rows("line,volume,price", "Top-ups,1,1", "Top-ups,1,2", "Top-ups,1,3")
    found = there(
        with_row("programme/2025-07/levels.csv", levels)
        + with_row("finance/explanations.csv", said)
        + with_row("finance/transport.csv", spent)
        + with_row("finance/planned_lines.csv", lines)
        + with_row("finance/actual_lines.csv", lines)
    )
    assert [one.level.value for one in found["programme/REPORT/levels.csv"]] == ["A"]
    assert [one.explanation for one in found["finance/explanations.csv"]] == ["two"]
    assert [one.amount for one in found["finance/transport.csv"]] == [200]
    assert [one.price for one in found["finance/planned_lines.csv"]] == [2]


def test_a_level_that_was_given_anew_keeps_its_place_among_the_updates():
    text = "condition,update,level,known_on\n1,April,G,\n1,July,not_yet,\n1,April,R,2025-04-02\n"
    found = there(with_row("programme/2025-07/levels.csv", text))["programme/REPORT/levels.csv"]
    assert [(one.update, one.level.value) for one in found] == [("April", "R"), ("July", "not_yet")]
