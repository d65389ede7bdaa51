"""The words that mark out each group of articles: log-odds with an informative Dirichlet prior.

In go articles and what to group them by, out comes a row for each group and word. Monroe, Colaresi and Quinn, "Fightin' Words"
(Political Analysis 16, 2008), equations 16, 19 and 22: the group's odds of the word against those of all other groups, each
shrunk towards the whole corpus by a prior of so many words spread like the corpus, over the standard error.

>>> import pandas as pd
>>> texts = ["رست السفينة ثم غادرت سفينة"] * 3 + ["هبطت الطائرة ثم غادرت طائرة"] * 3
>>> articles = pd.DataFrame({"outlet": ["أ"] * 3 + ["ب"] * 3, "text": texts, "title": None})
>>> table = keyness(articles, by="outlet")
>>> table[table.z > 0][["group", "term", "n", "n_rest", "articles"]].values.tolist()
[['أ', 'سفينة', 6, 0, 3], ['ب', 'طائرة', 6, 0, 3]]

Tokens are Arabic words of two letters or more of title and body, folded; digits and quote marks are no tokens. Proclitics and
the article are split off where what remains stands alone somewhere in the corpus, so that والمدينة is counted with مدينة but
التزام stays whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.compare.columns import frame, given, in_order
from analysis.dataset.reading import Dataset
from analysis.errors import InputError
from analysis.stem import proclitics
from analysis.tables import Tables
from analysis.text import Folded, fold

if TYPE_CHECKING:
    import pandas as pd

_TOKEN = re.compile(r"\b[ء-ي]{2,}\b")
_STEM = 3  # letters that must remain
_ENOUGH = 20  # occurrences that settle how a word is spelled


def keyness(
    articles: pd.DataFrame | Tables | Dataset,
    *,
    by: str | Mapping[str, str] | Sequence[Any] = "outlet",
    groups: tuple[str, str] | None = None,
    blocks: pd.DataFrame | None = None,
    prior: float = 500.0,
    min_count: int = 5,
    min_articles: int = 2,
) -> pd.DataFrame:
    """A row for each group × word, by group and falling z; columns as in `compare.columns.COMPARISONS["keyness"]`.

    `by` is a column of `articles`, a mapping from article ids to groups, or a value for each article; articles without a value
    are left out. `groups` keeps two groups and compares each with the other alone. `blocks` is the articles' table of blocks, where
    it is at hand: they are then not sought again. `prior` is the prior's weight in words.
    In the place of `articles` may be `Tables`, which have both, or a dataset, which is counted by outlet, part by part.
    Words that occur less than `min_count` times, or in fewer than `min_articles` articles, are left out: z does not know that
    the words of one article come together, so look at `articles` too. With fewer than two groups there is nothing to compare
    and the table is empty.

    Raises `InputError` for a column or group that is not there, or a prior or minimum that is not positive.
    """
    for name, value in (("prior", prior), ("min_count", min_count), ("min_articles", min_articles)):
        if not value > 0:
            raise InputError(f"`{name}` value = {value!r} is invalid; it must be greater than 0")
    if isinstance(articles, Dataset):
        from analysis.compare import partitioned

        if by != "outlet":
            raise InputError(f"`by` value = {by!r} is invalid; the articles of a dataset are compared by outlet")
        return partitioned.keyness(articles, groups=groups, prior=prior, min_count=min_count, min_articles=min_articles)
    if isinstance(articles, Tables):
        told = {"prior": prior, "min_count": min_count, "min_articles": min_articles}
        return keyness(articles.articles, by=by, groups=groups, blocks=articles.blocks, **told)  # type: ignore[arg-type]
    labels = _labels(articles, by, groups)
    order = in_order(label for label in labels if label is not None)
    if len(order) < 2:
        return frame("keyness", {})
    kept = [at for at, label in enumerate(labels) if label is not None]
    texts = _running_texts(articles.iloc[kept], blocks)
    counts = [Counter(_tokens(doc.folded)) for doc in texts]
    stems = _stems(set().union(*counts))
    group_of = [order.index(labels[at]) for at in kept]
    terms, seen, spread = _count(counts, stems, group_of, len(order))
    wanted = _wanted(seen, spread, min_count, min_articles)
    spelled = _spellings(texts, stems, {terms[at]: int(seen[:, at].sum()) for at in wanted})
    return _table(order, seen, spread, prior, wanted, [spelled[terms[at]] for at in wanted])


def _wanted(seen: Any, spread: Any, min_count: int, min_articles: int) -> Any:
    """Which terms the table has, by the alphabet."""
    return np.flatnonzero((seen.sum(axis=0) >= min_count) & (spread.sum(axis=0) >= min_articles))


def _table(order: Sequence[str], seen: Any, spread: Any, prior: float, wanted: Any, spelled: Sequence[str]) -> pd.DataFrame:
    """The rows of the terms that are wanted, in their `spelled` form; `seen` and `spread` are groups × terms, by the alphabet."""
    log_odds, z = (each[:, wanted] for each in _log_odds(seen, prior))
    n, articles = seen[:, wanted].astype(np.int64), spread[:, wanted].astype(np.int64)
    ranked = np.argsort(-z, axis=1, kind="stable")  # of equals the first by the alphabet
    values = {"n": n, "n_rest": n.sum(axis=0) - n, "articles": articles, "log_odds": log_odds, "z": z}
    columns = {name: np.take_along_axis(each, ranked, axis=1).ravel() for name, each in values.items()}
    columns["term"] = np.array(spelled, dtype=object)[ranked].ravel()
    columns["group"] = np.repeat(np.array(order, dtype=object), len(wanted))
    return frame("keyness", columns)


def _labels(
    articles: pd.DataFrame, by: str | Mapping[str, str] | Sequence[Any], groups: tuple[str, str] | None
) -> list[str | None]:
    """Each article's group, None where it has none."""
    if isinstance(by, str):
        if by not in articles.columns:
            raise InputError(
                f"`by` value = {by!r} is invalid; value must be a column of the articles: {', '.join(map(str, articles.columns))}"
            )
        values: Iterable[Any] = articles[by]
    elif isinstance(by, Mapping):
        values = [by.get(article) for article in articles["article_id"]]
    else:
        values = list(by)
        if len(values) != len(articles):
            raise InputError(f"`by` has {len(values)} values for {len(articles)} articles; it must have one for each")
    labels = [None if given(value) is None else str(value) for value in values]
    if groups is None:
        return labels
    for group in groups:
        if group not in labels:
            known = ", ".join(map(repr, in_order(label for label in labels if label)))
            raise InputError(f"`groups` names {group!r}, which no article has; groups are {known or 'none'}")
    return [label if label in groups else None for label in labels]


def _parted(folded: str) -> str:
    """The text with its underlines as spaces: for a pattern they are letters, here they stand between words."""
    return folded.replace("_", " ")


def _tokens(folded: str) -> list[str]:
    """The tokens of a folded text, in order."""
    return _TOKEN.findall(_parted(folded))


def _running_texts(articles: pd.DataFrame, blocks: pd.DataFrame | None) -> list[Folded]:
    """The folded words of each article's title and body: what the outlet's page adds around them is no wording."""
    from analysis.articles import find_blocks

    if blocks is not None:
        lines: dict[str, list[str]] = {}
        kept = blocks[blocks["role"].isin(("title", "body"))]
        for article, line in zip(kept["article_id"].tolist(), kept["text"].tolist(), strict=True):
            lines.setdefault(article, []).append(line)
        return [fold("\n".join(lines.get(article, ()))) for article in articles["article_id"].tolist()]
    return [
        fold(
            "\n".join(
                block.text
                for block in find_blocks(text, title=title if isinstance(title, str) else None)
                if block.role in ("title", "body")
            )
        )
        for text, title in zip(articles["text"].tolist(), articles["title"].tolist(), strict=True)
    ]


def _stems(tokens: set[str]) -> dict[str, str]:
    """Each token without the proclitics that can be told from its own letters: what remains is a word of the corpus by itself."""
    return {token: next((token[len(p) :] for p in proclitics() if _splits(token, p, tokens)), token) for token in tokens}


def _splits(token: str, proclitic: str, tokens: set[str]) -> bool:
    if not token.startswith(proclitic) or len(token) - len(proclitic) < _STEM:
        return False
    rest = token[len(proclitic) :]
    # للمدينة shows that مدينة takes an article, though the corpus may never have it bare.
    return rest in tokens or (proclitic.endswith(("ال", "لل")) and f"لل{rest}" in tokens)


def _count(
    counts: Sequence[Counter[str]], stems: Mapping[str, str], group_of: Sequence[int], groups: int
) -> tuple[list[str], Any, Any]:
    """The terms, and for each group how often it has each and in how many articles (groups × terms)."""
    place: dict[str, int] = {term: at for at, term in enumerate(sorted(set(stems.values())))}
    column = {token: place[stem] for token, stem in stems.items()}
    columns = np.fromiter((column[token] for counted in counts for token in counted), dtype=np.int64)
    times = np.fromiter((n for counted in counts for n in counted.values()), dtype=float)
    article = np.repeat(np.arange(len(counts)), [len(counted) for counted in counts])
    group = np.asarray(group_of, dtype=np.int64)
    shape = (groups, len(place))
    return list(place), *_added(article, columns, times, group, shape)


def _added(article: Any, term: Any, times: Any, group: Any, shape: tuple[int, int]) -> tuple[Any, Any]:
    """How often each group has each term, and in how many articles; in go the terms of articles, and each article's group."""
    groups, terms = shape
    seen = np.bincount(group[article] * terms + term, weights=times, minlength=groups * terms).reshape(shape)
    # A term counts once for each article, though several of its tokens stand there.
    pairs = np.sort(article * terms + term)  # np.unique, which hashes, is ten times slower here
    there, term_there = np.divmod(pairs[np.diff(pairs, prepend=-1) > 0], max(terms, 1))
    spread = np.bincount(group[there] * terms + term_there, minlength=groups * terms).reshape(shape).astype(float)
    return seen, spread


def _log_odds(seen: Any, prior: float) -> tuple[Any, Any]:
    """Log-odds ratios and their z for each group against all others together; `seen` is groups × terms."""
    corpus = seen.sum(axis=0)
    alpha = prior * corpus / max(corpus.sum(), 1.0)
    rest = corpus - seen
    total, total_rest = seen.sum(axis=1, keepdims=True), rest.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = (seen + alpha) / (total + prior - seen - alpha)
        odds_rest = (rest + alpha) / (total_rest + prior - rest - alpha)
        log_odds = np.log(odds) - np.log(odds_rest)
        z = log_odds / np.sqrt(1 / (seen + alpha) + 1 / (rest + alpha))
    return np.nan_to_num(log_odds), np.nan_to_num(z)


def _spellings(texts: Sequence[Folded], stems: Mapping[str, str], wanted: Mapping[str, int]) -> dict[str, str]:
    """Each term as its first occurrences in the corpus spell it most often, without vowel signs; `wanted` has their number."""
    found: dict[str, Counter[str]] = {term: Counter() for term in wanted}
    left = set(wanted)
    for doc in texts:
        for match in _TOKEN.finditer(_parted(doc.folded)) if left else ():
            term = stems[match[0]]
            if term in left:
                found[term][_surface(doc, match.end(), term)] += 1
                if found[term].total() >= min(_ENOUGH, wanted[term]):
                    left.discard(term)
    return {term: _most_frequent(spelled) for term, spelled in found.items()}


def _surface(doc: Folded, end: int, term: str) -> str:
    """How the text spells the term that ends at a place of its folded form: its letters alone."""
    spelled = doc.spelled(end - len(term), end)
    return "".join(each for each in spelled if each != "ـ" and unicodedata.category(each)[0] == "L")


def _most_frequent(spelled: Counter[str]) -> str:
    return min(spelled, key=lambda each: (-spelled[each], each))
