"""The programme at a glance: council, report, roles, signatures."""

from collections.abc import Iterable

TITLE = "Programme overview"
PROGRAMME, THIS_REPORT, TABLE = "Programme", "This report", "The programme"
COUNCIL, LA_NUMBER, REPORT, SUBMITTED = "Council", "LA number", "Report", "Date submitted"
AGREEMENT, CONDITIONS, FIGURES, NO_AGREEMENT = "Agreement", "Conditions", "Figures", "None"
SIGNED_BY, SIGNATURE, DATE = "Signed off by", "Signature", "Date"
NOT_YET = "Not yet signed"
SIGN_OFF = "Sign-off"


def report(number: object, slot: str) -> str:
    return f"Monitoring report {number}, {slot} update"


def agreement(programme: str, first: object, last: object) -> str:
    return f"{programme or NO_AGREEMENT}, {first} to {last}"


def stands_for(name: str) -> str:
    return f"'{name}' stands for"


def rests_on(indicators: int, months: tuple[str, str] | None, facts: int) -> str:
    """Which figures this report rests on. months: the first and the last of the dashboard."""
    span = " to ".join(months) if months else "no months"
    return f"{indicators} indicators, {span}; {facts} published figures, each with its source in the annex"


def signature_note(run: str) -> str:
    return f"A signature holds for run {run} only; if a figure moves, it must be signed again."


def other_roles(roles: Iterable[str]) -> str:
    return f"Other key roles: {', '.join(roles)}. Roles only; no names are published."
