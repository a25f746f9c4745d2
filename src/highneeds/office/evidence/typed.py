"""What is wrong with one field of a form, for the page that has to point at it."""

from highneeds.office.evidence.bridge import InputError


class WrongField(InputError):
    """Something typed that does not fit: `field` is its name on the page; the sentence begins with it."""

    def __init__(self, what: str, *, field: str, remedy: str) -> None:
        super().__init__(what, where=field, remedy=remedy)
        self.field = field


def field_of(problem: InputError, otherwise: str) -> str:
    """The field that a refusal is about; `otherwise` where it is about none."""
    return problem.field if isinstance(problem, WrongField) else otherwise
