"""Liberation Sans, shipped so that every machine sets the same page. SIL Open Font License, see LICENSE beside it."""

from pathlib import Path

FOLDER = Path(__file__).parent
FAMILY = "Liberation Sans"
