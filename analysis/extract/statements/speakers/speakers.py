"""Speakers: which person, body or text a source means, within one article.

In go the attributions of an article in order, out comes for each the fullest name the article knows. The `conversation` resolves
one source after the other; this module makes the sources, and looks back where a later one tells the name of an earlier.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.extract.statements.article import WHOLE
from analysis.extract.statements.sources.partners import partner_of
from analysis.extract.statements.sources.phrases import Phrase, read_phrase
from analysis.extract.statements.speakers.conversation import Conversation
from analysis.extract.statements.speakers.narration import Source
from analysis.extract.statements.vocabulary.listed import is_act, particles, titles
from analysis.text import fold_key

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article, Attribution
    from analysis.extract.statements.contents import Content
    from analysis.extract.statements.speakers.registry import Speaker

_NAMED_WITHIN = 5  # attributions behind a title within which its bearer is named
_PASSED_ON = 6  # characters at least between a verb and whom its medium quotes
_NEAR = 6  # attributions before one whose contents may lie in its sentence


def speakers(
    article: Article,
    attributions: Sequence[Attribution],
    contents: Sequence[Content | None],
    in_title: Sequence[bool],
    nested: set[int],
) -> list[str | None]:
    """The name of each attribution's speaker; None where the article does not tell."""
    phrases = [each.phrase for each in attributions if each.phrase and (each.frame != "silent" or each.phrase.named)]
    partners = [partner_of(article, each.phrase, each.phrase.end) if each.phrase else None for each in attributions]
    conversation = Conversation(article, [*phrases, *(each for each in partners if each is not None)])
    names: list[str | None] = []
    told: list[Speaker | None] = []
    open_titles: list[int] = []
    for place, each in enumerate(attributions):
        form, phrase, titled = each.form, each.phrase, in_title[place]
        medium = _medium(article, each) if (phrase and phrase.start - each.cue_end >= _PASSED_ON) or form.suffixed else None
        agrees = form.suffixed or (medium is None and form.mood in {"past", "present", "hal"})
        if phrase and phrase.role and phrase.gender == "m" and form.gender == "f" and form.mood == "present":
            agrees = False  # تأسف الفنان: a past in ت rather than her present
        if medium is not None and place not in nested:
            conversation.pass_on(medium)
        seek = each.seek
        if seek >= 0 and place and attributions[place - 1].cue_start >= seek:
            seek = -1  # somebody has spoken in this sentence already
        since = -1 if phrase or titled else _since(article, attributions, contents, place)
        within = place in nested or _aside(article, attributions, place)
        source = Source(
            phrase, form.gender, form.number, agrees, titled, within, seek, each.cue_start, since, form.mood == "hal",
            medium, _turned(article, each), partners[place], article.sentence(each.cue_start)[0], None,
        )  # fmt: skip
        if form.mood == "hal" and (conversation.told_by_others() or not conversation.goes_on(source)):
            source.within = _reported_subject(article, attributions, place)
        speaker = conversation.resolve(source)
        names.append(speaker.name if speaker else None)
        if titled and phrase and not phrase.named and not phrase.definite and phrase.kind in {"person", "anonymous"}:
            open_titles.append(place)
        elif open_titles and not titled:
            if speaker and speaker.kind == "person":
                for at in open_titles:
                    names[at] = speaker.name  # a headline's "مسؤول:" is the first person whom the article quotes
            open_titles = []
        told.append(speaker)
    for place, speaker in enumerate(told):
        if speaker is not None and not speaker.names and _is_person(speaker) and attributions[place].phrase:
            named = _named_next(article, attributions, told, place, nested)
            if named is not None:
                for later in range(place, len(told)):
                    if told[later] is not None and names[later] == speaker.name:
                        names[later] = named.name
    return names


def _aside(article: Article, attributions: Sequence[Attribution], place: int) -> bool:
    """Whether a source speaks in a relative clause of a sentence in which another has spoken (النفق الذي يشتبه الخبراء في أنه)."""
    this = attributions[place]
    if not (this.embedded and place and this.phrase and this.form.mood in _FINITE and this.phrase.start > this.cue_start):
        return False
    before = attributions[place - 1]
    return before.frame != "silent" and before.cue_start >= article.sentence(this.cue_start)[0]


_FINITE = frozenset(("past", "present"))


def _turned(article: Article, each: Attribution) -> bool:
    """Whether لكنه or لكنها stands before a cue: the pronoun is of the person whose act was reported last."""
    words = article.words
    at = words.at(each.cue_start)
    return each.phrase is None and at > 0 and words.gaps[at] == " " and not words.known[at - 1].lists.isdisjoint(_BUT)


_BUT = frozenset(("but_pronouns",))


def _named_next(
    article: Article, attributions: Sequence[Attribution], told: Sequence[Speaker | None], place: int, nested: set[int]
) -> Speaker | None:
    """Who a source is that has a title and no name, where the next to speak has a name and no title and is new to the article.

    So the press introduces somebody: أعلنت مديرة أعماله وفاته. وقالت سلمى هادي في بيان.
    """
    phrase = attributions[place].phrase
    for later in range(place + 1, min(place + _NAMED_WITHIN, len(told))):
        speaker, other = told[later], attributions[later].phrase
        if later in nested or other is None or speaker is None or speaker == told[place]:
            continue
        lead = (
            phrase is not None and not phrase.definite and other.kind in {"person", "name"} and place == _first_said(attributions)
        )
        if phrase is not None and not (lead or phrase.definite):
            return None  # مسؤول أميركي: somebody whom the article does not name
        full = len(speaker.names) > 1 or (len(speaker.names) == 1 and _goes_on(attributions[later]))
        titleless = full and (lead or not speaker.role) and speaker.kind in {"person", "name"}
        if phrase is None or not titleless or not (lead or other.kind in {"name", "document"}):
            return None
        body = article.folded.find("\n", 0, phrase.start) + 1  # the headline may have his name
        first = article.folded.find(" ".join(speaker.names), body, WHOLE)
        female = attributions[later].form.gender == "f" if other.kind == "name" else phrase.gender == "f"
        fits = female == (phrase.gender == "f") or phrase.head in titles("either_parent")
        family = phrase.head in titles("kin")  # والده has his surname
        unnamed = family or article.folded.find(speaker.names[-1], body, WHOLE) > phrase.end
        return speaker if fits and first >= phrase.end and unnamed else None
    return None


def _goes_on(this: Attribution) -> bool:
    """Whether a verb goes on with what was being said (وأضاف برهوش), so that a name that is new is that of who said it."""
    return this.form.mood in {"past", "present"} and fold_key(this.form.lemma) in particles("going_on")


def _is_person(speaker: Speaker) -> bool:
    return speaker.kind == "person" or (speaker.kind == "anonymous" and speaker.head in titles("officials"))


def _first_said(attributions: Sequence[Attribution]) -> int:
    """Which attribution is the article's lead: the first that is no headline's."""
    return next((place for place, each in enumerate(attributions) if each.frame != "headline"), -1)


def _reported_subject(article: Article, attributions: Sequence[Attribution], place: int) -> Phrase | None:
    """The person of whom the clause tells that was reported before a hal: أفاد البيان بأن الوزير ناقش …، مشيراً."""
    before = None
    for at in range(place - 1, -1, -1):
        if attributions[at].form.mood != "hal" and attributions[at].frame != "silent":
            before = attributions[at]
            break
    if before is None or before.frame != "that" or before.phrase is None:
        return None
    words = article.words
    start = words.ends[words.at(before.begin)]
    while article.folded[start : start + 1] in (" ", ":"):
        start += 1
    found = read_phrase(article, start, attributions[place].cue_start, strict=True)
    return found if found and found.kind in _REPORTED else None


_REPORTED = frozenset(("person", "other", "name", "body", "people"))


def _medium(article: Article, each: Attribution) -> Phrase | None:
    """The medium that passes on what an attribution's source said: نقلت الوكالة عن المدير قوله، ذكرت الصحيفة نقلاً عن مصدر."""
    phrase, words = each.phrase, article.words
    if phrase is None or each.frame == "according" or each.form.mood == "hal":
        return None
    start = each.cue_end
    if each.form.mood == "noun":
        if not each.form.suffixed or not each.lead < phrase.start < each.cue_start:
            return None
        start = words.ends[words.at(each.lead)]
    elif phrase.start - start < _PASSED_ON:
        return None
    before = words.known[max(0, words.at(phrase.start) - 1)]
    passed = "passes_on" in before.lists or before.spelled == each.form.through
    return read_phrase(article, start, phrase.start, strict=True) if passed else None


def _elides(article: Article, start: int) -> bool:
    """Whether a sentence of the narrator's goes on with the subject of the one before: وركزت في لقاءاتها على …"""
    words = article.words
    at = words.at(start)
    if at + 1 >= words.size or words.known[at].spelled[0] != "و" or words.gaps[at + 1] != " ":
        return False
    verb, following = words.known[at], words.known[at + 1]
    finite = is_act(verb.spelled[1:]) or (verb.joined and verb.readings[0].mood in {"past", "present"})
    return finite and (following.kind in _ADVERBIAL or following.prefixed)


_ADVERBIAL, _MORE = frozenset(("inner", "adverb")), 2  # sentences at most that go on so


def _since(article: Article, attributions: Sequence[Attribution], contents: Sequence[Content | None], place: int) -> int:
    """From where on the narrator's own words may name the subject of an elided source.

    That is the sentence's start, or the end of what was last said in it; a hal that opens a sentence hangs on the one before, and
    so does a verb that begins to report: قدّم النائب العزاء. وقال: …
    """
    this = attributions[place]
    start = article.sentence(this.cue_start)[0]
    opens = this.cue_start - start < 4 and start > 2
    if opens and (this.form.mood == "hal" or (this.joined and fold_key(this.form.lemma) not in particles("going_on"))):
        start = article.sentence(start - 2)[0]
        for _ in range(_MORE):
            if this.form.mood == "hal" or start < 3 or not _elides(article, start):
                break
            start = article.sentence(start - 2)[0]
    for before in range(max(0, place - _NEAR), place):
        other, content = attributions[before], contents[before]
        if other.cue_start >= start:
            start = max(start, content[1] if content else max(other.cue_end, other.phrase.end if other.phrase else 0))
    return start
