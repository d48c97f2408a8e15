"""The codebook's type of an event, from the triggers that tell it and who stands on its sides."""

from __future__ import annotations

from sijill.coding.casualties import Figure
from sijill.coding.decisions import Telling
from sijill.coding.ground import Ground
from sijill.coding.surroundings import stem_of, stems_of

_BESIDE = 2
"""How many words before and after a trigger are looked at."""
_MAYBE = 0.3
"""How likely a party must stand on a side for its noun to be looked at."""


def type_features(ground: Ground, tellings: list[Telling], figures: list[Figure]) -> list[str]:
    """Which type: the kinds and words of the triggers, who acts on whom, whom the figures count, what stands around."""
    kinds = sorted({t.trigger.kind.name for t in tellings})
    found = [f"k={k}" for k in kinds]
    found += [f"pair={a}+{b}" for i, a in enumerate(kinds) for b in kinds[i + 1 :]]
    found += [
        f"first={tellings[0].trigger.kind.name}",
        f"kinds={'+'.join(kinds)}",
        f"size={min(len(tellings), 4)}",
    ]
    found += [f"default={d}" for d in sorted({t.trigger.kind.type for t in tellings})]
    for telling in tellings:
        trigger = telling.trigger
        found.append(
            f"w={' '.join(ground.forms[trigger.first : trigger.stop]).removeprefix(trigger.proclitics)}"
        )
        before = ground.forms[max(0, trigger.first - _BESIDE) : trigger.first]
        found += [f"p={form}" for form in before]
        found += [f"n={form}" for form in ground.forms[trigger.stop : trigger.stop + _BESIDE]]
        found += [
            f"cue={c}"
            for i in ground.cued(*trigger.clause)
            for c in ground.cues[i]
            if c.startswith(("means", "aircraft"))
        ]
    whos: dict[str, set[str]] = {"a": set(), "b": set()}
    for telling in tellings:
        for g, chances in telling.sides.items():
            for side in "ab":
                if chances[side] > 0.5:
                    whos[side] |= {a.who for a in ground.groups[g].actors}
                if chances[side] > _MAYBE:
                    found += [f"{side}.noun={a.noun}" for a in ground.groups[g].actors]
    suffered = sorted(
        {a.who for f in figures if f.outcome in ("killed", "wounded", "abducted") for a in f.quantity.who}
    )
    found += [f"o={f.outcome}&noun={a.noun}" for f in figures for a in f.quantity.who]
    found += [f"suffered={w}" for w in suffered] + [f"suffered={w}&k={k}" for w in suffered for k in kinds]
    blown = {t.kind.name for t in ground.triggers} & {"suicide", "bombing"}
    found += [f"told-anywhere={k}&k={kinds[0]}" for k in sorted(blown - set(kinds))]
    for side in "ab":
        found += [f"{side}={w}" for w in sorted(whos[side])] or [f"{side}=nobody"]
        found += [f"{side}={w}&k={k}" for w in sorted(whos[side]) for k in kinds]
    found += [f"a={x}&b={y}" for x in sorted(whos["a"]) for y in sorted(whos["b"])]
    for telling in tellings:
        found += [stem_of(ground, telling.trigger.first), *stems_of(ground, telling.trigger.sentence)]
    return sorted(set(found))
