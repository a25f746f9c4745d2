"""The one error that a person is meant to read."""

from highneeds.vocabulary.source import Source


class InputError(Exception):
    """What was given cannot be used. Says what was found, where, and what to do about it, in sentences.

    The command line prints it as one line and ends with 2; a web page shows the same words.
    It never carries a name, a date of birth, a UPN or a postcode. Whoever treats one refusal otherwise than another
    asks for what it carries, and never for its words:

    where      the place; a text is a whole file, a folder or an option of a command
    lacks      what was looked for and is not there: an id that no row has, a key that an entry does not give
    lacks_in   the files of the workspace that it was looked for in, where they are others than the one of `where`
    """

    def __init__(
        self,
        what: str,
        *,
        where: str | Source = "",
        remedy: str = "",
        lacks: tuple[str, ...] = (),
        lacks_in: tuple[str, ...] = (),
    ) -> None:
        self.what = what.rstrip(".")
        self.where = where if isinstance(where, Source) else Source(where)
        self.remedy = remedy.rstrip(".")
        self.lacks, self.lacks_in = lacks, lacks_in
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        place = f"{self.where}: " if str(self.where) else ""
        remedy = f" {self.remedy}." if self.remedy else ""
        return f"{place}{self.what}.{remedy}"
