"""Events and accounts."""

from __future__ import annotations

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath

from sijill import store as stores
from sijill.ledger.accounts import Account, Estimate, Rule
from sijill.ledger.counting import estimates, grade
from sijill.records import Report
from sijill.store import Decision, Filter, NotFoundError, Page, Store
from sijill.store.linking import derived_state
from sijill.store.queries import Telling
from sijill.workbench.api.parts import PartView, part_view
from sijill.workbench.context import Register
from sijill.workbench.filters import Limit, Offset, RuleAsked, wanted
from sijill.workbench.remembering import Remembered


class TellingView(msgspec.Struct, frozen=True):
    """One report's telling of an event: the part as it stands (and as the machine has it), what the report says of itself
    without its text, where its bytes came from (their SHA-256), and the rules that read it."""

    part: PartView
    report: str
    source: str | None
    published: str | None
    language: str | None
    title: str | None
    url: str | None
    origin: str
    sha256: str
    rules: str | None


class AccountView(msgspec.Struct, frozen=True):
    """An event with everything said of it: the account with its claims, the toll by the rule, Airwars' grade, the reports'
    tellings, and what people decided. `account` is None where the register has not been linked since it came in."""

    id: str
    account: Account | None
    rule: Rule
    toll: list[Estimate]
    grade: str | None
    tellings: list[TellingView]
    decisions: list[Decision]


class AccountPage(msgspec.Struct, frozen=True):
    """Some of the accounts, newest first."""

    accounts: list[Account]
    total: int | None
    offset: int


def telling_view(telling: Telling) -> TellingView:
    """A telling without the report's text."""
    report: Report = telling.report
    return TellingView(
        part_view(telling.part),
        telling.report_hash,
        report.source,
        report.published,
        report.language,
        report.title,
        report.url,
        telling.origin,
        telling.sha256,
        telling.rules,
    )


def account_view(store: Store, name: str, rule: Rule) -> AccountView:
    """The account of that id, or that an event belongs to. Raises `NotFoundError` where there is none."""
    shown = stores.show(store, name)
    claims = shown.account.claims if shown.account else ()
    return AccountView(
        id=shown.account.id if shown.account else name,
        account=shown.account,
        rule=rule,
        toll=list(estimates(claims, rule)),
        grade=grade(claims) if shown.account else None,
        tellings=[telling_view(telling) for telling in shown.tellings],
        decisions=shown.decisions,
    )


_totals: Remembered[int] = Remembered(256)


@get("/events", sync_to_thread=True, dependencies={"wanted": Provide(wanted, sync_to_thread=False)})
def list_events(
    store: Register, wanted: NamedDependency[Filter], limit: Limit = 100, offset: Offset = 0
) -> Page:
    """Events by date, place, actor, type, toll, status and source, newest first."""
    found = stores.find_events(store, wanted, limit=limit, offset=offset, total=False)
    total = _totals.get((store.id, wanted), derived_state(store), lambda: stores.count_events(store, wanted))
    return msgspec.structs.replace(found, total=total)


@get("/events/{event_id:str}", sync_to_thread=True)
def read_event(store: Register, event_id: FromPath[str]) -> TellingView:
    """One report's telling of an event, or another part of a record, by its id."""
    tellings = stores.show(store, event_id).tellings
    for telling in tellings:
        if telling.part.id == event_id:
            return telling_view(telling)
    raise NotFoundError(f"there is no telling {event_id}; accounts are under /accounts")


@get("/accounts", sync_to_thread=True, dependencies={"wanted": Provide(wanted, sync_to_thread=False)})
def list_accounts(
    store: Register, wanted: NamedDependency[Filter], limit: Limit = 50, offset: Offset = 0
) -> AccountPage:
    """Accounts with their claims, by the same filters as events, newest first."""
    accounts, total = stores.account_page(store, wanted, limit=limit, offset=offset)
    return AccountPage(accounts, total, offset)


@get("/accounts/{account_id:str}", sync_to_thread=True)
def read_account(store: Register, account_id: FromPath[str], rule: RuleAsked = "ucdp") -> AccountView:
    """An account with its claims, its toll by a counting rule, its tellings and the decisions about them."""
    return account_view(store, account_id, rule)


router = Router(
    path="/", route_handlers=[list_events, read_event, list_accounts, read_account], tags=["events"]
)
