"""The product reads nothing outside its own tree, and nothing committed names where it was built."""

import re
import subprocess
from pathlib import Path

from hypothesis import settings

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "highneeds"
# A path that leaves the tree: absolute, or climbing. Files that only the browser or the system give are named here.
LEAVES = re.compile(
    r"""["'](?:/(?:home|root|work|opt|srv|mnt|media|var|etc|usr|tmp)\b[^"']*|(?:\.\./)+[^"']*|~/[^"']*)["']"""
)
HOSTS = re.compile(
    "|".join(("py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.(?:org|com)", r"deb\." + "debian"))
)
MACHINE = re.compile(r"(?<![\w.])/(?:work" + r"/main|work" + r"/shared|root" + r"/\.)")


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name.decode() for name in names.split(b"\0") if name]


def text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (UnicodeDecodeError, FileNotFoundError):
        return ""


def test_no_source_file_holds_a_path_that_leaves_the_tree():
    for path in SOURCE.rglob("*.py"):
        found = LEAVES.findall(path.read_text())
        assert not found, f"{path.relative_to(ROOT)}: {found}"


def test_nothing_committed_names_a_registry_or_this_machine():
    for path in tracked():
        text = text_of(path)
        for pattern in (HOSTS, MACHINE):
            found = pattern.search(text)
            assert not found, f"{path.relative_to(ROOT)} names {found[0]}"


def test_the_lock_carries_hashes_and_no_addresses():
    lock = (ROOT / "requirements.lock").read_text()
    assert "--hash=sha256:" in lock and "://" not in lock
    assert "resolved" not in (ROOT / "package-lock.json").read_text()


def test_the_founding_texts_are_not_part_of_the_product():
    names = {path.name for path in tracked()}
    assert not names & {"monitoring-report-2025-04.txt", "public-page.txt"}


def test_each_test_file_has_a_name_of_its_own():
    """Two files of one name are one module to the test runner, and the second would not be collected."""
    names = [path.name for path in tracked() if path.parts[-1].startswith("test_") and path.suffix == ".py"]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_each_file_has_a_plain_name():
    """A slip in a shell makes a file called `&1`; ours are named with letters, digits, dot, dash and underline."""
    odd = [path.name for path in tracked() if not re.fullmatch(r"[A-Za-z0-9_.-]+", path.name)]
    assert odd == []


def test_every_test_has_a_time_limit_and_the_same_examples_each_time(pytestconfig):
    """A test that hangs says where and ends; what fails today and not yesterday fails by what was changed."""
    assert 0 < float(pytestconfig.getini("faulthandler_timeout")) <= 600
    assert pytestconfig.getini("faulthandler_exit_on_timeout") is True
    assert settings.get_profile("highneeds").derandomize and not settings.get_profile("soak").derandomize
