"""Requests, decisions and issues, one by one, so that every month has the decisions it should have."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from highneeds.invented.caseload.calendar import SynMonth


@dataclass(frozen=True)
class Flows:
    """Counts of each month of the window, in its order; stock: requests under way at each month's end."""

    received: np.ndarray
    yes: np.ndarray
    no: np.ndarray
    issued: np.ndarray
    refused: np.ndarray
    withdrawn: np.ndarray
    opening: int
    six_weeks: float
    twenty_weeks: float


@dataclass
class RequestRecord:
    """One request. Dates are day numbers; 0 where there is none. historic: decided before the window."""

    received: int
    outcome: str = "A"
    decided: int = 0
    assessment: str = ""
    ended: int = 0
    historic: bool = False


Queue = list[tuple[int, int, RequestRecord]]


def run_pipeline(flows: Flows, months: Sequence[SynMonth], rng: np.random.Generator) -> list[RequestRecord]:
    """Every request that is under way at some time in the window.

    In each month exactly `yes` and `no` requests are decided and `issued` and `refused` assessments end; a decision
    takes a request of the wanted waiting time where one is there, else the oldest.
    """
    waiting, agreed = _opening(flows, months[0].first, rng)
    return run_from(waiting, agreed, flows, months, rng)


def run_from(
    waiting: Queue, agreed: Queue, flows: Flows, months: Sequence[SynMonth], rng: np.random.Generator
) -> list[RequestRecord]:
    """Month by month from what is under way: requests not decided on yet, and assessments not ended."""
    records = [record for _, _, record in (*waiting, *agreed)]
    for place, month in enumerate(months):
        for day in _days(month, int(flows.received[place]), rng):
            record = RequestRecord(int(day))
            records.append(record)
            insort(waiting, (record.received, len(records), record))
        _decide(waiting, agreed, flows, place, month, rng)
        _end(agreed, flows, place, month, rng)
    return records


def queue_of(records: Sequence[RequestRecord]) -> Queue:
    """Those under way, the one that came first at the front."""
    return sorted(((record.received, -n, record) for n, record in enumerate(records)), key=_by_day)


def _opening(flows: Flows, first: int, rng: np.random.Generator) -> tuple[Queue, Queue]:
    """What is under way as the window opens, so large that no month runs dry."""
    undecided = np.cumsum(flows.received - flows.yes - flows.no)
    assessed = np.cumsum(flows.yes - flows.issued - flows.refused - flows.withdrawn)
    spare = int(flows.yes.mean() + flows.no.mean()) // 2 + 2
    front = max(int(1.2 * (flows.yes.mean() + flows.no.mean())), spare - int(undecided.min()))
    back = max(flows.opening - front, int(flows.issued.mean()) + 2 - int(assessed.min()))
    waiting = [(day, -n, RequestRecord(int(day))) for n, day in enumerate(first - rng.integers(1, 50, front))]
    agreed = [
        (day, -n, RequestRecord(int(day), "H", 0, "A", 0, historic=True))
        for n, day in enumerate(first - rng.integers(45, 260, back))
    ]
    return sorted(waiting, key=_by_day), sorted(agreed, key=_by_day)


def _by_day(entry: tuple[int, int, RequestRecord]) -> tuple[int, int]:
    return entry[0], entry[1]


def _days(month: SynMonth, count: int, rng: np.random.Generator) -> np.ndarray:
    return np.sort(rng.integers(month.first, month.last + 1, count))


def _decide(waiting: Queue, agreed: Queue, flows: Flows, place: int, month: SynMonth, rng: np.random.Generator) -> None:
    yes, no = int(flows.yes[place]), int(flows.no[place])
    outcomes = rng.permutation(np.array(["Y"] * yes + ["N"] * no))
    for day, outcome in zip(_days(month, yes + no, rng), outcomes, strict=True):
        window = (20, 42) if rng.random() < flows.six_weeks else (43, 90)
        entry = _taken(waiting, int(day), window, rng)
        if entry is None:
            continue
        record = entry[2]
        record.outcome, record.decided = str(outcome), max(int(day), record.received)
        if outcome == "Y":
            record.assessment = "A"
            insort(agreed, entry, key=_by_day)


def _end(agreed: Queue, flows: Flows, place: int, month: SynMonth, rng: np.random.Generator) -> None:
    counts = [("Y", flows.issued), ("N", flows.refused), ("W", flows.withdrawn)]
    ends = rng.permutation(np.array([code for code, counted in counts for _ in range(int(counted[place]))]))
    for day, outcome in zip(_days(month, len(ends), rng), ends, strict=True):
        window = (100, 140) if rng.random() < flows.twenty_weeks else (141, 400)
        entry = _taken(agreed, int(day), window, rng)
        if entry is not None:
            record = entry[2]
            record.assessment, record.ended = str(outcome), max(int(day), record.decided + 1, record.received + 1)
            record.ended = min(record.ended, month.last)


def _taken(
    queue: Queue, day: int, window: tuple[int, int], rng: np.random.Generator
) -> tuple[int, int, RequestRecord] | None:
    """Take out one that has waited between the days of `window`, else the oldest."""
    if not queue:
        return None
    low = bisect_left(queue, day - window[1], key=lambda entry: entry[0])
    high = bisect_right(queue, day - window[0], key=lambda entry: entry[0])
    return queue.pop(int(rng.integers(low, high)) if high > low else 0)
