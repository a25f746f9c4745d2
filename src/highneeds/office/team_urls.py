"""Every address of the office for a team. Each view says itself who may open it; a test walks them all."""

from django.urls import include, path

from highneeds.office.api import api
from highneeds.office.evidence.views import data, documents, explanations, figures, forecasts, scenarios
from highneeds.office.people.views import account, people, tokens
from highneeds.office.programme.views import inbox, levels, section, slots
from highneeds.office.registers.views import earlier, files, registers
from highneeds.office.site.views import health, public
from highneeds.office.submission.views import signing, submissions, submitted

council = [
    path("", inbox.inbox, name="inbox"),
    path("reports/", slots.slots, name="slots"),
    path("reports/open/", slots.open_slot, name="open_slot"),
    path("reports/<str:code>/", slots.slot, name="slot"),
    path("reports/<str:code>/sections/<slug:key>/", section.edit, name="section"),
    path("reports/<str:code>/sections/<slug:key>/draft/", section.save_draft, name="draft"),
    path("reports/<str:code>/sections/<slug:key>/complete/", section.complete, name="complete"),
    path("reports/<str:code>/sections/<slug:key>/assign/", section.assign, name="assign"),
    path("reports/<str:code>/levels/<int:condition>/", levels.level, name="level"),
    path("reports/<str:code>/start/", submissions.start, name="start_submission"),
    path("submissions/<int:pk>/", submissions.submission, name="submission"),
    path("submissions/<int:pk>/prepare/", submissions.prepare, name="prepare"),
    path("submissions/<int:pk>/unlock/", submissions.unlock, name="unlock"),
    path("submissions/<int:pk>/submit/", submissions.submit, name="submit"),
    path("submissions/<int:pk>/publish/", submissions.publish, name="publish"),
    path("submissions/<int:pk>/answer/", submissions.answer, name="answer"),
    path("submissions/<int:pk>/again/", submissions.again, name="again"),
    path("submissions/<int:pk>/sign/", signing.sheet, name="signing_sheet"),
    path("submissions/<int:pk>/sign/check/", signing.check, name="signing_check"),
    path("submissions/<int:pk>/signed/", signing.signed, name="signed"),
    path("submissions/<int:pk>/files/<path:name>", signing.file, name="submission_file"),
    path("submitted/", submitted.submitted, name="submitted"),
    path("submitted/<int:pk>/<path:name>", submitted.submitted_file, name="submitted_file"),
    path("packs/<path:name>", submitted.pack, name="pack"),
    path("registers/", registers.registers, name="registers"),
    path("registers/<slug:name>/", registers.register, name="register"),
    path("registers/<slug:name>/add/", registers.add, name="add_row"),
    path("registers/<slug:name>/export.<slug:ending>", files.export, name="export_register"),
    path("registers/<slug:name>/template.<slug:ending>", files.template, name="register_template"),
    path("registers/<slug:name>/upload/", files.upload, name="upload_register"),
    path("registers/<slug:name>/uploads/<int:pk>/", files.check, name="check_register"),
    path("registers/<slug:name>/<path:key>/versions/<int:number>/", earlier.version, name="row_version"),
    path("registers/<slug:name>/<path:key>/", registers.row, name="row"),
    path("data/", data.data, name="data"),
    path("data/upload/", data.upload, name="upload"),
    path("data/run/", data.run, name="work_out"),
    path("data/uploads/<int:pk>/", data.one_upload, name="one_upload"),
    path("data/uploads/<int:pk>/ask/", data.ask, name="ask"),
    path("data/jobs/<int:pk>/", data.job, name="job"),
    path("data/jobs/<int:pk>/findings.csv", data.findings_csv, name="findings_csv"),
    path("data/jobs/<int:pk>/findings.xlsx", data.findings_xlsx, name="findings_xlsx"),
    path("forecasts/", forecasts.forecasts, name="forecasts"),
    path("forecasts/ask/", forecasts.ask, name="ask_forecast"),
    path("forecasts/scenarios/add/", scenarios.add, name="add_scenario"),
    path("forecasts/scenarios/<slug:name>/", scenarios.scenario, name="scenario"),
    path("variances/", explanations.variances, name="variances"),
    path("variances/add/", explanations.add, name="add_variance"),
    path("variances/<str:year>/<path:line>/", explanations.variance, name="variance"),
    path("figures/", figures.figures, {"rest": ""}, name="figures"),
    path("figures/<path:rest>", figures.figures, name="figures_page"),
    path("record/", documents.the_record, name="record"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<path:name>/versions/<int:number>/back/", documents.bring_back, name="bring_back"),
    path("documents/<path:name>/versions/<int:number>/", documents.version, name="version"),
    path("documents/<path:name>/versions/", documents.versions, name="versions"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="add_person"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/end/", people.end, name="end_role"),
    path("people/<int:pk>/welcome/", people.welcome, name="welcome"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:pk>/end/", tokens.end, name="end_token"),
]

urlpatterns = [
    path("", account.home, name="home"),
    path("accessibility/", account.accessibility, name="office_accessibility"),
    path("accounts/", include("allauth.urls")),
    path("councils/<str:la>/", include(council)),
    path("public/<str:la>/", public.public, name="public"),
    path("public/<str:la>/<int:pk>/<path:name>", public.public_file, name="public_file"),
    path("health/", health.health, name="health"),
    path("api/v1/", api.urls),
]

handler400 = "highneeds.office.site.views.errors.bad_request"
handler403 = "highneeds.office.site.views.errors.forbidden"
handler404 = "highneeds.office.site.views.errors.not_found"
handler500 = "highneeds.office.site.views.errors.broken"
