"""Where forecasts are kept between runs, so that an unchanged one is not made again."""

from pathlib import Path

FOLDER = ".highneeds-forecasts"


def kept_beside(output: Path, workspace: Path) -> Path | None:
    """A folder beside the output; none where that would lie in the workspace, which holds what people write."""
    beside = output.resolve().parent
    return None if beside.is_relative_to(workspace.resolve()) else beside / FOLDER
