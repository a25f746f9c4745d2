"""Liberation Sans, shipped so that every machine sets the same page, and two fonts that stand in where it has no glyph.

DejaVu Sans and Noto Emoji are the two; the licences of all three stand in LICENSE beside them.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
