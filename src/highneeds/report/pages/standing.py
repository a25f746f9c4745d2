"""Where we stand, for the first page: the figures and answers of what is sent, each leading to its source."""

from highneeds.account.balance.published_account import CLOSING, GAP
from highneeds.intake.ledger.positions import Layer
from highneeds.report import results
from highneeds.report.document import BigFigure, plain
from highneeds.report.evidence import Evidence
from highneeds.report.sections import standing

ANSWERS: dict[bool | None, results.YesNo] = {True: "Yes", False: "No", None: "Cannot say"}


def figures_result(evidence: Evidence) -> tuple[results.Figure, ...]:
    shown = zip(standing.figures(evidence), _sources(evidence), strict=True)
    return tuple(_figure(evidence, one, fact, number) for number, (one, fact) in enumerate(shown, start=1))


def _sources(evidence: Evidence) -> tuple[str, str, str, str]:
    """The fact behind each of the four figures, '' where there is none."""
    year, layers = evidence.workspace.council.report.current_year, evidence.money.layers
    stand, left = evidence.money.position, standing.remains(evidence)
    closing = layers.one(year, CLOSING, Layer.ACHIEVED, Layer.LATEST) or layers.one(year, GAP, Layer.LATEST)
    plans = evidence.workspace.figure("plans_in_force")
    return (
        stand.forecast.fact if stand else "",
        closing.fact if closing else "",
        left.fact if left else "",
        plans.id if plans else "",
    )


def _figure(evidence: Evidence, one: BigFigure, fact: str, number: int) -> results.Figure:
    known = any(each.id == fact for each in evidence.workspace.facts)
    change = " ".join(part for part in (plain(one.change), one.verdict) if part)
    to = f"source:{fact}" if known else "money" if one.cell.is_number else ""
    return results.Figure(f"figure-{number}", one.label, one.cell.text, change, plain(one.target), one.cell.note, to)


def answers_result(evidence: Evidence) -> tuple[results.AnswerResult, ...]:
    """The three questions in the words of what is sent, with the evidence that the account names."""
    known = {fact.id for fact in evidence.workspace.facts}
    both = zip(standing.answers(evidence), evidence.money.answers, strict=True)
    return tuple(
        results.AnswerResult(
            f"answer-{number}",
            told.question,
            ANSWERS[told.yes],
            plain(told.reason),
            tuple(
                results.Link(one.words, f"source:{one.fact}" if one.fact in known else "money")
                for one in found.evidence
            ),
        )
        for number, (told, found) in enumerate(both, start=1)
    )
