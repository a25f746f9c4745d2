"""Which files a workspace may hold. A file whose name nothing reads is usually a slip of the pen."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError

FILES = (
    "council.toml",
    "agreement.yaml",
    "facts.csv",
    "later_published_facts.csv",
    "indicators.csv",
    "observations.csv",
    "identities.csv",
    "benchmarks.csv",
    "placements.csv",
    "establishments.csv",
)
FOLDERS = ("caseload", "finance", "programme", "registers", "scenarios", "sources")
PROGRAMME = ("also_called.csv", "level_definitions.csv")
REPORT = ("levels.csv", "narrative.md")
READ = frozenset({".csv", ".toml", ".yaml", ".yml"})
"""Files that end otherwise, such as a README.md, are nobody's mistake."""


def files_of(folder: Place) -> tuple[Place, ...]:
    """Every file of a workspace that a figure may come from, in order; not what a run left in it, nor hidden files."""
    found = [folder / name for name in FILES if (folder / name).is_file()]
    for name in FOLDERS:
        found += [path for path in (folder / name).rglob("*") if path.is_file() and not _hidden(path, folder)]
    return tuple(sorted(found))


def name_in(folder: Place, place: Place) -> str:
    """The name of a place as the folder calls it: 'registers/risks.csv'."""
    whole = str(place)
    return whole if str(folder) == "." else whole.removeprefix(f"{folder}/")


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
