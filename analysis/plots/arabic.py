"""Text for figures: the one place that knows about right-to-left.

In goes a string as it is written, out comes the string that matplotlib must be given so that the reader sees it right: letters
joined, words in order, brackets, per cent signs and Latin names where they belong.

matplotlib from 3.11 shapes text itself where it was built with libraqm; a string put through arabic-reshaper and python-bidi comes
out reversed there. Before, it draws characters one after the other, and needs both. `shape` decides by what this matplotlib can do.

>>> shape("قسد (SDF)", "ar", engine=True) == chr(0x202B) + "قسد (SDF)" + chr(0x202C)
True
>>> shape("قسد (SDF)", "ar", engine=False)
'(SDF) ﺪﺴﻗ'
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from analysis.text import left_open
from analysis.wording import check_language, plain, right_to_left

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# The family names under which the fonts are registered: our own, so that another copy on the machine cannot take their place.
TEXT_FONT, FALLBACK_FONT = "Amiri (arabic-news)", "DejaVu Sans (arabic-news)"

_EMBED = {True: "\u202b", False: "\u202a"}  # RLE, LRE
_POP = "\u202c"  # PDF
# Overrides and embeddings in the text itself would end or turn our own; isolates and marks are meant.
_EMBEDDINGS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u200b\ufeff]")
_ISOLATES = re.compile("[\u200e\u200f\u061c\u2066-\u2069]")
# An isolated name that begins with Latin letters and has Arabic ones (BBC عربي) is an Arabic name: it runs from the right.
_MIXED = re.compile("\u2068(?=[^\u2066-\u2069]*[\u0621-\u064a])")
_LETTER = re.compile("[A-Za-z\u0621-\u064a]")
_ELLIPSIS = "…"
# The marks of the text font that Unicode mirrors.
_TURNED = {a: b for left, right in zip("([{<«‹≤", ")]}>»›≥", strict=True) for a, b in ((left, right), (right, left))}
_BEHIND = "\u034f"  # combining grapheme joiner: takes the direction of what stands before it
_BRACKETS = re.compile("[" + re.escape("".join(_TURNED)) + "]")
_MARKED = re.compile(f"({_BRACKETS.pattern}){_BEHIND}|{_BEHIND}({_BRACKETS.pattern})")


@cache
def shapes_itself() -> bool:
    """Whether this matplotlib joins letters and orders words itself."""
    from matplotlib import ft2font

    return getattr(ft2font, "__libraqm_version__", None) is not None


def shape(text: str, language: str = "ar", *, engine: bool | None = None) -> str:
    """`text` as matplotlib must be given it, every line with the base direction of `language`.

    `engine` says whether matplotlib shapes text itself; by default, whether this one does. Vowel signs are kept. Characters that
    neither font has become a box, without a warning. Raises `InputError` for a language that figures are not written in.
    """
    rtl = right_to_left(check_language(language))
    engine = shapes_itself() if engine is None else engine
    lines = (_EMBEDDINGS.sub("", line) for line in drawable(text).split("\n"))
    if rtl:
        lines = (_MIXED.sub("\u2067", line) for line in lines)
    if engine:
        return "\n".join(f"{_EMBED[rtl]}{line}{_POP}" if line else line for line in lines)
    return "\n".join(_in_drawing_order(line, rtl) for line in lines)


@lru_cache(maxsize=4096)
def _in_drawing_order(line: str, rtl: bool) -> str:
    """A line with its letters in their joined forms, from left to right as they are drawn, brackets turned where they stand in
    Arabic.

    python-bidi (from 0.5) knows isolates and bracket pairs but turns no brackets, and does not tell which to turn. So each gets an
    invisible mark behind it, which shares its direction: where the mark comes out in front, the bracket stands right to left.
    """
    from bidi import get_display  # not bidi.algorithm's, which knows no isolates

    marked = _BRACKETS.sub(rf"\g<0>{_BEHIND}", _reshaper().reshape(line.replace(_BEHIND, "")))
    drawn = _ISOLATES.sub("", str(get_display(marked, base_dir="R" if rtl else "L")))
    return _MARKED.sub(lambda found: found[1] or _TURNED[found[2]], drawn)


@cache
def _reshaper() -> Any:
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper(configuration={"delete_harakat": False, "delete_tatweel": False})


@cache
def fonts() -> tuple[str, str]:
    """The family names to draw with, registered when first asked for.

    Registering adds two entries to matplotlib's list of fonts in memory, under names of our own; no setting is changed.
    """
    from dataclasses import replace
    from pathlib import Path

    import fontpkg
    import matplotlib as mpl
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font

    dejavu = Path(mpl.get_data_path(), "fonts", "ttf")
    for family, files in (
        (TEXT_FONT, (fontpkg.path("Amiri"), fontpkg.path("Amiri", weight=700))),
        (FALLBACK_FONT, (dejavu / "DejaVuSans.ttf", dejavu / "DejaVuSans-Bold.ttf")),
    ):
        for file in files:
            entry = font_manager.ttfFontProperty(FT2Font(str(file)))
            font_manager.fontManager.ttflist.append(replace(entry, name=family))
    return TEXT_FONT, FALLBACK_FONT


@cache
def _characters() -> frozenset[int]:
    """The code points that one of the two fonts can draw, or that are not drawn at all."""
    from pathlib import Path

    import fontpkg
    import matplotlib as mpl
    from matplotlib.ft2font import FT2Font

    files = (fontpkg.path("Amiri"), Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"))
    return frozenset(code for file in files for code in FT2Font(str(file)).get_charmap()) | {0x0A, *range(0x2066, 0x206A)}


@lru_cache(maxsize=4096)
def drawable(text: str) -> str:
    """`text` with a box for every character that neither font has."""
    known = _characters()
    return "".join(character if ord(character) in known else "\u25a1" for character in text)


def shorten(text: object, width: int) -> str:
    """The beginning of text from outside, in one line of at most `width` characters, cut at a word where that loses little.

    >>> shorten("قوات سوريا الديمقراطية", 14)
    'قوات سوريا…'
    """
    line = plain(text)
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    space = cut.rfind(" ")
    kept = (cut[:space] if space >= width * 0.6 else cut).rstrip(" ،,;؛:.-(«“")
    return kept + _ELLIPSIS + left_open(kept)


def wrap(text: object, width: int, *, lines: int = 2) -> list[str]:
    """Text from outside, broken at spaces into at most `lines` lines of about `width` characters; the last one is shortened.

    >>> wrap("قوات سوريا الديمقراطية", 12)
    ['قوات سوريا', 'الديمقراطية']
    """
    words, broken = plain(text).split(" "), [""]
    while words:
        longer = f"{broken[-1]} {words[0]}".strip()
        if len(longer) > width and broken[-1] and len(broken) < lines:
            broken.append("")
            continue
        broken[-1] = longer
        words.pop(0)
    return [*broken[:-1], shorten(broken[-1], width)]


def read_from(ax: Axes, language: str) -> None:
    """Turn the axes so that they read in the language's direction: in Arabic from the right, with the labels at the right."""
    if not right_to_left(language):
        return
    ax.xaxis.set_inverted(True)
    ax.yaxis.tick_right()
    ax.yaxis.set_label_position("right")


def script(text: str) -> str:
    """The language of our two whose script `text` begins with; empty where it has no letter of either.

    >>> script("4. تسليم ٣٣ مليون دولار"), script("BBC عربي"), script("2021")
    ('ar', 'en', '')
    """
    first = _LETTER.search(text)
    return "" if not first else "en" if first[0].isascii() else "ar"


def side(language: str) -> tuple[str, str]:
    """Where a line begins and ends: ("right", "left") in Arabic."""
    return ("right", "left") if right_to_left(language) else ("left", "right")
