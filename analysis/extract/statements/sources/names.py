"""Names inside a noun phrase, and words that no list knows: the complement of a head that wants one, or the start of a name.

In go a `Reading` and the number of its next word; each function says whether the word belongs to it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.extract.statements.sources.callings import another, calling
from analysis.extract.statements.sources.reading import CLOSED, FULL_NAME, NAMES, NISBA, PERSON, SOUND_PLURAL, Reading
from analysis.extract.statements.vocabulary.forms import forms
from analysis.extract.statements.vocabulary.kinds import NOUN_SHAPE, VERB_SHAPE
from analysis.extract.statements.vocabulary.listed import is_act, listed_kind, single, titles
from analysis.extract.statements.vocabulary.words import Word, word


def unknown(reading: Reading, known: Word, kind: str, at: int) -> bool:
    """A word that no list knows, or a given name: the complement of a head that wants one, else the start of a name."""
    bare = kind == "bare"
    if bare and _for(reading, known.spelled, at):
        return True
    settled = _by_segment(reading, known, kind, at)
    if settled is None and bare:
        settled = _bare(reading, known.spelled, at)
    if settled is not None:
        return settled
    if _two_articles(reading, known, kind, at):
        reading.role.clear()
        reading.segment, reading.names, reading.open, reading.name_end = "name", CLOSED, False, reading.ends[at]
        return True
    reading.segment, reading.names, reading.open = "name", 1, kind == "compound"
    reading.name_start, reading.name_end = reading.starts[at], reading.ends[at]
    return True


_TAKES_FOR = frozenset(("role", "body", "media", "rank"))
_CLOSED_HEADS = frozenset(("people", "anonymous", "document", "number"))
_NAMED_BODIES = frozenset(("body", "media", "place", "acronym"))


def _for(reading: Reading, spelled: str, at: int) -> bool:
    """Take a word in ل before a definite one: المنتخب لكرة القدم، المرصد لحقوق الإنسان."""
    if spelled[0] != "ل" or len(spelled) <= 3 or reading.segment not in _TAKES_FOR:
        return False
    following = reading.following(at)
    if following is None or following.spelled[:2] != "ال":
        return False
    reading.open = True
    reading.role.append(spelled)
    return True


def _by_segment(reading: Reading, known: Word, kind: str, at: int) -> bool | None:
    """What the head and the segment read last say of a word: whether it belongs, or None where they leave it open."""
    spelled, head = known.spelled, reading.head_kind
    if reading.open:
        return _completes(reading, spelled, kind, at)
    if reading.segment == "patron":
        reading.role.append(spelled)
        reading.segment, reading.open = "body", kind == "compound"
        return True
    if reading.segment == "holder" and head in _HOLDERS and kind in NAMES and len(reading.role) < FULL_NAME:
        reading.role.append(spelled)
        reading.open = kind == "compound"
        return True
    if reading.names or head in _CLOSED_HEADS:
        if kind == "bare" and reading.plural and head == "people" and not reading.names and spelled.endswith(SOUND_PLURAL):
            reading.role.append(spelled)  # مسؤولين أميركيين
            return True
        return False
    return _of_body(reading, known, kind) if head in _NAMED_BODIES else None


def _bare(reading: Reading, spelled: str, at: int) -> bool | None:
    """Whether a word that no list knows goes on a title; None where it starts a name."""
    head, role, first = reading.head_kind, reading.role, spelled[0]
    person = head in PERSON
    if first in "يت" and "ي" + spelled[1:] in titles("acts"):
        return False  # رئيس البلدية يلتقي المزارعين
    if (not person and first == "ب") or (person and is_occasion(spelled)):
        return False  # اختتمت عمدة المدينة كلمتها
    if person and reading.strict and reading.definite and len(spelled) > 2 and is_act(spelled) and _has_object(reading, at):
        return False  # المدير زار المدينة
    if person and reading.feminine and _past_of_hers(spelled):
        following = reading.following(at)
        if following is None or following.kind not in NAMES:
            return False  # ممثلة تركية، تورطت في قضية
    if person and first == "ل" and not reading.names and reading.words.names_too(spelled[1:]):
        role.append(spelled[1:])  # المحامي الشخصي لهاريس
        return True
    if person and reading.definite and _OWNED_NOUN.fullmatch(spelled):
        role.append(spelled)  # الرئيس المنتهية ولايته
        return True
    if first == "ل" and len(spelled) > 3 and role and "takes_for" in word(role[-1]).lists:
        role.append(spelled[1:])  # المديرة العامة لنوفا
        return True
    if head == "definite" and len(role) > 1 and not _named_nisba(reading, at):
        return False  # السيناريو المعد مسبقاً
    if first == "و" and len(spelled) > 4:
        if head == "definite":
            return False  # الأعراف الدولية ولوائح …
        if len(role) > 1 and _plain_noun(spelled[1:]):
            return _and_more(reading, spelled)  # المتخصص في البنوك وتعثرات الدول
    if reading.strict and spelled[-1] == "ه" and person and _no_name_in_ha(reading, at):
        return False
    if head == "role" and not (reading.definite or reading.construct):
        following = reading.following(at)
        if role and following and following.kind == "inner" and word(role[-1]).kind == "adjective":
            role.append(spelled)  # خبير سوري مقيم في بيروت: an indefinite head takes one more adjective, not a name
            return True
    if head == "definite" and reading.segment == "definite" and len(role) == 1 and _surname_alone(reading, spelled, at):
        return False
    return None


def _has_object(reading: Reading, at: int) -> bool:
    """Whether a definite noun, a body or a preposition follows, rather than another name."""
    following = reading.following(at)
    return following is not None and (following.kind in _OBJECTS or following.prefixed)


_OBJECTS = frozenset(("definite", "inner", "body", "media", "people", "role", "place", "document"))


def _past_of_hers(spelled: str) -> bool:
    """Whether an unknown word ends like a verb in the past feminine and not like a name (مارغريت) or a plural."""
    return len(spelled) > 3 and spelled[-1] == "ت" and spelled[-2] not in "اي"


def _no_name_in_ha(reading: Reading, at: int) -> bool:
    """Whether a word in ه behind a title is a noun and no name."""
    following = reading.following(at)
    if not reading.definite and reading.segment == reading.head_kind and not reading.construct and len(reading.role) > 1:
        return True  # ابتكر مهندس ياباني وسيلة: a head without article that an adjective has closed takes no name
    return following is not None and following.definite  # لم تؤكد الناطقة هوية الشخص: a noun in construct


_AFTER_ORIGIN = frozenset(("bare", "given", "compound", "definite"))


def _surname_alone(reading: Reading, spelled: str, at: int) -> bool:
    """Whether a definite head is a surname, so that it takes no name: الزياني + a word, but الإيطالي + two words does."""
    following, head = reading.following(at), reading.head
    origin = head[-1] == "ي" or (head[0] == "م" and len(head) > 3 and not VERB_SHAPE.match(spelled))
    return not (origin and following and following.kind in _AFTER_ORIGIN)


def _two_articles(reading: Reading, known: Word, kind: str, at: int) -> bool:
    """Whether a definite head and a given name with the article are one name: السنوسي الطيب."""
    if reading.head_kind != "definite" or kind != "given" or known.spelled[:2] != "ال":
        return False
    if reading.segment != "definite" or len(reading.role) != 1:
        return False
    following = reading.following(at)
    return following is None or following.kind not in NAMES


_OWNED_NOUN = re.compile(r"\w{3,}ت(?:ه|ها|هم)")


def _named_nisba(reading: Reading, at: int) -> bool:
    """Whether a name of two words follows a head with an adjective: الناشر الإسباني خوسيه لوثيا."""
    following = reading.following(at)
    described = any(each.endswith(NISBA) or each in titles("adjectives") for each in reading.role[1:])
    return described and following is not None and following.kind in NAMES


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


_FROM = single("from")
_HOLDERS = frozenset(("document", "anonymous"))
_NO_VERB_IN = frozenset(("people", "anonymous", "document"))


def _is_verb(spelled: str) -> bool:
    """Whether a word behind an indefinite source is its verb: تقرير نشره الموقع، نموذج حظي بالقبول, but بيان صادر عن الوزارة."""
    if VERB_SHAPE.match(spelled) or with_object(spelled) or (len(spelled) > 4 and spelled[-1] == "ت" and spelled[-2] != "ا"):
        return True
    return is_act(spelled) and "takes_about" not in word(spelled).lists


def _completes(reading: Reading, spelled: str, kind: str, at: int) -> bool | None:
    """An unknown word after a head that wants a complement; None where it starts a name instead."""
    following = reading.following(at)
    after = following.spelled if following else ""
    place = f"{spelled} {after}" in titles("places")
    if kind in NAMES and reading.head_kind == "anonymous" and reading.known[at - 1].spelled == _FROM:
        reading.role.append(spelled)  # مصدر قريب من هاريس
        reading.segment, reading.open = "holder", kind == "compound"
        return True
    if kind in {"given", "compound"} and not place and (reading.head_kind in PERSON or reading.head_kind == "anonymous"):
        return None
    if reading.head_kind in _NO_VERB_IN and _is_verb(spelled):
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
    if reading.head_kind == "document" and kind in {"given", "compound"} and not place:
        reading.segment = "holder"  # بيان نادر الحلبي
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


_BIN = f" {single('son')} "
_NO_PART = frozenset(
    ("adverb", "inner", "relative", "content", "and", "determiner", "number", "document", "anonymous", "adjective", "verb")
)
_BODIES = frozenset(("people", "body", "media", "place", "media_name", "acronym"))
_AFTER_SURNAME = frozenset(("inner", "adverb", "verb", "relative"))
_SURNAMES_DEFINITE = PERSON
_SURNAMES = frozenset(("role", "adjective", "content", "people", "body", "place", "document"))


def name_part(reading: Reading, known: Word, kind: str, at: int) -> bool:
    """Take one more word after a name."""
    if reading.open:
        reading.open = kind == "compound"
        reading.names += not reading.open and reading.names == 0
        reading.name_end = reading.ends[at]
        return True
    if calling(reading, known, kind, at):
        return True
    if reading.names and known.definite and _names_body(reading, known, at):
        return True
    if reading.names and "divine" in known.lists and known.kind != "rank":
        reading.open = kind == "compound"
        reading.name_end = reading.ends[at]
        return True
    if known.prefixed and not _family_of(reading, known, at):
        return False
    if kind == "compound":
        reading.open = True
        reading.name_end = reading.ends[at]
        return True
    definite = known.definite
    if kind == "content" and definite and not _reported(reading, known, at):
        kind = "definite"  # أحمد الحداد
    if kind in PERSON and definite and _titled_again(reading, at):
        _were_bodys(reading, at)  # رئيس جامعة ابن زهر الدكتور سالم حداد
    elif _surname(reading, known, kind, at):
        reading.names, reading.name_end = 2, reading.ends[at]
        return True
    if kind in PERSON and not definite and reading.names == 1 and not reading.comma and _no_dual(reading, known, at):
        kind = "bare"  # محمد ضيفان العبيدي
    if kind in PERSON:
        reading.segment, reading.open = "role", not definite
        reading.role.append(known.bare)
        return True
    if another(known):
        reading.names, reading.name_end = 1, reading.ends[at]  # سامي الحداد وليلى العون
        return True
    return False if _ends_name(reading, known, kind, at) else _grows(reading, known, kind, at)


def _surname(reading: Reading, known: Word, kind: str, at: int) -> bool:
    """Whether a word that is also a common one is a surname behind a single name: هدى نجم."""
    if reading.names != 1:
        return False
    if kind == "adverb" and "leading_adverbs" in known.lists and reading.following(at) is None:
        return True  # عادل إمام, which folds like أمام: nothing follows that it could lead in
    if reading.comma or _BIN in reading.folded[reading.name_start : reading.name_end]:
        return False
    definite = known.definite
    if definite and at > 1 and reading.known[at - 2].kind == "compound":
        return False  # أحمد أبو زيد المتحدث باسم: the name has its two parts
    if kind not in (_SURNAMES_DEFINITE if definite else _SURNAMES) or (kind == "content" and _is_owned(known.spelled)):
        return False  # وجهت مريم شكرها
    if kind == "place" and (reading.strict or reading.known[at - 1].kind != "given"):
        return False  # دعت ميركل بغداد إلى: whom she asks
    following = reading.following(at)
    if following is None or not following.spelled[0].isalpha():
        return True
    if definite and reading.head_kind in PERSON:
        return True  # رئيس الحكومة يوسف الشاهد
    if following.kind in _AFTER_SURNAME and not definite:
        return True
    return kind not in PERSON and following.kind == "role" and not following.prefixed  # before a title


def _ends_name(reading: Reading, known: Word, kind: str, at: int) -> bool:
    """Whether a word behind a name is no part of it."""
    definite = known.definite
    if kind in _NO_PART or kind == "common":
        return True
    if kind == "bare" and known.spelled[-1] == "ا" and _is_object(known.spelled[:-1]):
        return True  # قدم صالح تقييماً
    if definite and _reported(reading, known, at):
        return True  # جدد ترامب القول
    if kind == "people" and known.spelled.endswith(SOUND_PLURAL):
        return True  # أبلغ فلان الصحفيين
    if kind == "bare":
        if not reading.comma and is_occasion(known.spelled):
            return True  # تابع فلان حديثه
        following = reading.following(at)
        last = following is None or following.that or not following.spelled[0].isalnum()  # هان سو يونغ، أن
        return reading.names >= 2 and _after_full_name(reading, known.spelled, last=last)
    return kind in _BODIES and (reading.strict or not definite or reading.names > 1)


def _after_full_name(reading: Reading, spelled: str, *, last: bool) -> bool:
    """Whether an unknown word behind two names or more is none: أن الوزير نادر سالم ناقش، وتنبأ فلان الفلاني بهطول."""
    if reading.names >= FULL_NAME or spelled[-1] == "ه" or (VERB_SHAPE.match(spelled) and not last) or is_act(spelled):
        return True
    if spelled.endswith(_OWNED) and len(spelled) > _OWNER:
        return True  # استقبلت سلمى نجم ضيوفها
    if spelled.endswith(_PLURAL) and len(spelled) > _LONG_NAME:
        return True  # أثار فلان الفلاني انتقادات
    return spelled[0] == "ب" and len(spelled) > 4


def _grows(reading: Reading, known: Word, kind: str, at: int) -> bool:
    """Take a word into a name, unless the name is full."""
    if kind == "definite" or known.definite:
        if "stretches" in word(known.bare).lists and not reading.open:
            return False  # قال فلان العام الماضي
        if reading.names >= FULL_NAME or (reading.strict and reading.names > 1):
            return False
        reading.names += CLOSED  # the article closes a name: another definite word would be something else
    elif reading.names >= CLOSED:
        return False
    else:
        reading.names += 1
    reading.name_end = reading.ends[at]
    return True


_DUAL, _PLURAL = "ان", "ات"
_LONG_NAME = 6  # letters of the longest name in ات (عويدات)


def _no_dual(reading: Reading, known: Word, at: int) -> bool:
    """Whether a word in ان behind a name is no dual of a title, for the name goes on behind it."""
    if not known.spelled.endswith(_DUAL):
        return False
    following = reading.following(at)
    return following is not None and following.kind in {"definite", "bare", "given"} and not following.prefixed


def _names_body(reading: Reading, known: Word, at: int) -> bool:
    """Take a nisba behind unknown words of a title where a name follows: رئيس نوفا مارا الأرجنتيني فلان. So they named a body."""
    following = reading.following(at)
    if reading.comma or reading.head_kind not in PERSON or reading.definite or following is None or following.kind not in NAMES:
        return False
    if not (known.bare in titles("adjectives") and known.bare.endswith(NISBA)) or not reading.touches(at):
        return False
    if word(reading.folded[reading.name_start : reading.name_end].split()[0]).kind == "given":
        return False
    _were_bodys(reading, at)
    reading.role.append(known.bare)
    reading.segment = "role"
    return True


def _titled_again(reading: Reading, at: int) -> bool:
    """Whether a title before a name stands behind what was read as one, so that the first was a body's."""
    following = reading.following(at)
    if reading.strict or reading.comma or reading.head_kind not in PERSON or len(reading.role) < 2 or following is None:
        return False
    if word(reading.folded[reading.name_start : reading.name_end].split()[0]).kind == "given":
        return False  # أبلغ الوزير سامي حداد المدير سالم
    return following.kind in {"given", "compound"} and not following.prefixed and reading.touches(at)


def _were_bodys(reading: Reading, at: int) -> None:
    """Take the name that was read as part of the title, as it is a body's."""
    reading.role += reading.folded[reading.name_start : reading.name_end].split()
    reading.names, reading.open = 0, False
    reading.name_start = reading.name_end = reading.end = reading.ends[at]


def _family_of(reading: Reading, known: Word, at: int) -> bool:
    """Whether a word in ب is a surname in بو or بال behind a given name, or one in با that ends the source.

    So محمد بوجديرية، عبد الحميد بالطيب، and قال مصطفى بايتاس إن, whose surname looks like a verbal noun behind ب.
    """
    if known.spelled[:3] == "بال" and known.kind == "given":
        return reading.names >= 1
    double = reading.names and reading.gaps[at - 1] == "-" and reading.starts[at - 2] == reading.name_start
    if double and known.kind in {"bare", "definite"} and not listed_kind(known.bare):
        return True  # جان-بول بالوميروس: two names in one want a surname
    if reading.names != 1 or reading.known[at - 1].kind != "given":
        return False
    if known.spelled[:2] == "با" and known.kind == "content" and not known.definite:
        following = reading.following(at)
        return following is None or following.that or not following.spelled[0].isalpha()
    return known.spelled[:2] == "بو" and known.kind == "bare"


def _reported(reading: Reading, known: Word, at: int) -> bool:
    """Whether a definite word after a name begins what is reported, rather than being a surname (أحمد الحداد)."""
    if known.bare in forms():
        return True
    acting = known.bare in titles("contents") or (word(known.bare).content and reading.strict)
    return acting and (reading.names != 1 or reading.known[at - 1].kind != "given")


def _is_owned(spelled: str) -> bool:
    """Whether a noun has its owner written on it: شكرها، استعداده."""
    return spelled.endswith(_OWNED) or (spelled[-1] == "ه" and word(spelled[:-1] or "-").content)


def _is_object(stem: str) -> bool:
    """Whether a word with the ending of an accusative is a noun of the lists or a verbal noun in ت: غضبا، تقييما."""
    return stem in titles("contents") or (stem[:1] == "ت" and word(stem).content)


_OWNED, _OWNER = ("ها", "هم"), 4  # pronouns, and letters of the longest name that ends like one
_SPOKEN_IN = frozenset(("document", "media"))


@lru_cache(maxsize=4096)
def is_occasion(spelled: str) -> bool:
    """Whether a word with a pronoun names an occasion of speaking (في رده، في كلمتها، في مدونتها)."""
    for pronoun in ("ها", "هم", "ه"):
        if spelled.endswith(pronoun):
            stem = spelled[: -len(pronoun)]
            return any(each in titles("events") or listed_kind(each) in _SPOKEN_IN for each in (stem, stem[:-1] + "ه"))
    return False
