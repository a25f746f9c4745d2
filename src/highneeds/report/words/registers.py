"""The annex of the registers."""

TITLE = "Registers"
NONE = "The workspace keeps no register."
REGISTER, MEASURE, PERIOD, VALUE, STATE = "Register", "Measure", "Period", "Value", "What is to be known"
FEW = "fewer than 5"
SMALL = "not shown: too few children"
FIX, QUERY = "to be fixed", "to be looked at"
PRINTED = "as printed"


def caption(title: str, rows: int) -> str:
    """'Fee uplift requests: 12 rows'."""
    return f"{title}: {rows} {'row' if rows == 1 else 'rows'}"


def exceptions(fix: int, look: int) -> str:
    """'2 to be fixed, 5 to be looked at'."""
    parts = [f"{count} {words}" for count, words in ((fix, FIX), (look, QUERY)) if count]
    return ", ".join(parts)
