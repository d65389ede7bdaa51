"""The lists of the lexicon that say what a word is: roles, ranks, bodies, names, particles, with the forms that follow from them.

In goes a folded word, out comes whether a list has it, and as what.

>>> listed_kind("وزير"), listed_kind("وزاره"), is_office("وزيره"), is_act("القت")
('role', 'body', True, True)
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from analysis.extract.statements.vocabulary.forms import written
from analysis.lexicon import read
from analysis.text import fold_key


def single(name: str) -> str:
    """A word that a rule names by itself, folded: an entry of `word` in `lexicon/cues.toml` or `lexicon/titles.toml`."""
    return fold_key(({**read("cues")["word"], **read("titles")["word"]})[name])


@cache
def particles(name: str) -> frozenset[str]:
    """One list of the particles in `lexicon/cues.toml`, folded."""
    return frozenset(map(fold_key, read("cues")["particles"][name]))


@cache
def titles(name: str) -> frozenset[str]:
    """One list of `lexicon/titles.toml`, folded."""
    return frozenset(map(fold_key, read("titles")[name]))


@cache
def lists() -> dict[str, frozenset[str]]:
    """For each word the names of the lists that hold it: those of the particles, of the titles, and of the titles' subdivisions."""
    found: dict[str, set[str]] = {}
    tables = (read("cues")["particles"], read("titles"), read("titles")["prepositions"])
    for table in tables:
        for name, entries in table.items():
            if isinstance(entries, list):
                for entry in entries:
                    found.setdefault(fold_key(entry), set()).add(name)
    for first in media_names():
        found.setdefault(first, set()).add("opens_medium")
    for entry in read("cues")["carrier"]:
        found.setdefault(fold_key(entry).split()[0], set()).add("carriers")
    return {spelled: frozenset(names) for spelled, names in found.items()}


@cache
def media_names() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The names of media that have several words: for each first word those that may follow it, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in read("titles")["media_names"]:
        first, *rest = fold_key(entry).split()
        if rest:
            found.setdefault(first, []).append(tuple(rest))
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in found.items()}


_DUALS = ("ان", "ين")


@cache
def _kinds() -> dict[str, str]:
    """Folded word to kind; where lists disagree the later one wins."""
    given = read("titles")
    table: dict[str, str] = {}

    def put(words: Iterable[str], kind: str) -> None:
        for each in words:
            key = fold_key(each)
            if " " not in key:
                table[key] = kind

    put(given["given"], "given")
    put(given["of_god"], "given")
    put(given["contents"], "content")
    for role in given["roles"]:
        key = fold_key(role)
        put((key, key + "ه", key + "ان", key + "تان"), "role")
        put((key + "ون", key + "ين", key + "و", key + "ات"), "people")
    for name, kind in (("bodies", "body"), ("media", "media"), ("documents", "document")):
        singles = {fold_key(each) for each in given[name]}
        put((each[:-1] + "ت" + dual for each in singles if each[-1] == "ه" for dual in _DUALS), kind)
        put((each + dual for each in singles if each[-1] != "ه" and len(each) > 2 for dual in _DUALS), kind)
    put(given["kin"], "role")
    for name, kind in (
        ("adjectives", "adjective"), ("people", "people"), ("counts", "number"), ("bodies", "body"), ("documents", "document"),
        ("media", "media"),
        ("anonymous", "anonymous"), ("ranks", "rank"), ("places", "place"), ("common", "common"), ("media_names", "media_name"),
        ("short_names", "acronym"), ("honorifics", "honour"),
        ("compound", "compound"), ("inner", "inner"), ("adverbs", "adverb"), ("relative_pronouns", "relative"),
        ("demonstratives", "determiner"), ("determiners", "determiner"),
    ):  # fmt: skip
        put(given[name], kind)
    return table


def listed_kind(spelled: str) -> str:
    """The kind that the lists give a word just as it is spelled; empty for one that no list has."""
    return _kinds().get(spelled, "")


def is_listed(spelled: str) -> bool:
    """Whether a folded word is in the lists of words or is a form of a cue."""
    return spelled in _kinds() or spelled in _joining() or is_act(spelled) or (spelled in written() and not written()[spelled][0])


def is_act(spelled: str) -> bool:
    """Whether a word is a past of the narrator's verbs: ألقى، ألقت."""
    acts = titles("acts")
    if spelled in acts:
        return True
    return spelled[-1:] == "ت" and (spelled[:-1] in acts or spelled[:-1] + "ي" in acts or spelled[:-1] + "ا" in acts)


@cache
def _joining() -> frozenset[str]:
    """Words that join clauses: no part of a name."""
    return particles("openers") | particles("that") | particles("clausal")


def is_office(bare: str) -> bool:
    """Whether a word without its article is a role of the list, also in the feminine."""
    return bare in ROLES or (bare[-1:] == "ه" and bare[:-1] in ROLES)


# The lists that every new spelling is looked up in, at hand.
KINDS: Final = _kinds()
JOINING: Final = _joining()
ROLES: Final = titles("roles")
