"""Ledger money: whole pence, exact. Pounds are for people to read."""

import re
from decimal import Decimal

from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source


def pence(text: str, where: str | Source = "") -> int:
    """'£1,234.50', '-12', '(45.00)' -> whole pence. Anything else is refused: money is never guessed."""
    bare = text.strip().replace("£", "").replace("−", "-").replace(" ", "")
    bracketed = re.fullmatch(r"\((.+)\)", bare)
    bare = f"-{bracketed[1]}" if bracketed else bare
    if not re.fullmatch(r"-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]{1,2})?", bare):
        raise InputError(f"'{text}' is not an amount of money", where=where, remedy="Write pounds and pence as 1234.50")
    bare = bare.replace(",", "")
    if len(bare.lstrip("-0").split(".")[0]) > 12:
        raise InputError("An amount of £1,000,000,000,000 or more is a slip", where=where, remedy="Correct the amount")
    return int(Decimal(bare) * 100)


def pounds_text(amount: int) -> str:
    """Pence as pounds with two decimals for files: 123450 -> '1234.50'."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"
