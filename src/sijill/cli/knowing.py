"""The commands that extend what Sijill knows: places, actors, trained weights."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sijill.cli.common import fail

commands = typer.Typer()


@commands.command(name="train", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def train_command(context: typer.Context) -> None:
    """Make the models' weights from the shipped annotations and coded reports of your own (needs sijill[train])."""
    from sijill.training.__main__ import main as train

    train(context.args)


places = typer.Typer(help="The gazetteer.", no_args_is_help=True)
commands.add_typer(places, name="places")


@places.callback()
def _places() -> None:
    """The gazetteer."""


@places.command("add")
def places_add(
    path: Annotated[
        Path, typer.Argument(help="A GeoNames country dump, or a CSV with names and coordinates.")
    ],
    country: Annotated[
        str | None, typer.Option(help="ISO 3166-1 alpha-2 code, where the file has none.")
    ] = None,
) -> None:
    """Add the places of a file to your own gazetteer; they are read from the next run on."""
    from sijill.language.gazetteer import PlacesFileError, add_places

    try:
        counts = add_places(path, country)
    except (OSError, PlacesFileError) as error:
        fail(str(error))
    typer.echo(", ".join(f"{n} {what}" for what, n in counts.items()))


actors = typer.Typer(help="The register of actors.", no_args_is_help=True)
commands.add_typer(actors, name="actors")


@actors.callback()
def _actors() -> None:
    """The register of actors."""


@actors.command("add")
def actors_add(
    path: Annotated[
        Path,
        typer.Argument(
            help="A CSV with the columns id, name_en, name_ar, kind and, if known, country, aliases."
        ),
    ],
) -> None:
    """Add actors to your own register; they are read from the next run on."""
    from sijill.rules.own_actors import ActorsFileError, add_actors

    try:
        counts = add_actors(path)
    except (OSError, ActorsFileError) as error:
        fail(str(error))
    typer.echo(", ".join(f"{n} {what}" for what, n in counts.items()))
