"""How conditions and risks are rated: 'condition 5 is amber', 'two of the three risks are amber'."""

import re
from collections.abc import Iterable, Sequence

from highneeds.assurance.claims.evidence import Rating
from highneeds.assurance.claims.judged import Verdict
from highneeds.assurance.claims.kinds._kind import CANNOT_CHECK, FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.numbers import in_words
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span, overlaps
from highneeds.assurance.claims.weigh import Judgement, Weighed, cannot

_WORDS = {
    "blue": "B", "complete": "B", "green": "G", "on target": "G", "on track": "G", "amber": "A", "orange": "A",
    "yellow": "A", "off target with plans": "A", "red": "R", "off target": "R",
}  # fmt: skip
_LEVEL = re.compile(
    r"\b(?P<level>blue|green|amber|orange|yellow|red|off target with plans|on target|off target)\b(?!-"
    r"| (?:box|line|tape"
    r"|paper|flag|book|space))",
    re.I,
)
_N = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)"
_NUMBERED = re.compile(
    r"\b(?P<about>conditions?|risks?) (?P<list>\d{1,2}(?:(?:, | and |, and | & | to |-)\d{1,2})*)\b", re.I
)
_COUNTED = re.compile(
    rf"\b(?P<n>{_N}|all|both|no|none|every|most)(?: of the| of its| of our)?(?: other| remaining)?(?: {_N})?"
    r"(?: agreement(?:'s)?)? (?P<about>conditions?|risks?)\b",
    re.I,
)
_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], start=1
    )
}  # fmt: skip
_ORDINAL = re.compile(rf"\bthe (?P<n>{'|'.join(_ORDINALS)}) (?:agreement )?(?P<about>condition|risk)\b", re.I)
_OF_THE = re.compile(
    rf"\bof (?:the|our|its|all)(?: {_N})? (?P<about>conditions?|risks?),? [^.;]{{0,40}}?\b(?P<n>{_N}|all"
    rf"|none|one|most)\b"
    r"[^.;,]{0,25}$",
    re.I,
)
_ELLIPTIC = re.compile(
    rf"(?:\band|,|;) (?P<n>{_N}|none|no one|all|the (?:rest|others?|third|remaining {_N}))\b[^,;.]{{0,25}}$", re.I
)
_STATED = re.compile(
    r"\b(?:is|are|was|were|rated|remain(?:s|ed)?|stands?|stay(?:s|ed)?|at|as|being|now|assessed|judged|marked|scored"
    r"|shown|to|from|has|have|given)\b|,|\bnone\b|\bone\b|\bno\b",
    re.I,
)
_WISH = re.compile(r"\b(?:should|would|could|if|aim|hope|expect(?:ed|s)?|will|until|when)\b", re.I)


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    ratings = _latest(reading)
    if not ratings or not re.search(r"\b(?:conditions?|risks?)\b", reading.text, re.I):
        return
    start = 0
    about = ""
    for hit in _LEVEL.finditer(reading.text):
        before = reading.text[start : hit.start()]
        judged = None
        if re.search(r"\bfrom\s$", before):
            judged = cannot("The level of an earlier update is not held against this one")
        elif _STATED.search(before) and not _WISH.search(before):
            judged, about = _judge(ratings, before, _WORDS[hit["level"].lower()], hit["level"], about)
        if judged is not None:
            spans = [n.span for n in reading.numbers if start <= n.span[0] < hit.end()]
            spans += [when.span for when in reading.whens if overlaps(when.span, hit.span())]
            yield judged.owning(hit.span(), *spans)
        start = hit.end()


def _latest(reading: Reading) -> list[Rating]:
    """The ratings of the update that the sentence names, else of the report's own."""
    given = reading.evidence.ratings
    named = [slot for slot in dict.fromkeys(one.update for one in given) if re.search(rf"\b{slot}\b", reading.text)]
    slot = named[0] if named else reading.evidence.slot
    return [one for one in given if one.update == slot]


def _judge(ratings: Sequence[Rating], before: str, level: str, word: str, about: str) -> tuple[Weighed | None, str]:
    numbered = list(_NUMBERED.finditer(before))
    if numbered:
        kind = numbered[-1]["about"].lower().rstrip("s")
        return _of_numbers(ratings, kind, _numbers(numbered[-1]["list"]), level, word), kind
    ordinal = _ORDINAL.search(before)
    if ordinal:
        kind = ordinal["about"].lower()
        return _of_numbers(ratings, kind, [_ORDINALS[ordinal["n"].lower()]], level, word), kind
    whole = _OF_THE.search(before)
    if whole:
        kind = whole["about"].lower().rstrip("s")
        return _of_count(ratings, kind, whole["n"].lower(), level, word), kind
    counted = list(_COUNTED.finditer(before))
    if counted:
        kind = counted[-1]["about"].lower().rstrip("s")
        return _of_count(ratings, kind, counted[-1]["n"].lower(), level, word), kind
    elliptic = _ELLIPTIC.search(before) if about else None
    if elliptic and about:
        return _of_count(ratings, about, elliptic["n"].lower(), level, word), about
    titled = [one for one in ratings if one.about == "condition" and one.title and one.title.lower() in before.lower()]
    if len(titled) == 1:
        return _of_numbers(ratings, "condition", [titled[0].number], level, word), "condition"
    return None, about


def _numbers(text: str) -> list[str]:
    found = re.findall(r"\d{1,2}", text)
    if re.search(r"\bto\b|-", text) and len(found) == 2:
        return [str(one) for one in range(int(found[0]), int(found[1]) + 1)]
    return found


def _of_numbers(ratings: Sequence[Rating], kind: str, numbers: list[str], level: str, word: str) -> Weighed:
    rated = {one.number: one for one in ratings if one.about == kind}
    known = [rated[number] for number in numbers if number in rated]
    told = ", ".join(f"{one.number} {_name(one.level)}" for one in known)
    if len(known) < len(numbers):
        missing = ", ".join(number for number in numbers if number not in rated)
        return Weighed(Verdict.FAILS, f"There is no {kind} {missing}", "", "")
    behind = " ".join(f"{kind}_{one.number}" for one in known)
    if any(one.level in ("not_yet", "unknown") for one in known):
        return cannot(f"Not every level is known: {told}", behind)
    right = all(one.level == level for one in known)
    return Weighed(Verdict.HOLDS if right else Verdict.FAILS, f"{known[0].source}: {kind} {told}", told, behind)


def _of_count(ratings: Sequence[Rating], kind: str, word: str, level: str, said: str) -> Weighed | None:
    """Holds when so many have the level; the levels that are not known might be any."""
    rated = [one for one in ratings if one.about == kind]
    many = sum(one.level == level for one in rated)
    unknown = sum(one.level in ("not_yet", "unknown") for one in rated)
    told = f"{many} of {len(rated)} {kind}s are {_name(level)}" + (f", {unknown} not known" if unknown else "")
    wanted, behind = _wanted(word, len(rated)), f"{kind}_levels"
    if wanted is None:
        return None
    low, high = wanted
    if low <= many <= high and (not unknown or word not in ("all", "every", "no", "none")):
        return Weighed(Verdict.HOLDS, told, str(many), behind)
    if many > high or many + unknown < low:
        return Weighed(Verdict.FAILS, told, str(many), behind)
    return cannot(told, behind) if many < low or unknown else Weighed(Verdict.FAILS, told, str(many), behind)


def _wanted(word: str, whole: int) -> tuple[int, int] | None:
    if word in ("all", "every"):
        return whole, whole
    if word in ("no", "none", "no one"):
        return 0, 0
    if word == "most":
        return whole // 2 + 1, whole
    if word == "both":
        return 2, 2
    if word in ("the third", "the other"):
        return 1, whole
    if word.startswith("the "):
        return None
    many = int(word) if word.isdigit() else int(in_words(word) or 0)
    return many, many


def _name(level: str) -> str:
    return {"B": "blue", "G": "green", "A": "amber", "R": "red", "not_yet": "not yet due"}.get(level, "not known")


RATING = Kind(
    name="rating",
    title="How conditions and risks are rated",
    order=50,
    read=read,
    examples=(
        Example("Condition 5 is rated amber.", HOLDS, "amber"),
        Example("Condition 5 is rated green.", FAILS, "green"),
        Example("Two of the three risks are amber and one is red.", HOLDS, "amber"),
        Example("All three risks are rated red.", FAILS, "red"),
        Example("Condition 4 is rated green.", CANNOT_CHECK, "green"),
    ),
)
