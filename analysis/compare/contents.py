"""What a statement says, as features that outlets share however they word it.

In go `Tables`, out comes a `Content` for each statement: weights of stems, meanings, actors and amounts, and which of them the
statement denies. An actor counts by who is meant and not by the name chosen; a sum by its value, not by its digits or words.

>>> from analysis.compare.contents import features
>>> sorted(features("ولا توجد جنود في المدينة", [])[0].items())
[('=presence', True), ('=troops', True), ('مدين', True)]

Stems are those of light stemming (Larkey, Ballesteros and Connell 2002: article, conjunction and frequent endings off), with
the one-letter prepositions off where four letters remain. Meanings are the rows of `analysis/lexicon/claims.toml`.
A denial (لا، ليس، عدم …) holds for the rest of its clause; a verb of denial (نفى) turns the whole content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from analysis.compare.columns import given
from analysis.lexicon import read
from analysis.text import alternation, fold_key, fold_same

if TYPE_CHECKING:
    import pandas as pd

_WORD = re.compile(r"[^\W_]+(?:[.,٫٬]\d+)*|[.!?؟؛;:,،\n]")
_LEFT_OUT = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_ARTICLE = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=\w{2})")
_PREFIX = re.compile(r"^(?:[وف]?س(?=[ينتا]\w{3})|[وف]?[بلك](?=\w{4})|[وف](?=\w{3}))")
_IMPERFECT = re.compile(r"^[يتن](?=\w{4})")
_SUFFIX = re.compile(r"(?<=\w{3})(?:هما|كم|هم|هن|ها|نا|ان|ات|ون|ين|وا|يه|ته|تها|تهم|تنا|ه|ي|ت|ا)$")
_LONG = re.compile("(?<=.)[اوي](?=.)")
_REACH = 12  # words: a denial without a stop after it does not reach further
_PHRASE = 2  # words that غير and بلا deny

Span = tuple[int, int, str]  # start, end and feature of an actor or amount


class Stated(Protocol):
    """What claims read of `Tables`."""

    @property
    def articles(self) -> pd.DataFrame:
        """Texts, outlets and dates."""

    @property
    def statements(self) -> pd.DataFrame:
        """What is grouped."""

    @property
    def amounts(self) -> pd.DataFrame:
        """Sums and counts in the contents."""

    @property
    def mentions(self) -> pd.DataFrame:
        """Actors in the contents."""


class Content(NamedTuple):
    """One statement: where it stands, who says it, and what, as feature → whether the statement denies it."""

    article: str
    number: int
    outlet: str | None
    published: Any
    day: int | None
    speaker: str | None
    start: int
    end: int
    in_title: bool
    said: dict[str, bool]
    amounts: dict[str, frozenset[str]]  # unit → values
    plain: str


class _Lexicon(NamedTuple):
    stop: frozenset[str]
    meanings: dict[str, str]
    particles: frozenset[str]
    phrasal: frozenset[str]
    absence: frozenset[str]
    none: re.Pattern[str]
    exceptions: frozenset[str]
    breaks: frozenset[str]
    verbs: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    data = read("claims")
    negation = data["negation"]
    meanings = {_stem(fold_key(word)): f"={name}" for name, words in data["meanings"].items() for word in words}
    folded = {
        name: frozenset(fold_key(each) for each in negation[name])
        for name in ("particles", "phrasal", "exceptions", "breaks", "verbs")
    }
    return _Lexicon(
        stop=frozenset(fold_key(each) for each in data["stop"]),
        meanings=meanings,
        absence=frozenset(_LONG.sub("", fold_key(each)) for each in negation["absence"]),
        none=re.compile(rf"(?<![^\W_])[وف]?{alternation(negation['none'])}(?![^\W_])"),
        **folded,
    )


def read_contents(tables: Stated) -> list[Content]:
    """The statements in order of publication, then of article and place; undated articles come last."""
    known = tables.articles
    about = dict(zip(known["article_id"], zip(known["text"], known["outlet"], known["published"], strict=True), strict=True))
    actors = _spans(tables.mentions, _actors(tables.mentions))
    sums = _spans(tables.amounts, _sums(tables.amounts))
    contents = []
    names = ("article_id", "statement", "start", "end", "speaker", "verb", "in_title")
    for article, number, start, end, speaker, verb, in_title in zip(
        *(tables.statements[name].tolist() for name in names), strict=True
    ):
        text, outlet, published = about[article]
        inside = [
            (a - start, b - start, feature)
            for a, b, feature in (*actors.get(article, ()), *sums.get(article, ()))
            if start <= a and b <= end
        ]
        said, plain = features(text[start:end], inside, denied=fold_key(given(verb) or "") in _lexicon().verbs)
        moment = given(published)
        day = None if moment is None else moment.toordinal()
        contents.append(
            Content(
                article, int(number), given(outlet), moment, day, given(speaker), int(start), int(end), bool(in_title), said,
                _figures(feature for _, _, feature in inside), plain,
            )
        )  # fmt: skip
    return sorted(contents, key=lambda each: (each.day is None, each.published, each.article, each.start, each.number))


def features(text: str, spans: Sequence[Span], *, denied: bool = False) -> tuple[dict[str, bool], str]:
    """The features of a content, each with whether it is denied, and the words they come from as plain text.

    `spans` are its actors and amounts (offsets in `text`, feature), which stand for the words they cover.
    """
    lexicon = _lexicon()
    folded = fold_same(text)
    covered = sorted(spans, key=lambda span: (span[0], -span[1], span[2]))
    unreal = [match.span() for match in lexicon.none.finditer(folded)]
    said: dict[str, bool] = {}
    plain: list[str] = []
    for clause in _clauses(folded, covered):
        reach, excepted = 0, any(word in lexicon.exceptions for _, word in clause)
        for at, word in clause:
            reach -= 1
            if word[0] in "@#":
                _add(said, word, (reach > 0) != denied)
                continue
            plain.append(word)
            bare = word[1:] if word[0] in "وف" and len(word) > 2 else word
            denial = _denial(word, bare)
            if denial and not excepted and not any(a <= at < b for a, b in unreal):
                reach = max(reach, denial + 1)
            elif bare not in lexicon.stop and word not in lexicon.stop and len(bare) > 1:
                _add(said, _feature(word), (reach > 0) != denied)
    return said, " ".join(plain)


def _add(said: dict[str, bool], feature: str, negative: bool) -> None:
    """What is both said and denied is said."""
    said[feature] = said.get(feature, True) and negative


def _denial(word: str, bare: str) -> int:
    """How many words the word denies; 0 where it denies none."""
    lexicon = _lexicon()
    if word in lexicon.phrasal or bare in lexicon.phrasal:
        return _PHRASE
    if word in lexicon.particles or bare in lexicon.particles:
        return _REACH
    stem = _ARTICLE.sub("", bare)
    return _REACH if len(stem) > 2 and (stem in lexicon.absence or _LONG.sub("", stem) in lexicon.absence) else 0


def _clauses(folded: str, spans: Sequence[Span]) -> Iterator[list[tuple[int, str]]]:
    """The words of each clause with their places; an actor or amount is one word, its feature."""
    clause: list[tuple[int, str]] = []
    at = 0
    pending = list(spans)
    for match in _WORD.finditer(folded):
        while pending and pending[0][1] <= match.start():
            pending.pop(0)
        if match.start() < at:
            continue
        if pending and pending[0][0] < match.end():
            clause.append((match.start(), pending[0][2]))
            at = max(span[1] for span in pending if span[0] == pending[0][0])
            continue
        word = _LEFT_OUT.sub("", match[0])
        if not word:
            continue
        if not word[0].isalnum() or word in _lexicon().breaks:
            yield clause
            clause = []
            continue
        clause.append((match.start(), word))
    yield clause


@lru_cache(maxsize=65536)
def _feature(word: str) -> str:
    """A word's meaning where the lexicon has one, else its stem."""
    meanings = _lexicon().meanings
    stem = _stem(word)
    return meanings.get(stem, stem)


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """The light stem of a folded word.

    >>> _stem("وبالشراكه"), _stem("شراكتهم"), _stem("للمدارس")
    ('شراك', 'شراك', 'مدارس')
    """
    bare = _ARTICLE.sub("", word)
    if bare == word:
        bare = _IMPERFECT.sub("", _PREFIX.sub("", word))
    shorter = _SUFFIX.sub("", bare)
    return shorter if shorter != bare or not bare.endswith(("ه", "ت")) else bare[:-1]


def _spans(table: pd.DataFrame, made: Iterable[str]) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = {}
    for article, start, end, feature in zip(*(table[name] for name in ("article_id", "start", "end")), made, strict=True):
        spans.setdefault(article, []).append((int(start), int(end), feature))
    return spans


def _actors(mentions: pd.DataFrame) -> list[str]:
    return [f"@{actor}" for actor in mentions["actor"]]


def _sums(amounts: pd.DataFrame) -> list[str]:
    """Amounts by kind, unit and value; a vague plural by its unit alone."""
    made = []
    for row in zip(*(amounts[name].tolist() for name in ("kind", "unit", "value", "low", "high")), strict=True):
        kind, unit, *values = (given(each) for each in row)
        unit = _feature(fold_key(unit)) if unit and kind in ("count", "measure") else unit
        known = "-".join(f"{value:g}" for value in values if value is not None)
        made.append(f"#{kind}|{unit or ''}|{known}")
    return made


def _figures(made: Iterable[str]) -> dict[str, frozenset[str]]:
    """The values of each unit among features."""
    values: dict[str, set[str]] = {}
    for feature in made:
        if feature[0] == "#":
            unit, _, value = feature.rpartition("|")
            values.setdefault(unit, set()).add(value)
    return {unit: frozenset(each) for unit, each in values.items()}
