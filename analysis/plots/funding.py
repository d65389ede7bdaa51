"""Sums of money: one mark per distinct figure, with its bounds, on a logarithmic scale.

In goes the ledger (one row per distinct figure), out comes an axes: a row for each figure, the largest on top, with the sum in
words, who said it and what is done with it. The outlet shows in the mark's colour and shape; a figure of several outlets has all
their marks under it.
"""

from __future__ import annotations

import math
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.plots import arabic, canvas
from analysis.wording import counted, currency, isolate, join, missing, number, say, short_number, sum_in_words, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_COLUMNS = ("unit", "value", "low", "high", "modifier", "period", "action", "outlets", "conflict")
_MOST = 30  # rows that fit one printed page
_OPEN = {"more_than": 1, "at_least": 1, "less_than": -1, "at_most": -1}
_LOG_OPEN, _LOG_OPEN_NARROW = 0.3, 0.5  # how far, in powers of ten, an open bound is drawn
# How marks are drawn, in the figure and in its key.
_MARK: dict[str, Any] = {"markersize": 11, "markeredgewidth": 2.0}
_RANGE: tuple[dict[str, Any], ...] = (
    {"linewidth": 6, "alpha": 0.35, "zorder": 2},
    {"marker": "|", "markersize": 15, "markeredgewidth": 2.2, "linewidth": 1.8, "zorder": 3},
)
_ARROW: dict[str, Any] = {"arrowstyle": "-|>,head_length=0.5,head_width=0.25", "linewidth": 2.2, "shrinkA": 0, "shrinkB": 0}
_AT_ODDS: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 15, "color": canvas.RED}
_STEPS, _DENSE = 24, 0.65  # of a band that fades
_ABOUT = "≈"  # the bounds have their arrows: a sign of order would be mirrored in Arabic, against the words beside it


@canvas.styled
def plot_funding(ledger: pd.DataFrame, *, ax: Axes | None = None, language: str = "ar", width: str = "wide") -> Axes:
    """The figures of `ledger` as marks with their bounds on a logarithmic scale.

    A filled mark is an exact figure, a hollow one with ≈ an approximate one; an open-ended bar is a lower or upper bound, a bar
    with caps a range, a fading band a vague plural. ≠ marks a figure at odds with another. Beyond thirty figures those most often
    reported are shown; what things cost (`price`) is left out; the notes say so. Currencies stand in groups, never on one footing.
    In a narrow figure the words stand over each mark. Raises `InputError` for a missing column, language or width.
    """
    canvas.check_columns(ledger, "ledger", _COLUMNS)
    narrow = canvas.narrow(width, ax)
    title = say("funding.title", language)
    ledger, prices = _without_prices(ledger)
    shown, left_out = _chosen(ledger)
    if not len(shown):
        return canvas.empty(canvas.fresh(ax, 8, 3, narrow=narrow), title, language)
    _gather_small_outlets(shown, language)
    units = list(dict.fromkeys(shown["unit_key"]))
    sums = [sum_in_words(row.to_dict(), language) for _, row in shown.iterrows()]
    sums = ["\n".join(canvas.broken(words, 44)) for words in sums] if narrow else sums
    layout = _layout(sums) if narrow else _WIDE
    places, again = _places(shown, units, layout)
    given, ax = ax, canvas.fresh(ax, 10.5, 6, narrow=narrow)
    look = canvas.looks(name for names in shown["names"] for name in names)
    low, high = _limits(shown)
    ax.set_xscale("log")
    ax.set_xlim(low, high)
    top = layout.top if len(units) == 1 else layout.top - layout.group / 2
    if narrow:
        again = [top - layout.again / 2, *again]
        top -= layout.again
    ax.set_ylim(max(places) + layout.bottom, top)
    arabic.read_from(ax, language)
    for place, (_, row) in zip(places, shown.iterrows(), strict=True):
        _draw_row(ax, place, row, look, (low, high), language, narrow=narrow)
    _group_heads(ax, shown, places, units, language, layout)
    details = [_details(row, language, width=26 if narrow else 48) for _, row in shown.iterrows()]
    canvas.row_labels(ax, places, sums, details, language, above=25)
    _axis(ax, low, high, units, language, most=6 if narrow else 8, again=again, rows=places if narrow else ())
    above = canvas.head(ax, title, language, subtitle=say("funding.subtitle", language))
    below = canvas.key(ax, _legend(shown, look, language), language, below=66)
    below = canvas.foot(ax, _notes(shown, ledger, left_out, prices, language), language, below=below)
    canvas.fit(ax, given, layout.inches * (max(places) + (layout.bottom - top if narrow else 1.3)), below, above=above)
    return ax


class _Layout(NamedTuple):
    """Where rows stand: how high one is, and, in rows, what is over the first and under the last, before another currency, from a
    row to its group's heading, and the room for the axis once more, after so many rows (never where 0).
    """

    inches: float
    top: float
    bottom: float
    group: float
    heading: float
    again: float = 0.0
    every: int = 0


_WIDE = _Layout(inches=0.62, top=-0.7, bottom=0.6, group=0.8, heading=0.75)


def _layout(sums: Sequence[str]) -> _Layout:
    """A narrow figure's layout, its rows high enough for the words over the marks."""
    over = 0.78 + 0.25 * max(words.count("\n") for words in sums)  # inches of words over a mark
    inches = over + 0.54  # so that a row's marks are nearer to its own words than to the next row's
    sizes = {"top": -over - 0.04, "bottom": 0.4, "group": 0.5, "heading": over + 0.2, "again": 0.33}
    return _Layout(inches, **{name: size / inches for name, size in sizes.items()}, every=8)


def outlets_of(value: Any) -> list[str]:
    """The outlets of a ledger row: a list, an array, or one string with the outlets separated by `;` or `|`."""
    if isinstance(value, str):
        return sorted({part.strip() for part in value.replace("|", ";").split(";") if part.strip()})
    return [] if missing(value) or isinstance(value, int | float) else sorted({str(each) for each in value if not missing(each)})


def in_conflict(value: Any) -> bool:
    """Whether a ledger row is flagged: true, or the number or name of the conflict it is part of."""
    return not missing(value) and value is not False and not (isinstance(value, str) and not value) and str(value) != "False"


def _without_prices(ledger: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The ledger without what things cost, and how many rows that is; a ledger of prices alone is left as it is."""
    if "price" not in ledger:
        return ledger, 0
    prices = ledger["price"].astype("boolean").fillna(False).astype(bool)
    return (ledger, 0) if prices.all() else (ledger[~prices], int(prices.sum()))


def _chosen(ledger: pd.DataFrame, most: int = _MOST) -> tuple[pd.DataFrame, int]:
    """The rows shown, grouped by currency and falling in size, and how many have no number at all."""
    import numpy as np
    import pandas as pd

    table = ledger.copy()
    bounds = table[["value", "low", "high"]].astype("Float64")
    table["at"] = bounds["value"].fillna((bounds["low"] * bounds["high"]) ** 0.5).fillna(bounds["low"]).fillna(bounds["high"])
    table = table[(table["at"] > 0).fillna(False).astype(bool)]
    left_out = len(ledger) - len(table)
    table["names"] = [outlets_of(value) for value in table["outlets"]]
    table["unit_key"] = table["unit"].astype("object").where(table["unit"].notna(), "")
    reported = table["names"].map(len).astype(int)
    mentions = pd.to_numeric(table["mentions"]) if "mentions" in table else pd.Series(1, index=table.index)
    order = np.lexsort((np.arange(len(table)), -table["at"].astype(float), -mentions.astype(float), -reported))
    table = table.iloc[order[:most]]
    sizes = table["unit_key"].value_counts()
    table["group"] = [(-int(sizes[unit]), unit) for unit in table["unit_key"]]
    ranked = sorted(range(len(table)), key=lambda i: (table["group"].iloc[i], -float(table["at"].iloc[i]), i))
    return table.iloc[ranked], left_out


def _gather_small_outlets(shown: pd.DataFrame, language: str) -> None:
    """Beyond fifteen outlets, those with the fewest figures share one look."""
    import pandas as pd

    every = pd.Series([name for names in shown["names"] for name in names], dtype=object)
    seen = dict(zip(every, canvas.outlet_names(every, language), strict=True))
    shown["names"] = [list(dict.fromkeys(seen[name] for name in names)) for names in shown["names"]]


def _places(shown: pd.DataFrame, units: Sequence[str], layout: _Layout) -> tuple[list[float], list[float]]:
    """The height of each row, and those of the axis among them; each currency after the first leaves room for its heading."""
    group = {unit: i for i, unit in enumerate(units)}
    places: list[float] = []
    again: list[float] = []
    for i, unit in enumerate(shown["unit_key"]):
        if layout.every and i and i % layout.every == 0:
            again.append(places[-1] + layout.bottom)
        places.append(i + layout.group * group[unit] + layout.again * len(again))
    return places, again


def _limits(shown: pd.DataFrame) -> tuple[float, float]:
    import pandas as pd

    bounds = pd.concat([shown[name].astype("Float64") for name in ("value", "low", "high")]).dropna()
    bounds = bounds[bounds > 0]
    top = float(bounds.max()) * (10 if (shown["modifier"].astype(str) == "vague").any() else 1)
    low, high = math.log10(float(bounds.min())) - 0.55, math.log10(top) + 0.55
    room = max(0.0, 2.0 - (high - low)) / 2
    return 10 ** (low - room), 10 ** (high + room)


def _draw_row(
    ax: Axes, place: float, row: Any, look: dict[str, canvas.Look], limits: tuple[float, float], language: str, *, narrow: bool
) -> None:
    names, modifier = row["names"], str(row["modifier"])
    only = look[names[0]] if len(names) == 1 else canvas.Look(canvas.INK, "o")
    at = float(row["at"])
    away = 18 if arabic.side(language)[0] == "right" else -18  # points, to where the axis begins
    ax.axhline(place, color="#ececec", linewidth=0.8, zorder=0)
    value, low, high = (None if missing(row[name]) else float(row[name]) for name in ("value", "low", "high"))
    if value is None and low is not None and high is not None:
        for line in _RANGE:
            ax.plot([low, high], [place, place], color=only.colour, **line)
    elif value is None and low is not None:
        _band(ax, place, low, min(low * 10, limits[1]), only.colour, half=0.14 if narrow else 0.2)
    else:
        if modifier in _OPEN:
            end = at * 10 ** (_OPEN[modifier] * (_LOG_OPEN_NARROW if narrow else _LOG_OPEN))
            ax.annotate("", (end, place), (at, place), arrowprops={"color": only.colour, **_ARROW}, annotation_clip=False)
        face = only.colour if modifier == "exact" else "white"
        ax.plot(
            [at], [place], linestyle="none", marker=only.shape, markerfacecolor=face, markeredgecolor=only.colour, **_MARK, zorder=4
        )
    if modifier == "approx":
        beside = (-away, 0) if narrow else (0, 16)  # over it stand the words
        canvas.write(ax, (at, place), _ABOUT, language, xytext=beside, ha="center", va="center", fontsize=12, color=only.colour)
    if in_conflict(row["conflict"]):
        canvas.write(ax, (at, place), "≠", language, xytext=(away, 0), **_AT_ODDS)
    if len(names) > 1:
        part = math.log(at / limits[0]) / math.log(limits[1] / limits[0])
        inward = _inward(part, len(names)) if narrow else 0.0
        _marks_below(ax, (at, place), names, look, inward=-inward if arabic.side(language)[0] == "right" else inward)


def _inward(part: float, marks: int) -> float:
    """How many points so many marks must move along the axis to stay within a narrow figure; `part` is where their middle is."""
    half, room = 9 * marks / 2, canvas.ROOM * 72
    return max(half - part * room, 0.0) - max(half - (1 - part) * room, 0.0)


def _band(ax: Axes, place: float, low: float, high: float, colour: str, *, half: float) -> None:
    """A band, twice `half` high, that starts at `low` and fades: at least so much, nobody says how much."""
    import numpy as np

    edges = np.geomspace(low, high, _STEPS + 1)
    for step, (left, right) in enumerate(pairwise(edges)):
        look: dict[str, Any] = {"alpha": _DENSE * (1 - step / _STEPS), "linewidth": 0, "zorder": 2}
        ax.fill_between([left, right], place - half, place + half, color=colour, **look)
    ax.plot([low, low], [place - 1.2 * half, place + 1.2 * half], color=colour, linewidth=2.4, zorder=3)


def _marks_below(ax: Axes, at: tuple[float, float], names: Sequence[str], look: dict[str, canvas.Look], *, inward: float) -> None:
    """The marks of all the outlets that report the figure, side by side under its own."""
    from matplotlib.transforms import ScaledTranslation

    for i, name in enumerate(names):
        right = (i - (len(names) - 1) / 2) * 9 + inward
        move = ScaledTranslation(right / 72, -13 / 72, ax.figure.dpi_scale_trans)
        ax.plot(
            [at[0]], [at[1]], linestyle="none", marker=look[name].shape, markersize=6, color=look[name].colour,
            transform=ax.transData + move, zorder=4, clip_on=False,
        )  # fmt: skip


def _details(row: Any, language: str, *, width: int) -> str:
    """Who said it and what is done with it."""
    action = "" if missing(row["action"]) else word("done", row["action"], language)
    if "speaker" not in row.index or missing(row["speaker"]):
        return action
    speaker = canvas.name_label(row["speaker"], width)
    if not action:
        return say("funding.said_by", language, speaker=speaker)
    return say("funding.said_done", language, speaker=speaker, action=action)


def _group_heads(
    ax: Axes, shown: pd.DataFrame, places: Sequence[float], units: Sequence[str], language: str, layout: _Layout
) -> None:
    if len(units) == 1:
        return
    begin, _ = arabic.side(language)
    for unit in units:
        first = places[list(shown["unit_key"]).index(unit)]
        name = currency(unit, language, form="all") if unit else say("funding.no_unit", language)
        look = {"ha": begin, "va": "center", "fontsize": 12.5, "color": canvas.GREY, "fontweight": "bold"}
        canvas.write(
            ax,
            (1.0 if begin == "right" else 0.0, first - layout.heading),
            name,
            language,
            xycoords=("axes fraction", "data"),
            **look,
        )


def _axis(
    ax: Axes,
    low: float,
    high: float,
    units: Sequence[str],
    language: str,
    *,
    most: int,
    again: Sequence[float],
    rows: Sequence[float],
) -> None:
    """The scale, with about `most` numbers at most, once more at the heights `again`; its lines along a narrow figure's `rows`."""
    powers = range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)
    step = max(1, -(-len(powers) // most))
    ticks = [10.0**power for power in powers[::step]]
    if len(ticks) < 3:
        ticks = [m * 10.0**p for p in range(powers.start - 1, powers.stop) for m in (1, 2, 5) if low <= m * 10.0**p <= high]
    texts = [short_number(tick, language) for tick in ticks]
    canvas.tick_labels(ax, "x", ticks, texts, language)
    canvas.repeated(ax, again, ticks, texts, language)
    if rows:
        canvas.short_lines(ax, ticks, rows, 0.15, 0.2)
    for tick in () if rows else ticks:
        ax.axvline(tick, color="#e3e3e3", linewidth=0.8, zorder=0)
    known = units[0] if len(units) == 1 else ""
    unit = currency(known, language, form="one" if arabic.side(language)[0] == "right" else "all")
    words = say("funding.axis_unit", language, unit=unit) if known else say("funding.axis", language)
    ax.set_xlabel(arabic.shape(words, language))


def _legend(shown: pd.DataFrame, look: dict[str, canvas.Look], language: str) -> list[tuple[Any, str]]:
    from matplotlib.lines import Line2D

    def mark(shape: str, colour: str, face: str | None = None) -> Line2D:
        return Line2D([], [], linestyle="none", marker=shape, color=colour, markerfacecolor=face or colour, **_MARK)

    to_larger = arabic.side(language)[0] == "left"  # whether the axis runs to the right
    entries: list[tuple[Any, str]] = [(mark(each.shape, each.colour), canvas.name_label(name, 26)) for name, each in look.items()]
    if shown["names"].map(len).gt(1).any():
        entries.append((mark("o", canvas.INK), say("funding.several", language)))
    found = set(shown["modifier"].astype(str))
    kinds: tuple[tuple[str, set[str], Any], ...] = (
        ("approx", {"approx"}, mark("o", canvas.GREY, "white")),
        ("at_least", {"more_than", "at_least"}, canvas.Sketch(partial(_open_bound, rightward=to_larger))),
        ("at_most", {"less_than", "at_most"}, canvas.Sketch(partial(_open_bound, rightward=not to_larger))),
        ("range", {"range"}, canvas.Sketch(_range)),
        ("vague", {"vague"}, canvas.Sketch(partial(_fading, rightward=to_larger))),
    )
    entries += [(handle, say(f"legend_modifier.{name}", language)) for name, members, handle in kinds if members & found]
    if shown["conflict"].map(in_conflict).any():
        entries.append((canvas.Sketch(_at_odds), say("funding.conflict", language)))
    return entries


def _open_bound(width: float, height: float, *, rightward: bool) -> list[Any]:
    """A hollow mark with an arrow, as a lower or an upper bound has it."""
    from matplotlib import rcParams
    from matplotlib.lines import Line2D
    from matplotlib.patches import FancyArrowPatch

    at, end = (0.2 * width, width) if rightward else (0.8 * width, 0.0)
    ends = (at, height / 2), (end, height / 2)
    look = {"linestyle": "none", "marker": "o", "color": canvas.GREY, "markerfacecolor": "white", **_MARK}
    return [
        FancyArrowPatch(*ends, mutation_scale=rcParams["font.size"], color=canvas.GREY, **_ARROW),
        Line2D([at], [height / 2], **look),
    ]


def _range(width: float, height: float) -> list[Any]:
    """A bar between two marks."""
    from matplotlib.lines import Line2D

    ends = [0.2 * width, 0.8 * width], [height / 2, height / 2]
    return [Line2D(*ends, color=canvas.GREY, **line) for line in _RANGE]


def _fading(width: float, height: float, *, rightward: bool) -> list[Any]:
    """A band that starts at a line and fades."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle

    step = width / _STEPS
    begin = 0.0 if rightward else width
    bands = [
        Rectangle(
            (at * step if rightward else width - (at + 1) * step, 0.0), step, height,
            facecolor=canvas.GREY, alpha=_DENSE * (1 - at / _STEPS), linewidth=0,
        )
        for at in range(_STEPS)
    ]  # fmt: skip
    return [*bands, Line2D([begin, begin], [-0.1 * height, 1.1 * height], color=canvas.GREY, linewidth=2.4)]


def _at_odds(width: float, height: float) -> list[Any]:
    from matplotlib.text import Text

    return [Text(width / 2, height / 2, "≠", **_AT_ODDS)]


def _notes(shown: pd.DataFrame, ledger: pd.DataFrame, left_out: int, prices: int, language: str) -> list[str]:
    notes = []
    if len(shown) < len(ledger) - left_out:
        notes.append(
            say("general.shown_of", language, shown=number(len(shown), language), all=number(len(ledger) - left_out, language))
        )
    if left_out:
        notes.append(say("funding.without_value", language, claims=counted("figure", left_out, language)))
    if prices:
        notes.append(say("funding.without_prices", language, claims=counted("figure", prices, language)))
    return notes


def describe_funding(ledger: pd.DataFrame, *, language: str = "ar", most: int = 12) -> str:
    """The figure in words, its alternative text: the `most` figures most often reported, with who said them and where."""
    canvas.check_columns(ledger, "ledger", _COLUMNS)
    ledger, prices = _without_prices(ledger)
    shown, _ = _chosen(ledger, most)
    if not len(shown):
        return f"{say('funding.title', language)}: {say('general.no_rows', language)}."
    parts = []
    for _, row in shown.iterrows():
        details = list(filter(None, [_details(row, language, width=200)]))
        details += [isolate(name) for name in row["names"]]
        details += [say("funding.alt_conflict", language)] if in_conflict(row["conflict"]) else []
        words = sum_in_words(row.to_dict(), language)
        parts.append(say("funding.alt_part", language, sum=words, details=join(details, language)) if details else words)
    if len(shown) < len(ledger):
        parts.append(say("funding.alt_more", language, claims=counted("figure", len(ledger) - len(shown), language)))
    if prices:
        parts.append(say("funding.without_prices", language, claims=counted("figure", prices, language)))
    text = join(parts, language, comma="list_semicolon")
    return say("funding.alt", language, claims=counted("figure", len(ledger), language), parts=text)
