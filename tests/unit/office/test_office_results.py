"""What results.json must be. Anything else is refused, and the refusal names what is wrong."""

import json

import pytest

from highneeds.office.evidence.bridge import ResultsError
from highneeds.office.evidence.results_folder import file_in, load
from highneeds.report.pages.results.whole import SCHEMA


def change(folder, edit) -> None:
    path = folder / "internal" / "results.json"
    results = json.loads(path.read_bytes())
    edit(results)
    path.write_text(json.dumps(results), encoding="utf-8")


def test_what_the_engine_writes_is_read_whole(folder):
    results = load(folder)
    assert len(results.indicators) == 44
    assert results.council.name == "Kent County Council"
    assert sum(len(one.rows) for one in results.indicators) == 550


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda r: r.pop("answers"), "answers: Field required"),
        (lambda r: r["council"].update(mood="calm"), "council.mood: Unexpected keyword argument"),
        (lambda r: r["council"].update(synthetic=None), "council.synthetic"),
        (lambda r: r.update(schema=1), f"schema: Input should be {SCHEMA}"),
        (lambda r: r["figures"][0].update(to="source:nobody"), "'source:nobody' leads nowhere"),
        (lambda r: r["figures"][0].update(to="https://example.org/"), "'https://example.org/' leads nowhere"),
        (lambda r: r["findings"]["rows"][0].update(about="indicator:gone"), "'indicator:gone' leads nowhere"),
        (lambda r: r["conditions"][0]["indicators"].append("gone"), "'indicator:gone' leads nowhere"),
        (lambda r: r["overview_charts"].append("gone"), "'chart:gone' leads nowhere"),
        (lambda r: r["indicators"].append(r["indicators"][0]), "'specialist_share_yr_r_6' is there twice"),
        (lambda r: r["sources"][0].update(id="a/../b"), "'a/../b' is no id"),
        (lambda r: r["documents"][0].update(file="report.pdf"), "'report.pdf' is not in the results folder"),
        (lambda r: r["documents"][0].update(file="../kept.txt"), "'../kept.txt' is not in the results folder"),
        (lambda r: r["charts"][0].update(svg="/etc/hostname"), "'/etc/hostname' is not in the results folder"),
        (lambda r: r["answers"][0].update(answer="Perhaps"), "answers.0.answer"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(folder, edit, said):
    (folder.parent / "kept.txt").write_text("not ours to show")
    change(folder, edit)
    with pytest.raises(ResultsError, match=r"results\.json") as refused:
        load(folder)
    assert said in str(refused.value)


def test_no_results_yet_says_what_to_do(tmp_path):
    with pytest.raises(ResultsError, match="Run highneeds run first"):
        load(tmp_path)


@pytest.mark.parametrize(
    "drawing",
    [
        "<svg><script>alert(1)</script></svg>",
        '<svg onload="alert(1)"></svg>',
        '<svg><a href="javascript:alert(1)"><text>x</text></a></svg>',
        '<svg style="position:fixed"></svg>',
        "<svg><foreignObject/></svg>",
        '<svg><rect fill="red" class="govuk-tag"/></svg>',
        "<!DOCTYPE svg><svg/>",
        "<svg><path></svg>",
        '<x:svg xmlns:x="http://www.w3.org/1999/xhtml"><x:script/></x:svg>',
    ],
)
def test_a_sparkline_is_lines_and_shapes_and_nothing_else(folder, drawing):
    change(folder, lambda results: results["indicators"][0].update(sparkline_svg=drawing))
    with pytest.raises(ResultsError, match="holds more than lines and shapes"):
        load(folder)


def test_a_file_is_found_inside_the_folder_only(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "out.txt"
    inside.mkdir()
    outside.write_text("not ours to show")
    (inside / "report.pdf").write_text("ours")
    (inside / "link.pdf").symlink_to(outside)
    assert file_in(inside, "report.pdf") == (inside / "report.pdf").resolve()
    for name in ("../out.txt", str(outside), "link.pdf", "", ".", "nothing.pdf"):
        assert file_in(inside, name) is None
