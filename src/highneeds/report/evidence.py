"""Everything a report may speak of, gathered by run.py. Sections read it; nothing here is computed."""

from collections.abc import Mapping
from dataclasses import dataclass

from highneeds.account import PublishedAccount
from highneeds.account.commitments.three_books import MatchedBooks
from highneeds.account.of_workspace import WorkspaceAccount
from highneeds.assurance.levels import Assurance
from highneeds.assurance.movement import Movement
from highneeds.assurance.narrative import JudgedParagraph
from highneeds.assurance.process_control import Signal
from highneeds.checks.finding import Findings
from highneeds.forecast.record import Vintage
from highneeds.forecast.summary import ForecastResult, ForecastSummary
from highneeds.indicators.mechanism.computed import Computed
from highneeds.intake.workspace import Workspace
from highneeds.registers.register import Entries, RegisterRow


@dataclass(frozen=True)
class Evidence:
    """workspace    the council's files
    registers    by name, each with rows and findings
    findings     of every check
    movements    one per indicator, in the order of the catalogue
    signals      process-control signals by indicator id
    assurances   one per condition
    narrative    every paragraph with the claims read in it
    account      the account: published figures, the council's own ledger, and every part of it
    forecast     where plans, places and money go, from published statistics; or why there is none
    computed     what the caseload says of the dashboard, None without one; it stands beside what was reported and
                 enters no answer, claim, level or reported figure
    fingerprint  of everything that made these figures
    version      of highneeds
    invented_books   an invented commitment book and ledger held against an invented caseload; they enter nothing else
    record       kept forecasts of which something has come true since
    """

    workspace: Workspace
    registers: Mapping[str, Entries]
    findings: Findings
    movements: tuple[Movement, ...]
    signals: Mapping[str, tuple[Signal, ...]]
    assurances: tuple[Assurance, ...]
    narrative: tuple[JudgedParagraph, ...]
    account: WorkspaceAccount
    forecast: ForecastResult
    computed: Computed | None
    fingerprint: str
    version: str
    invented_books: MatchedBooks | None = None
    record: tuple[Vintage, ...] = ()

    @property
    def money(self) -> PublishedAccount:
        """The account as far as published figures carry it."""
        return self.account.published

    @property
    def brief(self) -> ForecastSummary | None:
        """The forecast, where there is one."""
        return self.forecast if isinstance(self.forecast, ForecastSummary) else None

    def rows(self, register: str) -> tuple[RegisterRow, ...]:
        """The rows of a register, none where the workspace does not have it."""
        entries = self.registers.get(register)
        return entries.rows if entries else ()

    def part(self, section: str) -> tuple[JudgedParagraph, ...]:
        """The paragraphs that stand under one heading of the narrative."""
        return tuple(one for one in self.narrative if one.paragraph.section == section)

    def movement(self, indicator: str) -> Movement:
        return next(one for one in self.movements if one.indicator.id == indicator)
