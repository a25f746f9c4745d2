"""python -m highneeds.forecast.brief: answer the question on standard input, as JSON on standard output."""

import json
import os
import sys

from highneeds.forecast.brief import Foretold
from highneeds.forecast.brief.aside import REFUSED, Question
from highneeds.forecast.brief.keep import written
from highneeds.forecast.brief.work_out import work_out
from highneeds.forecast.scenarios import parse_scenario
from highneeds.forecast.simulate import How
from highneeds.vocabulary.errors import InputError


def answer(question: Question) -> Foretold:
    how = How(kernel=question.kernel, threads=os.cpu_count() or 1)
    scenarios = [parse_scenario(text.encode(), name) for name, text in question.scenarios]
    return work_out(question.published, question.asked, scenarios, how)


def main() -> None:
    try:
        found = answer(Question.of(sys.stdin.read()))
    except InputError as problem:
        sys.stdout.write(json.dumps({"what": problem.what, "where": problem.where, "remedy": problem.remedy}))
        sys.exit(REFUSED)
    sys.stdout.write(written(found).decode("utf-8"))


if __name__ == "__main__":
    main()
