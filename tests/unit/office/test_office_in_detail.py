"""Small functions of the office, each as a table: what is asked, what comes of it, and the limits on both sides."""

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory, override_settings

from highneeds.office.evidence.bridge import ComparedArea, InputError
from highneeds.office.evidence.job_kinds import KINDS, NotAsItShouldBe, asked_by, offered, typed_in
from highneeds.office.evidence.results_folder import load
from highneeds.office.evidence.views.data import by_rule, worked_out
from highneeds.office.registers.listed import Listing
from highneeds.office.registers.rows import read
from highneeds.office.site import rendered, templating
from highneeds.office.site import search as site_search
from highneeds.office.site.bars import AreaBar, BarFigure, bars
from highneeds.office.site.findable import Findable, everything
from highneeds.office.site.links import address
from highneeds.office.site.links import pages as named_pages
from highneeds.office.site.paged import paged, pagination
from highneeds.office.site.views import comparisons, errors
from on_file import held

# Words of the pages


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1 KB"), (999_499, "999 KB"), (999_999, "1000 KB"),
     (1_000_000, "1.0 MB"), (1_449_999, "1.4 MB")],
)  # fmt: skip
def test_the_size_of_a_file_in_words(count, said):
    assert templating.file_size(count) == said


@pytest.mark.parametrize(
    ("figure", "said"),
    [("", ""), ("-291.107", "−291"), ("99.96", "100"), ("100.4", "100"), ("12345.6", "12,346"), ("99.94", "99.9"),
     ("10.04", "10"), ("9.9996", "10"), ("9.9994", "9.999"), ("-0.00899999", "−0.009"), ("-10.06", "−10.1")],
)  # fmt: skip
def test_a_figure_that_was_worked_out_is_rounded(figure, said):
    assert templating.rounded(figure) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [((0, "check", "checks"), "0 checks"), ((0, "check", "checks", "none"), "none"),
     ((1, "check", "checks"), "1 check"),
     ((1, "check", "checks", "none"), "1 check"), ((2, "check", "checks"), "2 checks"),
     ((3204, "check", "checks", "none"), "3,204 checks")],
)  # fmt: skip
def test_how_many_of_what(given, said):
    assert templating.many(*given) == said


def test_days_and_moments_by_the_clock_here():
    """In July it is an hour later here than in universal time, so the last half hour of a day is tomorrow's."""
    late = datetime(2025, 7, 4, 23, 5, tzinfo=UTC)
    assert templating.day(date(2025, 7, 4)) == "4 July 2025"
    assert templating.day(late) == "5 July 2025"
    assert templating.moment(late) == "5 July 2025 at 00:05"
    assert templating.written_moment("2025-01-04T09:05:00+00:00") == "4 January 2025 at 09:05"


@pytest.mark.parametrize(
    ("kind", "colours"),
    [
        ("level", {"B": "", "G": "govuk-tag--green", "A": "govuk-tag--orange", "R": "govuk-tag--red"}),
        ("answer", {"Yes": "govuk-tag--green", "No": "govuk-tag--red"}),
        ("direction", {"better": "govuk-tag--green", "worse": "govuk-tag--orange"}),
        ("severity", {"must_fix": "govuk-tag--red", "query": "govuk-tag--orange"}),
    ],
)
def test_the_colour_of_a_tag(kind, colours):
    assert {value: templating.tag(kind, value) for value in colours} == colours
    assert templating.tag(kind, "another") == "govuk-tag--grey"


def test_words_that_a_template_makes_of_others():
    assert templating.WORDS == {
        "must_fix": "Must be fixed", "query": "Query", "note": "Note", "found": "Found something", "clear": "Clear",
        "could_not_check": "Could not be checked", "holds": "Hold", "fails": "Fail",
        "cannot_check": "Cannot be checked",
    }  # fmt: skip
    assert templating.capital("") == "" and templating.capital("no Date") == "No Date"
    assert templating.capitals(("special", "state special")) == ("special", "State special")
    assert templating.named(SimpleNamespace(name="a", title="A thing")) == ("a", "A thing")
    kept = '<span class="hn-nowrap">2024-25</span> &lt;b&gt; <span class="hn-nowrap">Jan 2025</span> x2024-25'
    assert str(templating.together("2024-25 <b> Jan 2025 x2024-25")) == kept


def test_a_template_escapes_and_keeps_no_line_of_its_own():
    from django.template import engines

    made = engines["jinja2"].env
    assert (made.autoescape, made.trim_blocks, made.lstrip_blocks) == (True, True, True)
    assert made.from_string("a\n  {% if 1 %}\n{{ said }}\n  {% endif %}\nb").render(said="<i>") == "a\n&lt;i&gt;\nb"
    assert made.globals["words"]("must_fix") == "Must be fixed" and made.globals["words"]("another") is None
    filters = "size together capital day moment capitals named written_moment many rounded"
    assert {name: made.filters[name].__name__ for name in filters.split()} == {
        **{name: name for name in filters.split()},
        "size": "file_size",
    }


# A long list in pages


@pytest.mark.parametrize(
    ("asked", "rows", "ways"),
    [
        ("", [1, 2], {"next": {"href": "/x/?rule=A&page=2"}}),
        ("?page=2", [3, 4], {"previous": {"href": "/x/?rule=A&page=1"}, "next": {"href": "/x/?rule=A&page=3"}}),
        ("?page=3", [5], {"previous": {"href": "/x/?rule=A&page=2"}}),
        ("?page=9", [5], {"previous": {"href": "/x/?rule=A&page=2"}}),
    ],
)
def test_a_page_of_a_list_leads_to_the_next_and_keeps_what_narrows_it(asked, rows, ways):
    page = paged(RequestFactory().get(f"/x/{asked}"), [1, 2, 3, 4, 5], 2)
    assert list(page.object_list) == rows
    assert pagination(page, "/x/", {"rule": "A", "severity": ""}, "Pages") == {"landmarkLabel": "Pages", **ways}


# Pages that are made once


@pytest.fixture
def pages(monkeypatch):
    from collections import OrderedDict

    kept = OrderedDict()
    monkeypatch.setattr(rendered, "_kept", kept)
    return kept


def asked_for(made_from, answer, **headers):
    return rendered.rendered_once(RequestFactory().get("/", headers=headers), made_from, lambda: answer)


def test_a_page_is_made_once_and_not_sent_again_to_who_has_it(pages):
    first = asked_for("a", HttpResponse(b"one", content_type="text/html; charset=utf-8"))
    again = asked_for("a", HttpResponse(b"another"))
    assert (again.content, again["ETag"], again["Content-Type"]) == (b"one", first["ETag"], "text/html; charset=utf-8")
    assert first["ETag"] == '"7692c3ad3540bb803c020b3aee66cd88"'  # the first 32 letters of the digest of 'one'
    assert asked_for("a", None, if_none_match=first["ETag"]).status_code == 304
    assert asked_for("a", None, if_none_match='"other"').status_code == 200


def changed(answer, **said):
    for name, value in said.items():
        setattr(answer, name, value)
    return answer


def with_cookie(answer):
    answer.set_cookie("a", "b")
    return answer


@pytest.mark.parametrize(
    ("answer", "is_kept"),
    [
        (HttpResponse(b"x"), True),
        (HttpResponse(b"x", status=404), False),
        (HttpResponse(b"x", headers={"X-Own": "1"}), False),
        (changed(HttpResponse(b"x"), _csp_replace={}), False),
        (with_cookie(HttpResponse(b"x")), False),
        (HttpResponse(b"x" * 500_000), True),
        (HttpResponse(b"x" * 500_001), False),
    ],
)
def test_only_a_whole_page_with_nothing_of_its_own_is_kept(pages, answer, is_kept):
    assert asked_for("a", answer).content == answer.content
    assert bool(pages) is is_kept


def test_of_three_hundred_pages_kept_the_one_asked_for_longest_ago_goes(pages):
    for name in (*range(300), 0, 300):
        asked_for(name, HttpResponse(str(name)))
    assert [*pages] == [*range(2, 300), 0, 300]


# Other councils


def area(name, kind, *values):
    return ComparedArea(name, name.title(), kind, values, tuple(one or "Not published" for one in values))


def compared():
    return SimpleNamespace(
        id="refused",
        periods=("2022", "2023"),
        areas=(
            area("kent", "own", "40.0", "45.0"), area("essex", "neighbour", "10.0", None),
            area("bexley", "neighbour", "12.0", "13.0"), area("region", "region", "20.0", "21.0"),
            area("middle", "middle", "22.0", "23.0"), area("england", "england", "22.0", "25.0"),
        ),
        others=(area("camden", "other", None, "10.0"), area("derby", "other", "1.0", "2.0")),
    )  # fmt: skip


USUAL = ("england", "region", "neighbours")


@pytest.mark.parametrize(
    ("asked", "chosen", "address"),
    [
        ("", ("chart", USUAL, 1), ""),
        ("show=chart&period=2023", ("chart", USUAL, 1), ""),
        ("show=time", ("time", USUAL, 1), "?show=time"),
        ("show=nothing&period=1066", ("chart", USUAL, 1), ""),
        ("period=2022", ("chart", USUAL, 0), "?period=2022"),
        ("set=1", ("chart", (), 1), "?set=1"),
        ("with=camden&with=camden&with=nobody", ("chart", ("camden",), 1), "?set=1&with=camden"),
        ("with=nobody", ("chart", USUAL, 1), ""),
        ("set=1&with=england&with=essex", ("chart", ("england", "essex"), 1), "?set=1&with=england&with=essex"),
    ],
)
def test_what_an_address_asks_of_other_councils_and_how_it_is_written_again(asked, chosen, address):
    found = compared()
    read_ = comparisons.read(QueryDict(asked), found)
    assert (read_.view, read_.comparators, read_.period) == chosen
    with override_settings(ROOT_URLCONF="highneeds.office.urls"):
        assert read_.address(found) == f"/compare/refused/{address}"
        assert read_.address(found, show="chart").startswith("/compare/refused/")
        assert "show" not in read_.address(found, show="chart")
        assert read_.address(found, "comparison_file", "svg").partition("?")[0] == "/compare/refused/all.svg"


@pytest.mark.parametrize(
    ("comparators", "shown", "drawn", "without"),
    [
        (USUAL, "kent essex bexley region england", "kent region england", ["each of the neighbours"]),
        (("middle",), "kent middle", "kent middle", []),
        (("essex", "camden"), "kent essex camden", "kent essex camden", []),
        ((), "kent", "kent", []),
        (("essex", "bexley", "camden", "derby", "england"), "kent essex bexley england camden derby",
         "kent essex bexley camden derby england", ["Derby", "England"]),
    ],
)  # fmt: skip
def test_who_is_shown_and_of_whom_a_line_is_drawn(comparators, shown, drawn, without):
    found, chosen = compared(), comparisons.Chosen("chart", comparators, 0)
    assert [one.id for one in comparisons.shown_areas(found, chosen)] == shown.split()
    assert [one.id for one in comparisons.drawn_areas(found, chosen)] == drawn.split()
    assert comparisons.not_drawn(found, chosen) == without
    assert comparisons.measured(found, chosen)[0] == BarFigure("kent", "Kent", "own", "40.0", "40.0")
    assert comparisons.measured_newest(found, chosen)[0] == BarFigure("kent", "Kent", "own", "45.0", "45.0")


def test_every_council_by_name_and_the_tick_boxes():
    found = compared()
    assert [one.id for one in comparisons.every_council(found)] == ["bexley", "camden", "derby", "essex"]
    chosen = comparisons.Chosen("chart", ("england", "derby", "bexley"), 0)
    assert comparisons.offered(found, chosen) == [
        ("england", "England", True), ("region", "Region", False), ("middle", "Middle", False),
        ("neighbours", "Each of the neighbours", False), ("bexley", "Bexley", True), ("derby", "Derby", True),
    ]  # fmt: skip


def figure(name, value):
    return BarFigure(name, name.upper(), "other", value, value or "Not published")


def test_bars_keep_what_they_are_of_and_are_never_too_thin_to_be_seen():
    shown = bars([figure("a", "0"), figure("b", None), figure("c", "300"), figure("d", "1")])
    assert shown == [
        AreaBar("c", "C", "other", "300", 0.0, 100.0), AreaBar("d", "D", "other", "1", 0.0, 0.6),
        AreaBar("a", "A", "other", "0", 0.0, 0.6), AreaBar("b", "B", "other", "Not published", None, None),
    ]  # fmt: skip
    assert [(one.x, one.width) for one in bars([figure("a", "0"), figure("b", "0")])] == [(0.0, 0.6)] * 2
    assert [(one.x, one.width) for one in bars([figure("a", "-5"), figure("b", "-10")])] == [(50.0, 50.0), (0.0, 100.0)]


# When something is wrong


def said_of(view, raised=None, **also):
    """(status, heading) of a page of a fault, asked for while the fault is handled."""
    request = RequestFactory().get("/")
    try:
        raise raised or Warning
    except Exception:
        answer = view(request, **also)
    return answer.status_code, re.search(r"<h1[^>]*>\s*([^<]*?)\s*</h1>", answer.content.decode())[1]


DATABASE_AWAY = (503, "The office cannot reach its database")
DISK_FULL = (503, "The office has no room to save this")
FAULT = (500, "Something went wrong with this page")


def faults():
    import errno

    from django.db import InterfaceError, OperationalError

    behind = ValueError()
    behind.__context__ = TypeError()
    behind.__context__.__context__ = OperationalError()
    yield errors.bad_request, None, {}, (400, "This address cannot be used")
    yield errors.bad_request, None, {"exception": ValueError()}, (400, "This address cannot be used")
    yield errors.bad_request, None, {"exception": behind}, DATABASE_AWAY
    yield errors.bad_request, None, {"exception": InterfaceError()}, DATABASE_AWAY
    yield errors.forbidden, None, {}, (403, "You cannot see this page")
    yield errors.not_found, None, {}, (404, "Page not found")
    yield errors.form_refused, None, {"reason": "x"}, (403, "This form cannot be used any more")
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        yield errors.broken, OSError(number, "full"), {}, DISK_FULL
    yield errors.broken, OSError(errno.ENOENT, "gone"), {}, FAULT
    yield errors.broken, OperationalError(), {}, DATABASE_AWAY
    yield errors.broken, InterfaceError(), {}, DATABASE_AWAY
    yield errors.broken, ValueError(), {}, FAULT


def test_each_fault_has_its_page():
    assert [said_of(view, raised, **also) for view, raised, also, _ in faults()] == [one for *_, one in faults()]


# What the worker is asked for


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"rows": "", "total": " "}, {}),
        ({"rows": " 123456789 ", "total": "-1,000.50"}, {"rows": "123456789", "total": "-1,000.50"}),
        (
            {"rows": "1234567890"},
            "'1234567890' does not fit “Rows, as the ledger counts them”. You may leave it empty.",
        ),
        ({"total": "1.5"}, "'1.5' does not fit “Sum in pounds, as the ledger has it”. You may leave it empty."),
    ],
)
def test_what_is_typed_for_a_ledger(typed, found):
    assert_typed("check-ledger", typed, found)


@pytest.mark.parametrize(
    ("kind", "typed", "found"),
    [
        ("explain-since", {"since": "0a1b"}, {"since": "0a1b"}),
        ("explain-since", {"since": "0" * 64}, {"since": "0" * 64}),
        ("explain-since", {"since": "0" * 65}, f"'{'0' * 65}' does not fit “The earlier forecast”. "
         "The short name in the list of forecasts."),
        ("explain-since", {}, "Fill in “The earlier forecast”. The short name in the list of forecasts."),
        ("report-commitments", {"year": "2025-26"}, {"year": "2025-26"}),
        ("report-commitments", {"year": "1925-26"}, "'1925-26' does not fit “Financial year”. For example 2025-26."),
        ("accept-return", {"despite": "yes"}, {"despite": "yes"}),
        ("accept-return", {"despite": "a\n" + "b" * 498}, {"despite": "a\n" + "b" * 498}),
        ("accept-return", {"despite": "no"}, "'no' does not fit “Why it is accepted although something must be fixed”. "
         "You may leave it empty: then a return in which something must be fixed is refused."),
        ("run", {"year": "x"}, {}),
    ],
)  # fmt: skip
def test_what_is_typed_for_other_work(kind, typed, found):
    assert_typed(kind, typed, found)


def assert_typed(kind, typed, found):
    if isinstance(found, dict):
        assert typed_in(KINDS[kind], typed) == found
        return
    with pytest.raises(NotAsItShouldBe) as refused:
        typed_in(KINDS[kind], typed)
    assert str(refused.value) == found and refused.value.field in {one.name for one in KINDS[kind].asks}


def test_which_work_each_page_offers():
    pages_ = {name: [kind for kind, _ in offered(**words)] for name, words in OFFERED.items()}
    assert pages_ == {
        "data": ["run"], "slots": ["next-report"], "a register": [],
        "forecasts": ["forecast", "compare-scenarios", "list-vintages", "hold-vintages", "explain-since"],
        "a return": ["check-return", "accept-return", "corrections-sheet"],
        "a ledger": ["check-ledger", "accept-ledger"],
    }  # fmt: skip
    assert [one.name for one in asked_by(offered("ledger"))] == ["rows", "total"]


OFFERED = {
    "data": {"of": "data"},
    "slots": {"of": "slots"},
    "a register": {"upload": "register fees"},
    "forecasts": {"of": "forecasts"},
    "a return": {"upload": "return"},
    "a ledger": {"upload": "ledger"},
}


def test_what_a_command_of_the_worker_is_told_word_for_word():
    """All kinds of work, so that none is asked for with another word, for another role or of another file."""
    said = []
    for name, kind in KINDS.items():
        said += [f"{name}: {' '.join(kind.command) or 'no command'}", f"  {kind.outcome.name}, {kind.permission.name}"]
        said += [f"  upload {kind.upload or '-'}, keeps {kind.keeps or '-'}, partly {kind.partly}, of {kind.of}"]
        said += [f"  asks {one.name}: {one.pattern}{', optional' if one.optional else ''}" for one in kind.asks]
    held("office/work", said)


def test_findings_by_rule_the_most_frequent_first_with_the_first_remedy():
    rows = [{"rule": rule, "fix": fix} for rule, fix in (("B", "b1"), ("A", "a1"), ("A", "a2"))]
    assert by_rule(rows) == [("A", 2, "a1"), ("B", 1, "b1")] and by_rule([]) == []


def test_which_columns_were_worked_out_to_more_places_than_a_penny():
    rows = [
        {"pence": "1.25", "long": "-0.125", "power": "1.5e-05", "whole": "7", "words": "0.125 of it", "empty": ""},
        {"pence": "", "long": "1", "power": "2", "whole": "8", "words": "x", "empty": ""},
    ]
    assert worked_out(rows) == {"long", "power"} and worked_out([]) == set()


# A register as a list


@pytest.fixture
def listing():
    return Listing(read(b'id,text,n\n1,b,"1,000"\n2,,9\n# a remark\n3,a,many\n\n1,c,\n'))


def test_a_register_to_look_through(listing):
    assert len(listing) == 4 and listing.values("text") == ("a", "b", "c")
    assert listing.column("none") == ("", "", "", "")
    assert listing.chosen({}) == [0, 1, 2, 3] and listing.chosen({"id": "1", "text": "c"}) == [3]
    assert listing.chosen({"id": "1"}, {"b"}, "text") == [0] and listing.chosen({}, (), "id") == []
    assert [row.cells["n"] for row in listing.rows([1, 0])] == ["9", "1,000"]
    assert listing.row("id", "1").cells["text"] == "b" and listing.row("id", "9") is None


@pytest.mark.parametrize(
    ("column", "kind", "falling", "order"),
    [
        ("n", "number", False, [1, 0, 2, 3]),
        ("n", "whole number", True, [2, 0, 1, 3]),
        ("n", "pounds and pence", False, [1, 0, 2, 3]),
        ("n", "text", False, [0, 1, 2, 3]),
        ("text", "text", False, [2, 0, 3, 1]),
        ("text", "text", True, [3, 0, 2, 1]),
    ],
)
def test_a_register_in_order_with_what_is_empty_last(listing, column, kind, falling, order):
    assert listing.in_order([0, 1, 2, 3], column, kind, falling) == order


def test_a_file_without_a_header_is_no_register():
    with pytest.raises(InputError, match=r"^The file has no header\. Bring back an earlier version of it\.$"):
        read(b"")


# The words of a search, on entries made by hand

PLANS = Findable("indicator", "Plans ceased", "In force until then", "/plans/", "EHC stock", "cells of the page")
PLACE = Findable("page", "Place planned", "Where plans are placed", "/place/", first=True)
FILE = Findable("document", "Plans", "HTML", "/file/", minor=True)
PRINTED = Findable("document", "Plans", "HTML", "/print/", printed=True)


def kept_of(*ones):
    words = tuple(sorted(site_search._words(ones)))
    return site_search.KeptEntries(None, "/", tuple(map(site_search._entry, ones)), words)


@pytest.mark.parametrize(
    ("word", "stem"),
    [("reviewing", "review"), ("placed", "plac"), ("reviews", "review"), ("place", "plac"), ("costs", "cost"),
     ("boxes", "boxe"), ("uses", "uses"), ("wing", "wing"),
     ("aided", "aided"), ("2025s", "2025s"),
     ("matches", "match"), ("seed", "seed"), ("top-ups", "top-up")],
)  # fmt: skip
def test_the_end_that_grammar_adds_is_left_off_longer_words(word, stem):
    assert site_search._stem(word) == stem


def test_words_and_numbers_of_a_text():
    said = "Out-of-county: 7,765 plans, post-16; £1.5m (37.5%) council’s a- b"
    assert site_search._tokens(said) == ["outside", "7,765", "plans", "post-16", "£1.5m", "37.5", "council's", "a", "b"]
    assert site_search._parts("Top-ups paid") == {"top-up", "top", "ups", "paid"}
    assert site_search._words((PLANS,)) == {*["plans", "ceased", "force", "until", "then", "stock", "cells", "page"]}
    assert site_search.question("x" * 200 + " late") == site_search.Question(("x" * 200,), "")
    assert site_search.question("late " + "x" * 195 + "y late").words == ("late", "x" * 195)


SAME_THING = (
    "ehcp ehc plan", "tribunal appeal", "without no miss", "private independent", "late overdue delay",
    "wait weeks time", "price cost fee", "tuition eotas", "senco coordinator", "parent famil", "staff post officer",
    "promise agreed target",
)  # fmt: skip


@pytest.mark.parametrize("group", SAME_THING)
def test_whoever_asks_for_a_word_also_finds_the_others_for_the_same_thing(group):
    words = group.split()
    kept = kept_of(Findable("page", group, "", "/"), Findable("page", "another", "", "/"))
    for word in words:
        sought = site_search._sought(kept, word)
        others = {name for name, weight in sought.beginnings if weight == 0.8}
        assert others == {site_search._stem(other) for other in words if not word.startswith(site_search._stem(other))}
        assert sought.beginnings[0] == (site_search._stem(word), 1.0) and round(sought.rarity, 4) == 1.6931
    assert site_search._sought(kept, "zqxj") is None


@pytest.mark.parametrize(
    ("word", "near"), [("palns", "plans"), ("plams", "plans"), ("pla", ""), ("plan5", ""), ("quartz", "")]
)
def test_a_misspelt_word_is_read_as_the_nearest(word, near):
    assert site_search._nearest(kept_of(PLANS), word) == near


@pytest.mark.parametrize(
    ("beginning", "weight"),
    [("plans", 0), ("plan", 4), ("ceas", 4), ("ehc", 3), ("stock", 3), ("cell", 2), ("page", 2), ("pag", 1.4),
     ("forc", 1), ("in", 1), ("pl", 0), ("pla", 2.8), ("sto", 3 * 0.7),
     ("cel", 1.4), ("unt", 0.7), ("x", 0)],
)  # fmt: skip
def test_what_a_fit_weighs_by_where_it_stands(beginning, weight):
    one = site_search._entry(PLANS)
    assert one.fit(beginning) == weight and one.has(beginning) is bool(weight)


def test_what_a_hit_weighs_in_all():
    """A word alone counts its weight; less a hundredth for each word of the title; more on the first page."""
    sought = [site_search.Sought((("plan", 1.0), ("ehc", 0.8)), 2.0), site_search.Sought((("zq", 1.0),), 9.0)]
    weighed = {one.url: site_search._score(site_search._entry(one), sought) for one in (PLANS, PLACE, FILE, PRINTED)}
    assert {url: (mass, round(score, 4)) for url, (mass, score) in weighed.items()} == {
        "/plans/": (2.0, 7.98), "/place/": (2.0, 8.38), "/file/": (2.0, 1.99), "/print/": (2.0, 4.79),
    }  # fmt: skip
    words = [site_search.Sought(((word, 1.0),), 1.0) for word in ("plac", "plan", "plac")]
    assert site_search._in_order(site_search._entry(PLACE), ["plac", "plan"]) == 1
    assert site_search._in_order(site_search._entry(PLACE), ["plan", "plac"]) == 0
    assert site_search._in_order(site_search._entry(PLACE), ["zq", "plac", "plan"]) == 1
    assert round(site_search._score(site_search._entry(PLACE), words)[1], 4) == round(
        (4 + 4 * 0.7 + 4 + 0.004) * 1.5 - 0.02, 4
    )


def test_which_words_are_mended_and_which_stand_nowhere():
    """Five words at most are looked up among all: the sixth is nowhere, though it is near one."""
    kept = kept_of(PLANS, PLACE)
    read_, mended, nowhere = site_search._read(kept, ["palns", "zqxja", "zqxjb", "zqxjc", "zqxjd", "plams", "ceased"])
    assert (len(read_), mended) == (2, (("palns", "plans"),))
    assert nowhere == ("zqxja", "zqxjb", "zqxjc", "zqxjd", "plams")


def found_in(monkeypatch, asked, *ones):
    monkeypatch.setattr(site_search, "entries", lambda results: kept_of(*ones))
    answer = site_search.search(None, asked)
    return [hit.url for hit in answer.hits], answer.mended, answer.nowhere


def test_a_search_as_a_whole(monkeypatch):
    ones = (FILE, PLACE, PLANS, PRINTED)
    assert found_in(monkeypatch, "plans", *ones) == (["/place/", "/plans/", "/print/", "/file/"], (), ())
    assert found_in(monkeypatch, "ceased plans", *ones)[0] == ["/plans/"]
    assert found_in(monkeypatch, "the of and", *ones) == ([], (), ())
    assert found_in(monkeypatch, "plans zqxja", *ones)[2] == ("zqxja",)
    assert found_in(monkeypatch, "plans zqxja zqxjb", *ones) == ([], (), ("zqxja", "zqxjb"))
    twins = (Findable("page", "Plans", "", "/p/"), Findable("indicator", "Plans", "", "/i/"))
    assert found_in(monkeypatch, "plans", *twins)[0] == ["/i/", "/p/"]
    hits = [site_search.Hit(kind, "", "", kind + str(at), 1.0) for at, kind in enumerate(("page", "risk", "page"))]
    groups = {kind: [hit.url for hit in some] for kind, some in site_search.grouped(hits).items()}
    assert [*groups.items()] == [("page", ["page0", "page2"]), ("risk", ["risk1"])]


@pytest.mark.parametrize(
    ("asked", "month"),
    [("Sept 2024", "2024-09"), ("december 2031", "2031-12"), ("Jan. 2025", "2025-01"),
     ("2024-13", ""), ("2024-12", "2024-12"),
     ("may 1999", ""), ("mayor 2025", "")],
)  # fmt: skip
def test_a_month_is_taken_out_of_a_question(asked, month):
    assert site_search.question(asked).month == month


def test_all_that_can_be_found_is_on_file(folder):
    """Of each kind the first three, and how many there are."""
    said, count = [], {}
    with override_settings(ROOT_URLCONF="highneeds.office.urls"):
        for one in everything(load(folder)):
            count[one.kind] = count.get(one.kind, 0) + 1
            flags = [name for name in ("minor", "first", "printed") if getattr(one, name)]
            if count[one.kind] <= 3 or one.kind == "page" or (one.kind == "figure" and not one.printed):
                said += ["", f"{one.kind}: {one.title} -> {one.url} {' '.join((one.indicator, *flags))}".rstrip()]
                said += [
                    f"  {word}: {text[:300]}" for word in ("text", "names", "inside") if (text := getattr(one, word))
                ]
    held("office/findable", [*(f"{kind}: {number}" for kind, number in count.items()), *said])


@pytest.mark.parametrize(
    ("to", "leads"),
    [("", ""), ("money", "/money/"), ("claims", "/claims/"), ("differences", "/caseload/differences/"),
     ("indicator:a_b", "/indicators/a_b/"), ("condition:3", "/conditions/3/"), ("register:x", "/registers/x/"),
     ("comparison:x", "/compare/x/"), ("chart:x", "/charts/x/"), ("rule:A-1 b", "/data-quality/?rule=A-1+b"),
     ("source:x", "/sources/#source-x"), ("risk:7", "/risks/#risk-7")],
)  # fmt: skip
def test_where_what_the_results_name_leads(to, leads):
    with override_settings(ROOT_URLCONF="highneeds.office.urls"):
        assert address(to) == leads
        assert all(address(one.name) for one in named_pages())


def test_search_shows_five_of_each_kind_and_a_hundred_of_the_one_that_is_chosen(client, monkeypatch):
    from highneeds.office.site.search import Hit, SearchAnswer
    from highneeds.office.site.views import search as view

    shown, asked = {}, []
    hits = tuple(Hit(kind, f"{kind} {at}", "", "/", 1.0) for kind in ("indicator", "risk") for at in range(101))
    monkeypatch.setattr(view, "looked_for", lambda results, words: asked.append(words) or SearchAnswer(hits))
    monkeypatch.setattr(view, "show", lambda request, template, **said: shown.update(said) or HttpResponse(template))
    client.get("/search/", {"q": " " + "a  b" + "c" * 300})
    first, second = shown["groups"]
    assert asked == ["a b" + "c" * 197] and shown["asked"] == asked[0] and shown["count"] == 202
    assert (first["title"], len(first["hits"]), first["count"]) == ("Indicators", 5, 101)
    assert first["all"] == f"/search/?q=a+b{'c' * 197}&kind=indicator" and second["all"].endswith("&kind=risk")
    assert shown["narrowed"] == "" and shown["first"] == 5
    client.get("/search/", {"q": "a", "kind": "risk"})
    [only] = shown["groups"]
    assert (only["title"], len(only["hits"]), only["count"], only["all"]) == ("Risks", 100, 100, "")
    assert shown["narrowed"] == "Risks"
    client.get("/search/", {"kind": "nothing"})
    assert shown["groups"] == [] and shown["narrowed"] == "" and len(asked) == 2
