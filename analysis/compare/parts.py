"""Where one statement says several things, each of which another outlet may report alone or leave out.

In goes a content, out come the spans of what it says: it is divided at coordinated clauses (أن … وأن …), after a comma at words
that open another clause (… ، كما …), and at the end of a sentence. The words are in `analysis/lexicon/claims.toml`.

>>> content = "ان المدرسه ستفتح ابوابها غدا، وان المستشفي يحتاج الي اطباء جدد"
>>> [content[start:end] for start, end in parts(content)]
['ان المدرسه ستفتح ابوابها غدا', 'وان المستشفي يحتاج الي اطباء جدد']
>>> parts("ان المدرسه قريبه وانها كبيره")
[(0, 28)]
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from analysis.lexicon import read
from analysis.text import alternation

_LETTERS = re.compile(r"[^\W_]{3,}")
_LEAST = 3  # words of three letters or more: what says less is no claim
_TRIM = " \t\n\u00a0.،,؛;:\"'«»“”‘’()"


@cache
def _borders() -> re.Pattern[str]:
    data = read("claims")["parts"]
    begins, ends = r"(?<![^\W_])", r"(?![^\W_])"
    after = rf"(?:[،,؛;][ \n]*)(?={alternation(data['after_comma'])}{ends})"
    return re.compile(
        rf"{begins}(?={alternation(data['complementizers'])}{ends})|{after}|(?<=[^\W\d_])[.!?؟][\"»”]?(?=[ \n])|[؛;\n]"
    )


def parts(folded: str, kept: Sequence[tuple[int, int, object]] = ()) -> list[tuple[int, int]]:
    """The spans of what a text says, in order, without the marks between them; no border lies within a span of `kept`.

    `folded` is the text by `analysis.text.fold_same`, which keeps offsets.
    """
    borders = [each.end() for each in _borders().finditer(folded)]
    borders = [at for at in borders if not any(start < at < end for start, end, _ in kept)]
    if not borders:
        return [(0, len(folded))]
    words = [each.start() for each in _LETTERS.finditer(folded)]
    found: list[tuple[int, int]] = []
    begin = said = 0
    for border in borders:
        before = bisect_left(words, border)
        if before - said >= _LEAST and len(words) - before >= _LEAST:
            found.append((begin, border))
            begin, said = border, before
    found.append((begin, len(folded)))
    trimmed = [_trimmed(folded, start, end) for start, end in found]
    return [
        (start and first, end if end == len(folded) else last) for (start, end), (first, last) in zip(found, trimmed, strict=True)
    ]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip(_TRIM)), end - (len(words) - len(words.rstrip(_TRIM)))
