"""How a text keeps its distance: words of doubt, pretext, so-called and attribution, and in whose voice they are.

In goes a text (folded, with its quotations and statements), out come `Hedge`s. A word counts only in the form and the context
that make it a hedge; both are data, in `analysis/lexicon/hedges.toml`.

>>> [(hedge.text, hedge.kind) for hedge in find_hedges("قصفت القرية بحجة مطاردة الخلايا، حسب زعمها، ثم عاد بحجة قوية")]
[('بحجة', 'pretext'), ('حسب زعمها', 'doubt')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.extract.anchors import Anchors
from analysis.extract.mentions import Voices
from analysis.lexicon import read
from analysis.text import Folded, alternation, fold, fold_key

if TYPE_CHECKING:
    from analysis.extract.quotes import Quote
    from analysis.extract.statements import Statement

_CONJUNCTIONS = frozenset(("", "و", "ف"))
_SLOT = re.compile(r"\{(\w+)\}")
# The next word may open a quotation or a bracket, but stands in the same clause.
_NEXT = re.compile(r"[ \"“”„«»‹›‘’'(\[]*(\w+)")
_BEFORE = re.compile(r"(\w+) *\Z")
_REACH = 8  # words
_CLAUSE = re.compile(rf"(?:[^\w.!?؟؛\n]*\w+){{1,{_REACH}}}")
_WORD = re.compile(r"\w+")
_NO_LETTERS = re.compile(r"[^ء-غف-ي]")


class Hedge(NamedTuple):
    """Words that keep a distance; `kind` and `voice` are of `schema.HEDGE_KINDS` and `schema.VOICES`."""

    start: int
    end: int
    text: str
    kind: str
    voice: str


class _Words(NamedTuple):
    """Words of a list: whole ones, and beginnings."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]

    def has(self, word: str) -> bool:
        return word in self.whole or word.startswith(self.beginnings)


class _Rule(NamedTuple):
    kind: str
    aside: bool
    follow: bool
    cue: bool
    next: _Words | None
    not_next: _Words | None
    not_before: _Words | None
    within: _Words | None
    not_written: frozenset[str]


class _Rules(NamedTuple):
    forms: re.Pattern[str]
    rules: Mapping[str, Sequence[_Rule]]
    anchors: Anchors


def find_hedges(text: str) -> list[Hedge]:
    """The hedges of `text`, in order.

    >>> [hedge.text for hedge in find_hedges("ما يسمى مجلس البلدة، وغالبا ما يسمى هذا سوقا")]
    ['ما يسمى']
    """
    from analysis.blocks import scan_blocks
    from analysis.extract.quotes import scan_quotes
    from analysis.extract.statements import scan_statements

    doc = fold(text)
    quotes = scan_quotes(doc)
    return scan_hedges(doc, quotes, scan_statements(doc, scan_blocks(doc), quotes))


def scan_hedges(doc: Folded, quotes: Sequence[Quote], statements: Sequence[Statement]) -> list[Hedge]:
    """The hedges of a folded text; spans are those of the original text."""
    found = list(_scan(doc, statements))
    if not found:
        return []
    voices = Voices(doc.text, quotes, statements)
    hedges = []
    for at, end, rule in found:
        first, last = doc.span(at, end)
        voice = voices.at(first, last, aside=rule.aside)
        hedges.append(Hedge(first, last, doc.text[first:last], rule.kind, voice))
    return hedges


def _scan(doc: Folded, statements: Sequence[Statement]) -> Iterator[tuple[int, int, _Rule]]:
    forms, rules, anchors = _compiled()
    folded = doc.folded
    cues: frozenset[int] | None = None
    done = 0
    for at in anchors.positions(doc.tokens):
        if at < done or (at and folded[at - 1].isalnum() and not _after_conjunction(folded, at)):
            continue
        match = forms.match(folded, at)
        if match is None:
            continue
        words = match[0]
        known = rules.get(words) or rules[fold_key(words)]
        for rule in known:
            if rule.cue and cues is None:
                cues = frozenset(doc.to_folded(statement.cue_start) for statement in statements)
            if rule.not_written and _NO_LETTERS.sub("", doc.spelled(at, match.end())) in rule.not_written:
                continue
            if _in_context(folded, at, match.end(), rule, cues or frozenset()):
                done = match.end()
                yield at, done, rule
                break


def _after_conjunction(folded: str, at: int) -> bool:
    return folded[at - 1] in _CONJUNCTIONS and (at == 1 or not folded[at - 2].isalnum())


def _in_context(folded: str, at: int, end: int, rule: _Rule, cues: frozenset[int]) -> bool:
    """Whether what stands around the form at `at:end` makes it the hedge of `rule`."""
    if rule.cue and (at in cues or at - 1 in cues):
        return True
    if rule.next or rule.not_next or rule.follow:
        following = _NEXT.match(folded, end)
        if following is None:
            if rule.next or rule.follow:
                return False
        elif (rule.next and not rule.next.has(following[1])) or (rule.not_next and rule.not_next.has(following[1])):
            return False
    if rule.not_before:
        before = _BEFORE.search(folded, max(0, at - 16), at)
        if before and (rule.not_before.has(before[1]) or (before[1][0] in "وف" and rule.not_before.has(before[1][1:]))):
            return False
    if rule.within:
        clause = _CLAUSE.match(folded, end)
        return clause is not None and any(rule.within.has(word[0]) for word in _WORD.finditer(clause[0]))
    return True


@cache
def _compiled() -> _Rules:
    data = read("hedges")
    rules: dict[str, list[_Rule]] = {}
    for entry in data["rule"]:
        rule = _rule(entry)
        for form in entry["forms"]:
            for spelled in _spelled(form, data["sets"]):
                rules.setdefault(fold_key(spelled), []).append(rule)
    return _Rules(re.compile(alternation(rules, folded=True) + r"(?!\w)"), rules, Anchors(rules, _CONJUNCTIONS))


def _rule(entry: Mapping[str, Any]) -> _Rule:
    lists = ("next", "not_next", "not_before", "within")
    following, not_following, not_before, within = (_listed(entry.get(name)) for name in lists)
    aside, follow, cue = (bool(entry.get(name, False)) for name in ("aside", "follow", "cue"))
    not_written = frozenset(entry.get("not_written", ()))
    return _Rule(entry["kind"], aside, follow, cue, following, not_following, not_before, within, not_written)


def _listed(words: Sequence[str] | None) -> _Words | None:
    if words is None:
        return None
    return _Words(
        frozenset(fold_key(word) for word in words if not word.endswith("…")),
        tuple(fold_key(word.removesuffix("…")) for word in words if word.endswith("…")),
    )


def _spelled(form: str, sets: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The form with each word of its sets; a word that ends in a lone ل is written together with the next (وفقا لقوله)."""
    slots = _SLOT.findall(form)
    for words in product(*(sets[slot] for slot in slots)):
        filled = form
        for slot, word in zip(slots, words, strict=True):
            filled = filled.replace(f"{{{slot}}}", word, 1)
        yield re.sub(r"(?<= )ل ", "ل", filled)
