"""Scenarios: ordered lists of levers in files a person can read, applied, checked for overlap and run.

title: Keep more children local
levers:
  - lever: phase_transfer_placement
    settings: [special_independent]
    to: special_state
    low: 0.1
    central: 0.2
    high: 0.3
    starts: 2026-09
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import PurePosixPath
from typing import Any

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers import Lever, kind_named
from highneeds.forecast.seeds import Purpose, generator
from highneeds.forecast.simulate import MOST_PROVISIONS, RunOptions, SimulationRun, same_plans, simulate_points
from highneeds.forecast.state import SETTINGS
from highneeds.intake.text import decode
from highneeds.intake.yamlfile import Located, parse_yaml
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.printable import printable, printable_values
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.table import Table

SCENARIO_KINDS = (".yaml", ".yml", ".toml")

POINTS = 8
"""Strengths at which an uncertain scenario is run: every draw belongs to one of them."""


@dataclass(frozen=True)
class Scenario:
    """A name, a title and levers in the order in which they are applied.

    delay_of   the scenario with the same schools as planned, of which this one is the delay; '' for none
    """

    name: str
    levers: tuple[Lever, ...]
    title: str = ""
    delay_of: str = ""


def delays_among(scenarios: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """Those that are a delay of another, with that other. InputError where none is."""
    planned = {one.delay_of for one in scenarios if one.delay_of}
    if not planned:
        raise InputError(
            "No scenario says which other it is the delay of",
            remedy="Add delay_of: NAME to the one with later openings",
        )
    return tuple(one for one in scenarios if one.delay_of or one.name in planned)


def scenario_files(workspace: Place) -> tuple[Place, ...]:
    """The scenario files of a workspace, in the order of their names."""
    folder = workspace / "scenarios"
    return tuple(sorted(one for one in folder.iterdir() if one.suffix in SCENARIO_KINDS)) if folder.is_dir() else ()


def read_scenario(path: Place) -> Scenario:
    """A scenario file, YAML or TOML. What cannot be used is refused with file, lever and remedy."""
    if not path.is_file():
        raise InputError("There is no such scenario file", where=str(path), remedy="Give a file that exists")
    return parse_scenario(path.read_bytes(), str(path))


def parse_scenario(data: bytes, where: str) -> Scenario:
    """A scenario by the bytes of its file; it is called by the file's name without its ending."""
    name, text = PurePosixPath(where), printable(decode(data, where))
    said = _from_toml(text, where) if name.suffix == ".toml" else parse_yaml(text, where)
    return scenario_of(name.stem, said, where)


def _from_toml(text: str, where: str) -> Any:
    try:
        return printable_values(tomllib.loads(text))
    except tomllib.TOMLDecodeError as problem:
        what = f"The scenario cannot be read: {problem}"
        raise InputError(what, where=where, remedy="Correct the file") from None


def scenario_of(name: str, said: Any, where: str = "") -> Scenario:
    """A scenario from its parts."""
    levers = said.get("levers") if isinstance(said, dict) else None
    if not isinstance(levers, list):
        raise InputError(
            "A scenario needs a list called levers",
            where=_place(said, where, "levers"),
            remedy="See docs/how-to/try-a-what-if.md",
            lacks=("levers",),
        )
    listed = _place(said, where, "levers")
    made = tuple(
        _lever(one, replace(listed, place=f"{listed}, lever {number}")) for number, one in enumerate(levers, start=1)
    )
    _check_schools(made, where)
    wrong = sorted(set(said) - {"title", "levers", "delay_of"})
    if wrong:
        raise InputError(
            f"A scenario has no field {wrong[0]}",
            where=_place(said, where, wrong[0]),
            remedy="Its fields are title, levers and delay_of",
        )
    return Scenario(name, made, str(said.get("title", "")), str(said.get("delay_of", "")))


def _place(said: Any, where: str | Source, key: str = "") -> Source:
    """The line of an entry, or of a key of it, where it was read from a file."""
    if isinstance(said, Located):
        return said.where(key)
    return where if isinstance(where, Source) else Source(where)


def _lever(said: Any, where: Source) -> Lever:
    if not isinstance(said, dict) or "lever" not in said:
        remedy = "Add a line such as lever: request_rate"
        raise InputError("Each lever needs a name", where=_place(said, where), remedy=remedy, lacks=("lever",))
    values = {key: _plain(value) for key, value in said.items() if key != "lever"}
    if isinstance(said, Located):
        return kind_named(str(said["lever"]), said.where("lever")).make(values, said.where(), said.where)
    return kind_named(str(said["lever"]), where).make(values, where)


def _check_schools(levers: tuple[Lever, ...], where: str) -> None:
    """No more schools of their own than a forecast can carry beside the settings."""
    schools = {school for lever in levers if (school := getattr(lever, "school", ""))}
    if len(schools) > (most := MOST_PROVISIONS - len(SETTINGS)):
        raise InputError(
            f"The scenario names {len(schools)} schools, and a forecast carries at most {most}",
            where=where,
            remedy="Put the smaller ones together, or split the scenario",
        )


def _plain(value: Any) -> Any:
    """A date of a TOML file as the month that it stands for."""
    return value.strftime("%Y-%m") if hasattr(value, "strftime") else value


def apply_all(assumptions: Assumptions, levers: tuple[Lever, ...]) -> Assumptions:
    """The levers one after the other, each at its central strength."""
    for lever in levers:
        assumptions = lever.apply(assumptions)
    return assumptions


def points_of(assumptions: Assumptions, scenario: Scenario, seed: int) -> tuple[Assumptions, ...]:
    """The assumptions at several strengths: a Latin hypercube over the levers' ranges; one when none is unsure."""
    unsure = [index for index, lever in enumerate(scenario.levers) if lever.uncertain]
    if not unsure:
        return (apply_all(assumptions, scenario.levers),)
    rng = generator(seed, Purpose.SCENARIO)
    # the register gives each lever's own middle and range, not one strength that was drawn from it
    rows = (*assumptions.rows, *(lever.row() for lever in scenario.levers))
    ranks = {index: rng.permutation(POINTS) for index in unsure}
    points = []
    for point in range(POINTS):
        levers = tuple(
            lever.at((ranks[index][point] + 0.5) / POINTS) if index in ranks else lever
            for index, lever in enumerate(scenario.levers)
        )
        points.append(replace(apply_all(assumptions, levers), rows=rows))
    return tuple(points)


UNCONFIDENT = "lever.unconfident"
"""The caution that a lever lacks an assessment, a consultation or a decision."""


def run_scenario(
    assumptions: Assumptions,
    scenario: Scenario,
    draws: int,
    seed: int,
    options: RunOptions | None = None,
    baseline: SimulationRun | None = None,
) -> SimulationRun:
    """Run a scenario on the baseline's random numbers: without levers it is the baseline, draw for draw.

    baseline   a run of `assumptions` with these draws and this seed: a scenario that changes money alone takes its
               plans from it
    """
    points = points_of(assumptions, scenario, seed)
    if baseline is not None and all(same_plans(baseline.assumptions, point) for point in points):
        return replace(baseline, assumptions=points[0], points=points if len(points) > 1 else ())
    return simulate_points(points, draws, seed, options)


def overlaps(scenario: Scenario) -> tuple[Note, ...]:
    """Every pair of levers which change the same flow."""
    found = []
    for (i, one), (j, other) in combinations(enumerate(scenario.levers, start=1), 2):
        shared = sorted(one.touches() & other.touches())
        if shared:
            found.append(
                Note.of(
                    "lever.overlap",
                    scenario=scenario.name, number=i, title=one.kind.title, other=j, other_title=other.kind.title,
                    flows=", ".join(shared),
                )
            )  # fmt: skip
    return tuple(found)


def cautions(scenario: Scenario) -> tuple[Note, ...]:
    """What a reader must know before believing a scenario."""
    found = list(overlaps(scenario))
    for number, lever in enumerate(scenario.levers, start=1):
        of, title = scenario.name, lever.kind.title
        if lever.kind.caps_demand:
            found.append(Note.of("lever.caps_demand", scenario=of, number=number, title=title, duty=lever.kind.duty))
        if not lever.confident:
            found.append(
                Note.of("lever.unconfident", scenario=of, number=number, title=title, lacks=", ".join(lever.lacks))
            )
    return tuple(found)


def comparison(results: Mapping[str, Mapping[str, float | str | None]]) -> Table:
    """Scenarios side by side: a row each, with money, places and odds."""
    columns = list(dict.fromkeys(name for row in results.values() for name in row))
    rows = [[scenario, *(row.get(name) for name in columns)] for scenario, row in results.items()]
    return Table.of(("scenario", *columns), rows, "Scenarios compared")
