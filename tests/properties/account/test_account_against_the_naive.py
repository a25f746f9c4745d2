"""The two commands against a second reckoning in plain fractions: every measure, every gap, every rounding."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from cli_runner import run
from naive import money

LINES = ("1.0.2", "1.2.1", "1.2.3", "1.2.13")
SUM = st.integers(-(10**11), 10**11).map(
    lambda pence: f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02d}"
)
SMALL = st.integers(-300, 300).map(lambda pounds: str(pounds))
SOME = st.one_of(SUM, SUM, SMALL, SMALL)
CELL = st.one_of(SOME, SOME, SOME, SOME, SOME, SOME, SOME, st.just(""))


def year_name(start: int) -> str:
    return f"{start}-{(start + 1) % 100:02d}"


@st.composite
def accounts(draw):
    """Years (now and then with a hole between them), spend by year or by month, and the options."""
    starts = draw(st.lists(st.integers(2019, 2027), min_size=1, max_size=5, unique=True))
    years = [{"year": year_name(start)} | {name: draw(CELL) for name in money.CELLS} for start in starts]
    spend = [row for year in years for row in draw(spend_of(year["year"]))]
    return {
        "years": years,
        "spend": draw(st.permutations(spend)),
        "opening": draw(SOME),
        "plan_opening": draw(st.one_of(st.just(""), SOME)),
        "ends": draw(st.lists(st.integers(2018, 2030).map(lambda year: f"{year}-03-31"), max_size=3)),
        "last_year": draw(st.one_of(st.just(""), st.integers(2019, 2029).map(year_name))),
    }


@st.composite
def spend_of(draw, year: str):
    rows = []
    last = draw(st.sampled_from((12, 12, 12, 11, 8, 1)))
    by_month = draw(st.booleans())
    for line in draw(st.lists(st.sampled_from(LINES), unique=True, max_size=3)):
        periods = draw(st.sets(st.integers(1, last), min_size=1, max_size=4)) | {last} if by_month else {None}
        for period in sorted(periods, key=str):
            month = f"P{period}" if period else ""
            rows.append(
                {"year": year, "line": line, "month": month, "amount_gbp": draw(CELL), "budget_gbp": draw(CELL)}
            )
    return rows


def write(path: Path, rows: list[dict[str, str]], columns: tuple[str, ...]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def table(done) -> list[dict[str, str]]:
    assert done.code == 0, done.err
    return list(csv.DictReader(io.StringIO(done.out)))


@settings(max_examples=200, deadline=None)
@given(accounts())
def test_every_measure_of_the_account_is_that_of_the_second_reckoning(given_):
    with TemporaryDirectory() as name:
        folder = Path(name)
        years = write(folder / "years.csv", given_["years"], ("year", *money.CELLS))
        spend = write(folder / "spend.csv", given_["spend"], ("year", "line", "month", "amount_gbp", "budget_gbp"))
        words = ["account", "--years", years, "--spend", spend, f"--opening={given_['opening']}", "--format", "csv"]
        words += [f"--plan-opening={given_['plan_opening']}"] if given_["plan_opening"] else []
        words += [f"--override-end={end}" for end in given_["ends"]]
        words += ["--last-year", given_["last_year"]] if given_["last_year"] else []
        rows = table(run(*words))
    expected = money.account(**given_)
    assert [(row["financial_year"], row["measure"]) for row in rows] == [one[:2] for one in expected]
    for row, (year, measure, value) in zip(rows, expected, strict=True):
        assert row["value"] == value, (year, measure)
        assert row["state"] == ("computed" if value else "unavailable")
        assert row["source"], "a figure has its source, and a gap its reason"


@settings(max_examples=100, deadline=None)
@given(accounts())
def test_the_parts_of_the_gap_add_to_it_in_every_year(given_):
    found: dict[str, dict[str, str]] = {}
    for year, measure, value in money.account(**given_):
        found.setdefault(year, {})[measure] = value
    for year, row in found.items():
        parts = [
            row.get(f"gap_{name}_gbp", "") for name in ("from_opening", "from_spending", "from_payments", "unexplained")
        ]
        if year and all(parts):
            assert money.plus(*map(money.pounds, parts)) == money.pounds(row["cumulative_gap_gbp"])


VOLUME = st.one_of(st.integers(0, 3000).map(str), st.decimals(0, 500, places=3).map(str), st.just("0"))
PRICE = st.one_of(st.integers(0, 90_000).map(str), st.decimals(-50, 90_000, places=4).map(str))
SIDE = st.dictionaries(st.sampled_from("abcdefg"), st.tuples(VOLUME, PRICE), min_size=1, max_size=6)


@settings(max_examples=200, deadline=None)
@given(SIDE, SIDE)
def test_every_effect_of_the_bridge_is_that_of_the_second_reckoning(plan, actual):
    sides = [[{"line": line, "volume": v, "price": p} for line, (v, p) in side.items()] for side in (plan, actual)]
    with TemporaryDirectory() as name:
        paths = [write(Path(name) / f"{at}.csv", side, ("line", "volume", "price")) for at, side in enumerate(sides)]
        done = run("bridge", *paths, "--format", "csv")
    if not sum(float(row["volume"]) for row in sides[0]):
        assert (done.code, "no average price" in done.err) == (2, True)
        return
    rows = [tuple(row.values()) for row in table(done)]
    assert rows == money.bridge(*sides)
    total = [money.pounds(cell) for cell in rows[-1][1:]]
    assert [money.plus(*(money.pounds(row[at]) for row in rows[:-1])) for at in range(1, 5)] == total
    assert all(money.plus(*map(money.pounds, row[1:4])) == money.pounds(row[4]) for row in rows)
