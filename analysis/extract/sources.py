"""Sources: the noun phrase that names who speaks, read word by word from where it may start.

In goes folded text and an offset, out comes a `Phrase`: where the noun phrase ends, the name in it, its head and grammar.

>>> folded = "الناطق باسم وزاره الدفاع، العقيد نادر الحلبي، في بيان ان"
>>> phrase = read_phrase(folded, 0, len(folded))
>>> folded[:phrase.end], folded[phrase.name_start:phrase.name_end], phrase.kind
('الناطق باسم وزاره الدفاع، العقيد نادر الحلبي', 'نادر الحلبي', 'person')

The reading walks over at most some thirty words and knows three states: a head that wants a complement (وزير …), a closed
phrase (وزير الدفاع) after which a bare word starts a name, and a name.  Words come from `lexicon/titles.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.extract.cues import forms
from analysis.lexicon import read
from analysis.text import fold_key

_TOKEN = re.compile(r"\w+|[^\w\s]")
_LIMIT = 34  # words of the longest source that is read
_NO_QUOTES: Mapping[int, tuple[int, int, int]] = {}


class Phrase(NamedTuple):
    """A noun phrase at `start:end` (folded offsets).

    `kind`: person, people, body, media, document, anonymous, place, name, thing (a demonstrative says so) or other.

    `head` is the head noun without the article, `words` all words of the phrase without articles (to compare phrases by),
    `role` those before and after the name. `definite` is whether the head points back (المصدر) rather than introduces (مصدر).
    """

    start: int
    end: int
    kind: str
    head: str
    name_start: int
    name_end: int
    definite: bool
    gender: str
    number: str
    role: frozenset[str]
    quoted: bool

    @property
    def named(self) -> bool:
        """Whether the phrase holds a proper name."""
        return self.name_end > self.name_start


class _Word(NamedTuple):
    kind: str
    bare: str  # without article and proclitic
    definite: bool
    prefixed: bool  # ل or ب is written on it


@cache
def _lexicon() -> dict[str, str]:
    """Folded word to kind; where lists disagree the later one of `order` wins."""
    lists = read("titles")
    table: dict[str, str] = {}

    def put(words: Iterable[str], kind: str) -> None:
        for word in words:
            key = fold_key(word)
            if " " not in key:
                table[key] = kind

    put(lists["given"], "given")
    put(lists["contents"], "content")
    for role in lists["roles"]:
        key = fold_key(role)
        put((key, key + "ه", key + "ان", key + "تان"), "role")
        put((key + "ون", key + "ين", key + "و", key + "ات"), "people")
    put(lists["adjectives"], "adjective")
    put(lists["people"], "people")
    put(lists["bodies"], "body")
    put(lists["documents"], "document")
    put(lists["media"], "media")
    put(lists["anonymous"], "anonymous")
    put(lists["ranks"], "rank")
    put((place for place in lists["places"]), "place")
    put(lists["media_names"], "media_name")
    put(lists["compound"], "compound")
    put(lists["inner"], "inner")
    put(lists["adverbs"], "adverb")
    put(lists["relative_pronouns"], "relative")
    put((*lists["demonstratives"], *lists["determiners"]), "determiner")
    return table


@cache
def _particles() -> frozenset[str]:
    """Words that join clauses: no part of a name."""
    particles = read("cues")["particles"]
    return frozenset(fold_key(each) for each in (*particles["openers"], *particles["that"], *particles["clausal"]))


@cache
def _roles() -> frozenset[str]:
    roles = titles("roles")
    return roles | {role + "ه" for role in roles}


@cache
def titles(name: str) -> frozenset[str]:
    """One list of `lexicon/titles.toml`, folded."""
    return frozenset(fold_key(word) for word in read("titles")[name])


# Shapes of verbal nouns without the article: افتعال، استفعال، إفعال، تفعيل، مفاعلة، with or without a pronoun.
_NOUN_SHAPE = re.compile(
    r"(?:است\w{2,3}ا\w|ا\w{2,3}ا\wه?|ت\w{2}ي\w|م\wا\w{2}ه|ت\wا\w{2}|ان\w{2}ا\w|ت\w{3}(?=ه|ها|هم))(?:ه|ها|هم|ت[هم]ا?)?$"
)
_VERB_SHAPE = re.compile(r"(?:(?:ي|ت)\w{2,6}(?:ون)?|\w{3,}ت(?:ه|ها|هم))$")


@lru_cache(maxsize=8192)
def word(spelled: str) -> _Word:
    """What a folded word can be in a source."""
    table = _lexicon()
    kind = table.get(spelled)
    if kind:
        definite = spelled[:2] == "ال" and len(spelled) > 4
        return _Word(kind, spelled[2:] if definite else spelled, definite, False)
    if spelled[0] == "ء":  # an alif with hamza before ل, as `Article` writes it: no article (إلينور)
        return _Word("content" if _NOUN_SHAPE.match("ا" + spelled[1:]) else "bare", spelled, False, False)
    if spelled[-1] == "ا" and table.get(spelled[:-1]) in ("role", "document", "body", "anonymous", "media"):
        return _Word(table[spelled[:-1]], spelled[:-1], False, False)  # the accusative
    if spelled.startswith("عبدال") and len(spelled) > 6:
        return _Word("given", spelled, False, False)
    if spelled.isdigit():
        return _Word("number", spelled, False, False)
    if spelled[:2] == "ال" and len(spelled) > 3:
        bare = spelled[2:]
        found = table.get(bare, "definite")
        if found in ("adverb", "inner", "compound", "content", "given", "rank", "determiner", "place", "media_name"):
            found = "definite"
        if found == "adjective":
            found = "role" if bare in _roles() else "definite"
        return _Word(found, bare, True, False)
    if spelled[:2] == "لل" and len(spelled) > 4:
        bare = spelled[2:]
        return _Word(table.get(bare, "definite"), bare, True, True)
    if spelled[0] in "لب" and len(spelled) > 3:
        rest = word(spelled[1:])
        if rest.kind in ("body", "media", "role", "people", "place", "document", "media_name", "content") or (
            rest.definite and not rest.prefixed
        ):
            return _Word(rest.kind, rest.bare, rest.definite, True)
        if spelled[1:] in titles("hearers") or spelled in titles("inner"):
            return _Word("bare", spelled[1:], False, True)
    if spelled[0] in "وف" and table.get(spelled[1:]) in ("inner", "determiner", "relative"):
        return _Word(table[spelled[1:]], spelled[1:], False, False)
    if spelled[0] == "و" and len(spelled) > 3:
        rest = word(spelled[1:])
        if rest.kind in ("role", "people", "body", "media", "place", "document", "rank", "content") or (
            rest.definite and not rest.prefixed
        ):
            return _Word("and", rest.bare, rest.definite, False)
    if (
        spelled in _particles()
        or (spelled[0] in "وف" and spelled[1:] in _particles())
        or spelled in forms()
        or (spelled[0] in "وف" and spelled[1:] in forms())
    ):
        return _Word("verb", spelled, False, False)
    if _NOUN_SHAPE.match(spelled) and spelled not in titles("not_contents"):
        return _Word("content", spelled, False, False)
    return _Word("bare", spelled, False, False)


def is_listed(spelled: str) -> bool:
    """Whether a folded word is in the lists of words or is a form of a cue."""
    return spelled in _lexicon() or spelled in _particles() or spelled in forms()


def is_content(spelled: str) -> bool:
    """Whether a folded word heads a reported noun phrase (ضرورة، استمرار، اعتقال)."""
    if spelled in _particles():
        return False
    if word(spelled).kind == "content":
        return True
    listed = titles("contents")
    for pronoun in ("ه", "ها", "هم"):
        if spelled.endswith(pronoun) and len(spelled) > len(pronoun) + 2:
            stem = spelled[: -len(pronoun)]
            return stem in listed or (stem[-1] == "ت" and stem[:-1] + "ه" in listed)
    return False


def content_words() -> frozenset[str]:
    """The listed heads of reported noun phrases, also those that other lists hold as bodies or texts."""
    return titles("contents")


class _Reader:
    """The state of one reading; see the module's opening."""

    __slots__ = (
        "comma", "construct", "definite", "demonstrative", "end", "feminine", "head", "head_kind", "name_end", "name_start",
        "names", "one", "open", "plural", "quoted", "role", "segment", "strict",
    )  # fmt: skip

    def __init__(self, start: int) -> None:
        self.end = start
        self.head = self.head_kind = self.segment = ""
        self.name_start = self.name_end = start
        self.names = 0
        self.open = self.definite = self.feminine = self.plural = self.quoted = False
        self.demonstrative = self.strict = self.construct = self.one = False
        self.comma = False  # a comma stands before the next word, so that only an apposition goes on
        self.role: list[str] = []


_PERSON = ("role", "rank")
_HEADS = {
    "role": "person", "rank": "person", "people": "people", "body": "body", "media": "media", "media_name": "media",
    "document": "document", "anonymous": "anonymous", "place": "place", "definite": "other", "given": "name", "bare": "name",
    "compound": "name", "number": "people",
}  # fmt: skip


def read_phrase(
    folded: str, start: int, limit: int, quotes: Mapping[int, tuple[int, int, int]] = _NO_QUOTES, *, strict: bool = False
) -> Phrase | None:
    """The noun phrase that starts at `start` (spaces before it are passed over), or None where none does.

    `quotes` maps the folded start of a quotation to its end and its inner span. `strict` is for places where nothing marks the
    end, so that a second definite noun (أبلغت الوزارة النقابة) must be an adjective to belong to the phrase.
    """
    line_end = folded.find("\n", start, limit)
    if line_end >= 0 and folded[start:line_end].strip():
        limit = line_end
    state = None
    demonstrative, one, skip_to, count = False, False, -1, 0
    for match in _TOKEN.finditer(folded, start, limit):
        position = match.start()
        if position < skip_to:
            continue
        count += 1
        if count > _LIMIT:
            break
        spelled = match[0]
        if position in quotes:
            if state is None:
                state = _quoted_head(folded, position, quotes[position])
            elif not _quotation(state, folded, quotes[position]):
                break
            if state is None:
                break
            skip_to = state.end
        elif not spelled[0].isalnum() and spelled != "_":
            skip_to = _mark(state, spelled, position, folded, limit)
            if skip_to < 0:
                break
        elif state is None:
            known = _ALI if spelled == "علي" and _is_ali(folded, match.end(), limit) else word(spelled)
            if known.kind == "determiner":
                demonstrative, one = spelled in titles("demonstratives"), spelled[:3] == "احد"
                continue
            if known.kind in _NO_HEADS or known.prefixed:
                return None
            state = _Reader(position)
            state.strict, state.demonstrative = strict, demonstrative
            _head(state, known, position, match.end())
            state.one = one
        elif not _next(state, spelled, match, folded, limit):
            break
    if state is None or state.end <= start:
        return None
    return _phrase(state, start, folded)


_NO_HEADS = frozenset(("adverb", "inner", "relative", "content", "and", "verb"))


def _quoted_head(folded: str, position: int, quote: tuple[int, int, int]) -> _Reader | None:
    """A name in quote marks at the phrase's start; None where the quotation is too long for one."""
    end, inner, inner_end = quote
    if folded.count(" ", inner, inner_end) > 4:
        return None
    state = _Reader(position)
    state.head_kind, state.segment, state.quoted = "bare", "quoted", True
    state.name_start, state.name_end, state.end = inner, inner_end, end
    state.head = folded[inner:inner_end]
    return state


def _quotation(state: _Reader, folded: str, quote: tuple[int, int, int]) -> bool:
    """Take a quotation into the phrase, as its name or as part of its title; False where it does not belong."""
    end, inner, inner_end = quote
    spaces = folded.count(" ", inner, inner_end)
    if spaces > (9 if state.open else 4):
        return False
    apposed = state.comma and state.head_kind in _PERSON and not state.names and not state.open and spaces < 4
    if apposed or (state.names == 0 and (state.head_kind == "rank" or (state.head_kind == "media" and state.open))):
        state.name_start, state.name_end, state.names = inner, inner_end, 1
    elif (state.comma and state.segment in ("name", "quoted")) or (state.segment == "name" and not state.open):
        return False
    state.open, state.segment, state.comma = False, "quoted", False
    state.end = end
    return True


def _mark(state: _Reader | None, spelled: str, position: int, folded: str, limit: int) -> int:
    """Pass over a mark inside a phrase: where to go on, or -1 where the mark ends the phrase."""
    if spelled == "#":  # a hashtag's mark
        return position + 1
    if state is None:
        return -1
    if spelled == "(":
        close = folded.find(")", position, min(limit, position + 60)) + 1
        if close and not state.comma:
            state.end = close
        return close or -1
    if spelled in "،," and not state.comma and not state.open:
        state.comma = True  # an apposition may follow
        return position + 1
    if spelled == "-" and state.segment in ("body", "definite") and folded[position + 1 : position + 4] == " ال":
        return position + 1
    initial = spelled == "." and state.end == position and folded[position - 2 : position - 1] == " "
    return position + 1 if initial else -1  # د. فلان


def _next(state: _Reader, spelled: str, match: re.Match[str], folded: str, limit: int) -> bool:
    """Take the next word into a phrase that has begun; False where it does not belong."""
    known = word(spelled)
    if spelled == "علي" and (state.comma or state.segment == "rank") and _is_ali(folded, match.end(), limit):
        known = _ALI
    if spelled in titles("called") and (state.comma or state.head_kind in _PERSON):
        return _called(state, spelled, match.end(), folded, limit)
    if state.comma:
        if known.kind == "content" and not state.strict and spelled not in titles("contents"):
            known = known._replace(kind="bare")  # a name in the shape of a verbal noun: أوستان
        if known.kind == "bare":
            following = _TOKEN.search(folded, match.end(), limit)
            if following and word(following[0]).kind in ("content", "determiner", "verb", "relative"):
                return False  # خبير اقتصادي، فضل إغفال اسمه
        if known.kind == "definite" and _named_with_article(state, match.end(), folded, limit):
            known = known._replace(kind="given")  # الخبير، الهاشمي علية
        if not _apposition(state, known):
            return False
        if known.kind == "given" and known.definite:
            state.segment, state.names = "name", 1
            state.name_start, state.name_end = match.span()
            state.comma, state.end = False, match.end()
            return True
    if not _continue(state, known, spelled, match, folded, limit, state.comma):
        return False
    state.comma = False
    state.end = match.end()
    return True


def _called(state: _Reader, spelled: str, at: int, folded: str, limit: int) -> bool:
    """Take هو، يدعى and the like into the phrase if a name follows, which then is the phrase's."""
    following = _TOKEN.search(folded, at, limit)
    if state.definite or following is None or word(following[0]).kind not in ("bare", "given", "compound"):
        return False
    if spelled in ("هو", "هي"):
        if not state.comma or state.names > 1:
            return False
    elif state.names or state.comma:
        return False
    state.names, state.comma, state.open, state.segment = 0, False, False, "role"
    state.head_kind = "role"
    state.end = at
    return True


def _named_with_article(state: _Reader, at: int, folded: str, limit: int) -> bool:
    """Whether a definite word after a title and a comma is a name: another name follows it."""
    if state.head_kind not in _PERSON or state.names or state.open:
        return False
    following = _TOKEN.search(folded, at, limit)
    return following is not None and following.start() == at + 1 and word(following[0]).kind in ("bare", "given")


_ALI = _Word("given", "علي", False, False)


def _is_ali(folded: str, at: int, limit: int) -> bool:
    """Whether علي, which folds like the preposition على, is the name: a name follows, nothing that goes with the former."""
    following = _TOKEN.search(folded, at, limit)
    if following is None or following.start() != at + 1 or following[0] in titles("after_ala"):
        return False
    known = word(following[0])
    return known.kind in ("given", "bare") or (known.kind in ("definite", "role", "rank") and known.definite and not known.prefixed)


def _head(state: _Reader, known: _Word, start: int, end: int) -> None:
    if known.kind == "adjective" and known.bare in _roles():
        known = known._replace(kind="role")  # معارض سوري: as a head it is who, after one it is which
    elif known.kind == "adjective":
        known = known._replace(kind="bare")
    state.end = end
    state.head, state.head_kind, state.definite = known.bare, known.kind, known.definite
    state.segment = known.kind
    state.open = not known.definite and known.kind in ("role", "body", "media", "document", "people", "compound", "anonymous")
    if known.kind == "people" and known.bare.endswith(("ون", "ين")) and len(known.bare) > 4:
        state.open = False  # a plural that keeps its nun takes no complement: ناشطون التحالف are two
    state.plural = known.kind == "people" or (
        known.kind == "definite" and len(known.bare) > 4 and known.bare.endswith(("ون", "ين"))
    )
    state.feminine = (
        known.bare.endswith("ه") or known.bare in ("مصادر", "تقارير", "وسايل", "قوات", "صحف", "انباء") or known.kind == "place"
    )
    if known.kind in ("given", "bare", "compound"):
        state.segment, state.names = "name", 1
        state.name_start, state.name_end = start, end
        state.open = known.kind == "compound"
    elif known.kind == "place":
        state.segment = "body"
        state.name_start, state.name_end = start, end
    else:
        state.role.append(known.bare)


def _apposition(state: _Reader, known: _Word) -> bool:
    """Whether a word after a comma continues the source."""
    if known.kind in ("role", "rank"):
        return state.head_kind not in ("document", "anonymous", "people", "body", "media", "place")
    if known.kind == "and":
        return known.bare in _lexicon() and _lexicon()[known.bare] in ("role", "rank") and state.head_kind in _PERSON
    if known.kind in ("given", "compound"):
        return state.names == 0 and state.head_kind in (*_PERSON, "definite")
    if known.kind == "bare" and not known.prefixed:
        return state.names == 0 and state.head_kind in _PERSON and not state.open
    return False


def _continue(state: _Reader, known: _Word, spelled: str, match: re.Match[str], folded: str, limit: int, comma: bool) -> bool:
    """Take one more word into the phrase; False where it does not belong."""
    kind = known.kind
    if state.segment == "name":
        return _continue_name(state, known, spelled, match, folded, limit)
    if state.segment == "quoted" and kind not in ("role", "rank", "definite"):
        return False
    if kind == "adverb":
        if state.open and known.definite:
            state.open = False
            return True
        return False
    if kind == "verb":
        return False
    if kind in ("relative", "determiner", "number"):
        return kind != "relative" and state.open and spelled not in titles("demonstratives")
    if spelled in titles("by_name"):
        state.open = False  # المتحدث باسمه
        return state.segment in ("role", "rank", "document")
    if kind == "inner" or known.prefixed:
        return _preposition(state, known, spelled, match, folded, limit)
    if kind == "and":
        if state.open:
            return False
        state.role.append(known.bare)
        state.open = not known.definite
        if _lexicon().get(known.bare) == "role":
            state.segment = "role"
        if state.head_kind == "people" or known.bare in _lexicon():
            state.plural = state.plural or (state.head_kind in _PERSON and _lexicon().get(known.bare) in ("role",) and not comma)
        return True
    if kind in ("rank", "definite"):
        return _article(state, known, match, folded, limit, comma)
    if kind in ("role", "people", "body", "media", "document", "anonymous", "media_name"):
        return _noun(state, known, comma)
    if kind == "place" and not state.open and not _nisba_of_place(state, known, spelled):
        return False
    if kind == "adjective" and state.definite and not state.open:
        return False
    if kind == "content" and not state.open:
        return False
    if kind in ("place", "adjective", "content"):
        state.open = state.open and kind == "content"
        state.role.append(known.bare)
        return True
    return _bare(state, known, spelled, match, folded, limit)


def _nisba_of_place(state: _Reader, known: _Word, spelled: str) -> bool:
    return known.definite and spelled.endswith("يه") and state.head_kind in ("body", "media", "role", "people")


def _article(state: _Reader, known: _Word, match: re.Match[str], folded: str, limit: int, comma: bool) -> bool:
    """A definite word that no list knows, or a rank: a complement, an adjective, a title before the name."""
    if state.strict and not state.open:
        if known.kind == "definite" and not _is_adjective(known.bare, state):
            return False
        if known.kind == "rank" and not comma:
            following = _TOKEN.search(folded, match.end(), limit)
            if following is None or word(following[0]).kind not in ("bare", "given", "compound"):
                return False
    if state.segment == "quoted" and known.kind == "definite":
        return known.bare in titles("adjectives") or known.bare.endswith(("ي", "يه"))
    state.construct = state.construct or state.open
    state.open = False
    if known.kind == "rank":
        state.segment = "role"
    state.role.append(known.bare)
    return True


def _noun(state: _Reader, known: _Word, comma: bool) -> bool:
    """A noun of the lists inside the phrase: the complement of an open head, or an apposition."""
    kind = known.kind
    if known.definite:
        if state.strict and not state.open:
            apart = not comma and kind not in ("role", "rank") and not _is_adjective(known.bare, state)
            if apart or kind == "people":
                return False
        state.construct = state.construct or state.open
        state.open = False
    elif not state.open and (state.head_kind not in (*_PERSON, "definite") if kind == "role" else not comma):
        return False
    else:
        state.open = kind != "media_name"
    if kind == "role":
        state.segment = "role"
    state.role.append(known.bare)
    return True


def _is_adjective(bare: str, state: _Reader) -> bool:
    """Whether a definite word after a definite one describes it: a listed adjective, a nisba, a participle (الأمم المتحدة)."""
    if bare in titles("adjectives") or (len(bare) > 2 and bare.endswith(("ي", "يه"))):
        return True
    if bare.endswith(("يون", "يين")):
        return state.plural
    return state.head_kind == "body" and bare[0] == "م" and len(bare) > 4


def _bare(state: _Reader, known: _Word, spelled: str, match: re.Match[str], folded: str, limit: int) -> bool:
    """A word that no list knows: the complement of a head that wants one, else the start of a name."""
    if spelled[0] == "ل" and known.kind == "bare" and len(spelled) > 3 and state.segment in ("role", "body", "media", "rank"):
        following = _TOKEN.search(folded, match.end(), limit)
        if following and following[0][:2] == "ال":
            state.open = True  # المنتخب لكرة القدم، المرصد لحقوق الإنسان
            state.role.append(spelled)
            return True
    if state.names and not state.open:
        return False
    if state.open:
        taken = _complete(state, known, spelled, match, folded, limit)
        if taken is not None:
            return taken
    elif state.head_kind in ("people", "anonymous", "document", "number"):
        return False
    elif state.head_kind in ("body", "media", "place"):
        if known.kind != "bare" or state.definite or len(state.role) > 4 or not state.role or state.role[-1] in _lexicon():
            return False
        if spelled.endswith("ه") or _VERB_SHAPE.match(spelled) or not known.bare.isalpha():
            return False
        state.role.append(spelled)
        return True
    if spelled[0] == "ب" and known.kind == "bare" and state.head_kind not in _PERSON:
        return False
    if state.head_kind == "role" and not (state.definite or state.construct) and known.kind == "bare":
        following = _TOKEN.search(folded, match.end(), limit)
        if state.role and word(state.role[-1]).kind == "adjective" and following and word(following[0]).kind == "inner":
            state.role.append(spelled)  # خبير سوري مقيم في بيروت: an indefinite head takes one more adjective, not a name
            return True
    if state.head_kind == "definite" and state.segment == "definite" and len(state.role) == 1 and known.kind == "bare":
        following = _TOKEN.search(folded, match.end(), limit)
        origin = (
            (state.head.endswith("ي") or (state.head[0] == "م" and len(state.head) > 3 and not _VERB_SHAPE.match(spelled)))
            and following is not None
            and word(following[0]).kind in ("bare", "given", "compound", "definite")
        )
        if not origin:
            return False  # الزياني + a word: a surname alone takes no name, but الإيطالي + two words does
    state.segment = "name"
    state.names = 1
    state.name_start, state.name_end = match.start(), match.end()
    state.open = known.kind == "compound"
    return True


def _complete(state: _Reader, known: _Word, spelled: str, match: re.Match[str], folded: str, limit: int) -> bool | None:
    """An unknown word after a head that wants a complement; None where it starts a name instead."""
    following = _TOKEN.search(folded, match.end(), limit)
    after = following[0] if following else ""
    construct = f"{spelled} {after}" in titles("places") or (
        known.kind == "bare"
        and (
            (after[:2] == "ال" and (state.head_kind in _PERSON or spelled.endswith(("ه", "ات"))))
            # رئيس مجلس شورى حركة …، مدير صحة حلب، وجهاء ريف دير الزور
            or (following is not None and _goes_on(after, following.end(), folded, limit))
        )
    )
    place = f"{spelled} {after}" in titles("places")
    if known.kind in ("given", "compound") and state.head_kind in (*_PERSON, "anonymous") and not place:
        return None
    if state.head_kind in ("people", "anonymous", "document") and _VERB_SHAPE.match(spelled):
        return False
    state.open = construct
    if known.kind == "compound":
        state.open = True
    state.role.append(spelled)
    return True


def _goes_on(spelled: str, at: int, folded: str, limit: int) -> bool:
    """Whether an indefinite body or a place goes on a chain of nouns in construct."""
    known = word(spelled)
    if known.kind == "compound":
        following = _TOKEN.search(folded, at, limit)
        return following is not None and f"{spelled} {following[0]}" in titles("places")
    return known.kind in ("body", "media", "place") and not known.definite and not known.prefixed


def _continue_name(state: _Reader, known: _Word, spelled: str, match: re.Match[str], folded: str, limit: int) -> bool:
    kind = known.kind
    if state.open or (spelled in titles("divine") and state.names):
        divine_part = not state.open
        state.open = kind == "compound"
        state.names += not state.open and not divine_part and state.names == 0
        state.name_end = match.end()
        return True
    if known.prefixed:
        return False
    if kind == "compound":
        state.open = True
        state.name_end = match.end()
        return True
    kinds = ("rank", "role") if known.definite else ("role", "adjective", "content", "people", "body", "place", "document")
    if state.names == 1 and kind in kinds:
        following = _TOKEN.search(folded, match.end(), limit)
        last = following is None or not following[0][0].isalpha()
        if last or (following and not known.definite and word(following[0]).kind in ("inner", "adverb", "verb", "relative")):
            state.names, state.name_end = 2, match.end()  # a surname that is also a common word: هدى نجم
            return True
    if kind in ("role", "rank"):
        state.segment, state.open = "role", not known.definite
        state.role.append(known.bare)
        return True
    if kind in (
        "adverb",
        "inner",
        "relative",
        "content",
        "and",
        "determiner",
        "number",
        "document",
        "anonymous",
        "adjective",
        "verb",
    ):
        return False
    if kind in ("people", "body", "media", "place", "media_name") and (state.strict or not known.definite or state.names > 1):
        return False
    if kind == "bare" and (
        state.names >= 4 or (spelled.endswith("ه") and state.names >= 2) or (_VERB_SHAPE.match(spelled) and state.names >= 2)
    ):
        return False
    if kind == "definite" or known.definite:
        if state.names >= 4 or (state.strict and state.names > 1):
            return False
        state.names += 10  # the article closes a name: another definite word would be something else
    else:
        if state.names >= 10:
            return False
        state.names += 1
    state.name_end = match.end()
    return True


def _preposition(state: _Reader, known: _Word, spelled: str, match: re.Match[str], folded: str, limit: int) -> bool:
    """A preposition, free or written on its word: inside a title or a name of a body, or the way out."""
    if state.open and known.kind == "inner" and spelled not in ("في", "من", "ل", "باسم"):
        return False
    if known.prefixed:
        reported = known.kind == "content" or known.bare in titles("contents")
        if (reported and spelled[:2] != "لل") or (spelled[0] == "ب" and known.kind == "document"):
            return False
        if known.bare in titles("hearers") or spelled[1:] in titles("hearers") or known.bare in titles("events"):
            return False
        if state.segment in ("role", "rank", "document", "definite", "anonymous") or (
            state.segment == "body" and spelled[0] == "ل"
        ):
            state.role.append(known.bare)
            state.open = not known.definite
            return True
        return False
    following = _TOKEN.search(folded, match.end(), limit)
    after = following[0] if following else ""
    if after and (spelled == "باسم" or (spelled[0] == "ل" and len(spelled) > 3 and state.segment in ("role", "rank", "body"))):
        state.open = True  # المتحدث باسم …، وزير الدولة لشؤون …
        return True
    if (
        _event(after)
        or not after
        or after in titles("events")
        or after in titles("hearers")
        or (after[:2] == "ال" and (after[2:] in titles("events") or after in titles("adverbs")))
    ):
        return False
    if following and not following[0][0].isalnum():
        if spelled not in ("باسم", "ل", "ضد"):
            return False
        state.open = True
        return True
    if word(after).kind in ("adverb", "number"):
        return False
    if state.segment in ("role", "rank"):
        if spelled in ("عن", "الي", "نحو", "فوق") or (spelled in ("علي", "من", "مع") and state.segment == "rank"):
            return False
        state.open = True
        return True
    if spelled == "في" and after[:2] == "ال" and _NOUN_SHAPE.match(after[2:]):
        return False
    if spelled == "ضد" or (spelled == "في" and state.segment in ("body", "media")):
        state.open = True
        return True
    if spelled in ("من", "في") and state.segment in ("people", "anonymous", "number"):
        state.open = True
        return True
    return False


@lru_cache(maxsize=2048)
def _event(spelled: str) -> bool:
    """Whether a word with a pronoun names an occasion of speaking (في رده، في كلمتها)."""
    for pronoun in ("ها", "هم", "ه"):
        if spelled.endswith(pronoun):
            stem = spelled[: -len(pronoun)]
            return stem in titles("events") or (stem[-1:] == "ت" and stem[:-1] + "ه" in titles("events"))
    return False


def _phrase(state: _Reader, start: int, folded: str) -> Phrase:
    kind = _HEADS.get(state.head_kind, "other")
    if kind == "other" and state.names and state.name_end > state.name_start:
        kind = "person"
    if state.quoted:
        kind = "name"
    if state.demonstrative and kind in ("other", "name"):
        kind = "thing"
    number = "p" if state.plural and not state.one else "s"
    gender = "f" if state.feminine else "m"
    first = start
    while first < state.end and folded[first] in " \n\t":
        first += 1
    name_start, name_end = state.name_start, state.name_end
    return Phrase(
        first,
        state.end,
        kind,
        state.head,
        name_start,
        name_end,
        (state.definite or state.construct) and not state.one,  # أحد المسؤولين brings in somebody new
        gender,
        number,
        frozenset(state.role),
        state.quoted,
    )
