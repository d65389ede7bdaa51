"""Intervals that know how few articles there are.

Words of one article are not independent: one writer, one house style, one event. So articles are resampled, not words. Each
replicate draws weights for the articles (Rubin's Bayesian bootstrap) and adds what so few articles may not have shown: for a
share two pseudo-articles, one that always uses the label and one that never does, each with the weight of half an article
(with every article of one mind this is Jeffreys' interval for a proportion); for a rate the noise of counting, half an
occurrence, and the spread between articles, which one article does not show. One article therefore never looks like a finding,
whatever it repeats: the tests simulate outlets that do not differ.

>>> draws = shares(np.array([[3.0]]), np.array([3.0]), key="one article, three mentions")
>>> low, high = interval(draws[:, 0], 1.0)
>>> bool(low < 0.4), high
(True, 1.0)
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

DRAWS = 1000
# How far rates of articles are apart (standard deviation of the logarithm) where the data cannot tell: that of rates that are
# exponentially distributed. Its share falls with the number of articles, for those show their own spread.
_SPREAD = 1.2
_BLOCKS = 100  # more articles than this are resampled in so many blocks, dealt out in turn


def _generator(key: str, seed: int) -> np.random.Generator:
    """A stream of its own for each row's key, so that one outlet more does not change the others' intervals."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, zlib.crc32(key.encode())])))


def _blocks(table: Array) -> Array:
    """Columns (articles) added up in blocks, where there are very many."""
    articles = table.shape[-1]
    if articles <= _BLOCKS:
        return table
    return np.stack([table[..., at::_BLOCKS].sum(axis=-1) for at in range(_BLOCKS)], axis=-1)


class Rest(NamedTuple):
    """All groups but one: their hits by article, or by block of articles where they are very many."""

    hits: Array
    articles: int


def rests(groups: Sequence[Array]) -> list[Rest]:
    """For each of `groups` (labels × articles) all the others together.

    Where the others have very many articles these come in blocks, dealt out over all groups, so that no group's others have to be
    copied.
    """
    sizes = [group.shape[1] for group in groups]
    dealt = [np.zeros((len(group), _BLOCKS)) for group in groups]
    first = 0
    for group, blocks in zip(groups, dealt, strict=True):
        np.add.at(blocks.T, (first + np.arange(group.shape[1])) % _BLOCKS, group.T)
        first += group.shape[1]
    every = np.sum(dealt, axis=0)
    made = []
    for at, size in enumerate(sizes):
        articles = first - size
        few = articles <= _BLOCKS
        hits = np.concatenate([group for other, group in enumerate(groups) if other != at], axis=1) if few else every - dealt[at]
        made.append(Rest(hits, articles))
    return made


def _weights(articles: int, draws: int, random: np.random.Generator) -> Array:
    """Weights of mean 1, as far apart as resampling so few needs: the spread corrects the bootstrap's bias for small samples."""
    shape = max((articles - 1) / (articles + 1), 0.3)
    return random.gamma(shape, 1 / shape, (draws, articles))


def shares(hits: Array, totals: Array, *, key: str, seed: int = 0, draws: int = DRAWS, articles: int | None = None) -> Array:
    """Replicates (draws × labels) of each label's share; `hits` is labels × articles, `totals` the articles' mentions (each >
    0). `articles` is how many there are where `hits` has them in blocks.
    """
    random = _generator(key, seed)
    article = totals.sum() / (articles or totals.size)
    hits, totals = _blocks(hits), _blocks(totals)
    weights = _weights(totals.size, draws, random)
    always, never = random.gamma(0.5, 1.0, (2, draws, hits.shape[0])) * article
    replicates: Array = (weights @ hits.T + always) / ((weights @ totals)[:, None] + always + never)
    return replicates


def rates(hits: Array, words: Array, *, key: str, seed: int = 0, draws: int = DRAWS, articles: int | None = None) -> Array:
    """Replicates (draws × measures) of occurrences per word; `hits` is measures × articles, `words` the articles' words (each
    > 0). `articles` is how many there are where `hits` has them in blocks.
    """
    random = _generator(key, seed)
    articles = articles or words.size
    hits, words = _blocks(hits), _blocks(words)
    weights = _weights(words.size, draws, random)
    weights *= words.size / weights.sum(axis=1, keepdims=True)
    counted = hits.sum(axis=1)
    noise = random.gamma(np.maximum(counted, 1e-9), 1.0, (draws, counted.size)) - counted
    half = random.gamma(0.5, 1.0, (draws, counted.size))
    unseen = np.exp(random.normal(0.0, _SPREAD / articles, (draws, 1)))
    replicates: Array = (np.maximum(weights @ hits.T + noise, 0.0) + half) * unseen / (weights @ words)[:, None]
    return replicates


def interval(replicates: Array, point: float | None = None, *, level: float = 0.95) -> tuple[float, float]:
    """The interval that holds `level` of the replicates, widened to hold the point estimate."""
    low, high = (float(each) for each in np.quantile(replicates, [(1 - level) / 2, (1 + level) / 2]))
    return (low, high) if point is None else (min(low, point), max(high, point))


def counts(rows: Any, columns: Any, shape: tuple[int, int]) -> Array:
    """How often each (row, column) occurs, as a matrix."""
    return (
        np.bincount(np.asarray(rows) * shape[1] + np.asarray(columns), minlength=shape[0] * shape[1]).reshape(shape).astype(float)
    )
