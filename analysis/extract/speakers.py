"""Speakers: which person, body or text a source means, within one article.

In go the sources of an article in order, out comes for each the fullest name the article knows: a surname is joined to the full
name, a role to the person it introduced, a shortened body to its full form, an elided source to the last speaker whose gender
and number agree with the verb.

>>> same_name("كاغينز", "كايكنز"), same_name("كاغينز", "كاغان"), same_name("سليم", "سالم")
(True, False, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from analysis.extract.sources import Phrase, read_phrase, titles, word
from analysis.lexicon import read
from analysis.text import fold_key

if TYPE_CHECKING:
    from analysis.extract.article import Article

_WORD = re.compile(r"\w+")
_ALIAS = re.compile(r"[\"“«(]([^\"”»)\n]{2,24})[\"”»)]\s*$")
_LOOKUPS = 24  # occurrences of a name or role that are looked at in search of its full form

# Foreign names: letters that press spellings exchange, and the long vowels, which they leave out or put in.
_SOUNDS = str.maketrans(
    {"غ": "ك", "ج": "ك", "ق": "ك", "گ": "ك", "چ": "ك", "ز": "س", "ص": "س", "ث": "س", "ط": "ت", "ڤ": "ف", "پ": "ب"}
)
_VOWELS = str.maketrans("", "", "اويءه")
_BY = re.compile(r"(?<!\w)(?:لل(?=\w)|ل(?=\w)|ل +|صادر عن +|عن +|من +)")


class Speaker(NamedTuple):
    """Who speaks: the `name` to report, and what later sources are matched against."""

    name: str
    kind: str
    gender: str
    number: str
    names: tuple[str, ...]  # the words of the proper name, folded; empty without one
    head: str
    role: frozenset[str]


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


@lru_cache(maxsize=4096)
def _skeleton(name: str) -> str:
    return name.translate(_SOUNDS).translate(_VOWELS)


@lru_cache(maxsize=8192)
def same_name(one: str, other: str) -> bool:
    """Whether two folded words are spellings of one name: equal, or foreign-looking and equal but for vowels and like sounds.

    Short native names differ by a vowel alone (سليم، سالم), so a skeleton must have four consonants, or the vowels must match in
    number; a metathesis (كاينغز) counts where the skeleton has four.
    """
    if one == other:
        return True
    a, b = _skeleton(one), _skeleton(other)
    if min(len(a), len(b)) < 3 or abs(len(one) - len(other)) > 2:
        return False
    if len(a) >= 4:
        return a == b or (a[0] == b[0] and a[-1] == b[-1] and sorted(a) == sorted(b))
    if a != b or one[0] != other[0]:
        return False
    if one.translate(_SOUNDS) != one and other.translate(_SOUNDS) != other:
        return True
    # A vowel letter more or less (دينس، دينيس), but not two names that both are known (حسن، حسين).
    return len(one) != len(other) and min(len(one), len(other)) > 3 and not word(one).kind == word(other).kind == "given"


def _joins(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether a shorter name is that of the longer: each of its words is there, the last one above all."""
    if not short or len(short) > len(full):
        return False
    if len(short) == 1:
        first = short[0] == full[0] or (same_name(short[0], full[0]) and short[0][-1] == full[0][-1])
        return same_name(short[0], full[-1]) or first or (len(full) > 2 and short[0] in full)
    nickname = len(short) == len(full) == 2 and (short[0].startswith(full[0]) or full[0].startswith(short[0]))
    if nickname and same_name(short[1], full[1]) and min(len(short[0]), len(full[0])) > 2:
        return True  # مايك، مايكل
    return all(any(same_name(part, other) for other in full) for part in short)


class Registry:
    """The speakers of one article; made from all its sources first, then asked for each in order."""

    def __init__(self, article: Article, phrases: Iterable[Phrase]) -> None:
        self.folded = article.folded
        self.surface = article.doc.surface
        self.quotes = article.by_start
        self.people: list[Speaker] = []
        self.bodies: list[Speaker] = []
        self.history: list[Speaker] = []
        self.headline: Speaker | None = None  # whom a headline names, while nobody else has spoken
        self.aliases: dict[str, Speaker] = {}  # a short name in quote marks beside a full one: وكالة الأنباء "واس"
        self._places: dict[tuple[str, ...], int] = {}  # where in `people` a name that was asked for is
        self._looked: dict[str, Phrase | None] = {}
        for phrase in phrases:
            self.learn(phrase)

    def learn(self, phrase: Phrase) -> Speaker | None:
        """Take in what a phrase tells: a name with its role, or a body with its full form."""
        if phrase.named and phrase.kind in ("person", "name", "people"):
            names = tuple(_WORD.findall(self.folded[phrase.name_start : phrase.name_end]))
            if not names:
                return None
            found = self._person(names)
            speaker = Speaker(
                self.surface(phrase.name_start, phrase.name_end),
                "person",
                phrase.gender,
                phrase.number,
                names,
                _office(phrase.head),
                phrase.role,
            )
            if found is None:
                self.people.append(speaker)
                return speaker
            known = self.people[found]
            longer = max(
                known, speaker, key=lambda each: (len(each.names), sum(map(len, each.names)) if len(each.names) > 1 else 0)
            )
            head = known.head if known.role else speaker.head
            merged = longer._replace(role=known.role | phrase.role, head=head, gender=known.gender)
            self.people[found] = merged
            return merged
        if phrase.kind in ("body", "media", "document", "anonymous", "people", "other", "person"):
            speaker = self._plain(phrase)
            if phrase.kind in ("body", "media") and len(phrase.role) > 1:
                self.bodies.append(speaker)
                alias = _ALIAS.search(self.folded, phrase.start, phrase.end)
                if alias and not phrase.named:
                    self.aliases[alias[1].strip()] = speaker
            return speaker
        return None

    def _issuer(self, phrase: Phrase) -> Phrase | None:
        """Who speaks through a text that names its author (بيان للوزارة، تصريح لفلان)."""
        if phrase.head not in titles("authored"):
            return None
        match = _BY.search(self.folded, phrase.start, phrase.end)
        if match is None:
            return None
        at = match.end()
        if match[0].endswith("لل"):
            found = read_phrase("ال" + self.folded[at : phrase.end], 0, phrase.end - at + 2)
            shift = at - 2
            return found and found._replace(
                start=at, end=found.end + shift, name_start=found.name_start + shift, name_end=found.name_end + shift
            )
        return read_phrase(self.folded, at, phrase.end)

    def _plain(self, phrase: Phrase) -> Speaker:
        if phrase.named:
            name = self.surface(phrase.name_start, phrase.name_end)
        else:
            name = _undress(self.surface(phrase.start, phrase.end))
            first, _, rest = name.partition(" ")
            if (
                first[-1:] in "اً"
                and not phrase.definite
                and self.folded[phrase.start : phrase.start + len(phrase.head) + 1] == phrase.head + "ا"
            ):
                name = " ".join((first.rstrip("اً"), rest)).strip()  # the accusative: استطلاعاً
        return Speaker(name, phrase.kind, phrase.gender, phrase.number, (), _office(phrase.head), phrase.role)

    def _person(self, names: tuple[str, ...]) -> int | None:
        found = self._places.get(names)
        if found is None:
            for at, person in enumerate(self.people):
                if _joins(names, person.names) or _joins(person.names, names):
                    self._places[names] = at
                    return at
        return found

    # Resolution

    def resolve(self, source: Source) -> Speaker | None:
        """The speaker of a source; None where the article does not tell."""
        speaker = self._explicit(source) if source.phrase else self._elided(source)
        if speaker is None:
            return None
        if (
            source.phrase
            and source.agrees
            and speaker.kind == "person"
            and speaker.gender != source.gender
            and source.number == "s"
        ):
            speaker = speaker._replace(gender=source.gender)  # the verb knows whether she or he speaks
        if source.in_title:
            self.headline = speaker
        elif not source.nested:
            self.history.append(speaker)
        return speaker

    def _explicit(self, source: Source) -> Speaker:
        phrase = source.phrase
        assert phrase is not None
        if phrase.kind == "name" and phrase.quoted and phrase.head in self.aliases:
            return self.aliases[phrase.head]
        if phrase.named and phrase.kind in ("person", "name", "people"):
            names = tuple(_WORD.findall(self.folded[phrase.name_start : phrase.name_end]))
            return self._full(names, phrase)
        plain = self._plain(phrase)
        if phrase.kind == "document":
            issuer = self._issuer(phrase)
            if issuer is not None:
                return self._explicit(source._replace(phrase=issuer))
        if phrase.kind == "person" and not phrase.named and len(phrase.role) == 2 and word("ال" + phrase.head).kind == "rank":
            last = _WORD.findall(self.folded[phrase.start : phrase.end])[-1]
            if last[:2] == "ال" and last[2:] in phrase.role:
                person = self._person((last,))
                if person is not None:
                    return self.people[person]
                if word(last).kind == "definite":
                    surname = self._widen((last,))
                    if surname is not None:
                        return surname
        if phrase.kind == "other":
            person = self._person((phrase.head,)) if len(phrase.role) == 1 else None
            if person is None and len(phrase.role) == 1:
                person = self._person(("ال" + phrase.head,))
            if person is not None:
                return self.people[person]
            wider = self._widen(("ال" + phrase.head,)) if len(phrase.role) == 1 else None
            if wider is not None:
                return wider
        back = self._back(phrase)
        if back is not None:
            return back
        if phrase.kind in ("person", "other"):
            by_role = self._by_role(phrase)
            if by_role is not None:
                return by_role
        if phrase.kind in ("body", "media"):
            full = [body for body in self.bodies if body.head == plain.head and body.role > plain.role]
            if full and (phrase.definite or len(plain.role) > 1):
                return max(full, key=lambda body: len(body.role))._replace(gender=plain.gender)
            if phrase.definite and len(plain.role) == 1:
                wider_body = self._introduced(phrase)
                if wider_body is not None:
                    return wider_body
        return plain

    def _full(self, names: tuple[str, ...], phrase: Phrase) -> Speaker:
        at = self._person(names)
        person = self.people[at] if at is not None else None
        if person is None or len(person.names) == 1:
            wider = self._widen(names)
            if wider is not None:
                return wider
        if person is not None:
            return person
        return Speaker(
            self.surface(phrase.name_start, phrase.name_end),
            phrase.kind,
            phrase.gender,
            phrase.number,
            names,
            phrase.head,
            phrase.role,
        )

    def _widen(self, names: tuple[str, ...]) -> Speaker | None:
        """The full name of a single one, where the article has it outside the sources: given names or a title stand before it."""
        if len(names) != 1:
            return None
        folded, name = self.folded, names[0]
        at = folded.find(name)
        for _ in range(_LOOKUPS):
            if at < 0:
                return None
            end = at + len(name)
            if (at == 0 or not folded[at - 1].isalnum()) and (end == len(folded) or not folded[end].isalnum()):
                start = self._leftward(at) if end == len(folded) or folded[end] not in '”"»' else self._in_marks(at)
                if start < at:
                    return self._remember(start, end, names)
            at = folded.find(name, end)
        return None

    def _in_marks(self, at: int) -> int:
        """Where a name in quote marks starts whose last word stands at `at` («جالين ثكمور»); `at` itself where none does."""
        marks = max(self.folded.rfind(mark, max(0, at - 30), at) for mark in '“"«')
        before = self.folded[marks + 1 : at].split()
        named = 0 < len(before) < 4 and marks + 1 in {inner for _, inner, _ in self.quotes.values()}
        named = named and all(word(each).kind in ("bare", "given", "compound") for each in before)
        return marks + 1 if marks >= 0 and named else at

    def _leftward(self, at: int) -> int:
        """Where the name that ends before `at` starts: over given names, and over an unknown one that a title stands before."""
        folded, start = self.folded, at
        before = [(match[0], match.start()) for match in _WORD.finditer(folded, max(0, at - 60), at)][-4:]
        while before and folded[before[-1][1] + len(before[-1][0]) : start] == " ":
            each, offset = before.pop()
            known = word(each)
            if each in titles("divine") and before and word(before[-1][0]).kind == "compound":
                start = before.pop()[1]
                continue
            if known.kind in ("given", "compound") and not known.prefixed:
                start = offset
                continue
            titled = bool(before) and folded[before[-1][1] + len(before[-1][0]) : offset] == " "
            if known.kind == "bare" and not known.prefixed and titled and start == at:
                title = word(before[-1][0])
                if (title.definite and title.kind in ("definite", "role", "rank", "place")) or title.kind == "rank":
                    start = offset
            break
        if start < at and word(folded[start:at].split()[0]).kind == "compound" and folded[start:at].split()[0] in ("بن", "ال"):
            return at
        return start

    def _remember(self, start: int, end: int, names: tuple[str, ...]) -> Speaker:
        full = tuple(_WORD.findall(self.folded[start:end]))
        speaker = Speaker(self.surface(start, end), "person", "m", "s", full, "", frozenset())
        at = self._person(names)
        if at is not None:
            known = self.people[at]
            speaker = speaker._replace(role=known.role, head=known.head, gender=known.gender)
            self.people[at] = speaker
        else:
            self.people.append(speaker)
        return speaker

    def _back(self, phrase: Phrase) -> Speaker | None:
        """What a definite head without a name points back to: المصدر، الصحيفة، البيان، المسؤولون."""
        if not phrase.definite:
            return None
        head = _office(phrase.head)
        alike = {head, *_family(head)}
        for speaker in reversed(self.history):
            if speaker.head in alike and (len(phrase.role) == 1 or phrase.role <= speaker.role):
                return speaker
        if head in ("مصدر", "مصادر") and len(phrase.role) == 1:
            introduced = self._introduced(phrase)
            if introduced is not None:
                return introduced
        if head in ("بيان", "مصدر", "مصادر") and len(phrase.role) == 1 and self.history:
            return self.history[-1]
        if head == "صحيفه" or head == "وكاله" or head == "قناه":
            return next((speaker for speaker in reversed(self.history) if speaker.kind == "media"), None)
        return None

    def _by_role(self, phrase: Phrase) -> Speaker | None:
        """The person whose title a role repeats: among the speakers, else where the article introduces somebody with it."""
        head = _office(phrase.head)
        role = phrase.role
        if phrase.definite or len(role) > 2:
            for people in (reversed(self.history), self.people):
                for person in people:
                    if person.names and (person.head == head or head in map(_office, person.role)) and _contains(person.role, role):
                        return person
        if phrase.definite or len(role) > 1:
            return self._introduced(phrase)
        return None

    def _introduced(self, phrase: Phrase) -> Speaker | None:
        """Look the head up in the text: the first phrase there that says more."""
        key = f"{phrase.head} {' '.join(sorted(phrase.role))}"
        if key in self._looked:
            found = self._looked[key]
        else:
            found = self._looked[key] = self._look(phrase)
        if found is None:
            return self._apposed(phrase)
        return self.learn(found)

    def _apposed(self, phrase: Phrase) -> Speaker | None:
        """The person after whose name the role stands: «نادر»، المتحدث باسم الوزارة."""
        folded, head = self.folded, phrase.head
        at = folded.find(head)
        for _ in range(_LOOKUPS):
            if at < 0:
                return None
            begin = at - 2 if folded[max(0, at - 2) : at] == "ال" else at
            if folded[begin - 1 : begin] == " " and begin != phrase.start:
                found = read_phrase(folded, begin, min(len(folded), at + 120), strict=True)
                if found and _contains(found.role, phrase.role):
                    before = _WORD.findall(folded, max(0, begin - 40), begin)
                    if (before and folded[:begin].rstrip()[-1:] in '،,”"»') or (before and begin and before[-1:]):
                        person = self._person((before[-1],))
                        if person is not None:
                            known = self.people[person]
                            self.people[person] = known._replace(role=known.role | found.role)
                            return self.people[person]
            at = folded.find(head, at + len(head))
        return None

    def _look(self, phrase: Phrase) -> Phrase | None:
        folded, head = self.folded, phrase.head
        at = folded.find(head)
        for _ in range(_LOOKUPS):
            if at < 0:
                return None
            start = at
            while start > 0 and folded[start - 1].isalnum():
                start -= 1
            prefix = folded[start:at]
            if (
                prefix in ("", "ال", "و", "وال", "لل", "ل", "ب", "بال")
                and not folded[at + len(head) : at + len(head) + 1].isalnum()
            ):
                begin = at - 2 if prefix.endswith("ال") else at
                found = read_phrase(folded, begin, min(len(folded), at + 160), self.quotes, strict=True)
                if (
                    found
                    and _contains(found.role, phrase.role)
                    and (found.named or (phrase.kind in ("body", "media", "anonymous") and len(found.role) > len(phrase.role)))
                ):
                    return found
            at = folded.find(head, at + len(head))
        return None

    def _elided(self, source: Source) -> Speaker | None:
        if source.seek >= 0:
            subject = self._subject(source)
            if subject is not None:
                return subject
        for speaker in reversed(self.history[-8:]):
            if not source.agrees or _agree(speaker, source):
                return speaker
        if self.history:
            return self.history[-1]
        return self.headline or self._narrated(source)

    def _subject(self, source: Source) -> Speaker | None:
        """The subject of the narrator's verb in the same sentence (كسر الوزير صمته حين نفى …), if it can be told."""
        folded = self.folded
        for place, match in enumerate(_WORD.finditer(folded, source.seek, min(source.at, source.seek + 90))):
            if place > 5:
                break
            known = word(match[0])
            if known.kind == "inner" or known.prefixed:
                break
            if known.kind in ("role", "rank", "media", "body", "given", "people", "anonymous", "place"):
                phrase = read_phrase(folded, match.start(), source.at, strict=True)
                speaker = (
                    phrase
                    and phrase.kind in ("person", "body", "media", "people", "name", "anonymous", "place")
                    and self._explicit(source._replace(phrase=phrase))
                )
                if speaker and phrase and phrase.kind == "name" and source.number == "s":
                    return speaker._replace(gender=source.gender)  # no title tells whether she or he is meant; the verb does
                return speaker if speaker and (not source.agrees or _agree(speaker, source)) else None
            if known.kind == "bare" and place == 1 and _finite(folded, source.seek):
                phrase = read_phrase(folded, match.start(), source.at, strict=True)
                if phrase and phrase.kind == "name" and phrase.role and not phrase.quoted:
                    # بدت ريم سعد، مديرة المشفى، …
                    return self._explicit(source._replace(phrase=phrase))._replace(gender=source.gender)
            if known.kind in ("bare", "definite") and place:
                at = self._person((match[0],))
                if at is not None and _agree(self.people[at], source):
                    return self.people[at]
        return None

    def _narrated(self, source: Source) -> Speaker | None:
        """Before anybody has spoken: the last body, text or person that the narrator made a subject."""
        folded = self.folded
        best = None
        for place, match in enumerate(_WORD.finditer(folded, max(0, source.at - 400), source.at)):
            known = word(match[0])
            if known.kind in ("media", "body", "rank", "role") and known.definite and not known.prefixed:
                phrase = read_phrase(folded, match.start(), source.at, strict=True)
                if phrase and phrase.kind in ("person", "body", "media"):
                    speaker = self._explicit(source._replace(phrase=phrase))
                    if not source.agrees or _agree(speaker, source):
                        return speaker
            if place > 60:
                break
        return best


def _finite(folded: str, at: int) -> bool:
    """Whether the word at an offset may be a verb of the narrator's: no noun that the lists know, no article."""
    match = _WORD.search(folded, at)
    return match is not None and word(match[0]).kind in ("bare", "verb") and not word(match[0]).prefixed


def _agree(speaker: Speaker, source: Source) -> bool:
    if source.number == "p":
        return speaker.number == "p" or speaker.kind in ("people", "anonymous")
    if speaker.number == "p" and speaker.kind == "people":
        return False
    return speaker.gender == source.gender


def _office(head: str) -> str:
    return _offices().get(head, head)


@cache
def _offices() -> dict[str, str]:
    return {fold_key(word): fold_key(same) for word, same in read("titles")["offices"].items()}


def _family(head: str) -> tuple[str, ...]:
    """Forms of one head that point to the same source."""
    if head in ("مصدر", "مصادر"):
        return ("مصدر", "مصادر")
    if head.endswith(("ون", "ين")):
        return (head[:-2] + "ون", head[:-2] + "ين", head[:-1], head[:-2] + "ي", "كبار" if head.startswith("مسوول") else head)
    return (head,)


def _contains(whole: frozenset[str], part: frozenset[str]) -> bool:
    """Whether a role holds all the words of a shorter one, spelling variants and offices made equal."""
    have = {_plain_word(each) for each in whole}
    return all(_plain_word(each) in have for each in part)


@lru_cache(maxsize=4096)
def _plain_word(each: str) -> str:
    each = _office(each)
    return each.replace("اميرك", "امريك").replace("امبرك", "امريك")


def _undress(surface: str) -> str:
    """A phrase as a name: without a proclitic ل or ب before the article, without a comma at its end."""
    surface = surface.strip(" ،,\u00a0")
    if surface.startswith("لل") and len(surface) > 4:
        return "ال" + surface[2:]
    return surface
