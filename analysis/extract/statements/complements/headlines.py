"""Headlines that name their speaker before a colon: «فلان: …», as titles and as subheadings.

In goes an article, out come its `Attribution`s of this kind. A place or a rubric before the colon names nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from analysis.extract.statements.article import WHOLE, Article, Attribution
from analysis.extract.statements.cues.clauses import skip
from analysis.extract.statements.sources.phrases import Phrase, read_phrase, read_prefixed
from analysis.extract.statements.vocabulary.forms import Form
from analysis.extract.statements.vocabulary.words import word
from analysis.lexicon import read
from analysis.text import fold_key

_BEFORE = 14  # words before a name among which a cue makes it a speaker's
_LOOKUPS = 12  # occurrences of a name that are looked at


@cache
def _rubrics() -> frozenset[str]:
    return frozenset(fold_key(each) for each in read("cues")["particles"]["rubrics"])


def headlines(article: Article, sources: Sequence[Phrase]) -> list[Attribution]:
    """Headlines and subheadings that name their speaker before a colon; `sources` are those that the article has elsewhere."""
    folded, found = article.folded, []
    named: set[str] | None = None
    spoken: dict[str, bool] = {}
    form = Form(":", "neutral", frozenset(), "headline", "m", "s", frozenset(), "", False)
    for start, end, role in article.blocks:
        if role not in ("title", "body"):
            continue
        colon = folded.find(":", start, min(end, start + _NAMES))
        if colon < 0:
            continue
        if end - start > _HEADLINE or (role == "body" and (folded[end - 1] in ".،" or end - start > _SUBHEADING)):
            voice = _voice(article, start, end, colon)
            if voice is not None:
                begin, stop = article.by_start[skip(folded, colon + 1)][1:]
                found.append(Attribution(colon, colon + 1, form, "quote", begin, stop, voice, False, start, False, -1, True))
            continue
        start = _past_service(folded, start, colon)
        phrase = read_phrase(article, start, colon)
        if phrase is None or phrase.start > start + 2 or folded[start:colon].strip() in _rubrics() or phrase.kind in ("place",):
            continue
        rest = folded[phrase.end : colon].strip(' "”»')
        if rest and rest[0] != "ل":
            continue
        if named is None:
            named = {part for each in sources if each.named for part in folded_name(folded, each).split()}
        told = bool(rest) and _to_medium(article, phrase.end, colon)
        if _is_dateline(article, phrase, colon, end) or not (told or _headline_source(article, phrase, role, named, spoken)):
            continue
        begin = skip(folded, colon + 1)
        if end - begin < 8:
            continue
        quote = article.by_start.get(begin)
        if quote and quote[0] >= end - 2 and quote[0] <= end:
            found.append(Attribution(colon, colon + 1, form, "quote", quote[1], quote[2], phrase, False, start, False, -1, True))
        else:
            found.append(Attribution(colon, colon + 1, form, "headline", begin, end, phrase, False, start, False, -1, True))
    return found


def _voice(article: Article, start: int, end: int, colon: int) -> Phrase | None:
    """Who speaks in a paragraph that is a name with a colon and one quotation: مريم سالم: «هذه مشاركتي الثالثة …»."""
    quote = article.by_start.get(skip(article.folded, colon + 1))
    if quote is None or colon - start > _VOICE or article.folded[quote[0] : end].strip(" .،"):
        return None
    phrase = read_phrase(article, start, colon)
    if phrase is None and article.words.after(start).prefixed:  # بدور سالم: a name in such a shape
        at = article.words.at(start)
        phrase = read_phrase(article, article.words.ends[at], colon)
        phrase = phrase.but(start=start, name_start=start) if phrase and phrase.named else None
    if phrase is None or phrase.start > start + 2 or phrase.kind not in _VOICES or article.folded[phrase.end : colon].strip():
        return None
    return phrase


_VOICES = frozenset(("person", "people", "anonymous", "name"))
_VOICE, _NAMES = 60, 90  # characters before the colon of a voice, and of a headline
_HEADLINE, _SUBHEADING = 200, 130  # characters of the longest headline and of the longest subheading


def _past_service(folded: str, start: int, colon: int) -> int:
    """Step over the service of an agency that a headline names first: عام / مدير الجامعة: …"""
    at = folded.find("/", start, min(colon, start + _SERVICE))
    return skip(folded, at + 1) if at > start and folded[start:at].strip().isalpha() else start


_SERVICE = 14  # characters of the longest name of a service


def _to_medium(article: Article, at: int, colon: int) -> bool:
    """Whether a source speaks to a medium before the colon: «سالم لـ«الدار»:»."""
    hearer = read_prefixed(article, skip(article.folded, at), colon)
    return hearer is not None and (hearer.quoted or hearer.kind == "media") and not article.folded[hearer.end : colon].strip(' "”»')


def _is_dateline(article: Article, phrase: Phrase, colon: int, end: int) -> bool:
    """Whether a place stands before the colon (also in brackets after a town), or all that follows is a name: لندن: «الدار»."""
    folded = article.folded
    bracket = folded.find("(", phrase.start, colon)
    if bracket >= 0 and any(word(each).kind == "place" for each in folded[bracket + 1 : colon].split()):
        return True
    quote = article.by_start.get(skip(folded, colon + 1))
    if quote is None or quote[0] < end - 2 or phrase.kind in ("person", "people", "anonymous"):
        return False
    words = folded[quote[1] : quote[2]].split()
    return len(words) < 4 and all(each[:2] == "ال" or word(each).kind in ("media", "media_name", "body") for each in words)


def _headline_source(article: Article, phrase: Phrase, role: str, named: set[str], spoken: dict[str, bool]) -> bool:
    """Whether what stands before a colon may speak; `named` are the words of all names of sources, `spoken` remembers look-ups."""
    if phrase.kind in ("person", "anonymous", "people"):
        return True
    if phrase.kind == "media" or phrase.kind == "document":
        return role == "title"
    if phrase.kind == "body":
        return role == "title" and (phrase.definite or len(phrase.role) > 1)
    if phrase.kind in ("name", "other"):
        name = folded_name(article.folded, phrase)
        if phrase.quoted:
            return True
        # A bare name speaks if it does so again in the article; places and topics stand before a colon too.
        last = name.split()[-1]
        if last not in spoken:
            spoken[last] = last in named or (phrase.kind == "name" and speaks_elsewhere(article, last))
        return spoken[last]
    return False


def folded_name(folded: str, phrase: Phrase) -> str:
    """The name in a phrase, else the whole of it."""
    return folded[phrase.name_start : phrase.name_end] if phrase.named else folded[phrase.start : phrase.end]


def speaks_elsewhere(article: Article, name: str, *, at_once: bool = False) -> bool:
    """Whether a finite cue stands shortly before a name anywhere in the article; `at_once`: with none but a given name between."""
    folded, words = article.folded, article.words
    at = folded.find(name, 0, WHOLE)
    for _ in range(_LOOKUPS):
        if at < 0:
            return False
        word_at = words.at(at + 1) - 1
        if word_at >= 0 and words.ends[word_at] == at + len(name) and words.starts[word_at] == at:
            reach = _BEFORE
            if at_once:
                reach = 2 if words.known[word_at - 1].kind == "given" else 1
            for before in words.known[max(0, word_at - reach) : word_at]:
                if before.readings and before.readings[0].mood in {"past", "present"}:
                    return True
        at = folded.find(name, at + len(name), WHOLE)
    return False
