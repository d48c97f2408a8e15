"""Whose people a figure counts: what its words, the parties around it and the figure before it say of that."""

from __future__ import annotations

from typing import NamedTuple

from sijill.coding.casualties import Figure
from sijill.coding.features import bucket, side_kind
from sijill.coding.ground import Ground, Group
from sijill.coding.parties import ids_of
from sijill.coding.said import Said
from sijill.coding.surroundings import stems_near, stems_of
from sijill.language.actors import is_civil
from sijill.language.mentions import ActorMention
from sijill.records import GROUP_OF


class Opposed(NamedTuple):
    """Who stands against whom in an event of a type, and the country that it is in."""

    type: str
    a: tuple[str, ...]
    b: tuple[str, ...]
    country: str | None


class Settled(NamedTuple):
    """A figure whose people's side is settled: "a", "b", "civilians" or "unknown"."""

    figure: Figure
    side: str


def standing(ground: Ground, actor: ActorMention, parties: Opposed) -> str:
    """The side on which a mention stands by its ids, or by what its kind of people is in this country: "a", "b",
    "civilians", or "none"."""
    ids = actor.ids
    if not ids and actor.who in ("civilians", "persons"):
        return "civilians" if actor.who == "civilians" else "none"
    if not ids and actor.who in ("state", "soldiers", "fighters", "unknown"):
        ids = ids_of(ground, actor, GROUP_OF[parties.type], parties.country)
    for id_ in ids:
        if is_civil(id_):
            return "civilians"
        if id_ in parties.a:
            return "a"
        if id_ in parties.b:
            return "b"
    return "none"


def side_features(ground: Ground, figure: Figure, parties: Opposed, before: Settled | None) -> Said:
    """Whose people does a figure count? `before` is the figure of the event that stands before it."""
    quantity, group = figure.quantity, GROUP_OF[parties.type]
    head = quantity.who[0] if quantity.who else None
    who = head.who if head else "others" if quantity.others else "none"
    match = next((s for a in quantity.who if (s := standing(ground, a, parties)) != "none"), "none")
    kinds = side_kind(parties.a), side_kind(parties.b)
    found = [
        f"who={who}", f"noun={head.noun if head else 'none'}", f"match={match}", f"match={match}&group={group}",
        f"type={parties.type}&who={who}", f"a={kinds[0]}", f"b={kinds[1]}", f"a={kinds[0]}&b={kinds[1]}&who={who}",
        f"b={kinds[1]}&who={who}", f"group={group}&who={who}", f"o={figure.outcome}&group={group}",
        f"joined={len(quantity.who) > 1}", f"match={match}&who={who}&b={kinds[1]}",
    ]  # fmt: skip
    inherited = before.side if before and (figure.part or quantity.others) else None
    found += [
        f"inherited={inherited}&who={who}", f"inherited={inherited}&part={figure.part}",
        f"part={figure.part}&who={who}&inherited={inherited}",
    ]  # fmt: skip
    found += _after(figure, before, who, match)
    found += _around(ground, figure, parties, who, group)
    low, high = min(figure.cue, quantity.first), max(figure.cue + 1, quantity.stop)
    return Said([*found, *stems_near(ground, low, high)], stems_of(ground, figure.sentence))


def _after(figure: Figure, before: Settled | None, who: str, match: str) -> list[str]:
    """What the figure before it says: people who are not named anew are mostly those of before ("13 soldiers killed and
    five captured")."""
    if before is None:
        return [f"first&who={who}"]
    last = before.figure
    near = "here" if last.sentence == figure.sentence else "far"
    gap = "near" if figure.quantity.first - last.quantity.stop <= 8 else near
    same = last.outcome == figure.outcome
    kind = last.quantity.who[0].who if last.quantity.who else "none"
    return [
        f"before={before.side}&who={who}", f"before={before.side}&who={who}&gap={gap}", f"before={before.side}&who={who}&same={same}&{near}",
        f"before={before.side}&match={match}", f"before={before.side}&o={last.outcome}>{figure.outcome}", f"before={before.side}&kind={kind}>{who}",
        f"before={before.side}&who={who}&cue={last.cue == figure.cue}", f"before={before.side}&part={figure.part}&gap={gap}",
    ]  # fmt: skip


def _around(ground: Ground, figure: Figure, parties: Opposed, who: str, group: str) -> list[str]:
    """What the word of outcome and the parties around it say: who stands before it, between it and its people, after."""
    first, stop, _, _ = ground.analysis.sentences[figure.sentence]
    quantity, cue = figure.quantity, figure.cue
    low, high = min(cue, quantity.first), max(cue + 1, quantity.stop)
    word = figure.rule.partition("+")[0]
    found = [f"word={word}&who={who}", f"word={word}&group={group}", f"form={ground.forms[cue]}&who={who}"]
    left = [g for g in ground.groups_between(first, low) if g.stop <= low]
    inside = ground.groups_between(cue + 1, quantity.first) if cue < quantity.first else []
    right = ground.groups_between(high, stop)
    for name, near in (("left", left[-1:]), ("inside", inside[-1:]), ("right", right[:1])):
        if not near:
            found.append(f"{name}=nobody&who={who}")
            continue
        party = near[0]
        where = _side_of(ground, party, parties)
        apart = bucket(low - party.stop if name == "left" else party.first - high if name == "right" else 0)
        found += [
            f"{name}={where}&who={who}", f"{name}={where}&apart={apart}", f"{name}={where}&{word}&{who}",
            f"{name}={where}&on={party.before}", f"{name}={where}&on={party.before}&who={who}&group={group}",
        ]  # fmt: skip
    return found


def _side_of(ground: Ground, party: Group, parties: Opposed) -> str:
    sides = [s for a in party.actors if (s := standing(ground, a, parties)) != "none"]
    return sides[0] if sides else party.actors[0].who
