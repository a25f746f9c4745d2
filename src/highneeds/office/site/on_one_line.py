"""What must not be broken at the end of a line: typography, whatever the text says."""

import re

from markupsafe import Markup, escape

WHOLE = re.compile(r"\b(?:\d{4}-\d{2}|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4})\b")


def together(text: str) -> Markup:
    """The text, with years such as 2024-25 and months such as Jan 2025 kept on one line."""
    return Markup(WHOLE.sub(r'<span class="hn-nowrap">\g<0></span>', str(escape(text))))
