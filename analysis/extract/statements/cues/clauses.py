"""Clauses: what stands before a cue, and the subject that precedes its verb.

In goes a cue with its article, out comes a `Clause` (can one start there, is it a relative clause, which conjunction opens it) and
the `Phrase` before the verb where that is its subject: «رئيس البلدية يؤكد», «وزير المال الذي أكد».
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from analysis.extract.statements.sources.bearers import bearer_before
from analysis.extract.statements.sources.phrases import Phrase, read_phrase
from analysis.extract.statements.sources.things import describes_thing, is_surname
from analysis.extract.statements.vocabulary.listed import single, titles
from analysis.extract.statements.vocabulary.words import OPENS, Word, word
from analysis.lexicon import read
from analysis.text import alternation

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article
    from analysis.extract.statements.vocabulary.forms import Form, Hit

_BEFORE: Final = 220  # characters before a cue that are looked at
_ANTECEDENT = 150  # characters before a relative clause in which its noun phrase starts
_STARTS = 16  # words at which a noun phrase that ends before a verb may start
_DATELINE: Final = 90  # characters within which the bracket of a dateline stands
_PASSED: Final = frozenset(" ،,:-")
_DOTS: Final = ".. "
_BREAKS: Final = ("،", ",", "؛", ": ", " - ", "– ", "-- ", ".. ")


def skip(folded: str, at: int) -> int:
    """The next offset that is no space, comma, colon or dash."""
    at = _past(folded, at)
    return _past(folded, at + len(_DOTS)) if at < len(folded) and folded[at] == "." and folded.startswith(_DOTS, at) else at


def skip_back(folded: str, at: int, passed: str) -> int:
    """Where the text before an offset ends, without the characters passed over; nothing of it is copied."""
    while at and folded[at - 1] in passed:
        at -= 1
    return at


def _past(folded: str, at: int) -> int:
    size = len(folded)
    while at < size and folded[at] in _PASSED:
        at += 1
    return at


@cache
def _opening() -> re.Pattern[str]:
    """What opens a sentence before it says anything: a dateline, كذلك، من جهة أخرى، يُذكر. Matches the empty string too."""
    impersonal = alternation(each for each in read("cues")["particles"]["impersonal"] if " " not in each)
    openings = alternation(read("cues")["particles"]["openings"])
    return re.compile(
        rf"(?:[^\n]{{0,60}}?\([\w .،,/-]{{2,40}}\) *[-–—]+ *)?(?:و?{openings}[،,]? +|و?{impersonal} +(?={single('that')}))?"
    )


# Who wrote, where and for whom, at the head of a paragraph: نادر سالم - الساحل: …
_BYLINE = re.compile(r"[^\n:،.«\"“()]{3,60}?[-–—/][^\n:،.«\"“()]{1,40}: *")


def past_openers(article: Article, at: int, limit: int) -> int:
    """Where a sentence says something: past its dateline, كذلك، من جهة أخرى، وفي هذا السياق، يُذكر."""
    words, folded = article.words, article.folded
    if folded.find(":", at, at + _DATELINE) >= 0 and (not at or folded[at - 1] == "\n"):
        byline = _BYLINE.match(folded, at, limit)
        at = byline.end() if byline else at
    if not at or folded[at - 1] == "\n":
        at = _past_places(article, at, limit)
    first = words.at(at)
    opens = first < words.size and words.starts[first] == at and words.known[first].starts & OPENS
    if not opens and folded.find("(", at, at + _DATELINE) < 0:
        return at
    opened = _opening().match(folded, at, limit)
    return opened.end() if opened else at


_PART = re.compile(r"[^\n:،.«»\"“”()–—-]{2,30}?(?<=\S) ?[-–—] ?(?=\S)")  # of a dateline without brackets
_AGENCIES = frozenset(("media", "media_name", "acronym"))


def _past_places(article: Article, at: int, limit: int) -> int:
    """Past a dateline without brackets: a place, then media, each before a dash (الساحل - الدار - وكالات - …)."""
    words, begin = article.words, at
    first = words.at(at)
    if first == words.size or words.known[first].kind != "place":
        return at
    for part in range(_PARTS):
        match = _PART.match(article.folded, at, limit)
        if match is None:
            break
        named = words.known[words.at(at) : words.at(match.end())]
        at = match.end()
        if part and any(known.kind in _AGENCIES or "agencies" in known.lists for known in named):
            begin = at
    return begin


_PARTS = 4  # of the longest dateline


class Clause:
    """What stands before a cue in its sentence."""

    __slots__ = ("before", "comma", "free", "lead", "relative", "subject")

    def __init__(self, before: Word | None, lead: int, subject: Phrase | None, *, free: bool, relative: bool, comma: bool) -> None:
        self.before = before  # the word before
        self.free = free  # a clause can start at the cue
        self.relative = relative  # a relative pronoun opens the clause
        self.lead = lead  # where the conjunction before the cue stands, else the cue itself
        self.subject = subject  # the noun phrase that all words before the cue make up: the verb follows its subject
        self.comma = comma  # a comma opens the clause


def _after_break(folded: str, start: int, end: int) -> int:
    """The offset after the last comma, colon or dash in `start:end`; `start` where there is none."""
    for mark in _BREAKS:
        at = folded.rfind(mark, start, end)
        if at >= 0:
            start = at + 1
    return start


_OPENING: Final = 24  # characters: what opens a sentence may still end so far behind a cue


def read_clause(article: Article, hit: Hit, sentence_start: int) -> Clause:
    """What stands before a cue in its sentence."""
    end, mood = hit.start, hit.readings[0].mood
    if mood == "hal" or (hit.joined and mood != "noun"):
        # joined or accusative: neither a subject nor a conjunction before it
        return Clause(None, end, None, free=True, relative=False, comma=False)
    folded, known, starts = article.folded, article.words.known, article.words.starts
    begin = past_openers(article, sentence_start, end + _OPENING)
    opened = max(sentence_start, end - _BEFORE, begin if begin <= end else 0)
    start = _after_break(folded, opened, end)
    comma = start > opened
    first, last = article.words.at(start), hit.at
    if first >= last:
        return Clause(None, end, None, free=True, relative=False, comma=comma)
    before = known[last - 1]
    relative = any("relatives" in each.lists for each in known[max(first, last - 4) : last])
    lead = end
    for at in range(last - 1, max(first, last - 2) - 1, -1):
        if not known[at].lists.isdisjoint(_LEADS):
            lead = starts[at]
    if comma and known[first].spelled[0] == "و" and known[first].kind == "inner":
        lead = starts[first]  # …، وفي نهاية كلمته أكد: a clause of its own
    free = "openers" in before.lists or begin >= end
    if mood == "noun":
        return Clause(before, lead, None, free=free, relative=relative, comma=comma)
    # A subject before its verb: the clause's words up to the cue are one noun phrase.
    at, offset = first, starts[first]
    if folded[offset - 1 : offset] in _OPEN_MARKS and offset > sentence_start:
        offset -= 1
    while at < min(first + 3, last) and ("openers" in known[at].lists or (known[at].kind == "adverb" and not _governs(known[at]))):
        offset = article.words.ends[at]
        at += 1
    behind = last
    while behind > at and "bare_that" not in known[behind - 1].lists:
        behind -= 1
    if at < behind < last:  # وأفاد البيان بأن الوزير عبر عن: behind أن the subject comes first
        while behind < last - 1 and "before_numbers" in known[behind].lists:
            behind += 1  # أن نحو 83% من الناخبين يرون
        at, offset = behind, starts[behind]
    subject = None
    if at < last and not relative and "subordinators" not in before.lists:
        subject = read_phrase(article, offset, end)
        if subject and not (
            covers(article, subject, end)
            and can_speak(subject, folded)
            and _surely(article, subject, hit)
            and agrees(hit.readings[0], subject, folded)
        ):
            subject = None
    if subject is not None and comma and opened < start:
        subject = bearer_before(article, sentence_start, start, end) or subject
    free = free or subject is not None or not folded[offset:end].strip()
    return Clause(before, lead, subject, free=free, relative=relative, comma=comma)


def _governs(known: Word) -> bool:
    """Whether an adverb has a noun of its own behind it, so that what follows is no subject: وعن الإصابات قال."""
    if known.spelled[0] == "ب" and "demonstratives" in word(known.spelled[1:] or "-").lists:
        return True  # بهذه الكلمات أعلن
    return "leading_adverbs" in known.lists or (known.spelled[0] in "وف" and "leading_adverbs" in word(known.spelled[1:]).lists)


_LEADS: Final = frozenset(("conjunctions", "relatives"))
_COMMAS: Final = frozenset("،,")
_OPEN_MARKS: Final = frozenset('"“«')


def subject_first(article: Article, hit: Hit, sentence_start: int) -> bool:
    """Whether أما or the like opens the clause, after which the subject precedes even a verb with ف (أما الوزير فقال).

    A verb with و is the second of two (وكان الوزير قد امتدح الخطة وقال): what stands before it is the first one's object.
    """
    end, words = hit.start, article.words
    if hit.joined and words.known[hit.at].spelled[0] in "و":
        return False
    begin = past_openers(article, sentence_start, end + _OPENING)
    start = _after_break(article.folded, max(sentence_start, end - _BEFORE, begin if begin <= end else 0), end)
    first = words.at(start)
    return any(
        "subject_first" in words.known[at].lists and words.ends[at] <= start + 12 for at in range(first, min(first + 4, hit.at))
    )


_SOUND = ("ون", "ين")


def agrees(form: Form, phrase: Phrase, folded: str) -> bool:
    """Whether a noun phrase before a verb can be its subject, as far as the head tells a gender and a number."""
    if form.mood != "past" and form.mood != "present":
        return True
    kind = phrase.kind
    if form.number == "s" and phrase.number == "p" and phrase.head.endswith(_SOUND) and kind in {"people", "other"}:
        return False  # إن المتهمين يعتقد بأنهم: the passive
    if form.number == "p":
        return phrase.number == "p" or kind not in {"place", "media", "document"}
    if kind == "place":
        return form.gender == "f" or folded[phrase.name_start : phrase.name_end] in titles("masculine_places")
    if kind == "person" and phrase.role and phrase.number == "s":
        return form.gender == phrase.gender or word(phrase.head).kind != "role"
    if phrase.head[-1:] == "ه" and kind in {"body", "media", "document", "other"}:
        return form.gender == "f"
    if kind == "people" and phrase.number == "p" and form.number == "s" and form.gender == "m":
        return not phrase.head.endswith(("ون", "ين"))
    return True


def _surely(article: Article, phrase: Phrase, hit: Hit) -> bool:
    """A single unknown word before a form that is also a noun (فاز طالب) is more likely a verb than a name that nobody bears."""
    if "guard" not in hit.readings[0].flags or phrase.kind != "name" or phrase.quoted or phrase.name_end - phrase.name_start > 8:
        return True
    return word(article.folded[phrase.name_start : phrase.name_end]).kind == "given" or is_surname(article, phrase)


def covers(article: Article, phrase: Phrase, end: int) -> bool:
    """Whether only particles and adverbs stand between a phrase and an offset."""
    rest = article.folded[phrase.end : end].strip(' ،,-"“”«»')
    return not rest or all("openers" in word(each).lists or word(each).kind == "adverb" for each in rest.split())


def subject_before(article: Article, hit: Hit, clause: Clause, sentence_start: int) -> tuple[Phrase | None, int]:
    """A source before its verb, also as the antecedent of a relative clause, and where its clause starts."""
    folded, known = article.folded, article.words.known
    end, last = hit.start, hit.at
    if not clause.relative:
        had = _after_copula(article, hit, sentence_start)
        if had is not None:
            return had, had.start
    apart = _after_break(folded, max(sentence_start, end - _BEFORE), end)
    first = article.words.at(apart)
    if first < last and ("subordinators" in known[last - 1].lists or "that" in known[last - 1].lists):
        return None, hit.start
    while first < last and ("openers" in known[last - 1].lists or known[last - 1].kind == "adverb"):
        if "subjects" in known[last - 1].lists or "about_what" in known[last - 1].lists:
            return None, hit.start  # لكنه قال: the pronoun is the subject; ما ذكر أنه: no noun before it is
        last -= 1
        end = article.words.starts[last]
    if not folded[apart:end].strip(' "“”«»،,'):
        # Between commas: the source is the chunk before (ومن جهته، فلان، قال) or the antecedent before the comma.
        comma = apart - 1
        if comma < sentence_start:
            return None, hit.start
        if not clause.relative:
            phrase = _between_commas(article, sentence_start, comma)
            return phrase, phrase.start if phrase else hit.start
        end = comma
    form = None if clause.relative else hit.readings[0]
    if form is not None and folded[apart - 1 : apart] in _COMMAS and apart > sentence_start:
        bearer = bearer_before(article, sentence_start, apart, end)
        if bearer is not None:
            return bearer, bearer.start
    phrase, lead = _backward(article, max(sentence_start, end - _ANTECEDENT), end, hit.start, form)
    vague = phrase is not None and phrase.kind == "other" and not phrase.head.endswith("ي")
    if phrase and clause.relative and (vague or not _antecedent(article, hit) or _other_noun(article, hit, phrase)):
        return None, hit.start
    return phrase, lead


def _after_copula(article: Article, hit: Hit, sentence_start: int) -> Phrase | None:
    """The name behind كان that opens the sentence, where no other verb stands before the cue: وكان نادر سالم رئيس … قال."""
    words = article.words
    at = words.at(past_openers(article, sentence_start, hit.start))
    if at + 1 >= hit.at or "copulas" not in words.known[at].lists:
        return None
    phrase = read_phrase(article, words.ends[at], hit.start, strict=True)
    if (
        phrase is None
        or not phrase.named
        or phrase.kind not in {"person", "name"}
        or not agrees(hit.readings[0], phrase, article.folded)
    ):
        return None
    between = words.known[words.at(phrase.end) : hit.at]
    return None if any(known.kind in _CLAUSES or known.that or known.readings for known in between) else phrase


_CLAUSES = frozenset(("verb", "relative"))


def _between_commas(article: Article, sentence_start: int, comma: int) -> Phrase | None:
    """The source between two commas before a verb, or the name before them that it is a title of."""
    folded = article.folded
    chunk = max(sentence_start, folded.rfind("،", sentence_start, comma) + 1)
    phrase = read_phrase(article, chunk, comma)
    if phrase is None:
        return None
    if phrase.kind not in {"person", "name", "body", "media", "anonymous"}:
        return _apposed_to(article, sentence_start, chunk, comma, phrase) if phrase.kind == "other" and phrase.definite else None
    if folded[phrase.end : comma].strip(' "”»'):
        return None
    return phrase if phrase.named else _named_before(article, sentence_start, chunk, comma) or phrase


def _apposed_to(article: Article, sentence_start: int, chunk: int, comma: int, phrase: Phrase) -> Phrase | None:
    """The body before a description between commas: كتائب النور، الجناح العسكري للحركة، أكدت."""
    if phrase.end - phrase.start < 2 or chunk - sentence_start < 3:
        return None
    before = read_phrase(article, past_openers(article, sentence_start, chunk), chunk - 1)
    if before is None or before.kind not in {"body", "media"} or article.folded[before.end : chunk].strip(' "”»،,'):
        return None
    return before


def _named_before(article: Article, sentence_start: int, chunk: int, comma: int) -> Phrase | None:
    """The name before a title between commas: غير أن ريم سعد، مديرة المشفى، قالت."""
    folded, words = article.folded, article.words
    start = max(sentence_start, folded.rfind("،", sentence_start, max(sentence_start, chunk - 1)) + 1)
    last = words.at(chunk)
    for at in range(max(words.at(start), last - 6), last):
        if words.known[at].that or not words.known[at].lists.isdisjoint(_CLAUSAL):
            continue
        phrase = read_phrase(article, words.starts[at], comma)
        if phrase and phrase.named and not folded[phrase.end : comma].strip(' "”»'):
            return phrase
    return None


_CLAUSAL = frozenset(("openers", "conjunctions"))


def _antecedent(article: Article, hit: Hit) -> bool:
    """Whether the noun phrase before a relative pronoun is the subject of its verb: they agree in gender."""
    form = hit.readings[0]
    if form.number == "p":
        return True
    before = article.words.known[max(0, hit.at - 5) : hit.at]
    return any("feminine_relatives" in each.lists for each in before) == (form.gender == "f")


def _other_noun(article: Article, hit: Hit, phrase: Phrase) -> bool:
    """Whether a feminine body stands before a masculine relative, which then belongs to a noun in between: الهيئة الملف الذي."""
    if phrase.gender != "f" or phrase.kind not in {"body", "media", "document"} or phrase.number == "p":
        return False
    before = article.words.known[max(0, hit.at - 5) : hit.at]
    return any(known.kind == "relative" and "masculine_relatives" in known.lists for known in before)


_OPENING_KINDS = frozenset(
    (
        "role", "rank", "body", "media", "media_name", "document", "anonymous", "people", "place", "given", "definite", "bare",
        "number", "and", "acronym",
    )
)  # fmt: skip
_WANTING = frozenset(("role", "body", "media", "given", "compound"))  # a word after these is part of their phrase


_ENCLOSING = re.compile(r"[\"“«(]")


def _backward(article: Article, start: int, end: int, cue: int, form: Form | None) -> tuple[Phrase | None, int]:
    """The longest noun phrase that ends where the words before a verb end, and agrees with the verb.

    Without a `form` it is the antecedent of a relative pronoun, which need not.
    """
    folded, words, quotes = article.folded, article.words, article.by_start
    last = words.at(end)
    first = max(words.at(start), last - _STARTS)
    if first >= last:
        return None, cue
    if form is not None and word(words.known[first].spelled.lstrip("و") or "-").kind in {"inner", "adverb"}:
        return None, cue  # وحول موقف الحكومة قال: what a preposition leads in is the topic
    before, ended = "", first
    if not _ENCLOSING.search(folded, words.starts[first] - 1 if words.starts[first] else 0, end):
        # What starts before a verb ends before it.
        for at in range(last - 1, first - 1, -1):
            if words.known[at].kind in {"verb", "relative"} and "called" not in words.known[at].lists:
                ended = at
                break
    for at in range(first, last):
        gap, known, offset = words.gaps[at], words.known[at], words.starts[at]
        marked = gap != " " and gap[-1:] in _OPEN_MARKS
        if marked:
            marks = len(gap) - len(gap.rstrip('"“«'))
            if marks == len(gap):
                continue  # written on the word before
            offset -= marks
        kind, opens, elsewhere = known.kind, offset in quotes, False
        if marked and not opens:
            kind = ""
        elif not opens and kind in _OPENING_KINDS and not known.prefixed:
            opens = True
            offset += kind == "and" and known.spelled[0] in "وف"
        elif not opens and known.prefixed and not known.definite and kind in {"role", "people"}:
            opens = True
            offset += 1  # written on it
        if form is None and kind == "bare" and known.spelled[0] in "لب" and words.names_too(known.spelled[1:]):
            opens = elsewhere = True
            offset += 1  # تعليق لهاريس، الذي قال
        if opens and known.definite and at > first and gap.strip('"”» ') == "" and _attribute(known, words.known[at - 1], gap):
            opens = False
        if opens and form is None and at > first and (gap == " " or marked):
            opens = not describes_thing(known, words.known[at - 1], marked=marked)
        if opens and at >= ended and (at == first or before not in _WANTING):
            phrase = read_phrase(article, offset, end)
            if (
                phrase
                and not folded[phrase.end : end].strip(' ،,"”»-')
                and (elsewhere or can_speak(phrase, folded))
                and (form is None or agrees(form, phrase, folded))
            ):
                joined = folded[offset - 1 : offset] == "و" and not folded[offset - 2 : offset - 1].isalnum()
                return phrase, offset - joined
        before = "" if marked else kind
    return None, cue


def _attribute(known: Word, before: Word, gap: str) -> bool:
    """Whether a definite adjective belongs to the noun before it, so that no phrase starts with it: صحيفة «الدار» اليومية."""
    return known.bare in titles("adjectives") and (before.definite or gap != " ")


def _acts(name: str, start: int, folded: str) -> bool:
    """Whether an unknown word that stands only once looks like a verb before another: تجعلك تجزم، وكنت أعتقد."""
    if word(name).kind != "bare" or len(name) < _VERB:
        return False
    if name[0] == "و" and name[-1] == "ت":
        return True
    if name[0] not in "يت":
        return False
    end = start + len(name)
    return folded.find(name, max(0, start - _NEAR), start) < 0 and folded.find(name, end, end + _NEAR) < 0


_VERB, _NEAR = 4, 20_000  # letters of the shortest, and characters around it: the length of any article that is one
_OWNED = ("ها", "هم")


def can_speak(phrase: Phrase, folded: str) -> bool:
    """Whether a noun phrase before a verb can be who speaks, rather than what is spoken about."""
    kind = phrase.kind
    if folded[phrase.start : phrase.end].isdigit():
        return False  # للعام 2018 التي تعلن: a year
    if kind == "name":
        name = folded[phrase.name_start : phrase.name_end]
        if " " not in name:
            return name[-1] != "ا" and not _acts(name, phrase.name_start, folded)  # an accusative, not a name
        return phrase.quoted or word(name.split(maxsplit=1)[0]).kind == "given"
    if kind == "other":
        return len(phrase.role) <= 2 and not phrase.head.endswith(_OWNED)  # إطارها يكشف أن
    return kind != "thing"
