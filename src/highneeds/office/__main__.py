"""python -m highneeds.office WORKSPACE OUT PORT: bring the results up to date, then serve the pages on this machine.

`highneeds serve` is what people type; it starts this in its own place.
"""

import os
import socket
import sys
from pathlib import Path

from highneeds.office.evidence.bridge import InputError, ResultsError, RunFailed, bring_up_to_date, load

STYLE = Path(__file__).parent / "site" / "static" / "build" / "highneeds.css"
ONLY_THIS_MACHINE = "127.0.0.1"


def main(workspace: Path, out: Path, port: int) -> None:
    """Everything that can go wrong is said before the first page is asked for."""
    style_must_be_built()
    port_must_be_free(port)
    bring_up_to_date(workspace, out)
    results = load(out)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="highneeds.office.settings",
        HIGHNEEDS_WORKSPACE=str(workspace.resolve()),
        HIGHNEEDS_RESULTS=str(out.resolve()),
        HIGHNEEDS_WARM_UP="yes",
    )
    token = os.environ.get("HIGHNEEDS_START_TOKEN", "")
    address = f"http://{ONLY_THIS_MACHINE}:{port}/" + (f"?token={token}" if token else "")
    print(f"{results.council.name}: open {address} in a browser. Ctrl+C ends it.", flush=True)
    serve_with_gunicorn(port)


def style_must_be_built() -> None:
    if not STYLE.is_file():
        raise InputError("The pages' style is not built", remedy="Run: python scripts/build_assets.py")


def port_must_be_free(port: int) -> None:
    """A port that something else listens on is refused before the long work, not after."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ONLY_THIS_MACHINE, port))
        except (OSError, OverflowError):
            raise InputError(
                f"Port {port} cannot be used on this machine", remedy="Choose another with --port"
            ) from None


def serve_with_gunicorn(port: int) -> None:
    """Two processes, nothing listened to but this machine, no control socket. Returns when it is ended."""
    from gunicorn.app.wsgiapp import run

    sys.argv = [
        "gunicorn",
        f"--bind={ONLY_THIS_MACHINE}:{port}",
        "--workers=2",
        "--threads=8",  # a connection that says nothing holds a thread, and the others answer
        "--no-control-socket",
        "--forwarder-headers=",  # nobody may say under which address we answer: a forged one was an error
        "--log-level=warning",
        "highneeds.office.wsgi:application",
    ]
    run()


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
    except (InputError, ResultsError) as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(2)
    except RunFailed as problem:
        sys.exit(problem.code)
