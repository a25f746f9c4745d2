"""An XML return by hand, as its bytes stream by: what is read of it, what is noted, and what is refused."""

import pytest

from highneeds.intake.sen2 import xmlform
from highneeds.intake.sen2.fields import BLADE
from highneeds.intake.sen2.layouts import all_layouts
from highneeds.intake.sen2.rows import MODULES, ReadingNote
from highneeds.intake.sen2.xmlform import read_xml
from highneeds.vocabulary.errors import InputError

SMALL = """<a:Message xmlns:a="x">
<a:Header><CollectionDetails><Collection>SEN2</Collection><ReferenceDate> 2026-01-15 </ReferenceDate><LEA>886</LEA>
</CollectionDetails><Source><LEA>886</LEA></Source></a:Header>
<Requests><ReceivedDate>2020-01-01</ReceivedDate></Requests>
<Persons><a:Person>
<Surname>Kh&amp;än</Surname><PersonBirthDate>2012-09-01</PersonBirthDate><Nick-Name>K</Nick-Name><nickname>K</nickname><Blank/>
<Requests>
<ReceivedDate>2025-01-01</ReceivedDate><RquestSource>4</RquestSource>
<Assessment><Week20>1</Week20><NamedPlan><PlanDetail><SENSetting>OLA</SENSetting></PlanDetail></NamedPlan></Assessment>
<ActivePlans><SENneed><SENtype>ASD</SENtype><SENneed><SENtype>MLD</SENtype></SENneed></SENneed><LastReview>2025-05-01</LastReview>
</ActivePlans></Requests><Requests/>
</a:Person><Person><WPB>A</WPB><UPN>x</UPN>
<Requests><ActivePlans><PlacementDetail><WPB>A</WPB><wbp>B</wbp></PlacementDetail></ActivePlans></Requests></Person></Persons>
</a:Message>"""


def read(text, size=0, pieces=1, **options):
    data = text if isinstance(text, bytes) else text.encode()
    step = -(-len(data) // pieces) or 1
    return read_xml(lambda: (data[at : at + step] for at in range(0, len(data), step)), "r.xml", size, **options)


def rows_of(found):
    return {name: (text.columns, text.load().rows()) for name, text in found.modules.items()}


HELD = {
    "header": (
        ("collection", "referencedate", "lea", "receiveddate"),
        [("SEN2", "2026-01-15", "886", "2020-01-01", 1)],
    ),
    "persons": (
        ("personbirthdate", "surname", "upn", "persontableid", "sen2tableid"),
        [("2012-09-01", "Kh&än", None, "1", None, 5), (None, None, "x", "2", None, 12)],
    ),
    "requests": (
        ("receiveddate", "requestsource", "requeststableid", "persontableid"),
        [("2025-01-01", "4", "1", "1", 7), (None, None, "2", "1", 11), (None, None, "3", "2", 13)],
    ),
    "assessments": (("week20", "assessmenttableid", "requeststableid"), [("1", "1", "1", 9)]),
    "named_plans": (("namedplantableid", "assessmenttableid"), [("1", "1", 9)]),
    "plan_details": (("sensetting", "plandetailtableid", "namedplantableid"), [("OLA", "1", "1", 9)]),
    "active_plans": (
        ("lastreview", "activeplanstableid", "requeststableid"),
        [("2025-05-01", "1", "1", 10), (None, "2", "3", 13)],
    ),
    "placements": (("wbp", "placementdetailtableid", "activeplanstableid"), [("B", "1", "2", 13)]),
    "needs": (("sentype", "senneedtableid", "activeplanstableid"), [("ASD", "1", "1", 10), ("MLD", "2", "1", 10)]),
}
NOTES = (
    ReadingNote("spelling", "requests", "requestsource", "rquestsource is read as requestsource", 1),
    ReadingNote("spelling", "plan_details", "sensetting", "SENSetting is read as sensetting", 1),
    ReadingNote("spelling", "placements", "wbp", "wpb is read as wbp", 1),
    ReadingNote("unknown column", "persons", "", "The item nickname is not known and not read", 2),
    ReadingNote("unknown column", "persons", "", "The item wpb is not known and not read", 1),
)


@pytest.mark.parametrize("pieces", [1, 2, 3, 50, 700])
def test_a_small_return_in_one_piece_or_many(pieces):
    found = read(SMALL, pieces=pieces)
    assert (found.form, found.file, found.notes) == ("xml", "r.xml", NOTES)
    assert rows_of(found) == HELD


def test_rows_that_are_put_away_two_at_a_time_are_the_same(monkeypatch):
    monkeypatch.setattr(xmlform, "CHUNK_ROWS", 1)
    assert rows_of(read(SMALL)) == HELD


def test_what_the_file_offers_is_what_xml_carries_and_an_item_some_do_not_know_where_one_of_them_occurs():
    items = {(field.module, field.column): field for layout in all_layouts() for field in layout.fields}
    in_xml = {key for key, field in items.items() if field.in_xml and key[0] != "header"}
    rare = {("placements", "res"), ("placements", "wbp")}
    assert read(SMALL).offered == in_xml | rare
    few = read("<M><Person><Requests><ActivePlans><reviewdraft>x</reviewdraft></ActivePlans></Requests></Person></M>")
    phase = {"reviewdraft", "phasetransferduedate", "phasetransferfinaldate"}
    assert few.offered == in_xml | {("active_plans", name) for name in phase}


def test_a_return_of_nobody_is_one_and_holds_its_ids_alone():
    found = read("<M><ReferenceDate>2026-01-15</ReferenceDate></M>")
    ids = {name: BLADE[name][1:] for name in MODULES}
    assert {name: text.columns for name, text in found.modules.items() if name != "header"} == ids
    assert rows_of(found)["header"] == (("referencedate",), [("2026-01-15", 1)])


def test_what_is_read_says_how_far_it_is():
    said, size = [], len(SMALL.encode())
    read(SMALL, size + 1, 2, progress=lambda *words: said.append(words))
    half = -(-size // 2)
    assert said == [
        ("Reading the XML, 1 people so far", half, size + 1),
        ("Reading the XML, 2 people so far", size, size + 1),
    ]
    said.clear()
    read(SMALL, progress=lambda *words: said.append(words))
    assert said == [("Reading the XML, 2 people so far", size, size)]


WINDOWS = (
    ReadingNote("encoding", "header", "", "The file says that it is UTF-8 and is not; it is read as Windows-1252", 1),
)


@pytest.mark.parametrize(
    ("declared", "encoding", "notes"),
    [
        ("", "utf-8", ()),
        ("\ufeff", "utf-8", ()),
        ("", "cp1252", WINDOWS),
        ('<?xml version="1.0" encoding="UTF-8"?>', "utf-8", ()),
        ("<?xml version=\"1.0\" encoding = 'utf8'?>", "cp1252", WINDOWS),
        ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', "cp1252", WINDOWS),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', "latin-1", ()),
        ('<?xml version="1.0" encoding="windows-1252"?>', "cp1252", ()),
        ('\ufeff<?xml version="1.0" encoding="utf-8"?>', "utf-8", ()),
        ("", "utf-16", ()),
        ("", "utf-16-be", ()),
        ('<?xml version="1.0" encoding="UTF-16"?>', "utf-16", ()),
    ],
)
@pytest.mark.parametrize("pieces", [1, 2])
def test_the_encoding_is_as_it_is_said_or_as_it_is(declared, encoding, notes, pieces):
    text = f"{declared}<M><Person><Forename>Zoë encoding='koi8-r'</Forename></Person></M>"
    found = read(text.encode(encoding), pieces=pieces)
    assert found.modules["persons"].load()["forename"].to_list() == ["Zoë encoding='koi8-r'"]
    assert found.notes == notes


def nested(depth):
    return "<M>" + "<x>" * (depth - 2) + "<Person/>" + "</x>" * (depth - 2) + "</M>"


def long(signs):
    return f"<M><Person><Forename>{'x' * signs}</Forename></Person></M>"


def with_rows(count):
    below = "<Requests/>" * (count - 1)
    return f"<M><Person>{below}<Requests/></Person><Person>{below}<Requests/></Person></M>"


@pytest.mark.parametrize(("text", "people"), [(nested(12), 1), (long(10_000), 1), (with_rows(10_000), 2)])
def test_the_last_that_is_read(text, people):
    assert read(text).modules["persons"].load().height == people


AGAIN = "Export the return again."
FROM_SYSTEM = "Export the return again from your system."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\n" + nested(13), f"r.xml line 2: The elements are nested too deeply. {AGAIN}"),
        (long(10_001), f"r.xml line 1: An item holds too much text. {AGAIN}"),
        (with_rows(10_001), f"r.xml line 1: One person has too many records. {AGAIN}"),
        (
            "<!DOCTYPE M>\n<M/>",
            f"r.xml line 1: The file carries a DOCTYPE or entities, which a return never needs. {FROM_SYSTEM}",
        ),
        ("<M>\n<x></M>", f"r.xml line 2: The file is not readable as XML (mismatched tag). {FROM_SYSTEM}"),
        ("", f"r.xml line 1: The file is not readable as XML (no element found). {FROM_SYSTEM}"),
        (
            '<?xml version="1.0" encoding="klingon"?><M/>',
            "r.xml: The file is not readable as XML (its encoding is not known). Save it as UTF-8.",
        ),
        ("<M><x>1</x></M>", "r.xml: This is not a SEN2 return. Give the XML file made for COLLECT."),
        (
            "<M><LEA>886</LEA>\n<LEA>887</LEA></M>",
            "r.xml line 2: There are two headers, one of 886 and one of 887. "
            "Give the files of one return, as they were exported.",
        ),
    ],
)
def test_what_of_an_xml_file_is_refused(text, says):
    with pytest.raises(InputError) as refused:
        read(text)
    assert refused.value.sentence == says


def test_of_too_many_unknown_items_the_first_are_kept():
    header = "".join(f"<i{n}>1</i{n}>" for n in range(101))
    unknown = "".join(f"<u{n}>1</u{n}>" for n in range(201))
    found = read(f"<M>{header}<Person>{unknown}<{'y' * 50}>1</{'y' * 50}></Person></M>")
    assert found.modules["header"].columns == tuple(f"i{n}" for n in range(100))
    words = [f"The item u{n} is not known and not read" for n in range(200)]
    assert [note.text for note in found.notes] == words
    [note] = read(f"<M><Person><{'y' * 50}>1</{'y' * 50}></Person></M>").notes
    assert note.text == f"The item {'y' * 40} is not known and not read"
