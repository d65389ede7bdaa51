"""The narrator's subjects: who an elided source is, where the article's own words name somebody and nobody has spoken since.

In go a `Source` without a phrase and the `Registry`, out comes the `Speaker` whom a verb of the narrator's has as its subject
(التقى الوزير السفير، ثم ألقى العميد كلمة، مؤكداً أن …), or None.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from analysis.extract.statements.cues.clauses import past_openers
from analysis.extract.statements.sources.names import with_object
from analysis.extract.statements.sources.phrases import Phrase, read_phrase
from analysis.extract.statements.sources.reading import PERSON
from analysis.extract.statements.vocabulary.kinds import NOUN_SHAPE
from analysis.extract.statements.vocabulary.listed import is_act, single, titles

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article
    from analysis.extract.statements.speakers.registry import Registry, Speaker
    from analysis.extract.statements.vocabulary.words import Word

Explicit = Callable[["Phrase"], "Speaker"]
_HAD = single("had")
_VERB_WITHIN = 5  # words of a clause among which its verb stands
_LEADS = 3  # sentences at the start in which the narrator names whom the article is about
_SUBJECT, _NARRATED = 90, 400  # characters in which the narrator's subject is sought: of the sentence, before the first speaker


class Source:
    """A source as found: its phrase (None where the sentence leaves it out) and the grammar that its verb asks for."""

    __slots__ = (
        "agrees", "at", "gender", "hal", "in_title", "medium", "nested", "number", "partner", "phrase", "seek", "sentence",
        "since", "turned", "within",
    )  # fmt: skip

    def __init__(
        self, phrase: Phrase | None, gender: str, number: str, agrees: bool, in_title: bool, nested: bool, seek: int, at: int,
        since: int, hal: bool, medium: Phrase | None, turned: bool, partner: Phrase | None, sentence: int, within: Phrase | None,
    ) -> None:  # fmt: skip
        self.phrase, self.gender, self.number = phrase, gender, number
        self.agrees = agrees  # whether gender and number are the verb's own, rather than unknown
        self.in_title = in_title
        self.nested = nested  # inside another's content: such a speaker is not carried on
        self.seek = seek  # where to start to look for the subject of an elided source; -1 where not to
        self.at = at  # where the cue stands
        self.since = since  # from where on the narrator may have named the subject of an elided source; -1 where not to look
        self.hal = hal  # whether the cue is a hal, which hangs on the nearest verb
        self.medium = medium  # who passes on what the source says
        self.turned = turned  # whether a pronoun stands before the cue, which is of whom was told last (لكنها أكدت)
        self.partner = partner  # who speaks together with the phrase's person
        self.sentence = sentence  # where its sentence starts
        self.within = within  # before a hal, the subject of the clause that was reported last (قال البيان إن الوزير ناقش …، مشيراً)


def agree(speaker: Speaker, source: Source) -> bool:
    """Whether a speaker can be whom an elided source means, as far as its verb tells."""
    if source.number in {"p", "d"}:
        return speaker.number == "p" or speaker.kind in {"people", "anonymous"}
    if speaker.number == "p" and speaker.kind == "people":
        return False
    return not speaker.gender or speaker.gender == source.gender


class Narration:
    """The narrator's own clauses in one article.

    `explicit`, handed to each question, tells the speaker whom a phrase names. It is not kept: it belongs to the conversation,
    which keeps this, and a ring of the two would hold every article's data until the cycle collector comes.
    """

    def __init__(self, article: Article, registry: Registry) -> None:
        self.article, self.registry = article, registry

    def narrator(self, source: Source, since: int, explicit: Explicit) -> Speaker | None:
        """The subject of the narrator's last verb `since` an offset before an elided source.

        التقى الوزير السفير، ثم ألقى العميد كلمة، مؤكداً
        """
        words, found = self.article.words, None
        first, last = words.at(since), words.at(source.at)
        for at in range(first, last):
            known, gap = words.known[at], words.gaps[at]
            begins = at == first and (gap != " " or known.spelled[0] in _AND)  # not within a title that was read in part
            opens = begins or (gap != " " and gap[:1] in _COMMAS) or (known.lists and "as_well" in known.lists)
            if not opens and not (source.hal and known.spelled[-1] in _PRONOUNS and with_object(known.spelled)):
                continue
            if self.article.inside_speech(words.starts[at]):
                continue
            if opens:
                found = self._verb_subject(past_openers(self.article, words.starts[at], source.at), source) or found
            else:
                found = self._subject_of(at, source, known=True) or found  # في مؤتمر عقده سالم أمس، محذراً
        if found is None:
            return None
        speaker = explicit(found)
        return speaker.but(gender=source.gender) if found.kind == "name" and source.number == "s" else speaker

    def _verb_subject(self, start: int, source: Source) -> Phrase | None:
        """The subject that follows a verb at the start of a clause and agrees with an elided source, if it can be told."""
        words = self.article.words
        first, last = words.at(start), words.at(source.at)
        if first + 1 < last and "copulas" in words.known[first].lists:
            had = self._had_done(first, last, source)
            if had is not None:
                return had
        while first < last and not words.known[first].lists.isdisjoint(_JOINING):
            first += 1  # ثم ألقى العميد كلمة، كما استظهر فلان بوثيقة
        if self._topic(first):
            return None
        for at in range(first, min(first + _VERB_WITHIN, last)):
            known = words.known[at]
            verb = _finite_form(known) or (self._before_name(at, source) if at == first else "")
            if not verb and (at > first or known.kind not in {"bare", "verb"}):
                if known.kind in {"relative", "verb"}:
                    return None
                continue
            phrase = self._subject_of(at, source)
            feminine = known.spelled.lstrip("وف")[:1] == "ت" if verb == "present" else known.spelled[-1] == "ت"
            if phrase is not None and self.article.folded.startswith(":", phrase.end):
                return None  # كتب فلان: a byline
            if phrase is None or (phrase.kind != "name" and phrase.number == "s" and feminine != (phrase.gender == "f")):
                return None
            if not source.agrees:
                return phrase
            if source.number == "p":
                return phrase if phrase.number == "p" or phrase.kind == "people" else None
            return phrase if feminine == (source.gender == "f") else None
        return None

    def _had_done(self, copula: int, last: int, source: Source) -> Phrase | None:
        """The subject between كان and قد or its verb, which agrees with an elided source: وكان سالم قد امتدح الخطة وقال."""
        words = self.article.words
        phrase = read_phrase(self.article, words.ends[copula], source.at, strict=True)
        if phrase is None or phrase.kind not in _SAYING or phrase.number == "p":
            return None
        feminine = words.known[copula].spelled[-1] == "ت"
        following = words.after(phrase.end)
        acted = phrase.named and is_act(following.spelled) and feminine == (following.spelled[-1] == "ت")  # وكانت سلمى عقدت اجتماعاً
        if not (following.spelled == _HAD or acted) or words.at(phrase.end) >= last:
            return None
        return phrase if not source.agrees or feminine == (source.gender == "f") else None

    def _before_name(self, at: int, source: Source) -> str:
        """A past of no list that opens a sentence, as a title and a full name follow it: وتأسف الفنان نادر الحلبي."""
        words = self.article.words
        known, following = words.known[at], words.next(at)
        if known.kind != "bare" or known.spelled[-1] == "ه" or NOUN_SHAPE.match(known.bare.lstrip("و")):
            return ""
        if following.kind not in PERSON or not following.definite or words.gaps[at] == " ":
            return ""
        phrase = read_phrase(self.article, words.ends[at], source.at, strict=True)
        return "past" if phrase is not None and phrase.named and phrase.kind == "person" else ""

    def _subject_of(self, at: int, source: Source, *, known: bool = False) -> Phrase | None:
        """The noun phrase right after a verb, if it can be its subject; `known` asks that it be the name of one in the article."""
        words = self.article.words
        following = words.next(at)
        if known and (following.kind not in {"bare", "definite"} or self.registry.person((following.spelled,)) is None):
            return None
        if known and following.kind == "bare":
            return read_phrase(self.article, words.ends[at], source.at, strict=True)
        surname = following.kind == "definite" and self._known_surname(following.spelled)
        if following.prefixed or (following.kind not in _SUBJECTS and not surname):
            return None
        phrase = read_phrase(self.article, words.ends[at], source.at, strict=True)
        if phrase is None or (phrase.kind not in _SAYING and not surname) or _occasion(phrase):
            return None
        if phrase.kind == "name" and not phrase.quoted and following.kind != "given":
            names = self.registry.names(phrase)
            full = following.kind == "compound" and len(names) > 2  # عبد الرحمن الخليفي
            return phrase if full or self.registry.person(names) is not None else None
        return phrase

    def _known_surname(self, spelled: str) -> bool:
        """Whether a definite word that no list knows is the surname of somebody in the article."""
        return self.registry.person((spelled,)) is not None or self.registry.widen((spelled,)) is not None

    def subject(self, source: Source, explicit: Explicit) -> Speaker | None:
        """The subject of the narrator's verb in the same sentence (كسر الوزير صمته حين نفى …), if it can be told."""
        words = self.article.words
        first = words.at(source.seek)
        if self._topic(first):
            return None
        last = min(words.at(min(source.at, source.seek + _SUBJECT)), first + 6)
        for at in range(first, last):
            known = words.known[at]
            if known.kind == "inner" or known.prefixed or self.article.inside_speech(words.starts[at]):
                break
            if known.kind in _SPEAKING:
                return self._narrators(source, words.starts[at], explicit)
            if at == first + 1 and known.kind == "bare" and not _finite_form(known) and words.known[first].kind in {"bare", "verb"}:
                phrase = read_phrase(self.article, words.starts[at], source.at, strict=True)
                if phrase and phrase.kind == "name" and phrase.role and not phrase.quoted:
                    return explicit(phrase).but(gender=source.gender)  # بدت ريم سعد، مديرة المشفى، …
            if at > first and known.kind in {"bare", "definite"}:
                person = self.registry.person((known.spelled,))
                if person is not None and agree(self.registry.people[person], source):
                    return self.registry.people[person]
        return None

    def _topic(self, at: int) -> bool:
        """Whether what a clause is about stands first in it, so that its first noun is no subject: وعن الإصابات، وفيما يخص …"""
        words = self.article.words
        known = words.known[at] if at < words.size else None
        if known is None:
            return False
        return "topics" in known.lists or ("leads_topic" in known.lists and "topics" in words.next(at).lists)

    def _narrators(self, source: Source, start: int, explicit: Explicit) -> Speaker | None:
        """The speaker that a noun phrase of the narrator's names, if verb and phrase agree."""
        phrase = read_phrase(self.article, start, source.at, strict=True)
        if phrase is None or phrase.kind not in {"person", "body", "media", "people", "name", "anonymous", "place"}:
            return None
        if _occasion(phrase):
            return None
        speaker = explicit(phrase)
        if phrase.kind == "name" and source.number == "s":
            return speaker.but(gender=source.gender)  # no title tells whether she or he is meant; the verb does
        return speaker if not source.agrees or agree(speaker, source) else None

    def narrated(self, source: Source, explicit: Explicit) -> Speaker | None:
        """Before anybody has spoken: the first body, text or person that the narrator made a subject."""
        for stop in [-1, *self.article.stops[:_LEADS]]:
            if stop + 1 < source.at:
                found = self._verb_subject(past_openers(self.article, stop + 1, source.at), source)
                if found is not None and found.kind in {"person", "body", "name"}:
                    return explicit(found)
        starts = self._subjects
        for start in starts[bisect_left(starts, source.at - _NARRATED) : bisect_left(starts, source.at)]:
            phrase = read_phrase(self.article, start, source.at, strict=True)
            if phrase and phrase.kind in {"person", "body", "media"} and not _occasion(phrase):
                speaker = explicit(phrase)
                if not source.agrees or agree(speaker, source):
                    return speaker
        return None

    @cached_property
    def _subjects(self) -> list[int]:
        """Where a definite body, text or office stands that the narrator may have made a subject."""
        words = self.article.words
        return [
            start
            for start, known in zip(words.starts, words.known, strict=False)
            if known.definite and not known.prefixed and known.kind in {"media", "body", "rank", "role"}
        ]


_COMMAS = frozenset("،,؛")
_PRONOUNS, _AND = frozenset("هام"), frozenset("وف")
_JOINING = frozenset(("conjunctions", "openers", "as_well"))
_SAYING = frozenset(("person", "body", "media", "people", "name", "document", "anonymous"))
_SUBJECTS = frozenset(
    (
        "role", "rank", "body", "media", "given", "people", "place", "acronym", "media_name", "honour", "compound", "anonymous",
        "document",
    )
)  # fmt: skip


def _occasion(phrase: Phrase) -> bool:
    """Whether a body is where somebody speaks rather than who does: المؤتمر الصحفي."""
    return phrase.kind == "body" and phrase.head in titles("events")


def _finite_form(known: Word) -> str:
    """Which finite form of a verb that opens a clause a word is: past, present, or empty for none that is known."""
    if known.readings and known.readings[0].mood in {"past", "present"}:
        return known.readings[0].mood
    for spelled in (known.spelled, known.spelled[1:]) if known.spelled[0] in "وف" else (known.spelled,):
        if is_act(spelled):
            return "present" if spelled[0] == "ي" and len(spelled) > 4 else "past"
    return ""


_SPEAKING = frozenset(("acronym", "role", "rank", "media", "body", "given", "people", "anonymous", "place"))
