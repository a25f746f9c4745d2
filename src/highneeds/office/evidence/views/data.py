"""Uploads, their checks and acceptance, and work in the background."""

import csv
import io
from collections import Counter

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from highneeds.office.evidence import actions
from highneeds.office.evidence.bridge import InputError
from highneeds.office.evidence.job_kinds import KINDS, UPLOADS, JobOutcome
from highneeds.office.evidence.models import Job, JobState, Upload
from highneeds.office.evidence.reading import is_current, latest_run, moved_since
from highneeds.office.people.access import may
from highneeds.office.people.roles import Permission
from highneeds.office.site.desk import FormProblem, say, show


def crumbs(council, *more):
    return (("Data", reverse("data", args=[council.la_number])), *more)


@require_safe
@may(Permission.LOAD_DATA)
def data(request, council, problems=()):
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
        uploads=Upload.objects.filter(council=council).select_related("by")[:20],
        jobs=Job.objects.filter(council=council).select_related("by")[:20],
        run=run,
        current=is_current(run),
        moved=moved_since(run, council),
    )


@require_POST
@may(Permission.LOAD_DATA)
def upload(request, council):
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


def data_again(request, council, problem: FormProblem):
    request.method = "GET"
    return data(request, council.la_number, problems=(problem,))


@require_POST
@may(Permission.LOAD_DATA)
def run(request, council):
    job = actions.ask_for("run", council, by=request.user, now=timezone.now())
    return redirect("job", council.la_number, job.pk)


@require_safe
@may(Permission.LOAD_DATA)
def one_upload(request, council, pk):
    one = get_object_or_404(Upload, pk=pk, council=council)
    offered = [(name, kind.words) for name, kind in KINDS.items() if kind.upload == one.kind]
    return show(
        request,
        council,
        "office/upload.html",
        place="data",
        trail=crumbs(council, (one.name, "")),
        upload=one,
        kind=UPLOADS[one.kind][0],
        offered=offered,
        jobs=[job for job in Job.objects.filter(council=council) if one.pk in job.arguments.get("uploads", ())],
    )


@require_POST
@may(Permission.LOAD_DATA)
def ask(request, council, pk):
    one = get_object_or_404(Upload, pk=pk, council=council, gone_at=None)
    kind = KINDS.get(request.POST.get("kind", ""))
    if kind is None or kind.upload != one.kind:
        raise Http404("no such work for this upload")
    job = actions.ask_for(request.POST["kind"], council, by=request.user, now=timezone.now(), uploads=[one.pk])
    say(request, f"{kind.words}: it is being done.")
    return redirect("job", council.la_number, job.pk)


@require_safe
@may(Permission.LOAD_DATA, Permission.OPEN_SLOT)
def job(request, council, pk):
    one = get_object_or_404(Job.objects.select_related("by"), pk=pk, council=council)
    rows = list(csv.DictReader(io.StringIO(one.listing)))
    is_list = KINDS[one.kind].outcome is JobOutcome.FINDINGS and one.state == JobState.DONE
    chosen = {name: request.GET.get(name, "") for name in ("severity", "rule")}
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
        by_rule=Counter(row["rule"] for row in rows).most_common() if is_list else [],
        by_severity=Counter(row["severity"] for row in rows) if is_list else {},
        columns=list(rows[0]) if rows else [],
        chosen=chosen,
        over=one.state in (JobState.DONE, JobState.REFUSED),
        run=getattr(one, "run", None) if one.kind == "run" else None,
    )


@require_safe
@may(Permission.LOAD_DATA)
def findings_csv(request, council, pk):
    """The whole list as a file: the corrections sheet of a check, or what was done with every cell."""
    one = get_object_or_404(Job.objects.exclude(listing=""), pk=pk, council=council)
    headers = {"Content-Disposition": f'attachment; filename="findings-{one.pk}.csv"'}
    return HttpResponse("\ufeff" + one.listing, content_type="text/csv; charset=utf-8", headers=headers)
