"""Rules about persons."""

from datetime import date

import polars as pl
from polars import col

from highneeds.checks.finding import Severity
from highneeds.checks.sen2._book import ReturnUnderCheck
from highneeds.checks.sen2._cases import asked_for, on_plan
from highneeds.checks.sen2._rule import across_rule, row_rule
from highneeds.intake.sen2.rows import YoungPerson


@row_rule(
    "persons",
    "PER-01",
    field="school_cohort",
    fix="Enter the date of birth.",
    broken_by=dict(school_cohort=None),
    holds_for=dict(school_cohort=2015),
    source="SEN2 item PersonBirthDate",
    presence=True,
)
def a_person_has_a_birth_date() -> pl.Expr:
    """There is no readable date of birth, so age and school year are unknown"""
    return col("school_cohort").is_null()


@row_rule(
    "persons",
    "PER-02",
    field="upn_form",
    fix="Enter the UPN or ULN, or the reason why there is none.",
    broken_by=dict(upn_form="missing", uln_form="missing", upn_unknown=None),
    holds_for=(dict(upn_form="valid"), dict(uln_form="valid"), dict(upn_unknown="UN1")),
    source="SEN2 items UPN, UniqueLearnerNumber, UPNunknown",
    presence=True,
)
def a_missing_upn_has_a_reason() -> pl.Expr:
    """There is neither a UPN nor a ULN, and no reason why"""
    return (col("upn_form") == "missing") & (col("uln_form") == "missing") & col("upn_unknown").is_null()


@row_rule(
    "persons",
    "PER-03",
    field="upn_form",
    fix="Ask the school for the UPN and correct it.",
    broken_by=dict(upn_form="wrong length"),
    holds_for=(dict(upn_form="valid"), dict(upn_form="missing")),
    also_broken_by=dict(upn_form="wrong characters"),
    source="DfE guide to unique pupil numbers",
)
def a_upn_has_the_form_of_a_upn() -> pl.Expr:
    """The UPN has the {upn_form}"""
    return col("upn_form").is_in(["wrong length", "wrong characters"])


@row_rule(
    "persons",
    "PER-04",
    field="upn_form",
    fix="Ask the school for the UPN and correct it.",
    broken_by=dict(upn_form="bad check letter"),
    holds_for=dict(upn_form="valid"),
    source="DfE guide to unique pupil numbers, check letter",
)
def the_check_letter_of_a_upn_holds() -> pl.Expr:
    """The first letter of the UPN does not fit its digits, so one of them is wrong"""
    return col("upn_form") == "bad check letter"


@row_rule(
    "persons",
    "PER-05",
    field="upn_form",
    severity=Severity.QUERY,
    fix="Ask the school for the permanent UPN.",
    broken_by=dict(upn_form="temporary"),
    holds_for=dict(upn_form="valid"),
    source="DfE guide to unique pupil numbers",
)
def a_temporary_upn_is_replaced() -> pl.Expr:
    """The UPN is a temporary one"""
    return col("upn_form") == "temporary"


@row_rule(
    "persons",
    "PER-06",
    field="uln_form",
    fix="Look the number up in the Learning Records Service and correct it.",
    broken_by=dict(uln_form="bad check digit"),
    holds_for=(dict(uln_form="valid"), dict(uln_form="missing")),
    also_broken_by=dict(uln_form="wrong form"),
    source="Learning Records Service, form of the ULN",
)
def a_uln_is_a_uln() -> pl.Expr:
    """The ULN has a {uln_form}"""
    return col("uln_form").is_in(["wrong form", "bad check digit"])


@row_rule(
    "persons",
    "PER-07",
    field="upn_unknown",
    severity=Severity.QUERY,
    fix="Remove the reason, or the UPN if it is not this child's.",
    broken_by=dict(upn_form="valid", upn_unknown="UN3"),
    holds_for=(dict(upn_unknown=None), dict(upn_form="missing")),
    also_broken_by=dict(upn_form="temporary"),
    source="SEN2 item UPNunknown",
)
def a_given_upn_needs_no_reason_for_its_absence() -> pl.Expr:
    """A UPN is given, and also the reason {upn_unknown} why there is none"""
    return col("upn_form").is_in(["valid", "temporary"]) & col("upn_unknown").is_not_null()


@row_rule(
    "persons",
    "PER-08",
    field="upn_unknown",
    fix="Enter the UPN: the child is of school age.",
    broken_by=dict(upn_unknown="UN1", age_at_reference=6),
    holds_for=(dict(age_at_reference=5), dict(upn_unknown="UN2")),
    source="SEN2 code sets, UPNunknown UN1",
)
def under_six_as_a_reason_fits_the_age() -> pl.Expr:
    """The reason for no UPN is an age under 6, but the age is {age_at_reference}"""
    return (col("upn_unknown") == "UN1") & (col("age_at_reference") >= 6)


@row_rule(
    "persons",
    "PER-09",
    field="birth_in_future",
    fix="Correct the date of birth.",
    broken_by=dict(birth_in_future=True),
    holds_for=dict(birth_in_future=False),
    source="arithmetic of dates",
)
def nobody_is_born_after_the_return() -> pl.Expr:
    """The date of birth lies after the end of the return"""
    return col("birth_in_future")


@row_rule(
    "persons",
    "PER-10",
    field="sex",
    fix="Enter M or F as recorded at the school.",
    broken_by=dict(sex="U"),
    holds_for=(dict(sex="M"), dict(sex="F")),
    also_broken_by=dict(sex=None),
    source="SEN2 code sets, Sex",
    presence=True,
)
def sex_is_recorded() -> pl.Expr:
    """Sex is {sex}, not M or F"""
    return ~col("sex").is_in(["M", "F"]).fill_null(False)


@row_rule(
    "persons",
    "PER-11",
    field="ethnicity_form",
    severity=Severity.QUERY,
    fix="Enter one of the census codes, or NOBT where it was not obtained.",
    broken_by=dict(ethnicity_form="other code"),
    holds_for=dict(ethnicity_form="known code"),
    source="SEN2 code sets, Ethnicity",
    presence=True,
)
def ethnicity_is_a_known_code() -> pl.Expr:
    """The ethnicity is {ethnicity_form}"""
    return col("ethnicity_form") != "known code"


@row_rule(
    "persons",
    "PER-12",
    field="postcode_form",
    severity=Severity.QUERY,
    fix="Correct the home postcode.",
    broken_by=dict(postcode_form="missing"),
    holds_for=dict(postcode_form="valid"),
    also_broken_by=dict(postcode_form="wrong form"),
    source="SEN2 item PostCode",
    presence=True,
)
def the_postcode_is_one() -> pl.Expr:
    """The postcode is {postcode_form}"""
    return col("postcode_form").is_in(["wrong form", "missing"])


@row_rule(
    "persons",
    "PER-13",
    field="names_given",
    fix="Enter both names.",
    broken_by=dict(names_given=False),
    holds_for=dict(names_given=True),
    source="SEN2 items Surname, Forename",
    presence=True,
)
def both_names_are_given() -> pl.Expr:
    """Surname or forename is missing"""
    return ~col("names_given")


@across_rule(
    "persons",
    "PER-14",
    field="upn_form",
    fix="Merge the records, or correct the UPN of all but one of them.",
    broken_by=dict(people=(YoungPerson(), YoungPerson(duplicate_reason="same UPN", probable_duplicate_of=0))),
    holds_for=dict(
        people=(YoungPerson(), YoungPerson(duplicate_reason="same names and birth date", probable_duplicate_of=0))
    ),
    source="a UPN is given once",
)
def a_upn_belongs_to_one_person(book: ReturnUnderCheck) -> pl.DataFrame:
    """Records {records} have the same UPN"""
    people = book.view("persons")
    again = people.filter(col("duplicate_reason") == "same UPN")
    firsts = again["probable_duplicate_of"].unique()
    first = people.filter(col("person").is_in(firsts.implode())).with_columns(of=col("person"))
    together = pl.concat([first, again.with_columns(of=col("probable_duplicate_of"))]).sort("of", "line")
    names = pl.coalesce(col("person_reference"), col("reference"), pl.lit("?"))
    listed = together.group_by("of", maintain_order=True).agg(
        pl.all().exclude("of").first(), records=names.str.join(", ")
    )
    return listed.sort("line")


@row_rule(
    "persons",
    "PER-15",
    field="names_given",
    severity=Severity.QUERY,
    fix="Merge the two records if they are one child; the plan would count twice.",
    broken_by=dict(duplicate_reason="same names and birth date"),
    holds_for=(dict(duplicate_reason=None), dict(duplicate_reason="same UPN")),
    source="one person is one plan",
)
def a_person_stands_in_the_return_once() -> pl.Expr:
    """Another person of the return has the same names and date of birth"""
    return col("duplicate_reason") == "same names and birth date"


@row_rule(
    "persons",
    "PER-16",
    field="names_given",
    severity=Severity.QUERY,
    fix="Check whether it is one child under two surnames.",
    broken_by=dict(duplicate_reason="same forename, birth date and postcode"),
    holds_for=(dict(duplicate_reason=None), dict(duplicate_reason="same UPN")),
    source="one person is one plan",
)
def two_of_a_household_are_not_one() -> pl.Expr:
    """Another person of the return has the same forename, date of birth and postcode"""
    return col("duplicate_reason") == "same forename, birth date and postcode"


@row_rule(
    "persons",
    "PER-17",
    field="reference",
    fix="Give every person an id of their own.",
    broken_by=dict(id_repeated=True, reference="901"),
    holds_for=dict(id_repeated=False),
    source="SEN2 structure: persontableid",
)
def a_person_id_is_used_once() -> pl.Expr:
    """An earlier row has the same person id {reference}; its requests are taken as the earlier person's"""
    return col("id_repeated")


@row_rule(
    "persons",
    "PER-18",
    field="upn_unknown",
    severity=Severity.QUERY,
    fix="Choose the reason that fits the child.",
    broken_by=dict(upn_unknown="UN9", age_at_reference=15),
    holds_for=(dict(age_at_reference=16), dict(upn_unknown="UN2")),
    source="SEN2 code sets, UPNunknown UN9",
)
def never_in_a_state_school_fits_the_age() -> pl.Expr:
    """The reason for no UPN is that of a young person (UN9), but the age is {age_at_reference}"""
    return (col("upn_unknown") == "UN9") & (col("age_at_reference") < 16)


@across_rule(
    "persons",
    "PER-19",
    field="reference",
    fix="Add the request, or take the person out of the return.",
    broken_by=dict(people=(YoungPerson(),)),
    holds_for=dict(people=(asked_for(),)),
    source="SEN2 structure: every other record hangs from a request",
)
def a_person_has_a_request(book: ReturnUnderCheck) -> pl.DataFrame:
    """The person has no request, so nothing says why they are in the return"""
    asked = book.view("requests")["person"]
    return book.view("persons").filter(~col("person").is_in(asked.drop_nulls().implode()))


@across_rule(
    "persons",
    "PER-20",
    field="age_at_reference",
    fix="Check the date of birth; if it is right, the plan has to be ceased.",
    broken_by=dict(people=(on_plan(age_at_reference=26),)),
    holds_for=(
        dict(people=(on_plan(age_at_reference=25),)),
        dict(people=(on_plan(age_at_reference=26, end=date(2025, 1, 15)),)),
    ),
    source="Children and Families Act 2014, section 46; age 26 and above is an error in Annex A checks",
)
def ages_fit_the_range_of_the_law(book: ReturnUnderCheck) -> pl.DataFrame:
    """The age is {age_at_reference} and a plan is in force; plans end with the school year of the 25th birthday"""
    return book.people(book.in_force).filter(col("age_at_reference") >= 26)


@across_rule(
    "persons",
    "PER-21",
    field="age_at_reference",
    severity=Severity.QUERY,
    fix="Check that the plan is to go on to the end of the school year.",
    broken_by=dict(people=(on_plan(age_at_reference=25),)),
    holds_for=(
        dict(people=(on_plan(age_at_reference=24),)),
        dict(people=(on_plan(age_at_reference=26),)),
        dict(people=(on_plan(age_at_reference=25, end=date(2025, 1, 15)),)),
    ),
    source="Children and Families Act 2014, section 46; age 25 is a query in Annex A checks",
)
def a_plan_at_25_is_looked_at(book: ReturnUnderCheck) -> pl.DataFrame:
    """The age is 25 and a plan is in force; it may run to the end of the school year"""
    return book.people(book.in_force).filter(col("age_at_reference") == 25)
