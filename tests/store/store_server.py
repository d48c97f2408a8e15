"""What tests of the store share: a PostgreSQL server of their own, a clock, and patience."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import create_engine, text


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL server on this machine."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]), reverse=True
    )
    on_path = shutil.which("postgres")
    return found[0].parent if found else Path(on_path).resolve().parent if on_path else None


class Server:
    """A PostgreSQL server of its own folder and port, run by an unprivileged user."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self.binaries = binaries
        self.folder = folder
        self.data = folder / "data"
        self.password = secrets.token_hex(16)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        # PostgreSQL refuses to run as root: then the user `postgres` or `nobody` runs it.
        self.user: str | None = None
        if os.geteuid() == 0:
            names = {entry.pw_name for entry in pwd.getpwall()}
            self.user = "postgres" if "postgres" in names else "nobody"
            shutil.chown(folder, self.user)
        secret = folder / "password"
        secret.write_text(self.password)
        if self.user:
            shutil.chown(secret, self.user)
        self._run(
            "initdb",
            "-D",
            str(self.data),
            "-U",
            "sijill",
            "-A",
            "scram-sha-256",
            f"--pwfile={secret}",
            "-E",
            "UTF8",
            "--no-sync",
        )

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self.binaries / program), *arguments],
            check=True, user=self.user, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60,
        )  # fmt: skip

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=50"
        self._run(
            "pg_ctl", "-D", str(self.data), "-w", "-l", str(self.folder / "log"), "-o", options, "start"
        )

    def stop(self, mode: str = "fast") -> None:
        self._run("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")

    def database(self) -> str:
        """A new, empty database's URL."""
        name = f"r{secrets.token_hex(6)}"
        admin = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        admin.dispose()
        return self.url(name).replace("+psycopg", "")

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://sijill:{self.password}@127.0.0.1:{self.port}/{database}"


class Clock:
    """A clock that goes on by one second each time it is looked at."""

    def __init__(self, day: str = "2024-01-01") -> None:
        self.day = day
        self.seconds = 0

    def __call__(self) -> str:
        self.seconds += 1
        return f"{self.day}T{self.seconds // 3600:02d}:{self.seconds // 60 % 60:02d}:{self.seconds % 60:02d}.000000+00:00"


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until `condition()` holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)
