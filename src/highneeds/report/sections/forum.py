"""The pack of the schools forum: what it decides on, and what it is told of the money, top-ups and places."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from highneeds.indicators.mechanism.registry import indicators
from highneeds.registers.registry import registers
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.sections import money_sent, neighbours, standing
from highneeds.report.sections.dashboard_once import years_tables
from highneeds.report.sections.pictures import position_by_year
from highneeds.report.sections.registers import headline
from highneeds.report.words import board as words
from highneeds.report.words import money as money_words
from highneeds.report.words import registers as register_words
from highneeds.report.words import standing as standing_words
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.unit import Unit


def section(evidence: Evidence) -> doc.Section:
    """Decisions first; then the account, top-ups, places, what registers say, other councils, what drives cost."""
    blocks = (
        doc.Paragraph(" ".join(standing.sentences(evidence)), doc.Tone.LEAD),
        *decided(evidence),
        *_account(evidence),
        doc.Heading(words.FORUM_TOP_UPS),
        *top_ups(evidence),
        doc.Heading(words.FORUM_PLACES),
        *_places(evidence),
        *_registers(evidence),
        *_compared(evidence),
        *_pressures(evidence),
    )
    return doc.Section("forum", standing_words.TITLE, blocks)


def decided(evidence: Evidence) -> Iterator[doc.Block]:
    """The transfer from the schools block: what is asked, and what was moved before."""
    rows = evidence.rows("block_transfers")
    asked = [_transfer(row.values) for row in rows if row["consent"] == "none_yet"]
    yield doc.Heading(words.FORUM_DECIDES)
    if asked:
        yield doc.Bullets(tuple(words.CONSENT.format(transfer=one) for one in asked), numbered=True)
    else:
        year = evidence.workspace.council.report.current_year.plus(1)
        yield doc.Paragraph(words.FORUM_NOTHING if rows else words.FORUM_NOT_ASKED.format(year=year))
    yield doc.Heading(words.FORUM_TRANSFER)
    lines = [_transfer(row.values) for row in rows if row["consent"] != "none_yet"]
    if lines:
        yield doc.Bullets(tuple(lines))
    elif moved := _moved(evidence):
        yield doc.Paragraph(words.transferred(moved))
    else:
        yield doc.Paragraph(words.FORUM_NO_TRANSFER)


def _moved(evidence: Evidence) -> list[tuple[str, str]]:
    """(year, sum) of each year of the council's own account into which something was moved."""
    years = [(row.year, row.block_transfer_in_gbp) for row in evidence.account.years if row.block_transfer_in_gbp]
    return [(str(year), money_words.plainly(money_sent._pounds(pence))) for year, pence in years]


def _transfer(values: Mapping[str, object]) -> str:
    year, amount = values.get("financial_year"), values.get("amount_gbp")
    known = money_words.plainly(money_sent._pounds(amount)) if isinstance(amount, int) else words.AMOUNT_UNKNOWN
    tied, stops = values.get("tied_to"), values.get("stops_when")
    tail = f". {words.TIED.format(tied=tied, stops=stops)}" if tied and stops else "."
    return f"{year or 'Every year'}: {known}{tail}"


def _account(evidence: Evidence) -> Iterator[doc.Block]:
    """The council's own account by line where it keeps one, else what is published of it."""
    own = evidence.account.own is not None
    tables = [money_sent.statement(evidence)] if own else list(money_sent.published_tables(evidence))
    yield from (replace(one, title=words.FORUM_ACCOUNT) for one in tables)


def top_ups(evidence: Evidence) -> Iterator[doc.Block]:
    """Measures of the dashboard whose definition is of top-ups, and what was spent on them."""
    items = [*_measured(evidence), *_spent_on_top_ups(evidence)]
    yield doc.Bullets(tuple(items)) if items else doc.Paragraph(words.FORUM_NO_TOP_UPS)


def _measured(evidence: Evidence) -> Iterator[str]:
    of_top_ups = {one.id for one in indicators() if one.of_top_ups}
    for one in evidence.movements:
        indicator, latest = one.indicator, one.latest
        if indicator.id in of_top_ups and latest is not None and latest.value is not None:
            shown = indicator.show(latest.value)
            yield f"{indicator.short_title}: {shown} ({latest.period.label})"


def _spent_on_top_ups(evidence: Evidence) -> Iterator[str]:
    """By whom they are paid to: the newest year whose spend is known whole, beside the one before."""
    lines = money_sent.spent_by_line(evidence)
    for to, codes in words.TOP_UP_LINES:
        sums: dict[str, Decimal] = {}
        for code in codes:
            for year, amount in lines.get(code, {}).items():
                sums[year] = sums.get(year, Decimal(0)) + amount
        if sums:
            yield _top_up_line(to, sums)


def _top_up_line(to: str, sums: Mapping[str, Decimal]) -> str:
    year = max(sums)
    before = str(FinancialYear.parse(year).plus(-1))
    change = ""
    if before in sums and sums[year] != sums[before]:
        more = sums[year] - sums[before]
        change = words.more_or_less(money_words.plainly(abs(more)), more > 0)
    return words.top_ups(to, money_words.plainly(sums[year]), year, change, before)


def _places(evidence: Evidence) -> Iterator[doc.Block]:
    """Places by year as the dashboard has them, and average costs."""
    tables = [
        *years_tables(evidence),
        *(one for one in money_sent.unit_costs(evidence) if isinstance(one, doc.DataTable)),
    ]
    yield from tables or (doc.Paragraph(words.FORUM_NO_PLACES),)


def _registers(evidence: Evidence) -> Iterator[doc.Block]:
    """The sentence of each register that says of itself that it feeds this pack."""
    known = evidence.council_registers
    lines = []
    for name in known.entries:
        register = registers()[name]
        if register.headline and any((one.kind, one.target) == ("report", "forum") for one in register.feeds):
            sentence = headline(known, name)
            lines += [f"{register.title}: {sentence}"] if sentence != register_words.NO_HEADLINE else []
    if lines:
        yield doc.Heading(words.FORUM_REGISTERS)
        yield doc.Bullets(tuple(lines))


def _compared(evidence: Evidence) -> Iterator[doc.Block]:
    """Only what is measured in pounds."""
    found = tuple(one for one in neighbours.standings_of(evidence) if one.comparison.unit is Unit.GBP)
    if found:
        yield replace(neighbours.table(found), title=words.FORUM_COMPARED)


def _pressures(evidence: Evidence) -> Iterator[doc.Block]:
    """How the balance stands beside what was agreed, and what drives cost."""
    stand, causes = position_by_year(evidence), money_sent.variance_chart(evidence)
    if stand is not None:
        yield doc.Heading(words.FORUM_DEFICIT)
        yield stand
    if causes is not None:
        yield doc.Heading(words.FORUM_PRESSURES)
        yield causes
