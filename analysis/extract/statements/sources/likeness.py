"""When two names, or two roles, are those of one person: spellings, short names within full ones, words for one office.

>>> joins(("الحلبي",), ("نادر", "الحلبي")), contains(frozenset(("متحدث", "وزاره")), frozenset(("ناطق",)))
(True, True)
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from analysis.extract.statements.vocabulary.listed import listed_kind
from analysis.extract.statements.vocabulary.words import word
from analysis.lexicon import read
from analysis.spelling import heard, same_word
from analysis.text import fold_key

_ARTICLE = "ال"


@lru_cache(maxsize=65536)
def heard_as(name: str) -> str:
    """A key that all spellings of a name share."""
    bare = name[2:] if name[:2] == _ARTICLE and len(name) > 5 else name
    return "".join(sorted(heard(bare))) or name


@lru_cache(maxsize=4096)
def fuse(names: tuple[str, ...]) -> tuple[str, ...]:
    """A name whose compounds are one word each, as the press writes them now and then: بن موسى as بنموسى.

    >>> fuse(("سليم", "بن", "عبد", "الله"))
    ('سليم', 'بنعبدالله')
    """
    fused: list[str] = []
    held = ""
    for name in names:
        if "fusing" in word(name).lists:
            held += name
        else:
            fused.append(held + name)
            held = ""
    return (*fused, held) if held else tuple(fused)


def joins(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether a shorter name is that of the longer: each of its words is there, the last one above all."""
    if not short or len(short) > len(full):
        return False
    if len(short) == 1:
        if _bare_surname(short[0], full[-1]):
            return True
        first = short[0] == full[0] or (same_word(short[0], full[0]) and short[0][-1] == full[0][-1])
        return first or same_word(short[0], full[-1]) or (len(full) > 2 and short[0] in full)
    nickname = len(short) == len(full) == 2 and (short[0].startswith(full[0]) or full[0].startswith(short[0]))
    if nickname and same_word(short[1], full[1]) and min(len(short[0]), len(full[0])) > 2:
        return True  # مايك، مايكل
    return all(any(same_word(part, other) for other in full) for part in short)


def _bare_surname(one: str, other: str) -> bool:
    """Whether two surnames differ by the article alone, which the press leaves out now and then: طالب، الطالب."""
    short, full = sorted((one, other), key=len)
    return full == _ARTICLE + short and len(short) > 3 and word(short).kind != "given"


_OFFICES: Final[dict[str, str]] = {fold_key(each): fold_key(same) for each, same in read("titles")["offices"].items()}


def office(head: str) -> str:
    """A head under the one word for its office (ناطق: متحدث)."""
    return _OFFICES.get(head, head)


def contains(whole: frozenset[str], part: frozenset[str]) -> bool:
    """Whether a role holds all the words of a shorter one, spelling variants and offices made equal."""
    return part <= whole or {_one_spelling(each) for each in part} <= {_one_spelling(each) for each in whole}


def derived(part: frozenset[str], whole: frozenset[str]) -> bool:
    """Whether a longer role holds all the words of a shorter one, or the nouns that its adjectives are made from.

    >>> derived(frozenset(("مصدر", "حكومي")), frozenset(("مصدر", "رفيع", "حكومه")))
    True
    """
    missing = part - whole
    return bool(missing) and len(whole) >= len(part) and all(any(_made_from(each, noun) for noun in whole) for each in missing)


def _made_from(nisba: str, noun: str) -> bool:
    stem = origin_of(nisba)
    if stem[-1:] != "ي" or len(stem) < 4:
        return False
    return stem[:-1] == (noun[:-1] if noun[-1:] == "ه" else noun) or noun[:-1] == stem


@cache
def _variants() -> tuple[tuple[str, str], ...]:
    return tuple((fold_key(each), fold_key(same)) for each, same in read("titles")["variants"].items())


@lru_cache(maxsize=4096)
def _one_spelling(each: str) -> str:
    each = origin_of(office(each))
    for variant, same in _variants():
        each = each.replace(variant, same)
    return each


@lru_cache(maxsize=4096)
def is_origin(nisba: str) -> bool:
    """Whether an adjective says from which place somebody is: صيني، أميركية."""
    stem = origin_of(nisba)
    if stem[-1:] != "ي" or len(stem) < 4:
        return False
    stem = stem[:-1]
    return any(
        listed_kind(each) == "place" for each in (stem, "ال" + stem, stem + "ا", stem + "يا", "ال" + stem + "يه", stem + "ه")
    )


def foreign(role: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two roles are of different countries: الوزير الصيني، وزير الخارجية الأميركي."""
    one = {_one_spelling(each) for each in role if is_origin(each)}
    return bool(one) and one.isdisjoint(others := {_one_spelling(each) for each in other if is_origin(each)}) and bool(others)


def origin_of(nisba: str) -> str:
    """A nisba in its shortest form: فلسطينيه، فلسطينيين as فلسطيني."""
    for ending in ("يه", "يين", "يون"):
        if nisba.endswith(ending) and len(nisba) > len(ending) + 2:
            return nisba[: 1 - len(ending)]
    return nisba
