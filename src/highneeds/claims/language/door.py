"""The door of the room: every way of typing a text is made one, once, before anything reads it.

Quotes, dashes, thin spaces, thousands, fractions and footnote digits are the same claim in any typography. Lines stay
on their lines, so that places can be named.
"""

import re

_PLAIN = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
        "\u00ad": None, "\u200b": None, "\u200d": None, "\ufeff": None, "\u2060": None,
        "\u2026": "...", "\ufb01": "fi", "\ufb02": "fl", "\ufb00": "ff", "\uff05": "%", "\u00d7": "x",
    }
)  # fmt: skip
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
