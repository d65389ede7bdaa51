"""The state of a noun phrase read so far.

Three things matter: whether it is `open` (a head or a complement without article wants another noun: وزير …), which `segment` was
read last (its kind of word, or a name), and whether a `comma` stands before the next word, so that only an apposition goes on.

>>> from analysis.tokens import Tokens
>>> folded = "وزير الدفاع"
>>> reading = Reading(folded, Words(Tokens(folded)), len(folded), strict=False)
>>> reading.begin(reading.known[0], reading.known[0].kind, 0, 4)
>>> reading.open, reading.segment, reading.head
(True, 'role', 'وزير')
"""

from __future__ import annotations

from analysis.extract.statements.vocabulary.listed import is_office, titles
from analysis.extract.statements.vocabulary.words import WORDS, Word, Words, word

PERSON = frozenset(("role", "rank"))
NAMES = frozenset(("bare", "given", "compound"))
FULL_NAME, CLOSED = 4, 10  # words of a name that may still grow; added where the article has closed it
_OPEN_HEADS = frozenset(("role", "body", "media", "document", "people", "compound", "anonymous", "common"))
LINKED = frozenset(("role", "rank", "document", "definite", "anonymous"))  # segments that a preposition can follow
NISBA = ("ي", "يه")
SOUND_PLURAL = ("ون", "ين")
NISBA_PLURAL = ("يون", "يين")
_THINGS = frozenset(("body", "media", "document"))
_NEARBY = 3_000  # characters around a body's name in which its short name stands
_ANY_MARKS = frozenset('"“”«')
_FEMININE = titles("feminine")


class Reading:
    """A noun phrase as far as it has been read."""

    __slots__ = (
        "begun", "comma", "construct", "definite", "demonstrative", "end", "ends", "feminine", "folded", "gaps", "head",
        "head_kind", "known", "limit", "name_end", "name_start", "names", "one", "open", "plural", "quoted", "role", "segment",
        "starts", "stop", "strict", "tells_ali", "words",
    )  # fmt: skip

    def __init__(self, folded: str, words: Words, limit: int, *, strict: bool) -> None:
        self.folded, self.words, self.limit, self.strict = folded, words, limit, strict
        self.known, self.gaps, self.starts, self.ends = words.known, words.gaps, words.starts, words.ends
        self.tells_ali = words.tells_ali
        stop = words.at(limit)
        self.stop = stop - 1 if stop and words.ends[stop - 1] > limit else stop  # the first word that is out of reach
        self.begun = self.demonstrative = self.one = self.quoted = self.comma = self.construct = False

    def begin(self, known: Word, kind: str, start: int, end: int) -> None:
        """Take the head."""
        if kind == "adjective":
            kind = "role" if is_office(known.bare) else "bare"  # معارض سوري: as a head it is who, after one it is which
        elif kind == "anonymous" and known.definite and is_office(known.bare):
            kind = "role"  # المسؤول فلان
        self.begun = True
        bare, definite = known.bare, known.definite
        self.end, self.head, self.head_kind, self.segment, self.definite = end, bare, kind, kind, definite
        self.name_start = self.name_end = start
        self.names = 0
        self.open = not definite and kind in _OPEN_HEADS
        self.plural = kind == "people" or (kind == "definite" and len(bare) > 4 and bare.endswith(SOUND_PLURAL))
        if kind == "people" and len(bare) > 4 and bare.endswith(SOUND_PLURAL):
            self.open = False  # a plural that keeps its nun takes no complement: ناشطون التحالف are two
        self.feminine = (bare[-1] == "ه" and "masculine" not in word(bare).lists) or kind == "place" or bare in _FEMININE
        if kind in _THINGS and len(bare) > 3 and bare.endswith("ات"):
            self.feminine = True  # plurals of things
        self.role = []
        if kind in NAMES:
            self.segment, self.names, self.name_end, self.open = "name", 1, end, kind == "compound"
        elif kind == "place" or kind == "acronym":
            self.segment, self.name_end = "body", end
        else:
            self.role.append(bare)

    def quote_head(self, inner: int, inner_end: int, end: int) -> None:
        """Take a name in quote marks as the head."""
        self.begun = True
        self.end, self.head, self.head_kind, self.segment = end, self.folded[inner:inner_end], "bare", "quoted"
        self.name_start, self.name_end, self.names = inner, inner_end, 0
        self.open = self.definite = self.plural = self.feminine = False
        self.quoted, self.role = True, []

    def following(self, at: int) -> Word | None:
        """The word or mark after a word; None where the reach ends."""
        gap = self.gaps[at + 1]
        if gap != " ":
            marks = gap.lstrip()
            if marks and self.ends[at] + len(gap) - len(marks) < self.limit:
                return WORDS[marks[0]]
        return self.known[at + 1] if at + 1 < self.stop else None

    def goes_by(self, acronym: str) -> bool:
        """Whether an acronym behind the full name of a body is its own; past a complement the text has to have it with the head."""
        if self.head_kind != "body" or self.open or not (self.definite or self.construct):
            return False
        pair = f"{self.head} {acronym}"  # حركة التجدد الوطني أمل … حركة أمل
        return not self.construct or self.folded.find(pair, max(0, self.end - _NEARBY), self.end + _NEARBY) >= 0

    def before_name(self, at: int) -> bool:
        """Whether a quote mark follows a proclitic, also one of the shape that else closes (لـ”الدار”)."""
        return self.gaps[at + 1].lstrip()[:1] in _ANY_MARKS

    def touches(self, at: int) -> bool:
        """Whether what follows a word stands one space after it."""
        gap = self.gaps[at + 1]
        return gap == " " or (len(gap) > 1 and gap[0].isspace() and not gap[1].isspace())
