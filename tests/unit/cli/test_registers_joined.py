"""The registers are joined: a row written in one moves what the others, the account and the indicators say.

Each join is followed through the commands that an officer uses, on a small invented council.
"""

import csv
import io
import shutil
from pathlib import Path

import pytest

from cli_runner import run
from highneeds.account.balance.on_track import OnTrackCapital
from highneeds.account.of_workspace import capital_projects
from highneeds.evidence import Evidence
from highneeds.registers.registry import read_registers, registers
from highneeds.report.words import on_track
from highneeds.store.folder import FolderStore
from highneeds.vocabulary.period import Month

HARROWDALE = Path(__file__).resolve().parents[3] / "examples" / "harrowdale"
AS_AT = "2025-04-02"
OAK = dict(uplift="oak", provider="Oak House School", financial_year="2025-26", requested_on="2025-01-10", places="2",
           present_fee_gbp="50000.00", asked_fee_gbp="55000.00", benchmark_fee_gbp="51500.00",
           agreed_fee_gbp="52000.00", outcome="agreed", decided_on="2025-03-10",
           effective_from="2025-04-01")  # fmt: skip
PLACED = dict(status="active", line="1.2.3", fte="1", provider="Oak House School", from_day="2024-09-01",
              annual_cost_gbp="50000.00")  # fmt: skip
ELM = dict(opening="elm", title="Elm School", kind="special_school", planned="2024-09", status="delayed", places="60",
           independent_gbp="60000.00", state_gbp="25000.00", source="plan")  # fmt: skip


@pytest.fixture
def council(tmp_path):
    """A copy of the invented council, which keeps no register yet."""
    folder = tmp_path / "harrowdale"
    shutil.copytree(HARROWDALE, folder, ignore=shutil.ignore_patterns("registers", "reports"))
    return folder


def keep(folder: Path, name: str, *rows: dict[str, str]) -> Path:
    register = registers()[name]
    path = folder / register.place
    path.parent.mkdir(exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, [column.name for column in register.columns], restval="")
        out.writeheader()
        out.writerows(rows)
    return path


def printed(*words) -> list[dict[str, str]]:
    done = run(*words, "--format", "csv")
    assert done.code in (0, 1), done.err
    return list(csv.DictReader(io.StringIO(done.out)))


def found(folder: Path, name: str, rule: str) -> list[str]:
    """What one rule finds in a register of the council."""
    path = folder / registers()[name].place
    lines = printed("register", "check", path, "--register", name, "--workspace", folder, "--as-at", AS_AT)
    return [line["message"] for line in lines if line["rule"] == rule]


def measured(folder: Path, name: str, measure: str, as_at: str = AS_AT) -> dict[tuple[str, str], str]:
    lines = printed("register", "measures", folder, "--register", name, "--measure", measure, "--as-at", as_at)
    return {(line["category"], line["period"]): line["value"] for line in lines}


def test_an_agreed_uplift_asks_for_a_new_price_until_the_commitment_book_has_it(council):
    """Two places at £50,000 where £52,000 is agreed from April; then two price periods, and nothing is asked."""
    keep(council, "fee_uplifts", OAK)
    old = [PLACED | dict(commitment=f"C{n}", child=f"00{n}", placement=f"{n}-A") for n in (1, 2)]
    keep(council, "commitments", *old)
    assert found(council, "fee_uplifts", "FEEUPLIFTS-10") == [
        "The book's average is £50,000 and £52,000 is agreed from 2025-04-01"
    ]
    new = [row | dict(commitment=f"{row['commitment']}b", from_day="2025-04-01", annual_cost_gbp="52000.00",
                      fee_uplift="oak") for row in old]  # fmt: skip
    keep(council, "commitments", *(row | dict(to_day="2025-03-31") for row in old), *new)
    assert found(council, "fee_uplifts", "FEEUPLIFTS-10") == []
    assert measured(council, "commitments", "annual_gbp")["1.2.3", AS_AT] == "104000.00"


def upper_price(folder: Path) -> float:
    """The upper end of what an independent placement costs in the forecast, as the council's own documents have it."""
    [price] = [one for one in Evidence(FolderStore(folder)).inputs.own_prices if one.sector == "independent"]
    return price.high


def test_a_request_that_is_open_widens_the_upper_price_of_the_forecast(council):
    """Two places asked £5,000 more each, spread over two placements of the book: £5,000 above £50,000."""
    keep(council, "unit_costs", dict(row="1", group="independent", phase="all", from_day="2025-04-01",
                                     annual_cost="100000.00", placements="2"))  # fmt: skip
    keep(council, "commitments", *(PLACED | dict(commitment=f"C{n}", child=f"00{n}", placement="A") for n in (1, 2)))
    before = upper_price(council)
    keep(council, "fee_uplifts", OAK | dict(outcome="asked", decided_on="", agreed_fee_gbp="", effective_from=""))
    assert before < 55_000 and upper_price(council) == 55_000
    keep(council, "fee_uplifts", OAK | dict(outcome="refused", agreed_fee_gbp=""))
    assert upper_price(council) == before


def test_an_opening_that_slips_moves_places_cost_of_delay_and_the_capital_answer(council):
    """On time: nothing is lost. A year late: 60 places x £35,000 x 7 months of 2024-25 and 5 of 2025-26."""
    places = dict(row="1", kind="special", school="Elm School", from_day="2024-09-01", places="60", opening="elm")
    steps = dict(step="elm-1", opening="elm", by_day="2024-09-30", new_places="48", state="planned")
    keep(council, "places", places)
    keep(council, "fill_steps", steps)
    keep(council, "milestones", dict(milestone="elm", title="Elm", planned="2024-09", opening="elm", state="planned"))
    keep(council, "openings", ELM | dict(status="planned", expected="2024-09"))
    assert measured(council, "openings", "lost_places_gbp")["elm", "2024-25"] == "0.00"
    assert found(council, "places", "PLACES-08") == found(council, "fill_steps", "FILLSTEPS-02") == []

    keep(council, "openings", ELM | dict(expected="2025-09"))
    assert found(council, "places", "PLACES-08") == ["The places begin on 2024-09-01 and elm opens in 2025-09"]
    assert len(found(council, "fill_steps", "FILLSTEPS-02")) == len(found(council, "milestones", "MILESTONES-06")) == 1
    lost = {"2024-25": "1225000.00", "2025-26": "875000.00"}
    assert {year: measured(council, "openings", "lost_places_gbp")["elm", year] for year in lost} == lost
    account = printed("account", council, "--view", "late-schools")
    assert {row["financial_year"]: row["lost_saving_gbp"] for row in account} == lost
    projects = capital_projects(read_registers(council)["openings"], Month(2025, 4))
    assert "1 of 1 projects are not on time" in on_track.reason(OnTrackCapital(projects))


def test_a_decided_appeal_is_counted_as_placed_and_a_transfer_feeds_its_indicators(council):
    """One case allowed in December with a special place; one child final in February from mainstream to special."""
    keep(council, "appeals", dict(case="A1", child="000412", decided_on="2024-03-01", about="placement",
                                  lodged_on="2024-05-01", closed_on="2024-12-09", outcome="allowed",
                                  placed="special_independent", cost_after_gbp="60000.00", state="closed"))  # fmt: skip
    keep(council, "phase_transfers", dict(transfer="T1", child="000413", transfer_year="2025", state="final",
                                          phase="primary_to_secondary", cohort="before_cutoff", from_type="mainstream",
                                          named_type="special_state", home_district="North", school_district="South",
                                          final_on="2025-02-07"))  # fmt: skip
    dashboard = printed("indicators", council, "--as", "computed")
    values = {(line["indicator"], line["period"]): line["value"] for line in dashboard}
    assert values["tribunal_placed_special_count", "2024-12"] == "1"
    assert values["tribunal_placed_special_count", "2024-11"] == "0"
    assert measured(council, "appeals", "placed_after_appeal")["", "2024-12"] == "1"
    later = printed("indicators", council, "--as", "computed", "--from", "2025-02", "--to", "2025-02")
    told = {line["indicator"]: line["value"] for line in later}
    assert told["mainstream_to_special_phase_transfer"] == "1"
    assert told["special_to_mainstream_phase_transfer"] == "0"
    assert told["phase_transfer_placement_split"] == "0.0"


def test_one_pound_is_claimed_once(council):
    """A check agrees £5,000 off from January, health takes 10% of £48,000 from February: £4,800 is all overlap."""
    keep(council, "savings", *(dict(saving=name, title=name, owner_role="Head", kind="avoided", starts="2025-04",
                                    confidence="likely", full_year_gbp="6000.00", claims="fee_uplifts.avoided_gbp")
                               for name in ("one", "two")))  # fmt: skip
    keep(council, "fee_uplifts", OAK)
    keep(council, "commitments", PLACED | dict(commitment="C1", child="001", placement="1-A", provider="Elm School"))
    keep(council, "contribution_checks", dict(check="K1", child="001", commitment="C1", review_on="2024-12-02",
                                              billed_gbp="50000.00", agreed_gbp="45000.00", result="over_provided",
                                              effective_from="2025-01-01", state="agreed"))  # fmt: skip
    keep(council, "joint_funding", dict(application="J1", child="001", commitment="C1", applied_on="2024-12-02",
                                        decision="agreed", decided_on="2025-01-20", annual_cost_gbp="48000.00",
                                        education_percent="90", health_percent="10",
                                        starts_on="2025-02-01"))  # fmt: skip
    assert found(council, "savings", "SAVINGS-05") == ["Two actions claim the same measure, category and year"]
    [claimed] = found(council, "savings", "SAVINGS-11")
    assert "£5,000.00" in claimed and "£4,800.00" in claimed and "counts £0.00" in claimed
    keep(council, "contribution_checks", dict(check="K1", child="001", commitment="C9", review_on="2024-12-02",
                                              billed_gbp="50000.00", agreed_gbp="45000.00", result="over_provided",
                                              effective_from="2025-01-01", state="agreed"))  # fmt: skip
    assert found(council, "savings", "SAVINGS-11") == []


def test_the_calendar_shows_every_statutory_and_local_due_date_on_one_page(council):
    """Every clock of every register with its start filled in, and every deadline column, gives a line."""
    wanted = set()
    for register in registers().values():
        if register.folder == "registers":
            keep(council, register.name, register.example[0])
            wanted |= {register.name} if has_a_day(register) else set()
    lines = printed("calendar", council, "--as-at", AS_AT, "--all", "--horizon", "400")
    assert wanted <= {line["register"] for line in lines}
    assert {"statutory", "local", "contract"} <= {line["basis"] for line in lines}
    order = [(line["due_on"] or "9999", line["register"], line["row"], line["clock"]) for line in lines]
    assert order == sorted(order)
    public = [line for line in lines if registers()[line["register"]].casework]
    assert all(line["title"] == line["clock"][:1].upper() + line["clock"][1:].replace("_", " ") for line in public)


def has_a_day(register) -> bool:
    """Whether a deadline or the start of a clock is filled in its worked example."""
    row = register.example[0]
    deadlines = [column.name for column in register.columns if column.deadline]
    starts = [clock.start for clock in register.clocks if not callable(clock.start)]
    return any(row.get(name) for name in (*deadlines, *starts))
