"""Quotations that were never closed: the narrator goes on with a hal inside the marks (قال: «العمل مستمر، مشيراً إلى أن …»).

In go the words of a text with its quotations and the words that may be cues, out come the quotations as they should have closed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.extract.statements.vocabulary.words import Words

Marks = tuple[int, ...]  # start, end, inner start, inner end of a quotation
_SPEECH = 5  # words of the shortest quotation that is surely speech and no name
_COMMAS = frozenset("،,")


def closed(words: Words, quotes: Sequence[Marks], cues: Sequence[int]) -> list[Marks]:
    """The quotations, each of them cut before a hal that opens a clause behind a comma in it."""
    found = list(quotes)
    if not found:
        return found
    starts = [start for start, *_ in found]
    for at in reversed(cues):
        if not _resumes(words, at):
            continue
        place = bisect_right(starts, words.starts[at]) - 1
        if place >= 0 and found[place][2] < words.starts[at] < found[place][3]:
            start, _, inner, _ = found[place]
            if at - words.at(inner) < _SPEECH:
                continue
            comma = words.ends[at - 1]
            found[place] = (start, comma, inner, comma)
    return found


def _resumes(words: Words, at: int) -> bool:
    """Whether a hal of saying stands behind a comma, before its clause."""
    known = words.known[at]
    if at < 1 or known.readings[0].mood != "hal" or words.gaps[at][:1] not in _COMMAS:
        return False
    following = words.next(at)
    return following.that or (following.marker == "prep" and words.next(at + 1).that)
