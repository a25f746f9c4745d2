"""Where forecasts are kept between runs, so that an unchanged one is not made again."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = ".highneeds-forecasts"


@contextmanager
def not_kept(workspace: Path) -> Iterator[None]:
    """A workspace that cannot be written keeps no forecast, and that is said; the forecast is still given."""
    try:
        yield
    except OSError as problem:
        sys.stderr.write(f"the forecast was not kept: {workspace} cannot be written ({problem.strerror})\n")


def kept_beside(output: Path, workspace: Path) -> Path | None:
    """A folder beside the output; none where that would lie in the workspace, which holds what people write."""
    beside = output.resolve().parent
    return None if beside.is_relative_to(workspace.resolve()) else beside / FOLDER
