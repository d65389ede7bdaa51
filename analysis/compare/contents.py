"""What a statement says, as features that outlets share however they word it.

In go `Tables`, out comes a `Content` for each thing that a statement says: weights of stems, meanings, actors and figures, and
which of them the statement denies. An actor counts by who is meant and not by the name chosen; a figure by its value, not by
its digits or words, and whatever qualifies it.

>>> from analysis.compare.contents import features
>>> sorted(features("ولا توجد جنود في المدينة", [])[0].items())
[('=presence', True), ('=troops', True), ('مدين', True)]

Stems are those of `analysis.stem`. Meanings are the rows of `analysis/lexicon/claims.toml`; a word that means the opposite of a
row is that row denied (أغلق is not فتح). A denial (لا، ليس، عدم …) holds for the rest of its clause; a verb of denial (نفى)
turns the whole content. Where one statement says several things (أن … وأن …) is told in `analysis.compare.parts`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from analysis.compare.columns import given
from analysis.compare.figures import Figure, Placed, inside, sums, with_numbers
from analysis.compare.ledger import Funded, numbered
from analysis.lexicon import read
from analysis.stem import stem, without_article
from analysis.text import alternation, fold_key, fold_same

if TYPE_CHECKING:
    import pandas as pd

_MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_LEFT_OUT = re.compile(f"[{_MARKS}]")
# A word with the marks inside it: خُصص is one word.
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*(?:[.,٫٬]\d+)*|[.!?؟؛;:,،\n]")
_LONG = re.compile("(?<=.)[اوي](?=.)")
_REACH = 12  # words: a denial without a stop after it does not reach further
_PHRASE = 2  # words that غير and بلا deny

_PHRASE_AFTER = 3  # words behind قبل and بعد that may say of what
_BETWEEN = " \n\u00a0\"'«»“”‘’()"
_OPENING = 4  # words of a content in which a pronoun takes up what stands before the verb of saying

Span = tuple[int, int, str]  # start, end and feature of an actor or figure
Order = tuple[str | None, bool]  # the word that a head is of, if any, and whether the content is of a time after it


class Stated(Funded, Protocol):
    """What claims read of `Tables`: statements, and the sums, counts and actors in them."""


class Content(NamedTuple):
    """One thing said: where it stands, who says it, and what, as feature → whether the statement denies it."""

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
    figures: tuple[Figure, ...]
    construct: Mapping[str, frozenset[str]]  # head of an iḍāfa → what it is of: سوق عفرين
    order: Mapping[str, Order]  # what it is before or after: قبل نهاية العام
    money: frozenset[int]  # its sums of money, by the figure of the ledger that each is of
    plain: str

    @property
    def key(self) -> tuple[str, int]:
        """The statement that says it."""
        return self.article, self.number


class _Lexicon(NamedTuple):
    stop: frozenset[str]
    meanings: dict[str, tuple[str, bool]]
    particles: frozenset[str]
    phrasal: frozenset[str]
    absence: frozenset[str]
    none: re.Pattern[str]
    exceptions: frozenset[str]
    breaks: frozenset[str]
    verbs: frozenset[str]
    order: dict[str, bool]
    joining: frozenset[str]
    resumed: re.Pattern[str]


@cache
def _lexicon() -> _Lexicon:
    data = read("claims")
    negation, opposites = data["negation"], data["opposites"]
    meanings = {
        stem(fold_key(word)): (f"={opposites.get(name, name)}", name in opposites)
        for name, words in data["meanings"].items()
        for word in words
    }
    meanings |= {
        stem(fold_key(word)): (f"=month{at}", False)
        for at, words in read("months")["gregorian"].items()
        for word in words
        if " " not in word
    }
    folded = {
        name: frozenset(fold_key(each) for each in negation[name])
        for name in ("particles", "phrasal", "exceptions", "breaks", "verbs")
    }
    return _Lexicon(
        stop=frozenset(fold_key(each) for each in data["stop"]),
        meanings=meanings,
        absence=frozenset(_LONG.sub("", fold_key(each)) for each in negation["absence"]),
        order={fold_key(each): name == "after" for name, words in data["order"].items() for each in words},
        joining=frozenset(data["resumptive"]["joining"]),
        resumed=re.compile(
            rf"(?:{alternation(data['resumptive']['words'])}|[^\W_]+{alternation(data['resumptive']['endings'])})\Z"
        ),
        none=re.compile(rf"(?<![^\W_])[وف]?{alternation(negation['none'])}(?![^\W_])"),
        **folded,
    )


@cache
def of_sums() -> frozenset[str]:
    """The features of words that tell what is done with a sum, not what it is for."""
    return frozenset(feature for word in read("claims")["of_sums"] if (feature := _read_word(fold_key(word))[0]) is not None)


def read_contents(tables: Stated) -> list[Content]:
    """What the statements say, in order of publication, then of article and place; undated articles come last."""
    from analysis.compare.parts import parts

    texts = _texts(tables.articles)
    actors, amounts = _actors(tables.mentions), sums(tables.amounts, lambda noun: _read_word(noun)[0])
    denials, of_ledger = _lexicon().verbs, numbered(tables)
    read_once: dict[Any, _Reading] = {}  # wire copy repeats its sentences: what is alike to the letter is one reading
    contents = []
    names = ("article_id", "statement", "start", "end", "cue_start", "speaker", "verb", "in_title")
    rows = sorted(zip(*(tables.statements[name].tolist() for name in names), strict=True), key=itemgetter(0, 2, 1))
    for article, statements in groupby(rows, key=itemgetter(0)):
        text, outlet, published, _ = texts[article]
        folded, named = fold_same(text), actors.get(article, ())
        figures = with_numbers(text, amounts.get(article, ()))
        day = None if published is None else published.toordinal()
        for _, number, start, end, cue, speaker, verb, in_title in statements:
            lemma = fold_key(given(verb) or "")
            denied, counted = lemma in denials, inside(figures, start, end)
            joined = folded[cue : cue + 1] in _lexicon().joining and lemma[:1] != folded[cue : cue + 1]
            about = () if joined else _antecedent(folded, figures, int(cue), int(start), int(end))
            for first, last in parts(folded[start:end], counted):
                begin, finish = int(start) + first, int(start) + last
                numbers = tuple(inside(counted, first, last))
                before = about if not first else ()
                places = [each for each, _, _ in before] + [begin + each for each, _, _ in numbers]
                money = frozenset(of_ledger[article, each] for each in places if (article, each) in of_ledger)
                key = folded[begin:finish], tuple(inside(named, begin, finish)), numbers, denied, tuple(each for *_, each in before)
                if key not in read_once:
                    read_once[key] = _reading(*key)
                reading = read_once[key]
                contents.append(
                    Content(
                        article, int(number), outlet, published, day, given(speaker), begin, finish, bool(in_title),
                        reading.said, reading.figures, reading.construct, reading.order, money, reading.plain,
                    )
                )  # fmt: skip
    return sorted(contents, key=lambda each: (texts[each.article].rank, each.start, each.number))


def _antecedent(folded: str, figures: Sequence[Placed], cue: int, start: int, end: int) -> tuple[Placed, ...]:
    """The sum that a content is about though it stands before the verb of saying, as one in it, if any: a pronoun takes it up
    (5 ملايين قال الوزير إنها وصلت).
    """
    last = bisect_left(figures, (cue,)) - 1
    if last < 0 or start < cue or folded[figures[last][1] : cue].strip(_BETWEEN):
        return ()
    opening = [match[0] for match in islice(_WORD.finditer(folded, start, end), _OPENING)]
    return (figures[last],) if any(map(_lexicon().resumed.match, opening)) else ()


class _Text(NamedTuple):
    text: str
    outlet: str | None
    published: Any
    rank: int  # in order of publication, then of id


def _texts(articles: pd.DataFrame) -> dict[str, _Text]:
    """The articles by their id."""
    names = ("article_id", "text", "outlet", "published")
    rows = [
        (article, text, given(outlet), given(published))
        for article, text, outlet, published in zip(*(articles[name].tolist() for name in names), strict=True)
    ]
    rows.sort(key=lambda row: (row[3] is None, row[3], row[0]))
    return {article: _Text(text, outlet, published, at) for at, (article, text, outlet, published) in enumerate(rows)}


def features(text: str, spans: Sequence[Span], *, denied: bool = False) -> tuple[dict[str, bool], str]:
    """The features of a content, each with whether it is denied, and the words they come from as plain text.

    `spans` are its actors and figures (offsets in `text`, feature), which stand for the words they cover.
    """
    said, plain, _, _ = _read(fold_same(text), _clauses_of(fold_same(text), spans), denied)
    return said, " ".join(plain)


class _Reading(NamedTuple):
    said: dict[str, bool]
    plain: str
    construct: dict[str, frozenset[str]]
    order: dict[str, Order]
    figures: tuple[Figure, ...]


def _reading(folded: str, named: Sequence[Span], numbers: Sequence[Placed], denied: bool, before: Sequence[Figure]) -> _Reading:
    """What a part of a statement says, with its actors and figures; `before` are the figures it is about that stand outside it."""
    clauses = _clauses_of(folded, [*named, *((a, b, each.feature) for a, b, each in numbers)])
    said, plain, construct, nouns = _read(folded, clauses, denied)
    for figure in before:
        _add(said, figure.feature, denied)
    return _Reading(said, " ".join(plain), construct, _order(clauses), (*before, *_counted(numbers, nouns)))


def _clauses_of(folded: str, spans: Sequence[Span]) -> list[list[tuple[int, str]]]:
    return list(_clauses(folded, sorted(spans, key=lambda span: (span[0], -span[1], span[2]))))


def _order(clauses: Sequence[Sequence[tuple[int, str]]]) -> dict[str, Order]:
    """What the content is before or after: the head of each time or event, the word that it is of, and whether it is after it.

    Not before is after (لن يغادروا قبل نهاية العام); not after may be either.
    """
    found: dict[str, Order] = {}
    for clause in clauses:
        words = [word for _, word in clause]
        for at, word in enumerate(words):
            after = _lexicon().order.get(word)
            if after is None:
                continue
            denied = not _lexicon().exceptions.intersection(words) and any(_denial_of(each) for each in words[:at])
            told = [each for each in map(_feature_of, words[at + 1 : at + 1 + _PHRASE_AFTER]) if each[0] is not None]
            if told and not (after and denied):
                (head, bare), following = told[0], told[1][0] if len(told) > 1 else None
                assert head is not None
                found.setdefault(head, (following if bare else None, after or denied))
    return found


def _feature_of(word: str) -> tuple[str | None, bool]:
    """The feature of a word of a clause, and whether the next word may be what it is of."""
    if word[0] in "@#":
        return word, word[0] == "#"
    feature, _, _, bare = _read_word(word)
    return feature, bare


def _denial_of(word: str) -> bool:
    return word[0] not in "@#" and bool(_read_word(word)[2])


def _read(
    folded: str, clauses: Sequence[Sequence[tuple[int, str]]], denied: bool
) -> tuple[dict[str, bool], list[str], dict[str, frozenset[str]], dict[int, str]]:
    """Features and whether they are denied, plain words, what each head is of, and where a figure is → the word after it."""
    lexicon = _lexicon()
    unreal = [match.span() for match in lexicon.none.finditer(folded)]
    said: dict[str, bool] = {}
    plain: list[str] = []
    construct: dict[str, set[str]] = {}
    nouns: dict[int, str] = {}
    for clause in clauses:
        reach, excepted = 0, any(word in lexicon.exceptions for _, word in clause)
        head, figure = None, -1  # a word that may be of the next one, a figure that may count it
        for at, word in clause:
            reach -= 1
            if word[0] in "@#":
                _add(said, word, (reach > 0) != denied)
                if head is not None and word[0] == "@":
                    construct.setdefault(head, set()).add(word)
                head, figure = None, at if word[0] == "#" else -1
                continue
            plain.append(word)
            feature, flipped, denial, bare = _read_word(word)
            if denial and not excepted and not any(a <= at < b for a, b in unreal):
                reach = max(reach, denial + 1)
                feature = None
            elif feature is not None:
                _add(said, feature, ((reach > 0) != denied) != flipped)
                reach = 0 if flipped else reach  # لن يغادر قبل نهاية العام says that he stays until then
                if figure >= 0:
                    nouns[figure] = feature
                elif head is not None and word[0] not in "وف":
                    construct.setdefault(head, set()).add(feature)
            head, figure = feature if bare else None, -1
    return said, plain, {head: frozenset(each) for head, each in construct.items()}, nouns


def _add(said: dict[str, bool], feature: str, negative: bool) -> None:
    """What is both said and denied is said."""
    said[feature] = said.get(feature, True) and negative


@lru_cache(maxsize=65536)
def _read_word(word: str) -> tuple[str | None, bool, int, bool]:
    """A folded word's feature (None for a word that says nothing), whether it says the opposite of that, how many words it
    denies, and whether it has no article.
    """
    lexicon = _lexicon()
    bare = word[1:] if word[0] in "وف" and len(word) > 2 else word
    denial = _denial(word, bare)
    if bare in lexicon.stop or word in lexicon.stop or len(bare) < 2:
        return None, False, denial, False
    root = stem(word)
    feature, flipped = lexicon.meanings.get(root, (root, False))
    return feature, flipped, denial, without_article(word) == word


def _denial(word: str, bare: str) -> int:
    """How many words the word denies; 0 where it denies none."""
    lexicon = _lexicon()
    if word in lexicon.phrasal or bare in lexicon.phrasal:
        return _PHRASE
    if word in lexicon.particles or bare in lexicon.particles:
        return _REACH
    noun = without_article(bare)
    return _REACH if len(noun) > 2 and (noun in lexicon.absence or _LONG.sub("", noun) in lexicon.absence) else 0


def _clauses(folded: str, spans: Sequence[Span]) -> Iterator[list[tuple[int, str]]]:
    """The words of each clause with their places; an actor or figure is one word, its feature."""
    clause: list[tuple[int, str]] = []
    at = place = 0
    breaks, marked = _lexicon().breaks, _LEFT_OUT.search(folded) is not None
    for match in _WORD.finditer(folded):
        start, end = match.span()
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        if start < at:
            continue
        if place < len(spans) and spans[place][0] < end:
            here = spans[place][0]
            clause.append((start, spans[place][2]))
            at = max(span[1] for span in spans if span[0] == here)
            continue
        word = match[0]
        if marked:
            word = _LEFT_OUT.sub("", word)
            if not word:
                continue
        if not word[0].isalnum() or word in breaks:
            yield clause
            clause = []
            continue
        clause.append((start, word))
    yield clause


def _counted(numbers: Sequence[Placed], nouns: Mapping[int, str]) -> tuple[Figure, ...]:
    """The figures, each bare number with what it counts: the word after it."""
    return tuple(
        figure if figure.unit else figure._replace(unit=next((nouns[at] for at in nouns if start <= at < end), ""))
        for start, end, figure in numbers
    )


def _actors(mentions: pd.DataFrame) -> dict[str, list[Any]]:
    spans: dict[str, list[Any]] = {}
    names = ("article_id", "start", "end", "actor")
    for article, start, end, actor in zip(*(mentions[name].tolist() for name in names), strict=True):
        spans.setdefault(article, []).append((int(start), int(end), f"@{actor}"))
    return {article: sorted(each) for article, each in spans.items()}
