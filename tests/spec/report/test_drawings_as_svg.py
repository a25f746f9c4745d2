"""A drawing as SVG: where its marks stand, pencil in hand. The plot is 100 pixels wide and 50 high."""

import lxml.etree
import pytest

from highneeds.report.charts import draw
from highneeds.report.charts.spec import as_given, layer, name, number, picture_of, pixels

AT = {"x": pixels("x", 0, 10), "y": pixels("y", 0, 5)}
PADDING = {"left": 30, "right": 20, "top": 5, "bottom": 15}
ENDS = ("x1", "y1", "x2", "y2")


def drawn(kind, rows, channels=AT, **look):
    picture = picture_of([layer(kind, rows, channels, **look)], width=100, height=50, padding=PADDING)
    return lxml.etree.fromstring(draw.svg(picture).encode())


def marks(kind, rows, channels=AT, **look):
    """(name, its attributes) of what stands in the plot."""
    return [(one.tag.split("}")[1], dict(one.attrib)) for one in drawn(kind, rows, channels, **look)[1]]


def places(found, *names):
    return [tuple(attributes[name] for name in names) for _, attributes in found]


def test_the_picture_is_as_large_as_plot_and_padding():
    tree = drawn("rule", [{"x": 1, "y": 1}], color="red")
    assert (tree.get("width"), tree.get("height"), tree[1].get("transform")) == ("150", "70", "translate(30,5)")


def test_a_rule_goes_from_its_place_to_the_other_that_is_said():
    both = AT | {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    row = [{"x": 5, "y": 2, "x2": 10, "y2": 0}]
    assert places(marks("rule", row, both, color="red"), *ENDS) == [("50", "30", "100", "50")]
    assert places(marks("rule", row, AT | {"x2": {"field": "x2"}}, color="red"), *ENDS) == [("50", "30", "100", "30")]


def test_a_rule_goes_across_or_down_the_whole_plot_where_one_way_is_said():
    rows = [{"x": 5, "y": 2}]
    base = layer("circle", [], AT, size=1)
    for way, ends in (("x", ("50", "0", "50", "50")), ("y", ("0", "30", "100", "30"))):
        alone = layer("rule", rows, {way: AT[way]}, color="red")
        picture = picture_of([base, alone], width=100, height=50, padding=PADDING)
        [rule] = lxml.etree.fromstring(draw.svg(picture).encode())[1]
        assert tuple(rule.get(end) for end in ENDS) == ends


def test_a_chart_without_a_figure_one_way_is_its_frame():
    """Where no row has a figure, nothing says where the plot begins and ends: the rule of the target still stands."""
    assert places(marks("rule", [{"x": 5}], {"x": AT["x"]}, color="red"), *ENDS) == [("50", "0", "50", "50")]
    assert places(marks("rule", [{"y": 2}], {"y": AT["y"]}, color="red"), *ENDS) == [("0", "30", "100", "30")]


def test_a_line_is_drawn_in_its_stretches_and_one_point_alone_is_none():
    rows = [{"x": 0, "y": 0, "run": 0}, {"x": 5, "y": 5, "run": 0}, {"x": 10, "y": 1, "run": 1}]
    found = marks("line", rows, AT | {"detail": name("run")}, color="red", strokeWidth=2, strokeDash=[6, 4])
    assert places(found, "points", "stroke-dasharray", "stroke-width") == [("0,50 50,0", "6,4", "2")]


def test_an_area_goes_along_its_upper_edge_and_back_along_the_lower():
    rows = [{"x": 0, "y": 5, "y2": 4}, {"x": 10, "y": 3, "y2": 0}]
    found = marks("area", rows, AT | {"y2": {"field": "y2"}}, color="red", opacity=0.5)
    assert places(found, "points", "fill", "opacity") == [("0,0 100,20 100,50 0,10", "red", "0.5")]


def test_a_bar_lies_around_the_middle_of_its_row_whichever_end_comes_first():
    rows = [{"x": 2, "z": 8, "y": 3, "own": True}, {"x": 8, "z": 2, "y": 1, "own": False}]
    colour = {"condition": {"field": "own", "value": "blue"}, "value": "grey"}
    found = marks("bar", rows, AT | {"x2": {"field": "z"}, "color": colour}, size=10)
    assert places(found, "x", "y", "width", "height", "fill") == [
        ("20", "15", "60", "10", "blue"),
        ("20", "35", "60", "10", "grey"),
    ]


@pytest.mark.parametrize(
    ("shape", "tag", "where"),
    [
        ("circle", "circle", {"cx": "50", "cy": "30", "r": "5"}),
        ("square", "rect", {"x": "45", "y": "25", "width": "10", "height": "10"}),
        ("diamond", "polygon", {"points": "45,30 50,25 55,30 50,35"}),
        ("triangle-up", "polygon", {"points": "50,25.67 45,34.33 55,34.33"}),
    ],
)
def test_a_shape_has_half_the_side_of_its_square_to_each_side(shape, tag, where):
    [(found, attributes)] = marks("point", [{"x": 5, "y": 2}], color="red", fill="red", shape=shape, size=100)
    assert (found, {key: attributes[key] for key in where}) == (tag, where)


@pytest.mark.parametrize(
    ("look", "paint"),
    [
        ({"color": "red", "filled": True, "opacity": 1}, {"fill": "red"}),
        ({"stroke": "red", "filled": False, "strokeWidth": 3, "opacity": 1}, {"stroke": "red", "stroke-width": "3"}),
        ({"color": "red"}, {"stroke": "red", "stroke-width": "2", "opacity": "0.7"}),
    ],
)
def test_a_shape_is_full_or_an_outline(look, paint):
    [(_, attributes)] = marks("point", [{"x": 5, "y": 2}], size=100, **look)  # a circle, where no shape is said
    assert {key: value for key, value in attributes.items() if key not in ("cx", "cy", "r")} == paint


def test_a_row_without_a_figure_is_not_drawn_and_a_row_may_name_its_colour():
    rows = [{"x": 5, "y": None, "c": "red"}, {"x": 5, "y": 2, "c": "blue"}]
    found = marks("circle", rows, AT | {"color": as_given("c")}, size=16, opacity=1)
    assert places(found, "cx", "r", "fill") == [("50", "2", "blue")]


@pytest.mark.parametrize(("baseline", "y"), [("middle", "34"), ("bottom", "27")])
def test_words_stand_beside_their_place_and_nothing_in_them_is_mark_up(baseline, y):
    look = {"align": "right", "dx": -6, "fontSize": 13, "fontWeight": "bold", "color": "red", "baseline": baseline}
    tree = drawn("text", [{"x": 5, "y": 2, "t": "<b>&"}], AT | {"text": name("t")}, **look)
    [words] = tree[1]
    assert (words.text, words.get("x"), words.get("y"), words.get("text-anchor")) == ("<b>&", "44", y, "end")


def test_an_axis_has_a_tick_and_a_name_for_each_period_and_a_hair_line_for_each_figure():
    feet = {"values": [0, 10], "labels": ["Jan|2024", "Feb"], "color": "black"}
    hairs = {"values": [0, 5], "labels": ["£0", "£5"], "color": "grey"}
    at = {"x": number("x", axis=feet, scale=AT["x"]["scale"]), "y": number("y", axis=hairs, scale=AT["y"]["scale"])}
    tree = drawn("circle", [], at, size=1)
    assert [tuple(one.get(key) for key in (*ENDS, "stroke")) for one in tree.iter("{*}line")] == [
        ("0.5", "50.5", "100.5", "50.5", "grey"),
        ("0.5", "0.5", "100.5", "0.5", "grey"),
        ("0.5", "50.5", "0.5", "54.5", "black"),
        ("100.5", "50.5", "100.5", "54.5", "black"),
        ("0.5", "50.5", "100.5", "50.5", "black"),
    ]
    assert [(one.text, one.get("x"), one.get("y")) for one in tree.iter("{*}text")] == [
        ("£0", "-7.5", "54.5"),
        ("£5", "-7.5", "4.5"),
        ("Jan", "0.5", "65.5"),
        ("2024", "0.5", "79.5"),
        ("Feb", "100.5", "65.5"),
    ]


@pytest.mark.parametrize(("kind", "look"), [("pie", {}), ("rule", {"colour": "red"})])
def test_a_mark_or_a_look_that_nobody_draws_is_refused(kind, look):
    with pytest.raises(ValueError, match="a mark that is not drawn"):
        marks(kind, [{"x": 1, "y": 1}], **look)


def test_the_same_drawing_is_the_same_text():
    one, other = ([layer("circle", [row], AT, size=1)] for row in ({"x": 1, "y": 2}, {"y": 2, "x": 1}))
    size = {"width": 1, "height": 1, "padding": PADDING}
    assert picture_of(one, **size) == picture_of(other, **size)
