"""The read API: one council's figures for programs that hold one of its tokens. It changes nothing."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import NinjaAPI, Path, Schema
from ninja.errors import HttpError
from ninja.security import HttpBearer

from highneeds.office.evidence.bridge import __version__
from highneeds.office.evidence.reading import latest_run, results_of
from highneeds.office.people.models import Token
from highneeds.office.registers.actions import sheet_of
from highneeds.office.registers.definitions import registers
from highneeds.office.submission.models import SENT, Submission, SubmissionState

COUNCIL = Path(..., pattern=r"^[0-9]{3}$", description="The council's number, as DfE gives it")


class ByToken(HttpBearer):
    """The token decides which council's figures are read; another council's are not there."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        now = timezone.now()
        digest = Token.digest_of(token)
        return Token.objects.filter(digest=digest, ended_at=None, until__gt=now).select_related("council").first()


api = NinjaAPI(
    title="highneeds office",
    version=__version__,
    description="Figures of one council, read only. Each request carries a token of that council.",
    auth=ByToken(),
    docs_url=None,  # its page would load scripts from elsewhere
    openapi_url="openapi.json",
    urls_namespace="api",
)


class Said(Schema):
    detail: str


class RunOut(Schema):
    at: str
    version: str
    content: str
    artefacts: str


class CouncilOut(Schema):
    la_number: str
    name: str
    as_at: str
    sentence: str
    run: RunOut


class ReadingOut(Schema):
    indicator: str
    period: str
    part: str | None
    whole: str | None
    value: str | None
    unit: str
    state: str
    reason: str
    source: str


class ConditionOut(Schema):
    number: int
    title: str
    level: str
    suggested: str
    agreement: str


class FindingOut(Schema):
    rule: str
    severity: str
    message: str


class SubmissionOut(Schema):
    slot: str
    version: int
    state: str
    submitted_at: str
    content: str
    artefacts: str


REFUSED = {401: Said, 404: Said}


def council_of(request: HttpRequest, la: str) -> Any:
    council = request.auth.council
    if council.la_number != la:
        raise HttpError(404, "There is nothing here for this token")
    return council


def results(request: HttpRequest, la: str) -> Any:
    run = latest_run(council_of(request, la))
    found = results_of(run)
    if found is None:
        raise HttpError(404, "Nothing is worked out yet")
    return run, found


@api.get("/councils/{la}/", response={200: CouncilOut, **REFUSED})
def council(request: HttpRequest, la: str = COUNCIL) -> Any:
    """Where the council stands, and the run that says so."""
    run, found = results(request, la)
    return {
        "la_number": la,
        "name": found.council.name,
        "as_at": found.council.as_at,
        "sentence": found.sentence.said,
        "run": {"at": run.at.isoformat(), "version": run.version, "content": run.content, "artefacts": run.artefacts},
    }


@api.get("/councils/{la}/indicators/", response={200: list[ReadingOut], **REFUSED})
def indicators(request: HttpRequest, la: str = COUNCIL) -> Any:
    """Every reading of every indicator, in the columns of `highneeds indicators`."""
    _, found = results(request, la)
    return [
        {"indicator": one.id, "unit": one.unit, **{name: _text(getattr(row, name)) for name in READ}}
        for one in found.indicators
        for row in one.rows
    ]


READ = ("period", "part", "whole", "value", "state", "reason", "source")


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


@api.get("/councils/{la}/conditions/", response={200: list[ConditionOut], **REFUSED})
def conditions(request: HttpRequest, la: str = COUNCIL) -> Any:
    """The conditions of the agreement, with the level given and what the measures point to."""
    _, found = results(request, la)
    return [
        {
            "number": one.number,
            "title": one.title,
            "level": one.current,
            "suggested": one.suggested,
            "agreement": one.agreement,
        }
        for one in found.conditions
    ]


@api.get("/councils/{la}/findings/", response={200: list[FindingOut], **REFUSED})
def findings(request: HttpRequest, la: str = COUNCIL) -> Any:
    """What the checks found."""
    _, found = results(request, la)
    return [{"rule": one.rule, "severity": one.severity, "message": one.message} for one in found.findings.rows]


@api.get("/councils/{la}/submissions/", response={200: list[SubmissionOut], **REFUSED})
def submissions(request: HttpRequest, la: str = COUNCIL) -> Any:
    """What was submitted."""
    found = Submission.objects.filter(council=council_of(request, la), state__in=[*SENT, SubmissionState.SUPERSEDED])
    return [
        {
            "slot": one.slot.code,
            "version": one.number,
            "state": one.state,
            "submitted_at": one.submitted_at.isoformat(),
            "content": one.run.content,
            "artefacts": one.run.artefacts,
        }
        for one in found.select_related("slot", "run")
    ]


@api.get("/councils/{la}/registers/", response={200: list[str], **REFUSED})
def register_names(request: HttpRequest, la: str = COUNCIL) -> Any:
    """The registers that a token may read: none about single children."""
    council_of(request, la)
    return [name for name, one in registers().items() if not one.is_casework]


@api.get("/councils/{la}/registers/{name}/", response={200: list[dict[str, str]], **REFUSED})
def register_rows(request: HttpRequest, la: str = COUNCIL, name: str = Path(..., pattern=r"^[a-z0-9_]{1,60}$")) -> Any:
    """The rows of one register, each cell as it stands there."""
    council = council_of(request, la)
    one = registers().get(name)
    if one is None or one.is_casework:
        raise HttpError(404, "There is no such register")
    return [dict(row.cells) for row in sheet_of(council, one).rows]
