"""Speakers: which person, body or text a source means, within one article.

In go the attributions of an article in order, out comes for each the fullest name the article knows: the `registry` knows who is
who, this module what a definite head points back to, and who an elided source or a pronoun is: the last speaker whose gender and
number agree with the verb.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from analysis.extract.statements.clauses import past_openers
from analysis.extract.statements.names import with_object
from analysis.extract.statements.phrases import Phrase, read_phrase
from analysis.extract.statements.registry import Registry, Speaker, contains, office, origin_of
from analysis.extract.statements.words import Word, is_act, particles, titles, word
from analysis.text import fold_key

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article, Attribution
    from analysis.extract.statements.contents import Content

_NAMED_WITHIN = 5  # attributions behind a title within which its bearer is named
_PASSED_ON = 6  # characters at least between a verb and whom its medium quotes
_RECENT = 100  # speakers back to which a role or a head may point
_NEAR = 6  # attributions before one whose contents may lie in its sentence
_VERB_WITHIN = 5  # words of a clause among which its verb stands
_LATTER = 40  # words back to the person whom الأخير means
_LAST = 8  # speakers among whom an elided source is sought
_SUBJECT, _NARRATED = 90, 400  # characters in which the narrator's subject is sought: of the sentence, before the first speaker


class Source(NamedTuple):
    """A source as found: its phrase (None where the sentence leaves it out) and the grammar that its verb asks for."""

    phrase: Phrase | None
    gender: str
    number: str
    agrees: bool  # whether gender and number are the verb's own, rather than unknown
    in_title: bool
    nested: bool  # inside another's content: such a speaker is not carried on
    seek: int  # where to start to look for the subject of an elided source; -1 where not to
    at: int  # where the cue stands
    since: int  # from where on the narrator may have named the subject of an elided source; -1 where not to look
    hal: bool  # whether the cue is a hal, which hangs on the nearest verb


def speakers(
    article: Article,
    attributions: Sequence[Attribution],
    contents: Sequence[Content | None],
    in_title: Sequence[bool],
    nested: set[int],
) -> list[str | None]:
    """The name of each attribution's speaker; None where the article does not tell."""
    phrases = [each.phrase for each in attributions if each.phrase and (each.frame != "silent" or each.phrase.named)]
    conversation = _Conversation(article, phrases)
    names: list[str | None] = []
    told: list[Speaker | None] = []
    open_titles: list[int] = []
    for place, each in enumerate(attributions):
        form, phrase, titled = each.form, each.phrase, in_title[place]
        medium = _medium(article, each) if phrase else None
        agrees = form.suffixed or (medium is None and form.mood in {"past", "present", "hal"})
        if medium is not None and place not in nested:
            conversation.pass_on(medium)
        seek = each.seek
        if seek >= 0 and place and attributions[place - 1].cue_start >= seek:
            seek = -1  # somebody has spoken in this sentence already
        since = -1 if phrase or titled else _since(article, attributions, contents, place)
        source = Source(
            phrase, form.gender, form.number, agrees, titled, place in nested, seek, each.cue_start, since, form.mood == "hal"
        )
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
        if speaker is not None and not speaker.names and speaker.kind == "person" and attributions[place].phrase:
            named = _named_next(article, attributions, told, place, nested)
            if named is not None:
                for later in range(place, len(told)):
                    if told[later] is not None and names[later] == speaker.name:
                        names[later] = named.name
    return names


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
        titleless = len(speaker.names) > 1 and not speaker.role and speaker.kind in {"person", "name"}
        if phrase is None or not titleless or (other.kind != "name" and other.kind != "document"):
            return None
        first = article.folded.find(" ".join(speaker.names))
        female = attributions[later].form.gender == "f" if other.kind == "name" else phrase.gender == "f"
        fits = female == (phrase.gender == "f") or phrase.head in titles("either_parent")
        return speaker if fits and first >= phrase.end and article.folded.find(speaker.names[-1]) > phrase.end else None
    return None


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
    return read_phrase(article, start, phrase.start, strict=True) if "passes_on" in before.lists else None


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
    for before in range(max(0, place - _NEAR), place):
        other, content = attributions[before], contents[before]
        if other.cue_start >= start:
            start = max(start, content[1] if content else max(other.cue_end, other.phrase.end if other.phrase else 0))
    return start


class _Conversation:
    """Who has spoken so far in an article; asked for each source in order."""

    def __init__(self, article: Article, phrases: Sequence[Phrase]) -> None:
        self.article = article
        self.registry = Registry(article, phrases)
        self.history: list[Speaker] = []
        self.inner: Speaker | None = None  # the person whom the last speaker in turn quotes
        self.headline: Speaker | None = None  # whom a headline names, while nobody else has spoken

    def resolve(self, source: Source) -> Speaker | None:
        """The speaker of a source; None where the article does not tell."""
        speaker = self._explicit(source.phrase) if source.phrase else self._elided(source)
        if speaker is None:
            return None
        if (
            source.phrase
            and source.agrees
            and source.number == "s"
            and speaker.kind == "person"
            and speaker.gender != source.gender
            and source.phrase.kind != "document"
        ):
            speaker = speaker._replace(gender=source.gender)  # the verb knows whether she or he speaks
        if source.in_title:
            self.headline = speaker
        elif not source.nested:
            self.history.append(speaker)
            self.inner = None
        elif source.phrase and speaker.kind == "person":
            self.inner = speaker
        return speaker

    def pass_on(self, medium: Phrase) -> None:
        """Note a medium that passes on what somebody else says: it may be who goes on (نقلت الوكالة عن المدير …، وأضافت)."""
        if medium.kind in {"media", "body", "person", "name"}:
            self.history.append(self._explicit(medium))

    # Named or described

    def _explicit(self, phrase: Phrase) -> Speaker:
        registry, kind = self.registry, phrase.kind
        if phrase.quoted and kind == "name" and phrase.head in registry.aliases:
            return registry.aliases[phrase.head]
        if phrase.named and kind in {"person", "name", "people"}:
            return self._named(phrase)
        if kind == "document":
            issuer = registry.issuer(phrase)
            if issuer is not None:
                speaker = self._explicit(issuer)
                return speaker if speaker.role or not speaker.names else speaker._replace(gender="")  # her statement or his
        if kind == "place":
            country = registry.country(phrase)
            if country is not None:
                return registry.plain(phrase)._replace(name=country)
        if kind == "other" and "latter" in word(phrase.head).lists:
            return self._latter(phrase) or registry.plain(phrase)
        found = self._surname(phrase) or self._back(phrase)
        if found is None and kind in {"person", "other"}:
            found = self._by_role(phrase) or self._just_heard(phrase)
        if found is None and kind in {"body", "other"}:
            found = self._ministry(phrase)
        if found is None and kind in {"body", "media"}:
            found = self._body(phrase)
        return found or registry.plain(phrase)

    def _named(self, phrase: Phrase) -> Speaker:
        registry = self.registry
        names = registry.names(phrase)
        at = registry.person(names)
        if at is None:
            at = registry.surnamed(names)
            if at is not None:
                return registry.people[at]
        person = registry.people[at] if at is not None else None
        if person is None or len(person.names) == 1:
            titled = registry.titled(phrase)
            if titled is not None:
                return titled
        if person is None or len(person.names) == 1 or (len(names) == 2 and len(person.names) == 2 and _foreign(names)):
            person = registry.widen(names) or person
        return person or Speaker(
            self.article.doc.surface(phrase.name_start, phrase.name_end),
            phrase.kind, phrase.gender, phrase.number, names, phrase.head, phrase.role,
        )  # fmt: skip

    def _surname(self, phrase: Phrase) -> Speaker | None:
        """The person whose surname a phrase is that has no name by its shape: الرئيس الأسد, الأسد."""
        registry, role = self.registry, phrase.role
        if phrase.kind == "person" and not phrase.named and len(role) == 2 and word("ال" + phrase.head).kind == "rank":
            words = self.article.words
            last = words.known[words.at(phrase.end) - 1]
            if last.spelled[:2] != "ال" or last.spelled[2:] not in role:
                return None
            person = registry.person((last.spelled,))
            if person is not None:
                return registry.people[person]
            return registry.widen((last.spelled,)) if last.kind == "definite" else None
        if phrase.kind != "other" or (len(role) != 1 and not self._titled_after(phrase)):
            return None
        for name in (phrase.head, "ال" + phrase.head):
            person = registry.person((name,))
            if person is not None:
                return registry.people[person]
        return registry.widen(("ال" + phrase.head,))

    def _titled_after(self, phrase: Phrase) -> bool:
        """Whether a title follows the first word of a phrase: الهادي طبيب العيون."""
        words = self.article.words
        return words.next(words.at(phrase.start)).kind in {"role", "rank"}

    def _recent(self) -> Iterator[Speaker]:
        return reversed(self.history[-_RECENT:])

    def _back(self, phrase: Phrase) -> Speaker | None:
        """What a definite head without a name points back to: المصدر، الصحيفة، البيان، المسؤولون."""
        if not phrase.definite:
            return None
        head, alone = office(phrase.head), len(_telling(phrase)) == 1
        alike = _family(head)
        for speaker in self._recent():
            if speaker.head in alike and (alone or phrase.role <= speaker.role):
                return speaker
        lists = word(head).lists
        if alone and "unnamed" in lists:
            introduced = self.registry.introduced(phrase)
            if introduced is not None:
                return introduced
        if alone and phrase.kind == "media":
            nearest = self.registry.nearest(phrase)
            if nearest is not None:
                return nearest
        if self.history and ("any_text" in lists or (alone and "unnamed" in lists)):
            return self._source_of(lists)
        if alone and "any_medium" in lists:
            return next((speaker for speaker in self._recent() if speaker.kind == "media"), None)
        return None

    def _source_of(self, lists: frozenset[str]) -> Speaker:
        """Whom "the source" or "the statement" means that no source or statement before explains: who spoke last."""
        if "unnamed" in lists:
            return next((each for each in self._recent() if each.kind != "document"), self.history[-1])
        return self.history[-1]

    def _latter(self, phrase: Phrase) -> Speaker | None:
        """The person whom the article has named last before الأخير."""
        words = self.article.words
        at = words.at(phrase.start)
        for before in range(at - 1, max(-1, at - _LATTER - 1), -1):
            known = words.known[before]
            for spelled in (known.spelled, known.spelled[1:]) if known.spelled[0] in "لبوف" else (known.spelled,):
                person = self.registry.person((spelled,)) if len(spelled) > 2 else None
                if person is not None:
                    found = self.registry.people[person]
                    return found if found.gender == phrase.gender else None
        return None

    def _just_heard(self, phrase: Phrase) -> Speaker | None:
        """Who a general title means that the article gives nobody: the person who spoke last (المتحدث ذاته، الخبير الأمني)."""
        if not phrase.definite or "deictic" not in word(phrase.head).lists:
            return None
        if any(each != phrase.head and not each.endswith(_NISBA) for each in _telling(phrase)):
            return None
        last = next((each for each in self._recent() if each.kind in {"person", "name"}), None)
        return last if last is not None and last.names and last.gender == phrase.gender else None

    def _ministry(self, phrase: Phrase) -> Speaker | None:
        """The ministry that goes by its field alone: النفط تعلن، where the article has وزارة النفط."""
        return self.registry.ministry(phrase.head) if phrase.definite and len(phrase.role) == 1 else None

    def _by_role(self, phrase: Phrase) -> Speaker | None:
        """The person whose title a role repeats: among the speakers, else where the article introduces somebody with it."""
        head, role = office(phrase.head), _telling(phrase)
        if phrase.definite or len(role) > 2:
            for people in (self._recent(), self.registry.people[:_RECENT]):
                for person in people:
                    holds = person.head == head or (phrase.kind == "person" and head in map(office, person.role))
                    if person.names and holds and contains(person.role, role):
                        return person
        found = self.registry.introduced(phrase) if phrase.definite or len(role) > 1 else None
        return found or self._by_adjective(phrase)

    def _by_adjective(self, phrase: Phrase) -> Speaker | None:
        """The one person who shares a title but for where they are from: المدير الفني لمنتخب …، المدير الفني الأرجنتيني."""
        if not phrase.definite:
            return None
        head, role = office(phrase.head), phrase.role
        last = next((person for person in self._recent() if person.names and person.head == head), None)
        alike = [last] if last else [each for each in self.registry.people[:_RECENT] if each.names and each.head == head]
        if len(alike) != 1 or not all(each in alike[0].role or each.endswith(_NISBA) for each in role):
            return None
        return alike[0]

    def _body(self, phrase: Phrase) -> Speaker | None:
        """The full form of a shortened body."""
        alone = len(_telling(phrase)) == 1
        if phrase.definite or not alone:
            full = self.registry.body(office(phrase.head), phrase.role)
            if full is not None:
                return full._replace(gender=phrase.gender)
        if phrase.definite and not alone and all(each == phrase.head or each.endswith(_NISBA) for each in _telling(phrase)):
            return self._by_origin(phrase)
        return self.registry.introduced(phrase) if phrase.definite and alone else None

    def _by_origin(self, phrase: Phrase) -> Speaker | None:
        """The last body with the head of a phrase that says no more than where it is from: الصحيفة الأميركية، المعهد السويدي."""
        head, origin = office(phrase.head), {origin_of(each) for each in phrase.role if each != phrase.head}
        for speaker in self._recent():
            if speaker.head == head and speaker.kind == phrase.kind and not speaker.names:
                nisbas = {origin_of(each) for each in speaker.role if each.endswith(_ORIGINS)}
                if nisbas and not nisbas & origin:
                    continue  # الحكومة اللبنانية is not الحكومة السورية
                return speaker if speaker.role != phrase.role else None
        found = self.registry.introduced(phrase)
        return found if found is not None and not found.name.startswith(_ARTICLE) else None

    # Left out

    def _elided(self, source: Source) -> Speaker | None:
        if 0 <= source.since < source.at:
            subject = self._narrator(source)
            if subject is not None:
                return subject
        if source.hal and self.inner and self._from_within(self.inner, source):
            return self.inner  # وأفاد البيان بأن الرئيس عبّر عن …، مشيراً: a text does not point out
        if source.seek >= 0:
            subject = self._subject(source)
            if subject is not None:
                return subject
        for speaker in reversed(self.history[-_LAST:]):
            if not source.agrees or _agree(speaker, source):
                return speaker
        if self.history:
            return self.history[-1]
        return self.headline or self._narrated(source)

    def _from_within(self, inner: Speaker, source: Source) -> bool:
        """Whether a hal hangs on whom the last speaker quotes: that one agrees, and the speaker is a text or does not."""
        if not self.history or not _agree(inner, source):
            return False
        return self.history[-1].kind in _MOUTHPIECES or not _agree(self.history[-1], source)

    def _narrator(self, source: Source) -> Speaker | None:
        """The subject of the narrator's last verb before an elided source: التقى الوزير السفير، ثم ألقى العميد كلمة، مؤكداً."""
        words, found = self.article.words, None
        first, last = words.at(source.since), words.at(source.at)
        for at in range(first, last):
            if self.article.inside_speech(words.starts[at]):
                continue
            if source.hal and with_object(words.known[at].spelled):
                found = self._subject_of(at, source, known=True) or found  # في مؤتمر عقده سالم أمس، محذراً
            if at == first or words.gaps[at][:1] in _COMMAS or "as_well" in words.known[at].lists:
                found = self._verb_subject(past_openers(self.article, words.starts[at], source.at), source) or found
        if found is None:
            return None
        speaker = self._explicit(found)
        return speaker._replace(gender=source.gender) if found.kind == "name" and source.number == "s" else speaker

    def _verb_subject(self, start: int, source: Source) -> Phrase | None:
        """The subject that follows a verb at the start of a clause and agrees with an elided source, if it can be told."""
        words = self.article.words
        first, last = words.at(start), words.at(source.at)
        while first < last and not words.known[first].lists.isdisjoint(_JOINING):
            first += 1  # ثم ألقى العميد كلمة، كما استظهر فلان بوثيقة
        if self._topic(first):
            return None
        for at in range(first, min(first + _VERB_WITHIN, last)):
            known = words.known[at]
            verb = _finite_form(known)
            if not verb and (at > first or known.kind not in {"bare", "verb"}):
                if known.kind in {"relative", "verb"}:
                    return None
                continue
            phrase = self._subject_of(at, source)
            feminine = known.spelled.lstrip("وف")[:1] == "ت" if verb == "present" else known.spelled[-1] == "ت"
            if phrase is None or (phrase.kind != "name" and phrase.number == "s" and feminine != (phrase.gender == "f")):
                return None
            if not source.agrees:
                return phrase
            if source.number == "p":
                return phrase if phrase.number == "p" or phrase.kind == "people" else None
            return phrase if feminine == (source.gender == "f") else None
        return None

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
        if phrase is None or (phrase.kind not in _SAYING and not surname):
            return None
        if phrase.kind == "name" and not phrase.quoted and following.kind != "given":
            return phrase if self.registry.person(self.registry.names(phrase)) is not None else None
        return phrase

    def _known_surname(self, spelled: str) -> bool:
        """Whether a definite word that no list knows is the surname of somebody in the article."""
        return self.registry.person((spelled,)) is not None or self.registry.widen((spelled,)) is not None

    def _subject(self, source: Source) -> Speaker | None:
        """The subject of the narrator's verb in the same sentence (كسر الوزير صمته حين نفى …), if it can be told."""
        words = self.article.words
        first = words.at(source.seek)
        if self._topic(first):
            return None
        last = min(words.at(min(source.at, source.seek + _SUBJECT)), first + 6)
        for at in range(first, last):
            known = words.known[at]
            if known.kind == "inner" or known.prefixed:
                break
            if known.kind in _SPEAKING:
                return self._narrators(source, words.starts[at])
            if at == first + 1 and known.kind == "bare" and not _finite_form(known) and words.known[first].kind in {"bare", "verb"}:
                phrase = read_phrase(self.article, words.starts[at], source.at, strict=True)
                if phrase and phrase.kind == "name" and phrase.role and not phrase.quoted:
                    return self._explicit(phrase)._replace(gender=source.gender)  # بدت ريم سعد، مديرة المشفى، …
            if at > first and known.kind in {"bare", "definite"}:
                person = self.registry.person((known.spelled,))
                if person is not None and _agree(self.registry.people[person], source):
                    return self.registry.people[person]
        return None

    def _topic(self, at: int) -> bool:
        """Whether what a clause is about stands first in it, so that its first noun is no subject: وعن الإصابات، وفيما يخص …"""
        words = self.article.words
        known = words.known[at] if at < words.size else None
        if known is None:
            return False
        return "topics" in known.lists or ("leads_topic" in known.lists and "topics" in words.next(at).lists)

    def _narrators(self, source: Source, start: int) -> Speaker | None:
        """The speaker that a noun phrase of the narrator's names, if verb and phrase agree."""
        phrase = read_phrase(self.article, start, source.at, strict=True)
        if phrase is None or phrase.kind not in {"person", "body", "media", "people", "name", "anonymous", "place"}:
            return None
        speaker = self._explicit(phrase)
        if phrase.kind == "name" and source.number == "s":
            return speaker._replace(gender=source.gender)  # no title tells whether she or he is meant; the verb does
        return speaker if not source.agrees or _agree(speaker, source) else None

    def _narrated(self, source: Source) -> Speaker | None:
        """Before anybody has spoken: the first body, text or person that the narrator made a subject."""
        starts = self._subjects
        for start in starts[bisect_left(starts, source.at - _NARRATED) : bisect_left(starts, source.at)]:
            phrase = read_phrase(self.article, start, source.at, strict=True)
            if phrase and phrase.kind in {"person", "body", "media"}:
                speaker = self._explicit(phrase)
                if not source.agrees or _agree(speaker, source):
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


def _telling(phrase: Phrase) -> frozenset[str]:
    """A role without the adjectives that say nothing of who it is: الممثل الشاب."""
    role = phrase.role
    return (role - titles("epithets")) | {phrase.head} if len(role) > 1 else role


_ARTICLE = "ال"
_NISBA = ("ي", "يه")
_ORIGINS = ("ي", "يه", "يين", "يون")
_COMMAS = frozenset("،,؛")
_JOINING = frozenset(("conjunctions", "openers", "as_well"))
_MOUTHPIECES = frozenset(("document", "media", "anonymous"))
_SAYING = frozenset(("person", "body", "media", "people", "name", "document", "anonymous"))
_SUBJECTS = frozenset(
    (
        "role", "rank", "body", "media", "given", "people", "place", "acronym", "media_name", "honour", "compound", "anonymous",
        "document",
    )
)  # fmt: skip


def _finite_form(known: Word) -> str:
    """Which finite form of a verb that opens a clause a word is: past, present, or empty for none that is known."""
    if known.readings and known.readings[0].mood in {"past", "present"}:
        return known.readings[0].mood
    for spelled in (known.spelled, known.spelled[1:]) if known.spelled[0] in "وف" else (known.spelled,):
        if is_act(spelled):
            return "present" if spelled[0] == "ي" and len(spelled) > 4 else "past"
    return ""


_SPEAKING = frozenset(("acronym", "role", "rank", "media", "body", "given", "people", "anonymous", "place"))


def _foreign(names: tuple[str, ...]) -> bool:
    """Whether the first of two names is no given name, so that one may stand before it (جاويش أوغلو)."""
    return word(names[0]).kind == "bare"


def _agree(speaker: Speaker, source: Source) -> bool:
    if source.number == "p":
        return speaker.number == "p" or speaker.kind in {"people", "anonymous"}
    if speaker.number == "p" and speaker.kind == "people":
        return False
    return not speaker.gender or speaker.gender == source.gender


def _family(head: str) -> frozenset[str]:
    """Forms of one head that point to the same source: a plural in its cases, its singular and its construct."""
    if head in titles("unnamed"):
        return titles("unnamed")
    if head.endswith(("ون", "ين")):
        stem = head[:-2]
        chiefs = titles("chiefs") if head[:-2] in titles("officials") else frozenset()
        return chiefs | {head, stem + "ون", stem + "ين", head[:-1], stem + "ي"}
    return frozenset((head,))
