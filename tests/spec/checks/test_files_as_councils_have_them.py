"""Kinds of files that people complained of: lost digits, one cause in many rows, one child three times, other forms."""

from datetime import date

import pytest

from cli_runner import run as cli
from highneeds.caseload import from_return
from highneeds.checks.sen2.check import check
from highneeds.intake.sen2.read import read_sen2
from highneeds.intake.sen2.rows import ActivePlan, Assessment, NamedPlan, Placement, Request, YoungPerson, from_people
from highneeds.vocabulary.errors import InputError

DAY = date(2025, 1, 16)
KEY = b"0" * 32

SSD = {
    "ssd_send.csv": (
        "send_table_id,send_upn,send_uln,send_upn_unknown,send_person_id\nS1,J886200000031,,,P1\nS2,,,UN8,P2\n"
    ),
    "ssd_ehcp_requests.csv": (
        "ehcr_ehcp_request_id,ehcr_send_table_id,ehcr_ehcp_req_date,ehcr_ehcp_req_outcome_date,ehcr_ehcp_req_outcome\n"
        "R1,S1,2024-01-10T00:00:00,2024-02-15T00:00:00,Y\nR2,S2,2024-11-20T00:00:00,,A\n"
    ),
    "ssd_ehcp_assessment.csv": (
        "ehca_ehcp_assessment_id,ehca_ehcp_request_id,ehca_ehcp_assessment_outcome_date,ehca_ehcp_assessment_outcome\n"
        "A1,R1,2024-05-24T00:00:00,Y\n"
    ),
    "ssd_ehcp_named_plan.csv": (
        "ehcn_named_plan_id,ehcn_ehcp_asmt_id,ehcn_named_plan_start_date,ehcn_named_plan_ceased_date\n"
        "N1,A1,2024-05-24T00:00:00,\n"
    ),
    "ssd_ehcp_active_plans.csv": "ehcp_active_ehcp_id,ehcp_ehcp_request_id,ehcp_active_ehcp_last_review_date\nE1,R1,\n",
    "ssd_sen_need.csv": (
        "senn_table_id,senn_active_ehcp_id,senn_active_ehcp_need_type,senn_active_ehcp_need_rank\nD1,E1,ASD,1\n"
    ),
}


def written(folder, files):
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_the_safeguarding_dataset_is_a_form_of_its_own(tmp_path):
    return_ = read_sen2(written(tmp_path, SSD), key=KEY)
    assert return_.form == "ssd" and return_.reference_date == DAY
    assert return_.module("requests")["received_date"].to_list() == [date(2024, 1, 10), date(2024, 11, 20)]
    assert from_return(return_).at(DAY).plans.height == 1 and return_.module("needs")["need_type"].to_list() == ["ASD"]
    assert any("carries no placements" in note.text for note in return_.notes)
    assert not return_.carries("placements", "urn")
    carried = {name: return_.carries("persons", name) for name in ("upn", "uln", "surname", "birth_date")}
    assert carried == {"upn": True, "uln": True, "surname": False, "birth_date": False}


@pytest.mark.parametrize("name", ["ssd_send.csv", "ssd_ehcp_requests.csv"])
def test_a_dataset_without_its_people_or_requests_is_refused(tmp_path, name):
    with pytest.raises(InputError, match=f"The table {name.removesuffix('.csv')} is missing"):
        read_sen2(written(tmp_path, {one: text for one, text in SSD.items() if one != name}), key=KEY)


def findings(people, rule):
    return [one for one in check(from_people(people, reference_date=DAY)).all if one.rule == rule]


def request(**parts):
    return Request(outcome="H", **parts)


PLAN = Assessment(outcome="H", plans=(NamedPlan(start_date=date(2023, 1, 9)),))
PLACE = ActivePlan(placements=(Placement(rank=1, urn="900101", entry_date=date(2023, 9, 1)),))


def test_a_plan_and_a_placement_under_two_requests_are_one_child_and_a_query_says_so():
    apart = YoungPerson(requests=(request(assessments=(PLAN,)), request(active_plans=(PLACE,))))
    together = YoungPerson(requests=(request(assessments=(PLAN,), active_plans=(PLACE,)),))
    assert len(findings((apart,), "PLC-28")) == 1 and not findings((together,), "PLC-28")
    state = from_return(from_people((apart,), reference_date=DAY)).at(DAY)
    assert state.plans.height == 1


def test_one_child_three_times_is_one_finding_that_names_all_records():
    same = dict(duplicate_reason="same UPN", probable_duplicate_of=0)
    people = (
        YoungPerson(reference="11"),
        YoungPerson(reference="12", **same),
        YoungPerson(reference="13", **same),
        YoungPerson(reference="14"),
    )
    (found,) = findings(people, "PER-14")
    assert found.message == "Records 11, 12, 13 have the same UPN"


@pytest.mark.parametrize(
    ("urn", "code", "expected"),
    [("", "ZZZ", ["PLC-07"]), ("900101", "ZZZ", ["PLC-07"]), ("", "", ["PLC-01"]), ("", "OLA", []), ("900101", "", [])],
)
def test_a_setting_that_is_no_code_is_a_finding_at_its_row_and_not_an_empty_one(tmp_path, urn, code, expected):
    """The words themselves are not kept: three letters may be half a postcode."""
    done = cli("synthesise", "--council", "302", "--as-at", "2025-01-16", "--scale", "0.01", "--out", tmp_path)
    assert done.code == 0, done.err
    (path,) = tmp_path.glob("*placementdetail.csv")
    lines = path.read_text("utf-8").splitlines()
    cells = dict(zip(lines[0].lower().split(","), lines[1].split(","), strict=True))
    lines[1] = ",".join((cells | {"urn": urn, "ukprn": "", "sensetting": code}).values())
    path.write_text("\n".join(lines) + "\n", "utf-8")
    found = [one for one in check(read_sen2(tmp_path, key=KEY)).all if one.rule in ("PLC-01", "PLC-07")]
    assert [one.rule for one in found] == expected
    assert all(one.line == 2 and "ZZZ" not in one.message for one in found)


def test_lost_digits_are_one_finding_a_column_in_the_file_of_the_cell(tmp_path):
    header = "placementdetailtableid,activeplanstableid,urn,ukprn,sensetting,placementrank,entrydate,leavingdate"
    done = cli("synthesise", "--council", "302", "--as-at", "2025-01-16", "--scale", "0.01", "--out", tmp_path)
    assert done.code == 0, done.err
    (path,) = tmp_path.glob("*placementdetail.csv")
    lines = path.read_text("utf-8").splitlines()
    place = lines[0].lower().split(",").index("ukprn")
    for row in (1, 2):
        cells = lines[row].split(",")
        cells[place] = "1.01E+07"
        lines[row] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    assert header.split(",")[3] == "ukprn"
    found = [one for one in check(read_sen2(tmp_path, key=KEY)).all if one.rule == "RET-13"]
    assert [(one.file, one.line) for one in found] == [(path.name, 2)]
    assert found[0].message.startswith("2 cells of ukprn lost digits") and "Export the return again" in found[0].fix


def test_a_terminal_shows_a_rule_once_with_its_count_and_three_examples(tmp_path):
    cli("synthesise", "--council", "302", "--as-at", "2025-01-16", "--scale", "0.05", "--out", tmp_path)
    (path,) = tmp_path.glob("*requests.csv")
    text = path.read_text("utf-8").splitlines()
    place = text[0].lower().split(",").index("receiveddate")
    spoilt = [
        text[0],
        *(",".join("" if n == place else cell for n, cell in enumerate(row.split(","))) for row in text[1:]),
    ]
    path.write_text("\n".join(spoilt) + "\n", "utf-8")
    people, rows = cli("caseload", "check", tmp_path), cli("caseload", "check", tmp_path, "--format", "csv")
    codes = [line.split(",")[0] for line in rows.out.splitlines()[1:]]
    worst = max(set(codes), key=codes.count)
    (shown,) = [line for line in people.out.splitlines() if line.startswith(f"{worst} ")]
    assert codes.count(worst) > 3 and f"and {codes.count(worst) - 3:,} more" in shown
