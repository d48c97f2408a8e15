"""Plain features of every decision: short strings that say what stands where. The models weigh them; people read them.

Each function gives the features of one candidate. They depend on the report alone, never on the order of a set.
"""

from __future__ import annotations

from sijill.coding.casualties import Figure
from sijill.coding.ground import Ground, Group, count_between
from sijill.coding.triggers import Trigger
from sijill.language.actors import is_civil, is_state
from sijill.language.places import PlaceMention
from sijill.language.times import TimeMention
from sijill.records import GROUP_OF, Event

_AGENTIVE = ("state", "group", "fighters", "soldiers", "unknown")


def bucket(n: int) -> str:
    """A distance or count, coarse: exact to 3, then by growing steps."""
    size = abs(n)
    for step in (0, 1, 2, 3, 5, 8, 12, 20, 40):
        if size <= step:
            return f"{'-' if n < 0 else ''}{step}"
    return f"{'-' if n < 0 else ''}far"


def trigger_features(ground: Ground, trigger: Trigger) -> list[str]:
    """Does this word tell an event of the codebook?"""
    analysis, forms = ground.analysis, ground.forms
    sentence = analysis.sentences[trigger.sentence]
    first, stop = trigger.clause
    kind = trigger.kind.name
    word = " ".join(forms[trigger.first : trigger.stop]).removeprefix(trigger.proclitics)
    before = forms[trigger.first - 1] if trigger.first > sentence.first else "^"
    after = forms[trigger.stop] if trigger.stop < sentence.stop else "$"
    found = [
        f"k={kind}", f"w={word}", f"f={trigger.form}", f"k={kind}&f={trigger.form}", f"def={trigger.definite}&k={kind}",
        f"p={before}", f"n={after}", f"strength={trigger.kind.strength}", f"pos={bucket(trigger.sentence)}",
        f"pos={'head' if trigger.sentence == 0 else 'body'}&k={kind}", f"lang={analysis.language}",
    ]  # fmt: skip
    if trigger.first in ground.quoted:
        found.append("quoted")
    found += [f"cue={c}" for c in ground.cues_in(max(first, trigger.first - 6), trigger.first)]
    found += [f"clausecue={c}" for c in ground.cues_in(first, stop)]
    found += [f"sentcue={c}" for c in ground.cues_in(sentence.first, sentence.stop)]
    found += [f"quiet={q}{min(n, 3)}" for q, n in sorted(ground.quiet.items())]
    found += [f"anyquiet&k={kind}"] if ground.quiet else []
    for name, spots in (("place", ground.place_tokens), ("time", ground.time_tokens)):
        in_clause = count_between(spots, first, stop)
        in_sentence = count_between(spots, sentence.first, sentence.stop)
        found.append(f"{name}={'clause' if in_clause else 'sentence' if in_sentence else 'none'}")
        near = count_between(spots, trigger.stop, trigger.stop + 7) > 0
        found.append(f"near{name}={near}")
        if not spots:
            found.append(f"doc-no-{name}")
    figures = [f for f in ground.figures if f.sentence == trigger.sentence]
    found.append(f"figures={min(len(figures), 3)}")
    found += [f"own-figure={f.quantity.bound}" for f in figures if f.cue == trigger.first][:1]
    found += [f"killed-here&k={kind}"] if any(f.outcome == "killed" for f in figures) else []
    groups = [g for g in ground.groups if first <= g.first < stop]
    whos = sorted({a.who for g in groups for a in g.actors})
    found += [f"who={w}" for w in whos] or ["who=none"]
    after_groups = [g for g in ground.groups if g.sentence == trigger.sentence and g.first >= trigger.stop]
    if after_groups:
        found.append(f"next={after_groups[0].actors[0].who}:{bucket(after_groups[0].first - trigger.stop)}")
    others = [t for t in ground.triggers if t.sentence == trigger.sentence and t is not trigger]
    found += [f"with={t.kind.name}" for t in sorted(others, key=lambda t: t.first)[:4]]
    earlier = [t for t in ground.triggers if t.first < trigger.first and t.kind.group == trigger.kind.group]
    found.append(f"earlier={min(len(earlier), 3)}&def={trigger.definite}")
    found.append(f"doctriggers={bucket(len(ground.triggers))}")
    found.append(f"docfigures={bucket(len(ground.figures))}")
    found.append(f"published={analysis.reference is not None}")
    return found


def group_features(ground: Ground, trigger: Trigger, group: Group) -> list[str]:
    """Is this party the one who acts, the one acted on, or neither, in what the trigger tells?"""
    forms = ground.forms
    kind, form = trigger.kind.name, trigger.form.split(".")[0]
    who = group.actors[0].who
    after = group.first >= trigger.stop
    gap = group.first - trigger.stop if after else group.stop - trigger.first
    low, high = (trigger.stop, group.first) if after else (group.stop, trigger.first)
    where = "same-clause" if trigger.clause[0] <= group.first < trigger.clause[1] else "same-sentence"
    if group.sentence != trigger.sentence:
        where = f"sentence{bucket(group.sentence - trigger.sentence)}"
    side = "after" if after else "before"
    between = [g for g in ground.groups if g.sentence == trigger.sentence and low <= g.first < high]
    triggers_between = ground.triggers_between(low, high)
    rank = len(between)
    found = [
        f"k={kind}&who={who}", f"who={who}", f"group={trigger.kind.group}&who={who}", f"who={who}&{side}&f={form}",
        f"{side}&k={kind}&f={form}", f"gap={bucket(gap)}", f"{side}&rank={min(rank, 3)}&f={form}&who={who}",
        f"{side}&rank={min(rank, 3)}&k={kind}&f={form}", f"prep={group.before}", f"prep={group.before}&k={kind}",
        f"prep={group.before}&{side}&f={form}", f"where={where}", f"between-triggers={min(len(triggers_between), 3)}&{side}",
        f"named={bool(group.ids)}", f"as={group.actors[0].form}", f"size={min(len(group.actors), 3)}",
        f"lang={ground.analysis.language}&{side}&rank={min(rank, 3)}&f={form}",
    ]  # fmt: skip
    found += [f"between={t.kind.name}" for t in triggers_between[:2]]
    found += [f"cue-between={c}" for c in ground.cues_in(low, high)]
    found += [
        f"in-figure={f.outcome}&k={kind}"
        for f in ground.figures
        if f.quantity.first <= group.first < f.quantity.stop
    ][:1]
    if any(s.first <= group.first < s.stop for s in ground.analysis.speakers):
        found.append("speaker")
    if ground.cue_between(max(group.first - 3, trigger.stop if after else 0), group.first, "cue.target"):
        found += ["belongings", f"belongings&group={trigger.kind.group}", f"belongings&{side}&f={form}"]
    if after and 0 < gap <= 3:
        found.append(f"link={' '.join(forms[trigger.stop : group.first])}&f={form}")
    nxt = next((t for t in ground.triggers if t.first >= group.stop and t.sentence == group.sentence), None)
    if nxt is trigger and not after:
        found.append(f"directly-before&f={form}")
    return found


def place_features(ground: Ground, trigger: Trigger, place: PlaceMention) -> list[str]:
    """Is this place where it happened?"""
    return ["place", *_spot_features(ground, trigger, place.first, place.stop, ground.place_tokens),
            f"kind={place.kind}", f"prec={place.precision}", f"lat={place.lat is not None}",
            f"prep={ground._before(place.first)}", f"prec={place.precision}&k={trigger.kind.group}"]  # fmt: skip


def time_features(ground: Ground, trigger: Trigger, time: TimeMention) -> list[str]:
    """Is this time when it happened?"""
    return ["time", *_spot_features(ground, trigger, time.first_token, time.stop, ground.time_tokens),
            f"kind={time.kind}", f"prec={time.precision}", f"relative={time.relative}",
            f"kind={time.kind}&k={trigger.kind.name}", f"prep={ground._before(time.first_token)}"]  # fmt: skip


def _spot_features(ground: Ground, trigger: Trigger, first: int, stop: int, spots: list[int]) -> list[str]:
    """`spots` are the tokens that the places, or the times, of the report begin at."""
    analysis = ground.analysis
    told = analysis.sentences[trigger.sentence]
    sentence = analysis.sentence_of(first)
    after = first >= trigger.stop
    low, high = (trigger.stop, first) if after else (stop, trigger.first)
    gap = (first - trigger.stop) if after else (stop - trigger.first)
    between_spots = count_between(spots, low, high)
    between_triggers = ground.triggers_between(low, high)
    side = "after" if after else "before"
    where = f"sentence{bucket(sentence - trigger.sentence)}"
    if sentence == trigger.sentence:
        where = "clause" if trigger.clause[0] <= first < trigger.clause[1] else "sentence"
    same_paragraph = analysis.sentences[sentence].paragraph == told.paragraph
    alone = count_between(spots, told.first, told.stop)
    found = [
        f"where={where}", f"{side}&gap={bucket(gap)}", f"{side}&spots={min(between_spots, 4)}",
        f"where={where}&spots={min(between_spots, 3)}&{side}", f"triggers={min(len(between_triggers), 4)}&{side}",
        f"k={trigger.kind.group}&{side}&where={where}", f"paragraph={same_paragraph}", f"own={min(alone, 3)}&where={where}",
        f"first-sentence={sentence == 0}&where={where}", f"doc-spots={min(len(spots), 6)}&where={where}",
    ]  # fmt: skip
    found += [f"cue-between={c}" for c in ground.cues_in(low, high)] if sentence == trigger.sentence else []
    return found


def pair_features(ground: Ground, left: Trigger, right: Trigger, same: dict[str, str]) -> list[str]:
    """Do two triggers (in order of place) tell one event? `same` says of place, time, agent and target whether what
    was decided for each agrees: "same", "diff", "one" (only one has it), "none"."""
    analysis = ground.analysis
    apart = right.sentence - left.sentence
    where = "clause" if left.clause == right.clause else f"s{bucket(apart)}"
    kinds = "+".join(sorted((left.kind.name, right.kind.name)))
    groups = "+".join(sorted((left.kind.group, right.kind.group)))
    between = ground.triggers_between(left.stop, right.first)
    found = [
        f"kinds={kinds}", f"groups={groups}", f"where={where}", f"groups={groups}&where={where}",
        f"samekind={left.kind.name == right.kind.name}&where={where}", f"def={right.definite}&where={where}",
        f"def={right.definite}&groups={groups}", f"form={left.form.split('.')[0]}+{right.form.split('.')[0]}",
        f"gap={bucket(right.first - left.stop)}", f"between={min(len(between), 4)}&where={where}", f"head={left.sentence == 0}&apart={bucket(apart)}",
        f"paragraph={analysis.sentences[left.sentence].paragraph == analysis.sentences[right.sentence].paragraph}",
        "agree=" + ",".join(f"{k}:{same[k]}" for k in ("place", "time")),
        f"sametype={left.kind.type == right.kind.type}&place={same['place']}",
    ]  # fmt: skip
    found += [f"{k}={v}" for k, v in sorted(same.items())]
    found += [f"{k}={v}&where={where}" for k, v in sorted(same.items())]
    found += [f"{k}={v}&groups={groups}" for k, v in sorted(same.items())]
    if apart:
        shared = len(ground.content[left.sentence] & ground.content[right.sentence])
        dead, again = ground.dead[left.sentence], ground.dead[right.sentence]
        told = "same" if dead & again else "diff" if dead and again else "one" if dead or again else "none"
        found += [
            f"shared={min(shared, 5)}", f"shared={min(shared, 5)}&groups={groups}", f"shared={min(shared, 5)}&place={same['place']}",
            f"dead={told}", f"dead={told}&groups={groups}", f"dead={told}&place={same['place']}",
        ]  # fmt: skip
    if apart <= 1:
        found += [f"cue={c}&near" for c in ground.cues_in(left.stop, right.first)]
    found += ["rejoin-between"] if ground.cue_between(left.stop, right.first, "cue.rejoin") else []
    found += [f"conj={right.proclitics[:1]}&where={where}"]
    return found


def figure_features(ground: Ground, trigger: Trigger, figure: Figure) -> list[str]:
    """Does this figure count people of what the trigger tells?"""
    first = figure.cue
    after = first >= trigger.first
    low, high = (trigger.stop, first) if after else (figure.quantity.stop, trigger.first)
    between = ground.triggers_between(low, high)
    apart = figure.sentence - trigger.sentence
    same_clause = trigger.clause[0] <= first < trigger.clause[1]
    where = (
        "self"
        if figure.cue == trigger.first
        else "clause"
        if same_clause
        else "sentence"
        if apart == 0
        else f"s{bucket(apart)}"
    )
    side = "after" if after else "before"
    kind = trigger.kind.name
    found = [
        f"where={where}", f"where={where}&{side}", f"k={kind}&o={figure.outcome}", f"group={trigger.kind.group}&o={figure.outcome}&where={where}",
        f"between={min(len(between), 3)}&where={where}", f"gap={bucket(first - trigger.stop if after else figure.quantity.stop - trigger.first)}",
        f"part={figure.part}", f"bound={figure.quantity.bound}", f"def={trigger.definite}&where={where}",
    ]  # fmt: skip
    found += [f"between={t.kind.name}" for t in between[:3]]
    sentence = ground.analysis.sentences[figure.sentence]
    found += [f"cue-between={c}" for c in ground.cues_in(low, high)] if abs(apart) <= 1 else []
    found += [
        f"figure-sentence={c}"
        for c in ground.cues_in(sentence.first, figure.quantity.stop)
        if c in ("cue.total", "cue.revision")
    ]
    return found


def tally_features(ground: Ground, figure: Figure) -> list[str]:
    """Is this figure a running total or a toll for several places, and not one event's own?"""
    analysis = ground.analysis
    sentence = analysis.sentences[figure.sentence]
    found = [
        f"o={figure.outcome}",
        f"bound={figure.quantity.bound}",
        f"part={figure.part}",
        f"pos={bucket(figure.sentence)}",
    ]
    found += [f"cue={c}" for c in ground.cues_in(sentence.first, sentence.stop)]
    found += [
        f"near={c}" for c in ground.cues_in(max(sentence.first, figure.cue - 8), figure.quantity.stop + 4)
    ]
    for time in ground.times:
        if sentence.first <= time.first_token < sentence.stop:
            found += [
                f"time={time.kind}",
                f"timeprec={time.precision}",
                f"time={time.kind}&gap={bucket(time.first_token - figure.quantity.stop)}",
            ]
    found.append(f"places={min(sum(sentence.first <= p.first < sentence.stop for p in ground.places), 4)}")
    found += [f"placeprec={p.precision}" for p in ground.places if sentence.first <= p.first < sentence.stop][
        :3
    ]
    found += [f"with={t.kind.name}" for t in ground.triggers if t.sentence == figure.sentence][:5]
    found += [
        f"plural={t.kind.name}"
        for t in ground.triggers
        if t.sentence == figure.sentence and t.form.endswith("plural")
    ][:3]
    n = figure.quantity.n
    found.append(f"size={'none' if n is None else bucket(n)}")
    found.append(f"earlier-figures={min(sum(f.cue < figure.cue for f in ground.figures), 4)}")
    found += [f"n={w}" for w in ground.forms[figure.quantity.stop : figure.quantity.stop + 2]]
    found += [f"p={w}" for w in ground.forms[max(0, figure.cue - 2) : figure.cue]]
    return found


def side_features(
    figure: Figure,
    type_: str,
    sides: tuple[tuple[str, ...], tuple[str, ...]],
    match: str,
    inherited: str | None,
) -> list[str]:
    """Whose people does a figure count? `sides` are the event's, `match` the side that its people's ids stand on."""
    group = GROUP_OF[type_]
    who = (
        figure.quantity.who[0].who if figure.quantity.who else "others" if figure.quantity.others else "none"
    )
    noun = figure.quantity.who[0].noun if figure.quantity.who else "none"
    kinds = tuple(_side_kind(ids) for ids in sides)
    joined = len(figure.quantity.who) > 1
    return [
        f"who={who}", f"noun={noun}", f"match={match}", f"match={match}&group={group}", f"type={type_}&who={who}",
        f"a={kinds[0]}", f"b={kinds[1]}", f"a={kinds[0]}&b={kinds[1]}&who={who}", f"b={kinds[1]}&who={who}", f"group={group}&who={who}",
        f"inherited={inherited}&who={who}", f"inherited={inherited}&part={figure.part}", f"o={figure.outcome}&group={group}",
        f"part={figure.part}&who={who}&inherited={inherited}", f"joined={joined}", f"match={match}&who={who}&b={kinds[1]}",
    ]  # fmt: skip


def _side_kind(ids: tuple[str, ...]) -> str:
    if not ids:
        return "nobody"
    civil = [i in ("civilians", "protesters") or is_civil(i) for i in ids]
    if all(civil):
        return "civil"
    kind = (
        "state"
        if any(is_state(i) for i in ids)
        else "unidentified"
        if ids[0].startswith("unidentified")
        else "group"
    )
    return f"{kind}+civil" if any(civil) else kind


def event_features(
    ground: Ground,
    event: Event,
    triggers: list[Trigger],
    surest: Trigger,
    size: int,
    when: int,
    age: int | None,
) -> list[str]:
    """Is what was assembled an event of the codebook: concrete, with a place or time of its own, told once? `when` is the
    precision of its time, 0 where none is said (one that cannot be counted out for want of a day to count from is said), and `age` how many days before the report it lies."""
    place = event.place
    killed = [c for c in event.casualties if c.outcome == "killed" and c.part_of is None]
    group = GROUP_OF[event.type]
    first = min(t.sentence for t in triggers)
    found = [
        f"type={event.type}", f"group={group}", f"place={place.precision if place else 0}", f"time={when}",
        f"place={bool(place)}&time={when > 0}", f"place={bool(place)}&time={when > 0}&group={group}",
        f"where={'exact' if place and place.precision <= 3 else 'coarse' if place else 'none'}&group={group}",
        f"where={'exact' if place and place.precision <= 3 else 'coarse' if place else 'none'}&time={when}",
        f"triggers={min(len(triggers), 5)}",
        f"a={_side_kind(event.side_a)}", f"b={_side_kind(event.side_b)}", f"a={_side_kind(event.side_a)}&b={_side_kind(event.side_b)}",
        f"killed={min(len(killed), 2)}", f"casualties={min(len(event.casualties), 3)}", f"status={event.status}",
        f"first={bucket(first)}", f"first={bucket(first)}&place={bool(place)}&time={when > 0}", f"events={bucket(size)}",
        f"lang={ground.analysis.language}", f"quoted={all(t.first in ground.quoted for t in triggers)}",
        f"lat={place is not None and place.lat is not None}",
    ]  # fmt: skip
    if age is not None:
        found += [
            f"age={bucket(age)}",
            f"age={'old' if age > 40 else 'recent' if age > 7 else 'new'}&place={bool(place)}",
        ]
    found += [f"quiet={q}" for q in sorted(ground.quiet)]
    # Of several words only the surest says what stands around it: an event that is told by many isn't held against each.
    found += [f"k={surest.kind.name}", f"k={surest.kind.name}&place={bool(place)}"]
    near = ground.cues_in(max(surest.clause[0], surest.first - 6), min(surest.clause[1], surest.stop + 6))
    found += [f"nearcue={c}" for c in near]
    return found
