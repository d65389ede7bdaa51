"""Where runs of words of time stand in a text.

>>> from analysis.text import fold
>>> text = "قال امس الجمعه ان ذلك كان في 4 حزيران (يونيو) الفايت"
>>> [text[start:end] for start, end in find_runs(fold(text))]
['امس الجمعه', '4 حزيران (يونيو) الفايت']
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from ...lexicon import read
from ...text import Folded, fold_key
from ...tokens import Family, Memory
from .vocabulary import vocabulary

# Words that only link; a run neither begins nor ends with them.
_LINKS = ("in", "from", "to", "at", "and", "or", "for", "corresponding")
# Words that lead to a time expression or go on with one, and are none by themselves.
_NO_ANCHORS = {
    *_LINKS, "since", "ago", "not_ago", "after", "during", "spent", "about", "more", "less", "several", "every", "this",
    "same_before", "edge", "nth", "last", "half", "quarter", "third", "three_quarters", "season_word", "between", "except", "times",
    "pointing", "anaphoric", "same_after", "latest", "the_chapter", "vague", "whole", "ah", "ad", "bc", "now", "zone", "local",
}  # fmt: skip

# Marks that may stand between the words of a run: all but those that end a sentence, which a dot before a word does not.
_JOINING = Memory(re.compile(r"[ ،,:()\[\]{}/–—\"'«»“”‘’٬٫+-]*\.?").fullmatch)
PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_FIRST_YEAR = 1343  # that four digits by themselves are read as
_FARTHEST = 40  # words a run may reach from its anchor; no time expression comes near


class _Known(NamedTuple):
    anchors: Family  # words that a time expression cannot do without
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
        Family(with_proclitics(anchors).__contains__),
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


def find_runs(doc: Folded, marked: Sequence[int] = ()) -> Iterator[tuple[int, int]]:
    """The folded spans of the runs of words of time, in order: an anchor (a month, a unit, a year, …), such words around it.

    `marked`: where digits stand that a mark joins to others (10/5), which are anchors too.

    A look into a set for each word, at the interpreter's own speed; only around anchors is anything done word by word.
    """
    known, tokens = _known(), doc.tokens
    words, gaps, known_word, joins = tokens.known, tokens.gaps, known.words.__contains__, _JOINING.of
    anchors = tokens.where(known.anchors)
    if marked:
        anchors = sorted({*anchors, *(bisect_right(tokens.starts, digit, 0, tokens.size) - 1 for digit in marked)})
    after = 0
    for anchor in anchors:
        if anchor < after:
            continue
        first = last = anchor
        lowest, highest = max(after, anchor - _FARTHEST), min(tokens.size - 1, anchor + _FARTHEST)
        while first > lowest and joins(gaps[first]) and (known_word(word := words[first - 1].text) or _has_digits(word)):
            first -= 1
        while last < highest and joins(gaps[last + 1]) and (known_word(word := words[last + 1].text) or _has_digits(word)):
            last += 1
        after = last + 1
        while (
            first < anchor
            and words[first].text in known.links
            and not _opens(words[first].text, words[first + 1].text, known.openings)
        ):
            first += 1
        while last > anchor and words[last].text in known.links:
            last -= 1
        yield tokens.starts[first], tokens.ends[last]


def _has_digits(word: str) -> bool:
    return word[0].isdigit() or word[-1].isdigit()


def _opens(word: str, following: str, openings: frozenset[tuple[str, str]]) -> bool:
    return (word, following) in openings or (word[:1] in ("و", "ف") and (word[1:], following) in openings)
