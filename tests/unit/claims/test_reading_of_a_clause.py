"""What is read and what is left alone: one table, checkable against tests' own small evidence with a pencil."""

from decimal import Decimal

import pytest

from golden import claim_scores
from golden.worked_evidence import WORKED
from highneeds.claims import ClaimEvidence, EvidenceFact, EvidenceSeries, Reader
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.source import Source

READER = Reader(WORKED)


def verdict(text: str, reader: Reader = READER) -> str:
    return claim_scores.of_sentence(reader.claims_in(text)).value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Overdue annual reviews fell every month between January and September 2024, excluding June.", "cannot_check"),
        ("Overdue annual reviews fell to 6,975 in September 2024 and rose every month after that.", "holds"),
        ("Overdue annual reviews fell to 6,975 in September 2024 and fell every month after that.", "fails"),
        ("Overdue annual reviews fell to 6,975 in September 2024, then rose for four consecutive months.", "holds"),
        ("August and September 2024 were the only months in which fewer than 7,000 reviews were overdue.", "fails"),
        ("The number of overdue annual reviews ended the period at 7,765.", "holds"),
        ("The number of overdue annual reviews ended the period at 7,756.", "fails"),
        ("More than 34% of annual reviews were overdue throughout.", "holds"),
        ("Of the 7,765 annual reviews overdue in January 2025, 312 were of primary age.", "cannot_check"),
        ("In relative terms, overdue annual reviews fell by 22% between January 2024 and January 2025.", "holds"),
        ("In relative terms, the share of annual reviews overdue fell by 13.6% between Jan-24 and Jan-25.", "fails"),
        ("Over the period Jan-24 to Jan-25 overdue annual reviews rose from 7,765 to 9,961.", "fails"),
        ("Thirty-seven and a half per cent of annual reviews were overdue in January 2025.", "holds"),
        ("Overdue annual reviews: 7,765 (-2,196 since Jan-24).", "holds"),
        ("Overdue annual reviews: 7,765 (-2,169 since Jan-24).", "fails"),
        ("Share of annual reviews overdue: 37.5%, vs 51.1% a year ago.", "holds"),
        ("In Medway 7,765 annual reviews were overdue in January 2025.", "cannot_check"),
        ("In England 30% of annual reviews were overdue in January 2025.", "cannot_check"),
        ("Kent's 7,765 annual reviews were overdue in January 2025.", "holds"),
        ("By March 2025 there will be 7,000 annual reviews overdue.", "cannot_check"),
        ("In January 2025, 62.5% of annual reviews were not overdue.", "holds"),
        ("In January 2025, 37.5% of annual reviews were not overdue.", "fails"),
        ("On 10 January 2025, 7,400 annual reviews were overdue.", "cannot_check"),
        ("On 31 January 2025, 7,765 annual reviews were overdue.", "holds"),
        ("In February 2024 the council declined to assess 207 times.", "cannot_check"),
        ("In February 2024, 207 of the 299 requests decided at assessment stage were declined.", "holds"),
        ("In February 2024, 207 of the 289 requests decided at assessment stage were declined.", "fails"),
        ("In February 2024 we agreed to carry out assessments in 92 cases.", "holds"),
        ("In February and March 2024, 92 and 148 requests respectively were agreed at assessment stage.", "holds"),
        ("Fewer reviews were overdue in January 2025 (7,765) than in January 2024 (9,961).", "holds"),
        ("More reviews were overdue in January 2025 (7,765) than in January 2024 (9,961).", "fails"),
        ("In the last three months overdue annual reviews have risen by 782.", "holds"),
        ("In the last three months overdue annual reviews have risen by 722.", "holds"),
        ("In the last three months overdue annual reviews have risen by 822.", "fails"),
        ("Half of the increase in overdue annual reviews in January 2025 was due to sickness.", "cannot_check"),
        ("Overdue annual reviews rose by 546 in January 2025, the largest monthly increase.", "cannot_check"),
        # a level beside a size of the change; two words for the way it moved; a share in brackets and what it is of
        ("Between January 2024 and January 2025 overdue annual reviews were down 2,196 at 7,765.", "holds"),
        ("The fall in overdue annual reviews of 2,196 between Jan-24 and Jan-25 was a rise.", "cannot_check"),
        ("Overdue annual reviews fell downwards between January 2024 and January 2025.", "cannot_check"),
        ("Overdue annual reviews in Jan-25 were 7,765 (37.5%) against 9,961 (22%) in Jan-24.", "fails"),
        ("Overdue annual reviews in Jan-25 were 7,765 (37.5%) against 9,961 (51.1%) in Jan-24.", "holds"),
        ("Annual reviews overdue, against 9,961 in January 2024 (22%).", "cannot_check"),
        ("In Jan-25, 37.5% of annual reviews were overdue against 9,961 in Jan-24 (0.4%).", "cannot_check"),
        ("89 of 112 children (69%) came by bus.", "fails"),
        ("The deficit of £4.5m falls to £2.5m with £0.9m from the schools block and £0.7m of savings.", "cannot_check"),
        ("Overdue annual reviews have not fallen since September 2024.", "holds"),
        ("Overdue annual reviews have not risen since September 2024.", "fails"),
        ("Overdue annual reviews fell to 6,975 in September 2024 and have risen since.", "holds"),
        ("Overdue annual reviews fell to 6,983 in October 2024 and have fallen since.", "fails"),
        ("In each month to January 2025 more than 6,974 annual reviews were overdue.", "holds"),
        ("In each month to January 2025 more than 6,975 annual reviews were overdue.", "fails"),
        ("More than 7,000 annual reviews were overdue in each of the three months to January 2025.", "holds"),
        ("More than 7,000 annual reviews were overdue in each of the four months to January 2025.", "fails"),
        ("The share of annual reviews overdue improved every month between January and October 2024.", "holds"),
        ("The share of annual reviews overdue improved every month between January and November 2024.", "fails"),
        ("The share of annual reviews overdue remained above 40% in every month of 2024 except June.", "fails"),
        ("Three or fewer moves from special to mainstream were made in July 2024.", "holds"),
        ("Two or fewer moves from special to mainstream were made in July 2024.", "fails"),
        ("In February 2024 nine requests were declined for every four agreed at assessment stage.", "holds"),
        ("In February 2024 four requests were declined for every one agreed at assessment stage.", "fails"),
        ("7,765 annual reviews were overdue in January 2025, against 9,961 in January 2024 (22%).", "holds"),
        ("7,765 annual reviews were overdue in January 2025, against 9,961 in January 2024 (-22%).", "holds"),
        ("7,765 annual reviews were overdue in January 2025, against 9,961 (78%) a year earlier.", "holds"),
        ("7,765 annual reviews were overdue in January 2025, against 9,961 in January 2024 (33%).", "cannot_check"),
        ("7,756 annual reviews were overdue in January 2025, against 9,961 in January 2024 (22%).", "fails"),
        ("In January, February and March 2024, 9,961, 9,598 and 9,402 reviews respectively were overdue.", "holds"),
        ("In January, February and March 2024, 9,961, 9,402 and 9,598 reviews respectively were overdue.", "fails"),
        ("Timeliness improved from 9% in December 2022 to 71% in July 2023, a rise of 62%.", "fails"),
        ("Timeliness improved from 9% in December 2022 to 71% in July 2023, a rise of 62 points.", "cannot_check"),
        ("The share of reviews overdue fell from 51.1% in Jan 2024 to 37.5% in Jan 2025, a fall of 13.6%.", "holds"),
        ("In January 2025 8,100 annual reviews were overdue, but this figure was wrong.", "cannot_check"),
        ("The rate of growth in overdue annual reviews doubled in January 2025.", "cannot_check"),
        ("The fall in overdue annual reviews was greatest in May 2024.", "cannot_check"),
        ("After nine months of falls, the number of overdue annual reviews rose in October 2024.", "cannot_check"),
        ("Overdue annual reviews rose by 0.1% in October, 0.9% in November and 2.5% in December.", "cannot_check"),
        ("In January 2025 overdue annual reviews were the highest for six months.", "holds"),
        ("Overdue annual reviews rose in four of the last four months.", "holds"),
        ("Overdue annual reviews rose in three of the last four months.", "fails"),
        ("Overdue annual reviews fell by an average of 183 a month from Jan 2024 to Jan 2025.", "cannot_check"),
        ("Overdue annual reviews fell by 183 a month between January 2024 and January 2025.", "cannot_check"),
        ("There was a net move of 36 children from mainstream to special in December 2024.", "cannot_check"),
        ("Annual reviews: 37.5% overdue (Jan 25), was 51.1%.", "cannot_check"),
        ("AR overdue: 7,765 actual, 7,000 plan, Jan 25.", "cannot_check"),
        ("Having been 6,975 in September 2024, the number of overdue annual reviews has risen by 11%.", "holds"),
        ("Overdue annual reviews fell in each month to January 2025 bar four.", "holds"),
        ("Overdue annual reviews fell in each month to January 2025 bar two.", "fails"),
        ("Overdue annual reviews rose by 546 in January 2025, 370 more than in December.", "cannot_check"),
        ("Overdue annual reviews rose by 546 in January 2025, compared with 176 in December.", "cannot_check"),
        ("More than 9,000 annual reviews were overdue in January and March 2024.", "holds"),
        ("More than 9,500 annual reviews were overdue in January and March 2024.", "fails"),
        ("The rise in overdue annual reviews of 546 in January 2025 was the largest since June.", "cannot_check"),
        ("89 of 112 children (9% of all pupils) came by bus.", "cannot_check"),
        ("The number of overdue annual reviews fell from 7,128 to 6,983 in two months.", "cannot_check"),
        ("The number of overdue annual reviews fell from 9,961 to 7,765 in twelve months.", "holds"),
        ("Overdue annual reviews have been above 6,979 in every month but September 2024.", "holds"),
        ("Overdue annual reviews have been above 6,979 in every month but August 2024.", "fails"),
        ("All but one of the thirteen months saw the number of overdue annual reviews above 6,979.", "holds"),
        ("Leaving out September 2024, overdue annual reviews were above 6,979 in every month.", "holds"),
        ("Overdue annual reviews were 6,983 in October 2024, 145 below August's 7,128.", "holds"),
        ("Overdue annual reviews were 6,983 in October 2024, the lowest since September 2024's 6,975.", "holds"),
        ("Since September 2024, the number of overdue annual reviews has stayed above 6,979.", "cannot_check"),
        ("Overdue annual reviews fell by 2,196 from January 2024 to January 2025; it had been 9,961.", "cannot_check"),
        ("Until January 2024 the number of overdue annual reviews never passed 9,961.", "holds"),
        ("Not 51.1%, as in January 2024, but 47.6% was the share of annual reviews overdue in March.", "cannot_check"),
        ("Before August 2024 the number of overdue annual reviews had been 7,438.", "cannot_check"),
        ("The number of overdue annual reviews was higher than 37.5% in May 2024.", "cannot_check"),
        ("ARs o/due 7,765 @ Jan 25 v 9,961 Jan 24 (-2,196).", "holds"),
        ("ARs o/due 7,765 @ Jan 25 v 9,691 Jan 24 (-2,196).", "fails"),
        ("The number of overdue annual reviews was larger than 6,974 in every month.", "holds"),
        ("The number of overdue annual reviews was larger than 6,975 in every month.", "fails"),
        ("The number of overdue annual reviews was smaller than 9,962 in every month.", "holds"),
        ("The number of overdue annual reviews was smaller than 9,961 in every month.", "fails"),
        ("The number of overdue annual reviews was higher than 7,000 in eleven of the thirteen months.", "holds"),
        ("The number of overdue annual reviews was higher than 7,000 in twelve of the thirteen months.", "fails"),
        ("The share of annual reviews overdue was lower than 40% in each of the last three months.", "holds"),
        ("Requests agreed and declined at assessment stage were 92 and 207 respectively in February 2024.", "holds"),
        ("In February 2024, requests declined and agreed at assessment stage were 207 and 92 respectively.", "holds"),
        ("In February 2024, requests declined and agreed at assessment stage were 92 and 207 respectively.", "fails"),
        ("Between January and March 2024 more than 9,401 annual reviews were overdue.", "cannot_check"),
        ("Between January 2024 and January 2025 between 6,975 and 9,961 annual reviews were overdue.", "holds"),
        ("Between January 2024 and January 2025 between 6,976 and 9,961 annual reviews were overdue.", "fails"),
        ("Throughout 2024 fewer than 9,962 annual reviews were overdue.", "holds"),
        ("Throughout 2024 fewer than 9,961 annual reviews were overdue.", "fails"),
        ("In 2024, 207 requests were declined at assessment stage in February.", "holds"),
        ("Overdue annual reviews fell to 5,000 in May.", "fails"),  # there is one May
        ("Overdue annual reviews fell to 5,000 in January.", "cannot_check"),  # and there are two Januaries
        ("Overdue annual reviews rose by 5,000 in May.", "fails"),
        ("Overdue annual reviews rose by 5,000 in January.", "cannot_check"),
    ],
)  # fmt: skip
def test_every_word_is_accounted_for_or_nothing_is_said(text, expected):
    assert verdict(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In January 2025, 7\u2009765 annual reviews were overdue.",
        "In January\u00a02025, 7,765\u00b3 annual reviews were \u2018overdue\u2019.",
        "In January 2025, 7,765(3) annual reviews (37\u00bd%) were overdue.",
        "In January 2025, 7,765 [2] annual reviews were overdue.",
        "\u201cIn January 2025, 7,765 annual reviews were overdue.\u201d",
    ],
)
def test_the_same_claim_in_any_typography(text):
    assert verdict(text) == "holds"


def test_the_words_that_were_not_read_are_named():
    (one,) = READER.claims_in("In January 2025, 7,765 annual reviews in Medway were overdue by a fortnight.")
    assert one.verdict == "cannot_check"
    assert '"Medway"' in one.why and '"fortnight"' in one.why


def test_dates_alone_are_no_claims():
    assert READER.claims_in("Nore Academy opened in January 2025 and the review began on 3 March 2024.") == ()


def test_a_table_in_markdown_and_short_bullets_are_read():
    text = (
        "| Measure | Jan-24 | Jan-25 |\n|---|---|---|\n| Annual reviews overdue | 9,961 | 7,756 |\n\n"
        "- Overdue annual reviews: 7,765 (Jan-25)\n"
    )
    found = [(one.where, one.stated, one.verdict.value) for one in READER.claims_in(text, "u.md")]
    assert found == [("u.md:3", "9,961", "holds"), ("u.md:3", "7,756", "fails"), ("u.md:5", "7,765", "holds")]


def test_a_series_of_any_council_is_named_by_its_own_title_and_further_names():
    points = {Month(2024, 1).plus(step): Decimal(40 + step) for step in range(4)}
    own = EvidenceSeries(
        "internships", "Young people in supported internships", "count", points, also_called=("interns appointed",)
    )
    reader = Reader(ClaimEvidence(series=(own,)))
    assert verdict("In March 2024 there were 42 young people in supported internships.", reader) == "holds"
    assert verdict("In March 2024 there were 44 interns appointed.", reader) == "fails"
    assert verdict("In March 2024 there were 44 interns.", reader) == "cannot_check"
    assert verdict("In March 2024 there were 44 interns appointed in hotels.", reader) == "cannot_check"


def test_a_complement_is_told_from_its_fact():
    had = EvidenceFact("had", Decimal(89), None, "89", "count", "", "exact", "89",
               "Children moving to secondary school with a final plan by 15 February", Source("DOC", 1))  # fmt: skip
    reader = Reader(ClaimEvidence(facts=(had,)))
    assert (
        verdict("89 of 112 children (79%) moving to secondary school had no final plan by 15 February.", reader)
        == "fails"
    )
    assert verdict("23 of 112 children (21%) had no named secondary school by the deadline.", reader) == "holds"
    assert verdict("23 of 112 children (21%) had no named secondary school by Easter.", reader) == "cannot_check"


def test_an_unrelated_fact_never_accuses():
    six = EvidenceFact(
        "decisions", Decimal(6), None, "6", "count", "", "exact", "six", "Key Decisions taken", Source("DOC", 1)
    )
    reader = Reader(ClaimEvidence(facts=(six,)))
    for text in ("One decision was taken.", "The board has taken nine decisions on fees.", "Nine schools took part."):
        assert verdict(text, reader) == "cannot_check"
