"""One forecast for every caller: from own returns where two can be learnt from, else from published statistics."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from highneeds import evidence
from highneeds.evidence import Evidence, Options
from highneeds.forecast import basis as service
from highneeds.forecast import joint
from highneeds.forecast.basis import (
    MOST_YEARS,
    ForecastBasis,
    ForecastExtent,
    forecast_basis,
    from_opening,
    januaries_until,
    starting_january,
)
from highneeds.forecast.summary import Balance, ForecastInputs
from highneeds.intake.published import open_pack
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear

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
    return forecast_basis(PACK, "886", ForecastExtent(3, 10, 1), returns=returns(*years))


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
    monkeypatch.setattr(service, "forecast_basis", lambda *given, **named: asked.update(extent=given[2], **named))
    inputs = SimpleNamespace(la_number="886", draws=10, seed=1)
    joint._learnt(SimpleNamespace(inputs=inputs, caseloads=returns(2024, 2025), published=PACK), 2030)
    assert asked["extent"].years == 5 and asked["inputs"] is inputs and len(asked["returns"]) == 2


@pytest.mark.parametrize(
    ("years", "said"),
    [(0, "Choose a later year"), (1, ""), (MOST_YEARS, ""), (MOST_YEARS + 1, "Choose one of the next")],
)
def test_a_year_that_no_forecast_reaches(years, said):
    """A forecast from January 2025 holds 2025-26 whole after one year."""
    wanted = FinancialYear(2025 + years - 1)
    if not said:
        assert januaries_until(wanted, 2025, "--year") == years
        return
    with pytest.raises(InputError, match=f"{wanted} is not in a forecast that starts from January 2025") as refused:
        januaries_until(wanted, 2025, "--year")
    assert str(refused.value.where) == "--year" and refused.value.remedy.startswith(said)


def test_a_balance_that_is_typed_goes_before_that_of_the_workspace():
    own = ForecastInputs("999", "2027-28", 1, 1, Balance("2022-23", 1.0, "A"), promised_gbp=5.0, paid_gbp=2.0)
    begins = SimpleNamespace(calendar=SimpleNamespace(financial_years=(FinancialYear(2024),)))
    assert from_opening(own, None, begins) is own
    typed = from_opening(own, 7.5, begins)
    assert (typed.opening, typed.promised_gbp, typed.paid_gbp) == (Balance("2023-24", 7.5, "--opening"), 0.0, 0.0)


@pytest.fixture
def council():
    """What is known of a council, as far as its forecast asks."""
    reported = SimpleNamespace(council=SimpleNamespace(la_number="999"))
    known = {"published": "PUBLISHED", "reported": reported, "inputs": "INPUTS", "caseloads": "RETURNS"}
    return SimpleNamespace(options=Options(40, 5, "data"), root="ROOT", **known)


def test_the_forecast_of_a_council_is_learnt_from_all_that_it_has(council, monkeypatch):
    asked = []
    monkeypatch.setattr(service, "forecast_basis", lambda *given, **named: asked.append((given, named)))
    monkeypatch.setattr(service, "from_opening", lambda *given: given)
    Evidence.basis(council, 3, opening_gbp=7.5)
    [(given, named)] = asked
    adjusted = named.pop("adjusted")
    assert given == ("PUBLISHED", "999", ForecastExtent(3, 40, 5))
    assert adjusted("IN", "ASSUMED") == ("IN", 7.5, "ASSUMED")
    assert named == {"inputs": "INPUTS", "returns": "RETURNS"}
    monkeypatch.setattr(service, "starting_january", lambda *given: given)
    assert Evidence.starting_january.fget(council) == ("PUBLISHED", "999", "RETURNS")


def test_a_forecast_that_forgets_leaves_own_figures_out_and_says_so(council, monkeypatch):
    asked = []

    def answered(*given, **named):
        asked.append((given, named))
        return ForecastBasis("999", "PACK", "ASSUMED", (Note.of("needs.absent"),), None, 0, 40, 5)

    monkeypatch.setattr(service, "forecast_basis", answered)
    monkeypatch.setattr(evidence, "open_pack", lambda place: ("PACK", place))
    monkeypatch.setattr(evidence, "read_council", lambda root: SimpleNamespace(la_number=f"of {root}"))
    found = Evidence.basis(council, 3, origin=2020, opening_gbp=7.5)
    assert [one.code for one in found.notes] == ["needs.absent", "origin.own_figures_left_out"]
    assert asked == [((("PACK", "data"), "of ROOT", ForecastExtent(3, 40, 5, 2020, 7.5)), {})]
    assert found.targets == {}


def test_the_years_of_a_basis_start_from_what_the_council_knows_where_it_knows_anything(monkeypatch):
    monkeypatch.setattr(service, "simulate", lambda *given: ("run of", *given))
    monkeypatch.setattr(service, "started", lambda *given: given)
    own = ForecastInputs("999", "2027-28", 1, 1, targets=(("2025-26", 5.0),))
    basis = ForecastBasis("999", "PACK", "ASSUMED", (), None, 0, 40, 5)
    assert basis.started("OPTIONS") is basis
    known = replace(basis, inputs=own)
    assert known.started("OPTIONS").assumptions == (("run of", "ASSUMED", 40, 5, "OPTIONS"), own)
    assert (known.targets, known.own, replace(known, returns=1).own) == ({"2025-26": 5.0}, False, True)
