"""A dashboard table read back out of a report's page text, cell by cell.

    dashboard = read_dashboard(text, "report.txt")
    cells = matched(dashboard, catalogue)

No row is known by name or line: what a header, a heading, a gap, a message and a fused cell look like is all it knows.
"""

from highneeds.intake.dashboard.cells import Confidence, DashboardCell
from highneeds.intake.dashboard.match import matched
from highneeds.intake.dashboard.read import DashboardRow, LeftOut, ReadDashboard, read_dashboard

__all__ = ["Confidence", "DashboardCell", "DashboardRow", "LeftOut", "ReadDashboard", "matched", "read_dashboard"]
