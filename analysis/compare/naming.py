"""By which name each outlet calls the actors, and how sure one can be of a difference.

In goes `Tables` (its `mentions` and `articles`), out comes a row for each actor, label, outlet and voice: how often, the
label's share of the outlet's mentions of that actor in that voice, and the 95 % interval of the share (see
`analysis.compare.resampling`). A name that only stands within another actor's name counts for nobody
(see `analysis.compare.outermost`).

>>> from types import SimpleNamespace
>>> import pandas as pd
>>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["الدار"]})
>>> mentions = pd.DataFrame({"article_id": ["a"] * 3, "actor": ["sdf"] * 3, "label": ["قسد"] * 3, "voice": ["narrator"] * 3})
>>> mentions = mentions.assign(text=["قسد", "قـسد", "قَسد"], start=[0, 10, 20], end=[3, 14, 24])
>>> table = naming(SimpleNamespace(articles=articles, mentions=mentions))
>>> table[["label", "outlet", "n", "share", "written"]].values.tolist(), bool(table.low[0] < 0.5)
([['قسد', 'الدار', 3, 1.0, 'قسد']], True)
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from analysis.compare import resampling
from analysis.compare.columns import framed, in_order, with_outlets
from analysis.compare.outermost import outermost
from analysis.dataset.reading import Dataset
from analysis.schema import STANCES, VOICES

if TYPE_CHECKING:
    import pandas as pd


class Mentions(Protocol):
    """What naming reads of `Tables`."""

    articles: pd.DataFrame
    mentions: pd.DataFrame


class _Usage(NamedTuple):
    """One actor in one outlet and voice: mentions by label and article."""

    actor: str
    outlet: str | None
    voice: str
    labels: list[str]
    hits: resampling.Array  # labels × articles

    @property
    def key(self) -> str:
        return f"{self.actor}|{self.voice}|{self.outlet}"


def naming(tables: Mentions | Dataset, *, seed: int = 0, stance: bool = False) -> pd.DataFrame:
    """A row for each actor × label × outlet × voice that occurs; columns as in `compare.columns.COMPARISONS["naming"]`.

    Articles without an outlet are together in rows whose outlet is null. `stance` adds the label's stance as a last column.
    The same tables and seed give the same intervals. Raises `InputError` where the tables do not belong together.
    A dataset is counted part by part (see `analysis.compare.partitioned`).
    """
    if isinstance(tables, Dataset):
        from analysis.compare import partitioned

        return partitioned.naming(tables, seed=seed, stance=stance)
    rows: list[tuple[Any, ...]] = []
    written = most_written(spellings(tables.mentions))
    for use in _usages(tables):
        totals = use.hits.sum(axis=0)
        draws = resampling.shares(use.hits, totals, key=use.key, seed=seed)
        for at, label in enumerate(use.labels):
            n = int(use.hits[at].sum())
            share = n / float(totals.sum())
            ends = resampling.interval(draws[:, at], share)
            rows.append((use.actor, label, use.outlet, use.voice, n, share, *ends, written[use.actor, label]))
    table = framed("naming", rows)
    return with_stances(table, stances(tables.mentions)) if stance else table


def stances(mentions: pd.DataFrame) -> dict[tuple[str, str], str]:
    """What choosing each label for an actor says."""
    said = mentions[["actor", "label", "stance"]].drop_duplicates()
    return {(actor, label): str(each) for actor, label, each in said.itertuples(index=False, name=None)}


def with_stances(naming: pd.DataFrame, known: Mapping[tuple[str, str], str]) -> pd.DataFrame:
    """`naming` with each label's stance as a last column."""
    import pandas as pd

    values = [known[key] for key in zip(naming["actor"], naming["label"], strict=True)]
    return naming.assign(stance=pd.Series(values, dtype=pd.CategoricalDtype(list(STANCES)), index=naming.index))


def spellings(mentions: pd.DataFrame) -> Counter[tuple[str, str, str]]:
    """How often each (actor, label) is written how: without quote marks, vowel signs and tatweel, which are not the name's."""
    counted: Counter[tuple[str, str, str]] = Counter()
    if len(mentions):
        sizes = mentions.groupby(["actor", "label", "text"], observed=True).size()
        for (actor, label, text), n in zip(sizes.index, sizes.tolist(), strict=True):
            counted[actor, label, _plainly(text)] += n
    return counted


def most_written(counted: Counter[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    """Each (actor, label) in its most frequent spelling, of equals the first by the alphabet."""
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0][2]))
    written: dict[tuple[str, str], str] = {}
    for (actor, label, text), _ in ranked:
        written.setdefault((actor, label), text)
    return written


def _plainly(text: str) -> str:
    """A name as it is said: its letters and what stands between words, nothing of what writing adds."""
    kept = "".join(
        each for each in text if each != "ـ" and unicodedata.category(each) not in ("Mn", "Cf", "Pi", "Pf") and each != '"'
    )
    return " ".join(kept.split())


def naming_difference(tables: Mentions, *, seed: int = 0) -> pd.DataFrame:
    """For each actor × label × outlet × voice how far the outlet's share is from that of all other outlets together.

    Rows are those where the outlet and some other outlet name the actor in that voice. An interval that holds 0 is no
    difference; of twenty rows without one, one may still miss it.
    """
    rows: list[tuple[Any, ...]] = []
    for _, each in groupby(_usages(tables, every_label=True, by_voice=True), key=lambda use: (use.actor, use.voice)):
        uses = list(each)
        rests = resampling.rests([use.hits for use in uses]) if len(uses) > 1 else []
        for use, rest in zip(uses, rests, strict=False):
            mine, theirs = use.hits.sum(axis=1), rest.hits.sum(axis=1)
            here = resampling.shares(use.hits, use.hits.sum(axis=0), key=use.key, seed=seed)
            there = resampling.shares(rest.hits, rest.hits.sum(axis=0), key=f"not {use.key}", seed=seed, articles=rest.articles)
            for at, label in enumerate(use.labels):
                share, share_rest = float(mine[at] / mine.sum()), float(theirs[at] / theirs.sum())
                ends = resampling.interval(here[:, at] - there[:, at])
                counted = int(mine[at]), int(theirs[at]), share, share_rest, share - share_rest
                rows.append((use.actor, label, use.outlet, use.voice, *counted, *ends))
    order = {outlet: at for at, outlet in enumerate(in_order(row[2] for row in rows))}
    rows.sort(key=lambda row: (row[0], order[row[2]], VOICES.index(row[3])))  # stable: the labels stay in their order
    return framed("naming_difference", rows)


def _usages(tables: Mentions, *, every_label: bool = False, by_voice: bool = False) -> Iterator[_Usage]:
    """Each actor in each outlet and voice, in order (`by_voice`: the outlets of one voice together); `every_label`: with the labels
    that only other outlets use.
    """
    if not len(tables.mentions):
        return
    chosen = outermost(tables.mentions)
    mentions = with_outlets(chosen[["article_id", "actor", "label", "voice"]], tables.articles)
    outlets = in_order(mentions["outlet"].unique())
    place = {outlet: at for at, outlet in enumerate(outlets)}
    outlet = mentions["outlet"].map(place).fillna(len(outlets) - 1).to_numpy(dtype=np.int64)
    voice = mentions["voice"].astype(str).map({each: at for at, each in enumerate(VOICES)}).to_numpy(dtype=np.int64)
    (actor, actors), (label, labels), (article, _) = (_codes(mentions[name]) for name in ("actor", "label", "article_id"))
    keys = (actor, voice, outlet) if by_voice else (actor, outlet, voice)
    order = np.lexsort(keys[::-1])
    said = np.zeros(len(actors) * len(labels), dtype=bool)
    said[actor * len(labels) + label] = True
    for at in np.split(order, np.flatnonzero(np.any([np.diff(key[order]) for key in keys], axis=0)) + 1):
        here = int(actor[at[0]])
        used = np.flatnonzero(said[here * len(labels) : (here + 1) * len(labels)]) if every_label else np.unique(label[at])
        ids, columns = np.unique(article[at], return_inverse=True)
        hits = resampling.counts(np.searchsorted(used, label[at]), columns, (len(used), len(ids)))
        name = outlets[int(outlet[at[0]])]
        yield _Usage(actors[here], name, VOICES[int(voice[at[0]])], [labels[each] for each in used], hits)


def _codes(values: pd.Series[Any]) -> tuple[Any, list[str]]:
    """Each value as its place among the distinct ones in order, and those."""
    codes, distinct = values.astype("object").factorize(sort=True)
    return codes, [str(each) for each in distinct]
