"""What must not stand in any cell: something that looks like a person. The message never repeats the cell."""

import re
from functools import lru_cache

_DOB_WORDS = r"(?:\b(?:born|dob|d\.o\.b\.?|date of birth|birth ?date)\b\W{0,3}(?:on )?)"
_PATTERNS = (
    ("UPN", re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]\b", re.IGNORECASE)),
    ("e-mail address", re.compile(r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")),
    ("NHS number or ULN", re.compile(r"(?<![\w.,-])(?:\d{10}|\d{3}[ -]\d{3}[ -]\d{4})(?![\w-]|[.,]\d)")),
    (
        "telephone number",
        re.compile(r"(?<![\w£.,-])(?:\+44[\s-]?(?:\(0\)[\s-]?)?|\(?0)\d{2,4}\)?(?:[\s-]?\d{2,4}){2,3}(?![\w%]|[.,]\d)"),
    ),
    ("postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)),
    ("date of birth", re.compile(r"(?<![\d/])\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d{2}(?![\d/])")),
    ("date of birth", re.compile(_DOB_WORDS + r"\d", re.IGNORECASE)),
    ("name", re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+[A-Z]")),
)

_QUOTED = re.compile(r"'(.*)'", re.DOTALL)


@lru_cache(maxsize=100_000)
def looks_personal(text: str) -> str:
    """What a cell looks like, such as 'a postcode'; '' where it looks like nothing personal."""
    if len(text) < 4:
        return ""
    kind = next((kind for kind, pattern in _PATTERNS if _found(kind, pattern, text)), "")
    return f"{'an' if kind[0] in 'eN' else 'a'} {kind}" if kind else ""


def unless_personal(text: str) -> str:
    """A key as a finding may name it: nothing where it looks personal, for the line says where it stands."""
    return "" if looks_personal(text) else text


def without_personal(message: str) -> str:
    """What is wrong with a cell, its text left out where it looks personal; a day in a wrong form is only a day."""
    return _QUOTED.sub(lambda hit: hit[0] if _may_be_said(hit[1]) else "(not repeated here)", message)


def _may_be_said(cell: str) -> bool:
    return not looks_personal(cell) or re.fullmatch(r"[\d/.]*[/.][\d/.]*", cell) is not None


def _found(kind: str, pattern: re.Pattern[str], text: str) -> bool:
    """A telephone number has 10 or 11 digits, 12 or 13 with the country's code."""
    if kind != "telephone number":
        return pattern.search(text) is not None
    numbers = ((hit[0], len(re.sub(r"\D", "", hit[0]))) for hit in pattern.finditer(text))
    return any(digits in ((12, 13) if number.startswith("+") else (10, 11)) for number, digits in numbers)
