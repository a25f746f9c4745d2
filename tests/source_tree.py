"""The product's own source, parsed once a process: the house tests all read the same files."""

import ast
from functools import cache


@cache
def parsed(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def nodes(text: str) -> tuple[ast.AST, ...]:
    """Every node of a source text, as ast.walk gives them."""
    return tuple(ast.walk(parsed(text)))
