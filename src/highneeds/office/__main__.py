"""python -m highneeds.office WORKSPACE OUT PORT [token|no-token]: bring the results up to date, then serve the pages.

`highneeds serve` is what people type; it starts this in its own place.
"""

import os
import secrets
import socket
import sys
from pathlib import Path

from highneeds.office.evidence.bridge import InputError, ResultsError, RunFailed, bring_up_to_date
from highneeds.office.evidence.results_folder import load
from highneeds.office.machine import others_at_work, others_have_accounts

STYLE = Path(__file__).parent / "site" / "static" / "build" / "highneeds.css"
ONLY_THIS_MACHINE = "127.0.0.1"


def main(workspace: Path, out: Path, port: int, token: str = "") -> None:
    """Everything that can go wrong is said before the first page is asked for.

    token   'token' or 'no-token'; '' asks for one where another person is at work on this machine
    """
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
    print(f"{results.council.name}: open {_address(port, token)} in a browser. Ctrl+C ends it.", flush=True)
    serve_with_gunicorn(port)


def _address(port: int, token: str) -> str:
    """What to open, with its token where one is asked for; where none is and others could read, that is said."""
    address = f"http://{ONLY_THIS_MACHINE}:{port}/"
    if token == "token" or (not token and others_at_work()):
        os.environ["HIGHNEEDS_START_TOKEN"] = secrets.token_urlsafe(24)
        return f"{address}?token={os.environ['HIGHNEEDS_START_TOKEN']}"
    if not token and others_have_accounts():
        note = "Others have accounts on this machine and could open the pages too; with --token only this address does."
        sys.stderr.write(f"{note}\n")
    return address


def style_must_be_built() -> None:
    if not STYLE.is_file():
        raise InputError(
            "The pages' style is not built", remedy="In a copy of the repository run make demo; a wheel brings it"
        )


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
        main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:5])
    except (InputError, ResultsError) as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(2)
    except RunFailed as problem:
        sys.exit(problem.code)
