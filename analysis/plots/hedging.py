"""How each outlet hedges: rates with their intervals, as dots.

In goes `hedging(tables)` (outlet × measure), out comes an axes: a block for each measure, in it a dot and its 95 % interval for
each outlet, in the outlet's colour and shape, the highest first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.errors import InputError
from analysis.plots import arabic, canvas
from analysis.wording import counted, interval, isolate, join, missing, number, say, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_COLUMNS = ("outlet", "measure", "n", "rate", "low", "high")
LIFT = "scare_quote_lift"  # the one measure that is no rate per 1 000 words
# Verbs that keep no distance are no hedges: they are shown when asked for.
_ON_REQUEST = (LIFT, "force_neutral", "force_affirm", "force_promise", "force_demand", "force_warn")


@canvas.styled
def plot_hedging(
    hedging: pd.DataFrame, *, ax: Axes | None = None, language: str = "ar", measures: Sequence[str] | None = None
) -> Axes:
    """Dots with 95 % intervals of each outlet's rate, a block for each measure.

    `measures` keeps those; by default the hedges and the verbs of doubt and denial that occur. The lift of scare quotes over the
    outlet's own habit is a ratio and has an axis of its own: `measures=["scare_quote_lift"]`. Raises `InputError` for a missing
    column, language or unknown measure, and for the lift among rates.
    """
    table = _chosen(hedging, measures, language)
    title = say("hedging.title", language)
    if table.empty:
        return canvas.empty(canvas.fresh(ax, 8, 3), title, language)
    groups = [(measure, rows) for measure, rows in table.groupby("measure", sort=False)]
    look = canvas.looks(table["outlet"])
    given, ax = ax, canvas.fresh(ax, 9.5, 5)
    places, labels, at = [], [], 0.0 if len(groups) > 1 else -0.6  # one block alone needs no heading
    begin, _ = arabic.side(language)
    edge = 1.0 if begin == "right" else 0.0
    for measure, rows in groups:
        words = {
            "ha": begin,
            "va": "center",
            "fontsize": 13,
            "fontweight": "bold",
            "color": canvas.GREY,
            "xycoords": ("axes fraction", "data"),
        }
        if len(groups) > 1:
            canvas.write(ax, (edge, at), word("measure", measure, language), language, **words)
        for row in canvas.records(rows):
            at += 1.0
            _dot(ax, at, row, look[row.outlet])
            places.append(at)
            labels.append(canvas.name_label(row.outlet))
        at += 1.5
    ax.set_ylim(at - 0.8, -0.6)
    top = float(table["high"].fillna(table["rate"]).max())
    ax.set_xlim(-0.02 * (top or 1.0), (top or 1.0) * 1.06)
    canvas.tick_labels(ax, "y", places, labels, language)
    _axis(ax, language)
    lift = set(table["measure"]) == {LIFT}
    if lift:
        ax.axvline(1.0, color=canvas.INK, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
        look_of = {"ha": "center", "va": "bottom", "fontsize": 11, "color": canvas.INK}
        canvas.write(
            ax, (1.0, 1.0), say("hedging.habit", language), language, xycoords=("data", "axes fraction"), xytext=(0, 2), **look_of
        )
    canvas.head(ax, title, language, subtitle=say("hedging.lift" if lift else "hedging.rate", language), above=16 if lift else 0)
    arabic.read_from(ax, language)
    canvas.fit(ax, given, (0.34 if len(places) <= 45 else 0.27) * (at + 0.5), 34)
    return ax


def _chosen(hedging: pd.DataFrame, measures: Sequence[str] | None, language: str) -> pd.DataFrame:
    """The measures and outlets shown, measures in the table's order, outlets by falling rate."""
    canvas.check_columns(hedging, "hedging", _COLUMNS)
    known = list(dict.fromkeys(hedging["measure"].astype(str)))
    for measure in measures or ():
        canvas.check_choice("measures", measure, known) if known else None
    if measures is None:
        heard = set(hedging.loc[hedging["n"].gt(0), "measure"].astype(str))
        measures = [measure for measure in known if measure in heard and measure not in _ON_REQUEST]
        measures = measures or [measure for measure in known if measure not in _ON_REQUEST] or known[:1]
    elif LIFT in measures and len(set(measures)) > 1:
        raise InputError(f"`measures` value = {list(measures)!r} is invalid; {LIFT!r} is no rate and stands alone")
    table = hedging[hedging["measure"].astype(str).isin(measures) & hedging["rate"].notna()].copy()
    table["measure"] = table["measure"].astype(str)
    unnamed = say("general.unknown_outlet", language)
    table["outlet"] = [unnamed if missing(outlet) else str(outlet) for outlet in table["outlet"]]
    counts = table.groupby("outlet")["n"].sum()
    kept = [outlet for outlet, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[: canvas.MOST_OUTLETS]]
    table = table[table["outlet"].isin(kept)]
    order = {measure: i for i, measure in enumerate(known)}
    table["place"] = [order[measure] for measure in table["measure"]]
    return table.sort_values(["place", "rate", "outlet"], ascending=[True, False, True], kind="stable")


def _dot(ax: Axes, at: float, row: Any, look: canvas.Look) -> None:
    ax.axhline(at, color="#eeeeee", linewidth=0.8, zorder=0)
    if not missing(row.low) and not missing(row.high):
        ax.plot([row.low, row.high], [at, at], color=look.colour, linewidth=2.0, zorder=2)
        ax.plot(
            [row.low, row.high],
            [at, at],
            color=look.colour,
            linestyle="none",
            marker="|",
            markersize=9,
            markeredgewidth=1.8,
            zorder=2,
        )
    ax.plot(
        [row.rate], [at], color=look.colour, marker=look.shape, markersize=9, markeredgecolor="white", markeredgewidth=0.8, zorder=3
    )


def _axis(ax: Axes, language: str) -> None:
    from matplotlib.ticker import MaxNLocator

    low, high = sorted(ax.get_xlim())
    ticks = [
        float(tick) for tick in MaxNLocator(7, steps=[1, 2, 2.5, 5, 10]).tick_values(max(low, 0.0), high) if low <= tick <= high
    ]
    canvas.tick_labels(ax, "x", ticks, [number(tick, language) for tick in ticks], language)
    for tick in ticks:
        ax.axvline(tick, color="#e3e3e3", linewidth=0.8, zorder=0)


def describe_hedging(hedging: pd.DataFrame, *, language: str = "ar", measures: Sequence[str] | None = None, most: int = 30) -> str:
    """The figure in words, its alternative text: the `most` first dots."""
    table = _chosen(hedging, measures, language)
    if table.empty:
        return f"{say('hedging.title', language)}: {say('general.no_rows', language)}."
    parts = [
        say(
            "hedging.alt_part", language, measure=word("measure", row.measure, language), outlet=isolate(row.outlet),
            rate=number(float(row.rate), language, digits=2), n=counted("time", int(row.n), language),
            interval="" if missing(row.low) or missing(row.high) else interval(float(row.low), float(row.high), language, digits=2),
        )
        for row in canvas.records(table.head(most))
    ]  # fmt: skip
    return say("hedging.alt", language, parts=join(parts, language, comma="list_semicolon"))
