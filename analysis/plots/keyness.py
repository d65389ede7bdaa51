"""The words that mark out a group of articles: a two-sided chart of distinctiveness.

In goes `keyness(articles, by=...)` (term × group), out comes an axes: the words said more than expected to one side, those said
less to the other.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from analysis.plots import arabic, canvas
from analysis.wording import compact, isolate, join, number, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_COLUMNS = ("term", "group", "n", "n_rest", "log_odds", "z")
_NOISE = 1.96  # |z| below which a word differs by no more than chance would have it, once in twenty words


@canvas.styled
def plot_keyness(
    keyness: pd.DataFrame,
    *,
    ax: Axes | None = None,
    language: str = "ar",
    group: str | None = None,
    top: int = 15,
    width: str = "wide",
) -> Axes:
    """The `top` words most and least typical of `group`, as bars of z, each with its counts in the group and in the rest.

    `group` is the one with the most words where none is named. Where the table has two groups, both are named. Between the two
    dashed lines (|z| < 1.96) a word may differ by chance. Raises `InputError` for a missing column, language, width or an unknown
    group.
    """
    narrow = canvas.narrow(width, ax)
    table, group, other = _chosen(keyness, group, top, language)
    titled = {"group": isolate(group), "other": isolate(other or "")}
    title = say("keyness.title_two" if other else "keyness.title", language, **titled)
    if table.empty:
        return canvas.empty(canvas.fresh(ax, 8, 3, narrow=narrow), say("keyness.title", language, group=isolate(group)), language)
    given, ax = ax, canvas.fresh(ax, 9.5, 5, narrow=narrow)
    places = _places(table)
    reach = max(float(table["z"].abs().max()), _NOISE * 1.2)
    counts = [_counts(row, language, narrow=narrow) for row in canvas.records(table)]
    side = reach * (_beside(counts) if narrow else 1.42)
    ax.set_xlim(-side, side)
    ax.set_ylim(max(places) + 0.7, -0.8)
    colours = _colours(keyness, group, other)
    for place, row, count in zip(places, canvas.records(table), counts, strict=True):
        ax.barh(place, row.z, height=0.72, **_bar(colours[int(row.z <= 0)], more=bool(row.z > 0), chance=bool(abs(row.z) < _NOISE)))
        _words(ax, place, row, count, language, longest=20 if narrow else 28)
    ax.axvline(0, color=canvas.INK, linewidth=0.9)
    for edge in (-_NOISE, _NOISE):  # only along the bars of its side: the words of the other side stand there
        along = [place for place, z in zip(places, table["z"], strict=True) if (z > 0) == (edge > 0)]
        if along:
            ax.plot(
                [edge, edge], [along[0] - 0.5, along[-1] + 0.5], color=canvas.INK, linewidth=0.9, linestyle=(0, (4, 3)), zorder=3
            )
    ax.yaxis.set_ticks([])
    _axis(ax, min(reach * 1.3, side), reach, language, most=4 if narrow else 6)
    above = canvas.head(ax, title, language, subtitle=say("keyness.axis", language))
    arabic.read_from(ax, language)
    faded = bool((table["z"].abs() < _NOISE).any())
    below = canvas.key(ax, _legend(group, other, colours, language, faded=faded), language, below=38)
    below = canvas.foot(ax, [say("keyness.noise", language)], language, below=below)
    canvas.fit(ax, given, 0.36 * (max(places) + 1.6), below, above=above)
    return ax


def _chosen(keyness: pd.DataFrame, group: str | None, top: int, language: str) -> tuple[pd.DataFrame, str, str | None]:
    """The words shown, from the most to the least typical; the group's name, and the other's where there are just two."""
    canvas.check_columns(keyness, "keyness", _COLUMNS)
    groups = list(dict.fromkeys(keyness["group"].dropna().astype(str)))
    if group is None:
        sizes = keyness.groupby(keyness["group"].astype(str))["n"].sum()
        group = min(groups, key=lambda name: (-sizes[name], name)) if groups else say("general.none", language)
    elif groups:
        canvas.check_choice("group", group, groups)
    table = keyness[(keyness["group"].astype(str) == group) & keyness["z"].notna()]
    table = table.sort_values(["z", "term"], ascending=[False, True], kind="stable")
    more, less = table[table["z"] > 0].head(top), table[table["z"] < 0].tail(top)
    import pandas as pd

    other = next((name for name in groups if name != group), None) if len(groups) == 2 else None
    return pd.concat([more, less]), group, other


def _colours(keyness: pd.DataFrame, group: str, other: str | None) -> tuple[str, str]:
    """The group's colour, as in every figure, and that of the other side: the other group's, grey where it is all the others."""
    looks = canvas.looks({*keyness["group"].dropna().astype(str), group})
    return looks[group].colour, looks[other].colour if other else canvas.GREY


def _bar(colour: str, *, more: bool, chance: bool) -> dict[str, Any]:
    """How a bar is drawn: striped where the group has less of the word, pale where that may be chance."""
    face = canvas.faded(colour) if chance else colour
    return {"facecolor": face, "edgecolor": face if more else "white", "hatch": None if more else "////", "linewidth": 0}


def _places(table: pd.DataFrame) -> list[float]:
    """A row for each word, with a gap between the two sides."""
    more = int((table["z"] > 0).sum())
    return [i + (0.6 if i >= more else 0.0) for i in range(len(table))]


def _counts(row: Any, language: str, *, narrow: bool) -> str:
    """How often the word is in the group and in the rest."""
    write = compact if narrow else number
    return say("keyness.counts", language, n=write(int(row.n), language), rest=write(int(row.n_rest), language))


def _beside(counts: Sequence[str]) -> float:
    """How many times as far as the longest bar a narrow figure's side reaches, so that the counts have room at the bar's end."""
    half = canvas.ROOM / 2
    return half / max(half - 0.2 - 0.072 * max(map(len, counts)), 0.3)


def _words(ax: Axes, place: float, row: Any, counts: str, language: str, *, longest: int) -> None:
    """The word on the empty side of its bar, its counts at the bar's end."""
    z = float(row.z)
    rtl = arabic.side(language)[0] == "right"
    before, after = ("right", "left") if not rtl else ("left", "right")
    more = z > 0
    away = 6 if (more == rtl) else -6
    term = canvas.name_label(row.term, longest)
    canvas.write(ax, (0, place), term, language, xytext=(away, 0), ha=before if more else after, va="center", fontsize=13)
    halo = {"facecolor": "white", "edgecolor": "none", "pad": 1.0, "alpha": 0.9}
    look = {"ha": after if more else before, "va": "center", "fontsize": 10.5, "color": canvas.GREY, "bbox": halo, "zorder": 4}
    end = math.copysign(max(abs(z), _NOISE), z)  # beyond the line between chance and more
    canvas.write(ax, (end, place), counts, language, xytext=(-away, 0), **look)


def _axis(ax: Axes, end: float, reach: float, language: str, *, most: int) -> None:
    from matplotlib.ticker import MaxNLocator

    ticks = [float(tick) for tick in MaxNLocator(most, steps=[1, 2, 5, 10]).tick_values(-reach, reach) if abs(tick) <= end]
    canvas.tick_labels(ax, "x", ticks, [number(tick, language) for tick in ticks], language)


def _legend(group: str, other: str | None, colours: tuple[str, str], language: str, *, faded: bool) -> list[tuple[Any, str]]:
    from matplotlib.patches import Patch

    sides = {"group": isolate(group), "other": isolate(other or "")}
    less = say("keyness.more", language, group=sides["other"]) if other else say("keyness.less", language, group=sides["group"])
    entries = [
        (Patch(**_bar(colours[0], more=True, chance=False)), say("keyness.more", language, group=sides["group"])),
        (Patch(**_bar(colours[1], more=False, chance=False)), less),
    ]
    if faded:
        entries.append((Patch(**_bar(canvas.GREY, more=True, chance=True)), say("keyness.faded", language)))
    return entries


def describe_keyness(keyness: pd.DataFrame, *, language: str = "ar", group: str | None = None, top: int = 8) -> str:
    """The figure in words, its alternative text: the `top` words of either side with their z and counts."""
    table, chosen, _ = _chosen(keyness, group, top, language)
    group = isolate(chosen)
    if table.empty:
        return f"{say('keyness.title', language, group=group)}: {say('general.no_rows', language)}."
    sides = []
    for side in (table[table["z"] > 0], table[table["z"] < 0][::-1]):
        parts = [
            say(
                "keyness.alt_part", language, term=isolate(row.term), z=number(float(row.z), language, digits=1),
                counts=say("keyness.counts", language, n=number(int(row.n), language), rest=number(int(row.n_rest), language)),
            )
            for row in canvas.records(side)
        ]  # fmt: skip
        sides.append(join(parts, language, comma="list_semicolon") or say("general.none", language))
    return say("keyness.alt", language, group=group, more=sides[0], less=sides[1])
