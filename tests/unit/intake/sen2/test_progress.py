"""Reading, checking and measuring say how far they are, with counts; the bar never goes back or past its end."""

from datetime import date
from pathlib import Path

import pytest

from highneeds.caseload import Caseloads, from_return
from highneeds.checks.sen2.check import check, rules
from highneeds.indicators.mechanism.given import IndicatorInputs
from highneeds.indicators.mechanism.measure import measure
from highneeds.indicators.mechanism.registry import indicators
from highneeds.intake.sen2.read import read_returns
from highneeds.invented.caseload.forms import write_blade, write_xml
from highneeds.vocabulary.period import Month
from sen2_tables import KEY, tables

PEOPLE = 30
Said = list[tuple[str, int, int]]


def assert_a_bar(said: Said) -> None:
    assert len(said) > 5
    assert all(0 <= done <= whole for _, done, whole in said)
    stages = [[done for _, done, whole in said if whole == end] for end in dict.fromkeys(end for _, _, end in said)]
    assert all(stage == sorted(stage) for stage in stages)


@pytest.mark.parametrize("form", ["csv", "xml"])
def test_every_stage_says_how_far_it_is(tmp_path: Path, form: str) -> None:
    council = tables(PEOPLE)
    if form == "csv":
        write_blade(council, 2025, tmp_path, date(2025, 2, 1))
    else:
        write_xml(council, 2025, tmp_path / "return.xml")
    reading: Said = []
    [return_] = read_returns(tmp_path, key=KEY, progress=lambda *words: reading.append(words))
    assert_a_bar(reading)
    rows = sum(frame.height for name, frame in council.items() if name != "header")
    assert reading[-1][0] == f"Read {rows:,} rows"
    assert (form == "xml") is any(f"{PEOPLE} people so far" in words for words, _, _ in reading)
    checking: Said = []
    check(return_, progress=lambda *words: checking.append(words))
    assert_a_bar(checking)
    assert {whole for _, _, whole in checking} == {len(rules())}
    measuring: Said = []
    measure(
        IndicatorInputs(Caseloads.of([from_return(return_)])),
        [Month(2025, 1)],
        progress=lambda *words: measuring.append(words),
    )
    assert_a_bar(measuring)
    assert len(measuring) == len(indicators())
