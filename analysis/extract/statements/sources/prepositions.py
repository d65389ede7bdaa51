"""Prepositions inside a noun phrase, free or written on their word: part of a title or of a body's name, or the way out.

In go a `Reading` and its next word, out comes whether that belongs to the phrase.
"""

from __future__ import annotations

from functools import cache

from analysis.extract.statements.sources.likeness import is_origin
from analysis.extract.statements.sources.names import is_occasion, unknown
from analysis.extract.statements.sources.reading import LINKED, NAMES, NISBA, PERSON, Reading
from analysis.extract.statements.vocabulary.kinds import NOUN_SHAPE
from analysis.extract.statements.vocabulary.listed import listed_kind, single, titles
from analysis.extract.statements.vocabulary.words import Word, word
from analysis.lexicon import read
from analysis.text import fold_key

_FROM, _TO, _WITHOUT = single("from"), single("to"), single("without")
_MEDIA = frozenset(("media", "media_name"))
_TITLED = frozenset(("role", "rank", "body"))
_WITH_TASK = frozenset(("body", "media"))


@cache
def not_after(preposition: str) -> frozenset[str]:
    """The words after a preposition that make it an adverbial and no complement (على هامش)."""
    table = read("cues")["particles"]["not_prepositions"]
    return frozenset(fold_key(each) for key, words in table.items() if fold_key(key) == preposition for each in words)


def preposition(reading: Reading, known: Word, at: int) -> bool:
    """A preposition, free or written on its word: inside a title or a name of a body, or the way out."""
    following = reading.following(at)
    if known.spelled == _WITHOUT and reading.head_kind != "bare" and following is not None and following.kind == "common":
        reading.open = True  # أطباء بلا حدود
        return True
    if reading.open and known.kind == "inner" and "in_complement" not in known.lists:
        return False
    if known.prefixed:
        return _prefixed(reading, known, at)
    spelled, segment = known.spelled, reading.segment
    following = reading.following(at)
    if following is None or following.that:
        return False  # حذر أحد المسؤولين من أن
    on_behalf = "on_behalf" in known.lists
    closed = segment in PERSON and not reading.open and not reading.names
    if on_behalf and closed and following.kind in {"bare", "given"} and reading.head not in titles("spokesmen"):
        return unknown(reading, known, "given", at)  # عضو المكتب السياسي باسم نعيم
    if on_behalf or (spelled[0] == "ل" and len(spelled) > 3 and segment in {"role", "rank", "body"}):
        reading.open = True  # المتحدث باسم …، وزير الدولة لشؤون …
        return True
    some_of = spelled == _FROM and "part_of" in known.lists and segment in {"people", "number"}
    if _leads_out(known, following, some_of=some_of):
        return False
    if not following.spelled[0].isalnum():
        if "before_marks" not in known.lists:
            return False
        reading.open = True
        return True
    if following.kind in {"adverb", "number"}:
        return False
    if segment in PERSON:
        return _in_title(reading, known, following, at)
    return _in_body(reading, known, following, some_of=some_of)


def _leads_out(known: Word, following: Word, *, some_of: bool) -> bool:
    """Whether what follows makes a preposition the sentence's, as an occasion or a hearer does: في مؤتمر، لـ«الصباح»."""
    after = following.spelled
    town = "place_of" in known.lists and listed_kind(following.bare) == "common"  # في المدينة, also the name of a paper
    if is_occasion(after) or "events" in following.lists or after in not_after(known.spelled):
        return True
    if "hearers" in following.lists and not (town or some_of):
        return True
    if "place_of" in known.lists and following.kind == "document" and not following.definite:
        return True  # قالت الوزارة في بلاغ لها
    return after[:2] == "ال" and ("adverbs" in following.lists or after[2:] in titles("events"))


def _in_title(reading: Reading, known: Word, following: Word, at: int) -> bool:
    """A preposition behind a role or a rank: رئيس اللجنة المكلفة بـ…، and not where he speaks."""
    if known.spelled == _TO and _task_to(reading, at):
        reading.open = True
        return True
    if "place_of" in known.lists and following.kind == "place" and _is_of_state(reading):
        return False  # قال وزير الخارجية النرويجي في عمان: where he speaks
    if "not_in_title" in known.lists or (reading.segment == "rank" and "not_after_rank" in known.lists):
        return False
    reading.open = True
    return True


def _in_body(reading: Reading, known: Word, following: Word, *, some_of: bool) -> bool:
    """A preposition behind a body or people: مجلس الأمن في الإقليم، عدد من السكان."""
    after, segment = following.spelled, reading.segment
    if "place_of" in known.lists and after[:2] == "ال" and NOUN_SHAPE.match(after[2:]):
        return False
    if known.spelled == _FROM and reading.head in titles("groups") and len(reading.role) < 3:
        reading.open = reading.plural = True  # مجموعة من الباحثين
        return True
    if some_of and following.kind in {"media", "body"} and reading.head_kind == "people":
        reading.head_kind, reading.feminine, reading.plural = following.kind, True, False  # عدد من وسائل الإعلام ذكرت
    reading.open = (
        "against" in known.lists
        or ("place_of" in known.lists and segment in {"body", "media"})
        or ("part_of" in known.lists and segment in {"people", "anonymous", "number"})
    )
    return reading.open


def _of_office(reading: Reading, spelled: str, at: int) -> bool:
    """Whether a noun that else is an occasion tells a task: الوزير المكلف بالشأن الأوروبي، المركز الوطني للكتاب."""
    if "takes_with" in word(reading.known[at - 1].bare or "-").lists:
        return True
    return spelled[:2] == "لل" and reading.head_kind == "body" and len(reading.role) > 1 and reading.segment == "body"


def _prefixed(reading: Reading, known: Word, at: int) -> bool:
    """A word with ل or ب: what a title is for (سفير للنوايا), or whom the source speaks to, or the content."""
    spelled, bare, segment = known.spelled, known.bare, reading.segment
    reported, for_task = known.kind == "content" or bare in titles("contents"), False
    if reported and reading.head_kind in {"body", "media"} and spelled[0] == "ل" and len(reading.role) > 1 and reading.definite:
        reported, for_task = False, True  # الهيئة العامة لحماية البيئة
    if reported and spelled[0] == "ل" and reading.head_kind == "role" and _names_task(reading.role):
        reported = False  # رئيس الهيئة العليا لمكافحة الفساد، الأمين العام للجمعية الوطنية لحماية الغابات
    if reported and spelled[0] == "ب" and "takes_with" in word(reading.known[at - 1].bare or "-").lists:
        reported = False  # كاتب الدولة المكلف بالإنتاج
    if (reported and spelled[:2] != "لل") or (spelled[0] == "ب" and known.kind == "document"):
        return False
    issued = "of_issuer" in word(reading.head).lists and len(reading.role) == 1 and known.kind in {"body", "media"}  # بلاغ للوكالة
    hearer = spelled[0] == "ل" and (bare in titles("hearers") or spelled[1:] in titles("hearers"))
    if hearer and not issued and not _of_guild(reading):
        return False
    if spelled[0] == "ل" and known.kind in PERSON and reading.head in titles("sovereign") and segment in _TITLED:
        return False  # قال الرئيس الصيني لوزير الخارجية
    medium = known.kind in _MEDIA or (spelled[:2] == "لل" and "ال" + bare in titles("hearers"))
    if spelled[0] == "ل" and medium and (reading.head_kind == "definite" or reading.head in titles("telling")):
        return False  # يقول الحراسيس للجزيرة، المصرح لهسبريس
    if bare in titles("events") and not _of_office(reading, spelled, at):
        return False
    if spelled[0] == "ب" and reading.head_kind == "definite" and known.kind in PERSON:
        return False  # أشاد البدري بنظيره
    staff = spelled[0] == "ب" and known.kind == "body" and segment == "people" and reading.head in titles("staff")
    titled = reading.head_kind in PERSON or reading.names > 0
    town = titled and spelled[0] == "ب" and known.kind == "place" and segment == "body"  # مدير مدرسة الشيخ صالح بفاس
    town = town and spelled[1:] not in _countries()
    if for_task or staff or town or segment in LINKED or _of_guild(reading) or (segment == "body" and spelled[0] == "ل"):
        reading.role.append(bare)
        reading.open = not known.definite and known.kind not in {"place", "acronym", "media_name"}
        return True
    return False


def _is_of_state(reading: Reading) -> bool:
    """Whether a title is a head of state's or a minister's with their country, so that it wants no place: وزيرة المالية الكندية."""
    role, head = reading.role, reading.head
    ministerial = head in titles("ministerial")
    if not ministerial and not (head in titles("heads_of_state") and (len(role) == 2 or role[1] in titles("of_government"))):
        return False
    female = head[-1] == "ه"
    return len(role) > 1 and not reading.open and (role[-1][-1] == "ه") == female and is_origin(role[-1])


@cache
def _countries() -> frozenset[str]:
    """The countries whose capitals are known: behind ب rather whom a verb is about (ندد المدير بإسرائيل)."""
    return frozenset(fold_key(name) for names in read("titles")["capitals"].values() for name in names)


def _of_guild(reading: Reading) -> bool:
    """Whether a body for people of one calling and its adjective stand before: الاتحاد الدولي للصحفيين."""
    return len(reading.role) > 1 and "guilds" in word(reading.role[-2]).lists and reading.role[-1] in titles("adjectives")


def _task_to(reading: Reading, at: int) -> bool:
    """Whether إلى says where the task of a title leads, before a name: المبعوث إلى سوريا فلان."""
    if reading.names or at + 2 >= reading.stop:
        return False
    place, name = reading.known[at + 1], reading.known[at + 2]
    if place.kind == "place" and "takes_at" in word(reading.head).lists:
        return True  # مبعوثة الاتحاد إلى الصومال
    led = place.kind == "place" or (place.definite and place.kind in {"body", "common", "definite"})
    last = reading.following(at + 2)
    two = name.kind == "bare" and not name.prefixed and last is not None and last.kind in NAMES and place.kind == "place"
    return led and reading.touches(at + 1) and (two or name.kind == "given" or ("names_too" in name.lists and not name.definite))


def _names_task(role: list[str]) -> bool:
    """Whether a title ends in a body and its adjectives, so that a verbal noun with ل says what the body is for."""
    last = len(role) - 1
    while last > 0 and listed_kind(role[last]) not in _WITH_TASK:
        if listed_kind(role[last]) != "adjective" and not role[last].endswith(NISBA):
            return False
        last -= 1
    return 0 < last < len(role) - 1
