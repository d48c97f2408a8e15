"""The store: what reports said, what machines read in them and what people decided, kept in one register.

>>> from sijill.store import Store, add_reports, find_events, Filter          # doctest: +SKIP
>>> with Store.create("sijill.db") as store:                                  # doctest: +SKIP
...     add_reports(store, items, coder)
...     page = find_events(store, Filter(place="Idlib", since="2018-01-01"))
"""

from sijill.store.adding import AddResult, Coder, RecodeResult, Refused, add_reports, recode, rules_version
from sijill.store.copies import UnionResult, backup, restore, union
from sijill.store.custody import Problem, Verified, redact_name, redact_report, verify
from sijill.store.decisions import (
    DecisionError,
    accept,
    add_part,
    correct,
    find_decision,
    history,
    merge_events,
    reject,
    skip,
    split_events,
    undo,
)
from sijill.store.present import Conflict, Decision, Present, PresentPart
from sijill.store.queries import (
    Filter,
    FilterError,
    Found,
    Page,
    Shown,
    account_page,
    accounts_of,
    all_events,
    count_events,
    event_ids,
    events_frame,
    events_table,
    find_accounts,
    find_events,
    report_state,
    show,
)
from sijill.store.register import NotFoundError, Store, StoreError, UnreachableError, location

__all__ = [
    "AddResult",
    "Coder",
    "Conflict",
    "Decision",
    "DecisionError",
    "Filter",
    "FilterError",
    "Found",
    "NotFoundError",
    "Page",
    "Present",
    "PresentPart",
    "Problem",
    "RecodeResult",
    "Refused",
    "Shown",
    "Store",
    "StoreError",
    "UnionResult",
    "UnreachableError",
    "Verified",
    "accept",
    "account_page",
    "accounts_of",
    "add_part",
    "add_reports",
    "all_events",
    "backup",
    "correct",
    "count_events",
    "event_ids",
    "events_frame",
    "events_table",
    "find_accounts",
    "find_decision",
    "find_events",
    "history",
    "location",
    "merge_events",
    "recode",
    "redact_name",
    "redact_report",
    "reject",
    "report_state",
    "restore",
    "rules_version",
    "show",
    "skip",
    "split_events",
    "undo",
    "union",
    "verify",
]
