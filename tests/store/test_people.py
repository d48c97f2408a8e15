"""The people of a workbench on both databases: users, sessions, tokens, rounds; and an older register brought up to date."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config
from store_examples import code, coder_of, event, item
from store_server import Clock

from sijill.records import Casualty
from sijill.store import (
    Filter,
    Store,
    StoreError,
    accept,
    add_reports,
    find_events,
    reject,
    skip,
    undo,
    verify,
)
from sijill.store.link_added import relink, standing
from sijill.store.linking import kin, link_register, pending
from sijill.store.lists import find_reports, find_sources, queue, sum_tolls
from sijill.store.register import MIGRATIONS, NotFoundError
from sijill.store.rounds import close_round, list_rounds, make_round, read_codings, save_coding
from sijill.store.users import (
    add_user,
    begin_session,
    change_user,
    drop_token,
    end_session,
    find_token,
    find_user,
    has_users,
    key,
    list_tokens,
    make_token,
    session_user,
)


def at(store: Store, day: str) -> None:
    """Set the register's clock to a day."""
    store.clock = Clock(day)


def test_users_sessions_and_tokens(store: Store) -> None:
    assert not has_users(store)
    add_user(store, "Huda", "admin", "hash")
    add_user(store, "عمر", "coder", "hash")
    for name in ("Huda", "", " x", "a\nb", "x" * 65, "nul\x00"):
        with pytest.raises(StoreError):
            add_user(store, name, "coder", "hash")
    session = begin_session(store, "عمر")
    user = session_user(store, session)
    assert user
    assert user.name == "عمر"
    assert session_user(store, session + "x") is None
    at(store, "2024-01-02")  # a day without being used is too long
    assert session_user(store, session) is None
    session = begin_session(store, "عمر")
    end_session(store, session)
    assert session_user(store, session) is None

    secret, token = make_token(store, "script", "عمر", "coder", days=2)
    assert find_token(store, secret) == token
    assert secret not in str(list_tokens(store))
    at(store, "2024-01-05")
    assert find_token(store, secret) is None
    with pytest.raises(NotFoundError):
        drop_token(store, token.id, "Huda")
    drop_token(store, token.id)
    assert list_tokens(store) == []
    with pytest.raises(StoreError, match="admin"):
        change_user(store, "Huda", role="coder")
    change_user(store, "عمر", role="admin")
    change_user(store, "Huda", active=False)
    gone = find_user(store, "Huda")
    assert gone
    assert not gone.active
    change_user(store, "Huda")
    assert find_user(store, "Huda") == gone
    with pytest.raises(NotFoundError):
        change_user(store, "nobody")
    assert key(store, "csrf") == key(store, "csrf") != key(store, "other")
    assert verify(store).problems == []


def test_rounds_keep_what_each_coder_coded(store: Store) -> None:
    with pytest.raises(StoreError):
        make_round(store, "x", ["a", "a"], ["r"], "Huda")
    made = make_round(store, "March", ["b", "a"], ["r1", "r2"], "Huda")
    assert list_rounds(store) == [made]
    save_coding(store, made.id, "r1", "a", [event()])
    save_coding(store, made.id, "r1", "a", [])
    save_coding(store, made.id, "r1", "b", [event()])
    assert read_codings(store, made.id) == {"r1": {"a": (), "b": (event(),)}}
    for report, coder in (("r3", "a"), ("r1", "c")):
        with pytest.raises(NotFoundError):
            save_coding(store, made.id, report, coder, [])
    close_round(store, made.id)
    with pytest.raises(StoreError, match="closed"):
        save_coding(store, made.id, "r1", "a", [])


def test_queue_holds_what_wants_a_person(store: Store) -> None:
    sure, unsure = event(confidence=0.9), event(type="shelling", confidence=0.1, casualties=())
    add_reports(store, [item(1)], coder_of(sure, unsure))
    asked = [(each.found.event.type, round(each.doubt, 3)) for each in queue(store).events]
    assert asked == [("shelling", 0.9), ("armed_clash", 0.1)]
    first, second = (each.found.id for each in queue(store).events)
    skipped = skip(store, first, "Huda")
    assert [each.found.id for each in queue(store, who="Huda").events] == [second]
    assert queue(store, who="Omar").total == 2
    undo(store, skipped, "Huda")
    accept(store, first, "Huda")
    reject(store, second, "Huda")
    assert queue(store).total == 0
    assert find_reports(store).reports[0].events == 1


def test_decisions_are_followed_by_their_neighbourhood_alone(store: Store) -> None:
    """Telling anew which events are one around a decision gives what telling all of them anew gives."""
    add_reports(store, [item(number) for number in range(4)], code)
    link_register(store)
    tellings = sorted(kin(store, [find_events(store).events[0].id]))
    assert len(tellings) == 4
    before = standing(store, tellings)
    reject(store, tellings[0], "Huda")
    assert pending(store) == 3
    relink(store, before)
    around = find_events(store).events
    link_register(store)
    assert find_events(store).events == around
    assert kin(store, [around[0].id]) == set(tellings[1:])
    assert verify(store).problems == []


def test_sources_and_tolls_are_counted(store: Store) -> None:
    dead = Casualty(outcome="killed", side="civilians", n=7, bound="exact")
    add_reports(store, [item(0, source="A")], coder_of(event(casualties=(dead,))))
    add_reports(store, [item(1, source="B")], coder_of(event(start="2010-01-01", end="2010-01-01")))
    link_register(store)
    assert {(source.name, source.events, source.shared) for source in find_sources(store)} == {
        ("A", 1, 0),
        ("B", 1, 0),
    }
    by_day = {found.key[0]: found.best for found in sum_tolls(store, Filter(), "ucdp", "day")}
    assert by_day == {"2016-03-01": 7, "2010-01-01": 3}
    by_side = {
        found.side: (found.events, found.high) for found in sum_tolls(store, Filter(), "acled", "side")
    }
    assert by_side["total"] == (2, 10)
    assert by_side["civilians"] == (1, 7)


def test_older_register_is_brought_up_to_date(db: str) -> None:
    older = Store(db)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))

    def migrate(connection: object) -> None:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")

    older.write(migrate)
    older.close()
    with pytest.raises(StoreError, match="sijill init"):
        Store.open(db)
    with Store.create(db) as store:
        add_reports(store, [item(1)], code)
        link_register(store)
        assert queue(store).total == 1
        assert verify(store).problems == []
