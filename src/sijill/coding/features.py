"""Plain features of every decision: short strings that say what stands where. The models weigh them; people read them.

Each function gives the features of one candidate. They depend on the report alone, never on the order of a set.

The same few things are said of candidate after candidate: what hangs together is put into words once and kept (`_said_…`);
what a candidate says by itself, whatever it is held against, is also weighed once (`Said`).
"""

from __future__ import annotations

from functools import lru_cache

from sijill.coding.casualties import Figure
from sijill.coding.ground import Ground, Group, count_between
from sijill.coding.said import Said
from sijill.coding.surroundings import stem_of, stems_between, stems_near, stems_of
from sijill.coding.triggers import Trigger
from sijill.language.actors import is_civil, is_state
from sijill.language.mentions import PersonMention
from sijill.language.people import sounds_like_name
from sijill.language.place_cues import arabic_cue
from sijill.language.places import PlaceMention
from sijill.language.times import TimeMention
from sijill.records import GROUP_OF, Event
from sijill.rules.knowledge import function_words
from sijill.rules.lexicon import Tag

_LEADS = function_words("name.before")
_CLAUSE_JOINS = function_words("clause.joins")
_AFTER = function_words("control.after")
_AIM = function_words("control.aim")
_DONE = function_words("control.done")
_MANAGED = function_words("control.managed")
_RELATIVE = function_words("control.relative")


_BACK = 5
"""How many sentences up to its own are looked through for when a figure counts."""
_CLOSE = 3
"""How many words on either side of a party, place or time are looked at."""
_KEPT = 5000
"""How many ways of saying each thing are kept in words."""


@lru_cache(maxsize=_KEPT)
def _each(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """The feature `name=value` of each value."""
    return tuple(f"{name}={value}" for value in values)


@lru_cache(maxsize=4096)
def bucket(n: int) -> str:
    """A distance or count, coarse: exact to 3, then by growing steps."""
    size = abs(n)
    for step in (0, 1, 2, 3, 5, 8, 12, 20, 40):
        if size <= step:
            return f"{'-' if n < 0 else ''}{step}"
    return f"{'-' if n < 0 else ''}far"


def trigger_features(ground: Ground, trigger: Trigger) -> Said:
    """Does this word tell an event of the codebook?"""
    key = "trigger", trigger
    found = ground.said.get(key)
    if found is None:
        own = _trigger_features(ground, trigger)
        found = ground.said[key] = Said(own, word_features(ground, trigger))
    return found


def _trigger_features(ground: Ground, trigger: Trigger) -> list[str]:
    """Those that the words alone don't give."""
    analysis = ground.analysis
    sentence = analysis.sentences[trigger.sentence]
    first, stop = trigger.clause
    kind = trigger.kind.name
    found = [*_said_of_report(len(ground.triggers), analysis.reference is not None)]
    for name, spots in (("place", ground.place_tokens), ("time", ground.time_tokens)):
        in_clause = count_between(spots, first, stop)
        in_sentence = count_between(spots, sentence.first, sentence.stop)
        near = count_between(spots, trigger.stop, trigger.stop + 7)
        found += _said_of_spots(name, in_clause > 0, in_sentence > 0, near > 0, not spots)
    figures = ground.figures_of.get(trigger.sentence, [])
    found.append(f"figures={min(len(figures), 3)}")
    if figures:
        found += [f"own-figure={f.quantity.bound}" for f in figures if f.cue == trigger.first][:1]
        found += [f"killed-here&k={kind}"] if any(f.outcome == "killed" for f in figures) else []
    whos = {a.who for g in ground.groups_between(first, stop) for a in g.actors}
    found += _each("who", tuple(sorted(whos)) or ("none",))
    for group in ground.groups_between(trigger.stop, sentence.stop)[:1]:
        found.append(f"next={group.actors[0].who}:{bucket(group.first - trigger.stop)}")
    beside = ground.triggers_between(sentence.first, sentence.stop)
    if len(beside) > 1:
        found += [f"with={t.kind.name}" for t in beside if t is not trigger][:4]
    found.append(f"earlier={min(ground.told_before.get(trigger.first, 0), 3)}&def={trigger.definite}")
    return found


def word_features(ground: Ground, trigger: Trigger) -> Said:
    """Those of `trigger_features` that the words alone give, with nothing else read."""
    key = "word", trigger
    found = ground.said.get(key)
    if found is None:
        own = _word_features(ground, trigger)
        found = ground.said[key] = Said(own, stems_of(ground, trigger.sentence))
    return found


def _word_features(ground: Ground, trigger: Trigger) -> list[str]:
    forms = ground.forms
    sentence = ground.analysis.sentences[trigger.sentence]
    first, stop = trigger.clause
    kind = trigger.kind.name
    said = " ".join(forms[trigger.first : trigger.stop]).removeprefix(trigger.proclitics)
    before = forms[trigger.first - 1] if trigger.first > sentence.first else "^"
    after = forms[trigger.stop] if trigger.stop < sentence.stop else "$"
    found = [
        *_said_of_trigger(kind, trigger.form, trigger.definite, trigger.kind.strength, trigger.sentence == 0),
        f"w={said}", f"p={before}", f"n={after}", f"pos={bucket(trigger.sentence)}",
        f"lang={ground.analysis.language}",
        stem_of(ground, trigger.first), *stems_near(ground, trigger.first, trigger.stop),
    ]  # fmt: skip
    if trigger.first in ground.quoted:
        found.append("quoted")
    found += _each("cue", ground.cues_in(max(first, trigger.first - 6), trigger.first))
    found += _each("clausecue", ground.cues_in(first, stop))
    found += _each("sentcue", ground.cues_in(sentence.first, sentence.stop))
    if ground.quiet:
        found += [f"quiet={q}{min(n, 3)}" for q, n in sorted(ground.quiet.items())]
        found.append(f"anyquiet&k={kind}")
    return found


@lru_cache(maxsize=_KEPT)
def _said_of_trigger(kind: str, form: str, definite: bool, strength: int, head: bool) -> tuple[str, ...]:
    return (
        f"k={kind}", f"f={form}", f"k={kind}&f={form}", f"def={definite}&k={kind}", f"strength={strength}",
        f"pos={'head' if head else 'body'}&k={kind}",
    )  # fmt: skip


@lru_cache(maxsize=_KEPT)
def _said_of_report(triggers: int, dated: bool) -> tuple[str, ...]:
    return f"doctriggers={bucket(triggers)}", f"published={dated}"


@lru_cache(maxsize=_KEPT)
def _said_of_spots(
    name: str, in_clause: bool, in_sentence: bool, near: bool, nowhere: bool
) -> tuple[str, ...]:
    where = "clause" if in_clause else "sentence" if in_sentence else "none"
    return (f"{name}={where}", f"near{name}={near}", *((f"doc-no-{name}",) if nowhere else ()))


def group_features(ground: Ground, trigger: Trigger, group: Group) -> Said:
    """Is this party the one who acts, the one acted on, or neither, in what the trigger tells?"""
    kind, who = trigger.kind.name, group.actors[0].who
    side, low, high = _way(trigger, group.first, group.stop)
    own, between = stem_of(ground, trigger.first), stems_between(ground, low, high, side)
    key = "group", group
    itself = ground.said.get(key)
    if itself is None:
        near = stems_near(ground, group.first, group.stop, _CLOSE)
        itself = ground.said[key] = Said([*_group_itself(ground, group), *near])
    found = [
        *_said_of_group(ground, trigger, group),
        f"{own}&{side}", f"{own}&who={who}", f"{own}&prep={group.before}",
        *between, *[f"{stem}&k={kind}" for stem in between],
    ]  # fmt: skip
    return Said(found, itself)


def _way(trigger: Trigger, first: int, stop: int) -> tuple[str, int, int]:
    """On which side of a trigger tokens first to stop stand, "after" or "before", and the tokens between."""
    if first >= trigger.stop:
        return "after", trigger.stop, first
    return "before", stop, trigger.first


def _group_itself(ground: Ground, group: Group) -> list[str]:
    """What a party says by itself."""
    found = [
        f"named={any(a.ids for a in group.actors)}",
        f"as={group.actors[0].form}",
        f"size={min(len(group.actors), 3)}",
    ]
    return [*found, "speaker"] if group.first in ground.speaking else found


def _said_of_group(ground: Ground, trigger: Trigger, group: Group) -> list[str]:
    """What the rules read of how a party stands to a trigger."""
    forms = ground.forms
    kind, form = trigger.kind.name, trigger.form.split(".")[0]
    who = group.actors[0].who
    side, low, high = _way(trigger, group.first, group.stop)
    after = side == "after"
    gap = high - low if after else low - high
    where = "same-clause" if trigger.clause[0] <= group.first < trigger.clause[1] else "same-sentence"
    if group.sentence != trigger.sentence:
        where = f"sentence{bucket(group.sentence - trigger.sentence)}"
    told = ground.analysis.sentences[trigger.sentence]
    triggers_between = ground.triggers_between(low, high)
    rank = min(count_between(ground.group_tokens, max(low, told.first), min(high, told.stop)), 3)
    found = [
        *_said_of_party(kind, trigger.kind.group, who, side, form, rank, ground.analysis.language),
        *_said_of_preposition(group.before, kind, side, form),
        *_said_of_distance(bucket(gap), where, min(len(triggers_between), 3), side),
    ]
    found += [f"between={t.kind.name}" for t in triggers_between[:2]]
    found += _each("cue-between", ground.cues_in(low, high))
    if group.first in ground.counted:
        found.append(f"in-figure={ground.counted[group.first]}&k={kind}")
    if ground.cue_between(max(group.first - 3, trigger.stop if after else 0), group.first, "cue.target"):
        found += ["belongings", f"belongings&group={trigger.kind.group}", f"belongings&{side}&f={form}"]
    if after and 0 < gap <= 3:
        found.append(f"link={' '.join(forms[trigger.stop : group.first])}&f={form}")
    if not after and ground.triggers_between(group.stop, trigger.stop)[:1] == [trigger]:
        if group.sentence == trigger.sentence:
            found.append(f"directly-before&f={form}")
    return found


@lru_cache(maxsize=_KEPT)
def _said_of_party(
    kind: str, group: str, who: str, side: str, form: str, rank: int, language: str
) -> tuple[str, ...]:
    return (
        f"k={kind}&who={who}", f"who={who}", f"group={group}&who={who}", f"who={who}&{side}&f={form}",
        f"{side}&k={kind}&f={form}", f"{side}&rank={rank}&f={form}&who={who}", f"{side}&rank={rank}&k={kind}&f={form}",
        f"lang={language}&{side}&rank={rank}&f={form}",
    )  # fmt: skip


def _said_of_preposition(before: str, kind: str, side: str, form: str) -> tuple[str, ...]:
    return f"prep={before}", f"prep={before}&k={kind}", f"prep={before}&{side}&f={form}"


@lru_cache(maxsize=_KEPT)
def _said_of_distance(gap: str, where: str, triggers: int, side: str) -> tuple[str, ...]:
    return f"gap={gap}", f"where={where}", f"between-triggers={triggers}&{side}"


def place_features(ground: Ground, trigger: Trigger, place: PlaceMention) -> Said:
    """Is this place where it happened?"""
    key = "place", trigger, place
    found = ground.said.get(key)
    if found is None:
        itself = ground.said.get(("place", place))
        if itself is None:
            itself = ground.said["place", place] = Said(_place_itself(ground, place))
        found = ground.said[key] = Said(_place_features(ground, trigger, place), itself)
    return found


def _place_features(ground: Ground, trigger: Trigger, place: PlaceMention) -> list[str]:
    """Those that say how a place stands to a trigger."""
    first = place.first
    where = _reach(ground, trigger, first)
    return [
        *_spot_features(ground, trigger, first, place.stop, ground.place_tokens),
        f"prec={place.precision}&k={trigger.kind.group}",
        *_said_of_name(
            place.rule.partition(".")[2],
            where,
            min(ground.places_again[place.geonameid or place.name], 4),
            place.country == ground.analysis.country,
            ground.dateline == first,
            *ground.nesting[first],
        ),
        f"prep={ground._before(first)}&{where}",
    ]


def _place_itself(ground: Ground, place: PlaceMention) -> list[str]:
    """What a place says by itself."""
    first, forms = place.first, ground.forms
    nests, finest = ground.nesting[first]
    return [
        "place", f"kind={place.kind}", f"prec={place.precision}", f"lat={place.lat is not None}",
        f"rule={place.rule.partition('.')[2]}", f"home={place.country == ground.analysis.country}",
        f"speaking={first in ground.speaking}", f"n={forms[place.stop] if place.stop < len(forms) else '$'}",
        f"nests={nests}&finest={finest}", f"prep={ground._before(first)}",
        *stems_near(ground, first, place.stop, _CLOSE),
    ]  # fmt: skip


@lru_cache(maxsize=_KEPT)
def _said_of_name(
    rule: str, where: str, again: int, at_home: bool, dateline: bool, nests: str, finest: bool
) -> tuple[str, ...]:
    return (
        f"rule={rule}&{where}", f"again={again}&{where}", f"home={at_home}&{where}", f"dateline={dateline}&{where}",
        f"nests={nests}&{where}", f"finest={finest}&{where}",
    )  # fmt: skip


def time_features(ground: Ground, trigger: Trigger, time: TimeMention) -> Said:
    """Is this time when it happened?"""
    first = time.first_token
    where = _reach(ground, trigger, first)
    found = [
        *_spot_features(ground, trigger, first, time.stop, ground.time_tokens),
        f"kind={time.kind}&k={trigger.kind.name}",
        *_said_of_day(time.rule.rpartition(".")[2], time.kind, time.part_of_day or "", where),
        f"prep={ground._before(first)}&{where}",
    ]
    key = "time", time
    itself = ground.said.get(key)
    if itself is None:
        itself = ground.said[key] = Said(_time_itself(ground, time))
    return Said(found, itself)


def _time_itself(ground: Ground, time: TimeMention) -> list[str]:
    """What a time says by itself."""
    first, forms = time.first_token, ground.forms
    return [
        "time", f"kind={time.kind}", f"prec={time.precision}", f"relative={time.relative}",
        f"rule={time.rule.rpartition('.')[2]}", f"part={time.part_of_day or ''}",
        f"n={forms[time.stop] if time.stop < len(forms) else '$'}", f"prep={ground._before(first)}",
        *stems_near(ground, first, time.stop, _CLOSE),
    ]  # fmt: skip


@lru_cache(maxsize=_KEPT)
def _said_of_day(rule: str, kind: str, part: str, where: str) -> tuple[str, ...]:
    return f"rule={rule}&{where}", f"kind={kind}&{where}", f"part={part}&{where}"


def _reach(ground: Ground, trigger: Trigger, token: int) -> str:
    """How far a token stands from a trigger, coarse: in its clause, in its sentence, before it, after it."""
    if trigger.clause[0] <= token < trigger.clause[1]:
        return "in-clause"
    sentence = ground.analysis.sentences[trigger.sentence]
    if token < sentence.first:
        return "far-before"
    return "in-sentence" if token < sentence.stop else "far-after"


def _spot_features(ground: Ground, trigger: Trigger, first: int, stop: int, spots: list[int]) -> list[str]:
    """`spots` are the tokens that the places, or the times, of the report begin at."""
    analysis = ground.analysis
    told = analysis.sentences[trigger.sentence]
    sentence = analysis.sentence_of(first)
    side, low, high = _way(trigger, first, stop)
    after = side == "after"
    gap = high - low if after else low - high
    between_spots = count_between(spots, low, high)
    between_triggers = ground.triggers_between(low, high)
    where = f"sentence{bucket(sentence - trigger.sentence)}"
    if sentence == trigger.sentence:
        where = "clause" if trigger.clause[0] <= first < trigger.clause[1] else "sentence"
    same_paragraph = analysis.sentences[sentence].paragraph == told.paragraph
    alone = count_between(spots, told.first, told.stop)
    found = [
        *_said_of_gap(side, bucket(gap), min(len(between_triggers), 4)),
        *_said_of_reach(where, side, min(between_spots, 4), trigger.kind.group),
        *_said_of_sentence(where, same_paragraph, min(alone, 3), sentence == 0, min(len(spots), 6)),
        f"{stem_of(ground, trigger.first)}&{side}",
        *stems_between(ground, low, high, side),
    ]
    if sentence == trigger.sentence:
        found += _each("cue-between", ground.cues_in(low, high))
        found += _said_of_rivals(side, where, min(count_between(spots, *trigger.clause), 3))
        return found
    far = f"far-{side}"
    found.append(f"{far}&opens={opening(ground, trigger.sentence)}")
    found += _said_of_telling(
        far,
        trigger.definite,
        trigger.kind.group,
        _again(ground, trigger, sentence),
        _shared_places(ground, trigger.sentence, sentence),
        ground.itemised,
        min(count_between(spots, 0, first), 3),
        analysis.language,
    )
    found += _each("far&told-cue", ground.cues_in(*trigger.clause))
    return found


def opening(ground: Ground, sentence: int) -> str:
    """The word that a sentence opens with, marks left out; "" where it has none."""
    first, stop, _, _ = ground.analysis.sentences[sentence]
    return next((form for form in ground.forms[first : min(first + 4, stop)] if form[0].isalpha()), "")


def _again(ground: Ground, trigger: Trigger, sentence: int) -> str:
    """Whether another sentence tells the like of a trigger: "kind", "group", "other", "none"."""
    first, stop, _, _ = ground.analysis.sentences[sentence]
    there = ground.triggers_between(first, stop)
    if not there:
        return "none"
    if any(t.kind is trigger.kind for t in there):
        return "kind"
    return "group" if any(t.kind.group == trigger.kind.group for t in there) else "other"


def _shared_places(ground: Ground, one: int, other: int) -> str:
    """Whether two sentences name a place in common: "same", "diff", "one" (only one names any), "none"."""
    left, right = ground.places_named(one), ground.places_named(other)
    if not left or not right:
        return "one" if left or right else "none"
    return "same" if left & right else "diff"


@lru_cache(maxsize=_KEPT)
def _said_of_rivals(side: str, where: str, in_clause: int) -> tuple[str, ...]:
    return f"in-clause={in_clause}&where={where}", f"in-clause={in_clause}&where={where}&{side}"


@lru_cache(maxsize=_KEPT)
def _said_of_telling(
    far: str,
    definite: bool,
    group: str,
    again: str,
    shared: str,
    itemised: bool,
    nth: int,
    language: str,
) -> tuple[str, ...]:
    return (
        f"{far}&def={definite}", f"{far}&def={definite}&again={again}", f"{far}&again={again}",
        f"{far}&shared={shared}", f"{far}&shared={shared}&again={again}", f"{far}&itemised={itemised}",
        f"{far}&itemised={itemised}&again={again}", f"{far}&nth={nth}", f"{far}&nth={nth}&itemised={itemised}",
        f"{far}&{group}&again={again}", f"{far}&lang={language}",
    )  # fmt: skip


@lru_cache(maxsize=_KEPT)
def _said_of_gap(side: str, gap: str, triggers: int) -> tuple[str, ...]:
    return f"{side}&gap={gap}", f"triggers={triggers}&{side}"


@lru_cache(maxsize=_KEPT)
def _said_of_reach(where: str, side: str, spots: int, group: str) -> tuple[str, ...]:
    return (
        f"where={where}", f"{side}&spots={spots}", f"where={where}&spots={min(spots, 3)}&{side}",
        f"k={group}&{side}&where={where}",
    )  # fmt: skip


@lru_cache(maxsize=_KEPT)
def _said_of_sentence(
    where: str, same_paragraph: bool, alone: int, first: bool, spots: int
) -> tuple[str, ...]:
    return (
        f"paragraph={same_paragraph}", f"own={alone}&where={where}", f"first-sentence={first}&where={where}",
        f"doc-spots={spots}&where={where}",
    )  # fmt: skip


def pair_features(ground: Ground, left: Trigger, right: Trigger, same: dict[str, str]) -> list[str]:
    """Do two triggers (in order of place) tell one event? `same` says of place, time, agent and target whether what
    was decided for each agrees: "same", "diff", "one" (only one has it), "none"."""
    analysis = ground.analysis
    apart = right.sentence - left.sentence
    where = "clause" if left.clause == right.clause else f"s{bucket(apart)}"
    groups = "+".join(sorted((left.kind.group, right.kind.group)))
    between = ground.triggers_between(left.stop, right.first)
    paragraphs = (analysis.sentences[left.sentence].paragraph, analysis.sentences[right.sentence].paragraph)
    found = [
        *_said_of_kinds(left.kind.name, right.kind.name, groups, where, left.form, right.form),
        *_said_of_second(right.definite, right.proclitics[:1], groups, where),
        f"gap={bucket(right.first - left.stop)}", f"between={min(len(between), 4)}&where={where}", f"head={left.sentence == 0}&apart={bucket(apart)}",
        f"paragraph={paragraphs[0] == paragraphs[1]}",
        f"agree=place:{same['place']},time:{same['time']}",
        f"sametype={left.kind.type == right.kind.type}&place={same['place']}",
    ]  # fmt: skip
    for name in sorted(same):
        found += _said_of_agreement(name, same[name], where, groups)
    if apart:
        shared = len(ground.content(left.sentence) & ground.content(right.sentence))
        dead, again = ground.dead[left.sentence], ground.dead[right.sentence]
        told = "same" if dead & again else "diff" if dead and again else "one" if dead or again else "none"
        found += _said_of_words(min(shared, 5), told, groups, same["place"])
    if apart <= 1:
        found += [f"cue={c}&near" for c in ground.cues_in(left.stop, right.first)]
    found += ["rejoin-between"] if ground.cue_between(left.stop, right.first, "cue.rejoin") else []
    one, other = stem_of(ground, left.first), stem_of(ground, right.first)
    return [
        *found,
        f"{one}&left",
        f"{other}&right",
        f"{one}+{other}",
        f"samestem={one == other}&where={where}",
    ]


@lru_cache(maxsize=_KEPT)
def _said_of_kinds(
    left: str, right: str, groups: str, where: str, left_form: str, right_form: str
) -> tuple[str, ...]:
    kinds = "+".join(sorted((left, right)))
    return (
        f"kinds={kinds}", f"groups={groups}", f"where={where}", f"groups={groups}&where={where}",
        f"samekind={left == right}&where={where}", f"form={left_form.split('.')[0]}+{right_form.split('.')[0]}",
    )  # fmt: skip


@lru_cache(maxsize=_KEPT)
def _said_of_second(definite: bool, joined: str, groups: str, where: str) -> tuple[str, ...]:
    return f"def={definite}&where={where}", f"def={definite}&groups={groups}", f"conj={joined}&where={where}"


@lru_cache(maxsize=_KEPT)
def _said_of_words(shared: int, dead: str, groups: str, place: str) -> tuple[str, ...]:
    return (
        f"shared={shared}", f"shared={shared}&groups={groups}", f"shared={shared}&place={place}",
        f"dead={dead}", f"dead={dead}&groups={groups}", f"dead={dead}&place={place}",
    )  # fmt: skip


@lru_cache(maxsize=_KEPT)
def _said_of_agreement(name: str, value: str, where: str, groups: str) -> tuple[str, ...]:
    return f"{name}={value}", f"{name}={value}&where={where}", f"{name}={value}&groups={groups}"


def figure_features(ground: Ground, trigger: Trigger, figure: Figure) -> Said:
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
    if abs(apart) <= 1:
        found += _each("cue-between", ground.cues_in(low, high))
    found += [
        f"figure-sentence={c}"
        for c in ground.cues_in(sentence.first, figure.quantity.stop)
        if c in ("cue.total", "cue.revision")
    ]
    key = "figure", figure.quantity.first, figure.outcome
    itself = ground.said.get(key)
    if itself is None:
        near = stems_near(ground, figure.quantity.first, figure.quantity.stop, _CLOSE)
        itself = ground.said[key] = Said([*figure_itself(ground, figure), *near])
    found += _between(ground, low, high, where, side)
    own = stem_of(ground, trigger.first)
    found += [f"{own}&{side}", f"{own}&o={figure.outcome}"]
    found += stems_between(ground, low, high, side)
    here = ground.triggers_between(sentence.first, sentence.stop)
    nearest = min(here, key=lambda t: (abs(t.first - figure.cue), t.first), default=None)
    found.append(
        f"nearest={nearest is not None and nearest.first == trigger.first}&where={where}&here={min(len(here), 3)}"
    )
    return Said(found, itself)


def _between(ground: Ground, low: int, high: int, where: str, side: str) -> list[str]:
    """What stands between a trigger and a figure: places, times, other figures."""
    places = count_between(ground.place_tokens, low, high)
    times = count_between(ground.time_tokens, low, high)
    figures = sum(low <= f.quantity.first < high for f in ground.figures)
    return [
        f"places={min(places, 2)}&where={where}&{side}", f"times={min(times, 2)}&where={where}&{side}",
        f"figures={min(figures, 3)}&where={where}&{side}",
    ]  # fmt: skip


def figure_itself(ground: Ground, figure: Figure) -> list[str]:
    """What a figure says by itself: how many, who, in what words."""
    quantity = figure.quantity
    head = quantity.who[0] if quantity.who else None
    n = "none" if quantity.n is None else min(quantity.n, 3)
    who = head.who if head else "others" if quantity.others else "none"
    rule = figure.rule
    named = quantity.stop in ground.names or any(
        i in ground.names for i in range(quantity.first, quantity.stop)
    )
    definite = head is not None and head.definite
    again = sum(f.quantity.n == quantity.n and f.outcome == figure.outcome for f in ground.figures) > 1
    return [
        f"n={n}", f"n={n}&who={who}", f"n={n}&rule={rule}", f"n={n}&definite={definite}&part={figure.part}",
        f"n={n}&named={named}&part={figure.part}", f"noun={head.noun if head else who}", f"said={quantity.said}&n={n}",
        f"again={again}&n={n}", f"head={figure.sentence == 0}&n={n}", f"word={ground.forms[figure.cue]}",
        f"o={figure.outcome}&n={n}&who={who}", f"first={ground.forms[quantity.first]}" if n == "none" else "counted",
    ]  # fmt: skip


def count_features(ground: Ground, figure: Figure) -> Said:
    """Is this figure one event's own, a running total or a toll for several places, or of neither?"""
    analysis, forms, quantity = ground.analysis, ground.forms, figure.quantity
    sentence = analysis.sentences[figure.sentence]
    first, stop = sentence.first, sentence.stop
    outcome, bound = figure.outcome, quantity.bound
    size = _size(quantity.n)
    who = "+".join(sorted({a.who for a in quantity.who})) or ("others" if quantity.others else "none")
    sentences = len(analysis.sentences)
    here = ground.figures_of[figure.sentence]
    found = [
        f"o={outcome}", f"bound={bound}", f"part={figure.part}", f"pos={bucket(figure.sentence)}",
        f"rel={4 * figure.sentence // sentences}", f"last={figure.sentence >= sentences - 2}", f"lang={analysis.language}",
        f"size={size}", f"size={size}&o={outcome}", f"round={_is_round(quantity.n)}", f"who={who}", f"who={who}&size={size}",
        f"cue={forms[figure.cue]}", f"rule={figure.rule}", f"here={min(len(here), 4)}", f"head={here[0] is figure}",
        f"earlier-figures={min(sum(f.cue < figure.cue for f in ground.figures), 4)}",
    ]  # fmt: skip
    found += _each("cue", ground.cues_in(first, stop))
    found += _each("near", ground.cues_in(max(first, figure.cue - 8), quantity.stop + 4))
    found += _said_of_when(ground, figure)
    found += _said_of_tolls(ground, figure)
    places = [p for p in ground.places if first <= p.first < stop]
    finest = min((p.precision for p in places), default=0)
    found += [f"places={min(len(places), 4)}", f"finest={finest}"]
    found += [f"placeprec={p.precision}" for p in places[:3]]
    triggers = ground.triggers_between(first, stop)
    found += [
        f"triggers={min(len(triggers), 3)}",
        f"alldef={bool(triggers) and all(t.definite for t in triggers)}",
    ]
    found += [f"with={t.kind.name}" for t in triggers[:5]]
    found += [f"plural={t.kind.name}" for t in triggers if t.form.endswith("plural")][:3]
    found += [f"speaker={s.kind}" for s in analysis.speakers if s.scope_first <= quantity.first < s.scope_stop or first <= s.first < stop][:2]  # fmt: skip
    found += [f"n={w}" for w in forms[quantity.stop : quantity.stop + 2]]
    found += [f"p={w}" for w in forms[max(0, figure.cue - 2) : figure.cue]]
    found += [f"begins={w}" for w in forms[first : min(first + 3, stop)]]
    low, high = min(figure.cue, quantity.first) - 15, max(figure.cue, quantity.stop) + 12
    found += [f"w={w}" for w in dict.fromkeys(forms[max(first, low) : min(stop, high)]) if len(w) > 1 and w[0].isalpha()]  # fmt: skip
    head = analysis.sentences[0]
    found += _each("headcue", ground.cues_in(head.first, head.stop))
    key = ("head",)
    opened = ground.said.get(key)
    if opened is None:
        opened = ground.said[key] = Said([f"{said}&head" for said in stems_of(ground, 0)])
    return Said(found, opened, stems_of(ground, figure.sentence))


_SIZES = (1, 2, 4, 9, 19, 49, 99, 299, 999, 4999)


def _size(n: int | None) -> str:
    """A number of people, coarse: by growing steps up to thousands."""
    if n is None:
        return "none"
    return next((str(step) for step in _SIZES if n <= step), "more")


def _is_round(n: int | None) -> bool:
    """Whether a number from a hundred up has one digit that is not nought: an estimate."""
    return n is not None and n >= 100 and n % 10 ** (len(str(n)) - 1) == 0


_STRETCHES = ("since", "span", "period", "duration", "point")
"""Kinds of time, from those that totals are counted over to those that one event has."""


def _longest(times: list[tuple[TimeMention, str]]) -> str:
    """The kind of time of a sentence that is most a total's; "none" without any."""
    known = (kind for _, kind in times)
    return min(
        known, key=lambda k: _STRETCHES.index(k) if k in _STRETCHES else len(_STRETCHES), default="none"
    )


def _said_of_when(ground: Ground, figure: Figure) -> list[str]:
    """How the times of a figure's sentence stand to it: whether a count runs from one, how far back it lies, how long it is;
    and the time told last before it, and in the headline ("عدد القتلى خلال شهر يوليو": what follows counts over it too)."""
    analysis, quantity = ground.analysis, figure.quantity
    times = ground.times_in(figure.sentence)
    best = _longest(times)
    since = ground.says_since(figure.sentence)
    found = [
        f"when={best}", f"when={best}&o={figure.outcome}", f"when={best}&size={_size(quantity.n)}",
        f"when={best}&bound={quantity.bound}", f"since={since}", f"since={since}&when={best}",
    ]  # fmt: skip
    found.append(f"head-when={_longest(ground.times_in(0))}")
    for back, sentence in enumerate(range(figure.sentence, max(-1, figure.sentence - _BACK), -1)):
        last = _longest(ground.times_in(sentence))
        if last != "none":
            found += [f"last-when={last}", f"last-when={last}&back={back}"]
            break
    for time, kind in times:
        found += [f"time={kind}", f"timeprec={time.precision}", f"time={kind}&gap={bucket(time.first_token - quantity.stop)}"]  # fmt: skip
    if times:
        nearest, kind = min(times, key=lambda t: abs(t[0].first_token - quantity.stop))
        found += [f"nearest={kind}", f"nearest={kind}&prec={nearest.precision}"]
        first, last_day = analysis.days(nearest)
        if first is not None and last_day is not None:
            found.append(f"length={bucket((last_day - first).days)}&when={best}")
            age = (analysis.reference - first).days if analysis.reference is not None else None
            if age is not None:
                back_to = "years" if age > 300 else "months" if age > 25 else "weeks" if age > 5 else "days"
                found += [f"age={bucket(age)}&time={kind}", f"back={back_to}&when={best}"]
    return found


def _said_of_tolls(ground: Ground, figure: Figure) -> list[str]:
    """How a figure stands to the others of the report with its outcome: told twice, the greatest, the sum of later ones."""
    n = figure.quantity.n
    if n is None or n < 3:
        return []
    others = [
        f
        for f in ground.figures
        if f is not figure and f.outcome == figure.outcome and f.quantity.n is not None
    ]
    numbers = [(f.quantity.n or 0, f) for f in others]
    again = any(m == n and f.sentence != figure.sentence for m, f in numbers)
    most = all(m <= n for m, _ in numbers)
    later = [m for m, f in numbers if f.sentence > figure.sentence and not f.part and m < n]
    total = sum(later)
    added = "few" if len(later) < 2 else "equal" if total == n else "less" if total < n else "more"
    return [f"again={again}", f"most={most}", f"later={min(len(later), 4)}", f"added={added}"]


def side_kind(ids: tuple[str, ...]) -> str:
    """What kind of party a side is: "nobody", "civil", "state", "unidentified", "group", with "+civil" beside it."""
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
        f"a={side_kind(event.side_a)}", f"b={side_kind(event.side_b)}", f"a={side_kind(event.side_a)}&b={side_kind(event.side_b)}",
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


def person_features(
    ground: Ground, names: tuple[PersonMention, ...], cue: Tag, cues: list[Tag], spoken: int
) -> list[str]:
    """Does what a word of fate tells happen to the named people of this list? `cues` are all the words of fate near
    them, `spoken` how many other lists of names stand between."""
    tagged, forms = ground.analysis.tagged, ground.forms
    head, last = names[0], names[-1]
    after = cue.first >= last.stop
    low, high = (last.stop, cue.first) if after else (cue.stop, head.role_first)
    sentence = ground.analysis.sentence_of(head.first)
    apart = ground.analysis.sentence_of(cue.first) - sentence
    told = ground.analysis.sentences[sentence]
    side = "after" if after else "before" if cue.stop <= head.role_first else "role"
    where = side if apart == 0 else f"{side}s{bucket(apart)}"
    gap = bucket(high - low)
    outcome = cue.sense.category
    how = f"{outcome.partition('.')[0]}.{cue.sense.value}"
    rule = head.rule.split(".", 1)[-1]
    nearer = sum(1 for c in cues if c is not cue and low <= c.first < high)
    rank = min(nearer, 3)
    before = forms[head.role_first - 1] if head.role_first else "^"
    follows = forms[last.stop] if last.stop < len(forms) else "$"
    words = len(forms[head.first : head.stop])
    between = forms[low:high] if high - low <= 8 else []
    found = [
        f"where={where}", f"where={where}&gap={gap}", f"where={where}&how={how}", f"how={how}&gap={gap}&{side}",
        f"where={where}&o={outcome}", f"where={where}&rank={rank}", f"rank={rank}&how={how}", f"gap={gap}",
        f"rule={rule}", f"rule={rule}&where={where}", f"p={before}", f"n={follows}", f"n={follows}&where={where}",
        f"names={min(len(names), 3)}&where={where}", f"words={min(words, 5)}", f"lists={min(spoken, 3)}&where={where}",
        f"lang={ground.analysis.language}&where={where}", f"w={forms[cue.first]}", f"def={cue.definite}&how={how}&where={where}",
        f"verb={cue.sense.kind == 'verb'}&where={where}&gap={gap}", f"pronoun={bool(cue.enclitic)}&where={where}",
        f"starts={forms[head.first][0]}",
        f"given={any(t.sense.category == 'name' for t in tagged.at(head.first))}",
        f"any-given={any(t.sense.category == 'name' for i in range(head.first, head.stop) for t in tagged.at(i))}",
        f"triggers={min(len(ground.triggers_between(told.first, told.stop)), 2)}",
        f"figures={min(sum(low <= f.quantity.first < high for f in ground.figures), 2)}&where={where}",
        f"quoted={head.first in ground.quoted}",
    ]  # fmt: skip
    found += [f"b={w}&where={where}" for w in dict.fromkeys(between)]
    near = forms[max(low, high - 25) : high] if side == "before" else forms[low : low + 25]
    leads = sorted(_LEADS.intersection(near))
    joins = min(len(_CLAUSE_JOINS.intersection(near)), 2)
    kinds = len({c.sense.category for c in cues})
    found += [f"lead={w}&where={where}" for w in leads] + [f"lead={w}&how={how}" for w in leads]
    found += [
        f"leads={bool(leads)}&where={where}&rank={rank}", f"joins={joins}&where={where}", f"p={before}&where={where}",
        f"kinds={min(kinds, 3)}&where={where}&rank={rank}", f"only={len(cues) == 1}&where={where}&rule={rule}",
        f"names={min(len(names), 3)}&leads={bool(leads)}&how={how}", f"where={where}&rank={rank}&joins={joins}&lists={min(spoken, 2)}",
    ]  # fmt: skip
    found += [f"said-between={c}&where={where}" for c in ground.cues_in(low, high)]
    found += [f"said-before={c}" for c in ground.cues_in(max(0, head.role_first - 3), head.first)]
    found += [f"said-after={c}" for c in ground.cues_in(last.stop, last.stop + 2)]
    found.append(f"infl={cue.sense.inflection}&how={how}&where={where}")
    found.append(f"role={head.role_first < head.first}&where={where}")
    found += _said_of_fate(ground, names, cue, cues, where, how, low, high, bool(leads))
    found += _said_of_people(ground, names)
    for i in (head.role_first, head.role_first - 1):
        found += [f"at{head.role_first - i}={t.sense.category}.{t.sense.value}" for t in tagged.at(i)][:3]
    return found


DOERS = ("bomber", "attacker")
"""Words of fate (by their value) that name who did it."""


def _said_of_fate(
    ground: Ground,
    names: tuple[PersonMention, ...],
    cue: Tag,
    cues: list[Tag],
    where: str,
    how: str,
    low: int,
    high: int,
    led: bool,
) -> list[str]:
    """How a word of fate stands to people: whether it counts others ("مقتل 16 وأكد الوزير فلان"), whether what leads to
    names follows it, what else became of people beside it ("الرهينتان ... أفرج عنهما"), whether a nearer one stands on
    the other side, and of who did it whether he blew himself up."""
    head, last = names[0], names[-1]
    counted = any(
        f.cue == cue.first for f in ground.figures_of.get(ground.analysis.sentence_of(cue.first), ())
    )
    infl = cue.sense.inflection
    plural = infl in ("plural", "dual") or ground.forms[cue.first].endswith("وا")
    found = [
        f"counted={counted}&led={led}&where={where}", f"infl={infl}&led={led}&where={where}",
        f"plural={plural}&names={min(len(names), 2)}&led={led}&where={where}", f"plural={plural}&how={how}&led={led}",
        f"many={infl == 'plural'}&led={led}&far={high - low > 3}",
        f"commas={min(ground.forms[low:high].count('،') + ground.forms[low:high].count(','), 3)}&where={where}",
    ]  # fmt: skip
    distance = high - low
    others = {c.sense.category for c in cues if c is not cue} - {cue.sense.category}
    found += [f"beside={c}&how={how}" for c in sorted(others)]
    nearer = [
        c for c in cues
        if c is not cue and (head.role_first - c.stop if c.first < head.first else c.first - last.stop) < distance
    ]  # fmt: skip
    found.append(f"nearer={min(len(nearer), 2)}&where={where}")
    found += [f"nearer={c.sense.category}&how={how}" for c in nearer][:2]
    if cue.sense.value in DOERS:
        dies = any(t.kind.name == "suicide" for t in ground.triggers)
        found += [f"dies={dies}&how={how}", f"dies={dies}&led={led}&where={where}"]
    return found


def _said_of_people(ground: Ground, names: tuple[PersonMention, ...]) -> list[str]:
    """What a list of names is like: how many of the first one's words sound like names, what its last word is, whether a
    party is named so, or one is led by whom it names ("قوات العقيد فلان"); and whether the first one speaks, to whom a verb of
    speech leads or whom one follows."""
    tagged, forms = ground.analysis.tagged, ground.forms
    head, last = names[0], names[-1]
    told = ground.analysis.sentences[ground.analysis.sentence_of(head.first)]
    words = range(head.first, head.stop)
    like = sum(sounds_like_name(tagged, k) for k in words)
    other = [forms[k] for k in words if not sounds_like_name(tagged, k)]
    article = any(w.startswith("ال") and len(w) > 3 for w in other)
    feminine = any(w.endswith("ه") for w in other)
    force = any(
        tagged.first(k, "force", "force.group")
        for k in range(max(told.first, head.role_first - 3), head.role_first)
    )
    party = any(
        head.first < g.stop and g.first < head.stop and g.ids
        for g in ground.groups_between(head.first - 4, head.stop)
    )
    speech = (
        "after" if ground.cue_between(max(told.first, head.role_first - 6), head.first, "cue.speech") else ""
    )
    speech += "before" if ground.cue_between(last.stop, min(told.stop, last.stop + 3), "cue.speech") else ""
    return [
        f"like={min(like, 3)}&words={min(len(words), 4)}", f"tail={forms[head.stop - 1]}", f"party={party}",
        f"speech={speech}", f"head={forms[head.first]}", f"force={force}",
        f"article={article}&like={like > 0}", f"feminine={feminine}&like={like > 0}",
    ]  # fmt: skip


def control_features(ground: Ground, word: Trigger, place: PlaceMention) -> Said:
    """Does this word tell that this place changed hands?"""
    forms, kind = ground.forms, word.kind.name
    said = " ".join(forms[word.first : word.stop]).removeprefix(word.proclitics)
    side, low, high = _way(word, place.first, place.stop)
    rank = min(count_between(ground.place_tokens, low, high), 3)
    apart = bucket(ground.analysis.sentence_of(place.first) - word.sentence)
    found = [
        f"said={said}&{side}", f"k={kind}&{side}&rank={rank}&apart={apart}&form={word.form.split('.')[0]}",
        f"prep={ground._before(place.first)}&k={kind}", f"kind={place.kind}&k={kind}", f"rule={place.rule}",
    ]  # fmt: skip
    if 0 <= high - low <= 4:
        found.append(f"link={' '.join(forms[low:high])}")
    how, way = _how_told(ground, word), _lead(ground, low, high) if apart == "0" else f"s{apart}"
    found += [
        f"how={how}", f"how={how}&k={kind}", f"way={way}&{side}", f"way={way}&{side}&k={kind}", f"how={how}&way={way}&{side}",
        f"how={how}&way={way}&{side}&k={kind}", f"way={way}&{side}&prec={place.precision}", f"{stem_of(ground, word.first)}&way={way}&{side}",
    ]  # fmt: skip
    return Said(found, trigger_features(ground, word), place_features(ground, word, place))


def _how_told(ground: Ground, word: Trigger) -> str:
    """As what a change is told: as brought about ("تمكنت من السيطرة"), what came of something, an aim, what something else is
    dated by, who it is that did it; not at all; else plainly. With the tense of a verb."""
    first = ground.analysis.sentences[word.sentence].first
    near = ground.forms[max(first, word.first - 4) : word.first]
    tense = word.form if word.form.startswith("verb") else "noun"
    joined = word.proclitics.lstrip("وف")
    if ground.cue_between(max(first, word.first - 3), word.first, "cue.negation"):
        return f"not-{tense}"
    if not near:
        return f"first-{tense}"
    if near[-1] in _RELATIVE:
        return f"who-{tense}"
    if _MANAGED.intersection(near):
        return f"managed-{tense}"
    if joined:
        return f"{joined}-{tense}"
    for name, words in (("aim", _AIM), ("after", _AFTER), ("done", _DONE)):
        if words.intersection(near[-2:]):
            return f"{name}-{tense}"
    said = ground.cue_between(max(first, word.first - 5), word.first, "cue.speech")
    return f"said-{tense}" if said and tense == "noun" else tense


_LEAD = 16
"""How many words may stand between a word and a place, for those that lead from one to the other to be told."""


def _lead(ground: Ground, low: int, high: int) -> str:
    """The words of tokens low to high that lead from what is told to where, without names, times and nouns of places: "على"
    of "سيطرت القوات أمس على مدينة تدمر". A longer word stands as "_", more than two as the first, how many, the last."""
    if not 0 <= high - low <= _LEAD:
        return "far"
    kept = [
        form
        for i, form in enumerate(ground.forms[low:high], low)
        if i not in ground.named and form[0].isalnum() and not _is_head(form)
    ]
    small = [form if len(form) <= 4 else "_" for form in kept]
    return " ".join(small) if len(small) <= 2 else f"{small[0]} {len(small) // 2} {small[-1]}"


def _is_head(form: str) -> bool:
    cue = arabic_cue(form)
    return cue is not None and cue.category == "head"


def holder_features(ground: Ground, word: Trigger, group: Group, acting: tuple[str, ...]) -> list[str]:
    """Did this party take the place whose change of hands a word tells, or lose it? `acting` is who acts by grammar."""
    forms, kind, form = ground.forms, word.kind.name, word.form.split(".")[0]
    after = group.first >= word.stop
    side = "after" if after else "before"
    low, high = (word.stop, group.first) if after else (group.stop, word.first)
    apart = group.sentence - word.sentence
    where = f"{side}s{apart}" if apart else side
    said = " ".join(forms[word.first : word.stop]).removeprefix(word.proclitics)
    between = sum(
        1 for g in ground.groups_between(low, high) if g.ids and not all(is_civil(i) for i in g.ids)
    )
    rank = min(between, 3)
    slot = _slot(ground, word, group, low, high, between) if not apart else "other"
    sentence = ground.analysis.sentences[group.sentence]
    state = any(is_state(i) for i in group.ids)
    named = sum(1 for g in ground.groups if set(g.ids) & set(group.ids))
    found = [
        *_said_of_group(ground, word, group),
        *_group_itself(ground, group),
        *_said_of_holder(slot, where, rank, kind, form, said),
        f"prep={group.before}&{where}&k={kind}", f"slot={slot}&prep={group.before}&k={kind}",
        f"slot={slot}&who={group.actors[0].who}", f"state={state}&k={kind}&said={said}", f"state={state}&{where}",
        f"mentions={min(named, 4)}",
        f"places={min(count_between(ground.place_tokens, low, high), 2)}&{where}&k={kind}",
        f"acts={group.ids == acting}&k={kind}", f"acts={group.ids == acting}&k={kind}&here={not apart}",
        f"acts-too={bool(set(acting) & set(group.ids))}&k={kind}", f"somebody-acts={bool(acting)}",
        f"b={' '.join(forms[max(0, group.first - 2) : group.first])}",
        f"b={forms[group.first - 1] if group.first else '^'}&k={kind}",
        f"n={forms[group.stop] if group.stop < len(forms) else '$'}",
    ]  # fmt: skip
    earlier = ground.triggers_between(sentence.first, group.first)
    if earlier:
        near, gap = earlier[-1], bucket(group.first - earlier[-1].stop)
        told = "self" if near is word else near.kind.name
        found += [
            f"told={told}&f={near.form.split('.')[0]}", f"told={told}&gap={gap}", f"told={told}&{where}&k={kind}",
            f"told={told}&prep={group.before}",
        ]  # fmt: skip
    else:
        found.append(f"told=nothing&{where}&k={kind}")
    later = ground.triggers_between(group.stop, sentence.stop)
    if later:
        near, gap = later[0], bucket(later[0].first - group.stop)
        told = "self" if near is word else near.kind.name
        found += [f"then={told}&{where}", f"then={told}&gap={gap}&f={near.form.split('.')[0]}"]
    if not apart and 0 <= high - low <= 5:
        found += [f"between={w}&{where}&k={kind}" for w in forms[low:high]]
    return found


def _slot(ground: Ground, word: Trigger, group: Group, low: int, high: int, parties: int) -> str:
    """Where a party stands to a word of its sentence: right after it, as a subject may; after it, or before it, with so
    many parties, and a trigger or a place, between."""
    told = "t" if ground.triggers_between(low, high) else ""
    if group.first >= word.stop:
        placed = "p" if count_between(ground.place_tokens, low, high) else ""
        if high - low <= 1 and not (parties or told or placed):
            return "next"
        return f"after{min(parties, 2)}{told}{placed}"
    return f"before{min(parties, 2)}{told}"


@lru_cache(maxsize=_KEPT)
def _said_of_holder(slot: str, where: str, rank: int, kind: str, form: str, said: str) -> tuple[str, ...]:
    return (
        f"rank={rank}&{where}&k={kind}", f"rank={rank}&{where}&k={kind}&form={form}", f"said={said}&{where}&rank={rank}",
        f"slot={slot}&k={kind}&form={form}", f"slot={slot}&k={kind}",
    )  # fmt: skip
