"""The counting rules: what `ucdp`, `acled` and `airwars` make of the claims of one event. Pure functions.

The laws, which `tests/ledger/test_counting.py` holds as properties: the order of claims changes nothing; a part never
adds to its whole; a tally never adds to its events; a copy changes nothing; low ≤ best ≤ high; a revision replaces what
it revises. How words are read and whose word comes first stands in `knowledge/linking/COUNTING.md`.

From claims to an estimate:

1. Claims of one report's event are a *telling*. Parts are taken out of their wholes ("10, among them 4 civilians" is 4
   civilians and 6 others); copies of a text are dropped but for the earliest.
2. A later figure of the same house (or of the same text, changed) replaces its earlier one; words of revision ("rose to")
   replace what anybody no more credible said before.
3. The rule takes low, best and high of each side from the figures that stand.
4. The dead whom a telling leaves `unknown` are the same people whom another identifies: only what exceeds the identified
   is added. Where some call the victims of one strike fighters and others civilians, they are counted once.
5. Days of a battle told day by day add up; a telling of the whole battle stands above their sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

import msgspec

from sijill.ledger.accounts import Claim, Estimate, Grade, Rule, counting_knowledge
from sijill.ledger.parties import is_unidentified, of_one_camp
from sijill.records import GROUP_OF, CasualtySide, Outcome
from sijill.text.script import normal_form

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
IDENTIFIED: tuple[CasualtySide, ...] = ("a", "b", "civilians")
_DENIED, _PARTISAN, _FIRST = 4, 3, 1


class Span(msgspec.Struct, frozen=True):
    """low ≤ best ≤ high."""

    low: int = 0
    best: int = 0
    high: int = 0

    def plus(self, other: Span) -> Span:
        """Both added up."""
        return Span(self.low + other.low, self.best + other.best, self.high + other.high)

    def beyond(self, other: Span) -> Span:
        """What of this remains beyond another, which it may hold."""
        return Span(
            max(0, self.low - other.high), max(0, self.best - other.best), max(0, self.high - other.low)
        )


class Figure(msgspec.Struct, frozen=True):
    """What one telling says of one outcome and side, read as numbers. Of vague words `high` is the reading."""

    said: str
    record: str
    voice: str
    house: str
    tier: int
    span: Span
    vague: bool
    revises: bool

    @property
    def place(self) -> tuple[str, int, str]:
        """Where the figure stands in the course of the telling; on one day tolls rise."""
        return self.said, self.span.best, self.record


class Telling(msgspec.Struct, frozen=True):
    """What one report says of the event, or of one day of it: a figure for each outcome and side."""

    day: str
    figures: dict[tuple[Outcome, CasualtySide], Figure]


def estimates(claims: Iterable[Claim], rule: Rule) -> tuple[Estimate, ...]:
    """The estimates of an event by a rule: for each outcome that is told of, each side that is told of and `total`.

    `ucdp`: best is the latest figure of the most credible tier, low the lowest credible one, high the highest anybody
    gives; vague words reach high only. `acled`: low = best = high, the lowest of the credible figures, vague words by
    their fixed readings where there is no figure. `airwars`: minimum (also as best) and maximum of all that isn't denied.
    """
    kept = [claim for claim in claims if not claim.tally]
    days = sorted({claim.day for claim in kept if claim.day})
    if len(days) < 2:
        return _with_demographics(_of_one_run(kept, rule), kept, rule)
    whole: dict[tuple[Outcome, str], Estimate] = {}
    for estimate in _of_one_run([c for c in kept if not c.day], rule):
        whole[estimate.outcome, estimate.side] = estimate
    summed: dict[tuple[Outcome, str], Estimate] = {}
    for day in days:
        for estimate in _of_one_run([c for c in kept if c.day == day], rule):
            key = estimate.outcome, estimate.side
            summed[key] = _added(summed[key], estimate) if key in summed else estimate
    for outcome in {outcome for outcome, _ in summed} & {outcome for outcome, _ in whole}:
        _reconcile(outcome, summed, whole)
    summed.update(
        {key: value for key, value in whole.items() if key[0] not in {outcome for outcome, _ in summed}}
    )
    ordered = sorted(summed.values(), key=lambda e: (OUTCOMES.index(e.outcome), _SIDE_ORDER.index(e.side)))
    return _with_demographics(tuple(ordered), kept, rule)


_SIDE_ORDER = ("a", "b", "civilians", "unknown", "total")


def _added(left: Estimate, right: Estimate) -> Estimate:
    return msgspec.structs.replace(
        left, low=left.low + right.low, best=left.best + right.best, high=left.high + right.high,
        voices=max(left.voices, right.voices),
    )  # fmt: skip


def _reconcile(
    outcome: Outcome, summed: dict[tuple[Outcome, str], Estimate], whole: dict[tuple[Outcome, str], Estimate]
) -> None:
    """A telling of the whole battle stands for the sum of its days, unless the days already come to more: then they do,
    for the dead of single days that are told can't be undone by a smaller total. High is the higher of the two."""
    days, all_of_it = summed[outcome, "total"], whole[outcome, "total"]
    leading, other = (whole, summed) if all_of_it.best >= days.best else (summed, whole)
    top = max(days.high, all_of_it.high)
    for side in _SIDE_ORDER:
        estimate = leading.get((outcome, side))
        if estimate is None:
            summed.pop((outcome, side), None)
            continue
        rival = other.get((outcome, side))
        high = max(estimate.high, rival.high if rival else 0)
        summed[outcome, side] = msgspec.structs.replace(estimate, high=top if side == "total" else high)


def estimate(
    claims: Iterable[Claim], rule: Rule, outcome: Outcome = "killed", side: str = "total"
) -> Estimate:
    """One estimate; zeros where nobody says anything of that outcome and side."""
    for found in estimates(claims, rule):
        if found.outcome == outcome and found.side == side:
            return found
    return Estimate(rule=rule, outcome=outcome, side=side, low=0, best=0, high=0, voices=0)  # type: ignore[arg-type]


# --- from claims to figures that stand


def _of_one_run(claims: Sequence[Claim], rule: Rule) -> tuple[Estimate, ...]:
    tellings = _tellings(claims, rule)
    found: list[Estimate] = []
    one_sided = _is_one_sided(claims)
    for outcome in OUTCOMES:
        said = [telling for telling in tellings if any(key[0] == outcome for key in telling.figures)]
        if said:
            found += _of_outcome(outcome, said, rule, one_sided)
    return tuple(found)


def _is_one_sided(claims: Sequence[Claim]) -> bool:
    """Whether the event is a strike or violence with one side acting, so that its dead are of one side."""
    groups = Counter(GROUP_OF[kind] for kind in {(c.record, c.event): c.type for c in claims}.values())
    return bool(groups) and groups["battles"] * 2 < sum(groups.values())


def _tellings(claims: Sequence[Claim], rule: Rule) -> list[Telling]:
    by_event: dict[tuple[str, int], list[Claim]] = {}
    for claim in claims:
        by_event.setdefault((claim.record, claim.event), []).append(claim)
    first: dict[tuple[object, ...], tuple[tuple[str, str, int], list[Claim]]] = {}
    occurrences: Counter[tuple[object, ...]] = Counter()
    for (record, event), group in sorted(by_event.items()):
        figures = sorted(set(group), key=lambda c: c.figure)
        content = tuple((c.outcome, c.side, c.n, c.n_high, c.bound, c.part_of, c.status) for c in figures)
        profile = (figures[0].voice, figures[0].day, content)
        occurrences[(record, *profile)] += 1
        key = (*profile, occurrences[(record, *profile)])
        when = (figures[0].said or "", record, event)
        if key not in first or when < first[key][0]:
            first[key] = (when, figures)
    return [_telling(figures, rule) for _, figures in sorted(first.values(), key=lambda entry: entry[0])]


def _telling(claims: Sequence[Claim], rule: Rule) -> Telling:
    """The figures of a telling: each whole less its parts of other sides, those parts by themselves, equal sides added."""
    by_number = {claim.figure: claim for claim in claims}
    figures: dict[tuple[Outcome, CasualtySide], Figure] = {}
    taken: dict[int, int] = {}
    parts: list[tuple[Claim, Span, bool]] = []
    for claim in claims:
        whole = by_number.get(claim.part_of) if claim.part_of is not None else None
        if claim.part_of is None:
            continue
        if whole is None or whole.outcome != claim.outcome or whole.side == claim.side or claim.n is None:
            continue
        if whole.part_of is not None:
            continue
        room = claim.n if whole.n is None else max(0, (whole.n_high or whole.n) - taken.get(whole.figure, 0))
        n = min(claim.n, room)
        taken[whole.figure] = taken.get(whole.figure, 0) + n
        parts.append((claim, Span(n, n, n), False))
    for claim in claims:
        if claim.part_of is None:
            span, vague = _read(claim, rule)
            out = taken.get(claim.figure, 0)
            parts.append(
                (claim, Span(max(0, span.low - out), max(0, span.best - out), max(0, span.high - out)), vague)
            )
    for claim, span, vague in parts:
        key = claim.outcome, claim.side
        figure = Figure(
            claim.said or "",
            claim.record,
            claim.voice,
            claim.house,
            _tier(claim),
            span,
            vague,
            claim.revises and not vague,
        )
        known = figures.get(key)
        if known:
            figure = msgspec.structs.replace(
                figure, span=known.span.plus(span), vague=known.vague and vague, tier=max(known.tier, figure.tier),
                revises=known.revises or figure.revises,
            )  # fmt: skip
        figures[key] = figure
    return Telling(claims[0].day, figures)


def _read(claim: Claim, rule: Rule) -> tuple[Span, bool]:
    """(the figure as low, best, high; whether it's only a vague word)."""
    if claim.n is None:
        return Span(0, 0, reading(claim.words, rule)), True
    n = max(0, claim.n)
    if claim.bound == "at_most":
        return Span(0, n, max(n, claim.n_high or 0)), False
    return Span(n, n, max(n, claim.n_high or 0)), False


def reading(words: str, rule: Rule) -> int:
    """What a rule reads out of vague words ("dozens"); a bare plural where no class of words is found in them."""
    vague = counting_knowledge()["vague"]
    normal = f" {normal_form(words.lower())} "
    for name, forms in vague["classes"].items():
        if any(f" {normal_form(form)} " in normal for form in forms):
            return int(vague[rule][name])
    return int(vague[rule]["plural"])


def _tier(claim: Claim) -> int:
    """How far a claim's word goes: 1 and 2 by the kind of source or as people rely on it,
    3 partisan, only claimed or of a source that isn't relied on, 4 denied."""
    if claim.status == "denied":
        return _DENIED
    if claim.status == "claimed":
        return _PARTISAN
    own = _side_of(claim)
    if own and claim.side in ("a", "b", "civilians") and claim.side != own:
        return _PARTISAN
    if claim.reliability != "usual":
        return _FIRST if claim.reliability == "high" else _PARTISAN
    return int(counting_knowledge()["tiers"][claim.kind])


def _side_of(claim: Claim) -> str | None:
    """The side of the event on which the claim's own source stands."""
    if claim.actor:
        for name, side in (("a", claim.side_a), ("b", claim.side_b)):
            if any(of_one_camp(claim.actor, actor) for actor in side):
                return name
    return None


def _standing(figures: Sequence[Figure]) -> list[Figure]:
    """The figures that nobody has replaced."""
    return [
        figure
        for figure in figures
        if not any(_replaces(later, figure) for later in figures if later is not figure)
    ]


def _replaces(later: Figure, figure: Figure) -> bool:
    if later.place <= figure.place or (later.vague and not figure.vague):
        return False
    if later.house == figure.house or later.voice == figure.voice:
        return True
    return later.revises and later.tier <= figure.tier


# --- from figures to estimates


def _of_outcome(outcome: Outcome, tellings: Sequence[Telling], rule: Rule, one_sided: bool) -> list[Estimate]:
    spans: dict[CasualtySide, Span] = {}
    voices: dict[CasualtySide, int] = {}
    standing: dict[CasualtySide, list[Figure]] = {}
    for side in IDENTIFIED:
        figures = [t.figures[outcome, side] for t in tellings if (outcome, side) in t.figures]
        if figures:
            standing[side] = _standing(figures)
            spans[side] = _by_rule(standing[side], rule)
            voices[side] = len({figure.house for figure in standing[side]})
    rival = _rival(outcome, tellings, standing) if one_sided else None
    contested = Span()
    if rival:
        contested = spans[rival]
        spans[rival] = Span(0, 0, contested.high)
    identified = Span()
    for side, span in spans.items():
        if side != rival:
            identified = identified.plus(span)
    totals = _standing([_whole(outcome, t) for t in tellings if (outcome, "unknown") in t.figures])
    if totals:
        spans["unknown"] = _by_rule(totals, rule).beyond(identified)
        voices["unknown"] = len({figure.house for figure in totals})
    everything = identified.plus(spans.get("unknown", Span()))
    if rule != "acled":
        everything = Span(everything.low, everything.best, max(everything.high, contested.high))
    elif rival:
        spans[rival] = Span()
    houses = {f.house for figures in (*standing.values(), totals) for f in figures}
    found = [
        Estimate(
            rule=rule, outcome=outcome, side=side, low=s.low, best=s.best, high=s.high, voices=voices[side]
        )
        for side, s in spans.items()
    ]
    total = Estimate(
        rule=rule, outcome=outcome, side="total", low=everything.low, best=everything.best, high=everything.high,
        voices=len(houses),
    )  # fmt: skip
    return [*found, total]


def _whole(outcome: Outcome, telling: Telling) -> Figure:
    """The unknown dead of a telling together with those that it identifies: what it says of the total."""
    unknown = telling.figures[outcome, "unknown"]
    span = unknown.span
    for side in IDENTIFIED:
        if (outcome, side) in telling.figures:
            span = span.plus(telling.figures[outcome, side].span)
    return msgspec.structs.replace(unknown, span=span)


def _rival(
    outcome: Outcome, tellings: Sequence[Telling], standing: dict[CasualtySide, list[Figure]]
) -> CasualtySide | None:
    """The side that loses where some call the dead of one strike fighters (`b`) and others civilians, and nobody counts
    both: the one with the less credible, then the fewer voices; the fighters where that leaves it open."""
    if "b" not in standing or "civilians" not in standing:
        return None
    if any((outcome, "b") in t.figures and (outcome, "civilians") in t.figures for t in tellings):
        return None

    def weight(side: CasualtySide) -> tuple[int, int]:
        figures = standing[side]
        return min(f.tier for f in figures), -len({f.house for f in figures})

    return "civilians" if weight("b") < weight("civilians") else "b"


def _by_rule(figures: Sequence[Figure], rule: Rule) -> Span:
    return {"ucdp": _ucdp, "acled": _acled, "airwars": _airwars}[rule](figures)


def _credible(figures: Sequence[Figure]) -> list[Figure]:
    """The figures given as numbers by the best word there is: tiers 1 and 2, else what is partisan or claimed."""
    numbers = [f for f in figures if not f.vague and f.tier < _DENIED]
    return [f for f in numbers if f.tier < _PARTISAN] or numbers


def _ucdp(figures: Sequence[Figure]) -> Span:
    high = max(f.span.high for f in figures)
    credible = _credible(figures)
    if not credible:
        return Span(0, 0, high)
    top = min(f.tier for f in credible)
    latest = max(f.said for f in credible if f.tier == top)
    agreed = Counter(f.span.best for f in credible if f.tier == top and f.said == latest)
    best = min(agreed, key=lambda n: (-agreed[n], n))
    return Span(min(f.span.low for f in credible), best, high)


def _acled(figures: Sequence[Figure]) -> Span:
    credible = _credible(figures)
    if credible:
        n = min(f.span.best for f in credible)
    else:
        n = min((f.span.high for f in figures if f.vague and f.tier < _DENIED), default=0)
    return Span(n, n, n)


def _airwars(figures: Sequence[Figure]) -> Span:
    numbers = [f for f in figures if not f.vague and f.tier < _DENIED]
    if numbers:
        low = min(f.span.low for f in numbers)
        return Span(low, low, max(f.span.high for f in numbers))
    high = max(f.span.high for f in figures)
    low = min((f.span.high for f in figures if f.tier < _DENIED), default=0)
    return Span(low, low, high)


# --- airwars: who among the dead, and how sure


def _with_demographics(
    found: tuple[Estimate, ...], claims: Sequence[Claim], rule: Rule
) -> tuple[Estimate, ...]:
    if rule != "airwars":
        return found
    return tuple(
        msgspec.structs.replace(
            e, **{who: _most(claims, e.outcome, who) for who in ("children", "women", "men")}
        )
        if e.side == "civilians"
        else e
        for e in found
    )


def _most(claims: Sequence[Claim], outcome: Outcome, who: str) -> int | None:
    """The most that one telling counts of children, women or men, by the words of its figures."""
    forms = {normal_form(form) for form in counting_knowledge()["demographics"][who]}
    sums: dict[tuple[str, int], int] = {}
    for claim in claims:
        if claim.outcome == outcome and claim.n is not None and claim.status != "denied":
            words = set(normal_form(claim.words.lower()).split())
            if words & forms:
                key = claim.record, claim.event
                sums[key] = sums.get(key, 0) + claim.n
    return max(sums.values(), default=None)


def grade(claims: Iterable[Claim]) -> Grade:
    """How well civilian harm is established, in Airwars' terms, from who claims and who concedes.

    Confirmed: the acting side, its parent or an ally of it says so. Discounted: nobody who stands counts civilians among
    the dead or injured. Contested: houses name acting sides that aren't of one camp, or the acting side denies. Fair: two
    independent houses or more. Weak: one.
    """
    told = [c for c in claims if not c.tally and c.outcome in ("killed", "wounded")]
    harm = [c for c in told if c.side == "civilians" and c.status != "denied" and c.n != 0]
    if not harm:
        return "Discounted" if told else "Weak"
    if any(_side_of(c) == "a" for c in harm):
        return "Confirmed"
    accused = {c.side_a[0] for c in harm if c.side_a and not is_unidentified(c.side_a[0])}
    if any(not of_one_camp(x, y) for x in accused for y in accused):
        return "Contested"
    if any(c.status == "denied" and _side_of(c) == "a" for c in told):
        return "Contested"
    return "Fair" if len({c.house for c in _without_copies(harm)}) > 1 else "Weak"


def _without_copies(claims: Sequence[Claim]) -> list[Claim]:
    first: dict[str, str] = {}
    for claim in sorted(claims, key=lambda c: (c.said or "", c.record)):
        first.setdefault(claim.voice, claim.record)
    return [claim for claim in claims if first[claim.voice] == claim.record]
