"""Personal names, e-mail addresses and telephone numbers in a text that the public may read.

The product publishes roles, never persons. `personal_details(text, where)` finds what looks like a person; the finding
names the place and shows initials only, so that the list itself can be shared.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_EMAIL = re.compile(r"\b[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b")
_PHONE = re.compile(r"(?<![\w£.,-])(?:\+44[\s-]?(?:\(0\)[\s-]?)?|\(?0)\d{2,4}\)?(?:[\s-]?\d{2,4}){1,3}(?![\w%]|[.,]\d)")
_NAME_WORD = r"[A-ZÀ-Þ](?:[a-zà-ÿ]+|['’][A-Z][a-z]+|c[A-Z][a-z]+)(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?"
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Sir|Dame|Rev|Revd|Lord|Lady"
    rf"|Baroness)\.?\s(?:[A-Z]\.?\s)?{_NAME_WORD}(?:\s{_NAME_WORD})?"
)
_PAIR = re.compile(rf"\b({_NAME_WORD})\s(?:[A-Z]\.?\s)?({_NAME_WORD})\b")
_AFTER_ROLE = re.compile(
    r"\b(?:[Cc]ontact|[Cc]hief [Ee]xecutive|CEO|DCS|[Dd]irector(?: of [A-Z][\w' ]+)?"
    r"|[Ss]igned(?: off)? by|[Aa]uthor|[Oo]fficer|[Ll]ead|[Hh]eadteacher|S151 Officer"
    r"|[Mm]anager)\s?[:,]\s?"
    rf"({_NAME_WORD}\s(?:[A-Z]\.?\s)?{_NAME_WORD})"
)
_INSTITUTION = re.compile(
    r"^(?:['’]s)?\s(?:\w+\s){0,2}?(?:School|Academy|College|Road|Street|Lane|Avenue|Close|House|Trust"
    r"|Centre|Center|Hospital|Court|Primary|Infants?|Juniors?|Hall|Park|Foundation|University|Nursery"
    r"|Grammar|High)\b"
)


@dataclass(frozen=True)
class PersonalDetail:
    """kind: name, e-mail or telephone; shown: initials or the number of characters, never the detail itself."""

    kind: str
    where: str
    shown: str
    start: int
    end: int


@cache
def words(name: str) -> frozenset[str]:
    """One of the lists of names.toml."""
    data = tomllib.loads((files(__package__) / "names.toml").read_text(encoding="utf-8"))
    return frozenset(str(data[name]).split())


def personal_details(text: str, where: str = "text") -> tuple[PersonalDetail, ...]:
    """Everything in the text that looks like a person's name, address or number, in the order of the text."""
    found: dict[tuple[int, int], str] = {}
    taken: set[int] = set()
    for kind, spans in (("e-mail", _emails(text)), ("telephone", _phones(text)), ("name", _names(text))):
        for span in spans:
            if taken.isdisjoint(range(*span)):
                found[span] = kind
                taken.update(range(*span))
    return tuple(
        PersonalDetail(kind, f"{where}:{text.count(chr(10), 0, span[0]) + 1}", _shown(kind, text[slice(*span)]), *span)
        for span, kind in sorted(found.items())
    )


def _emails(text: str) -> list[tuple[int, int]]:
    return [hit.span() for hit in _EMAIL.finditer(text)]


def _phones(text: str) -> list[tuple[int, int]]:
    """UK numbers: 10 or 11 digits from 0, or from +44."""
    out = []
    for hit in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", hit[0])
        if len(digits) in ((12, 13) if hit[0].startswith("+") else (10, 11)):
            out.append(hit.span())
    return out


def _names(text: str) -> list[tuple[int, int]]:
    out = [hit.span() for hit in _TITLED.finditer(text)]
    for hit in _AFTER_ROLE.finditer(text):
        if not set(hit[1].split()) & words("role_words"):
            out.append(hit.span(1))
    at = 0
    while pair := _PAIR.search(text, at):
        if _is_person(text, pair):
            out.append(pair.span())
        at = pair.end(1)
    return out


def _is_person(text: str, hit: re.Match[str]) -> bool:
    first, last = hit[1], hit[2]
    known = first in words("given_names") or first.split("-")[0] in words("given_names")
    return known and last not in words("no_surnames") and not _INSTITUTION.match(text[hit.end() :])


def _shown(kind: str, found: str) -> str:
    if kind == "name":
        return " ".join(f"{word[0]}." for word in found.split())
    return f"{kind} of {len(found)} characters"
