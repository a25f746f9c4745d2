"""The first page of what is sent: one sentence, four figures, three answers, two signatures."""

from dataclasses import dataclass
from itertools import islice

import polars as pl

from highneeds.account import OnTrackVerdict
from highneeds.account.balance.forecast_question import latest_stock
from highneeds.account.balance.published_account import BEFORE, CLOSING, GAP
from highneeds.account.stated import Stated
from highneeds.evidence import SIGNING_ROLES
from highneeds.intake.ledger.positions import Layer
from highneeds.registers.definitions.openings import slip_in_months
from highneeds.registers.register import RegisterRow
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections._steps import is_earliest
from highneeds.report.sections.known_instead import known_instead, newest
from highneeds.report.sections.notes_on_data import notes_of
from highneeds.report.sections.pictures import position_by_year
from highneeds.report.sections.sources import period_words
from highneeds.report.stated_cells import balance_cell, money_cell, stated_number
from highneeds.report.words import money as money_words
from highneeds.report.words import notes as note_words
from highneeds.report.words import standing as words
from highneeds.report.words.sums import balance, roughly
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.words import listed, short_name

TOTALS = "ehcp_caseload_total"
MONEY_FIGURES = 3


def section(evidence: Evidence) -> doc.Section:
    blocks = (
        doc.Paragraph(" ".join(sentences(evidence)), doc.Tone.LEAD),
        *position_in_figures(evidence),
        *_sources(evidence),
        doc.Answers(answers(evidence), title=words.ANSWERS),
        *asks(evidence),
        signatures(evidence),
        *([chart] if (chart := position_by_year(evidence)) else []),
    )
    return doc.Section("where-we-stand", words.TITLE, blocks)


def position_in_figures(evidence: Evidence) -> list[doc.Block]:
    """The big figures under their title; nothing where there are none yet."""
    found = figures(evidence)
    return [doc.Figures(found, title=words.FIGURES)] if found else []


def _sources(evidence: Evidence) -> tuple[doc.Block, ...]:
    """The endnotes that the four figures stand under."""
    layers, end = evidence.money.layers, last_year(evidence)
    year = evidence.workspace.council.report.current_year
    stated = [*_in_year_pair(evidence), remains(evidence), layers.one(end, CLOSING, Layer.AGREED)]
    stated += [layers.one(year, CLOSING, Layer.ACHIEVED, Layer.LATEST), layers.one(year, GAP, Layer.LATEST)]
    plans = evidence.workspace.figure("plans_in_force")
    names = [one.source for one in stated if one is not None] + ([str(plans.source)] if plans else [])
    found = notes_of(evidence, names)
    return (doc.Paragraph(note_words.under_figures(found), doc.Tone.SMALL),) if found else ()


def sentences(evidence: Evidence) -> list[str]:
    """Where the year stands, and what remains at the end."""
    year, stand, left = evidence.workspace.council.report.current_year, evidence.money.position, remains(evidence)
    end = last_year(evidence)
    if stand is None:
        found = [*_what_is_known(evidence), words.no_position(*_in_year_pair(evidence), str(year))]
    else:
        found = [words.lead_sentence(stand.forecast, stand.target, str(year))]
    return [*found, *([words.remains(left, end.last_day)] if left is not None and end else [])]


def _what_is_known(evidence: Evidence) -> list[str]:
    """The plans and the last year's position of a council that has set no target and made no forecast."""
    if any(_in_year_pair(evidence)):
        return []
    plans, position = stock(evidence), newest(evidence, BEFORE)
    found = [words.had_plans(plans.cell.text, plans.when)] if plans else []
    return [*found, *([words.ended_with(position[1], str(position[0]))] if position else [])]


def last_year(evidence: Evidence) -> FinancialYear:
    """The last year of the agreement, or of the plan of a council without one."""
    return evidence.workspace.agreement.last_year or evidence.workspace.council.last_year


def remains(evidence: Evidence) -> Stated | None:
    """The deficit that is expected at the end: the first figure stated, where documents disagree."""
    return evidence.money.layers.one(last_year(evidence), CLOSING, Layer.ACHIEVED, Layer.LATEST)


def _in_year_pair(evidence: Evidence) -> tuple[Stated | None, Stated | None]:
    """What was agreed for the year, and the council's view of it."""
    year, layers = evidence.workspace.council.report.current_year, evidence.money.layers
    return layers.one(year, BEFORE, Layer.AGREED), layers.one(year, BEFORE, Layer.ACHIEVED, Layer.LATEST)


def figures(evidence: Evidence) -> tuple[doc.BigFigure, ...]:
    """The four of the template; what is known of us in place of those of them that nobody has given."""
    return tuple(one for one, _ in figures_with_facts(evidence))


def figures_with_facts(evidence: Evidence) -> tuple[tuple[doc.BigFigure, str], ...]:
    """Each figure with the id of the fact behind it; '' where there is none."""
    plans, plans_fact = stock(evidence), evidence.workspace.figure("plans_in_force")
    made = (_in_year(evidence), _accumulated(evidence), _at_end(evidence))
    given = [(one, fact) for one, fact in zip(made, _facts(evidence), strict=True) if one is not None]
    instead = [(one, "") for one in islice(known_instead(evidence), MONEY_FIGURES - len(given))]
    if plans is None:
        return (*given, *instead)
    last = doc.BigFigure(words.plans_label(plans.when), plans.cell, target=words.VOLUME)
    return (*given, *instead, (last, plans_fact.id if plans_fact else ""))


def _facts(evidence: Evidence) -> tuple[str, str, str]:
    """The facts behind the figures of money."""
    year, layers = evidence.workspace.council.report.current_year, evidence.money.layers
    stand, left = evidence.money.position, remains(evidence)
    closing = layers.one(year, CLOSING, Layer.ACHIEVED, Layer.LATEST) or layers.one(year, GAP, Layer.LATEST)
    found = (stand.forecast if stand else None, closing, left)
    forecast, balance, at_end = (one.fact if one else "" for one in found)
    return forecast, balance, at_end


def _in_year(evidence: Evidence) -> doc.BigFigure | None:
    year, stand = evidence.workspace.council.report.current_year, evidence.money.position
    if stand is None:
        known = _in_year_pair(evidence)[1]
        if known is not None:
            return doc.BigFigure(words.in_year_label(year, known.is_surplus), balance_cell(known))
        return None
    more = stand.forecast.pence - stand.target.pence
    verdict = "Worse" if more > 0 else "Better" if more < 0 else "As agreed"
    target = words.agreed(balance(stand.target))
    label = words.in_year_label(year, stand.forecast.is_surplus)
    rough = roughly(abs(more), stand.forecast, stand.target)
    change = words.beside_target(rough, more > 0) if more else ""
    return doc.BigFigure(label, balance_cell(stand.forecast), change=change, target=target, verdict=verdict)


def _accumulated(evidence: Evidence) -> doc.BigFigure | None:
    """The balance where it is known on the day, else how far it is from plan."""
    year, layers = evidence.workspace.council.report.current_year, evidence.money.layers
    closing, gap = layers.one(year, CLOSING, Layer.ACHIEVED, Layer.LATEST), layers.one(year, GAP, Layer.LATEST)
    day = f"{year.last_day.day} {year.last_day:%B %Y}"
    if closing is not None:
        change = money_words.gap_to_plan(gap) if gap else ""
        label = words.accumulated_label(day, closing.is_surplus)
        return doc.BigFigure(label, balance_cell(closing), change=change)
    if gap is not None:
        change = words.than_planned(gap.pence > 0)
        return doc.BigFigure(words.against_plan_label(day), money_cell(gap), change=change, verdict="")
    return None


def _at_end(evidence: Evidence) -> doc.BigFigure | None:
    end, left = last_year(evidence), remains(evidence)
    agreed = evidence.money.layers.one(end, CLOSING, Layer.AGREED)
    day = f"{end.last_day.day} {end.last_day:%B %Y}"
    target = words.agreed_at_end(agreed) if agreed else ""
    if left is None:
        return None
    missed = agreed is not None and left.low > agreed.pence
    label = words.expected_label(day, left.is_surplus)
    return doc.BigFigure(label, balance_cell(left), target=target, verdict="Worse" if missed else "")


@dataclass(frozen=True)
class PlansHeld:
    """How many plans we hold, and when: a month as '2025-02', or another period in words."""

    period: str
    cell: doc.Cell

    @property
    def when(self) -> str:
        return period_words(self.period)


def stock(evidence: Evidence) -> PlansHeld | None:
    """The count that we have stated; else the newest month of our dashboard; else the newest published."""
    fact = evidence.workspace.figure("plans_in_force")
    if fact is not None and fact.value is not None:
        return PlansHeld(fact.period, stated_number(fact.value, fact.qualifier, "plans"))
    counted = latest_stock(evidence.workspace)
    if counted is not None:
        return PlansHeld(str(counted.month), _whole(int(counted.plans)))
    return _published_stock(evidence)


def _published_stock(evidence: Evidence) -> PlansHeld | None:
    table = evidence.published.table(TOTALS)
    own = table.filter(pl.col("la_number") == evidence.workspace.council.la_number).drop_nulls("plans").sort("year")
    if own.is_empty():
        return None
    year, value = own.select("year", "plans").row(-1)
    return PlansHeld(f"{year}-01", _whole(int(value)))


def _whole(plans: int) -> doc.Cell:
    return doc.Cell.number(plans, unit="plans")


def answers(evidence: Evidence) -> tuple[doc.AnswerBlock, ...]:
    """The template's three questions with one line of reason each."""
    year, end = evidence.workspace.council.report.current_year, last_year(evidence)
    verdicts = [{OnTrackVerdict.YES: True, OnTrackVerdict.NO: False}.get(one.verdict) for one in evidence.money.answers]
    stand, left = evidence.money.position, remains(evidence)
    reasons = (
        words.in_year_reason(stand.forecast, stand.target) if stand else words.no_answer(*_in_year_pair(evidence)),
        words.remains(left, end.last_day) if left else words.NO_END.format(end=end),
        capital_reason(evidence),
    )
    agreed = evidence.workspace.agreement.programme.is_agreed_with_department
    in_year = words.IN_YEAR if agreed else words.IN_YEAR_PLANNED
    capital = words.capital_question(len(evidence.rows("openings")))
    questions = (in_year.format(year=year), words.BY_END.format(end=end), capital)
    return tuple(doc.AnswerBlock(*one) for one in zip(questions, verdicts, reasons, strict=True))


def capital_reason(evidence: Evidence) -> str:
    """Each school on its own, with what is only the earliest date said so."""
    rows = evidence.rows("openings")
    if not rows:
        return words.NO_CAPITAL
    late = [row for row in rows if is_late(evidence, row)]
    if not late:
        return words.ALL_ON_TIME
    return words.capital_reason([school(evidence, row) for row in rows], len(late), len(rows))


def is_late(evidence: Evidence, row: RegisterRow) -> bool:
    """Without any other date a school that is planned for the month of the report or later is on time."""
    slip = slip_in_months(row)
    if slip is None and row["status"] not in ("delayed", "rejected"):
        return bool(row["planned"] < Month.of(evidence.workspace.council.report.submitted))
    return slip is None or slip > 0 or row["status"] == "rejected"


def school(evidence: Evidence, row: RegisterRow) -> str:
    name = short_name(row["opening"])
    return words.school_words(name, slip_in_months(row), row["status"], is_earliest(evidence, row))


def asks(evidence: Evidence) -> tuple[doc.Block, ...]:
    """What the department alone can answer: dates for schools that it delivers and that are late."""
    waiting = [short_name(row["opening"]) for row in evidence.rows("openings") if row["status"] == "delayed"]
    if not waiting:
        return ()
    return doc.Heading(words.ASKS), doc.Bullets((words.ask_for_dates(listed(waiting)),))


def signatures(evidence: Evidence) -> doc.Signatures:
    roles = evidence.workspace.council.roles
    items = []
    for role in SIGNING_ROLES:
        who, day = evidence.signatures.get(role, ("", ""))
        items.append(doc.SignatureLine(roles.get(role, words.ROLES[role]), who, day))
    return doc.Signatures(tuple(items), title=words.SIGNED_BY, note=words.SIGNATURE_NOTE)
