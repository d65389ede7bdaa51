"""Attributing phrases: بحسب المصدر، وفق ما ذكرت الوكالة، حسبما أفاد الوزير, after their content or before it.

In goes an article, out come its `Attribution`s of this kind, with the span of the content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analysis.extract.article import Article, Attribution
from analysis.extract.clauses import past_openers, skip
from analysis.extract.cues import Form, forms
from analysis.extract.sources import Phrase, read_phrase, titles, word
from analysis.lexicon import read
from analysis.text import alternation, fold_key

_OWNER = re.compile(r"(?:ه|ها|هم)(?!\w)")
_THROUGH = re.compile(r"(?:نقل\w*|[^\n.]{0,80}?)(?<!\w)عن +")
_ANY_VERB = re.compile(r" +\w{3,}(?= )")


@cache
def _according_pattern() -> re.Pattern[str]:
    lexicon = read("cues")["according"]
    return re.compile(r"\bو?(?:" + alternation([*lexicon["heads"], *lexicon["asides"]]) + r")(?!\w)(?: +ما(?!\w))?")


_SAID = re.compile(r" *\b(\w{2,})(?: +(?:به|عنه|اليه|في)\b)?")


@cache
def _more_verbs() -> frozenset[str]:
    return frozenset(fold_key(each).split()[0] for each in read("cues")["according"]["verbs"])


def _said(folded: str, at: int, limit: int) -> re.Match[str] | None:
    """The verb after an attributing phrase, with what refers back to the content (بحسب ما أفادت به)."""
    match = _SAID.match(folded, at, limit)
    if match is None:
        return None
    readings = forms().get(match[1]) or (forms().get(match[1][:-1]) if match[1][-1] == "ه" else None)
    finite = readings is not None and readings[0].mood in ("past", "present")
    return match if finite or match[1] in _more_verbs() else None


def according(article: Article) -> Iterator[Attribution]:
    """Phrases that attribute the words around them: after their content, or before it with a comma."""
    folded = article.folded
    asides = _aside_heads()
    for match in _according_pattern().finditer(folded):
        if article.inside_speech(match.start()):
            continue
        start, sentence_end = match.start(), article.sentence(match.start())[1]
        head = match[0].lstrip("و") if not match[0].startswith("وف") else match[0]
        aside = head.startswith(asides)
        cue_end = match.end()
        said = _said(folded, cue_end, sentence_end)
        known_verb = said is not None
        if head.endswith("ما") and head != "كما" and not said:
            said = _ANY_VERB.match(folded, cue_end, sentence_end)  # a verb that no list has, or one misspelt
        if head.endswith("ما"):
            if not said:
                continue
            if head == "كما" and not _closes(folded, start):
                continue
        if said:
            cue_end = said.end()
        form = _according_form(folded, match, said)
        pronoun = _OWNER.match(folded, match.end())
        after = _skip_spaces(folded, cue_end)
        phrase = read_phrase(folded, after, min(sentence_end, after + 200), article.by_start) or _prefixed(
            article, after, sentence_end
        )
        through = _THROUGH.match(folded, cue_end, min(sentence_end, cue_end + 90)) if said and "نقل" in said[0] else None
        if through:
            behind = read_phrase(folded, through.end(), sentence_end, article.by_start)
            phrase = behind or phrase
        if phrase is None or pronoun:
            continue
        if head == "كما" and (not said or folded[phrase.end : phrase.end + 2].strip()[:1] not in ("", ".", "،", ",")):
            continue
        if not known_verb and not aside and not _authority(phrase, folded):
            continue
        begin, end = _according_content(article, start, phrase, sentence_end)
        if begin is None:
            continue
        yield Attribution(start, cue_end, form, "according", begin, end, phrase, False, start, False, -1, True)


@cache
def _aside_heads() -> tuple[str, ...]:
    return tuple(fold_key(each) for each in read("cues")["according"]["asides"])


def _closes(folded: str, start: int) -> bool:
    """Whether a comma or a closing mark stands before: كما after it may look back (…، كما قالت الوكالة)."""
    return folded[max(0, start - 4) : start].rstrip()[-1:] in ("،", ",", "”", '"', "»")


def _skip_spaces(folded: str, at: int) -> int:
    while at < len(folded) and folded[at] == " ":
        at += 1
    return at


def _prefixed(article: Article, at: int, limit: int) -> Phrase | None:
    """A source with ل written on it: وفقاً للصحيفة، وفقاً لوزارة الدفاع، وفقاً لـ«الدار»."""
    folded = article.folded
    if folded[at : at + 1] != "ل":
        return None
    if folded[at : at + 2] == "لل":
        inner = read_phrase("ال" + folded[at + 2 : min(limit, at + 200)], 0, min(limit - at, 200))
        if inner is None:
            return None
        return inner._replace(start=at, end=inner.end + at, name_start=inner.name_start + at, name_end=inner.name_end + at)
    return read_phrase(folded, at + 1, min(limit, at + 200), article.by_start)


def _authority(phrase: Phrase, folded: str) -> bool:
    if phrase.head in titles("laws"):
        return False
    if phrase.kind in ("person", "people", "body", "media", "document", "anonymous"):
        return True
    return phrase.kind == "name" and (
        phrase.quoted or word(folded[phrase.name_start : phrase.name_end].split(maxsplit=1)[0]).kind == "given"
    )


def _according_form(folded: str, match: re.Match[str], said: re.Match[str] | None) -> Form:
    lemma, force = "حسب", "neutral"
    if said:
        for reading in forms().get(said[0].split()[0], ()) or forms().get(said[0].split()[0].rstrip("ه"), ()):
            lemma, force = reading.lemma, reading.force
            break
    else:
        first = match[0].strip().lstrip("و") if not match[0].startswith("وف") else match[0]
        lemma = {"بحسب": "حسب", "حسب": "حسب", "طبقا": "طبق", "حسبما": "حسب", "نقلا عن": "نقل"}.get(
            first, "وفق" if first.startswith("وف") else "حسب"
        )
    if "زعم" in match[0] or "ادعاء" in match[0]:
        force = "doubt"
    return Form(lemma, force, frozenset(), "noun", "m", "s", frozenset(), "", False)


def _according_content(article: Article, start: int, phrase: Phrase, sentence_end: int) -> tuple[int | None, int | None]:
    """Where the content of an attributing phrase lies: behind the phrase where that opens the sentence, else before it."""
    folded = article.folded
    sentence_start = article.sentence(start)[0]
    begin = past_openers(folded, sentence_start, start)
    before = folded[begin:start].strip(' ،,."”»-')
    if len(before) < 3:
        after = skip(folded, phrase.end)
        comma = folded.find("،", phrase.end, min(sentence_end, phrase.end + 120))
        gap = folded[phrase.end : comma].strip() if comma >= 0 else "-"
        if gap and word(gap.split()[0]).kind not in ("adverb", "inner", "relative"):
            comma = phrase.end  # no comma of its own: وبحسب البيانات تراجع المخزون
        if after < sentence_end:
            after = skip(folded, comma)
            return (after, None) if sentence_end - after > 8 else (None, None)
        return None, None
    end = start
    while end > begin and folded[end - 1] in " ،,-":
        end -= 1
    words = folded[begin:end].split()
    if len(words) < 6 and (words[0] in forms() or words[0][1:] in forms()):
        return None, None  # وقال المرصد، وفقاً للقناة، إن: a medium between a cue and its content
    return begin, end
