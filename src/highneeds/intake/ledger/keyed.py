"""A ledger export with child, supplier and document under the linkage key: equal ones stay equal, none can be read.

What a ledger writes there may be a name, a UPN or a number by which a child or a carer who is paid can be found. The
three are hashed apart from one another and from every other key, so that none can be held against another's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from highneeds.intake.ledger.export import LedgerExport
from highneeds.intake.privacy import keyed

if TYPE_CHECKING:
    import polars as pl

PURPOSES = {"child": "ledger child", "supplier": "ledger supplier", "reference": "ledger document"}
"""Column of the postings -> what keeps its hashes apart."""
HASHED = r"^[0-9a-f]{32}$"


def under_key(export: LedgerExport, key: bytes) -> LedgerExport:
    """The export with each text of those columns as 32 hex digits; an empty cell stays empty."""
    hashed = [keyed(key, export.postings[name], purpose)[0].alias(name) for name, purpose in PURPOSES.items()]
    return replace(export, postings=export.postings.with_columns(hashed))


def is_keyed(postings: "pl.DataFrame") -> bool:
    """Whether every text of those columns is such a hash, or there is none."""
    written = (postings[name].drop_nulls() for name in PURPOSES)
    return all(bool(texts.str.contains(HASHED).all()) for texts in written)


def references(export: LedgerExport, key: bytes) -> Iterator[tuple[str | None, str, str]]:
    """Keyed reference, which column, the text as written: for a private file away from the data."""
    for name, purpose in PURPOSES.items():
        texts = export.postings[name].drop_nulls().unique(maintain_order=True)
        for hashed, text in zip(keyed(key, texts, purpose)[0].to_list(), texts.to_list(), strict=True):
            yield hashed, purpose, text


def with_known_children(postings: "pl.DataFrame", children: Iterable[str], key: bytes | None) -> "pl.DataFrame":
    """Accepted postings with the children that are known under their local reference again.

    children   local references of the caseload and of the commitment book
    key        None where it is not at hand: no child is known then

    A child that is not known stays a hash, or gives way to the commitment's child where the posting names one.
    """
    import polars as pl

    known = pl.Series("child", sorted(set(children)), dtype=pl.String)
    hashed = keyed(key, known, PURPOSES["child"])[0] if key is not None else known.clear()
    child = pl.col("child")
    found = child.replace_strict(hashed, known.head(len(hashed)), default=None, return_dtype=pl.String)
    stays = pl.when(pl.col("commitment").is_null()).then(child)
    return postings.with_columns(pl.coalesce(found, stays).alias("child"))


def named_alone(postings: "pl.DataFrame") -> int:
    """How many postings name a child and no commitment."""
    return postings.filter(postings["child"].is_not_null() & postings["commitment"].is_null()).height
