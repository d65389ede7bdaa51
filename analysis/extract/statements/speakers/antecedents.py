"""What a definite noun without a name takes up from the narrator's own words: أصدر المعهد تقريراً عن السوق … وأشار التقرير إلى.

In go the `Registry` of an article and the phrase, out comes the nearest phrase before it that has its head and says more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.sources.likeness import contains, office
from analysis.extract.statements.sources.names import with_object
from analysis.extract.statements.sources.phrases import Phrase, read_phrase
from analysis.extract.statements.sources.reading import SOUND_PLURAL
from analysis.extract.statements.vocabulary.listed import is_act, single, titles
from analysis.stem import proclitics
from analysis.text import fold_key

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article
    from analysis.extract.statements.speakers.registry import Registry, Speaker

_TO = single("to")
_LOOKUPS = 12  # occurrences of a head that are looked at
_NEAR = 20_000  # characters back in which they are sought
_REACH = 120  # characters of the longest phrase
_SHORT = 3  # letters of a word too short to have an ending
_ABOUT_WORDS = 9  # words of what a text is about
_MARKS = frozenset('،,.؛:؟!()\n"“”«»')


def antecedent(registry: Registry, phrase: Phrase) -> Speaker | None:
    """The nearest phrase before a definite one that has its head and says more, as a speaker; None where there is none."""
    article = registry.article
    forms = _forms(phrase)
    since, stop = max(0, phrase.start - _NEAR), phrase.start
    for _ in range(_LOOKUPS):
        at = article.folded.rfind(forms[0], since, stop)
        if len(forms) > 1:
            at = max(at, article.folded.rfind(forms[1], since, stop))
        if at < 0:
            return None
        found = _told_at(article, phrase, at, forms)
        if found is not None:
            end = _subject_matter(article, found) if found.kind == "document" else found.end
            name = _nominative(article, found, end)
            return registry.plain(found).but(name=name, head=office(phrase.head))
        stop = at
    return None


def _forms(phrase: Phrase) -> tuple[str, ...]:
    """The head in its cases: تقرير، محتجون and محتجين."""
    if phrase.head.endswith(SOUND_PLURAL):
        return (phrase.head[:-2] + SOUND_PLURAL[0], phrase.head[:-2] + SOUND_PLURAL[1])
    return (phrase.head,)


def _told_at(article: Article, phrase: Phrase, at: int, forms: tuple[str, ...]) -> Phrase | None:
    """The indefinite phrase whose head stands at an offset, if it says more than the one that takes it up."""
    words, folded = article.words, article.folded
    place = words.at(at + 1) - 1
    known = words.known[place]
    before = folded[words.starts[place] : at]
    if known.definite or (before and before not in proclitics()):
        return None
    spelled = known.spelled[len(before) :]
    if spelled not in forms and not (spelled[-1] == "ا" and spelled[:-1] in forms):
        return None
    found = read_phrase(article, at, min(len(folded), at + _REACH), strict=True)
    if found is None or found.named or found.definite or found.quoted or found.number != phrase.number:
        return None
    more = len(found.role) > len(phrase.role) or _subject_matter(article, found) > found.end
    if found.role & titles("others"):
        return None
    rest = words.known[place + 1 : words.at(found.end)]
    if spelled[-1] != "ا" and any(each.spelled[-1] == "ا" and each.kind != "place" for each in rest):
        return None  # سلّم خبراء تقريراً: another accusative than the head's
    plain = frozenset(each[:-1] if spelled[-1] == "ا" and each[-1] == "ا" else each for each in found.role) | {phrase.head}
    return found if contains(plain, phrase.role) and (more or phrase.kind == "person") else None


def _subject_matter(article: Article, found: Phrase) -> int:
    """Where a text's phrase ends with what it is about: تقرير عن سوق العقار."""
    words = article.words
    at = words.at(found.end)
    if at >= words.size or words.gaps[at] != " " or "subject_matter" not in words.known[at].lists:
        return found.end
    for stop in range(at + 1, min(at + 1 + _ABOUT_WORDS, words.size + 1)):
        if stop == words.size or not _MARKS.isdisjoint(words.gaps[stop]):
            return words.ends[stop - 1]
        known = words.known[stop]
        finite = known.readings and known.readings[0].mood in {"past", "present", "hal"} and not known.content
        if (
            finite
            or known.spelled == _TO
            or known.kind in {"adverb", "relative"}
            or known.that
            or with_object(known.spelled)
            or is_act(known.spelled)
        ):
            return words.ends[stop - 1] if stop > at + 1 else found.end
    return found.end


def _nominative(article: Article, found: Phrase, end: int) -> str:
    """The phrase as written, without the endings of an accusative: تقريراً مفصلاً."""
    spelled = article.doc.spelled
    head = article.words.after(found.start).spelled
    surface = spelled(found.start, found.end)
    if found.head + "ا" == head:
        surface = " ".join(_bare(each) for each in surface.split(" "))
    return surface + spelled(found.end, end)


def _bare(surface: str) -> str:
    """A word without the ending of an accusative."""
    return surface.rstrip("\u064b")[:-1] if fold_key(surface)[-1:] == "ا" and len(surface) > _SHORT else surface
