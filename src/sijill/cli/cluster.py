"""`sijill code --engine spark INPUT... OUTPUT`: an archive, on Spark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from sijill.cli.common import LEFT_OUT, fail

if TYPE_CHECKING:
    from sijill.ledger.accounts import Rule


def code_on_spark(
    paths: Sequence[str], published: str | None, source: str | None, language: str | None, rule: Rule | None
) -> None:
    """Code the inputs (all paths but the last) into the tables of the output folder (the last), and say how many were coded.
    `rule` counts the accounts; None makes none."""
    from sijill.reading.fields import Defaults, published_day

    if len(paths) < 2:
        raise typer.BadParameter("give INPUT... and OUTPUT, a folder", param_hint="PATH")
    try:
        day = published_day(published) if published is not None else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--published") from None
    try:
        from sijill.engines.spark import InputError, NoSparkError, SparkEngine, spark_session
    except ImportError as error:
        fail(f"Spark is not installed ({error.name}): pip install 'sijill[spark]'")
    *inputs, output = paths
    try:
        done = SparkEngine(spark_session()).run(inputs, output, Defaults(day, source, language), rule)
    except (InputError, NoSparkError) as error:
        fail(str(error))
    said = f"{output}: {done.coded} reports coded, {done.left_out} left out, {done.before} there before"
    typer.echo(said if done.accounts is None else f"{said}; {done.accounts} accounts", err=True)
    if done.left_out:
        raise typer.Exit(LEFT_OUT)
