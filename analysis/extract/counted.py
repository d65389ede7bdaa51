"""What a number counts: the noun after it (or before it: الأعضاء الـ18), and the words that make it a label and no count.

In goes a folded text with a number in it, out comes the noun's folded span, or None where the number counts nothing. Agreement
decides what may be counted: a plural after 3 to 10, an accusative after 11 to 99, a singular genitive after hundreds and thousands.

>>> from analysis.extract.numbers import scan_numbers
>>> from analysis.text import fold
>>> doc = fold("نزح 76 ألف مواطن")
>>> noun = counted_noun(doc, scan_numbers(doc)[0])
>>> doc.surface(noun.start, noun.end)
'مواطن'
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from analysis.extract.numbers import FoundNumber, Value, is_number_word
from analysis.lexicon import read
from analysis.text import Folded, alternation, fold_key

_OF = fold_key(read("numbers")["particles"]["of"])
_NOUN = re.compile(rf" *(?P<of>{_OF} +)?[\"“«(']*(?P<noun>[^\W\d_a-zA-Z]{{2,}})")
_BEFORE_MARKS = ' :#"“«(-'
_NOUN_BEFORE = re.compile(r"(?<!\w)(?:[وفبلك]?ال|لل)([^\W\d_]{3,}) $")
_OWNERS = re.compile(r"(?:ها|هم|هن|هما|نا|كم|ه)$")


class Noun(NamedTuple):
    """A counted noun's folded span; `start == end` where the number counts something that is not named."""

    start: int
    end: int


class _Words(NamedTuple):
    never: frozenset[str]
    clitic_like: frozenset[str]
    single: frozenset[str]
    plural: frozenset[str]
    not_plural: frozenset[str]
    shapes: re.Pattern[str]
    partitive: frozenset[str]
    others: frozenset[str]
    time: frozenset[str]
    contract: frozenset[str]  # a decade's word that is a contract too
    labels: frozenset[str]
    summed: frozenset[str]  # labels that are a sum after one of `sums`
    sums: tuple[list[str], ...]
    editions: frozenset[str]
    governors: re.Pattern[str]
    total: re.Pattern[str]
    furniture: frozenset[str]


@cache
def _words() -> _Words:
    nouns, amounts = read("nouns"), read("amounts")

    def folded(words: list[str]) -> frozenset[str]:
        return frozenset(map(fold_key, words))

    shapes = [re.escape(shape).replace(r"\.", "[^هاء]") for shape in map(fold_key, nouns["counted"]["plural_shapes"])]
    endings = [rf".{{2,}}{fold_key(ending)}" for ending in nouns["counted"]["plural_endings"]]
    totals, owners, givers = (alternation(amounts["total"][name]) for name in ("nouns", "owners", "givers"))
    time = folded([word for words in amounts["time"].values() for word in words])
    return _Words(
        folded([word for words in nouns["never"].values() for word in words]),
        folded(nouns["counted"]["proclitic_like"]),
        folded(nouns["counted"]["single"]),
        folded(nouns["counted"]["plural"]),
        folded(nouns["counted"]["not_plural"]),
        re.compile("|".join([*endings, *shapes])),
        folded(nouns["counted"]["partitive"]),
        folded(nouns["counted"]["others"]),
        time | {"ال" + word for word in time},
        folded(amounts["period"]["ambiguous"]),
        folded(amounts["labels"]["words"]),
        folded(amounts["labels"]["summed"]),
        tuple([fold_key(word)] for word in amounts["labels"]["sums"]),
        folded(amounts["labels"]["editions"]),
        re.compile(rf"(?<!\w)[وف]?(?:[بل]?ال|[بلك])?{alternation(nouns['governors']['words'])} *$"),
        re.compile(rf"(?<!\w)[وفبك]?{totals}(?:{owners}| +(?P<noun>[^\W\d_]{{3,}})(?:(?: +[^\W\d_]+){{0,8}}? +[وف]?{givers})?) +$"),
        folded(amounts["furniture"]["words"]),
    )


def is_plural(word: str) -> bool:
    """Whether a folded noun without the article is a plural, by its ending, its shape or the table."""
    words = _words()
    return word in words.plural or (word not in words.not_plural and bool(words.shapes.fullmatch(word)))


def is_time(folded: str, at: int) -> bool:
    """Whether a length of time, an age or a date's unit follows the number that ends at `at`."""
    match = _NOUN.match(folded, at)
    if not match:
        return folded[at : at + 2] in (" م", " ه") and not folded[at + 2 : at + 3].isalnum()
    return match["noun"] in _words().time


def counted_noun(doc: Folded, number: FoundNumber, at: int | None = None) -> Noun | None:
    """The noun that a number counts, looked for after `at` (else after the number)."""
    match = _NOUN.match(doc.folded, number.end if at is None else at)
    if not match:
        return None
    word, words = match["noun"], _words()
    found = Noun(*match.span("noun"))
    if word in words.partitive:
        return found
    if word in words.never or is_number_word(word) or (word in words.time and not _are_contracts(word, number)):
        return None
    defined = word.startswith("ال") and doc.spelled(found.start, found.start + 1) in "اٱ"
    if number.value is None:
        # A definite plural takes no noun in the construct: الملايين من الناس, never الملايين الناس.
        bound = match["of"] or not _is_definite(doc.folded[number.core : number.end], number)
        return found if bound and (defined or not _has_clitic(word)) else None
    if match["of"]:
        before = doc.folded[max(0, number.start - 24) : number.start].rstrip().rpartition(" ")[2]
        if number.definite and before.startswith("ال"):
            return None  # an ordinal: الدفعة الـ16 من المساعدات
        if defined:
            return found if is_plural(word[2:]) else None
        return found if word in words.plural or _is_bound_plural(word) else None
    if defined or not (_agrees(word, number) or _is_in_construct(doc, found, number)):
        return None
    return None if _is_year(number) and _has_clitic(word) else found


_YEARS = range(1900, 2100)
_AHEAD = re.compile(r" +([^\W\d_]{2,})(?!\w)")


def _is_year(number: FoundNumber) -> bool:
    """Whether a number is written as years are."""
    return number.digits and number.value in _YEARS and number.end - number.core == 4


def _rest(value: Value | None) -> int:
    """What a whole number has beyond its hundreds, which its noun agrees with; 0 for any other.

    A whole number stays one on the way, however large: as a float, 10 ** 24 has 84 beyond its hundreds.
    """
    if isinstance(value, int):
        return abs(value) % 100
    return int(abs(value)) % 100 if value is not None and value.is_integer() else 0


def _is_in_construct(doc: Folded, noun: Noun, number: FoundNumber) -> bool:
    """Whether the noun after 11 to 99 stands in the construct, where its accusative has no ـا: 24 مركز اقتراع."""
    word, words = doc.folded[noun.start : noun.end], _words()
    if number.scale > 1 or not 11 <= _rest(number.value) <= 99 or _has_clitic(word) or _is_year(number):
        return False
    if word[0] in "يت" or is_plural(word) or len(word) < 3:
        return False
    ahead = match[1] if (match := _AHEAD.match(doc.folded, noun.end)) else ""
    return bool(ahead) and ahead not in words.never and ahead not in words.time and not _has_clitic(ahead)


_MANY_DECADES = 11  # nobody counts more than a century in decades


def _are_contracts(word: str, number: FoundNumber) -> bool:
    """Whether a decade's word is the contracts that a number counts: 31 عقدا."""
    return word in _words().contract and number.value is not None and number.value >= _MANY_DECADES


def _is_bound_plural(word: str) -> bool:
    """Whether a folded word is a plural in the construct (من موظفي الشركة) or with its owner (من مستخدميها)."""
    if len(word) >= 5 and word.endswith("ي") and not _has_clitic(word):
        return True
    owner = _OWNERS.search(word)
    bare = word[: owner.start()] if owner else ""
    return len(bare) >= 4 and (bare in _words().plural or (bare.endswith(("ي", "ات")) and not _has_clitic(word)))


def is_strictly_counted(doc: Folded, noun: Noun, number: FoundNumber) -> bool:
    """Whether a noun has the very form that only a number gives it: a plural after 3 to 10, an accusative in ـا after 11 to 99."""
    if number.scale > 1:
        return False
    word, rest = doc.folded[noun.start : noun.end], _rest(number.value)
    if 3 <= rest <= 10:
        return is_plural(word)
    return 11 <= rest <= 99 and word.endswith("ا")


def _is_definite(text: str, number: FoundNumber) -> bool:
    """Whether the last word of a vague plural has the article."""
    first, _, last = text.rpartition(" ")
    return is_number_word(last[2:]) and last.startswith("ال") if first else number.definite


def _has_clitic(word: str) -> bool:
    """Whether a word begins as a preposition or conjunction with its noun would, or a future verb."""
    words = _words()
    if word in words.clitic_like or word in words.plural:
        return False
    return word[0] in "وفبلك" or word.startswith(("سي", "ست", "سن"))


def _agrees(word: str, number: FoundNumber) -> bool:
    """Whether a word has the form that the counted noun takes after this number."""
    words = _words()
    if word in words.others or word in words.single or word in words.clitic_like:
        return True
    rest = _rest(number.value) if number.scale == 1 else 0
    if _has_clitic(word):
        return 11 <= rest <= 99 and word.endswith("ا") and not is_plural(word)
    if word[0] in "يت" and word.endswith("ون"):
        return False
    if 3 <= rest <= 10:
        return is_plural(word)
    if number.value in (1, 2) and word.endswith("ا"):
        return False  # 1 رافعا
    if 11 <= rest <= 99:
        return word.endswith(("ا", "ه", "اء")) or (word.endswith(("ين", "ون")) and is_plural(word))
    return word[0] != "ي" or word.endswith(("ي", "ه"))


def noun_before(doc: Folded, number: FoundNumber) -> Noun | None:
    """The definite plural in front of a definite number (الأعضاء الـ18); a singular there makes it an ordinal (القناة الـ12)."""
    folded = doc.folded
    match = _NOUN_BEFORE.search(folded, max(0, number.start - 24), number.start)
    words = _words()
    if not match or match[1] in words.time or match[1] in words.labels or "ال" + match[1] in words.labels:
        return None
    return Noun(match.start(), match.end() - 1) if is_plural(match[1]) else None


def is_governed(folded: str, at: int) -> bool:
    """Whether a noun or verb of harm or arrest governs the bare number at `at` (with its modifier), or is glued to it."""
    low = max(0, at - 24)
    return bool(_words().governors.search(folded[low:at].rpartition("\n")[2]))


def totalled(folded: str, at: int) -> Noun | None:
    """The noun whose total is given by the bare number that begins at `at` (with its modifier): عدد القتلى ارتفع إلى 29."""
    low = max(0, at - 80)
    low = max(low, folded.rfind("\n", low, at) + 1)
    match = _words().total.search(folded[low:at])
    if not match:
        return None
    return Noun(low + match.start("noun"), low + match.end("noun")) if match["noun"] else Noun(at, at)


def is_label(folded: str, at: int) -> bool:
    """Whether the word before `at` makes the number there a label, an age, a date or a score (رقم, المادة, كوفيد, الدقيقة)."""
    word = folded[max(0, at - 24) : at].rstrip(_BEFORE_MARKS).rpartition(" ")[2].rpartition("\n")[2]
    if not word.isalpha():
        return False
    words = _words()
    if word in words.editions and (year := folded[at : at + 4]).isdigit() and int(year) in _YEARS:
        return True
    labels = words.labels
    if word in words.summed and folded[max(0, at - 32) : at].split()[-2:-1] in words.sums:
        return False
    return word in labels or (word[0] in "وفبلك" and word[1:] in labels) or (word.startswith("لل") and "ال" + word[2:] in labels)


def is_furniture(folded: str, start: int, end: int) -> bool:
    """Whether the count at [start, end) is all there is on its line, and counts views, comments or shares."""
    if folded[folded.rfind(" ", start, end) + 1 : end] not in _words().furniture:
        return False
    first, last = folded.rfind("\n", 0, start) + 1, folded.find("\n", end)
    line, count = folded[first : last if last >= 0 else len(folded)], folded[start:end]
    return len(line) < 40 and line.strip() == count.strip()
