"""What a person's hands do in a browser, counted, and how long that takes by the keystroke-level model.

Card, Moran and Newell (1980): a key of an average typist 0.28 s, pointing 1.1 s, a click 0.2 s, a hand moved between
keys and mouse 0.4 s, thinking before a step 1.35 s.
"""

from dataclasses import dataclass

KEY, POINT, CLICK, HOME, THINK = 0.28, 1.1, 0.2, 0.4, 1.35


@dataclass
class Hands:
    """Does each thing on the page, and counts it."""

    clicks: int = 0
    keys: int = 0
    moves: int = 0
    thoughts: int = 0

    def click(self, place) -> None:
        place.click()
        self.thoughts += 1
        self.clicks += 1

    def choose(self, place, label: str) -> None:
        """Open a list and take one of it."""
        place.select_option(label=label)
        self.thoughts += 1
        self.clicks += 2

    def write(self, place, text: str) -> None:
        """Click into a box, go to its end, and type."""
        place.click()
        place.press("Control+End")
        place.press_sequentially(text)
        self.thoughts += 1
        self.clicks += 1
        self.moves += 2
        self.keys += len(text) + 2

    @property
    def seconds(self) -> float:
        pointing = self.clicks * (POINT + CLICK)
        return self.keys * KEY + pointing + self.moves * HOME + self.thoughts * THINK
