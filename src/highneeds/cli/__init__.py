"""The command line: the same story as run.py, one command per file. `highneeds --help` lists them."""

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Annotated, NoReturn

import typer

from highneeds import __version__
from highneeds.cli._command import Command
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.registry import definitions_in

HELP = "Steer an English council's special educational needs money back into balance."


def commands() -> tuple[Command, ...]:
    """Every command, in the order of their words."""
    return tuple(sorted(definitions_in(sys.modules[__name__], Command), key=lambda command: command.words))


def command_named(argv: Sequence[str]) -> Command | None:
    """The command that the first words of `argv` name, importing only its own file: a start costs what it uses."""
    words = [word.replace("-", "_") for word in argv]
    for count in (3, 2, 1):
        module = f"{__name__}.{'_'.join(words[:count])}"
        if len(words) >= count and all(word.isidentifier() for word in words[:count]) and find_spec(module):
            found = [value for value in vars(import_module(module)).values() if isinstance(value, Command)]
            return found[0] if found else None
    return None


def application(chosen: Sequence[Command]) -> typer.Typer:
    """A typer application of the chosen commands; 'caseload check' is the command check of the group caseload.

    Where the first word is a command by itself (forecast, and forecast goal), the list shows both words as one name.
    """
    app = typer.Typer(help=HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    groups: dict[str, typer.Typer] = {}
    app.callback()(_about)
    for command in chosen:
        owner = app
        if len(command.words) == 2 and any(one.words == command.words[:1] for one in chosen):
            app.command(" ".join(command.words))(command.run)
            continue
        for depth in range(1, len(command.words)):
            path = " ".join(command.words[:depth])
            if path not in groups:
                groups[path] = typer.Typer(no_args_is_help=True)
                owner.add_typer(groups[path], name=command.words[depth - 1])
            owner = groups[path]
        owner.command(command.words[-1])(command.run)
    return app


def _say_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"highneeds {__version__}\n")
        raise typer.Exit


def _about(
    version: Annotated[
        bool, typer.Option("--version", help="Say which version this is", is_eager=True, callback=_say_version)
    ] = False,
) -> None:
    pass


_about.__doc__ = HELP


def _refuse(problem: InputError) -> NoReturn:
    sys.stderr.write(" ".join(problem.sentence.split()) + "\n")
    sys.exit(2)


def _of_the_disk(problem: OSError) -> InputError:
    """What the system says of a file or folder, as a sentence."""
    return InputError(
        problem.strerror or str(problem) or "A file could not be read or written",
        where=str(problem.filename or ""),
        remedy="Check that it is there, that it may be read or written, and that the disk has room",
    )


def main() -> None:
    """Run the command line. An input that cannot be used is one sentence on stderr, and exit 2."""
    named = command_named(sys.argv[1:])
    try:
        application([named] if named else commands())(prog_name="highneeds")
    except InputError as problem:
        _refuse(problem)
    except OSError as problem:
        _refuse(_of_the_disk(problem))
