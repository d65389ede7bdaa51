"""Clauses: what stands before a cue, and the subject that precedes its verb.

In goes a cue with its article, out comes a `Clause` (can one start there, is it a relative clause, which conjunction opens it) and
the `Phrase` before the verb where that is its subject: «رئيس البلدية يؤكد», «وزير المال الذي أكد».
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from analysis.extract.sources import Phrase, read_phrase, word
from analysis.lexicon import read
from analysis.text import alternation, fold_key

if TYPE_CHECKING:
    from analysis.extract.article import Article
    from analysis.extract.cues import Hit

_BEFORE = 220  # characters before a cue that are looked at
_WORD = re.compile(r"\w+")
_PASSED = re.compile(r"[ ،,:-]*")
_FOLLOWS = re.compile(r" *(\w+)")
_BREAKS = ("،", ",", "؛", ": ", " - ", "– ", "-- ")


@cache
def particles(name: str) -> frozenset[str]:
    """One list of the particles in `lexicon/cues.toml`, folded."""
    return frozenset(fold_key(each) for each in read("cues")["particles"][name])


def follows(folded: str, at: int) -> str:
    """The word that comes next, or the empty string."""
    match = _FOLLOWS.match(folded, at)
    return match[1] if match else ""


def skip(folded: str, at: int) -> int:
    """The next offset that is no space, comma, colon or dash."""
    match = _PASSED.match(folded, at)
    return match.end() if match else at


@cache
def opening() -> re.Pattern[str]:
    """What opens a sentence before it says anything: a dateline, كذلك، من جهة أخرى، يُذكر. Matches the empty string too."""
    impersonal = alternation(each for each in read("cues")["particles"]["impersonal"] if " " not in each)
    openings = alternation(read("cues")["particles"]["openings"])
    return re.compile(rf"(?:[^\n]{{0,60}}?\([\w .]{{2,24}}\) *[-–]+ *)?(?:{openings}[،,]? +|و?{impersonal} +(?=ان))?")


def past_openers(folded: str, at: int, limit: int) -> int:
    """Where a sentence says something: past كذلك، من جهة أخرى، وفي هذا السياق، يُذكر."""
    opened = opening().match(folded, at, limit)
    return opened.end() if opened else at


class Clause(NamedTuple):
    """What stands before a cue in its sentence."""

    before: str  # the word before
    free: bool  # a clause can start at the cue
    relative: bool  # a relative pronoun opens the clause
    lead: int  # where the conjunction before the cue stands, else the cue itself
    subject_first: bool  # كان or لكن opens the clause, after which the subject precedes even a joined verb
    subject: Phrase | None  # the noun phrase that all words before the cue make up: the verb follows its subject
    comma: bool  # a comma opens the clause
    impersonal: int  # where the clause under an impersonal phrase starts (يُذكر أن …); -1 without one


def read_clause(article: Article, hit: Hit, sentence_start: int) -> Clause:
    """What stands before a cue in its sentence."""
    folded, end = article.folded, hit.start
    opened = opening().match(folded, sentence_start, end + 24)
    begin = opened.end() if opened else sentence_start
    impersonal = skip(folded, begin + 2) if begin > sentence_start and folded.startswith("ان ", begin) else -1
    comma = start = max(sentence_start, end - _BEFORE, begin if begin <= end else 0)
    for mark in _BREAKS:
        at = folded.rfind(mark, comma, end)
        if at >= 0:
            comma = at + 1
    after_comma, start = comma > start, comma
    mood = hit.form[0].mood
    if mood == "hal" or (hit.joined and mood != "noun"):
        # Joined or accusative: neither a subject nor a conjunction stands before it.
        subject_first = hit.joined and any(
            match[0] in particles("subject_first") for match in _WORD.finditer(folded, start, min(end, start + 12))
        )
        return Clause("", True, False, hit.start, subject_first, None, after_comma, impersonal)
    words = _WORD.findall(folded, start, end)
    openers, relatives, conjunctions = particles("openers"), particles("relatives"), particles("conjunctions")
    before = words[-1] if words else ""
    relative, conjunction_start = any(each in relatives for each in words[-4:]), end
    at = end
    for each in words[:-3:-1]:
        at = folded.rfind(each, start, at)
        if each in conjunctions or each in relatives:
            conjunction_start = at
    if after_comma and words and words[0][0] == "و" and word(words[0]).kind == "inner":
        conjunction_start = folded.find(words[0], start, end)  # …، وفي نهاية كلمته أكد: a clause of its own
    subject_first = any(each in particles("subject_first") for each in words[:2])
    free = not words or before in openers or begin >= end
    subject = None
    if words:
        # A subject before its verb: the clause's words up to the cue are one noun phrase.
        first = folded.find(words[0], start, end)
        if folded[first - 1 : first] in ('"', "“", "«"):
            first -= 1
        for each in words[:3]:
            if each not in openers and word(each).kind != "adverb":
                break
            first = folded.find(each, first, end) + len(each)
        hangs = relative or before in particles("subordinators")
        phrase = None if hangs else read_phrase(folded, first, end, article.by_start)
        if phrase is not None and covers(folded, phrase, end) and can_speak(phrase, folded) and _surely(phrase, hit, folded):
            subject = phrase
        free = free or subject is not None or not folded[first:end].strip()
    return Clause(before, free, relative, conjunction_start, subject_first, subject, after_comma, impersonal)


def _surely(phrase: Phrase, hit: Hit, folded: str) -> bool:
    """A single unknown word before a form that is also a noun (فاز طالب) is more likely a verb than a name."""
    if "guard" not in hit.form[0].flags or phrase.kind != "name" or phrase.quoted or phrase.name_end - phrase.name_start > 8:
        return True
    return word(folded[phrase.name_start : phrase.name_end]).kind == "given"


def covers(folded: str, phrase: Phrase, end: int) -> bool:
    """Whether only particles and adverbs stand between a phrase and an offset."""
    rest = folded[phrase.end : end].strip(' ،,-"“”«»')
    return not rest or all(each in particles("openers") or word(each).kind == "adverb" for each in rest.split())


def subject_before(article: Article, hit: Hit, clause: Clause, sentence_start: int) -> tuple[Phrase | None, int]:
    """A source before its verb, also as the antecedent of a relative clause."""
    folded = article.folded
    end = hit.start
    apart = max(sentence_start, end - _BEFORE)
    for mark in _BREAKS:
        at = folded.rfind(mark, apart, end)
        if at >= 0:
            apart = at + 1
    words = _WORD.findall(folded, apart, end)
    if words and (words[-1] in particles("subordinators") or words[-1] in particles("that")):
        return None, hit.start
    while words and (words[-1] in particles("openers") or word(words[-1]).kind == "adverb"):
        end = folded.rfind(words.pop(), apart, end)
    alone = not folded[apart:end].strip(' "“”«»،,')
    if alone:
        # Between commas: the source is the chunk before (ومن جهته، فلان، قال) or the antecedent before the comma.
        comma = apart - 1
        if comma < sentence_start:
            return None, hit.start
        if not clause.relative:
            chunk = max(sentence_start, folded.rfind("،", sentence_start, comma) + 1)
            phrase = read_phrase(folded, chunk, comma, article.by_start)
            if (
                phrase
                and phrase.kind in ("person", "name", "body", "media", "anonymous")
                and not folded[phrase.end : comma].strip(' "”»')
            ):
                named = None if phrase.named else _named_before(article, sentence_start, chunk, comma)
                return named or phrase, (named or phrase).start
            return None, hit.start
        end = comma
    start = max(sentence_start, end - 150)
    phrase, lead = _backward(article, start, end, hit.start, relative=clause.relative)
    if phrase and clause.relative and phrase.kind == "other" and not phrase.head.endswith("ي"):
        return None, hit.start
    if phrase and clause.relative and not _antecedent(hit, phrase, folded):
        return None, hit.start
    return phrase, lead


def _named_before(article: Article, sentence_start: int, chunk: int, comma: int) -> Phrase | None:
    """The name before a title between commas: غير أن ريم سعد، مديرة المشفى، قالت."""
    folded = article.folded
    start = max(sentence_start, folded.rfind("،", sentence_start, max(sentence_start, chunk - 1)) + 1)
    for match in list(_WORD.finditer(folded, start, chunk))[-6:]:
        if match[0] in particles("openers") or match[0] in particles("conjunctions") or match[0] == "ان":
            continue
        phrase = read_phrase(folded, match.start(), comma, article.by_start)
        if phrase and phrase.named and not folded[phrase.end : comma].strip(' "”»'):
            return phrase
    return None


def _antecedent(hit: Hit, phrase: Phrase, folded: str) -> bool:
    """Whether the noun phrase before a relative pronoun is the subject of its verb: they agree in gender."""
    form = hit.form[0]
    if form.number == "p":
        return True
    feminine = "التي" in folded[max(0, hit.start - 24) : hit.start].split()
    return feminine == (form.gender == "f")


def _backward(article: Article, start: int, end: int, cue: int, *, relative: bool) -> tuple[Phrase | None, int]:
    """The longest noun phrase that ends where the words before a verb end."""
    folded = article.folded
    positions = [match.start() for match in re.finditer(r"[\w\"“«]+", folded[start:end])][-16:]
    before_kind = ""
    if positions and not relative and word(follows(folded, start + positions[0]).lstrip("و") or "-").kind in ("inner", "adverb"):
        return None, cue  # وحول موقف الحكومة قال: what a preposition leads in is the topic
    for offset in positions:
        at = start + offset
        quoted = at in article.by_start
        token = follows(folded, at) if not quoted else ""
        known = word(token) if token else None
        opens = quoted or (
            known is not None
            and known.kind
            in (
                "role",
                "rank",
                "body",
                "media",
                "media_name",
                "document",
                "anonymous",
                "people",
                "place",
                "given",
                "definite",
                "bare",
                "number",
                "and",
            )
            and not known.prefixed
        )
        if known is not None and token[:1] == "و" and known.kind == "and":
            at, opens = at + 1, True
        if known is not None and known.prefixed and token[0] in "لب" and known.kind in ("role", "people") and not known.definite:
            at, opens = at + 1, True
        if (opens and before_kind not in ("role", "body", "media", "given", "inner", "compound")) or (
            opens and offset == positions[0]
        ):
            phrase = read_phrase(folded, at, end, article.by_start)
            if phrase and not folded[phrase.end : end].strip(' ،,"”»-') and can_speak(phrase, folded):
                return phrase, at - 1 if folded[at - 1 : at] == "و" and not folded[at - 2 : at - 1].isalnum() else at
        before_kind = known.kind if known else ""
        if known is not None and known.kind == "inner":
            before_kind = ""
    return None, cue


def can_speak(phrase: Phrase, folded: str) -> bool:
    """Whether a noun phrase before a verb can be who speaks, rather than what is spoken about."""
    if phrase.kind in ("person", "people", "body", "media", "document", "anonymous", "place"):
        return True
    if phrase.kind == "thing":
        return False
    if phrase.kind == "name":
        if folded[phrase.name_end - 1] == "ا" and " " not in folded[phrase.name_start : phrase.name_end]:
            return False  # an accusative, not a name
        return (
            phrase.quoted
            or word(folded[phrase.name_start : phrase.name_end].split(maxsplit=1)[0]).kind == "given"
            or folded[phrase.name_start : phrase.name_end].count(" ") == 0
        )
    return phrase.kind == "other" and len(phrase.role) <= 2
