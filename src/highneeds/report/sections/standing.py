"""The first page of what is sent: one sentence, four figures, three answers, two signatures."""

from decimal import Decimal

import polars as pl

from highneeds.account import OnTrackVerdict, decimal_pounds
from highneeds.account.balance.forecast_question import latest_stock
from highneeds.account.balance.published_account import BEFORE, CLOSING, GAP
from highneeds.account.stated import Stated, roughly
from highneeds.evidence import SIGNING_ROLES
from highneeds.intake.ledger.positions import Layer
from highneeds.registers.definitions.openings import slip_in_months
from highneeds.registers.register import RegisterRow
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections.pictures import position_by_year
from highneeds.report.sections.sources import period_words
from highneeds.report.words import money as money_words
from highneeds.report.words import standing as words
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.rounding import with_commas
from highneeds.vocabulary.words import listed, short_name

TOTALS = "ehcp_caseload_total"


def section(evidence: Evidence) -> doc.Section:
    blocks = (
        doc.Paragraph(" ".join(sentences(evidence)), doc.Tone.LEAD),
        doc.Figures(figures(evidence), title=words.FIGURES),
        doc.Answers(answers(evidence), title=words.ANSWERS),
        *asks(evidence),
        signatures(evidence),
        *([chart] if (chart := position_by_year(evidence)) else []),
    )
    return doc.Section("where-we-stand", words.TITLE, blocks)


def sentences(evidence: Evidence) -> list[str]:
    """Where the year stands, and what remains at the end."""
    year, stand, left = evidence.workspace.council.report.current_year, evidence.money.position, remains(evidence)
    end = last_year(evidence)
    if stand is None:
        found = [words.no_position(*_in_year_pair(evidence), str(year))]
    else:
        found = [words.lead_sentence(stand.forecast, stand.target, str(year))]
    return [*found, *([words.remains(left, end.last_day)] if left is not None and end else [])]


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
    return (_in_year(evidence), _accumulated(evidence), _at_end(evidence), _plans(evidence))


def _in_year(evidence: Evidence) -> doc.BigFigure:
    year, stand = evidence.workspace.council.report.current_year, evidence.money.position
    if stand is None:
        known = _in_year_pair(evidence)[1]
        if known is not None:
            return doc.BigFigure(words.in_year_label(year, known.is_surplus), balance_cell(known))
        return doc.BigFigure(words.in_year_label(year), doc.Cell.words(money_words.NOT_GIVEN))
    more = stand.forecast.pence - stand.target.pence
    verdict = "Worse" if more > 0 else "Better" if more < 0 else "As agreed"
    target = words.agreed(stand.target.balance)
    label = words.in_year_label(year, stand.forecast.is_surplus)
    rough = roughly(abs(more), stand.forecast, stand.target)
    change = words.beside_target(rough, more > 0) if more else ""
    return doc.BigFigure(label, balance_cell(stand.forecast), change=change, target=target, verdict=verdict)


def _accumulated(evidence: Evidence) -> doc.BigFigure:
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
    return doc.BigFigure(words.accumulated_label(day), doc.Cell.words(money_words.NOT_GIVEN))


def _at_end(evidence: Evidence) -> doc.BigFigure:
    end, left = last_year(evidence), remains(evidence)
    agreed = evidence.money.layers.one(end, CLOSING, Layer.AGREED)
    day = f"{end.last_day.day} {end.last_day:%B %Y}"
    target = words.agreed_at_end(agreed) if agreed else ""
    if left is None:
        return doc.BigFigure(words.expected_label(day), doc.Cell.words(money_words.NOT_GIVEN), target=target)
    missed = agreed is not None and left.low > agreed.pence
    label = words.expected_label(day, left.is_surplus)
    return doc.BigFigure(label, balance_cell(left), target=target, verdict="Worse" if missed else "")


def _plans(evidence: Evidence) -> doc.BigFigure:
    fact = evidence.workspace.figure("plans_in_force")
    if fact is None or fact.value is None:
        return _counted_plans(evidence) or _published_plans(evidence)
    text = f"{fact.qualifier} {with_commas(fact.value)}".removeprefix("exact ")
    label = words.plans_label(period_words(fact.period))
    return doc.BigFigure(label, doc.Cell(fact.value, text, unit="plans"), target=words.VOLUME)


def _counted_plans(evidence: Evidence) -> doc.BigFigure | None:
    """The newest month of the council's own dashboard that counts all plans."""
    stock = latest_stock(evidence.workspace)
    if stock is None:
        return None
    cell = doc.Cell(int(stock.plans), with_commas(int(stock.plans)), unit="plans")
    return doc.BigFigure(words.plans_label(period_words(stock.month)), cell, target=words.VOLUME)


def _published_plans(evidence: Evidence) -> doc.BigFigure:
    """The newest published count of a council that has given none itself."""
    table = evidence.published.table(TOTALS)
    own = table.filter(pl.col("la_number") == evidence.workspace.council.la_number).drop_nulls("plans").sort("year")
    if own.is_empty():
        return doc.BigFigure(words.PLANS, doc.Cell.words(money_words.NOT_GIVEN))
    year, value = own.select("year", "plans").row(-1)
    cell = doc.Cell(int(value), with_commas(int(value)), unit="plans")
    return doc.BigFigure(words.plans_label(f"January {year}"), cell, target=words.VOLUME)


def balance_cell(stated: Stated) -> doc.Cell:
    """A balance, in which a surplus is said and not printed with a minus."""
    return doc.Cell(Decimal(decimal_pounds(stated.pence)), stated.balance, unit="gbp")


def money_cell(stated: Stated) -> doc.Cell:
    return doc.Cell(Decimal(decimal_pounds(stated.pence)), stated.words, unit="gbp")


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
    questions = (in_year.format(year=year), words.BY_END.format(end=end), words.CAPITAL)
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


def is_earliest(evidence: Evidence, row: RegisterRow) -> bool:
    """One of the row's figures is the earliest date, not the expected one."""
    named = str(row["figures"] or "").split()
    return any(fact.id in named and fact.qualifier == "at_earliest" for fact in evidence.workspace.facts)


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
