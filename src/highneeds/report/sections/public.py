"""The public page: families first, then the money, then how we compare; bad numbers as large as good ones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from highneeds.account.balance.published_account import BEFORE
from highneeds.account.stated import of_fact
from highneeds.assurance.movement import Movement
from highneeds.indicators.mechanism.disclosure import THRESHOLD
from highneeds.registers.register import RegisterRow
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections import neighbours, standing
from highneeds.report.sections._steps import is_earliest, month_of
from highneeds.report.sections.known_instead import newest
from highneeds.report.sections.sources import period_words
from highneeds.report.words import money as money_words
from highneeds.report.words import public as words
from highneeds.report.words.conditions import month_words
from highneeds.vocabulary.period import Month, is_month
from highneeds.vocabulary.rounding import with_commas
from highneeds.vocabulary.unit import Unit

TWENTY = ("plans_20_weeks_excl_exceptions_pct", "plans_20_weeks_incl_exceptions_pct")
SIX, NO_PLACE = "decisions_6_weeks_pct", "no_place_count"
OVERDUE, OVERDUE_SHARE = "annual_reviews_overdue_count", "annual_reviews_overdue_pct"
APPEALS, TRIBUNAL = "tribunal_rate_pct", "send_tribunal_appeals"
MOST_STEPS, YEAR = 4, 12
FEWEST_FIGURES = 2
PUBLISHED_TWENTY = "pct_20wk_excl_exceptions"
COMPARED = tuple(words.TITLES)
"""Whatever has words that a family would say, in the order in which they are asked."""


@dataclass(frozen=True)
class Known:
    """A measure as the public may see it: small counts are not told."""

    value: str
    when: str
    change: str
    figure: Decimal | None = None


def known(evidence: Evidence, *names: str) -> Known | None:
    """The newest figure of the first of these measures that has one."""
    movements = {one.indicator.id: one for one in evidence.movements}
    for name in names:
        movement = movements.get(name)
        if movement is not None and movement.latest is not None and movement.latest.value is not None:
            return Known(_shown(movement), _month(movement), _before(movement), movement.latest.value)
    return None


def _shown(movement: Movement) -> str:
    latest = movement.latest
    assert latest is not None and latest.value is not None
    if movement.indicator.unit is Unit.COUNT and 0 < latest.value < THRESHOLD:
        return words.SMALL.format(threshold=THRESHOLD)
    return movement.indicator.show(latest.value)


def _month(movement: Movement) -> str:
    period = movement.latest.period if movement.latest else None
    return f"{period.first_day:%B %Y}" if isinstance(period, Month) else str(period)


def _before(movement: Movement) -> str:
    latest, change = movement.latest, movement.on_year.value
    if latest is None or latest.value is None or change is None:
        return ""
    before = latest.value - change
    if not change:
        return words.SAME
    if movement.indicator.unit is Unit.COUNT and 0 < before < THRESHOLD:
        return ""
    return words.YEAR_BEFORE.format(value=movement.indicator.show(before))


def _when(period: str) -> str:
    """'2025-02' -> 'February 2025'; a year as it is."""
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", period):
        return f"{Month.parse(period).first_day:%B %Y}"
    return period_words(period)


def plans(evidence: Evidence) -> Known | None:
    found = standing.stock(evidence)
    return Known(found.cell.text, _when(found.period), "") if found else None


def families(evidence: Evidence) -> doc.Section:
    """What families wait for, and how long."""
    figures = tuple(_figures(evidence))
    lines = tuple(_family_lines(evidence, with_plans=len(figures) < FEWEST_FIGURES))
    blocks: list[doc.Block] = [doc.Paragraph(words.OPENING, doc.Tone.LEAD)]
    blocks += [doc.Figures(figures, id="public-figures", title=words.FIGURES)] if len(figures) >= FEWEST_FIGURES else []
    return doc.Section("families", words.FAMILIES, (*blocks, doc.Bullets(lines)))


def _figures(evidence: Evidence) -> Iterator[doc.BigFigure]:
    """All of one size, whichever way they point."""
    for label, found in (
        (words.LABEL_NO_PLACE, known(evidence, NO_PLACE)),
        (words.LABEL_OVERDUE, known(evidence, OVERDUE, OVERDUE_SHARE)),
        (words.LABEL_TWENTY, twenty_weeks(evidence)),
        (words.LABEL_PLANS, plans(evidence)),
    ):
        if found is not None:
            yield doc.BigFigure(label, doc.Cell.words(found.value), change=f"{found.when}. {found.change}".strip())


def twenty_weeks(evidence: Evidence) -> Known | None:
    """From the dashboard, else from what the council has said of its newest month, else as published for a year."""
    own = [one.id for one in evidence.workspace.indicators if "20_weeks" in one.id and one.unit is Unit.PERCENT]
    found = known(evidence, *TWENTY, *own)
    if found is not None:
        return found
    said = [
        fact
        for fact in evidence.workspace.facts
        if "20_weeks" in fact.id and fact.unit == "percent" and fact.value and is_month(fact.period)
    ]
    if said:
        newest = max(said, key=lambda fact: fact.period)
        return Known(newest.printed, _when(newest.period), "", newest.value)
    published = _published(evidence, PUBLISHED_TWENTY)
    if published is None:
        return None
    cell = neighbours.cell(published, published.own)
    return Known(cell.text, published.period, "", Decimal(str(cell.value)))


def _published(evidence: Evidence, name: str) -> neighbours.ComparedMeasure | None:
    return next((one for one in neighbours.standings_of(evidence) if one.comparison.id == name), None)


def _family_lines(evidence: Evidence, with_plans: bool) -> Iterator[str]:
    """What a family would ask, in its order; a gap is said and not passed over.

    with_plans   how many have a plan is no figure at the head of the page, and so is said here
    """
    twenty, published = twenty_weeks(evidence), _published(evidence, PUBLISHED_TWENTY)
    if twenty:
        line = words.TWENTY.format(when=twenty.when, value=twenty.value)
        if published and published.england is not None:
            cells = (neighbours.cell(published, value).text for value in (published.own, published.england))
            value, england = cells
            if (twenty.when, twenty.value) != (published.period, value):
                line += " " + words.TWENTY_PUBLISHED.format(when=published.period, value=value)
            line += " " + words.TWENTY_ENGLAND.format(england=england)
        yield line
    six = known(evidence, SIX)
    yield words.SIX_GIVEN.format(when=six.when, value=six.value) if six else words.SIX
    no_place = known(evidence, NO_PLACE)
    if no_place:
        line = words.NO_PLACE.format(value=no_place.value, when=no_place.when, change=no_place.change)
        yield f"{line.strip()} {words.NO_PLACE_TIME}"
    for name, sentence in ((OVERDUE, words.OVERDUE), (OVERDUE_SHARE, words.OVERDUE_SHARE)):
        overdue = known(evidence, name)
        if overdue:
            yield sentence.format(value=overdue.value, when=overdue.when, change=overdue.change).strip()
            break
    yield _appeals(evidence)
    found = plans(evidence) if with_plans else None
    if found:
        yield words.PLANS.format(number=money_words.capital(found.value), when=found.when)


def _appeals(evidence: Evidence) -> str:
    """Our own rate, else how many appeals the tribunal counted in the newest published year."""
    if appeals := known(evidence, APPEALS):
        return words.APPEALS_GIVEN.format(when=appeals.when, value=appeals.value)
    table = evidence.published.table(TRIBUNAL) if evidence.published.has(TRIBUNAL) else None
    if table is not None:
        own = table.filter(pl.col("la_number") == evidence.workspace.council.la_number)
        years = dict(own.select("cal_year", "appeals_registered").drop_nulls().iter_rows())
        if years and years[max(years)] >= THRESHOLD:
            return words.APPEALS_COUNTED.format(year=max(years), number=with_commas(int(years[max(years)])))
    return words.APPEALS


def doing(evidence: Evidence) -> doc.Section:
    """What is to be done, by when, and what is late; then the help that there is already."""
    steps = [_step(evidence, row) for row in _next_steps(evidence)]
    blocks: list[doc.Block] = [doc.Bullets(tuple(steps)) if steps else doc.Paragraph(words.NO_STEPS)]
    services = [row["title"] for row in evidence.rows("service_offer") if row["state"] == "published"]
    blocks += [doc.Paragraph(words.help_now(services))] if services else []
    return doc.Section("public-doing", words.DOING, (*blocks, doc.Paragraph(words.HOW_TO_SAY)))


def _next_steps(evidence: Evidence) -> list[RegisterRow]:
    """Steps of the next twelve months, the earliest first, and those that are late; none that is about money alone.

    A step belongs to a condition or to a school that opens; a council without conditions shows all that it has.
    """
    rows = [row for row in evidence.rows("milestones") if row["state"] not in ("done", "dropped") and not row["done"]]
    if evidence.assurances:
        rows = [row for row in rows if row["condition"] is not None or row["opening"]]
    late = [row for row in rows if row["state"] == "late"]
    today = Month.of(evidence.workspace.council.report.submitted)
    months = {row.line: month for row in rows if row not in late and (month := month_of(row)) is not None}
    soon = [row for row in rows if row.line in months and 0 <= today.months_until(months[row.line]) <= YEAR]
    return [*sorted(soon, key=lambda row: str(months[row.line]))[:MOST_STEPS], *late]


def _step(evidence: Evidence, row: RegisterRow) -> str:
    return words.step(row["title"], _month_of(evidence, row), late=row["state"] == "late")


def _month_of(evidence: Evidence, row: RegisterRow) -> str:
    month = month_of(row)
    return month_words(f"{month.first_day:%B %Y}", is_earliest(evidence, row)) if month else ""


def money(evidence: Evidence) -> doc.Section | None:
    """Where the money stands and what remains of it; None where nothing is known."""
    stand, left, end = evidence.money.position, standing.remains(evidence), standing.last_year(evidence)
    lines: list[str] = []
    if stand is not None:
        year = str(evidence.workspace.council.report.current_year)
        lines.append(words.balance(year, stand.forecast))
        lines += [words.TARGET.format(target=stand.target.words)] if not stand.target.is_surplus else []
    elif (ended := newest(evidence, BEFORE)) is not None:
        lines.append(words.ended(str(ended[0]), ended[1]))
    if left is not None and left.low > 0:
        lines.append(words.REMAINS.format(day=doc.long_date(end.last_day), left=left.words))
    roles = ("department_contribution", "council_contribution")
    dfe, council = (evidence.workspace.figure(role) for role in roles)
    if dfe is not None and council is not None:
        lines.append(words.HELP.format(dfe=of_fact(dfe).words, council=of_fact(council).words))
    return doc.Section("public-money", words.MONEY, tuple(doc.Paragraph(line) for line in lines)) if lines else None


def compared(evidence: Evidence) -> doc.Section | None:
    """Four measures against England and our neighbours, as one table."""
    found = [one for one in neighbours.standings_of(evidence) if one.comparison.id in COMPARED]
    if not found:
        return None
    right = doc.Align.RIGHT
    columns = (
        doc.TableColumn("Measure", width=4),
        doc.TableColumn("Year", width=1.2),
        doc.TableColumn("Here", align=right),
        doc.TableColumn("England", align=right),
        doc.TableColumn("Councils like us", align=right, width=1.4),
    )
    rows = tuple(
        doc.Row.of(
            words.TITLES[one.comparison.id],
            neighbours.period(one),
            *(neighbours.cell(one, value) for value in (one.own, one.england, one.median)),
        )
        for one in found
    )
    table = doc.DataTable("public-compared", words.COMPARED_LEAD, columns, rows)
    return doc.Section("public-compared-section", words.COMPARED, (table,))


def easy_read(evidence: Evidence) -> doc.Section:
    """One idea a sentence, in large type, with a drawing beside each."""
    return doc.Section("easy-read", words.FAMILIES, tuple(_easy(evidence)))


def _easy(evidence: Evidence) -> Iterator[doc.Block]:
    yield _pictured("plan")
    found = plans(evidence)
    if found:
        yield _pictured("plans", number=money_words.capital(found.value))
    twenty = twenty_weeks(evidence)
    if twenty and twenty.figure is not None:
        yield _pictured("twenty", when=twenty.when, value=words.of_every_ten(twenty.figure))
    if no_place := known(evidence, NO_PLACE):
        yield _pictured("no_place", when=no_place.when, value=no_place.value)
    overdue, share = known(evidence, OVERDUE), known(evidence, OVERDUE_SHARE)
    if overdue:
        yield _pictured("overdue", when=overdue.when, value=overdue.value)
    elif share and share.figure is not None:
        yield _pictured("overdue_share", when=share.when, value=words.of_every_ten(share.figure))
    stand = evidence.money.position
    if stand and stand.forecast.low > 0:
        yield _pictured(
            "money",
            year=str(evidence.workspace.council.report.current_year.start + 1),
            forecast=words.in_full(stand.forecast),
        )
    yield _pictured("doing" if _next_steps(evidence) else "not_yet")
    yield _pictured("say")


def _pictured(key: str, **figures: str) -> doc.Paragraph:
    return doc.Paragraph(words.EASY[key].format(**figures), symbol=doc.Symbol(*words.SYMBOLS[key]))
