"""A remark on figures, as data. It becomes a sentence in `report/words/`, once; nothing reads it back out of one."""

import re
from dataclasses import dataclass
from decimal import Decimal

NoteValue = str | int | float | Decimal | None
CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Note:
    """One remark.

    code         a topic and what is so of it: 'accumulated.no_opening'
    parameters   (name, value) in the order in which they were given
    sources      the documents and places that it rests on

    >>> Note.of("unit_cost.no_line", sector="independent", phase="post-16")["phase"]
    'post-16'
    """

    code: str
    parameters: tuple[tuple[str, NoteValue], ...] = ()
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not CODE.fullmatch(self.code):
            raise ValueError(f"{self.code!r} is no code of a note; write a topic and what is so: 'cost.estimate'.")
        names = [name for name, _ in self.parameters]
        if len(set(names)) < len(names):
            raise ValueError(f"{self.code}: two parameters have one name.")

    @classmethod
    def of(cls, code: str, /, *, sources: tuple[str, ...] = (), **parameters: NoteValue) -> "Note":
        return cls(code, tuple(parameters.items()), sources)

    def also(self, **parameters: NoteValue) -> "Note":
        """The same with further parameters behind its own."""
        return Note(self.code, (*self.parameters, *parameters.items()), self.sources)

    @property
    def topic(self) -> str:
        """'accumulated' of 'accumulated.no_opening'."""
        return self.code.partition(".")[0]

    @property
    def values(self) -> dict[str, NoteValue]:
        return dict(self.parameters)

    def __getitem__(self, name: str) -> NoteValue:
        return self.values[name]
