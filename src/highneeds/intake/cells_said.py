"""What may be said of a cell that is not what it should be: a wrong mapping brings names, UPNs and postcodes there."""

import re

from highneeds.intake.file_names import file_name_to_keep

MOST_DIGITS, LONGEST, LONGEST_CODE = 6, 12, 9
_PLAIN = re.compile(r"[\d£$€.,()%+\-/ ]+|[A-Za-z]|[Pp]\d{1,2}")
_DAY = re.compile(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}")
_CODE = re.compile(r"[A-Z]{0,3}[-_./]?\d{1,9}[A-Z]?", re.IGNORECASE)
_OUTWARD = re.compile(r"[A-Z]{1,2}\d[0-9A-Z]?", re.IGNORECASE)
_WORDS = frozenset(("cr", "dr", "n/a", "na", "nil", "none", "null", "soon", "tbc", "tba", "total", "unknown", "x"))
"""What people write where no number is known yet."""


def cell_to_say(text: str | None) -> str:
    """A cell in quotes where it is a short number, a letter or a word for none; else its form."""
    plain = (text or "").strip()
    few = sum(sign.isdigit() for sign in plain) <= MOST_DIGITS and len(plain) <= LONGEST
    plainly = few and _PLAIN.fullmatch(plain) and not _DAY.fullmatch(plain)
    return (
        f"'{plain}'"
        if plainly or plain.lower() in _WORDS or _is_a_period(plain)
        else f"a value of the form {form(plain)}"
    )


def code_to_say(text: str | None, outward_too: bool = False) -> str:
    """A code of a ledger or a commitment's number in quotes, where it cannot be a name, UPN or half a postcode.

    outward_too   also what has the form of half a postcode: c1 is the council's own number of a commitment
    """
    plain = (text or "").strip()
    is_code = len(plain) <= LONGEST_CODE and _CODE.fullmatch(plain) and (outward_too or not _OUTWARD.fullmatch(plain))
    return f"'{plain}'" if is_code else cell_to_say(plain).removeprefix("a value ")


def words_to_say(text: str, otherwise: str) -> str:
    """Words in quotes that tell of a file, a collection or a column; `otherwise` where one may be a name."""
    return f"'{text}'" if file_name_to_keep(text) == text else otherwise


def form(text: str) -> str:
    """What a cell looks like without saying what stands in it: digits as 9, letters as a, at most 24 signs."""
    shape = re.sub(r"\d", "9", re.sub(r"[^\W\d_]", "a", text.strip()))
    shape = re.sub(r"[^9a/:. ,+_-]", "?", shape)
    return shape if len(shape) <= 24 else shape[:21] + "..."


def _is_a_period(text: str) -> bool:
    """'2024-26', 'Month 13': years and periods that are none."""
    return bool(re.fullmatch(r"(20\d\d[-/](\d\d|20\d\d))|((Month|Period) ?\d{1,2})", text, re.IGNORECASE))
