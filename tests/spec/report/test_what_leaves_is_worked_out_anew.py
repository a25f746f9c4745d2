"""A new part of the evidence that is made from computed figures does not leave the council with its small counts."""

import ast
import inspect
import textwrap
from functools import cached_property

import pytest

from highneeds.evidence import Evidence
from highneeds.report.known import _SHOWN

NEVER_SENT = {"findings"}
"""Messages for those inside: no report that goes out prints them."""
PARTS = {name: one.func for name, one in vars(Evidence).items() if isinstance(one, cached_property)}


@pytest.mark.parametrize("name", sorted(PARTS))
def test_what_is_made_from_computed_figures_is_made_anew_where_small_counts_are_hidden(name):
    tree = ast.parse(textwrap.dedent(inspect.getsource(PARTS[name])))
    asked = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert "self.computed" not in asked or name in _SHOWN or name in NEVER_SENT


def test_each_part_that_is_made_anew_is_one_of_the_evidence():
    assert set(_SHOWN) <= set(PARTS)
