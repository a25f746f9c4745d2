"""What changed since the last report, for its page."""

from collections.abc import Iterator

from highneeds.assurance.movement import MovementJudgement
from highneeds.report.evidence import Evidence
from highneeds.report.known import up_to_now
from highneeds.report.pages.charts import table_result
from highneeds.report.pages.results.changes import Changes
from highneeds.report.pages.results.parts import LinkedSentence, NamedTable, PageFinding
from highneeds.report.sections.since import beside_table, facts_table, later_facts
from highneeds.report.sections.what_changed import Moved, last_report_month, moved_words, moves
from highneeds.report.words import pages as words

FIRST = 3


def changes_result(evidence: Evidence) -> Changes:
    moved = moves(evidence)
    since = last_report_month(evidence)
    better, worse = (
        tuple(_sentence(one) for one in moved if one.judgement is judgement)
        for judgement in (MovementJudgement.BETTER, MovementJudgement.WORSE)
    )
    start = words.since_month(since.label) if since else "On the year before"
    return Changes(
        sentence=PageFinding.of(words.changes_sentence(start, len(better), len(worse))),
        basis=words.basis_month(since.label) if since else words.YEAR_BASIS,
        better=better,
        worse=worse,
        levels=tuple(_levels(evidence)),
        known=tuple(_known(up_to_now(evidence))),
    )


def first_changes(evidence: Evidence) -> tuple[LinkedSentence, ...]:
    """For the first page: the heaviest that got worse and the heaviest that got better, bad beside good."""
    moved = moves(evidence)
    worse, better = (
        [one for one in moved if one.judgement is judgement][:FIRST]
        for judgement in (MovementJudgement.WORSE, MovementJudgement.BETTER)
    )
    said = ((words.GOT_WORSE, worse), (words.GOT_BETTER, better))
    return tuple(
        LinkedSentence(f"{title}: {moved_words(one)}", f"indicator:{one.indicator.id}")
        for title, some in said
        for one in some
    )


def _sentence(one: Moved) -> LinkedSentence:
    return LinkedSentence(moved_words(one), f"indicator:{one.indicator.id}")


def _levels(evidence: Evidence) -> Iterator[LinkedSentence]:
    """The conditions whose owner gave another level than at the update before."""
    for one in evidence.assurances:
        given = [level for level in one.given if level.level.is_given]
        if len(given) > 1 and given[-1].level is not given[-2].level:
            sentence = words.OWN_LEVEL_MOVED.format(
                number=one.condition.number,
                title=one.condition.short_title,
                now=given[-1].level.words.lower(),
                before=given[-2].level.words.lower(),
                update=given[-1].update,
            )
            yield LinkedSentence(sentence, f"condition:{one.condition.number}")


def _known(now: Evidence) -> Iterator[NamedTable]:
    """Figures published after the report, beside those in it."""
    facts = later_facts(now)
    for table in (beside_table(now), facts_table(facts) if facts else None):
        if table is not None:
            yield NamedTable(table.id, table.title, table_result(table), (), table.source)
