"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "highneeds.office.settings")
application = get_wsgi_application()


def warm_up() -> None:
    """Read the results and make the templates ready once, so that the first reader waits no longer than the next."""
    from django.conf import settings
    from django.test import Client

    reader = Client(SERVER_NAME="127.0.0.1")
    if settings.START_TOKEN:
        reader.cookies["start"] = settings.START_TOKEN
    for place in ("/", "/dashboard/", "/money/", "/report/"):
        reader.get(place)


if os.environ.get("HIGHNEEDS_WARM_UP"):
    warm_up()
