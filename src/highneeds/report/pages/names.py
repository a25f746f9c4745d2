"""Names that files use, as a reader sees them."""

import re

from highneeds.vocabulary.column_name import ColumnName

IN_FILES = re.compile(r"\b[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+\b")


def plain_names(text: str) -> str:
    """'dfe_payment_received_gbp is empty at line 2' -> 'DfE payment received is empty at line 2'."""
    return IN_FILES.sub(lambda found: _plain(found[0]), text)


def _plain(name: str) -> str:
    words = ColumnName(name.replace("_percent", "_per_cent")).plain.replace("gbp per ", "pounds per ")
    return re.sub(r"\bdfe\b", "DfE", words)
