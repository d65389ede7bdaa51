"""The corpus, in sentences: what was read, what came out of it, who weighs most in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis import wording
from analysis.compare.columns import ENOUGH
from analysis.report import summaries, words

if TYPE_CHECKING:
    import pandas as pd

    from analysis.dataset import Dataset
    from analysis.tables import Tables


def corpus(tables: Tables | Dataset, language: str) -> list[str]:
    """What was read: articles, outlets, days and words; what came out; who weighs most in it."""
    articles = summaries.published(tables)
    if not len(articles):
        return [words.text("corpus.empty", language)]
    outlets = summaries.quoted(tables).sort_values(["articles", "outlet"], ascending=[False, True], ignore_index=True)
    named = outlets[outlets["outlet"].notna()]
    total, statements = int(outlets["n_words"].sum()), int(outlets["statements"].sum())
    sentences = [
        words.text(
            "corpus.lead",
            language,
            articles=wording.counted("article", len(articles), language),
            outlets=_publishers(len(named), len(outlets) - len(named), language),
            days=_published(articles["published"], language),
            words=wording.counted("word", total, language),
        )
    ]
    found = {"statement": statements, "amount": int(outlets["amounts"].sum()), "expression": int(outlets["dates"].sum())}
    counted = [wording.counted(noun, n, language) for noun, n in found.items() if n]
    if found["amount"]:
        at = 1 if statements else 0
        counted[at] = words.text("corpus.amounts", language, amounts=counted[at])
    if counted:
        sentences.append(words.text("corpus.found", language, found=wording.enumerated(counted, language)))
    else:
        sentences.append(words.text("corpus.found_nothing", language))
    if statements:
        direct = int(outlets["quoted"].sum()) / statements
        sentences.append(words.text("corpus.direct", language, share=wording.share(direct, language)))
    if len(named) > 1:
        sentences.extend(_weights(named, total, language))
    for name, column in (("undated", "published"), ("unnamed", "outlet")):
        n = int(articles[column].isna().sum())
        if n:
            sentences.append(words.text(f"corpus.{name}", language, articles=words.count("article", n, language)))
    if unread := tables.size("problems"):
        sentences.append(words.text("corpus.unread", language, n=wording.number(unread, language)))
    return sentences


def _publishers(named: int, unnamed: int, language: str) -> str:
    """By how many outlets the articles are; nothing where none is known."""
    if not named:
        return ""
    key = "corpus.by_outlets_and_unnamed" if unnamed else "corpus.by_outlets"
    return words.text(key, language, outlets=words.count("outlet", named, language))


def _published(published: pd.Series, language: str) -> str:
    """When the articles were published, or those of them whose date is known."""
    dated = published.dropna()
    if not len(dated):
        return words.text("corpus.undated_days", language)
    first, last = (wording.day(each, language) for each in (dated.min(), dated.max()))
    key = "on_day" if first == last else "between"
    return words.text(f"corpus.{key}" if len(dated) == len(published) else f"corpus.known_{key}", language, first=first, last=last)


def _weights(outlets: pd.DataFrame, total: int, language: str) -> list[str]:
    """Who has most of the corpus, if anyone has; of outlets with enough articles, who reports most and least speech."""
    by_size = outlets.sort_values(["articles", "n_words", "outlet"], ascending=[False, False, True])
    first, second = by_size.iloc[0], by_size.iloc[1]
    sentences = []
    if first["articles"] > second["articles"]:
        sentences.append(
            words.text(
                "corpus.most",
                language,
                outlet=wording.isolate(first["outlet"]),
                articles=wording.counted("article", int(first["articles"]), language),
                share=wording.share(first["n_words"] / max(total, 1), language),
            )
        )
    enough = outlets[(outlets["n_words"] > 0) & (outlets["articles"] >= ENOUGH)]
    rates = enough.assign(rate=lambda rows: rows["statements"] / rows["n_words"] * 1000)
    rates = rates.sort_values(["rate", "outlet"], ascending=[False, True])
    if len(rates) > 1 and rates["rate"].iloc[0] > rates["rate"].iloc[-1]:
        most, least = rates.iloc[0], rates.iloc[-1]
        sentences.append(
            words.text(
                "corpus.dense",
                language,
                outlet=wording.isolate(most["outlet"]),
                rate=wording.number(most["rate"], language, digits=1),
                least=wording.isolate(least["outlet"]),
                lowest=wording.number(least["rate"], language, digits=1),
            )
        )
    return sentences
