"""What nobody uses goes: each function, class, constant and method has somebody that names it, and not only a test."""

import ast
import importlib
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from source_tree import nodes, parsed

REPOSITORY = Path(__file__).resolve().parents[2]
ROOT = REPOSITORY / "src" / "highneeds"
CALLERS = ("scripts", "benchmarks", "src/highneeds/office/evidence/migrations")
"""Beside the package itself: what writes the reference, what measures, and how the office's tables came to be."""
READ_AS_FILES = ("docs/how-to", "docs/tutorial", "src/highneeds/office")
"""Pages that are run as tests, and templates."""
FILES = sorted(path for path in ROOT.rglob("*.py") if not {"static", "migrations"} & set(path.parts))
CALLED_BY_DJANGO = {
    "authenticate", "clean_credential", "decrypt", "encrypt", "get_by_natural_key", "is_open_for_signup",
    "is_reauthentication_required", "process_exception", "ready",
}  # fmt: skip
"""Methods that the frameworks of the office call by their name."""
BASES = (string.Formatter,)
"""Classes of others from which ours come: their methods are called by them."""
MEASURED_BY_TESTS = {
    "Pooled.rank_of": "whether what came lies where the forecast had it",
    "Register.like": "a register with one thing otherwise, for the proof of the mechanism",
    "Register.of_workspace": "all that a register says of a workspace",
}
"""Methods whose only caller is a test, and for what: nothing else says it of them. It only ever gets shorter."""
PROOFS = ("registers/mechanism/proof.py",)
"""What the tests of every definition ask of it, beside what the reference prints."""
REACHED = {
    "highneeds": {"open"},
    "highneeds.office.evidence.worker": {"deliver_again"},
    "highneeds.office.wsgi": {"application"},
}
"""Asked for by a name that is worked out."""
OF_DJANGO = ("apps.py", "settings.py", "team.py", "team_urls.py", "urls.py")
"""Files of the office whose names are Django's."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_of(path): path.read_text("utf-8") for path in FILES}


def given_by(text: str) -> Iterator[tuple[str, ast.stmt]]:
    """Names that a file gives at its top, with what gives them; what a decorator of ours takes is taken by it."""
    for node in parsed(text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and all(map(_keeps_it_as_it_is, node.decorator_list)):
            yield from [(node.name, node)] * (not node.name.startswith("__"))
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            named = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((one.id, node) for one in named if isinstance(one, ast.Name) and not one.id.startswith("__"))


def _keeps_it_as_it_is(decorator: ast.expr) -> bool:
    return "dataclass" in ast.unparse(decorator) or "cache" in ast.unparse(decorator)


def used_in(module: str, text: str, modules: frozenset[str]) -> Iterator[tuple[str, str]]:
    """(module, name) of everything that a file asks for: its own names outside what gives them, and those of others."""
    others = {}
    for node in nodes(text):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                others[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                yield node.module, alias.name
    for top in parsed(text).body:
        given = getattr(top, "name", "")
        for node in ast.walk(top):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id != given:
                yield module, node.id
            elif isinstance(node, ast.Attribute) and others.get(getattr(node.value, "id", ""), "") in modules:
                yield others[node.value.id], node.attr


@cache
def used() -> frozenset[tuple[str, str]]:
    names = frozenset(MODULES)
    found = {one for module, text in MODULES.items() for one in used_in(module, text, names)}
    for folder in CALLERS:
        for path in (REPOSITORY / folder).rglob("*.py"):
            found |= set(used_in("", path.read_text("utf-8"), names))
    return frozenset(found)


@cache
def by_path() -> frozenset[str]:
    """Every name that the settings of the office give as a text: 'highneeds.office.site.middleware.without_nul'."""
    return frozenset(found for text in MODULES.values() for found in re.findall(r"highneeds(?:\.\w+)+", text))


@cache
def kinds_found_by_themselves() -> tuple[type, ...]:
    """The kinds of definition that registries look for: `definitions_in(package, Indicator)`."""
    found = []
    for module, text in MODULES.items():
        for node in nodes(text):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "definitions_in":
                found.append(getattr(importlib.import_module(module), ast.unparse(node.args[1])))
    return tuple(found)


def is_found(module: str, name: str) -> bool:
    return not module.startswith("highneeds.office") and isinstance(
        getattr(importlib.import_module(module), name, None), kinds_found_by_themselves()
    )


def left_over(module: str, text: str) -> list[str]:
    names = (name for name, _ in given_by(text))
    return [
        name
        for name in names
        if (module, name) not in used() and f"{module}.{name}" not in by_path() and not is_found(module, name)
    ]


def test_each_name_of_a_file_is_named_elsewhere():
    for path in FILES:
        if path.name not in OF_DJANGO and name_of(path) not in PROOFS:
            module = module_of(path)
            found = set(left_over(module, MODULES[module])) - reached_by_name(module)
            assert not found, f"{name_of(path)}: nobody but a test uses {sorted(found)}; let it go with its test"


def reached_by_name(module: str) -> set[str]:
    """What is asked of a module whose name is worked out: of each renderer `render`, of the package `open`."""
    if module.startswith("highneeds.report.render."):
        return {"render"}
    return REACHED.get(module, set())


def methods_of(text: str) -> Iterator[tuple[str, str]]:
    for node in nodes(text):
        if isinstance(node, ast.ClassDef):
            for one in node.body:
                if isinstance(one, ast.FunctionDef) and not one.name.startswith("__"):
                    yield node.name, one.name


@cache
def asked_of_things() -> frozenset[str]:
    """Every name after a dot, alone in a class or as a text, in the package and around it, in pages and templates."""
    texts = [*MODULES.values(), *(p.read_text("utf-8") for one in CALLERS for p in (REPOSITORY / one).rglob("*.py"))]
    every = [node for text in texts for node in nodes(text)]
    found = {node.attr for node in every if isinstance(node, ast.Attribute)}
    found |= {node.id for node in every if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    found |= {node.value for node in every if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    for folder in READ_AS_FILES:
        for path in (one for one in (REPOSITORY / folder).rglob("*") if one.suffix in (".html", ".md", ".txt")):
            found |= set(re.findall(r"\.([A-Za-z_]\w*)", path.read_text("utf-8")))
    return frozenset(found)


def test_each_method_is_called_somewhere():
    by_others = {name for one in BASES for name in vars(one)} | CALLED_BY_DJANGO
    for module, text in MODULES.items():
        found = {
            f"{owner}.{name}" for owner, name in methods_of(text) if name not in asked_of_things() | by_others
        }  # fmt: skip
        assert not found - MEASURED_BY_TESTS.keys(), f"{module}: nobody but a test calls {sorted(found)}"


def test_what_nobody_uses_is_seen():
    text = "A = 1\nB = A\ndef f(): return f()\n@dataclass\nclass C: ...\n@rule('X')\ndef g(): ...\nprint(B)"
    own = set(used_in("m", text, frozenset()))
    assert [name for name, _ in given_by(text) if ("m", name) not in own] == ["f", "C"]
    assert list(methods_of("class C:\n    def one(self): ...\n    def __len__(self): ...")) == [("C", "one")]
