"""Where we stand, for the first page: the figures and answers of what is sent, each leading to its source."""

from highneeds.report.document import BigFigure, plain
from highneeds.report.evidence import Evidence
from highneeds.report.pages.results.parts import Link
from highneeds.report.pages.results.standing import AnswerResult, Figure, YesNo
from highneeds.report.sections import standing
from highneeds.report.words import on_track

ANSWERS: dict[bool | None, YesNo] = {True: "Yes", False: "No", None: "Cannot say"}


def figures_result(evidence: Evidence) -> tuple[Figure, ...]:
    shown = enumerate(standing.figures_with_facts(evidence), start=1)
    return tuple(_figure(evidence, one, fact, number) for number, (one, fact) in shown)


def _figure(evidence: Evidence, one: BigFigure, fact: str, number: int) -> Figure:
    known = any(each.id == fact for each in evidence.workspace.facts)
    change = " ".join(part for part in (plain(one.change), one.verdict) if part)
    to = f"source:{fact}" if known else "money" if one.cell.is_number else ""
    return Figure(f"figure-{number}", one.label, one.cell.text, change, plain(one.target), one.cell.note, to)


def answers_result(evidence: Evidence) -> tuple[AnswerResult, ...]:
    """The three questions in the words of what is sent, with the evidence that the account names."""
    known = {fact.id for fact in evidence.workspace.facts}
    both = zip(standing.answers(evidence), evidence.money.answers, strict=True)
    return tuple(
        AnswerResult(
            f"answer-{number}",
            given.question,
            ANSWERS[given.yes],
            plain(given.reason),
            tuple(
                Link(said, f"source:{fact}" if fact in known else "money")
                for said, fact in zip(on_track.rests_on(found), (one.fact for one in found.rests_on), strict=True)
            ),
        )
        for number, (given, found) in enumerate(both, start=1)
    )
