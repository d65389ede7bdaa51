"""Who is named, by which name, and in whose voice.

In goes a text (folded, with its quotations and statements), out come `Mention`s: each name of an actor in the lexicon, with the
label used, what choosing that label says (`stance`), whether it stands in quote marks of its own, and whose words it is part of.

>>> for mention in find_mentions("دعم التحالف مليشيا “قسد” في عين العرب"):
...     print(mention.actor, mention.text, mention.label, mention.stance, mention.quoted)
coalition التحالف التحالف neutral False
sdf مليشيا “قسد” مليشيا قسد hostile True
kobani عين العرب عين العرب formal False

How it works: `Anchors` gives the places where a name may begin; there one trie regex reads the longest name, the words before it
are checked for proclitics, and what may be part of an armed group's name (مليشيا … الانفصالية) is added. Names too short to tell
who is meant are settled at the end by the names that the article writes in full. The lexicon is `analysis/lexicon/actors.toml`,
whose opening explains its form.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analysis.actors import know
from analysis.extract.names import ARTICLE, LAM, PLAIN, Actors, Entry, Reading, compile_actors, read_actors_file
from analysis.lexicon import read
from analysis.text import Folded, fold
from analysis.tokens import Tokens

if TYPE_CHECKING:
    from analysis.extract.quotes import Quote
    from analysis.extract.statements import Statement

_PROCLITIC_ENDS = frozenset("وفبلك")
_QUOTE_MARKS = frozenset("\"“”„‟«»‹›‘’‚‛'`＂❝❞")
_CLOSERS = {"(": ")", "[": "]"}
_CENSORS = ".·•*_"
# How far a name with censoring dots may reach to either side of one.
_REACH = 64
# A quotation of so many words is speech also where no statement was found around it.
_SPEECH_WORDS = 7


class Mention(NamedTuple):
    """A name of an actor. `text` is the name as written, without proclitics; `label` its folded form in the lexicon's spelling.

    `quoted`: quote marks of its own stand directly around it (or around what follows مليشيا, تنظيم, … within it).
    `voice`: `quotation` within quoted speech, `paraphrase` within the content of a statement, else `narrator`.
    """

    start: int
    end: int
    text: str
    actor: str
    label: str
    stance: str
    quoted: bool
    voice: str


# A name found, in folded offsets: where it starts and ends, where its word begins (with proclitics), where the actor's own label
# does, and what it says.  Plain tuples: names are many, and a NamedTuple takes four times as long to make.
_Name = tuple[int, int, int, int, Reading]


def find_mentions(text: str, *, actors: Actors | str | os.PathLike[str] | None = None) -> list[Mention]:
    """The names of actors in `text`, in order; a name within another actor's name (التحالف الدولي ضد داعش) comes after it.

    `actors` is a file of actors or what `load_actors` made of it; None takes the package's own. Raises `InputError` for a
    broken file.

    >>> [mention.label for mention in find_mentions("لـ”قسد” وللتحالف الدولي")]
    ['قسد', 'التحالف الدولي']
    """
    from analysis.blocks import scan_blocks
    from analysis.extract.quotes import scan_quotes
    from analysis.extract.statements import scan_statements

    doc = fold(text)
    quotes = scan_quotes(doc)
    statements = scan_statements(doc, scan_blocks(doc), quotes)
    return scan_mentions(doc, quotes, statements, actors if isinstance(actors, Actors) else load_actors(actors))


def load_actors(path: str | os.PathLike[str] | None = None) -> Actors:
    """The actors of a TOML file, ready to be looked for; None gives the package's own (`analysis/lexicon/actors.toml`).

    Figures and pages of this process call the actors by the file's names from then on.
    Raises `InputError`, naming file, key and remedy, where the file cannot be read or says something that cannot be meant.
    """
    if path is None:
        return _built_in()
    place = Path(path)
    try:
        changed = place.stat().st_mtime_ns
    except OSError:
        changed = 0  # `compile_actors` says what is wrong with it
    actors = _from_file(str(place), changed)
    know(actors.called)
    return actors


@lru_cache(maxsize=1)
def _built_in() -> Actors:
    return compile_actors(read("actors"), "analysis/lexicon/actors.toml")


@lru_cache(maxsize=8)
def _from_file(path: str, changed: int) -> Actors:
    return compile_actors({**read("actors"), "actors": {}, **read_actors_file(path)}, path)


def scan_mentions(doc: Folded, quotes: Sequence[Quote], statements: Sequence[Statement], actors: Actors) -> list[Mention]:
    """The names of actors in a folded text; spans are those of the original text."""
    folded, text = doc.folded, doc.text
    names = _with_censored(folded, _scan(folded, doc.tokens, actors), actors)
    settled = _settle(names)
    if not settled:
        return []
    span = doc.span
    spans = [span(name[0], name[1]) for name, _ in settled]
    ends = {end: at for at, (_, end) in enumerate(spans)}
    quoted = [_in_marks(folded, name) for name, _ in settled]
    speech = []
    for quote in quotes:
        at = ends.get(quote.inner_end)
        if at is not None and (quote.inner_start == spans[at][0] or _holds_only(doc, quote, settled[at][0])):
            quoted[at] = True
        else:
            speech.append(quote)
    voices = Voices(text, speech, statements).of(spans)
    return [
        Mention(start, end, text[start:end], entry.actor, name[4].label, name[4].stance, marked, voice)
        for (start, end), (name, entry), marked, voice in zip(spans, settled, quoted, voices, strict=True)
    ]


def _holds_only(doc: Folded, quote: Quote, name: _Name) -> bool:
    """Whether a quotation that ends with a name holds nothing else, but for proclitics before it or a head outside of it."""
    _, end, word, core, _ = name
    return quote.inner_start == doc.span(word, end)[0] or quote.inner_start == doc.span(core, end)[0]


def _scan(folded: str, tokens: Tokens, actors: Actors) -> list[_Name]:
    """Every name in `folded`, in order, short ones unsettled."""
    names: list[_Name] = []
    done = 0
    for at in actors.anchors.positions(tokens):
        if at < done:
            continue
        before = folded[at - 1] if at else " "
        if not before.isalnum():
            name = _longest(folded, at, at, actors)
        elif before in _PROCLITIC_ENDS:
            name = _after_proclitic(folded, at, actors)
        else:
            continue
        if name is None:
            continue
        done = name[1]
        reading = name[4]
        if not reading.entries:  # a phrase that only looks like a name
            continue
        names.append(name)
        if not reading.plain and reading.entries[0].against and (extended := _against(folded, name, actors)):
            names[-1:] = extended
            done = extended[0][1]
    return names


def _after_proclitic(folded: str, at: int, actors: Actors) -> _Name | None:
    """The name at `at` within a word, where what the word begins with may stand before a name."""
    if folded[at - 2 : at] == "ال" and (at == 2 or not folded[at - 3].isalnum()):  # by far the most common
        return _longest(folded, at - 2, at - 2, actors)
    word = at - 1
    while word > 0 and at - word < 5 and folded[word - 1].isalnum():
        word -= 1
    prefix = folded[word:at]
    if prefix in PLAIN:
        return _longest(folded, at, word, actors)
    if prefix in ARTICLE:
        return _longest(folded, at - 2, word, actors)
    if prefix in LAM and (match := actors.definite.match(folded, at)) and (reading := actors.read(match, 2)):
        name = (at - 2, at + reading.end, word, at - 2, reading)
        return name if reading.plain else _in_place(folded, name, actors)
    return None


def _longest(folded: str, at: int, word: int, actors: Actors) -> _Name | None:
    """The longer of a label alone and a label after a head (تنظيم …, مليشيا …) at `at`."""
    match = actors.name.match(folded, at)
    reading = None
    if folded[at : at + 3] in actors.head_starts:
        headed = actors.headed.match(folded, at)
        if headed and (match is None or headed.end() > match.end()):
            reading = actors.read(headed, 1)
    if reading is None:
        if match is None:
            return None
        reading = actors.readings[0].get(match[0]) or actors.read(match, 0)
        if reading is None:
            return None
    name = (at, at + reading.end, word, at + reading.core, reading)
    return name if reading.plain else _in_place(folded, name, actors)


def _in_place(folded: str, name: _Name, actors: Actors) -> _Name | None:
    """A name by what stands around it: None where that says that no actor is meant."""
    reading = name[4]
    if not reading.entries:
        return name
    first = reading.entries[0]
    if first.short and actors.adjective(folded, name[1]):
        return None
    if first.city and actors.means_city(folded, name[2], name[3]):
        return None
    return _close(folded, name) if reading.marked else name


def _close(folded: str, name: _Name) -> _Name:
    """The name with the other mark of a quotation or bracket of which it holds one."""
    start, end, word, core, reading = name
    surface = folded[start:end]
    quotes = sum(character in _QUOTE_MARKS for character in surface)
    wanted = next((close for mark, close in _CLOSERS.items() if mark in surface and close not in surface), None)
    for _ in range(2):
        following = folded[end : end + 1]
        if following and following == wanted:
            end, wanted = end + 1, None
        elif quotes % 2 and following in _QUOTE_MARKS:
            end, quotes = end + 1, quotes + 1
    if quotes % 2 and start and folded[start - 1] in _QUOTE_MARKS:
        start -= 1  # "داعش" الإرهابي
    return start, end, word, core, reading


def _against(folded: str, name: _Name, actors: Actors) -> list[_Name] | None:
    """The name with whom it is against as a part of it, and that actor's own name: التحالف الدولي ضد «داعش»."""
    reading = name[4]
    link = actors.against[reading.entries[0].actor].match(folded, name[1])
    if link is None:
        return None
    other = _longest(folded, link.end(), link.end(), actors)
    if other is None or not other[4].entries or other[4].entries[0].actor != reading.entries[0].against:
        return None
    entries = tuple(entry._replace(short=False) for entry in reading.entries if entry.against)
    label = f"{reading.label} {actors.key(link[1])} {other[4].label}"
    whole = reading._replace(entries=entries, label=label, marked=True)
    start, end = name[0], other[1]
    if folded[name[1]] in _QUOTE_MARKS and start and folded[start - 1] in _QUOTE_MARKS:
        start -= 1  # «التحالف الدولي» ضد «داعش»: with both names' marks
        end += folded[end : end + 1] in _QUOTE_MARKS and folded[other[0] - 1] in _QUOTE_MARKS
        return [(start, end, name[2], name[3], whole), other]
    return [_close(folded, (start, end, name[2], name[3], whole)), other]


def _with_censored(folded: str, names: list[_Name], actors: Actors) -> list[_Name]:
    """`names`, and those written with dots within a word (ق.وات, د.اعش)."""
    dots = [dot for mark in _CENSORS if mark in folded for dot in _between_letters(folded, mark)]
    if not dots:
        return names
    dots.sort()
    windows: list[list[tuple[int, int]]] = []
    for dot in dots:
        if windows and dot[0] - windows[-1][-1][1] < 2 * _REACH:
            windows[-1].append(dot)
        else:
            windows.append([dot])
    found: list[_Name] = []
    for window in windows:
        first, last = max(0, window[0][0] - _REACH), min(len(folded), window[-1][1] + _REACH)
        kept: list[int] = []
        at = first
        for start, end in window:
            kept.extend(range(at, start))
            at = end
        kept.extend(range(at, last))
        joined = "".join([folded[index] for index in kept])
        for start, end, word, core, reading in _scan(joined, Tokens(joined), actors):
            begin, stop = kept[start], kept[end - 1] + 1
            # Only what spans a dot, and no word that the window cuts.
            if stop - begin > end - start and (word > 0 or first == 0) and (end < len(kept) or last == len(folded)):
                found.append((begin, stop, kept[word], kept[core], reading))
    if not found:
        return names
    spans = [(name[0], name[1]) for name in found]
    others = [name for name in names if not _overlaps(name, spans)]
    return sorted(others + found, key=lambda name: (name[0], -name[1]))


def _between_letters(folded: str, mark: str) -> Iterator[tuple[int, int]]:
    """Each span of `mark` that has Arabic letters on both sides."""
    at = folded.find(mark)
    while at >= 0:
        if "ء" <= folded[at + 1 : at + 2] <= "ي" and at and "ء" <= folded[at - 1] <= "ي":
            yield at, at + 1
        at = folded.find(mark, at + 1)


def _overlaps(name: _Name, spans: list[tuple[int, int]]) -> bool:
    at = bisect_right(spans, (name[1] - 1, 1 << 60))
    return at > 0 and spans[at - 1][1] > name[0]


def _settle(names: list[_Name]) -> list[tuple[_Name, Entry]]:
    """Whom each name means: for short ones the candidate last named in full, else the first one named after, else by itself."""
    firsts = [name[4].entries[0] for name in names]
    if not any(entry.short for entry in firsts):
        return list(zip(names, firsts, strict=True))
    ahead: dict[str, int] = {}
    for at, entry in enumerate(firsts):
        if not entry.short:
            ahead.setdefault(entry.actor, at)
    latest: dict[str, int] = {}
    settled = []
    for at, (name, entry) in enumerate(zip(names, firsts, strict=True)):
        if not entry.short:
            latest[entry.actor] = at
            settled.append((name, entry))
        elif chosen := _meant(name[4].entries, latest, ahead):
            settled.append((name, chosen))
    return settled


def _meant(candidates: Sequence[Entry], latest: dict[str, int], ahead: dict[str, int]) -> Entry | None:
    seen = [entry for entry in candidates if entry.actor in latest]
    if seen:
        return max(seen, key=lambda entry: latest[entry.actor]) if len(seen) > 1 else seen[0]
    coming = [entry for entry in candidates if entry.actor in ahead]
    if coming:
        return min(coming, key=lambda entry: ahead[entry.actor])
    return next((entry for entry in candidates if entry.alone), None)


def _in_marks(folded: str, name: _Name) -> bool:
    """Whether quote marks stand directly around the name, its word, or what follows the name's head."""
    start, end, word, core, reading = name
    if reading.marked and core > start and folded[core - 1] in _QUOTE_MARKS and not _QUOTE_MARKS.isdisjoint(folded[core:end]):
        return True  # within the span: مليشيا «قسد», «داعش» الإرهابي
    if folded[end : end + 1] not in _QUOTE_MARKS or end == len(folded):
        return False
    return any(at > 0 and folded[at - 1] in _QUOTE_MARKS for at in (start, word, core))


class Voices:
    """Whose words a span is part of, by the statements and the quotations around it (without those that only mark a name)."""

    __slots__ = ("_paraphrase", "_quotation")

    def __init__(self, text: str, quotes: Iterable[Quote], statements: Sequence[Statement]) -> None:
        contents = _union((statement.start, statement.end) for statement in statements)
        speech = [(statement.start, statement.end) for statement in statements if statement.kind == "direct"]
        for quote in quotes:
            start, end = quote.inner_start, quote.inner_end
            words = text.count(" ", start, end) + 1
            if words >= _SPEECH_WORDS or (words > 1 and _touches(contents, start, end)):
                speech.append((start, end))
        self._quotation = _union(speech)
        self._paraphrase = contents

    def at(self, start: int, end: int, *, aside: bool = False) -> str:
        """The voice of `start:end`; an `aside` (حسب زعمه) is the narrator's wherever it is not quoted."""
        if _within(self._quotation, start, end):
            return "quotation"
        return "paraphrase" if not aside and _within(self._paraphrase, start, end) else "narrator"

    def of(self, spans: Iterable[tuple[int, int]]) -> list[str]:
        """The voices of spans, which are in the order of their starts."""
        quotation, paraphrase = self._quotation, self._paraphrase
        voices = []
        in_speech = in_content = 0  # how many of each begin at or before the span
        for start, end in spans:
            while in_speech < len(quotation[0]) and quotation[0][in_speech] <= start:
                in_speech += 1
            while in_content < len(paraphrase[0]) and paraphrase[0][in_content] <= start:
                in_content += 1
            if in_speech and quotation[1][in_speech - 1] >= end:
                voices.append("quotation")
            else:
                voices.append("paraphrase" if in_content and paraphrase[1][in_content - 1] >= end else "narrator")
        return voices


_Spans = tuple[list[int], list[int]]


def _union(spans: Iterable[tuple[int, int]]) -> _Spans:
    """Overlapping spans joined: their starts and their ends, in order."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(spans):
        if ends and start < ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


def _within(spans: _Spans, start: int, end: int) -> bool:
    at = bisect_right(spans[0], start) - 1
    return at >= 0 and spans[1][at] >= end


def _touches(spans: _Spans, start: int, end: int) -> bool:
    at = bisect_right(spans[0], end - 1) - 1
    return at >= 0 and spans[1][at] > start
