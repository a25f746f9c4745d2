"""A results folder as `highneeds run` writes one, made here out of the Kent workspace's own files.

It lets the pages be tried without the engine, on figures and gaps of the true kind. What the engine would say
(sentences, levels, findings) is only roughly said; nobody but these tests reads it.
"""

import csv
import json
import struct
import zlib
from pathlib import Path
from typing import Any

from highneeds import __version__

KENT = Path(__file__).resolve().parents[2] / "examples" / "kent"
REPORT = "Kent Safety Valve monitoring report, 2 April 2025"
PAGE = "Kent public page on the Safety Valve agreement"
DOCUMENTS = {"REPORT": REPORT, "PAGE": PAGE}
GAPS = {"not_reported": "Not reported", "blank": "Left blank", "unavailable": "Unavailable"}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
LEVELS = {
    "B": "Complete",
    "G": "On target",
    "A": "Off target with plans",
    "R": "Off target",
    "not_yet": "Not yet due",
    "unknown": "Not known",
}
GOOD = {"up": "Higher is better", "down": "Lower is better", "none": "Neither good nor bad in itself"}
Plain = dict[str, Any]


def said(heading: str) -> Plain:
    """A finding of one sentence."""
    return {"heading": heading, "rest": ""}


def write_kent(folder: Path) -> Plain:
    """Write results.json and its files into `folder`, and return what was written."""
    results = kent()
    for chart in results["charts"]:
        write_chart(folder, chart)
    for one in results["comparisons"]["measures"]:
        write(folder / one["csv"], b"measure,period,council,value\n")
        write(folder / one["drawn"], b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 290 9"/>')
    for document in results["documents"]:
        write(
            folder / document["file"], b"<!DOCTYPE html><html lang=en><title>Report</title><main><h1>Report</h1></main>"
        )
    write(folder / "internal" / "results.json", json.dumps(results, ensure_ascii=False).encode())
    return results


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def read(name: str) -> list[dict[str, str]]:
    with (KENT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kent() -> Plain:
    """All of it, as the plain values of results.json."""
    readings = read("observations.csv")
    rows = {row["id"]: [one for one in readings if one["indicator"] == row["id"]] for row in read("indicators.csv")}
    indicators = [indicator(row, [reading(one) for one in rows[row["id"]]]) for row in read("indicators.csv")]
    drawn = [one for one in indicators if one["chart_id"]]
    return {
        "schema": 5,
        "council": {
            "name": "Kent County Council",
            "la_number": "886",
            "as_at": "31 January 2025",
            "agreement": "2022-23 to 2027-28",
            "described": "Figures from the monitoring report of 2 April 2025 and the council's public page.",
            "synthetic": False,
        },
        "run": {"fingerprint": "4f1c09ae77d2", "version": __version__, "seed": None},
        "sentence": said(
            "Kent is £23.1m over its agreed in-year position for 2024-25 and is not on track to balance by March 2028"
        ),
        "figures": FIGURES,
        "answers": ANSWERS,
        "overview_charts": ["deficit"],
        "changed": CHANGED,
        "asked": ASKED,
        "dashboard_sentence": said(
            "Overdue reviews and the price of independent places rose over the year; specialist shares fell"
        ),
        "conditions": conditions(indicators),
        "indicators": indicators,
        "claims_sentence": said("3 claims were read in the narrative: 1 holds, 1 does not, 1 cannot be checked"),
        "narrative": [{"title": "Condition 3", "paragraphs": [told()]}],
        "conditions_sentence": said("2 of 9 conditions are off target; most at risk is condition 7"),
        "levels": [
            {"level": row["level"], "words": LEVELS[row["level"]], "meaning": row["definition"]}
            for row in read("programme/level_definitions.csv")
        ],
        "account": account(),
        "forecast": FORECAST,
        "caseload": CASELOAD,
        "changes": CHANGES,
        "risks": risks(),
        "registers": REGISTERS,
        "comparisons": {
            "sentence": said("On 1 of 1 published measures our figure is higher than England's"),
            "measures": [OTHERS],
        },
        "findings": findings(),
        "charts": [chart_of(one) for one in drawn] + [DEFICIT, WATERFALL, FAN],
        "report": {
            "title": "Safety Valve monitoring report, April 2025",
            "sentence": said("The April 2025 report is ready to read and to sign"),
            "sections": [
                {"number": i + 1, "title": title, "summary": text} for i, (title, text) in enumerate(SECTIONS)
            ],
        },
        "documents": documents(),
        "sources": [source(row) for row in read("facts.csv")],
        "reports": [
            {
                "title": "Safety Valve monitoring report",
                "readers": "the case officer of the Department for Education, and the two who sign",
                "command": "highneeds report FOLDER --kind submission",
                "sections": [f"{i}. {title}" for i, (title, _) in enumerate(SECTIONS, 1)],
            },
            {
                "title": "Local SEND reform plan",
                "readers": "the Department for Education",
                "command": "highneeds report FOLDER --kind lsrp",
                "sections": [],
            },
        ],
    }


def shown(value: str, unit: str) -> str:
    if unit == "gbp":
        return f"£{float(value):,.0f}"
    return f"{value}%" if unit == "percent" else f"{float(value):,.0f}"


def label(period: str) -> str:
    year, part = period.split("-")
    return f"{MONTHS[int(part) - 1]} {year}" if int(part) <= 12 and int(part) != (int(year) + 1) % 100 else period


def reading(row: dict[str, str]) -> Plain:
    value = row["value"] or None
    return {
        "period": row["period"],
        "label": label(row["period"]),
        "text": shown(value, row["unit"]) if value else GAPS[row["state"]],
        "value": value,
        "part": row["part"] or None,
        "whole": row["whole"] or None,
        "state": row["state"],
        "reason": row["reason"] or ("" if value else "Printed as a dash or left empty"),
        "source": f"Monitoring report line {row['source_line']}",
    }


NO_CHANGE = {"text": "", "against": "", "direction": "", "reason": "No figure to compare with"}


def change(new: Plain | None, old: Plain | None, unit: str, good: str) -> Plain:
    if not new or not old or new["value"] is None or old["value"] is None or new is old:
        return NO_CHANGE
    difference = float(new["value"]) - float(old["value"])
    text = f"{difference:+.1f} points" if unit == "percent" else f"{difference / float(old['value']):+.1%}"
    better = (difference > 0) == (good == "up")
    word = "neither good nor bad" if good == "none" else "better" if better else "worse"
    return {"text": text.replace("-", "−"), "against": old["label"], "direction": word, "reason": ""}


def indicator(row: dict[str, str], rows: list[Plain]) -> Plain:
    known = [one for one in rows if one["value"] is not None]
    latest = known[-1] if known else None
    before = known[-2] if len(known) > 1 else None
    first = rows[0] if rows else None
    gaps = len(rows) - len(known)
    value = f"{latest['text']} in {latest['label']}" if latest else "never reported"
    return {
        "id": row["id"],
        "condition": int(row["condition"]),
        "title": row["title"],
        "short_title": row["short_title"],
        "sentence": said(f"{row['short_title']}: {value}"),
        "unit": row["unit"],
        "definition": f"{row['title']}. {row['note']}".strip(),
        "part_words": "Plans that meet the description, at the end of the month" if row["unit"] == "percent" else "",
        "whole_words": "All plans of that age, at the end of the month" if row["unit"] == "percent" else "",
        "data_source": row["data_source"],
        "owner": "",
        "frequency": row["frequency"].capitalize(),
        "next_update": "July 2025",
        "good_direction": GOOD[row["good_direction"]],
        "latest": latest,
        "no_latest": "" if latest else "Never reported",
        "change_month": change(latest, before, row["unit"], row["good_direction"]),
        "change_year": change(latest, first, row["unit"], row["good_direction"]),
        "gaps": "No gaps" if not gaps else f"{gaps} of {len(rows)} not reported",
        "sparkline_svg": sparkline(rows),
        "chart_id": f"{row['id']}-chart" if known else "",
        "signals": SIGNALS.get(row["id"], []),
        "signals_now": row["id"] in SIGNALS,
        "target": "700 in Apr 2025" if row["id"] == "no_place_count" else "None on record",
        "comment": "Rises each spring." if row["id"] == "no_place_count" else "",
        "comment_source": "From the register of targets" if row["id"] == "no_place_count" else "",
        "also_called": [],
        "beside": ["pct_requests_refused"] if row["id"] == "assess_declined_pct" else [],
        "rows": rows,
    }


def points(rows: list[Plain], width: float, height: float) -> list[tuple[float, float]]:
    known = [(place, float(one["value"])) for place, one in enumerate(rows) if one["value"] is not None]
    low, high = min(value for _, value in known), max(value for _, value in known)
    span, step = (high - low) or 1, width / max(len(rows) - 1, 1)
    return [(4 + place * step, 4 + height - (value - low) / span * height) for place, value in known]


def sparkline(rows: list[Plain]) -> str:
    if sum(one["value"] is not None for one in rows) < 2:
        return ""
    placed = points(rows, 152, 27)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
    end = f'<circle cx="{placed[-1][0]:.1f}" cy="{placed[-1][1]:.1f}" r="3" fill="currentColor"/>'
    rollover = '<line x1="103" y1="0" x2="103" y2="35" stroke="currentColor" stroke-width="1" stroke-dasharray="1 3"/>'
    drawn = f'<polyline points="{line}" fill="none" stroke="currentColor" stroke-width="2"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 35">{rollover}{drawn}{end}</svg>'


def chart_of(one: Plain) -> Plain:
    rows = [[row["label"], row["text"]] for row in one["rows"]]
    columns = [{"title": "Period", "numeric": False}, {"title": one["short_title"], "numeric": True}]
    return chart(one["chart_id"], one["sentence"]["heading"], {"columns": columns, "rows": rows})


def chart(name: str, title: str, table: Plain) -> Plain:
    return {
        "id": name,
        "title": title,
        "alt": f"A line from {table['rows'][0][0]} to {table['rows'][-1][0]}.",
        "svg": f"charts/{name}.svg",
        "png": f"charts/{name}.png",
        "csv": f"charts/{name}.csv",
        "narrow": f"charts/{name}-narrow.svg",
        "table": table,
        "source": "Monitoring report of 2 April 2025; as at 31 January 2025",
    }


def write_chart(folder: Path, one: Plain) -> None:
    values = [{"value": number(row[-1])} for row in one["table"]["rows"]]
    known = [value for value in values if value["value"] is not None]
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y in points(values, 700, 220)) if known else ""
    text = '<text x="0" y="270" style="font: 16px Arial">Jan 2024</text>'
    drawn = f'<polyline points="{line}" style="fill:none;stroke:#12436D;stroke-width:3"/>{text}'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 280" width="720" height="280">{drawn}</svg>'
    write(folder / one["svg"], svg.encode())
    write(folder / one["narrow"], svg.encode())
    write(folder / one["png"], tiny_png())
    cells = [[column["title"] for column in one["table"]["columns"]], *one["table"]["rows"]]
    write(folder / one["csv"], "\n".join(",".join(f'"{cell}"' for cell in row) for row in cells).encode())


def number(text: str) -> str | None:
    kept = "".join(sign for sign in text.replace("−", "-") if sign in "0123456789.-")
    return kept or None


def tiny_png() -> bytes:
    """One white pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff")) + chunk(b"IEND", b"")


def conditions(indicators: list[Plain]) -> list[Plain]:
    numbers = range(1, 10)
    return [condition(number, [one["id"] for one in indicators if one["condition"] == number]) for number in numbers]


def condition(number: int, members: list[str]) -> Plain:
    given, suggested, why = GIVEN[number]
    agreement = "cannot say" if "unknown" in (given, suggested) else "agree" if given == suggested else "disagree"
    worry = "RAGB"
    ranked = sorted(GIVEN, key=lambda one: (worry.find(GIVEN[one][0]), one))
    later = [{"update": update, "level": "not_yet", "words": "Not yet due"} for update in ("July", "December")]
    return {
        "number": number,
        "title": TITLES[number - 1],
        "full_title": f"{TITLES[number - 1]}, as the agreement words it at greater length",
        "given": [{"update": "April", "level": given, "words": LEVELS[given]}, *later],
        "current": given,
        "current_words": LEVELS[given],
        "suggested": suggested,
        "suggested_words": LEVELS[suggested],
        "agreement": agreement,
        "rank": ranked.index(number) + 1,
        "measures": "Too little data" if suggested == "unknown" else "Mixed: 2 better, 1 worse",
        "apart": "",
        "why": [why],
        "next_step": "no date on record",
        "owner": "to be named",
        "chart_id": "",
        "narrative": [told()] if number == 3 else [],
        "tables": [],
        "indicators": members,
    }


def told() -> Plain:
    """A paragraph with a claim of each verdict."""
    claims = [
        {"verdict": "holds", "stated": "53.5%", "computed": "53.5%", "why": "Jan 2025: 53.5%", "to": ""},
        {
            "verdict": "fails",
            "stated": "fell",
            "computed": "+14.2 points",
            "why": "It rose.",
            "to": "indicator:no_place_count",
        },
        {"verdict": "cannot_check", "stated": "£2m", "computed": "", "why": "Nothing else states it", "to": ""},
    ]
    text = "Plans within 20 weeks stood at 53.5% and the share of requests agreed fell, at a cost of £2m."
    return {"text": text, "source": "REPORT 159", "claims": claims}


def account() -> Plain:
    years = ["2021-22", "2022-23", "2023-24", "2024-25", "2025-26", "2026-27", "2027-28"]

    def row(version: str, **known: tuple[str, str]) -> Plain:
        cells = []
        for year in years:
            given = known.get("y" + year.replace("-", "_"))
            text, to = given or ("Not published", "")
            cells.append({"text": text, "reason": "", "to": to, "is_gap": given is None})
        return {"version": version, "cells": cells}

    target, forecast = ("£29.9m", "source:in_year_target"), ("£53m", "source:in_year_forecast")
    opening = ("£52m", "source:overspend_2021_22")
    closing = ("£97m", "source:accumulated_overspend_2021_22")
    lines = [
        ("in_year", "In-year position before contributions", False, {"Promised": {"y2024_25": target}}),
        ("dfe", "DfE payments", False, {"Promised": {}}),
        ("council", "Council contribution", False, {"Promised": {}}),
        ("closing", "Accumulated deficit", True, {"Achieved": {"y2021_22": closing}}),
    ]
    lines[0][3].update({"Latest": {"y2024_25": forecast}, "Achieved": {"y2021_22": opening}})
    for _, _, _, versions in lines:
        for version in ("Promised", "Latest", "Achieved"):
            versions.setdefault(version, {})
    return {
        "sentence": said("The in-year position for 2024-25 is forecast at £53m, £23.1m (77%) above the £29.9m agreed"),
        "years": years,
        "lines": [
            {
                "id": name,
                "title": title,
                "total": total,
                "rows": [row(version, **versions[version]) for version in ("Promised", "Latest", "Achieved")],
            }
            for name, title, total, versions in lines
        ],
        "measures": {
            "columns": [
                {"title": "Measure", "numeric": False},
                {"title": "Period", "numeric": False},
                {"title": "Figure", "numeric": True},
                {"title": "Where it comes from", "numeric": False},
            ],
            "rows": [
                ["In-year variance before contributions", "2024-25", "£23.1m", "£53m less £29.9m"],
                ["Lead over the plan that this implies", "March 2024", "£13.1m", "£23.1m less £10m"],
            ],
        },
        "notes": [
            {"text": "The report says at least £30m would remain, and elsewhere £20m to £30m", "to": "rule:CLAIM-02"},
            {"text": "No yearly plan was published except for 2024-25; what is missing stays a gap", "to": ""},
        ],
        "groups": [
            {
                "title": "The year",
                "notes": [{"text": "The gap implies that the year began £13.1m ahead of plan", "to": "findings"}],
            },
        ],
        "charts": ["deficit", "waterfall"],
    }


def findings() -> Plain:
    rules = [
        ("IDENT-01", "Do the two shares of a pair follow from their counts?", "query", "found", 26, 2, ""),
        ("IDENT-02", "Does a total equal the sum of its parts?", "query", "found", 40, 9, ""),
        ("CLAIM-02", "Is one figure given twice with two values?", "must_fix", "found", 12, 1, ""),
        ("AGREE-01", "Does the term match its years?", "note", "found", 1, 1, ""),
        ("PLACE-01", "Do fill rates give whole pupils?", "note", "clear", 26, 0, ""),
        (
            "MOVES-01",
            "Do moves by route add to their total?",
            "query",
            "could_not_check",
            0,
            0,
            "Reporting is unavailable",
        ),
    ]
    made = [
        {
            "rule": rule,
            "severity": severity,
            "file": "observations.csv",
            "line": 130 + place,
            "record": "assess_agreed_pct",
            "field": f"2024-{place % 12 + 1:02d}",
            "message": "Printed 45.7%; the counts 192 and 226 give 45.9%.",
            "fix": "Ask the owner which is right; the computed figure is shown beside the printed one.",
            "about": "indicator:assess_agreed_pct",
        }
        for rule, _, severity, _, _, found, _ in rules
        for place in range(found)
    ]
    names = ("rule", "question", "severity", "outcome", "looked_at", "found", "why")
    return {
        "sentence": said("13 findings from 6 checks; one must be settled before the report goes out"),
        "rules": [dict(zip(names, rule, strict=True)) for rule in rules],
        "rows": made,
    }


def documents() -> list[Plain]:
    formats = [("html", "HTML"), ("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel workbook")]
    report = [
        {
            "file": f"kent-safety-valve-2025-04-report.{suffix}",
            "title": "Monitoring report, April 2025",
            "format": name,
            "bytes": 240_000,
            "group": "report",
            "note": "Tagged for screen readers, 24 pages" if suffix == "pdf" else "",
        }
        for suffix, name in formats
    ]
    tables = [
        {
            "file": f"tables/{name}.csv",
            "title": title,
            "format": "CSV",
            "bytes": 12_000,
            "group": "table",
            "note": "",
        }
        for name, title in (("indicators", "Indicators by month"), ("account", "The account"), ("findings", "Findings"))
    ]
    computed = {"file": CASELOAD["csv"], "title": "Computed (Synthetic data)", "note": "Computed (Synthetic data)"}
    return [*report, *tables, {**tables[0], **computed}]


def source(row: dict[str, str]) -> Plain:
    return {
        "id": row["id"],
        "document": DOCUMENTS.get(row["source_doc"], row["source_doc"]),
        "where": f"line {row['source_line']}",
        "printed": row["raw"],
        "meaning": row["context"],
        "note": "" if row["confidence"] == "high" else f"Confidence: {row['confidence']}",
    }


FIGURES = [
    {
        "id": "in_year",
        "title": "In-year position, 2024-25",
        "value": "£53m",
        "change": "+£23.1m (77%) against the agreement",
        "target": "Agreed: £29.9m",
        "reason": "Forecast, before contributions",
        "to": "source:in_year_forecast",
    },
    {
        "id": "accumulated",
        "title": "Accumulated deficit, March 2025",
        "value": "Not published",
        "change": "About £10m worse than agreed",
        "target": "",
        "reason": "Only the gap to the plan is published",
        "to": "source:cumulative_shortfall_vs_plan",
    },
    {
        "id": "chance",
        "title": "Chance of in-year balance by 2027-28",
        "value": "less than 1 in 100",
        "change": "",
        "target": "Agreed: balance by March 2028",
        "reason": "Estimate from published statistics",
        "to": "forecast",
    },
    {
        "id": "plans",
        "title": "Plans, February 2025",
        "value": "Almost 21,000",
        "change": "",
        "target": "",
        "reason": "A volume is neither good nor bad",
        "to": "source:plans_total_page",
    },
]
ANSWERS = [
    {
        "id": "in_year",
        "question": "Will this year's agreed position be met?",
        "answer": "No",
        "reason": "The forecast of £53m is £23.1m above the £29.9m agreed for 2024-25.",
        "evidence": [
            {"label": "Forecast £53m, report line 11", "to": "source:in_year_forecast"},
            {"label": "Agreed £29.9m, report line 11", "to": "source:in_year_target"},
        ],
    },
    {
        "id": "end",
        "question": "Will the deficit be gone by the end of the agreement?",
        "answer": "No",
        "reason": "At least £30m is expected to remain in March 2028; elsewhere the report says £20m to £30m.",
        "evidence": [{"label": "The contradiction", "to": "rule:CLAIM-02"}],
    },
    {
        "id": "capital",
        "question": "Are the new schools on time?",
        "answer": "No",
        "reason": "Two schools planned for September 2024 open in September 2027 at the earliest; a third was refused.",
        "evidence": [{"label": "Earliest opening", "to": "source:new_schools_earliest_opening"}],
    },
]
CHANGED = [
    {"text": "Overdue annual reviews rose to 7,765", "to": "indicator:annual_reviews_overdue_count"},
    {"text": "Children with no place fell for the fifth month, to 803", "to": "indicator:no_place_count"},
]
ASKED = [
    {"text": "Agree what is done about the two delayed schools", "to": "condition:7"},
    {"text": "Settle which residual deficit stands: £30m or £20m to £30m", "to": "rule:CLAIM-02"},
]
SIGNALS = {
    "no_place_count": ["August 2024 (1,259) lies above the upper limit.", "Five months in a row fell."],
    "annual_reviews_overdue_count": ["Seven months in a row lie above the average."],
}
TITLES = [
    "Inclusion in mainstream schools",
    "Earlier help in the early years",
    "Fair and timely assessment and review",
    "Moves between mainstream and special schools",
    "Pathways after 16",
    "Transfer between phases",
    "Enough of the right places",
    "A clear tariff for mainstream support",
    "Health and care pay their part",
]
GIVEN = {
    1: ("G", "A", "The mainstream share of school-age plans fell by 0.4 points over the year, against its aim."),
    2: ("G", "G", "Early years and key stage 1 plans moving to special settings fell."),
    3: ("G", "A", "Overdue annual reviews rose over the year."),
    4: ("unknown", "A", "No level can be read in the report; moves to special settings outnumber moves back."),
    5: ("A", "A", "The mainstream share after 16 rose; endings at review fell."),
    6: ("G", "unknown", "Both indicators are unavailable."),
    7: ("A", "R", "Independent places cost 8 to 14% more; special schools are fuller than commissioned."),
    8: ("G", "unknown", "The only indicator was left blank."),
    9: ("unknown", "unknown", "No indicator belongs to this condition."),
}
SECTIONS = [
    ("Programme overview", "Council, date, roles and signatures"),
    ("On track?", "Three questions, each with its answer and reason"),
    ("Headlines", "What went well, what stands in the way, who was involved"),
    ("Dashboard", "44 indicators over 13 months"),
    ("Update by condition", "Levels and narrative"),
    ("Assurance levels", "What each means"),
    ("Risk register", "Risks, mitigations, progress"),
    ("Financial annex", "Planned, forecast and achieved positions"),
]
YEARS = ["2021-22", "2022-23", "2023-24", "2024-25", "2025-26", "2026-27", "2027-28"]
DEFICIT = chart(
    "deficit",
    "The deficit was £97m when the agreement began; what was achieved since is not published",
    {
        "columns": [{"title": "Year", "numeric": False}, {"title": "Achieved", "numeric": True}],
        "rows": [["2021-22", "£97m"], *[[year, "Not published"] for year in YEARS[1:]]],
    },
)
WATERFALL = chart(
    "waterfall",
    "£23.1m more than agreed in 2024-25, none of it yet explained line by line",
    {
        "columns": [{"title": "Step", "numeric": False}, {"title": "£m", "numeric": True}],
        "rows": [["Agreed", "29.9"], ["Not explained", "23.1"], ["Forecast", "53.0"]],
    },
)
FAN = chart(
    "forecast-plans",
    "Plans are likely to be 31% more in January 2028 than in January 2024",
    {
        "columns": [{"title": "January", "numeric": False}, {"title": "Estimate", "numeric": True}],
        "rows": [["Jan 2024", "19,407"], ["Jan 2028", "25,335"]],
    },
)
FORECAST = {
    "sentence": said("Plans in Kent are likely to grow from 19,407 to about 25,335"),
    "basis": "Every figure is an estimate from published statistics. 300 futures were drawn (seed 1).",
    "parts": [
        {
            "id": "plans-and-places",
            "title": "Plans and places",
            "level": 1,
            "paragraphs": [],
            "charts": ["forecast-plans"],
            "tables": [
                {
                    "id": "forecast-ages",
                    "title": "Plans by age",
                    "table": {
                        "columns": [{"title": "Age", "numeric": False}, {"title": "Jan 2028", "numeric": True}],
                        "rows": [["Under 5", "1,151"], ["5 to 10", "7,747"]],
                    },
                    "notes": ["Means of 300 draws."],
                    "source": "Statistics of the Department for Education",
                }
            ],
            "points": [],
        },
        {
            "id": "what-is-not-in-it-and-why",
            "title": "What is not in it, and why",
            "level": 1,
            "paragraphs": ["Some settings have no price."],
            "charts": [],
            "tables": [],
            "points": ["SEN transport: no published line holds it."],
        },
    ],
}
CASELOAD = {
    "sentence": said("Computed from an invented caseload, 266 of 283 monthly figures are those of the dashboard"),
    "synthetic": True,
    "notice": "Synthetic data: this caseload is invented. Nobody in it exists.",
    "paragraphs": ["The return of 2025-01-31, 20,710 plans in force on that day.", "Of 176 rules, 29 found something."],
    "invented": ["The stock of plans by age and setting is the published one."],
    "tables": [
        {
            "id": "caseload-beside",
            "title": "Reported and computed, Jan 2025",
            "table": {
                "columns": [
                    {"title": "Indicator", "numeric": False},
                    {"title": "Jan 2025, reported", "numeric": True},
                    {"title": "Jan 2025, computed", "numeric": True},
                ],
                "rows": [["Annual reviews overdue", "7,765", "7,765"], ["Children with no place", "803", "803"]],
            },
            "notes": [],
            "source": "SEN2, an invented return of 2025-01-31",
        }
    ],
    "csv": "caseload/synthetic-computed.csv",
    "differences": "caseload/synthetic-differences.csv",
    "twice": [
        {
            "indicator": indicator,
            "title": title,
            "period": period,
            "reported": reported,
            "computed": computed,
            "difference": difference,
            "standing": standing,
            "shown": "reported",
            "why": why,
        }
        for indicator, title, period, reported, computed, difference, standing, why in (
            ("no_place_count", "Children with no place", "Dec 2024", "811", "811", "0", "the same", ""),
            ("no_place_count", "Children with no place", "Jan 2025", "803", "809", "+6", "differs", "late records"),
            (
                "annual_reviews_overdue_count",
                "Annual reviews overdue",
                "Jan 2025",
                "7,765",
                "n/a",
                "",
                "only reported",
                "",
            ),
        )
    ],
}

CHANGES = {
    "sentence": said("Since Nov 2024, 1 measure got better and 1 got worse"),
    "basis": "Each measure is compared with Nov 2024, the month of the last report.",
    "better": [
        {"text": "Children with no place: 803 in Jan 2025, from 878 in Nov 2024", "to": "indicator:no_place_count"}
    ],
    "worse": [{"text": "Annual reviews overdue: 7,765 in Jan 2025", "to": "indicator:annual_reviews_overdue_count"}],
    "levels": [],
    "known": [],
}


def risks() -> Plain:
    """The register of the Kent workspace, in its order, which is that of worry too."""
    rows = []
    for place, row in enumerate(read("registers/risks.csv"), start=1):
        level = row["level_1"]
        rows.append(
            {
                "id": str(place),
                "number": row["risk"],
                "title": row["title"],
                "current": level,
                "current_words": LEVELS[level],
                "given": [{"update": "April", "level": level, "words": LEVELS[level]}],
                "owner": row["owner_role"] or "Not named",
                "mitigations": row["mitigations"].split("|"),
                "progress": row["progress"],
                "figures": [{"label": "Lost saving: £1.9m", "to": "source:lost_saving_this_year"}]
                if place == 1
                else [],
                "factors": [],
            }
        )
    return {"sentence": said("3 risks: 1 off target, 2 off target with plans"), "rows": rows}


REGISTERS = {
    "sentence": said("2 of 62 registers are kept"),
    "pages": [
        {
            "id": "openings",
            "title": "Schools and provisions opening",
            "words": "What the agreement assumed would open, when, and what became of it.",
            "headline": "None of 4 opened on time.",
            "rows": "4 rows",
            "attention": "1 to be looked at",
            "casework": False,
            "place": "registers/openings.csv",
            "measures": {"columns": [], "rows": []},
            "table": {
                "columns": [{"title": "School or provision", "numeric": False}, {"title": "Planned", "numeric": False}],
                "rows": [["Nore Academy", "Sep 2024"]],
            },
            "left_out": "",
        },
        {
            "id": "appeals",
            "title": "Appeals and mediation",
            "words": "Mediation and appeals by stage.",
            "headline": "",
            "rows": "fewer than 5 rows",
            "attention": "",
            "casework": True,
            "place": "registers/appeals.csv",
            "measures": {
                "columns": [{"title": "Measure", "numeric": False}, {"title": "Value", "numeric": True}],
                "rows": [["Lodged", "fewer than 5"]],
            },
            "table": None,
            "left_out": "",
        },
    ],
    "absent": ["Fee uplift requests"],
    "due": {
        "columns": [{"title": title, "numeric": False} for title in ("What", "Register", "Due", "When", "Rests on")],
        "rows": [
            ["New special schools open", "Milestones", "30 September 2024", "184 days late", "local"],
            ["Early years model begins", "Milestones", "30 April 2025", "in 28 days", "local"],
            ["Monitoring report 7: publish", "Monitoring reports", "2 May 2025", "in 30 days", "local"],
            ["Comply", "Appeals and mediation", "", "fewer than 5 overdue", "statutory"],
        ],
    },
}


def area(id: str, name: str, kind: str, *values: str | None) -> Plain:
    texts = [f"{value}%" if value else "Not published" for value in values]
    return {"id": id, "name": name, "kind": kind, "values": list(values), "texts": texts}


OTHERS = {
    "id": "pct_requests_refused",
    "title": "Requests refused",
    "sentence": said("Requests refused: 45.0% here, 25.0% in England (2023)"),
    "subject": "Requests refused",
    "per": "case",
    "part": "requests decided not to assess",
    "whole": "requests received in the year",
    "unit": "percent",
    "source": "DfE, Education, health and care plans",
    "periods": ["2022", "2023"],
    "areas": [
        area("own", "Kent", "own", "40.0", "45.0"),
        area("england", "England", "england", "22.0", "25.0"),
        area("region", "South East", "region", "24.0", "26.5"),
        area("middle", "Middle of the neighbours", "middle", None, "27.5"),
        area("881", "Essex", "neighbour", "30.0", "27.5"),
    ],
    "others": [area("201", "City of London", "other", None, "10.0")],
    "rank": "3 of 151 councils, 1 is the highest",
    "csv": "comparisons/pct_requests_refused.csv",
    "drawn": "comparisons/pct_requests_refused.svg",
    "alt": "Line chart. Kent: 40.0% in 2022, 45.0% in 2023.",
}
