"""The ground of coding: one report's analysis with everything that rules propose for it, before anything is decided."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeVar

from sijill.coding.casualties import Figure, read_figures
from sijill.coding.said import Said
from sijill.coding.triggers import Trigger, read_triggers
from sijill.language.analysis import Analysis
from sijill.language.mentions import ActorMention
from sijill.language.place_cues import arabic_cue
from sijill.language.places import PlaceMention
from sijill.language.times import TimeMention
from sijill.rules.knowledge import function_words
from sijill.text.words import noun_readings


@lru_cache(maxsize=20_000)
def _content(form: str) -> str:
    """The stem by which a word is known again, "" for a short one or none."""
    if len(form) < 4 or not form[0].isalpha():
        return ""
    stem = min((r[0] for r in noun_readings(form)), key=lambda s: (len(s) < 3, len(s)))
    return stem if len(stem) > 2 else ""


_QUOTES = frozenset("\"'(«“[")
_MATTERS, _PRESS = function_words("review.matters"), function_words("review.press")
_LEADS_ITEM = frozenset((":", "-", "–", "—", "|"))
_NOWHERE: frozenset[object] = frozenset()
_JOINS = function_words("place.join")
_PRAYER = function_words("time.prayer")
_STRETCH = function_words("place.stretch")
_SINCE = function_words("tally.since")
_SINCE_REACH = 6
"""How many words may stand between "since" and its day ("منذ بدء العملية العسكرية في 10 أيلول")."""

Item = TypeVar("Item")


class Group(NamedTuple):
    """Mentions of parties that are joined ("قوات النظام والمليشيات الإيرانية"); `before` is the word they hang on."""

    first: int
    stop: int
    actors: tuple[ActorMention, ...]
    before: str
    sentence: int

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(i for a in self.actors for i in a.ids))


_FEW = 2
"""Sentences of a text that is no whole report."""


class Ground:
    """Candidates of one report: triggers, figures, groups, places and times, and the cues around them. As in the analysis,
    what no candidate needs is not looked for."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.forms = analysis.words.forms
        self.quiet = Counter(t.sense.value for t in analysis.tagged.of("quiet"))
        self._cues_in: dict[tuple[int, int], tuple[str, ...]] = {}
        self._cued_by: dict[tuple[str, ...], list[int]] = {}
        self._hangs_on: dict[int, str] = {}
        self._content: dict[int, frozenset[str]] = {}
        self.told_as_one: dict[tuple[object, object], float] = {}
        """How likely two triggers with what was decided for each tell one event, once it was asked."""
        self.said_in: dict[int, Said] = {}
        """What the words of each sentence say, once it was put into words."""
        self.said: dict[tuple[object, ...], Said] = {}
        """What each trigger, figure, party, place and time says by itself, once it was put into words: by what is asked, and the
        tokens or other marks of what it is asked of."""

    @property
    def is_whole(self) -> bool:
        """Whether this is a whole report, not a sentence or two, which have nothing around them that could make sure."""
        return len(self.analysis.sentences) > _FEW

    @cached_property
    def triggers(self) -> list[Trigger]:
        """The triggers, in order."""
        return read_triggers(self.analysis)

    @cached_property
    def _trigger_tokens(self) -> list[int]:
        return [t.first for t in self.triggers]

    @cached_property
    def figures(self) -> list[Figure]:
        """The figures of people, in order."""
        return read_figures(self.analysis)

    @cached_property
    def places(self) -> list[PlaceMention]:
        """The places, in order."""
        return self.analysis.places

    @cached_property
    def place_tokens(self) -> list[int]:
        """The tokens that the places begin at."""
        return [p.first for p in self.places]

    @cached_property
    def times(self) -> list[TimeMention]:
        """The times that lie in the calendar, in order."""
        return [t for t in self.analysis.times if t.kind != "clock" and not self._other_day_said(t)]

    @cached_property
    def time_tokens(self) -> list[int]:
        """The tokens that the times begin at."""
        return [t.first_token for t in self.times]

    def counts_from(self, time: TimeMention) -> bool:
        """Whether something runs from a time on: "since 22 May", "منذ اندلاع النزاع في مارس 2011"."""
        if time.kind not in ("point", "period"):
            return time.kind == "since"
        before = self.forms[max(0, time.first_token - _SINCE_REACH) : time.first_token]
        return any(form in _SINCE for form in before)

    def says_since(self, sentence: int) -> bool:
        """Whether a sentence says from when something runs, in the calendar or not ("منذ بدء الحرب")."""
        first, stop, _, _ = self.analysis.sentences[sentence]
        return any(form in _SINCE for form in self.forms[first:stop])

    @cached_property
    def place_sentences(self) -> list[int]:
        """The sentences that the places stand in."""
        return [self.analysis.sentence_of(i) for i in self.place_tokens]

    @cached_property
    def time_sentences(self) -> list[int]:
        """The sentences that the times stand in."""
        return [self.analysis.sentence_of(i) for i in self.time_tokens]

    def times_in(self, sentence: int) -> list[tuple[TimeMention, str]]:
        """The times of a sentence, each with its kind: "since" where a count runs from it."""
        return self._times_in.get(sentence, [])

    @cached_property
    def _times_in(self) -> dict[int, list[tuple[TimeMention, str]]]:
        found: dict[int, list[tuple[TimeMention, str]]] = {}
        for time, sentence in zip(self.times, self.time_sentences, strict=True):
            kind = "since" if self.counts_from(time) else time.kind
            found.setdefault(sentence, []).append((time, kind))
        return found

    @cached_property
    def groups(self) -> list[Group]:
        """The parties, those that are joined as one, in order."""
        return self.joined(self.analysis.actors)

    @cached_property
    def group_tokens(self) -> list[int]:
        """The tokens that the parties begin at."""
        return [g.first for g in self.groups]

    @cached_property
    def figures_of(self) -> dict[int, list[Figure]]:
        """The figures of each sentence that has any."""
        found: dict[int, list[Figure]] = {}
        for figure in self.figures:
            found.setdefault(figure.sentence, []).append(figure)
        return found

    @cached_property
    def counted(self) -> dict[int, str]:
        """The tokens inside figures, with what became of the people whom the first figure there counts."""
        found: dict[int, str] = {}
        for figure in self.figures:
            for i in range(figure.quantity.first, figure.quantity.stop):
                found.setdefault(i, figure.outcome)
        return found

    @cached_property
    def speaking(self) -> set[int]:
        """The tokens inside speakers."""
        return {i for s in self.analysis.speakers for i in range(s.first, s.stop)}

    @cached_property
    def names(self) -> set[int]:
        """The tokens inside names of persons."""
        return {i for p in self.analysis.people for i in range(p.first, p.stop)}

    @cached_property
    def told_before(self) -> dict[int, int]:
        """How many triggers of its group stand before each trigger, by its first token."""
        seen: Counter[str] = Counter()
        found: dict[int, int] = {}
        for trigger in self.triggers:
            found[trigger.first] = seen[trigger.kind.group]
            seen[trigger.kind.group] += 1
        return found

    @cached_property
    def quoted(self) -> set[int]:
        """Tokens inside quotations of six words or more."""
        return self._quoted()

    @cached_property
    def cues(self) -> dict[int, list[str]]:
        """The cues (category:value) that begin at each token."""
        found: dict[int, list[str]] = {}
        for head in ("cue", "quiet", "aircraft", "means"):
            for tag in self.analysis.tagged.under(head):
                found.setdefault(tag.first, []).append(f"{tag.sense.category}:{tag.sense.value}")
        return found

    @cached_property
    def _cue_categories(self) -> list[set[str]]:
        """The categories of the cues at each token that has any, in order of place."""
        return [{cue.partition(":")[0] for cue in self.cues[i]} for i in self._cue_tokens]

    @cached_property
    def _cue_tokens(self) -> list[int]:
        return sorted(self.cues)

    @cached_property
    def named(self) -> set[int]:
        """The tokens inside names of parties, dates and whatever else was recognised before the triggers."""
        return {i for a in self.analysis.actors for i in range(a.first, a.stop)} | self.analysis.taken

    def content(self, sentence: int) -> frozenset[str]:
        """The content words of a sentence without their clitics; names, dates and numerals are left out."""
        found = self._content.get(sentence)
        if found is None:
            first, stop, _, _ = self.analysis.sentences[sentence]
            words = {_content(self.forms[i]) for i in range(first, stop) if i not in self.named}
            found = self._content[sentence] = frozenset(words - {""})
        return found

    def places_named(self, sentence: int) -> frozenset[object]:
        """The places of a sentence, by their id in the gazetteer, else their name."""
        return self._places_named.get(sentence, _NOWHERE)

    @cached_property
    def _places_named(self) -> dict[int, frozenset[object]]:
        found: dict[int, set[object]] = {}
        for place, sentence in zip(self.places, self.place_sentences, strict=True):
            found.setdefault(sentence, set()).add(place.geonameid or place.name)
        return {sentence: frozenset(named) for sentence, named in found.items()}

    @cached_property
    def places_again(self) -> Counter[object]:
        """How often each place is named."""
        return Counter(p.geonameid or p.name for p in self.places)

    @cached_property
    def nesting(self) -> dict[int, tuple[str, bool]]:
        """Of each place, by its first token: whether a coarser one follows it closely ("held": a village in a province) or
        a finer one stands closely before it ("holds"), and whether its sentence names none finer."""
        finest: dict[int, int] = {}
        for place, sentence in zip(self.places, self.place_sentences, strict=True):
            finest[sentence] = min(finest.get(sentence, 9), place.precision)
        found: dict[int, tuple[str, bool]] = {}
        for k, (place, sentence) in enumerate(zip(self.places, self.place_sentences, strict=True)):
            before = self.places[k - 1] if k else None
            after = self.places[k + 1] if k + 1 < len(self.places) else None
            held = (
                after is not None
                and 0 <= after.first - place.stop <= 3
                and after.precision >= place.precision
            )
            holds = (
                before is not None
                and 0 <= place.first - before.stop <= 3
                and before.precision <= place.precision
            )
            nests = "both" if held and holds else "held" if held else "holds" if holds else "alone"
            found[place.first] = nests, place.precision <= finest[sentence]
        return found

    @cached_property
    def dateline(self) -> int:
        """The first token of the place that the report is sent from ("بيروت - وكالات", "BAGHDAD, Sept 8 -"): one at the head of
        a line among the first, with a dash or colon close after it; -1 without one."""
        for place in self.places[:6]:
            sentence = self.analysis.sentences[self.analysis.sentence_of(place.first)]
            if sentence.paragraph > 4:
                break
            after = self.forms[place.stop : place.stop + 8]
            if place.first - sentence.first <= 1 and any(
                mark in ("-", "–", "—", ":", "/", "(") for mark in after
            ):
                return place.first
        return -1

    @cached_property
    def itemised(self) -> bool:
        """Whether the report is a bulletin of items, most of its lines led by a mark ("▪", "🔻"), a number or hour, or a
        heading ("Aleppo:", "محافظة درعا –"), or a review of what newspapers have, a matter a line."""
        sentences = self.analysis.sentences
        lines = [k for k, s in enumerate(sentences) if k and s.paragraph != sentences[k - 1].paragraph]
        if len(lines) > 2 and self.reviews_press:
            return True
        led = [k for k in lines if self._is_item(k)]
        return len(lines) > 2 and 2 * len(led) > len(lines)

    @property
    def reviews_press(self) -> bool:
        """Whether the first line says that the newspapers' matters follow: "اهتمامات الصحف اللبنانية", "Newspaper highlights"."""
        first, stop, _, _ = self.analysis.sentences[0]
        head = self.forms[first:stop]
        return not (_MATTERS.isdisjoint(head) or _PRESS.isdisjoint(head))

    def _is_item(self, sentence: int) -> bool:
        first, stop, _, _ = self.analysis.sentences[sentence]
        opens = self.forms[first]
        if (not opens[0].isalpha() and opens not in _QUOTES) or self.forms[first - 1] == "•":
            return True
        return any(form in _LEADS_ITEM for form in self.forms[first + 1 : min(first + 6, stop - 2)])

    @cached_property
    def heading_day(self) -> TimeMention | None:
        """The day that stands over the items of a bulletin: one in a line among its first that tells nothing itself."""
        for time in self.times:
            k = self.analysis.sentence_of(time.first_token)
            sentence = self.analysis.sentences[k]
            if k > 2:
                break
            if (
                time.kind == "point"
                and time.precision == 1
                and not self.triggers_between(sentence.first, sentence.stop)
            ):
                return time
        return None

    @cached_property
    def dead(self) -> list[frozenset[int]]:
        """The numbers of dead and wounded that each sentence gives, from two up."""
        found: list[set[int]] = [set() for _ in self.analysis.sentences]
        for figure in self.figures:
            if figure.outcome in ("killed", "wounded") and (figure.quantity.n or 0) > 1:
                found[figure.sentence].add(figure.quantity.n or 0)
        return [frozenset(numbers) for numbers in found]

    @cached_property
    def lists(self) -> dict[int, tuple[PlaceMention, ...]]:
        """Places named together as several of one kind ("قريتي محمبل وجوزف", "in Saraqib, Binnish and Taftanaz"), each
        by its first token. Those that "between" or "from … to" joins are one stretch and no list."""
        found: dict[int, tuple[PlaceMention, ...]] = {}
        run: list[PlaceMention] = []
        last: PlaceMention | None = None
        for place in (*self.places, None):
            if run and last is not None and place is not None and self._holds(last, place):
                last = place  # "مخيم الفوار بالخليل وبلدة بيتا": where the one before lies is no member of the list
                continue
            if run and last is not None and place is not None and self._listed(run[-1], last, place):
                run.append(place)
            else:
                if len(run) > 1 and self._before(run[0].first) not in _STRETCH:
                    found.update(dict.fromkeys((p.first for p in run), tuple(run)))
                run = [place] if place is not None else []
            last = place
        return found

    def _holds(self, place: PlaceMention, holder: PlaceMention) -> bool:
        """Whether a place is only said to lie in or near the next one."""
        if holder.first - place.stop > 3:
            return False
        return holder.rule in ("places.near", "places.part", "places.countryside") or (
            holder.first - place.stop <= 1 and self._before(holder.first) in ("ب", "في", "in")
        )

    def _listed(self, member: PlaceMention, last: PlaceMention, place: PlaceMention) -> bool:
        """Whether و, "and" or a comma alone, or with a word for the kind of place, joins a place of the same level."""
        if place.first - last.stop > 3:
            return False
        # The precision of a name that only lies within a known place is that place's; "the areas of Karish and Al Anad"
        # may be small regions and villages.
        either = any(p.rule == "places.within" or p.kind == "region" for p in (member, place))
        # Among towns named barely a governorate stands for its capital ("في البصرة وذي قار والحلة"), but not for its own town.
        either = either or (
            member.rule == place.rule == "places.name"
            and {member.kind, place.kind} == {"settlement", "governorate"}
            and "" != member.adm1 != place.adm1 != ""
        )
        if (member.precision <= 2) != (place.precision <= 2) and not either:
            return False
        between = self.forms[last.stop : place.first]
        if not between:
            return self.analysis.words.between(place.first, place.stop).startswith("و")
        if len(between) > 1 and between[0].startswith("ال"):
            between = between[1:]  # "محطة زيزون الحرارية وقرية الزيادية"
        cues = [arabic_cue(w) for w in between]
        if any(
            w not in _JOINS and (c is None or c.category != "head")
            for w, c in zip(between, cues, strict=True)
        ):
            return False
        return between[0] in ("،", ",", "و", "and") or between[0].startswith("و")

    def _other_day_said(self, time: TimeMention) -> bool:
        """Whether a weekday only names a prayer, in a sentence that says the day ("خلال صلاة الجمعة في 26 يونيو")."""
        if not time.first_token or self.forms[time.first_token - 1] not in _PRAYER:
            return False
        sentence = self.analysis.sentence_of(time.first_token)
        return any(
            t is not time
            and t.precision == 1
            and t.kind == "point"
            and self.analysis.sentence_of(t.first_token) == sentence
            for t in self.analysis.times
        )

    def joined(self, actors: list[ActorMention]) -> list[Group]:
        """Mentions of parties, in order, those that are joined as one."""
        groups: list[Group] = []
        for actor in actors:
            sentence = self.analysis.sentence_of(actor.first)
            joined = False
            if groups and groups[-1].sentence == sentence:
                gap = [f for f in self.forms[groups[-1].stop : actor.first] if f != '"']
                first_word = self.forms[actor.first]
                joined = (not gap and first_word.startswith("و")) or gap in (
                    ["و"],
                    ["and"],
                    ["،"],
                    [","],
                    ["،", "و"],
                    [",", "and"],
                    ["and", "allied"],
                    ["and", "its", "allied"],
                )
            if joined:
                last = groups[-1]
                groups[-1] = last._replace(stop=actor.stop, actors=(*last.actors, actor))
            else:
                groups.append(Group(actor.first, actor.stop, (actor,), self._before(actor.first), sentence))
        return groups

    def _before(self, i: int) -> str:
        """The preposition or cue that the words at token i hang on: a word before, or a proclitic of their own."""
        found = self._hangs_on.get(i)
        if found is None:
            found = self._hangs_on[i] = self._find_before(i)
        return found

    def _find_before(self, i: int) -> str:
        for tag in self.analysis.tagged.at(i):
            if tag.proclitics and tag.proclitics.lstrip("وف"):
                return tag.proclitics.lstrip("وف")
        for k in (i - 1, i - 2):
            if k >= 0 and self.forms[k] not in ('"', "(", "'", "the", "a", "an"):
                two = " ".join(self.forms[max(0, k - 1) : k + 1])
                return (
                    two
                    if two in ("من قبل", "علي يد", "علي ايدي", "من جانب", "في صفوف", "على يد")
                    else self.forms[k]
                )
        return ""

    def _quoted(self) -> set[int]:
        inside: set[int] = set()
        if '"' not in self.forms:
            return inside
        opened: int | None = None
        for i, form in enumerate(self.forms):
            if form == "\n":
                opened = None
            elif form == '"':
                if opened is None:
                    opened = i
                else:
                    if i - opened > 6:
                        inside.update(range(opened, i))
                    opened = None
        return inside

    def cue_between(self, first: int, stop: int, *prefixes: str) -> bool:
        """Whether a cue of any of the categories begins in tokens first to stop."""
        if prefixes not in self._cued_by:
            self._cued_by[prefixes] = [
                i for i in self._cue_tokens if any(cue.startswith(prefixes) for cue in self.cues[i])
            ]
        return count_between(self._cued_by[prefixes], first, stop) > 0

    def cues_in(self, first: int, stop: int) -> tuple[str, ...]:
        """The categories of the cues that begin in tokens first to stop, in order of name. Decisions ask for the same
        cues over and over, so that each answer is kept."""
        tokens = self._cue_tokens
        at, after = bisect_left(tokens, first), bisect_left(tokens, stop)
        if at >= after:
            return ()
        found = self._cues_in.get((at, after))
        if found is None:
            said = set[str]().union(*self._cue_categories[at:after])
            found = self._cues_in[at, after] = tuple(sorted(said))
        return found

    def cued(self, first: int, stop: int) -> list[int]:
        """The tokens first to stop that a cue begins at."""
        return _between(self._cue_tokens, self._cue_tokens, first, stop)

    def triggers_between(self, first: int, stop: int) -> list[Trigger]:
        """The triggers that begin in tokens first to stop."""
        return _between(self.triggers, self._trigger_tokens, first, stop)

    def groups_between(self, first: int, stop: int) -> list[Group]:
        """The parties that begin in tokens first to stop."""
        return _between(self.groups, self.group_tokens, first, stop)


def count_between(tokens: list[int], first: int, stop: int) -> int:
    """How many of the tokens, in order, lie in first to stop."""
    return max(0, bisect_left(tokens, stop) - bisect_left(tokens, first))


def _between(items: list[Item], tokens: list[int], first: int, stop: int) -> list[Item]:
    """Of items in order of place, those whose token lies in first to stop."""
    return items[bisect_left(tokens, first) : bisect_left(tokens, stop)]
