"""Who is who in one article: its people with their names and roles, its bodies, and what the text tells about them elsewhere.

In go the noun phrases that name sources, out come `Speaker`s: the fullest name the article has for each. A surname is joined to
the full name, a role to the person it introduced, a shortened body to its full form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from analysis.extract.statements.article import WHOLE
from analysis.extract.statements.sources.likeness import contains, derived, fuse, heard_as, joins, office
from analysis.extract.statements.sources.phrases import Phrase, picks_text, read_phrase
from analysis.extract.statements.sources.reading import NAMES
from analysis.extract.statements.speakers.counterparts import counterparts
from analysis.extract.statements.vocabulary.listed import single, titles
from analysis.extract.statements.vocabulary.words import WORDS, word
from analysis.lexicon import read
from analysis.stem import proclitics
from analysis.text import alternation, fold_key

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article

_WORD = re.compile(r"\w+")
_ALIAS = re.compile(r"[\"“«(]([^\"”»)\n]{2,24})[\"”»)]\s*$")
_BY = re.compile(rf"(?<!\w)(?:لل(?=\w)|ل(?=\w)|ل +|{alternation(read('titles')['author']['by'])} +)")
_LOOKUPS = 24  # occurrences of a name or role that are looked at in search of its full form
_NEAR = 20_000  # characters back in which a body is looked for
_ARTICLE = "ال"
_TITLES = 120  # characters in which titles stand behind a name
_ISSUING = frozenset(("body", "media"))
_AUTHOR = 80  # characters in which the author of a text stands behind it
_EACH, _FROM = single("each"), single("from")
_MINISTRY, _SON, _SON_OF = single("ministry"), single("son"), single("son_of")
_ALIKE = 64  # people or bodies that share a word and are compared: more would be a list, not an article


class Speaker:
    """Who speaks: the `name` to report, and what later sources are matched against."""

    __slots__ = ("gender", "head", "kind", "name", "names", "number", "role")

    def __init__(
        self, name: str, kind: str, gender: str, number: str, names: tuple[str, ...], head: str, role: frozenset[str]
    ) -> None:
        self.name, self.kind, self.gender, self.number = name, kind, gender, number
        self.names = names  # the words of the proper name, folded; empty without one
        self.head, self.role = head, role

    def but(
        self, *, name: str | None = None, gender: str | None = None, head: str | None = None, role: frozenset[str] | None = None
    ) -> Speaker:
        """The same with other values for these."""
        return Speaker(
            self.name if name is None else name,
            self.kind,
            self.gender if gender is None else gender,
            self.number,
            self.names,
            self.head if head is None else head,
            self.role if role is None else role,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Speaker) and self._known() == other._known()

    def __hash__(self) -> int:
        return hash(self._known())

    def _known(self) -> tuple[object, ...]:
        return self.name, self.kind, self.gender, self.number, self.names, self.head, self.role


class Registry:
    """The people and bodies of one article, learned from all its sources before any of them is resolved."""

    def __init__(self, article: Article, phrases: Iterable[Phrase]) -> None:
        self.article = article
        self.people: list[Speaker] = []
        self.aliases: dict[str, Speaker] = {}  # a short name in quote marks beside a full one: وكالة الأنباء "واس"
        self._bodies: dict[str, list[Speaker]] = {}  # by head
        self._with: dict[str, list[int]] = {}  # by the sounds of any word of a name: where in `people` it is
        self._ending: dict[str, list[int]] = {}  # by the sounds of its last word
        self._places: dict[tuple[str, ...], int] = {}  # a name that was asked for: where in `people`
        self._two: dict[tuple[str, ...], bool] = {}  # two names that were asked for: whether they are two people's
        self._countries: dict[str, str | None] = {}  # by capital
        self._looked: dict[tuple[str, frozenset[str]], Phrase | None] = {}
        told = list(phrases)
        for doubtful in (False, True):  # what may be no name comes last
            for phrase in told:
                if (phrase.kind == "name" and word(phrase.head).kind == "bare") == doubtful:
                    self.learn(phrase)
        for phrase in counterparts(article):
            self.learn(phrase)

    # What phrases tell

    def learn(self, phrase: Phrase) -> Speaker | None:
        """Take in what a phrase tells: a name with its role, or a body with its full form."""
        if phrase.named and phrase.kind in {"person", "name", "people"}:
            return self._learn_person(phrase)
        if phrase.kind in {"place", "thing"}:
            return None
        speaker = self.plain(phrase)
        if len(phrase.role) > 1 and phrase.kind in {"body", "media"}:
            alike = self._bodies.setdefault(speaker.head, [])
            if len(alike) < _ALIKE and all(each.role != speaker.role for each in alike):
                alike.append(speaker)
            alias = None if phrase.named else _ALIAS.search(self.article.folded, phrase.start, phrase.end)
            if alias:
                self.aliases[alias[1].strip()] = speaker
        return speaker

    def _learn_person(self, phrase: Phrase) -> Speaker | None:
        names = self.names(phrase)
        if not names or self.surnamed(names) is not None or self._are_two(names):
            return None
        speaker = Speaker(
            self.article.doc.spelled(phrase.name_start, phrase.name_end),
            "person", phrase.gender, phrase.number, names, office(phrase.head), phrase.role,
        )  # fmt: skip
        found = self.person(names)
        if found is None:
            self._add(speaker)
            return speaker
        known = self.people[found]
        longer = max(known, speaker, key=lambda each: (len(each.names), sum(map(len, each.names)) if len(each.names) > 1 else 0))
        head = known.head if known.role else speaker.head
        merged = longer.but(role=known.role | phrase.role, head=head, gender=known.gender)
        self._put(found, merged)
        return merged

    def names(self, phrase: Phrase) -> tuple[str, ...]:
        """The words of the name in a phrase."""
        return tuple(_WORD.findall(self.article.folded, phrase.name_start, phrase.name_end))

    def plain(self, phrase: Phrase) -> Speaker:
        """Who a phrase names by itself."""
        spelled, folded = self.article.doc.spelled, self.article.folded
        if phrase.named and (phrase.kind != "place" or self._past_each(phrase) == phrase.start):
            name = spelled(phrase.name_start, phrase.name_end)
            if self._behind_to_the(phrase.name_start):
                name = "ال" + name  # وفقاً للكرملين
            elif phrase.definite:
                name = _undressed(name)
        else:
            name = self._nominative(phrase, _undressed(spelled(self._past_each(phrase), self._without_itself(phrase))))
            if not phrase.definite and folded.startswith(phrase.head + "ا", phrase.start):
                name = " ".join(_nominative(each, at) for at, each in enumerate(name.split(" ")))  # the accusative: استطلاعاً
        return Speaker(name, phrase.kind, phrase.gender, phrase.number, (), office(phrase.head), phrase.role)

    def _behind_to_the(self, at: int) -> bool:
        """Whether لل stands before what is left of a word at an offset."""
        words = self.article.words
        return at > 1 and self.article.folded.startswith("لل", at - 2) and words.starts[words.at(at - 2)] == at - 2

    def _without_itself(self, phrase: Phrase) -> int:
        """Where a phrase ends without what says that it is the same one (المصدر نفسه)."""
        words = self.article.words
        last = words.at(phrase.end) - 1
        if words.starts[last] <= phrase.start or "itself" not in words.known[last].lists:
            return phrase.end
        return words.ends[last - 1]

    def _past_each(self, phrase: Phrase) -> int:
        """Where those start of whom كل من says that each of them speaks, and a text behind what picks it out (أحدث تقرير)."""
        words = self.article.words
        at = words.at(phrase.start)
        if phrase.kind == "document" and at + 1 < words.size and picks_text(words, at):
            return words.starts[at + 1]
        if at + 2 >= words.size or words.known[at].spelled != _EACH or words.next(at).spelled != _FROM:
            return phrase.start
        return min(words.starts[at + 2], phrase.end)

    def _nominative(self, phrase: Phrase, name: str) -> str:
        """A plural alone in the case in which the article names it elsewhere: وفق المنظمين, and later المنظمون."""
        if phrase.number != "p" or " " in name or not phrase.head.endswith("ين"):
            return name
        nominative = "ال" + phrase.head[:-2] + "ون"
        return name[:-2] + "ون" if self.article.folded.find(nominative, 0, WHOLE) >= 0 else name

    def _add(self, speaker: Speaker) -> None:
        self.people.append(speaker)
        self._index(speaker, len(self.people) - 1)

    def _put(self, at: int, speaker: Speaker) -> None:
        if speaker.names != self.people[at].names:
            self._index(speaker, at)
        self.people[at] = speaker

    def _index(self, speaker: Speaker, at: int) -> None:
        fused = fuse(speaker.names)
        for table, names in ((self._with, fused), (self._ending, fused[-1:])):
            for name in names:
                alike = table.setdefault(heard_as(name), [])
                if len(alike) < _ALIKE:
                    alike.append(at)

    def person(self, names: tuple[str, ...]) -> int | None:
        """Where in `people` the first one is whose name these words are, in full or in part."""
        found = self._places.get(names)
        if found is None and names:
            names_fused = fuse(names)
            sounds = [heard_as(name) for name in names_fused]
            likely: list[int] = min((self._with.get(each, []) for each in sounds), key=len)
            for at in sorted({*likely, *(at for each in sounds for at in self._ending.get(each, ()))}):
                full = fuse(self.people[at].names)
                if joins(names_fused, full) or joins(full, names_fused):
                    self._places[names] = at
                    return at
        return found

    def surnamed(self, names: tuple[str, ...]) -> int | None:
        """Where in `people` the one is whose surname the first word is, if what follows is no name: اتهم هاريس المستخدم …"""
        if self._are_two(names):
            return self.person(names[:1])
        if len(names) != 2 or word(names[0]).kind != "bare" or self.person(names) is not None:
            return None
        at = self.person(names[:1])
        return at if at is not None and len(self.people[at].names) > 1 and self.people[at].names[-1] == names[0] else None

    def _are_two(self, names: tuple[str, ...]) -> bool:
        """Whether two unknown words are two people's names: each stands alone elsewhere, the first one more than once."""
        if len(names) != 2 or word(names[0]).kind != "bare" or word(names[1]).kind != "bare":
            return False
        found = self._two.get(names)
        if found is None:
            found = self._two[names] = self._alone(names[0], after=names[1]) > 1 and self._alone(names[1], before=names[0]) > 0
        return found

    def _alone(self, name: str, *, after: str = "", before: str = "") -> int:
        """How often a word stands in the article without another one right after it or before it."""
        words, count = self.article.words, 0
        for at in self._occurrences(name):
            place = words.at(at)
            if place >= words.size or words.starts[place] != at or words.known[place].spelled != name:
                continue
            if after and words.next(place).spelled == after:
                continue
            count += not (before and place and words.known[place - 1].spelled == before)
        return count

    def titled(self, phrase: Phrase) -> Speaker | None:
        """Who bears a title that ends in an unknown word, read as a name: رئيس نوفا, where رئيس نادي نوفا has a name."""
        names = self.names(phrase)
        if len(names) != 1 or word(names[0]).kind != "bare" or len(phrase.role) < 2:
            return None
        role = phrase.role | set(names)
        found = next((each for each in self.people[:_ALIKE] if each.names != names and role <= each.role), None)
        return found or self.introduced(phrase.but(role=role, name_start=phrase.start, name_end=phrase.start))

    def body(self, head: str, role: frozenset[str]) -> Speaker | None:
        """The body of which a role is the shortened form: the one with the fullest."""
        full = [body for body in self._bodies.get(head, ()) if body.role > role]
        return max(full, key=lambda body: len(body.role)) if full else None

    def ministry(self, field: str) -> Speaker | None:
        """The ministry whose field a word is, if the article names one."""
        found = [body for body in self._bodies.get(_MINISTRY, ()) if field in body.role]
        return min(found, key=lambda body: len(body.role)) if found else None

    def issuer(self, phrase: Phrase) -> Phrase | None:
        """Who speaks through a text that names its author (بيان للوزارة، تصريح لفلان)."""
        if phrase.head not in titles("authored"):
            return None
        folded = self.article.folded
        behind = folded.find(" ", phrase.start, phrase.end)  # the ل of its own word is another's: ووفقاً للبيان
        match = _BY.search(folded, behind, phrase.end) if behind >= 0 else None
        if match is None:
            behind = behind if behind >= 0 else phrase.end
            following = self.article.words.after(behind)
            if following.kind in _ISSUING and following.definite and not following.prefixed:
                return read_phrase(self.article, behind, phrase.end)  # بيان الوزارة
            person = following.kind in {"given", "compound"}  # بيان نادر الحلبي
            author = read_phrase(self.article, behind, behind + _AUTHOR) if person else None
            return author if author and author.named else None
        if not match[0].endswith("لل"):
            return read_phrase(self.article, match.end(), phrase.end)
        spelled = self.article.words.after(match.start()).spelled
        return read_phrase(self.article, match.start(), phrase.end, first=WORDS["ال" + spelled[2:]])

    # What the text tells elsewhere

    def widen(self, names: tuple[str, ...]) -> Speaker | None:
        """The full name of a shorter one, where the article has it outside the sources: given names or a title stand before it."""
        if not 0 < len(fuse(names)) < 3:
            return None
        folded, name = self.article.folded, " ".join((_SON, *names[1:]) if names[0] == _SON_OF else names)
        for at in self._occurrences(name):
            end = at + len(name)
            if (at == 0 or not folded[at - 1].isalnum()) and (end == len(folded) or not folded[end].isalnum()):
                start = self._leftward(at) if end == len(folded) or folded[end] not in '”"»' else self._in_marks(at)
                if start < at and not self._fathers(names, at):
                    return self._remember(start, end, names)
        return None

    def _occurrences(self, wanted: str) -> Iterable[int]:
        folded = self.article.folded
        at = folded.find(wanted, 0, WHOLE)
        for _ in range(_LOOKUPS):
            if at < 0:
                return
            yield at
            at = folded.find(wanted, at + len(wanted), WHOLE)

    def _fathers(self, names: tuple[str, ...], at: int) -> bool:
        """Whether a name by which somebody is called is the father's of another one: ناصر بن عبد الله, where عبد الله speaks."""
        words = self.article.words
        before = words.at(at) - 1
        return before >= 0 and words.known[before].spelled == _SON and word(names[0]).kind in {"given", "compound"}

    def _in_marks(self, at: int) -> int:
        """Where a name in quote marks starts whose last word stands at `at` («جالين ثكمور»); `at` itself where none does."""
        folded = self.article.folded
        marks = max(folded.rfind(mark, max(0, at - 30), at) for mark in '“"«')
        before = folded[marks + 1 : at].split()
        named = marks >= 0 and 0 < len(before) < 4 and marks + 1 in self.article.inner_starts
        return marks + 1 if named and all(word(each).kind in {"bare", "given", "compound"} for each in before) else at

    def _leftward(self, offset: int) -> int:
        """Where the name that ends before an offset starts: over given names, and over an unknown one behind a title."""
        words = self.article.words
        known, gaps = words.known, words.gaps
        last = words.at(offset)
        at = last  # the first word of the name so far
        while at and at > last - 4 and gaps[at] == " ":
            each = known[at - 1]
            if "divine" in each.lists and at > 1 and known[at - 2].kind == "compound":
                at -= 2
                continue
            if each.kind in {"given", "compound"} and not each.prefixed:
                at -= 1
                continue
            unknown = each.kind == "bare" and not each.prefixed and "by_name" not in each.lists
            if at == last and at > 1 and unknown and gaps[at - 1] == " ":
                title = known[at - 2]
                if title.kind == "rank" or (title.definite and title.kind in {"definite", "role", "place"}):
                    at -= 1
                elif title.that and each.spelled[-1] != "ه" and self.article.recurs(words.starts[at - 1], words.ends[at]):
                    at -= 1  # أن ماركو رودر: twice in the text
            break
        if at < last and "joining" in known[at].lists:
            return offset
        return words.starts[at] if at < last else offset

    def _remember(self, start: int, end: int, names: tuple[str, ...]) -> Speaker:
        words = self.article.words
        full = tuple(each.spelled for each in words.known[words.at(start) : words.at(end)])
        told = read_phrase(self.article, start, min(len(self.article.folded), end + _TITLES))
        named = told is not None and told.named and told.name_end == end  # فلان، رئيس كذا ووزير كذا: with his titles
        role: frozenset[str] = told.role if told is not None and named else frozenset()
        speaker = Speaker(self.article.doc.spelled(start, end), "person", "m", "s", full, "", role)
        at = self.person(names)
        if at is None:
            self._add(speaker)
            return speaker
        known = self.people[at]
        speaker = speaker.but(role=known.role | role, head=known.head, gender=known.gender)
        self._put(at, speaker)
        return speaker

    def nearest(self, phrase: Phrase) -> Speaker | None:
        """The last body before a definite noun that has its head and a name: ذكرت صحيفة «الدار» … وأضافت الصحيفة."""
        article, at = self.article, phrase.start
        folded, words = article.folded, article.words
        for _ in range(_LOOKUPS):
            at = folded.rfind(phrase.head, max(0, phrase.start - _NEAR), at)
            if at < 0:
                break
            place = words.at(at + 1) - 1
            if words.ends[place] != at + len(phrase.head) or folded[words.starts[place] : at] not in _proclitics_or_none():
                continue
            found = read_phrase(article, at, min(len(folded), at + 120), strict=True)
            if found and (found.named or len(found.role) > 1):
                return self.learn(found)
        return None

    def country(self, phrase: Phrase) -> str | None:
        """The country for which its capital speaks, where the article names it: قالت بكين, where it has الصين."""
        city = self.article.folded[phrase.name_start : phrase.name_end]
        if city not in self._countries:
            self._countries[city] = self._country(city)
        return self._countries[city]

    def _country(self, city: str) -> str | None:
        folded = self.article.folded
        for name in _capitals().get(city, ()):
            for at in self._occurrences(name):
                end = at + len(name)
                if not folded[end : end + 1].isalnum() and (not at or not folded[at - 1].isalnum() or folded[at - 1] in "وبل"):
                    return self.article.doc.spelled(at, end)
        return None

    def introduced(self, phrase: Phrase) -> Speaker | None:
        """Who the first phrase in the text is that has the head of this one and says more."""
        key = (phrase.head, phrase.role)
        if key in self._looked:
            found = self._looked[key]
        else:
            found = self._looked[key] = self._look(phrase)
        if found is not None:
            return self.learn(found)
        return None if phrase.kind in _NO_PERSON else self._apposed(phrase)  # اتهم الناشط سمير الراشدي الحكومة: what he accuses

    def _look(self, phrase: Phrase) -> Phrase | None:
        article, head = self.article, phrase.head
        folded, words = article.folded, article.words
        body = phrase.kind in {"body", "media", "anonymous"}
        for at in self._occurrences(head):
            place = words.at(at + 1) - 1
            if words.ends[place] != at + len(head) or folded[words.starts[place] : at] not in _proclitics_or_none():
                continue
            begin = at - 2 if at - words.starts[place] > 1 and folded.startswith("ال", at - 2) else at
            first = WORDS["ال" + head] if folded.startswith("لل", at - 2) and at > 1 else None  # بيان للبنك: with the article
            found = read_phrase(article, begin, min(len(folded), at + 160), strict=True, first=first)
            if not found or not (contains(found.role, phrase.role) or derived(phrase.role, found.role)):
                continue
            if found.role & titles("others") - phrase.role:
                continue  # جهات أخرى
            marked = body and found.start < phrase.start and article.quote_from(found.start, found.end) is not None
            if found.named or marked or (body and len(found.role) > len(phrase.role)):
                return found  # منظمة «نوفا», and later المنظمة
        return None

    def _apposed(self, phrase: Phrase) -> Speaker | None:
        """The person after whose name the role stands: «نادر»، المتحدث باسم الوزارة."""
        folded = self.article.folded
        for at in self._occurrences(phrase.head):
            begin = at - 2 if folded[max(0, at - 2) : at] == "ال" else at
            if folded[begin - 1 : begin] != " " or not self.article.words.at(begin):
                continue
            person = self._named_before(begin, phrase)
            if person is None:
                continue
            found = phrase if begin == phrase.start else read_phrase(self.article, begin, min(len(folded), at + 120), strict=True)
            if found and contains(found.role, phrase.role):
                known = self.people[person]
                self.people[person] = known.but(role=known.role | found.role)
                return self.people[person]
        return None

    def _named_before(self, offset: int, phrase: Phrase) -> int | None:
        """Where in `people` the one is whose name ends right before an offset; who is not there yet has a given name first."""
        words = self.article.words
        last = words.at(offset) - 1
        known = words.known[last]
        person = None if offset == phrase.start else self.person((known.spelled,))
        if person is not None or phrase.kind != "person" or known.kind not in NAMES or known.prefixed:
            return person
        start = self._leftward(words.starts[last])
        if start == words.starts[last] or words.known[words.at(start)].kind == "bare":
            return None
        self._remember(start, words.ends[last], (known.spelled,))
        return self.person((known.spelled,))


@cache
def _capitals() -> dict[str, tuple[str, ...]]:
    return {fold_key(city): tuple(map(fold_key, countries)) for city, countries in read("titles")["capitals"].items()}


_NO_PERSON = frozenset(("body", "media", "document", "place"))


@cache
def _proclitics_or_none() -> frozenset[str]:
    return frozenset(("", *proclitics()))


def _nominative(surface: str, at: int) -> str:
    """A word of a phrase in the accusative without that ending: its head, and the adjectives that agree with it."""
    ends = surface[-1:] in _ACCUSATIVE and (at == 0 or fold_key(surface)[:-1] in titles("adjectives"))
    return surface.rstrip(_ACCUSATIVE) if ends else surface


_ACCUSATIVE = "اً"


def _undressed(surface: str) -> str:
    """A phrase as a name: without a proclitic ل or ب before the article, without a comma at its end."""
    surface = surface.strip(" ،,\u00a0")
    return "ال" + surface[2:] if surface.startswith("لل") and len(surface) > 4 else surface
