"""Many councils on one page: ranked by distance from plan, what changed, what is open, and their sum with a band."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from highneeds import __version__
from highneeds.account import OnTrackVerdict, decimal_pounds
from highneeds.account.balance.published_account import CLOSING
from highneeds.account.stated import Stated
from highneeds.claims import Verdict
from highneeds.forecast.aggregates.rows import AreaSpreads
from highneeds.forecast.summary import Fan
from highneeds.intake.ledger.positions import Layer
from highneeds.report import document as doc
from highneeds.report.build import as_file_name
from highneeds.report.evidence import Evidence
from highneeds.report.render import html, xlsx
from highneeds.report.render.tables import as_csv, as_json, as_text
from highneeds.report.sections import standing
from highneeds.report.sections.what_changed import moved_words, moves
from highneeds.report.stated_cells import money_cell, rough_cell
from highneeds.report.words import portfolio as words
from highneeds.report.words.sums import roughly
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.rounding import millions, round_half_away
from highneeds.vocabulary.table import Table

MOST_CHANGES = 3
HALF_OF_80 = 1.2816
"""The 80% band of a normal distribution reaches that many standard deviations to each side."""


SumBand = tuple[float, float, float]
"""Mean, and the ends of the 80% band."""


@dataclass(frozen=True)
class PortfolioLine:
    """One council. Sums are as it states them, None where it states none.

    slot    the month and year of its report, as a reader names it
    asked   what is open: decisions and answers that its evidence calls for
    plans   (mean, low, high) of the last January that its forecast reaches by the end of its programme
    cost, owed   the same of spending of lines 1.2 in the programme's last year, `end`, and of the deficit at its close
    origin  the January from which it is forecast
    synthetic   the council is invented; the page says so beside its name and at its head
    """

    name: str
    la_number: str
    year: str
    agreed: Stated | None
    forecast: Stated | None
    deficit: Stated | None
    at_end: Stated | None
    yes: int
    no: int
    plans: SumBand | None
    january: str
    findings: int
    changed: tuple[str, ...]
    asked: tuple[str, ...]
    report: str
    slot: str = ""
    origin: int = 0
    end: str = ""
    cost: SumBand | None = None
    owed: SumBand | None = None
    synthetic: bool = False

    @property
    def distance(self) -> int | None:
        """Pence above what was agreed; negative is better than agreed."""
        return None if self.agreed is None or self.forecast is None else self.forecast.pence - self.agreed.pence


def line_of(evidence: Evidence, where: str) -> PortfolioLine:
    """One council's line. where: the folder of its workspace, in which its report is found."""
    council = evidence.workspace.council
    stand, year = evidence.money.position, council.report.current_year
    verdicts = [one.verdict for one in evidence.money.answers]
    brief = evidence.brief
    low, high = brief.plans.band(80) if brief else ((), ())
    stem = as_file_name(f"{council.short_name}-{council.report.id}-submission")
    return PortfolioLine(
        name=council.name,
        la_number=council.la_number,
        year=str(year),
        agreed=stand.target if stand else None,
        forecast=stand.forecast if stand else None,
        deficit=evidence.money.layers.one(year, CLOSING, Layer.ACHIEVED, Layer.LATEST),
        at_end=standing.remains(evidence),
        yes=verdicts.count(OnTrackVerdict.YES),
        no=verdicts.count(OnTrackVerdict.NO),
        plans=(brief.plans.mean[-1], low[-1], high[-1]) if brief else None,
        january=brief.plans.periods[-1][:4] if brief else "",
        findings=len(evidence.findings.all),
        changed=tuple(moved_words(one) for one in moves(evidence)[:MOST_CHANGES]),
        asked=tuple(_asked(evidence)),
        report=f"{where}/submission/{stem}.html",
        slot=f"{council.report.slot} {council.report.submitted.year}",
        origin=int(brief.plans.periods[0][:4]) - 1 if brief else 0,
        end=brief.end if brief else "",
        cost=_at_end(brief.cost, brief.end) if brief else None,
        owed=_at_end(brief.deficit, brief.end) if brief else None,
        synthetic=council.synthetic,
    )


def _at_end(fan: Fan | None, end: str) -> SumBand | None:
    if fan is None or end not in fan.periods:
        return None
    place, (low, high) = fan.periods.index(end), fan.band(80)
    return fan.mean[place], low[place], high[place]


def _asked(evidence: Evidence) -> list[str]:
    """Questions that the evidence puts and nobody has answered."""
    found = [f"{one.message}." for one in evidence.money.findings]
    failing = sum(len(one.of(Verdict.FAILS)) for one in evidence.narrative)
    if failing:
        found.append(words.failing(failing))
    if evidence.findings.must_fix:
        found.append(words.to_fix(len(evidence.findings.must_fix)))
    if evidence.money.position is None:
        found.append(words.NO_POSITION)
    return found


def portfolio_as(format: str, lines: Sequence[PortfolioLine], day: date, spreads: AreaSpreads | None = None) -> bytes:
    """The councils side by side: a page (html), a workbook (xlsx), else the table as csv, json or text."""
    render = {"html": html.render, "xlsx": xlsx.render}.get(format)
    if render is not None:
        return render(document_of(lines, day, spreads))
    write = {"csv": as_csv, "json": as_json}.get(format, as_text)
    return write(table_of(lines, spreads)).encode()


def ranked(lines: Sequence[PortfolioLine]) -> list[PortfolioLine]:
    """The furthest above plan first; those whose distance is not known last, by name."""
    return sorted(lines, key=lambda one: (one.distance is None, -(one.distance or 0), one.name))


def table_of(lines: Sequence[PortfolioLine], spreads: AreaSpreads | None = None) -> Table:
    """One row a council, in plain values, and their sum: only of what every one of them gives."""
    rows = [_row(one) for one in ranked(lines)]
    return Table.of(tuple(words.COLUMNS), [*rows, _sum_row(lines, spreads)], words.TITLE)


def _row(one: PortfolioLine) -> tuple[object, ...]:
    sums = (one.agreed, one.forecast, one.distance, one.deficit, one.at_end)
    bands = [_rounded(band) for band in (one.plans, one.cost, one.owed)]
    stated = (one.name, one.la_number, one.year, *map(_gbp, sums), one.yes, one.no)
    return (*stated, *bands[0], one.findings, one.report, *bands[1], *bands[2])


def _sum_row(lines: Sequence[PortfolioLine], spreads: AreaSpreads | None) -> tuple[object, ...]:
    given = zip(*((one.agreed, one.forecast, one.distance, one.deficit, one.at_end) for one in lines), strict=True)
    sums = [_gbp(None if None in column else sum(map(_pence, column))) for column in given]
    years = {one.year for one in lines}
    areas = sums_of(lines, spreads)
    bands = [_rounded(areas[name].band if name in areas and areas[name].of == len(lines) else None) for name in SUMMED]
    counted = (sum(one.yes for one in lines), sum(one.no for one in lines))
    stated = (words.sum_of(len(lines)), None, years.pop() if len(years) == 1 else None, *sums, *counted)
    return (*stated, *bands[0], sum(one.findings for one in lines), None, *bands[1], *bands[2])


def _pence(value: Stated | int | None) -> int:
    return value if isinstance(value, int) else value.pence if value else 0


def _rounded(band: SumBand | None) -> tuple[int | None, ...]:
    return (None, None, None) if band is None else tuple(round(one) for one in band)


def _gbp(value: Stated | int | None) -> str | None:
    if value is None:
        return None
    return str(decimal_pounds(value if isinstance(value, int) else value.pence))


def document_of(lines: Sequence[PortfolioLine], day: date, spreads: AreaSpreads | None = None) -> doc.ReportDocument:
    """The page: the ranking, what changed and what is open of each, the sum.

    spreads   how sure their sums are, from past errors of the same sums; None where that is not known
    """
    blocks = (ranking(lines), doc.Paragraph(words.RANKED_NOTE, doc.Tone.SMALL))
    sections = [doc.Section("ranked", words.RANKED, blocks, landscape=True), total_section(lines, spreads)]
    for one in ranked(lines):
        parts = (
            doc.Heading(words.CHANGED),
            doc.Bullets(one.changed or (words.NOTHING,)),
            doc.Heading(words.UNANSWERED),
            doc.Bullets(one.asked or (words.ALL_ANSWERED,)),
        )
        sections.append(doc.Section(f"council-{one.la_number}", words.named(one.name, one.synthetic), parts))
    return doc.ReportDocument(
        title=words.TITLE,
        council=f"{len(lines)} councils",
        period=", ".join(sorted({one.year for one in lines})),
        date=day,
        version=__version__,
        fingerprint="portfolio",
        synthetic=any(one.synthetic for one in lines),
        sections=tuple(sections),
        stem="portfolio",
        audience=words.READERS,
    )


def ranking(lines: Sequence[PortfolioLine]) -> doc.DataTable:
    right = doc.Align.RIGHT
    names = words.COLUMNS
    columns = (
        doc.TableColumn(names["council"], width=3),
        doc.TableColumn(names["financial_year"]),
        doc.TableColumn(names["agreed_in_year_gbp"], align=right),
        doc.TableColumn(names["forecast_in_year_gbp"], align=right),
        doc.TableColumn(names["distance_from_plan_gbp"], align=right, width=1.3),
        doc.TableColumn(names["deficit_gbp"], align=right),
        doc.TableColumn(names["deficit_at_end_gbp"], align=right, width=1.2),
        doc.TableColumn(words.ANSWERS, width=1.2),
        doc.TableColumn(names["report"], width=2.4),
    )
    rows = tuple(
        doc.Row.of(
            words.named(one.name, one.synthetic),
            one.year,
            *(_cell(sum_) for sum_ in (one.agreed, one.forecast)),
            _distance(one),
            *(_cell(sum_) for sum_ in (one.deficit, one.at_end)),
            words.answers(one.yes, one.no),
            doc.Cell.words(words.report(one.slot), href=one.report),
        )
        for one in ranked(lines)
    )
    return doc.DataTable("portfolio-ranking", words.RANKED, columns, rows)


def _cell(sum_: Stated | None) -> doc.Cell:
    return doc.Cell.words(words.NOT_GIVEN) if sum_ is None else money_cell(sum_)


def _distance(one: PortfolioLine) -> doc.Cell:
    if one.distance is None or one.agreed is None or one.forecast is None:
        return doc.Cell.words(words.NOT_GIVEN)
    if not one.distance:
        return doc.Cell(0, "on plan", unit="gbp")
    side = " above" if one.distance > 0 else " below"
    return rough_cell(one.distance // 100, one.distance, one.forecast, one.agreed, after=side)


def total_section(lines: Sequence[PortfolioLine], spreads: AreaSpreads | None = None) -> doc.Section:
    """Deficits that are given; plans, spending and deficits forecast, with the band of their sum."""
    deficits = [one.deficit for one in lines if one.deficit is not None]
    rows = []
    if deficits:
        together = roughly(sum(one.pence for one in deficits), *deficits)
        rows.append(doc.Row.of(words.DEFICITS, together, "", words.of_councils(len(deficits), len(lines))))
    for name, one in sums_of(lines, spreads).items():
        shown = [f"{value:,.0f}" if name == PLANS else millions(round_half_away(value)) for value in one.band]
        title = words.forecast(name, one.when)
        rows.append(doc.Row.of(title, shown[0], words.to(*shown[1:]), words.of_councils(one.of, len(lines))))
    columns = (
        doc.TableColumn("Sum", width=2.4),
        doc.TableColumn("Together", align=doc.Align.RIGHT),
        doc.TableColumn("80% band", align=doc.Align.RIGHT, width=1.6),
        doc.TableColumn("Of", width=1.6),
    )
    table = doc.DataTable(
        "portfolio-sum", words.SUM, columns, tuple(rows), notes=(words.sum_note(spreads is not None),)
    )
    return doc.Section("sum", words.SUM, (table,))


PLANS = "plans"
SUMMED = (PLANS, "cost", "owed")
"""The bands of a line that are summed, by the name of their field."""


@dataclass(frozen=True)
class ForecastSum:
    """A sum forecast: its band, when, and of how many councils."""

    band: SumBand
    when: str
    of: int


def sums_of(lines: Sequence[PortfolioLine], spreads: AreaSpreads | None) -> dict[str, ForecastSum]:
    """Plans, spending and deficits of the councils that have a forecast of them, of one year each."""
    found = {}
    for name in SUMMED:
        having = [one for one in lines if getattr(one, name) is not None]
        whens = {one.january if name == PLANS else one.end for one in having}
        if len(whens) == 1:
            found[name] = ForecastSum(_band_of(having, spreads, name), whens.pop(), len(having))
    return found


def _band_of(lines: Sequence[PortfolioLine], spreads: AreaSpreads | None, name: str) -> SumBand:
    """Of one council its own band, which need not lie evenly about its mean; of several that of their sum."""
    bands: list[SumBand] = [getattr(one, name) for one in lines]
    if len(bands) == 1:
        return bands[0]
    return _widened(sum_with_band(bands), 1.0 if spreads is None else _wider(lines, spreads, name))


def _wider(lines: Sequence[PortfolioLine], spreads: AreaSpreads, name: str) -> float:
    """How many times as wide as of independent councils the band of a sum is, by what the same sum's past errors say.

    Councils err together by what nobody foresaw of England. A deficit is so much wider as the spending in it.
    """
    if name == PLANS:
        bands = [one.plans for one in lines if one.plans is not None]
        spread, ahead = spreads.plans, max(int(one.january) - one.origin for one in lines)
    else:
        bands = [one.cost for one in lines if one.cost is not None]
        spread, ahead = spreads.spend, max(FinancialYear.parse(one.end).start for one in lines) - spreads.newest.start
    if not bands or ahead <= 0:
        return 1.0
    mean, low, high = sum_with_band(bands)
    alone = (high - low) / 2
    return mean * HALF_OF_80 * spread.at(ahead, False) / alone if alone else 1.0


def _widened(band: SumBand, times: float) -> SumBand:
    mean, low, high = band
    return mean, mean - times * (mean - low), mean + times * (high - mean)


def sum_with_band(plans: Sequence[tuple[float, float, float]]) -> tuple[float, float, float]:
    """Means added up; the spread of the sum is the root of the summed squares, as of independent councils."""
    mean = sum(one[0] for one in plans)
    spread = math.sqrt(sum(((high - low) / 2 / HALF_OF_80) ** 2 for _, low, high in plans))
    return mean, mean - HALF_OF_80 * spread, mean + HALF_OF_80 * spread


def forecast_councils(lines: Sequence[PortfolioLine]) -> tuple[int, tuple[str, ...]] | None:
    """The newest January from which the councils with a forecast are forecast, and their numbers; None without two."""
    found = [one for one in lines if one.plans is not None]
    return (max(one.origin for one in found), tuple(one.la_number for one in found)) if len(found) > 1 else None
