"""The register of quality samples: are decisions and plans sound?"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.column import child, code, day, deadline, key, text, whole
from highneeds.registers.mechanism.measure import count, pct, share
from highneeds.registers.mechanism.register import Feed, Register
from highneeds.registers.mechanism.row import RegisterRow, counted
from highneeds.registers.mechanism.rules import must, query, query_all
from highneeds.registers.mechanism.situation import Situation
from highneeds.vocabulary.period import Month


def _graded_twice(row: RegisterRow, at: Situation) -> bool:
    return row["grade"] is not None and row["second_grade"] is not None


def _other_criteria(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    first: dict[tuple[Any, ...], int] = {}
    for row in rows:
        if first.setdefault((row["kind"], Month.of(row["sampled_on"])), row["asked"]) != row["asked"]:
            yield row


def _few(rows: Sequence[RegisterRow], at: Situation) -> Iterator[RegisterRow]:
    """Fewer than five samples of a team in a quarter that is over."""
    teams: dict[tuple[Any, ...], list[RegisterRow]] = {}
    for row in rows:
        month_ = Month.of(row["sampled_on"])
        teams.setdefault((row["team"], month_.year, (month_.number - 1) // 3), []).append(row)
    for (_, year_, quarter), own in teams.items():
        if counted(own) < 5 and Month(year_, quarter * 3 + 3).last_day < at.as_at:
            yield own[0]


_SAMPLE = dict(
    sample="q1",
    child="1",
    kind="plan",
    sampled_on="2025-01-15",
    team="North",
    sampled_by_team="South",
    met="8",
    asked="10",
    grade="good",
)

quality_samples = Register(
    name="quality_samples",
    title="Quality samples",
    unit="one decision, plan or advice looked at",
    source="Quality assurance of decisions and plans",
    key="sample",
    help="Samples of decisions, plans, reviews and advice: criteria met, grade, and what is put right.",
    begins="sampled_on",
    systems="C12",
    kept_by="condition_owner",
    used="Monthly",
    klass="casework",
    columns=(
        key("sample"),
        child(),
        code("kind*", "assess_decision|issue_decision|plan|review|advice"),
        day("made_on"),
        day("sampled_on*"),
        text("team*", codes_from="teams"),
        text("sampled_by_team*", codes_from="teams"),
        whole("met*"),
        whole("asked*", "Criteria asked"),
        code("grade*", "good|improve|not_met"),
        code("second_grade", "good|improve|not_met"),
        code("decision_right", "yes|no|unclear"),
        text("action", help="A code of the action list, no words"),
        deadline("action_due_on"),
        day("action_done_on"),
    ),
    clocks=(clock("action_due_on", "action_due_on", stops="action_done_on"),),
    rules=(
        must(
            "01",
            "More criteria are met than asked, or none is asked",
            lambda r: r["met"] > r["asked"] or not r["asked"],
            _SAMPLE | dict(met="11"),
            holds_for=dict(met="10"),
            given="met asked",
            fix="Correct the two numbers.",
        ),
        query(
            "02",
            "A team sampled itself",
            lambda r: r["team"] == r["sampled_by_team"],
            _SAMPLE | dict(team="South"),
            fix="Let another team look.",
        ),
        must(
            "03",
            "It is not met and has no action with a day",
            lambda r: r["grade"] == "not_met" and not (r["action"] and r["action_due_on"]),
            _SAMPLE | dict(grade="not_met", action="A1"),
            fix="Agree the action and its day.",
        ),
    ),
    whole_rules=(
        query_all(
            "04",
            "The number of criteria differs within a kind and month",
            _other_criteria,
            (_SAMPLE, _SAMPLE | dict(sample="q2", asked="9")),
            fix="Use one list of criteria in a month.",
        ),
        query_all(
            "05",
            "Fewer than five samples of a team in a quarter",
            _few,
            (_SAMPLE | dict(sampled_on="2024-12-31"),),
            holds_for=dict(count="5"),
            fix="Sample five, or say why not.",
        ),
    ),
    measures=(
        count("samples", "samples", "month(sampled_on); kind, team"),
        share(
            "score_pct",
            "criteria met, of asked",
            "month(sampled_on) fy(sampled_on); kind, team",
            lambda r, at: r["met"],
            lambda r, at: r["asked"],
        ),
        pct("good_pct", "graded good", "fy(sampled_on); kind, team", lambda r, at: r["grade"] == "good"),
        pct(
            "right_pct",
            "decisions that were right, of right and wrong",
            "fy(sampled_on); kind",
            lambda r, at: r["decision_right"] == "yes",
            lambda r, at: r["decision_right"] in ("yes", "no"),
        ),
        pct(
            "agreement_pct",
            "the same grade twice, of graded twice",
            "fy(sampled_on)",
            lambda r, at: bool(r["grade"] == r["second_grade"]),
            _graded_twice,
        ),
        count(
            "actions_overdue",
            "actions past their day and not done",
            "as_at; team",
            lambda r, at: (
                r["action_due_on"] is not None
                and r["action_due_on"] < at.day
                and (r["action_done_on"] is None or r["action_done_on"] > at.day)
            ),
        ),
    ),
    headline="{samples:sample|samples} met {score_pct} of the criteria; {right_pct} of the decisions were right.",
    feeds=(Feed("assurance", "condition 3", "beside upheld appeals"),),
    example=tuple(
        dict(
            sample=f"Q-{place}",
            child=f"00070{place}",
            kind="plan",
            sampled_on="2025-03-12",
            team="North",
            sampled_by_team="South",
            met=met,
            asked="10",
            grade=grade,
            second_grade=grade,
            decision_right="yes",
            source="worked example",
        )
        for place, (met, grade) in enumerate((("8", "good"), ("9", "good"), ("5", "improve")), 1)
    ),
    example_as_at=date(2025, 3, 31),
    expects="""
        samples | | | 2025-03 | 3
        score_pct | | | 2024-25 | 73.3
        good_pct | | | 2024-25 | 66.7
        right_pct | | | 2024-25 | 100.0
        agreement_pct | | | 2024-25 | 100.0
        actions_overdue | | | 2025-03-31 | 0
    """,
)
