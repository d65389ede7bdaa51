"""Between a cue and its content: the source that stands there, and adverbs to step over.

In goes an article with the offsets of the cue's end and of the complement, out comes the source's `Phrase`, whether every word
between is accounted for, and whether a mark or grammar ends the source rather than a guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.clauses import past_openers, skip
from analysis.extract.statements.phrases import Phrase, read_phrase
from analysis.extract.statements.words import word

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article
    from analysis.extract.statements.cues import Form

_QUOTES = ' "”»'
_ADVERBIAL = 90  # characters of the longest adverbial between commas
_AT_ONCE = 3  # words before a source that no comma separates from the cue


def source_between(article: Article, start: int, end: int, form: Form, *, strict: bool = False) -> tuple[Phrase | None, bool, bool]:
    """The source between a cue and its complement, whether all words in between are accounted for, and whether a mark ends it."""
    folded = article.folded
    if end - start < 3 or not folded[start:end].strip(' ،,-"“”«»'):
        return None, True, True
    two = "two" in form.flags
    phrase = read_phrase(article, start, end, strict=strict or two)
    if form.mood == "hal":
        return None, phrase is None or two or phrase.kind == "person", True
    if phrase is None:
        return _late(article, start, end), True, True
    if two and phrase.named:
        phrase = _first_of_two(article, phrase)
    rest = folded[phrase.end : end].strip(_QUOTES)
    if strict and not two and rest[:2] == "ال" and " " not in rest and not phrase.named and word("ال" + phrase.head).kind == "rank":
        # الرئيس الأسد: a title and a surname
        return phrase._replace(end=end, role=phrase.role | {rest[2:]}), True, True
    if not rest or rest[0] in "،,:-":
        return phrase, True, True
    if two:
        return phrase, True, False
    words = rest.split()
    while len(words) > 1 and len(words[0]) > 3 and words[0][-1] == "ا" and word(words[0]).kind == "adverb":
        del words[0]  # رسمياً، مجدداً: what counts is what follows
    first = words[0].strip("،,.-(")
    if not first:
        return phrase, True, True
    known = word(first)
    leads = known.kind in {"adverb", "inner", "relative", "determiner"} or known.prefixed or "openers" in known.lists
    return phrase, leads or first[0] in "لب(", True


def _first_of_two(article: Article, phrase: Phrase) -> Phrase:
    """Two names in a row after a verb of asking (حث كوربن تيريزا ماي على): the second is whom it asks."""
    words = article.words
    first, last = words.at(phrase.name_start), words.at(phrase.name_end)
    if first < last and words.known[first].kind not in {"given", "compound"}:
        for at in range(first + 1, last):
            if words.known[at].kind == "given":
                end = words.starts[at]
                while article.folded[end - 1] == " ":
                    end -= 1
                return phrase._replace(end=end, name_end=end)
    return phrase


def _late(article: Article, start: int, end: int) -> Phrase | None:
    """A source that an adverb precedes: وقال في بيان، وزير الدفاع فلان إن."""
    folded, words = article.folded, article.words
    at = start
    for _ in range(3):
        commas = [place for place in (folded.find("،", at, end), folded.find(",", at, end)) if place >= 0]
        if not commas:
            break
        at = min(commas) + 1
        phrase = read_phrase(article, at, end)
        if (
            phrase
            and phrase.kind in {"person", "body", "media", "anonymous"}
            and folded[phrase.end : end].strip(_QUOTES)[:1] in ("", "،", ",", ":")
        ):
            return phrase
    first = words.at(start)
    for each in range(first + 1, min(first + _AT_ONCE + 1, words.at(end))):
        known, before = words.known[each], words.known[each - 1]
        if known.prefixed or before.kind != "adverb" or "leading_adverbs" in before.lists:
            continue
        if known.kind in {"role", "rank", "body", "media", "anonymous", "people"} and words.gaps[each].isspace():
            found = read_phrase(article, words.starts[each], end)
            if found:
                return found
    return None


def past_adverbs(article: Article, at: int, limit: int) -> int:
    """Step over commas and adverbial words between a source and its object: أعلنت الوزارة، أمس الخميس، مقتل."""
    folded, words = article.folded, article.words
    begin = skip(folded, at)
    for _ in range(6):
        known = words.after(begin)
        if not known.spelled or begin >= limit:
            break
        if known.kind == "adverb" and "leading_adverbs" not in known.lists:
            begin = skip(folded, words.ends[words.at(begin)])
            continue
        opened = past_openers(article, begin, limit)
        if opened > begin:
            begin = opened
            continue
        if "manners" in known.lists:  # بشكل رسمي
            second = words.at(begin) + 1
            begin = skip(folded, words.ends[second]) if second < words.size and words.gaps[second] == " " else limit
            continue
        if "leads_adverbial" in known.lists:
            comma = folded.find("،", begin, min(limit, begin + _ADVERBIAL))
            if comma > 0:
                begin = skip(folded, comma)
                continue
        break
    return begin
