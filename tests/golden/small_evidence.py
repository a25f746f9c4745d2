"""What each published table says of a council, on the axes of the forecast: python tests/golden/small_evidence.py

Of a London borough, the smallest council, their regions and England, question by question, each by itself.
"""

from collections.abc import Iterator

import numpy as np

from golden.flat import flat
from golden.small_forecast import FOLDER, lines
from highneeds.forecast.learning import evidence
from highneeds.forecast.learning.evidence import Area
from highneeds.intake.published import ENGLAND, Published, open_pack

COUNCILS = ("302", "420")
OF_A_CODE = (
    "caseload_by_age_and_setting", "ends_by_age", "ends_by_setting", "end_reasons", "processes", "requests_by_year",
    "population",
)  # fmt: skip
JANUARY = 2023


def said_of(published: Published, code: str) -> str:
    """Every answer about one council, or about a region or England by its code."""
    return lines(flat(dict(_of_code(published, code))))


def said_of_council(published: Published, number: str) -> str:
    return lines(flat(dict(_of_council(published, evidence.area_of(published, number)))))


def _of_code(published: Published, code: str) -> Iterator[tuple[str, object]]:
    for name in OF_A_CODE:
        yield name, getattr(evidence, name)(published, code)
    seed = evidence._spread(np.arange(1.0, evidence.AGES + 1))
    yield "processes of decided years", evidence.processes(published, code, years=2, decided=True)
    yield "new_plans_by_age", evidence.new_plans_by_age(published, code, seed)
    yield "new_plans_by_age, one year", evidence.new_plans_by_age(published, code, seed, 1)
    yield "total_plans", evidence.total_plans(published, code, JANUARY)


def _of_council(published: Published, area: Area) -> Iterator[tuple[str, object]]:
    yield "area", area
    yield "last_january", evidence.last_january(published, area)
    yield "requests_growth", evidence.requests_growth(published, area)
    for january in (JANUARY, evidence.last_january(published, area)):
        yield f"opening_plans {january}", evidence.opening_plans(published, area, january)
    needs = evidence.need_shares(published, area)
    yield "need_shares", needs
    if needs is not None:
        yield (
            "new_plan_needs",
            evidence.new_plan_needs(published, area, needs[1], np.arange(evidence.AGES) + 1.0),
        )
    sums = [evidence.processes(published, code) for code in (area.code, area.region, ENGLAND)]
    parts = [name for name in sums[-1] if not name.startswith("years:")]
    yield "pooled", {name: evidence.pooled(sums, name, "requests_received_in_year") for name in parts}


def every() -> dict[str, str]:
    """By the name of its file."""
    published = open_pack()
    regions = [evidence.area_of(published, one).region for one in COUNCILS]
    codes = dict.fromkeys((*COUNCILS, *regions, ENGLAND))
    told = {f"evidence-{code}": said_of(published, code) for code in codes}
    return told | {f"evidence-of-{number}": said_of_council(published, number) for number in COUNCILS}


if __name__ == "__main__":
    for name, text in every().items():
        (FOLDER / f"{name}.txt").write_text(text, encoding="utf-8")
