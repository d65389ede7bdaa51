"""Whether two words are spellings of one name.

>>> same_word("كاغينز", "كايكنز"), same_word("سليم", "سالم"), same_word("محمد", "محمود")
(True, False, False)

Foreign names are heard, not copied: outlets exchange like sounds (غ ج ك ق, ز س, ث ت ط), leave out or put in long vowels, and
swap neighbours. Arabic names have one spelling, and a vowel tells two people apart: those that the lexicon knows, and names
with the article, must be equal.
"""

from __future__ import annotations

from functools import cache, lru_cache

from analysis.lexicon import read
from analysis.text import fold_key

# Letters that the press exchanges in foreign names, and the long vowels, which come and go.
_SOUNDS = str.maketrans(
    {"غ": "ك", "ج": "ك", "ق": "ك", "گ": "ك", "چ": "ك", "ز": "س", "ص": "س", "ث": "ت", "ط": "ت", "ڤ": "ف", "پ": "ب", "ض": "د"}
)
_VOWELS = str.maketrans("", "", "اويءه")


@lru_cache(maxsize=65536)
def same_word(one: str, other: str, *, sounds: int = 3) -> bool:
    """Whether two folded words are spellings of one name that has at least so many consonants."""
    if one == other:
        return True
    if one in _native() or other in _native() or one.startswith("ال") or other.startswith("ال"):
        return False
    a, b = heard(one), heard(other)
    if min(len(a), len(b)) < sounds or min(len(one), len(other)) < sounds + (sounds > 2) or abs(len(one) - len(other)) > 2:
        return False
    if a == b:
        return True
    # Neighbours swapped, but not the first and last sound: كاينغز for كاغينز.
    return len(a) > 3 and (a[0], a[-1]) == (b[0], b[-1]) and sorted(a) == sorted(b)


@lru_cache(maxsize=65536)
def heard(word: str) -> str:
    """The consonants of a folded word, like sounds made equal.

    >>> heard("غوتيريش") == heard("جوتيريش")
    True
    """
    return word.translate(_SOUNDS).translate(_VOWELS)


@cache
def _native() -> frozenset[str]:
    return frozenset(fold_key(each) for each in read("claims")["people"]["native"])
