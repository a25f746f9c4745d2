"""Which reports a council has, and which of them it writes now."""

from highneeds.office.evidence.reading import settings_of
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.models import Council


def written_now(council: Council) -> str:
    """The code of the report that is worked out, '' where council.toml names none."""
    return str(settings_of(council).get("report", {}).get("id", ""))


def reports_there(council: Council) -> list[str]:
    """The codes of the reports that can be opened, the newest first: those with a narrative, and the one written now.

    A council without an agreement may have no narrative; its report is made of its figures alone.
    """
    names = DatabaseStore(council).names("programme")
    codes = {name.split("/")[1] for name in names if name.endswith("/narrative.md")}
    return sorted({*codes, written_now(council)} - {""}, reverse=True)
