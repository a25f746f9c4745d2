"""Every file of a workspace with its columns or keys, as the manual prints them; a test holds them to their readers."""

from dataclasses import dataclass

LA_NUMBER = "whose it is; another council's row is refused"
KNOWN_ON = "the day from which the figure is known; else the day of its document, else the end of its period"
KNOWN_FROM = "the day from which the row is known; else the day of its document; without either it is always known"


@dataclass(frozen=True)
class FileColumns:
    """name: of the file; rows: what one row is; required, optional: column or key -> what it is.

    no_day   why its rows have no known_on
    """

    name: str
    rows: str
    required: dict[str, str]
    optional: dict[str, str]
    no_day: str = ""


COUNCIL = FileColumns(
    "council.toml",
    "keys of the council; the only file that must be there",
    {
        "name": "the council's name",
        "la_number": "its three digits, in quotes",
        "first_year": "first financial year of the plan, 2026-27",
        "last_year": "last financial year of the plan",
        "slots": "names of the reporting slots of a year, in order",
    },
    {
        "short_name": "as sentences call it",
        "region": "its region",
        "neighbours": "LA numbers of its statistical neighbours, nearest first",
        "programme": "safety-valve, management-plan, reform-plan or none",
        "rollover_month": "8 or 9: the month in whose snapshot children stand in the new school year",
        "synthetic": "true for an invented council",
        "report": "section: number, id, submitted, slot and current_year of the report being written",
        "definitions": "section: resourced_provision_is_mainstream, overdue_basis, twenty_weeks_days, six_weeks_days",
        "roles": "section: titles of roles, never names",
        "registers": "section: settings of registers",
    },
    no_day="it says whose the workspace is and which report is written",
)
AGREEMENT = FileColumns(
    "agreement.yaml",
    "keys of what was agreed; no file, no agreement",
    {
        "agreement": "local_authority, programme, first_year, last_year; figures by role, each an id of a fact: "
        "printed_length, department_contribution, council_contribution, target_date, override_ends, "
        "override_extended_to, plans_in_force; department, the other party; la_number, where it says whose it is"
    },
    {
        "documents": "list of id, title, called (its name in a sentence, such as monitoring report), published (the "
        "day from which what it says is known) and sections: list of "
        "from_line, name and page, by which the endnotes of the report say where a figure stands",
        "opening": "year, and the facts overspend, overspend_share, accumulated",
        "monitoring": "published: facts that date the earlier reports; this; per_year",
        "same_thing": "list of about and facts that state one thing",
        "lengths": "list of facts that say how many years the agreement runs, beside printed_length",
        "budget_shares": "list of facts that give a sum of the same place and period as a share of the budget, "
        "beside overspend_share",
        "conditions": "list of number, short_title, title, source, source_line, complete, note",
        "locked": "fingerprint of the agreed figures",
    },
    no_day="a document has published, and what was agreed has the days of its facts",
)
TABLES = (
    FileColumns(
        "facts.csv",
        "one published figure",
        {
            "id": "short name, once",
            "group": "a heading for people",
            "value": "digits, or a date or year in the form of its unit",
            "unit": "gbp, percent, count, places, date, year, financial_year and others",
            "period": "what it is of: 2025, 2025-01, 2024-25, 2025-01-31, 2025-Q1 or a span with '..'",
            "qualifier": "exact, about, at_least, up_to, range, almost, over, at_earliest, sic, ocr or truncated",
            "raw": "as printed",
            "context": "what it is, in own words",
            "source_doc": "id of its document",
            "source_line": "its line there",
        },
        {"value_high": "the upper end of a range", "confidence": "high, medium or low", "known_on": KNOWN_ON},
    ),
    FileColumns(
        "later_published_facts.csv",
        "one figure published after the report",
        {
            "id": "short name, once over both files",
            "value": "as in facts.csv",
            "unit": "as in facts.csv",
            "period": "as in facts.csv",
            "context": "what it is, in own words",
            "source": "its document, which may end with a date: Cabinet 22 Jul 2025",
        },
        {"confidence": "high, medium or low", "known_on": KNOWN_ON},
    ),
    FileColumns(
        "indicators.csv",
        "one row of the dashboard",
        {
            "id": "one of the product's or your own",
            "title": "as the council prints it",
            "unit": "percent, count, places, gbp and others",
            "good_direction": "up, down or none",
        },
        {
            "condition": "number of the condition it reports on",
            "short_title": "for rows and sentences",
            "data_source": "who supplies it",
            "frequency": "monthly or yearly",
            "source": "its document",
            "source_line": "its line there",
            "note": "what to know of it",
            "decimals": "0 to 4, where it is printed with other decimals than its unit",
            "also_called": "other names of it for the reader of claims, separated by |",
            "compared_with": "names of published comparisons that count the same thing, separated by |, where the id "
            "is your own; docs/reference/comparisons.md lists them",
            "weight": "1 to 5, how much it matters to what changed; 1 where it is empty",
            "shown": "reported or computed, which of its two figures is shown",
        },
        no_day="it names figures, and each figure of observations.csv has its own",
    ),
    FileColumns(
        "observations.csv",
        "one figure of one indicator and period; a restated figure is a row of its own with a later known_on",
        {
            "indicator": "an id of indicators.csv",
            "period": "2025-01, or a financial year 2024-25",
            "value": "digits, or empty",
            "state": "reported, computed, provisional, restated, suppressed, not_reported, blank, unavailable or "
            "not_published",
        },
        {
            "part": "numerator, where there is one",
            "whole": "denominator",
            "unit": "that of the indicator",
            "reason": "why there is no value, or what to know",
            "raw": "the cell as printed",
            "source": "its document",
            "source_line": "its line there",
            "confidence": "high, medium or low",
            "known_on": KNOWN_ON,
        },
    ),
    FileColumns(
        "dashboard_mapping.csv",
        "one row of the council's spreadsheet; dashboard import keeps it",
        {
            "title": "as the spreadsheet writes it",
            "indicator": "its id; empty leaves the row out",
            "unit": "as in indicators.csv",
        },
        {},
        no_day="it says how a spreadsheet is read",
    ),
    FileColumns(
        "identities.csv",
        "one sum that rows of the dashboard promise each other",
        {
            "kind": "one of the checks of the dashboard",
            "result": "the indicator on the left",
            "terms": "those on the right",
        },
        {"note": "what to know of it"},
        no_day="it says what figures promise each other",
    ),
    FileColumns(
        "benchmarks.csv",
        "one printed comparison for one area",
        {
            "measure": "what is compared",
            "area": "short name of the area",
            "area_label": "as printed",
            "value": "digits",
            "unit": "gbp, per_1000_aged_2_18 and others",
            "period": "as in facts.csv",
            "basis": "budget, outturn or another; 'denominator not printed' where nothing says whose heads are counted",
            "source_line": "its line",
        },
        {"source_doc": "its document", "known_on": KNOWN_ON},
    ),
    FileColumns(
        "placements.csv",
        "one cell of a printed table of placements",
        {
            "table": "name of the table",
            "measure": "the row",
            "column_or_cohort": "the column; its name begins with 'total' where it holds the sum of the others",
            "period": "as in facts.csv",
            "value": "digits",
            "unit": "count or percent",
            "kind": "part, total or share",
            "raw": "as printed",
            "source_doc": "its document",
            "source_line": "its line there",
        },
        {"known_on": KNOWN_ON},
    ),
    FileColumns(
        "establishments.csv",
        "one establishment, as the Department's register publishes it",
        {"URN": "unique reference number", "TypeOfEstablishment (name)": "decides the setting"},
        {
            "UKPRN": "provider number",
            "EstablishmentName": "name",
            "TypeOfResourcedProvision (name)": "resourced provision or SEN unit",
            "SchoolCapacity": "places",
            "OpenDate": "first day",
            "CloseDate": "last day",
        },
        no_day="each has the days on which it opened and closed",
    ),
    FileColumns(
        "localities.csv",
        "one outward part of a postcode, or one school, with its area; of a return the area alone is kept",
        {
            "outward_part": "first half of a postcode, AB10; empty in the row of a school",
            "urn": "unique reference number; empty in the row of an outward part",
            "area": "the district or area, as the council names it",
        },
        {"note": "what to know of it"},
        no_day="it says where an area lies",
    ),
    FileColumns(
        "finance/years.csv",
        "one financial year of the account, in pounds; an empty cell is not known",
        {
            "year": "2024-25",
            "allocation_gbp": "high needs block after deductions; empty takes the published one",
            "block_transfer_in_gbp": "moved in from other blocks; out is negative",
            "dfe_payment_due_gbp": "instalment due",
            "dfe_payment_received_gbp": "instalment received",
            "council_contribution_gbp": "council's own money",
            "plan_in_year_before_gbp": "planned overspend before contributions; a surplus is negative",
            "plan_dfe_payment_gbp": "planned instalment",
            "plan_council_contribution_gbp": "planned council money",
            "plan_closing_deficit_gbp": "planned deficit at 31 March, as printed",
        },
        {"note": "what to know of it", "source": "its document", "la_number": LA_NUMBER, "known_on": KNOWN_ON},
    ),
    FileColumns(
        "finance/spend.csv",
        "one sum spent, of a year or of a period",
        {"year": "2024-25", "line": "section 251 line, 1.2.3", "amount_gbp": "pounds; empty is not known"},
        {
            "month": "P1 (April) to P12",
            "budget_gbp": "its budget",
            "note": "what to know of it",
            "source": "its document",
            "la_number": LA_NUMBER,
            "known_on": KNOWN_ON,
        },
    ),
    FileColumns(
        "finance/positions.csv",
        "which fact states which figure of the account",
        {
            "financial_year": "2024-25",
            "layer": "agreed, latest, achieved or without_agreement",
            "measure": "as in the account: closing_deficit_gbp and others",
            "fact": "an id of facts.csv",
        },
        {"sum": "nil where the fact is a goal date", "note": "what to know of it"},
        no_day="each names a fact, which has its own",
    ),
    FileColumns(
        "finance/explanations.csv",
        "one variance, and why it is there",
        {
            "year": "2024-25",
            "line": "section 251 line, or in words what varies: in-year position",
            "variance_gbp": "actual less planned, in pounds; an underspend is negative",
            "explanation": "causes, each with its sum: Top-ups £1.3m (212 more plans at £6,130), tuition £0.2m",
        },
        {
            "written_by": "role, not a name",
            "written_on": "2025-06-30",
            "note": "what to know of it",
            "known_on": KNOWN_FROM,
        },
    ),
    FileColumns(
        "finance/mapping.csv",
        "one row of the council's finance workbook; finance import keeps it",
        {"row": "as the workbook writes it", "goes_to": "a line, a column of years.csv, or empty to leave it out"},
        {},
        no_day="it says how a workbook is read",
    ),
    FileColumns(
        "finance/cost_series.csv",
        "which indicator prints which average cost",
        {
            "sector": "independent, maintained special and others",
            "phase": "primary, secondary, post-16",
            "indicator": "its id",
        },
        {},
        no_day="it names indicators, and each figure of observations.csv has its own",
    ),
    FileColumns(
        "finance/transport.csv",
        "one year of SEN transport outside the grant",
        {"year": "2024-25", "amount_gbp": "pounds", "source": "its document"},
        {"known_on": KNOWN_FROM},
    ),
    FileColumns(
        "finance/planned_lines.csv",
        "one line of the plan with its volume and price, for the bridge; it stands beside actual_lines.csv",
        {"line": "a budget line or kind of placement", "volume": "places or plans of a full year", "price": "pounds"},
        {"note": "what to know of it", "source": "its document", "known_on": KNOWN_FROM},
    ),
    FileColumns(
        "finance/actual_lines.csv",
        "one line as it came; it stands beside planned_lines.csv",
        {"line": "a budget line or kind of placement", "volume": "places or plans of a full year", "price": "pounds"},
        {"note": "what to know of it", "source": "its document", "known_on": KNOWN_FROM},
    ),
    FileColumns(
        "finance/ledger/accepted.csv",
        "one year of one accepted export of the ledger; ledger accept writes it",
        {
            "batch": "mark of the export",
            "ledger": "its name, from the mapping",
            "financial_year": "2024-25",
            "rows": "how many postings",
            "total_gbp": "what they add up to",
            "file": "as it was called",
            "accepted_by": "role",
            "accepted_on": "2025-06-30",
        },
        {"la_number": LA_NUMBER},
        no_day="accepted_on is that day",
    ),
    FileColumns(
        "caseload/corrections/RETURN.csv",
        "one cell of a return that a caseworker put right, or that is right as it is; caseload corrections writes it",
        {
            "module": "named_plans and others",
            "row": "its place in the module, from 1",
            "record": "as findings name it",
            "item": "by its SEN2 name",
            "right_value": "what is right; empty for a cell that has to be empty",
            "stands": "yes where what is there is right, and is not asked again",
            "rule": "the finding that led to it",
        },
        {},
        no_day="it belongs to its return, which is known from the day on which it was accepted",
    ),
    FileColumns(
        "programme/level_definitions.csv",
        "what one assurance level means",
        {"level": "B, G, A or R", "definition": "in words"},
        {},
        no_day="it says what words mean",
    ),
    FileColumns(
        "programme/also_called.csv",
        "other words by which the narrative names a figure",
        {"figure": "an id of facts.csv", "words": "phrases, separated by |"},
        {},
        no_day="it says what words mean",
    ),
    FileColumns(
        "programme/REPORT/levels.csv",
        "the level of one condition in one update",
        {"condition": "its number", "update": "a slot", "level": "B, G, A, R, not_yet or unknown"},
        {
            "source": "its document",
            "source_line": "its line there",
            "note": "what to know of it",
            "known_on": KNOWN_FROM,
        },
    ),
    FileColumns(
        "programme/REPORT/catalogue.csv",
        "the title of one indicator when the report was opened; next-report keeps it",
        {"indicator": "its id", "title": "as it was called"},
        {},
        no_day="it is kept on the day on which its report is opened",
    ),
)
PUBLISHED = FileColumns(
    "finance/published.yaml",
    "which figures play which part in the account; each figure is an id of facts.csv",
    {},
    {
        "promised": "totals that documents publish: a list of payer and figure",
        "shares": "sums said to be a share: a list of about, base, sum, percent, and year",
        "drivers": "causes of the variance: a list of name, kind, source, and effect, uplift or reason",
        "delay": "of new schools: this_year, total, other_total, first_year, last_year",
        "stability_grant": "share, year, approval, ineligible, and returns: a list of name, figure, explained",
        "savings_needed": "what savings have to bring in a year",
        "over_forecast": "what was forecast too high: a list of about and percent",
        "known_on": f"in any entry: {KNOWN_FROM}",
    },
)
LEDGER_MAPPING = FileColumns(
    "a mapping of the council's ledger (YAML, given with --mapping)",
    "how an export of the ledger is read",
    {
        "name": "of the ledger",
        "columns": "our name -> the export's: " + "account, amount, period, year and the others",
        "lines": "the council's code -> section 251 line",
    },
    {
        "sign": "whether spend is written positive",
        "year": "of the whole export, where it has no column for it",
        "sheet": "of a workbook",
        "not_high_needs": "codes that are no high needs spend",
        "closing_periods": "periods after March that close the year, such as 13",
        "la_number": LA_NUMBER,
    },
    no_day="it says how an export is read",
)
EXTRACT_MAPPING = FileColumns(
    "a mapping of a case system's extract (TOML, given with --mapping)",
    "how an extract is read as a SEN2 return",
    {
        "version": "1, and 2 when you change it",
        "tables": "one a module: module, file (a name or a pattern), id, parent, columns (SEN2 item -> column), "
        "codes (SEN2 item -> the system's value -> SEN2 code)",
    },
    {"name": "of the system", "layout": "year of the SEN2 layout, 2025"},
    no_day="it says how an extract is read",
)
FILES = (COUNCIL, AGREEMENT, *TABLES, PUBLISHED, LEDGER_MAPPING, EXTRACT_MAPPING)
