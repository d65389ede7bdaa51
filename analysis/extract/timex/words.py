"""The words of time: which they are, where runs of them stand in a text, and what each word of a run is.

In goes folded text, out come the spans of runs by `find_runs`, and for a run its `Token`s, each with a class that the rules are
written over. All words come from `lexicon/months.toml`, `times.toml` and `numbers.toml`.

>>> text = "قال امس الجمعه ان ذلك كان في 4 حزيران (يونيو) الفايت"
>>> [text[start:end] for start, end in find_runs(text)]
['امس الجمعه', '4 حزيران (يونيو) الفايت']
>>> [(token.name, token.value) for token in tokens("4 حزيران (يونيو) الفايت")]
[('int', 4), ('month', 6), ('pointing', -1)]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import accumulate, chain, compress
from typing import Any, NamedTuple

from ...lexicon import read
from ...text import alternation, fold_key
from ..numbers import parse_number


class Token(NamedTuple):
    """A word or mark of a run: `name` is its class, `sure` false for a homograph of another word."""

    name: str
    value: Any
    start: int
    end: int
    raw: str
    sure: bool = True  # no homograph


# ---------------------------------------------------------------- vocabulary

_FORMS = ("one", "accusative", "two", "pair", "many")
# Names of token classes; each gets one letter so that a run reads as a string.
CLASSES = (
    "int", "year", "num", "ord", "nth", "last", "latest", "month", "hijri", "weekday", "wday", "rday", "pointing",
    "anaphoric", "same_after", "same_before", "this", "edge", "half", "quarter", "third", "three_quarters", "the_half",
    "the_quarter", "the_third", "part", "adverb", "the_part", "night", "oclock", "zone", "local", "except", "since", "ago",
    "not_ago", "after", "during", "spent", "about", "more", "less", "several", "vague", "whole", "every", "times", "set",
    "ref", "now", "ah", "ad", "bc", "corresponding", "decade", "season", "the_season", "season_word", "feast", "in", "from",
    "to", "between", "at", "and", "for", "comma", "slash", "dash", "open", "close", "ymd", "my", "dm", "years", "days",
    "clock", "decimal", "other", "dayname",
    *(f"{form}_{unit}" for unit in ("second", "minute", "hour", "day", "week", "month", "year", "decade", "century")
      for form in ("one", "two", "pair", "many", "the", "the_two", "the_many")),
)  # fmt: skip
LETTER = {name: chr(0x100 + index) for index, name in enumerate(CLASSES)}
UNITS = ("second", "minute", "hour", "day", "week", "month", "year", "decade", "century")
# Words that only lead to a time expression or link two: a run never ends with them, and the first row never begins one.
_LINKS = ("in", "from", "to", "at", "and", "for", "corresponding")
_LEADS = (
    "since", "ago", "not_ago", "after", "during", "spent", "about", "more", "less", "several", "every", "this", "same_before", "edge", "nth", "last",
    "half", "quarter", "third", "three_quarters", "season_word", "between", "except", "oclock", "times",
)  # fmt: skip
# Words that only go on with one.
_TAILS = (
    "half",
    "quarter",
    "third",
    "pointing",
    "anaphoric",
    "same_after",
    "latest",
    "vague",
    "whole",
    "ah",
    "ad",
    "bc",
    "now",
    "the_part",
    "zone",
    "local",
)


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

    words = times["words"]
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
    for value, forms in times["decades"].items():
        add("decade", int(value), forms)
    for value, forms in times["zones"].items():
        add("zone" if value == "Z" else "local", value, forms)
    for group, name in (("references", "ref"), ("sets", "set")):
        for value, forms in times[group].items():
            add(name, value, forms)
    add("oclock", None, words["oclock"])
    _add_units(add, times["units"])
    for name, key in (
        ("since", "since"), ("not_ago", "not_ago"), ("ago", "ago"), ("after", "after"), ("during", "during"), ("spent", "spent"),
        ("about", "approximately"), ("more", "more"), ("less", "less"), ("several", "several"), ("vague", "vague_many"), ("whole", "whole"),
        ("every", "every"), ("times", "times"), ("this", "this"), ("same_before", "same_before"), ("same_after", "same_after"), ("last", "last"),
        ("now", "now"), ("ah", "hijri_year"), ("ad", "gregorian_year"), ("bc", "before_christ"), ("corresponding", "corresponding"),
        ("season_word", "season_word"), ("except", "except"), ("half", "half_of"), ("quarter", "quarter_of"),
        ("third", "third_of"), ("three_quarters", "three_quarters"), ("the_half", "the_half"), ("the_quarter", "the_quarter"), ("the_third", "the_third"),
        ("in", "in"), ("from", "from"), ("to", "to"), ("between", "between"), ("at", "at"), ("and", "and"),
    ):  # fmt: skip
        add(name, None, words[key])
    for number, forms in read("numbers")["ordinals"].items():
        add(
            "nth",
            int(number),
            (form for form in forms if not fold_key(form).endswith(("ه", "لي")) and not fold_key(form).startswith("حادي")),
        )
    for value, forms in times["edges"].items():
        add("edge", value, forms)
    return table


def _add_units(add: Callable[[str, Any, Iterable[str]], None], units: dict[str, dict[str, Any]]) -> None:
    for unit, forms in units.items():
        for form in _FORMS:
            add(f"{'one' if form == 'accusative' else form}_{unit}", unit, forms.get(form, ()))
        for form, name in (("one", "the"), ("two", "the_two"), ("many", "the_many")):
            add(f"{name}_{unit}", unit, ["ال" + word for word in forms[form]])


# ---------------------------------------------------------------- runs

# Marks that may stand beside a word; each becomes a space before the text is split into words, so that offsets stay.
_MARKS_BESIDE = "،,.:;؛()[]{}/-–—\"'«»“”‘’…!؟?|*•\n"
# Marks that end a sentence, and with it a run.
_STOP = re.compile(r"[\n!؟?;؛…|*•]|\.(?!\w)")
_NUMERIC = re.compile(r"[0-9] ?[:/.–-] ?[0-9]")
_PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_FARTHEST = 40  # words a run may reach from its anchor; no time expression comes near


class _Known(NamedTuple):
    anchors: frozenset[str]  # words that a time expression cannot do without
    words: frozenset[str]  # words that can stand in one
    links: frozenset[str]  # of these, the ones that no run begins or ends with
    openings: frozenset[tuple[str, str]]  # a link with the word after it where the two begin a phrase (على مدى)


@cache
def _known() -> _Known:
    anchors: set[str] = set()
    words, links = {""}, {""}
    openings: set[tuple[str, str]] = set()
    for phrase, (name, _) in vocabulary().items():
        parts = phrase.split()
        words.update(parts)
        if len(parts) > 1:
            openings.add((parts[0], parts[1]))
        if name in _LINKS and len(parts) == 1:
            links.update(parts)
        if name not in (*_LINKS, *_LEADS, *_TAILS) or name in ("the_part", "oclock"):
            anchors.add(max(parts, key=len))
    numbers = read("numbers")
    spelled = [
        fold_key(form)
        for name in ("units", "bound_units", "ten", "teens", "tens", "hundreds")
        for form in chain(*numbers[name].values())
    ]
    spelled += [
        fold_key(form)
        for scale in numbers["scales"].values()
        for forms in scale.values()
        if isinstance(forms, list)
        for form in forms
    ]
    ordinals = [fold_key(form) for form in chain(*numbers["ordinals"].values())]
    words.update(spelled, ("ال" + word for word in (*spelled, *ordinals)), ("لل" + word for word in ordinals))
    anchors.update(str(year) for year in (*range(1343, 1501), *range(1900, 2200)))
    with_proclitics = [
        frozenset(before + word for before in _PROCLITICS for word in each) for each in (anchors, words | anchors, links)
    ]
    return _Known(*with_proclitics, openings=frozenset(openings))


def find_runs(folded: str) -> Iterator[tuple[int, int]]:
    """The spans of the runs of words of time, in order: an anchor (a month, a unit, a year, …) with all such words around it.

    One split into words and set look-ups, all at the interpreter's own speed; only around anchors is anything done word by word.
    """
    known = _known()
    plain = folded
    for mark in _MARKS_BESIDE:
        if mark in plain:
            plain = plain.replace(mark, " ")
    words = plain.split(" ")
    anchors = list(compress(range(len(words)), map(known.anchors.__contains__, words)))
    starts = list(accumulate(map(len, words), initial=0))  # without the spaces: word i starts at starts[i] + i
    numeric = [_index_at(starts, match.start()) for match in _NUMERIC.finditer(folded)]
    if numeric:
        anchors = sorted({*anchors, *numeric})
    after = 0
    for anchor in anchors:
        if anchor < after:
            continue
        first = last = anchor
        while first > after and anchor - first < _FARTHEST and _can_stand(words[first - 1], known.words):
            first -= 1
        while last + 1 < len(words) and last - anchor < _FARTHEST and _can_stand(words[last + 1], known.words):
            last += 1
        after = last + 1
        while first < anchor and words[first] in known.links and not _opens(words[first], words[first + 1], known.openings):
            first += 1
        while last > anchor and words[last] in known.links:
            last -= 1
        yield from _unstopped(folded, starts[first] + first, starts[last + 1] + last)


def _can_stand(word: str, words: frozenset[str]) -> bool:
    return word in words or word[-1].isdigit() or word[0].isdigit()


def _opens(word: str, following: str, openings: frozenset[tuple[str, str]]) -> bool:
    return (word, following) in openings or (word[:1] in ("و", "ف") and (word[1:], following) in openings)


def _index_at(starts: list[int], at: int) -> int:
    """The index of the word at an offset: word i covers starts[i] + i up to starts[i + 1] + i."""
    low, high = 0, len(starts) - 1
    while low < high:
        middle = (low + high) // 2
        if starts[middle + 1] + middle < at:
            low = middle + 1
        else:
            high = middle
    return low


def _unstopped(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for stop in _STOP.finditer(folded, start, end):
        if stop.start() > start:
            yield start, stop.start()
        start = stop.end()
    if end > start:
        yield start, end


# ---------------------------------------------------------------- patterns

_DIGITS = r"(?:\d{1,4} ?/ ?\d{1,2} ?/ ?\d{1,4}(?!\d)|\d+(?:[.,:/٫٬–-]\d+)*+)"
_CLITICS = "[وفبلك]{0,2}?"
_MARKS = '[،,(/)–:"«»“”-]'


def _spelled() -> tuple[str, str]:
    """Patterns of a spelled cardinal and of an ordinal with the article, from the number words."""
    table = read("numbers")
    unit, ten, teen, tens = (_any(table[name]) for name in ("units", "ten", "teens", "tens"))
    bound = _any(table["bound_units"])
    hundred = _any(table["hundreds"])
    scale = alternation(
        form
        for scale in table["scales"].values()
        for name in ("singular", "dual", "dual_or_accusative", "plural")
        for form in scale.get(name, ())
    )
    and_ = " *و *"
    article = "(?:ال)?"
    below_hundred = rf"(?:(?:{unit}|{bound}) +{ten}|(?:(?:{unit}|{bound}){and_})?{article}{tens}(?!\w)|{teen}(?!\w)|{ten}(?!\w)|{unit}(?!\w)(?: +{hundred}(?!\w))?)"
    below_thousand = rf"(?:{hundred}(?!\w)(?:{and_}{below_hundred})?|{below_hundred})"
    scaled = rf"{scale}(?!\w)"
    cardinal = rf"{article}(?:(?:{below_thousand} +)?{scaled}(?:{and_}(?:{below_thousand} +{scaled}|{scaled}|{below_thousand}))*+|{below_thousand})(?!\w)(?! +ارباع)"
    rank = _any(table["ordinals"])
    ordinal = rf"(?:ال|لل){rank}(?!\w)(?: +{ten}(?!\w)| *و *ال{tens}(?!\w))?+|(?:ال|لل){tens}(?!\w)"
    return cardinal, ordinal


def _any(table: dict[str, list[str]]) -> str:
    return alternation(form for forms in table.values() for form in forms)


@cache
def _token_pattern() -> re.Pattern[str]:
    cardinal, ordinal = _spelled()
    words = alternation(vocabulary(), folded=True)
    return re.compile(
        rf"(?P<space> +)|(?P<mark>{_MARKS})|(?P<digits>(?:ال ?)?{_DIGITS})"
        rf"|(?P<before>{_CLITICS})(?:(?P<ordinal>{ordinal})|(?P<cardinal>{cardinal})|(?P<word>{words})(?!\w)|(?P<more>(?:ال ?)?{_DIGITS}))"
    )


@cache
def _homographs() -> tuple[frozenset[str], frozenset[str]]:
    table = read("months")["homographs"]
    return frozenset(map(fold_key, table["words"])), frozenset(map(fold_key, table["with_madda"]))


# ---------------------------------------------------------------- tokens

_MARK_NAMES = {"،": "comma", ",": "comma", "/": "slash", "-": "dash", "–": "dash", "(": "open", ")": "close", ":": "other"}


def tokens(run: str) -> list[Token]:
    """The run's tokens with proclitic و and ب as tokens of their own, months written twice as one, شهر within its month."""
    found: list[Token] = []
    pattern, words = _token_pattern(), vocabulary()
    at = 0
    while at < len(run):
        match = pattern.match(run, at)
        if not match:  # a mark or a word of no class, which nothing reaches over
            if not found or found[-1].name != "other":
                found.append(Token("other", None, at, at + 1, run[at]))
            at += 1
            continue
        start, at = match.span()
        kind = match.lastgroup
        if kind == "space":
            continue
        if kind == "mark":
            found.append(Token(_MARK_NAMES.get(match.group(), "open"), None, start, at, match.group()))
            continue
        before = match["before"] or ""
        for letter, name in (("و", "and"), ("ب", "in"), ("ل", "for")):
            if letter in before:
                found.append(Token(name, None, start, start + len(before), before))
        start += len(before)
        raw = run[start:at]
        if kind in ("digits", "more"):
            found.append(_digit_token(raw, start, at))
        elif kind == "ordinal":
            found.append(Token("ord", _rank(raw), start, at, raw))
        elif kind == "cardinal" and words.get(raw, ("",))[0] != "weekday":  # الاثنين is Monday and the two
            value = parse_number(raw[2:] if raw.startswith("ال") else raw)
            found.append(Token("num", value, start, at, raw))
        else:
            name, value = words[" ".join(raw.split())]
            found.append(Token(name, value, start, at, raw, name not in ("month", "hijri") or raw not in _homographs()[0]))
    return _joined(found)


@cache
def _ranks() -> dict[str, int]:
    table = read("numbers")
    ranks = {fold_key(form): int(value) for value, forms in table["ordinals"].items() for form in forms}
    return ranks | {fold_key(form): int(value) for value, forms in table["tens"].items() for form in forms}


def _rank(raw: str) -> int:
    """The value of an ordinal with the article: الثالث والعشرون is 23, الثانية عشرة 12."""
    words = raw.replace(" و ", " و").split()
    ranks = _ranks()
    value = ranks[words[0][2:]]
    if len(words) > 1:
        value += ranks[words[1][3:]] if words[1].startswith("وال") else 10
    elif "وال" in words[0][3:]:
        first, _, second = words[0][2:].partition("وال")
        value = ranks[first] + ranks[second]
    return value


_YMD = re.compile(r"(\d{4})([/.–-])(\d{1,2})\2(\d{1,2})|(\d{1,2})([/.–-])(\d{1,2})\6(\d{4}|\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/-](\d{4})")
_YEARS = re.compile(r"(\d{4})[/–-](\d{4}|\d{2})")
_TWO = re.compile(r"(\d{1,2})([/–-])(\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_CLOCK_MARKED = re.compile(r"(\d{1,2})[.,٫](\d{2})")


def _digit_token(raw: str, start: int, end: int) -> Token:
    """The class of a group of digits by its shape."""
    definite = raw.startswith("ال")
    digits = (raw[2:] if definite else raw).replace(" ", "")

    def token(name: str, value: Any) -> Token:
        return Token(name, value, start, end, raw)

    if digits.isdigit():
        value = int(digits) if len(digits) <= 12 else None
        if value is None:
            return token("other", None)
        if len(digits) == 4 and 1000 <= value <= 2199:
            return token("year", value)
        return token("int" if 1 <= value <= 31 and len(digits) <= 2 else "num", value)
    if len(digits) > 24:
        return token("other", None)
    if match := _YMD.fullmatch(digits):
        year, month, day = (match[1], match[3], match[4]) if match[1] else (match[8], match[7], match[5])
        return token("ymd", (int(year), int(month), int(day), len(year) == 2))
    if match := _MONTH_YEAR.fullmatch(digits):
        return token("my", (int(match[2]), int(match[1])))
    if match := _YEARS.fullmatch(digits):
        last = int(match[2]) if len(match[2]) == 4 else int(match[1][:2] + match[2])
        return token("years", (int(match[1]), last))
    if match := _TWO.fullmatch(digits):
        return token("dm" if match[2] == "/" else "days", (int(match[1]), int(match[3])))
    if match := _CLOCK.fullmatch(digits):
        hour, minute, second = int(match[1]), int(match[2]), int(match[3]) if match[3] else None
        if hour <= 24 and minute < 60 and (second or 0) < 60:
            return token("clock", (hour % 24, minute, second))
        return token("other", None)
    if match := _CLOCK_MARKED.fullmatch(digits):
        return token("decimal", (int(match[1]), int(match[2]), None))
    value = parse_number(digits)
    return token("num" if value is not None else "other", value)


def _joined(tokens: list[Token]) -> list[Token]:
    """A month written twice, and شهر with the month it names, as one token each."""
    joined: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.name in ("one_month", "the_month") and index + 1 < len(tokens):
            following = tokens[index + 1]
            named = following.name in ("month", "hijri") and token.name == "one_month"
            if named or _numbered_month(token, following, tokens[index + 2 : index + 4]):
                name = following.name if named else "month"
                token = Token(name, following.value, token.start, following.end, following.raw if named else NUMBERED, named)
                index += 1
        if token.name in ("month", "hijri"):
            token, index = _twins(token, tokens, index)
        joined.append(token)
        index += 1
    return joined


# What stands for the name of a month that is named by its number; a month only beside a day, a year or an edge.
NUMBERED = "#"


def _numbered_month(word: Token, number: Token, after: list[Token]) -> bool:
    """شهر 3, شهر ثلاثة, الشهر التاسع; no count of things or of months after it (شهر واحد, ثلاثة أشهر)."""
    if number.name not in ("int", "num") if word.name == "one_month" else number.name != "ord":
        return False
    if number.value not in range(1, 13) or (number.value == 1 and number.name == "num"):
        return False
    following = after[0].name if after else ""
    if following == "one_year":  # شهر عشرة سنة 2015
        return len(after) > 1 and after[1].name == "year"
    return not following.startswith(("one_", "many_", "month", "hijri"))


@cache
def weekday_numbers() -> dict[str, int]:
    """Bare weekdays that are number words too (اثنين, ثلاثاء without its hamza), by their folded form."""
    return {fold_key(form): int(number) for number, forms in read("months")["bare_weekdays"].items() for form in forms}


def _twins(token: Token, tokens: list[Token], index: int) -> tuple[Token, int]:
    """A month with its other names: أبريل/نيسان, حزيران (يونيو), سبتمبر أيلول. At most three names."""
    for _ in range(2):
        after = index + 1
        bracket = after < len(tokens) and tokens[after].name == "open"
        if after < len(tokens) and tokens[after].name in ("open", "slash", "dash", "comma"):
            after += 1
        if after < len(tokens) and tokens[after].name == token.name and tokens[after].value == token.value:
            closes = bracket and after + 1 < len(tokens) and tokens[after + 1].name == "close"
            index = after + (1 if closes else 0)
            token = token._replace(end=tokens[index].end, sure=True)
        else:
            break
    return token, index
