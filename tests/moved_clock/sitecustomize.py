"""Python reads this when it starts, where this folder is named by PYTHONPATH: the office's clock can be moved.

The clock is as many seconds off as the file says that HIGHNEEDS_CLOCK names; an empty one says none. Django's clock and
`time.time` are all that office, sessions and worker ask.
"""

import os
import time
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

told = Path(os.environ["HIGHNEEDS_CLOCK"])
right_time, right_now = time.time, timezone.now


def seconds_off() -> int:
    return int(told.read_text() or 0)


time.time = lambda: right_time() + seconds_off()
timezone.now = lambda: right_now() + timedelta(seconds=seconds_off())
