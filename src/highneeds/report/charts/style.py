"""Colours, type and sizes of every chart."""

COLOURS = ("#12436D", "#28A197", "#801650", "#F46A25")
LABELS = ("#12436D", "#17756D", "#801650", "#A8420B")  # the same, dark enough for words on white (4.5 to 1)
DARK = "#3D3D3D"
CONTEXT = "#A8A8A8"
TEXT = "#0b0b0b"
SECONDARY = "#505a5f"
RULE = "#d5d8da"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"

TINTS = {50: "#8AA3B8", 80: "#B8C7D3", 95: "#DCE4EA"}  # tints of the first colour, lighter the wider the band
SHAPES = ("circle", "square", "triangle-up", "diamond")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])

WIDTH = 680  # CSS pixels of a whole picture: the text column of an A4 page
SIZE = 13
SMALL = 12


def text_width(text: str, size: int = SIZE) -> float:
    """About how wide a text sets, in pixels; Liberation Sans averages 0.53 em, and a little air is no harm."""
    return len(text) * size * 0.54
