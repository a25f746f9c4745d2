"""Two pages for the board: what changed and why, conditions worst first, decisions needed; the table for Cabinet."""

from collections.abc import Iterator

from highneeds.account.balance.published_account import CLOSING
from highneeds.intake.ledger.positions import Layer
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections import money_sent, standing
from highneeds.report.sections.pictures import position_by_year
from highneeds.report.sections.registers import with_exceptions
from highneeds.report.sections.review_sheet import disagreements
from highneeds.report.sections.what_changed import _lists, glance_table, measures_cell, moves
from highneeds.report.words import board as words
from highneeds.report.words import registers as register_words
from highneeds.report.words import standing as standing_words
from highneeds.report.words.sums import roughly
from highneeds.vocabulary.words import listed, short_name

WAITING = ("planned", "notice", "committee")
"""States of a decision that nobody has taken yet; that the month of one is not recorded does not make it open."""
DECIDED_ON = ("planned_on", "committee_on")
MOST_REGISTERS = 4
"""Lines of registers on the second page, which has room for no more beside nine conditions and six decisions."""


def first_page(evidence: Evidence) -> doc.Section:
    """Where we stand, in one sentence, with figures, answers and what changed."""
    blocks: list[doc.Block] = [
        doc.Paragraph(" ".join(standing.sentences(evidence)), doc.Tone.LEAD),
        *standing.position_in_figures(evidence),
        doc.Answers(standing.answers(evidence), title=standing_words.ANSWERS),
        *_lists(moves(evidence)),
        *money_sent.why_above_target(evidence),
        *([chart] if (chart := position_by_year(evidence)) else []),
    ]
    return doc.Section("board-changed", words.WHY, tuple(blocks))


def second_page(evidence: Evidence) -> doc.Section:
    """Conditions and decisions; without conditions it is no page of its own."""
    asked, pages = tuple(decisions(evidence)), bool(evidence.assurances)
    blocks: list[doc.Block] = [glance_table(evidence), doc.Heading(words.DECISIONS)] if pages else []
    blocks.append(doc.Bullets(asked, numbered=True) if asked else doc.Paragraph(words.NO_DECISION))
    blocks += _registers(evidence)
    title = standing_words.TITLE if pages else words.DECISIONS
    return doc.Section("board-decisions", title, tuple(blocks), new_page=pages)


def _registers(evidence: Evidence) -> Iterator[doc.Block]:
    """The registers with exceptions, the gravest first; the rest are counted, so that two pages stay two pages."""
    lines = with_exceptions(evidence.council_registers, headlines=False)
    if not lines:
        return
    yield doc.Heading(register_words.BOARD)
    yield doc.Bullets(tuple(lines[:MOST_REGISTERS]))
    if more := len(lines[MOST_REGISTERS:]):
        yield doc.Paragraph(register_words.FURTHER.format(more=more), doc.Tone.SMALL)


def decisions(evidence: Evidence) -> Iterator[str]:
    """What only this reader can settle: open decisions on the register, then what the figures leave open."""
    for row in evidence.rows("decisions"):
        if row["state"] in WAITING and row["title"]:
            when = next((day for key in DECIDED_ON if (day := row[key])), None)
            yield words.DECIDE.format(title=row["title"], when=doc.long_date(when) if when else words.NO_DAY)
    stand, end = evidence.money.position, standing.last_year(evidence)
    if stand is None:
        yield words.SET.format(year=evidence.workspace.council.report.current_year)
    elif stand.variance > 0:
        yield words.RECOVER.format(amount=roughly(stand.variance, stand.forecast, stand.target))
    left = evidence.money.layers.at(end, CLOSING, Layer.ACHIEVED) or evidence.money.layers.at(
        end, CLOSING, Layer.LATEST
    )
    figures = list(dict.fromkeys(one.words for one in left))
    if len(figures) > 1:
        yield words.SETTLE.format(end=end, figures=" or ".join(figures))
    waiting = [short_name(row["opening"]) for row in evidence.rows("openings") if row["status"] == "delayed"]
    if waiting:
        yield words.DATES.format(schools=listed(waiting))
    for one in disagreements(evidence):
        yield words.LEVELS.format(number=one.condition.number, measures=measures_cell(one).lower())


def cabinet(evidence: Evidence) -> doc.Section:
    """The account as members see it, with one line of reason for each answer."""
    day = doc.long_date(evidence.workspace.council.report.submitted)
    blocks = (
        doc.Paragraph(" ".join(standing.sentences(evidence)), doc.Tone.LEAD),
        doc.Answers(standing.answers(evidence), title=standing_words.ANSWERS),
        *([chart] if (chart := position_by_year(evidence)) else []),
        *money_sent.account_tables(evidence),
        *money_sent.contributions(evidence),
        doc.Paragraph(words.CABINET_NOTE.format(day=day), doc.Tone.SMALL),
    )
    return doc.Section("cabinet", words.CABINET_TITLE, blocks)
