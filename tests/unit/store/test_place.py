"""A folder on disk and a store of the same documents answer a reader alike."""

import pytest

from highneeds.intake.workspace.files import files_of
from highneeds.store import FolderStore, StoreError
from highneeds.store.place import EMPTY, documents
from memory_store import MemoryStore

DOCUMENTS = {
    "council.toml": b"name",
    "registers/risks.csv": b"risks",
    "caseload/2025/a.csv": b"a",
    "caseload/2025/b.csv": b"b",
    "caseload/c.csv": b"c",
}


@pytest.fixture(params=["disk", "folder store", "memory store"])
def root(request, tmp_path):
    if request.param == "memory store":
        return documents(MemoryStore(DOCUMENTS))
    for name, data in DOCUMENTS.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path if request.param == "disk" else documents(FolderStore(tmp_path))


def test_what_is_there_and_what_is_not(root):
    risks = root / "registers" / "risks.csv"
    assert risks.exists() and risks.is_file() and not risks.is_dir()
    assert (risks.name, risks.stem, risks.suffix, risks.parent.name) == ("risks.csv", "risks", ".csv", "registers")
    assert (root / "registers/risks.csv").read_bytes() == b"risks"
    with risks.open("rb") as stream:
        assert stream.read(3) == b"ris"
    assert (root / "caseload").is_dir() and (root / "caseload").exists() and not (root / "caseload").is_file()
    assert not (root / "savings.csv").exists() and not (root / "nowhere").is_dir()
    assert root.is_dir()


def test_what_lies_in_a_folder_and_below_it(root):
    assert sorted(one.name for one in root.iterdir()) == ["caseload", "council.toml", "registers"]
    assert sorted(one.name for one in (root / "caseload").rglob("*")) == ["2025", "a.csv", "b.csv", "c.csv"]
    assert sorted(one.name for one in (root / "caseload").rglob("[ab]*")) == ["a.csv", "b.csv"]
    assert [one.name for one in sorted((root / "caseload" / "2025").iterdir())] == ["a.csv", "b.csv"]
    assert [one.name for one in files_of(root)] == ["a.csv", "b.csv", "c.csv", "council.toml", "risks.csv"]


def test_an_empty_place_has_nothing_in_it():
    assert list(EMPTY.iterdir()) == [] and not (EMPTY / "council.toml").exists()
    with pytest.raises(StoreError, match=r"council\.toml"):
        (EMPTY / "council.toml").read_bytes()
