"""Read SEN2 files in any form: which files belong together, what form they have, and one `Return` for each."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from highneeds.intake.establishments import Establishments
from highneeds.intake.file_names import file_name_to_say
from highneeds.intake.privacy import write_case_ids
from highneeds.intake.sen2 import ssd
from highneeds.intake.sen2.assemble import assemble
from highneeds.intake.sen2.blade import module_by_columns, module_by_name, read_module
from highneeds.intake.sen2.corrections import mark_of
from highneeds.intake.sen2.lists import NO_LISTS, CouncilLists
from highneeds.intake.sen2.raw import RawModule, RawReturn
from highneeds.intake.sen2.rows import ReadingNote, Return
from highneeds.intake.sen2.sources import SourceFile, files_in
from highneeds.intake.sen2.workbook import read_workbook
from highneeds.intake.sen2.xmlform import read_xml
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.progress import Progress, no_progress


def read_sen2(
    paths: Place | Iterable[Place],
    *,
    key: bytes,
    establishments: Establishments | None = None,
    case_ids: Path | None = None,
    away_from: Path | None = None,
) -> Return:
    """One return from files, a folder or a zip: nine Blade CSV files, an XML return, a template or a workbook.

    key         the linkage key (`highneeds.intake.privacy.open_key`), kept outside the data
    case_ids    a file to keep linkage key, record and case id in; it may not lie in the folder `away_from`
    """
    lists = CouncilLists(establishments)
    returns = read_returns(paths, key=key, lists=lists, case_ids=case_ids, away_from=away_from)
    if len(returns) > 1:
        dates = ", ".join(f"{found.reference_date:%Y-%m-%d}" for found in returns)
        raise InputError(f"There are {len(returns)} returns, of {dates}", remedy="Give the files of one return")
    return returns[0]


def read_returns(
    paths: Place | Iterable[Place],
    *,
    key: bytes,
    lists: CouncilLists = NO_LISTS,
    case_ids: Path | None = None,
    away_from: Path | None = None,
    as_at: date | None = None,
    progress: Progress = no_progress,
) -> tuple[Return, ...]:
    """Every return in what was given, the oldest first.

    as_at      the day of a workbook without header; else the census day after its last event is taken
    progress   how far the reading is
    """
    given: list[Place] = list(paths) if isinstance(paths, Iterable) else [paths]
    found: list[Return] = []
    cases: list[tuple[str | None, str, str]] = []
    groups, left_out = _groups(files_in(given))
    for group in groups:
        raw = _raw(group, left_out, progress)
        mark = mark_of(source for source, _ in group)
        return_, pairs = assemble(
            raw,
            key=key,
            establishments=lists.establishments,
            as_at=as_at,
            mark=mark,
            corrections=lists.corrections.get(mark, ()),
            localities=lists.localities,
            progress=progress,
        )
        found.append(return_)
        cases.extend(pairs.iter_rows())
    if case_ids is not None:
        write_case_ids(case_ids, cases, away_from=away_from)
    return tuple(sorted(found, key=lambda return_: return_.reference_date))


ReturnFiles = Sequence[tuple[SourceFile, str]]


def _groups(sources: Sequence[SourceFile]) -> tuple[list[ReturnFiles], tuple[ReadingNote, ...]]:
    """Files that make up one return, each with its module: an XML file or workbook alone, CSV files of one folder and
    export together. A CSV file of no module is left out, and said."""
    alone: list[ReturnFiles] = [((source, ""),) for source in sources if source.suffix != ".csv"]
    together: dict[tuple[str, str], list[tuple[SourceFile, str]]] = {}
    left_out: list[ReadingNote] = []
    for source in sources:
        if source.suffix == ".csv" and ssd.table_of(read_module(source).columns):
            together.setdefault((source.folder, ssd.FORM), []).append((source, ssd.FORM))
        elif source.suffix == ".csv":
            module, before = module_by_name(source.stem) or (module_by_columns(read_module(source).columns), "")
            if module is None:
                left_out.append(ReadingNote("file left out", "", "", f"{source.said} is no file of a SEN2 return", 1))
            else:
                together.setdefault((source.folder, before), []).append((source, module))
    groups: list[ReturnFiles] = [tuple(group) for group in together.values()]
    datasets = [one for one in groups if one[0][1] == ssd.FORM]
    groups = [one for one in groups if one[0][1] != ssd.FORM]
    if len(groups) > 1 and not _whole_alone(groups):
        groups = [tuple(entry for group in groups for entry in group)]
    groups += datasets
    if not groups and not alone:
        raise InputError(
            f"None of the {len(left_out)} files is one of a SEN2 return",
            where=sources[0].said,
            remedy="Give the Blade CSV files, an XML return or a workbook",
        )
    return [*groups, *alone], tuple(left_out)


def _whole_alone(groups: Sequence[ReturnFiles]) -> bool:
    """Whether each group has people of its own; if not, they are parts of one return under different names."""
    return all(any(module == "persons" for _, module in group) for group in groups)


def _raw(group: ReturnFiles, left_out: tuple[ReadingNote, ...], progress: Progress) -> RawReturn:
    first = group[0][0]
    if first.suffix == ".xml":
        return read_xml(first.pieces, first.said, first.size, progress)
    if first.suffix in (".xlsx", ".xlsm"):
        return read_workbook(first.read(), first.said)
    if group[0][1] == ssd.FORM:
        tables = [(source, table) for source, _ in group if (table := ssd.table_of(read_module(source).columns))]
        return ssd.read_ssd(tables, first_folder(first))
    return _blade(group, left_out)


def _blade(group: ReturnFiles, left_out: tuple[ReadingNote, ...]) -> RawReturn:
    modules: dict[str, RawModule] = {}
    for source, module in group:
        if module in modules:
            raise InputError(
                f"{modules[module].file} and {source.said} hold the same module",
                where=first_folder(source),
                remedy="Give the files of one return, each once",
            )
        modules[module] = read_module(source)
    folder = first_folder(group[0][0])
    if "persons" not in modules:
        raise InputError(
            "There is no person module in what was given",
            where=folder,
            remedy="Give all nine Blade CSV files together, or their folder",
        )
    return RawReturn("csv", folder, modules, left_out)


def first_folder(source: SourceFile) -> str:
    """The folder by its own name, without the path to it."""
    return file_name_to_say(PurePosixPath(source.folder.split("!")[0]).name)
