"""Who tells, counted anew only when the register has changed."""

from __future__ import annotations

from sijill.store import Store
from sijill.store.linking import derived_state
from sijill.store.lists import SourceRow, find_sources
from sijill.workbench.remembering import Remembered

_sources: Remembered[list[SourceRow]] = Remembered()


def known_sources(store: Store) -> list[SourceRow]:
    """Every source, the one that tells of most events first."""
    return _sources.get(store.id, derived_state(store), lambda: find_sources(store))
