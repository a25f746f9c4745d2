"""The main job: what is known of a council, and every document written from it, as bytes."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from highneeds.evidence import Evidence, Options, fingerprint
from highneeds.forecast import DRAWS, SEED
from highneeds.store.cache import NO_CACHE, FolderCache
from highneeds.store.folder import FolderStore
from highneeds.vocabulary.progress import StepProgress

if TYPE_CHECKING:
    from highneeds.report.document import ReportDocument


@dataclass(frozen=True)
class RunFiles:
    """What a run gives: the evidence, every file by its name in the output folder, and the document that is signed."""

    evidence: Evidence
    files: Mapping[str, bytes]
    signed: "ReportDocument"


def run(
    folder: Path,
    open_data: Path | None = None,
    progress: StepProgress = lambda step: None,
    kept: Path | None = None,
    as_known: date | None = None,
    key: bytes | None = None,
) -> RunFiles:
    """Read a workspace, work everything out and write every document, as bytes: the caller decides where they go.

    What is in the folder `kept` is read and not made again; the bytes are the same.
    """
    evidence = gather(folder, open_data, progress, kept, as_known, key)
    with closing(evidence):
        # What cannot be used is refused first. The forecast takes longest and runs beside what does not wait for it.
        _ = evidence.findings, evidence.running_forecast
        from highneeds.report.output import everything, work_ahead  # heavy, and figures alone need none

        _ = evidence.computed, evidence.invented_books, evidence.narrative
        work_ahead(evidence)
        _ = evidence.forecast
        progress("Writing the documents")
        return RunFiles(evidence, *everything(evidence, progress))


def gather(
    folder: Path,
    open_data: Path | None = None,
    progress: StepProgress = lambda step: None,
    kept: Path | None = None,
    as_known: date | None = None,
    key: bytes | None = None,
) -> Evidence:
    """The evidence of a workspace folder, as it was known on a day; by default on the report's.

    key   the linkage key, where it is at hand: the children of the accepted ledger are then found in the caseload
    """
    cache = FolderCache(kept) if kept else NO_CACHE
    options = Options(DRAWS, SEED, None if open_data is None else str(open_data), key)
    return Evidence(FolderStore(folder), as_known=as_known, options=options, kept=cache, progress=progress)


__all__ = ["RunFiles", "fingerprint", "gather", "run"]
