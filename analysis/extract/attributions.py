"""Attributions: cues that have a complement and a source, before it is settled how far the content reaches.

In goes an `Article` (folded text with its blocks, quotations and sentence ends), out come `Attribution`s in order of their cues.

>>> from analysis.text import fold
>>> found = find_attributions(Article(fold("وأكد الوزير أن الوضع مستقر."), [], []))
>>> [(each.frame, each.form.lemma, each.begin) for each in found]
[('that', 'أكد', 12)]
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from analysis.articles import Block
from analysis.extract.cues import Form, Hit, carriers, forms, scan_cues
from analysis.extract.quotes import Quote
from analysis.extract.sources import Phrase, content_words, is_content, read_phrase, word
from analysis.lexicon import read
from analysis.text import Folded, alternation, fold_key

_REACH = 360  # how far from its cue a complement may stand, in characters
_NAME_WORDS = 5  # a quotation of more words than this is speech rather than a name
_STOP = re.compile(r"[\n.!?؟…]")
_SENTENCE = 1500  # characters after which words without a stop are cut, so that no text makes a reading long
_AFTER_STOP = frozenset("\n \"”»’')].!?؟…")
_THAT = re.compile(r"ب?ان(?:ه|ها|هم|هما|ني|نا|ك|كم)?(?!\w)")
_TOKEN = re.compile(r"\w+|[^\w\s]")


class Attribution(NamedTuple):
    """A cue with its complement: `frame` says which, `begin` where the content starts, `end` where it ends if a quotation says so."""

    cue_start: int
    cue_end: int
    form: Form
    frame: str  # that speech quote before according headline object about or a preposition
    begin: int
    end: int | None
    phrase: Phrase | None
    joined: bool
    lead: int  # where the cue's own clause starts: before its conjunction and a source that precedes it
    embedded: bool  # the clause hangs on a word before it (a relative clause, a verbal noun)
    seek: int  # where the sentence starts in which to look for the subject of an elided source; -1 where not to
    closed: bool  # the source was told from what follows it by a mark or by grammar, not by guess


class Article:
    """A folded text with what attributions are found by; offsets here are folded ones."""

    def __init__(self, doc: Folded, blocks: Sequence[Block], quotes: Sequence[Quote]) -> None:
        self.doc = doc
        self.folded = folded = doc.folded
        at = doc.to_folded
        self.quotes = [(at(quote.start), at(quote.end), at(quote.inner_start), at(quote.inner_end)) for quote in quotes]
        self.by_start = {start: (end, inner, inner_end) for start, end, inner, inner_end in self.quotes}
        self.quote_starts = sorted(self.by_start)
        self.quote_ends = {end: start for start, (end, _, _) in sorted(self.by_start.items(), reverse=True)}
        self.blocks = [(at(block.start), at(block.end), block.role) for block in blocks]
        long = [(start, end) for start, end, inner, inner_end in self.quotes if folded.count(" ", inner, inner_end) >= _NAME_WORDS]
        self.speech = _merge(long)
        self._speech_starts = [start for start, _ in self.speech]
        self.stops = self._find_stops()

    def _find_stops(self) -> list[int]:
        folded, stops, speech = self.folded, [], self.speech
        size, last, place = len(folded), 0, 0
        for match in _STOP.finditer(folded):
            at = match.start()
            mark = folded[at]
            while place < len(speech) and speech[place][1] <= at:
                place += 1
            if mark != "\n":
                following = folded[at + 1] if at + 1 < size else "\n"
                if place < len(speech) and speech[place][0] < at:
                    if at + 2 < speech[place][1]:
                        continue
                    at = speech[place][1]  # the stop before the closing mark ends the sentence after it
                elif mark == ".":
                    before = folded[at - 2 : at]
                    if following not in _AFTER_STOP and not (following.isalpha() and before.isalpha() and len(before) == 2 and following > "z"):
                        continue
                    if before[-1:].isalpha() and not before[:1].isalpha():
                        continue  # an initial
                elif mark != "؟" and following not in _AFTER_STOP:
                    continue
            while at - last > _SENTENCE:
                last += _SENTENCE
                stops.append(last)
            stops.append(at)
            last = at
        while size - last > _SENTENCE:
            last += _SENTENCE
            stops.append(last)
        stops.append(size)
        return stops

    def inside_speech(self, at: int) -> bool:
        """Whether an offset lies within a quotation of speech."""
        place = bisect_right(self._speech_starts, at) - 1
        return place >= 0 and self.speech[place][0] < at < self.speech[place][1]

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence that holds an offset, without the stop."""
        place = bisect_left(self.stops, at)
        start = self.stops[place - 1] if place else 0
        folded = self.folded
        while start < at and (folded[start].isspace() or (folded[start] in ".!?؟…\"”»'’)]" and start not in self.by_start)):
            start += 1
        return start, self.stops[place] if place < len(self.stops) else len(folded)

    def quote_from(self, at: int, limit: int) -> tuple[int, int, int, int] | None:
        """The first quotation that starts in `at:limit`."""
        place = bisect_left(self.quote_starts, at)
        if place < len(self.quote_starts) and self.quote_starts[place] < limit:
            start = self.quote_starts[place]
            return (start, *self.by_start[start])
        return None


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(fold_key(each) for each in read("cues")["particles"][name])


@cache
def _markers() -> re.Pattern[str]:
    """What a complement may start with: a complementiser, a colon, a preposition, a word with ب."""
    pronouns = alternation(read("cues")["particles"]["pronouns"])
    return re.compile(
        rf"(?P<that>(?<!\w)[وف]?ب?ان{pronouns}?(?!\w))|(?P<colon>:)|(?<!\w)(?P<prep>الي|علي|عن|من|في)(?!\w)|(?<!\w)(?P<with>ب(?=\w{{2}})\w+|ب(?= ?[\"“«(]))"
    )


# Verbs that pass on what somebody else said, with the preposition before that source.
_RELAYS = {"نقل": "عن", "علم": "من"}
_SUBORDINATORS = frozenset(("حين", "حينما", "عندما", "بعدما", "حيث", "اذ", "فيما", "بينما", "وبينما", "وفيما"))
# أن after these opens a clause of time or manner, not of content.
_NOT_THAT = frozenset(
    fold_key(each)
    for each in ("بعد", "قبل", "منذ", "إلا", "غير", "لولا", "كما", "رغم", "مع", "حيث", "يمكن", "يجب", "ينبغي", "لابد", "بد", "دون", "بدون", "قبيل", "ما", "إلى", "لأجل", "أجل", "سبق", "وسبق", "على", "عن", "من", "في", "الممكن", "المفترض", "المقرر")
)
_NOT_PREP = {
    "علي": ("هامش", "لسان", "حد", "موقع", "موقعه", "موقعها", "صفحته", "صفحتها", "حسابه", "حسابها", "تويتر", "فيسبوك", "شاشه", "الهواء", "خلفيه", "اثر", "ضوء", "سوال", "هذا", "ذلك", "اسيله", "متن", "وجه", "راس", "راسها", "قناه", "اذاعه"),
    "عن": ("طريق", "كثب", "قرب", "بعد"),
    "من": ("خلال", "قبل", "اجل", "جانب", "جانبه", "جانبها", "جهه", "جهته", "جهتها", "بين", "دون", "موسكو", "هنا"),
    "الي": ("جانب", "ذلك", "حد", "جوار"),
    "في": (),
}  # fmt: skip
_NOT_WITH = frozenset(
    fold_key(each)
    for each in (
        "باسم", "بإسم", "بشدة", "بدوره", "بدورها", "بدورهم", "بالقول", "بتاريخ", "بحضور", "بعد", "بعدما", "بين", "بينما", "بيان", "بنك", "بشأن", "بخصوص", "بحسب", "بوضوح", "بصراحة", "بالمقابل", "بشكل", "بالتفصيل", "بموجب", "بلدية", "بلدة", "برلمان",
        "برنامج", "بعثة", "بلاد", "بلاده", "بلادها", "بغداد", "بيروت", "باريس", "برلين", "بروكسل", "بريطانيا", "بعض", "بعضهم", "بدون", "بلا", "بحث", "بطل", "بعيدا", "بسبب", "بهدف", "بمناسبة", "بايدن", "بوتين", "بلينكن", "بومبيو", "بن", "بيدرسن", "بنيامين", "باراك", "بوريس", "بشار", "بوش", "بقوة", "بحزم", "بغضب", "به", "بها", "بهم", "بنا", "بي", "بك", "بما", "بل", "بات", "باتت", "بقي", "بدأ", "بدأت", "بلغ", "بلغت",
    )
)  # fmt: skip


def find_attributions(article: Article) -> list[Attribution]:
    """Every attribution of an article, in order of cues; content ends that no quotation settles are left open."""
    hits = [hit for hit in scan_cues(article.folded) if not article.inside_speech(hit.start)]
    found: list[Attribution] = []
    found += _headlines(article)
    taken = {each.cue_start for each in found}
    according = list(_according(article))
    spoken_for = sorted((each.cue_start, max(each.cue_end, each.phrase.end if each.phrase else 0)) for each in according)
    starts = [start for start, _ in spoken_for]
    consumed = -1
    for place, hit in enumerate(hits):
        at = bisect_right(starts, hit.start) - 1
        if hit.start < consumed or (at >= 0 and hit.start < spoken_for[at][1]) or hit.start in taken:
            continue
        following = hits[place + 1 : place + 4]
        attribution = _read_hit(article, hit, following) or _silent(article, hit)
        if attribution:
            found.append(attribution)
            consumed = max(consumed, attribution.cue_end, attribution.begin if attribution.frame != "before" else 0)
    found += according
    found.sort(key=lambda each: (each.cue_start, each.begin))
    return _inherit(article, found)


def _inherit(article: Article, found: list[Attribution]) -> list[Attribution]:
    """A verb joined inside a reported clause takes that clause's subject: أكد أن الحزب يساند المطالب، ويدعو إلى تنفيذها."""
    folded = article.folded
    for place in range(1, len(found)):
        this, before = found[place], found[place - 1]
        if this.phrase is not None or this.form.mood not in ("past", "present"):
            continue
        if not this.joined and this.embedded and article.sentence(before.begin)[1] > this.cue_start > before.begin:
            that = re.compile(r"ب?ان +").match(folded, before.begin)
            subject = read_phrase(folded, that.end(), this.cue_start, article.by_start, strict=True) if that else None
            if subject and _can_speak(subject, folded):
                found[place] = this._replace(phrase=subject)
            continue
        if not this.joined or before.frame != "that":
            continue
        if before.form.mood == "present" or article.sentence(before.begin)[1] < this.cue_start:
            continue
        that = re.compile(r"ب?ان +").match(folded, before.begin)
        if not that:
            continue
        subject = read_phrase(folded, that.end(), this.cue_start, article.by_start, strict=True)
        if subject is None:
            continue
        comma = folded[max(0, this.cue_start - 4) : this.cue_start].rstrip()[-1:] in ("،", ",", "؛")
        following = _follows(folded, subject.end)
        inside = this.form.mood == "present" or (not comma and word(following).kind == "verb" and forms().get(following, (this.form,))[0].gender == this.form.gender)
        if inside:
            found[place] = this._replace(phrase=subject if _can_speak(subject, folded) else None, embedded=True)
    return found


def _read_hit(article: Article, hit: Hit, following: Sequence[Hit]) -> Attribution | None:
    for form in sorted(hit.form, key=_specific) if len(hit.form) > 1 else hit.form:
        attribution = _read_form(article, hit, form, following)
        if attribution:
            return attribution
    return None


def _specific(form: Form) -> bool:
    return "about" not in form.frames  # the stricter complement first


def _silent(article: Article, hit: Hit) -> Attribution | None:
    """A verb of saying without content that names its subject (استنكر الوزير التصريحات): no statement, but who goes on speaking."""
    form = hit.form[0]
    if form.mood not in ("past", "present") or "guard" in form.flags or form.suffixed:
        return None
    phrase = read_phrase(article.folded, hit.end, article.sentence(hit.start)[1], article.by_start, strict=True)
    if phrase is None or phrase.kind not in ("person", "body", "media", "people") or not (phrase.named or phrase.definite):
        return None
    return Attribution(hit.start, hit.end, form, "silent", phrase.end, phrase.end, phrase, hit.joined, hit.start, False, -1, True)


def _read_form(article: Article, hit: Hit, form: Form, following: Sequence[Hit]) -> Attribution | None:
    folded = article.folded
    sentence_start, sentence_end = article.sentence(hit.start)
    clause = _clause(article, hit, sentence_start)
    if "guard" in form.flags and not hit.joined and form.mood != "hal" and not clause.free:
        return None
    if form.mood == "noun" and not form.suffixed and clause.before in ("في", "بحسب", "حسب", "وفق"):
        return None
    cue_end = hit.end
    carried = carriers().match(folded, cue_end, sentence_end)
    if carried:
        cue_end = carried.end()
    limit = min(sentence_end, cue_end + _REACH, _barrier(article, hit, following))
    if form.lemma in _RELAYS and form.mood != "noun":
        return _relayed(article, hit, form, cue_end, limit, clause)
    subject, subject_lead = (None, hit.start)
    if form.mood in ("past", "present") and not form.suffixed and (not hit.joined or clause.subject_first):
        subject, subject_lead = _before(article, hit, clause, sentence_start)
    complement = _complement(article, form, cue_end, limit, subject if clause.subject or clause.relative else None, sentence_end)
    if complement is None:
        return _after_quote(article, hit, form, cue_end, limit, clause)
    frame, gap_end, begin, end, phrase, closed = complement
    embedded = clause.relative or form.mood == "noun"
    lead = hit.start if not clause.conjunction else clause.conjunction_start
    if phrase is not None and "two" in form.flags and not _agrees(form, phrase):
        phrase = None  # whom the verb addresses
    if subject is not None and (phrase is None or clause.subject):
        phrase, closed, lead = subject, True, min(subject_lead, lead)
    if "impersonal" in form.flags and form.mood == "present" and form.gender == "m" and form.number == "s" and not form.suffixed:
        if phrase is None or clause.relative or phrase is subject and not clause.subject:
            return None
    if phrase is None and clause.relative:
        embedded = not clause.comma
        lead = clause.conjunction_start
    elif phrase is None and form.mood in ("past", "present") and not hit.joined and not clause.conjunction and clause.comma:
        embedded = True  # a verb alone after a comma goes on inside the content
    seek = -1
    if phrase is None and hit.joined and clause.impersonal >= 0:
        seek = clause.impersonal
    elif phrase is None and hit.start - sentence_start > 12 and (form.mood in ("hal", "noun") or not hit.joined):
        seek = sentence_start
    if not _allowed(form, frame, phrase, begin, folded, hit):
        return None
    return Attribution(hit.start, cue_end, form, frame, begin, end, phrase, hit.joined, lead, embedded, seek, closed)


def _barrier(article: Article, hit: Hit, following: Sequence[Hit]) -> int:
    """The next cue that surely is one: a complement beyond it is not this cue's."""
    folded = article.folded
    for other in following:
        if other.start <= hit.end:
            continue
        form = other.form[0]
        if carriers().match(folded, other.start):
            continue
        if form.mood == "noun" or (form.mood == "hal" and not other.joined and folded[max(0, other.start - 3) : other.start].rstrip()[-1:] not in "،,.؛"):
            continue
        if other.joined or "guard" not in form.flags:
            previous = folded[max(0, other.start - 12) : other.start].split()
            if previous and word(previous[-1]).kind == "relative" or (previous and previous[-1] in ("ما", "مما", "عما", "كما") and previous[-1] != "كما"):
                continue
            return other.start
    return len(folded)


def _agrees(form: Form, phrase: Phrase) -> bool:
    """Whether a noun phrase can be the subject of a verb before it, as far as its head tells a gender."""
    if form.number != "s" or phrase.number == "p" or phrase.kind not in ("person", "body", "media", "document") or not phrase.role:
        return True
    if phrase.kind != "person":
        return form.gender == "f" or phrase.gender == "m"  # plurals of things take the feminine
    return form.gender == phrase.gender


class _Clause(NamedTuple):
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


_CONJUNCTIONS = frozenset(fold_key(each) for each in ("كما", "ثم", "فيما", "بينما", "حيث", "إذ", "وقد", "فقد", "لكن", "ولكن", "وبينما", "وفيما", "كذلك", "وكذلك", "بعدما", "بعد أن", "حين", "عندما"))


def _clause(article: Article, hit: Hit, sentence_start: int) -> _Clause:
    folded = article.folded
    opening = _opening().match(folded, sentence_start)
    start = max(sentence_start, hit.start - 220, opening.end() if opening and opening.end() <= hit.start else 0)
    comma = max(folded.rfind(mark, start, hit.start) for mark in ("،", ",", "؛", ": ", " - ", "– ", "-- "))
    start = comma + 1 if comma >= start else start
    words = [(match[0], match.start()) for match in re.finditer(r"\w+", folded[start : hit.start])]
    before = words[-1][0] if words else ""
    openers = _words("openers")
    plain = before in openers or not words
    relative = any(each in _words("relatives") or each in ("والذي", "والتي") for each, _ in words[-4:])
    conjunction, conjunction_start = "", hit.start
    for each, offset in reversed(words[-2:]):
        if each in _CONJUNCTIONS or each in _words("relatives") or each in ("كان", "قد", "وقد", "وكان", "وكانت", "كانت", "والذي", "والتي"):
            conjunction, conjunction_start = each, start + offset
    subject_first = any(each in ("وكان", "كان", "وكانت", "كانت", "ولكن", "لكن") for each, _ in words[:2])
    free = plain or hit.joined
    subject = False
    if opening and opening.end() >= hit.start:
        free = True
    impersonal = _skip(folded, opening.end() + 2) if opening and opening[0] and folded.startswith("ان ", opening.end()) else -1
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
        subject = phrase is not None and not relative and _covers(folded, phrase, hit.start) and _can_speak(phrase, folded)
        if subject and phrase and "guard" in hit.form[0].flags and phrase.kind == "name" and not phrase.quoted and phrase.name_end - phrase.name_start < 9:
            subject = word(folded[phrase.name_start : phrase.name_end]).kind == "given"
        free = free or subject or (phrase is None and folded[first : hit.start].strip() == "")
    return _Clause(start, before, free, relative, conjunction, conjunction_start, subject_first, subject, comma + 1 == start, impersonal)


def _covers(folded: str, phrase: Phrase, end: int) -> bool:
    rest = folded[phrase.end : end].strip(" ،,-\"“”«»")
    return not rest or all(each in _words("openers") or word(each).kind == "adverb" for each in rest.split())


_Complement = tuple[str, int, int, int | None, Phrase | None, bool]  # frame, end of the gap, begin, end, source, closed


def _complement(
    article: Article, form: Form, cue_end: int, limit: int, subject: Phrase | None, sentence_end: int
) -> _Complement | None:
    """The first complement after the cue that its frames allow, with the source in between."""
    folded, frames = article.folded, form.frames
    if "about" in frames:
        about = _about(article, form, cue_end, limit, subject)
        if about:
            return about
    quote = _speech_quote(article, cue_end, limit)
    for match in _markers().finditer(folded, cue_end, limit):
        at = match.start()
        if quote and quote[0] <= at:
            break
        kind = match.lastgroup
        if kind == "that":
            if "that" not in frames or not _is_that(folded, cue_end, at):
                if "that" in frames or kind == "that" and at - cue_end > 2:
                    continue
                return None
            return _that(article, form, cue_end, match, limit, sentence_end)
        if kind == "colon":
            if "speech" not in frames and "that" not in frames:
                return None
            return _colon(article, form, cue_end, at, sentence_end)
        if kind == "prep":
            if match[0] not in frames or _follows(folded, match.end()) in _NOT_PREP[match[0]]:
                continue
            phrase, explained, closed = _gap(article, cue_end, at, form, strict=True)
            if not explained:
                continue
            begin = _skip(folded, match.end())
            if "only_clause" in form.flags and not _markers().match(folded, begin):
                return None
            if begin >= limit:
                return None
            that = _THAT.match(folded, begin)
            found = _quoted_whole(article, that.end() if that else begin, sentence_end)
            if found:
                return match[0], at, found[2], found[3], phrase, closed
            return match[0], at, begin, None, phrase, closed
        if kind == "with" and "ب" in frames and match[0] not in _NOT_WITH and (form.mood != "noun" or at - cue_end < 2):
            rest = word(match[0])
            if rest.kind in ("body", "role", "place", "media") and rest.prefixed and at - cue_end > 2 and not (rest.definite and "two" in form.flags):
                continue
            if match[0][1:3] == "ان" and len(match[0]) <= 6 and match[0] in ("بان",):
                continue
            phrase, explained, closed = _gap(article, cue_end, at, form, strict=True)
            if not explained:
                continue
            if "only_clause" in form.flags:
                return None
            return "ب", at, at, None, phrase, closed
    if quote and "speech" in frames:
        phrase, _, closed = _gap(article, cue_end, quote[0], form)
        if form.mood == "noun" and quote[0] - cue_end > 60:
            return None
        return "quote", quote[0], quote[2], quote[3], phrase, True
    if "object" in frames:
        return _object(article, form, cue_end, limit, subject)
    return None


def _follows(folded: str, at: int) -> str:
    match = re.compile(r" *(\w+)").match(folded, at)
    return match[1] if match else ""


def _skip(folded: str, at: int) -> int:
    while at < len(folded) and folded[at] in " ،,:-":
        at += 1
    return at


def _is_that(folded: str, cue_end: int, at: int) -> bool:
    before = folded[max(cue_end, at - 14) : at].split()
    return not (before and before[-1] in _NOT_THAT and at - cue_end > 2)


def _speech_quote(article: Article, cue_end: int, limit: int) -> tuple[int, int, int, int] | None:
    """The first quotation after a cue that is speech and not the name of the source or of a place."""
    folded = article.folded
    at = cue_end
    while True:
        quote = article.quote_from(at, limit)
        if quote is None:
            return None
        start, end, inner, inner_end = quote
        length = folded.count(" ", inner, inner_end) + 1
        before = folded[max(0, start - 3) : start].rstrip()
        if before.endswith(":"):
            return quote
        gap = folded[cue_end:start].strip(" ،,")
        head = word(gap.split()[-1]) if gap else None
        if length > _NAME_WORDS and not (length < 10 and head and not head.definite and head.kind in ("role", "body", "media", "document")):
            return quote
        first = word(_follows(folded, inner) or "-")
        if length <= _NAME_WORDS and first.kind in ("body", "media", "media_name", "place", "rank", "given") and not gap:
            at = end
            continue
        after = folded[end : end + 1]
        if not gap and length > 2:
            return quote
        if length > 2 and (after in ".،؟!\n" or not after):
            last = gap.split()[-1] if gap else ""
            if length <= _NAME_WORDS and word(last).kind not in ("media", "body", "role", "document") and not last.endswith(("موقع", "تنظيم")) if last else True:
                return quote
        at = start + 1
        # Nested marks inside a name are passed with it.
        at = max(at, end)


def _that(article: Article, form: Form, cue_end: int, match: re.Match[str], limit: int, sentence_end: int) -> _Complement | None:
    folded = article.folded
    at = match.start()
    phrase, explained, closed = _gap(article, cue_end, at, form)
    if form.mood == "noun" and not explained:
        return None
    found = _quoted_whole(article, match.end(), sentence_end)
    if found and match[0].lstrip("وف") in ("ان", "بان"):
        return "quote", at, found[2], found[3], phrase, True
    return "that", at, at, None, phrase, closed


def _quoted_whole(article: Article, at: int, sentence_end: int) -> tuple[int, int, int, int] | None:
    """The quotation right after an offset, if it is all the content there is: a stop, a comma or a new clause follows."""
    folded = article.folded
    begin = _skip(folded, at)
    quote = article.by_start.get(begin)
    if quote is None:
        return None
    end, inner, inner_end = quote
    if folded.count(" ", inner, inner_end) < 2:
        return None
    rest = folded[end:sentence_end].lstrip(" \"”»'’")
    if rest and rest[0] not in ".،,؛!؟…-":
        first = _follows(folded, end)
        if not (first[:1] == "و" and folded.count(" ", inner, inner_end) > 8) and not _aside_at(folded, _skip(folded, end)):
            return None
    return begin, end, inner, inner_end


@cache
def _asides() -> re.Pattern[str]:
    heads = read("cues")["according"]
    return re.compile(r"و?(?:" + alternation([*heads["asides"], *heads["heads"]]) + ")")


def _aside_at(folded: str, at: int) -> bool:
    return bool(_asides().match(folded, at))


def _colon(article: Article, form: Form, cue_end: int, at: int, sentence_end: int) -> _Complement | None:
    folded = article.folded
    phrase, explained, _ = _gap(article, cue_end, at, form)
    begin = at + 1
    while begin < len(folded) and folded[begin] in " \n:" and (folded[begin] != "\n" or begin - at < 4):
        begin += 1
    quote = article.by_start.get(begin)
    if quote:
        end, inner, inner_end = quote
        return "quote", at, inner, inner_end, phrase, True
    if begin >= len(folded) or folded[at + 1 : at + 2].isdigit():
        return None
    that = _THAT.match(folded, begin)
    if that:
        found = _quoted_whole(article, that.end(), article.sentence(begin)[1])
        if found:
            return "quote", at, found[2], found[3], phrase, True
        return "that", at, begin, None, phrase, True
    if "speech" not in form.flags and "speech" not in form.frames:
        return None
    return "speech", at, begin, None, phrase, True


def _gap(article: Article, start: int, end: int, form: Form, *, strict: bool = False) -> tuple[Phrase | None, bool, bool]:
    """The source between a cue and its complement; whether the words in between are accounted for, and the source closed by a mark."""
    folded = article.folded
    text = folded[start:end].strip(" ،,-\"“”«»")
    if not text:
        return None, True, True
    phrase = read_phrase(folded, start, end, article.by_start, strict=strict or "two" in form.flags)
    if form.mood == "hal":
        explained = phrase is None or "two" in form.flags or phrase.kind == "person"
        return None, explained, True
    if phrase is None:
        phrase = _late_source(article, start, end)
        return phrase, True, True
    if "two" in form.flags and phrase.named:
        phrase = _first_of_two(phrase, folded)
    rest = folded[phrase.end : end].strip(" \"”»")
    if strict and "two" not in form.flags and rest[:2] == "ال" and " " not in rest and not phrase.named and word("ال" + phrase.head).kind == "rank":
        phrase, rest = phrase._replace(end=end, role=phrase.role | {rest[2:]}), ""  # الرئيس الأسد: a title and a surname
    closed = not rest or rest[0] in "،,:-"
    if closed or "two" in form.flags:
        return phrase, True, closed
    words = rest.split()
    while len(words) > 1 and len(words[0]) > 3 and words[0][-1] == "ا" and word(words[0]).kind == "adverb":
        del words[0]  # رسمياً، مجدداً: what counts is what follows
    first = words[0].strip("،,.-(")
    known = word(first) if first else None
    explained = known is None or known.kind in ("adverb", "inner", "relative", "determiner") or known.prefixed or first[0] in "ل(" or first in _words("openers") or first.startswith("ب")
    return phrase, explained, True


def _first_of_two(phrase: Phrase, folded: str) -> Phrase:
    """Two names in a row after a verb of asking (حث كوربن تيريزا ماي على): the second is whom it asks."""
    words = [(match[0], match.start()) for match in re.finditer(r"\w+", folded[phrase.name_start : phrase.name_end])]
    for place, (each, offset) in enumerate(words):
        if place and word(each).kind == "given" and word(words[0][0]).kind not in ("given", "compound"):
            end = phrase.name_start + offset
            while folded[end - 1] == " ":
                end -= 1
            return phrase._replace(end=end, name_end=end)
    return phrase


def _late_source(article: Article, start: int, end: int) -> Phrase | None:
    """A source that an adverb precedes: وقال في بيان، وزير الدفاع فلان إن."""
    folded = article.folded
    at = start
    for _ in range(3):
        commas = [place for place in (folded.find("،", at, end), folded.find(",", at, end)) if place >= 0]
        if not commas:
            break
        at = min(commas) + 1
        phrase = read_phrase(folded, at, end, article.by_start)
        if phrase and phrase.kind in ("person", "body", "media", "anonymous") and folded[phrase.end : end].strip(" \"”»")[:1] in ("", "،", ",", ":"):
            return phrase
    words = re.compile(r"\w+").finditer(folded, start, end)
    for place, match in enumerate(words):
        if place > 3:
            break
        known = word(match[0])
        if place and known.kind in ("role", "rank", "body", "media", "anonymous", "people") and not known.prefixed:
            previous = folded[start : match.start()].split()[-1]
            if word(previous).kind == "adverb" and previous not in ("خلال", "عبر", "بعد", "قبل", "مع", "حول", "بشان", "امام", "لدي", "عن", "عقب", "اثناء", "ضمن", "يوم", "وسط"):
                phrase = read_phrase(folded, match.start(), end, article.by_start)
                if phrase:
                    return phrase
    return None


_ABOUT = re.compile(r"(?<!\w)(?:وب|ب)(?:ان(?:ه|ها|هم|هما)?(?!\w)|(?= ?[\"“«])|ال\w{3,}|\w{4,})")


def _about(article: Article, form: Form, cue_end: int, limit: int, subject: Phrase | None) -> _Complement | None:
    """وصف الوزير الموقف بأنه …، اتهم النائب الحكومة بالتقصير: the content starts at what is described."""
    folded = article.folded
    predicate = next((match for match in _ABOUT.finditer(folded, cue_end, limit) if match[0] not in _NOT_WITH), None)
    if predicate is None:
        return None
    that = next((match for match in _markers().finditer(folded, cue_end, predicate.start()) if match.lastgroup in ("that", "colon")), None)
    if that is not None:
        return None
    if "by" not in form.flags and not predicate[0].lstrip("و").startswith("بان") and predicate[0].lstrip("و") != "ب":
        return None
    at = predicate.start()
    if form.suffixed:
        phrase = read_phrase(folded, cue_end, at, article.by_start)
        return "about", at, at, None, phrase, True
    if not folded[cue_end:at].strip(" ،,"):
        return None if predicate[0] != "ب" else ("about", at, at, None, None, True)
    if form.mood == "hal" or subject is not None:
        return "about", at, _skip(folded, cue_end), None, None, True
    phrase = read_phrase(folded, cue_end, at, article.by_start, strict=True)
    if phrase is None and "guard" in form.flags:
        return None
    if phrase is None or not folded[phrase.end : at].strip(" ،,\"”»"):
        # One noun phrase between verb and predicate is what is described; who describes it was named before.
        if "guard" in form.flags:
            return None
        return "about", at, _skip(folded, cue_end), None, None, phrase is None
    begin = _past_adverbs(folded, phrase.end, limit)
    return "about", begin, min(begin, at), None, phrase, True


def _object(article: Article, form: Form, cue_end: int, limit: int, subject: Phrase | None) -> _Complement | None:
    """A noun phrase as content: أكد الوزير ضرورة …، نفت الشركة الأنباء."""
    folded = article.folded
    phrase = None
    begin = _skip(folded, cue_end)
    if not _reported(folded, begin):
        begin = _past_adverbs(folded, cue_end, limit)
    if begin >= limit:
        return None
    if form.mood != "hal" and subject is None and not _reported(folded, begin):
        phrase = read_phrase(folded, cue_end, limit, article.by_start, strict=True)
        if phrase is None:
            return None
        begin = _past_adverbs(folded, phrase.end, limit)
    first = _follows(folded, begin)
    if begin >= limit or not first:
        return None
    if _reported(folded, begin):
        return "object", begin, begin, None, phrase, True
    bare = form.mood == "hal" or (subject is not None and "any_object" in form.flags)
    if bare and word(first).kind in ("content", "bare", "body", "document", "people", "role", "given") and not first.endswith("ا"):
        return "object", begin, begin, None, None, True
    return None


def _reported(folded: str, at: int) -> bool:
    """Whether a noun phrase that can be reported starts here (ضرورة …، مقتل …)."""
    first = _follows(folded, at)
    return bool(first) and (is_content(first) or first in content_words())


def _past_adverbs(folded: str, at: int, limit: int) -> int:
    """Step over commas and adverbial words between a source and its object: أعلنت الوزارة، أمس الخميس، مقتل."""
    begin = _skip(folded, at)
    for _ in range(6):
        first = _follows(folded, begin)
        if not first or begin >= limit:
            break
        known = word(first)
        if known.kind == "adverb" and first not in ("خلال", "بعد", "قبل", "عبر", "مع", "عقب", "امام", "عن"):
            begin = _skip(folded, folded.index(first, begin) + len(first))
            continue
        if first in ("في", "خلال", "عبر", "بعد", "قبل", "عقب", "على"):
            comma = folded.find("،", begin, min(limit, begin + 90))
            if comma > 0:
                begin = _skip(folded, comma)
                continue
        break
    return begin


def _before(article: Article, hit: Hit, clause: _Clause, sentence_start: int) -> tuple[Phrase | None, int]:
    """A source before its verb, also as the antecedent of a relative clause."""
    folded = article.folded
    end = hit.start
    words = [(match[0], match.start() + clause.start) for match in re.finditer(r"\w+", folded[clause.start : end])]
    if words and words[-1][0] in _SUBORDINATORS:
        return None, hit.start
    while words and (words[-1][0] in _words("openers") or word(words[-1][0]).kind == "adverb"):
        end = words.pop()[1]
    alone = not folded[clause.start : end].strip(" \"“”«»،,")
    if alone:
        # Between commas: the source is the chunk before (ومن جهته، فلان، قال) or the antecedent before the comma.
        comma = clause.start - 1
        if comma < sentence_start:
            return None, hit.start
        if not clause.relative:
            chunk = max(sentence_start, folded.rfind("،", sentence_start, comma) + 1)
            phrase = read_phrase(folded, chunk, comma, article.by_start)
            if phrase and phrase.kind in ("person", "name", "body", "media", "anonymous") and not folded[phrase.end : comma].strip(" \"”»"):
                return phrase, phrase.start
            return None, hit.start
        end = comma
    start = max(sentence_start, end - 150)
    phrase, lead = _backward(article, start, end, hit.start)
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


def _relayed(article: Article, hit: Hit, form: Form, cue_end: int, limit: int, clause: _Clause) -> Attribution | None:
    """نقلت الوكالة عن فلان قوله إن، علمت «الدار» من مصادرها أن: the speaker is whom the words come from."""
    folded = article.folded
    through = re.compile(rf"(?<!\w){_RELAYS[form.lemma]}(?!\w)").search(folded, cue_end, min(limit, cue_end + 120))
    if through is None:
        return None
    phrase = read_phrase(folded, through.end(), min(len(folded), limit + 60), article.by_start)
    if phrase is None:
        own = re.compile(r" +\w+(?: الخاصه)?").match(folded, through.end())
        return None if own is None else None
    said = _carried_noun().match(folded, phrase.end)
    sentence_end = article.sentence(hit.start)[1]
    if said:
        noun = forms().get(said[1], (form,))[0]
        cue_start, begin_at = said.start(1), said.end(1)
        marker = _markers().search(folded, begin_at, min(sentence_end, begin_at + 120))
        quote = article.quote_from(begin_at, min(sentence_end, begin_at + 120))
        if quote and (marker is None or quote[0] < marker.start() or not folded[marker.end() : quote[0]].strip()):
            return Attribution(cue_start, said.end(1), noun, "quote", quote[2], quote[3], phrase, False, hit.start, False, -1, True)
        if marker and marker.lastgroup in ("that", "colon"):
            begin = marker.start() if marker.lastgroup == "that" else _skip(folded, marker.end())
            return Attribution(cue_start, said.end(1), noun, "that", begin, None, phrase, False, hit.start, False, -1, True)
        return None
    begin = _past_adverbs(folded, phrase.end, sentence_end)
    marker = _THAT.match(folded, begin)
    quote_at = article.by_start.get(_skip(folded, marker.end() if marker else begin))
    if quote_at and folded.count(" ", quote_at[1], quote_at[2]) > 2:
        return Attribution(hit.start, cue_end, form, "quote", quote_at[1], quote_at[2], phrase, hit.joined, hit.start, False, -1, True)
    if marker:
        return Attribution(hit.start, cue_end, form, "that", begin, None, phrase, hit.joined, hit.start, False, -1, True)
    first = _follows(folded, begin)
    if form.lemma == "نقل" and first and word(first).kind in ("content", "definite", "bare", "document") and begin < sentence_end - 8:
        return Attribution(hit.start, cue_end, form, "object", begin, None, phrase, hit.joined, hit.start, False, -1, False)
    return None


@cache
def _carried_noun() -> re.Pattern[str]:
    """The verbal noun after a relayed source: قوله، تأكيدها."""
    owned = [form for form, readings in forms().items() if readings[0].mood == "noun" and readings[0].suffixed and form[0] not in "بل"]
    return re.compile(r"[ ،,]*(?<!\w)(" + alternation(owned, folded=True) + r")(?!\w)")


def _backward(article: Article, start: int, end: int, cue: int) -> tuple[Phrase | None, int]:
    """The longest noun phrase that ends where the words before a verb end."""
    folded = article.folded
    positions = [match.start() for match in re.finditer(r"[\w\"“«]+", folded[start:end])][-16:]
    before_kind = ""
    for offset in positions:
        at = start + offset
        quoted = at in article.by_start
        token = _follows(folded, at) if not quoted else ""
        known = word(token) if token else None
        opens = quoted or (known is not None and known.kind in ("role", "rank", "body", "media", "media_name", "document", "anonymous", "people", "place", "given", "definite", "bare", "number", "and") and not known.prefixed)
        if known is not None and token[:1] == "و" and known.kind == "and":
            at, opens = at + 1, True
        if known is not None and known.prefixed and token[0] in "لب" and known.kind in ("role", "people") and not known.definite:
            at, opens = at + 1, True
        if opens and before_kind not in ("role", "body", "media", "given", "inner", "compound") or (opens and offset == positions[0]):
            phrase = read_phrase(folded, at, end, article.by_start)
            if phrase and not folded[phrase.end : end].strip(" ،,\"”»-") and _can_speak(phrase, folded):
                return phrase, at - 1 if folded[at - 1 : at] == "و" and not folded[at - 2 : at - 1].isalnum() else at
        before_kind = known.kind if known else ""
        if known is not None and known.kind == "inner":
            before_kind = ""
    return None, cue


def _can_speak(phrase: Phrase, folded: str) -> bool:
    if phrase.kind in ("person", "people", "body", "media", "document", "anonymous", "place"):
        return True
    if phrase.kind == "thing":
        return False
    if phrase.kind == "name":
        if folded[phrase.name_end - 1] == "ا" and " " not in folded[phrase.name_start : phrase.name_end]:
            return False  # an accusative, not a name
        return phrase.quoted or word(folded[phrase.name_start : phrase.name_end].split()[0]).kind == "given" or folded[phrase.name_start : phrase.name_end].count(" ") == 0
    return phrase.kind == "other" and len(phrase.role) <= 2


def _allowed(form: Form, frame: str, phrase: Phrase | None, begin: int, folded: str, hit: Hit) -> bool:
    """Last conditions: a text that shows, a speaker that can speak, a quotation where the verb wants one."""
    if "only_quote" in form.flags and frame != "quote":
        return False
    if "document" in form.flags and frame != "quote":
        if phrase is None:
            return form.mood == "hal"
        return phrase.kind in ("document", "media", "body", "other", "people", "person", "anonymous")
    if "needs_speaker" in form.flags and phrase is not None and phrase.kind not in ("person", "people", "body", "media", "place", "anonymous", "name"):
        return False
    if form.mood == "noun" and not form.suffixed and phrase is None and folded[hit.start] != "ل":
        return False
    if phrase is not None and (phrase.kind == "thing" or (frame == "object" and phrase.kind == "other" and phrase.head.endswith("ه"))):
        return False
    if "feeling" in form.flags:
        return False
    if frame == "object" and phrase is None and form.mood == "past" and form.lemma == "أعلن" and hit.joined:
        return True
    return begin < len(folded)


def _after_quote(article: Article, hit: Hit, form: Form, cue_end: int, limit: int, clause: _Clause) -> Attribution | None:
    """A cue that follows its quotation: «…»، قال فلان."""
    if "speech" not in form.frames or form.mood not in ("past", "present") or hit.joined and form.lemma != "قال":
        return None
    folded = article.folded
    end = hit.start
    while end > 0 and folded[end - 1] in " ،,.-\n…":
        end -= 1
    if folded[max(0, end - 4) : end] == "هكذا" or folded[max(0, end - 4) : end] == "بهذا":
        end -= 4
        while end > 0 and folded[end - 1] in " ،,.-":
            end -= 1
    start = article.quote_ends.get(end)
    if start is None or "\n" in folded[end : hit.start]:
        return None
    close, inner, inner_end = article.by_start[start]
    if folded.count(" ", inner, inner_end) < 2:
        return None
    phrase = read_phrase(folded, cue_end, limit, article.by_start)
    if phrase is None and not hit.joined and form.number == "s" and form.lemma != "قال":
        return None
    return Attribution(hit.start, cue_end, form, "before", inner, inner_end, phrase, hit.joined, start, False, -1, True)


# بحسب فلان، وفق ما ذكرت الوكالة، حسبما أفاد به


@cache
def _according_pattern() -> re.Pattern[str]:
    lexicon = read("cues")["according"]
    return re.compile(r"(?<!\w)و?(?:" + alternation([*lexicon["heads"], *lexicon["asides"]]) + r")(?!\w)(?: +ما(?!\w))?")


@cache
def _according_verbs() -> re.Pattern[str]:
    said = [form for form, readings in forms().items() if readings[0].mood in ("past", "present")]
    more = [fold_key(each) for each in read("cues")["according"]["verbs"]]
    written = {form + suffix for form in said for suffix in ("", "ه", " به", " عنه", " اليه")} | set(more)
    return re.compile(r" *(?<!\w)(?:" + alternation(written, folded=True) + r")(?!\w)")


_LAWS = frozenset(fold_key(each) for each in ("قانون", "اتفاق", "اتفاقية", "دستور", "لائحة", "مرسوم", "كتاب", "مشروع", "مؤشر", "خطاب"))


def _according(article: Article) -> Iterator[Attribution]:
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
        said = _according_verbs().match(folded, cue_end, sentence_end)
        if head.endswith("ما") or head in ("كما", "علي ما"):
            if not said:
                continue
            if head == "كما" and not _closes(folded, start):
                continue
        if said:
            cue_end = said.end()
        form = _according_form(folded, match, said)
        pronoun = re.compile(r"(?:ه|ها|هم)(?!\w)").match(folded, match.end() - 0)
        after = _skip_spaces(folded, cue_end)
        phrase = read_phrase(folded, after, min(sentence_end, after + 200), article.by_start) or _prefixed(article, after, sentence_end)
        through = re.compile(r"(?:نقل\w*|[^\n.]{0,80}?)(?<!\w)عن +").match(folded, cue_end, min(sentence_end, cue_end + 90)) if said and "نقل" in said[0] or said and "نلق" in said[0] else None
        if through:
            behind = read_phrase(folded, through.end(), sentence_end, article.by_start)
            phrase = behind or phrase
        if phrase is None or pronoun:
            continue
        if head == "كما" and (not said or folded[phrase.end : phrase.end + 2].strip()[:1] not in ("", ".", "،", ",")):
            continue
        if not said and not aside and not _authority(phrase, folded):
            continue
        begin, end = _according_content(article, start, phrase, sentence_end)
        if begin is None:
            continue
        yield Attribution(start, cue_end, form, "according", begin, end, phrase, False, start, False, -1, True)


@cache
def _aside_heads() -> tuple[str, ...]:
    return tuple(fold_key(each) for each in read("cues")["according"]["asides"])


@cache
def _rubrics() -> frozenset[str]:
    return frozenset(fold_key(each) for each in read("cues")["particles"]["rubrics"])


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
    if phrase.head in _LAWS:
        return False
    if phrase.kind in ("person", "people", "body", "media", "document", "anonymous"):
        return True
    return phrase.kind == "name" and (phrase.quoted or word(folded[phrase.name_start : phrase.name_end].split()[0]).kind == "given")


def _according_form(folded: str, match: re.Match[str], said: re.Match[str] | None) -> Form:
    lemma, force = "حسب", "neutral"
    if said:
        for reading in forms().get(said[0].split()[0], ()) or forms().get(said[0].split()[0].rstrip("ه"), ()):
            lemma, force = reading.lemma, reading.force
            break
    else:
        first = match[0].strip().lstrip("و") if not match[0].startswith("وف") else match[0]
        lemma = {"بحسب": "حسب", "حسب": "حسب", "طبقا": "طبق", "حسبما": "حسب", "نقلا عن": "نقل"}.get(first, "وفق" if first.startswith("وف") else "حسب")
    if "زعم" in match[0] or "ادعاء" in match[0]:
        force = "doubt"
    return Form(lemma, force, frozenset(), "noun", "m", "s", frozenset(), False)


def _according_content(article: Article, start: int, phrase: Phrase, sentence_end: int) -> tuple[int | None, int | None]:
    """Where the content of an attributing phrase lies: behind the phrase where that opens the sentence, else before it."""
    folded = article.folded
    sentence_start = article.sentence(start)[0]
    begin = _past_openers(folded, sentence_start, start)
    before = folded[begin:start].strip(" ،,.\"”»-")
    if len(before) < 3:
        after = _skip(folded, phrase.end)
        comma = folded.find("،", phrase.end, min(sentence_end, phrase.end + 120))
        if after < sentence_end and comma >= 0:
            after = _skip(folded, comma)
            return (after, None) if sentence_end - after > 8 else (None, None)
        return None, None
    end = start
    while end > begin and folded[end - 1] in " ،,-":
        end -= 1
    return begin, end


def _past_openers(folded: str, at: int, limit: int) -> int:
    """Where a sentence says something: past كذلك، من جهة أخرى، وفي هذا السياق، يُذكر."""
    opening = _opening().match(folded, at, limit)
    return opening.end() if opening else at


@cache
def _opening() -> re.Pattern[str]:
    impersonal = alternation(each for each in read("cues")["particles"]["impersonal"] if " " not in each)
    return re.compile(
        rf"(?:[^\n]{{0,60}}?\([\w .]{{2,24}}\) *[-–]+ *)?(?:(?:كذلك|ايضا|من جهه اخري|من جهه ثانيه|من جانب اخر|وفي السياق ذاته|وفي هذا السياق|وفي سياق متصل|في المقابل|وفي المقابل|الي ذلك|من ناحيه اخري)[،,]? +|و?{impersonal} +(?=ان))?"
    )


# «فلان: …»


def _headlines(article: Article) -> list[Attribution]:
    """Headlines and subheadings that name their speaker before a colon."""
    folded, found = article.folded, []
    form = Form(":", "neutral", frozenset(), "headline", "m", "s", frozenset(), False)
    for start, end, role in article.blocks:
        if role not in ("title", "body") or end - start > 200:
            continue
        colon = folded.find(":", start, min(end, start + 90))
        if colon < 0 or (role == "body" and (folded[end - 1] in ".،" or end - start > 130)):
            continue
        phrase = read_phrase(folded, start, colon, article.by_start)
        if phrase is None or phrase.start > start + 2 or folded[start:colon].strip() in _rubrics() or phrase.kind in ("place",):
            continue
        rest = folded[phrase.end : colon].strip(" \"”»")
        if rest and rest.split()[0][0] != "ل":
            continue
        if not _headline_source(article, phrase, role):
            continue
        begin = _skip(folded, colon + 1)
        if end - begin < 8:
            continue
        quote = article.by_start.get(begin)
        if quote and quote[0] >= end - 2 and quote[0] <= end:
            found.append(Attribution(colon, colon + 1, form, "quote", quote[1], quote[2], phrase, False, start, False, -1, True))
        else:
            found.append(Attribution(colon, colon + 1, form, "headline", begin, end, phrase, False, start, False, -1, True))
    return found


def _headline_source(article: Article, phrase: Phrase, role: str) -> bool:
    if phrase.kind in ("person", "anonymous", "people"):
        return True
    if phrase.kind == "media" or phrase.kind == "document":
        return role == "title"
    if phrase.kind == "body":
        return role == "title" and (phrase.definite or len(phrase.role) > 1)
    if phrase.kind in ("name", "other"):
        name = folded_name(article.folded, phrase)
        if phrase.quoted:
            return True
        # A bare name speaks if the article has it again; places and topics do too, so a cue must stand before or after it.
        return bool(_spoken(article.folded, name.split()[-1]))
    return False


def folded_name(folded: str, phrase: Phrase) -> str:
    """The name in a phrase, else the whole of it."""
    return folded[phrase.name_start : phrase.name_end] if phrase.named else folded[phrase.start : phrase.end]


def _spoken(folded: str, name: str) -> bool:
    """Whether a cue stands shortly before a name anywhere in the article."""
    at = folded.find(name)
    table = forms()
    for _ in range(12):
        if at < 0:
            return False
        if not folded[at + len(name) : at + len(name) + 1].isalnum():
            for each in re.findall(r"\w+", folded[max(0, at - 110) : at])[-14:]:
                readings = table.get(each) or (table.get(each[1:]) if each[0] in "وف" else None)
                if readings and readings[0].mood in ("past", "present"):
                    return True
        at = folded.find(name, at + len(name))
    return False
