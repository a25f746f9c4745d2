"""The pages asked for directly, without a server, on a results folder of Kent's figures."""

import os
from pathlib import Path

import django
import pytest

from journeys.kent_results import KENT, write_kent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "highneeds.office.settings")
django.setup()


@pytest.fixture
def folder(tmp_path) -> Path:
    write_kent(tmp_path / "results")
    return tmp_path / "results"


@pytest.fixture
def client(folder):
    """Asks as a browser on this machine would. A fault becomes the page that a reader would see."""
    from django.conf import settings
    from django.test import Client

    settings.RESULTS_FOLDER, settings.WORKSPACE = str(folder), str(KENT)
    return Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
