"""The corpus at a glance: how many articles each outlet has in each stretch of time.

In goes the table `articles`, out comes an axes with a square for each outlet and month (quarter, year or ten years where the time
is long).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.plots import arabic, canvas
from analysis.wording import compact, counted, isolate, join, month_name, number, say, year

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# The stretches of time to choose from: pandas period, words. The first that needs few enough squares is taken.
_STRETCHES = (("M", "by_month"), ("Q", "by_quarter"), ("Y", "by_year"), ("10Y", "by_decade"))
_MOST = 24
_MOST_NARROW, _MOST_NARROW_LARGE = 12, 7  # in a narrow figure, so that the numbers have room: of up to three digits, of more
_CELL = 0.36  # how high a square of a narrow figure is, of the row


@canvas.styled
def plot_corpus(articles: pd.DataFrame, *, ax: Axes | None = None, language: str = "ar", width: str = "wide") -> Axes:
    """Articles per outlet (rows, by the alphabet) and stretch of time (columns, in reading order), with the numbers in the
    squares.

    `articles` needs the columns `outlet` and `published`. Articles without a date have a column of their own; beyond fifteen
    outlets the smallest are one row. A narrow figure has the outlets over their squares, and fewer, longer stretches. Raises
    `InputError` for a missing column, language or width.
    """
    canvas.check_columns(articles, "articles", ("outlet", "published"))
    narrow = canvas.narrow(width, ax)
    title = say("corpus.title", language)
    if articles.empty:
        return canvas.empty(canvas.fresh(ax, 8, 3, narrow=narrow), title, language)
    if narrow:
        return _narrow(articles, title, language)
    counts, periods, words = _counted(articles, language, _MOST)
    wide, high = counts.shape[1], counts.shape[0]
    names = [canvas.broken_label(name) for name in counts.index]
    tall = 0.55 if any("\n" in name for name in names) else 0.42  # inches of a row
    ax = canvas.fresh(ax, max(5.6, 3.0 + 0.46 * wide), 2.0 + tall * high)
    canvas.head(ax, title, language, subtitle=say(f"corpus.{words}", language))
    _squares(ax, counts, language)
    canvas.tick_labels(ax, "y", range(high), names, language, linespacing=0.85)
    _time_labels(ax, list(range(wide)), periods, language)
    ax.set_xlim(-0.5, wide - 0.5)
    ax.set_ylim(high - 0.5, -0.5)
    ax.tick_params(length=0)
    ax.spines["bottom"].set_visible(False)
    arabic.read_from(ax, language)
    return ax


def _narrow(articles: pd.DataFrame, title: str, language: str) -> Axes:
    """The same, a row higher by its outlet's name; how many articles have no date stands at the name's other end."""
    most = int(articles["outlet"].value_counts(dropna=False).max())
    counts, periods, words = _counted(articles, language, _MOST_NARROW if most < 1_000 else _MOST_NARROW_LARGE)
    undated = counts.get(len(periods))
    counts = counts.drop(columns=len(periods), errors="ignore")
    high, wide = counts.shape
    ax = canvas.fresh(None, 0, 5, narrow=True)
    ax.set_xlim(-0.5, max(wide, 1) - 0.5)
    ax.set_ylim(high - 1 + _CELL / 2, -0.68)
    arabic.read_from(ax, language)
    above = canvas.head(ax, title, language, subtitle=say(f"corpus.{words}", language))
    _squares(ax, counts, language, high=_CELL)
    canvas.row_labels(ax, range(high), [canvas.name_label(name, 34) for name in counts.index], [""] * high, language, above=24)
    for place, n in enumerate(undated if undated is not None else ()):
        if n:
            _, end = arabic.side(language)
            look = {"xycoords": ("axes fraction", "data"), "ha": end, "va": "center", "fontsize": 11, "color": canvas.GREY}
            words = f"{say('general.undated', language)}: {compact(int(n), language)}"
            canvas.write(ax, (0.0 if end == "left" else 1.0, place), words, language, xytext=(0, 24), **look)
    _time_labels(ax, list(range(wide)), periods, language, every=6)
    ax.tick_params(length=0)
    ax.spines["bottom"].set_visible(False)
    canvas.fit(ax, None, 0.78 * (high - 0.32 + _CELL / 2), 40, above=above)
    return ax


def _counted(articles: pd.DataFrame, language: str, most: int) -> tuple[pd.DataFrame, pd.PeriodIndex, str]:
    """Outlet × period counts; the periods without gaps, at most so many; the words for their length."""
    import pandas as pd

    names = canvas.outlet_names(articles["outlet"], language)
    dated = articles["published"].dropna()
    (freq, words), periods = _STRETCHES[0], pd.PeriodIndex([], freq="M")
    for stretch in _STRETCHES if len(dated) else ():
        (freq, words), periods = stretch, pd.period_range(dated.min(), dated.max(), freq=stretch[0])
        if len(periods) <= most:
            break
    if freq == "10Y":  # pandas has no ten-year period: steps of ten years from a round one
        first = dated.min().year // 10 * 10
        at = (articles["published"].dt.year - first) // 10
        periods = pd.PeriodIndex([f"{y}" for y in range(first, dated.max().year + 1, 10)], freq="Y")
    else:
        at = articles["published"].dt.to_period(freq).map({period: i for i, period in enumerate(periods)})
    at = at.astype("Float64").fillna(len(periods)).astype(int)
    counts = pd.crosstab(names, at).reindex(columns=range(len(periods) + int(at.max() == len(periods))), fill_value=0)
    return counts.loc[canvas.in_order(counts.index)], periods, words


def _squares(ax: Axes, counts: pd.DataFrame, language: str, *, high: float = 1.0) -> None:
    """Squares, each `high` of its row, with their numbers in them."""
    import numpy as np
    from matplotlib.colors import LinearSegmentedColormap

    shades = LinearSegmentedColormap.from_list("articles", ["#f3f6f9", "#9cc3e6", "#1668b8", "#0d3a68"])
    values = counts.to_numpy(dtype=float)
    strength = np.sqrt(values / max(values.max(initial=0), 1))  # few articles stay visible beside many
    rows = [slice(0, len(values))] if high == 1 else [slice(at, at + 1) for at in range(len(values))]
    for row in rows if values.size else ():
        ax.pcolormesh(
            np.arange(values.shape[1] + 1) - 0.5, np.arange(row.start, row.stop + 1) * high - high / 2 + row.start * (1 - high),
            strength[row], cmap=shades, vmin=0, vmax=1, edgecolor="white", linewidth=2,
        )  # fmt: skip
    for (row, column), value in np.ndenumerate(values):
        if value:
            size = 12 if value < 1_000 else 10 if high < 1 else 9.5 if value < 10_000 else 8  # within its square
            colour = "white" if strength[row, column] > 0.55 else canvas.INK
            text = arabic.shape(compact(int(value), language), language)
            ax.text(column, row, text, ha="center", va="center", fontsize=size, color=colour)


def _time_labels(ax: Axes, columns: list[int], periods: pd.PeriodIndex, language: str, *, every: int = 16) -> None:
    """Label the columns, up to `every` of them each, more of them every second: months with their year under the first of each, and
    the column without a date.
    """
    texts, shown_year = [], None
    step = 1 if len(periods) <= every else 2
    for i in columns:
        if i >= len(periods):
            texts.append(say("general.undated", language))
            continue
        start = periods[i].start_time
        if periods.freqstr.startswith("Y"):
            texts.append(year(start, language) if i % step == 0 else "")
            continue
        name = (
            month_name(start, language)
            if periods.freqstr == "M"
            else say("corpus.quarter", language, n=number(start.quarter, language))
        )
        label = name if i % step == 0 else ""
        if start.year != shown_year:
            shown_year = start.year
            label = f"{label}\n{year(start, language)}"
        texts.append(label)
    canvas.tick_labels(ax, "x", columns, texts, language, fontsize=11)


def describe_corpus(articles: pd.DataFrame, *, language: str = "ar") -> str:
    """The figure in words: its alternative text."""
    canvas.check_columns(articles, "articles", ("outlet", "published"))
    if articles.empty:
        return f"{say('corpus.title', language)}: {say('general.no_rows', language)}."
    names = canvas.outlet_names(articles["outlet"], language)
    dated = articles["published"].dropna()
    span = say("corpus.alt_no_span", language)
    if len(dated):
        span = canvas.span_of(dated, language)
    parts = [
        say("corpus.alt_part", language, outlet=isolate(name), articles=counted("article", int(n), language))
        for name, n in sorted(names.value_counts().items(), key=lambda item: (-item[1], item[0]))
    ]
    if len(dated) < len(articles):
        parts.append(say("corpus.alt_undated", language, articles=counted("article", len(articles) - len(dated), language)))
    return say(
        "corpus.alt", language,
        articles=counted("article", len(articles), language), outlets=counted("outlet", articles["outlet"].nunique(), language),
        span=span, parts=join(parts, language, comma="list_semicolon"),
    )  # fmt: skip
