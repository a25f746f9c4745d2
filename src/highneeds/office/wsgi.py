"""What gunicorn serves."""

import os
from contextlib import suppress

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "highneeds.office.settings")
application = get_wsgi_application()


def ready_for_a_team() -> None:
    """Do now what the first reader of each page would wait for; the web processes part after it."""
    from django.db import DatabaseError, connections
    from django.template import engines
    from django.test import Client

    from highneeds.office.evidence.reading import latest_run, results_of
    from highneeds.office.people.models import Council
    from highneeds.office.registers.definitions import registers

    environment = engines["jinja2"].env
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)
    registers()
    Client(SERVER_NAME="127.0.0.1").get("/accessibility/")
    with suppress(DatabaseError):  # it may come later than the office; until then a page says so
        for council in Council.objects.all():
            results_of(latest_run(council))
    connections.close_all()  # no two processes may share one


def warm_up() -> None:
    """Read the results and make the templates ready once, so that the first reader waits no longer than the next."""
    from django.conf import settings
    from django.test import Client

    reader = Client(SERVER_NAME="127.0.0.1")
    if settings.START_TOKEN:
        reader.cookies["start"] = settings.START_TOKEN
    for place in ("/", "/dashboard/", "/money/", "/report/"):
        reader.get(place)


if os.environ.get("HIGHNEEDS_WARM_UP") == "team":
    ready_for_a_team()
elif os.environ.get("HIGHNEEDS_WARM_UP"):
    warm_up()
