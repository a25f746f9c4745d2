"""What stands around a chart."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChartWords:
    """title        says the finding; it stands as text above the picture
    source       stands under it
    alt_text     what it shows, for who cannot see it; '' for what the chart says of itself
    period_name  what one of its periods is; '' for what that kind of chart usually has
    """

    id: str
    title: str
    source: str = ""
    alt_text: str = ""
    period_name: str = ""
