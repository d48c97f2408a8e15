"""Who belongs to whom: the parents and allies of the actor register, as the ledger needs them."""

from __future__ import annotations

from functools import lru_cache

from sijill.language.actors import register

GENERIC = frozenset({"civilians", "protesters", "rioters"})
"""Ids that stand for unarmed people and have neither parents nor allies."""


def is_unidentified(actor: str) -> bool:
    """Whether an id stands for armed people whom nobody names."""
    return actor.startswith("unidentified-")


@lru_cache(maxsize=1)
def _links() -> dict[str, frozenset[str]]:
    """Each actor of the register with its parent, its children and its allies, both ways."""
    found: dict[str, set[str]] = {}
    for actor in register().values():
        for other in (*actor.allies, *([actor.parent] if actor.parent else [])):
            found.setdefault(actor.id, set()).add(other)
            found.setdefault(other, set()).add(actor.id)
    return {actor: frozenset(others) for actor, others in found.items()}


@lru_cache(maxsize=4096)
def family(actor: str) -> frozenset[str]:
    """The actor with its parents up to the top and what belongs to the same parent's line below it (no allies)."""
    known = register()
    found = {actor}
    above = actor
    while above in known and known[above].parent and known[above].parent not in found:
        above = known[above].parent or above
        found.add(above)
    found |= {other.id for other in known.values() if other.parent == actor}
    return frozenset(found)


@lru_cache(maxsize=4096)
def near(actor: str) -> frozenset[str]:
    """The actor, its line of parents and children, and its direct allies."""
    return family(actor) | _links().get(actor, frozenset())


@lru_cache(maxsize=4096)
def widened(side: tuple[str, ...]) -> frozenset[str]:
    """Everybody who may be named in place of a side: its actors, their parents, children and allies."""
    return frozenset(other for actor in side for other in near(actor))


def of_one_camp(left: str, right: str) -> bool:
    """Whether one may be named for the other: the same, of one line, or allied."""
    return left in near(right) or right in near(left)
