"""How a noun phrase goes on: whether the next word belongs to it, and what it does to it.

In go a `Reading`, the state of a phrase read so far, and the number of the next word; `takes` says whether the word belongs and
leaves the state as it is with it.  Three things matter: whether the phrase is `open` (a head or a complement without article wants
another noun: وزير …), which `segment` was read last (its kind of word, or a name), and whether a `comma` stands before the word, so
that only an apposition goes on.

>>> from analysis.extract.statements.words import Words
>>> folded = "وزير الدفاع نادر الحلبي"
>>> reading = Reading(folded, Words(folded), len(folded), strict=False)
>>> reading.begin(reading.known[0], reading.known[0].kind, 0, 4)
>>> [takes(reading, 1), takes(reading, 2), takes(reading, 3)], folded[reading.name_start:reading.name_end]
([True, True, True], 'نادر الحلبي')
"""

from __future__ import annotations

from functools import lru_cache

from analysis.extract.statements.cues import forms
from analysis.extract.statements.words import NOUN_SHAPE, VERB_SHAPE, WORDS, Word, Words, is_office, listed_kind, media_names, titles, word

PERSON = frozenset(("role", "rank"))
NAMES = frozenset(("bare", "given", "compound"))
_FULL_NAME, _CLOSED = 4, 10  # words of a name that may still grow; added where the article has closed it


_OPEN_HEADS = frozenset(("role", "body", "media", "document", "people", "compound", "anonymous", "common"))
_LINKED = frozenset(("role", "rank", "document", "definite", "anonymous"))  # segments that a preposition can follow


class Reading:
    """A noun phrase as far as it has been read."""

    __slots__ = (
        "begun", "comma", "construct", "definite", "demonstrative", "end", "ends", "feminine", "folded", "gaps", "head",
        "head_kind", "known", "limit", "name_end", "name_start", "names", "one", "open", "plural", "quoted", "role", "segment",
        "starts", "stop", "strict",
    )  # fmt: skip

    def __init__(self, folded: str, words: Words, limit: int, *, strict: bool) -> None:
        self.folded, self.limit, self.strict = folded, limit, strict
        self.known, self.gaps, self.starts, self.ends = words.known, words.gaps, words.starts, words.ends
        stop = words.at(limit)
        self.stop = stop - 1 if stop and words.ends[stop - 1] > limit else stop  # the first word that is out of reach
        self.begun = self.demonstrative = self.one = self.quoted = self.comma = self.construct = False

    def begin(self, known: Word, kind: str, start: int, end: int) -> None:
        """Take the head."""
        if kind == "adjective":
            kind = "role" if is_office(known.bare) else "bare"  # معارض سوري: as a head it is who, after one it is which
        elif kind == "anonymous" and known.definite and is_office(known.bare):
            kind = "role"  # المسؤول فلان
        self.begun = True
        bare, definite = known.bare, known.definite
        self.end, self.head, self.head_kind, self.segment, self.definite = end, bare, kind, kind, definite
        self.name_start = self.name_end = start
        self.names = 0
        self.open = not definite and kind in _OPEN_HEADS
        self.plural = kind == "people" or (kind == "definite" and len(bare) > 4 and bare.endswith(_SOUND_PLURAL))
        if kind == "people" and len(bare) > 4 and bare.endswith(_SOUND_PLURAL):
            self.open = False  # a plural that keeps its nun takes no complement: ناشطون التحالف are two
        self.feminine = (bare[-1] == "ه" and "masculine" not in word(bare).lists) or kind == "place" or bare in titles("feminine")
        if kind in _THINGS and len(bare) > 3 and bare.endswith("ات"):
            self.feminine = True  # plurals of things
        self.role = []
        if kind in NAMES:
            self.segment, self.names, self.name_end, self.open = "name", 1, end, kind == "compound"
        elif kind == "place" or kind == "acronym":
            self.segment, self.name_end = "body", end
        else:
            self.role.append(bare)

    def quote_head(self, inner: int, inner_end: int, end: int) -> None:
        """Take a name in quote marks as the head."""
        self.begun = True
        self.end, self.head, self.head_kind, self.segment = end, self.folded[inner:inner_end], "bare", "quoted"
        self.name_start, self.name_end, self.names = inner, inner_end, 0
        self.open = self.definite = self.plural = self.feminine = False
        self.quoted, self.role = True, []

    def following(self, at: int) -> Word | None:
        """The word or mark after a word; None where the reach ends."""
        gap = self.gaps[at + 1]
        if gap != " ":
            marks = gap.lstrip()
            if marks and self.ends[at] + len(gap) - len(marks) < self.limit:
                return WORDS[marks[0]]
        return self.known[at + 1] if at + 1 < self.stop else None

    def before_name(self, at: int) -> bool:
        """Whether a quote mark follows a proclitic."""
        return self.gaps[at + 1].lstrip()[:1] in _OPEN_MARKS

    def touches(self, at: int) -> bool:
        """Whether what follows a word stands one space after it."""
        gap = self.gaps[at + 1]
        return gap == " " or (len(gap) > 1 and gap[0].isspace() and not gap[1].isspace())


_THINGS = frozenset(("body", "media", "document"))
_SOUND_PLURAL = ("ون", "ين")
_OWNED = ("هم", "ها")
_OPEN_MARKS = frozenset('"“«')


def takes(reading: Reading, at: int) -> bool:
    """Take the next word into a phrase that has begun; False where it does not belong."""
    known = reading.known[at]
    kind = known.kind
    if kind == "honour" and not reading.comma:
        return True  # وزير الإسكان معالي الأستاذ فلان
    if known.lists:
        if known.spelled == _WITH and reading.segment in _LINKED and reading.before_name(at):
            reading.open = True  # المتحدث بـ«الدار»
            return True
        if (reading.comma or reading.segment == "rank") and known.spelled == _ALI and is_ali(reading, at):
            kind = "given"
        if "called" in known.lists and (reading.comma or reading.head_kind in PERSON):
            return _called(reading, known, at)
    comma = reading.comma
    if comma:
        if kind == "content" and not reading.strict and "contents" not in known.lists:
            kind = "bare"  # a name in the shape of a verbal noun: أوستان
        if kind == "bare":
            following = reading.following(at)
            if following and following.kind in {"content", "determiner", "verb", "relative"}:
                return False  # خبير اقتصادي، فضل إغفال اسمه
        elif kind == "definite" and _named_with_article(reading, at):
            kind = "given"  # الخبير، الهاشمي علية
        if not _apposed(reading, known, kind):
            return False
        if kind == "given" and known.definite:
            reading.segment, reading.names = "name", 1
            reading.name_start, reading.name_end = reading.starts[at], reading.ends[at]
            reading.comma, reading.end = False, reading.ends[at]
            return True
    if not (_name(reading, known, kind, at) if reading.segment == "name" else _noun(reading, known, kind, at)):
        return False
    reading.comma = False
    reading.end = reading.ends[at]
    return True


def take_medium(reading: Reading, at: int) -> int:
    """Take the name of a medium that has several words (واشنطن بوست), alone or after its noun; how many, 0 where none stands."""
    if reading.begun and (reading.head_kind != "media" or not reading.open):
        return 0
    for rest in media_names()[reading.known[at].spelled]:
        last = at + len(rest)
        if last < reading.stop and all(
            reading.gaps[at + place] == " " and reading.known[at + place].spelled == spelled for place, spelled in enumerate(rest, 1)
        ):
            break
    else:
        return 0
    if not reading.begun:
        reading.begin(reading.known[at], "media_name", reading.starts[at], reading.ends[at])
        reading.feminine = True
    else:
        reading.role.append(reading.known[at].spelled)
    reading.role += rest
    reading.open, reading.segment, reading.end = False, "body", reading.ends[last]
    return len(rest) + 1


_ALI, _FROM, _WITH, _ABOUT = "علي", "من", "ب", "عن"


def is_ali(reading: Reading, at: int) -> bool:
    """Whether علي, which folds like the preposition على, is the name: a name follows, nothing that goes with the former."""
    following = reading.following(at)
    if following is None or not reading.touches(at) or "after_ala" in following.lists:
        return False
    if following.kind in {"given", "bare"}:
        return True
    return following.kind in {"definite", "role", "rank"} and following.definite and not following.prefixed


def _called(reading: Reading, known: Word, at: int) -> bool:
    """Take هو، يدعى and the like into the phrase if a name follows, which then is the phrase's."""
    following = reading.following(at)
    if reading.definite or following is None or following.kind not in NAMES:
        return False
    if "is_called" in known.lists:
        if not reading.comma or reading.names > 1:
            return False
    elif reading.names or reading.comma:
        return False
    reading.names, reading.comma, reading.open = 0, False, False
    reading.segment = reading.head_kind = "role"
    reading.end = reading.ends[at]
    return True


def _named_with_article(reading: Reading, at: int) -> bool:
    """Whether a definite word after a title and a comma is a name: another name follows it."""
    if reading.head_kind not in PERSON or reading.names or reading.open:
        return False
    following = reading.following(at)
    return following is not None and reading.touches(at) and following.kind in {"bare", "given"}


_NO_TITLE = frozenset(("document", "anonymous", "people", "body", "media", "place", "acronym", "common"))


def _apposed(reading: Reading, known: Word, kind: str) -> bool:
    """Whether a word after a comma continues the source."""
    head = reading.head_kind
    if kind in PERSON:
        return head not in _NO_TITLE
    if kind == "and":
        return head in PERSON and listed_kind(known.bare) in PERSON
    if kind == "given" or kind == "compound":
        return reading.names == 0 and (head in PERSON or head == "definite")
    if kind == "bare" and not known.prefixed:
        return reading.names == 0 and head in PERSON and not reading.open
    return False


def _noun(reading: Reading, known: Word, kind: str, at: int) -> bool:
    """Take one more word after a head or a complement."""
    if reading.segment == "quoted" and kind not in {"role", "rank", "definite"}:
        if reading.names or reading.head_kind not in PERSON or kind not in NAMES or known.prefixed:
            return False
        return _unknown(reading, known, kind, at)  # مدير مدرسة «النور» فلان
    if known.spelled == _ABOUT and not reading.open and "takes_about" in word(reading.known[at - 1].bare or "-").lists:
        reading.open = True  # المسؤول عن الملف، بيان صادر عن الوزارة
        return True
    if kind == "adverb":
        if reading.open and known.definite and reading.head_kind not in PERSON:
            reading.open = False  # صحيفة اليوم, but والده الثلاثاء
            return True
        return False
    if kind == "verb" or kind == "relative":
        return False
    if kind == "determiner" or kind == "number":
        # المتحدثة باسم هذه المنظمة
        return reading.open and (
            "demonstratives" not in known.lists or not _BEFORE_THIS.isdisjoint(reading.known[at - 1].lists)
        )
    if "by_name" in known.lists:
        reading.open = False  # المتحدث باسمه
        return reading.segment in {"role", "rank", "document"}
    if kind == "inner" or known.prefixed:
        return _preposition(reading, known, at)
    if kind == "and":
        return _and(reading, known)
    if kind == "rank" and not known.definite and is_office(known.bare):
        kind = "role"  # أمير منطقة …
    if kind == "rank" or kind == "definite":
        return _article(reading, known, kind, at)
    if kind in _LISTED:
        if kind == "role" and "names_too" in known.lists and not (known.definite or reading.open or reading.comma):
            following = reading.following(at)
            if not reading.names and following and following.kind in NAMES:
                return _unknown(reading, known, "given", at)  # المتحدث … مساعد غالي
        return _listed(reading, known, kind)
    if kind == "place":
        if not reading.open and not _nisba(reading, known) and f"{reading.known[at - 1].spelled} {known.spelled}" not in titles("places"):
            return False
    elif kind == "adjective":
        if reading.definite and not reading.open:
            if known.definite or "given" not in known.lists or reading.segment not in PERSON:
                return False
            return _unknown(reading, known, "given", at)  # العقيد تركي: without article no adjective
    elif kind != "content":
        return _unknown(reading, known, kind, at)
    elif reading.open and reading.head_kind == "people" and known.spelled.endswith(_OWNED):
        return False  # أبدى تجار استغرابهم
    elif not reading.open:
        following = reading.following(at)
        led = following is not None and following.kind == "compound" and reading.segment in PERSON  # إيتمار بن فلان
        if "contents" in known.lists or not (led or reading.segment == "rank"):
            return False
        return _unknown(reading, known, "bare", at)  # الرئيس + a name in such a shape
    reading.open = reading.open and (kind == "content" or (kind == "adjective" and _office_goes_on(reading, at)))
    reading.role.append(known.bare)
    return True


_BEFORE_THIS = frozenset(("on_behalf", "one_of"))
_LISTED = frozenset(("role", "people", "body", "media", "document", "anonymous", "media_name", "acronym", "common"))


def _office_goes_on(reading: Reading, at: int) -> bool:
    """Whether an indefinite office goes on in construct past its adjective: مدير عام منظمة …، أمين عام الحزب."""
    following = reading.following(at) if reading.head_kind == "role" else None
    if following is None or following.prefixed:
        return False
    return following.kind in {"body", "media", "common", "document", "acronym", "definite", "place"}


def _nisba(reading: Reading, known: Word) -> bool:
    """Whether a place is an adjective here (الحكومة السورية)."""
    return known.definite and known.spelled.endswith("يه") and reading.head_kind in _ORIGINATING


_ORIGINATING = frozenset(("body", "media", "role", "rank", "people", "anonymous", "document"))


def _and(reading: Reading, known: Word) -> bool:
    if reading.open:
        return False
    reading.role.append(known.bare)
    reading.open = not known.definite and listed_kind(known.bare) != "adjective"  # مصادر أمنية وطبية
    role = listed_kind(known.bare) == "role"
    if role:
        reading.segment = "role"
    if role and reading.head_kind in PERSON and not reading.comma:
        reading.plural = True
    return True


def _article(reading: Reading, known: Word, kind: str, at: int) -> bool:
    """A definite word that no list knows, or a rank: a complement, an adjective, a title before the name."""
    if kind == "rank" and not reading.open and reading.head_kind in _NO_TITLE and not _describes(known.bare, reading):
        return False  # اتهمت السلطات الشيخ فلاناً: a body bears no title
    if reading.strict and not reading.open:
        if kind == "definite" and not _describes(known.bare, reading):
            return False
        if kind == "rank" and not reading.comma:
            following = reading.following(at)
            led = following is not None and (following.kind in NAMES or "given" in following.lists)
            if not led and not _describes(known.bare, reading):
                return False
    if reading.segment == "quoted" and kind == "definite":
        return known.bare in titles("adjectives") or known.bare.endswith(_NISBA)
    patron = kind == "rank" and reading.open and len(reading.role) > 1 and listed_kind(reading.role[-1]) in _NAMED_AFTER
    reading.construct = reading.construct or reading.open
    reading.open = False
    if kind == "rank":
        reading.segment = "patron" if patron else "role"  # رئيس جامعة الملك فلان: the university bears the name
    reading.role.append(known.bare)
    return True


_NAMED_AFTER = frozenset(("body", "common", "media"))


_NISBA = ("ي", "يه")
_NISBA_PLURAL = ("يون", "يين")


def _describes(bare: str, reading: Reading) -> bool:
    """Whether a definite word after a definite one describes it: a listed adjective, a nisba, a participle (الأمم المتحدة)."""
    if bare in titles("adjectives") or (len(bare) > 2 and bare.endswith(_NISBA)):
        return True
    if bare.endswith(_NISBA_PLURAL):
        return reading.plural
    agrees = bare[-1] == "ه" or reading.head[-1] != "ه"
    return reading.head_kind == "body" and bare[0] == "م" and len(bare) > 4 and agrees


def _listed(reading: Reading, known: Word, kind: str) -> bool:
    """A noun of the lists inside the phrase: the complement of an open head, or an apposition."""
    if known.definite:
        if kind == "people" and not reading.open and not reading.plural and known.spelled.endswith(_SOUND_PLURAL):
            return False  # أبلغ الفارس الصحفيين
        if reading.strict and not reading.open:
            apart = not reading.comma and kind not in PERSON and not _describes(known.bare, reading)
            if apart or kind == "people":
                return False
        reading.construct = reading.construct or reading.open
        reading.open = False
    elif not reading.open and (
        (reading.head_kind not in PERSON and reading.head_kind != "definite") if kind == "role" else not reading.comma
    ):
        return False
    else:
        reading.open = kind != "media_name" and kind != "acronym"
    if kind == "role":
        reading.segment = "role"
    reading.role.append(known.bare)
    return True


def _unknown(reading: Reading, known: Word, kind: str, at: int) -> bool:
    """A word that no list knows, or a given name: the complement of a head that wants one, else the start of a name."""
    spelled, head, bare = known.spelled, reading.head_kind, kind == "bare"
    if bare and spelled[0] == "ل" and len(spelled) > 3 and reading.segment in {"role", "body", "media", "rank"}:
        following = reading.following(at)
        if following and following.spelled[:2] == "ال":
            reading.open = True  # المنتخب لكرة القدم، المرصد لحقوق الإنسان
            reading.role.append(spelled)
            return True
    if reading.open:
        taken = _completes(reading, spelled, kind, at)
        if taken is not None:
            return taken
    elif reading.segment == "patron":
        reading.role.append(spelled)
        reading.segment, reading.open = "body", kind == "compound"
        return True
    elif reading.names or head in {"people", "anonymous", "document", "number"}:
        if bare and reading.plural and head == "people" and not reading.names and spelled.endswith(_SOUND_PLURAL):
            reading.role.append(spelled)  # مسؤولين أميركيين
            return True
        return False
    elif head in {"body", "media", "place", "acronym"}:
        return _of_body(reading, known, kind)
    if bare and spelled[0] in "يت" and "ي" + spelled[1:] in titles("acts"):
        return False  # رئيس البلدية يلتقي المزارعين
    if head not in PERSON and spelled[0] == "ب" and bare:
        return False
    if head == "definite" and spelled[0] == "و" and len(spelled) > 4 and bare:
        return False  # الأعراف الدولية ولوائح …
    if bare and spelled[0] == "و" and len(spelled) > 4 and len(reading.role) > 1 and _plain_noun(spelled[1:]):
        return _and_more(reading, spelled)  # المتخصص في البنوك وتعثرات الدول
    if bare and reading.strict and spelled[-1] == "ه" and head in PERSON:
        following = reading.following(at)
        if not reading.definite and reading.segment == head and not reading.construct and len(reading.role) > 1:
            return False  # ابتكر مهندس ياباني وسيلة: a head without article that an adjective has closed takes no name
        if following and following.definite:
            return False  # لم تؤكد الناطقة هوية الشخص: a noun in construct
    if head == "role" and bare and not (reading.definite or reading.construct):
        following = reading.following(at)
        if reading.role and following and following.kind == "inner" and word(reading.role[-1]).kind == "adjective":
            reading.role.append(spelled)  # خبير سوري مقيم في بيروت: an indefinite head takes one more adjective, not a name
            return True
    if head == "definite" and reading.segment == "definite" and len(reading.role) == 1 and bare:
        following = reading.following(at)
        origin = reading.head[-1] == "ي" or (reading.head[0] == "م" and len(reading.head) > 3 and not VERB_SHAPE.match(spelled))
        if not (origin and following and following.kind in {"bare", "given", "compound", "definite"}):
            return False  # الزياني + a word: a surname alone takes no name, but الإيطالي + two words does
    if head == "definite" and kind == "given" and spelled[:2] == "ال" and reading.segment == "definite" and len(reading.role) == 1:
        reading.role.clear()  # السنوسي الطيب: both have the article
        reading.segment, reading.names, reading.open, reading.name_end = "name", _CLOSED, False, reading.ends[at]
        return True
    reading.segment, reading.names, reading.open = "name", 1, kind == "compound"
    reading.name_start, reading.name_end = reading.starts[at], reading.ends[at]
    return True


def _plain_noun(spelled: str) -> bool:
    """Whether an unknown word looks like a noun rather than a name: a plural in ات, a verbal noun."""
    return spelled.endswith("ات") or NOUN_SHAPE.match(spelled) is not None


def _and_more(reading: Reading, spelled: str) -> bool:
    reading.role.append(spelled[1:])
    reading.open = True
    return True


def _of_body(reading: Reading, known: Word, kind: str) -> bool:
    """Whether an unknown word describes a body without article (شركة … ناشئة is not known, but belongs)."""
    spelled, role = known.spelled, reading.role
    if reading.segment in PERSON and kind in {"given", "compound"}:
        role.append(spelled)
        reading.segment = "holder"  # إدارة الرئيس الأميركي فلان
        return True
    if reading.segment == "holder" and kind in NAMES and spelled[-1] != "ه":
        role.append(spelled)
        reading.segment = "body"
        return True
    if spelled[0] == "و" and len(spelled) > 3 and reading.head.endswith("ات"):
        role.append(spelled[1:])
        reading.open = word(spelled[1:]).kind == "compound"  # شركات كذا وكذا
        return True
    if kind != "bare" or reading.definite or len(role) > 4 or not role or listed_kind(role[-1]):
        return False
    if spelled[-1] == "ه" or VERB_SHAPE.match(spelled) or not known.bare.isalpha():
        return False
    role.append(spelled)
    return True


def _completes(reading: Reading, spelled: str, kind: str, at: int) -> bool | None:
    """An unknown word after a head that wants a complement; None where it starts a name instead."""
    following = reading.following(at)
    after = following.spelled if following else ""
    place = f"{spelled} {after}" in titles("places")
    if kind in {"given", "compound"} and not place and (reading.head_kind in PERSON or reading.head_kind == "anonymous"):
        return None
    if reading.head_kind in {"people", "anonymous", "document"} and (
        VERB_SHAPE.match(spelled) or with_object(spelled) or (len(spelled) > 4 and spelled[-1] == "ت" and spelled[-2] != "ا")
    ):
        return False
    reading.open = (
        place
        or kind == "compound"
        or (
            kind == "bare"
            and (
                (after[:2] == "ال" and (reading.head_kind in PERSON or spelled.endswith(("ه", "ات"))))
                # رئيس مجلس شورى حركة …، مدير صحة حلب، وجهاء ريف دير الزور
                or (following is not None and _goes_on(reading, following, at))
            )
        )
    )
    reading.role.append(spelled)
    return True


@lru_cache(maxsize=4096)
def with_object(spelled: str) -> bool:
    """Whether a word is a verb with a pronoun for what it did (تقرير نشره الموقع، دراسة أجراها باحثون)."""
    acts = titles("acts")
    for pronoun in ("ها", "هم", "ه"):
        if spelled.endswith(pronoun):
            stem = spelled[: -len(pronoun)]
            weak = stem[:-1] + "ي" if stem[-1:] == "ا" else stem
            return stem in acts or weak in acts or (stem[-1:] == "ت" and bool({stem[:-1], stem[:-1] + "ي"} & acts))
    return False


def _goes_on(reading: Reading, following: Word, at: int) -> bool:
    """Whether an indefinite body or a place goes on a chain of nouns in construct."""
    if following.kind == "compound":
        last = reading.following(at + 1) if at + 1 < reading.stop else None
        return last is not None and f"{following.spelled} {last.spelled}" in titles("places")
    return following.kind in {"body", "media", "place"} and not following.definite and not following.prefixed


def _names_body(reading: Reading, known: Word, at: int) -> bool:
    """Take a nisba behind unknown words of a title where a name follows: رئيس نوفا مارا الأرجنتيني فلان. So they named a body."""
    following = reading.following(at)
    if reading.comma or reading.head_kind not in PERSON or reading.definite or following is None or following.kind not in NAMES:
        return False
    if not (known.bare in titles("adjectives") and known.bare.endswith(_NISBA)) or not reading.touches(at):
        return False
    name = reading.folded[reading.name_start : reading.name_end].split()
    if word(name[0]).kind == "given":
        return False
    reading.role += [*name, known.bare]
    reading.names, reading.segment, reading.open = 0, "body", False
    reading.name_start = reading.name_end = reading.end = reading.ends[at]
    reading.segment = "role"
    return True


_BIN = " بن "
_NO_PART = frozenset(
    ("adverb", "inner", "relative", "content", "and", "determiner", "number", "document", "anonymous", "adjective", "verb")
)


def _name(reading: Reading, known: Word, kind: str, at: int) -> bool:
    """Take one more word after a name."""
    if reading.open:
        reading.open = kind == "compound"
        reading.names += not reading.open and reading.names == 0
        reading.name_end = reading.ends[at]
        return True
    if reading.names and known.definite and _names_body(reading, known, at):
        return True
    if reading.names and "divine" in known.lists:
        reading.open = kind == "compound"
        reading.name_end = reading.ends[at]
        return True
    if known.prefixed:
        return False
    if kind == "compound":
        reading.open = True
        reading.name_end = reading.ends[at]
        return True
    definite = known.definite
    if kind == "content" and definite and not _reported(reading, known, at):
        kind = "definite"  # أحمد الحداد
    if reading.names == 1 and kind == "adverb" and "leading_adverbs" in known.lists and reading.following(at) is None:
        reading.names, reading.name_end = (
            2,
            reading.ends[at],
        )  # عادل إمام, which folds like أمام: nothing follows that it could lead in
        return True
    single = reading.names == 1 and not reading.comma and _BIN not in reading.folded[reading.name_start : reading.name_end]
    if single and kind in (_SURNAMES_DEFINITE if definite else _SURNAMES):
        following = reading.following(at)
        last = following is None or not following.spelled[0].isalpha()
        titled = definite and not reading.comma and reading.head_kind in PERSON  # رئيس الحكومة يوسف الشاهد
        if last or titled or (following and not definite and following.kind in {"inner", "adverb", "verb", "relative"}):
            reading.names, reading.name_end = 2, reading.ends[at]  # a surname that is also a common word: هدى نجم
            return True
    if kind in PERSON:
        reading.segment, reading.open = "role", not definite
        reading.role.append(known.bare)
        return True
    if kind in _NO_PART:
        return False
    if kind == "common" or (definite and _reported(reading, known, at)):
        return False  # جدد ترامب القول
    if kind == "people" and known.spelled.endswith(_SOUND_PLURAL):
        return False  # أبلغ فلان الصحفيين
    if kind == "bare" and not reading.comma and is_occasion(known.spelled):
        return False  # تابع فلان حديثه
    if kind in _BODIES and (reading.strict or not definite or reading.names > 1):
        return False
    if kind == "bare" and reading.names >= 2:
        spelled = known.spelled
        if reading.names >= _FULL_NAME or spelled[-1] == "ه" or VERB_SHAPE.match(spelled):
            return False
        if spelled[0] == "ب" and len(spelled) > 4:
            return False  # وتنبأ فلان الفلاني بهطول
    if kind == "definite" or definite:
        if "stretches" in word(known.bare).lists and not reading.open:
            return False  # قال فلان العام الماضي
        if reading.names >= _FULL_NAME or (reading.strict and reading.names > 1):
            return False
        reading.names += _CLOSED  # the article closes a name: another definite word would be something else
    elif reading.names >= _CLOSED:
        return False
    else:
        reading.names += 1
    reading.name_end = reading.ends[at]
    return True


def _reported(reading: Reading, known: Word, at: int) -> bool:
    """Whether a definite word after a name begins what is reported, rather than being a surname (أحمد الحداد)."""
    if known.bare in forms():
        return True
    return known.bare in titles("contents") and (reading.names != 1 or reading.known[at - 1].kind != "given")


_BODIES = frozenset(("people", "body", "media", "place", "media_name", "acronym"))
_SURNAMES_DEFINITE = PERSON
_SURNAMES = frozenset(("role", "adjective", "content", "people", "body", "place", "document"))


def _preposition(reading: Reading, known: Word, at: int) -> bool:
    """A preposition, free or written on its word: inside a title or a name of a body, or the way out."""
    if reading.open and known.kind == "inner" and "in_complement" not in known.lists:
        return False
    if known.prefixed:
        return _prefixed(reading, known, at)
    spelled, segment = known.spelled, reading.segment
    following = reading.following(at)
    if following is None:
        return False
    on_behalf = "on_behalf" in known.lists
    closed = segment in PERSON and not reading.open and not reading.names
    if on_behalf and closed and following.kind in {"bare", "given"} and reading.head not in titles("spokesmen"):
        return _unknown(reading, known, "given", at)  # عضو المكتب السياسي باسم نعيم
    if on_behalf or (spelled[0] == "ل" and len(spelled) > 3 and segment in {"role", "rank", "body"}):
        reading.open = True  # المتحدث باسم …، وزير الدولة لشؤون …
        return True
    after = following.spelled
    town = "place_of" in known.lists and listed_kind(following.bare) == "common"  # في المدينة, also the name of a paper
    if is_occasion(after) or "events" in following.lists or ("hearers" in following.lists and not town):
        return False
    if "place_of" in known.lists and following.kind == "document" and not following.definite:
        return False  # قالت الوزارة في بلاغ لها
    if after[:2] == "ال" and ("adverbs" in following.lists or after[2:] in titles("events")):
        return False
    if not after[0].isalnum():
        if "before_marks" not in known.lists:
            return False
        reading.open = True
        return True
    if following.kind in {"adverb", "number"}:
        return False
    if segment in PERSON:
        if "not_in_title" in known.lists or (segment == "rank" and "not_after_rank" in known.lists):
            return False
        reading.open = True
        return True
    if "place_of" in known.lists and after[:2] == "ال" and NOUN_SHAPE.match(after[2:]):
        return False
    if spelled == _FROM and reading.head in titles("groups") and len(reading.role) < 3:
        reading.open = reading.plural = True  # مجموعة من الباحثين
        return True
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
    if reported and spelled[0] == "ل" and reading.head_kind == "role" and reading.construct and _names_task(reading.role):
        reported = False  # رئيس الهيئة العليا لمكافحة الفساد
    if (reported and spelled[:2] != "لل") or (spelled[0] == "ب" and known.kind == "document"):
        return False
    if spelled[0] == "ل" and (bare in titles("hearers") or spelled[1:] in titles("hearers")):
        return False
    if bare in titles("events") and not _of_office(reading, spelled, at):
        return False
    if for_task or segment in _LINKED or (segment == "body" and spelled[0] == "ل"):
        reading.role.append(bare)
        reading.open = not known.definite and known.kind not in {"place", "acronym", "media_name"}
        return True
    return False


def _names_task(role: list[str]) -> bool:
    """Whether a title ends in a body and its adjective, so that a verbal noun with ل says what the body is for."""
    if len(role) < 3 or listed_kind(role[-2]) != "body":
        return False
    return listed_kind(role[-1]) == "adjective" or role[-1].endswith(_NISBA)


_SPOKEN_IN = frozenset(("document", "media"))


@lru_cache(maxsize=4096)
def is_occasion(spelled: str) -> bool:
    """Whether a word with a pronoun names an occasion of speaking (في رده، في كلمتها، في مدونتها)."""
    for pronoun in ("ها", "هم", "ه"):
        if spelled.endswith(pronoun):
            stem = spelled[: -len(pronoun)]
            return any(each in titles("events") or listed_kind(each) in _SPOKEN_IN for each in (stem, stem[:-1] + "ه"))
    return False
