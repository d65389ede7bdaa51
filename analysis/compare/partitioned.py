"""Comparisons over a dataset of any size: each part is counted by itself, and only counts are kept.

In goes a `Dataset` (`open_dataset`), out come the tables that `naming`, `hedging` and `keyness` make of `Tables`: the same rows,
the same counts and estimates. What is held at once is one part, and for each row of the result a hundred blocks of articles, which
the intervals are drawn from (see `analysis.compare.resampling`); for keyness (see `analysis.compare.vocabulary`) also the corpus's
vocabulary. Articles are dealt out
to the blocks in the order of the dataset: beyond a hundred articles an interval may differ from that of `Tables` as two draws do.

>>> import tempfile
>>> import analysis as na
>>> from analysis import places
>>> folder = tempfile.mkdtemp() + "/tables"
>>> _ = na.extract_dataset(places.sample(), folder, shard_size=20_000)
>>> bool(naming(na.open_dataset(folder))["n"].sum() == na.naming(na.load_tables(folder))["n"].sum())
True

`ledger` and `claims` compare single reports with one another. What has to be compared is brought together on the disk: mentions of
sums by size (`analysis.compare.sums`), articles by time (`analysis.compare.stretches`). `ledger_parts` and `claim_parts` give their
rows a range at a time, for results that are themselves too large to hold.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.compare import hedging as hedges
from analysis.compare import naming as names
from analysis.compare import resampling
from analysis.compare.columns import LIFT, MEASURES, framed, in_order, with_outlets
from analysis.compare.stretches import STRETCH, claim_parts
from analysis.compare.sums import ledger_parts
from analysis.compare.vocabulary import keyness
from analysis.schema import VOICES

if TYPE_CHECKING:
    import pandas as pd

    from analysis.dataset.reading import Dataset
    from analysis.extract.names import Actors

__all__ = ["claim_parts", "claims", "hedging", "keyness", "ledger", "ledger_parts", "naming"]

_BLOCKS = resampling._BLOCKS
_OF = {
    "naming": {
        "articles": ["article_id", "outlet"],
        "mentions": ["article_id", "start", "end", "actor", "label", "voice", "text", "stance"],
    },
    "hedging": {
        "articles": ["article_id", "outlet", "text", "n_words"],
        "statements": ["article_id", "start", "end", "cue", "cue_start", "cue_end", "force"],
        "mentions": ["article_id", "start", "end", "text", "actor", "quoted", "voice"],
        "hedges": ["article_id", "start", "end", "text", "kind", "voice"],
    },
}


class _Blocks:
    """Counts (rows × articles) added up part by part: exact for a hundred articles, in a hundred blocks beyond."""

    def __init__(self) -> None:
        self.articles = 0
        self.rows: dict[Any, resampling.Array] = {}

    def add(self, keys: list[Any], hits: resampling.Array) -> None:
        """Add some articles; a key that is new had nothing in the ones before."""
        columns = (self.articles + np.arange(hits.shape[1])) % _BLOCKS
        for key, row in zip(keys, hits, strict=True):
            held = self.rows.get(key)
            if held is None:
                held = self.rows[key] = np.zeros(_BLOCKS)
            np.add.at(held, columns, row)
        self.articles += hits.shape[1]

    def table(self, keys: list[Any]) -> resampling.Array:
        return np.stack([self.rows[key][: min(self.articles, _BLOCKS)] for key in keys])


# ------------------------------------------------------------------------------------------------------------------------- naming


def naming(dataset: Dataset, *, seed: int = 0, stance: bool = False, workers: int = 1) -> pd.DataFrame:
    """`analysis.compare.naming.naming` of a dataset: a row for each actor × label × outlet × voice that occurs."""
    found: dict[tuple[str, str | None, str], _Blocks] = {}
    spelled: Counter[tuple[str, str, str]] = Counter()
    stances: dict[tuple[str, str], str] = {}
    for uses, spellings, said in dataset.mapped(_usages, _OF["naming"], workers=workers):
        spelled.update(spellings)
        stances |= said
        for use in uses:
            found.setdefault((use.actor, use.outlet, use.voice), _Blocks()).add(use.labels, use.hits)
    order = {outlet: at for at, outlet in enumerate(in_order(outlet for _, outlet, _ in found))}
    rows: list[tuple[Any, ...]] = []
    written = names.most_written(spelled)
    for actor, outlet, voice in sorted(found, key=lambda key: (key[0], order[key[1]], VOICES.index(key[2]))):
        blocks = found[actor, outlet, voice]
        labels = sorted(blocks.rows)
        hits = blocks.table(labels)
        total = float(hits.sum())
        key = names._Usage(actor, outlet, voice, labels, hits).key
        draws = resampling.shares(hits, hits.sum(axis=0), key=key, seed=seed, articles=blocks.articles)
        for at, label in enumerate(labels):
            n = int(hits[at].sum())
            ends = resampling.interval(draws[:, at], n / total)
            rows.append((actor, label, outlet, voice, n, n / total, *ends, written[actor, label]))
    table = framed("naming", rows)
    return names.with_stances(table, stances) if stance else table


def _usages(part: dict[str, Any]) -> tuple[list[Any], Counter[tuple[str, str, str]], dict[tuple[str, str], str]]:
    mentions = part["mentions"]
    return list(names._usages(SimpleNamespace(**part))), names.spellings(mentions), names.stances(mentions)


# ------------------------------------------------------------------------------------------------------------------------ hedging


def hedging(dataset: Dataset, *, seed: int = 0, actors: Actors | None = None, workers: int = 1) -> pd.DataFrame:
    """`analysis.compare.hedging.hedging` of a dataset: a row for each outlet × measure."""
    rates: dict[str | None, _Blocks] = {}
    quoting: dict[str | None, _Quoting] = {}
    told = [*hedges._RATES, "words"]
    for by_outlet, quoted in dataset.mapped(partial(_hedged, actors=actors), _OF["hedging"], workers=workers):
        for outlet, hits, spoken in by_outlet:
            rates.setdefault(outlet, _Blocks()).add(told, np.vstack([hits, spoken]))
        for outlet, names_here, marked, every in quoted:
            quoting.setdefault(outlet, _Quoting()).add(names_here, marked, every)
    lifts = {outlet: each.lift(outlet, seed) for outlet, each in quoting.items()}
    rows: list[tuple[Any, ...]] = []
    for outlet in in_order(rates):
        blocks = rates[outlet]
        table = blocks.table(told)
        hits, spoken = table[:-1], table[-1]
        draws = resampling.rates(hits, spoken, key=f"hedging|{outlet}", seed=seed, articles=blocks.articles) * 1000
        for measure in MEASURES:
            if measure == LIFT:
                rows.append((outlet, LIFT, *(lifts.get(outlet) or (0, None, None, None)), int(spoken.sum())))
                continue
            at = hedges._RATES.index(measure)
            n = int(hits[at].sum())
            rate = n / float(spoken.sum()) * 1000
            rows.append((outlet, measure, n, rate, *resampling.interval(draws[:, at], rate), int(spoken.sum())))
    return framed("hedging", rows)


def _hedged(part: dict[str, Any], *, actors: Actors | None) -> tuple[list[Any], list[Any]]:
    """A part's occurrences and words by outlet and article, and its names in and out of quote marks."""
    from analysis.extract.mentions import load_actors

    tables = SimpleNamespace(**part)
    by_outlet = list(hedges._by_outlet(tables))
    known = actors or load_actors()
    mentions = hedges._outside_quotations(tables.mentions)[["article_id", "actor", "quoted"]]
    mentions = with_outlets(mentions[hedges._of_habit(mentions["actor"], known)], tables.articles)
    place = {article: at for at, article in enumerate(tables.articles["article_id"])}
    quoted = []
    for outlet in in_order(mentions["outlet"].unique()):
        by = mentions[mentions["outlet"].isna() if outlet is None else mentions["outlet"].eq(outlet).fillna(False)]
        found = sorted(set(by["actor"]))
        at = {name: row for row, name in enumerate(found)}
        rows = by["actor"].map(at).to_numpy(dtype=np.int64)
        order = by["article_id"].map(place).to_numpy(dtype=np.int64)
        ids, columns = np.unique(order, return_inverse=True)
        shape = (len(found), len(ids))
        marked = by["quoted"].to_numpy(dtype=bool)
        every = resampling.counts(rows, columns, shape)
        quoted.append((outlet, found, resampling.counts(rows[marked], columns[marked], shape), every))
    return by_outlet, quoted


class _Quoting:
    """An outlet's names of groups and organisations, in quote marks and in all, by blocks of articles."""

    def __init__(self) -> None:
        self.marked, self.every = _Blocks(), _Blocks()
        self.has: Counter[str] = Counter()  # articles that name the actor, and that name no other
        self.alone: Counter[str] = Counter()

    def add(self, names_here: list[str], marked: resampling.Array, every: resampling.Array) -> None:
        self.marked.add(names_here, marked)
        self.every.add(names_here, every)
        total = every.sum(axis=0)
        for name, row in zip(names_here, every, strict=True):
            self.has[name] += int((row > 0).sum())
            self.alone[name] += int(((row > 0) & (row == total)).sum())

    def lift(self, outlet: str | None, seed: int) -> tuple[int, float, float, float] | None:
        """The lift of the name that is singled out most surely, as `hedging` has it."""
        found = sorted(self.every.rows)
        marked, every = self.marked.table(found), self.every.table(found)
        if len(found) < 2 or not marked.any():
            return None
        all_marked, total = marked.sum(axis=0), every.sum(axis=0)
        level = 1 - 0.05 / len(found)
        best: tuple[tuple[float, ...], tuple[int, float, float, float]] | None = None
        for at, actor in enumerate(found):
            mine, rest = (marked[at], every[at]), (all_marked - marked[at], total - every[at])
            (k, n), (k_rest, n_rest) = ((float(hits.sum()), float(of.sum())) for hits, of in (mine, rest))
            articles = self.has[actor], self.every.articles - self.alone[actor]
            here = _share(*mine, f"quoted|{outlet}|{actor}", seed, articles[0])
            there = _share(*rest, f"others quoted|{outlet}|{actor}", seed, articles[1])
            lift = float(hedges._half(k / n, n) / hedges._half(k_rest / n_rest, n_rest))
            low, high = resampling.interval(hedges._half(here, n) / hedges._half(there, n_rest), lift, level=level)
            place = (low, lift, actor)
            if best is None or place > best[0]:
                best = (place, (int(k), lift, low, high))
        return best and best[1]


def _share(hits: resampling.Array, totals: resampling.Array, key: str, seed: int, articles: int) -> resampling.Array:
    there = totals > 0
    return resampling.shares(hits[None, there], totals[there], key=key, seed=seed, articles=articles)[:, 0]


# ---------------------------------------------------------------------------------------------------------------- ledger and claims


def ledger(dataset: Dataset, *, workers: int = 1) -> pd.DataFrame:
    """`analysis.compare.ledger.ledger` of a dataset: a row for each distinct figure, to the last digit."""
    import pandas as pd

    return pd.concat(list(ledger_parts(dataset, workers=workers)), ignore_index=True)


def claims(dataset: Dataset, *, stretch: int = STRETCH, workers: int = 1) -> pd.DataFrame:
    """`analysis.compare.claims.claims` of a dataset: a row for each statement and claim, by claim and date.

    Up to twice `stretch` articles they are those of the same articles in memory, to the last digit. Beyond, a claim is what is
    reported within two stretches of time after one another (see `analysis.compare.stretches`).
    """
    import pandas as pd

    made = pd.concat(list(claim_parts(dataset, stretch=stretch, workers=workers)), ignore_index=True)
    return made.sort_values("claim", kind="stable", ignore_index=True)
