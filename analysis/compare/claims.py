"""Which statements report the same claim, which outlets leave it out, and how each words it.

In go `Tables` (statements, mentions, amounts, articles), out comes a row for each statement with its claim. `coverage` turns that
into claims by outlets, `claim_wording` puts the wordings side by side, `claim_pairs` shows what was compared.

How statements are matched is told in `analysis.compare.contents` (what a statement says), `analysis.compare.parts` (where it says
several things) and `analysis.compare.grouping` (when two say the same). What a claim is here:

- A statement is in the claim that it shares with others, and in each of them where it says several things (that a million went to
  hospitals, and that 16 million were allocated); what it says besides has no row. One that is like no other is a claim of its own.
- Only statements make a claim, which is what an outlet reports others as saying. Which outlets tell a claim in their own voice
  is told by `analysis.compare.narrated`.
- An outlet that denies what another says does not report the same claim. Such pairs stay apart and stand in `claim_pairs` as
  `opposed`.
- Different figures for one thing (4 million, 4.3 million) are different claims; the ledger flags them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from analysis.compare.columns import frame, framed, given, in_order
from analysis.compare.contents import Content, Stated, read_contents
from analysis.compare.grouping import Likeness, group, scores
from analysis.dataset.reading import Dataset
from analysis.errors import InputError
from analysis.lexicon import read
from analysis.text import closed, fold_key

if TYPE_CHECKING:
    import pandas as pd


def claims(tables: Stated | Dataset) -> pd.DataFrame:
    """A row for each statement and claim, by claim and date; columns as in `compare.columns.COMPARISONS["claims"]`.

    A statement has one row, or more where it reports more than one shared claim. `start` and `end` are where in the article it
    does, `score` how like the others there it is (null for what nobody else says). The same tables give the same
    claims, in whatever order their rows are. Raises `InputError` where a statement's article is
    not among the articles. A dataset is read stretch by stretch of time (`analysis.compare.stretches`).
    """
    if isinstance(tables, Dataset):
        from analysis.compare import partitioned

        return partitioned.claims(tables)
    return _claims(*_grouped(tables))


def claims_and_denials(tables: Stated) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`claims`, and of `claim_pairs` those that are opposed; the tables are compared once for both."""
    likeness, groups = _grouped(tables)
    return _claims(likeness, groups), _pairs(likeness, groups, opposed=True)


def _claims(likeness: Likeness, groups: Sequence[Sequence[_Report]]) -> pd.DataFrame:
    rows = []
    alike = scores(likeness, [[report.place for report in reports] for reports in groups])
    for number, (reports, found) in enumerate(zip(groups, alike, strict=True)):
        for report, score in zip(reports, found, strict=True):
            each = likeness.contents[report.place]
            rows.append(
                (number, each.article, each.outlet, each.number, each.speaker, each.published, score, report.start, report.end)
            )
    return framed("claims", rows)


def claim_pairs(tables: Stated) -> pd.DataFrame:
    """The pairs of statements that are alike, the most alike first, with those that contradict one another.

    Columns as in `compare.columns.COMPARISONS["claim_pairs"]`; a pair of statements that share two claims stands once, with what is
    most alike in them.
    """
    return _pairs(*_grouped(tables))


def _pairs(likeness: Likeness, groups: Sequence[Sequence[_Report]], *, opposed: bool = False) -> pd.DataFrame:
    home: dict[tuple[str, int], set[int]] = {}
    for number, reports in enumerate(groups):
        for report in reports:
            home.setdefault(likeness.contents[report.place].key, set()).add(number)
    rows: dict[Any, tuple[Any, ...]] = {}
    for pair in likeness.pairs(opposed=opposed):
        keys = likeness.contents[pair.one].key, likeness.contents[pair.other].key
        joined = not pair.opposed and bool(home[keys[0]] & home[keys[1]])
        rows.setdefault(keys, (*keys[0], *keys[1], pair.score, pair.opposed, joined))
    return framed("claim_pairs", list(rows.values()))


def coverage(claims: pd.DataFrame, *, outlets: Iterable[str] | None = None, narrated: pd.DataFrame | None = None) -> pd.DataFrame:
    """Claims (the index) by outlets (the columns): in how many of its articles each outlet has the claim; 0 where it left it out.

    `outlets` names outlets that shall have a column though they may have no statement. `narrated` is the table of
    `analysis.compare.narrated`: an outlet that reports nobody as saying so, but says so itself, has the number of its articles
    that do with a minus. Without it such an outlet has a 0, which then only means that the claim is not among its statements.
    Articles without an outlet share a last column, whose name is missing.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"claim": [0, 0, 1], "article_id": ["a", "b", "a"], "outlet": ["الدار", "النهر", "الدار"]})
    >>> coverage(table).to_dict("index")
    {0: {'الدار': 1, 'النهر': 1}, 1: {'الدار': 1, 'النهر': 0}}
    >>> told = pd.DataFrame({"claim": [1], "article_id": ["c"], "outlet": ["النهر"]})
    >>> coverage(table, narrated=told).to_dict("index")[1]
    {'الدار': 1, 'النهر': -1}
    """
    import pandas as pd

    keys = ["claim", "article_id", "outlet"]
    reports = claims[keys].drop_duplicates()
    index = pd.Index(sorted(set(reports["claim"])), name="claim", dtype="int32")
    told = reports[:0] if narrated is None else narrated[keys].drop_duplicates()
    told = told[told["claim"].isin(index)]
    columns = in_order([*reports["outlet"], *told["outlet"], *(outlets or ())])
    place = {outlet: at for at, outlet in enumerate(columns)}
    stated, own = (_counted(each, index, place) for each in (reports, told))
    values = np.where(stated > 0, stated, -own)
    return pd.DataFrame(values, index=index, columns=pd.Index(columns, name="outlet", dtype="object"), dtype="int32")


def _counted(rows: pd.DataFrame, index: pd.Index[Any], place: dict[Any, int]) -> Any:
    """How many rows each claim has of each outlet."""
    import pandas as pd

    values = np.zeros((len(index), len(place)), dtype=np.int32)
    columns = [place[given(outlet)] for outlet in rows["outlet"]]
    np.add.at(values, (index.get_indexer(pd.Index(rows["claim"])), np.array(columns, dtype=np.int64)), 1)
    return values


def claim_wording(claims: pd.DataFrame, tables: Stated, *, every: bool = False) -> pd.DataFrame:
    """How each outlet words a claim, side by side: its words, the names it gives in them, the speaker, the verb and its force.

    A row for each statement of the claims that more than one outlet or article reports (`every`: of all), the most widely
    reported first; columns as in `compare.columns.COMPARISONS["claim_wording"]`.
    """
    if not len(claims):
        return frame("claim_wording", {})
    reported = claims.groupby("claim").agg(outlets=("outlet", "nunique"), articles=("article_id", "nunique"))
    wide = reported if every else reported[reported["articles"] > 1]
    order = wide.reset_index().sort_values(["outlets", "articles", "claim"], ascending=[False, False, True])["claim"].tolist()
    rank = {claim: at for at, claim in enumerate(order)}
    kept = claims[claims["claim"].isin(rank)]
    if not len(kept):
        return frame("claim_wording", {})
    ranked = kept.assign(_rank=kept["claim"].map(rank)).sort_values(["_rank"], kind="stable").drop(columns="_rank")
    names = ["article_id", "statement", "cue", "verb", "force"]
    merged = ranked.merge(tables.statements[names], on=["article_id", "statement"], how="left", validate="many_to_one")
    if merged["cue"].isna().any():
        lost = merged[merged["cue"].isna()].iloc[0]
        raise InputError(f"the claims are not of these tables: {lost['article_id']!r} has no statement {lost['statement']}")
    merged["text"] = _words(merged, tables)
    merged["names"] = _names(merged, tables.mentions)
    fields = (
        "claim", "article_id", "outlet", "published", "statement", "start", "end", "text", "speaker", "verb", "force", "names",
        "score",
    )  # fmt: skip
    cells = zip(*(merged[name].tolist() for name in fields), strict=True)
    return framed("claim_wording", [tuple(map(given, row)) for row in cells])


def claim_labels(claims: pd.DataFrame, tables: Stated) -> dict[int, str]:
    """The words that stand for each claim: those of its most typical statement, of equals the shortest, then the first; without
    the particle that opens the clause. Words that open with a pronoun (إنها …) stand for it only where there are no others: what
    it means is said outside them.
    """
    openers, pronouns = ({fold_key(each) for each in read("claims")[name]} for name in ("openers", "pronouns"))
    joining = fold_key(read("claims")["joining"])
    of_others = {f"{opener}{pronoun}" for opener in openers for pronoun in pronouns}
    chosen: dict[int, tuple[tuple[bool, float, int, int], str]] = {}
    for at, (claim, score, text) in enumerate(zip(claims["claim"], claims["score"], shown_words(claims, tables), strict=True)):
        first, *rest = text.split() or [""]
        opening = fold_key(first).removeprefix(joining)  # وأن: what it is joined to stands before it
        place = (opening in of_others, -round(given(score) or 0.0, 2), len(text), at)
        if int(claim) not in chosen or place < chosen[int(claim)][0]:
            chosen[int(claim)] = (place, " ".join(rest if rest and opening in openers else [first, *rest]))
    return {claim: text for claim, (_, text) in chosen.items()}


def shown_words(claims: pd.DataFrame, tables: Stated) -> list[str]:
    """The words of each row of `claims`, with the mark behind them that closes a quotation begun within them."""
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    rows = zip(_words(claims, tables), claims["article_id"], claims["end"], strict=True)
    return [closed(words, texts[article][end : end + 1]) for words, article, end in rows]


def _words(claims: pd.DataFrame, tables: Stated) -> list[str]:
    """The words of each row of `claims`."""
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    spans = zip(claims["article_id"], claims["start"], claims["end"], strict=True)
    return [texts[article][start:end] for article, start, end in spans]


class _Report(NamedTuple):
    """A statement in a claim: the place of the content that stands for it, and where its words are."""

    place: int
    start: int
    end: int


def _grouped(tables: Stated) -> tuple[Likeness, list[list[_Report]]]:
    strangers = ~tables.statements["article_id"].isin(tables.articles["article_id"])
    if strangers.any():
        raise InputError(
            "the tables do not belong together: article "
            f"{tables.statements['article_id'][strangers].iloc[0]!r} is not among the articles"
        )
    likeness = Likeness(read_contents(tables))
    return likeness, _settled(likeness.contents, group(likeness))


def _settled(contents: Sequence[Content], groups: Sequence[Sequence[int]]) -> list[list[_Report]]:
    """Claims of whole statements: each once in every claim that it shares, else alone and with all its words."""
    claims: list[dict[tuple[str, int], _Report]] = []
    shared: set[tuple[str, int]] = set()
    spans: dict[tuple[str, int], tuple[int, int]] = {}
    for each in contents:
        start, end = spans.get(each.key, (each.start, each.end))
        spans[each.key] = min(start, each.start), max(end, each.end)
    for places in groups:
        found = {contents[at].key: _Report(at, contents[at].start, contents[at].end) for at in reversed(places)}
        if len(found) > 1:
            claims.append(found)
            shared.update(found)
    alone: dict[tuple[str, int], _Report] = {}
    for at, each in enumerate(contents):
        if each.key not in shared:
            alone.setdefault(each.key, _Report(at, *spans[each.key]))
    claims.extend({key: report} for key, report in alone.items())
    return sorted(sorted(claim.values()) for claim in claims)


def _names(rows: pd.DataFrame, mentions: pd.DataFrame) -> list[tuple[str, ...]]:
    """The names of actors in each content, each once, in order."""
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for article, start, end, text in zip(*(mentions[name] for name in ("article_id", "start", "end", "text")), strict=True):
        spans.setdefault(article, []).append((int(start), int(end), " ".join(text.split())))
    return [
        tuple(dict.fromkeys(text for a, b, text in sorted(spans.get(article, ())) if start <= a and b <= end))
        for article, start, end in zip(rows["article_id"], rows["start"], rows["end"], strict=True)
    ]
