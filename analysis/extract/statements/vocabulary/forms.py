"""Cues: every form of the words that attribute content, made from the lemmas of `lexicon/cues.toml`.

In goes a folded word, out come its readings as a cue: lemma, force, grammar and the complements that would make it attribute.
Whether one follows is for `complements` to say.

>>> joined, readings = written()["واكدت"]
>>> joined, readings[0].lemma, readings[0].mood, readings[0].gender
(True, 'أكد', 'past', 'f')
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from analysis.lexicon import read
from analysis.text import alternation, fold_key


class Form(NamedTuple):
    """One reading of a form: `mood` past, present, hal or noun; `gender` m or f; `number` s, d or p."""

    lemma: str
    force: str
    frames: frozenset[str]
    mood: str
    gender: str
    number: str
    flags: frozenset[str]
    through: str  # for verbs that pass on, the preposition before whom they quote
    suffixed: bool  # an object pronoun (verbs) or the speaker's pronoun (nouns) is written on it


class Hit:
    """The word `at`, a form of a cue, at `start:end` of the folded text; `joined` where و or ف is written on it."""

    __slots__ = ("at", "end", "joined", "readings", "start")

    def __init__(self, at: int, start: int, end: int, readings: tuple[Form, ...], *, joined: bool) -> None:
        self.at, self.start, self.end, self.readings, self.joined = at, start, end, readings, joined


_FLAGS = (
    "guard", "document", "impersonal", "two", "only_clause", "only_quote", "needs_speaker", "feeling", "any_object", "by", "plain",
    "bare", "anywhere", "needs_object", "judge", "byline", "asks_of", "emotion", "also_between", "amounts", "noun_too", "turns_out",
    "ends", "invites", "presses", "joint", "held", "hearer",
)  # fmt: skip


_SHORT = 2  # letters of a weak verb's stem whose dual is also a noun


@cache
def forms() -> dict[str, tuple[Form, ...]]:
    """Every folded form of every cue, with its readings.

    >>> sorted({form.mood for form in forms()["يعد"]}), sorted(form.lemma for form in forms()["يعد"])
    (['present'], ['وعد'])
    """
    table: dict[str, list[Form]] = {}
    lexicon = read("cues")
    for entry in lexicon["verb"]:
        for form, mood, gender, number, suffixed in _verb(entry):
            _add(table, form, entry, mood, gender, number, suffixed)
    for entry in lexicon["noun"]:
        for form, gender, number, suffixed in _noun(entry):
            _add(table, form, entry, "noun", gender, number, suffixed)
    return {form: tuple(readings) for form, readings in table.items()}


def _add(
    table: dict[str, list[Form]], form: str, entry: dict[str, Any], mood: str, gender: str, number: str, suffixed: bool
) -> None:
    flags = frozenset(flag for flag in _FLAGS if entry.get(flag))
    reading = Form(
        entry["lemma"], entry["force"], frozenset(fold_key(entry["frames"]).split()), mood, gender, number, flags,
        fold_key(entry.get("through", "")), suffixed,
    )  # fmt: skip
    readings = table.setdefault(form, [])
    if reading not in readings:
        readings.append(reading)


def _verb(entry: dict[str, Any]) -> Iterator[tuple[str, str, str, str, bool]]:
    past, present, participle = fold_key(entry["lemma"]), fold_key(entry["present"]), fold_key(entry["participle"])
    weak = entry["lemma"][-1] in "اى"  # نفى نفت نفوا: the last letter goes before an ending
    stem = past[:-1] if weak else past
    yield past, "past", "m", "s", False
    yield stem + "ت", "past", "f", "s", False
    yield stem + "وا", "past", "m", "p", False
    if not weak:
        hollow = len(past) > 2 and past[-2] == "ا"  # أضاف: أضفن
        yield (past[:-2] + past[-1] if hollow else past) + "ن", "past", "f", "p", False
        if not entry.get("guard") or (entry.get("asks_of") and not entry.get("two")):
            yield past + "ا", "past", "m", "d", False  # ذكرا, أمرا, علما are nouns
        yield past + "تا", "past", "f", "d", False
    else:
        yield stem + "تا", "past", "f", "d", False
        yield stem + ("ين" if entry["lemma"][-1] == "ى" else "ون"), "past", "f", "p", False
        if len(stem) > _SHORT and not entry.get("guard"):
            yield stem + "يا", "past", "m", "d", False  # not نفيا, a noun
    base = present[1:]
    short = base[:-1] if present[-1] in "وي" and weak else base
    if not entry.get("ambiguous_present"):
        yield "ي" + base, "present", "m", "s", False
        yield "ت" + base, "present", "f", "s", False
        yield "ي" + short + "ون", "present", "m", "p", False
        yield "ي" + short + "وا", "present", "m", "p", False
        yield "ي" + base + "ان", "present", "m", "d", False
        yield "ت" + base + "ان", "present", "f", "d", False
        hollow = len(base) > 2 and base[-2] in "وي" and past[-2] == "ا"  # يقول: يقلن
        yield "ي" + (base[:-2] + base[-1] if hollow else base) + "ن", "present", "f", "p", False
    if entry.get("pronoun"):
        for pronoun in ("ه", "ها", "هم", "هما", "هن", "نا", "ني"):
            yield stem + ("ا" if weak else "") + pronoun, "past", "m", "s", True
            yield stem + "ت" + pronoun, "past", "f", "s", True
            yield stem + "و" + pronoun, "past", "m", "p", True
            yield "ي" + base + pronoun, "present", "m", "s", True
            yield "ت" + base + pronoun, "present", "f", "s", True
            yield "ي" + short + "ون" + pronoun, "present", "m", "p", True
    if not entry.get("ambiguous_participle"):
        plural = participle[:-1] if participle[-1] == "ي" and weak else participle
        yield participle + "ا", "hal", "m", "s", False
        yield participle + "ه", "hal", "f", "s", False
        yield plural + "ين", "hal", "m", "p", False
        yield participle + "ات", "hal", "f", "p", False
        yield participle + "تين", "hal", "f", "d", False
        yield participle + "ان", "hal", "m", "d", False
    else:  # the accusative masculine alone is seldom anything but the hal
        yield participle + "ا", "hal", "m", "s", False


def _noun(entry: dict[str, Any]) -> Iterator[tuple[str, str, str, bool]]:
    owners = {"ه": ("m", "s"), "ها": ("f", "s"), "هم": ("m", "p"), "هما": ("m", "d"), "هن": ("f", "p")}
    for written in entry["forms"]:
        form = fold_key(written)
        ending = next((ending for ending in ("هما", "ها", "هم", "ه") if form.endswith(ending)), "")
        if ending and not written.endswith("ة"):
            owner = owners[ending]
            for prefix in ("", "ب", "ل"):
                yield prefix + form, *owner, True
            continue
        yield form, "m", "s", False
        if written.startswith("ال") or written[0] in "لب":
            continue
        for ending, owner in owners.items():
            for prefix in ("", "ب", "ل"):
                yield prefix + form + ending, *owner, True


@cache
def carriers() -> re.Pattern[str]:
    """What carries the saying on to a colon or a quotation: قائلاً، بالقول."""
    return re.compile(r" *(?<!\w)(?:" + alternation(read("cues")["carrier"]) + r")(?!\w)")


@cache
def written() -> dict[str, tuple[bool, tuple[Form, ...]]]:
    """Every form as it is written, also behind و and ف: whether one of them is joined to it, and its readings."""
    table = forms()
    found = {prefix + form: (True, readings) for form, readings in table.items() for prefix in "وف"}
    for form, readings in table.items():
        joined = found.get(form)
        found[form] = (False, readings + joined[1] if joined else readings)  # وعد: promised, or "and counted"
    return found
