"""Who else is on this machine: pages that listen on it alone can be asked for by everybody who is signed in there."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PEOPLE = range(1000, 60_000)
"""The numbers of people's accounts; others are the system's own (login.defs(5): UID_MIN, UID_MAX as distributed)."""
NO_SHELL = ("nologin", "false", "sync", "")


def others_at_work(proc: Path = Path("/proc")) -> bool:
    """Whether a process of another person runs now; False where the system does not say."""
    owners = []
    for process in proc.glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile
            owners.append(process.stat().st_uid)
    return bool(other_people(owners))


def others_have_accounts() -> bool:
    """Whether another person may sign in here, at work or not."""
    import pwd

    return bool(other_people(one.pw_uid for one in pwd.getpwall() if Path(one.pw_shell).name not in NO_SHELL))


def other_people(uids: Iterable[int]) -> set[int]:
    return {uid for uid in uids if uid in PEOPLE and uid != os.getuid()}
