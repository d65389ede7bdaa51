"""Cues where they stand: which forms of the verbs of saying may attribute, by the words beside them.

In goes an article, out come its `Hit`s in order. A form that is a noun in construct, a predicate, an adverb or a preposition
where it stands (على أمل، كان لافتاً، هنا، ما بين), or a passive that its vowel sign shows, is no cue.

>>> from analysis.extract.statements.article import Article
>>> from analysis.text import fold
>>> article = Article(fold("قال سالم إن السعر بين 16 و20."), [], [])
>>> [article.folded[hit.start : hit.end] for hit in find_cues(article)]
['قال']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.numbers import is_number_word
from analysis.extract.statements.cues.nested import attributes_within
from analysis.extract.statements.sources.phrases import named_like_verb
from analysis.extract.statements.vocabulary.forms import Form, Hit
from analysis.extract.statements.vocabulary.listed import single
from analysis.extract.statements.vocabulary.words import CUE, Word, word

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article

_VOWEL_U = "\u064f"
_AND = "و"


def find_cues(article: Article) -> list[Hit]:
    """The forms of cues that may attribute where they stand, in order: outside speech, or with a source of their own in it."""
    words, hits = article.words, []
    known, starts, ends = words.known, words.starts, words.ends
    for at in article.notable(CUE):
        each, start = known[at], starts[at]
        if _may_attribute(article, at) and (not article.inside_speech(start) or attributes_within(article, at)):
            apart = at > 0 and known[at - 1].spelled == _AND and words.gaps[at] == " "  # و أكد, written in two
            hits.append(Hit(at, start, ends[at], each.readings, joined=each.joined or apart))
    return hits


def _may_attribute(article: Article, at: int) -> bool:
    """Reject early what cannot be a cue where it stands: a noun in construct, a predicate, a passive that its vowel shows."""
    known = article.words.known[at]
    mood = known.readings[0].mood
    if article.vowelled and mood == "past" and not known.readings[0].through:
        second = article.doc.origin(article.words.starts[at] + known.joined) + 1
        if article.doc.plain[second : second + 1] == _VOWEL_U:
            return False  # قُدّرت، أُعلن: nobody is named, but for نُقل عن فلان
    if known.readings[0].suffixed and known.spelled[-1] == "ه" and mood != "noun" and _feminine(article, at):
        return False  # وطالبة, which is spelled like a verb with its pronoun
    if mood == "past" and named_like_verb(article.words, at):
        return False  # قال دان أكرسون
    if mood == "past" and known.kind == "adverb" and known.readings[0].lemma[-1] == "أ" and not _hamza_ends(article, at):
        return False  # هنا, which folds like هنأ
    if "only_clause" in known.readings[0].flags and "ب" not in known.readings[0].frames and _led_in_by(article.words.next(at)):
        return False  # بيان توصلت به الجريدة: received
    if mood == "present" and "judge" in known.readings[0].flags and _held(article, at):
        return False  # قمة تعتبر حاسمة للمنطقة: the passive
    if "also_between" in known.readings[0].flags and _between(article, at):
        return False  # ما بين 16 و20، بين الوزارة وبين النقابة
    if known.readings[0].number == "d" and mood == "past" and "guard" in known.readings[0].flags:
        return known.joined and "part_of" in article.words.next(at).lists  # وطلبا من الحارس, but طلبا للقرض
    if "never_hal" in known.lists:
        return False  # استنكاراً واسعاً، ومطالبات بـ
    if known.kind == "adverb" and known.readings[0].number == "d":
        return False  # نقلاً عن, which is spelled like a dual
    if mood == "hal" and known.content and known.spelled[-1] == "ه" and not _feminine(article, at):
        return False  # أبدى أسفه, which folds like آسفة
    if mood == "past" and known.readings[0].lemma[0] == "ا" and _first_person(article, at):
        following = article.words.next(at)
        if following.that or following.kind in {"adverb", "inner"}:
            return False  # أعتقد أن، أعتقد اليوم أن, which is spelled like اعتقد
    if mood == "noun" or (mood != "hal" and known.joined) or not at or article.words.gaps[at] != " ":
        return True
    previous = article.words.known[at - 1]
    before = previous.lists
    if mood == "hal":
        if "hal_or_noun" in known.lists and not known.joined:
            return False
        if known.kind == "adverb" and _again(article, at):
            return False  # أبدى استعداده مجدداً للقاء
        if previous.kind == "anonymous" and not previous.definite:
            return False  # من مصادر مؤكدة أن: an adjective
        return "before_no_hal" not in before and not _counts(previous) and not _predicate(article, at)  # 37 متهماً
    if mood == "past" and previous.kind == "document" and at > 1 and not previous.definite and _passed_on(article, at):
        return False  # وقال في خطاب نقل على الشاشات «…»
    if mood == "past" and _surname(article, at):
        return False
    if mood == "past" and "bare_that" in before:
        # A complementiser takes a noun, not a verb in the past, but for أن after words of time and the like (بعد أن قال).
        return at > 1 and ("before_past" in article.words.known[at - 2].lists or earlier(article, at) >= 0)
    return "before_no_verb" not in before


def _counts(known: Word) -> bool:
    """Whether a word is a number, also the second part of one: لتسعة وعشرين متهماً."""
    return known.kind == "number" or is_number_word(known.spelled) or is_number_word(known.spelled[1:] or "-")


def _held(article: Article, at: int) -> bool:
    """Whether an unknown feminine or accusative without article is what something is held to be, and nothing it says follows."""
    words = article.words
    following = words.next(at)
    if following.definite or following.prefixed or following.kind not in {"bare", "adjective"} or len(following.spelled) < _LONG:
        return False
    if not (following.spelled[-1] == "ا" or (following.spelled[-1] == "ه" and _feminine(article, at + 1))):
        return False
    behind = words.next(at + 1)
    return behind.kind == "inner" or (behind.prefixed and not behind.that)


_LONG = 4  # letters of the shortest such word


def _led_in_by(known: Word) -> bool:
    """Whether a word is led in by ب or is that with a pronoun: بالرسالة، بها, but no name or noun that begins with it."""
    return known.spelled[:1] == "ب" and (known.prefixed or known.kind in {"adverb", "inner"})


def _passed_on(article: Article, at: int) -> bool:
    """Whether a verb behind a text that في leads in tells where that was published: في خطاب نقل على الشاشات."""
    form = article.words.known[at].readings[0]
    return (bool(form.through) or "guard" in form.flags) and "place_of" in article.words.known[at - 2].lists


def _again(article: Article, at: int) -> bool:
    """Whether a participle that is an adverb too stands before ل and a verbal noun, which is no object of its own."""
    following = article.words.next(at)
    return following.spelled[:1] == "ل" and (following.content or word(following.spelled[1:] or "-").content)


def _between(article: Article, at: int) -> bool:
    """Whether a form is the preposition between two things: before a number, behind ما, or the second of two."""
    words = article.words
    following = words.next(at)
    if following.kind in {"number", "place"} or following.spelled[:1].isdigit():
        return True
    if any(known.spelled == _AND + _BETWEEN for known in words.known[at + 1 : at + _PAIR]):
        return True
    if at and "about_what" in words.known[at - 1].lists:
        return words.next(at).spelled != "" and not words.next(at).that
    return words.known[at].joined and any(known.spelled == _BETWEEN for known in words.known[max(0, at - _PAIR) : at])


_BETWEEN, _PAIR = single("between"), 8  # words from one بين to the other


def _feminine(article: Article, at: int) -> bool:
    """Whether a word ends in ة and not in ه."""
    end = article.words.ends[at]
    return article.doc.spelled(end - 1, end) == "ة"


def _hamza_ends(article: Article, at: int) -> bool:
    """Whether a word's last alif is written with its hamza."""
    end = article.words.ends[at]
    return article.doc.spelled(end - 1, end) == "أ"


def _surname(article: Article, at: int) -> bool:
    """Whether a form stands where the name of another cue's source goes on: وقال وزير الدفاع فيليب دان إن، وقال لوح إن."""
    known, gaps = article.words.known, article.words.gaps
    if known[at - 1].kind != "given" and not _says(known[at - 1]):
        return False
    for place in range(at - 1, max(-1, at - _SOURCE_WORDS), -1):
        if _says(known[place]):
            return known[place].readings[0].mood == "past" and "guard" not in known[place].readings[0].flags
        if gaps[place] != " " or known[place].kind not in _IN_SOURCES or known[place].that:
            return False
    return False


def _says(known: Word) -> bool:
    return bool(known.readings) and known.readings[0].mood in _FINITE and known.kind == "verb"


_SOURCE_WORDS = 8
_FINITE = frozenset(("past", "present"))
_IN_SOURCES = frozenset(
    ("role", "rank", "body", "definite", "given", "media", "place", "adjective", "honour", "common", "compound"),
)


def _first_person(article: Article, at: int) -> bool:
    """Whether an alif is written with its hamza, so that the verb is the present of who speaks."""
    start = article.words.starts[at] + article.words.known[at].joined
    return article.doc.spelled(start, start + 1) == "أ"


def earlier(article: Article, at: int) -> int:
    """The word سبق behind which ل names who spoke before: سبق للوزير أن أعلن; -1 where none stands before the word `at`."""
    known = article.words.known
    for place in range(at - 2, max(-1, at - _SINCE), -1):
        if "earlier" in known[place].lists:
            return place
        if known[place].readings or known[place].marker == "that":
            return -1
    return -1


def behind_that(article: Article, hit: Hit, form: Form) -> bool:
    """Whether أن stands right before a past, which then is a verb and no noun: بعد أن علمت الصحيفة."""
    return form.mood == "past" and hit.at > 0 and "bare_that" in article.words.known[hit.at - 1].lists


_SINCE = 10  # words from سبق to its verb


def _predicate(article: Article, at: int) -> bool:
    """Whether an accusative participle is the predicate of كان and the like, before it or before its subject."""
    words = article.words
    for place in range(at - 1, max(-1, at - _COPULA - 1), -1):
        if words.gaps[place + 1] != " ":
            return False
        if "copulas" in words.known[place].lists:
            return True
        if words.known[place].readings:
            return False
    return False


_COPULA = 3  # words back to a copula
