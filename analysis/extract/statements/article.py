"""What attributions are made of: an article as folded text with its quotations and sentence ends, and the attribution itself.

>>> from analysis.text import fold
>>> article = Article(fold("قال أحمد. «نعم. لا بأس أبداً يا صديقي». انتهى"), [], [])
>>> [article.folded[slice(*article.sentence(at))] for at in (2, 40)]
['قال احمد', 'انتهي']
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from analysis.extract.statements.closing import closed
from analysis.extract.statements.vocabulary.kinds import ALI, BAN
from analysis.extract.statements.vocabulary.listed import is_listed, titles
from analysis.extract.statements.vocabulary.words import CLAUSE, CUE, Words
from analysis.lexicon import read
from analysis.text import alternation, fold_key
from analysis.tokens import Memory, Tokens

if TYPE_CHECKING:
    from analysis.articles import Block
    from analysis.extract.quotes import Quote
    from analysis.extract.statements.sources.phrases import Phrase
    from analysis.extract.statements.vocabulary.forms import Form
    from analysis.text import Folded

NAME_WORDS: Final = 5  # a quotation of more words than this is speech rather than a name
_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[\n.!?؟…]")
_STOPS = Memory(lambda gap: [match.start() for match in _STOP.finditer(gap)])
_TWO_DOTS = re.compile(r"(?<!\.)\.(?=\. +\w)|(?<=(?<!\.)\.)\.(?= +\w)")  # in much of the press a comma


_ENDING: Final = frozenset(" \n")


def _no_stop(folded: str, at: int, following: str) -> bool:
    """Whether a dot ends no sentence: one of two dots, or one within an address."""
    if following == "." or folded[at - 1] == ".":
        return _TWO_DOTS.match(folded, at) is not None
    return following not in _AFTER_STOP and _address().match(folded, at + 1) is not None


@cache
def _address() -> re.Pattern[str]:
    """What follows the dot in the name of a site: العربية.نت."""
    return re.compile(alternation(read("cues")["particles"]["domains"]) + r"(?!\w)")


def _ends_words(before: str) -> bool:
    """Whether a dot that is written on the next word ends a sentence, by the two characters before it: a word, a mark, a space."""
    return (before.isalpha() and len(before) == 2) or before[-1:] in _BEFORE_STOP


_BEFORE_WRAP: Final = frozenset("،؛")
_BEFORE_STOP: Final = frozenset(' "”»)')
_NEAR: Final = 20_000  # characters
WHOLE: Final = (
    200_000  # characters in which what the article tells elsewhere is looked for: more than any text that is one article has
)
_SENTENCE: Final = 1500  # characters after which words without a stop are cut, so that no text makes a reading long
_AFTER_STOP: Final = frozenset("\n \"”»’')].!?؟…")


class Attribution:
    """A cue with its complement: `frame` says which, `begin` where the content starts, `end` where a quotation ends it."""

    __slots__ = ("begin", "closed", "cue_end", "cue_start", "embedded", "end", "form", "frame", "joined", "lead", "phrase", "seek")

    def __init__(
        self, cue_start: int, cue_end: int, form: Form, frame: str, begin: int, end: int | None, phrase: Phrase | None,
        joined: bool, lead: int, embedded: bool, seek: int, closed: bool,
    ) -> None:  # fmt: skip
        self.cue_start, self.cue_end, self.form = cue_start, cue_end, form
        self.frame = frame  # that speech quote before according headline object about or a preposition
        self.begin, self.end, self.phrase, self.joined = begin, end, phrase, joined
        self.lead = lead  # where the cue's own clause starts: before its conjunction and a source that precedes it
        self.embedded = embedded  # the clause hangs on a word before it (a relative clause, a verbal noun)
        self.seek = seek  # where the sentence starts in which to look for the subject of an elided source; -1 where not to
        self.closed = closed  # the source was told from what follows it by a mark or by grammar, not by guess

    def said_by(self, phrase: Phrase | None, *, embedded: bool) -> Attribution:
        """The same with another source."""
        return Attribution(
            self.cue_start, self.cue_end, self.form, self.frame, self.begin, self.end, phrase, self.joined, self.lead, embedded,
            self.seek, self.closed,
        )  # fmt: skip


class Complement:
    """What follows a cue: the `frame`, the content's `begin` (and `end` where a quotation settles it), the source in between.

    `closed` tells whether a mark or grammar ends the source, rather than a guess.
    """

    __slots__ = ("begin", "closed", "end", "frame", "phrase")

    def __init__(self, frame: str, begin: int, end: int | None, phrase: Phrase | None, closed: bool) -> None:
        self.frame, self.begin, self.end, self.phrase = frame, begin, end, phrase
        self.closed = closed


class Article:
    """A folded text with what attributions are found by; offsets here are folded ones."""

    def __init__(self, doc: Folded, blocks: Sequence[Block], quotes: Sequence[Quote]) -> None:
        self.doc = doc
        kept: list[int] = []  # where a letter tells a name from the word that it looks like
        self.folded = _keep_ban(doc, _keep_ali(doc, _keep_hamza(doc, kept), kept), kept)
        self.vowelled = "\u064f" in doc.plain  # whether a vowel sign may tell a passive
        folded = self.folded
        self.words = Words(Tokens(folded, doc.tokens, kept) if kept else doc.tokens)
        self.words.tells_ali = _ON in doc.plain and _IN in doc.plain  # not where every final ي is written ى
        self._starting = [at for at, known in enumerate(self.words.known) if known.starts]
        self._starts = [self.words.known[at].starts for at in self._starting]
        if doc.aligned:
            self.quotes = [tuple(quote) for quote in quotes]
            self.blocks = [(block.start, block.end, block.role) for block in blocks]
        else:
            self.blocks = [(doc.to_folded(start), doc.to_folded(end), role) for start, end, _, role in blocks]
            self.quotes = [
                (doc.to_folded(start), doc.to_folded(end), doc.to_folded(inner), doc.to_folded(inner_end))
                for start, end, inner, inner_end in quotes
            ]
        self._kept: dict[int, list[int]] = {}
        self.quotes = closed(self.words, self.quotes, self.notable(CUE))
        self.by_start = {start: (end, inner, inner_end) for start, end, inner, inner_end in self.quotes}
        self.quote_starts = sorted(self.by_start)
        self.quote_ends = {end: start for start, (end, _, _) in sorted(self.by_start.items(), reverse=True)}
        long = [(start, end) for start, end, inner, inner_end in self.quotes if folded.count(" ", inner, inner_end) >= NAME_WORDS]
        self.speech = _merge(long)
        self._speech_starts = [start for start, _ in self.speech]
        self.stops = self._find_stops()
        self._sentences: dict[int, tuple[int, int]] = {}
        self._clauses: list[int] | None = None

    def _find_stops(self) -> list[int]:
        folded, stops, speech = self.folded, [], self.speech
        size, last, place = len(folded), 0, 0
        for at in self._marks():
            mark = folded[at]
            while place < len(speech) and speech[place][1] <= at:
                place += 1
            if mark != "\n":
                following = folded[at + 1] if at + 1 < size else "\n"
                if place < len(speech) and speech[place][0] < at:
                    if at + 2 < speech[place][1]:
                        continue
                    at = speech[place][1]  # the stop before the closing mark ends the sentence after it
                elif mark == "." and (following not in _ENDING or folded[at - 1] == ".") and _no_stop(folded, at, following):
                    continue
                elif mark == ".":
                    before = folded[at - 2 : at]
                    if following not in _AFTER_STOP and not (following.isalpha() and following > "z" and _ends_words(before)):
                        continue
                    if before[-1:].isalpha() and not before[:1].isalpha():
                        continue  # an initial
                elif mark != "؟" and following not in _AFTER_STOP:
                    continue
            elif folded[max(0, at - 2) : at].rstrip(" ")[-1:] in _BEFORE_WRAP:
                continue  # a line that ends in a comma goes on in the next
            while at - last > _SENTENCE:
                last += _SENTENCE
                stops.append(last)
            stops.append(at)
            last = at
        while size - last > _SENTENCE:
            last += _SENTENCE
            stops.append(last)
        stops.append(size)
        return stops

    def _marks(self) -> list[int]:
        """Where the marks stand that may end a sentence."""
        return [start + at for start, stops in self.doc.tokens.gaps_with(_STOPS) for at in stops]

    def notable(self, bit: int) -> list[int]:
        """The numbers of the words with a bit of `Word.starts`, in order."""
        found = self._kept.get(bit)
        if found is None:
            starting, starts = self._starting, self._starts
            found = self._kept[bit] = [starting[place] for place in range(len(starts)) if starts[place] & bit]
        return found

    def clause_from(self, at: int, limit: int) -> bool:
        """Whether a word that a clause may start with (أن، بأنه), or a colon, stands in `at:limit`."""
        if self._clauses is None:
            starts, folded = self.words.starts, self.folded
            self._clauses = sorted([*(starts[at] for at in self.notable(CLAUSE)), *places(folded, ":")])
        place = bisect_left(self._clauses, at)
        return place < len(self._clauses) and self._clauses[place] < limit

    def inside_speech(self, at: int) -> bool:
        """Whether an offset lies within a quotation of speech."""
        place = bisect_right(self._speech_starts, at) - 1
        return place >= 0 and self.speech[place][0] < at < self.speech[place][1]

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence that holds an offset, without the stop."""
        place = bisect_left(self.stops, at)
        found = self._sentences.get(place)
        if found is None:
            folded, size = self.folded, len(self.folded)
            start = self.stops[place - 1] if place else 0
            end = self.stops[place] if place < len(self.stops) else size
            while start < end and (folded[start].isspace() or (folded[start] in ".!?؟…\"”»'’)]" and start not in self.by_start)):
                start += 1
            found = self._sentences[place] = (start, end)
        return (found[0] if found[0] < at else at), found[1]

    @cached_property
    def inner_starts(self) -> frozenset[int]:
        """Where what a pair of marks holds begins."""
        return frozenset(inner for _, inner, _ in self.by_start.values())

    def recurs(self, start: int, end: int) -> bool:
        """Whether a phrase stands elsewhere too, within the length of any article that is one."""
        folded, phrase = self.folded, self.folded[start:end]
        return folded.find(phrase, max(0, start - _NEAR), start) >= 0 or folded.find(phrase, end, end + _NEAR) >= 0

    def quote_from(self, at: int, limit: int) -> tuple[int, int, int, int] | None:
        """The first quotation that starts in `at:limit`."""
        place = bisect_left(self.quote_starts, at)
        if place < len(self.quote_starts) and self.quote_starts[place] < limit:
            start = self.quote_starts[place]
            return (start, *self.by_start[start])
        return None


def places(text: str, mark: str) -> list[int]:
    """Where a mark stands in a text."""
    found, at = [], text.find(mark)
    while at >= 0:
        found.append(at)
        at = text.find(mark, at + 1)
    return found


_HAMZA_LAM = re.compile(r"[إأآ](?:ل\w{2}|(?<=آ)نا?(?!\w))")  # also آن and آنا, which fold like أن and أنا
_BEGINS_HAMZA_LAM: Final = ("إل", "أل", "آل", "آن")


def _keep_hamza(doc: Folded, kept: list[int]) -> str:
    """The folded text in which an alif with hamza before ل is no article: إلينور becomes ءلينور unless it is a listed word."""
    folded, text, pieces, last = doc.folded, doc.plain, [], 0
    # Most by far are إلى, which are out by their fourth character.
    begun = [at for begins in _BEGINS_HAMZA_LAM for at in places(text, begins) if begins == "آن" or text[at + 3 : at + 4] > " "]
    begun.sort()
    for original in begun:
        match = _HAMZA_LAM.match(text, original)
        at = doc.to_folded(original)
        if match is None or folded[at - 1 : at].isalnum():
            continue
        found = _WORD.match(folded, at)
        madda = match[0][0] == "آ" and (match[0][1] == "ن" or (found is not None and found[0] in titles("with_madda")))
        if found and (madda or not is_listed(found[0])):
            kept.append(at)
            pieces += [folded[last:at], "ء"]
            last = at + 1
    return "".join([*pieces, folded[last:]]) if pieces else folded


_ON, _IN, _NAME = (
    read("cues")["word"]["on"],
    read("cues")["word"]["in"],
    read("titles")["word"]["ali"],
)  # not folded: their last letters tell them apart
_ALI = re.compile(rf"{_NAME}(?!\w)")


def _keep_ali(doc: Folded, folded: str, kept: list[int]) -> str:
    """The folded text in which the name علي is no preposition: behind بن and the like, and where the text writes على."""
    text = doc.plain
    if _NAME not in text:
        return folded
    told = _ON in text
    pieces, last = [], 0
    for match in _ALI.finditer(text):
        at = match.start()
        son = fold_key(text[text.rfind(" ", 0, max(0, at - 1)) + 1 : at].rstrip(" ")) in titles("fusing")
        following = None if son else _WORD.match(text, match.end() + 1)
        if following and fold_key(following[0]) in titles("after_ala"):
            continue  # علي ضرورة: the preposition all the same
        if at and (text[at - 1].isalnum() or text[at - 1] == "_"):
            continue  # looked at here, for a pattern that begins with its own letters is found far faster
        if not told and not son:
            continue
        at = doc.to_folded(at)
        kept.append(at)
        pieces += [folded[last:at], ALI]
        last = at + len(ALI)
    return "".join([*pieces, folded[last:]])


_FIRST, _MIDDLE, _LAST = read("titles")["word"]["ban_ki_moon"].split()
_BAN = re.compile(rf"(?<!\w){_FIRST}(?: {_MIDDLE}(?=[ -]?{_LAST}))?(?!\w)")
_MIDDLE_KEPT = f" {_MIDDLE[0]}ء"  # nor is كي the particle


def _keep_ban(doc: Folded, folded: str, kept: list[int]) -> str:
    """The folded text in which the name بان is no complementiser, where the text has it in full (بان كي مون)."""
    text = doc.plain
    if f"{_FIRST} {_MIDDLE}" not in text:
        return folded
    pieces, last = [], 0
    for match in _BAN.finditer(text):
        at = doc.to_folded(match.start())
        name = BAN + _MIDDLE_KEPT * (len(match[0]) > len(BAN))
        kept += [at, at + len(name) - 1]
        pieces += [folded[last:at], name]
        last = at + len(name)
    return "".join([*pieces, folded[last:]])


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
