"""Sources: the noun phrase that names who speaks, read word by word from where it may start.

In goes an article and an offset in its folded text, out comes a `Phrase`: where the noun phrase ends, the name in it, its head and
grammar.

>>> from analysis.extract.statements.article import Article
>>> from analysis.text import fold
>>> article = Article(fold("الناطق باسم وزارة الدفاع، العقيد نادر الحلبي، في بيان أن"), [], [])
>>> phrase = read_phrase(article, 0, len(article.folded))
>>> article.folded[:phrase.end], article.folded[phrase.name_start:phrase.name_end], phrase.kind
('الناطق باسم وزاره الدفاع، العقيد نادر الحلبي', 'نادر الحلبي', 'person')

The reading walks over at most some thirty words and marks; `nouns` says which word belongs to the phrase, this module what the
marks between words do: a comma before an apposition, a name in quote marks, an aside in brackets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.sources.callings import is_specified, is_woman
from analysis.extract.statements.sources.nouns import is_ali, take_medium, takes
from analysis.extract.statements.sources.reading import NAMES, PERSON, Reading
from analysis.extract.statements.vocabulary.listed import is_office, particles, single, titles
from analysis.extract.statements.vocabulary.words import FIRST_PERSON, WORDS, Word, word

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article
    from analysis.extract.statements.vocabulary.words import Words

_LIMIT = 34  # words and marks of the longest source that is read
_ASIDE = 60  # characters of the longest aside in brackets


class Phrase:
    """A noun phrase at `start:end` (folded offsets).

    `kind`: person, people, body, media, document, anonymous, place, name, thing (a demonstrative says so) or other.

    `head` is the head noun without the article, `words` all words of the phrase without articles (to compare phrases by),
    `role` those before and after the name. `definite` is whether the head points back (المصدر) rather than introduces (مصدر).
    """

    __slots__ = ("definite", "end", "gender", "head", "kind", "name_end", "name_start", "number", "quoted", "role", "start")

    def __init__(
        self, start: int, end: int, kind: str, head: str, name_start: int, name_end: int, definite: bool, gender: str, number: str,
        role: frozenset[str], quoted: bool,
    ) -> None:  # fmt: skip
        self.start, self.end, self.kind, self.head = start, end, kind, head
        self.name_start, self.name_end, self.definite, self.gender = name_start, name_end, definite, gender
        self.number, self.role, self.quoted = number, role, quoted

    def but(
        self, *, start: int | None = None, end: int | None = None, head: str | None = None, name_start: int | None = None,
        name_end: int | None = None, gender: str | None = None, role: frozenset[str] | None = None,
    ) -> Phrase:  # fmt: skip
        """The same with other values for these."""
        return Phrase(
            self.start if start is None else start,
            self.end if end is None else end,
            self.kind,
            self.head if head is None else head,
            self.name_start if name_start is None else name_start,
            self.name_end if name_end is None else name_end,
            self.definite,
            self.gender if gender is None else gender,
            self.number,
            self.role if role is None else role,
            self.quoted,
        )

    @property
    def named(self) -> bool:
        """Whether the phrase holds a proper name."""
        return self.name_end > self.name_start


_KINDS = {
    "role": "person", "rank": "person", "people": "people", "body": "body", "media": "media", "media_name": "media",
    "document": "document", "anonymous": "anonymous", "place": "place", "definite": "other", "given": "name", "bare": "name",
    "compound": "name", "number": "people", "acronym": "body", "common": "thing",
}  # fmt: skip
_NO_HEADS = frozenset(("adverb", "inner", "relative", "content", "and", "verb"))


def read_phrase(article: Article, start: int, limit: int, *, strict: bool = False, first: Word | None = None) -> Phrase | None:
    """The noun phrase that starts at `start` (spaces before it are passed over), or None where none does.

    `strict` is for places where nothing marks the end, so that a second definite noun (أبلغت الوزارة النقابة) must be an adjective
    to belong to the phrase. `first` reads the first word as another one (للوزارة as الوزارة).
    """
    words, folded = article.words, article.folded
    at = words.at(start)
    if first is None and at + 1 < words.size and "mouths" in words.known[at].lists and words.gaps[at + 1] == " ":
        at += 1
        start = words.starts[at]  # على لسان وزيرها
    begin = start
    if at and words.ends[at - 1] > start:
        at -= 1
        first = first or WORDS[words.known[at].spelled[start - words.starts[at] :]]
    elif start < words.starts[at]:
        begin = words.starts[at]
        if words.gaps[at] != " ":
            gap = folded[start:begin]
            begin -= len(gap.lstrip())
    if begin >= limit:
        return None
    starts_with_word = begin == words.starts[at] or first is not None
    if first is None and starts_with_word and words.known[at].kind == "verb" and named_like_verb(words, at):
        first = words.known[at].taken_as("given")  # قال دان أكرسون
    if starts_with_word and (first or words.known[at]).kind in _NO_HEADS and (first or words.known[at]).spelled != _ALI:
        return None  # the commonest case, told before anything is made
    end = folded.find("\n", begin, limit)
    reading = Reading(folded, words, end if end >= 0 else limit, strict=strict)
    if first is not None:
        if at >= reading.stop or not _begin(reading, first, at, begin):
            return None
        at += 1
        begun_at = words.ends[at - 1]
    else:
        begun_at = begin
    if not _read(article, reading, at, begun_at) or (reading.head_kind == "bare" and _accusative(article, reading)):
        return None
    if reading.head_kind == "number" and reading.head.isdigit() and len(reading.role) < 2 and not _share(article, reading.end):
        return None  # 2011: a number of nothing
    return _phrase(reading, begin)


def named_like_verb(words: Words, at: int) -> bool:
    """Whether a past of a verb of saying is a name, for it follows another such verb and a name follows it: قال دان أكرسون."""
    known, before = words.known[at], words.known[at - 1] if at else None
    if before is None or not before.readings or not known.readings or known.joined or words.gaps[at] != " ":
        return False
    saying = before.readings[0]
    told = saying.mood in {"past", "present"} and "object" not in saying.frames and "guard" not in saying.flags
    past = known.readings[0].mood == "past" and "guard" not in known.readings[0].flags
    return told and past and words.next(at).kind in NAMES


def picks_text(words: Words, at: int) -> bool:
    """Whether a word picks out the text behind it: أحدث تقرير صادر عن المعهد."""
    following = words.next(at)
    return "elatives" in words.known[at].lists and following.kind == "document" and not (following.definite or following.prefixed)


def read_prefixed(article: Article, at: int, limit: int) -> Phrase | None:
    """The noun phrase with ل written on it: للصحيفة، لوزارة الدفاع، لـ«الدار»."""
    if article.folded[at : at + 1] != "ل":
        return None
    spelled = article.words.after(at).spelled
    if spelled[:2] == "لل":
        return read_phrase(article, at, limit, first=WORDS["ال" + spelled[2:]])
    return read_phrase(article, at + 1, limit)


def _accusative(article: Article, reading: Reading) -> bool:
    """Whether an unknown head has the ending of an accusative written, so that it is no subject: واعتبره نموذجاً."""
    return _tanwin(article, reading.name_start + len(reading.head))


def _specifies(reading: Reading, at: int) -> bool:
    """Take an accusative that says in what an elative is more than others: المرشحة الأوفر حظاً."""
    if not is_specified(reading.known[at - 1], reading.known[at]):
        return False
    reading.end = reading.ends[at]
    return True


def _tanwin(article: Article, end: int) -> bool:
    """Whether the word that ends at an offset has the ending of an accusative written: جدلاً."""
    folded = article.folded
    return folded[end - 1 : end] == "ا" and _TANWIN in article.doc.spelled(end - 1, min(end + 1, len(folded)))


def _share(article: Article, end: int) -> bool:
    """Whether a number is a share or a part of something: 95 في المئة، 3 من النواب."""
    following = article.words.after(end)
    return article.folded[end : end + 1] in ("%", "٪") or following.kind == "inner" or following.prefixed


_TANWIN = "\u064b"
_PROCLITICS = "بلك"  # written apart: ما يسمى ب "…"
_ALI, _FROM, _EACH = single("ali"), single("from"), single("each")
_NISBA = ("ي", "يه")


def _begin(reading: Reading, head: Word, at: int, position: int) -> bool:
    """Take the head, if the word can be one."""
    kind = "given" if head.spelled == _ALI and is_ali(reading, at) else head.kind
    if "blessings" in head.lists and (following := reading.following(at)) is not None and "divine" in following.lists:
        return False  # وحث صلى الله عليه وسلم على
    if kind == "bare" and head.starts & FIRST_PERSON and head.spelled in particles("first_person"):
        return False  # وقال أطمح إلى أن
    if "hearer_pronouns" in head.lists and (following := reading.following(at)) is not None and following.kind not in NAMES:
        return False  # وأكدوا لي أن
    if kind in _NO_HEADS or head.prefixed or (len(head.spelled) == 1 and head.spelled in _PROCLITICS):
        return False
    if is_woman(head, reading.following(at)):
        kind = "role"
    if kind == "anonymous" and is_office(head.bare) and _in_construct(reading, at):
        kind = "role"  # مسؤول ملف الاستيطان فلان
    reading.begin(head, kind, position, reading.ends[at])
    return True


def _in_construct(reading: Reading, at: int) -> bool:
    """Whether a noun in construct follows a word without article, so that it is an office of its own."""
    following = reading.following(at)
    return following is not None and not following.prefixed and following.kind in _OF_OFFICE


_OF_OFFICE = frozenset(("document", "body", "common", "definite"))


def _read(article: Article, reading: Reading, at: int, position: int) -> bool:
    """Read on from the word `at` and the marks that stand before it from `position`; False where there is no phrase."""
    known, gaps, starts, stop = reading.known, reading.gaps, reading.starts, reading.stop
    one, head_end = False, position
    for _ in range(_LIMIT):
        if gaps[at] != " " and position < starts[at]:
            position = _marks(article, reading, position, starts[at])
            if position < 0:
                break
            if starts[at] < position:  # within what the marks enclose
                while at < stop and starts[at] < position:
                    at += 1
                continue
        if at >= stop:
            break
        if "opens_medium" in known[at].lists:
            length = take_medium(reading, at)
            if length:
                at += length
                position = reading.end
                continue
        if reading.begun:
            specifies = _specifies(reading, at)
            accusative = known[at].kind == "bare" and _tanwin(article, reading.ends[at]) and not specifies
            if accusative and not _tanwin(article, head_end):
                break  # أثارت الممثلة جدلاً واسعاً
            if not (specifies or takes(reading, at)):
                break
        else:
            head = known[at]
            if head.kind == "determiner":
                reading.demonstrative, one = "demonstratives" in head.lists, "one_of" in head.lists
            elif at + 1 < stop and picks_text(article.words, at):
                pass  # أحدث تقرير
            elif head.kind == "honour" or (at and head.spelled == _FROM and known[at - 1].spelled == _EACH):
                pass  # معالي الوزير؛ كل من فلان وفلان
            elif _begin(reading, head, at, starts[at]):
                reading.one, head_end = one, reading.ends[at]
            else:
                return False
        position = reading.ends[at]
        at += 1
    return reading.begun


def _marks(article: Article, reading: Reading, position: int, end: int) -> int:
    """Pass over the marks between two words, with what they enclose: where to go on, or -1 where they end the phrase."""
    folded, quotes, limit = article.folded, article.by_start, reading.limit
    while position < end:
        if folded[position].isspace():
            position += 1
        elif position >= limit:
            return -1
        elif position in quotes:
            if not _quotation(reading, folded, position, quotes[position]):
                return -1
            position = reading.end
        else:
            position = _mark(reading, folded, position)
            if position < 0:
                return -1
    return position


def _quotation(reading: Reading, folded: str, position: int, quote: tuple[int, int, int]) -> bool:
    """Take a quotation into the phrase, as its head, as its name or as part of its title; False where it does not belong."""
    end, inner, inner_end = quote
    spaces = folded.count(" ", inner, inner_end)
    if not reading.begun:
        if spaces <= _NAME:
            reading.quote_head(inner, inner_end, end)
        return reading.begun
    if spaces > (_TITLE if reading.open else _NAME):
        return False
    head = reading.head_kind
    if not spaces and not reading.comma and _is_adjective(folded[inner:inner_end]):
        reading.role.append(folded[inner:inner_end])  # وسائل إعلام «أجنبية»
        reading.end = end
        return True
    if head == "people" and len(reading.role) == 1 and _apart_from_name(reading):
        return False
    apposed = reading.comma and head in PERSON and not reading.names and not reading.open and spaces < _NAME
    titled = head in PERSON and not reading.open and reading.names == 0 and 0 < spaces < _NAME
    titled = titled and not _says_something(folded[inner:inner_end])
    if titled and not reading.definite:  # مدير المهرجان "محسن خلف", but مدير مدرسة الحي «النور»
        titled = reading.construct and word(folded[inner:inner_end].split(maxsplit=1)[0]).kind == "given"
    if (
        apposed
        or titled
        or (
            reading.names == 0
            and ((head == "rank" and not reading.open) or (head == "media" and (reading.open or len(reading.role) == 1)))
        )
    ):
        reading.name_start, reading.name_end, reading.names = inner, inner_end, 1
    elif (reading.comma and reading.segment in {"name", "quoted"}) or (reading.segment == "name" and not reading.open):
        return False
    elif reading.open and head in PERSON:
        reading.role += folded[inner:inner_end].split()  # رئيس «قياس»
    reading.open, reading.segment, reading.comma = False, "quoted", False
    reading.end = end
    return True


def _says_something(quoted: str) -> bool:
    """Whether a quotation behind a title holds a verb or a preposition, as no name does: قال المدير «سنبقى هنا»."""
    known = [word(each) for each in quoted.split()]
    return any(each.kind in _NO_NAME or each.starts & FIRST_PERSON for each in known)


_NO_NAME = frozenset(("verb", "inner", "relative"))


def _is_adjective(quoted: str) -> bool:
    """Whether a quoted word describes the noun before it: وسائل إعلام «أجنبية»."""
    return word(quoted).kind == "adjective" or (quoted.endswith(_NISBA[1]) and quoted[:2] != "ال" and len(quoted) > _SHORT)


_SHORT = 4  # letters of words in يه that are hardly adjectives


def _apart_from_name(reading: Reading) -> bool:
    """Whether people are not those of the body in quote marks behind them: اتهم شهود «الحركة» بـ, but نواب «الحركة»."""
    if not reading.open:
        return not reading.definite  # ناشطون keeps its nun
    return reading.strict and reading.head not in titles("staff") and reading.head not in titles("members")


_NAME, _TITLE = 4, 9  # spaces in the longest name and the longest title in quote marks


def _mark(reading: Reading, folded: str, position: int) -> int:
    """Pass over one mark: where to go on, or -1 where it ends the phrase."""
    mark = folded[position]
    if mark == "#":  # a hashtag's mark
        return position + 1
    if not reading.begun:
        return -1
    if mark == "(":
        close = folded.find(")", position, min(reading.limit, position + _ASIDE)) + 1
        if close and not reading.comma:
            reading.end = close
        return close or -1
    if mark in "،,":
        if reading.comma or reading.open:
            return -1
        reading.comma = True  # an apposition may follow
        return position + 1
    if mark == "-" and reading.segment == "name" and reading.end == position and folded[position + 1 : position + 2].isalpha():
        return position + 1  # كي-مون
    if mark == "-":
        joined = reading.segment in {"body", "definite"} and folded[position + 1 : position + 4] == " ال"
        joined = joined and folded[position + 2 : position + 40].split(maxsplit=1)[0].endswith(_NISBA)  # الأميركية - الإسرائيلية
        return position + 1 if joined else -1
    if mark == "%" and reading.head_kind == "number" and reading.end == position:
        return position + 1  # 83% من الناخبين
    initial = mark == "." and reading.end == position and folded[position - 2 : position - 1] == " "
    return position + 1 if initial else -1  # د. فلان


def _phrase(reading: Reading, start: int) -> Phrase:
    kind = _KINDS.get(reading.head_kind, "other")
    named = reading.name_end > reading.name_start
    if reading.quoted:
        kind = "name"
    elif kind == "other" and reading.names and named:
        kind = "person"
    if reading.demonstrative and (kind == "other" or kind == "name"):
        kind = "thing"
    one = reading.one  # أحد المسؤولين brings in somebody new
    return Phrase(
        start, reading.end, kind, reading.head, reading.name_start, reading.name_end,
        (reading.definite or reading.construct) and not one,
        "f" if reading.feminine else "m",
        "p" if reading.plural and not one else "s",
        frozenset(reading.role), reading.quoted,
    )  # fmt: skip
