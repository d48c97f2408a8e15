"""Named individuals: a title, a role or a word of fate before two or more words that are no other mention.

A name is not in a lexicon: it is what stands where a name must stand. It begins after a title ("العقيد", "الشاب",
"المدعو", "Colonel") or after a word of fate that takes a person ("مقتل"), and runs while words look like parts of a
name: given names, the article's nisbas, كنية words (أبو, أم, بن, آل, عبد), no word that the lexicons know.
"""

from __future__ import annotations

from collections.abc import Iterator

from sijill.language.mentions import PersonMention
from sijill.language.place_cues import arabic_cue, demonym_country
from sijill.language.tagging import Tagged
from sijill.rules.knowledge import function_words
from sijill.rules.lexicon import Tag
from sijill.text.words import is_arabic

_PARTICLES = function_words("name.particle")
_KUNYA = function_words("name.kunya")
_JOINED = tuple(sorted(function_words("name.joined")))
"""What a longer word begins with that is "and", "for the" or "in the" rather than a part of a name."""
_FATHER = function_words("name.father")
_STOP_WORDS = function_words("name.stop")
_OF_GOD = function_words("name.of_god")
_BEFORE = function_words("name.before")
_ALIAS = function_words("name.alias")
_LONE_BEFORE = function_words("name.lone_before")
_LETTERS = frozenset("\"'()«»")
_QUOTE = '"'
_JOINS = frozenset(("،", ",", "و", "and"))


def read_people(tagged: Tagged, taken: frozenset[int] | set[int] = frozenset()) -> list[PersonMention]:
    """Every named individual, in order. Tokens in `taken` (times, numbers) end a name.

    After a title one unknown word may begin a name; without one only a given name does, and two words must follow on
    each other ("محمد مهدي فريدوني"; not "مخيم خالد").
    """
    found: list[PersonMention] = []
    after = 0
    for tag in tagged.of("title", "name"):
        if tag.first < after or tag.first in taken or tag.enclitic:
            continue
        if tag.sense.category == "title":
            mention = _after_title(tagged, tag.first, tag.stop, tag.sense.rule, taken)
        else:
            mention = _from_given_name(tagged, tag.first, tag.sense.rule, taken)
        if mention:
            found.append(mention)
            after = mention.stop
    return found


def _from_given_name(
    tagged: Tagged, first: int, rule: str, taken: frozenset[int] | set[int]
) -> PersonMention | None:
    forms = tagged.words.forms
    if forms[first].startswith("ال") and tagged.language == "ar":
        return None  # "الشفاء", "البيان": with the article a word that is a given name too is itself
    lead = _lead(tagged, first)
    if lead and not sounds_like_name(tagged, first + 1):
        return None  # "وعلى الجبهة", "باسم الدين"
    before = tagged.at(first - 1) if first else []
    if any(t.sense.category in ("place.cue", "force", "force.group", "name.not") for t in before):
        return None
    if any(
        t.stop - t.first > 1 and t.sense.category.startswith("actor.") for t in (*tagged.at(first), *before)
    ):
        return None
    while (
        first and forms[first - 1] in _PARTICLES and forms[first - 1] not in ("ال", "al", "el", "de", "van")
    ):
        first -= 1
    if first and forms[first - 1][1:] in _KUNYA and forms[first - 1].startswith("و"):
        first -= 1  # "وأبو شهاب الجرموزي"
    end = name_end(tagged, first, taken)
    if sum(forms[k] not in _PARTICLES for k in range(first, end)) < 2:
        return None
    return PersonMention(first, end, _name(tagged, first, end), None, rule, first)


def _lead(tagged: Tagged, first: int) -> str:
    """What stands before a given name in its own word ("وحسام"), "" where the word is a given name as it is ("وليد")."""
    proclitics = [t.proclitics for t in tagged.at(first) if t.sense.category == "name"]
    return min(proclitics, key=len, default="")


def _name(tagged: Tagged, first: int, end: int) -> str:
    """The text of a name, without the "and" or preposition that its first word is written with."""
    start, last = tagged.words.span(first, end)
    lead = _lead(tagged, first)
    if not lead and tagged.words.forms[first].removeprefix("و") in _KUNYA - {tagged.words.forms[first]}:
        lead = "و"
    return tagged.words.text[start + len(lead) : last]


def _after_title(
    tagged: Tagged, first: int, stop: int, rule: str, taken: frozenset[int] | set[int]
) -> PersonMention | None:
    forms = tagged.words.forms
    j = stop
    while (
        j < len(forms) and j - stop < 7
    ):  # "المسؤول الأمني لمليشيا … \"أبو فلان\"": the role runs up to a quotation or a further title
        further = tagged.first(j, "title", "title.adjective")
        if further:
            j = further.stop
        elif forms[j] in ('"', "'", "(", "«"):
            j += 1
        elif j < stop + 2 and tagged.first(j, "force", "force.group"):
            j += 1  # "رقيب أول شرطة محمد سيد"
        else:
            break
    end = name_end(tagged, j, taken)
    j = _past_office(tagged, j, end)
    count = sum(forms[k] not in _PARTICLES for k in range(j, end))
    if count < 2 and not (count and forms[j] in _KUNYA):
        return None
    if tagged.language == "ar" and not any(sounds_like_name(tagged, k) for k in range(j, end)):
        return None
    role_start, role_end = tagged.words.span(first, j)
    role = tagged.words.text[role_start:role_end].strip(" \"'“”«»(")
    proclitics = next((t.proclitics for t in tagged.at(first) if t.sense.category == "title"), "")
    role = role[len(proclitics) :] if role.startswith(proclitics) else role
    role = "" if any(t.sense.value == "called" for t in tagged.at(first)) and j == first + 1 else role
    return PersonMention(j, end, _name(tagged, j, end), role or None, rule, first)


def _past_office(tagged: Tagged, j: int, end: int) -> int:
    """Past an office that a title goes on with ("مدير قسم المخطوطات بالأقصى رضوان عمرو"): where the first given name
    stands, if what comes before it has an article or a preposition in it."""
    for k in range(j, end):
        if tagged.first(k, "name") is not None or tagged.words.forms[k] in _KUNYA:
            office = any(tagged.words.forms[i].startswith(("ال", "بال", "لل")) for i in range(j, k))
            return k if office and end - k > 1 else j
    return j


def sounds_like_name(tagged: Tagged, k: int) -> bool:
    """Whether a word is a given name, part of a kunya, or a nisba with its article ("الفيتوري")."""
    if k >= len(tagged.words.forms):
        return False
    form = tagged.words.forms[k]
    if form in _KUNYA or form in ("بن", "ابن", "بنت", "عبد") or (form.startswith("عبدال") and len(form) > 6):
        return True
    if _is_joined_kunya(form):
        return True
    return (form.startswith("ال") and form.endswith("ي") and len(form) > 5) or tagged.first(
        k, "name"
    ) is not None


def _is_joined_kunya(form: str) -> bool:
    """Whether a word is a kunya written as one ("أبومجاهد"; not "أبوابها", "أبوهما")."""
    return form.startswith("ابو") and len(form) > 6 and not form.startswith("ابواب")


def name_end(tagged: Tagged, j: int, taken: frozenset[int] | set[int]) -> int:
    """One past the last token of a name that begins at token `j`; `j` where none does."""
    forms = tagged.words.forms
    k = j
    while k < len(forms) and k - j < 10 and k not in taken:
        form = forms[k]
        if form == "-" and k > j and tagged.words.adjoins(k) and tagged.words.adjoins(k + 1):
            k += 1  # "al-Saleh"
            continue
        if (
            len(form) == 1
            and form.isalpha()
            and forms[k + 1 : k + 2] == ["."]
            and tagged.words.adjoins(k + 1)
        ):
            k += 2  # "حسين م."
            if k - j > 2:
                break
            continue
        if form == "الله" and k > j and forms[k - 1].removeprefix("و") in _OF_GOD:
            k += 1  # "سامر العبد الله"
            continue
        if k > j and (_begins_another(tagged, k) or _surname_passed(tagged, j, k)):
            break
        if form in _PARTICLES and k + 1 < len(forms):
            k += 1
            continue
        if not _may_be_name(tagged, k, k == j):
            break
        k += 1
    while k > j and (forms[k - 1] in _PARTICLES or forms[k - 1] == "-"):
        k -= 1
    return k


def _begins_another(tagged: Tagged, k: int) -> bool:
    """Whether a word joins a further name ("حسن دقماق وربيع نمر شقير"; not "محمد وليد")."""
    form = tagged.words.forms[k]
    return form.startswith("و") and (form[1:] in _KUNYA or _lead(tagged, k) != "")


def _surname_passed(tagged: Tagged, j: int, k: int) -> bool:
    """Whether a name that begins at token `j` has come to a surname with its article before token `k`: a nisba, or the
    third word or a later one. Nothing but a given name, a further nisba or a kunya belongs to a name after it
    ("سلطان الزهراني | اتصالا")."""
    before, form = tagged.words.forms[k - 1], tagged.words.forms[k]
    if not before.startswith("ال") or len(before) < 5 or tagged.first(k, "name") or form in _PARTICLES:
        return False
    if before == "الدين" or (k > 1 and tagged.words.forms[k - 2] in _PARTICLES):
        return False  # "صلاح الدين", "عبد الكريم", "أبو النور"
    if not before.endswith("ي") and k - j < 3:
        return False  # "عوض الكريم بابكر"
    return not (form.startswith("ال") and form.endswith("ي"))


def _is_ali(tagged: Tagged, k: int) -> bool:
    """Whether "علي" is a name and not the preposition: written with the dotted letter, or before a given name."""
    follows = tagged.words.forms[k + 1] if k + 1 < len(tagged.words.forms) else ""
    if follows in ("يد", "ايدي", "راس"):
        return False
    dotted = tagged.words.between(k, k + 1).endswith("ي")
    return dotted or (
        k > 0 and bool(tagged.first(k - 1, "name", "title")) and bool(tagged.first(k + 1, "name"))
    )


def _may_be_name(tagged: Tagged, k: int, first: bool) -> bool:
    form = tagged.words.forms[k]
    if k and not first and tagged.words.forms[k - 1] in _FATHER and form[0].isalpha() and len(form) > 2:
        return form not in _STOP_WORDS  # "أبو مجاهد", "أبو جندل": whatever follows is what he is called
    if form == "علي" or (k and not first and tagged.words.forms[k - 1] in ("بن", "ابن", "بنت")):
        return form[0].isalpha() and (form != "علي" or _is_ali(tagged, k))
    if (
        form in _STOP_WORDS
        or form in _BEFORE
        or form[0].isdecimal()
        or not form[0].isalpha()
        or len(form) < 2
    ):
        return False
    if tagged.language == "en":
        start, _ = tagged.words.span(k, k + 1)
        return tagged.words.text[start].isupper()
    if not is_arabic(form) or (first and _names_a_place(form)):
        return False
    if not form.startswith("ال") and demonym_country(form) and not (first and tagged.first(k, "name")):
        return False
    if not first and len(form) > 4 and form.startswith(_JOINED) and tagged.first(k, "name") is None:
        return False
    if first and len(form) > 4 and form.startswith(("بال", "وال", "فال", "كال", "لل")):
        return False
    if _is_inflected(form) and tagged.first(k, "name") is None:
        return False
    known = [
        t
        for t in tagged.at(k)
        if t.sense.category not in ("name", "actor.short", "people.leaders", "time.month")
        and not (t.definite and t.enclitic)  # no word has both: "المقدمي" is a nisba
    ]
    if any(t.sense.category == "name" and not (first and t.definite) for t in tagged.at(k)):
        return True
    if known and not first and (_is_family(tagged, k, known[0]) or _is_given_too(tagged, k)):
        return True
    if known and not (
        known[0].definite and not first and known[0].sense.category.startswith("actor.demonym")
    ):
        return False
    return not (first and form.startswith("ال"))


def _is_family(tagged: Tagged, k: int, tag: Tag) -> bool:
    """Whether a known word that follows a name may be a family's: a nisba ("صالح عوض المقدمي"), or after a given name
    one trade or rank ("أحمد النجار")."""
    form = tagged.words.forms[k]
    if not form.startswith("ال") or tag.sense.category.startswith(("actor.full", "force", "place")):
        return False
    if form.endswith("ي") and len(form) > 5:
        return True
    trade = tag.sense.category == "people.civilians" or tag.sense.rule.endswith(
        ("titles.civil", "titles.rank")
    )
    return trade and tag.sense.inflection != "plural" and tagged.first(k - 1, "name") is not None


def _is_inflected(form: str) -> bool:
    """Whether a word ends as no name does: with a pronoun of others ("أغلبها", "إضرابهم") or as a verb in the plural
    ("جاءوا", "يواصلون"; not "يعلون", "أدهم")."""
    if len(form) > 4 and form.endswith(("ها", "هم", "هما", "وا")):
        return True
    return len(form) > 5 and form.startswith("ي") and form.endswith("ون")


def _is_given_too(tagged: Tagged, k: int) -> bool:
    """Whether a known word is a given name here: between a given name and a nisba that nothing else is known as ("بشير
    قائد الصبري"; not "محمد قائد الحوثيين", "سالم مدير العسكري")."""
    forms = tagged.words.forms
    if forms[k].startswith(_JOINED) or tagged.first(k - 1, "name") is None or k + 1 >= len(forms):
        return False
    surname = forms[k + 1]
    nisba = surname.startswith("ال") and surname.endswith("ي") and len(surname) > 5
    return nisba and all(tag.sense.category == "name" for tag in tagged.at(k + 1))


def _names_a_place(form: str) -> bool:
    """Whether a word says that a place's name follows ("منطقة درعا" is nobody)."""
    cue = arabic_cue(form)
    return cue is not None and cue.category == "head"


def possible_people(
    tagged: Tagged,
    taken: frozenset[int] | set[int],
    places: frozenset[int] | set[int] = frozenset(),
    people: list[PersonMention] | None = None,
) -> list[tuple[PersonMention, ...]]:
    """Every run of words that may name a person, those that are joined ("أنس دويكات، ومحمد حشاش") as one list.

    Looser than `read_people`: a name may follow any word for people, "who is", "named" or a word of what became of
    someone, and in English stand anywhere as two capitalised words. Tokens in `taken` are part of no name, those in
    `places` of none that no word leads to; `people` are those that `read_people` found, where that is known. Whether anything happened to whom is named, and whether it is a person at all, is for a decision to say.
    """
    named = read_people(tagged, taken) if people is None else people
    found = {
        m.first: m
        for m in named
        if (m.role or m.first not in places) and not _after_place(tagged, m.role_first)
    }
    free = {*taken, *places}
    for first, j, alone, rule in _openings(tagged):
        mention = (
            _possible(tagged, first, j, taken if alone else free, alone, rule) if j not in found else None
        )
        if mention and not places.issuperset(range(j, mention.stop)):
            found[j] = mention
    lists: list[list[PersonMention]] = []
    stop = 0
    while found:
        mention = found.pop(min(found))
        if mention.first < stop:
            continue
        lists.append([mention])
        while True:
            stop = mention.stop
            further = _further(tagged, mention, taken, found)
            if further is None:
                break
            lists[-1].append(mention := further)
        if tagged.words.forms[stop : stop + 1] and tagged.words.forms[stop] in _ALIAS:
            stop += 3  # "حسين جوني الملقب «كميل»" is one person
    return [tuple(names) for names in lists]


def _after_place(tagged: Tagged, first: int) -> bool:
    """Whether a title follows a word for what is named after people ("مستشفى الملك فهد", "جامع الشيخ زايد")."""
    return first > 0 and tagged.first(first - 1, "name.not", "place.cue") is not None


def _openings(tagged: Tagged) -> Iterator[tuple[int, int, bool, str]]:
    """Where a name may begin: the token of the word that leads to it, its own, whether one word may be enough, a rule."""
    forms = tagged.words.forms
    for tag in tagged.tags:
        category = tag.sense.category
        if category.startswith(("title", "people.")):
            if _after_place(tagged, tag.first):
                continue
            alone = tag.definite or tagged.language == "en"  # "جندي تركي" names nobody
            yield tag.first, _past_words(tagged, tag.stop), alone, tag.sense.rule
        elif category.startswith(("outcome.", "fate.")) and not tagged.first(tag.stop, "title"):
            yield tag.stop, tag.stop, False, tag.sense.rule
    for i in tagged.words.at(_BEFORE):
        yield i + 1, _past_words(tagged, i + 1), True, f"{tagged.language}.people.before"
    for i in tagged.words.at(_KUNYA) if tagged.language == "ar" else ():
        yield i, i, False, "ar.people.kunya"
    if tagged.language == "en":
        for i in range(len(forms)):
            if not (i and _may_be_name(tagged, i - 1, first=False)) and not tagged.first(i, "title"):
                yield i, i, False, "en.people.capitals"


def _past_words(tagged: Tagged, j: int) -> int:
    """Past marks, further titles and adjectives ("الناشطة النقابية", "a lawyer, ") to where a name may begin."""
    forms = tagged.words.forms
    for k in range(j, min(j + 5, len(forms))):
        form = forms[k]
        further = tagged.first(k, "title", "title.adjective")
        adjective = form.startswith("ال") and form.endswith(("ي", "يه")) and len(form) > 5
        short = form == "." and k == j and tagged.language == "en" and tagged.words.adjoins(k)  # "Mr."
        if not (
            further or adjective or short or form in _LETTERS or form in (",", ":", "،") or form in _BEFORE
        ):
            return k
    return j


def _possible(
    tagged: Tagged, first: int, j: int, taken: frozenset[int] | set[int], alone: bool, rule: str
) -> PersonMention | None:
    forms = tagged.words.forms
    end = name_end(tagged, j, taken) if j < len(forms) else j
    words = [k for k in range(j, end) if forms[k] not in _PARTICLES and forms[k] not in "-."]
    given = bool(words) and sounds_like_name(tagged, words[0]) and not forms[words[0]].startswith("ال")
    if not words or (
        len(words) < 2
        and forms[j] not in _KUNYA
        and not _is_joined_kunya(forms[j])
        and not (alone and (given or tagged.language == "en" or _is_kins_name(tagged, j)))
    ):
        return None
    return PersonMention(j, end, _name(tagged, j, end), None, rule, first)


def _is_kins_name(tagged: Tagged, j: int) -> bool:
    """Whether an unknown word is the first name of a relative or companion, told alone ("فقتلت ابنته شوق ذات الأعوام
    الستة"; not "زوجته الحامل", "ابنه بات يخشى")."""
    forms = tagged.words.forms
    if not j or forms[j - 1] not in _BEFORE or not forms[j - 1].endswith(("ه", "ها", "هما")) or tagged.at(j):
        return False
    return len(forms[j]) > 2 and forms[j + 1 : j + 2] != [] and forms[j + 1] in _LONE_BEFORE


def _further(
    tagged: Tagged, last: PersonMention, taken: frozenset[int] | set[int], found: dict[int, PersonMention]
) -> PersonMention | None:
    """The next name of a list after its last, past an age in brackets, a comma, "and", a title. A lone given name may
    follow a lone one ("ريهام وسعد")."""
    forms, j = tagged.words.forms, last.stop
    if forms[j : j + 1] == ["("] and ")" in forms[j : j + 6]:
        j = forms.index(")", j) + 1
    elif forms[j : j + 1] == [","] and "".join(forms[j + 1 : j + 2]).isdecimal():
        j += 2  # "Rahma Salama, 5, and Yousef Salama"
    k = j + (forms[j : j + 1] == [_QUOTE])
    if k > j and (k >= len(forms) or not (forms[k] in _JOINS or forms[k].startswith("و"))):
        return None
    while k < len(forms) and forms[k] in _JOINS:
        k += 1
    if k >= len(forms) or not (k > j or forms[k].startswith("و")):
        return None
    k += forms[k] == _QUOTE and k > j
    first = k
    for tag in tagged.at(k):
        if tag.sense.category.startswith(("title", "people.")):
            k = _past_words(tagged, tag.stop)  # "رائد زغير، والحراس مجد عابدين"
            break
    if k in found:
        return found.pop(k)._replace(role_first=first)
    mention = _possible(
        tagged, first, k, taken, last.stop - last.first == 1, f"{tagged.language}.people.list"
    )
    if mention and k == first and not tagged.first(k, "name"):
        mention = mention._replace(name=mention.name.removeprefix("و"))  # "ويزن"
    return mention
