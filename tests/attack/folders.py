"""A workspace with links out of it, YAML that unfolds, packed files that swell and files of another kind."""

import random
import resource
import shutil
import time
import zipfile
from pathlib import Path

from attack.cases import BAR, ONE_SENTENCE, READING, Outcome
from cli_runner import run

SECRET = "Qvzxsecret"
FILES = (
    *("council.toml", "agreement.yaml", "facts.csv", "observations.csv", "indicators.csv", "identities.csv"),
    *("finance/published.yaml", "finance/positions.csv", "registers/risks.csv", "programme/2025-04/narrative.md"),
)
GIGABYTES = 4
"""What a command may have of the machine's memory here: Kent's largest takes less than one."""


def try_folders(folder: Path, kent: Path, seed: int, cases: int, until: float) -> Outcome:
    """One sentence that names the file, or findings: nothing outside is read, and memory is not used up."""
    found, chance = Outcome(), random.Random(seed)
    left = shutil.ignore_patterns("caseload", "invented", "forecasts", "record.jsonl")
    workspace = Path(shutil.copytree(kent, folder / "folders", ignore=left))
    (folder / "outside.md").write_text(f"# {SECRET}\n\nThe number of plans was 1.\n", "utf-8")
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_used() + GIGABYTES * 1024**3, before[1]))
    try:
        for _ in range(cases):
            if time.monotonic() > until:
                break
            path = workspace / chance.choice(FILES)
            right, put = path.read_bytes(), chance.choice((_link, _references, _deep, _long_number, _packed, _folder))
            kind = put(path, folder, chance)
            for words in (*READING, ("check",)):
                _try(kind, (*words, workspace), path, found)
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
            path.write_bytes(right)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    return found


def _used() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def _try(kind: str, words: tuple[object, ...], path: Path, found: Outcome) -> None:
    try:
        done = run(*words)
    except BaseException as problem:
        found.add(kind, "traceback", f"{words} with {path.name}: {problem!r}"[:400])
        return
    sentences = [line for line in done.err.splitlines() if line.strip() and not line.startswith(BAR)]
    wrong = f"{words} with {path.name}: {done.err[:300]}"
    refused_badly = done.code == ONE_SENTENCE and (len(sentences) != 1 or path.name not in done.err)
    found.add(kind, f"ended with {done.code}", wrong if refused_badly or done.code not in (0, 1, ONE_SENTENCE) else "")
    if SECRET in done.out + done.err:
        found.add(kind, "read outside", wrong)


def _link(path: Path, folder: Path, chance: random.Random) -> str:
    path.unlink()
    path.symlink_to(chance.choice((folder / "outside.md", Path("/etc/passwd"), Path("/dev/zero"), folder / "nowhere")))
    return "link"


def _references(path: Path, folder: Path, chance: random.Random) -> str:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, chance.randrange(2, 40))]
    path.write_text("\n".join(levels), "utf-8")
    return "references"


def _deep(path: Path, folder: Path, chance: random.Random) -> str:
    sign = chance.choice("[{(\"'")
    path.write_text(f"a: {sign * chance.choice((100, 5_000, 200_000))}\n", "utf-8")
    return "deep"


def _long_number(path: Path, folder: Path, chance: random.Random) -> str:
    lines = path.read_text("utf-8").split("\n")
    lines[chance.randrange(len(lines))] += "9" * chance.choice((400, 5_000, 300_000))
    path.write_text("\n".join(lines), "utf-8")
    return "long number"


def _packed(path: Path, folder: Path, chance: random.Random) -> str:
    path.unlink()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("x.csv", "0" * 10_000_000)
    return "packed"


def _folder(path: Path, folder: Path, chance: random.Random) -> str:
    path.unlink()
    path.mkdir()
    return "folder"
