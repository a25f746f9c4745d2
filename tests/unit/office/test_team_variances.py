"""The finance partner explains each variance until it is adequate."""

import pytest
from django.urls import reverse

from highneeds.office.evidence import explanations
from highneeds.office.evidence.bridge import ChangedMeanwhile, InputError
from highneeds.office.evidence.store import DatabaseStore
from office_by_hand import NOW, person, signed_in, worked_out

LIST = reverse("variances", args=["886"])
INBOX = reverse("inbox", args=["886"])
VAGUE, PARTLY, ADEQUATE = (
    "Increase due to rising demand.",
    "Independent school fees £0.4m (7 more placements)",
    "Independent school fees £0.6m (10 more placements)\nUplift of 4% on fees £0.3m",
)


@pytest.fixture
def browser(kent):
    return signed_in(person("finance", kent))


def say_why(kent, text=VAGUE, **changed) -> None:
    said = {"year": "2024-25", "line": "1.2.3", "gbp": "1005000", "text": text, "based_on": "", **changed}
    explanations.explain(kent, explanations.ExplanationTyped(**said), by="Test", role="Finance partner", now=NOW)


def with_account(kent, office, rows: str) -> None:
    run = worked_out(kent, office)
    place = office / "runs" / run.folder / explanations.ACCOUNT
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"\ufefffinancial_year,measure,value,unit,state,source\n{rows}")
    run.files[explanations.ACCOUNT] = "x"
    run.save()


def test_a_variance_that_was_worked_out_waits_for_the_finance_partner_until_it_is_adequate(browser, kent, office):
    with_account(
        kent, office, "2024-25,variance_in_year_gbp,1005000.00,gbp,computed,x\n2025-26,other,1,gbp,computed,x\n"
    )
    assert "Explain the variance of in-year position in 2024-25" in browser.get(INBOX).content.decode()
    url = reverse("variance", args=["886", "2024-25", explanations.IN_YEAR])
    for text, says in ((VAGUE, "no cause with a size"), (PARTLY, "40% of it; at least 80% is needed")):
        one = explanations.variance(kent, "2024-25", explanations.IN_YEAR)
        form = {"gbp": str(one.gbp), "explanation": text, "based_on": one.version}
        page = browser.post(url, form, follow=True).content.decode()
        assert "not adequate yet" in page and says in page
        assert "Explain the variance" in browser.get(INBOX).content.decode()
    one = explanations.variance(kent, "2024-25", explanations.IN_YEAR)
    form = {"gbp": str(one.gbp), "explanation": ADEQUATE, "based_on": one.version}
    assert "Every variance is explained" in browser.post(url, form, follow=True).content.decode()
    assert "Explain the variance" not in browser.get(INBOX).content.decode()
    written = DatabaseStore(kent).read(explanations.DOCUMENT).decode()
    assert "Finance partner,20" in written and written.count("\n") == 2 and "@" not in written


@pytest.mark.parametrize("role", ["analyst", "manager"])
def test_others_read_the_list_and_write_nothing(kent, role):
    say_why(kent)
    other = signed_in(person(role, kent))
    page = other.get(LIST).content.decode()
    assert "Not yet explained" in page and 'href="/councils/886/variances/2024' not in page
    assert other.get(reverse("variance", args=["886", "2024-25", "1.2.3"])).status_code == 404


def test_two_who_write_lose_nothing(browser, kent):
    say_why(kent)
    before = explanations.variance(kent, "2024-25", "1.2.3")
    say_why(kent, "Theirs £1m", based_on=before.version)
    form = {"gbp": "1005000", "explanation": "Mine £1m", "based_on": before.version}
    answer = browser.post(reverse("variance", args=["886", "2024-25", "1.2.3"]), form)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Theirs £1m" in page and "Mine £1m" in page
    with pytest.raises(ChangedMeanwhile):
        say_why(kent, "A second row of the same")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"year": "2024"}, "no financial year"),
        ({"line": " "}, "what varies"),
        ({"gbp": "a lot"}, "no sum in pounds"),
        ({"gbp": "Infinity"}, "no sum in pounds"),
        ({"gbp": "1e400000"}, "no sum in pounds"),
        ({"text": " \n"}, "Say why"),
    ],
)
def test_what_cannot_be_is_refused(kent, changed, says):
    with pytest.raises(InputError, match=says):
        say_why(kent, **changed)
    assert not DatabaseStore(kent).exists(explanations.DOCUMENT)


def test_an_underspend_and_typed_pounds_are_read(kent):
    say_why(kent, "Fewer placements £250,000", gbp="\u2212£250,000")
    one = explanations.variance(kent, "2024-25", "1.2.3")
    assert one.gbp == -250000 and one.judged.adequacy.value == "yes"


SPEND = b"""year,line,month,amount_gbp,budget_gbp,source
2024-25,1.2.1,,100.00,80.00,ledger
2024-25,1.2.2,,100.00,100.00,ledger
2024-25,1.2.3,,100.00,,ledger
2024-25,1.2.4,,,50.00,ledger
2024-25,1.2.5,P3,90.00,80.00,ledger
"""


def test_a_line_that_has_a_budget_for_the_whole_year_and_left_it_waits_to_be_explained(browser, kent):
    with DatabaseStore(kent).change(by="Test", now=NOW, what="Test") as change:
        change.put("finance/spend.csv", SPEND)
    assert [(one.line, one.gbp) for one in explanations.variances(kent)] == [("1.2.1", 20)]
    assert "Explain the variance of 1.2.1 in 2024-25" in browser.get(reverse("inbox", args=["886"])).content.decode()
    with DatabaseStore(kent).change(by="Test", now=NOW, what="Test") as change:
        change.put("finance/spend.csv", SPEND.replace(b",,ledger", b",9.00,ledger").replace(b",,50", b",1.00,50"))
        change.put("finance/spend.csv", change.read("finance/spend.csv").replace(b"100.00,100.00", b"100.00,1.00"))
    assert "Explain 4 variances" in browser.get(reverse("inbox", args=["886"])).content.decode()
