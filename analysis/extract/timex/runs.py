"""Where runs of words of time stand in a text.

>>> text = "قال امس الجمعه ان ذلك كان في 4 حزيران (يونيو) الفايت"
>>> [text[start:end] for start, end in find_runs(text)]
['امس الجمعه', '4 حزيران (يونيو) الفايت']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, compress
from typing import NamedTuple

from ...lexicon import read
from ...text import fold_key
from .vocabulary import vocabulary

# Words that only link; a run neither begins nor ends with them.
_LINKS = ("in", "from", "to", "at", "and", "or", "for", "corresponding")
# Words that lead to a time expression or go on with one, and are none by themselves.
_NO_ANCHORS = {
    *_LINKS, "since", "ago", "not_ago", "after", "during", "spent", "about", "more", "less", "several", "every", "this",
    "same_before", "edge", "nth", "last", "half", "quarter", "third", "three_quarters", "season_word", "between", "except", "times",
    "pointing", "anaphoric", "same_after", "latest", "the_chapter", "vague", "whole", "ah", "ad", "bc", "now", "zone", "local",
}  # fmt: skip

# Marks that may stand beside a word; each becomes a space before the text is split into words, so that offsets stay.
_MARKS_BESIDE = "،,.:;؛()[]{}/-–—\"'«»“”‘’…!؟?|*•\n"
# Marks that end a sentence, and with it a run.
_STOP = re.compile(r"[\n!؟?;؛…|*•]|\.(?!\w)")
PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_FIRST_YEAR = 1343  # that four digits by themselves are read as
_FARTHEST = 40  # words a run may reach from its anchor; no time expression comes near


class _Known(NamedTuple):
    anchors: frozenset[str]  # words that a time expression cannot do without
    words: frozenset[str]  # words that can stand in one
    links: frozenset[str]  # of these, the ones that no run begins or ends with
    openings: frozenset[tuple[str, str]]  # a link with the word after it where the two begin a phrase (على مدى)


@cache
def _known() -> _Known:
    parts = {phrase: phrase.split() for phrase in vocabulary()}
    words = {"", "ال", *chain(*parts.values()), *_number_words()}
    links = {"", "ال", *(phrase for phrase, (name, _) in vocabulary().items() if name in _LINKS and len(parts[phrase]) == 1)}
    anchors = _anchors(parts)

    def with_proclitics(plain: set[str]) -> frozenset[str]:
        return frozenset(before + word for before in PROCLITICS for word in plain)

    return _Known(
        with_proclitics(anchors),
        with_proclitics(words | anchors),
        with_proclitics(links),
        frozenset((first, second) for first, second, *_ in (each for each in parts.values() if len(each) > 1)),
    )


def _anchors(parts: dict[str, list[str]]) -> set[str]:
    """One word of every phrase that is a time expression, or may lead one: its own if it has one, else its longest rare one."""
    numbers = set(_number_words())
    common = numbers | {phrase for phrase, (name, _) in vocabulary().items() if name in _NO_ANCHORS}
    names = {phrase: name for phrase, (name, _) in vocabulary().items() if name not in _NO_ANCHORS}
    # كل أحد is everyone, واحد اثنين are counted: a weekday that is a number needs another word of time, which is an anchor itself.
    anchors = {phrase for phrase, name in names.items() if len(parts[phrase]) == 1 and not (name == "wday" and phrase in numbers)}
    for phrase in names:
        several = parts[phrase]
        if len(several) > 1 and anchors.isdisjoint(several):
            anchors.add(max([each for each in several if each not in common] or several, key=len))
    anchors |= {fold_key(word) for word in read("times")["elided_month"]["words"]}
    return anchors | {str(year) for year in range(_FIRST_YEAR, 2200)}


def _number_words() -> Iterator[str]:
    table = read("numbers")
    scales = [forms for scale in table["scales"].values() for forms in scale.values() if isinstance(forms, list)]
    for name in ("units", "bound_units", "ten", "teens", "tens", "hundreds"):
        scales.extend(table[name].values())
    for form in chain(*scales):
        yield from (fold_key(form), "ال" + fold_key(form))
    for form in chain(*table["ordinals"].values()):
        yield from ("ال" + fold_key(form), "لل" + fold_key(form))


def find_runs(folded: str, marked: Sequence[int] = ()) -> Iterator[tuple[int, int]]:
    """The spans of the runs of words of time, in order: an anchor (a month, a unit, a year, …) with all such words around it.

    `marked`: where digits stand that a mark joins to others (10/5), which are anchors too.

    One split into words and set look-ups, all at the interpreter's own speed; only around anchors is anything done word by word.
    """
    known = _known()
    plain = folded
    for mark in _MARKS_BESIDE:
        if mark in plain:
            plain = plain.replace(mark, " ")
    words = plain.split(" ")
    known_word, after, farthest = known.words.__contains__, 0, len(words) - 1
    for anchor, at in _anchored(plain, words, marked):
        if anchor < after:
            continue
        first = last = anchor
        start, end = at, at + len(words[anchor])
        lowest, highest = max(after, anchor - _FARTHEST), min(farthest, anchor + _FARTHEST)
        while first > lowest and (known_word(word := words[first - 1]) or word[-1].isdigit() or word[0].isdigit()):
            first, start = first - 1, start - len(word) - 1
        while last < highest and (known_word(word := words[last + 1]) or word[-1].isdigit() or word[0].isdigit()):
            last, end = last + 1, end + len(word) + 1
        after = last + 1
        while first < anchor and words[first] in known.links and not _opens(words[first], words[first + 1], known.openings):
            first, start = first + 1, start + len(words[first]) + 1
        while last > anchor and words[last] in known.links:
            last, end = last - 1, end - len(words[last]) - 1
        if _STOP.search(folded, start, end):
            yield from _unstopped(folded, start, end)
        else:
            yield start, end


def _anchored(plain: str, words: list[str], marked: Sequence[int]) -> list[tuple[int, int]]:
    """The indices of the anchors among the words of `plain`, in order, each with its offset."""
    padded, at = f" {plain} ", 0  # a word's offset in `plain` is that of the space before it here
    found: list[tuple[int, int]] = []
    for index in compress(range(len(words)), map(_known().anchors.__contains__, words)):
        at = padded.find(f" {words[index]} ", at)
        found.append((index, at))
        at += 1
    numeric, index, counted = [], 0, 0
    for digit in marked:
        start = plain.rfind(" ", 0, digit) + 1
        index, counted = index + plain.count(" ", counted, start), start
        numeric.append((index, start))
    return sorted({*found, *numeric}) if numeric else found


def _opens(word: str, following: str, openings: frozenset[tuple[str, str]]) -> bool:
    return (word, following) in openings or (word[:1] in ("و", "ف") and (word[1:], following) in openings)


def _unstopped(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for stop in _STOP.finditer(folded, start, end):
        if stop.start() > start:
            yield start, stop.start()
        start = stop.end()
    if end > start:
        yield start, end
