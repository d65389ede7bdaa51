"""Arabic text as the extractors see it: folded, with the way back to the original kept.

In goes an article's text, out comes a `Folded`: the same text with spelling variants made equal, plus the map from
its offsets to those of the original, so that every span can be reported in the text the reader knows.

>>> doc = fold("أكّدَ مسؤولٌ أنّ ٣٣ مليوناً")
>>> doc.folded
'اكد مسوول ان 33 مليونا'
>>> at = doc.folded.index("مليونا")
>>> start, end = doc.span(at, at + len("مليونا"))
>>> doc.text[start:end]
'مليوناً'

What folding makes equal: the hamza carriers (أإآٱ, ؤ, ئ), ى and ي, ة and ه, Persian letters and their Arabic twins,
Arabic-Indic, Persian and ASCII digits, the kinds of white space, ٪ and %, and the presentation forms that text from PDFs has
(U+FEED, a و by itself).  What it leaves out: vowel signs (ḥarakāt), tatweel, zero-width and bidirectional controls.  Each kept
character stays one character, so that only the left-out ones shift offsets, and the ligatures: U+FEFB is one character of the text
and two folded letters, لا, which both lead back to it. (`fold_same`, where nothing may shift, leaves ligatures as they are.)
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np

from analysis import cutting
from analysis.cutting import BEYOND, GONE
from analysis.tokens import Tokens

# One character for one character.
_SAME: tuple[tuple[str, str], ...] = tuple(
    (variant, plain)
    for plain, variants in (
        ("ا", "أإآٱ"),
        ("ي", "ىئیې"),
        ("ه", "ةەہۀ"),
        ("و", "ؤ"),
        ("ك", "کڪ"),
        (" ", "\u00a0\t\r\x1f\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"),
        ("%", "٪\uff05"),
        ("\n", "\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e"),
        *((str(digit), "".join(chr(zero + digit) for zero in (0x660, 0x6F0, 0xFF10))) for digit in range(10)),
    )
    for variant in variants
)
_LEFT_OUT = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+"
)
_FOLDED = np.arange(BEYOND, dtype=np.uint16)  # what each character becomes
for _variant, _letter in _SAME:
    if ord(_variant) < BEYOND:
        _FOLDED[ord(_variant)] = ord(_letter)
for _run in _LEFT_OUT.finditer("".join(map(chr, range(BEYOND)))):
    _FOLDED[_run.start() : _run.end()] = GONE
_TABLE: Final = _FOLDED.tobytes()
_CONTROL: Final = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"


def _forms() -> tuple[dict[int, str], dict[str, str]]:
    """The presentation forms (U+FB50 to U+FDFC, U+FE70 to U+FEFC) of one letter or vowel sign with what they are a form of, and the
    ligatures with their folded letters.
    """
    single, ligatures = {}, {}
    for code in (*range(0xFB50, 0xFDFD), *range(0xFE70, 0xFEFD)):
        whole = unicodedata.normalize("NFKC", chr(code))
        letters = "".join(each for each in whole if each.isalpha() and each != "\u0640")
        if whole == chr(code) or " " in whole.strip():
            continue  # no form of a letter, or a whole phrase in one character
        if len(letters) > 1:
            ligatures[chr(code)] = _plain(letters)
        else:
            single[code] = letters or whole[-1]
    return single, ligatures


class Folded:
    """A text, its folded form, and the way between their offsets.

    `text` is the original, `folded` the form to search, `plain` the original with letters for their presentation forms, as long as
    `text`: what tells how a word is spelled. Offsets are code points; spans are half-open.
    """

    __slots__ = ("_cuts", "_formed", "_most", "_shifts", "_tokens", "folded", "plain", "text")

    def __init__(self, text: str, folded: str, cuts: list[int], shifts: list[int], plain: str | None = None) -> None:
        self.text = text
        self.plain = text if plain is None else plain
        self._formed = plain is not None  # whether there may be ligatures
        self.folded = folded
        # _cuts[k]: the folded offset at which the k-th left-out run stood; _shifts[k + 1]: characters left out up to and with it.
        # A space put in is a cut after which the shift is one less, and so is each letter of a ligature after its first.
        self._cuts = cuts
        self._shifts = shifts
        self._most = max(shifts)
        self._tokens: Tokens | None = None

    @property
    def tokens(self) -> Tokens:
        """The words of `folded`; cut when they are first asked for."""
        if self._tokens is None:
            self._tokens = Tokens(self.folded)
        return self._tokens

    @property
    def is_cut(self) -> bool:
        """Whether somebody has asked for `tokens`, so that to ask again costs nothing."""
        return self._tokens is not None

    def spaced(self, places: list[int]) -> Folded:
        """The same with a space put in before each of these folded offsets, which ascend; spans still lead to the original.

        >>> spaced = fold("قتل12 شخصا").spaced([3])
        >>> spaced.folded, spaced.surface(4, 6), spaced.surface(0, 3)
        ('قتل 12 شخصا', '12', 'قتل')
        """
        pieces, cuts, shifts = [], [], [0]
        done, at, added = 0, 0, 0
        for place in places:
            while at < len(self._cuts) and self._cuts[at] <= place:
                cuts.append(self._cuts[at] + added)
                shifts.append(self._shifts[at + 1] - added)
                at += 1
            pieces += [self.folded[done:place], " "]
            done, added = place, added + 1
            cuts.append(place + added)
            shifts.append(shifts[-1] - 1)
        pieces.append(self.folded[done:])
        cuts += [cut + added for cut in self._cuts[at:]]
        shifts += [shift - added for shift in self._shifts[at + 1 :]]
        return Folded(self.text, "".join(pieces), cuts, shifts, self.plain if self._formed else None)

    @property
    def aligned(self) -> bool:
        """Whether every offset is the same in the text and in its folded form."""
        return not self._cuts

    @property
    def farthest(self) -> int:
        """How far at most an original offset lies beyond its folded one."""
        return self._most

    def origin(self, at: int) -> int:
        """The original offset of the folded character at `at` (its length for the length)."""
        return at + self._shifts[bisect_right(self._cuts, at)] if self._cuts else at

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of the folded span: with its vowel signs and tatweel, without controls at its ends."""
        if not self._cuts:
            return start, end
        at = bisect_right(self._cuts, start)
        first = start + self._shifts[at]
        while at < len(self._cuts) and self._cuts[at] <= end:
            at += 1
        last = end + self._shifts[at]
        text = self.text
        while last > first and text[last - 1] in _CONTROL:
            last -= 1
        if self._formed and last < len(text) and text[last] in _LIGATURES and self._within_ligature(end, last):
            last += 1
        return first, last

    def _within_ligature(self, end: int, last: int) -> bool:
        """Whether the folded offset `end` lies behind the first letter of the ligature at `last`."""
        return end > 0 and self.folded[end - 1] != " " and self.origin(end - 1) == last

    def surface(self, start: int, end: int) -> str:
        """The original text of a folded span."""
        first, last = self.span(start, end)
        return self.text[first:last]

    def spelled(self, start: int, end: int) -> str:
        """The same in plain letters, where the original has presentation forms: not folded, so that ة is told from ه.

        >>> doc = fold("\\ufee3\\ufe8c\\ufe94 \\ufefb")
        >>> doc.folded, doc.spelled(0, 3), doc.span(4, 6)
        ('ميه لا', 'مئة', (4, 5))
        """
        first, last = self.span(start, end)
        plain = self.plain[first:last]
        if not self._formed:
            return plain
        before = start - self.to_folded(first)  # letters of a ligature that the span begins within: لأحمد
        return _LIGATURE.sub(_letters_of, plain)[max(0, before) :]

    def to_folded(self, at: int) -> int:
        """The folded offset of the original offset `at` (of the next kept character where that one was left out)."""
        if not self._cuts:
            return at
        low, high = 0, len(self._cuts)
        while low < high:  # the last run that starts before `at` in the original
            middle = (low + high) // 2
            put_in = 2 if self._shifts[middle + 1] < self._shifts[middle] else 0
            if self._cuts[middle] + self._shifts[middle] - put_in < at:
                low = middle + 1
            else:
                high = middle
        if not low:
            return at
        # Within a left-out run every offset is that of the run's end.
        found = max(self._cuts[low - 1], at - self._shifts[low])
        if self._formed and self.text[at : at + 1] in _LIGATURES:
            return found - len(_LIGATURES[self.text[at]]) + 1  # that of its first letter
        return found


def fold(text: str) -> Folded:
    """Fold `text` for searching; see the module's opening for what that makes equal.

    >>> fold("الـ٦٠٠ جنديٍّ").folded
    'ال600 جندي'
    """
    found = cutting.fold(text, _TABLE)
    if found is None:
        return _fold_rare(text)
    folded, cuts, shifts = found
    return Folded(text, folded, cuts, shifts)


def _fold_rare(text: str) -> Folded:
    """`fold` for a text with characters that no table has; its ligatures become their letters."""
    plain = plain_letters(text)
    folded = _plain(plain)
    cuts, shifts, pieces, gone, at = [], [0], [], 0, 0
    for match in _LEFT_OUT_OR_LIGATURE.finditer(folded):
        start, end = match.span()
        letters = _LIGATURES.get(folded[start], "")
        pieces += [folded[at:start], letters]
        if letters:
            for _ in letters[1:]:
                cuts.append(start - gone + 1)
                gone -= 1
                shifts.append(gone)
        else:
            cuts.append(start - gone)
            gone += end - start
            shifts.append(gone)
        at = end
    pieces.append(folded[at:])
    return Folded(text, "".join(pieces), cuts, shifts, None if plain is text else plain)


def plain_letters(text: str) -> str:
    """`text` with letters for the presentation forms of single letters, as long as before; itself where it has no such forms.

    >>> plain_letters("\\ufeed\\ufeaa")
    'ود'
    """
    if text.isascii():
        return text
    # Every form has one of these bytes, and hardly any other text: looking for bytes is ten times as fast as for the characters.
    raw = text.encode("utf-16-le", "surrogatepass")
    if (b"\xfe" in raw or b"\xfd" in raw or b"\xfc" in raw or b"\xfb" in raw) and _FORM.search(text):
        return text.translate(_FORMS)
    return text


def fold_same(text: str) -> str:
    """The part of folding that keeps every offset: one character for one character, nothing left out, ligatures as they are."""
    return _plain(plain_letters(text))


def fold_letters(text: str) -> str:
    """The same where offsets are not wanted, with ligatures as their letters."""
    plain = plain_letters(text)
    return _plain(text if plain is text else _LIGATURE.sub(_letters_of, plain))


def _plain(text: str) -> str:
    """`text` with spelling variants made equal, one character for one character."""
    if len(text) < _SHORT:
        return text.translate(_VARIANTS)
    for variant, plain in _SAME:
        if variant in text:
            text = text.replace(variant, plain)
    return text


_SHORT = 80  # characters below which going through them takes less time than looking for every variant
_VARIANTS = {ord(variant): plain for variant, plain in _SAME}


def fold_key(text: str) -> str:
    """A folded phrase as a key to compare by: one space between words, none at the ends.

    >>> fold_key("  الإدارة   الذاتيّة ")
    'الاداره الذاتيه'
    """
    return " ".join(_LEFT_OUT.sub("", fold_letters(text)).split())


_FORMS, _LIGATURES = _forms()
_FORM = re.compile(f"[{''.join(map(chr, _FORMS))}{''.join(_LIGATURES)}]")
_LIGATURE = re.compile(f"[{''.join(_LIGATURES)}]")
_LEFT_OUT_OR_LIGATURE = re.compile(f"{_LEFT_OUT.pattern}|{_LIGATURE.pattern}")


def _letters_of(match: re.Match[str]) -> str:
    """The letters of a ligature, as it is spelled."""
    return "".join(each for each in unicodedata.normalize("NFKC", match[0]) if each.isalpha())


def alternation(phrases: Iterable[str], *, folded: bool = False) -> str:
    """A regular expression that matches any of `phrases`, longest first, as a trie: shared beginnings are tried once.

    Phrases are folded (unless `folded` says they are); a space in a phrase matches any run of spaces, never a line break.
    The expression has no groups and no word bounds; callers add what they need.

    >>> alternation(["قال", "قالت", "أكد"])
    '(?:اكد|قال(?:ت)?)'
    """
    trie: dict[str, dict] = {}  # type: ignore[type-arg]
    for phrase in phrases:
        node = trie
        for character in phrase if folded else fold_key(phrase):
            node = node.setdefault(character, {})
        node[""] = {}
    if not trie:
        return r"(?!)"
    return _trie_pattern(trie)


def _trie_pattern(node: Mapping[str, Mapping]) -> str:  # type: ignore[type-arg]
    branches = []
    for character in sorted(key for key in node if key):
        tail, step = "", character
        child = node[character]
        while len(child) == 1 and "" not in child:  # a stretch without branching
            tail += _escape(step)
            step, child = next(iter(child.items()))
        tail += _escape(step)
        if set(child) != {""}:
            tail += _trie_pattern(child)
        branches.append(tail)
    if not branches:
        return ""
    body = "(?:" + "|".join(branches) + ")"
    return body + "?" if "" in node else body


def _escape(character: str) -> str:
    return " +" if character == " " else re.escape(character)


QUOTED = '“«‹"'  # what opens a quotation
_CLOSING = {"“": "”", "«": "»", "‹": "›", '"': '"'}  # what opens a quotation and what closes it


def left_open(text: str) -> str:
    """The marks that close the quotations which a text leaves open, the innermost first.

    >>> left_open("قال “إن «الدار» تبني"), left_open('وصفه بأنه "مهم"')
    ('”', '')
    """
    waiting: list[str] = []
    for character in text:
        if waiting and character == waiting[-1]:
            waiting.pop()
        elif character in _CLOSING:
            waiting.append(_CLOSING[character])
    return "".join(reversed(waiting))


def closed(words: str, rest: str) -> str:
    """Words from a text with the mark right behind them (in `rest`) where that closes a quotation begun within them.

    The last mark of a reported content is not the content's own; shown alone, its quotation would stay open.

    >>> closed('بأنه "أهم ما في القائمة', '". وأضاف'), closed("نعم", "” قال")
    ('بأنه "أهم ما في القائمة"', 'نعم')
    """
    mark = rest[:1]
    pair = next((opening + closing for opening, closing in _CLOSING.items() if closing == mark), "")
    # In some outlets the closing mark opens, too: what counts is that one is without its other.
    return words + mark if pair and sum(words.count(each) for each in set(pair)) % 2 else words


def whole_quotations(text: str, start: int, end: int) -> tuple[int, int]:
    """A span of `text` that holds both marks of a quotation or none, where that takes no more than a mark at its ends.

    A mark right outside that closes or opens what the span holds comes in; a mark at the span's end whose other is far goes out.

    >>> text = 'وقال إن "الدار تبني" و«بدأت» العمل'
    >>> [text[slice(*whole_quotations(text, *span))] for span in ((8, 19), (9, 20), (8, 15), (22, 27))]
    ['"الدار تبني"', '"الدار تبني"', 'الدار ', '«بدأت»']
    """
    alone = _without_other(text, start, end)
    if not alone:
        return start, end
    opening = {closing: opening for opening, closing in _CLOSING.items()}
    for at in sorted(alone):
        mark = text[at]
        if mark in _CLOSING and text[end : end + 1] == _CLOSING[mark]:
            end += 1
        elif mark in opening and start and text[start - 1] == opening[mark]:
            start -= 1
        elif at == start:
            start += 1
        elif at == end - 1:
            end -= 1
    return start, end


def _without_other(text: str, start: int, end: int) -> list[int]:
    """Where in a span the quotation marks stand whose other is not in it."""
    waiting: list[tuple[str, int]] = []
    alone = []
    for at in range(start, end):
        character = text[at]
        if waiting and character == _CLOSING[waiting[-1][0]]:
            waiting.pop()
        elif character in _CLOSING:
            waiting.append((character, at))
        elif character in _CLOSING.values():
            alone.append(at)
    return alone + [at for _, at in waiting]
