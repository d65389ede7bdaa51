"""How each outlet hedges: rates with their intervals, as dots.

In goes `hedging(tables)` (outlet × measure), out comes an axes: a row for each outlet, a panel for each
measure, all with the same scale, in it a dot and its 95 % interval in the outlet's colour and shape; the outlets that keep most
distance stand first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.compare.columns import LIFT
from analysis.errors import InputError
from analysis.plots import arabic, canvas
from analysis.wording import counted, interval, isolate, join, missing, number, say, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_STRIDE = 1.18  # from panel to panel, whose own width is 1
_ROW, _HEAD = 0.52, 1.7  # a narrow figure's: inches of a row with the outlet over it, rows that a panel's head takes
_COLUMNS = ("outlet", "measure", "n", "rate", "low", "high")
# Verbs that keep no distance are no hedges: they are shown when asked for.
_ON_REQUEST = (LIFT, "force_neutral", "force_affirm", "force_promise", "force_demand", "force_warn")


@canvas.styled
def plot_hedging(
    hedging: pd.DataFrame,
    *,
    ax: Axes | None = None,
    language: str = "ar",
    measures: Sequence[str] | None = None,
    width: str = "wide",
) -> Axes:
    """Marks with 95 % intervals of each outlet's rate, a panel for each measure; each outlet has a shape of its own.

    `measures` keeps those; by default the hedges and the verbs of doubt and denial that occur. The lift of scare quotes over the
    outlet's own habit is a ratio and has an axis of its own: `measures=["scare_quote_lift"]`. In a narrow figure the panels stand
    below each other, the outlet over its mark. Raises `InputError` for a missing column, language or width, for an unknown measure,
    and for the lift among rates.
    """
    narrow = canvas.narrow(width, ax)
    table = _chosen(hedging, measures, language)
    title = say("hedging.title", language)
    if table.empty:
        return canvas.empty(canvas.fresh(ax, 8, 3, narrow=narrow), title, language)
    outlets = list(dict.fromkeys(table["outlet"]))
    top = _top(table)
    if narrow:
        return _narrow(table, outlets, top, title, language)
    panels = [_Panel(str(measure), at * _STRIDE, top) for at, measure in enumerate(dict.fromkeys(table["measure"]))]
    look = canvas.looks(outlets)
    given, ax = ax, canvas.fresh(ax, max(8.0, 2.4 + 1.75 * len(panels)), 5)
    ax.set_xlim(-0.03, panels[-1].left + 1.03)
    ax.set_ylim(len(outlets) - 0.4, -0.6)
    arabic.read_from(ax, language)
    for place in range(len(outlets)):
        ax.axhline(place, color="#eeeeee", linewidth=0.8, zorder=0)
    for panel in panels:
        for row in canvas.records(table[table["measure"] == panel.measure]):
            _dot(ax, outlets.index(row.outlet), row, look[row.outlet], panel)
    names = [canvas.broken_label(outlet) for outlet in outlets]
    canvas.tick_labels(ax, "y", range(len(outlets)), names, language, linespacing=0.85)
    _axis(ax, panels, language)
    above = _heads(ax, panels, language) if len(panels) > 1 else 0.0
    lift = panels[0].measure == LIFT
    if lift:
        _habit(ax, panels[0], language)
    subtitle = say("hedging.lift" if lift else "hedging.rate", language)
    canvas.head(ax, title, language, subtitle=subtitle, above=16 if lift else above)
    tall = 0.52 if any("\n" in name for name in names) else 0.36  # inches of a row
    canvas.fit(ax, given, tall * len(outlets) + above / 72, 34)
    return ax


def _narrow(table: pd.DataFrame, outlets: Sequence[str], top: float, title: str, language: str) -> Axes:
    """The panels below each other, each with its scale over it."""
    measures = list(dict.fromkeys(table["measure"]))
    panel, look = _Panel("", 0.0, top), canvas.looks(outlets)
    ax = canvas.fresh(None, 0, 5, narrow=True)
    ax.set_xlim(-0.03, 1.03)
    arabic.read_from(ax, language)
    ax.set_axis_off()
    at, names, places = 0.0, [], []
    for measure in measures:
        rows = {row.outlet: row for row in canvas.records(table[table["measure"] == measure])}
        shown = [outlet for outlet in outlets if outlet in rows]
        own = [at + _HEAD + i for i in range(len(shown))]
        _panel_head(ax, at, measure, panel, own, language)
        for place, outlet in zip(own, shown, strict=True):
            ax.plot([0, 1], [place] * 2, color="#eeeeee", linewidth=0.8, zorder=0)
            _dot(ax, place, rows[outlet], look[outlet], panel)
        names += [canvas.name_label(outlet, 38) for outlet in shown]
        places += own
        at = own[-1] + 0.95
    lift = measures[0] == LIFT
    if lift:
        _habit(ax, panel, language)
    canvas.row_labels(ax, places, names, [""] * len(names), language, above=15)
    ax.set_ylim(places[-1] + 0.35, -0.3)
    subtitle = say("hedging.lift" if lift else "hedging.rate", language)
    above = canvas.head(ax, title, language, subtitle=subtitle, above=16 if lift else 0)
    canvas.fit(ax, None, _ROW * (places[-1] + 0.65), 6, above=above)
    return ax


def _panel_head(ax: Axes, at: float, measure: str, panel: _Panel, rows: Sequence[float], language: str) -> None:
    """A measure's name and scale over its rows in a narrow figure, and the scale's lines along them."""
    begin, _ = arabic.side(language)
    look = {"ha": begin, "va": "center", "fontsize": 12, "fontweight": "bold", "color": canvas.GREY}
    place = (1.0 if begin == "right" else 0.0, at)
    canvas.write(ax, place, word("measure", measure, language), language, xycoords=("axes fraction", "data"), **look)
    ticks = _ticks(panel.top, 6)
    across = [panel.at(tick) for tick in ticks]
    canvas.repeated(ax, [at + 0.55], across, [number(tick, language) for tick in ticks], language)
    canvas.short_lines(ax, across, rows, 0.24, 0.28)


class _Panel(NamedTuple):
    """One measure's part of the axes: where it begins, and the rate at its far end, the same for all; the scale begins at 0."""

    measure: str
    left: float
    top: float

    def at(self, rate: float) -> float:
        return self.left + min(rate / self.top, 1.0)


def _top(rows: pd.DataFrame) -> float:
    """The highest rate or end of an interval."""
    return max(float(rows["high"].fillna(rows["rate"]).astype(float).max()), float(rows["rate"].max())) * 1.03 or 1.0


def _heads(ax: Axes, panels: Sequence[_Panel], language: str) -> float:
    """The measures' names over their panels; how many points they need."""
    begin, _ = arabic.side(language)
    heads = [arabic.wrap(word("measure", panel.measure, language), 15, lines=3) for panel in panels]
    for panel, lines in zip(panels, heads, strict=True):
        for up, line in enumerate(reversed(lines)):
            look = {"ha": begin, "va": "bottom", "fontsize": 12, "fontweight": "bold", "color": canvas.GREY}
            place = {"xycoords": ("data", "axes fraction"), "xytext": (0, 5 + 17 * up)}
            canvas.write(ax, (panel.left, 1.0), line, language, **place, **look)
    return 10.0 + 17.0 * max(map(len, heads))


def _habit(ax: Axes, panel: _Panel, language: str) -> None:
    """A line at 1: the outlet's own habit of quoting names."""
    ax.axvline(panel.at(1.0), color=canvas.INK, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    look = {"ha": "center", "va": "bottom", "fontsize": 11, "color": canvas.INK, "xycoords": ("data", "axes fraction")}
    canvas.write(ax, (panel.at(1.0), 1.0), say("hedging.habit", language), language, xytext=(0, 2), **look)


def _chosen(hedging: pd.DataFrame, measures: Sequence[str] | None, language: str) -> pd.DataFrame:
    """The measures and outlets shown: measures in the table's order, outlets by how much distance they keep in all of them."""
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
    of_all = table["rate"].astype(float) / table.groupby("measure")["rate"].transform("max").astype(float).replace(0.0, 1.0)
    table["rank"] = -of_all.groupby(table["outlet"]).transform("sum").round(9)
    return table.sort_values(["place", "rank", "outlet"], kind="stable")


def _dot(ax: Axes, at: float, row: Any, look: canvas.Look, panel: _Panel) -> None:
    if not missing(row.low) and not missing(row.high):
        ends = [panel.at(row.low), panel.at(row.high)]
        ax.plot(ends, [at, at], color=look.colour, linewidth=2.0, zorder=2)
        ax.plot(ends, [at, at], color=look.colour, linestyle="none", marker="|", markersize=8, markeredgewidth=1.6, zorder=2)
    dot: dict[str, Any] = {
        "color": look.colour,
        "marker": look.shape,
        "markersize": 8.5,
        "markeredgecolor": "white",
        "markeredgewidth": 0.8,
    }
    ax.plot([panel.at(row.rate)], [at], zorder=3, **dot)


def _axis(ax: Axes, panels: Sequence[_Panel], language: str) -> None:
    """The scale in every panel, with two or three numbers where panels are many."""
    places, texts = [], []
    for panel in panels:
        ticks = _ticks(panel.top, 7 if len(panels) == 1 else 3)
        places += [panel.at(tick) for tick in ticks]
        texts += [number(tick, language) for tick in ticks]
        for tick in ticks:
            ax.axvline(panel.at(tick), color="#bdbdbd" if tick == 0 else "#e3e3e3", linewidth=0.8, zorder=0)
    canvas.tick_labels(ax, "x", places, texts, language, fontsize=10.5)


def _ticks(top: float, most: int) -> list[float]:
    """About `most` round numbers at most, from 0 up to `top`."""
    from matplotlib.ticker import MaxNLocator

    steps = MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]).tick_values(0.0, top)
    return [float(tick) for tick in steps if 0 <= tick <= top]


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
