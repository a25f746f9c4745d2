"""The door of the room: every way of typing a text is made one, once, before anything reads it.

Quotes, dashes, thin spaces, thousands, fractions and footnote digits are the same claim in any typography. Lines stay
on their lines, so that places can be named.
"""

import re

from highneeds.claims.language.tables import values

_PLAIN = str.maketrans(values("plain"))
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_THIN_THOUSANDS = re.compile("(?<![\\d.,])(\\d{1,3})((?:[\u00a0\u2000-\u200a\u202f\u205f\u3000']\\d{3})+)(?!\\d)")
_FOOTNOTE_SIGNS = re.compile("[\u00b9\u00b2\u00b3\u2070\u2074-\u2079\u2020\u2021]+|(?<=[\\w%.,)])\\*+(?=[\\s.,;:)]|$)")
_FOOTNOTE_DIGIT = re.compile(r"(?<=[\d%a-z])(?:\(\d{1,2}\)|\[\d{1,2}\]|\^\d{1,2}| \[\d{1,2}\])(?=[\s.,;:)]|$)")
_HALVES = (("\u00bd", ".5", "a half"), ("\u00bc", ".25", "a quarter"), ("\u00be", ".75", "three quarters"))
_POINT = re.compile("(?<=\\d)\u00b7(?=\\d)")


def typed_plainly(text: str) -> str:
    """The text in one typography: straight quotes, one dash, '7,765' for thin-space thousands, no footnotes."""
    text = _THIN_THOUSANDS.sub(lambda hit: hit[1] + re.sub(r"\D", ",", hit[2]), text)
    text = _SPACES.sub(" ", text).translate(_PLAIN)
    text = _FOOTNOTE_DIGIT.sub("", _FOOTNOTE_SIGNS.sub("", text))
    for sign, decimal, words in _HALVES:
        text = re.sub(rf"(?<=\d)\s?{sign}", decimal, text).replace(sign, words)
    return _POINT.sub(".", text)
