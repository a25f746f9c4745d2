"""python -m highneeds.forecast.summary: answer the question on standard input, as JSON on standard output."""

import json
import os
import sys
from dataclasses import asdict

from highneeds.forecast.scenarios import parse_scenario
from highneeds.forecast.simulate import RunOptions
from highneeds.forecast.summary import ForecastResult
from highneeds.forecast.summary.in_background import REFUSED, ForecastTask
from highneeds.forecast.summary.keep import written
from highneeds.forecast.summary.summarise import summarise
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.memory import seldom_collected


def answer(question: ForecastTask) -> ForecastResult:
    options = RunOptions(kernel=question.kernel, threads=os.cpu_count() or 1)
    scenarios = [parse_scenario(text.encode(), name) for name, text in question.scenarios]
    return summarise(question.published, question.inputs, scenarios, options, returns=question.caseloads)


@seldom_collected()
def main() -> None:
    try:
        found = answer(ForecastTask.of(sys.stdin.read()))
    except InputError as problem:
        said = {name: getattr(problem, name) for name in ("what", "remedy", "lacks", "lacks_in")}
        sys.stdout.write(json.dumps(said | {"where": asdict(problem.where)}))
        sys.exit(REFUSED)
    sys.stdout.write(written(found).decode("utf-8"))


if __name__ == "__main__":
    main()
