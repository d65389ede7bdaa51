"""Judgements and requests in quoted words: what is praised, condemned or asked for, where the words are those of who does.

أشاد الوزير بـ«الدور الكبير»، أدان المجلس «الهجوم الغادر على القرية»، طالباً من السكان «التحلي بالصبر». In goes a cue's form with its
article, out comes the `Complement` or None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.article import NAME_WORDS, Complement
from analysis.extract.statements.complements.between import past_adverbs, source_between
from analysis.extract.statements.sources.phrases import read_phrase
from analysis.extract.statements.vocabulary.listed import single, titles

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article
    from analysis.extract.statements.sources.phrases import Phrase
    from analysis.extract.statements.vocabulary.forms import Form

_WITH_IT, _FOR, _FROM = single("with_it"), "ل", single("from")
_BEHIND = 140  # characters behind a verb within which the quotation stands
_MARKS = frozenset('"“”«')


def in_quoted_words(article: Article, form: Form, cue_end: int, limit: int, subject: Phrase | None) -> Complement | None:
    """What a verb of feeling, of judging or of asking reports in quoted words."""
    if "emotion" in form.flags:
        return _felt(article, form, cue_end, limit)
    if "judged" in form.frames:
        return _judged(article, form, cue_end, limit, subject)
    return _asked(article, form, cue_end, limit) if "asks_of" in form.flags else None


def _felt(article: Article, form: Form, cue_end: int, limit: int) -> Complement | None:
    """What is praised or condemned where some of it is quoted: أشاد الوزير بـ«الدور الكبير» للمملكة."""
    words, folded = article.words, article.folded
    quote = article.quote_from(cue_end, min(limit, cue_end + _BEHIND))
    if quote is None or folded.count(" ", quote[2], quote[3]) < 1:
        return None
    first, last = words.at(cue_end), words.at(quote[2])
    if words.known[last - 1].bare in titles("named_by") and folded.count(" ", quote[2], quote[3]) < NAME_WORDS:
        return None  # أشاد بالفيلم «قصة حب»
    if any(known.readings and known.readings[0].mood == "hal" for known in words.known[first:last]):
        return None  # أشاد بالخطة معتبراً القرار «خطوة كبيرة»: another cue's words
    for at in range(first, last + 1):
        known = words.known[at]
        if known.marker == "that" or (at > first and ":" in words.gaps[at]):
            return None
        if known.marker == "prep" and known.spelled in form.frames and at < last:
            begin = min(words.starts[at + 1], quote[0])
            phrase, explained, closed = source_between(article, cue_end, words.starts[at], form, strict=True)
            return Complement(known.spelled, begin, None, phrase, closed) if explained else None
        if at == last - 1 and known.spelled == _FOR and words.gaps[last][-1:] in _MARKS:
            phrase, explained, closed = source_between(article, cue_end, words.starts[at], form)
            return Complement("ل", quote[0], None, phrase, closed) if explained else None  # أسف لـ«التأخير المتكرر»
        if known.marker == "with" and ("not_with" not in known.lists or "adverbs" in known.lists) and known.spelled != _WITH_IT:
            begin = min(words.starts[at], quote[0]) if at == last else words.starts[at]
            phrase, explained, closed = source_between(article, cue_end, begin, form)
            return Complement("ب", begin, None, phrase, closed) if explained else None
    return None


_OBJECT = 1  # words of a judged noun phrase before its quoted words
_LONG, _SHORT = 2, 1  # spaces in the shortest quotation that is all that is judged; in one behind its noun


def _judged(article: Article, form: Form, cue_end: int, limit: int, subject: Phrase | None) -> Complement | None:
    """What is condemned or refused in quoted words: أدان «الهجوم الغادر على القرية»، مديناً الحملات «الظالمة والمغرضة»."""
    words, folded = article.words, article.folded
    quote = article.quote_from(cue_end, min(limit, cue_end + _BEHIND))
    if quote is None:
        return None
    first, last = words.at(cue_end), words.at(quote[2])
    for at in range(first, last):
        known = words.known[at]
        if known.readings or known.marker in {"that", "with"} or ":" in words.gaps[at]:
            return None
    phrase = None
    if subject is None and form.mood != "hal" and last > first:
        phrase = read_phrase(article, cue_end, quote[0], strict=True)
        if phrase is None or phrase.kind not in _JUDGES:
            phrase = None  # وأدان الهجوم «الجبان والغادر»
    begin = past_adverbs(article, phrase.end if phrase else cue_end, quote[0]) if last > first else quote[0]
    before = last - words.at(begin) if begin < quote[0] else 0
    inner = words.known[last]
    if before > _OBJECT or folded.count(" ", quote[2], quote[3]) < (_SHORT if before else _LONG):
        return None
    if inner.kind in _NAMES or inner.readings or (before and (words.known[last - 1].bare in titles("named_by"))):
        return None
    if before and (words.known[last - 1].kind in _NAMED or words.known[last - 1].prefixed):
        return None
    if not before and folded[quote[1] : quote[1] + 1] in _STOPS:
        return Complement("quote", quote[2], quote[3], phrase, True)
    return Complement("object", min(begin, quote[0]), None, phrase, True)


_STOPS = frozenset(("", "،", ",", ".", "؛", "\n"))
_JUDGES = frozenset(("person", "people", "body", "media", "place", "anonymous", "name"))
_NAMES = frozenset(("body", "media", "media_name", "place", "rank", "given", "role", "acronym"))
_NAMED = _NAMES | {"document", "people", "adverb", "inner"}


def _asked(article: Article, form: Form, cue_end: int, limit: int) -> Complement | None:
    """What is asked in quoted words of somebody: وطلب المدير من الموظفين «التحلي بالصبر»."""
    words = article.words
    quote = article.quote_from(cue_end, min(limit, cue_end + _BEHIND))
    if quote is None or article.folded.count(" ", quote[2], quote[3]) < 1:
        return None
    for at in range(words.at(cue_end), words.at(quote[2])):
        known = words.known[at]
        if known.marker == "that" or (known.readings and known.readings[0].mood != "noun"):
            return None
        if known.spelled == _FROM:
            asked = read_phrase(article, words.ends[at], quote[0], strict=True)
            if asked is None or asked.quoted or asked.end + 1 != quote[0]:
                return None
            phrase, explained, closed = source_between(article, cue_end, words.starts[at], form, strict=True)
            return Complement("object", quote[0], None, phrase, closed) if explained else None
    return None
