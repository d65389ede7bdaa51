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
from typing import TYPE_CHECKING, Final

from analysis.extract.statements.vocabulary.forms import Form, written
from analysis.extract.statements.vocabulary.kinds import AN, BAN, LONGEST, OWNERS, THAT, WITH_ME, is_content, noun
from analysis.extract.statements.vocabulary.listed import lists, particles
from analysis.lexicon import read
from analysis.text import fold_key

if TYPE_CHECKING:
    from analysis.tokens import Spelling, Tokens

_KEPT: Final = 100_000  # spellings that are remembered
_STRETCH: Final = 8  # characters: a word or two

# What a word may start, as bits of `Word.starts`.
CUE: Final = 1
CLAUSE: Final = 2
ACCORDING: Final = 4
DISTANCE: Final = 8
RESUMES: Final = 16
OPENS: Final = 32
FIRST_PERSON: Final = 64
CARRIES: Final = 128
TAKES_UP: Final = 256


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
        self.kind, self.bare, self.definite, self.prefixed = noun(spelled)
        self.joined, self.readings = _WRITTEN.get(spelled, _NO_CUE)
        self.lists = _LISTS.get(spelled, _NO_LISTS)
        self.content = is_content(spelled, self.kind)
        self.marker = _marker(spelled)
        self.that = spelled in THAT
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
        if len(spelled) > LONGEST:
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


# What a spelling may begin

_WRITTEN: Final = written()
_LISTS: Final = lists()
_PREPOSITIONS: Final = particles("complement_prepositions")
_CLAUSE: Final = tuple(joining + front + AN for joining in ("", "و", "ف") for front in ("", "ب"))
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


TAKING_UP: Final = ("and_pronouns", "and_that", "negations")  # what takes up a whole clause, or tells what was not said


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
        for owner in ("",) if len(aside) > 1 else OWNERS:
            put(aside[0] + owner, DISTANCE)
    for phrase in of_narrator["distance"]:
        told = [each for each in fold_key(phrase).split() if each not in particles("before_distance")]
        put(told[0], DISTANCE)  # what tells the phrase, behind its preposition (في إشارة إلى)
    for bit, names in ((RESUMES, ("resumes", "comments", "and_pronouns", "turns")),):
        for first in {fold_key(each).split()[0] for name in names for each in of_narrator[name]}:
            put(first, bit)
    for first in {fold_key(each).split()[0] for each in read("cues")["carrier"]}:
        put(first, CARRIES)
    for first in {fold_key(each).split()[0] for name in TAKING_UP for each in of_narrator[name]}:
        put(first, TAKES_UP)
    for first in {fold_key(each).split()[0] for name in ("openings", "impersonal") for each in of_narrator[name]}:
        put(first, OPENS)
        put("و" + first, OPENS)
    return found


_FIRSTS: Final = _firsts()
NO_WORD: Final = Word("-")
NO_WORD.spelled = ""
