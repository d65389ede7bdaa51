"""What each outlet calls each actor: the share of every name, with its interval and the stance it takes.

In goes `naming(tables)` (actor × label × outlet × voice), out comes an axes: names down, outlets across, in each square the share
as a percentage, the number of mentions, and the 95 % interval as a line from 0 to 100 %. The square's colour is the stance, its
depth the share. An outlet that names the actor less than `ENOUGH` times has counts alone, in pale squares. Outlets stand by the
alphabet, actors and names by frequency.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis import lexicon
from analysis.compare.columns import ENOUGH, in_all
from analysis.plots import arabic, canvas
from analysis.schema import STANCES, VOICES
from analysis.text import fold_key
from analysis.wording import actor_name, compact, counted, interval, isolate, join, missing, number, say, share, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

_COLUMNS = ("actor", "label", "outlet", "voice", "n", "share", "low", "high")
_MOST_NAMES, _MOST_LEFT_OUT = 24, 6  # names shown, actors without any of them that are named below
_LONGEST = 70  # characters of a name
_PALEST = 0.08  # a square's depth where the share is least
_INCHES = 0.62  # of a row, for all heights of the axes
# In a narrow figure, whose squares are 0.92 high: a line of words over them, the room under it, a line with an actor's name.
_LINE, _GAP, _HEADING = 0.44, 0.1, 0.55
_HEADS_EVERY = 8  # names of one actor after which a narrow figure names the outlets again
# The stances from one side to the other; hostile and favourable are told apart by every kind of colour vision.
_HUES = {"hostile": "#c4460a", "acronym": "#6d6a75", "neutral": "#6d6a75", "formal": "#3f6f86", "favourable": "#1668b8"}


@canvas.styled
def plot_naming(
    naming: pd.DataFrame,
    *,
    ax: Axes | None = None,
    language: str = "ar",
    voice: str | None = None,
    actors: Sequence[str] | None = None,
    width: str = "wide",
) -> Axes:
    """The share of each name among an outlet's mentions of the actor, with its 95 % interval.

    `voice` is one of narrator, paraphrase, quotation; by default narrator (the outlet's own words) where the table has it.
    `actors` keeps those actors only. A stance column is used where there is one, else the actor lexicon tells; names are shown as
    the column `written` has them. The twenty-four most frequent names and fifteen outlets are shown, and the note says so. A
    narrow figure has a few outlets beside each other, the others below, each name over its squares. Raises `InputError` for a
    missing column, language, voice or width.
    """
    narrow = canvas.narrow(width, ax)
    table, voice_words = _chosen(naming, voice, actors, language)
    title = say("naming.title", language)
    if table.empty:
        return canvas.empty(canvas.fresh(ax, 8, 3, narrow=narrow), title, language)
    rows, outlets, every = _shown(table)
    subtitle = say("naming.subtitle", language, voice=voice_words)
    notes = _notes(table, rows, outlets, every, language)
    if narrow:
        return _narrow(table, rows, outlets, (title, subtitle, notes), language)
    places = _places(rows)
    digits = _digits(table)
    wide = (0.92 if table["n"].max() < 1000 else 1.15) + 0.16 * digits  # room for the share and the count beside it
    written = {(row.actor, row.label): str(row.written) for row in canvas.records(table)}
    names = [canvas.name_label(written[actor, label], _LONGEST) for actor, label, _ in rows]
    beside = max(3.2, 0.6 + 0.085 * max(map(len, names)))  # inches for the longest name
    given, ax = ax, canvas.fresh(ax, max(7.0, beside + wide * len(outlets)), 5)
    ax.set_xlim(-0.5, len(outlets) - 0.5)
    ax.set_ylim(places[-1] + 0.55, -1.25)
    cells = {(row.actor, row.label, row.outlet): row for row in canvas.records(table)}
    for place, (actor, label, stance) in zip(places, rows, strict=True):
        for column, outlet in enumerate(outlets):
            _square(ax, column, place, cells.get((actor, label, outlet)), stance, language, digits)
    _names_and_actors(ax, rows, places, names, language)
    heads = [canvas.broken_label(outlet, 13, lines=3) for outlet in outlets]
    ax.xaxis.tick_top()
    canvas.tick_labels(ax, "x", range(len(outlets)), heads, language, fontsize=11.5, linespacing=0.85)
    ax.tick_params(length=0)
    ax.spines["bottom"].set_visible(False)
    lines = max(head.count("\n") + 1 for head in heads)
    canvas.head(ax, title, language, subtitle=subtitle, above=8 + 18 * lines)
    arabic.read_from(ax, language)
    below = canvas.key(ax, _legend(rows, language), language, below=14)
    below = canvas.foot(ax, [note for note in notes if note], language, below=below)
    canvas.fit(ax, given, _INCHES * (places[-1] + 1.8) + 0.26 * lines, below)
    return ax


def _narrow(
    table: pd.DataFrame,
    rows: Sequence[tuple[str, str, str]],
    outlets: Sequence[str],
    words: tuple[str, str, Sequence[str]],
    language: str,
) -> Axes:
    """The same with as many outlets beside each other as there is room for, the others below with the names that they use; `words`
    are the title, the line under it and the notes.
    """
    title, subtitle, notes = words
    cells = {(row.actor, row.label, row.outlet): row for row in canvas.records(table)}
    written = {(row.actor, row.label): str(row.written) for row in canvas.records(table)}
    digits = _digits(table)
    columns = -(-len(outlets) // -(-len(outlets) // _abreast(table, digits, language)))
    ax = canvas.fresh(None, 0, 5, narrow=True)
    ax.set_xlim(-0.5, columns - 0.5)
    arabic.read_from(ax, language)
    ax.set_axis_off()
    at = 0.0
    for first in range(0, len(outlets), columns):
        panel = outlets[first : first + columns]
        used = [row for row in rows if any((*row[:2], outlet) in cells for outlet in panel)]
        since = 0  # rows since the outlets were named
        for i, (actor, label, stance) in enumerate(used):
            new = not i or used[i - 1][0] != actor
            if new:
                at = _actor(ax, at + (0.4 if at else 0.15), actor, language)
            if new or since >= _HEADS_EVERY:
                at, since = _outlets(ax, at, panel, columns, language), 0
            lines = _named(written[actor, label], stance, language)
            at += _LINE * (lines.count("\n") + 1) + _GAP
            canvas.row_labels(ax, [at + 0.46], [lines], [""], language, above=30 + _GAP * _INCHES * 72)
            for column, outlet in enumerate(panel):
                _square(ax, column, at + 0.46, cells.get((actor, label, outlet)), stance, language, digits, small=10)
            at, since = at + 1.12, since + 1
        at += 0.3
    ax.set_ylim(at - 0.3, -0.05)
    above = canvas.head(ax, title, language, subtitle=subtitle)
    below = canvas.key(ax, _legend(rows, language), language, below=14)
    below = canvas.foot(ax, notes, language, below=below)
    canvas.fit(ax, None, _INCHES * at, below, above=above)
    return ax


def _named(name: str, stance: str, language: str) -> str:
    """A name with its stance in brackets behind it, in as many lines as it needs."""
    lines = canvas.broken_label(name, 40)
    if not stance:
        return lines
    behind = f"({word('stance', stance, language)})"
    return lines + ("\n" if len(lines.split("\n")[-1]) + len(behind) > 44 else " ") + behind


def _abreast(table: pd.DataFrame, digits: int, language: str) -> int:
    """How many squares of a narrow figure stand beside each other: as many as have room for their numbers, five at most."""
    shares = max(len(share(float(value), language, digits=digits)) for value in table["share"])
    counts = max(len(compact(int(n), language)) for n in table["n"])
    return min(5, int(canvas.ROOM / (0.14 + 0.092 * shares + 0.072 * counts)))


def _actor(ax: Axes, at: float, actor: str, language: str) -> float:
    """An actor's heading in a narrow figure, `at` its top; where it ends."""
    begin, _ = arabic.side(language)
    look = {"ha": begin, "va": "center", "fontsize": 15, "fontweight": "bold", "color": canvas.INK}
    name = canvas.name_label(actor_name(actor, language), 36)
    place = (1.0 if begin == "right" else 0.0, at + _HEADING / 2)
    canvas.write(ax, place, name, language, xycoords=("axes fraction", "data"), **look)
    return at + _HEADING


def _outlets(ax: Axes, at: float, outlets: Sequence[str], columns: int, language: str) -> float:
    """The outlets' names over a narrow figure's columns, `at` their top; where they end."""
    heads = [canvas.broken_label(outlet, int(canvas.ROOM / columns / 0.078), lines=3) for outlet in outlets]
    high = 0.34 * max(head.count("\n") + 1 for head in heads)
    canvas.repeated(ax, [at + high / 2], range(len(heads)), heads, language, fontsize=11.5, color=canvas.INK)
    return at + high + 0.12


class _Known(NamedTuple):
    """What the actor lexicon knows of names, all in folded form but what is to be shown."""

    labels: dict[tuple[str, str], tuple[str, str]]  # (actor, label) -> the label as written, its stance
    words: dict[str, str]  # a word of any label -> as written
    heads: frozenset[str]  # words before a name that leave its stance
    hostile: frozenset[str]  # words before or after a name that make it hostile


@cache
def _lexicon() -> _Known:
    try:
        data: dict[str, Any] = lexicon.read("actors")
    except FileNotFoundError:
        data = {}
    labels: dict[tuple[str, str], tuple[str, str]] = {}
    for key, entry in data.get("actors", {}).items():
        for stance in STANCES:
            for forms in entry.get(stance, ()):
                label = forms if isinstance(forms, str) else forms[0]
                for form in [forms] if isinstance(forms, str) else forms:
                    labels.setdefault((key, fold_key(form)), (label, stance))
    names = data.get("names", {})
    heads, hostile_heads = names.get("heads", ()), names.get("hostile_heads", ())
    hostile = {form for forms in hostile_heads for form in ([forms] if isinstance(forms, str) else forms)}
    hostile |= set(names.get("hostile_epithets", ()))
    written = [part for label, _ in labels.values() for part in label.split()] + sorted({*heads, *hostile})
    words = {fold_key(part): part for part in reversed(written)}
    return _Known(labels, words, frozenset(map(fold_key, heads)), frozenset(map(fold_key, hostile)))


def _as_written(actor: str, label: str) -> str:
    """A folded label as it is written, for a table that does not say so: from the lexicon, else word by word."""
    known = _lexicon()
    found = known.labels.get((actor, fold_key(label)))
    return found[0] if found else " ".join(known.words.get(fold_key(part), part) for part in label.split())


def _stance(actor: str, label: str) -> str:
    """The stance of a label: the lexicon's, or that of the words it is built from; empty where they do not tell."""
    known = _lexicon()
    parts = fold_key(label).split()
    if known.hostile & set(parts):
        return "hostile"
    while parts and parts[0] in known.heads and (actor, " ".join(parts)) not in known.labels:
        parts = parts[1:]
    for end in range(len(parts), 0, -1):  # a name with what it stands against behind it has the stance of the name
        found = known.labels.get((actor, " ".join(parts[:end])))
        if found:
            return found[1]
    return ""


def _chosen(naming: pd.DataFrame, voice: str | None, actors: Sequence[str] | None, language: str) -> tuple[pd.DataFrame, str]:
    """The rows of one voice (and of some actors) that count anything, and what the voice is called."""
    canvas.check_columns(naming, "naming", _COLUMNS)
    canvas.check_choice("voice", voice, VOICES)
    voices = set(naming["voice"].dropna().astype(str))
    voice = voice or ("narrator" if "narrator" in voices else next(iter(sorted(voices)), None))
    table = naming[naming["voice"].astype(str) == voice] if voice else naming
    if actors is not None:
        table = table[table["actor"].isin(list(actors))]
    table = table[table["n"].gt(0)].copy()
    unnamed = say("general.unknown_outlet", language)
    table["outlet"] = [unnamed if missing(outlet) else str(outlet) for outlet in table["outlet"]]
    if "stance" not in table:
        table["stance"] = [_stance(actor, label) for actor, label in zip(table["actor"], table["label"], strict=True)]
    if "written" not in table:
        table["written"] = [_as_written(actor, label) for actor, label in zip(table["actor"], table["label"], strict=True)]
    table["stance"] = ["" if missing(stance) else str(stance) for stance in table["stance"]]
    return table, word("voice", voice, language) if voice else say("naming.all_voices", language)


def _shown(table: pd.DataFrame) -> tuple[list[tuple[str, str, str]], list[str], int]:
    """The names shown (actor, label, stance), actors and names by frequency; the outlets shown; how many names there are."""
    counts: Any = table.groupby(["actor", "label"])["n"].sum()  # by (actor, label)
    stance = {(row.actor, row.label): str(row.stance) for row in canvas.records(table)}
    by_actor = counts.groupby("actor").sum()
    kept = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_NAMES]
    ranked = sorted(kept, key=lambda item: (-by_actor[item[0][0]], item[0][0], -item[1], item[0][1]))
    heard = table.groupby("outlet")["n"].sum()
    outlets = [str(o) for o, _ in sorted(heard.items(), key=lambda item: (-item[1], item[0]))[: canvas.MOST_OUTLETS]]
    return [(a, x, stance[a, x]) for (a, x), _ in ranked], canvas.in_order(outlets), len(counts)


def _digits(table: pd.DataFrame) -> int:
    """How many decimals shares need: one where in whole numbers those of an outlet and actor would not add up to 100."""
    whole = table.assign(share=(table["share"].astype(float) * 100 + 0.5 + 1e-9) // 1).groupby(["actor", "outlet"])["share"].sum()
    every = table.groupby(["actor", "outlet"])["share"].sum().astype(float)  # less where the table lacks some names
    return int(((whole - every * 100).abs() >= 1 - 1e-9).any())


def _places(rows: Sequence[tuple[str, str, str]]) -> list[float]:
    """The heights of the rows, with room for a heading before each actor."""
    places, at = [], -1.0
    for i, (actor, _, _) in enumerate(rows):
        at += 1.0 if i and rows[i - 1][0] == actor else (1.75 if i else 1.0)
        places.append(at)
    return places


def _square(ax: Axes, column: int, place: float, row: Any, stance: str, language: str, digits: int, *, small: float = 9.5) -> None:
    from matplotlib.colors import to_rgb
    from matplotlib.patches import Rectangle

    box = (column - 0.47, place - 0.46)
    if row is None:
        ax.add_patch(Rectangle(box, 0.94, 0.92, facecolor="#fafafa", edgecolor="#eeeeee", linewidth=0.6))
        return
    value, low, high = float(row.share), float(row.low), float(row.high)
    few = _few(row)
    depth = _PALEST + (0.0 if few else 0.42 * value)
    hue = to_rgb(_HUES.get(stance, "#6d6a75"))
    shade = tuple(1 - (1 - part) * depth for part in hue)
    ax.add_patch(Rectangle(box, 0.94, 0.92, facecolor=shade, edgecolor="none"))
    begin, end = arabic.side(language)
    look = {"va": "center", "color": canvas.INK, "in_layout": False}
    if few:
        times = say("naming.times", language, n=number(int(row.n), language))
        canvas.write(ax, (column - 0.42, place - 0.14), times, language, fontsize=13, ha=begin, **look)
        return
    canvas.write(ax, (column - 0.42, place - 0.14), share(value, language, digits=digits), language, fontsize=13, ha=begin, **look)
    canvas.write(ax, (column + 0.42, place - 0.18), compact(int(row.n), language), language, fontsize=small, ha=end, **look)
    left, wide = column - 0.41, 0.82
    ax.plot([left, left + wide], [place + 0.3] * 2, color="white", linewidth=3.4, solid_capstyle="round", zorder=2)
    ax.plot([left + wide * low, left + wide * high], [place + 0.3] * 2, color=canvas.INK, linewidth=1.5, zorder=3)
    ax.plot([left + wide * value], [place + 0.3], marker="o", markersize=4.5, color=canvas.INK, zorder=4)


def _few(row: Any) -> bool:
    """Whether the outlet names the actor too seldom for shares of its names."""
    return 0 < in_all(row.n, row.share) < ENOUGH


def _names_and_actors(
    ax: Axes, rows: Sequence[tuple[str, str, str]], places: Sequence[float], names: Sequence[str], language: str
) -> None:
    begin, _ = arabic.side(language)
    stances = [word("stance", stance, language) if stance else "" for _, _, stance in rows]
    canvas.row_labels(ax, places, names, stances, language)
    for i, (actor, _, _) in enumerate(rows):
        if i and rows[i - 1][0] == actor:
            continue
        name = canvas.name_label(actor_name(actor, language), 60)
        at = (1.0 if begin == "right" else 0.0, places[i] - 0.78)
        look = {"ha": begin, "va": "center", "fontsize": 12.5, "fontweight": "bold", "color": canvas.GREY}
        canvas.write(ax, at, name, language, xycoords=("axes fraction", "data"), xytext=(-4 if begin == "right" else 4, 0), **look)


def _legend(rows: Sequence[tuple[str, str, str]], language: str) -> list[tuple[Any, str]]:
    from matplotlib.patches import Patch

    found = {stance for _, _, stance in rows}
    groups = (("hostile",), ("neutral", "acronym"), ("formal",), ("favourable",))
    entries = []
    for group in groups:
        names = [word("stance", stance, language) for stance in group if stance in found]
        if names:
            entries.append((Patch(facecolor=_HUES[group[0]], alpha=0.5), join(names, language)))
    return entries


def _notes(
    table: pd.DataFrame, rows: Sequence[tuple[str, str, str]], outlets: Sequence[str], every: int, language: str
) -> list[str]:
    """What the colours are, and a count alone where there is one, and what is not shown."""
    names, notes = {row[:2] for row in rows}, [say("naming.depth", language)]
    cells = (row for row in canvas.records(table) if (row.actor, row.label) in names and row.outlet in outlets)
    if any(_few(cell) for cell in cells):
        times = join([say("naming.times", language, n=number(n, language)) for n in range(1, ENOUGH)], language)
        notes.append(say("naming.few", language, times=times, least=number(ENOUGH, language)))
    shown = {actor for actor, _ in names}
    left_out = [actor for actor in dict.fromkeys(table["actor"]) if actor not in shown]
    return [*notes, _note(len(rows), every, left_out, language)]


def _note(shown: int, every: int, left_out: Sequence[str], language: str) -> str:
    """How many names are shown, and which actors have none of them."""
    if shown == every:
        return ""
    note = say("general.shown_of", language, shown=number(shown, language), all=number(every, language))
    if not left_out:
        return note
    names = [isolate(actor_name(actor, language)) for actor in left_out[:_MOST_LEFT_OUT]]
    if len(left_out) > len(names):
        names.append(say("general.others", language, n=number(len(left_out) - len(names), language)))
    return f"{note}{say('naming.left_out', language, actors=join(names, language))}"


def describe_naming(
    naming: pd.DataFrame, *, language: str = "ar", voice: str | None = None, actors: Sequence[str] | None = None, most: int = 20
) -> str:
    """The figure in words, its alternative text: the `most` names most often used, by outlet."""
    table, voice_words = _chosen(naming, voice, actors, language)
    if table.empty:
        return f"{say('naming.title', language)}: {say('general.no_rows', language)}."
    ranked = table.sort_values(["n", "actor", "label", "outlet"], ascending=[False, True, True, True])
    parts = [
        say(
            "naming.alt_few" if _few(row) else "naming.alt_part", language, outlet=isolate(row.outlet),
            label=isolate(row.written), share=share(row.share, language),
            interval=interval(row.low, row.high, language, percent=True, digits=0), n=counted("time", int(row.n), language),
        )
        for row in canvas.records(ranked.head(most))
    ]  # fmt: skip
    return say("naming.alt", language, voice=voice_words, parts=join(parts, language, comma="list_semicolon"))
