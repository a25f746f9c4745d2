"""Do the published figures of a workspace agree with themselves? One file per question.

`check_published(workspace)` asks them all.
"""

from highneeds.checks.published_figures._run import check_published, questions

__all__ = ["check_published", "questions"]
