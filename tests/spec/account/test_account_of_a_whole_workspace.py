"""One council's files, and all that the account makes of them: its table, its parts, its findings, what the forecast is
asked. Sums are small and all differ, so that each can be followed by pencil."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

import polars as pl

from highneeds.account.balance.forecast_question import came_true, forecast_question
from highneeds.account.of_workspace import account_of
from highneeds.intake.workspace import read_workspace
from highneeds.registers.registry import read_registers
from highneeds.report.views.account.of_account import account_by_measure
from highneeds.report.views.layers import layers_table
from highneeds.store.place import documents
from memory_store import MemoryStore
from on_file import held

COUNCIL = """
name = "Eastmoor"
la_number = "999"
programme = "safety-valve"
first_year = "2023-24"
last_year = "2025-26"
slots = ["April"]
synthetic = true
[report]
number = 1
id = "2025-04"
submitted = "2025-04-02"
slot = "April"
current_year = "2024-25"
"""
AGREEMENT = """
agreement:
  local_authority: Eastmoor
  programme: Safety Valve
  first_year: 2023-24
  last_year: 2025-26
  department_contribution: dfe_total
  council_contribution: council_total
  override_ends: override
  override_extended_to: extended
opening:
  year: 2022-23
  overspend: overspend
  overspend_share: overspend_share
  accumulated: accumulated
same_thing:
- about: What is left at the end
  facts: [left_report, left_page]
"""
FACTS = """id,group,value,value_high,unit,period,qualifier,raw,context,source_doc,source_line
dfe_total,money,140,,gbp,agreement,exact,£140,DfE in all,DEAL,1
council_total,money,60,,gbp,agreement,exact,£60,Council in all,DEAL,2
override,dates,2026-03,,date,,exact,March 2026,End of the override,DEAL,3
extended,dates,2028-03,,date,,exact,March 2028,New end of the override,Announcement 20 Jun 2024,
overspend,money,52,,gbp,2022-23,exact,£52,Overspend,DEAL,5
overspend_share,money,20,,percent,2022-23,exact,20%,Share,DEAL,6
accumulated,money,80,,gbp,2022-23,exact,£80,Accumulated,DEAL,7
outturn,money,41,,gbp,2023-24,exact,£41,Outturn,REPORT,8
planned,money,39,,gbp,2023-24,exact,£39,Planned,DEAL,9
closing,money,95,,gbp,2023-24,exact,£95,Closing,REPORT,10
target,money,29,,gbp,2024-25,exact,£29,Target,DEAL,11
forecast,money,53,,gbp,2024-25,about,about £53,Forecast,REPORT,12
closing_forecast,money,118,,gbp,2024-25,exact,£118,Closing forecast,REPORT,13
gap,money,10,,gbp,2024-25,about,about £10,Gap,REPORT,14
left_report,money,30,,gbp,2025-26,at_least,at least £30,Left,REPORT,15
left_page,money,20,33,gbp,2025-26,exact,£20-33,Left,PAGE,16
nil,dates,2026-03,,date,,exact,March 2026,Nil by,DEAL,17
first_payment,money,50,,gbp,2023-24,exact,£50,First payment,DEAL,18
contributed,money,7,,gbp,2023-24,exact,£7,Contribution,REPORT,19
lost_this_year,money,2,,gbp,2024-25,exact,£2,Lost,REPORT,20
lost_in_all,money,23,,gbp,,about,about £23,Lost in all,REPORT,21
lost_page,money,31,,gbp,,up_to,up to £31,Lost,PAGE,22
uplift,prices,1,,percent,2024-25,exact,1%,Uplift above plan,REPORT,23
schools,money,3,,gbp,2024-25,exact,£3,Schools late,REPORT,24
grant_share,policy,90,,percent,,exact,90%,Grant,NOTE,25
ineligible,money,5,,gbp,,exact,£5,Outside high needs,NOTE,26
needed,money,12,,gbp,,at_least,at least £12,Savings asked,REPORT,27
above,money,10,,gbp,2024-25,exact,£10,Above plan,PAGE,28
above_share,money,5,,percent,2024-25,exact,5%,Share,PAGE,29
tax_sum,money,140,,gbp,,exact,£140,Alternative,PAGE,30
tax_share,money,25,,percent,,exact,25%,Rise,PAGE,31
youngest,plans,40,,percent,,exact,40%,Above forecast,REPORT,32
"""
POSITIONS = """financial_year,layer,measure,fact,sum
2023-24,achieved,in_year_before_contributions_gbp,outturn,
2023-24,agreed,in_year_before_contributions_gbp,planned,
2022-23,achieved,closing_deficit_gbp,accumulated,
2023-24,achieved,closing_deficit_gbp,closing,
2024-25,agreed,in_year_before_contributions_gbp,target,
2024-25,latest,in_year_before_contributions_gbp,forecast,
2024-25,latest,closing_deficit_gbp,closing_forecast,
2024-25,latest,cumulative_gap_gbp,gap,
2025-26,latest,closing_deficit_gbp,left_report,
2025-26,latest,closing_deficit_gbp,left_page,
2025-26,agreed,closing_deficit_gbp,nil,nil
2023-24,agreed,dfe_payment_gbp,first_payment,
2023-24,achieved,council_contribution_gbp,contributed,
"""
PARTS = """
promised:
- {payer: dfe, figure: dfe_total}
- {payer: council, figure: council_total}
shares:
- {about: Overspend, base: high needs grant, year: 2022-23, sum: overspend, percent: overspend_share}
- {about: Above plan, base: high needs grant, year: 2024-25, sum: above, percent: above_share}
- {about: The alternative, base: council tax, sum: tax_sum, percent: tax_share}
savings_needed: needed
over_forecast:
- {about: Youngest, percent: youngest}
drivers:
- {name: Top-ups, kind: volume, reason: nobody counts them, source: REPORT line 1}
- {name: Tuition, kind: new demand, source: REPORT line 2}
- {name: Uplift, kind: inflation, uplift: uplift, source: REPORT line 3}
- {name: Late schools, kind: timing, effect: schools, source: REPORT line 4}
delay: {this_year: lost_this_year, total: lost_in_all, other_total: lost_page, first_year: 2024-25, last_year: 2025-26}
stability_grant:
  share: grant_share
  year: 2023-24
  approval: submitted
  ineligible: ineligible
  returns:
  - {name: Outturn, figure: closing}
  - {name: Forecast, figure: closing_forecast, explained: true}
  - {name: Accounts}
"""
INDICATORS = """id,condition,title,short_title,unit,data_source,frequency,good_direction,source,source_line,note
all_plans,,All plans,All plans,count,MI,monthly,none,REPORT,40,
cost_primary,,Cost primary,Cost primary,gbp,MI,monthly,down,REPORT,41,
cost_secondary,,Cost secondary,Cost secondary,gbp,MI,monthly,down,REPORT,42,
cost_post16,,Cost post-16,Cost post-16,gbp,MI,monthly,down,REPORT,43,
"""
OBSERVATIONS = """indicator,period,part,whole,value,unit,state,reason,raw,source,source_line,confidence
all_plans,2025-01,,,1900,count,reported,,1900,REPORT,40,high
all_plans,2025-02,,,1910,count,reported,,1910,REPORT,40,high
all_plans,2025-03,,,,count,not_reported,not yet,-,REPORT,40,high
all_plans,2023-24,,,1800,count,reported,,1800,REPORT,40,high
cost_primary,2024-03,,,90,gbp,reported,,90,REPORT,41,high
cost_primary,2024-10,,,100,gbp,reported,,100,REPORT,41,high
cost_primary,2024-11,,,120,gbp,reported,,120,REPORT,41,high
cost_secondary,2024-10,,,200,gbp,reported,,200,REPORT,42,high
cost_secondary,2024-11,,,180,gbp,reported,,180,REPORT,42,high
cost_post16,2024-10,,,,gbp,not_reported,not yet,-,REPORT,43,high
"""
SERIES = """sector,phase,indicator
independent,primary,cost_primary
independent,secondary,cost_secondary
independent,post-16,cost_post16
"""
REGISTERS = {
    "payments": """payment,payer,financial_year,due_on,amount_gbp,state,received_gbp,figures
first,dfe,2023-24,2024-03-01,,due,,first_payment
second,council,2024-25,,9.00,received,8.00,
""",
    "savings": """saving,title,owner_role,kind,starts,full_year_gbp,confidence,chance_percent,figures
fees,Fees,Head,cashable,2024-10,20.00,likely,50,
later,Later,Head,avoided,2024-04,,likely,25,needed
""",
    "investments": """investment,title,first_year,last_year,amount_gbp,enables,figures
team,Team,2024-25,2025-26,4.00,fees,
other,Other,2025-26,,,,above
""",
    "reserves": """financial_year,usable_gbp,rate_percent,source
2025-26,100.00,5,Plan
2024-25,110.00,4,Plan before
""",
    "openings": """opening,title,kind,planned,expected,opened,status,figures,source
elm-school,Elm School,special_school,2024-09,2025-01,,delayed,schools,Cabinet
oak-school,Oak School,special_school,2024-09,,2024-09,open,,
""",
    "unit_costs": """row,group,phase,from_day,annual_cost,placements,source
1,independent,primary,2025-04-01,500.00,4,Ledger
2,independent,post16,2024-04-01,300.00,2,
3,independent,secondary,2023-04-01,300.00,2,
4,independent,secondary,2026-04-01,300.00,0,
""",
    "allocations": """allocation,financial_year,updated_on,block,before_gbp,deductions_gbp,after_gbp,source
a,2024-25,2024-03-01,high_needs,260.00,10.00,250.00,DfE
b,2024-25,2024-07-01,high_needs,270.00,15.00,255.00,DfE
c,2024-25,2025-07-01,high_needs,280.00,15.00,265.00,DfE
d,2024-25,2024-07-01,schools,900.00,,900.00,DfE
""",
}
YEARS = """year,allocation_gbp,block_transfer_in_gbp,dfe_payment_due_gbp,dfe_payment_received_gbp,\
council_contribution_gbp,plan_in_year_before_gbp,plan_dfe_payment_gbp,plan_council_contribution_gbp,plan_closing_deficit_gbp
2023-24,240,3,50,44,7,39,50,6,63
2024-25,,4,20,20,8,29,40,11,
"""
SPEND = """year,line,month,amount_gbp
2023-24,1.2.3,,200
2023-24,1.2.1,,85
2024-25,1.2.3,P1,25
2024-25,1.2.3,P2,26
2024-25,odd line,P2,1
2024-25,1.2.5,P2,0
"""


TRANSFERS = """transfer,financial_year,from_block,amount_gbp,consent
a,2023-24,schools,2.00,forum
b,2023-24,schools,0.50,forum
c,2024-25,schools,9.00,none_yet
"""
PLANNED = """line,volume,price
state,10,10
private,4,25
"""
ACTUAL = """line,volume,price
state,11,10
private,5,26
"""
UPLIFTS = """uplift,provider,financial_year,places,present_fee_gbp,asked_fee_gbp,outcome
oak,Oak,2025-26,2,60.00,66.00,asked
"""
BOOK = """commitment,child,placement,responsible_council,provider,band,status,line,supplier,fte,from_day,to_day,\
invoiced_to,paid_to,annual_cost_gbp,place_gbp,top_up_gbp,health_gbp,care_gbp
c1,x,x-A,999,Oak,,active,1.2.3,S1,2,2024-04-01,,2024-04-30,,365.00,,,,
c2,y,y-A,999,Elm,,active,1.2.1,S1,1,2024-07-01,2025-06-30,,,73.00,,,,
"""
TRANSPORT = """year,amount_gbp,source
2023-24,17,Budget book
2024-25,19,Monitor
"""
EXPLANATIONS = """year,line,variance_gbp,explanation
2024-25,1.2.3,10,More places £9; dearer places
"""


class Statistics:
    """Published tables by hand."""

    tables = {
        "dsg_allocations": pl.DataFrame(
            [
                {"la_number": "999", "fin_year": year, "high_needs_block": before}
                | {"high_needs_block_after_deductions": after, "schools_block": 901, "schools_block_after": 701}
                | {"cssb": 11, "cssb_after": 12, "early_years_block": 13, "early_years_after": 14}
                | {"total_dsg_before_recoupment": 1000, "total_dsg_after": 900}
                for year, before, after in (("2022-23", 261, 241), ("2023-24", 262, 242))
            ]
        ),
        "s251_outturn_high_needs_total": pl.DataFrame(
            {"la_number": ["999", "999"], "fin_year": ["2021-22", "2023-24"], "high_needs_1_2_net_gbp": [281.5, 282.5]}
        ),
        "s251_high_needs_lines": pl.DataFrame(
            {
                "la_number": ["999", "999"],
                "fin_year": ["2023-24", "2023-24"],
                "stage": ["outturn", "outturn"],
                "line": ["place_funding_total", "topup_maintained_total"],
                "amount_gbp": [100.0, 60.0],
            }
        ),
    }

    def has(self, table):
        return table in self.tables

    def table(self, table):
        return self.tables[table]

    def source(self, table):
        return f"DfE {table}"


def account(statistics=None, change=lambda files: files, **files):
    named = {"council.toml": COUNCIL, "agreement.yaml": AGREEMENT, "facts.csv": FACTS, "indicators.csv": INDICATORS}
    named |= {"observations.csv": OBSERVATIONS, "finance/positions.csv": POSITIONS, "finance/published.yaml": PARTS}
    named |= {"finance/cost_series.csv": SERIES} | {
        f"{folder_of(name)}/{name}.csv": REGISTERS[name] for name in REGISTERS
    }
    named = change(named | {f"{folder_of(name)}/{name}.csv": text for name, text in files.items()})
    place = documents(MemoryStore({name: text.encode() for name, text in named.items()}))
    return account_of(read_workspace(place), read_registers(place), statistics)


def folder_of(name):
    return "registers" if name in ("fee_uplifts", "block_transfers", *REGISTERS) and name != "unit_costs" else "finance"


def plain(value):
    """A value as one line of text: a thing by its fields, a sum by its pence, an empty field not at all."""
    if is_dataclass(value):
        kept = {one.name: getattr(value, one.name) for one in fields(value)}
        cells = [f"{name}={plain(cell)}" for name, cell in kept.items() if cell not in (None, "", ())]
        return (
            str(value) if type(value).__str__ is not object.__str__ else f"{type(value).__name__}({', '.join(cells)})"
        )
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{plain(key)}: {plain(one)}" for key, one in value.items()) + "}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(plain, value))}]"
    return str(value)


PARTS_OF_IT = (
    *("payments", "shares", "council_tax", "bridge", "drivers", "delay", "overrides", "reserves", "grant"),
    *("after_grant", "savings", "savings_total", "savings_needed", "savings_chance", "investments", "net_benefit"),
    *("unit_costs", "steps", "new_bases", "blank_costs", "over_forecast"),
)


def all_of(found):
    """All that the account makes of its files, line by line."""
    yield from (" | ".join(map(plain, row)) for row in account_by_measure.table(found).rows)
    yield from (plain(one) for one in found.findings)
    yield plain(found.looked_at)
    asked = forecast_question(found.workspace, found, 300, 7)
    yield from (f"asked {one.name}: {plain(getattr(asked, one.name))}" for one in fields(asked))
    yield f"came true: {plain(came_true(found))}"
    published = found.published
    for name in ("year", "opening", "position", "answers", "implied"):
        yield f"{name}: {plain(getattr(published, name))}"
    for name in PARTS_OF_IT:
        yield f"{name}: {plain(getattr(found.parts, name))}"
    for name in ("blocks", "outturn", "published_outturn", "allocations", "granted", "ends", "judged_explanations"):
        yield f"{name}: {plain(getattr(found, name))}"
    yield from (" | ".join(map(plain, row)) for row in layers_table(published.layers).rows)
    yield f"books: {plain(found.books)}"


def test_a_council_that_has_only_what_is_printed():
    held("account/printed", [*all_of(account())])


def test_a_council_with_years_and_spend_of_its_own():
    files = dict(years=YEARS, spend=SPEND, block_transfers=TRANSFERS)
    held("account/own", [*all_of(account(Statistics(), **files))])


def test_a_council_with_every_file():
    """With lines, a commitment book, fee uplifts to come; the year has come out, and a figure came after the report."""
    files = dict(years=YEARS, spend=SPEND, planned_lines=PLANNED, actual_lines=ACTUAL, commitments=BOOK)
    files |= dict(fee_uplifts=UPLIFTS, transport=TRANSPORT, explanations=EXPLANATIONS)
    held("account/every_file", [*all_of(account(Statistics(), came_out, **files))])


def came_out(files):
    facts = files["facts.csv"].replace("REPORT,13", "Cabinet 22 Jul 2025,")
    positions = files["finance/positions.csv"].replace("2024-25,latest", "2024-25,achieved")
    return files | {"facts.csv": facts, "finance/positions.csv": positions}
