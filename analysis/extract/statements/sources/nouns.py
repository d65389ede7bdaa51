"""How a noun phrase goes on: whether the next word belongs to it, and what it does to it.

In go a `Reading`, the state of a phrase read so far, and the number of the next word; `takes` says whether the word belongs and
leaves the state as it is with it. `names` reads names and words that no list knows, `prepositions` what a preposition leads in.

>>> from analysis.extract.statements.vocabulary.words import Words
>>> from analysis.tokens import Tokens
>>> folded = "وزير الدفاع نادر الحلبي"
>>> reading = Reading(folded, Words(Tokens(folded)), len(folded), strict=False)
>>> reading.begin(reading.known[0], reading.known[0].kind, 0, 4)
>>> [takes(reading, 1), takes(reading, 2), takes(reading, 3)], folded[reading.name_start:reading.name_end]
([True, True, True], 'نادر الحلبي')
"""

from __future__ import annotations

from analysis.extract.statements.sources.anonymous import read_as
from analysis.extract.statements.sources.callings import is_specified, recurring_name, unlisted
from analysis.extract.statements.sources.joints import called, honours_another, is_semi
from analysis.extract.statements.sources.names import name_part, unknown, with_object
from analysis.extract.statements.sources.prepositions import preposition
from analysis.extract.statements.sources.reading import LINKED, NAMES, NISBA, NISBA_PLURAL, PERSON, SOUND_PLURAL, Reading
from analysis.extract.statements.vocabulary.kinds import NOUN_SHAPE
from analysis.extract.statements.vocabulary.listed import is_office, listed_kind, media_names, single, titles
from analysis.extract.statements.vocabulary.words import Word, word

_AND = "و"
_ALI, _WITH, _FOR, _ABOUT, _AT = single("ali"), "ب", "ل", single("about"), single("at")
_OWNED = ("هم", "ها")


def takes(reading: Reading, at: int) -> bool:
    """Take the next word into a phrase that has begun; False where it does not belong."""
    known = reading.known[at]
    kind = known.kind
    if kind == "honour" and not reading.comma:
        return not honours_another(reading, at)  # وزير الإسكان معالي الأستاذ فلان
    if known.lists:
        if "itself" in known.lists and not reading.open and not reading.comma:
            reading.end = reading.ends[at]  # المصدر ذاته
            return True
        if "semi" in known.lists and is_semi(reading, at):
            return True
        if known.spelled == _WITH and reading.segment in LINKED and reading.before_name(at):
            reading.open = True  # المتحدث بـ«الدار»
            return True
        if known.spelled == _FOR and reading.segment in LINKED and reading.before_name(at) and _serves(reading, at):
            reading.open = True  # الأمين العام لـ«حزب الشجر» فلان
            return True
        if (reading.comma or reading.segment == "rank") and known.spelled == _ALI and is_ali(reading, at):
            kind = "given"
        if "called" in known.lists and (reading.comma or reading.head_kind in PERSON):
            return called(reading, known, at)
    comma = reading.comma
    if reading.head_kind == "anonymous" and kind == known.kind and not (kind := read_as(reading, known)):
        return False
    if kind == "given" and known.spelled[:2] == "ال" and reading.head_kind in PERSON and _describes_given(reading, known, at):
        kind = "definite"  # الخبير النفطي سامي حداد: here no name
    if comma:
        if kind == "role" and "names_too" in known.lists and recurring_name(reading, known, at):
            kind = "given"  # مدير الشركة، أمين العريض
        if kind == "content" and not reading.strict and "contents" not in known.lists:
            following = reading.following(at)
            if following is None or not following.definite:
                kind = "bare"  # a name in the shape of a verbal noun: أوستان
        if kind == "bare":
            following = reading.following(at)
            if following and following.kind in {"content", "determiner", "verb", "relative"}:
                return False  # خبير اقتصادي، فضل إغفال اسمه
        elif kind == "anonymous" and reading.names and is_office(known.bare):
            kind = "role"  # نادر سالم، مسؤول قسم …
        elif kind == "definite" and not known.prefixed and _named_with_article(reading, at):
            kind = "given"  # الخبير، الهاشمي علية
        if not _apposed(reading, known, kind):
            return False
        if kind == "given" and known.definite:
            reading.segment, reading.names = "name", 1
            reading.name_start, reading.name_end = reading.starts[at], reading.ends[at]
            reading.comma, reading.end = False, reading.ends[at]
            return True
    if not (name_part(reading, known, kind, at) if reading.segment == "name" else _noun(reading, known, kind, at)):
        return False
    reading.comma = False
    reading.end = reading.ends[at]
    if reading.construct and reading.head_kind == "anonymous" and is_office(reading.head):
        reading.head_kind = "role"  # مسؤول الإعلام في الحركة، فلان: with its complement an office like any other
    return True


def _describes_given(reading: Reading, known: Word, at: int) -> bool:
    """Whether a definite adjective that is a given name too stands before a given name, behind a title."""
    following = reading.following(at)
    described = known.spelled[2:] in titles("adjectives") and not (reading.names or reading.comma)
    return described and following is not None and following.kind in {"given", "compound"}


_OF_MEDIA = frozenset(("media", "role"))


def take_medium(reading: Reading, at: int) -> int:
    """Take the name of a medium that has several words (واشنطن بوست), alone or after its noun; how many, 0 where none stands."""
    if reading.begun and (not reading.open or reading.head_kind not in _OF_MEDIA):
        return 0
    for rest in media_names()[reading.known[at].spelled]:
        last = at + len(rest)
        if last < reading.stop and all(
            reading.gaps[at + place] == " " and reading.known[at + place].spelled == spelled
            for place, spelled in enumerate(rest, 1)
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


def is_ali(reading: Reading, at: int) -> bool:
    """Whether علي, which folds like the preposition على, is the name: a name follows, nothing that goes with the former."""
    following = reading.following(at)
    if following is None or not reading.touches(at) or "after_ala" in following.lists:
        return False
    if reading.tells_ali and not reading.begun:
        return False  # وأضاف على الجانب الآخر أن
    if following.kind in {"given", "bare"}:
        return True
    return following.kind in {"definite", "role", "rank"} and following.definite and not following.prefixed


def _ends(reading: Reading, at: int) -> bool:
    """Whether a comma follows a word."""
    following = reading.following(at)
    return following is not None and following.spelled[:1] in ("،", ",")


_SERVED = frozenset(("body", "people", "acronym"))
_MARKED_NAME = 6  # words of a name in quote marks


def _serves(reading: Reading, at: int) -> bool:
    """Whether what follows ل in quote marks is the body that a title serves, rather than a medium that is spoken to.

    So it is where it begins as the name of a body, or where the name of who bears the title follows it.
    """
    if (
        reading.names
        or reading.comma
        or at + 1 >= reading.stop
        or (reading.head in titles("sovereign") and not _TAKES_FOR & word(reading.role[-1]).lists)
    ):
        return False
    if reading.known[at + 1].kind in _SERVED:
        return True
    for place in range(at + 2, min(at + 2 + _MARKED_NAME, reading.stop)):
        if reading.gaps[place][0] in _CLOSING:
            return reading.gaps[place][-1] == " " and len(reading.gaps[place]) == 2 and reading.known[place].kind == "given"
    return False


_TAKES_FOR = frozenset(("takes_for",))  # الرئيس التنفيذي لـ«نوفا»
_CLOSING = frozenset('"”»“')


def _named_with_article(reading: Reading, at: int) -> bool:
    """Whether a definite word after a title and a comma is a name: another name follows it."""
    if reading.head_kind not in PERSON or reading.names or reading.open:
        return False
    following = reading.following(at)
    return following is not None and reading.touches(at) and following.kind in {"bare", "given", "compound"}


_NO_TITLE = frozenset(("document", "anonymous", "people", "body", "media", "place", "acronym", "common"))


def _apposed(reading: Reading, known: Word, kind: str) -> bool:
    """Whether a word after a comma continues the source."""
    head = reading.head_kind
    if kind in PERSON:
        return head not in _NO_TITLE
    if kind == "and":
        return head in PERSON and listed_kind(known.bare) in PERSON
    if kind == "given" or kind == "compound":
        return unlisted(reading) or (reading.names == 0 and (head in PERSON or head == "definite"))
    if kind == "bare" and not known.prefixed:
        return reading.names == 0 and head in PERSON and not reading.open
    return False


_REPRESENTED = frozenset(("body", "place", "common", "acronym"))
_EMPLOYERS = frozenset(("body", "media", "media_name", "acronym"))
_PREPOSITIONS = frozenset((_ABOUT, _AT))


def _task(reading: Reading, known: Word, before: frozenset[str], at: int) -> bool:
    """Take a preposition behind a word that wants it: المسؤول عن الملف، المكلف بمهمة، المستشار لدى الرئاسة."""
    spelled = known.spelled
    sent = spelled == _AT and reading.head_kind in PERSON and "takes_at" in word(reading.head).lists and not reading.names
    if spelled == _AT and reading.head_kind in PERSON and "employed" in word(reading.head).lists and not reading.names:
        following = reading.following(at)
        sent = sent or (following is not None and following.kind in _EMPLOYERS and not following.prefixed)
    if (spelled == _ABOUT and "takes_about" in before) or (spelled == _AT and "takes_at" in before) or sent:
        reading.open = True
        return True
    if spelled == _ABOUT and "takes_about" in word(reading.head).lists and reading.head_kind in PERSON and not reading.names:
        following = reading.following(at)
        reading.open = following is not None and following.kind in _REPRESENTED  # النائب بمجلس الشعب عن دائرة …
        return reading.open
    if "takes_with" in before and spelled[0] == "ب" and len(spelled) > 3 and known.kind == "bare" and not reading.names:
        reading.role.append(spelled[1:])
        reading.open = True
        return True
    return False


_BEFORE_THIS = frozenset(("on_behalf", "one_of"))
_LISTED = frozenset(("role", "people", "body", "media", "document", "anonymous", "media_name", "acronym", "common"))


def _noun(reading: Reading, known: Word, kind: str, at: int) -> bool:
    """Take one more word after a head or a complement."""
    if reading.segment == "quoted" and kind not in {"role", "rank", "definite"}:
        if reading.names or reading.head_kind not in PERSON or kind not in NAMES or known.prefixed:
            return False
        return unknown(reading, known, kind, at)  # مدير مدرسة «النور» فلان
    if "rank_parts" in known.lists and reading.known[at - 1].kind == "rank" and not reading.names:
        reading.role.append(known.spelled)  # الملازم أول، العميد ركن
        return True
    if not reading.open and (known.spelled in _PREPOSITIONS or known.spelled[0] == "ب"):
        before = word(reading.known[at - 1].bare or "-").lists
        if _task(reading, known, before, at):
            return True
    settled = _function_word(reading, known, kind, at)
    if settled is not None:
        return settled
    if kind == "rank" and not known.definite and is_office(known.bare):
        kind = "role"  # أمير منطقة …
    if kind == "rank" or kind == "definite":
        return _article(reading, known, kind, at)
    if kind in _LISTED:
        if kind == "role" and "names_too" in known.lists and not (known.definite or reading.open or reading.comma):
            following = reading.following(at)
            if not reading.names and following and following.kind in NAMES:
                return unknown(reading, known, "given", at)  # المتحدث … مساعد غالي
        return _listed(reading, known, kind, at)
    return _described(reading, known, kind, at)


def _function_word(reading: Reading, known: Word, kind: str, at: int) -> bool | None:
    """Whether a word that is no noun belongs: an adverb, a conjunction, a preposition and the like; None for any other word."""
    if kind == "adverb":
        if "adjectives" in known.lists and reading.head_kind == "anonymous" and not reading.definite and len(reading.role) == 1:
            reading.role.append(known.spelled)  # مصدر مطلع, who is no beginning
            return True
        if reading.open and known.definite and reading.head_kind not in PERSON:
            reading.open = False  # صحيفة اليوم, but والده الثلاثاء
            return True
        return False
    if known.spelled == _AND and not reading.comma:
        return _and_apart(reading, at)
    if kind == "verb" or kind == "relative":
        sure = reading.head_kind == "anonymous" and not reading.definite and known.readings and known.readings[0].mood == "hal"
        if sure and not known.joined and known.spelled[-1] == "ه":
            reading.role.append(known.spelled)  # مصادر مؤكدة
        return bool(sure)
    if kind == "number" and known.spelled.isdigit() and reading.known[at - 1].definite and _ends(reading, at):
        return True  # قائد الفرقة 36،
    if kind == "determiner" or kind == "number":
        # المتحدثة باسم هذه المنظمة
        return reading.open and ("demonstratives" not in known.lists or not _BEFORE_THIS.isdisjoint(reading.known[at - 1].lists))
    if "by_name" in known.lists:
        reading.open = False  # المتحدث باسمه
        return reading.segment in {"role", "rank", "document"}
    if kind == "inner" or known.prefixed:
        return preposition(reading, known, at)
    return _and(reading, known, at) if kind == "and" else None


def _described(reading: Reading, known: Word, kind: str, at: int) -> bool:
    """Take what describes the noun before it: a place, an adjective, a verbal noun; or a word that no list knows."""
    if kind == "place":
        if "names_too" in known.lists and not reading.open and not reading.names and reading.head_kind in PERSON:
            following = reading.following(at)
            if following is not None and following.kind in NAMES and not following.prefixed:
                return unknown(reading, known, "given", at)  # رئيسة الوزراء جورجيا ميلوني
        if (
            not reading.open
            and not _nisba(reading, known)
            and f"{reading.known[at - 1].spelled} {known.spelled}" not in titles("places")
        ):
            return False
    elif kind == "adjective":
        if reading.definite and not reading.open:
            if known.definite or known.lists.isdisjoint(_GIVEN_TOO) or reading.head_kind not in PERSON:
                return False
            return unknown(reading, known, "given", at)  # العقيد تركي: without article no adjective
    elif kind != "content":
        return unknown(reading, known, kind, at)
    elif reading.open and ((reading.head_kind == "people" and known.spelled.endswith(_OWNED)) or with_object(known.spelled)):
        return False  # أبدى تجار استغرابهم; بيانات مسح أجراه المصرف
    elif not reading.open:
        following = reading.following(at)
        led = following is not None and following.kind == "compound" and reading.segment in PERSON  # إيتمار بن فلان
        if "contents" in known.lists or not (led or reading.segment == "rank"):
            return False
        return unknown(reading, known, "bare", at)  # الرئيس + a name in such a shape
    reading.open = reading.open and (kind == "content" or (kind == "adjective" and _office_goes_on(reading, at)))
    reading.role.append(known.bare)
    return True


_GIVEN_TOO = frozenset(("given", "names_too"))


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


_NO_CONSTRUCT = frozenset(("adjective", "place"))


def _and(reading: Reading, known: Word, at: int) -> bool:
    if reading.open:
        following = reading.following(at)
        shared = not known.definite and word(known.bare).content and following is not None and following.definite
        if shared and word(reading.role[-1]).content:
            reading.role.append(known.bare)  # شركة إنتاج وتوزيع الكهرباء: two nouns share what follows
        return shared and reading.role[-1] == known.bare
    reading.role.append(known.bare)
    if reading.head_kind == listed_kind(known.bare) == "place":
        reading.name_end = reading.ends[at]
    reading.open = not known.definite and listed_kind(known.bare) not in _NO_CONSTRUCT  # مصادر أمنية وطبية؛ لبنان ومصر
    role = listed_kind(known.bare) == "role"
    if role:
        reading.segment = "role"
    if role and reading.head_kind in PERSON and not reading.comma:
        reading.plural = True
    return True


def _is_action(bare: str) -> bool:
    """Whether a word has the shape of a verbal noun that no adjective has, or is the plural of one (الاتهامات)."""
    if bare in titles("adjectives"):
        return False
    singular = bare[:-2] if bare.endswith(_FEMININE[1]) else bare
    return NOUN_SHAPE.match(bare) is not None or (singular != bare and NOUN_SHAPE.match(singular) is not None)


_NAMED_AFTER = frozenset(("body", "common", "media"))


_AFTER_TITLE = NAMES | {"rank"}
_AFTER_RANK = frozenset(("given", "rank_parts"))


def _and_apart(reading: Reading, at: int) -> bool:
    """Take و that stands apart where a definite noun follows: وزير الصناعة و التجارة."""
    following = reading.following(at)
    if reading.open or reading.names or following is None or following.prefixed:
        return False
    if following.kind not in {"body", "media", "people", "common", "document"} and not (
        following.kind == "definite" and following.definite
    ):
        return False
    reading.open = True
    return True


def _article(reading: Reading, known: Word, kind: str, at: int) -> bool:
    """A definite word that no list knows, or a rank: a complement, an adjective, a title before the name."""
    if kind == "rank" and not reading.open and reading.head_kind in _NO_TITLE and not _describes(known.bare, reading):
        return False  # اتهمت السلطات الشيخ فلاناً: a body bears no title
    if kind == "definite" and "wings" in word(known.bare).lists and reading.head_kind == "body" and not reading.open:
        reading.role.append(known.bare)
        reading.segment = "body"
        return True
    single = reading.head_kind in PERSON and len(reading.role) > 1 and not (reading.open or reading.plural)
    if kind == "definite" and single and _is_plural(known.bare):
        return False  # أبلغ وزير الدفاع الأوكراني المشاركين
    if reading.strict and not reading.open:
        if kind == "definite" and not (_describes(known.bare, reading) or is_specified(known, reading.following(at))):
            return False
        if kind == "rank" and not reading.comma:
            following = reading.following(at)
            led = following is not None and (following.kind in _AFTER_TITLE or not _AFTER_RANK.isdisjoint(following.lists))
            if not led and not _describes(known.bare, reading):
                return False
    if reading.segment == "quoted" and kind == "definite":
        return known.bare in titles("adjectives") or known.bare.endswith(NISBA)
    if kind == "definite" and reading.head_kind in PERSON and not reading.open and _is_action(known.bare):
        return False  # وفق المتحدث الاستمتاع بالعروض
    patron = kind == "rank" and reading.open and len(reading.role) > 1 and listed_kind(reading.role[-1]) in _NAMED_AFTER
    reading.construct = reading.construct or reading.open
    reading.open = False
    if kind == "rank":
        reading.segment = "patron" if patron else "role"  # رئيس جامعة الملك فلان: the university bears the name
    reading.role.append(known.bare)
    return True


_NOMINATIVE = "ون"


def _is_plural(bare: str) -> bool:
    """Whether a word has the ending of a sound plural that no name of the lists has: مشاركين."""
    return (
        len(bare) > 5
        and bare.endswith("ين")
        and not bare.endswith("يين")
        and listed_kind("ال" + bare) != "place"
        and listed_kind(bare) != "given"
    )


def _describes(bare: str, reading: Reading) -> bool:
    """Whether a definite word after a definite one describes it: a listed adjective, a nisba, a participle (الأمم المتحدة)."""
    if bare in titles("adjectives") or (len(bare) > 2 and bare.endswith(NISBA)) or listed_kind(bare) == "number":
        return True  # البلدان الثلاثة
    if bare.endswith(NISBA_PLURAL) or (bare.endswith(_NOMINATIVE) and reading.head_kind == "people"):
        return reading.plural  # الأعضاء المجتمعون: no object has that ending
    agrees = (bare[-1] == "ه" or reading.head[-1] != "ه") and not is_office(bare)
    return reading.head_kind == "body" and bare[0] == "م" and len(bare) > 4 and agrees


_FEMININE, _GROUPS = ("ه", "ات"), frozenset(("body", "people"))


def _listed(reading: Reading, known: Word, kind: str, at: int) -> bool:
    """A noun of the lists inside the phrase: the complement of an open head, or an apposition."""
    if known.definite:
        if kind == "people" and not reading.open and not reading.plural and known.spelled.endswith(SOUND_PLURAL):
            return False  # أبلغ الفارس الصحفيين
        closed = reading.definite and not (reading.open or reading.comma) and len(reading.role) > 1
        if closed and kind == "body" and reading.head_kind in PERSON and not _describes(known.bare, reading):
            return False  # انتقد الناشط الحقوقي الأطراف: behind its adjectives a title takes no body
        if reading.strict and not reading.open:
            belongs = kind in PERSON and (reading.head_kind not in _GROUPS or "of_bodies" in word(known.bare).lists)
            apart = not (reading.comma or belongs or _describes(known.bare, reading))
            if kind == "body" and known.bare[-1] == "ه" and reading.head_kind in PERSON and not reading.feminine:
                apart = apart or not reading.known[at - 1].bare.endswith(_FEMININE)  # اتهم الوزير المعارضة
            if apart or kind == "people":
                return False
        reading.construct = reading.construct or reading.open
        reading.open = False
    elif kind == "acronym" and reading.goes_by(known.spelled):
        reading.segment = "body"  # الشركة العملاقة شل, الحركة الإسلامية حماس
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
