"""The folder that a run has written: its results, whole and consistent, and its files."""

from pathlib import Path

from highneeds.office.evidence.bridge import RESULTS_FILE, Results, ResultsError, problems_of, read_results


def load(folder: Path) -> Results:
    """The results in `folder`: every key is there, every link leads somewhere, every file is there."""
    path = folder / RESULTS_FILE
    try:
        results = read_results(path.read_bytes())
    except FileNotFoundError:
        raise ResultsError(f"{path}: there are no results yet. Run highneeds run first.") from None
    except ResultsError as problem:
        raise ResultsError(f"{path}: {problem}") from None
    if problems := problems_of(results, lambda name: file_in(folder, name) is not None):
        raise ResultsError(f"{path}: {problems[0]} ({len(problems)} in all)")
    return results


def file_in(folder: Path, name: str) -> Path | None:
    """The file of that name inside the folder, or None: nothing outside is reached, not even by a symbolic link."""
    path = (folder / name).resolve()
    return path if path.is_relative_to(folder.resolve()) and path.is_file() else None
