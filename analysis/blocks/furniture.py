"""Page furniture: lines that belong to the site rather than the story, and where on a page they count as that.

>>> furniture("التعليقات مغلقه"), furniture("لا جديد في المدينه")
('anywhere', None)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.blocks.lines import SHORT, WORD, folded_all, keys
from analysis.lexicon import read
from analysis.text import alternation
from analysis.tokens import Family, Tokens, seconds_of

_NUMBER = re.compile(r"\d+(?:[.,٫٬]\d+)*")


@lru_cache(maxsize=20_000)
def furniture(folded: str) -> str | None:
    """Where a folded line counts as furniture: anywhere, edges, head, tail, below, related (anywhere); None where nowhere."""
    known = _lexicon()
    if len(folded) <= 2 * SHORT:
        key = " ".join(WORD.findall(_NUMBER.sub("0", folded)))
        if not key:
            return "anywhere"  # a rule, a row of dots
        where = known.whole.get(key) or _one_slip_away(key)
        if where is not None:
            return where
        if ("#" in folded and _HASHTAGS.fullmatch(folded)) or ("." in folded and _ADDRESS.fullmatch(folded)):
            return "edges"
        if key.partition(" ")[0] not in known.first_words:
            return None
        if known.phrases.fullmatch(key):
            return "anywhere"
        if known.buttons.fullmatch(key):
            return "edges"
    for opening, limit, where in known.openings:
        if len(folded) <= limit and opening.match(folded):
            return where
    return None


_HASHTAGS = re.compile(r"(?:#\w+[ ,،|]*)+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+")


def _one_slip_away(key: str) -> str | None:
    """Where a phrase counts that differs from `key` by one letter: wrong, missing, or one too many. Templates are full of them."""
    known = _lexicon()
    # One slip leaves the beginning or the end as it was.
    if len(key) < 10 or not (key[:5] in known.ends or key[-5:] in known.ends):
        return None
    return next((known.near[less] for less in _one_less(key) if less in known.near), None)


def _one_less(key: str) -> Iterator[str]:
    """The key, and the key without any one of its letters: two keys that share one of these are one slip apart."""
    yield key
    for index in range(len(key)):
        yield key[:index] + key[index + 1 :]


def may_point(line: str) -> bool:
    """Whether a line, as it is written, opens as a pointer to another story does."""
    return _lexicon().pointer.match(line) is not None


def is_notice(folded: str) -> bool:
    """Whether a folded line has all the signs of a notice: of cookies, consent, newsletters."""
    return any(len(folded) <= limit and all(each.search(folded) for each in signs) for signs, limit in _lexicon().notices)


@cache
def _notice_signs() -> dict[str, frozenset[str]]:
    """The first words of the signs of which every notice has one, with those of which one must follow, if any must."""
    return seconds_of(sign for group in read("boilerplate")["notice"] for sign in folded_all(group["all"][0]))


_BEGINS_SIGN = Family(lambda spelled: spelled.lower() in _notice_signs())


def may_notify(tokens: Tokens) -> bool:
    """Whether one of these signs may stand in a text, so that a line of it may be a notice."""
    for at in tokens.where(_BEGINS_SIGN):
        seconds = _notice_signs()[tokens.known[at].text.lower()]
        if not seconds or (at + 1 < tokens.size and tokens.known[at + 1].text.lower() in seconds):
            return True
    return False


class _Known(NamedTuple):
    whole: dict[str, str]  # the key of a line -> where
    near: dict[str, str]  # a key without one letter -> where
    ends: frozenset[str]  # the first and last letters of those keys
    pointer: re.Pattern[str]  # the beginning of any opening, for text as it is written
    openings: list[tuple[re.Pattern[str], int, str]]
    notices: list[tuple[list[re.Pattern[str]], int]]
    first_words: frozenset[str]  # of every phrase
    phrases: re.Pattern[str]  # phrases that count anywhere, one after the other
    buttons: re.Pattern[str]


def _bounded(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternation(folded_all(phrases), folded=True)}(?!\w)")


@cache
def _lexicon() -> _Known:
    lexicon = read("boilerplate")
    whole: dict[str, str] = {}
    near: dict[str, str] = {}
    ends: set[str] = set()
    for group in lexicon["whole"]:
        where = "related" if group.get("related") else group["where"]
        for key in keys(group["phrases"]):
            whole.setdefault(key, where)
            if len(key) >= 10 and not key.isascii() and where in ("anywhere", "related"):  # so long that a slip makes no other word
                ends.update((key[:5], key[-5:]))
                for less in _one_less(key):
                    near.setdefault(less, where)
    openings, beginnings = [], []
    for group in lexicon["opening"]:
        phrases = folded_all(group["phrases"])
        beginnings += phrases
        mark = r" *[:|/»>\-–—]" if group.get("colon") else ""
        opening = re.compile(rf"[\W_]*{alternation(phrases, folded=True)}(?!\w){mark}")
        openings.append((opening, int(group["limit"]), str(group["where"])))
    pointer = re.compile(r"[\W_]*" + _unfolded(alternation(beginnings, folded=True)))
    notices = [([_bounded(phrases) for phrases in group["all"]], int(group["limit"])) for group in lexicon["notice"]]
    buttons = alternation(keys(lexicon["networks"]["phrases"]), folded=True)
    standing = alternation([key for key, where in whole.items() if where == "anywhere"], folded=True)
    beginnings += [*whole, *keys(lexicon["networks"]["phrases"])]
    return _Known(
        whole,
        near,
        frozenset(ends),
        pointer,
        openings,
        notices,
        frozenset(key.partition(" ")[0] for key in keys(beginnings)),
        re.compile(rf"{standing}(?: {standing})*"),
        re.compile(rf"{buttons}(?: {buttons})*"),
    )


def _unfolded(pattern: str) -> str:
    """A pattern for folded text made one for text as it is written: any hamza, vowel signs and tatweel between letters."""
    for plain, written in (("ا", "[اأإآٱ]"), ("ي", "[يىئی]"), ("ه", "[هة]"), ("و", "[وؤ]"), ("ك", "[كک]")):
        pattern = pattern.replace(plain, written)
    marks = "[\u0640\u064b-\u0652\u200e\u200f]*"
    pattern = re.sub(r"\[[^\]]*\]|[\u0620-\u064a]", lambda letter: letter[0] + marks, pattern)
    return re.sub("[a-z]", lambda letter: f"[{letter[0]}{letter[0].upper()}]", pattern).replace(" +", r"\s+")
