"""The commands that look after the people of a workbench."""

from __future__ import annotations

import getpass
import sys
from enum import StrEnum
from typing import Annotated

import typer

from sijill.cli.common import Db, fail, opened

commands = typer.Typer()
users = typer.Typer(help="The people who log in to the workbench.", no_args_is_help=True)
commands.add_typer(users, name="users")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name that they log in with.")]


class RoleName(StrEnum):
    """The roles, each with what those before it may do too."""

    viewer = "viewer"
    coder = "coder"
    editor = "editor"
    admin = "admin"


RoleOption = Annotated[
    RoleName,
    typer.Option(
        help="viewer reads, coder decides, editor adjudicates and undoes, admin looks after people."
    ),
]


@users.callback()
def _users() -> None:
    """The people who log in to the workbench."""


@users.command("add")
def add_user(name: Name, role: RoleOption = RoleName.coder, db: Db = None) -> None:
    """Let somebody in. The password is asked for, or read from standard input."""
    from sijill.store import users as kept

    with opened(db) as store:
        kept.add_user(store, name, role.value, _new_password())
    typer.echo(f"{name} may log in as {role.value}")


@users.command("list")
def list_users(db: Db = None) -> None:
    """Show who may log in."""
    from sijill.store import users as kept

    with opened(db) as store:
        for user in kept.list_users(store):
            typer.echo(f"{user.name}\t{user.role}\t{'active' if user.active else 'shut out'}")


@users.command("role")
def set_role(
    name: Name, role: Annotated[RoleName, typer.Argument(help="The new role.")], db: Db = None
) -> None:
    """Give somebody another role; they log in anew."""
    from sijill.store import users as kept

    with opened(db) as store:
        kept.change_user(store, name, role=role.value)


@users.command("password")
def set_password(name: Name, db: Db = None) -> None:
    """Give somebody a new password; they log in anew."""
    from sijill.store import users as kept

    with opened(db) as store:
        kept.change_user(store, name, password=_new_password())


@users.command("shut-out")
def shut_out(name: Name, db: Db = None) -> None:
    """End somebody's sessions and let them in no longer; what they decided stays."""
    from sijill.store import users as kept

    with opened(db) as store:
        kept.change_user(store, name, active=False)


def _new_password() -> str:
    """The hash of a password that a person types twice, or of the first line of standard input."""
    from sijill.workbench.passwords import WeakPasswordError, hashed

    if sys.stdin.isatty():
        password = getpass.getpass("Password: ")
        if getpass.getpass("Once more: ") != password:
            fail("the two passwords differ")
    else:
        password = sys.stdin.readline().rstrip("\n")
    try:
        return hashed(password)
    except WeakPasswordError as error:
        fail(str(error))
