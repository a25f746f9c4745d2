"""All that a search can find: indicators, conditions, risks, registers, figures, tables, text, documents and pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from highneeds.office.evidence.bridge import Results
from highneeds.office.site.links import address, pages


@dataclass(frozen=True)
class Findable:
    """Something that can be found.

    names   further words for it        text    what is shown under its title
    inside  what else stands on its page
    minor   a file that repeats what stands elsewhere: it comes after what says the same on a page
    first   on the first page: it comes before what says less of the same
    printed   of a document or a figure as it was printed: they come after a measure, a register or a page of the same
    """

    kind: str
    title: str
    text: str
    url: str
    names: str = ""
    inside: str = ""
    indicator: str = ""
    minor: bool = False
    first: bool = False
    printed: bool = False


def everything(results: Results) -> Iterator[Findable]:
    yield from _indicators(results)
    for condition in results.conditions:
        text = f"{condition.current_words}. {condition.measures}. Next: {condition.next_step}"
        title = f"Condition {condition.number}: {condition.title}"
        yield Findable("condition", title, text, address(f"condition:{condition.number}"), condition.full_title)
    for risk in results.risks.rows:
        named = " ".join((*risk.mitigations, *(factor.text for factor in risk.factors)))
        yield Findable(
            "risk", risk.title, f"{risk.current_words}. {risk.progress}", address(f"risk:{risk.id}"), inside=named
        )
    for one in results.comparisons.measures:
        text = f"{one.sentence.heading}. {one.rank}"
        yield Findable(
            "comparison", one.title, text, address(f"comparison:{one.id}"), f"{one.subject} compare neighbours"
        )
    for source in results.sources:
        text = f"{source.printed}: {', '.join(part for part in (source.document, source.where) if part)}"
        yield Findable("figure", source.meaning, text, address(f"source:{source.id}"), printed=True)
    for page in results.account.pages:
        url = reverse("money_table", args=[page.id]) if page.table else reverse("document", args=[page.csv])
        yield Findable("table", page.title, page.words, url, page.group)
    for kept in results.registers.pages:
        cells = " ".join(cell for row in (kept.table.rows if kept.table else ()) for cell in row)
        said = f"{kept.words} {kept.headline or kept.rows}"
        yield Findable("register", kept.title, said, address(f"register:{kept.id}"), inside=cells)
    yield from _first_page(results)
    yield from _account(results)
    yield from _forecast(results)
    yield from _narrative(results)
    yield from _documents(results)
    for own in pages():
        yield Findable("page", own.title, own.text, address(own.name))


ON_TRACK = "high needs block dedicated schools grant DSG in-year overspend deficit balance agreed on track"
"""What the figures of the first page are also called."""


def _first_page(results: Results) -> Iterator[Findable]:
    """The figures and answers that the overview begins with."""
    for figure in results.figures:
        said = ". ".join(filter(None, (figure.value, figure.change, figure.target, figure.reason)))
        yield Findable(
            "figure", figure.title, said, reverse("overview"), ON_TRACK if "£" in figure.value else "", first=True
        )
    for one in results.answers:
        yield Findable("figure", one.question, f"{one.answer}. {one.reason}", f"{reverse('overview')}#{one.id}")


def _forecast(results: Results) -> Iterator[Findable]:
    """Each part of the forecast, with the titles of its charts and tables."""
    titles = {chart.id: chart.title for chart in results.charts}
    for part in results.forecast.parts:
        shown = [titles.get(name, "") for name in part.charts] + [one.title for one in part.tables]
        said = ". ".join(filter(None, (*part.paragraphs, *shown))) or results.forecast.sentence.said
        yield Findable("page", f"Forecast: {part.title}", said, f"{reverse('forecast')}#{part.id}")


def _account(results: Results) -> Iterator[Findable]:
    """Each line of the account with the figures that it has."""
    for line in results.account.lines:
        known = [
            f"{row.version.lower()} {cell.text} in {year}".strip()
            for row in line.rows
            for year, cell in zip(results.account.years, row.cells, strict=True)
            if not cell.is_gap
        ]
        if known:
            yield Findable("figure", line.title, f"{'; '.join(known)}.", address("money"), "account")


def _indicators(results: Results) -> Iterator[Findable]:
    for one in results.indicators:
        names = " ".join((one.title, *one.also_called, one.definition, one.data_source))
        yield Findable(
            "indicator", one.short_title, one.sentence.heading, address(f"indicator:{one.id}"), names, indicator=one.id
        )


def _narrative(results: Results) -> Iterator[Findable]:
    """Each paragraph, on the page of its condition where it has one, else where the whole text stands."""
    numbers = {f"Condition {one.number}": one.number for one in results.conditions}
    for part in results.narrative:
        number = numbers.get(part.title)
        url = address(f"condition:{number}") if number else address("claims")
        for paragraph in part.paragraphs:
            yield Findable("narrative", part.title, paragraph.text, url, printed=True)


def _documents(results: Results) -> Iterator[Findable]:
    """A document once, to be read in the browser where it can be; each table to be saved."""
    best: dict[str, tuple[str, str, list[str]]] = {}
    for one in results.documents:
        if one.group == "table":
            yield Findable(
                "document", one.title, f"{one.format}. {one.note}", reverse("document", args=[one.file]), minor=True
            )
            continue
        file, note, formats = best.get(one.title, (one.file, one.note, []))
        best[one.title] = (one.file if one.format == "HTML" else file, note, [*formats, one.format])
    for title, (file, note, formats) in best.items():
        yield Findable("document", title, f"{', '.join(formats)}. {note}", reverse("document", args=[file]))
