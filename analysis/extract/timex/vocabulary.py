"""The words of time and their classes: one look-up table from the lexicon.

>>> vocabulary()["حزيران"], vocabulary()["الفايت"]
(('month', 6), ('pointing', -1))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from ...lexicon import read
from ...text import fold_key

_FORMS = ("one", "accusative", "two", "pair", "many")
# Names of token classes; each gets one letter so that a run reads as a string.
CLASSES = (
    "int", "year", "num", "ord", "nth", "last", "latest", "month", "hijri", "weekday", "wday", "rday", "pointing",
    "anaphoric", "same_after", "same_before", "this", "edge", "half", "quarter", "third", "three_quarters",
    "the_half", "the_quarter", "the_third", "the_chapter", "part", "adverb", "the_part", "night", "oclock", "zone",
    "local", "except", "since", "ago", "not_ago", "after", "during", "spent", "about", "more", "less", "several",
    "vague", "whole", "every", "times", "set", "ref", "now", "ah", "ad", "bc", "corresponding", "decade", "season",
    "the_season", "season_word", "feast", "in", "from", "to", "between", "at", "and", "or", "for", "comma", "slash",
    "dash", "open", "close", "ymd", "my", "dm", "years", "days", "clock", "decimal", "other",
    *(f"{form}_{unit}" for unit in ("second", "minute", "hour", "day", "week", "month", "year", "decade", "century")
      for form in ("one", "two", "pair", "many", "the", "the_two", "the_many")),
)  # fmt: skip
LETTER = {name: chr(0x100 + index) for index, name in enumerate(CLASSES)}
UNITS = ("second", "minute", "hour", "day", "week", "month", "year", "decade", "century")

_Add = Callable[[str, Any, Iterable[str]], None]


@cache
def vocabulary() -> dict[str, tuple[str, Any]]:
    """Each folded word or phrase with its class and value. Where two classes share a word the first to name it keeps it."""
    months, times = read("months"), read("times")
    table: dict[str, tuple[str, Any]] = {}

    def add(name: str, value: Any, forms: Iterable[str]) -> None:
        for form in forms:
            key = fold_key(form)
            table.setdefault(key, (name, value))
            if key.startswith("ال"):
                table.setdefault("لل" + key[2:], (name, value))

    _add_names(add, months)
    for distance, forms in times["days"].items():
        add("rday", int(distance), forms)
    for night in times["nights"]:
        add("night", (night["day"], night["value"]), night["words"])
    for group in ("pointing", "anaphoric"):
        for distance, forms in times[group].items():
            add(group, int(distance), forms)
    add("latest", -1, times["latest"]["words"])
    for part in times["parts"]:
        value = (part["value"], part["noon"])
        add("adverb", value, [form for form in part["words"] if fold_key(form).endswith("ا")])
        add("part", value, part["words"])
        add("the_part", value, part["only_clock"])
    for number, forms in times["decades"].items():
        add("decade", int(number), forms)
    for zone, forms in times["zones"].items():
        add("zone" if zone == "Z" else "local", zone, forms)
    for group, name in (("references", "ref"), ("sets", "set")):
        for reference, forms in times[group].items():
            add(name, reference, forms)
    words = times["words"]
    add("oclock", None, words["oclock"])
    _add_units(add, times["units"])
    for name, forms in words.items():
        if name in LETTER:
            add(name, None, forms)
    for number, forms in read("numbers")["ordinals"].items():
        add("nth", int(number), [form for form in forms if not form.endswith(("ة", "ى")) and form not in times["not_nth"]["words"]])
    for edge, forms in times["edges"].items():
        add("edge", edge, forms)
    return table


def _add_names(add: _Add, months: dict[str, Any]) -> None:
    for calendar, name in (("gregorian", "month"), ("hijri", "hijri")):
        for number, forms in months[calendar].items():
            add(name, int(number), forms)
    for group, name in (("weekdays", "weekday"), ("bare_weekdays", "wday")):
        for number, forms in months[group].items():
            add(name, int(number), forms)
    for feast in months["feasts"]:
        add("feast", (feast["calendar"], feast["month"], feast["day"]), feast["names"])
    for value, forms in months["seasons"].items():
        add("season", value, forms)
        add("the_season", value, ["ال" + form for form in forms])


def _add_units(add: _Add, units: dict[str, dict[str, Any]]) -> None:
    for unit, forms in units.items():
        for form in _FORMS:
            add(f"{'one' if form == 'accusative' else form}_{unit}", unit, forms.get(form, ()))
        for form, name in (("one", "the"), ("two", "the_two"), ("many", "the_many")):
            add(f"{name}_{unit}", unit, ["ال" + word for word in forms[form]])
