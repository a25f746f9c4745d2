"""Two series that a sentence sets against each other or adds up: 'declined than agreed', 'primary and secondary'."""

import re

from highneeds.assurance.claims.evidence import Series
from highneeds.assurance.claims.numbers import Counts
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.subjects import Frame, names

MORE = re.compile(
    r"\b(?:more|higher|greater|larger|dearer|costlier|bigger|fuller)\b(?=.*\bthan\b)|\b(?:outnumbered|exceeded"
    r"|overtook|outstripped|outweighed|above that (?:of|in|for)|were ahead of)\b",
    re.I,
)
FEWER = re.compile(
    r"\b(?:fewer|less|lower|smaller|cheaper|emptier)\b(?=.*\bthan\b)|\b(?:were below|fell short of|trailed)\b", re.I
)
THAN = re.compile(
    r"\bthan\b|\boutnumbered\b|\bexceeded\b|\bovertook\b|\boutstripped\b|\boutweighed\b|\bwere ahead of\b"
    r"|\bwere below\b|\bfell short of\b|\btrailed\b",
    re.I,
)
_HEDGE = re.compile(
    r"\w+ than (?:£|\d|an? (?:quarter|third|half|fifth|tenth)|half|one|two|three|four|five|six|seven|eight"
    r"|nine|ten|twice"
    r"|double)",
    re.I,
)
"""'More than two' hedges a number and compares nothing."""
_OWN = ("decision", "age", "place", "way", "stage", "state", "topic", "spi")
_SPLIT = ("decision", "way", "age", "place", "stage")


def pair_in(reading: Reading) -> tuple[Series, Series, int, Span] | None:
    """(one, other, side, the word that compares): one is said to be more (1) or less (-1) than the other."""
    for pattern, side in ((MORE, 1), (FEWER, -1)):
        hit = next(
            (one for one in pattern.finditer(reading.text) if not _HEDGE.match(reading.text[one.start() :])), None
        )
        than = THAN.search(reading.text, hit.start()) if hit else None
        pair = pair_around(reading, than.span()) if hit and than else None
        if hit and pair:
            return *pair, side, hit.span()
    return None


def pair_around(reading: Reading, than: Span) -> tuple[Series, Series] | None:
    """The series of the words before 'than' and after it; what one side leaves out it shares with the other."""
    left, right = _side(reading, (0, than[0])), _side(reading, (than[1], len(reading.text)))
    if not any(feature in right and set(right[feature]) != set(left.get(feature, ())) for feature in _OWN):
        return None
    one = series_of(reading, {**right, **left})
    other = series_of(reading, {**left, **right})
    for first in one:
        for second in other:
            if first.unit == second.unit and first.id != second.id:
                return first, second
    return None


def pair_named(reading: Reading, counts: Counts | None = None) -> tuple[Series, ...]:
    """The series that one feature named twice deals out: 'agreed and declined requests', 'primary and secondary'."""
    features = _side(reading, (0, len(reading.text)))
    if re.search(r"\bprimary (?:and|or) secondary\b", reading.text, re.I):
        features["age"] = ("primary", "secondary")
    for feature in _SPLIT:
        values = tuple(dict.fromkeys(features.get(feature, ())))
        if len(values) < 2:
            continue
        found = [series_of(reading, {**features, feature: (value,)}, counts) for value in values]
        firsts = [one[0] for one in found if one]
        if len(firsts) == len(values) and len({one.id for one in firsts}) == len(values):
            return tuple(firsts) if len({one.unit for one in firsts}) == 1 else ()
    return ()


def _side(reading: Reading, span: Span) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for hit in reading.hits:
        if span[0] <= hit.span[0] < span[1]:
            found[hit.feature] = (*found.get(hit.feature, ()), hit.value)
    return found


def series_of(
    reading: Reading, features: dict[str, tuple[str, ...]], counts: Counts | None = None
) -> tuple[Series, ...]:
    """The indicators that these features name, the fullest naming first, of the unit that the sentence speaks of."""
    frame = Frame(
        {key: tuple((value, 0) for value in values) for key, values in features.items()}, reading.text, frozenset()
    )
    counts = counts or (reading.numbers[0].counts if reading.numbers else None)
    share = any(word in reading.text.lower() for word in ("percentage", "proportion", "share of", "rate"))
    wanted = Counts.PERCENT if counts is Counts.PERCENT or (counts is None and share) else None
    found = [
        (len(naming.needs), series)
        for series, naming in reading.subjects.series
        if series.kind == "indicator" and names(naming, frame, naming.needs)
    ]
    ranked = sorted(
        found, key=lambda item: (-item[0], (item[1].unit == "percent") != (wanted is Counts.PERCENT), item[1].id)
    )
    return tuple(series for _, series in ranked)
