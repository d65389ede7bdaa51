"""Who reported which claim, and who left it out: a matrix of claims and outlets.

In goes `coverage(claims)` (claim × outlet, how often), out comes an axes: a filled mark where the outlet has the claim, an open
ring where it has not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.plots import arabic, canvas
from analysis.wording import counted, isolate, join, missing, number, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

_MOST_CLAIMS = 30


@canvas.styled
def plot_coverage(
    coverage: pd.DataFrame, *, ax: Axes | None = None, language: str = "ar", labels: Mapping[Any, str] | None = None
) -> Axes:
    """Claims (the index) by outlets (the columns), the most widely reported first; a number where an outlet has a claim more than
    once.

    `labels` gives the words of each claim; without it the index is shown. The thirty most widely reported claims and fifteen
    outlets with the most claims are shown, and the note says so. Raises `InputError` for an unknown language.
    """
    title = say("coverage.title", language)
    table = _counts(coverage, language)
    if table.empty:
        return canvas.empty(canvas.fresh(ax, 8, 3), title, language)
    every = len(table)
    table = table.iloc[:_MOST_CLAIMS, : canvas.MOST_OUTLETS]
    look = canvas.looks(table.columns)
    given, ax = ax, canvas.fresh(ax, max(8.0, 4.6 + 0.62 * table.shape[1]), 5)
    ax.set_xlim(-0.6, table.shape[1] - 0.4)
    ax.set_ylim(len(table) - 0.4, -0.6)
    times = table.to_numpy(dtype=int).tolist()
    for place in range(len(table)):
        ax.axhline(place, color="#eeeeee", linewidth=0.8, zorder=0)
        for column, outlet in enumerate(table.columns):
            _mark(ax, column, place, times[place][column], look[outlet], language)
    texts = ["\n".join(isolate(line) for line in arabic.wrap(labels.get(key, key) if labels else key, 40)) for key in table.index]
    canvas.tick_labels(ax, "y", range(len(table)), texts, language, fontsize=12, linespacing=0.8)
    heads = ["\n".join(isolate(line) for line in arabic.wrap(outlet, 10, lines=3)) for outlet in table.columns]
    ax.xaxis.tick_top()
    canvas.tick_labels(ax, "x", range(table.shape[1]), heads, language, fontsize=11, linespacing=0.85)
    ax.tick_params(length=0)
    ax.spines["bottom"].set_visible(False)
    lines = max(head.count("\n") + 1 for head in heads)
    canvas.head(ax, title, language, above=8 + 18 * lines)
    arabic.read_from(ax, language)
    below = canvas.key(ax, _legend(language), language, below=14)
    note = (
        say("general.shown_of", language, shown=number(len(table), language), all=number(every, language))
        if len(table) < every
        else ""
    )
    below = canvas.foot(ax, [note], language, below=below)
    canvas.fit(ax, given, 0.6 * len(table) + 0.26 * lines, below)
    return ax


def _counts(coverage: pd.DataFrame, language: str) -> pd.DataFrame:
    """The matrix in numbers, the widest claims and the fullest outlets first, ties as they came."""
    unnamed = say("general.unknown_outlet", language)
    table = coverage.set_axis([unnamed if missing(name) else str(name) for name in coverage.columns], axis=1).fillna(0).astype(int)
    wide = (table > 0).sum(axis=1).sort_values(ascending=False, kind="stable").index
    full = (table > 0).sum(axis=0).sort_values(ascending=False, kind="stable").index
    return table.loc[wide, full]


def _mark(ax: Axes, column: int, place: int, times: int, look: canvas.Look, language: str) -> None:
    if not times:
        ax.plot(
            [column],
            [place],
            marker="o",
            markersize=8,
            markerfacecolor="white",
            markeredgecolor="#8a8a8a",
            markeredgewidth=1.0,
            zorder=2,
        )
        return
    ax.plot([column], [place], marker=look.shape, markersize=15, color=look.colour, zorder=3)
    if times > 1:
        text = {"ha": "center", "va": "center", "fontsize": 10, "color": "white", "zorder": 5, "in_layout": False}
        canvas.write(ax, (column, place), number(times, language), language, **text)


def _legend(language: str) -> list[tuple[Any, str]]:
    from matplotlib.lines import Line2D

    filled = Line2D([], [], linestyle="none", marker="o", markersize=11, color="#4d4d4d")
    ring = Line2D([], [], linestyle="none", marker="o", markersize=8, markerfacecolor="white", markeredgecolor="#8a8a8a")
    return [(filled, say("coverage.reported", language)), (ring, say("coverage.left_out", language))]


def describe_coverage(
    coverage: pd.DataFrame, *, language: str = "ar", labels: Mapping[Any, str] | None = None, most: int = 15
) -> str:
    """The figure in words, its alternative text: for the `most` most widely reported claims, who has it and who has not."""
    table = _counts(coverage, language)
    if table.empty:
        return f"{say('coverage.title', language)}: {say('general.no_rows', language)}."
    parts = []
    for key, row in table.head(most).iterrows():
        sides = [join([isolate(name) for name in names], language) for names in (row.index[row > 0], row.index[row == 0])]
        reported, absent = (side or say("general.none", language) for side in sides)
        claim = isolate(arabic.shorten(labels.get(key, key) if labels else key, 80))
        parts.append(say("coverage.alt_part", language, claim=claim, reported=reported, missing=absent))
    return say(
        "coverage.alt", language,
        claims=counted("claim", len(table), language), outlets=counted("outlet", table.shape[1], language),
        parts=join(parts, language, comma="list_semicolon"),
    )  # fmt: skip
