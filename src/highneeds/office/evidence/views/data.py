"""Uploads, their checks and acceptance, and work in the background."""

import csv
import io
import re
from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from highneeds.office.evidence import actions
from highneeds.office.evidence.bridge import InputError, download, gravity, head, team_of_rule
from highneeds.office.evidence.job_kinds import (
    KINDS,
    UPLOADS,
    JobOutcome,
    NotAsItShouldBe,
    asked_by,
    offered,
    typed_in,
)
from highneeds.office.evidence.models import Job, JobState, Upload
from highneeds.office.evidence.reading import is_current, latest_run, moved_since
from highneeds.office.evidence.sheet import sheet_of
from highneeds.office.people.access import may
from highneeds.office.people.models import Council
from highneeds.office.people.roles import Permission
from highneeds.office.site.desk import FormProblem, say, show

FIGURE = re.compile(r"-?\d+(\.\d+(e-?\d+)?)?")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def crumbs(council: Council, *more: Any) -> Any:
    return (("Data", reverse("data", args=[council.la_number])), *more)


@require_safe
@may(Permission.LOAD_DATA)
def data(request: HttpRequest, council: Council, problems: tuple[FormProblem, ...] = ()) -> HttpResponse:
    run = latest_run(council)
    return show(
        request,
        council,
        "office/data.html",
        place="data",
        trail=(("Data", ""),),
        problems=problems,
        kinds=[(kind, words) for kind, (words, _) in UPLOADS.items()],
        endings=sorted({ending for _, endings in UPLOADS.values() for ending in endings}),
        uploads=Upload.objects.filter(council=council, kind__in=UPLOADS).select_related("by")[:20],
        jobs=Job.objects.filter(council=council).select_related("by")[:20],
        run=run,
        current=is_current(run),
        moved=moved_since(run, council),
    )


@require_POST
@may(Permission.LOAD_DATA)
def upload(request: HttpRequest, council: Council) -> HttpResponse:
    kind, files = request.POST.get("kind", ""), request.FILES.getlist("file")
    if kind not in UPLOADS or not files:
        problem = (
            FormProblem("Choose what it is", "kind") if kind not in UPLOADS else FormProblem("Choose a file", "file")
        )
        return data_again(request, council, problem)
    try:
        for file in files:
            made = actions.receive(
                council, kind=kind, name=file.name, chunks=file.chunks(), by=request.user, now=timezone.now()
            )
    except InputError as problem:
        return data_again(request, council, FormProblem(str(problem), "file"))
    return redirect("one_upload", council.la_number, made.pk)


def data_again(request: HttpRequest, council: Council, problem: FormProblem) -> Any:
    request.method = "GET"
    return data(request, council.la_number, problems=(problem,))


@require_POST
@may(Permission.LOAD_DATA)
def run(request: HttpRequest, council: Council) -> HttpResponse:
    job = actions.ask_for("run", council, by=request.user, now=timezone.now())
    return redirect("job", council.la_number, job.pk)


@require_safe
@may(Permission.LOAD_DATA)
def one_upload(request: HttpRequest, council: Council, pk: int, problems: tuple[FormProblem, ...] = ()) -> HttpResponse:
    one = get_object_or_404(Upload, pk=pk, council=council, kind__in=UPLOADS)
    kinds = offered(one.kind)
    return show(
        request,
        council,
        "office/upload.html",
        place="data",
        trail=crumbs(council, (one.name, "")),
        upload=one,
        problems=problems,
        kind=UPLOADS[one.kind][0],
        offered=[(name, kind.words) for name, kind in kinds],
        asked=asked_by(kinds),
        typed=request.POST,
        jobs=[job for job in Job.objects.filter(council=council) if one.pk in job.arguments.get("uploads", ())],
    )


@require_POST
@may(Permission.LOAD_DATA)
def ask(request: HttpRequest, council: Council, pk: int) -> HttpResponse:
    one = get_object_or_404(Upload, pk=pk, council=council, gone_at=None)
    kind = KINDS.get(request.POST.get("kind", ""))
    if kind is None or kind.upload != one.kind:
        raise Http404("no such work for this upload")
    try:
        typed = typed_in(kind, request.POST)
    except NotAsItShouldBe as problem:
        request.method = "GET"
        return one_upload(request, council.la_number, pk, problems=(FormProblem(str(problem), problem.field),))
    name, now = request.POST["kind"], timezone.now()
    job = actions.ask_for(name, council, by=request.user, now=now, uploads=[one.pk], **typed)
    say(request, f"{kind.words}: it is being done.")
    return redirect("job", council.la_number, job.pk)


@require_safe
@may(Permission.LOAD_DATA, Permission.OPEN_SLOT)
def job(request: HttpRequest, council: Council, pk: int) -> HttpResponse:
    one = get_object_or_404(Job.objects.select_related("by"), pk=pk, council=council)
    is_list = KINDS[one.kind].outcome is JobOutcome.FINDINGS and one.state == JobState.DONE
    rows = rows_of(one, with_owner=is_list)
    chosen = {name: request.GET.get(name, "") for name in ("severity", "rule", "owner")}
    kept = [row for row in rows if all(chosen[name] in ("", row.get(name, "")) for name in chosen)]
    return show(
        request,
        council,
        "office/job.html",
        place="data",
        trail=crumbs(council, (one.words, "")),
        job=one,
        is_list=is_list,
        rows=kept[:200],
        count=len(kept),
        by_rule=by_rule(rows) if is_list else [],
        by_severity=Counter(row["severity"] for row in rows) if is_list else {},
        by_owner=sorted(Counter(row["owner"] for row in rows).items()) if is_list else [],
        columns={name: head(name) for name in rows[0]} if rows else {},
        worked_out=worked_out(rows),
        said=[line for line in one.says.split("\n") if line.strip()],
        list_title="What was done" if KINDS[one.kind].upload else one.words,
        chosen=chosen,
        over=one.state in (JobState.DONE, JobState.REFUSED),
        run=getattr(one, "run", None) if one.kind == "run" else None,
    )


def rows_of(job: Job, with_owner: bool) -> list[dict[str, str]]:
    """The rows of a job's list; findings the most serious first, each with the team that puts it right."""
    rows = list(csv.DictReader(io.StringIO(job.listing)))
    if not with_owner:
        return rows
    named = [row | {"owner": row.get("owner") or team_of_rule(row["rule"])} for row in rows]
    return sorted(named, key=lambda row: gravity(row["severity"]))


def by_rule(rows: list[dict[str, str]]) -> list[tuple[str, int, str]]:
    """(rule, how many, what to do) of the findings, the most frequent first: a rule is chosen by its remedy."""
    remedies = {row["rule"]: row["fix"] for row in reversed(rows)}
    return [(rule, count, remedies[rule]) for rule, count in Counter(row["rule"] for row in rows).most_common()]


def worked_out(rows: list[dict[str, str]]) -> set[str]:
    """The columns of figures that were worked out to more places than a penny: shown rounded, whole in the file."""
    columns = {name: [row[name] for row in rows if row[name]] for name in rows[0]} if rows else {}
    figures = {name: cells for name, cells in columns.items() if all(FIGURE.fullmatch(cell) for cell in cells)}
    return {name for name, cells in figures.items() if any(len(cell.partition(".")[2]) > 2 for cell in cells)}


@require_safe
@may(Permission.LOAD_DATA)
def findings_csv(request: HttpRequest, council: Council, pk: int) -> HttpResponse:
    """The whole list as a file: the findings of a check, or what was done with every cell."""
    one = get_object_or_404(Job.objects.exclude(listing=""), pk=pk, council=council)
    headers = {"Content-Disposition": f'attachment; filename="findings-{one.pk}.csv"'}
    columns, *rows = csv.reader(io.StringIO(one.listing))
    return HttpResponse(download(columns, rows), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
@may(Permission.LOAD_DATA)
def findings_xlsx(request: HttpRequest, council: Council, pk: int) -> HttpResponse:
    """The same list as an Excel sheet: a corrections sheet is filled in there, and uploaded again."""
    one = get_object_or_404(Job.objects.exclude(listing=""), pk=pk, council=council)
    headers = {"Content-Disposition": f'attachment; filename="findings-{one.pk}.xlsx"'}
    return HttpResponse(sheet_of(one.listing), content_type=EXCEL, headers=headers)
