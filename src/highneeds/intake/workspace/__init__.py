"""The workspace folder: a council's plain files, read into one typed thing.

`read_workspace(folder)` refuses what cannot be used with one sentence, and changes nothing on disk.
"""

from highneeds.intake.workspace.agreement import Agreement, Condition, SameThing
from highneeds.intake.workspace.council import CouncilFile, ReportSlot
from highneeds.intake.workspace.dashboard import DashboardIndicator, Identity, Observation
from highneeds.intake.workspace.facts import Benchmark, Fact, PrintedPlacement
from highneeds.intake.workspace.programme import LevelDefinition, NarrativeParagraph, RatedLevel
from highneeds.intake.workspace.workspace import Workspace, read_workspace

__all__ = [
    "Agreement",
    "Benchmark",
    "Condition",
    "CouncilFile",
    "DashboardIndicator",
    "Fact",
    "Identity",
    "LevelDefinition",
    "NarrativeParagraph",
    "Observation",
    "PrintedPlacement",
    "RatedLevel",
    "ReportSlot",
    "SameThing",
    "Workspace",
    "read_workspace",
]
