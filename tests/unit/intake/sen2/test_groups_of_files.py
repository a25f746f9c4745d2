"""Which files make up one return, what is left out, the Standard Safeguarding Dataset item by item."""

import pytest

from highneeds.intake.sen2 import read as reading
from highneeds.intake.sen2.fields import BLADE
from highneeds.intake.sen2.layouts import layout_for
from highneeds.intake.sen2.read import read_returns, read_sen2
from highneeds.intake.sen2.rows import MODULES, ReadingNote
from highneeds.intake.sen2.sources import files_in
from highneeds.intake.sen2.ssd import read_ssd, table_of
from highneeds.vocabulary.errors import InputError
from sen2_tables import KEY

PERSON, REQUEST = "persontableid,upn\n", "requeststableid,persontableid\n"
SEND, REQ = "send_table_id,send_upn\n", "ehcr_ehcp_request_id,ehcr_send_table_id\n"


def laid(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def groups(folder, files):
    found, left_out = reading._groups(files_in([laid(folder, files)]))
    return [[(source.name, module) for source, module in group] for group in found], left_out


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"2024_person.csv": PERSON, "2024_requests.csv": REQUEST, "2025_person.csv": PERSON},
            [[("2024_person.csv", "persons"), ("2024_requests.csv", "requests")], [("2025_person.csv", "persons")]],
        ),
        (
            {"a/person.csv": PERSON, "b/person.csv": PERSON, "b/x.csv": REQUEST},
            [[("person.csv", "persons")], [("person.csv", "persons"), ("x.csv", "requests")]],
        ),
        (
            {"a_person.csv": PERSON, "b_requests.csv": REQUEST},
            [[("a_person.csv", "persons"), ("b_requests.csv", "requests")]],
        ),
        (
            {"a_person.csv": PERSON, "r.xml": "", "s.csv": SEND, "t.csv": REQ, "w.xlsm": ""},
            [[("a_person.csv", "persons")], [("s.csv", "ssd"), ("t.csv", "ssd")], [("r.xml", "")], [("w.xlsm", "")]],
        ),
    ],
)
def test_the_files_of_one_return_are_those_of_one_folder_and_export(tmp_path, files, expected):
    assert groups(tmp_path, files) == (expected, ())


def test_a_table_of_something_else_is_left_out_and_said(tmp_path):
    found, left_out = groups(tmp_path, {"a_person.csv": PERSON, "Khan.csv": "a,b\n"})
    assert found == [[("a_person.csv", "persons")]]
    assert left_out == (ReadingNote("file left out", "", "", "aaaa.csv is no file of a SEN2 return", 1),)


def blade(year, folder=""):
    """A whole return with nobody in it."""

    def head(module):
        return [*(name for name in BLADE[module][1:] if name), *(one.column for one in layout_for(year).of(module))]

    files = {f"{folder}{BLADE[module][0]}.csv": ",".join(head(module)) + "\n" for module in MODULES}
    return files | {f"{folder}sen2.csv": f"sen2tableid,referencedate\n1,{year}-01-16\n"}


def test_returns_come_in_the_order_of_their_days_with_what_was_left_out(tmp_path):
    laid(tmp_path, blade(2025, "a/") | blade(2024, "b/") | {"c.csv": "x\n"})
    found = read_returns(tmp_path, key=KEY)
    assert [str(one.reference_date) for one in found] == ["2024-01-16", "2025-01-16"]
    assert [[note.text for note in one.notes] for one in found] == [["c.csv is no file of a SEN2 return"]] * 2
    assert [one.files["needs"] for one in found] == ["senneed.csv"] * 2 and found[0].form == "csv"
    assert found[0].mark == read_sen2([tmp_path / "b"], key=KEY).mark != found[1].mark
    with pytest.raises(InputError) as refused:
        read_sen2(tmp_path, key=KEY)
    assert refused.value.sentence == "There are 2 returns, of 2024-01-16, 2025-01-16. Give the files of one return."


ONCE = "Give the files of one return, each once."
ALL_NINE = "Give all nine Blade CSV files together, or their folder."


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (
            {"x.csv": "a,b\n", "y.csv": "a,b\n"},
            "x.csv: None of the 2 files is one of a SEN2 return. "
            "Give the Blade CSV files, an XML return or a workbook.",
        ),
        (
            {"in/Khan 9/person.csv": PERSON, "in/Khan 9/x.csv": PERSON},
            f"aaaa 9: person.csv and x.csv hold the same module. {ONCE}",
        ),
        ({"in/a_requests.csv": REQUEST}, f"in: There is no person module in what was given. {ALL_NINE}"),
        ({"in/s.csv": SEND, "in/t.csv": SEND}, "in: s.csv and t.csv hold the same table. Give each table once."),
        ({"in/s.csv": SEND}, "in: The table ssd_ehcp_requests is missing. Give all its SEND tables together."),
        ({"in/s.csv": REQ}, "in: The table ssd_send is missing. Give all its SEND tables together."),
    ],
)
def test_files_that_make_up_no_return_are_refused(tmp_path, files, says):
    with pytest.raises(InputError) as refused:
        read_sen2(laid(tmp_path, files), key=KEY)
    assert refused.value.sentence == says


SSD = {
    "SSD_Send.csv": "Send_Table_ID,send_upn,send_uln,send_upn_unknown,send_person_id,other\nS1,U,L,UN1,C1,x\n",
    "b.csv": "ehcr_ehcp_request_id,ehcr_send_table_id,ehcr_ehcp_req_date,ehcr_ehcp_req_outcome_date,"
    "ehcr_ehcp_req_outcome\nR1,S1,2024-01-10,2024-02-15,Y\n",
    "c.csv": "ehca_ehcp_assessment_id,ehca_ehcp_request_id,ehca_ehcp_assessment_outcome_date,"
    "ehca_ehcp_assessment_outcome,ehca_ehcp_assessment_exceptions\nA1,R1,2024-05-24,Y,1\n",
    "d.csv": "ehcn_named_plan_id,ehcn_ehcp_asmt_id,ehcn_named_plan_start_date,ehcn_named_plan_ceased_date,"
    "ehcn_named_plan_ceased_reason\nN1,A1,2024-05-24,2024-06-01,2\n",
    "e.csv": "ehcp_active_ehcp_id,ehcp_ehcp_request_id,ehcp_active_ehcp_last_review_date\nE1,R1,2024-06-02\n",
    "f.csv": "senn_table_id,senn_active_ehcp_id,senn_active_ehcp_need_type,senn_active_ehcp_need_rank\nD1,E1,ASD,1\n",
}


def test_each_item_of_the_safeguarding_dataset_is_one_of_the_return(tmp_path):
    sources = files_in([laid(tmp_path, SSD)])
    tables = [(source, table_of(source.head().decode().split("\n")[0].split(","))) for source in sources]
    found = read_ssd(tables, "the folder")
    assert (found.form, found.file) == ("ssd", "the folder")
    words = "The Standard Safeguarding Dataset carries no placements"
    assert found.notes == (ReadingNote("no placements", "placements", "", words, 1),)
    held = {
        name: (text.file, dict(zip(text.load().columns, text.load().row(0), strict=True)))
        for name, text in found.modules.items()
    }
    assert held == {
        "persons": (
            "aaa_Send.csv",
            {
                "persontableid": "S1",
                "upn": "U",
                "uniquelearnernumber": "L",
                "upnunknown": "UN1",
                "caseid": "C1",
                "line": 2,
            },
        ),
        "requests": (
            "b.csv",
            {
                "requeststableid": "R1",
                "persontableid": "S1",
                "receiveddate": "2024-01-10",
                "requestoutcomedate": "2024-02-15",
                "requestoutcome": "Y",
                "line": 2,
            },
        ),
        "assessments": (
            "c.csv",
            {
                "assessmenttableid": "A1",
                "requeststableid": "R1",
                "assessmentoutcomedate": "2024-05-24",
                "assessmentoutcome": "Y",
                "week20": "1",
                "line": 2,
            },
        ),
        "named_plans": (
            "d.csv",
            {
                "namedplantableid": "N1",
                "assessmenttableid": "A1",
                "startdate": "2024-05-24",
                "ceasedate": "2024-06-01",
                "ceasereason": "2",
                "line": 2,
            },
        ),
        "active_plans": (
            "e.csv",
            {"activeplanstableid": "E1", "requeststableid": "R1", "lastreview": "2024-06-02", "line": 2},
        ),
        "needs": (
            "f.csv",
            {"senneedtableid": "D1", "activeplanstableid": "E1", "sentype": "ASD", "sentyperank": "1", "line": 2},
        ),
    }
    columns = {(name, column) for name, text in found.modules.items() for column in text.columns}
    assert found.offered == columns and ("persons", "line") not in columns


@pytest.mark.parametrize(
    ("columns", "table"),
    [
        (["SEND TABLE ID", "send_upn"], "ssd_send"),
        (["send_table_id", "x"], None),
        (["send_upn", "send_uln"], None),
        (["senn_active_ehcp_id", "senn_table_id"], "ssd_sen_need"),
        (["persontableid", "upn"], None),
    ],
)
def test_a_table_of_the_dataset_is_known_by_its_id_and_one_column_more(columns, table):
    found = table_of(columns)
    assert (found.name if found else None) == table
