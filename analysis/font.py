"""The font of reports and article pages, cut down to the characters used and written into the page as woff2.

IBM Plex Sans Arabic (OFL 1.1) has Arabic and Latin of one design, made for screens: at the size of a table it reads better than a
book hand such as Amiri, and its subset is a third as large.
"""

from __future__ import annotations

import base64
import io
import logging
from functools import lru_cache
from importlib.resources import files

# Always there, so that one letter more or less leaves the font as it is: ASCII, the Arabic of news, and common punctuation.
_ALWAYS = frozenset(
    [*map(chr, range(0x20, 0x7F)), *map(chr, range(0x621, 0x63B)), *map(chr, range(0x640, 0x653)), *map(chr, range(0x660, 0x66D)),
     *map(chr, range(0x6F0, 0x6FA)), *"\u00a0\u2068\u2069«»،؛؟٪٫٬“”‘’„–—…·×±−≈≤≥٭پچژگڤکی"]
)  # fmt: skip
_WEIGHTS = {400: "IBMPlexSansArabic-Regular.ttf", 600: "IBMPlexSansArabic-SemiBold.ttf"}
FAMILY = "Report"


def font_faces(texts: str) -> str:
    """The CSS `@font-face` rules for the characters of `texts`: the two weights used, as data addresses."""
    return _faces(frozenset(character for character in set(texts) if character >= " ") | _ALWAYS)


@lru_cache(maxsize=8)
def _faces(characters: frozenset[str]) -> str:
    return "".join(
        f"@font-face{{font-family:{FAMILY};font-weight:{weight};font-display:block;"
        f"src:url(data:font/woff2;base64,{base64.b64encode(_subset(name, characters)).decode()})format('woff2')}}\n"
        for weight, name in _WEIGHTS.items()
    )


def _subset(name: str, characters: frozenset[str]) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)  # it warns of tables that it leaves out
    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False  # screens that show these pages do not use it
    options.recalc_timestamp = False
    options.drop_tables += ["meta"]
    source = files("fontpkg_ibm_plex_sans_arabic").joinpath("files", name).read_bytes()
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(map(ord, characters)))
    subsetter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
