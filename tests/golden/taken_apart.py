"""How the reader takes each sentence of claims_said/worked.txt apart, in claims_said/taken_apart.txt.

Write it: python tests/golden/taken_apart.py, and read the difference. Under each sentence stands a line for each clause
of each way of reading it: what the kinds of claim read, each role with its items; what the clause is about; its own
times; and what is left over, so that nothing is said. A figure stands with its unit, its hedge and one unit of its last
digit; a time with the months that it can mean.
"""

from collections.abc import Iterator
from pathlib import Path

from golden.worked_evidence import WIDER
from highneeds.claims import Reader
from highneeds.claims.clause import Clause, clauses_of
from highneeds.claims.language.items import Item, items_of
from highneeds.claims.language.number import Number
from highneeds.claims.language.when import resolve

FILE = Path(__file__).parent / "claims_said" / "taken_apart.txt"
WORKED = FILE.with_name("worked.txt")


def taken_apart(sentences: str) -> str:
    """The sentences of the worked file (the lines that are not set in), each with its clauses."""
    said = [line for line in sentences.splitlines() if line.strip() and not line.startswith((" ", "#"))]
    reader = Reader(WIDER)
    return "".join("".join((f"{one}\n", *(f"    {line}\n" for line in _ways(reader, one)))) for one in said)


def _ways(reader: Reader, sentence: str) -> Iterator[str]:
    for way, items in enumerate(items_of(sentence, reader.names.words), start=1):
        for clause in clauses_of(items, reader.names.own):
            yield f"{way} {' | '.join(_parts(clause))}"


def _parts(clause: Clause) -> Iterator[str]:
    yield from (f"{one.role}: {', '.join(map(_item, one.items))}" for one in clause.facets)
    if clause.ideas:
        yield f"about {' '.join(sorted(clause.ideas))}"
    if clause.times:
        yield f"times: {', '.join(map(_item, clause.times))}"
    if clause.joint:
        yield f"beside the clause before by '{clause.joint.text}'"
    if clause.left:
        yield f"left: {', '.join(item.text for item in clause.left)}"


def _item(item: Item) -> str:
    if item.number:
        return f"{item.tag} {_number(item.number)}"
    if item.when is None:
        return f"{item.tag} {item.text}"
    known = WIDER.first, WIDER.latest, (WIDER.latest,)
    months = [str(one.first) if one.is_month else f"{one.first} to {one.last}" for one in resolve(item.when, *known)]
    return " ".join(filter(None, (item.tag, item.lead, " or ".join(months) or "no month")))


def _number(one: Number) -> str:
    high = f" to {one.high}" if one.high is not None else ""
    hedge = f"{one.hedge.value} " if one.hedge.value != "exact" else ""
    also = "".join(f" also {_number(other)}" for other in one.also)
    other = " of another" if one.of_other else ""
    return f"{hedge}{one.value}{high} {one.counts.value} by {one.step}/{one.loose}{other}{also}"


def write() -> None:
    FILE.write_text(taken_apart(WORKED.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
