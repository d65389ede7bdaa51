"""Texts and occasions in which somebody speaks: who issued the one that a clause points back into.

In goes an article with a cue (أصدرت الوزارة بياناً قالت فيه إن، تصريحات للمدير أكد فيها أن) or with the place of a text, out
comes the phrase of its author: whose name stands behind the text, or the subject of the verb that issued it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from analysis.extract.statements.cues.clauses import past_openers
from analysis.extract.statements.sources.phrases import Phrase, read_phrase, read_prefixed
from analysis.extract.statements.vocabulary.listed import single, titles
from analysis.extract.statements.vocabulary.words import Word, word

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article
    from analysis.extract.statements.vocabulary.forms import Form, Hit

_FROM, _ABOUT = single("from"), single("about")
_BACK = 14  # words from a cue back to the text it points into
_ISSUED = 16  # words from a text back to the verb that issued it
_QUALITIES = 3  # adjectives between a text and its author
_AUTHORS = frozenset(("person", "people", "body", "media", "name", "place", "anonymous"))
_PLURAL = "ات"
_SHORTEST = 4  # characters of the shortest author


class Told(NamedTuple):
    """The author of a text that a clause points back into, where the sentence names one, and where the word that points ends."""

    author: Phrase | None
    end: int


def told_in(article: Article, hit: Hit, form: Form, cue_end: int, sentence_start: int) -> Told | None:
    """The text in which a verb's subject speaks, if the verb points back into it or does not agree with it."""
    words = article.words
    pointer = _pointer(article, words.at(cue_end))
    if pointer < 0:
        at = _right_before(article, hit, sentence_start)
        if at < 0 or form.number != "s" or form.gender != "f" or hit.joined or _is_feminine(words.known[at]):
            return None
        return Told(author(article, at, hit.start, sentence_start), hit.end)
    feminine = words.known[pointer].spelled.endswith(_HER)
    for at in range(hit.at - 1, max(-1, hit.at - _BACK - 1), -1):
        if words.starts[at] < sentence_start:
            break
        if _text(words.known[at]) and _is_feminine(words.known[at]) == feminine:
            return Told(author(article, at, hit.start, sentence_start), words.ends[pointer])
    return None


def author_behind(article: Article, form: Form, told: Told, begin: int) -> Phrase | None:
    """Who speaks in a text, if named between the word that points back and what was said: رسالة قال فيها الأمين العام إن."""
    if "two" in form.flags or begin - told.end < _SHORTEST:
        return None
    phrase = _as_author(read_phrase(article, told.end, begin))
    return phrase if phrase is not None and not article.folded[phrase.end : begin].strip(' ،,:"“«') else None


def reporting(article: Article, hit: Hit, form: Form, begin: int, sentence_start: int) -> Phrase | None:
    """The text right before a verb that agrees with it, which then reports: نفت الوزارة أمس تقريراً أفاد بأنها …

    What the narrator's subject says about it points back to it: قدم مشروعاً قال إنه سيغير المدينة.
    """
    words = article.words
    at = _right_before(article, hit, sentence_start)
    if at < 1 or form.number != "s" or words.known[at].kind != "document" or words.known[at].prefixed:
        return None
    feminine = _is_feminine(words.known[at])
    if hit.joined or feminine != (form.gender == "f"):
        return None
    that = words.after(begin)
    if "plain" in form.flags and that.that and that.spelled.endswith(_HER if feminine else _HIS):
        return None
    return read_phrase(article, words.starts[at], hit.start)


def _right_before(article: Article, hit: Hit, sentence_start: int) -> int:
    """The number of the word of a text that stands, with nothing but adjectives, right before a cue; -1 where none does."""
    words = article.words
    for at in range(hit.at - 1, max(-1, hit.at - 2 - _QUALITIES), -1):
        known = words.known[at]
        if words.gaps[at + 1] != " " or words.starts[at] < sentence_start:
            return -1
        if _text(known):
            return at
        described = known.spelled[:-1] if known.spelled[-1] == "ا" else known.spelled
        if described not in titles("adjectives"):
            return -1
    return -1


_HER, _HIS = "ها", "ه"


def _pointer(article: Article, at: int) -> int:
    """The number of the word behind a cue that points back to a text (فيه، فيها، خلاله، من خلاله); -1 where none does."""
    words = article.words
    if at < words.size and words.known[at].spelled == _FROM and words.gaps[at] == " ":
        at += 1
    return at if at < words.size and words.gaps[at] == " " and "in_a_text" in words.known[at].lists else -1


def _text(known: Word) -> bool:
    """Whether a word is a text or an occasion of speaking that is brought in here: بياناً، كلمة، تصريحات."""
    if known.definite or (known.prefixed and known.kind != "document"):
        return False
    return known.kind == "document" or "occasions" in known.lists or (known.spelled[-1] == "ا" and _occasion(known.spelled[:-1]))


def _occasion(spelled: str) -> bool:
    return "occasions" in word(spelled or "-").lists


def _is_feminine(known: Word) -> bool:
    """Whether a text is feminine or a plural, to which ها points."""
    bare = known.bare if known.kind == "document" else known.spelled
    return bare.endswith(("ه", _PLURAL)) or "broken_plurals" in word(bare).lists


def issuer_of(article: Article, phrase: Phrase) -> Phrase | None:
    """Who issued the text that a definite phrase takes up, where the narrator told it: أصدرت الوزارة بياناً … وأكد البيان."""
    words, folded, stop = article.words, article.folded, phrase.start
    for _ in range(_LOOKUPS):
        stop = folded.rfind(phrase.head, max(0, phrase.start - _NEAR), stop)
        if stop < 0:
            return None
        at = words.at(stop + 1) - 1
        known = words.known[at]
        if known.bare == phrase.head and known.kind == "document" and not known.definite:
            start, end = article.sentence(words.starts[at])
            return author(article, at, end, start) if not article.inside_speech(stop) else None
    return None


_LOOKUPS, _NEAR = 8, 6_000  # occurrences of a text that are looked at, and characters back in which they are sought


def author(article: Article, at: int, limit: int, sentence_start: int) -> Phrase | None:
    """Who issued the text that is the word `at`: the subject of its verb, else who stands behind it (تصريح من فلان)."""
    return _issuer(article, at, sentence_start) or _from_whom(article, at, limit)


def _from_whom(article: Article, at: int, limit: int) -> Phrase | None:
    """The author behind a text: تصريحات من الوزير، رسالة شديدة اللهجة للمدير."""
    words = article.words
    last = words.at(limit)
    issued = at > 0 and "issued" in words.known[at - 1].lists  # صدر بيان عن المجلس
    for place in range(at + 1, min(at + 2 + _QUALITIES, last)):
        known = words.known[place]
        if words.gaps[place] != " ":
            break
        if "issued" in known.lists:
            issued = True
        elif known.spelled == _FROM or (issued and known.spelled == _ABOUT):
            return _as_author(read_phrase(article, words.ends[place], limit))
        elif known.prefixed and known.spelled[0] == "ل" and known.bare not in titles("hearers"):
            return _as_author(read_prefixed(article, words.starts[place], limit))
        elif place == at + 1 and (known.definite or known.kind in _NAMES):
            return _as_author(read_phrase(article, words.starts[place], limit))
        elif known.kind not in {"adjective", "bare"}:
            break
    return None


_NAMES = frozenset(("given", "compound"))


def _issuer(article: Article, at: int, sentence_start: int) -> Phrase | None:
    """The subject of the verb that issued a text: أصدرت الوزارة أمس بياناً، رئيس البلدية كتب رسالة."""
    words = article.words
    for place in range(at - 1, max(-1, at - _ISSUED - 1), -1):
        known = words.known[place]
        if words.starts[place] < sentence_start or known.that:
            return None
        if not _issues(known):
            continue
        if place + 1 < at:
            phrase = _as_author(read_phrase(article, words.ends[place], words.starts[at], strict=True))
            if phrase is not None:
                return phrase
        return _subject_first(article, place, sentence_start)
    return None


def _issues(known: Word) -> bool:
    """Whether a word is a past of a verb of issuing, also with a conjunction on it."""
    return "issues" in known.lists or (known.spelled[0] in "وف" and "issues" in word(known.spelled[1:] or "-").lists)


def _subject_first(article: Article, verb: int, sentence_start: int) -> Phrase | None:
    """The noun phrase that opens the sentence and runs up to a verb: وكانت اللجنة (قد) أصدرت."""
    words = article.words
    first = words.at(past_openers(article, sentence_start, words.starts[verb]))
    if first < verb and "copulas" in words.known[first].lists:
        first += 1
    if first >= verb:
        return None
    phrase = _as_author(read_phrase(article, words.starts[first], words.starts[verb]))
    if phrase is None:
        return None
    between = words.known[words.at(phrase.end) : verb]
    return phrase if all("openers" in known.lists or known.kind == "adverb" for known in between) else None


def _as_author(phrase: Phrase | None) -> Phrase | None:
    return phrase if phrase is not None and phrase.kind in _AUTHORS else None
