"""Finding things by the words of a reader, and the pages of other councils, risks and registers."""

import csv
import html
import io
import json
import re

import pytest

from highneeds.office.evidence.results_folder import load
from highneeds.office.site.bars import BarFigure, bars
from highneeds.office.site.search import question, search


def body(answer) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()))


@pytest.fixture
def found(folder):
    from django.test import override_settings

    results = load(folder)
    with override_settings(ROOT_URLCONF="highneeds.office.urls"):
        yield lambda words: [(hit.kind, hit.title, hit.text) for hit in search(results, words).hits]


@pytest.mark.parametrize(
    ("asked", "words", "month"),
    [
        ("overdue reviews", ("overdue", "reviews"), ""),
        (
            "What did independent secondary places cost in November 2024?",
            ("independent", "secondary", "places", "cost"),
            "2024-11",
        ),
        (
            "How many annual reviews are overdue, and is it getting better?",
            ("annual", "reviews", "overdue", "better"),
            "",
        ),
        ("2024-09 mainstream", ("mainstream",), "2024-09"),
        ("Sept 2024", (), "2024-09"),
        ("7,765", ("7,765",), ""),
        ("may 2025 is a month, may is a word", ("month", "may", "word"), "2025-05"),
        ("   ", (), ""),
        ("?!", (), ""),
    ],
)
def test_a_question_is_its_words_and_its_month(asked, words, month):
    read = question(asked)
    assert (read.words, read.month) == (words, month)


def test_a_month_in_the_question_is_answered(found):
    assert found("independent secondary cost November 2024")[0] == (
        "indicator",
        "Average cost, independent, secondary",
        "£48,686 in Nov 2024",
    )


def test_each_kind_of_thing_is_found(found):
    wanted = {
        "overdue reviews": ("indicator", "Annual reviews overdue"),
        "children without a place": ("indicator", "Children with no place"),
        "reviewing overdue": ("indicator", "Annual reviews overdue"),
        "stakeholder confidence": (
            "risk",
            "Lack of stakeholder confidence and engagement in changes being implemented",
        ),
        "appeals register": ("register", "Appeals and mediation"),
        "compare neighbours": ("comparison", "Requests refused"),
        "Nore Academy": ("register", "Schools and provisions opening"),
        "which condition is most at risk?": ("page", "Conditions"),
        "accumulated deficit": ("figure", "Accumulated deficit"),
        "monitoring report April": ("document", "Monitoring report, April 2025"),
    }
    for asked, (kind, title) in wanted.items():
        assert (kind, title) in [(one, name) for one, name, _ in found(asked)], asked


def test_what_has_all_the_words_hides_what_has_some_and_nonsense_finds_nothing(found):
    titles = [title for _, title, _ in found("annual reviews overdue")]
    assert titles[:2] == ["Annual reviews overdue", "Share of annual reviews overdue"]
    assert found("zebra xylophone quartz") == []
    assert found("the of and") == []


@pytest.mark.parametrize(
    ("asked", "first", "mended", "nowhere"),
    [
        ("anual reveiws overdue", "Annual reviews overdue", (("anual", "annual"), ("reveiws", "reviews")), ()),
        ("independant cost", "Average cost, independent, primary", (("independant", "independent"),), ()),
        ("children missing a place", "Children with no place", (), ()),
        ("mediation tribunals", "Appeals and mediation", (), ()),
        ("moves from mainstream to special", "Mainstream to special or independent, all moves", (), ()),
        ("moves from special to mainstream", "Special or independent to mainstream, all moves", (), ()),
        ("overdue reviews zqxj", "Annual reviews overdue", (), ("zqxj",)),
    ],
)
def test_a_word_misspelt_or_said_otherwise_finds_what_is_meant(folder, asked, first, mended, nowhere):
    from django.test import override_settings

    with override_settings(ROOT_URLCONF="highneeds.office.urls"):
        found = search(load(folder), asked)
    assert (found.hits[0].title, found.mended, found.nowhere) == (first, mended, nowhere)


def test_how_a_question_was_read_is_said(client):
    assert "“reveiws” was read as “reviews”" in body(client.get("/search/", {"q": "overdue reveiws"}))
    assert "Nothing here has “zqxj”" in body(client.get("/search/", {"q": "overdue reviews zqxj"}))


def test_two_councils_asked_about_in_turn_find_their_own(folder):
    from dataclasses import replace

    from django.test import override_settings

    one = load(folder)
    other = replace(one, indicators=(replace(one.indicators[0], short_title="Of another council", title="x"),))
    with override_settings(ROOT_URLCONF="highneeds.office.urls"):
        for results, count in ((one, 0), (other, 1), (one, 0), (other, 1)):
            hits = search(results, "another council").hits
            assert len([hit for hit in hits if hit.title == "Of another council"]) == count


def test_search_is_an_ordinary_form_and_its_words_stay_text(client):
    assert client.get("/search/").status_code == 200
    text = client.get("/search/", {"q": "<b>overdue</b>"}).content.decode()
    assert "<b>overdue</b>" not in text and "Annual reviews overdue" in text
    assert "indicators only" in body(client.get("/search/", {"q": "share", "kind": "indicator"}))
    assert client.get("/search/", {"q": "x" * 5000, "kind": "<i>"}).status_code == 200
    assert 'name="q"' in client.get("/money/").content.decode(), "the form stands on every page"


PAGE = "/compare/pct_requests_refused/"


def test_bars_run_from_nought_longest_first_and_a_gap_has_none():
    def one(name, value):
        return BarFigure(name, name, "other", value, value or "Not published")

    shown = bars([one("a", "10"), one("b", None), one("c", "-10"), one("d", "30")])
    assert [(bar.name, bar.x, bar.width) for bar in shown] == [
        ("d", 25.0, 75.0),
        ("a", 25.0, 25.0),
        ("c", 0.0, 25.0),
        ("b", None, None),
    ]


def named(text: str) -> list[str]:
    return re.findall(r'hn-bars__name">([^<]+)<', text)


def test_other_councils_are_chosen_in_the_address(client):
    usual = client.get(PAGE).content.decode()
    assert named(usual) == ["Kent", "Essex", "South East", "England"] and "Source: DfE" in usual
    assert named(client.get(PAGE, {"set": "1"}).content.decode()) == ["Kent"]
    added = client.get(PAGE, {"set": "1", "with": ["england", "201"]}).content.decode()
    assert named(added) == ["Kent", "England", "City of London"]
    assert "with=england&amp;with=201" in added, "the choice stays when another view is asked for"
    earlier = client.get(PAGE, {"period": "2022", "set": "1", "with": ["england", "middle", "201"]}).content.decode()
    assert re.findall(r"hn-bars__figure[^>]*>([^<]+)<", earlier) == ["40.0%", "22.0%", "Not published", "Not published"]
    over_time = body(client.get(PAGE, {"show": "time", "set": "1", "with": ["england", "neighbours", "201"]}))
    assert "City of London 10.0%" in client.get(PAGE + "all.svg", {"with": ["england", "201"]}).content.decode()
    assert "Without a line, since no more than four can be told apart: each of the neighbours" in over_time
    assert named(client.get(PAGE, {"set": "1", "with": "881"}).content.decode()) == ["Kent", "Essex"]
    for query in ({"show": "<b>"}, {"period": "1066"}, {"with": "999"}, {"with": "<i>", "set": "x"}):
        assert client.get(PAGE, query).status_code == 200, "a choice that is not offered is passed over"


def test_what_is_shown_can_be_taken_away(client):
    answer = client.get(PAGE + "shown.csv", {"set": "1", "with": ["england", "201"]})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["area"], row["period"], row["value"]) for row in rows] == [
        ("Kent", "2022", "40.0"),
        ("Kent", "2023", "45.0"),
        ("England", "2022", "22.0"),
        ("England", "2023", "25.0"),
        ("City of London", "2022", ""),
        ("City of London", "2023", "10.0"),
    ]
    assert client.get(PAGE + "all.csv").status_code == 200
    assert client.get(PAGE + "all.json").status_code == 404


def test_an_indicator_shows_its_target_its_comment_and_others_where_they_are_published(client):
    text = body(client.get("/indicators/assess_declined_pct/"))
    assert "Beside other councils" in text and "3 of 151 councils" in text
    place = body(client.get("/indicators/no_place_count/"))
    assert "Target: 700 in Apr 2025" in place and "Rises each spring." in place and "Owner: not named" in place
    assert "Beside other councils" not in place


def test_conditions_stand_worst_first_and_lead_to_their_pages(client, folder):
    text = client.get("/conditions/").content.decode()
    order = [int(number) for number in re.findall(r'href="/conditions/(\d+)/"', text)]
    ranks = {one.number: one.rank for one in load(folder).conditions}
    assert order == sorted(ranks, key=ranks.__getitem__) and order != sorted(order)
    assert client.get("/conditions/3/").status_code == 200 and client.get("/conditions/10/").status_code == 404
    assert client.get("/assurance/").headers["Location"] == "/conditions/"


def test_rows_about_children_are_not_listed(client):
    text = body(client.get("/registers/appeals/"))
    assert "Its rows are about single children" in text and "fewer than 5" in text
    assert "Nore Academy" in body(client.get("/registers/openings/"))
    assert client.get("/registers/fee_uplifts/").status_code == 404


def said(heading):
    return {"heading": heading, "rest": ""}


def test_a_council_that_has_nothing_yet_is_told_what_will_stand_there(client, folder):
    path = folder / "internal" / "results.json"
    results = json.loads(path.read_bytes())
    results |= {"conditions": [], "asked": [], "conditions_sentence": said("No agreement or plan is on record")}
    results["risks"] = {"sentence": said("The council keeps no risk register"), "rows": []}
    results["registers"] = {
        "sentence": said("The council keeps no register yet"),
        "pages": [],
        "absent": ["Risk register"],
    }
    results["registers"]["due"] = {"columns": [], "rows": []}
    results["comparisons"] = {"sentence": said("Nothing is published of this council beside others"), "measures": []}
    for indicator in results["indicators"]:
        indicator |= {"condition": None, "beside": []}
    path.write_text(json.dumps(results))
    assert "Once an agreement or a plan stands in agreement.yaml" in body(client.get("/conditions/"))
    assert "Once registers/risks.csv has rows" in body(client.get("/risks/"))
    for address in ("/registers/", "/compare/", "/changes/", "/search/?q=place", "/", "/dashboard/"):
        assert client.get(address).status_code == 200, address
