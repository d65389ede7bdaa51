"""The words of a folded text, each with all that its spelling alone can tell, so that reading is looking up and stepping on.

In goes a folded text, out come its words by number: where each starts and ends, what stands before it, and its `Word`. A text
is cut once; a spelling is analysed once for a whole corpus (`WORDS` remembers it), and every reader then asks for attributes.

>>> from analysis.tokens import Tokens
>>> words = Words(Tokens("واكد الوزير، امس، ان الطريق مفتوح"))
>>> [(word.spelled, word.kind) for word in words.known[:3]]
[('واكد', 'verb'), ('الوزير', 'rank'), ('امس', 'adverb')]
>>> words.gaps[2], words.known[3].that, words.known[0].readings[0].lemma
('، ', True, 'أكد')
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Final

from analysis.extract.statements.cues import Form, written
from analysis.extract.statements.owned import owned_people, owned_role
from analysis.lexicon import read
from analysis.text import fold_key

if TYPE_CHECKING:
    from analysis.tokens import Spelling, Tokens

_KEPT: Final = 100_000  # spellings that are remembered
_STRETCH: Final = 8  # characters: a word or two
_LONGEST: Final = 40  # letters; what is longer is no word of Arabic, with all its proclitics


def single(name: str) -> str:
    """A word that a rule names by itself, folded: an entry of `word` in `lexicon/cues.toml` or `lexicon/titles.toml`."""
    return fold_key(({**read("cues")["word"], **read("titles")["word"]})[name])


BAN: Final = single("ban_ki_moon")[0] + "ءن"  # the surname بان, told from بأن in the same way as إلينور
ALI: Final = single("ali")[:-1] + "ؠ"  # the name, as `Article` writes it where the text tells it from the preposition
_OF_GOD: Final = single("god")
_SERVANT: Final = single("servant") + "ال"  # عبدالرحمن

# What a word may start, as bits of `Word.starts`.
CUE: Final = 1
CLAUSE: Final = 2
ACCORDING: Final = 4
DISTANCE: Final = 8
RESUMES: Final = 16
OPENS: Final = 32
FIRST_PERSON: Final = 64
CARRIES: Final = 128


# What a word is in a source: its kind; the word `bare`, without article and proclitic; whether it is definite; and whether it is
# prefixed, with ل or ب written on it. A plain tuple: every new spelling makes one or more.
Noun = tuple[str, str, bool, bool]


class Word:
    """One spelling and what it can be.

    In a source: `kind` (role, rank, body, given …, bare for one that no list knows), `bare`, `definite`, `prefixed` as in `Noun`.
    As a cue: its `readings`, and `joined` where و or ف is written on it. As the start of a complement: `marker` (that, prep, to,
    with), `that` for a complementiser without a conjunction, `content` for the head of a reported noun phrase (ضرورة، استمرار).
    `lists` names the lists of the lexicon that hold it, `starts` has the bits of what may begin with it.
    """

    __slots__ = (
        "bare", "content", "definite", "joined", "kind", "lists", "marker", "prefixed", "readings", "spelled", "starts", "that",
    )  # fmt: skip

    def __init__(self, spelled: str) -> None:
        self.spelled = spelled
        self.kind, self.bare, self.definite, self.prefixed = _noun(spelled)
        self.joined, self.readings = _WRITTEN.get(spelled, _NO_CUE)
        self.lists = _LISTS.get(spelled, _NO_LISTS)
        self.content = _is_content(self)
        self.marker = _marker(spelled)
        self.that = spelled in _THAT
        self.starts = _FIRSTS.get(spelled, 0)
        if self.readings:
            self.starts |= CUE
        if spelled.startswith(_CLAUSE):
            self.starts |= CLAUSE
        if _in_first_person(spelled):
            self.starts |= FIRST_PERSON

    def taken_as(self, kind: str) -> Word:
        """The same spelling as another kind of word."""
        other = Word(self.spelled)
        other.kind = kind
        return other


_NO_CUE: Final[tuple[bool, tuple[Form, ...]]] = (False, ())
_NO_LISTS: Final[frozenset[str]] = frozenset()


class _Words(dict[str, Word]):
    """Every spelling met so far; those that come once are forgotten with the rest when there are too many."""

    def __missing__(self, spelled: str) -> Word:
        if not spelled:
            return NO_WORD
        if len(spelled) > _LONGEST:
            return Word(spelled)
        if len(self) >= _KEPT:
            self.clear()
        found = self[spelled] = Word(spelled)
        return found


WORDS: Final = _Words()


def word(spelled: str) -> Word:
    """What a folded spelling can be."""
    return WORDS[spelled]


def _told(known: Spelling) -> Word:
    """What a spelling can be, noted in it."""
    found = WORDS[known.text]
    known.word = found
    return found


class Words:
    """A text's words by number, as `Tokens` are: `known[i]` is the word at `starts[i]:ends[i]`, `gaps[i]` what stands before it."""

    __slots__ = ("_near", "_spellings", "ends", "gaps", "known", "size", "starts", "tells_ali")

    def __init__(self, tokens: Tokens) -> None:
        self.gaps, self.starts, self.ends, self.size = tokens.gaps, tokens.starts, tokens.ends, tokens.size
        self.known = [known.word if isinstance(known.word, Word) else _told(known) for known in tokens.known]
        self._spellings: frozenset[str] | None = None
        self.tells_ali = False  # whether the text writes the preposition على with its own letter, so that it is no name
        # For each stretch of the text of `_STRETCH` characters the first word that starts in it or after it.
        near: list[int] = []
        stretch = 0
        for number, start in enumerate(self.starts):
            while stretch <= start:
                near.append(number)
                stretch += _STRETCH
        self._near = near

    def names_too(self, spelled: str) -> bool:
        """Whether an unknown word of more than two letters stands by itself too, so that a letter before it is a proclitic."""
        if self._spellings is None:
            self._spellings = frozenset(each.spelled for each in self.known if each.kind == "bare")
        return len(spelled) > 2 and spelled in self._spellings

    def at(self, offset: int) -> int:
        """The number of the first word that starts at an offset or after it."""
        starts, near = self.starts, self._near
        if offset <= 0:
            return 0
        at = near[offset // _STRETCH] if offset // _STRETCH < len(near) else self.size
        while at < self.size and starts[at] < offset:
            at += 1
        return at

    def after(self, offset: int) -> Word:
        """The word that follows an offset with nothing but spaces in between; `NO_WORD` where none does."""
        starts = self.starts
        at = self.at(offset)
        if at and self.ends[at - 1] > offset:  # within a word: the rest of it
            return WORDS[self.known[at - 1].spelled[offset - starts[at - 1] :]]
        if at == self.size:
            return NO_WORD
        gap = self.gaps[at]
        if gap == " " or starts[at] == offset or not gap[offset - starts[at] :].strip(" "):
            return self.known[at]
        return NO_WORD

    def next(self, at: int) -> Word:
        """The word after the word `at` with nothing but spaces in between; `NO_WORD` where none follows."""
        gap = self.gaps[at + 1]
        return self.known[at + 1] if at + 1 < self.size and (gap == " " or not gap.strip(" ")) else NO_WORD


# The lexicon's lists, word by word


@cache
def particles(name: str) -> frozenset[str]:
    """One list of the particles in `lexicon/cues.toml`, folded."""
    return frozenset(map(fold_key, read("cues")["particles"][name]))


@cache
def titles(name: str) -> frozenset[str]:
    """One list of `lexicon/titles.toml`, folded."""
    return frozenset(map(fold_key, read("titles")[name]))


@cache
def lists() -> dict[str, frozenset[str]]:
    """For each word the names of the lists that hold it: those of the particles, of the titles, and of the titles' subdivisions."""
    found: dict[str, set[str]] = {}
    tables = (read("cues")["particles"], read("titles"), read("titles")["prepositions"])
    for table in tables:
        for name, entries in table.items():
            if isinstance(entries, list):
                for entry in entries:
                    found.setdefault(fold_key(entry), set()).add(name)
    for first in media_names():
        found.setdefault(first, set()).add("opens_medium")
    for entry in read("cues")["carrier"]:
        found.setdefault(fold_key(entry).split()[0], set()).add("carriers")
    return {spelled: frozenset(names) for spelled, names in found.items()}


@cache
def media_names() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The names of media that have several words: for each first word those that may follow it, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in read("titles")["media_names"]:
        first, *rest = fold_key(entry).split()
        if rest:
            found.setdefault(first, []).append(tuple(rest))
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in found.items()}


_DUALS = ("ان", "ين")


@cache
def _kinds() -> dict[str, str]:
    """Folded word to kind; where lists disagree the later one wins."""
    given = read("titles")
    table: dict[str, str] = {}

    def put(words: Iterable[str], kind: str) -> None:
        for each in words:
            key = fold_key(each)
            if " " not in key:
                table[key] = kind

    put(given["given"], "given")
    put(given["of_god"], "given")
    put(given["contents"], "content")
    for role in given["roles"]:
        key = fold_key(role)
        put((key, key + "ه", key + "ان", key + "تان"), "role")
        put((key + "ون", key + "ين", key + "و", key + "ات"), "people")
    for name, kind in (("bodies", "body"), ("media", "media"), ("documents", "document")):
        singles = {fold_key(each) for each in given[name]}
        put((each[:-1] + "ت" + dual for each in singles if each[-1] == "ه" for dual in _DUALS), kind)
        put((each + dual for each in singles if each[-1] != "ه" and len(each) > 2 for dual in _DUALS), kind)
    put(given["kin"], "role")
    for name, kind in (
        ("adjectives", "adjective"), ("people", "people"), ("counts", "number"), ("bodies", "body"), ("documents", "document"),
        ("media", "media"),
        ("anonymous", "anonymous"), ("ranks", "rank"), ("places", "place"), ("common", "common"), ("media_names", "media_name"),
        ("short_names", "acronym"), ("honorifics", "honour"),
        ("compound", "compound"), ("inner", "inner"), ("adverbs", "adverb"), ("relative_pronouns", "relative"),
        ("demonstratives", "determiner"), ("determiners", "determiner"),
    ):  # fmt: skip
        put(given[name], kind)
    return table


def listed_kind(spelled: str) -> str:
    """The kind that the lists give a word just as it is spelled; empty for one that no list has."""
    return _kinds().get(spelled, "")


def is_listed(spelled: str) -> bool:
    """Whether a folded word is in the lists of words or is a form of a cue."""
    return spelled in _kinds() or spelled in _joining() or is_act(spelled) or (spelled in written() and not written()[spelled][0])


def is_act(spelled: str) -> bool:
    """Whether a word is a past of the narrator's verbs: ألقى، ألقت."""
    acts = titles("acts")
    if spelled in acts:
        return True
    return spelled[-1:] == "ت" and (spelled[:-1] in acts or spelled[:-1] + "ي" in acts or spelled[:-1] + "ا" in acts)


@cache
def _joining() -> frozenset[str]:
    """Words that join clauses: no part of a name."""
    return particles("openers") | particles("that") | particles("clausal")


def is_office(bare: str) -> bool:
    """Whether a word without its article is a role of the list, also in the feminine."""
    return bare in _ROLES or (bare[-1:] == "ه" and bare[:-1] in _ROLES)


# The lists that every new spelling is looked up in, at hand.
_KINDS: Final = _kinds()
_LISTS: Final = lists()
_WRITTEN: Final = written()
_JOINING: Final = _joining()
_MANNERS: Final = particles("manners")
_PREPOSITIONS: Final = particles("complement_prepositions")
_ROLES: Final = titles("roles")
_CONTENTS: Final = titles("contents")
_NOT_CONTENTS: Final = titles("not_contents")
_HEARERS: Final = titles("hearers")
_INNER: Final = titles("inner")


# What a spelling is

# A verb with the pronoun of the first person (جعلني، يمنعني), which an adjective in اني or يني (لبناني) only looks like.
WITH_ME = r"(?!(?:[وفبك]?ال|لل))(?:\w{3,}[ملتد]|[يت]\w{2,}[^اوي])ني"
# Shapes of verbal nouns without the article: افتعال، استفعال، إفعال، تفعيل، مفاعلة، with or without a pronoun.
NOUN_SHAPE: Final = re.compile(
    r"(?:است\w{2,3}ا\w|ا\w{2}ا\wه?|ا\wت\wا\w|ا(?:صط|ضط|زد|ن\w)\wا\w|ت\w{2}ي\w|م\wا\w{2}ه|م\wا\w{2}(?=ت[هم])|ت\wا\w{2}|ت\w{3}(?=ه|ها|هم))"
    r"(?:ه|ها|هما?|ت[هم]ا?|تهما)?$"
)
_NOUN_SHAPES: Final = frozenset(("ا", "ت", "م"))  # the letters that these begin with
VERB_SHAPE = re.compile(r"(?:(?:ي|ت)\w{2,6}(?:ون)?|\w{3,}ت(?:ه|ها|هم))$")
# Shapes that are hardly names: a present without long vowels (يعمل، يستخدم، يطالبون), a verbal noun in the accusative (احتجاجاً).
_PRESENT: Final = re.compile(r"ي(?:[^اويهء\W]{3,5}|\w{3,5}ون|\w{3,5}(?:ه|ها|هم))|ت\wت[^اويهء\W]{2}|تست\w{3,4}")
_MANNER: Final = re.compile(r"(?:است\w{2,3}ا\w|ا\wت\wا\w|ان\w{2}ا\w)ا")
_WITH_ARTICLE: Final = frozenset(
    ("adverb", "inner", "compound", "content", "given", "rank", "determiner", "place", "media_name", "common", "honour", "number")
)
_AFTER_PREPOSITION: Final = frozenset(
    ("body", "media", "role", "people", "place", "document", "media_name", "content", "common", "acronym")
)
_AFTER_AND: Final = frozenset(
    ("role", "people", "body", "media", "place", "document", "rank", "content", "common", "acronym", "honour", "adjective")
)
_ACCUSATIVE: Final = frozenset(("role", "document", "body", "anonymous", "media"))
_OURS: Final = frozenset(("role", "media", "anonymous"))
_JOINED: Final = frozenset(("inner", "determiner", "relative", "adverb"))
_WITH_THEIR_OWN: Final = frozenset(("body", "people", "media", "role", "rank", "place"))
_OWNERS: Final = ("ه", "ها", "هم", "هما", "هن")
_OWNER_ENDS: Final = frozenset(owner[-1] for owner in _OWNERS)


def _noun(spelled: str) -> Noun:
    """What a folded word can be in a source."""
    if len(spelled) > _LONGEST:
        return ("bare", spelled, False, False)
    if len(spelled) == 1 and spelled in "وف":
        return ("verb", spelled, False, False)  # a conjunction that stands apart
    if spelled in _THAT:
        return ("verb", spelled, False, False)  # أن, أنهما: no part of a name
    kind = _KINDS.get(spelled)
    if kind:
        definite = (spelled.startswith("ال") and len(spelled) > 4) or (kind in _OURS and spelled.endswith("نا"))
        if definite and not spelled.startswith("ال"):
            return (kind, spelled, True, False)  # محدثنا، مراسلنا
        return (kind, spelled[2:] if definite else spelled, definite, False)
    if spelled[0] == "ء":  # an alif with hamza before ل, as `Article` writes it: no article (إلينور)
        return ("content" if NOUN_SHAPE.match("ا" + spelled[1:]) else "bare", spelled, False, False)
    if spelled[-1] in _OWNER_ENDS:
        if owned := owned_role(spelled, _ROLES):
            return ("role", owned, True, False)
        if owned := owned_people(spelled, _KINDS):
            return ("people", owned, True, False)  # سكانها، أعضاؤهم
    if spelled.endswith(("ها", "هم")) and _KINDS.get(spelled[:-2]) == "anonymous":
        return ("anonymous", spelled[:-2], True, False)  # مصادرها
    if spelled.endswith("يا") and _KINDS.get(spelled[:-1]) == "adjective":
        return ("adverb", spelled, False, False)  # أوروبيا، رسميا
    if spelled[-1] == "ا" and _KINDS.get(spelled[:-1]) in _ACCUSATIVE:
        return (_KINDS[spelled[:-1]], spelled[:-1], False, False)
    if spelled.endswith(_OF_GOD) and len(spelled) > len(_OF_GOD) + 1 and spelled[0] not in "وفبلك":
        return ("given", spelled, False, False)  # نصرالله، يارالله
    if spelled in (ALI, BAN) or (spelled.startswith(_SERVANT) and len(spelled) > 6):
        return ("given", spelled, False, False)
    if spelled.isdigit():
        return ("number", spelled, False, False)
    if spelled.startswith("ال") and is_act(spelled):
        return ("verb", spelled, False, False)  # التقى، ألقى: no article
    if spelled.startswith(("ال", "لل")) and len(spelled) > (3 if spelled[0] == "ا" else 4):
        return _with_article(spelled)
    if spelled[0] == "ل" and len(spelled) == 3 and spelled[1:] in _HEARERS:
        return ("bare", spelled[1:], False, True)  # لبي بي سي
    if spelled[0] in "لبوف" and len(spelled) > 3:
        found = _with_proclitic(spelled)
        if found:
            return found
    rest = spelled[1:] if spelled[0] in "وف" else spelled
    if _KINDS.get(rest) in _JOINED:
        return (_KINDS[rest], rest, False, False)
    if spelled in _JOINING or rest in _JOINING or spelled in _WRITTEN or spelled in _MANNERS:
        return ("verb", spelled, False, False)
    if spelled[-1] == "ت" and is_act(spelled):
        return ("verb", spelled, False, False)  # دخلت، قررت
    if spelled[0] in _NOUN_SHAPES and NOUN_SHAPE.match(spelled) and spelled not in _NOT_CONTENTS:
        return ("content", spelled, False, False)
    if spelled[0] in "يت" and _PRESENT.fullmatch(spelled):
        return ("verb", spelled, False, False)
    if spelled[0] == spelled[-1] == "ا" and _MANNER.fullmatch(spelled):
        return ("adverb", spelled, False, False)
    if spelled.startswith("با") and len(spelled) > 5 and spelled[2] != "ل" and not NOUN_SHAPE.match(spelled[1:]):
        return ("bare", spelled, False, False)  # باعجاجة، باسلمة: a surname
    if spelled[0] in "لب" and len(spelled) > 5 and spelled[-1] == "ه":
        return ("bare", spelled[1:], False, True)  # a noun in ة behind a preposition, hardly a name
    return ("bare", spelled, False, False)


def _owner(spelled: str) -> str:
    """The pronoun of an owner that a word ends in; empty where it ends in none."""
    if spelled[-1] not in _OWNER_ENDS:
        return ""
    return next((owner for owner in _OWNERS if spelled.endswith(owner)), "")


def _with_article(spelled: str) -> Noun:
    bare, prefixed = spelled[2:], spelled[0] == "ل"
    kind = _KINDS.get(bare, "definite")
    if not prefixed:
        if kind in _WITH_ARTICLE:
            kind = "definite"
        elif kind == "adjective":
            kind = "role" if is_office(bare) else "definite"
    return (kind, bare, True, prefixed)


def _with_proclitic(spelled: str) -> Noun | None:
    """A word behind ل, ب or و where what remains is one of the lists or has the article; else None."""
    rest = spelled[1:]
    kind, bare, definite, prefixed = _noun(rest)
    known = definite and not prefixed
    if spelled[0] in "لب":
        if kind == "people" and rest.endswith("ون"):
            return None  # no nominative after a preposition: بنجلون
        if kind in _AFTER_PREPOSITION or known:
            return (kind, bare, definite, True)
        if rest in _HEARERS or spelled in _INNER:
            return ("bare", rest, False, True)
        if kind == "determiner":
            return ("inner", rest, False, True)  # بهذا الخصوص، لتلك الشركة، بأحد الأخطاء
    elif _KINDS.get(rest) in _JOINED:
        return (kind, rest, False, False)
    elif spelled[0] == "و" and (kind in _AFTER_AND or known):
        return ("and", bare, definite, False)
    elif spelled[0] == "ف" and known:
        return ("and", bare, True, False)  # فالقرآن
    elif prefixed and definite:
        return (kind, bare, True, True)  # وبالمجمل
    return None


def _is_content(known: Word) -> bool:
    """Whether a word heads a reported noun phrase (ضرورة، استمرار، اعتقال)."""
    spelled = known.spelled
    if spelled in _JOINING:
        return False
    if known.kind == "content":
        return True
    owner = _owner(spelled)
    if not owner or known.kind in _WITH_THEIR_OWN or len(spelled) < len(owner) + 3:
        return False  # أسرة, no أسر with a pronoun
    stem = spelled[: -len(owner)]
    return stem in _CONTENTS or (stem[-1] == "ت" and stem[:-1] + "ه" in _CONTENTS)


_AN: Final = single("that")
_THAT: Final = frozenset(
    front + _AN + owner for front in ("", "ب") for owner in ("", "ه", "ها", "هم", "هما", "ني", "نا", "ك", "كم")
)
_CLAUSE: Final = tuple(joining + front + _AN for joining in ("", "و", "ف") for front in ("", "ب"))
_FUTURE: Final = tuple(joining + "سن" for joining in ("", "و", "ف"))
_WITH_ME: Final = re.compile(WITH_ME)


def _first_persons() -> frozenset[str]:
    """Words in the first person, and the first words of phrases that may be in it."""
    found = read("cues")["particles"]
    return frozenset(fold_key(each).split()[0] for each in (*found["first_person"], *found["before_first_person"]))


_FIRST_PERSONS: Final = _first_persons()


def _in_first_person(spelled: str) -> bool:
    """Whether a word is in the first person, by the list or by its ending or future, or the first of a phrase that may be in it."""
    if spelled.startswith(_FUTURE) and len(spelled) > (4 if spelled[0] == "س" else 5):
        return True
    return _is_first_person(spelled) or (spelled[0] in "وفس" and _is_first_person(spelled[1:]))


def _is_first_person(bare: str) -> bool:
    if bare.endswith("ني"):
        return bare in _FIRST_PERSONS or _WITH_ME.fullmatch(bare) is not None
    return bare in _FIRST_PERSONS or (bare.endswith("تنا") and len(bare) > 4)


_JOINED_THAT: Final = frozenset(front + owner for front in _CLAUSE for owner in ("", *particles("pronouns")))


def _marker(spelled: str) -> str:
    """What a complement that starts with the word is: that, prep, to, with; empty where none does."""
    if spelled in _JOINED_THAT:
        return "that"
    if spelled == BAN:
        return ""
    if spelled in _PREPOSITIONS:
        return "prep"
    if spelled[0] == "ل" and len(spelled) > 3:
        return "to"
    return "with" if spelled[0] == "ب" and len(spelled) != 2 else ""


def _firsts() -> dict[str, int]:
    """The first words of attributing phrases, of phrases of distance, of what the narrator resumes with or opens with, as bits."""
    according, of_narrator = read("cues")["according"], read("cues")["particles"]
    asides = [fold_key(each).split() for each in according["asides"]]
    found: dict[str, int] = {}

    def put(first: str, bit: int) -> None:
        found[first] = found.get(first, 0) | bit

    for head in [*(fold_key(each).split()[0] for each in according["heads"]), *(each[0] for each in asides)]:
        put(head, ACCORDING)
        put("و" + head, ACCORDING)
    for aside in asides:
        for owner in ("",) if len(aside) > 1 else _OWNERS:
            put(aside[0] + owner, DISTANCE)
    for phrase in of_narrator["distance"]:
        told = [each for each in fold_key(phrase).split() if each not in particles("before_distance")]
        put(told[0], DISTANCE)  # what tells the phrase, behind its preposition (في إشارة إلى)
    for bit, names in ((RESUMES, ("resumes", "comments", "and_pronouns", "turns")),):
        for first in {fold_key(each).split()[0] for name in names for each in of_narrator[name]}:
            put(first, bit)
    for first in {fold_key(each).split()[0] for each in read("cues")["carrier"]}:
        put(first, CARRIES)
    for first in {fold_key(each).split()[0] for name in ("openings", "impersonal") for each in of_narrator[name]}:
        put(first, OPENS)
        put("و" + first, OPENS)
    return found


_FIRSTS: Final = _firsts()
NO_WORD: Final = Word("-")
NO_WORD.spelled = ""
