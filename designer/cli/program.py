"""The command line as a whole: arguments in, exit status out, errors as one line on stderr.

Status 0 is success, 1 a design with errors or a job that failed, 2 a wrong call or a file that
cannot be read, 130 an interruption.
"""

import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence

from designer.cli.command import UsageError
from designer.cli.export import Paint
from designer.cli.table import COMMANDS
from designer.document.problem import Problem, ProblemError

DESCRIPTION = """\
Design Keras networks by drawing them.

  skipwire [FILE ...]      opens the window
  skipwire demo            trains the skip autoencoder before your eyes
  skipwire COMMAND ...     does one job without a screen"""


def parser(version: str, paint: Paint) -> ArgumentParser:
    """The whole command line's parser."""
    whole = ArgumentParser(
        prog="skipwire", description=DESCRIPTION, formatter_class=RawDescriptionHelpFormatter
    )
    whole.add_argument("--version", action="version", version=f"skipwire {version}")
    jobs = whole.add_subparsers(metavar="COMMAND", required=True)
    for command in COMMANDS:
        one = jobs.add_parser(command.name, help=command.summary, description=command.summary)
        command.arguments(one)
        one.set_defaults(job=command.run, paint=paint)
    return whole


def say(problem: Problem) -> None:
    """One line on stderr: the problem, and the file that it is about if it does not say so."""
    text = " ".join(problem.message.split())
    file = problem.where.file
    place = f"{file}: " if file and file not in text else ""
    print(f"skipwire: {place}{text}", file=sys.stderr)


def run(words: Sequence[str], version: str, paint: Paint) -> int:
    """Runs one command and returns the exit status; errors are told, never thrown.

    `paint` draws the pictures of `export`.
    """
    try:
        options = parser(version, paint).parse_args(words)
        status: int = options.job(options)
        sys.stdout.flush()
        return status
    except UsageError as error:
        say(error.problem)
        return 2
    except ProblemError as error:
        say(error.problem)
        return 1
    except BrokenPipeError:
        # The reader has gone (`| head`). Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 141
    except KeyboardInterrupt:
        return 130
