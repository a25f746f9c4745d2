"""How long a caseload takes: reading, checking and measuring apart, and pandas doing the same ten indicators.

Run: python benchmarks/caseload.py            21,000 and 640,000 plans (Kent and England in number)
     python benchmarks/caseload.py 21000      one size
     python benchmarks/caseload.py 21000 xml  as one XML return in place of nine CSV files

The council is invented (highneeds synthesise), with two years of events. Every stage runs in one fresh process per
size, so that the greatest memory is that size's own; pandas runs in a process of its own.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

AS_AT = date(2025, 1, 16)
KENT = 19_400  # plans of the invented council at scale 1
BOUNDS = {21_000: (5, None), 640_000: (60, 2.0)}  # seconds for the three stages together, gigabytes
MONTHS = ("2024-01", "2025-01")
TEN = (
    "all_plans",
    "specialist_share_yr_r_6",
    "specialist_share_yr_7_11",
    "mainstream_share_school_age",
    "ehcp_count_ey_ks1",
    "no_place_count",
    "assess_agreed_pct",
    "issue_agreed_pct",
    "assessments_underway",
    "mainstream_to_special_total",
)


def timed(words: str, work: Callable[[], Any]) -> tuple[Any, float]:
    began, worked = time.perf_counter(), time.process_time()
    result = work()
    took = time.perf_counter() - began
    print(f"  {words:<58}{took:8.2f} s, {time.process_time() - worked:8.2f} s of processor", flush=True)
    return result, took


def gigabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576


def make(plans: int, folder: Path, form: str) -> None:
    """An invented council of so many plans, written as nine Blade CSV files or one XML return."""
    scale = str(plans / KENT)
    words = ["synthesise", "--council", "886", "--as-at", str(AS_AT), "--out", str(folder), "--scale", scale]
    words += ["--form", form]
    subprocess.run([sys.executable, "-m", "highneeds", *words], check=True, stdout=subprocess.DEVNULL)


def ours(folder: Path) -> None:
    """Read, check and measure; then the ten indicators alone, as pandas does them."""
    from highneeds.caseload import Caseloads, from_return
    from highneeds.checks.sen2.check import check, rules
    from highneeds.indicators.mechanism.given import IndicatorInputs
    from highneeds.indicators.mechanism.measure import measure
    from highneeds.indicators.mechanism.registry import indicator_named, indicators
    from highneeds.intake.establishments import read_establishments
    from highneeds.intake.sen2.read import read_sen2
    from highneeds.vocabulary.period import Month

    months = Month.parse(MONTHS[0]).through(Month.parse(MONTHS[1]))
    listed = read_establishments(folder / "establishments.csv")
    files = sorted([*folder.glob("Blade*.csv"), *folder.glob("*.xml")])
    return_, reading = timed("reading", lambda: read_sen2(files, key=b"b" * 32, establishments=listed))
    rows = sum(return_.module(name).height for name in ("persons", "requests", "named_plans", "placements"))
    found, checking = timed(f"checking {len(rules())} rules", lambda: check(return_, listed))
    caseload, picturing = timed("the caseload", lambda: from_return(return_))
    given = IndicatorInputs(Caseloads.of([caseload]))
    words = f"measuring {len(indicators())} indicators, {len(months)} months"
    measured, measuring = timed(words, lambda: measure(given, months))
    fresh = IndicatorInputs(Caseloads.of([from_return(return_)]))
    ten = [one for name in TEN if (one := indicator_named(name))]
    timed("of these the ten indicators alone", lambda: measure(fresh, months, ten))
    plans = len(caseload.at(return_.reference_date))
    together = reading + checking + picturing + measuring
    print(f"  {'reading, checking, measuring together':<58}{together:8.2f} s, {gigabytes():.2f} GB at most")
    problems = sum(len(one.findings) for one in found.results)
    print(f"  {plans:,} plans in force; {rows:,} rows of four modules; {problems:,} findings")
    kept = [one for one in measured if one.indicator.id in TEN]
    keep = {f"{one.indicator.id},{one.period}": str(one.value) for one in kept}
    (folder / "ten.txt").write_text("\n".join(f"{name}={keep[name]}" for name in sorted(keep)))


def pandas_way(folder: Path) -> None:
    """The same ten indicators as an analyst would write them in pandas, from the same files."""
    import pandas as pd

    from highneeds.intake.establishments import read_establishments

    def read() -> dict[str, Any]:
        frames = {}
        for path in folder.glob("Blade*.csv"):
            frame = pd.read_csv(path, dtype=str, keep_default_na=False)
            for column in frame.columns.intersection(DAYS):
                frame[column] = pd.to_datetime(frame[column].str[:11], format="%Y-%b-%d", errors="coerce")
            frames[path.stem.split("_")[-1]] = frame
        frames["establishments"] = listed
        return frames

    ours = read_establishments(folder / "establishments.csv").frame  # the table of types alone is ours
    listed = pd.DataFrame(ours.select("urn", "setting_class").to_dict(as_series=False))
    frames, _ = timed("pandas: reading", read)
    answers, _ = timed("pandas: the ten indicators", lambda: ten_in_pandas(frames))
    progress = dict(line.split("=") for line in (folder / "ten.txt").read_text().splitlines())
    differing = [name for name, value in answers.items() if progress[name] != value]
    print(f"  pandas used {gigabytes():.2f} GB at most; figures that differ from ours: {differing or 'none'}")


DAYS = ["personbirthdate", "receiveddate", "requestoutcomedate", "assessmentoutcomedate", "startdate", "ceasedate"]
DAYS += ["entrydate", "leavingdate"]
SPECIALIST = ["SpMdA", "SpNm", "SpIn", "MsIn"]
MAINSTREAM = ["MsMdA", "RP", "SENU"]


def ten_in_pandas(frames: dict[str, Any]) -> dict[str, str]:
    import pandas as pd

    person, requests, assessment = frames["person"], frames["requests"], frames["assessment"]
    owner = requests.set_index("requeststableid")["persontableid"]
    plan = frames["namedplan"].merge(assessment[["assessmenttableid", "requeststableid"]], on="assessmenttableid")
    plan["person"] = plan["requeststableid"].map(owner)
    active = frames["activeplans"].set_index("activeplanstableid")["requeststableid"]
    place = frames["placementdetail"]
    place["person"] = place["activeplanstableid"].map(active).map(owner)
    by_urn = frames["establishments"].set_index("urn")["setting_class"]
    setting = place["urn"].map(by_urn)
    for mark, name in (("resourcedprovisionindicator", "RP"), ("senunitindicator", "SENU")):
        setting = setting.mask((setting == "MsMdA") & place[mark].str.lower().isin(["1", "true"]), name)
    place["setting"] = setting.where(place["urn"] != "", place["sensetting"]).fillna("unclassed")
    place["rank"] = pd.to_numeric(place["placementrank"])
    birth = person.set_index("persontableid")["personbirthdate"]
    cohort = birth.dt.year - (birth.dt.month < 9)
    requests = requests.merge(
        assessment[["requeststableid", "assessmentoutcome", "assessmentoutcomedate"]], on="requeststableid", how="left"
    )
    answers: dict[str, str] = {}
    before = None
    for start in pd.date_range("2023-12-01", "2025-01-01", freq="MS"):
        end, month = start + pd.offsets.MonthEnd(0), f"{start:%Y-%m}"
        held = plan[(plan.startdate <= end) & (plan.ceasedate.isna() | (plan.ceasedate >= end))]["person"].unique()
        rows = place[(place.entrydate <= end) & (place.leavingdate.isna() | (place.leavingdate >= end))]
        first = rows.sort_values("rank", kind="stable").drop_duplicates("person").set_index("person")["setting"]
        now = pd.DataFrame({"setting": first.reindex(held).fillna("UKN"), "year": cohort.reindex(held)})
        now["year"] = (end.year if end.month >= 9 else end.year - 1) - now["year"] - 5
        if before is not None:
            answers |= {f"{name},{month}": value for name, value in _month(now, before, requests, start, end).items()}
        before = now
    return answers


def _month(now: Any, before: Any, requests: Any, start: Any, end: Any) -> dict[str, str]:
    def share(first: int, last: int, settings: list[str]) -> str:
        of = now[now.year.between(first, last)]
        return percent(int(of.setting.isin(settings).sum()), len(of))

    asked = requests.drop_duplicates("requeststableid")
    asked = asked[asked.requestoutcomedate.between(start, end)].requestoutcome.value_counts()
    issued = requests[requests.assessmentoutcomedate.between(start, end)].assessmentoutcome.value_counts()
    ended = requests.requestoutcome.isin(["N", "W"]) & (requests.requestoutcomedate <= end)
    ended |= requests.assessmentoutcome.isin(["Y", "N", "W"]) & (requests.assessmentoutcomedate <= end)
    ended |= requests.assessmentoutcome == "H"
    ended |= (requests.requestoutcome == "H") & requests.assessmentoutcome.isna()
    underway = requests[(requests.receiveddate <= end) & ~ended]["requeststableid"].nunique()
    moved = now.join(before.rename(columns=lambda name: f"{name}_before"), how="inner")
    crossed = moved.setting_before.isin(MAINSTREAM) & moved.setting.isin(SPECIALIST)
    return {
        "all_plans": str(len(now)),
        "specialist_share_yr_r_6": share(0, 6, SPECIALIST),
        "specialist_share_yr_7_11": share(7, 11, SPECIALIST),
        "mainstream_share_school_age": share(0, 13, MAINSTREAM),
        "ehcp_count_ey_ks1": str(int(now.year.between(-4, 2).sum())),
        "no_place_count": str(int(now.setting.isin(["UKN", "NIEO", "OTH"]).sum())),
        "assess_agreed_pct": percent(int(asked.get("Y", 0)), int(asked.get("Y", 0) + asked.get("N", 0))),
        "issue_agreed_pct": percent(int(issued.get("Y", 0)), int(issued.get("Y", 0) + issued.get("N", 0))),
        "assessments_underway": str(underway),
        "mainstream_to_special_total": str(int(crossed.sum())),
    }


def percent(part: int, whole: int) -> str:
    if not whole:
        return "None"
    tenths = (2_000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"


def main(sizes: list[int], form: str) -> None:
    for plans in sizes:
        with tempfile.TemporaryDirectory() as name:
            measure_size(plans, Path(name), form)


def measure_size(plans: int, folder: Path, form: str) -> None:
    print(f"{plans:,} plans as {form}", flush=True)
    timed("inventing the council (not part of the bound)", lambda: make(plans, folder, form))
    for way in ("ours", "pandas") if form == "csv" else ("ours",):
        subprocess.run([sys.executable, __file__, way, str(folder)], check=True)
    if plans in BOUNDS:
        seconds, memory = BOUNDS[plans]
        print(f"  the bound: {seconds} s" + (f" and {memory} GB" if memory else ""), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["ours"]:
        ours(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["pandas"]:
        pandas_way(Path(sys.argv[2]))
    else:
        asked = [word for word in sys.argv[1:] if word != "xml"]
        main([int(size) for size in asked] or [21_000, 640_000], "xml" if "xml" in sys.argv else "csv")
