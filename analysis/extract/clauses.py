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
    while at < len(folded) and folded[at] in " ،,:-":
        at += 1
    return at


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
    """What stands before a cue: whether a clause can start there, the word before, and where the clause's first words are."""

    start: int
    before: str
    free: bool
    relative: bool
    conjunction: str
    conjunction_start: int
    subject_first: bool
    subject: bool  # the words before the cue are one noun phrase, so the verb follows its subject
    comma: bool  # a comma opens the clause
    impersonal: int  # where the clause under an impersonal phrase starts (يُذكر أن …); -1 without one


def read_clause(article: Article, hit: Hit, sentence_start: int) -> Clause:
    """What stands before a cue in its sentence."""
    folded = article.folded
    opened = opening().match(folded, sentence_start)
    start = max(sentence_start, hit.start - _BEFORE, opened.end() if opened and opened.end() <= hit.start else 0)
    comma = max(folded.rfind(mark, start, hit.start) for mark in _BREAKS)
    start = comma + 1 if comma >= start else start
    words = [(match[0], match.start()) for match in _WORD.finditer(folded[start : hit.start])]
    before = words[-1][0] if words else ""
    openers = particles("openers")
    plain = before in openers or not words
    relatives, conjunctions = particles("relatives"), particles("conjunctions")
    relative = any(each in relatives for each, _ in words[-4:])
    conjunction, conjunction_start = "", hit.start
    for each, offset in reversed(words[-2:]):
        if each in conjunctions or each in relatives:
            conjunction, conjunction_start = each, start + offset
    subject_first = any(each in particles("subject_first") for each, _ in words[:2])
    free = plain or hit.joined
    subject = False
    if opened and opened.end() >= hit.start:
        free = True
    impersonal = skip(folded, opened.end() + 2) if opened and opened[0] and folded.startswith("ان ", opened.end()) else -1
    if words and not hit.joined:
        # A subject before its verb: the clause's words up to the cue are one noun phrase.
        first = start + words[0][1]
        if folded[first - 1 : first] in ('"', "“", "«"):
            first -= 1
        for each, offset in words[:3]:
            if each in openers or word(each).kind == "adverb":
                first = start + offset + len(each)
            else:
                break
        phrase = read_phrase(folded, first, hit.start, article.by_start)
        subject = phrase is not None and not relative and covers(folded, phrase, hit.start) and can_speak(phrase, folded)
        if (
            subject
            and phrase
            and "guard" in hit.form[0].flags
            and phrase.kind == "name"
            and not phrase.quoted
            and phrase.name_end - phrase.name_start < 9
        ):
            subject = word(folded[phrase.name_start : phrase.name_end]).kind == "given"
        free = free or subject or (phrase is None and folded[first : hit.start].strip() == "")
    return Clause(
        start, before, free, relative, conjunction, conjunction_start, subject_first, subject, comma + 1 == start, impersonal
    )


def covers(folded: str, phrase: Phrase, end: int) -> bool:
    """Whether only particles and adverbs stand between a phrase and an offset."""
    rest = folded[phrase.end : end].strip(' ،,-"“”«»')
    return not rest or all(each in particles("openers") or word(each).kind == "adverb" for each in rest.split())


def subject_before(article: Article, hit: Hit, clause: Clause, sentence_start: int) -> tuple[Phrase | None, int]:
    """A source before its verb, also as the antecedent of a relative clause."""
    folded = article.folded
    end = hit.start
    words = [(match[0], match.start() + clause.start) for match in _WORD.finditer(folded[clause.start : end])]
    if words and words[-1][0] in particles("subordinators"):
        return None, hit.start
    while words and (words[-1][0] in particles("openers") or word(words[-1][0]).kind == "adverb"):
        end = words.pop()[1]
    alone = not folded[clause.start : end].strip(' "“”«»،,')
    if alone:
        # Between commas: the source is the chunk before (ومن جهته، فلان، قال) or the antecedent before the comma.
        comma = clause.start - 1
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
                return phrase, phrase.start
            return None, hit.start
        end = comma
    start = max(sentence_start, end - 150)
    phrase, lead = _backward(article, start, end, hit.start)
    if phrase and clause.relative and phrase.kind == "other":
        return None, hit.start
    if phrase and clause.relative and not _antecedent(hit, phrase, folded):
        return None, hit.start
    return phrase, lead


def _antecedent(hit: Hit, phrase: Phrase, folded: str) -> bool:
    """Whether the noun phrase before a relative pronoun is the subject of its verb: they agree in gender."""
    form = hit.form[0]
    if form.number == "p":
        return True
    feminine = "التي" in folded[max(0, hit.start - 24) : hit.start].split()
    return feminine == (form.gender == "f")


def _backward(article: Article, start: int, end: int, cue: int) -> tuple[Phrase | None, int]:
    """The longest noun phrase that ends where the words before a verb end."""
    folded = article.folded
    positions = [match.start() for match in re.finditer(r"[\w\"“«]+", folded[start:end])][-16:]
    before_kind = ""
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
