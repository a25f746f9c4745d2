"""What the registers of a workspace ask of the documents beside them: conditions, indicators, scenarios, statistics."""

from collections.abc import Iterator, Mapping
from typing import Any

from highneeds.intake.csvfile import read_csv
from highneeds.intake.published import Published
from highneeds.intake.yamlfile import read_yaml
from highneeds.registers.register import Entries
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month

APPEALS = "send_tribunal_appeals"
NEW_METHOD, OLD_METHOD = "appealable_decisions_new_method", "appealable_decisions"
"""The Ministry of Justice counts appealable decisions by a new method since 2022 and prints both for some years."""


def surroundings(
    folder: Place, entries: Mapping[str, Entries], la_number: str, statistics: Published
) -> dict[str, Any]:
    """The parts of `Situation.council` that a register which is kept may ask for; a part without its document is not
    there, so that what rests on it could not be checked."""
    found: dict[str, Any] = {}
    if (folder / "agreement.yaml").is_file():
        conditions = read_yaml(folder / "agreement.yaml").get("conditions") or ()
        numbers = {one.get("number") for one in conditions if isinstance(one, Mapping)}
        found["conditions"] = frozenset(numbers - {None})
    if not found.get("conditions"):
        found.pop("conditions", None)
    if "indicator_targets" in entries and (folder / "indicators.csv").is_file():
        found["directions"] = _directions(folder / "indicators.csv")
    if "openings" in entries and (months := _openings_in_scenarios(folder, entries["openings"])):
        found["scenario_openings"] = months
    if "appeals" in entries:
        found["appealable_decisions"] = _appealable(la_number, statistics)
    return found


def _directions(path: Place) -> dict[str, str]:
    return {
        row["id"]: row["good_direction"] or "none" for row in read_csv(path, ("id", "good_direction"), name=path.name)
    }


def _appealable(la_number: str, statistics: Published) -> dict[int, int]:
    """Appealable decisions of the council by calendar year, by the method that counts now where it is given."""
    if APPEALS not in statistics.files:
        return {}
    table = statistics.table(APPEALS)
    own = table.filter((table["la_number"] == la_number) & (table["geo_level"] == "LA"))
    found = {}
    for row in own.iter_rows(named=True):
        number = row.get(NEW_METHOD) or row.get(OLD_METHOD)
        if number:
            found[int(row["cal_year"])] = int(number)
    return found


def _openings_in_scenarios(folder: Place, openings: Entries) -> dict[str, Month]:
    """By opening the latest month in which a scenario of the workspace opens it.

    A scenario that another one is the delay of tells how it was planned, and is not the present view. A school of a
    scenario is an opening by its short name or its title.
    """
    scenarios = folder / "scenarios"
    texts = sorted(scenarios.rglob("*.yaml")) if scenarios.is_dir() else []
    held = {one.stem: read_yaml(one) for one in texts}
    planned = {str(one.get("delay_of")) for one in held.values() if one.get("delay_of")}
    found: dict[str, Month] = {}
    for name, scenario in held.items():
        for school, month in _schools(scenario) if name not in planned else ():
            for row in openings.rows:
                if school.casefold() in (str(row["opening"]).casefold(), str(row["title"]).casefold()):
                    found[row["opening"]] = max(month, found.get(row["opening"], month))
    return found


def _schools(scenario: Mapping[str, Any]) -> Iterator[tuple[str, Month]]:
    for lever in scenario.get("levers") or ():
        if isinstance(lever, Mapping) and lever.get("lever") == "school_opening":
            try:
                yield str(lever.get("school")), Month.parse(str(lever.get("starts")), "")
            except InputError:
                continue  # the forecast itself refuses a scenario that it cannot read
