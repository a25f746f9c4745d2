"""SEN2 2026: nothing we know of differs from 2025.

XML returns of this year are known that write Res and WBP on the active plan; the XML reader takes them there.
"""

from highneeds.intake.sen2.layouts import y2025

LAYOUT = y2025.LAYOUT.changed(2026)
