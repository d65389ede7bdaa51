"""Headlines that name their speaker before a colon: «فلان: …», as titles and as subheadings.

In goes an article, out come its `Attribution`s of this kind. A place or a rubric before the colon names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from analysis.extract.article import Article, Attribution
from analysis.extract.clauses import skip
from analysis.extract.cues import Form, forms
from analysis.extract.sources import Phrase, read_phrase, word
from analysis.lexicon import read
from analysis.text import fold_key


@cache
def _rubrics() -> frozenset[str]:
    return frozenset(fold_key(each) for each in read("cues")["particles"]["rubrics"])


def headlines(article: Article, sources: Sequence[Phrase]) -> list[Attribution]:
    """Headlines and subheadings that name their speaker before a colon; `sources` are those that the article has elsewhere."""
    folded, found = article.folded, []
    named = {part for each in sources if each.named for part in folded_name(folded, each).split()}
    spoken: dict[str, bool] = {}
    form = Form(":", "neutral", frozenset(), "headline", "m", "s", frozenset(), "", False)
    for start, end, role in article.blocks:
        if role not in ("title", "body") or end - start > 200:
            continue
        colon = folded.find(":", start, min(end, start + 90))
        if colon < 0 or (role == "body" and (folded[end - 1] in ".،" or end - start > 130)):
            continue
        phrase = read_phrase(folded, start, colon, article.by_start)
        if phrase is None or phrase.start > start + 2 or folded[start:colon].strip() in _rubrics() or phrase.kind in ("place",):
            continue
        rest = folded[phrase.end : colon].strip(' "”»')
        if rest and rest.split()[0][0] != "ل":
            continue
        if _is_dateline(article, phrase, colon, end) or not _headline_source(article, phrase, role, named, spoken):
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
            spoken[last] = last in named or (phrase.kind == "name" and _spoken(article.folded, last))
        return spoken[last]
    return False


def folded_name(folded: str, phrase: Phrase) -> str:
    """The name in a phrase, else the whole of it."""
    return folded[phrase.name_start : phrase.name_end] if phrase.named else folded[phrase.start : phrase.end]


def _spoken(folded: str, name: str) -> bool:
    """Whether a cue stands shortly before a name anywhere in the article."""
    at = folded.find(name)
    table = forms()
    for _ in range(12):
        if at < 0:
            return False
        if not folded[at + len(name) : at + len(name) + 1].isalnum():
            for each in re.findall(r"\w+", folded[max(0, at - 110) : at])[-14:]:
                readings = table.get(each) or (table.get(each[1:]) if each[0] in "وف" else None)
                if readings and readings[0].mood in ("past", "present"):
                    return True
        at = folded.find(name, at + len(name))
    return False
