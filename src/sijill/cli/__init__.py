"""The command line. What a command needs is imported when it runs, so that `sijill --help` answers at once.

Exit status: 0 all done; 1 failure; 2 usage; 3 some reports were left out (each said on standard error) and the output is
otherwise whole.
"""

from __future__ import annotations

from typing import Annotated

import typer

from sijill import __version__
from sijill.cli import adding, asking, coding, deciding, exporting, keeping, knowing, serving, users

app = typer.Typer(
    help="Reads reports of armed conflict, in Arabic first, and keeps the register of them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sijill {__version__}")
        raise typer.Exit


@app.callback()
def sijill(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Reads reports of armed conflict, in Arabic first, and keeps the register of them."""


for part in (coding, adding, asking, deciding, exporting, keeping, knowing, serving, users):
    app.registered_commands += part.commands.registered_commands
    app.registered_groups += part.commands.registered_groups


def main() -> None:
    """The command `sijill`."""
    app()
