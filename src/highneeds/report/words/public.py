"""The public page and its easy-read version. Short sentences; reading age 12."""

from collections.abc import Sequence
from decimal import Decimal

from highneeds.account.stated import Stated
from highneeds.vocabulary.rounding import round_half_away

TITLE = "Special educational needs: how we are doing"
FAMILIES = "How it is for families"
MONEY = "The money"
COMPARED = "How we compare"
DOING = "What we are doing about it"
NO_STEPS = "We have not yet set out here what we will do, and by when."
OPENING = (
    "Some children need more help to learn than their school usually gives. An education, health and care plan says "
    "what help a child must get. This page shows how quickly and how well we do this. We show what goes well and what "
    "does not."
)
PLANS = "{number} children and young people in our area have a plan ({when})."
TWENTY = "We must issue a plan within 20 weeks of being asked. In {when} we did so for {value} of plans."
TWENTY_PUBLISHED = "In {when} we did so for {value}."
TWENTY_ENGLAND = "In England it was {england}."
SIX = "We must decide within 6 weeks whether to assess a child. We do not yet publish how often we do."
SIX_GIVEN = "We must decide within 6 weeks whether to assess a child. In {when} we did so for {value}."
NO_PLACE = "{value} children with a plan had no school place in {when}. {change}"
NO_PLACE_TIME = "We do not yet publish how long they have waited."
OVERDUE = "We must look at each plan again every year. In {when} {value} reviews were late. {change}"
OVERDUE_SHARE = (
    "We must look at each plan again every year. In {when} the reviews of {value} of plans were late. {change}"
)
APPEALS = "Families can appeal when they disagree with us. We do not yet publish how many appeals there were."
APPEALS_COUNTED = "Families can appeal when they disagree with us. In {year} there were {number} appeals."
APPEALS_GIVEN = "Families can appeal when they disagree with us. In {when}: {value}."
YEAR_BEFORE = "A year before it was {value}."
SAME = "A year before it was the same."
MONEY_OPENING = "The government gives us money for this each year."
TARGET = "We had agreed with the government to spend no more than {target} above it."
REMAINS = "By {day} we expect to be {left} short in all."
HELP = "The government has agreed to give us {dfe} to help pay this off. We put in {council} ourselves."
TITLES = {
    "ehcp_per_1000_pop_0_25_mid2023": "Plans for every 1,000 people up to age 25",
    "pct_mainstream_incl_units": "Plans of children in mainstream schools",
    "pct_state_special": "Plans of children in state special schools",
    "pct_20wk_excl_exceptions": "Plans ready within 20 weeks",
}
"""Comparisons as a family would say them."""
COMPARED_LEAD = "These figures are for all councils in England, so we can compare ourselves."
SMALL = "fewer than {threshold}"
HOW_TO_SAY = (
    "Tell us what you think through your school's special needs coordinator, or the local offer on our website."
)
FIGURES = "The numbers that matter most"


def balance(year: str, forecast: Stated) -> str:
    """'In 2024-25 we expect to spend about £53m more than we get.'"""
    more = "less" if forecast.is_surplus else "more"
    return f"{MONEY_OPENING} In {year} we expect to spend {forecast.upright.words} {more} than we get."


def ended(year: str, achieved: Stated) -> str:
    """'In 2024-25 we spent £855,000 less than we got.'"""
    more = "less" if achieved.is_surplus else "more"
    return f"{MONEY_OPENING} In {year} we spent {achieved.upright.words} {more} than we got."


def help_now(services: Sequence[str]) -> str:
    return f"Help that there is now: {'; '.join(services)}."


def step(title: str, month: str, late: bool) -> str:
    """'Early years model begins: April 2025', 'New special school opens: September 2027 at the earliest (late)'."""
    heading = f"{title}: {month}" if month else title
    return f"{heading} (late)" if late else heading


def of_every_ten(percent: Decimal) -> str:
    """89.9 -> 'about 9 in every 10 plans': no percentage in easy read."""
    if percent in (0, 100):
        return "every plan" if percent else "no plan"
    tenths = round_half_away(percent / 10)
    if not 0 < tenths < 10:
        return "nearly every plan" if tenths else "hardly any plan"
    return f"about {tenths} in every 10 plans"


def in_full(sum_: Stated) -> str:
    """'about £53 million': no short forms in easy read."""
    return sum_.words_with(" million")


LABEL_NO_PLACE, LABEL_OVERDUE, LABEL_TWENTY, LABEL_PLANS = (
    "Children with no place",
    "Reviews that are late",
    "Plans on time",
    "Children with a plan",
)

EASY_TITLE = "Easy read: extra help for children"
EASY = {
    "plan": "Some children need extra help to learn. A plan says what help they get.",
    "plans": "{number} children and young people here have a plan.",
    "twenty": "A plan should be ready in 20 weeks. In {when} this happened for {value}.",
    "no_place": "{value} children had no school place in {when}. This is not good enough.",
    "overdue": "We should check every plan once a year. In {when} we were late with {value} checks.",
    "overdue_share": "We should check every plan once a year. In {when} we were late for {value}.",
    "money": "We spend more money than we get. In the year to March {year} we expect to spend {forecast} too much.",
    "doing": "We are working to make this better.",
    "not_yet": "We have not yet said what we will do to make this better.",
    "say": "You can tell us what you think. Ask your school how.",
}
SYMBOLS = {
    "plan": ("plan", "A sheet of paper with writing on it"),
    "plans": ("children", "Two children"),
    "twenty": ("calendar", "A calendar with a tick"),
    "no_place": ("school", "A school"),
    "overdue": ("late", "A clock"),
    "overdue_share": ("late", "A clock"),
    "money": ("money", "A pound coin"),
    "doing": ("better", "An arrow that points up"),
    "not_yet": ("plan", "A sheet of paper with writing on it"),
    "say": ("talk", "A speech bubble"),
}
"""The drawing beside each sentence, and what it shows."""
