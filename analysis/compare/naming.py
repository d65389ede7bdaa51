"""By which name each outlet calls the actors, and how sure one can be of a difference.

In goes `Tables` (its `mentions` and `articles`), out comes a row for each actor, label, outlet and voice: how often, the
label's share of the outlet's mentions of that actor in that voice, and the 95 % interval of the share (see
`analysis.compare.resampling`).

>>> from types import SimpleNamespace
>>> import pandas as pd
>>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["الدار"]})
>>> mentions = pd.DataFrame({"article_id": ["a"] * 3, "actor": ["sdf"] * 3, "label": ["قسد"] * 3, "voice": ["narrator"] * 3})
>>> table = naming(SimpleNamespace(articles=articles, mentions=mentions))
>>> table[["label", "outlet", "n", "share"]].values.tolist(), bool(table.low[0] < 0.5)
([['قسد', 'الدار', 3, 1.0]], True)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from analysis.compare import resampling
from analysis.compare.columns import framed, in_order, with_outlets
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


def naming(tables: Mentions, *, seed: int = 0, stance: bool = False) -> pd.DataFrame:
    """A row for each actor × label × outlet × voice that occurs; columns as in `compare.columns.COMPARISONS["naming"]`.

    Articles without an outlet are together in rows whose outlet is null. `stance` adds the label's stance as a last column.
    The same tables and seed give the same intervals. Raises `InputError` where the tables do not belong together.
    """
    import pandas as pd

    rows: list[tuple[Any, ...]] = []
    for use in _usages(tables):
        totals = use.hits.sum(axis=0)
        draws = resampling.shares(use.hits, totals, key=use.key, seed=seed)
        for at, label in enumerate(use.labels):
            n = int(use.hits[at].sum())
            share = n / float(totals.sum())
            rows.append((use.actor, label, use.outlet, use.voice, n, share, *resampling.interval(draws[:, at], share)))
    table = framed("naming", rows)
    if stance:
        said = zip(*(tables.mentions[name] for name in ("actor", "label", "stance")), strict=True)
        known = {(actor, label): str(each) for actor, label, each in said}
        values = [known[key] for key in zip(table["actor"], table["label"], strict=True)]
        table["stance"] = pd.Series(values, dtype=pd.CategoricalDtype(list(STANCES)), index=table.index)
    return table


def naming_difference(tables: Mentions, *, seed: int = 0) -> pd.DataFrame:
    """For each actor × label × outlet × voice how far the outlet's share is from that of all other outlets together.

    Rows are those where the outlet and some other outlet name the actor in that voice. An interval that holds 0 is no
    difference; of twenty rows without one, one may still miss it.
    """
    rows: list[tuple[Any, ...]] = []
    uses = list(_usages(tables, every_label=True))
    for use in uses:
        others = [other.hits for other in uses if (other.actor, other.voice) == (use.actor, use.voice) and other is not use]
        if not others:
            continue
        rest = np.concatenate(others, axis=1)
        mine, theirs = use.hits.sum(axis=1), rest.sum(axis=1)
        here = resampling.shares(use.hits, use.hits.sum(axis=0), key=use.key, seed=seed)
        there = resampling.shares(rest, rest.sum(axis=0), key=f"not {use.key}", seed=seed)
        for at, label in enumerate(use.labels):
            share, share_rest = float(mine[at] / mine.sum()), float(theirs[at] / theirs.sum())
            ends = resampling.interval(here[:, at] - there[:, at])
            rows.append(
                (
                    use.actor,
                    label,
                    use.outlet,
                    use.voice,
                    int(mine[at]),
                    int(theirs[at]),
                    share,
                    share_rest,
                    share - share_rest,
                    *ends,
                )
            )
    return framed("naming_difference", rows)


def _usages(tables: Mentions, *, every_label: bool = False) -> Iterator[_Usage]:
    """Each actor in each outlet and voice, in order; `every_label`: with the labels that only other outlets use."""
    if not len(tables.mentions):
        return
    mentions = with_outlets(tables.mentions[["article_id", "actor", "label", "voice"]], tables.articles)
    mentions["voice"] = mentions["voice"].astype(str)
    for actor, about in mentions.groupby("actor", sort=True):
        for outlet in in_order(about["outlet"]):
            by = about[about["outlet"].isna() if outlet is None else about["outlet"].eq(outlet).fillna(False)]
            for voice in VOICES:
                said = by[by["voice"] == voice]
                if not len(said):
                    continue
                labels = sorted(set(about["label"] if every_label else said["label"]))
                ids = sorted(set(said["article_id"]))
                rows, columns = (_codes(said[name], order) for name, order in (("label", labels), ("article_id", ids)))
                yield _Usage(str(actor), outlet, voice, labels, resampling.counts(rows, columns, (len(labels), len(ids))))


def _codes(values: pd.Series[Any], order: list[str]) -> Any:
    place = {value: at for at, value in enumerate(order)}
    return np.fromiter((place[value] for value in values), dtype=np.int64, count=len(values))
