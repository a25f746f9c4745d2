"""What a spreadsheet shows for a number under one of our formats."""

import re
from decimal import ROUND_HALF_UP, Decimal


def shown(value: Decimal | int | float, code: str) -> str:
    """Excel's rule: positive;negative;nought. Only what our formats use is understood; anything else is an error."""
    exact = Decimal(str(value))
    part = code.split(";")[2 if exact == 0 else 1 if exact < 0 else 0]
    pieces = re.findall(r'"([^"]*)"|([#0,.]+%?)', part)
    assert "".join(digits or f'"{words}"' for words, digits in pieces) == part, part
    return "".join(
        _digits(abs(exact), digits) + "%" * digits.endswith("%") if digits else words for words, digits in pieces
    )


def _digits(value: Decimal, digits: str) -> str:
    value, digits = (value * 100, digits.removesuffix("%")) if digits.endswith("%") else (value, digits)
    bare = digits.rstrip(",")
    scaled = value / Decimal(1000) ** (len(digits) - len(bare))
    decimals = len(bare.partition(".")[2])
    rounded = scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{rounded:,.{decimals}f}" if bare.startswith("#,##0") else f"{rounded:.{decimals}f}"
