"""The people of a workbench: who may come in, with which role, by password, session or token.

Passwords come here hashed, and sessions and tokens are kept as SHA-256 of what their holders know, so that whoever reads
the database can't come in with what stands there.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from sijill.store.register import NotFoundError, Store, StoreError
from sijill.store.tables import keys, sessions, tokens, users

IDLE = timedelta(hours=12)
"""How long a session lasts without being used."""
LONGEST = timedelta(days=14)
"""How long a session lasts at most."""
_SEEN_EVERY = timedelta(minutes=5)
_LONGEST_NAME = 64


class UserRow(msgspec.Struct, frozen=True):
    """Somebody who may come in, if `active`. `password` is a hash, kept from being shown."""

    name: str
    role: str
    password: str
    active: bool
    created_at: str


class TokenRow(msgspec.Struct, frozen=True):
    """A token of somebody's for programs; `role` is the most that it allows."""

    id: str
    name: str
    user: str
    role: str
    created_at: str
    expires_at: str | None


def add_user(store: Store, name: str, role: str, password: str) -> None:
    """Let somebody in. Raises `StoreError` where the name is taken or is none."""
    if not name.strip() or name != name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise StoreError(
            f"{name!r} is no name: letters without spaces around them, {_LONGEST_NAME} at most, are wanted"
        )
    row = {"name": name, "role": role, "password": password, "active": True, "created_at": store.clock()}
    if not store.write(lambda connection: store.insert_new(connection, users, row)):
        raise StoreError(f"there is a user {name} already")


def change_user(
    store: Store,
    name: str,
    *,
    role: str | None = None,
    password: str | None = None,
    active: bool | None = None,
) -> None:
    """Give somebody another role or password, or shut them out or in again. Their sessions end; where nothing is given
    nothing changes.

    Raises `NotFoundError` where there is nobody of that name, `StoreError` where no admin would be left.
    """
    given = {"role": role, "password": password, "active": active}
    values = {key: value for key, value in given.items() if value is not None}

    def work(connection: Connection) -> None:
        store.lock_chain(connection)
        if connection.execute(select(users.c.name).where(users.c.name == name)).first() is None:
            raise NotFoundError(f"there is no user {name}")
        if not values:
            return
        connection.execute(update(users).where(users.c.name == name).values(**values))
        admins = select(users.c.name).where(users.c.role == "admin", users.c.active)
        if connection.execute(admins).first() is None:
            raise StoreError("an active admin must be left")
        connection.execute(delete(sessions).where(sessions.c.user == name))

    store.write(work)


def find_user(store: Store, name: str) -> UserRow | None:
    """The user of that name."""
    with store.read() as connection:
        row = connection.execute(select(users).where(users.c.name == name)).one_or_none()
    return UserRow(**row._mapping) if row else None


def list_users(store: Store) -> list[UserRow]:
    """Everybody, by name."""
    with store.read() as connection:
        return [UserRow(**row._mapping) for row in connection.execute(select(users).order_by(users.c.name))]


def has_users(store: Store) -> bool:
    """Whether there is anybody who logs in."""
    with store.read() as connection:
        return connection.execute(select(users.c.name).limit(1)).first() is not None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _earlier(now: str, ago: timedelta) -> str:
    return (datetime.fromisoformat(now) - ago).isoformat(timespec="microseconds")


def begin_session(store: Store, user: str) -> str:
    """Begin a session and give the secret that its holder keeps. Sessions that are over are cleared away."""
    secret, now = secrets.token_urlsafe(32), store.clock()
    row = {"hash": _hash(secret), "user": user, "created_at": now, "seen_at": now}

    def work(connection: Connection) -> None:
        connection.execute(delete(sessions).where(~_lasting(now)))
        connection.execute(insert(sessions).values(**row))

    store.write(work)
    return secret


def _lasting(now: str) -> ColumnElement[bool]:
    return (sessions.c.seen_at > _earlier(now, IDLE)) & (sessions.c.created_at > _earlier(now, LONGEST))


def session_user(store: Store, secret: str) -> UserRow | None:
    """Whose session it is, if it lasts and they are active."""
    now, hash_ = store.clock(), _hash(secret)
    query = (
        select(users, sessions.c.seen_at)
        .join(sessions, sessions.c.user == users.c.name)
        .where(sessions.c.hash == hash_, _lasting(now), users.c.active)
    )
    with store.read() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        return None
    if row.seen_at < _earlier(now, _SEEN_EVERY):
        seen = update(sessions).where(sessions.c.hash == hash_).values(seen_at=now)
        store.write(lambda connection: connection.execute(seen))
    return UserRow(row.name, row.role, row.password, row.active, row.created_at)


def end_session(store: Store, secret: str) -> None:
    """End a session; one that is over already stays so."""
    ended = delete(sessions).where(sessions.c.hash == _hash(secret))
    store.write(lambda connection: connection.execute(ended))


def make_token(
    store: Store, name: str, user: str, role: str, days: int | None = None
) -> tuple[str, TokenRow]:
    """Make a token that holds so many days (for ever, if None): its secret, which is shown this once, and its row."""
    secret, now = f"sijill_{secrets.token_urlsafe(32)}", store.clock()
    expires = None if days is None else _earlier(now, timedelta(days=-days))
    row = TokenRow(_hash(secret), name, user, role, now, expires)
    values = {
        "hash": row.id,
        "name": name,
        "user": user,
        "role": role,
        "created_at": now,
        "expires_at": expires,
    }
    store.write(lambda connection: connection.execute(insert(tokens).values(**values)))
    return secret, row


def list_tokens(store: Store, user: str | None = None) -> list[TokenRow]:
    """Tokens, newest first: of one user or of all."""
    query = select(tokens).order_by(tokens.c.created_at.desc(), tokens.c.hash)
    if user is not None:
        query = query.where(tokens.c.user == user)
    with store.read() as connection:
        return [
            TokenRow(row.hash, row.name, row.user, row.role, row.created_at, row.expires_at)
            for row in connection.execute(query)
        ]


def drop_token(store: Store, id_: str, user: str | None = None) -> None:
    """Make a token worthless; with `user`, only if it is theirs. Raises `NotFoundError` where there is none."""
    dropped = delete(tokens).where(tokens.c.hash == id_)
    if user is not None:
        dropped = dropped.where(tokens.c.user == user)
    if not store.write(lambda connection: connection.execute(dropped).rowcount):
        raise NotFoundError(f"there is no token {id_}")


def find_token(store: Store, secret: str) -> TokenRow | None:
    """The token with that secret, if it still holds."""
    now = store.clock()
    with store.read() as connection:
        row = connection.execute(select(tokens).where(tokens.c.hash == _hash(secret))).one_or_none()
    if row is None or (row.expires_at is not None and row.expires_at <= now):
        return None
    return TokenRow(row.hash, row.name, row.user, row.role, row.created_at, row.expires_at)


def key(store: Store, name: str) -> str:
    """A secret of the workbench itself, made when it is first wanted, and the same in all its processes."""

    def work(connection: Connection) -> str:
        store.insert_new(connection, keys, {"name": name, "value": secrets.token_hex(32)})
        return str(connection.execute(select(keys.c.value).where(keys.c.name == name)).scalar_one())

    return store.write(work)
