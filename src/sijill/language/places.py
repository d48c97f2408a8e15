"""Places in a text: which words name one, which place of that name is meant, and how exactly (UCDP `where_prec`).

One pass over the words finds every name that the gazetteer holds, the longest first. The words around a name (data:
`knowledge/places/cues.tsv`) say whether it is a place at all, of what kind, and whether the place itself or only its
neighbourhood is meant. Which of several namesakes it is, the rest of the text decides: the country of the report (given,
or voted for by the other names), the places and units named nearby, and size.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from sijill.language.mentions import PlaceMention
from sijill.language.place_context import OPENERS, Span
from sijill.language.place_cues import name_starts
from sijill.language.place_unlisted import UnlistedNames
from sijill.language.tagging import Tagged
from sijill.text.words import Words, is_arabic

_TOWNS = frozenset(("مدينه", "city"))
"""Nouns of towns: what they point to is the town that the report is about, however others are introduced."""
_FAR_BACK = 12
"""How many mentions back a place may have been named for a noun to point to it by the noun alone."""

__all__ = ["PlaceMention", "find_places", "read_places"]


def find_places(text: str, country: str | None = None) -> list[PlaceMention]:
    """The places named in a text, in order. `country` is the ISO alpha-2 code of the country that it reports from."""
    return _Reader(Words(text), country, frozenset()).read()


def read_places(tagged: Tagged, country: str | None, taken: Collection[int]) -> list[PlaceMention]:
    """The places named in a tagged text outside the `taken` tokens (names of persons and actors, dates)."""
    return _Reader(tagged.words, country, frozenset(taken)).read()


class _Reader(UnlistedNames):
    """The reading of one text."""

    def read(self) -> list[PlaceMention]:
        spans = self._spans()
        self._vote(spans)
        settings = [self._setting(span.at, span.stop, span.proclitics) for span in spans]
        self._carry(spans, settings)
        chosen = self._choose(spans, settings)
        order = sorted(chosen)
        mentions = [self._mention(spans[k], settings[k], *chosen[k]) for k in order]
        self.note(mentions)
        mentions = [self._in_its_town(m, spans[k], settings[k]) for m, k in zip(mentions, order, strict=True)]
        held = {i for mention in mentions for i in range(mention.first, mention.stop)}
        self.note(mentions)
        mentions += self._unlisted(held)
        mentions += self._by_ear(held)
        mentions += self._romanised(held)
        mentions.sort(key=lambda mention: mention.first)
        mentions += (*self._named_before(mentions), *self._two_named_before(mentions))
        mentions.sort(key=lambda mention: mention.first)
        return mentions

    def _named_before(self, mentions: list[PlaceMention]) -> list[PlaceMention]:
        """ "The town", "المدينة", "المخيم" for the last place of that kind that was named."""
        found: list[PlaceMention] = []
        held = {i for mention in mentions for i in range(mention.first, mention.stop)}
        nouns = [(at, word.back) for at, word in self.said if word.back]
        nouns += [(at, noun) for at, noun in self._english_nouns() if noun in self.cues.back]
        for at, noun in sorted(nouns):
            token = self.content[at]
            if (
                token in held
                or token in self.taken
                or (at + 1 < len(self.forms) and self.content[at + 1] in held)
            ):
                continue
            if self.cues.back[noun] == ("capital",):
                capital = self.known.capital(self.report_country) if self.report_country else None
                if capital is not None:
                    span = Span(at, at + 1, noun, "", (capital,))
                    found.append(
                        self._mention(span, self._setting(at, at + 1, ""), capital, 2.0)._replace(
                            rule="places.capital"
                        )
                    )
                continue
            kinds = self.cues.back[noun]
            named = [
                m
                for m in mentions
                if m.first < token and (m.kind in kinds or "any" in kinds) and m.rule != "places.affiliation"
            ]
            if not named:
                continue
            last = self._pointed_at(named, noun)
            if last is None:
                continue
            setting = self._setting(at, at + 1, "")
            start, end = self.words.span(token, token + 1)
            precision = (
                2
                if (setting.around or setting.direction) and last.precision < 2
                else min(last.precision, 2)
                if last.kind == "settlement"
                else last.precision
            )
            if last.rule == "places.near" and not (setting.around or setting.direction):
                precision = 1
            found.append(
                last._replace(
                    first=token,
                    stop=token + 1,
                    start=start,
                    end=end,
                    precision=precision,
                    rule="places.named_before",
                )
            )
        return found

    def _pointed_at(self, named: list[PlaceMention], noun: str) -> PlaceMention | None:
        """Which of the places `named` before a noun points back to: the last that was introduced by the same noun, else
        the last that was introduced by any, else the last. A noun of places of any kind ("المعسكر") points to none but
        the first of these."""
        stem = noun.removeprefix("ال").removeprefix("the ")
        headed = next((m for m in reversed(named[-_FAR_BACK:]) if self._introduced_as(m) == stem), None)
        if "any" in self.cues.back[noun] or (headed is not None and stem not in _TOWNS):
            return headed
        introduced = {m.place_id for m in named if m.rule in ("places.settlement", "places.near")}
        told = [m for m in named[-5:] if m.place_id in introduced]
        return told[-1] if told else named[-1]

    def _introduced_as(self, mention: PlaceMention) -> str:
        """The noun for its kind that a place is named with, as its first word or the word before it; "" without one."""
        forms = self.words.forms
        for at in (mention.first, mention.first - 1, mention.first - 2):
            if at < 0 or (at == mention.first and mention.stop - mention.first == 1):
                continue
            for stem, _ in name_starts(forms[at]) if is_arabic(forms[at]) else ((forms[at], ""),):
                if stem in self.cues.words and self.cues.words[stem].category == "head":
                    return stem
            if forms[at] in ("town", "city", "village", "district", "camp", "base"):
                return forms[at]
            if at < mention.first and forms[at] not in OPENERS and forms[at] != "of":
                break
        after = forms[mention.stop] if mention.stop < len(forms) else ""
        return after if after in ("town", "city", "village", "district", "camp") else ""

    def _english_nouns(self) -> Iterator[tuple[int, str]]:
        """The words after "the", with it."""
        if "the" not in self.forms:
            return
        for at, (article, form) in enumerate(pairwise(self.forms), 1):
            of = at + 1 < len(self.forms) and self.forms[at + 1] == "of"  # "the town of X" names it
            if article == "the" and not of and not is_arabic(self.forms[at]):
                yield at, f"the {form}"

    def _two_named_before(self, mentions: list[PlaceMention]) -> list[PlaceMention]:
        """ "القريتين" for the last two places of that kind that were named one after the other."""
        found: list[PlaceMention] = []
        for at, kinds in [(at, word.pair) for at, word in self.said if word.pair]:
            token = self.content[at]
            if token in self.taken:
                continue
            named = [m for m in mentions if m.first < token and m.kind in kinds and m.rule != "places.near"]
            if len(named) < 2 or named[-1].first - named[-2].stop > 2:
                continue
            start, end = self.words.span(token, token + 1)
            found += [
                m._replace(first=token, stop=token + 1, start=start, end=end, rule="places.named_before")
                for m in named[-2:]
            ]
        return found
