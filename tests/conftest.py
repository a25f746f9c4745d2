"""What every test may lean on: where Kent is, and where the founding texts are."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
KENT = REPOSITORY / "examples" / "kent"


@pytest.fixture(scope="session")
def kent() -> Path:
    return KENT


@pytest.fixture(scope="session")
def founding_texts() -> Path:
    """The folder of the two founding texts. They are not part of the product: absent, these tests are skipped, except
    under CI, where they must run."""
    folder = Path(os.environ.get("HIGHNEEDS_SOURCES", REPOSITORY.parent / "shared" / "source"))
    if not folder.is_dir():
        message = f"the founding texts are not in {folder}; set HIGHNEEDS_SOURCES"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return folder
