"""The commands of the workbench: opening it."""

from __future__ import annotations

import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from sijill.cli.adding import Language, Published, add_found, link_new
from sijill.cli.common import Db, SourceName, Who, fail, person, say, told

commands = typer.Typer()


@commands.command()
def serve(
    reports: Annotated[list[str] | None, typer.Argument(metavar="PATH...", help="Reports to code first, into a register of their own unless --db is given.")] = None,
    db: Db = None,
    example: Annotated[bool, typer.Option("--example", help="Open the report that ships.")] = False,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen; anything but loopback asks for a log-in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8484,
    certificate: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="TLS certificate (PEM), with --key.")] = None,
    key: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="Its private key (PEM).")] = None,
    behind_proxy: Annotated[bool, typer.Option("--behind-proxy", help="A proxy on this machine speaks TLS; asks for a log-in.")] = False,
    plain: Annotated[bool, typer.Option("--plain-http", help="Listen without TLS on a network that is itself encrypted.")] = False,
    closed: Annotated[bool, typer.Option("--closed", help="Ask for a log-in on loopback too.")] = False,
    tiles: Annotated[str | None, typer.Option(metavar="URL", help="A tile server for maps, with {z}, {x} and {y}. Default: the basemap that ships.")] = None,
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    who: Who = None,
    source: SourceName = None,
    published: Published = None,
    language: Language = None,
) -> None:  # fmt: skip
    """Open the workbench on the register: read, correct and decide in the browser, with no network.

    On loopback one person needs no log-in. It is asked for as soon as there are users (`sijill users add`) or others can
    reach the workbench.
    """
    import uvicorn

    from sijill.workbench import Settings, create_app
    from sijill.workbench.settings import LOOPBACK, is_loopback

    alone = is_loopback(host) and not behind_proxy
    if not (is_loopback(host) or certificate or plain):
        fail(
            "passwords would cross the network unencrypted: give --certificate and --key, or listen on loopback with "
            "--behind-proxy, or --plain-http where the network itself is encrypted"
        )
    if (certificate is None) != (key is None):
        fail("--certificate and --key go together")
    settings = Settings(
        name=person(who),
        closed=closed or not alone,
        secure=behind_proxy or certificate is not None,
        hosts=LOOPBACK if alone else ("*",),
        tiles=tiles,
    )
    with told(), _register(db, own=bool(reports or example)) as place:
        _code(place, reports or [], example, source, published, language)
        if settings.closed:
            _want_users(place)
        config = uvicorn.Config(
            create_app(place, settings), host=host, port=port, log_level="warning", server_header=False, proxy_headers=behind_proxy, timeout_keep_alive=60,
            ssl_certfile=certificate, ssl_keyfile=key,
        )  # fmt: skip
        socket = config.bind_socket()
        name = f"[{host}]" if ":" in host else host
        address = f"http{'s' if certificate else ''}://{name}:{socket.getsockname()[1]}"
        typer.echo(f"Sijill is open at {address} (Ctrl+C ends it)")
        if show:
            webbrowser.open(address)
        uvicorn.Server(config).run(sockets=[socket])


def _want_users(place: str) -> None:
    from sijill.store import Store
    from sijill.store.users import has_users

    with Store.open(place) as store:
        if not has_users(store):
            fail("nobody could log in: make the first person with `sijill users add NAME --role admin`")


@contextmanager
def _register(db: str | None, own: bool) -> Iterator[str]:
    """Where the register is, made if it isn't there. With `own` and no place given, a register that goes with the run."""
    from sijill.store import Store, location

    if db is None and own:
        with tempfile.TemporaryDirectory(prefix="sijill-") as folder:
            place = str(Path(folder) / "sijill.db")
            Store.create(place).close()
            say("a register for this run only; --db keeps one")
            yield place
        return
    place = location(db)
    Store.create(place).close()
    yield place


def _code(
    place: str,
    paths: list[str],
    example: bool,
    source: str | None,
    published: str | None,
    language: str | None,
) -> None:
    from sijill.reading.fields import Defaults, published_day
    from sijill.reading.items import read_items
    from sijill.store import Store
    from sijill.workbench.example import example_item

    try:
        day = published_day(published) if published else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--published") from None
    with Store.open(place) as store:
        if example:
            add_found(store, iter([example_item()]))
        if paths:
            add_found(store, read_items(paths, Defaults(day, source, language)))
        link_new(store)
