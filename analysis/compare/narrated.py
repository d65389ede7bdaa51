"""Claims that an outlet tells in its own voice: no statement of anybody's, and yet not left out.

In go `claims(tables)` and the `Tables`, out comes a row for each claim and sentence of title or body, outside all statements, that
tells it. `analysis.compare.claims.coverage` takes the table, so that an outlet that says a thing itself does not look like one
that says nothing of it.

Sentences are compared as statements are (see `analysis.compare.grouping`), with what more than one article reports. The bar is
higher than between statements (`TOLD`), for a sentence of narration names no speaker that could speak against it, and none that
the claim's statements contradict counts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Protocol

from analysis.compare.columns import frame, framed
from analysis.compare.contents import Stated, read_contents
from analysis.compare.grouping import SAME, Likeness, sample
from analysis.compare.parts import parts
from analysis.text import fold_same

if TYPE_CHECKING:
    import pandas as pd

_COMMA = re.compile(r"[،,؛;] *")
_WORD = re.compile(r"[^\W_]{3,}")
_LEAST = 4  # words of three letters or more: less between commas tells nothing
TOLD = 0.5  # a score from which a sentence tells a claim; one that gives the claim's figure tells it from `SAME` on
_FIELDS = ("article_id", "statement", "cue_start", "start", "end", "speaker", "verb", "in_title")


class Told(Stated, Protocol):
    """What is read of `Tables`: what claims read, and the blocks."""

    @property
    def blocks(self) -> pd.DataFrame:
        """Which lines are title and body."""


def narrated(claims: pd.DataFrame, tables: Told) -> pd.DataFrame:
    """A row for each claim and sentence that tells it in the outlet's own voice, by claim, article and place.

    Only claims that two articles or more report are sought. Columns as in `compare.columns.COMPARISONS["narrated"]`.
    """
    import pandas as pd

    shared = claims[claims.groupby("claim")["article_id"].transform("nunique") > 1]
    own = list(_own_sentences(tables))
    if not len(shared) or not own:
        return frame("narrated", {})
    first = int(tables.statements["statement"].max()) + 1  # the sentences get numbers that no statement has
    told = [(article, first + at, start, start, end, None, None, titled) for at, (article, start, end, titled) in enumerate(own)]
    sentences = pd.DataFrame(told, columns=list(_FIELDS), dtype="object")
    both = pd.concat([tables.statements[list(_FIELDS)].astype("object"), sentences], ignore_index=True)
    likeness = Likeness(
        read_contents(SimpleNamespace(articles=tables.articles, statements=both, amounts=tables.amounts, mentions=tables.mentions))
    )
    rows = []
    for claim, place, score in _told(likeness, _members(likeness, shared), first):
        each = likeness.contents[place]
        rows.append((claim, each.article, each.outlet, each.published, each.start, each.end, score))
    return framed("narrated", sorted(rows, key=lambda row: (row[0], row[1], row[4])))


def _own_sentences(tables: Told) -> Iterator[tuple[str, int, int, bool]]:
    """The sentences and clauses of titles and bodies that have nothing of a statement in them, with whether they are titles."""
    spans: dict[str, list[tuple[int, int]]] = {}
    names = ("article_id", "start", "end", "cue_start", "cue_end")
    for article, start, end, cue_start, cue_end in zip(*(tables.statements[name].tolist() for name in names), strict=True):
        spans.setdefault(article, []).extend(((start, end), (cue_start, cue_end)))
    reach: dict[str, tuple[list[int], list[int]]] = {}
    for article, each in spans.items():
        each.sort()
        # Where the spans start, and how far those up to each reach.
        reach[article] = [start for start, _ in each], list(accumulate((end for _, end in each), max))
    blocks = tables.blocks[tables.blocks["role"].isin(("title", "body"))]
    lines: Any = zip(*(blocks[name].tolist() for name in ("article_id", "start", "text", "role")), strict=True)
    for article, begin, text, role in lines:
        starts, ends = reach.get(article, ([], []))
        for first, last in _clauses(fold_same(text)):
            before = bisect_left(starts, begin + last)
            if first < last and not (before and ends[before - 1] > begin + first):
                yield article, begin + first, begin + last, role == "title"


def _clauses(folded: str) -> Iterator[tuple[int, int]]:
    """What a text says, and of that what stands between commas: narration says in one sentence what happened and what then."""
    for first, last in parts(folded):
        yield first, last
        between = [first, *(each.end() for each in _COMMA.finditer(folded, first, last)), last]
        if len(between) > 2:
            yield from ((start, end) for start, end in pairwise(between) if len(_WORD.findall(folded, start, end)) >= _LEAST)


def _members(likeness: Likeness, claims: pd.DataFrame) -> dict[int, list[int]]:
    """The places of the contents that each claim is made of."""
    place = {(*each.key, each.start, each.end): at for at, each in enumerate(likeness.contents)}
    members: dict[int, list[int]] = {}
    rows = zip(*(claims[name].tolist() for name in ("claim", "article_id", "statement", "start", "end")), strict=True)
    for claim, *key in rows:
        if tuple(key) in place:
            members.setdefault(claim, []).append(place[tuple(key)])
    return members


def _told(likeness: Likeness, members: dict[int, list[int]], first: int) -> Iterator[tuple[int, int, float]]:
    """Each claim with the place of a sentence that tells it, and how like the claim's statements that is on average."""
    claims_at: dict[int, set[int]] = {}
    for claim, places in members.items():
        for place in places:
            claims_at.setdefault(place, set()).add(claim)
    found: dict[tuple[int, int], None] = {}
    for pair in likeness.pairs():
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            if likeness.contents[one].number >= first:
                found.update(dict.fromkeys((claim, one) for claim in claims_at.get(other, ())))
    for claim, place in found:
        pairs = [likeness.pair(place, other) for other in sample(members[claim])]
        score = sum(pair.score for pair in pairs) / len(pairs)
        least = SAME if _share_a_figure(likeness, place, members[claim]) else TOLD
        if score >= least and not any(pair.opposed and pair.score >= SAME for pair in pairs):
            yield claim, place, score


def _share_a_figure(likeness: Likeness, place: int, members: list[int]) -> bool:
    figures = {each.feature for each in likeness.contents[place].figures}
    return any(each.feature in figures for member in members for each in likeness.contents[member].figures)
