"""Write the sentences that stand in the code: python scripts/write_sentences.py

Why a figure is missing, what a sum rests on and what a check found is said where it is known. Every such sentence is
on file, room by room, with an ellipsis for what is filled in; of `report` what its functions say, for its constants are
on file with the documents. Refusals and what is declared are in the reference.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
SOURCE = REPOSITORY / "src" / "highneeds"
SENTENCES = REPOSITORY / "tests" / "golden" / "sentences_in_code.txt"
TRYING_OUT = "invented"
CONSTANTS_ON_FILE = "report"
"""The room whose constants `scripts/write_texts.py` writes."""
SENTENCE = re.compile(r"[a-z]{2} [a-z…]|… [a-z]")
NO_TEXT = {"decorator_list", "annotation", "returns"}
"""What is declared there is in the reference."""


def sentences() -> str:
    """Each file with its sentences in the order in which they stand there, once."""
    lines: list[str] = []
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE)
        if name.parts[0] != TRYING_OUT:
            said = said_in(ast.parse(path.read_text("utf-8")), constants=name.parts[0] != CONSTANTS_ON_FILE)
            lines += [f"# {name.with_suffix('').as_posix()}", "", *said, ""] if said else []
    return "\n".join(lines)


def said_in(tree: ast.Module, constants: bool = True) -> list[str]:
    """The sentences of one file, each once, with those of its constants or without."""
    spoken = ast.FunctionDef | ast.ClassDef
    body = [statement for statement in tree.body if constants or isinstance(statement, spoken)]
    found = dict.fromkeys(_said(text) for text in _of_statements(body))
    return [one for one in found if SENTENCE.search(one)]


def _of_statements(body: list[ast.stmt]) -> Iterator[ast.expr]:
    """The texts of functions, classes and plain constants; a definition is a call, and only its functions speak."""
    for statement in body:
        declared = isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call)
        inside = [node for node in ast.walk(statement) if isinstance(node, ast.Lambda)] if declared else [statement]
        for node in inside:
            yield from _texts(node)


def _texts(node: ast.AST) -> Iterator[ast.expr]:
    """The outermost texts: no docstring, no refusal, nothing that is declared of a function."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Call(func=ast.Name(id="InputError" | "StoreError")):
            return
        case ast.JoinedStr(values=values):
            yield node
            for value in values:
                if isinstance(value, ast.FormattedValue):
                    yield from _texts(value.value)
        case ast.Constant(value=str()):
            yield node
        case _:
            for field, value in ast.iter_fields(node):
                if field not in NO_TEXT:
                    for one in value if isinstance(value, list) else [value]:
                        if isinstance(one, ast.AST):
                            yield from _texts(one)


def _said(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=values):
            return "".join(map(_said, values))
    return "…"


def main() -> None:
    SENTENCES.write_text(sentences(), encoding="utf-8")


if __name__ == "__main__":
    main()
