"""Statements that say the same, in groups: candidate pairs by what they share, scores, and average link.

In go the `Content`s of `analysis.compare.contents`, out come pairs with a score and groups of places in that list.

- Candidates come from a sparse product over features that few statements have, and only the nearest of each are kept: there is
  never a matrix of all pairs.
- A score is what two contents share (stems, meanings, actors, amounts, by inverse document frequency; character n-grams), less
  where they give different figures for one unit, where two different people speak, and where months lie between them.
- Groups grow from the most alike pair on. Two groups become one only where their statements are alike on average and none says
  what another denies, so that a chain of half-alike statements does not glue two claims together. Two statements of one article
  are one claim only where they restate one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from analysis.compare.people import same_person

if TYPE_CHECKING:
    from analysis.compare.contents import Content

NEAREST = 24  # candidates of each statement
SAME = 0.36  # a score from which two statements report one claim
RESTATED = 0.55  # the same within one article, whose sentences share their subject anyway
_ENOUGH = 3  # features: a content of fewer is contained in too many others by chance
_DENIED = 0.2  # of the shared content: a denial often holds for the verb alone, its subject standing before
_COMMON = 400  # statements: a feature that more have brings no candidates to those that have rarer ones
_RAREST = 6  # features of each statement that bring candidates however many have them
_ROWS = 512  # statements whose candidates are sought at once
_MEMBERS = 4  # of each group, whose scores stand for all where it is larger
_DIGITS = 6


class Pair(NamedTuple):
    """Two statements by their places, the first before the second."""

    one: int
    other: int
    score: float
    opposed: bool


class Likeness:
    """Scores of pairs of statements, each computed once."""

    def __init__(self, contents: Sequence[Content]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.contents = contents
        counts: dict[str, int] = {}
        for each in contents:
            for feature in each.said:
                counts[feature] = counts.get(feature, 0) + 1
        self._counts = counts
        self.weights = {feature: _weight(feature, n, len(contents)) for feature, n in counts.items()}
        self._totals = [sum(self.weights[feature] for feature in each.said) for each in contents]
        features = sum(len(each.said) for each in contents)
        self._enough = _ENOUGH * sum(self._totals) / max(features, 1)
        plain = [each.plain for each in contents]
        letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), dtype=np.float32, sublinear_tf=True)
        # Without a word there are no n-grams to count, which the vectoriser takes for an error.
        self._letters = letters.fit_transform(plain) if any(text.strip() for text in plain) else None
        self._rows: dict[int, dict[int, float]] = {}
        self._known: dict[tuple[int, int], Pair] = {}

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs that share features, each statement with those nearest to it; in order, each pair once.

        A statement seeks by the features that few others have, but always by its rarest: a claim may be everywhere.
        """
        from scipy.sparse import csr_matrix

        column = {feature: at for at, feature in enumerate(sorted(feature for feature, n in self._counts.items() if n > 1))}
        if not column:
            return
        all_of: list[tuple[int, int, float]] = []
        sought: list[tuple[int, int, float]] = []
        for place, each in enumerate(self.contents):
            known = sorted((feature for feature in each.said if feature in column), key=lambda each: (self._counts[each], each))
            scale = max(self._totals[place], self._enough) ** 0.5
            cells = [(place, column[feature], self.weights[feature] / scale) for feature in known]
            all_of.extend(cells)
            sought.extend(cell for at, cell in enumerate(cells) if at < _RAREST or self._counts[known[at]] <= _COMMON)
        shape = (len(self.contents), len(column))

        def matrix(cells: list[tuple[int, int, float]]) -> Any:
            places, columns, values = zip(*cells, strict=True)
            return csr_matrix((np.array(values, dtype=np.float32), (places, columns)), shape=shape)

        seeking, turned = matrix(sought), matrix(all_of).T.tocsr()
        found: set[tuple[int, int]] = set()
        for first in range(0, len(self.contents), _ROWS):
            product = seeking[first : first + _ROWS] @ turned
            for row in range(product.shape[0]):
                here = first + row
                begin, end = product.indptr[row], product.indptr[row + 1]
                found.update(
                    (min(here, other), max(here, other))
                    for other in _nearest(product.indices[begin:end], product.data[begin:end], here)
                )
        yield from sorted(found)

    def pairs(self) -> list[Pair]:
        """The candidates that are alike enough to report one claim or its denial, the most alike first."""
        candidates = list(self.candidates())
        letters = self._letters_of(candidates)
        scored = [self._pair(one, other, letter) for (one, other), letter in zip(candidates, letters, strict=True)]
        return sorted((each for each in scored if each.score >= SAME), key=lambda pair: (-pair.score, pair.one, pair.other))

    def pair(self, one: int, other: int) -> Pair:
        """The score of any two statements."""
        one, other = min(one, other), max(one, other)
        known = self._known.get((one, other))
        return known or self._pair(one, other, self._letters_of_one(one, other))

    def _letters_of(self, pairs: Sequence[tuple[int, int]]) -> list[float]:
        """The cosine of the character n-grams of each pair."""
        if not pairs or self._letters is None:
            return [0.0] * len(pairs)
        cosines: list[float] = []
        for first in range(0, len(pairs), 20_000):
            ones, others = zip(*pairs[first : first + 20_000], strict=True)
            product = self._letters[list(ones)].multiply(self._letters[list(others)]).sum(axis=1)
            cosines.extend(np.asarray(product, dtype=float).ravel().tolist())
        return cosines

    def _letters_of_one(self, one: int, other: int) -> float:
        """The same for one pair, which is quicker without sparse matrices."""
        a, b = self._grams(one), self._grams(other)
        if len(b) < len(a):
            a, b = b, a
        return sum(weight * b[gram] for gram, weight in a.items() if gram in b)

    def _grams(self, place: int) -> dict[int, float]:
        if place not in self._rows:
            row = self._letters[[place]] if self._letters is not None else None
            self._rows[place] = {} if row is None else dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
        return self._rows[place]

    def _pair(self, one: int, other: int, letters: float) -> Pair:
        a, b = self.contents[one], self.contents[other]
        shared = a.said.keys() & b.said.keys()
        weights = self.weights
        common = against = 0.0
        both_deny = False
        for feature in sorted(shared):
            common += weights[feature]
            if a.said[feature] != b.said[feature]:
                against += weights[feature]
            both_deny = both_deny or (a.said[feature] and b.said[feature])
        alike = self._overlap(one, other, common) if len(shared) > 1 or a.plain == b.plain else 0.0
        score = (0.7 * alike + 0.3 * letters) * _figures(a, b) * _speakers(a, b) * _times(a, b)
        pair = Pair(one, other, round(min(score, 1.0), _DIGITS), against > _DENIED * common and not both_deny)
        self._known[one, other] = pair
        return pair

    def _overlap(self, one: int, other: int, common: float) -> float:
        """The shared weight over that of the shorter content, and partly the longer: one may say more than the other."""
        small, large = sorted((self._totals[one], self._totals[other]))
        if not large:
            return 0.0
        if self.contents[one].said.keys() == self.contents[other].said.keys():
            return 1.0
        return common / (0.65 * max(small, self._enough) + 0.35 * large)


def _weight(feature: str, n: int, total: int) -> float:
    """Inverse document frequency; an amount tells most, a word of a meaning less than a word itself."""
    rarity = 1.0 + 0.5 * float(np.log((1 + total) / (1 + n)))
    return rarity * (2.0 if feature[0] == "#" else 0.9 if feature[0] == "=" else 1.0)


def _figures(a: Content, b: Content) -> float:
    """Less where both give figures in one unit and none is the same: 4 million is not 4.3 million."""
    units = a.amounts.keys() & b.amounts.keys()
    return 0.5 if units and not any(a.amounts[unit] & b.amounts[unit] for unit in units) else 1.0


def _speakers(a: Content, b: Content) -> float:
    same = same_person(a.speaker, b.speaker)
    return 1.0 if same else 0.95 if same is None else 0.85


def _times(a: Content, b: Content) -> float:
    if a.day is None or b.day is None:
        return 1.0
    return 1.0 - 0.1 * min(max(abs(a.day - b.day) - 7, 0) / 180, 1.0)


def group(likeness: Likeness, pairs: Sequence[Pair]) -> list[list[int]]:
    """Groups of places, each in order, in order of their first; a statement like no other is a group of its own."""
    groups = [_Group(likeness, place) for place in range(len(likeness.contents))]
    home = list(range(len(groups)))
    refused: set[tuple[int, int, int, int]] = set()
    for pair in pairs:
        if pair.opposed or home[pair.one] == home[pair.other]:
            continue
        large, small = sorted((home[pair.one], home[pair.other]), key=lambda at: (-len(groups[at].places), at))
        key = (large, small, len(groups[large].places), len(groups[small].places))
        if key in refused:
            continue
        if groups[large].takes(groups[small]):
            for place in groups[small].places:
                home[place] = large
            groups[large].add(groups[small])
        else:
            refused.add(key)
    return sorted(sorted(groups[at].places) for at in set(home))


class _Group:
    """Statements of one claim, also by article."""

    def __init__(self, likeness: Likeness, place: int) -> None:
        self._likeness = likeness
        self.places = [place]
        self.by_article = {likeness.contents[place].article: [place]}

    def takes(self, other: _Group) -> bool:
        """Whether two groups are alike on average, and no two of their statements speak against it."""
        for article, theirs in other.by_article.items():
            for mine in self.by_article.get(article, ()):
                if not all(_restates(self._likeness, mine, their) for their in theirs):
                    return False
        scored = [self._likeness.pair(one, their) for one in _sample(self.places) for their in _sample(other.places)]
        if any(pair.opposed and pair.score >= SAME for pair in scored):
            return False
        return sum(pair.score for pair in scored) >= SAME * len(scored)

    def add(self, other: _Group) -> None:
        self.places.extend(other.places)
        for article, theirs in other.by_article.items():
            self.by_article.setdefault(article, []).extend(theirs)


def _nearest(others: Any, shared: Any, here: int) -> list[int]:
    """The places that share most with the statement at `here`; of equals the first."""
    kept = others != here
    others, shared = others[kept], shared[kept].round(_DIGITS)
    if len(others) > NEAREST:
        least = np.partition(shared, -NEAREST)[-NEAREST]
        others, shared = others[shared >= least], shared[shared >= least]
    order = np.lexsort((others, -shared))[:NEAREST]
    return [int(other) for other in others[order]]


def _restates(likeness: Likeness, one: int, other: int) -> bool:
    """Whether two statements of one article say the same thing twice, as a headline and its text do."""
    pair = likeness.pair(one, other)
    titled = likeness.contents[one].in_title != likeness.contents[other].in_title
    return not pair.opposed and pair.score >= (SAME if titled else RESTATED)


def _sample(places: Sequence[int]) -> Sequence[int]:
    """All of a small group, and of a large one some, spread evenly."""
    if len(places) <= _MEMBERS:
        return places
    return [places[at * len(places) // _MEMBERS] for at in range(_MEMBERS)]


def scores(likeness: Likeness, places: Sequence[int]) -> list[Any]:
    """How like the others of its group each statement is on average; None for one that is alone."""
    if len(places) == 1:
        return [None]
    made: list[Any] = []
    for place in places:
        others = _sample([each for each in places if each != place])
        made.append(sum(likeness.pair(place, other).score for other in others) / len(others))
    return made
