"""How the reader of claims does on labelled sentences."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from highneeds.claims import JudgedClaim, Reader, Verdict

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Score:
    """checkable  labelled holds or fails
    judged     of these, given a verdict
    right      of the verdicts given to them, the right ones
    accused    labelled holds or cannot_check, judged fails
    wrong      what came out otherwise than labelled, in words
    """

    checkable: int
    judged: int
    right: int
    accused: int
    wrong: tuple[str, ...]

    @property
    def share_judged(self) -> float:
        return self.judged / self.checkable

    @property
    def share_right(self) -> float:
        return self.right / self.judged


def labelled(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def of_pairs(pairs: Iterable[tuple[str, str, str]]) -> Score:
    """Of (expected, given, words)."""
    rows = list(pairs)
    checkable = [row for row in rows if row[0] != Verdict.CANNOT_CHECK]
    judged = [row for row in checkable if row[1] in (Verdict.HOLDS, Verdict.FAILS)]
    return Score(
        len(checkable),
        len(judged),
        sum(expected == given for expected, given, _ in judged),
        sum(expected != Verdict.FAILS and given == Verdict.FAILS for expected, given, _ in rows),
        tuple(f"{expected}, came out {given}: {words}" for expected, given, words in rows if expected != given),
    )


def of_sentence(claims: Iterable[JudgedClaim]) -> Verdict:
    """A sentence fails with any claim that fails, and holds with one that holds and none that fails."""
    verdicts = {claim.verdict for claim in claims}
    return next((one for one in (Verdict.FAILS, Verdict.HOLDS) if one in verdicts), Verdict.CANNOT_CHECK)


@dataclass(frozen=True)
class BlindScore:
    """Of a set of sentences: how many true ones are confirmed and false ones caught, and which verdicts are wrong."""

    confirmed: int
    caught: int
    accused: tuple[str, ...] = ()
    confirmed_wrongly: tuple[str, ...] = ()


FIRST = {
    "claims_blind_1.csv": BlindScore(14, 16, ("The SRP fill rate exceeded 100% in July and August 2024 only.",)),
    "claims_blind_2.csv": BlindScore(14, 15),
    "claims_blind_3.csv": BlindScore(15, 14),
    "claims_blind_4.csv": BlindScore(8, 10),
    "claims_blind_5.csv": BlindScore(11, 11),
    "claims_blind_6.csv": BlindScore(9, 15),
    "claims_blind_7.csv": BlindScore(
        15, 20, ("The number of assessments underway has fallen from 2,047 to 1,158 in twelve months.",)
    ),
    "claims_blind_8.csv": BlindScore(
        16,
        18,
        (
            "No place: 803 in Jan 25, lowest since January 2024's 745.",
            "Special school fill rates have been above 100% in every month but September 2024.",
        ),
    ),
    "claims_blind_9.csv": BlindScore(
        14,
        16,
        ("In August 2024 the share of annual reviews overdue was 25.8%, 4.4 points above April's 21.4%.",),
    ),
    "claims_blind_10.csv": BlindScore(17, 19),
    "claims_blind_11.csv": BlindScore(19, 19),
    "claims_blind_12.csv": BlindScore(16, 16),
}
"""The score of each set when it was read for the first time, before anything was mended after it."""
BLIND = tuple(FIRST)


def council_of(row: dict[str, str]) -> str:
    """The example whose figures the sentence is about; the first sets are all about Kent."""
    return row.get("council") or "kent"


def blind(readers: Mapping[str, Reader], name: str) -> BlindScore:
    given = [
        (row["expected"], of_sentence(readers[council_of(row)].claims_in(row["sentence"])), row["sentence"])
        for row in labelled(name)
    ]
    return BlindScore(
        sum(expected == verdict == Verdict.HOLDS for expected, verdict, _ in given),
        sum(expected == verdict == Verdict.FAILS for expected, verdict, _ in given),
        tuple(words for expected, verdict, words in given if verdict == Verdict.FAILS != expected),
        tuple(words for expected, verdict, words in given if (expected, verdict) == (Verdict.FAILS, Verdict.HOLDS)),
    )


def founding(claims: Iterable[JudgedClaim], files: dict[str, str]) -> Score:
    """Each labelled claim beside the claim read at its line that states the same words, of its own kind first."""
    left = list(claims)
    pairs = []
    for row in labelled("claims_kent.csv"):
        where = f"{files[row['document']]}:{row['line']}"
        fitting = [one for one in left if one.where == where and _same_words(row["stated"], one.stated)]
        fitting.sort(key=lambda one: (one.kind != row["kind"], _bare(one.stated) != _bare(row["stated"])))
        if fitting:
            left.remove(fitting[0])
        given = fitting[0].verdict if fitting else "not read"
        pairs.append((row["expected"], given, f"{where} {row['stated']} ({row['about']})"))
    return of_pairs(pairs)


def _bare(text: str) -> str:
    return "".join(text.lower().replace("–", "-").replace("—", "-").split())


def _same_words(labelled: str, stated: str) -> bool:
    one, other = _bare(labelled), _bare(stated)
    return one in other or (other in one and (len(other) > 2 or other.isdigit()))
