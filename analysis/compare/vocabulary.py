"""Keyness of an archive of any size: each article's tokens are counted once and wait on the disk until all of them are known.

In goes a `Dataset`, out come the rows of `analysis.compare.keyness.keyness` by outlet, to the last digit. How a token is split is
decided by the vocabulary of the whole corpus, so that what is counted first are tokens, as numbers; what they are counted for
comes after. Held at once are the vocabulary, one part's tokens and the counts of outlets × terms. How a term is spelled is told by
its first occurrences: only the articles that have one of these are read a second time.
"""

from __future__ import annotations

import tempfile
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from analysis.compare import keyness as words
from analysis.compare.columns import frame
from analysis.dataset.spill import Spill
from analysis.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from analysis.dataset.reading import Dataset

_OF = {"articles": ["article_id", "outlet"], "blocks": ["article_id", "role", "text"]}


def keyness(
    dataset: Dataset,
    *,
    groups: tuple[str, str] | None = None,
    prior: float = 500.0,
    min_count: int = 5,
    min_articles: int = 2,
    workers: int = 1,
) -> pd.DataFrame:
    """`analysis.compare.keyness.keyness` of a dataset, by outlet: a row for each outlet × word.

    `workers` is how many parts are read at once. Raises `InputError` as that does, and where a part cannot be read.
    """
    for name, value in (("prior", prior), ("min_count", min_count), ("min_articles", min_articles)):
        if not value > 0:
            raise InputError(f"`{name}` value = {value!r} is invalid; it must be greater than 0")
    with tempfile.TemporaryDirectory(prefix="keyness-") as folder:
        read = _Read(Spill(folder), dataset, groups, workers)
        order = sorted({outlet for by in read.outlets for outlet in by})
        for group in groups or ():
            if group not in order:
                raise InputError(f"`groups` names {group!r}, which no article has")
        if len(order) < 2:
            return frame("keyness", {})
        stems = words._stems(set(read.vocabulary))
        place = {term: at for at, term in enumerate(sorted(set(stems.values())))}
        term_of = np.array([place[stems[token]] for token in read.vocabulary], dtype=np.int64)
        seen, spread = np.zeros((2, len(order), len(place)))
        for at, by in enumerate(read.outlets):
            rows = read.rows(at)
            group_of = np.array([order.index(outlet) for outlet in by], dtype=np.int64)
            added = words._added(rows.article, term_of[rows.token], rows.n, group_of, seen.shape)
            seen, spread = seen + added[0], spread + added[1]
        wanted = words._wanted(seen, spread, min_count, min_articles)
        left = np.zeros(len(place), dtype=np.int64)
        left[wanted] = np.minimum(seen[:, wanted].sum(axis=0), words._ENOUGH)
        spelled = _spellings(read, term_of, list(place), left)
    return words._table(order, seen, spread, prior, wanted, [spelled[at] for at in wanted.tolist()])


class _Rows(NamedTuple):
    """The distinct tokens of a part's articles: the article's place in the part, the token's number, and how often."""

    article: Any
    token: Any
    n: Any


class _Read:
    """A dataset whose articles have been read once: the outlets of each part's articles, the vocabulary, and each part's tokens."""

    def __init__(self, spill: Spill, dataset: Dataset, groups: tuple[str, str] | None, workers: int) -> None:
        self._spill, self._dataset, self._groups = spill, dataset, groups
        self.outlets: list[list[str]] = []
        self._numbers: dict[str, int] = {}
        for at, (outlets, tokens, rows) in enumerate(dataset.mapped(partial(_counted, groups=groups), _OF, workers=workers)):
            numbers = np.array([self._numbers.setdefault(token, len(self._numbers)) for token in tokens], dtype=np.int32)
            spill.add("tokens", rows.assign(token=numbers[rows["token"]]), np.full(len(rows), at))
            self.outlets.append(outlets)
        spill.close()
        self.vocabulary = list(self._numbers)

    def rows(self, at: int) -> _Rows:
        """The tokens of a part."""
        table = self._spill.read("tokens", at)
        return _Rows(*(table[name].to_numpy(dtype=np.int64) for name in _Rows._fields))

    def texts(self, at: int, articles: Any) -> list[Any]:
        """The folded running texts of some articles of a part, by their places in it."""
        part = self._dataset.part(at, _OF)
        some = _of_groups(part["articles"], self._groups).iloc[articles]
        blocks = part["blocks"]
        return words._running_texts(some, blocks[blocks["article_id"].isin(some["article_id"])])


def _of_groups(articles: pd.DataFrame, groups: tuple[str, str] | None) -> pd.DataFrame:
    return articles[articles["outlet"].notna() if groups is None else articles["outlet"].isin(groups)]


def _counted(part: dict[str, Any], *, groups: tuple[str, str] | None) -> tuple[list[str], list[str], pd.DataFrame]:
    """The outlets of a part's articles, its tokens, and the rows of `_Rows` with these tokens' places."""
    import pandas as pd

    articles = _of_groups(part["articles"], groups)
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    sizes, tokens, times = [], array("i"), array("i")
    for doc in words._running_texts(articles, part["blocks"]):
        found = Counter(words._tokens(doc.folded))
        sizes.append(len(found))
        tokens.extend(map(numbers.__getitem__, found))
        times.extend(found.values())
    columns = {"article": np.repeat(np.arange(len(sizes), dtype=np.int32), sizes), "token": np.array(tokens), "n": np.array(times)}
    return articles["outlet"].tolist(), list(numbers), pd.DataFrame(columns)


def _spellings(read: _Read, term_of: Any, terms: Sequence[str], left: Any) -> dict[int, str]:
    """Each term, by its place, as its first occurrences spell it most often; `left` is how many of them each term has to have."""
    found: dict[int, Counter[str]] = {at: Counter() for at in np.flatnonzero(left).tolist()}
    for at in range(len(read.outlets)):
        rows = read.rows(at)
        term = term_of[rows.token]
        first = _first(rows, term, left)
        articles, begins = np.unique(rows.article[first], return_index=True)
        if not len(articles):
            continue
        tokens = np.split(rows.token[first], begins[1:])
        for doc, some in zip(read.texts(at, articles), tokens, strict=True):
            folded = words._parted(doc.folded)
            ends = sorted((end, token) for token in some.tolist() for end in _ends(folded, read.vocabulary[token]))
            for end, token in ends:
                here = int(term_of[token])
                if left[here]:
                    found[here][words._surface(doc, end, terms[here])] += 1
                    left[here] -= 1
    return {at: words._most_frequent(spelled) for at, spelled in found.items()}


def _first(rows: _Rows, term: Any, left: Any) -> Any:
    """Which rows are of articles that have some of the occurrences that are `left`, in order of the articles."""
    kept = np.flatnonzero(left[term])
    order = kept[np.lexsort((rows.article[kept], term[kept]))]
    term, article, n = term[order], rows.article[order], rows.n[order]
    before = np.cumsum(n) - n  # in the articles before it, by term, where an article with several tokens of a term is one
    new_term = np.diff(term, prepend=-1) != 0
    new_article = new_term | (np.diff(article, prepend=-1) != 0)
    starts = np.maximum.accumulate(np.where(new_term, np.arange(len(term)), 0))
    here = np.maximum.accumulate(np.where(new_article, np.arange(len(term)), 0))
    return np.sort(order[before[here] - before[starts] < left[term]])


def _ends(folded: str, token: str) -> Iterator[int]:
    """Where a token ends in a text, each time that it stands there."""
    at = folded.find(token)
    while at >= 0:
        match = words._TOKEN.match(folded, at)
        if match is not None and match[0] == token:
            yield match.end()
        at = folded.find(token, at + 1)
