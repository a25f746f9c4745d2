"""The one error that a person is meant to read."""

from highneeds.vocabulary.source import Source


class InputError(Exception):
    """What was given cannot be used. Says what was found, where, and what to do about it, in sentences.

    The command line prints it as one line and ends with 2; a web page shows the same words.
    It never carries a name, a date of birth, a UPN or a postcode.
    """

    def __init__(self, what: str, *, where: str | Source = "", remedy: str = "") -> None:
        self.what = what.rstrip(".")
        self.where = str(where)
        self.remedy = remedy.rstrip(".")
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" {self.remedy}." if self.remedy else ""
        return f"{place}{self.what}.{remedy}"
