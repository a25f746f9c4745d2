"""One forecast for every caller: from own returns where two can be learnt from, else from published statistics."""

from datetime import date
from types import SimpleNamespace

import pytest

from highneeds.forecast import basis as service
from highneeds.forecast import joint
from highneeds.forecast.basis import forecast_basis, starting_january
from highneeds.intake.published import open_pack
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note

PACK = open_pack().known_at(2024)


def returns(*years):
    return [SimpleNamespace(reference_date=date(year, 1, 16), synthetic=False) for year in years]


@pytest.fixture
def learnt(monkeypatch):
    """What was learnt from, and for how many years, without learning."""
    asked = []

    def own(caseloads, published, *, years, opening_gbp):
        asked.append(("own", years))
        return "own", (Note.of("needs.absent"),)

    def from_published(published, la_number, *, years, **_):
        asked.append(("published", years))
        return "published", ()

    monkeypatch.setattr(service, "learn_from_returns", own)
    monkeypatch.setattr(service, "learn", from_published)
    return asked


def ask(*years):
    return forecast_basis(PACK, "886", years=3, draws=10, seed=1, returns=returns(*years))


@pytest.mark.parametrize(
    ("years", "source", "used"), [((), "published", 0), ((2025,), "published", 0), ((2024, 2025), "own", 2)]
)
def test_two_accepted_returns_are_learnt_from_and_one_is_not(learnt, years, source, used):
    found = ask(*years)
    assert (found.assumptions, found.returns, found.own) == (source, used, used > 0)
    assert learnt == [(source, 3)]


def test_returns_that_cannot_be_learnt_from_are_said_and_the_published_path_is_as_long(learnt, monkeypatch):
    def refused(*_, **__):
        raise InputError("The placements name schools of unknown kind", remedy="Accept it again")

    monkeypatch.setattr(service, "learn_from_returns", refused)
    found = ask(2024, 2025)
    assert learnt == [("published", 4)]  # from January 2024, a year before the last return
    assert [note.code for note in found.notes] == ["returns.not_used"] and found.returns == 0


def test_the_january_it_starts_from():
    assert starting_january(PACK, "886") == starting_january(PACK, "886", returns(2025)) == 2024
    assert starting_january(PACK, "886", returns(2024, 2025)) == 2025


def test_returns_of_dfe_ask_as_the_report_asks(monkeypatch):
    """Accepted returns and the council's own count of plans reach the forecast that every return is cut from."""
    asked = {}
    monkeypatch.setattr(joint, "forecast_basis", lambda published, la_number, **wish: asked.update(wish))
    inputs = SimpleNamespace(la_number="886", draws=10, seed=1)
    joint._learnt(SimpleNamespace(inputs=inputs, caseloads=returns(2024, 2025), published=PACK), 2030)
    assert asked["years"] == 5 and asked["inputs"] is inputs and len(asked["returns"]) == 2
