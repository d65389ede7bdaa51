"""Names inside a noun phrase, and words that no list knows: the complement of a head that wants one, or the start of a name.

In go a `Reading` and the number of its next word; each function says whether the word belongs to it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.extract.statements.cues import forms
from analysis.extract.statements.reading import CLOSED, FULL_NAME, NAMES, NISBA, PERSON, SOUND_PLURAL, Reading
from analysis.extract.statements.words import NOUN_SHAPE, VERB_SHAPE, Word, is_act, listed_kind, titles, word


def unknown(reading: Reading, known: Word, kind: str, at: int) -> bool:
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
    elif reading.segment == "holder" and head in _HOLDERS and kind in NAMES and len(reading.role) < FULL_NAME:
        reading.role.append(spelled)
        reading.open = kind == "compound"
        return True
    elif reading.names or head in {"people", "anonymous", "document", "number"}:
        if bare and reading.plural and head == "people" and not reading.names and spelled.endswith(SOUND_PLURAL):
            reading.role.append(spelled)  # مسؤولين أميركيين
            return True
        return False
    elif head in {"body", "media", "place", "acronym"}:
        return _of_body(reading, known, kind)
    if bare and spelled[0] in "يت" and "ي" + spelled[1:] in titles("acts"):
        return False  # رئيس البلدية يلتقي المزارعين
    if head not in PERSON and spelled[0] == "ب" and bare:
        return False
    if bare and head in PERSON and reading.feminine and _past_of_hers(spelled):
        following = reading.following(at)
        if following is None or following.kind not in NAMES:
            return False  # ممثلة تركية، تورطت في قضية
    if bare and head in PERSON and not reading.names and spelled[0] == "ل" and reading.words.names_too(spelled[1:]):
        reading.role.append(spelled[1:])  # المحامي الشخصي لهاريس
        return True
    if bare and head in PERSON and reading.definite and _OWNED_NOUN.fullmatch(spelled):
        reading.role.append(spelled)  # الرئيس المنتهية ولايته
        return True
    if bare and spelled[0] == "ل" and len(spelled) > 3 and reading.role and "takes_for" in word(reading.role[-1]).lists:
        reading.role.append(spelled[1:])  # المديرة العامة لنوفا
        return True
    if head == "definite" and bare and len(reading.role) > 1 and not _named_nisba(reading, at):
        return False  # السيناريو المعد مسبقاً
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
    both = (
        head == "definite" and kind == "given" and spelled[:2] == "ال" and reading.segment == "definite" and len(reading.role) == 1
    )
    if both and ((following := reading.following(at)) is None or following.kind not in NAMES):
        reading.role.clear()  # السنوسي الطيب: both have the article
        reading.segment, reading.names, reading.open, reading.name_end = "name", CLOSED, False, reading.ends[at]
        return True
    reading.segment, reading.names, reading.open = "name", 1, kind == "compound"
    reading.name_start, reading.name_end = reading.starts[at], reading.ends[at]
    return True


def _past_of_hers(spelled: str) -> bool:
    """Whether an unknown word ends like a verb in the past feminine and not like a name (مارغريت) or a plural."""
    return len(spelled) > 3 and spelled[-1] == "ت" and spelled[-2] not in "اي"


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


_FROM = "من"
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


_BIN = " بن "
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
    if reading.names and known.definite and _names_body(reading, known, at):
        return True
    if reading.names and "divine" in known.lists:
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
        led = following is not None and following.kind in _AFTER_SURNAME and not definite
        before_title = kind not in PERSON and following is not None and following.kind == "role" and not following.prefixed
        if last or titled or led or before_title:
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
    if kind == "people" and known.spelled.endswith(SOUND_PLURAL):
        return False  # أبلغ فلان الصحفيين
    if kind == "bare" and not reading.comma and is_occasion(known.spelled):
        return False  # تابع فلان حديثه
    if kind in _BODIES and (reading.strict or not definite or reading.names > 1):
        return False
    if kind == "bare" and reading.names >= 2:
        spelled = known.spelled
        if reading.names >= FULL_NAME or spelled[-1] == "ه" or VERB_SHAPE.match(spelled) or is_act(spelled):
            return False  # أن الوزير نادر سالم ناقش
        if spelled[0] == "ب" and len(spelled) > 4:
            return False  # وتنبأ فلان الفلاني بهطول
    if kind == "definite" or definite:
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


def _names_body(reading: Reading, known: Word, at: int) -> bool:
    """Take a nisba behind unknown words of a title where a name follows: رئيس نوفا مارا الأرجنتيني فلان. So they named a body."""
    following = reading.following(at)
    if reading.comma or reading.head_kind not in PERSON or reading.definite or following is None or following.kind not in NAMES:
        return False
    if not (known.bare in titles("adjectives") and known.bare.endswith(NISBA)) or not reading.touches(at):
        return False
    name = reading.folded[reading.name_start : reading.name_end].split()
    if word(name[0]).kind == "given":
        return False
    reading.role += [*name, known.bare]
    reading.names, reading.segment, reading.open = 0, "body", False
    reading.name_start = reading.name_end = reading.end = reading.ends[at]
    reading.segment = "role"
    return True


def _family_of(reading: Reading, known: Word, at: int) -> bool:
    """Whether a word in ب is a surname in بو or بال behind a given name: محمد بوجديرية، عبد الحميد بالطيب."""
    if known.spelled[:3] == "بال" and known.kind == "given":
        return reading.names >= 1
    return reading.names == 1 and known.spelled[:2] == "بو" and known.kind == "bare" and reading.known[at - 1].kind == "given"


def _reported(reading: Reading, known: Word, at: int) -> bool:
    """Whether a definite word after a name begins what is reported, rather than being a surname (أحمد الحداد)."""
    if known.bare in forms():
        return True
    return known.bare in titles("contents") and (reading.names != 1 or reading.known[at - 1].kind != "given")


_SPOKEN_IN = frozenset(("document", "media"))


@lru_cache(maxsize=4096)
def is_occasion(spelled: str) -> bool:
    """Whether a word with a pronoun names an occasion of speaking (في رده، في كلمتها، في مدونتها)."""
    for pronoun in ("ها", "هم", "ه"):
        if spelled.endswith(pronoun):
            stem = spelled[: -len(pronoun)]
            return any(each in titles("events") or listed_kind(each) in _SPOKEN_IN for each in (stem, stem[:-1] + "ه"))
    return False
