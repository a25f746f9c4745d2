"""The addresses of the pages. Each is a noun a reader would type."""

from django.urls import path

from highneeds.office.site.views import (
    accessibility,
    assurance,
    caseload,
    chart,
    claims,
    dashboard,
    files,
    findings,
    forecast,
    indicator,
    money,
    money_table,
    overview,
    report,
    sources,
)

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("indicators/<slug:name>/", indicator.indicator, name="indicator"),
    path("indicators/<slug:name>.csv", indicator.indicator_csv, name="indicator_csv"),
    path("charts/<slug:name>/", chart.chart, name="chart"),
    path("charts/<slug:name>.<str:kind>", files.chart_file, name="chart_file"),
    path("money/", money.money, name="money"),
    path("money/<slug:name>/", money_table.money_table, name="money_table"),
    path("forecast/", forecast.forecast, name="forecast"),
    path("data-quality/", findings.findings, name="findings"),
    path("caseload/", caseload.caseload, name="caseload"),
    path("claims/", claims.claims, name="claims"),
    path("assurance/", assurance.assurance, name="assurance"),
    path("report/", report.report, name="report"),
    path("report/files/<path:name>", files.document, name="document"),
    path("sources/", sources.sources, name="sources"),
    path("accessibility/", accessibility.accessibility, name="accessibility"),
]
