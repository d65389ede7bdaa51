"""Whether two outlets mean the same speaker, however each spells the name.

In go two names as `statements.speaker` has them, out comes True, False, or None where the names cannot tell: a role or a body
(المتحدث باسم التحالف) may be anyone's. `one_name` tells it of all the names of a corpus.

>>> same_person("كيت مالوني", "كيث مالوني"), same_person("مالوني", "كيث مالوني"), same_person("سالم حمدان", "سليم حمدان")
(True, True, False)
>>> same_person("مصادر محلية", "كيث مالوني") is None
True

When two words are spellings of one name is told in `analysis.spelling`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from analysis.extract.statements.sources.reading import SOUND_PLURAL
from analysis.lexicon import read
from analysis.spelling import heard, same_word
from analysis.stem import without_article
from analysis.text import fold, fold_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

_GROUPS = ("armed", "organisation")
_LONG = 6  # letters of a plural of people: حسين is none
_LISTS = ("roles", "people", "bodies", "media", "documents", "anonymous")


@lru_cache(maxsize=65536)
def same_person(one: str | None, other: str | None) -> bool | None:
    """Whether two names are one person's; None where one of them is missing or names no person."""
    if not one or not other:
        return None
    a, b = _words(one), _words(other)
    if a == b:
        return True
    if not a or not b or _describes(a[0]) or _describes(b[0]):
        return None
    if len(a) > 1 and len(b) > 1:
        return same_word(a[-1], b[-1]) and same_word(a[0], b[0], sounds=2)  # a surname vouches for a short first name
    short, full = sorted((a, b), key=len)
    return same_word(short[0], full[-1]) or same_word(short[0], full[0])


def one_name(names: pd.Series) -> dict[str, str]:
    """Each name to the most frequent of those that are certainly the same speaker's.

    These are the spellings of a full name, a plural in both cases (ناشطون, ناشطين), a surname alone where only one full name of
    `names` has the word, and the names of one group or organisation of the lexicon of actors. Other names of one word, which may be
    anyone's, stay what they are. Only names whose first and last words sound alike are compared, so that time grows with the number
    of names.

    >>> import pandas as pd
    >>> one_name(pd.Series(["كيث مالوني", "كيت مالوني", "كيث مالوني", None]))
    {'كيث مالوني': 'كيث مالوني', 'كيت مالوني': 'كيث مالوني'}
    >>> one_name(pd.Series(["كيث مالوني", "مالوني", "مراقبون", "مراقبين"]))["مالوني"]
    'كيث مالوني'
    """
    counts = names.value_counts()
    ordered = sorted(counts.index, key=lambda name: (-counts[name], name))
    alike: dict[tuple[str, str], list[str]] = {}
    people: dict[str, str] = {}
    for name in ordered:
        key = _sound(name)
        known = alike.setdefault(key, []) if key else []
        people[name] = next((each for each in known if same_person(each, name)), name)
        if people[name] == name:
            known.append(name)
    actors = _of_actors(ordered)
    first: dict[object, str] = {}
    for name in ordered:
        if people[name] == name:
            people[name] = first.setdefault(actors.get(name) or _in_one_case(name), name)
    surnames = _surnames(ordered, people, actors)
    people |= {name: surnames[name] for name in ordered if name in surnames}
    return {name: people[person] for name, person in people.items()}


def _in_one_case(name: str) -> tuple[str, ...]:
    """A name's words, plurals of people in the nominative."""
    nominative, oblique = SOUND_PLURAL
    words = fold_key(name).split()
    return tuple(word[:-2] + nominative if word.endswith(oblique) and len(word) >= _LONG else word for word in words)


def _surnames(names: Sequence[str], people: Mapping[str, str], actors: Mapping[str, str]) -> dict[str, str]:
    """Names of one word, each to the one person whose full name ends in it; none where another's has it, too."""
    bearers: dict[str, set[str]] = {}
    for name in names:
        words = _words(name)
        if len(words) > 1 and name not in actors:
            for word in words:
                bearers.setdefault(word, set()).add(people[name])
    found = {}
    for name in names:
        words = _words(name)
        if len(words) == 1 and name not in actors and not _describes(words[0]) and len(bearers.get(words[0], ())) == 1:
            [person] = bearers[words[0]]
            full = _words(person)
            if full[-1] == words[0] and not _describes(full[0]):
                found[name] = person
    return found


def _of_actors(names: Sequence[str]) -> dict[str, str]:
    """The actor of each name that is one of a group's or an organisation's, whole; a state has many bodies that speak.

    A short name (التحالف) is one only where another of the names says in full whose it is, and none names another whom it may mean.
    """
    from analysis.extract.mentions import load_actors, scan_mentions

    known = load_actors()
    full: dict[str, str] = {}
    short: dict[str, tuple[str, set[str]]] = {}
    for name in names:
        doc = fold(name)
        whole = [mention.actor for mention in scan_mentions(doc, [], [], known) if (mention.start, mention.end) == (0, len(name))]
        if len(whole) != 1 or known.kind(whole[0]) not in _GROUPS:
            continue
        entries = known.labels.get(doc.folded, ())
        if entries and all(entry.short for entry in entries):
            short[name] = whole[0], {entry.actor for entry in entries}
        else:
            full[name] = whole[0]
    there = set(full.values())
    return full | {name: actor for name, (actor, may_be) in short.items() if may_be & there == {actor}}


def _sound(name: str) -> tuple[str, str] | None:
    """What two spellings of one full name have in common: the sounds of its first and last word, in whatever order."""
    parts = fold_key(name).split()
    return ("".join(sorted(heard(parts[0]))), "".join(sorted(heard(parts[-1])))) if len(parts) > 1 else None


@cache
def _compound() -> frozenset[str]:
    return frozenset(fold_key(each) for each in read("titles")["compound"])


@lru_cache(maxsize=65536)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name, without quote marks; the first part of a compound is one with the next (عبد الله)."""
    compound = _compound()
    words: list[str] = []
    for word in "".join(each if each.isalnum() else " " for each in fold_key(name)).split():
        if words and words[-1] in compound:
            words[-1] += f" {word}"
        else:
            words.append(word)
    return tuple(words)


@cache
def _heads() -> frozenset[str]:
    titles = read("titles")
    heads = {without_article(fold_key(word).split()[0]) for name in _LISTS for word in titles[name]}
    return frozenset(form for head in heads for form in (head, f"{head}ه"))


def _describes(word: str) -> bool:
    """Whether a name begins with a word for a role, a body or a text, and so is no person's."""
    return without_article(word) in _heads()
