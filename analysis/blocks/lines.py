"""Lines of a page as keys: folded, in small letters, their words alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from analysis.text import fold_letters

# White space and invisible controls: no span begins or ends with one.
BLANK = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029"
    "\u202f\u205f\u3000\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
# Vowel signs, tatweel and the controls.
_LEFT_OUT = tuple("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0640" + BLANK[BLANK.index("\u00ad") :])
SHORT: Final = 60  # characters: a button, a signature, a date line
LINE: Final = 200  # a headline, a link to another story
SENTENCE_END = re.compile(r"[.!?؟…][\"'”“»«’)\]]*$")
WORD = re.compile(r"[^\W_]+")


def fold_line(line: str) -> str:
    """A line folded, in small letters."""
    folded = fold_letters(line)
    for mark in _LEFT_OUT:  # as `fold` does; offsets are not wanted here, and this is faster
        if mark in folded:
            folded = folded.replace(mark, "")
    return folded.lower()


@lru_cache(maxsize=1_000)
def title_key(line: str) -> str:
    """A headline as a key to compare by: its words, folded, without punctuation.

    >>> title_key("«الوزير»:  لا جديدَ") == title_key("الوزير لا جديد")
    True
    """
    return " ".join(WORD.findall(fold_line(line)))


def is_title(line: str, key: str) -> bool:
    """Whether `line` is the title with this `title_key`, also with the site's name after a bar or dash.

    >>> is_title("لا جديد | صحيفة الغد", title_key("لا جديد"))
    True
    """
    return same_title(fold_line(line), key)


def same_title(folded: str, key: str) -> bool:
    """`is_title` for a line that is folded already."""
    if " ".join(WORD.findall(folded)) == key:
        return True
    cut = max(folded.rfind(mark) for mark in ("|", " - ", " – ", " — ", " :: "))
    return cut > 0 and len(folded) - cut <= 40 and " ".join(WORD.findall(folded[:cut])) == key


def keys(phrases: Iterable[str]) -> list[str]:
    """Phrases as keys."""
    return [title_key(phrase) for phrase in phrases]


def folded_all(phrases: Iterable[str]) -> list[str]:
    """Phrases folded, with one space between their words."""
    return [" ".join(fold_line(phrase).split()) for phrase in phrases]


def words(text: str) -> list[str]:
    """The words of a text: letters and digits alone."""
    return WORD.findall(text)
