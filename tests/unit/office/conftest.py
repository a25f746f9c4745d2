"""The pages asked for directly, without a server: those of one person, and the office of a team."""

import os
import tempfile
from pathlib import Path

import django
import pytest

OFFICE = Path(tempfile.mkdtemp(prefix="office-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "highneeds.office.team")
os.environ.setdefault("HIGHNEEDS_OFFICE", str(OFFICE))
# A browser of an earlier test leaves its event loop running here, and Django takes every query for one in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
django.setup()

from journeys.kent_results import KENT, write_kent  # noqa: E402
from office_by_hand import *  # noqa: E402, F403
from office_by_hand import OF_EACH_KIND  # noqa: E402


@pytest.fixture
def folder(tmp_path) -> Path:
    write_kent(tmp_path / "results")
    return tmp_path / "results"


@pytest.fixture
def client(folder):
    """Asks as a browser on this machine would. A fault becomes the page that a reader would see."""
    from django.test import Client, override_settings
    from django.urls import set_urlconf

    from highneeds.office import settings as of_one

    chosen = {name: getattr(of_one, name) for name in OF_EACH_KIND}
    with override_settings(RESULTS_FOLDER=str(folder), WORKSPACE=str(KENT), **chosen):
        yield Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    set_urlconf(None)  # a file that the test did not read to its end leaves the addresses of its pages behind
