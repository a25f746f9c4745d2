"""Finding an indicator, a register, a figure or a document by the words that a reader would use.

Nothing is indexed: the results of one council are a few thousand short texts, looked through at each question.
A word fits when one of the words of a text begins with it. A month in the question is taken out of it and answered.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from highneeds.office.evidence.bridge import IndicatorResult, Results
from highneeds.office.site.links import address

KINDS = {
    "indicator": "Indicators",
    "condition": "Conditions",
    "risk": "Risks",
    "comparison": "Other councils",
    "figure": "Figures",
    "table": "Tables of the account",
    "register": "Registers",
    "narrative": "What the report says",
    "document": "Documents",
    "page": "Pages",
}
"""What can be found -> the heading over it, in the order in which equals are shown."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMED = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
MONTH = re.compile(rf"\b({'|'.join(NAMED.split())})\.?\s+(20\d\d)\b|\b(20\d\d)-(0[1-9]|1[0-2])\b", re.IGNORECASE)
SMALL = frozenset(
    re.findall(
        r"\w+",
        """a about and any are as at be been by did do does done for from get getting going had has have how in
        is it its many me much most of on or our than that the their them there these they this to us was we were
        what when where which who why will with you your tell show""",
    )
)
"""Words that a question is made of and that say nothing of what is asked."""
LONGEST = 200  # letters of a question that are read
TITLE, OTHER_NAME, TEXT = 4, 3, 1


@dataclass(frozen=True)
class Findable:
    """Something that can be found.

    names   further words for it        text    what is shown under its title
    minor   a file that repeats what stands elsewhere: it comes after what says the same on a page
    """

    kind: str
    title: str
    text: str
    url: str
    names: str = ""
    indicator: str = ""
    minor: bool = False


@dataclass(frozen=True)
class Hit:
    """title and url of what was found; text under it, which answers a month that was asked for."""

    kind: str
    title: str
    text: str
    url: str
    score: float


@dataclass(frozen=True)
class Question:
    """The words that are looked for, and the month that is asked for, '2024-11' or ''."""

    words: tuple[str, ...]
    month: str


def question(asked: str) -> Question:
    """'independent secondary cost, November 2024' -> ('independent', 'secondary', 'cost'), '2024-11'."""
    asked = asked[:LONGEST]
    found = MONTH.search(asked)
    month = _month(found) if found else ""
    rest = MONTH.sub(" ", asked) if month else asked
    words = [word for word in _tokens(rest) if word not in SMALL]
    return Question(tuple(dict.fromkeys(words)), month)


def _month(found: re.Match[str]) -> str:
    if found[3]:
        return f"{found[3]}-{found[4]}"
    return f"{found[2]}-{MONTHS.index(found[1][:3].lower()) + 1:02d}"


def _tokens(text: str) -> list[str]:
    """Words and numbers: '7,765' stays one, and so does 'post-16'."""
    return re.findall(r"[a-z0-9£][a-z0-9£,.'-]*[a-z0-9]|[a-z0-9]", text.lower().replace("’", "'"))


def _stem(word: str) -> str:
    """'reviews' finds 'review', 'placed' finds 'place': the end that grammar adds is left off longer words."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and word.isalpha():
            return word.removesuffix(ending)
    return word


def find(results: Results, asked: str) -> list[Hit]:
    """What fits, best first: all words where anything has them all, else those that have the most of them."""
    wanted = question(asked)
    if not wanted.words:
        return []
    scored = [(one, *_score(one, wanted.words)) for one in entries(results)]
    most = max((count for _, count, _ in scored), default=0)
    if most < max(1, (len(wanted.words) + 1) // 2):
        return []
    hits = [_hit(results, one, score, wanted.month) for one, count, score in scored if count == most]
    order = list(KINDS)
    return sorted(hits, key=lambda hit: (-hit.score, order.index(hit.kind)))


def _score(one: Findable, words: Sequence[str]) -> tuple[int, float]:
    """(how many words fit, how well): a fit in the title weighs most, and a short title more than a long one."""
    places = [(TITLE, _tokens(one.title)), (OTHER_NAME, _tokens(one.names)), (TEXT, _tokens(one.text))]
    count, score = 0, 0.0
    for word in words:
        stem = _stem(word)
        best = max((weight for weight, tokens in places if any(token.startswith(stem) for token in tokens)), default=0)
        count += best > 0
        score += min(best, TEXT) if one.minor else best
    return count, score - len(places[0][1]) / 100


def _hit(results: Results, one: Findable, score: float, month: str) -> Hit:
    text = one.text
    if month and one.indicator:
        indicator = next(found for found in results.indicators if found.id == one.indicator)
        text = _reading(indicator, month) or text
    return Hit(one.kind, one.title, text, one.url, score)


def _reading(indicator: IndicatorResult, month: str) -> str:
    """'£49,239 in Nov 2024'."""
    row = next((row for row in indicator.rows if row.period == month), None)
    return f"{row.text} in {row.label}" if row else ""


def entries(results: Results) -> tuple[Findable, ...]:
    """All that can be found in these results, with the addresses of this council.

    Kept with the results they are of, and taken as one: while two councils are asked about at once, neither finds what
    is the other's.
    """
    start = reverse("overview")
    kept = _last.get("kept")
    if kept is None or kept.of is not results or kept.start != start:
        kept = _last["kept"] = KeptEntries(results, start, tuple(_all(results)))
    return kept.entries


@dataclass(frozen=True)
class KeptEntries:
    """The entries of the results that were asked for last, under the addresses of their council."""

    of: Results
    start: str
    entries: tuple[Findable, ...]


_last: dict[str, KeptEntries] = {}


def _all(results: Results) -> Iterator[Findable]:
    yield from _indicators(results)
    for condition in results.conditions:
        text = f"{condition.current_words}. {condition.measures}. Next: {condition.next_step}"
        title = f"Condition {condition.number}: {condition.title}"
        yield Findable("condition", title, text, address(f"condition:{condition.number}"), condition.full_title)
    for risk in results.risks.rows:
        named = " ".join((*risk.mitigations, *(factor.text for factor in risk.factors)))
        yield Findable("risk", risk.title, f"{risk.current_words}. {risk.progress}", address(f"risk:{risk.id}"), named)
    for one in results.comparisons.measures:
        text = f"{one.sentence}. {one.rank}"
        yield Findable(
            "comparison", one.title, text, address(f"comparison:{one.id}"), f"{one.subject} compare neighbours"
        )
    for source in results.sources:
        text = f"{source.printed}: {', '.join(part for part in (source.document, source.where) if part)}"
        yield Findable("figure", source.meaning, text, address(f"source:{source.id}"))
    for page in results.account.pages:
        url = reverse("money_table", args=[page.id]) if page.table else reverse("document", args=[page.csv])
        yield Findable("table", page.title, page.words, url, page.group)
    for kept in results.registers.pages:
        cells = " ".join(cell for row in (kept.table.rows if kept.table else ()) for cell in row)
        said = f"{kept.words} {kept.headline or kept.rows}"
        yield Findable("register", kept.title, said, address(f"register:{kept.id}"), f"{kept.place} {cells}")
    yield from _account(results)
    yield from _narrative(results)
    yield from _documents(results)
    for title, text, to in PAGES:
        yield Findable("page", title, text, address(to))


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


PAGES = (
    ("Conditions", "The condition most at risk first, with its level, measures and next step", "conditions"),
    ("Dashboard", "Every indicator by condition, with its latest figure and its direction", "dashboard"),
    ("Money", "The account as a sum, promised, latest and achieved", "money"),
    ("What changed", "What got better and worse since the last report, and what became known since", "changes"),
    ("Risks", "What could go wrong and what is done about it", "risks"),
    ("Forecast", "Where plans, places and money go, and how sure that is", "forecast"),
    ("Other councils", "Published measures beside England, the region and the neighbours", "comparisons"),
    ("Data quality", "The checks and what they found", "findings"),
    ("Claims", "The figures in the report's words, held against the data", "claims"),
    ("Caseload", "What the children's records say of the dashboard", "caseload"),
    ("Reported and computed", "Each figure that is both, with the difference", "differences"),
)


def _indicators(results: Results) -> Iterator[Findable]:
    for one in results.indicators:
        names = " ".join((one.title, *one.also_called, one.definition, one.data_source))
        yield Findable("indicator", one.short_title, one.sentence, address(f"indicator:{one.id}"), names, one.id)


def _narrative(results: Results) -> Iterator[Findable]:
    """Each paragraph, on the page of its condition where it has one, else where the whole text stands."""
    numbers = {f"Condition {one.number}": one.number for one in results.conditions}
    for part in results.narrative:
        number = numbers.get(part.title)
        url = address(f"condition:{number}") if number else address("claims")
        for paragraph in part.paragraphs:
            yield Findable("narrative", part.title, paragraph.text, url)


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


def grouped(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    """Kind -> its hits, the kind of the best hit first."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.kind, []).append(hit)
    return found
