"""programme/also_called.csv: other words by which the narrative names a recorded figure."""

from highneeds.intake.csvfile import read_csv
from highneeds.intake.values import text
from highneeds.intake.workspace.facts import FACT_FILES, once
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError

FILE = "programme/also_called.csv"


def read_wording(folder: Place, fact_ids: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Fact -> the phrases that name it, as an officer would write them. No file, no further words."""
    path = folder / FILE
    if not path.exists():
        return {}
    rows = read_csv(path, ("figure", "words"), name=FILE)
    once(((row["figure"], row.where) for row in rows), "figure")
    for row in rows:
        if row["figure"] not in fact_ids:
            raise InputError(
                f"'{row['figure']}' is no fact of this workspace",
                where=row.place("figure"),
                remedy="Name the id of a row of facts.csv",
                lacks=(row["figure"],),
                lacks_in=FACT_FILES,
            )
    return {
        row["figure"]: tuple(part.strip() for part in text(row, "words").split("|") if part.strip()) for row in rows
    }
