"""Claims, in sentences: how many there are, which is most widely reported and who left it out, how the outlets differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis import wording
from analysis.compare.outermost import outermost
from analysis.report import words
from analysis.report.findings import phrases

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from analysis.tables import Tables


def claims(
    claims: pd.DataFrame,
    denials: pd.DataFrame,
    matrix: pd.DataFrame,
    tables: Tables,
    language: str,
    *,
    odds: Collection[tuple[int, str]] = (),
) -> list[str]:
    """How many claims there are, which is most widely reported and who left it out, who has what alone, and how they differ.

    `denials` are the opposed of `claim_pairs`, `matrix` is `summaries.shared_claims`, `odds` is `summaries.other_figures`.
    """
    if not len(claims):
        return [words.text("claims.empty", language)]
    total = claims["claim"].nunique()
    stated = len(claims[["article_id", "statement"]].drop_duplicates())  # one that says two things is in two claims
    shared = words.text(
        "claims.shared" if len(matrix) else "claims.unshared", language, shared=words.count("claim", len(matrix), language)
    )
    sizes = {"n": wording.number(stated, language), "claims": words.count("claim", total, language)}
    sentences = [words.text("claims.lead", language, **sizes, shared=shared)]
    if len(matrix):
        sentences.append(_widest(matrix, claims, tables, language, odds))
    alone = claims[~claims["claim"].isin(matrix.index)].drop_duplicates("claim")
    by_outlet = alone["outlet"].value_counts()
    if len(matrix) and len(by_outlet):
        outlet = min(by_outlet[by_outlet == by_outlet.max()].index)
        number, most = (wording.number(int(n), language) for n in (len(alone), by_outlet.max()))
        sentences.append(words.text("claims.alone", language, n=number, outlet=phrases.outlet_name(outlet, language), most=most))
    differences = _differences(claims[claims["claim"].isin(matrix.index)], denials, tables)
    for key, n in zip(("names", "forces", "opposed"), differences, strict=True):
        if n:
            counts = {noun: words.count(noun, n, language) for noun in ("claim", "pair")}
            sentences.append(words.text(f"claims.{key}", language, claims=counts["claim"], pairs=counts["pair"]))
    return sentences


def _widest(matrix: pd.DataFrame, claims: pd.DataFrame, tables: Tables, language: str, odds: Collection[tuple[int, str]]) -> str:
    from analysis.compare.claims import claim_labels

    first = matrix.index[0]
    label = claim_labels(claims[claims["claim"] == first], tables)[first]
    claim = phrases.quoted(label, language)
    row = matrix.loc[first]
    other = np.array([(first, outlet) in odds for outlet in matrix.columns], dtype=bool)
    reported, absent, told, differing = (
        wording.enumerated((phrases.outlet_name(outlet, language) for outlet in matrix.columns[kept]), language)
        for kept in (row > 0, (row == 0) & ~other, row < 0, other)
    )
    if absent:
        sentence = words.text("claims.widest", language, claim=claim, outlets=reported, missing=absent)
    else:
        sentence = words.text("claims.widest_told" if told or differing else "claims.widest_all", language, claim=claim)
    if told:
        sentence += f" {words.text('claims.told', language, outlets=told)}"
    return f"{sentence} {words.text('claims.other', language, outlets=differing)}" if differing else sentence


def _differences(shared: pd.DataFrame, denials: pd.DataFrame, tables: Tables) -> tuple[int, int, int]:
    """In how many shared claims outlets name an actor differently, and use verbs of different force; how many pairs are opposed."""
    keys = ["article_id", "statement"]
    said = shared[["claim", "outlet", *keys]].merge(tables.statements[[*keys, "force"]], on=keys)
    forces = said.astype({"force": "string"}).groupby("claim")["force"].nunique()
    named = outermost(tables.mentions)
    named = named[named["statement"].notna()].astype({"statement": "int32"})
    labels = said.merge(named[[*keys, "actor", "label"]], on=keys).groupby(["claim", "actor"])[["label", "outlet"]].nunique()
    apart = labels[(labels["label"] > 1) & (labels["outlet"] > 1)]
    outlets = tables.articles.set_index("article_id")["outlet"]
    between = denials["article_id"].map(outlets).fillna("") != denials["other_article_id"].map(outlets).fillna("")
    return apart.index.get_level_values("claim").nunique(), int((forces > 1).sum()), int((denials["opposed"] & between).sum())
