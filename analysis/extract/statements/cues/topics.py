"""Subjects that أما puts first: all that stands between it and the verb's ف is the source (أما سالم ناصر إمام المسجد … فقال).

In goes a cue with its article, out comes the noun phrase behind أما, up to the cue, where it can be who speaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.cues.clauses import agrees, can_speak
from analysis.extract.statements.sources.phrases import Phrase, read_phrase
from analysis.extract.statements.vocabulary.listed import is_act, particles
from analysis.extract.statements.vocabulary.words import Word, word

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article
    from analysis.extract.statements.vocabulary.forms import Hit

_REACH = 34  # words from أما to its verb
_SPEAKERS = frozenset(("person", "people", "body", "media", "anonymous", "name"))


def as_for(article: Article, hit: Hit, sentence_start: int) -> Phrase | None:
    """The source between أما and a verb with ف; None where what stands there is no person, body or medium."""
    phrase = _put_first(article, hit, sentence_start)
    if phrase is None or phrase.kind not in _SPEAKERS or not (phrase.named or phrase.definite):
        return None
    if not can_speak(phrase, article.folded) or not agrees(hit.readings[0], phrase, article.folded):
        return None
    return phrase.but(end=max(phrase.end, article.words.ends[hit.at - 1])) if phrase.named else phrase


def is_topic(article: Article, hit: Hit, sentence_start: int, begin: int) -> bool:
    """Whether أما leads in what is spoken about: أما الأسعار فقال إنها سترتفع, where the pronoun is not the speaker's."""
    phrase = _put_first(article, hit, sentence_start)
    if phrase is None or phrase.kind not in _THINGS:
        return False
    that, form = article.words.after(begin), hit.readings[0]
    hers = that.spelled.endswith(_HERS)
    return that.that and hers != (form.gender == "f") and (hers or that.spelled.endswith(_HIS))


_THINGS, _HERS, _HIS = frozenset(("other", "thing")), "ها", "ه"


def _put_first(article: Article, hit: Hit, sentence_start: int) -> Phrase | None:
    """The noun phrase behind أما, before a verb with ف; None where أما has its verb already."""
    words = article.words
    if words.known[hit.at].spelled[0] != "ف" or not hit.joined:
        return None
    first = max(words.at(sentence_start), hit.at - _REACH)
    at = hit.at - 1
    while at >= first and words.known[at].spelled not in particles("as_for"):
        if words.known[at].that or _answers(words.known[at]):
            return None
        at -= 1
    return read_phrase(article, words.ends[at], hit.start) if first <= at < hit.at - 1 else None


def _answers(known: Word) -> bool:
    """Whether a word between أما and a cue is its verb: أما سالم فسافر إلى الساحل فقال."""
    rest = known.spelled[1:]
    return known.spelled[0] == "ف" and len(rest) > 1 and known.kind != "given" and (is_act(rest) or bool(word(rest).readings))
