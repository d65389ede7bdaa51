"""How much distance each outlet keeps: hedges, reporting verbs by force, scare quotes over its own habit.

In goes `Tables`, out comes a row for each outlet and measure, with its rate and 95 % interval (see
`analysis.compare.resampling`).

- Hedges (doubt, pretext, so_called, attribution) and verbs (`force_…`) are counted in the narrator's voice, per 1 000 words of
  narrator text: the words of title and body that are in no statement's content. A zero stands as a zero with its interval.
- `scare_quote_lift` is a ratio: how often the name that the outlet singles out stands in quote marks of its own, over how
  often its names of other organisations and groups do. 1 is the habit; an outlet that quotes every name has 1 whatever the name.
- Every number leads back to its spans: `hedging_spans` lists them, `scare_quotes` has the lift of each actor.

A verb such as زعم is a hedge (doubt) and a verb (force_doubt): two measures, not to be added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from analysis.compare import resampling
from analysis.compare.columns import COMPARISONS, LIFT, MEASURES, frame, framed, in_order, with_outlets
from analysis.dataset.reading import Dataset

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from analysis.extract.names import Actors

_RATES = tuple(measure for measure in MEASURES if measure != LIFT)
# A word as `articles.n_words` counts them.
_WORD = re.compile(r"[^\W_]\S*")
# Countries and places are never in scare quotes as groups and organisations are: they say nothing about the habit.
_NO_HABIT = ("state", "place", "people")


class Hedged(Protocol):
    """What hedging reads of `Tables`."""

    articles: pd.DataFrame
    statements: pd.DataFrame
    mentions: pd.DataFrame
    hedges: pd.DataFrame


def hedging(tables: Hedged | Dataset, *, seed: int = 0, actors: Actors | None = None) -> pd.DataFrame:
    """A row for each outlet × measure; columns as in `compare.columns.COMPARISONS["hedging"]`.

    `actors` is the actor file that the mentions were found by, where it is not the package's own (it tells groups from
    countries). The lift is null where the outlet names fewer than two groups or organisations; its interval allows for the
    choice of the name. A dataset is counted part by part (see `analysis.compare.partitioned`).
    """
    if isinstance(tables, Dataset):
        from analysis.compare import partitioned

        return partitioned.hedging(tables, seed=seed, actors=actors)
    rows: list[tuple[Any, ...]] = []
    lifts = _lifts(tables, actors, seed)
    for outlet, hits, words in _by_outlet(tables):
        draws = resampling.rates(hits, words, key=f"hedging|{outlet}", seed=seed) * 1000
        for measure in MEASURES:
            if measure == LIFT:
                rows.append((outlet, LIFT, *lifts.get(outlet, (0, None, None, None)), int(words.sum())))
                continue
            at = _RATES.index(measure)
            n = int(hits[at].sum())
            rate = n / float(words.sum()) * 1000
            rows.append((outlet, measure, n, rate, *resampling.interval(draws[:, at], rate), int(words.sum())))
    return framed("hedging", rows)


def hedging_difference(tables: Hedged, *, seed: int = 0) -> pd.DataFrame:
    """For each outlet × measure how far its rate is from that of all other outlets together; an interval with 0 is no
    difference.
    """
    rows: list[tuple[Any, ...]] = []
    outlets = list(_by_outlet(tables))
    for outlet, hits, words in outlets if len(outlets) > 1 else []:
        others = [each for each in outlets if each[0] != outlet]
        hits_rest, words_rest = (np.concatenate([each[part] for each in others], axis=-1) for part in (1, 2))
        here = resampling.rates(hits, words, key=f"hedging|{outlet}", seed=seed)
        there = resampling.rates(hits_rest, words_rest, key=f"not hedging|{outlet}", seed=seed)
        for at, measure in enumerate(_RATES):
            n, n_rest = int(hits[at].sum()), int(hits_rest[at].sum())
            rate, rate_rest = n / float(words.sum()) * 1000, n_rest / float(words_rest.sum()) * 1000
            low, high = resampling.interval((here[:, at] - there[:, at]) * 1000)
            rows.append((outlet, measure, n, n_rest, rate, rate_rest, rate - rate_rest, low, high))
    return framed("hedging_difference", rows)


def hedging_spans(tables: Hedged) -> pd.DataFrame:
    """Every span that `hedging` counts, in order of outlet, measure and place; scare quotes are the quoted names."""
    spans = _counted_spans(tables)
    spans["order"] = spans["measure"].map({measure: at for at, measure in enumerate(MEASURES)}).astype("int64")
    spans = spans.sort_values(["outlet", "order", "article_id", "start", "end"], kind="stable", na_position="last")
    return frame("hedging_spans", {column.name: spans[column.name].tolist() for column in COMPARISONS["hedging_spans"]})


def _counted_spans(tables: Hedged) -> pd.DataFrame:
    """The same spans in no order."""
    import pandas as pd

    parts = [_verbs(tables)]
    if len(tables.hedges):
        told = tables.hedges[tables.hedges["voice"].astype(str) == "narrator"]
        parts.append(told.assign(measure=told["kind"].astype(str))[["article_id", "start", "end", "text", "measure"]])
    if len(tables.mentions):
        named = _outside_quotations(tables.mentions)
        parts.append(named[named["quoted"].astype(bool)].assign(measure=LIFT)[["article_id", "start", "end", "text", "measure"]])
    return with_outlets(pd.concat([part.astype({"article_id": "string"}) for part in parts], ignore_index=True), tables.articles)


def scare_quotes(tables: Hedged, *, seed: int = 0, actors: Actors | None = None) -> pd.DataFrame:
    """For each outlet × group or organisation: how often its name stands in quote marks, over the outlet's habit with other
    such names.

    Counted outside quotations, in the narrator's voice and in paraphrase: there the marks are the outlet's own. The interval
    is of the lift; one that holds 1 is habit. Columns as in `compare.columns.COMPARISONS["scare_quotes"]`.
    """
    return framed("scare_quotes", [row for row, _ in _quoting(tables, actors, seed)])


def _verbs(tables: Hedged) -> pd.DataFrame:
    """The cues of statements in the narrator's voice, as spans: those within no other statement's content."""
    import pandas as pd

    statements = tables.statements
    if not len(statements):
        return pd.DataFrame({"article_id": [], "start": [], "end": [], "text": [], "measure": []}).astype(
            {"start": int, "end": int}
        )
    rows = statements.sort_values(["article_id", "start", "end"], kind="stable")
    contents = _unions(tables)
    cues = contents.flat(rows["article_id"], rows["cue_start"])
    before = np.searchsorted(contents.starts, cues, side="right") - 1
    told = rows[(before < 0) | (contents.ends[before] <= cues)]
    return pd.DataFrame(
        {
            "article_id": told["article_id"], "start": told["cue_start"], "end": told["cue_end"], "text": told["cue"],
            "measure": "force_" + told["force"].astype(str),
        }
    )  # fmt: skip


class _Unions(NamedTuple):
    """The contents of all articles' statements, overlapping ones joined, on one line: each article begins at a multiple of
    `length`.
    """

    articles: pd.Index[Any]
    length: int
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]

    def flat(self, articles: pd.Series[Any], offsets: pd.Series[Any]) -> npt.NDArray[np.int64]:
        """Offsets in articles as places on the line."""
        import pandas as pd

        return np.asarray(self.articles.get_indexer(pd.Index(articles)) * self.length + offsets.to_numpy(dtype=np.int64))


def _unions(tables: Hedged) -> _Unions:
    import pandas as pd

    rows = tables.statements
    length = int(max(rows["end"].max(), rows["cue_end"].max())) + 2
    none = np.empty(0, dtype=np.int64)
    line = _Unions(pd.Index(tables.articles["article_id"]), length, none, none)
    starts, ends = (line.flat(rows["article_id"], rows[name]) for name in ("start", "end"))
    order = np.lexsort((ends, starts))
    starts, reach = starts[order], np.maximum.accumulate(ends[order])
    first = np.concatenate(([True], starts[1:] >= reach[:-1]))
    last = np.concatenate((first[1:], [True]))
    return line._replace(starts=starts[first], ends=reach[last])


def _narrator_words(tables: Hedged) -> Any:
    """Each article's words of title and body that are in no statement's content."""
    words = tables.articles["n_words"].to_numpy(dtype=float).copy()
    if not len(tables.statements):
        return words
    contents = _unions(tables)
    texts = tables.articles["text"].tolist()
    places, starts = np.divmod(contents.starts, contents.length)
    ends = contents.ends - places * contents.length
    spoken = [
        len(_WORD.findall(texts[at], start, end))
        for at, start, end in zip(places.tolist(), starts.tolist(), ends.tolist(), strict=True)
    ]
    return np.maximum(words - np.bincount(places, weights=spoken, minlength=len(words)), 0.0)


def _by_outlet(tables: Hedged) -> Iterator[tuple[str | None, resampling.Array, resampling.Array]]:
    """Each outlet that has narrator text: occurrences (measures × articles), and the articles' narrator words."""
    import pandas as pd

    if not len(tables.articles):
        return
    spans = _counted_spans(tables)
    spans = spans[spans["measure"].astype(str) != LIFT]
    places = pd.Index(tables.articles["article_id"])
    rows = spans["measure"].astype(str).map({measure: at for at, measure in enumerate(_RATES)}).to_numpy(dtype=np.int64)
    columns = places.get_indexer(spans["article_id"])
    hits = resampling.counts(rows, columns, (len(_RATES), len(places)))
    words = _narrator_words(tables)
    outlets = tables.articles["outlet"].astype("object").where(tables.articles["outlet"].notna(), None).to_numpy()
    for outlet in in_order(outlets):
        mine = np.flatnonzero([each == outlet for each in outlets] & (words > 0))
        if mine.size:
            yield outlet, hits[:, mine], words[mine]


def _outside_quotations(mentions: pd.DataFrame) -> pd.DataFrame:
    return mentions[mentions["voice"].astype(str) != "quotation"]


def _quoting(tables: Hedged, actors: Actors | None, seed: int) -> Iterator[tuple[tuple[Any, ...], resampling.Array]]:
    """Each outlet's row for each actor that may be in scare quotes, with the replicates of its lift."""
    from analysis.extract.mentions import load_actors

    if not len(tables.mentions):
        return
    known = actors or load_actors()
    mentions = with_outlets(_outside_quotations(tables.mentions)[["article_id", "actor", "quoted"]], tables.articles)
    mentions = mentions[_of_habit(mentions["actor"], known)]
    for outlet in in_order(mentions["outlet"].unique()):
        by = mentions[mentions["outlet"].isna() if outlet is None else mentions["outlet"].eq(outlet).fillna(False)]
        names, ids = sorted(set(by["actor"])), sorted(set(by["article_id"]))
        if len(names) < 2:
            continue
        place, column = {name: at for at, name in enumerate(names)}, {each: at for at, each in enumerate(ids)}
        rows = by["actor"].map(place).to_numpy(dtype=np.int64)
        columns = by["article_id"].map(column).to_numpy(dtype=np.int64)
        marked = by["quoted"].to_numpy(dtype=bool)
        shape = (len(names), len(ids))
        every, quoted = resampling.counts(rows, columns, shape), resampling.counts(rows[marked], columns[marked], shape)
        for at, actor in enumerate(names):
            mine = (quoted[at], every[at])
            rest = (quoted.sum(axis=0) - quoted[at], every.sum(axis=0) - every[at])
            (k, n), (k_rest, n_rest) = ((float(hits.sum()), float(total.sum())) for hits, total in (mine, rest))
            row = (outlet, actor, int(n), int(k), k / n, k_rest / n_rest)
            if not marked.any():  # it puts no name in quote marks: no habit to rise above
                yield (*row, None, None, None), np.ones(1)
                continue
            above = _half(_share(*mine, f"quoted|{outlet}|{actor}", seed), n)
            draws = above / _half(_share(*rest, f"others quoted|{outlet}|{actor}", seed), n_rest)
            lift = float(_half(k / n, n) / _half(k_rest / n_rest, n_rest))
            yield (*row, lift, *resampling.interval(draws, lift)), draws


def _of_habit(actors: pd.Series[str], known: Actors) -> pd.Series[bool]:
    """Which mentions are of those whose names tell of the outlet's habit."""
    return ~actors.isin([actor for actor in actors.unique() if known.kind(actor) in _NO_HABIT])


def _half(share: Any, n: float) -> Any:
    """A share with half a mention added to either side, so that a ratio to it is never without bounds."""
    return (share * n + 0.5) / (n + 1)


def _share(hits: resampling.Array, totals: resampling.Array, key: str, seed: int) -> resampling.Array:
    there = totals > 0
    return resampling.shares(hits[None, there], totals[there], key=key, seed=seed)[:, 0]


def _lifts(tables: Hedged, actors: Actors | None, seed: int) -> dict[str | None, tuple[int, float, float, float]]:
    """Each outlet's lift for the name it singles out most surely; the interval is as wide as choosing among its names asks for."""
    by_outlet: dict[str | None, list[tuple[tuple[Any, ...], resampling.Array]]] = {}
    for row, draws in _quoting(tables, actors, seed):
        if row[6] is not None:
            by_outlet.setdefault(row[0], []).append((row, draws))
    lifts = {}
    for outlet, rows in by_outlet.items():
        level = 1 - 0.05 / len(rows)
        found = [(*resampling.interval(draws, row[6], level=level), row) for row, draws in rows]
        low, high, row = max(found, key=lambda each: (each[0], each[2][6], each[2][1]))
        lifts[outlet] = (row[3], row[6], low, high)
    return lifts
