"""The conversation of one article: who each source is, given who has spoken before.

In go `Source`s in order, out come `Speaker`s: the `registry` knows who is who, `narration` whom the narrator's own words name, this
module what a definite head points back to (المصدر، المتحدث، الصحيفة الأميركية) and who goes on where the sentence names nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from analysis.extract.statements.article import WHOLE
from analysis.extract.statements.cues.texts import issuer_of
from analysis.extract.statements.sources.likeness import contains, derived, foreign, fuse, office, origin_of
from analysis.extract.statements.sources.phrases import Phrase, read_phrase
from analysis.extract.statements.speakers.antecedents import antecedent
from analysis.extract.statements.speakers.halves import ending_in
from analysis.extract.statements.speakers.narration import Narration, Source, agree
from analysis.extract.statements.speakers.plurals import are_of, family, is_construct
from analysis.extract.statements.speakers.registry import Registry, Speaker
from analysis.extract.statements.speakers.unnamed import is_any_source
from analysis.extract.statements.vocabulary.listed import single, titles
from analysis.extract.statements.vocabulary.words import WORDS, word
from analysis.lexicon import read
from analysis.text import fold_key

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article

_RECENT = 100  # speakers back to which a role or a head may point
_LATTER = 40  # words back to the person whom الأخير means
_TOLD = 4_000  # characters back in which it is told what somebody is
_FIELDS = 2  # fields of an office at least by which it is known again
_LATELY = 3  # speakers among whom a general word finds the society that it means
_LAST = 8  # speakers among whom an elided source is sought


class Conversation:
    """Who has spoken so far in an article; asked for each source in order."""

    def __init__(self, article: Article, phrases: Sequence[Phrase]) -> None:
        self.article = article
        self.registry = Registry(article, phrases)
        self.narration = Narration(article, self.registry)
        self.history: list[Speaker] = []
        self.inner: Speaker | None = None  # the person whom the last speaker in turn quotes
        self.headline: Speaker | None = None  # whom a headline names, while nobody else has spoken

    def resolve(self, source: Source) -> Speaker | None:
        """The speaker of a source; None where the article does not tell."""
        owned = self._of_medium(source.phrase, source.medium) if source.phrase and source.medium else None
        speaker = owned or (self._explicit(source.phrase) if source.phrase else self._elided(source))
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
            speaker = speaker.but(gender=source.gender)  # the verb knows whether she or he speaks
        if source.partner is not None:
            speaker = _together(speaker, self._explicit(source.partner))
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

    def _of_medium(self, phrase: Phrase, medium: Phrase) -> Speaker | None:
        """A source with its medium's pronoun on it, by the medium's name: علمت «الدار» من مصادرها, so مصادر الدار."""
        words = self.article.words
        at = words.at(phrase.start)
        known, size = words.known[at], len(words.known[at].bare)
        owned = known.definite and known.spelled[:2] != _ARTICLE and len(known.spelled) > size
        if phrase.named or not owned or words.next(at).definite:
            return None
        noun = self.article.doc.spelled(phrase.start, phrase.start + size)
        name = f"{noun[:-1] + 'ة' if noun[-1] == 'ت' else noun} {self._explicit(medium).name}"
        return self.registry.plain(phrase).but(name=name)

    def told_by_others(self) -> bool:
        """Whether a text or a press office spoke last, which tells what somebody else did or said."""
        if not self.history:
            return False
        return self.history[-1].kind == "document" or "press_offices" in word(self.history[-1].head).lists

    def goes_on(self, source: Source) -> bool:
        """Whether a source that is left out can be who spoke last, as far as its verb tells; مصادر the press also takes as one."""
        last = self.history[-1] if self.history else None
        return last is None or not source.agrees or last.kind == "anonymous" or agree(last, source)

    # Named or described

    def _explicit(self, phrase: Phrase) -> Speaker:
        registry, kind = self.registry, phrase.kind
        if phrase.head in _OF_GOD:
            return registry.plain(phrase).but(name=read("titles")["word"]["god"])
        if phrase.quoted and kind == "name" and phrase.head in registry.aliases:
            return registry.aliases[phrase.head]
        if phrase.named and kind in {"person", "name", "people"}:
            return self._in_construct(phrase) or self._named(phrase)
        if kind == "document":
            issuer = registry.issuer(phrase) or self._issued(phrase)
            if issuer is not None:
                speaker = self._explicit(issuer)
                return speaker.but(gender="")  # the statement's gender or its author's
        if kind == "place":
            country = registry.country(phrase)
            if country is not None:
                return registry.plain(phrase).but(name=country)
        if kind == "other" and "latter" in word(phrase.head).lists:
            return self._latter(phrase) or registry.plain(phrase)
        found = self._surname(phrase) or self._back(phrase)
        if found is None and kind in {"person", "other"}:
            found = self._by_role(phrase) or self._brought_in(phrase) or self._just_heard(phrase)
        if found is None and kind in {"document", "people"} and phrase.definite:
            found = antecedent(registry, phrase)
        if found is None and kind in {"body", "other"}:
            found = self._ministry(phrase)
        if found is None and kind in {"body", "media"}:
            found = self._body(phrase) or self._society(phrase)
        return found or registry.plain(phrase)

    def _issued(self, phrase: Phrase) -> Phrase | None:
        """Who issued the text that a definite noun takes up: أصدرت الوزارة بياناً … وأكد البيان أن."""
        taken_up = phrase.definite and "any_text" in word(phrase.head).lists and len(_telling(phrase)) == 1
        return issuer_of(self.article, phrase) if taken_up else None

    def _named(self, phrase: Phrase) -> Speaker:
        registry = self.registry
        names = registry.names(phrase)
        at = registry.person(names)
        if at is None:
            at = registry.surnamed(names)
            if at is not None:
                return registry.people[at]
        person = registry.people[at] if at is not None else None
        if person is not None and len(fuse(person.names)) < len(fuse(names)) and phrase.kind != "name":
            return registry.learn(phrase) or person  # the narrator has the full name: عرض المدير فاروق بن زيدون …، مشيراً
        if person is None or len(fuse(person.names)) == 1:
            titled = registry.titled(phrase)
            if titled is not None:
                return titled
            written_together = ending_in(registry, names)
            if written_together is not None:
                return written_together
        if person is None or len(fuse(person.names)) == 1 or (len(names) == 2 and len(person.names) == 2 and _foreign(names)):
            person = registry.widen(names) or person
        return person or Speaker(
            self.article.doc.spelled(phrase.name_start, phrase.name_end),
            phrase.kind, phrase.gender, phrase.number, names, phrase.head, phrase.role,
        )  # fmt: skip

    def _in_construct(self, phrase: Phrase) -> Speaker | None:
        """Who two words are that read like a name, where they spoke in another case: عدد من مربي النحل، مربو النحل."""
        names = self.registry.names(phrase)
        if phrase.kind != "name" or not is_construct(names):
            return None
        alike = family(names[0], plural=True)
        for speaker in self._recent():
            if names[1].removeprefix(_ARTICLE) in speaker.role and not alike.isdisjoint(speaker.role | {speaker.head}):
                return speaker
        return None

    def _surname(self, phrase: Phrase) -> Speaker | None:
        """The person whose surname a phrase is that has no name by its shape: الرئيس الأسد, الأسد."""
        registry, role = self.registry, phrase.role
        if len(role) == 2 and not phrase.named and phrase.kind in {"person", "other"}:
            titled = self._titled_surname(phrase)
            if titled is not None or phrase.kind == "person":
                return titled
        if phrase.kind == "person" and len(role) == 1 and not phrase.definite and "names_too" in word(phrase.head).lists:
            person = registry.person((phrase.head,))
            return registry.people[person] if person is not None else None  # وأضاف طالب, whose name is فوزي الطالب
        if phrase.kind != "other" or (len(role) != 1 and not self._titled_after(phrase)):
            return None
        for name in (phrase.head, "ال" + phrase.head):
            person = registry.person((name,))
            if person is not None:
                return registry.people[person]
        return registry.widen(("ال" + phrase.head,))

    def _titled_surname(self, phrase: Phrase) -> Speaker | None:
        """The person whose surname follows a title, one that no list knows if the surname is surely theirs: الرئيس الأسد."""
        registry, words = self.registry, self.article.words
        last = words.known[words.at(phrase.end) - 1]
        if last.spelled[:2] != _ARTICLE or last.spelled[2:] not in phrase.role:
            return None
        ranked = "rank" in (word(_ARTICLE + phrase.head).kind, word(phrase.head).kind)
        person = registry.person((last.spelled,))
        if person is not None:
            full = registry.people[person].names
            return registry.people[person] if ranked or (len(full) > 1 and full[-1] == last.spelled) else None
        return registry.widen((last.spelled,)) if ranked and last.kind == "definite" else None

    def _titled_after(self, phrase: Phrase) -> bool:
        """Whether a title follows the first word of a phrase: الهادي طبيب العيون."""
        words = self.article.words
        return words.next(words.at(phrase.start)).kind in {"role", "rank"}

    def _recent(self) -> Iterator[Speaker]:
        return reversed(self.history[-_RECENT:])

    def _back(self, phrase: Phrase) -> Speaker | None:
        """What a definite head without a name points back to: المصدر، الصحيفة، البيان، المسؤولون."""
        head, alone = office(phrase.head), len(_telling(phrase)) == 1
        if not phrase.definite and not (head in titles("unnamed") and is_any_source(phrase, with_article=False)):
            return None
        if head in titles("unnamed") and not alone and not any(phrase.role <= each.role for each in self._recent()):
            alone = is_any_source(phrase, with_article=self.article.folded.startswith(_ARTICLE, phrase.start))
        if alone and head in titles("unnamed"):
            alike = titles("single_sources") if head == _SOURCE else frozenset((head,))
            for speaker in self._recent():
                if speaker.head in alike and not speaker.names:
                    return speaker  # مسؤول محلي … المصدر: one, where there is one, rather than مصادر
        alike = family(head, plural=phrase.number == "p")
        told = phrase.role - {phrase.head}
        for speaker in self._recent():
            if speaker.head in alike and (alone or phrase.role <= speaker.role or derived(phrase.role, speaker.role)):
                return speaker
            if phrase.number == "p" and told <= speaker.role and are_of(speaker.head, speaker.role, alike):
                return speaker  # عدد من مربي النحل … المربون، ومربو النحل
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
        """The person or body that the article has named last before الأخير."""
        words = self.article.words
        at = words.at(phrase.start)
        for before in range(at - 1, max(-1, at - _LATTER - 1), -1):
            known = words.known[before]
            if known.kind in _BODIES and known.definite:
                first = WORDS[_ARTICLE + known.bare] if known.prefixed else None
                body = read_phrase(self.article, words.starts[before], phrase.start, strict=True, first=first)
                if body is not None and body.gender == phrase.gender:
                    return self._explicit(body)
            for spelled in (known.spelled, known.spelled[1:]) if known.spelled[0] in "لبوف" else (known.spelled,):
                person = self.registry.person((spelled,)) if len(spelled) > 2 else None
                if person is not None:
                    found = self.registry.people[person]
                    return found if found.gender == phrase.gender else None
            if known.kind == "bare" and not known.prefixed and (told := self.registry.widen((known.spelled,))) is not None:
                return told  # whom the narrator alone has named
        return None

    def _just_heard(self, phrase: Phrase) -> Speaker | None:
        """Who a general title means that the article gives nobody: the person who spoke last (المتحدث ذاته، الخبير الأمني)."""
        if not phrase.definite or not ("deictic" in word(phrase.head).lists or self._told_of(phrase)):
            return None
        told = _telling(phrase) - titles("former")
        if any(each != phrase.head and not each.endswith(_NISBA) for each in told):
            return None
        last = next((each for each in self._recent() if each.kind in {"person", "name"}), None)
        words = self.article.words
        at = words.at(phrase.end)
        # المسؤول الحكومي ذاته is whom the article knows as وزير السياحة.
        same = any("selfsame" in known.lists for known in words.known[max(0, at - 1) : at + 1])
        return last if last is not None and (last.names or same) and last.gender == phrase.gender else None

    def _told_of(self, phrase: Phrase) -> bool:
        """Whether the article says of somebody that he is what a head names: قال سالم، وهو بائع … وأضاف البائع."""
        folded, since = self.article.folded, max(0, phrase.start - _TOLD)
        return any(folded.find(f" و{he} {phrase.head} ", since, phrase.start) >= 0 for he in titles("is_called"))

    def _brought_in(self, phrase: Phrase) -> Speaker | None:
        """Who a title means that the narrator brought in without a name: أعلن مسؤول محلي الحظر … المسؤول المحلي."""
        if not phrase.definite or phrase.named or "deictic" not in word(phrase.head).lists or len(_telling(phrase)) == 1:
            return None
        return antecedent(self.registry, phrase)

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
        return found or self._by_adjective(phrase) or self._reworded(phrase)

    def _reworded(self, phrase: Phrase) -> Speaker | None:
        """The one bearer of an office whose fields the article words otherwise: وزير الشباب والثقافة والفنون, والرياضة والفنون."""
        head = office(phrase.head)
        if self.article.folded.count(" و", phrase.start, phrase.end) < _FIELDS:
            return None
        alike = [each for each in self._recent() if each.head == head and each.kind == "person" and len(each.role) > _FIELDS]
        if not alike or any(each.name != alike[0].name for each in alike):
            return None
        return alike[0] if len((alike[0].role & phrase.role) - {phrase.head}) >= _FIELDS else None

    def _by_adjective(self, phrase: Phrase) -> Speaker | None:
        """The one person who shares a title but for where they are from: المدير الفني لمنتخب …، المدير الفني الأرجنتيني."""
        if not phrase.definite:
            return None
        head, role = office(phrase.head), phrase.role
        last = next((person for person in self._recent() if person.names and person.head == head), None)
        alike = [last] if last else [each for each in self.registry.people[:_RECENT] if each.names and each.head == head]
        if len(alike) != 1 or foreign(role, alike[0].role):
            return None
        ending = _NISBA if phrase.gender == "f" else "ي"  # وزير الداخلية is not وزير العدل
        if not all(each in alike[0].role or each.endswith(ending) for each in role):
            return None
        return alike[0]

    def _body(self, phrase: Phrase) -> Speaker | None:
        """The full form of a shortened body."""
        alone = len(_telling(phrase)) == 1
        marked = self.article.quote_from(phrase.start, phrase.end) is not None  # وكالة «نوفا»: its own name
        if (phrase.definite or not alone) and not marked:
            full = self.registry.body(office(phrase.head), phrase.role)
            if full is not None:
                return full.but(gender=phrase.gender)
        if phrase.definite and not alone and all(each == phrase.head or each.endswith(_NISBA) for each in _telling(phrase)):
            return self._by_origin(phrase)
        if not (phrase.definite and alone):
            return None
        return self.registry.introduced(phrase.but(role=frozenset((phrase.head,))))

    def _society(self, phrase: Phrase) -> Speaker | None:
        """The society or institute that spoke last, by a general word for it: قال مرصد المياه … وأضافت المنظمة الحقوقية."""
        general = phrase.definite and phrase.head in titles("general_bodies")
        if not general or not phrase.role - {phrase.head} <= titles("general_qualities"):
            return None
        for speaker in reversed(self.history[-_LATELY:]):
            if speaker.head in titles("societies") or (speaker.names and not speaker.role and self._in_marks(speaker.name)):
                return speaker.but(gender=phrase.gender)
        return None

    def _in_marks(self, name: str) -> bool:
        """Whether a name stands in quote marks of its own, as those of bodies do: «نوفا ووتش»."""
        at = self.article.folded.find(fold_key(name), 0, WHOLE)
        return at > 0 and at in self.article.inner_starts

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
            subject = self.narration.narrator(source, source.since, self._explicit)
            if subject is not None:
                return subject
        turned = source.hal and not self.goes_on(source)
        if source.within:
            person = self._explicit(source.within)
            if (person.names or turned) and agree(person, source):
                return person
        if turned:
            acting = self.narration.narrator(source, source.sentence, self._explicit)
            if acting is not None and agree(acting, source):
                return acting  # قال سامي إنه بعد ذلك كرّمته الجمعية، مؤكدةً
        if (source.hal or source.turned) and self.inner and self._from_within(self.inner, source):
            return self.inner  # وأفاد البيان بأن الرئيس عبّر عن …، مشيراً: a text does not point out
        if source.seek >= 0:
            subject = self.narration.subject(source, self._explicit)
            if subject is not None:
                return subject
        for speaker in reversed(self.history[-_LAST:]):
            if not source.agrees or agree(speaker, source):
                return speaker
        if self.history:
            return self.history[-1]
        return self.headline or self.narration.narrated(source, self._explicit)

    def _from_within(self, inner: Speaker, source: Source) -> bool:
        """Whether a hal hangs on whom the last speaker quotes: that one agrees, and the speaker is a text or does not."""
        if not self.history or not agree(inner, source):
            return False
        return self.history[-1].kind in _MOUTHPIECES or not agree(self.history[-1], source)


def _together(first: Speaker, second: Speaker) -> Speaker:
    """Two persons as one source, to whom a plural or a dual points."""
    return first if first == second else Speaker(f"{first.name} و{second.name}", "people", "m", "p", (), "", frozenset())


def _telling(phrase: Phrase) -> frozenset[str]:
    """A role without the adjectives that say nothing of who it is: الممثل الشاب."""
    role = phrase.role
    return (role - _EPITHETS) | {phrase.head} if len(role) > 1 else role


_ARTICLE, _SOURCE = "ال", single("source")
_OF_GOD, _EPITHETS = titles("of_god"), titles("epithets")
_BODIES = frozenset(("body", "media", "acronym"))
_NISBA = ("ي", "يه")
_ORIGINS = ("ي", "يه", "يين", "يون")
_MOUTHPIECES = frozenset(("document", "media", "anonymous"))


def _foreign(names: tuple[str, ...]) -> bool:
    """Whether the first of two names is no given name, so that one may stand before it (جاويش أوغلو)."""
    return word(names[0]).kind == "bare"
