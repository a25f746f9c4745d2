"""The register of inspection findings: finding, condition, action, proof."""

from collections.abc import Sequence

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import code, day, deadline, key, text, whole
from highneeds.registers.mechanism.ladder import ladder, moves
from highneeds.registers.mechanism.measure import MeasureValue, count, pct, ratio, worked
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.rules import must, query, query_all
from highneeds.registers.mechanism.situation import Situation


def _weighs(row: RegisterRow, at: Situation) -> bool:
    return bool(row["kind"] != "strength")


def _with_action(at: Situation) -> set[str]:
    return {one["of_row"] for one in at.others_of("actions") if one["register"] == "inspection_findings"}


def _mapped(rows: Sequence[RegisterRow], at: Situation) -> MeasureValue:
    acted = _with_action(at)
    return ratio(
        counted(row for row in rows if row["condition"] is not None and row["finding"] in acted), counted(rows)
    )


_FINDING = dict(finding="f1", body="ofsted_cqc", year="2022", kind="concern", title="x", condition="3", state="open")

inspection_findings = Register(
    name="inspection_findings",
    title="Findings of inspections",
    unit="one finding",
    source="Inspection, ombudsman and audit reports",
    key="finding",
    named_by="title",
    help="What inspectors and auditors found, the condition it belongs to, the action, and the proof.",
    systems="G11",
    kept_by="programme_manager",
    decides="director",
    used="Quarterly",
    columns=(
        key("finding"),
        code(
            "body*",
            {
                "ofsted_cqc": "Ofsted and CQC",
                "dfe": "DfE",
                "ombudsman": "Ombudsman",
                "peer": "Peer review",
                "internal_audit": "Internal audit",
                "external_audit": "External audit",
            },
        ),
        whole("year*+", least=2000, most=2099),
        day("inspected_on"),
        code("kind*", "concern|improve|recommendation|strength"),
        text("title*+"),
        whole("condition"),
        deadline("due_on"),
        text("evidence"),
        day("accepted_on"),
        code("state*", "open|in_progress|evidence_ready|accepted|closed"),
    ),
    ladder=ladder("open < in_progress < evidence_ready < accepted(accepted_on) < closed", ends="closed"),
    moves=moves("evidence_ready > accepted D: evidence", "accepted > closed D"),
    clocks=(clock("due_on", "due_on", stops="accepted_on"),),
    rules=(
        query(
            "01",
            "A concern belongs to no condition",
            lambda r: r["kind"] == "concern" and r["condition"] is None,
            _FINDING | dict(condition=""),
            fix="Name the condition that answers it.",
        ),
        must(
            "03",
            "It is accepted without evidence",
            lambda r: r["state"] in ("accepted", "closed") and not r["evidence"],
            _FINDING | dict(state="accepted"),
            fix="Name what shows it.",
        ),
    ),
    whole_rules=(
        query_all(
            "02",
            "A concern or recommendation has no action",
            lambda rows, at: [
                r for r in rows if r["kind"] in ("concern", "recommendation") and r["finding"] not in _with_action(at)
            ],
            (_FINDING,),
            others={"actions": ()},
            fix="Add the action to the list of actions.",
        ),
        query_all(
            "04",
            "A recommendation of the ombudsman is past its day",
            lambda rows, at: [
                r
                for r in rows
                if r["body"] == "ombudsman"
                and r["due_on"]
                and r["due_on"] < at.as_at
                and r["state"] not in ("accepted", "closed")
            ],
            (_FINDING | dict(body="ombudsman", due_on="2025-04-01"),),
            holds_for=dict(due_on="2025-04-02"),
            fix="Carry it out now.",
        ),
    ),
    measures=(
        count("findings", "findings", "all; body, kind, state"),
        worked(
            "mapped_pct",
            "with a condition and an action, of all but strengths",
            "as_at; body",
            _mapped,
            where=_weighs,
            unit="percent",
        ),
        pct(
            "closed_pct",
            "accepted or closed, of all but strengths",
            "as_at; body",
            lambda r, at: at.is_(r, "accepted closed"),
            _weighs,
        ),
    ),
    headline=(
        "{findings:finding is|findings are} on record; "
        "{mapped_pct} have condition and action, {closed_pct} are accepted."
    ),
    feeds=(Feed("assurance", "levels", "evidence"), Feed("report", "review", "intervention")),
    example=(
        dict(
            finding="2022-quality",
            body="ofsted_cqc",
            year="2022",
            kind="concern",
            title="Quality of plans",
            condition="3",
            evidence="Samples of 2024",
            accepted_on="2024-11-05",
            state="accepted",
            source="worked example",
        ),
    ),
    beside={"actions": (dict(action="A-01", register="inspection_findings", of_row="2022-quality"),)},
    expects="""
        findings | | | | 1
        mapped_pct | | | 2025-04-02 | 100.0
        closed_pct | | | 2025-04-02 | 100.0
    """,
)
