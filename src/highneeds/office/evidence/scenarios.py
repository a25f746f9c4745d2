"""The what-if questions of a council: one file each in scenarios/, as the engine reads them."""

import re
from dataclasses import dataclass
from datetime import datetime

from highneeds.office.evidence import bridge
from highneeds.office.evidence.bridge import ABSENT
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.evidence.typed import WrongField
from highneeds.office.people.models import Council

FOLDER = "scenarios/"
TITLE = re.compile(r"^title:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class ScenarioFile:
    """name: of its file without the ending; version: of the text that is there, ABSENT for a new one."""

    name: str
    title: str
    text: str
    version: str

    @property
    def document(self) -> str:
        return document_of(self.name)


def document_of(name: str) -> str:
    return f"{FOLDER}{name}.yaml"


def scenarios(council: Council) -> list[ScenarioFile]:
    """Every scenario there is, by name."""
    names = [one for one in DatabaseStore(council).names(FOLDER.rstrip("/")) if one.endswith(".yaml")]
    return [scenario(council, one.removeprefix(FOLDER).removesuffix(".yaml")) for one in names]


def scenario(council: Council, name: str) -> ScenarioFile:
    """One of them; StoreError where there is none."""
    store, document = DatabaseStore(council), document_of(name)
    text = store.read(document).decode("utf-8-sig", "replace")
    said = TITLE.search(text)
    return ScenarioFile(name, said[1].strip("\"'") if said else name.replace("-", " "), text, store.version(document))


def save_scenario(council: Council, name: str, text: str, *, based_on: str, by: str, now: datetime) -> list[str]:
    """Put the text in its place; ChangedMeanwhile where it was written over another version than is there now.

    based_on  the version that the text was made from, '' for a new one
    Gives what the engine says should be known before the scenario is believed.
    """
    if not NAME.fullmatch(name):
        raise WrongField(f"'{name}' is no short name", field="name", remedy="Use small letters, digits and hyphens")
    if not TITLE.search(text):
        raise WrongField("The scenario has no title", field="title", remedy="Begin a line with 'title:'")
    cautions = bridge.scenario_judged(name, text)
    what = f"{'Change' if based_on else 'Add'} the scenario {name}"
    with DatabaseStore(council).change(by=by, now=now, what=what) as change:
        change.put(document_of(name), text.replace("\r\n", "\n").encode(), expects=based_on or ABSENT)
    return cautions
