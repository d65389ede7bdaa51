"""A file of actors to the patterns that find their names.

In goes the content of `analysis/lexicon/actors.toml` or of a user's own file of that form, out comes an `Actors`; whatever the
file gets wrong is said in one sentence that names the file, the key and the remedy.

>>> own = {"actors": {"port": {"ar": "ميناء الدار", "en": "Dar port", "neutral": ["ميناء الدار"], "hostile": ["وكر الدار"]}}}
>>> actors = compile_actors(own, "own.toml")
>>> actors.display("port", "en"), actors.labels["وكر الدار"][0].stance
('Dar port', 'hostile')
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from analysis.errors import InputError
from analysis.extract.anchors import Anchors
from analysis.schema import STANCES
from analysis.text import alternation, fold_key
from analysis.tokens import words_in

KINDS = ("armed", "organisation", "state", "place", "people")
_LISTS = ("short", "alone", "cities")
_FIELDS = ("ar", "en", "en_article", "kind", "against", *STANCES, *_LISTS)

# What may stand between the words of one name: spaces, and quote marks or brackets around a part of it.
GAP = r"[ \"“”„‟«»‹›‘’‚‛'`＂()\[\]]{1,5}"
# What a word may carry before a name: nothing or a proclitic; a proclitic and the article; ل that has swallowed the article's alif.
PLAIN = frozenset(("", *"وفبلك", *(f + s for f in "وف" for s in "بلك")))
ARTICLE = frozenset(("ال", *(f + "ال" for f in ("و", "ف", "ب", "ك", "وب", "فب", "وك", "فك"))))
LAM = frozenset(("لل", "ولل", "فلل"))
FRONTS = sorted(PLAIN | ARTICLE | LAM)
_NO_WORD = re.compile(r"[^\w]+")


class Entry(NamedTuple):
    """A label of an actor, as `actors.toml` describes it; `label` is folded."""

    actor: str
    label: str
    stance: str
    kind: str
    short: bool
    alone: bool
    city: bool
    against: str | None


class Reading(NamedTuple):
    """What a matched name says; `end` and `core` count from where the match begins."""

    end: int
    core: int
    entries: tuple[Entry, ...]
    label: str
    stance: str
    marked: bool
    plain: bool  # nothing around it can change who is meant or where it ends


class Actors:
    """Actors and their names, ready to be looked for: what `load_actors` gives and `find_mentions` takes.

    `labels` maps each folded spelling to the actors that bear it (to none where it only looks like a name); `called` is what the
    file says of each actor.
    """

    def __init__(self, labels: dict[str, tuple[Entry, ...]], names: Mapping[str, Any], called: Mapping[str, Any]) -> None:
        self.labels = labels
        self.called = called
        self.heads = dict(_words(names.get("heads", []), hostile=False)) | dict(
            _words(names.get("hostile_heads", []), hostile=True)
        )
        self.epithets = frozenset(map(fold_key, names.get("hostile_epithets", [])))
        self.readings: tuple[dict[str, Reading | None], ...] = ({}, {}, {})
        self.against: dict[str, re.Pattern[str]] = {}
        self._kinds = {entry.actor: entry.kind for entries in labels.values() for entry in entries}
        self._not_adjectives = frozenset(map(fold_key, names.get("not_adjectives", [])))
        self._before_cities = frozenset(map(fold_key, names.get("before_cities", [])))
        definite = [label[2:] for label in labels if label.startswith("ال") and len(label) > 4]
        bare = [label for label in labels if not (label.startswith("ال") and len(label) > 4)]
        heads, tail = _trie(self.heads), rf"(?:{GAP}({_trie(self.epithets)}))?(?!\w)"
        label = f"(?:(ال)({_trie(definite)})|({_trie(bare)}))"
        self.name = re.compile(label + tail)
        self.headed = re.compile(f"({heads}){GAP}{label}{tail}")
        self.definite = re.compile(f"({_trie(definite)}){tail}")
        firsts = {words_in(label)[0] for label in (*definite, *bare)}
        headed = [f"{head} {article}{first}" for head in self.heads for first in firsts for article in ("", "ال")]
        self.anchors = Anchors([*definite, *bare, *headed], FRONTS)
        self.head_starts = frozenset(head[:3] for head in self.heads)

    def display(self, actor: str, language: str) -> str:
        """What figures and pages call `actor` in `language` (ar or en); the key itself for an actor that is not in the file."""
        return str(self.called.get(actor, {}).get(language) or actor)

    def kind(self, actor: str) -> str | None:
        """The kind of `actor`; None for one that is not in the file."""
        return self._kinds.get(actor)

    @staticmethod
    def key(written: str) -> str:
        """Words as they stand in a folded text as a key: without marks, with single spaces.

        >>> Actors.key("تنظيم  «داعش")
        'تنظيم داعش'
        """
        return _NO_WORD.sub(" ", written).strip()

    def read(self, match: re.Match[str], shape: int) -> Reading | None:
        """What the words of a match name. `shape`: 0 a label alone, 1 a head and a label, 2 a label after لل."""
        readings = self.readings[shape]
        words = match[0]
        if words in readings:
            return readings[words]
        reading = self._read(match, shape)
        if len(readings) < _REMEMBERED:
            readings[words] = reading
        return reading

    def _read(self, match: re.Match[str], shape: int) -> Reading | None:
        begin = match.start()
        definite = shape == 2 or match[1 + shape] is not None
        group = 1 if shape == 2 else 2 + shape if definite else 3 + shape
        core = match.start(group) - begin - (2 if definite and shape != 2 else 0)
        key = ("ال" if definite else "") + self.key(match[group])
        entries = self.labels.get(key)
        if entries is None:
            return None
        end = match.end(group) - begin
        if not entries:
            return Reading(end, 0, (), key, "", False, True)
        head, epithet = match[1] if shape == 1 else "", match[match.re.groups]
        armed = tuple(entry for entry in entries if entry.kind == "armed")
        label, stance = entries[0].label, entries[0].stance
        if head and (whole := self.labels.get(f"{self.key(head)} {key}")):
            entries, label, stance = whole, whole[0].label, whole[0].stance
        elif (head or epithet) and armed:
            entries, label, stance = armed, armed[0].label, armed[0].stance
            if head:
                said, hostile = self.heads[self.key(head)]
                label, stance = f"{said} {label}", "hostile" if hostile else stance
            if epithet:
                label, stance, end = f"{label} {self.key(epithet)}", "hostile", match.end() - begin
        elif head:
            return None  # قوات, تنظيم or the like before a name that is no armed group's: the name alone is read
        marked = not _UNMARKED.fullmatch(match[0], 0, end)
        first = entries[0]
        return Reading(end, core, entries, label, stance, marked, not (marked or first.short or first.city or first.against))

    def adjective(self, folded: str, end: int) -> bool:
        """Whether a definite relative adjective follows (النظام الصحي): the short name before it then means something else."""
        match = _ADJECTIVE.match(folded, end)
        return match is not None and match[1] not in self._not_adjectives

    def means_city(self, folded: str, word: int, core: int) -> bool:
        """Whether the words before a capital's name make it the place: في دمشق, بدمشق, ريف دمشق."""
        if "ب" in folded[word:core]:
            return True
        match = _LAST_WORD.search(folded, max(0, word - 16), word)
        before = match[1] if match else ""
        return before in self._before_cities or (before[:1] in ("و", "ف") and before[1:] in self._before_cities)


# A nisba with its article, masculine or feminine: the adjective that says which regime, alliance or army.
_ADJECTIVE = re.compile(r" +(ال\w{2,}(?:ي|يه))(?!\w)")
_UNMARKED = re.compile(r"[\w ]*")
# Readings are kept by the words matched: names recur, and the number of their spellings is bounded by the lexicon's.
_REMEMBERED = 20000
_LAST_WORD = re.compile(r"(\w+) ?[\"“”«]?\Z")


def _trie(phrases: Iterable[str]) -> str:
    return alternation(phrases, folded=True).replace(" +", GAP)


def _words(items: Iterable[str | list[str]], *, hostile: bool) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Each spelling of the words of a list with the word it counts as."""
    for item in items:
        spellings = [item] if isinstance(item, str) else item
        for spelling in spellings:
            yield fold_key(spelling), (fold_key(spellings[0]), hostile)


def read_actors_file(path: str) -> dict[str, Any]:
    """The content of a user's file of actors. Raises `InputError` where it cannot be read."""
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file; give the path of a TOML file of actors") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); give the path of a TOML file of actors") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is no valid TOML: {error}; Arabic keys and all labels need quote marks") from error


def compile_actors(data: Mapping[str, Any], path: str) -> Actors:
    """The actors of a file's content; `path` is what error messages call it. Raises `InputError`."""
    actors = data.get("actors")
    if not isinstance(actors, Mapping) or not actors:
        raise InputError(f"{path}: there are no actors; each needs a table such as [actors.sdf]")
    spellings = {fold_key(key): [fold_key(each) for each in _strings(path, f"spellings.{key}", value)]
                 for key, value in _table(path, "spellings", data.get("spellings", {})).items()}  # fmt: skip
    names = _table(path, "names", data.get("names", {}))
    collected: dict[str, dict[str, Entry]] = {}
    for actor, fields in actors.items():
        for spelling, entry in _entries(path, actor, _table(path, f"actors.{actor}", fields), spellings, actors):
            collected.setdefault(spelling, {})[actor] = entry
    labels = {spelling: tuple(by_actor.values()) for spelling, by_actor in collected.items()}
    for spelling, entries in labels.items():
        full = [entry for entry in entries if not entry.short]
        if len(full) > 1:
            raise InputError(
                f"{path}: {full[0].actor} and {full[1].actor} both have the label {spelling!r}; "
                f"take it from one, or name it in `short` of each so that the article decides"
            )
        if full:
            labels[spelling] = tuple(full)
    for phrase in _strings(path, "ignore.phrases", _table(path, "ignore", data.get("ignore", {})).get("phrases", [])):
        for spelling in _spellings(fold_key(phrase), spellings):
            labels.setdefault(spelling, ())
    compiled = Actors(labels, names, actors)
    for actor, fields in actors.items():
        if "against" in fields:
            links = _trie(map(fold_key, fields["against"]["words"]))
            compiled.against[actor] = re.compile(rf"{GAP}({links})(?:(?<=\wل)|{GAP})")
    return compiled


def _entries(
    path: str, actor: str, fields: Mapping[str, Any], spellings: Mapping[str, list[str]], actors: Mapping[str, Any]
) -> Iterator[tuple[str, Entry]]:
    """Each spelling of each label of one actor."""
    where = f"actors.{actor}"
    for key in fields:
        if key not in _FIELDS:
            raise InputError(f"{path}: {where} has the unknown key {key!r}; keys are {', '.join(_FIELDS)}")
    kind = fields.get("kind", "organisation")
    if kind not in KINDS:
        raise InputError(f"{path}: {where}.kind value = {kind!r} is invalid; value must be one of {', '.join(KINDS)}")
    for name, what in (("ar", "the actor's name in Arabic"), ("en", "its name in English"), ("en_article", "the, or nothing")):
        if not isinstance(fields.get(name, ""), str):
            raise InputError(f"{path}: {where}.{name} must be a string: {what}")
    against = _against(path, where, fields.get("against"), actors)
    kept = {name: {fold_key(label) for label in _strings(path, f"{where}.{name}", fields.get(name, []))} for name in _LISTS}
    listed: set[str] = set()
    for stance in STANCES:
        for label in _labels(path, f"{where}.{stance}", fields.get(stance, [])):
            listed.add(label[0])
            for written in label:
                for spelling in _spellings(written, spellings):
                    listed.add(spelling)
                    short, alone, city = (label[0] in kept[name] for name in _LISTS)
                    yield spelling, Entry(actor, label[0], stance, kind, short, alone, city, against)
    if not listed:
        raise InputError(f"{path}: {where} has no label; list at least one under {', '.join(STANCES)}")
    for name, labels in kept.items():
        for stranger in sorted(labels - listed):
            raise InputError(
                f"{path}: {where}.{name} names {stranger!r}, which is none of its labels; add it to one of its stances"
            )


def _against(path: str, where: str, value: Any, actors: Mapping[str, Any]) -> str | None:
    if value is None:
        return None
    if not isinstance(value, Mapping) or not isinstance(value.get("actor"), str) or value["actor"] not in actors:
        raise InputError(f'{path}: {where}.against must be {{ words = [...], actor = "KEY" }}, the key of an actor of this file')
    if not _strings(path, f"{where}.against.words", value.get("words")):
        raise InputError(f"{path}: {where}.against.words is empty; list the words that join the two names, such as ضد")
    return str(value["actor"])


def _table(path: str, key: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InputError(f"{path}: {key} must be a table, written [{key}], not {type(value).__name__}")
    return value


def _strings(path: str, key: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise InputError(f'{path}: {key} must be a list of strings, such as ["…", "…"]')
    return value


def _labels(path: str, key: str, value: Any) -> Iterator[list[str]]:
    """The labels of one stance, each as the list of its spellings, folded."""
    if not isinstance(value, list):
        raise InputError(f'{path}: {key} must be a list of labels, such as ["…", ["…", "another spelling"]]')
    for item in value:
        label: Any = [item] if isinstance(item, str) else item
        if not isinstance(label, list) or not label or not all(isinstance(each, str) for each in label):
            raise InputError(f"{path}: {key} holds {item!r}; a label is a string, or a list of strings that begins with the label")
        folded = [fold_key(Actors.key(fold_key(each))) for each in label]
        for spelling, each in zip(label, folded, strict=True):
            if len(each) < 2:
                raise InputError(f"{path}: {key} holds {spelling!r}; a label has at least two letters")
        yield folded


def _spellings(label: str, spellings: Mapping[str, list[str]]) -> list[str]:
    """Every way to write a folded label, itself first."""
    ways = [label]
    for word, others in spellings.items():
        if word not in label:
            continue
        pattern = re.compile(rf"(?<!\S)(و?){re.escape(word)}(?!\S)")
        ways += [pattern.sub(rf"\g<1>{other}", way) for way in list(ways) if pattern.search(way) for other in others]
    return list(dict.fromkeys(ways))
