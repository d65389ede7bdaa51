"""Statements and dates over time, a lane for each outlet.

In go the package's `Tables` (or anything with `articles`, `statements` and `dates`), out comes an axes: in each lane, columns
upwards for the statements, at the day their article was published, and columns downwards for the dates that the articles name.
What lies before or after the stretch shown, or has no date of publication, is written as a number at the lane's end: nothing is
dropped.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.errors import InputError
from analysis.plots import arabic, canvas
from analysis.wording import compact, counted, day_and_month, isolate, join, missing, month_name, number, say, year

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes

_COLUMNS = 72  # columns in the stretch shown, so that one is about a millimetre and a half wide; fewer where it has fewer days
_SLOT = 7.0  # the width of the places for earlier, later and undated, in columns
_HEIGHT = 0.4  # of a lane, for its tallest column
_FEW = 12  # up to so many marked columns in a lane, the most frequent speaker is written above each
_ROOMY = 6  # up to so many lanes are high, with room for a name above the tallest column
_APART = 2.0  # columns between the places for earlier dates and the stretch, so that its first label has room
_AGAIN_EVERY, _AGAIN = 4, 0.6  # after so many lanes of a narrow figure the time stands once more, and the room for it
_ABOVE = 56  # points from a narrow figure's lane to the words over it, beyond the tallest column and a name
_LETTERS = 2.0  # so many times as many columns does a name of a narrow figure take
_BY_MONTHS, _LEAD = 60, 0.05  # a stretch of more days has months as ticks; how much of it may lead up to its first day
_PITCH, _LINE = 1.9, 0.28  # from lane to lane of a narrow figure, whose names stand between them; for each further line there
_FEWER = 2.0  # as if the stretch were so much longer, a narrow figure's ticks are chosen
_GAP = 60.0  # days without anything, beyond which what is named there is a number at the end
_DAY = 86_400_000_000  # microseconds


class _Rows(NamedTuple):
    """What is drawn: one row per statement and per resolved date, with the outlet as shown; times in days since 1970."""

    statements: pd.DataFrame  # lane, day (NaN where the article has no date), speaker
    dates: pd.DataFrame  # lane, first, last
    lanes: list[str]
    unresolved: int


@canvas.styled
def plot_timeline(tables: Any, *, ax: Axes | None = None, language: str = "ar", width: str = "wide") -> Axes:
    """Statements (upwards) and the dates that articles name (downwards) over time, a lane for each outlet.

    `tables` has the tables `articles`, `statements` and `dates`; a DataFrame of statements with the columns `outlet` and
    `published` will do. The stretch shown is that of the articles, with up to as much again (at least a year) before and after for
    the dates they name, as far as no wide gap parts these from the rest. A date of several days is shared out over them. Beyond
    fifteen outlets the smallest share a lane. In a narrow figure the outlet stands over its lane, with the numbers of what lies
    outside the stretch, and dates have a scale of their own. Raises `InputError` for other input.
    """
    narrow = canvas.narrow(width, ax)
    rows = _rows(tables, language)
    title = say("timeline.title", language)
    if not len(rows.statements) and not len(rows.dates):
        return canvas.empty(canvas.fresh(ax, 8, 3, narrow=narrow), title, language)
    first, last = _window(rows)
    given, ax = ax, canvas.fresh(ax, 11, 6, narrow=narrow)
    slots = _slots(rows, first, last)
    tallest = _draw_lanes(ax, rows, first, last, slots, language, narrow=narrow)
    long = counted("day", round((last - first) / _columns(first, last)), language)
    notes = [say("timeline.column", language, length=long), _tallest(tallest, language, narrow=narrow)]
    above = canvas.head(ax, title, language, subtitle=join(notes, language))
    if narrow:
        _time_axis(ax, first, last, {}, language, fewer=_FEWER, again=_between(ax, len(rows.lanes)))
    else:
        _time_axis(ax, first, last, slots, language)
    note = say("timeline.unresolved", language, dates=counted("expression", rows.unresolved, language)) if rows.unresolved else ""
    below = canvas.foot(ax, [note], language, below=_legend(ax, language))
    body = (
        0.85 * abs(ax.get_ylim()[0] - ax.get_ylim()[1])
        if narrow
        else (1.1 if len(rows.lanes) <= _ROOMY else 0.8) * (len(rows.lanes) + 0.2)
    )
    canvas.fit(ax, given, body, below, above=above)
    arabic.read_from(ax, language)
    return ax


def busiest(tables: Any) -> tuple[Any, Any] | None:
    """The first and last moment of the figure's column with most statements, all lanes together; None where none has a date."""
    import numpy as np
    import pandas as pd

    rows = _rows(tables, "en")
    days = rows.statements["day"].dropna().to_numpy()
    if not len(days):
        return None
    first, last = _window(rows)
    n = _columns(first, last)
    wide = (last - first) / n
    at = int(np.histogram(days, bins=n, range=(first, last))[0].argmax())
    begin, end = (pd.Timestamp(round((first + each * wide) * _DAY), unit="us") for each in (at, at + 1))
    return begin, end - pd.Timedelta(1, unit="us")


def _rows(tables: Any, language: str) -> _Rows:
    import pandas as pd

    if isinstance(tables, pd.DataFrame):
        canvas.check_columns(tables, "statements", ("outlet", "published"))
        statements, dates = tables, pd.DataFrame({"outlet": [], "first": [], "last": []})
        articles = tables[["outlet"]]
    else:
        if not all(hasattr(tables, name) for name in ("articles", "statements", "dates")):
            raise InputError(
                "`tables` must have the tables articles, statements and dates, or be a DataFrame with the columns outlet, published"
            )
        articles = tables.articles
        about = articles.drop_duplicates("article_id").set_index("article_id")[["outlet", "published"]]
        statements = tables.statements.join(about, on="article_id")
        dates = tables.dates.join(about[["outlet"]], on="article_id")
    shown = pd.concat([articles["outlet"], statements["outlet"], dates["outlet"]], ignore_index=True)
    lanes_of = canvas.outlet_names(shown, language)
    a, b = len(articles), len(articles) + len(statements)
    said = pd.DataFrame({"lane": lanes_of[a:b].to_numpy(), "day": _days(statements["published"])})
    said["speaker"] = statements["speaker"].to_numpy() if "speaker" in statements else None
    named = pd.DataFrame({"lane": lanes_of[b:].to_numpy(), "first": _days(dates["first"]), "last": _days(dates["last"])})
    resolved = named["first"].notna() & named["last"].notna()
    drawn = pd.concat([said["lane"], named.loc[resolved, "lane"]])
    lanes = canvas.in_order(canvas.most_frequent(drawn, canvas.MOST_OUTLETS + 1))
    return _Rows(said, named[resolved], lanes, int((~resolved).sum()))


def _days(moments: pd.Series) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Times as days since 1970, with NaN for none."""
    import numpy as np
    import pandas as pd

    stamps = pd.to_datetime(moments).to_numpy(dtype="datetime64[us]")
    return np.where(np.isnat(stamps), np.nan, stamps.astype("int64") / _DAY)


def _window(rows: _Rows) -> tuple[float, float]:
    """The first and last day shown: all articles, and what they name within their own span (or a year) on either side."""
    import numpy as np
    import pandas as pd

    published = rows.statements["day"].dropna()
    middle = (rows.dates["first"] + rows.dates["last"]) / 2
    if len(published):
        first, last = float(published.min()), float(published.max())
        reach = max(last - first, 365.0)
        near = middle[(middle >= first - reach) & (middle <= last + reach)]
        if len(near) > 50:  # a handful far from the rest would squeeze everything else
            near = near[near.between(near.quantile(0.02), near.quantile(0.98))]
        near = _within_reach(near, first, last)
    else:  # nothing is dated: the middle nine tenths of the dates named
        near = middle[middle.between(middle.quantile(0.05), middle.quantile(0.95))] if len(middle) else middle
        first, last = (float(near.min()), float(near.max())) if len(near) else (0.0, 1.0)
    if len(near):
        first, last = min(first, float(near.min())), max(last, float(near.max()))
    first, last = np.floor(first), np.floor(last) + 1
    room = max(14.0 - (last - first), 0.03 * (last - first))
    first, last = np.floor(first - room / 2), np.ceil(last + room / 2)
    into = pd.Timestamp(first, unit="D").day - 1
    if last - first > _BY_MONTHS and into <= _LEAD * (last - first):
        first -= into  # so that the first month has its tick
    wide = np.ceil((last - first) / _COLUMNS)  # whole days
    return float(first), float(first + np.ceil((last - first) / wide) * wide)


def _within_reach(near: pd.Series, first: float, last: float) -> pd.Series:
    """Those of the days `near` that no wide empty stretch parts from the articles, for a lone one would leave half the figure
    blank.
    """
    import numpy as np

    gap = max(_GAP, 0.2 * (last - first))
    before, after = np.sort(near[near < first].to_numpy())[::-1], np.sort(near[near > last].to_numpy())
    for side, edge in ((before, first), (after, last)):
        far = np.flatnonzero(np.abs(np.diff(side, prepend=edge)) > gap)
        if len(far):
            near = near[~near.isin(side[far[0] :])]
    return near


def _columns(first: float, last: float) -> int:
    """How many columns the stretch has: one is a day or more, for a date is a day or more."""
    return int((last - first) / math.ceil((last - first) / _COLUMNS))


def _slots(rows: _Rows, first: float, last: float) -> dict[str, float]:
    """Where the numbers for earlier and later dates and for undated statements stand, of those that there are."""
    slots = {}
    if (rows.dates["last"] < first).any():
        slots["earlier"] = -_SLOT / 2 - _APART
    end = float(_COLUMNS)
    if (rows.dates["first"] >= last).any():
        slots["later"] = end + _SLOT / 2
        end += _SLOT
    if rows.statements["day"].isna().any():
        slots["undated"] = end + _SLOT / 2
    return slots


def _draw_lanes(
    ax: Axes, rows: _Rows, first: float, last: float, slots: dict[str, float], language: str, *, narrow: bool
) -> tuple[float, float]:
    """Draw every lane; the heights of the tallest columns upwards and downwards are returned."""
    import numpy as np

    columns_in_all = _columns(first, last)
    scale = columns_in_all / (last - first)
    look = canvas.looks(rows.lanes)
    said, named = dict(iter(rows.statements.groupby("lane"))), dict(iter(rows.dates.groupby("lane")))
    columns = {}
    for lane in rows.lanes:
        days = said[lane]["day"].dropna() if lane in said else ()
        up = np.histogram((np.asarray(days) - first) * scale, bins=columns_in_all, range=(0, columns_in_all))[0]
        spans = (named[lane][["first", "last"]].to_numpy() - first) * scale if lane in named else np.empty((0, 2))
        columns[lane] = up, _shared(spans, columns_in_all)
    tallest = _most(columns.values(), apart=narrow)
    outside = {lane: _outside(said.get(lane), named.get(lane), first, last, slots) for lane in rows.lanes}
    labels = [_counts(lane, said, named, outside[lane], language, narrow=narrow) for lane in rows.lanes]
    pitch = _PITCH + _LINE * max(label.count("\n") for label in labels) if narrow else 1.0
    breaks = _breaks(len(rows.lanes)) if narrow else range(0)
    places = [at * pitch + _AGAIN * sum(each < at for each in breaks) for at in range(len(rows.lanes))]
    for place, lane in zip(places, rows.lanes, strict=True):
        up, down = columns[lane][0] / tallest[0] * _HEIGHT, columns[lane][1]
        colour = look[lane].colour
        _draw_columns(ax, -up, place, facecolor=colour, edgecolor="none")
        whole, part = np.where(down >= 0.5, down, 0), np.where(down < 0.5, down, 0)  # parts of long dates stay faint
        _draw_columns(ax, whole / tallest[1] * _HEIGHT, place, facecolor="white", edgecolor=colour, hatch="//////", linewidth=0.7)
        _draw_columns(ax, part / tallest[1] * _HEIGHT, place, facecolor=colour, edgecolor="none", alpha=0.55)
        ax.axhline(place, color="#767676", linewidth=0.8, zorder=1)
        if not narrow:
            _numbers_at_the_ends(ax, place, outside[lane], slots, language)
        if 0 < (up > 0).sum() <= _FEW:
            room = _HEIGHT * (1.0 if narrow or len(rows.lanes) <= _ROOMY else 0.8)
            wider = _LETTERS if narrow else 1.0
            _speakers(ax, place, said[lane], up, room, (first, scale), language, wider=wider)
    names = [canvas.name_label(lane, 34 if narrow else 48) for lane in rows.lanes]
    canvas.row_labels(ax, places, names, labels, language, above=_ABOVE)
    ax.set_ylim(*((places[-1] + 0.5, 0.5 - pitch - _AGAIN) if narrow else (len(rows.lanes) - 0.5, -0.7)))
    return tallest


def _most(columns: Iterable[tuple[Any, Any]], *, apart: bool) -> tuple[float, float]:
    """The heights of the tallest columns upwards and downwards; the same, that of the tallest of all, where not `apart`."""
    up, down = (max(1.0, *(float(each.max()) for each in half)) for half in zip(*columns, strict=True))
    return (up, down) if apart else (max(up, down),) * 2


def _tallest(tallest: tuple[float, float], language: str, *, narrow: bool) -> str:
    """What the scales are, in words."""
    up, down = map(math.ceil, tallest)
    if not narrow:
        return say("timeline.tallest", language, n=number(up, language))
    most = {"statements": counted("statement", up, language), "dates": counted("date", down, language)}
    return say("timeline.tallest_each", language, **{noun: each.replace(" ", "\u00a0") for noun, each in most.items()})


def _draw_columns(ax: Axes, heights: np.ndarray[Any, Any], place: float, **look: Any) -> None:
    """Columns from a lane's line, as one shape; a whole column is at least a twelfth of the tallest, so that one statement
    stays visible.
    """
    import numpy as np
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    at = np.flatnonzero(np.abs(heights) > 1e-6)
    if not len(at):
        return
    least = _HEIGHT / 12 if "alpha" not in look else 0.0
    ends = place + np.sign(heights[at]) * np.maximum(np.abs(heights[at]), least)
    wide = _COLUMNS / len(heights)
    left, right, base = at * wide + 0.07, (at + 1) * wide - 0.07, np.full(len(at), float(place))
    corners = np.stack(
        [np.column_stack(pair) for pair in ((left, base), (left, ends), (right, ends), (right, base), (left, base))], axis=1
    )
    codes = np.tile([Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY], len(at))
    ax.add_patch(PathPatch(Path(corners.reshape(-1, 2), codes), **look))


def _shared(spans: np.ndarray[Any, Any], columns: int = _COLUMNS) -> np.ndarray[Any, np.dtype[np.float64]]:
    """How much of the spans (in columns) falls on each column, a span counting one in all; the parts outside are left out."""
    import numpy as np

    if not len(spans):
        return np.zeros(columns)
    spans = spans[(spans[:, 1] >= 0) & (spans[:, 0] < columns)]
    lows, highs = spans[:, 0], spans[:, 1]
    short = highs - lows <= 1
    total = np.histogram((lows + highs)[short].clip(0, 2 * columns - 1e-9) / 2, bins=columns, range=(0, columns))[0].astype(float)
    # The share of a long span that lies left of an edge is a clipped ramp; differences between edges are the columns.
    lows, highs = lows[~short], highs[~short]
    edges = np.arange(columns + 1)
    for part in range(0, len(lows), 4096):
        low, high = lows[part : part + 4096, None], highs[part : part + 4096, None]
        total += np.diff(((edges - low) / (high - low)).clip(0, 1).sum(axis=0))
    return total


def _outside(said: Any, named: Any, first: float, last: float, slots: Iterable[str]) -> dict[str, tuple[int, int]]:
    """How many statements and dates of a lane lie outside the stretch shown, by where."""
    numbers = {
        "earlier": (0, 0 if named is None else int((named["last"] < first).sum())),
        "later": (0, 0 if named is None else int((named["first"] >= last).sum())),
        "undated": (0 if said is None else int(said["day"].isna().sum()), 0),
    }
    return {slot: numbers[slot] for slot in slots}


def _counts(
    lane: str, said: dict[Any, Any], named: dict[Any, Any], outside: dict[str, tuple[int, int]], language: str, *, narrow: bool
) -> str:
    """The line under a lane's name: how many statements and dates it has; in a narrow figure also how many lie outside."""
    counts = [counted(noun, len(table.get(lane, ())), language) for noun, table in (("statement", said), ("date", named))]
    whole = say("timeline.lane", language, statements=counts[0], dates=counts[1])
    if not narrow:
        return whole
    parts = [
        f"{_slot_name(slot, language)}: {counted(noun, n, language)}"
        for slot, numbers in outside.items()
        for noun, n in zip(("statement", "date"), numbers, strict=True)
        if n
    ]
    unbroken = [part.replace(" ", "\u00a0") for part in (whole, *parts)]
    return "\n".join(canvas.broken(join(unbroken, language, comma="list_semicolon"), 50))


def _slot_name(slot: str, language: str) -> str:
    return say("general.undated" if slot == "undated" else f"timeline.{slot}", language)


def _numbers_at_the_ends(
    ax: Axes, place: float, outside: dict[str, tuple[int, int]], slots: dict[str, float], language: str
) -> None:
    """What lies outside the stretch shown, as numbers: statements above the lane's line, dates below it."""
    for slot, at in slots.items():
        for n, offset, va in zip(outside[slot], (4, -4), ("bottom", "top"), strict=True):
            if n:
                look = {"ha": "center", "va": va, "fontsize": 12, "color": canvas.INK}
                canvas.write(ax, (at, place), compact(n, language), language, xytext=(0, offset), **look)


def _speakers(
    ax: Axes, place: float, said: pd.DataFrame, heights: Any, room: float, axis: tuple[float, float], language: str, *, wider: float
) -> None:
    """Above each column the speaker most often heard in it, as long as the names do not run into each other."""
    import numpy as np

    known = said[said["day"].notna() & said["speaker"].notna()]
    column = ((known["day"] - axis[0]) * axis[1]).astype(int).clip(0, len(heights) - 1)
    wide = _COLUMNS / len(heights)
    taken: list[tuple[float, float]] = []
    for at in sorted(column.unique(), key=lambda each: (-heights[each], each)):
        name = arabic.shorten(canvas.most_frequent(known["speaker"][column == at].astype(str), 1)[0], 22)
        half = (
            wider * (0.38 if name.isascii() else 0.265) * len(name)
        )  # about half as wide as drawn, in columns: Latin letters are wider
        middle = float(np.clip((at + 0.5) * wide, half, _COLUMNS - half))
        under = heights[int((middle - half) / wide) : int((middle + half) / wide) + 1]
        overlaps = any(middle - half < right and left < middle + half for left, right in taken)
        if heights[at] > room or under.max() > heights[at] or overlaps:
            continue
        taken.append((middle - half, middle + half))
        look = {"ha": "center", "va": "bottom", "fontsize": 10.5, "color": canvas.INK}
        canvas.write(ax, (middle, place - heights[at]), isolate(name), language, xytext=(0, 1), **look)


def _between(ax: Axes, lanes: int) -> list[float]:
    """The heights over and among a narrow figure's lanes where the time stands once more."""
    places = ax.get_yticks()
    return [ax.get_ylim()[1] + _AGAIN / 2, *(float(places[at]) + 0.5 + _AGAIN / 2 for at in _breaks(lanes))]


def _breaks(lanes: int) -> range:
    """The lanes under which the time stands once more: not over the last, which has the axis under it."""
    return range(_AGAIN_EVERY - 1, lanes - 2, _AGAIN_EVERY)


def _time_axis(
    ax: Axes,
    first: float,
    last: float,
    slots: dict[str, float],
    language: str,
    *,
    fewer: float = 1.0,
    again: Sequence[float] | None = None,
) -> None:
    """Ticks at round dates, as many as there is room for (`fewer` times fewer), and the slots' names; `again` are the heights where
    the dates stand once more in a narrow figure.
    """
    scale = _COLUMNS / (last - first)
    freq, moments = _round_dates(first, last, fewer)
    places = [(moment.value / 1e3 / _DAY - first) * scale for moment in moments]
    if again is not None:
        canvas.short_lines(ax, places, [float(place) for place in ax.get_yticks()], 0.6, 0.5)
    for at in places if again is None else ():
        ax.axvline(at, color="#e3e3e3", linewidth=0.8, zorder=0)
    room = (
        0,
        _COLUMNS - (4 if len(slots) > ("earlier" in slots) else 0),
    )  # no label runs into a slot's
    moments = [moment for moment, at in zip(moments, places, strict=True) if room[0] <= at <= room[1]]
    places = [at for at in places if room[0] <= at <= room[1]]
    texts, shown = [], None
    for moment in moments:
        if freq.endswith("YS"):
            texts.append(year(moment, language))
            continue
        text = month_name(moment, language) if freq.endswith("MS") else day_and_month(moment, language)
        texts.append(f"{text}\n{year(moment, language)}" if moment.year != shown else text)
        shown = moment.year
    for at in slots.values():
        ax.axvspan(at - _SLOT / 2, at + _SLOT / 2, color="#f2f2f0", linewidth=0, zorder=0)
    texts += [_slot_name(slot, language) for slot in slots]
    canvas.tick_labels(ax, "x", [*places, *slots.values()], texts, language)
    ax.set_xlim(
        min([0.0, *(at - _SLOT / 2 for at in slots.values())]), max([float(_COLUMNS), *(at + _SLOT / 2 for at in slots.values())])
    )
    texts = texts[: len(places)]
    lines = max((text.count("\n") for text in texts), default=0)  # so that all months stand in one line, over a year or nothing
    canvas.repeated(ax, again or (), places, [text + "\n" * (lines - text.count("\n")) for text in texts], language)


def _round_dates(first: float, last: float, fewer: float) -> tuple[str, list[pd.Timestamp]]:
    """The round dates of the stretch, as many as there is room for, and how far they are apart, as pandas says it."""
    import pandas as pd

    start, end = pd.Timestamp(first, unit="D"), pd.Timestamp(last, unit="D")
    days = (last - first) * fewer
    ladder: tuple[tuple[float, str], ...] = (
        (8, "D"), (16, "2D"), (60, "W-MON"), (420, "MS"), (600, "2MS"), (900, "3MS"), (1800, "6MS"),
        *((366 * 9 * step, f"{step}YS") for step in (1, 2, 5, 10, 20, 50, 100, 200, 500)),
    )  # fmt: skip
    freq = next((name for longest, name in ladder if days <= longest), "1000YS")
    anchor = (
        start.normalize()
        if freq.endswith(("D", "MON"))
        else pd.Timestamp(year=max(1700, _round_year(start.year, freq)), month=1, day=1)
    )
    return freq, [moment for moment in pd.date_range(anchor, end, freq=freq) if start <= moment <= end]


def _round_year(start: int, freq: str) -> int:
    step = int(freq[:-2] or 1) if freq.endswith("YS") else 1
    return start // step * step


def _legend(ax: Axes, language: str) -> float:
    from matplotlib.patches import Patch

    filled = Patch(facecolor="#4d4d4d", edgecolor="#4d4d4d")
    hatched = Patch(facecolor="white", edgecolor="#4d4d4d", hatch="//////")
    entries = [(filled, say("timeline.statements", language)), (hatched, say("timeline.dates", language))]
    return canvas.key(ax, entries, language, below=50)


def describe_timeline(tables: Any, *, language: str = "ar") -> str:
    """The figure in words: its alternative text."""
    import pandas as pd

    rows = _rows(tables, language)
    if not len(rows.statements) and not len(rows.dates):
        return f"{say('timeline.title', language)}: {say('general.no_rows', language)}."
    said, named = rows.statements["lane"].value_counts(), rows.dates["lane"].value_counts()
    parts = [
        say(
            "timeline.alt_part", language, outlet=isolate(lane),
            statements=counted("statement", int(said.get(lane, 0)), language),
            dates=counted("date", int(named.get(lane, 0)), language),
        )
        for lane in rows.lanes
    ]  # fmt: skip
    undated = int(rows.statements["day"].isna().sum())
    if undated:
        parts.append(say("timeline.alt_undated", language, statements=counted("statement", undated, language)))
    moments = pd.to_datetime(pd.Series([*_window(rows)]) * _DAY, unit="us")
    return say(
        "timeline.alt", language,
        statements=counted("statement", len(rows.statements), language), dates=counted("date", len(rows.dates), language),
        span=canvas.span_of(moments[~moments.map(missing)], language), parts=join(parts, language, comma="list_semicolon"),
    )  # fmt: skip
