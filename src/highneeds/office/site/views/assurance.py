"""Are we doing what we agreed? The level given, the level the indicators suggest, and why."""

from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.site.page import Crumb, show

GROUPS = (
    ("disagree", "The indicators suggest another level than the one given"),
    ("agree", "The indicators suggest the level that was given"),
    ("cannot say", "Nothing to compare"),
)


@require_safe
def assurance(request):
    conditions = queries.results().conditions
    groups = [(title, [one for one in conditions if one.agreement == kind]) for kind, title in GROUPS]
    return show(
        request,
        "assurance.html",
        trail=(Crumb("Assurance"),),
        groups=[(title, members) for title, members in groups if members],
        titles={one.id: one.short_title for one in queries.results().indicators},
    )
