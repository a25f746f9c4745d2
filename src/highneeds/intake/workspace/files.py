"""Which files a workspace may hold. A file whose name nothing reads is usually a slip of the pen."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from highneeds.intake.text import decode
from highneeds.store.place import Place
from highneeds.store.protocol import fingerprint_of, version_of
from highneeds.vocabulary.errors import InputError

ADDS = {
    "council.toml": "whose workspace this is; nothing can be said without it",
    "agreement.yaml": "conditions with their levels and narrative, and what was agreed to hold the money against",
    "facts.csv": "published figures with their source, which answers and claims are held against",
    "later_published_facts.csv": "what was published after the report, for the page on what has happened since",
    "indicators.csv": "the catalogue of the council's own dashboard",
    "observations.csv": "the dashboard month by month: movement, process limits, and claims that can be checked",
    "dashboard_mapping.csv": "which row of the council's spreadsheet is which indicator, as dashboard import keeps it",
    "identities.csv": "sums that the rows of the dashboard promise each other, checked every month",
    "benchmarks.csv": "comparisons as the council prints them, beside those of the published statistics",
    "placements.csv": "printed tables of placements and transfers, held against the narrative",
    "establishments.csv": "the setting of every placement; without it no share by setting can be counted",
    "localities.csv": "districts or areas by postcode or school: plans by area, for the council's own eyes",
    "finance/years.csv": "the council's own account: grant, transfers, payments and what was planned, year by year",
    "finance/spend.csv": "what was spent by line, and with it the in-year position and the deficit",
    "finance/positions.csv": "which published figure is agreed, latest or achieved, for a council without own ledger",
    "finance/unit_costs.csv": "own prices for the forecast, and price and volume told apart",
    "finance/commitments.csv": "each placement's cost to come, held against caseload and ledger",
    "finance/explanations.csv": "why the money differs from the plan; the review says where that is not adequate",
    "finance/transport.csv": "SEN transport outside the grant, beside the forecast",
    "caseload": "SEN2 returns: every indicator computed, starts and ends by age, a forecast of the council's own",
    "scenarios": "what-if questions to the forecast, one file each",
    "registers": "risks, savings, openings, payments and the other registers; highneeds register list names them",
}
"""What a workspace may hold -> what it adds."""
FILES = tuple(name for name in ADDS if "/" not in name and "." in name)
FOLDERS = ("caseload", "finance", "programme", "registers", "scenarios", "sources")
PROGRAMME = ("also_called.csv", "level_definitions.csv")
REPORT = ("levels.csv", "narrative.md", "catalogue.csv")
READ = frozenset({".csv", ".toml", ".yaml", ".yml"})
"""Files that end otherwise, such as a README.md, are nobody's mistake."""
WRITTEN = READ | {".md", ".txt"}
CHILDRENS = ("caseload/", "finance/ledger/")
"""Where files lie whose text no document prints."""


def files_of(folder: Place) -> tuple[Place, ...]:
    """Every file of a workspace that a figure may come from, in order; not what a run left in it, nor hidden files."""
    found = [folder / name for name in FILES if (folder / name).is_file()]
    for name in FOLDERS:
        found += [path for path in (folder / name).rglob("*") if path.is_file() and not _hidden(path, folder)]
    return tuple(sorted(found))


def inputs_fingerprint(folder: Place) -> str:
    """One fingerprint of the names and contents of those files."""
    return fingerprint_of({name_in(folder, path): version_of(path.read_bytes()) for path in files_of(folder)})


def texts_of(folder: Place) -> Iterator[tuple[str, str]]:
    """(name, text as it was written) of every file that people write and documents print."""
    for path in files_of(folder):
        name = name_in(folder, path)
        if path.suffix.lower() in WRITTEN and not name.startswith(CHILDRENS):
            yield name, decode(path.read_bytes(), name)


def name_in(folder: Place, place: Place) -> str:
    """The name of a place as the folder calls it: 'registers/risks.csv'."""
    whole = str(place)
    return whole if str(folder) == "." else whole.removeprefix(f"{folder}/")


def what_is_missing(folder: Place) -> tuple[tuple[str, str], ...]:
    """(name, what it would add) of every file and folder that a workspace may hold and this one does not."""
    return tuple((name, adds) for name, adds in ADDS.items() if not _is_there(folder, name))


def _is_there(folder: Place, name: str) -> bool:
    """A file with rows beside its header and remarks; a folder with a file in it."""
    place = folder
    for part in name.split("/"):
        place = place / part
    if place.is_dir():
        return any(one.is_file() for one in place.rglob("*"))
    if not place.is_file():
        return False
    rows = [line for line in place.read_bytes().splitlines() if line.strip() and not line.lstrip().startswith(b"#")]
    return len(rows) > (1 if name.endswith(".csv") else 0)


def _hidden(path: Place, folder: Place) -> bool:
    return any(part.startswith(".") for part in name_in(folder, path).split("/"))


def refuse_unknown_files(folder: Place) -> None:
    """Refuse a file in the top folder or in programme/ that nothing reads, and a folder with a name almost right."""
    refuse_others(folder, FILES)
    refuse_others(folder / "programme", PROGRAMME, "programme/")
    for report in _folders(folder / "programme"):
        refuse_others(report, REPORT, f"programme/{report.name}/")
    for inside in _folders(folder):
        close = get_close_matches(inside.name.lower(), FOLDERS, 1, 0.75)
        if inside.name not in FOLDERS and close:
            raise InputError(
                "Nothing reads this folder", where=inside.name, remedy=f"Call it {close[0]} if that is meant"
            )


def refuse_others(folder: Place, known: Collection[str], inside: str = "") -> None:
    """Refuse a file of data in `folder` whose name is none of `known`; `inside` is the folder's name for the reader."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        data = path.is_file() and path.suffix.lower() in READ and not path.name.startswith(".")
        if data and path.name not in known:
            close = get_close_matches(path.name.lower(), sorted(known), 1, 0.7)
            remedy = f"Call it {close[0]} if that is meant" if close else f"Known files are {', '.join(known)}"
            raise InputError(
                "Nothing reads this file", where=f"{inside}{path.name}", remedy=f"{remedy}; or move it out"
            )


def _folders(folder: Place) -> Iterator[Place]:
    return (path for path in sorted(folder.iterdir()) if path.is_dir()) if folder.is_dir() else iter(())
