"""Statements that say the same, in groups: candidate pairs by what they share, scores, and average link.

In go the `Content`s of `analysis.compare.contents`, out come pairs with a score and groups of places in that list.

- Candidates come from a sparse product over features that few statements have, and only the nearest of each are kept: there is
  never a matrix of all pairs.
- A score is what two contents share (stems, meanings, actors, figures, by inverse document frequency; character n-grams), less
  where they give different figures for one thing, where the same word is of two things (سوق عفرين, سوق أعزاز), where two
  different people speak, and where months lie between them.
- Groups grow from the most alike pair on. Two groups become one only where their statements are alike on average and none says
  what another denies, so that a chain of half-alike statements does not glue two claims together. Two statements of one article
  are one claim only where they restate one another.

The threshold `SAME` was chosen on `tests/cases/claims.jsonl`, pairs of statements of which people say whether they report one
claim: `tests/test_claims.py` has the precision and recall around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

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
_DENIED = 0.2  # of the shared content: a denial often holds for the verb alone, its subject standing before
_COMMON = 400  # statements: a feature that more have brings no candidates to those that have rarer ones
_RAREST = 6  # features of each statement that bring candidates however many have them
_ROWS = 512  # statements whose candidates are sought at once
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
    """Scores of pairs of contents, each computed once."""

    def __init__(self, contents: Sequence[Content]) -> None:
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
        self._denies = [any(each.said.values()) for each in contents]
        self._letters = _letters([each.plain.split() for each in contents])
        self._rows: dict[int, dict[int, float]] = {}
        self._known: dict[tuple[int, int], Pair] = {}
        known: dict[Any, int] = {}
        self._wordings = [known.setdefault((each.plain, tuple(each.said.items()), each.figures), len(known)) for each in contents]
        self._compared: dict[tuple[int, int], tuple[float, bool]] = {}

    def candidates(self) -> list[tuple[int, int]]:
        """Pairs that share features, each content with those nearest to it; in order, each pair once.

        A content seeks by the features that few others have, but always by its rarest: a claim may be everywhere.
        """
        pairs = self._candidates()
        return list(zip(pairs[:, 0].tolist(), pairs[:, 1].tolist(), strict=True))

    def pairs(self) -> list[Pair]:
        """The candidates that are alike enough to report one claim or its denial, the most alike first."""
        scored = [self._pair(one, other, letters) for one, other, letters in self._promising(self._candidates())]
        return sorted((each for each in scored if each.score >= SAME), key=lambda pair: (-pair.score, pair.one, pair.other))

    def _cells(self) -> tuple[Any, Any, Any]:
        """The places and columns of all features, and the weight of each column."""
        column = {feature: at for at, feature in enumerate(sorted(self._counts))}
        sizes = [len(each.said) for each in self.contents]
        columns = np.fromiter(
            (column[feature] for each in self.contents for feature in each.said), dtype=np.int64, count=sum(sizes)
        )
        return np.repeat(np.arange(len(sizes)), sizes), columns, np.array([self.weights[feature] for feature in column])

    def _candidates(self) -> Any:
        """The same as an array of two columns."""
        places, columns, weights = self._cells()
        n = np.bincount(columns, minlength=len(weights))
        shared = n[columns] > 1
        places, columns = places[shared], columns[shared]
        if not places.size:
            return np.empty((0, 2), dtype=np.int64)
        order = np.lexsort((columns, n[columns], places))  # the rarest of each content first
        places, columns = places[order], columns[order]
        firsts = np.searchsorted(places, places)  # where each content's features begin
        asked = (np.arange(places.size) - firsts < _RAREST) | (n[columns] <= _COMMON)
        values = weights[columns] / np.sqrt(np.maximum(np.array(self._totals), self._enough))[places]
        shape = (len(self.contents), len(weights))
        seeking = _sparse(values[asked], places[asked], columns[asked], shape)
        turned = _sparse(values, places, columns, shape).T.tocsr()
        statement = {key: at for at, key in enumerate(dict.fromkeys(each.key for each in self.contents))}
        own = np.array([statement[each.key] for each in self.contents])
        found = []
        for first in range(0, len(self.contents), _ROWS):
            product = seeking[first : first + _ROWS] @ turned
            for row in range(product.shape[0]):
                here, begin, end = first + row, product.indptr[row], product.indptr[row + 1]
                others = product.indices[begin:end]
                kept = own[others] != own[here]
                near = _nearest(others[kept], product.data[begin:end][kept])
                found.append(np.minimum(here, near).astype(np.int64) * len(own) + np.maximum(here, near))
        return np.column_stack(np.divmod(np.unique(np.concatenate(found)), len(own)))

    def _promising(self, pairs: Any) -> Iterator[tuple[int, int, float]]:
        """The pairs that share enough before anything speaks against them, with the cosine of their character n-grams."""
        places, columns, weights = self._cells()
        shape = (len(self.contents), len(weights))
        has, weighs = _sparse(np.ones(len(places)), places, columns, shape), _sparse(weights[columns], places, columns, shape)
        totals = np.array(self._totals)
        for first in range(0, len(pairs), _PAIRS):
            ones, others = pairs[first : first + _PAIRS].T
            common = _dot(weighs, has, ones, others)
            small, large = np.minimum(totals[ones], totals[others]), np.maximum(totals[ones], totals[others])
            scale = (1 - _LARGE) * np.maximum(small, self._enough) + _LARGE * large
            alike = np.where(common >= large * (1 - 1e-6), 1.0, common / scale)
            letters = _dot(self._letters, self._letters, ones, others)
            kept = np.flatnonzero(0.7 * alike + 0.3 * letters >= SAME - 1e-6)
            yield from zip(ones[kept].tolist(), others[kept].tolist(), letters[kept].tolist(), strict=True)

    def pair(self, one: int, other: int) -> Pair:
        """The score of any two contents."""
        one, other = min(one, other), max(one, other)
        known = self._known.get((one, other))
        return known or self._pair(one, other)

    def _letters_of_one(self, one: int, other: int) -> float:
        """The cosine of character n-grams for one pair, which is quicker without sparse matrices."""
        a, b = self._grams(one), self._grams(other)
        if len(b) < len(a):
            a, b = b, a
        return sum(weight * b[gram] for gram, weight in a.items() if gram in b)

    def _grams(self, place: int) -> dict[int, float]:
        if place not in self._rows:
            row = self._letters[[place]]
            self._rows[place] = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
        return self._rows[place]

    def _pair(self, one: int, other: int, letters: float | None = None) -> Pair:
        """The score of two contents; what they say is compared once for all pairs that say the same in the same words."""
        a, b = self.contents[one], self.contents[other]
        wording = self._wordings[one], self._wordings[other]
        if wording not in self._compared:
            self._compared[wording] = self._compare(one, other, self._letters_of_one(one, other) if letters is None else letters)
        alike, opposed = self._compared[wording]
        pair = Pair(one, other, round(min(alike * _speakers(a, b) * _times(a, b), 1.0), _DIGITS), opposed)
        self._known[one, other] = pair
        return pair

    def _compare(self, one: int, other: int, letters: float) -> tuple[float, bool]:
        """How like two contents are, without regard to speaker and time, and whether one says what the other denies."""
        a, b = self.contents[one], self.contents[other]
        weights, poles = self.weights, _poles()
        common = against = 0.0
        agree = turned = False
        shared = [feature for feature in a.said if feature in b.said]  # in the text's order: the same sum on every machine
        for feature in shared:
            common += weights[feature]
            if a.said[feature] != b.said[feature]:
                against += weights[feature] * (2 if feature in poles else 1)
                turned = turned or feature in poles
            elif feature in poles:
                agree = True
        alike = 0.0
        if len(shared) == len(a.said) == len(b.said) and shared and (len(shared) > 1 or a.plain == b.plain):
            alike = 1.0
        elif len(shared) > 1:
            small, large = sorted((self._totals[one], self._totals[other]))
            alike = common / ((1 - _LARGE) * max(small, self._enough) + _LARGE * large)
        # Where both deny something, what differs is how far the denial reaches.
        opposed = against > _DENIED * common and (turned or self._denies[one] != self._denies[other]) and not agree
        return (0.7 * alike + 0.3 * letters) * _figures(a, b) * _of_another(a, b), opposed


def _letters(texts: Sequence[Sequence[str]]) -> Any:
    """Character n-grams of three and four letters within words, weighted by tf-idf: a row of length 1 for each text.

    A word's n-grams are counted once, however often the corpus has it.
    """
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

    place: dict[str, int] = {}
    columns = [place.setdefault(word, len(place)) for words in texts for word in words]
    if not columns:  # without a word there are no n-grams to count, which the vectoriser takes for an error
        return csr_matrix((len(texts), 1), dtype=np.float32)
    rows = np.repeat(np.arange(len(texts)), [len(words) for words in texts])
    of_words = CountVectorizer(analyzer="char_wb", ngram_range=(3, 4), dtype=np.float32).fit_transform(list(place))
    counted = _sparse(np.ones(len(columns)), rows, columns, (len(texts), len(place))) @ of_words
    return TfidfTransformer(sublinear_tf=True).fit_transform(counted)


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
    return _OTHER_FIGURE if a.figures and disagree(a.figures, b.figures) else 1.0


def _of_another(a: Content, b: Content) -> float:
    """Less where the same word is of two things, and neither names the other's: سوق عفرين, سوق أعزاز."""
    for head in a.construct.keys() & b.construct.keys():
        mine, theirs = a.construct[head], b.construct[head]
        if not any(each in b.said for each in mine) and not any(each in a.said for each in theirs):
            return _OTHER_THING
    return 1.0


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
