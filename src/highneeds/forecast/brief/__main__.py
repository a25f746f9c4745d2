"""python -m highneeds.forecast.brief QUESTION: answer one question, as JSON on standard output."""

import json
import os
import sys

from highneeds.forecast.brief import Foretold
from highneeds.forecast.brief.aside import REFUSED, Question
from highneeds.forecast.brief.keep import written
from highneeds.forecast.brief.work_out import work_out
from highneeds.forecast.scenarios import read_scenario
from highneeds.forecast.simulate import How
from highneeds.vocabulary.errors import InputError


def answer(question: Question) -> Foretold:
    how = How(kernel=question.kernel, threads=os.cpu_count() or 1)
    scenarios = [read_scenario(path) for path in question.scenarios]
    return work_out(question.published, question.asked, scenarios, how)


def main() -> None:
    try:
        found = answer(Question.of(sys.argv[1]))
    except InputError as problem:
        sys.stdout.write(json.dumps({"what": problem.what, "where": problem.where, "remedy": problem.remedy}))
        sys.exit(REFUSED)
    sys.stdout.write(written(found).decode("utf-8"))


if __name__ == "__main__":
    main()
