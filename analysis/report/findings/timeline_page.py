"""The timeline, in sentences: when reported speech peaks, who is quoted most, which days the texts speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis import wording
from analysis.plots import timeline as plots
from analysis.report import summaries, words
from analysis.report.findings import phrases

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

MOST_SPELLINGS = 6  # named in one sentence


def timeline(tables: Tables, language: str, *, speakers: pd.DataFrame | None = None) -> list[str]:
    """When reported speech peaks, who is quoted most, and which days the texts speak of.

    `speakers` is `summaries.speakers(tables)`, where it is at hand: it is then not made again.
    """
    statements = tables.some("statements", ["article_id"])
    statements = statements.merge(tables.some("articles", ["article_id", "outlet", "published"]), on="article_id")
    if not len(statements):
        return [words.text("timeline.empty", language)]
    return [
        *_when(statements, plots.busiest(summaries.timed(tables)), language),
        *_who(tables, summaries.speakers(tables) if speakers is None else speakers, language),
        *_named_days(tables, language),
    ]


def _when(statements: pd.DataFrame, busiest: tuple[Any, Any] | None, language: str) -> list[str]:
    """The days of the figure's column with most statements, where there are several, and over how many days they are spread."""
    days = statements["published"].dt.normalize()
    counts, undated = days.value_counts(), int(days.isna().sum())
    said = wording.counted("statement", len(statements), language)
    if not len(counts):
        return [words.text("timeline.lead_undated", language, statements=said)]
    first, last = (wording.day(each, language) for each in (days.min(), days.max()))
    if len(counts) == 1:
        key = "timeline.lead_one_known_day" if undated else "timeline.lead_one_day"
        sentences = [words.text(key, language, statements=said, first=first)]
    else:
        begin, end = busiest or (days.min(), days.max())
        there = statements[days.between(begin, end)]
        begin, end = days[there.index].min(), days[there.index].max()
        most = {"statements": wording.counted("statement", len(there), language), "where": phrases.where(there, language)}
        spread = {"days": words.count("day", len(counts), language), "first": first, "last": last}
        if begin == end:
            peak = words.text("timeline.lead", language, day=wording.day(begin, language), **most)
        else:
            stretch = {"first": wording.day(begin, language), "last": wording.day(end, language)}
            peak = words.text("timeline.lead_stretch", language, **stretch, **most)
        sentences = [
            peak,
            words.text("timeline.lead_total", language, statements=said, **spread),
        ]
    if undated:
        sentences.append(words.text("timeline.undated", language, n=wording.number(undated, language)))
    return sentences


def _who(tables: Tables, speakers: pd.DataFrame, language: str) -> list[str]:
    """Who is quoted most, under which names, and how much of the speech is nobody's by the text."""
    sentences = []
    total = tables.size("statements")
    if len(speakers):
        first = speakers.iloc[0]
        sentence = words.text(
            "timeline.speaker",
            language,
            speaker=wording.isolate(first["speaker"]),
            statements=wording.counted("statement", int(first["statements"]), language),
            share=wording.share(first["statements"] / total, language),
            where=phrases.in_articles(int(first["articles"]), int(first["outlets"]), language),
        )
        if not wording.missing(first["spellings"]):
            names = wording.enumerated((phrases.quoted(each, language) for each in first["spellings"][:MOST_SPELLINGS]), language)
            sentence += " " + words.text("timeline.spellings", language, spellings=names)
        sentences.append(sentence)
    unknown = int(tables.some("statements", ["speaker"])["speaker"].isna().sum())
    if unknown:
        sentences.append(words.text("timeline.no_speaker", language, **_part(unknown, total, language)))
    return sentences


def _named_days(tables: Tables, language: str) -> list[str]:
    """How far the times that texts name reach, each told as finely as it is named, and how many name none."""
    sentences = []
    dates = tables.some("dates", ["article_id", "first", "last", "grain"])
    dates = dates.merge(tables.some("articles", ["article_id", "published"]), on="article_id")
    known = dates[dates["first"].notna() & dates["last"].notna()]
    if len(known):
        first, last = known.sort_values("first", kind="stable").iloc[0], known.sort_values("last", kind="stable").iloc[-1]
        ends = {
            "first": _stretch(first["first"], first["grain"], language),
            "last": _stretch(last["last"], last["grain"], language),
        }
        sentence = words.text("timeline.reach", language, **ends)
        dated = known[known["published"].notna()]
        if len(dated):
            before = int((dated["last"] < dated["published"].dt.normalize()).sum())
            sentence += " " + words.text("timeline.before", language, **_part(before, len(dated), language))
        sentences.append(sentence)
    if len(dates) > len(known):
        sentences.append(words.text("timeline.unresolved", language, **_part(len(dates) - len(known), len(dates), language)))
    return sentences


def _part(n: int, total: int, language: str) -> dict[str, str]:
    """A share with its base."""
    shown = {"n": wording.number(n, language), "all": wording.number(total, language)}
    return {**shown, "share": wording.share(n / total, language)}


def _stretch(moment: Any, grain: Any, language: str) -> str:
    """A moment as finely as the expression named it: 2017 has no first of January."""
    if str(grain) in ("year", "decade", "century"):
        return wording.year(moment, language)
    if str(grain) in ("month", "season", "quarter", "half"):
        return wording.month(moment, language)
    return wording.day(moment, language)
