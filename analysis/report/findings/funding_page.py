"""Funding, in sentences: how many figures there are, which are largest, who reports them alone, which are at odds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis import wording
from analysis.report import summaries, words
from analysis.report.findings import phrases

if TYPE_CHECKING:
    import pandas as pd

MOST_CONFLICTS = 6  # named in one sentence


def funding(ledger: pd.DataFrame, language: str) -> list[str]:
    """How many distinct figures there are, the largest in each currency, and who reports them alone; prices are none."""
    ledger = ledger[~ledger["price"]]
    if not len(ledger):
        return [words.text("funding.empty", language)]
    n, mentions = len(ledger), int(ledger["mentions"].sum())
    all_outlets = {outlet for each in ledger["outlets"] for outlet in each}
    all_articles = {article for each in ledger["articles"] for article in each}
    sentences = [
        words.text(
            "funding.lead" if mentions > n else "funding.lead_once",
            language,
            figures=words.count("figure", n, language),
            n=wording.number(mentions, language),
            where=phrases.in_articles(len(all_articles), len(all_outlets), language),
        )
    ]
    sentences.extend(_largest(ledger, language))
    everything = wording.number(n, language)
    wide = ledger["outlets"].map(len)
    if len(all_outlets) > 1:
        if (wide <= 1).all():
            sentences.append(words.text("funding.all_alone", language))
        elif (wide <= 1).any():
            widest = ledger.iloc[int(wide.to_numpy().argmax())]
            sentences.append(
                words.text(
                    "funding.alone",
                    language,
                    n=wording.number(int((wide <= 1).sum()), language),
                    all=everything,
                    amount=summaries.sums(widest.to_frame().T, language)[0],
                    outlets=words.count("outlet", len(widest["outlets"]), language),
                )
            )
    qualified = int((ledger["modifier"].astype("string") != "exact").sum())
    if qualified:
        sentences.append(words.text("funding.qualified", language, n=wording.number(qualified, language), all=everything))
    conflicting = ledger[_flags(ledger["conflict"])]
    if len(conflicting):
        sums = summaries.sums(conflicting.head(MOST_CONFLICTS), language)
        if len(conflicting) > len(sums):
            sums.append(wording.say("display.more", language, n=wording.number(len(conflicting) - len(sums), language)))
        sentences.append(words.text("funding.conflict", language, sums=wording.join(map(wording.isolate, sums), language)))
    return sentences


def _flags(conflict: pd.Series) -> pd.Series:
    """Which rows are in conflict with another, whether they name the others or only say so."""
    return conflict.map(lambda value: not wording.missing(value) and bool(len(value) if hasattr(value, "__len__") else value))


def _largest(ledger: pd.DataFrame, language: str, most: int = 2) -> list[str]:
    """The largest exact figure, or the largest at all where none is exact, in each of the currencies that have most of them."""
    sizes = ledger[["value", "high", "low"]].astype("Float64").max(axis=1)
    sentences = []
    units = ledger["unit"].value_counts()
    units = units.sort_index().sort_values(ascending=False, kind="stable")
    one_currency = len(units) < 2 and ledger["unit"].notna().all()
    exact = ledger["value"].notna() & (ledger["modifier"].astype("string") == "exact")
    for unit in units[units > 0].index[:most]:
        rows = ledger[(ledger["unit"] == unit) & sizes.notna()]
        if not len(rows):
            continue
        key = "funding.largest"
        if exact[rows.index].any():  # hundreds of millions may be more, nobody says how much
            rows, key = rows[exact[rows.index]], "funding.largest_exact"
        row = rows.loc[sizes[rows.index].idxmax()]
        outlets = wording.enumerated((wording.isolate(each) for each in row["outlets"]), language) or phrases.nameless(language)
        if wording.missing(row["speaker"]):
            where = words.text("funding.by_outlet", language, outlets=outlets)
        else:
            where = words.text("funding.by_speaker", language, speaker=wording.isolate(_first(row["speaker"])), outlets=outlets)
        amount = summaries.sums(row.to_frame().T, language)[0]
        currency = wording.currency(str(unit), language, form="all" if language == "en" else "def")
        sentences.append(words.text(key if one_currency else f"{key}_in", language, currency=currency, amount=amount, where=where))
    return sentences


def _first(value: Any) -> Any:
    return value if isinstance(value, str) or not hasattr(value, "__getitem__") else value[0]
