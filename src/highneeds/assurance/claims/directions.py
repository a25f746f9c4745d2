"""Words that say which way something went, how steadily, and whether that is good."""

import re
from dataclasses import dataclass

from highneeds.assurance.claims.spans import Span

_DOWN_VERBS = (
    r"fell|falls?|fallen|falling|dropp(?:ed|ing)|drops?|declin(?:ed|es?|ing)(?! (?:to|at|\d))|decreas(?:ed"
    r"|es?|ing)|reduc(?:ed|es?|ing)|shr(?:ank|unk|inks?|inking)|eas(?:ed|es|ing)|(?:come|came|coming|comes"
    r"|gone|went|going|goes|brought|bring) (?:back )?down|slid|slips?|slipped|sinks?|sank|dipp?(?:ed|s)?"
    r"|lowered|cut|plunged|tumbled|halved|crept down|narrowed"
)
_UP_VERBS = (
    r"rose|rises?|risen|rising|gr(?:ew|own|ows?|owing)|increas(?:ed|es?|ing)|climb(?:ed|s|ing)?|jump(?:ed"
    r"|s|ing)?|surg(?:ed|es|ing)|(?:gone|went|going|goes) (?:back )?up|crept up|soar(?:ed|s|ing)?|leapt"
    r"|expand(?:ed|s|ing)?|mount(?:ed|s|ing)|swell(?:ed|ing)|swollen|widened|doubled|tripled|trebled"
    r"|quadrupled|edged up|picked up|shot up|spiked|went up"
)
_STEADY = (
    r"relatively (?:consistent|stable|steady|constant|unchanged)|broadly (?:consistent|stable|steady"
    r"|constant|unchanged|flat|level)|(?:fairly|largely|reasonably|quite|more or less|much) (?:consistent"
    r"|stable|steady|constant|unchanged|flat|level)|(?:remain(?:ed|s)?|stay(?:ed|s)?|held|holding|been"
    r"|kept|is|are|was|were) (?:stable|steady|constant|unchanged|flat|level|consistent|static|the same)"
    r"|little changed|hardly changed|barely (?:changed|moved)|did not change|has not changed"
    r"|have not changed|unchanged|steadied|(?:levelled|leveled) off|plateaued|is steadying"
)
_BETTER = (
    r"improv(?:ed|es|ing)(?! (?:collaborative|relationships|processes|outcomes|inclusion|educat|the|their"
    r"|our|its|identification))|got better|getting better|strengthened"
)
_WORSE = r"worsen(?:ed|s|ing)|deteriorat(?:ed|es|ing)|got worse|getting worse"
_DOWN_NOUNS = (
    r"(?:smaller|reduction|decrease|fall|drop|decline|dip|cut)\b|lower\b|fewer\b|less\b|down\b(?! to the)|below\b"
)
_UP_NOUNS = (
    r"(?:larger|bigger|increase|rise|growth|jump|climb|surge|gain|uplift)\b|higher\b|more\b|\bup\b(?! to\b)|above\b"
    r"|greater\b"
)
_STEADILY = (
    r"consistently|steadily|continuously|continually|(?:every|each) (?:single )?month|month (?:on|after"
    r"|by) month|without (?:a break|interruption|exception)|uninterrupted(?:ly)?|in (?:every"
    r"|each) (?:of the|one of the|successive)|at every step|each successive month|unbroken"
    r"|for (?:\w+) (?:successive|consecutive|straight) months|(?:\w+) months (?:running|in a row)"
)

_PACE = r"slow(?:ed|ing)(?: down)?|gather(?:ed|ing) pace|accelerat(?:ed|ing)|quicken(?:ed|ing)|stalled|stalling"

_MARKS = (
    ("pace", 0, re.compile(rf"\b(?:{_PACE})\b", re.I)),
    ("steady", 0, re.compile(rf"\b(?:{_STEADY})\b", re.I)),
    ("better", 0, re.compile(rf"\b(?:{_BETTER})\b", re.I)),
    ("worse", 0, re.compile(rf"\b(?:{_WORSE})\b", re.I)),
    ("verb", -1, re.compile(rf"\b(?:{_DOWN_VERBS})\b", re.I)),
    ("verb", 1, re.compile(rf"\b(?:{_UP_VERBS})\b", re.I)),
    ("noun", -1, re.compile(rf"\b(?:{_DOWN_NOUNS})", re.I)),
    ("noun", 1, re.compile(rf"\b(?:{_UP_NOUNS})", re.I)),
)
_STEADILY_RE = re.compile(rf"\b(?:{_STEADILY})\b", re.I)
_HEDGING = re.compile(
    r"(?:more|less|fewer|lower|higher|greater) than (?=£|\d|an? (?!year|month)|half|halved|doubled|tripled|trebled"
    r"|quadrupled|twice|double|one|two|three|four|five|six|seven|eight|nine|ten)|(?:above|below|up to) (?=£|\d)",
    re.I,
)
_INFINITIVE = re.compile(
    r"\b(?:to|will|would|can|could|should|may|might|must|not|in order to|aims? to|thus|by|for|of"
    r"|expected to|likely to|starting to|and)(?: be| further| only)?(?: \w+ly)?\s$",
    re.I,
)
_AUX = re.compile(
    r"\b(?:is|are|was|were|has|have|had|been|being|continues? to|continued to|kept|keeps)(?: \w+ly| now"
    r"| also| still| since| been| not){0,3}\s$",
    re.I,
)
_NEGATED = re.compile(r"\b(?:not|never|n't|no longer|neither|without|nor)\b(?: \w+){0,2}\s$", re.I)
_PAST_FORM = re.compile(
    r"^(?:fell|dropped|declined|decreased|reduced|shrank|eased|came|went|slid|slipped|sank|dipped|rose"
    r"|grew|increased|climbed|jumped|surged|soared|leapt|expanded|crept|cut|plunged|tumbled|halved"
    r"|doubled|tripled|trebled|quadrupled|widened|narrowed|lowered|picked|shot|spiked|edged|improved"
    r"|worsened|deteriorated|got)",
    re.I,
)


@dataclass(frozen=True)
class Direction:
    """sign      -1 down, 1 up, 0 for steady, better and worse
    kind      verb, noun, steady, better or worse
    stated    True for what has happened or is happening; False for aims and hopes
    """

    span: Span
    text: str
    kind: str
    sign: int
    stated: bool
    negated: bool = False


def directions_in(text: str) -> tuple[Direction, ...]:
    found: list[Direction] = []
    for kind, sign, pattern in _MARKS:
        for hit in pattern.finditer(text):
            if kind == "noun" and _HEDGING.match(text[hit.start() :]):
                continue
            if any(hit.start() < other.span[1] and other.span[0] < hit.end() for other in found):
                continue
            before = text[: hit.start()]
            negated = bool(_NEGATED.search(before))
            found.append(
                Direction(hit.span(), hit[0], kind, sign, _is_stated(kind, hit[0], before, text[hit.end() :]), negated)
            )
    return tuple(sorted(found, key=lambda direction: direction.span))


def _is_stated(kind: str, word: str, before: str, after: str) -> bool:
    if kind in ("noun", "steady"):
        return True
    if re.search(r"\b(?:continues?|continued|continuing|has|have) to\s$", before, re.I):
        return True
    if _INFINITIVE.search(before) and not re.search(r"\band (?:\w+ly )?$", before):
        return False
    if word.lower().endswith("ing") and kind != "steady":
        return bool(_AUX.search(before))
    if _AUX.search(before):
        return True
    if word.lower().endswith("s"):
        return bool(re.match(r"\s(?:by|to|from|every|each|steadily|again|consistently|further|month)\b", after))
    if word.lower().endswith("ed") and not re.match(_AFTER_VERB, after, re.I):
        return False
    return bool(_PAST_FORM.match(word)) or word.lower().endswith(("en", "own"))


_AFTER_VERB = (
    r"\W*(?:$|[.,;)]|\s(?:by|to|from|in|over|between|since|at|during|for|on|slightly|\w+ly|again|further"
    r"|each|every|until|and|but|as|when|while|compared|after|before|throughout|month|only|its|capacity)\b)"
)


def steadily_in(text: str) -> tuple[Span, ...]:
    return tuple(hit.span() for hit in _STEADILY_RE.finditer(text))
