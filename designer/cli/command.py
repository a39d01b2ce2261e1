"""What a command of the command line is: a name, one line of help, its arguments and its job."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

from designer.document.problem import Problem


@dataclass(frozen=True, slots=True)
class Command:
    """One subcommand; `run` returns the exit status and raises ProblemError or UsageError."""

    name: str
    summary: str
    arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


class UsageError(Exception):
    """The command cannot begin: an unreadable file, a senseless argument (status 2)."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem
