"""A YAML file stands for itself: references that unfold to more than memory holds are refused, with their line."""

import pytest

from highneeds.intake.yamlfile import parse_yaml
from highneeds.vocabulary.errors import InputError


def test_a_reference_is_refused_with_its_line():
    with pytest.raises(InputError) as refused:
        parse_yaml("a: &one [x, y]\nb:\n  - *one\n", "agreement.yaml")
    assert refused.value.sentence == (
        "agreement.yaml line 3: A reference to another entry stands here (*one). Write out what it refers to."
    )


def test_references_upon_references_are_refused_before_they_unfold():
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    with pytest.raises(InputError, match="line 2"):
        parse_yaml("\n".join(levels), "agreement.yaml")


def test_a_star_in_a_text_is_no_reference():
    assert parse_yaml("a: 'half * two'\nb: five * six\n", "agreement.yaml")["b"] == "five * six"


def test_what_is_read_twice_is_not_shared():
    """A text is taken apart once; who reads it has entries of their own, and the name that they gave."""
    text = "list:\n- name: one\n"
    first, second = parse_yaml(text, "first.yaml"), parse_yaml(text, "second.yaml")
    first["list"][0]["name"] = "other"
    first["list"].append("more")
    assert second == {"list": [{"name": "one"}]} == parse_yaml(text, "third.yaml")
    assert (str(first.where("list")), str(second.where("list"))) == ("first.yaml line 1", "second.yaml line 1")
