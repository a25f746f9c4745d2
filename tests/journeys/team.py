"""An office of a team as people run it: made, filled and served by the commands, looked at in a browser."""

import base64
import hashlib
import hmac
import os
import re
import struct
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from journeys.conftest import ROOT, free_port, wait_until_it_answers
from office_shell import several

PASSWORD = "a long enough sentence 7"
PEOPLE = {
    "manager": ("Morgan Manager", "manager"),
    "owner": ("Oli Owner", "owner"),
    "analyst": ("Ana Analyst", "analyst"),
    "finance": ("Fin Partner", "finance"),
    "treasurer": ("Sasha Treasurer", "section-151"),
    "director": ("Drew Director", "director"),
    "member": ("Mo Member", "member"),
    "dfe": ("Dana Reader", "dfe"),
    "admin": ("Ash Administrator", "administrator"),
}


FEW_DRAWS = ROOT / "tests" / "few_draws"
"""The engine's forecast is held elsewhere; here it is work that takes a while, in the worker's own process."""


def done(*calls: tuple[str, dict], **environment: str) -> list[str]:
    """What commands of the office say; each must succeed."""
    said = several(*calls, **environment)
    assert all(code == 0 for code, _ in said), said
    return [text for _, text in said]


@dataclass
class Team:
    """office: its folder; address: where it is served; links: person -> where they choose a password."""

    office: Path
    address: str = ""
    links: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None

    def found(self, workspace: Path, people=tuple(PEOPLE)) -> None:
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        calls = [("init", {"office": self.office}), ("import_workspace", self.of(workspace=workspace))]
        self.told(calls, {one: PEOPLE[one] for one in people})

    def add(self, one: str, name: str, role: str) -> None:
        self.told([], {one: (name, role)})

    def of(self, **words: object) -> dict[str, object]:
        return {"office": self.office, **words}

    def told(self, calls: list, people: dict[str, tuple[str, str]]) -> None:
        """Do what is asked, then add the people; each gets a link to choose a password."""
        for one, (name, role) in people.items():
            who = {"name": name, "email": f"{one}@example.gov.uk", "role": role, "council": "", "deputy": False}
            calls.append(("person_add", self.of(**who)))
        said = done(*calls, HIGHNEEDS_URL=self.address)
        for one, text in zip(people, said[-len(people) :], strict=True):
            self.links[one] = re.search(r"http\S+", text)[0]

    def serve(self) -> None:
        port = self.address.rpartition(":")[2]
        command = [sys.executable, "-m", "highneeds", "serve", "--office", str(self.office), "--port", port]
        paths = os.pathsep.join(filter(None, (str(FEW_DRAWS), os.environ.get("PYTHONPATH"))))
        told = {**os.environ, "HIGHNEEDS_URL": self.address, "PYTHONPATH": paths}
        told.pop("DJANGO_SETTINGS_MODULE", None)
        self.process = subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.DEVNULL)
        wait_until_it_answers(f"{self.address}/health/", self.process)

    def end(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=30)


def code_of(secret: str, now: float) -> str:
    """The six figures that an authenticator app shows (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(now) // 30), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def arrive(page, team: Team, one: str) -> str:
    """Somebody's first visit: choose a password, set up the second factor. Gives the secret of their app."""
    page.goto(team.links[one])
    page.get_by_label("New Password", exact=True).fill(PASSWORD)
    page.get_by_label("New Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Change Password").click()
    sign_in(page, team, one)
    secret = page.locator("#authenticator_secret").input_value()
    page.get_by_label("Authenticator code").fill(code_of(secret, time.time()))
    page.get_by_role("button", name="Activate").click()
    page.goto(team.address)
    assert "/councils/" in page.url, page.locator("main").inner_text()
    return secret


def sign_in(page, team: Team, one: str) -> None:
    """With the password; what follows depends on whether a second factor is there."""
    page.goto(team.address)
    page.get_by_label("Email").fill(f"{one}@example.gov.uk")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
