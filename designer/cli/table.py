"""Every command, in the order of the help. A new one is its module and its line here."""

from designer.cli import check, code, examples, export, importing, layout, new, resume, train
from designer.cli.command import Command

COMMANDS: tuple[Command, ...] = (
    check.COMMAND,
    code.COMMAND,
    export.COMMAND,
    train.COMMAND,
    resume.COMMAND,
    layout.COMMAND,
    new.COMMAND,
    examples.COMMAND,
    importing.COMMAND,
)
