"""Statements that say the same, in groups: candidate pairs by what they share, scores, and average link.

In go the `Content`s of `analysis.compare.contents`, out come pairs with a score and groups of places in that list.

- Candidates come from a sparse product over features that few statements have, and only the nearest of each are kept: there is
  never a matrix of all pairs.
- A score is what two contents share (stems, meanings, actors, figures, by inverse document frequency; character n-grams), less
  where they give different figures for one thing, where the same word is of two things (سوق عفرين, سوق أعزاز), where two
  different people speak, and where months lie between them.
- Contents of one sum of money, as the ledger has it, are nearly one claim however they word it; of two that are before and after
  one time, neither says what the other does.
- Groups grow from the most alike pair on. Two groups become one only where their statements are alike on average and none says
  what another denies, so that a chain of half-alike statements does not glue two claims together. Two statements of one article
  are one claim only where they restate one another.

The threshold `SAME` was chosen on `tests/cases/claims.jsonl`, pairs of statements of which people say whether they report one
claim: `tests/test_claims.py` has the precision and recall around it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from analysis.compare.contents import of_sums
from analysis.compare.figures import disagree
from analysis.compare.people import same_person
from analysis.lexicon import read

if TYPE_CHECKING:
    from analysis.compare.contents import Content

NEAREST = 24  # candidates of each statement
SAME = 0.4  # a score from which two statements report one claim
RESTATED = 0.55  # the same within one article, whose sentences share their subject anyway
_ENOUGH = 3  # features: a content of fewer is contained in too many others by chance
_LARGE = 0.35  # how far what the longer content says besides counts: one may say more than the other
_OTHER_FIGURE, _NO_FIGURE, _OTHER_THING = 0.5, 0.75, 0.85  # what is left of a score where that speaks against it
_OTHER_TIME = 0.35  # the same where one is before and one after the same time: they may differ in that word alone
# At least so alike are two contents of one sum of the ledger: where they share a word of what it is for, enough for one claim while
# the reports lie within some months; where they do not, enough beside others that do.
_ONE_SUM, _SUM_ALONE = 0.42, 0.3
_DENIED = 0.2  # of the shared content: a denial often holds for the verb alone, its subject standing before
_COMMON = 400  # statements: a feature that more have brings no candidates to those that have rarer ones
_RAREST = 6  # features of each statement that bring candidates however many have them
_BLOCK = 300  # wordings: of a feature that more than three such blocks have, each seeks in the blocks next to it
_SAME_WEEK = 7  # days
_ROWS = 512  # wordings whose candidates are sought at once
_PAIRS = 20_000  # pairs that are scored at once
_MEMBERS = 4  # of each group, whose scores stand for all where it is larger
_DIGITS = 6


class Pair(NamedTuple):
    """Two contents by their places, the first before the second."""

    one: int
    other: int
    score: float
    opposed: bool


class Likeness:
    """Scores of pairs of contents.

    Contents of one wording are compared once: candidates are sought among the wordings, each of which is one row of every matrix.
    """

    def __init__(self, contents: Sequence[Content]) -> None:
        self.contents = contents
        known: dict[Any, int] = {}
        self._wordings = [
            known.setdefault((each.plain, *each.said.items(), each.figures, each.money), len(known)) for each in contents
        ]
        self.reports: list[list[int]] = [[] for _ in known]  # of each wording, in order
        for place, wording in enumerate(self._wordings):
            self.reports[wording].append(place)
        self._firsts = [contents[places[0]] for places in self.reports]
        counts: dict[str, int] = {}
        for first, places in zip(self._firsts, self.reports, strict=True):
            for feature in first.said:
                counts[feature] = counts.get(feature, 0) + len(places)
        column = {feature: at for at, feature in enumerate(sorted(counts))}
        self._weights = [_weight(feature, counts[feature], len(contents)) for feature in column]
        self._said = [frozenset(column[feature] for feature in each.said) for each in self._firsts]
        self._totals = [sum(self._weights[column[feature]] for feature in each.said) for each in self._firsts]
        many = [len(places) for places in self.reports]
        features = sum(n * len(said) for n, said in zip(many, self._said, strict=True))
        self._enough = _ENOUGH * sum(n * total for n, total in zip(many, self._totals, strict=True)) / max(features, 1)
        self._column = column
        self._idle = frozenset(at for feature, at in column.items() if feature[0] == "#" or feature in of_sums())
        sums: dict[frozenset[int], int] = {}
        self._sums = np.array([sums.setdefault(each.money, len(sums)) if each.money else -1 for each in self._firsts])
        self.says_nothing = [not said for said in self._said]
        self._denies = [any(each.said.values()) for each in self._firsts]
        self._letters = _letters([each.plain for each in self._firsts], many)
        self._one_row = np.zeros(self._letters.shape[1], dtype=np.float32)
        self._grams_end = self._letters.indptr.tolist()

    def candidates(self) -> list[tuple[int, int]]:
        """Pairs that share features, each content with those nearest to it; in order, each pair once.

        A content seeks by the features that few others have, but always by its rarest: a claim may be everywhere. Contents of
        one wording seek as one, by their first place.
        """
        return [(self.reports[one][0], self.reports[other][0]) for one, other in self._candidates.tolist()]

    def pairs(self, *, opposed: bool = False) -> list[Pair]:
        """The pairs that are alike enough to report one claim or its denial, the most alike first; or only those that are
        `opposed`, which are few, where a claim that a thousand report has a million pairs.

        Of a wording that more than `NEAREST` report, each is paired with that many others.
        """
        same = () if opposed else range(len(self.reports))
        places = dict.fromkeys(pair for wording in same for pair in self._alike(wording))
        for _, one, other, letters in self.likely():
            if opposed and not (self._denies[one] or self._denies[other]):
                continue
            score, against = self.best(one, other, letters)
            if score < SAME or (opposed and not against):
                continue
            for a in self.reports[one][:NEAREST]:
                places.update(dict.fromkeys((min(a, b), max(a, b)) for b in self.reports[other][:NEAREST]))
        scored = [self.pair(*each) for each in places if self.contents[each[0]].key != self.contents[each[1]].key]
        return sorted((each for each in scored if each.score >= SAME), key=lambda pair: (-pair.score, pair.one, pair.other))

    def _alike(self, wording: int) -> Iterator[tuple[int, int]]:
        """Pairs of places that report in the same words."""
        places = self.reports[wording]
        if self._said[wording]:
            for at, other in enumerate(places):
                yield from ((one, other) for one in places[: min(at, NEAREST)])

    def _cells(self) -> tuple[Any, Any, Any]:
        """The wordings and columns of all features, and the weight of each column."""
        sizes = [len(said) for said in self._said]
        columns = np.fromiter((at for said in self._said for at in said), dtype=np.int64, count=sum(sizes))
        return np.repeat(np.arange(len(sizes)), sizes), columns, np.array(self._weights)

    @cached_property
    def _candidates(self) -> Any:
        """Pairs of wordings as an array of two columns."""
        places, columns, weights = self._cells()
        n = np.bincount(columns, minlength=len(weights))
        shared = n[columns] > 1
        places, columns = places[shared], columns[shared]
        if not places.size:
            return np.empty((0, 2), dtype=np.int64)
        order = np.lexsort((columns, n[columns], places))  # the rarest of each wording first
        places, columns = places[order], columns[order]
        firsts = np.searchsorted(places, places)  # where each wording's features begin
        asked = (np.arange(places.size) - firsts < _RAREST) | (n[columns] <= _COMMON)
        values = weights[columns] / np.sqrt(np.maximum(np.array(self._totals), self._enough))[places]
        blocks = _Blocks(places, columns, n)
        shape = (len(self._said), blocks.total)
        turned = _sparse(values, places, blocks.columns, shape).T.tocsr()
        near = np.concatenate([blocks.beside(step)[asked] for step in (-1, 0, 1)])
        seeks = near >= 0
        seeking = _sparse(np.tile(values[asked], 3)[seeks], np.tile(places[asked], 3)[seeks], near[seeks], shape)
        own = np.array(self._own())
        found = []
        for first in range(0, len(own), _ROWS):
            product = seeking[first : first + _ROWS] @ turned
            for row in range(product.shape[0]):
                here, begin, end = first + row, product.indptr[row], product.indptr[row + 1]
                others = product.indices[begin:end]
                kept = own[others] != own[here]
                close = _nearest(others[kept], product.data[begin:end][kept])
                found.append(np.minimum(here, close).astype(np.int64) * len(own) + np.maximum(here, close))
        return np.column_stack(np.divmod(np.unique(np.concatenate(found)), len(own)))

    def _own(self) -> list[int]:
        """The statement that each wording is from, as a number; one of its own where it is from several."""
        statements: dict[Any, int] = {}
        return [
            statements.setdefault(keys.pop() if len(keys) == 1 else at, len(statements))
            for at, keys in enumerate({self.contents[place].key for place in places} for places in self.reports)
        ]

    def likely(self) -> Iterator[tuple[float, int, int, float]]:
        """The candidates among the wordings that may report one claim or its denial: the highest score that they can have, the
        two, and the cosine of their character n-grams; the highest first.
        """
        found = list(self._promising(self._candidates))
        if not found:
            return
        ones, others, letters, most = (np.concatenate(each) for each in zip(*found, strict=True))
        first, last = np.array(self._published).T
        most *= _times_of(np.maximum(first[ones] - last[others], first[others] - last[ones]))
        order = np.argsort(-most, kind="stable")
        for first in range(0, len(order), _PAIRS):
            part = order[first : first + _PAIRS]
            yield from zip(*(each[part].tolist() for each in (most, ones, others, letters)), strict=True)

    def best(self, one: int, other: int, letters: float) -> tuple[float, bool]:
        """The best score that reports of two wordings have, and whether they are opposed."""
        alike, rest, opposed = self._compare(one, other)
        a, b = self._speakers[one], self._speakers[other]
        rest *= _speakers(a[0], b[0]) if len(a) == len(b) == 1 else max(_speakers(each, every) for each in a for every in b)
        (first, last), (early, late) = self._published[one], self._published[other]
        if first - late > _SAME_WEEK or early - last > _SAME_WEEK:
            rest *= _times(max(first - late, early - last))
        return round(min((alike + 0.3 * letters) * rest, 1.0), _DIGITS), opposed

    @cached_property
    def _speakers(self) -> list[tuple[str | None, ...]]:
        """The speakers of each wording, a few of them where it has many."""
        return [tuple(dict.fromkeys(self.contents[place].speaker for place in sample(places))) for places in self.reports]

    @cached_property
    def _published(self) -> list[tuple[float, float]]:
        """The first and the last day of each wording, whose reports are in order; nan where it has none."""
        days = [math.nan if each.day is None else float(each.day) for each in self.contents]
        return [(days[places[0]], days[places[-1]]) for places in self.reports]

    def _promising(self, pairs: Any) -> Iterator[tuple[Any, Any, Any, Any]]:
        """The pairs that share enough before anything speaks against them, with the cosine of their character n-grams and the
        score that they would have.
        """
        places, columns, weights = self._cells()
        shape = (len(self._said), len(weights))
        has, weighs = _sparse(np.ones(len(places)), places, columns, shape), _sparse(weights[columns], places, columns, shape)
        totals = np.array(self._totals)
        for first in range(0, len(pairs), _PAIRS):
            ones, others = pairs[first : first + _PAIRS].T
            common = _dot(weighs, has, ones, others)
            small, large = np.minimum(totals[ones], totals[others]), np.maximum(totals[ones], totals[others])
            scale = (1 - _LARGE) * np.maximum(small, self._enough) + _LARGE * large
            alike = 0.7 * np.where(common >= large * (1 - 1e-6), 1.0, common / scale)
            one_sum = (self._sums[ones] == self._sums[others]) & (self._sums[ones] >= 0)
            alike = np.where(one_sum, np.maximum(alike, _ONE_SUM), alike)
            kept = np.flatnonzero(alike + 0.3 >= SAME - 1e-6)
            ones, others, alike = ones[kept], others[kept], alike[kept]
            letters = _dot(self._letters, self._letters, ones, others)
            most = alike + 0.3 * letters + 2e-6
            kept = np.flatnonzero(most >= SAME)
            yield ones[kept], others[kept], letters[kept], most[kept]

    def pair(self, one: int, other: int) -> Pair:
        """The score of any two contents."""
        one, other = min(one, other), max(one, other)
        least, _, opposed, of_letters = self._bounds(one, other)
        letters = self._letters_of_one(self._wordings[one], self._wordings[other])
        return Pair(one, other, round(min(least + of_letters * letters, 1.0), _DIGITS), opposed)

    def scored(self, ones: Any, others: Any) -> Any:
        """The scores of many pairs of contents, as arrays of places."""
        wordings, day = np.array(self._wordings), np.array([np.nan if each.day is None else each.day for each in self.contents])
        keys = np.minimum(wordings[ones], wordings[others]) * len(self.reports) + np.maximum(wordings[ones], wordings[others])
        keys, at = np.unique(keys, return_inverse=True)
        alike = np.empty(len(keys))
        for first in range(0, len(keys), _PAIRS):
            one, other = np.divmod(keys[first : first + _PAIRS], len(self.reports))
            alike[first : first + _PAIRS], _ = self._compared(one, other, _dot(self._letters, self._letters, one, other))
        contents = self.contents
        people = [_speakers(contents[a].speaker, contents[b].speaker) for a, b in zip(ones.tolist(), others.tolist(), strict=True)]
        return np.minimum(alike[at] * np.array(people) * _times_of(np.abs(day[ones] - day[others])), 1.0).round(_DIGITS)

    def _compared(self, ones: Any, others: Any, letters: Any) -> tuple[Any, Any]:
        """How like pairs of wordings are, without regard to speaker and time, and whether they are opposed."""
        compared = [self._compare(*each) for each in zip(ones.tolist(), others.tolist(), strict=True)]
        alike, rest, opposed = (np.array(column) for column in zip(*compared, strict=True))
        return (alike + 0.3 * letters) * rest, opposed

    def average(self, ones: Sequence[int], others: Sequence[int]) -> bool:
        """Whether contents are alike on average as `SAME` asks, and none of them is alike to what it is opposed to.

        Character n-grams are looked at only where they can decide.
        """
        low = high = 0.0
        for one in ones:
            for other in others:
                least, most, opposed, _ = self._bounds(one, other)
                if opposed and most >= SAME and self.pair(one, other).score >= SAME:
                    return False
                low, high = low + least, high + most
        n = len(ones) * len(others)
        if low >= SAME * n + 1e-4 or high < SAME * n - 1e-4:
            return low >= SAME * n
        return sum(self.pair(one, other).score for one in ones for other in others) >= SAME * n

    def _bounds(self, one: int, other: int) -> tuple[float, float, bool, float]:
        """The least and the highest score that two contents can have, whether they are opposed, and what their character n-grams
        make of the difference.
        """
        alike, rest, opposed = self._compare(self._wordings[one], self._wordings[other])
        a, b = self.contents[one], self.contents[other]
        rest *= _speakers(a.speaker, b.speaker)
        if a.day is not None and b.day is not None and abs(a.day - b.day) > _SAME_WEEK:
            rest *= _times(abs(a.day - b.day))
        return alike * rest, (alike + 0.3) * rest, opposed, 0.3 * rest

    def _letters_of_one(self, one: int, other: int) -> float:
        """The cosine of character n-grams for one pair, which is quicker without sparse matrices."""
        ends, grams, row = self._grams_end, self._letters, self._one_row
        mine, theirs = slice(ends[one], ends[one + 1]), slice(ends[other], ends[other + 1])
        row[grams.indices[mine]] = grams.data[mine]
        cosine = float(row[grams.indices[theirs]] @ grams.data[theirs])
        row[grams.indices[mine]] = 0
        return cosine

    def _compare(self, one: int, other: int) -> tuple[float, float, bool]:
        """How like two wordings are but for their character n-grams, what is left of that where figures or things differ, and
        whether one says what the other denies; without regard to speaker and time.
        """
        mine, theirs = self._said[one], self._said[other]
        shared = mine & theirs
        a, b = self._firsts[one], self._firsts[other]
        common, alike, opposed = sum(map(self._weights.__getitem__, shared)), 0.0, False
        if len(shared) == len(mine) == len(theirs) and shared and (len(shared) > 1 or a.plain == b.plain):
            alike = 1.0
        elif len(shared) > 1:
            small, large = self._totals[one], self._totals[other]
            if large < small:
                small, large = large, small
            alike = common / ((1 - _LARGE) * max(small, self._enough) + _LARGE * large)
        if self._denies[one] or self._denies[other]:
            opposed = self._opposed(a, b, common, self._denies[one] != self._denies[other])
        of_another = _of_another(a, b)
        alike *= 0.7
        if a.money and a.money == b.money and of_another == 1.0:
            alike = max(alike, _SUM_ALONE if shared <= self._idle else _ONE_SUM)
        return alike, _figures(a, b) * of_another * _of_another_time(a, b), opposed

    def _opposed(self, a: Content, b: Content, common: float, one_denies: bool) -> bool:
        """Whether one says what the other denies. Where both deny something, what differs is how far the denial reaches."""
        poles, against, agree, turned = _poles(), 0.0, False, False
        for feature in [each for each in a.said if each in b.said]:  # in the text's order: the same sum on every machine
            if a.said[feature] != b.said[feature]:
                against += self._weights[self._column[feature]] * (2 if feature in poles else 1)
                turned = turned or feature in poles
            elif feature in poles:
                agree = True
        return against > _DENIED * common and (turned or one_denies) and not agree


class _Blocks:
    """The columns that wordings seek in: one of each feature, or of a feature that very many have one for each block of them.

    Blocks are of equal size, in order of publication, and a wording seeks in its own and the two beside it, so that what is
    compared grows with the wordings and not with their pairs.
    """

    def __init__(self, places: Any, columns: Any, n: Any) -> None:
        order = np.lexsort((places, columns))
        ranks = np.empty_like(places)
        ranks[order] = np.arange(len(places)) - np.searchsorted(columns[order], columns[order])
        size = np.where(n > 3 * _BLOCK, _BLOCK, np.maximum(n, 1))
        many = -(-n // size)
        self._ends = np.cumsum(many)[columns]
        self._begins = self._ends - many[columns]
        self.columns = self._begins + ranks // size[columns]
        self.total = int(many.sum())

    def beside(self, step: int) -> Any:
        """The column so many blocks further for the same feature; -1 where there is none."""
        moved = self.columns + step
        return np.where((self._begins <= moved) & (moved < self._ends), moved, -1)


def _letters(texts: Sequence[str], many: Sequence[int]) -> Any:
    """Character n-grams of three and four letters within words, weighted by tf-idf: a row of length 1 for each text, which the
    corpus has so `many` times.

    A word's n-grams are counted once, however often the corpus has it.
    """
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.preprocessing import normalize

    place: dict[str, int] = {}
    columns = np.array([place.setdefault(word, len(place)) for text in texts for word in text.split()], dtype=np.int32)
    if not columns.size:  # without a word there are no n-grams to count, which the vectoriser takes for an error
        return csr_matrix((len(texts), 1), dtype=np.float32)
    lengths = [len(text.split()) for text in texts]
    of_words = CountVectorizer(analyzer="char_wb", ngram_range=(3, 4), dtype=np.float32).fit_transform(list(place))
    rows = np.repeat(np.arange(len(texts)), lengths)
    counted = _sparse(np.ones(len(columns)), rows, columns, (len(texts), len(place))) @ of_words
    weights = np.repeat(np.array(many, dtype=np.float32), np.diff(counted.indptr))
    with_gram = np.bincount(counted.indices, weights=weights, minlength=counted.shape[1])
    rarity = (np.log((1 + sum(many)) / (1 + with_gram)) + 1).astype(np.float32)
    np.log(counted.data, out=counted.data)
    counted.data += 1
    counted.data *= rarity[counted.indices]
    return normalize(counted, copy=False)


def _sparse(values: Any, rows: Any, columns: Any, shape: tuple[int, int]) -> Any:
    from scipy.sparse import csr_matrix

    return csr_matrix((np.asarray(values, dtype=np.float32), (rows, columns)), shape=shape)


def _dot(one: Any, other: Any, ones: Any, others: Any) -> Any:
    """The products of rows, pair by pair."""
    return np.asarray(one[ones].multiply(other[others]).sum(axis=1), dtype=float).ravel()


def _weight(feature: str, n: int, total: int) -> float:
    """Inverse document frequency; a figure tells most, a word of a meaning less than a word itself."""
    rarity = 1.0 + 0.5 * float(np.log((1 + total) / (1 + n)))
    return rarity * (2.5 if feature[0] == "#" else 0.9 if feature[0] == "=" else 1.0)


@cache
def _poles() -> frozenset[str]:
    """Meanings of which another row is the opposite: what says them and what denies them contradict each other."""
    return frozenset(f"={name}" for name in read("claims")["opposites"].values())


def _figures(a: Content, b: Content) -> float:
    """Less where both give figures of one thing and none can be the same (4 million is not 4.3 million), and where only one gives
    any: it says more than the other.
    """
    if bool(a.figures) != bool(b.figures):
        return _NO_FIGURE
    return _OTHER_FIGURE if a.figures != b.figures and disagree(a.figures, b.figures) else 1.0


def _of_another(a: Content, b: Content) -> float:
    """Less where the same word is of two things, and neither names the other's: سوق عفرين, سوق أعزاز."""
    for head in a.construct.keys() & b.construct.keys():
        if b.said.keys().isdisjoint(a.construct[head]) and a.said.keys().isdisjoint(b.construct[head]):
            return _OTHER_THING
    return 1.0


def _of_another_time(a: Content, b: Content) -> float:
    """Less where one is before what the other is after: يغادرون قبل نهاية العام, يبقون بعد نهاية العام."""
    for head in a.order.keys() & b.order.keys():
        (one, one_after), (other, other_after) = a.order[head], b.order[head]
        if one_after != other_after and (one is None or other is None or one == other):
            return _OTHER_TIME
    return 1.0


def _speakers(one: str | None, other: str | None) -> float:
    same = same_person(one, other)
    return 1.0 if same else 0.95 if same is None else 0.85


def _times(days: float) -> float:
    """Less where months lie between two reports."""
    return 1.0 - 0.1 * min(max(days - _SAME_WEEK, 0) / 180, 1.0)


def _times_of(days: Any) -> Any:
    """The same for an array, with nan where a report has no date."""
    return 1.0 - 0.1 * np.minimum(np.maximum(np.nan_to_num(days) - _SAME_WEEK, 0) / 180, 1.0)


def group(likeness: Likeness) -> list[list[int]]:
    """Groups of places, each in order, in order of their first; a statement like no other is a group of its own.

    Contents of one wording are in one group, unless they say nothing.
    """
    groups = _Groups(likeness)
    refused: set[tuple[int, int, int, int]] = set()
    home = groups.home
    for one, other in _in_order(likeness, home):
        a, b = home[one], home[other]
        large, small = (a, b) if (-groups.size[a], a) < (-groups.size[b], b) else (b, a)
        key = (large, small, _about(groups.size[large]), _about(groups.size[small]))
        if key in refused:
            continue
        if groups.alike(large, small):
            groups.join(large, small)
        else:
            refused.add(key)
    nothing = [wording for wording, alone in enumerate(likeness.says_nothing) if alone]
    made = [sorted(groups.places[at]) for at in set(home).difference(nothing)]
    return sorted([*made, *([place] for wording in nothing for place in likeness.reports[wording])])


def _in_order(likeness: Likeness, home: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of wordings that may report one claim, the most alike first, without those that are in one group by then.

    What a pair scores is only computed when no other can score more, and most are in one group by that time.
    """
    waiting: list[tuple[float, int, int]] = []
    for most, one, other, letters in likeness.likely():
        while waiting and -waiting[0][0] > most:
            _, first, second = heappop(waiting)
            if home[first] != home[second]:
                yield first, second
        if home[one] != home[other]:
            score, opposed = likeness.best(one, other, letters)
            if score >= SAME and not opposed:
                heappush(waiting, (-score, one, other))
    while waiting:
        _, first, second = heappop(waiting)
        if home[first] != home[second]:
            yield first, second


def _about(size: int) -> int:
    """A small size itself, a large one to a power of two: groups that were not alike are asked again when one has doubled."""
    return size if size <= 2 * _MEMBERS else 1 << size.bit_length()


class _Groups:
    """Which wordings are in which group, and the places of each group, also by article."""

    def __init__(self, likeness: Likeness) -> None:
        self._likeness = likeness
        self.home = list(range(len(likeness.reports)))
        self.places = [list(places) for places in likeness.reports]
        self.size = [len(places) for places in self.places]
        self._wordings: dict[int, list[int]] = {}
        self._by_article: dict[int, dict[str, list[int]]] = {}

    def alike(self, large: int, small: int) -> bool:
        """Whether two groups are alike on average, and no two of their statements speak against it."""
        likeness = self._likeness
        if not likeness.average(sample(self.places[large]), sample(self.places[small])):
            return False
        mine = self._articles(large)
        for place in self.places[small]:
            for one in mine.get(likeness.contents[place].article, ()):
                if not _restates(likeness, one, place):
                    return False
        return True

    def join(self, large: int, small: int) -> None:
        for wording in self._wordings.pop(small, [small]):
            self.home[wording] = large
            self._wordings.setdefault(large, [large]).append(wording)
        mine = self._articles(large)
        for place in self.places[small]:
            mine.setdefault(self._likeness.contents[place].article, []).append(place)
        self._by_article.pop(small, None)
        self.places[large].extend(self.places[small])
        self.size[large] += self.size[small]
        self.places[small] = []

    def _articles(self, at: int) -> dict[str, list[int]]:
        """The group's places by article."""
        if at not in self._by_article:
            made: dict[str, list[int]] = {}
            for place in self.places[at]:
                made.setdefault(self._likeness.contents[place].article, []).append(place)
            self._by_article[at] = made
        return self._by_article[at]


def _nearest(others: Any, shared: Any) -> Any:
    """The places that share most; of equals the first."""
    shared = shared.round(_DIGITS)
    if len(others) > NEAREST:
        least = np.partition(shared, -NEAREST)[-NEAREST]
        others, shared = others[shared >= least], shared[shared >= least]
    return others[np.lexsort((others, -shared))[:NEAREST]]


def _restates(likeness: Likeness, one: int, other: int) -> bool:
    """Whether two statements of one article say the same thing twice, as a headline and its text do."""
    pair = likeness.pair(one, other)
    titled = likeness.contents[one].in_title != likeness.contents[other].in_title
    return not pair.opposed and pair.score >= (SAME if titled else RESTATED)


def sample(places: Sequence[int]) -> Sequence[int]:
    """All of a small group, and of a large one some, spread evenly."""
    if len(places) <= _MEMBERS:
        return places
    return [places[at * len(places) // _MEMBERS] for at in range(_MEMBERS)]


def scores(likeness: Likeness, groups: Sequence[Sequence[int]]) -> Iterator[list[Any]]:
    """For each group, how like its others each statement is on average; None for one that is alone."""
    ones: list[int] = []
    others: list[int] = []
    for places in groups:
        some = sample(range(len(places) - 1))
        for at, place in enumerate(places):
            ones.extend([place] * len(some))
            others.extend(places[each + (each >= at)] for each in some)  # of all but this one
    found = likeness.scored(np.array(ones, dtype=np.int64), np.array(others, dtype=np.int64))
    begin = 0
    for places in groups:
        many = len(sample(range(len(places) - 1)))
        end = begin + many * len(places)
        yield (found[begin:end].reshape(len(places), many).sum(axis=1) / many).tolist() if many else [None] * len(places)
        begin = end
