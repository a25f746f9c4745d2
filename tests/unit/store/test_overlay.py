"""A folder with some of its documents exchanged: what would be if a line were otherwise."""

from highneeds.store.overlay import Overlay
from highneeds.store.place import documents
from memory_store import MemoryStore

HELD = {"council.toml": b"a", "registers/risks.csv": b"b", "registers/old/risks.csv": b"c", "programme/x/y.md": b"d"}


def test_a_document_is_exchanged_added_or_taken_away_and_the_others_stay():
    other = {"registers/risks.csv": b"B", "council.toml": None}
    found = Overlay(documents(MemoryStore(HELD)), other).folder
    assert (found / "registers" / "risks.csv").read_bytes() == b"B"
    assert (found / "registers" / "old" / "risks.csv").read_bytes() == b"c"
    assert not (found / "council.toml").exists()
    assert [str(place) for place in found.rglob("*.csv")] == ["registers/old/risks.csv", "registers/risks.csv"]
    assert [str(place) for place in found.iterdir()] == ["programme", "registers"]


def test_a_folder_on_disk_is_read_without_what_is_hidden(tmp_path):
    for name, data in {**HELD, ".highneeds/kept": b"x", "registers/.risks.csv.swp": b"x"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    found = Overlay(tmp_path, {"council.toml": b""}).folder
    assert sorted(str(place) for place in found.rglob("*") if place.is_file()) == sorted(HELD)
    assert (found / "council.toml").read_bytes() == b"" and (found / "programme/x/y.md").read_bytes() == b"d"
