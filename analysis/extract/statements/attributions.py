"""Attributions: cues that have a complement and a source, before it is settled how far the content reaches.

In goes an `Article` (folded text with its blocks, quotations and sentence ends), out come `Attribution`s in order of their cues.

>>> from analysis.text import fold
>>> found = find_attributions(Article(fold("وأكد الوزير أن الوضع مستقر."), [], []))
>>> [(each.frame, each.form.lemma, each.begin) for each in found]
[('that', 'أكد', 12)]
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from analysis.extract.statements.article import Article, Attribution, Complement
from analysis.extract.statements.complements.according import according
from analysis.extract.statements.complements.asides import opens_aside
from analysis.extract.statements.complements.carrying import bare_clause
from analysis.extract.statements.complements.complements import complement
from analysis.extract.statements.complements.headlines import headlines
from analysis.extract.statements.complements.objects import own_object
from analysis.extract.statements.complements.relays import after_quote, parenthetical, relayed
from analysis.extract.statements.cues.clauses import (
    Clause,
    can_speak,
    past_openers,
    read_clause,
    skip,
    subject_before,
    subject_first,
)
from analysis.extract.statements.cues.conditions import SAID, accusative, allowed, passive, untold
from analysis.extract.statements.cues.nested import sentence_within
from analysis.extract.statements.cues.spotting import behind_that, earlier, find_cues
from analysis.extract.statements.cues.texts import author_behind, reporting, told_in
from analysis.extract.statements.cues.topics import as_for, is_topic
from analysis.extract.statements.sources.phrases import Phrase, read_phrase, read_prefixed
from analysis.extract.statements.sources.reading import NAMES
from analysis.extract.statements.vocabulary.forms import Form, Hit, carriers
from analysis.extract.statements.vocabulary.listed import is_act, single, titles
from analysis.extract.statements.vocabulary.words import Word, word

_REACH = 360  # how far from its cue a complement may stand, in characters
_FOLLOWING = 3  # cues after one that may end its reach
_FINITE = frozenset(("past", "present"))
_CLAUSAL = frozenset(("that", "speech"))


_OBJECTS = frozenset(("document", "other", "thing"))
_COMMAS = frozenset("،,")


def find_attributions(article: Article) -> list[Attribution]:
    """Every attribution of an article, in order of cues; content ends that no quotation settles are left open."""
    hits = find_cues(article)
    found: list[Attribution] = []
    phrases = list(according(article))
    spoken_for = sorted((each.cue_start, max(each.cue_end, each.phrase.end if each.phrase else 0)) for each in phrases)
    starts = [start for start, _ in spoken_for]
    consumed = -1
    for place, hit in enumerate(hits):
        within = hit.start < consumed
        if within and (hit.at < 1 or article.words.known[hit.at - 1].kind != "relative"):
            continue
        if starts:
            at = bisect_right(starts, hit.start) - 1
            if at >= 0 and hit.start < spoken_for[at][1]:
                continue
        attribution = _read_hit(article, hits, place, found[-1] if found else None) or (None if within else _silent(article, hit))
        if attribution and within and (attribution.frame != "object" or attribution.begin >= consumed):
            continue  # in a source, only a noun phrase of its own: ويرى التجار، الذين توقعوا خفض الرسوم، أن
        if attribution:
            found.append(attribution)
            consumed = max(consumed, attribution.cue_end, attribution.begin if attribution.frame != "before" else 0)
    found += phrases
    found += headlines(article, [each.phrase for each in found if each.phrase])
    found.sort(key=lambda each: (each.cue_start, each.begin))
    return _inherit(article, found)


def _inherit(article: Article, found: list[Attribution]) -> list[Attribution]:
    """A verb joined inside a reported clause takes that clause's subject: أكد أن الحزب يساند المطالب، ويدعو إلى تنفيذها."""
    folded, words = article.folded, article.words
    for place in range(1, len(found)):
        this, before = found[place], found[place - 1]
        if this.phrase is not None or this.form.mood not in _FINITE:
            continue
        alone = not this.joined and (this.embedded or this.lead == this.cue_start)
        if not alone and (not this.joined or before.frame != "that" or before.form.mood == "present"):
            continue
        that = words.after(before.begin)
        if (
            not that.spelled
            or "bare_that" not in that.lists
            or not before.begin < this.cue_start <= article.sentence(before.begin)[1]
        ):
            continue
        if this.joined and _acts_between(article, before.begin, this.cue_start):
            continue
        subject = read_phrase(article, words.ends[words.at(before.begin)], this.cue_start, strict=True)
        if subject is None or subject.quoted:
            continue
        speaks = can_speak(subject, folded)
        if alone:
            if speaks:
                found[place] = this.said_by(subject, embedded=this.embedded)
            continue
        following = words.after(subject.end)
        if (
            before.form.mood == this.form.mood == "past"
            and this.form.gender == before.form.gender
            and following.kind == "verb"
            and following.spelled[0] in _PRESENT
        ):
            continue  # ونفت الصين أن قوانينها تشترط ذلك وهددت: the same tense as the outer verb's
        comma = folded[max(0, this.cue_start - 4) : this.cue_start].rstrip()[-1:] in ("،", ",", "؛")
        other = before.form.number == "s" and this.form.gender != before.form.gender and this.form.gender == subject.gender
        inside = this.form.mood == "present" or (not comma and other)
        inside = inside or (
            not comma and following.kind == "verb" and (following.readings or (this.form,))[0].gender == this.form.gender
        )
        if inside:
            found[place] = this.said_by(subject if speaks else None, embedded=True)
    return found


def _acts_between(article: Article, start: int, end: int) -> bool:
    """Whether the narrator goes on with a verb of their own after a comma: …، وثمّن الوزير الدعم وقال."""
    words = article.words
    for at in range(words.at(start) + 1, words.at(end)):
        spelled = words.known[at].spelled
        if (
            spelled[0] == "و"
            and words.gaps[at][:1] == "،"
            and is_act(spelled[1:])
            and words.next(at).kind in {"role", "rank", "given"}
        ):
            return True
    return False


def _read_hit(article: Article, hits: Sequence[Hit], place: int, before: Attribution | None) -> Attribution | None:
    readings = hits[place].readings
    for form in sorted(readings, key=_specific) if len(readings) > 1 else readings:
        attribution = _read_form(article, hits, place, form, before)
        if attribution:
            return attribution
    return None


def _specific(form: Form) -> bool:
    return "about" not in form.frames  # the stricter complement first


def _silent(article: Article, hit: Hit) -> Attribution | None:
    """A verb of saying without content that names its subject (استنكر الوزير التصريحات): no statement, but who goes on speaking."""
    form = hit.readings[0]
    if "ends" in form.flags and (hit.joined or form.mood == "hal") and article.folded[hit.start - 2 : hit.start] == "، ":
        return Attribution(hit.start, hit.end, form, "silent", hit.end, hit.end, None, hit.joined, hit.start, False, -1, True)
    if form.mood not in _FINITE or form.suffixed or "guard" in form.flags:
        return None
    start, told = hit.end, article.words.next(hit.at)
    if "told_of" in told.lists:
        start = article.words.ends[hit.at + 1]  # أوضح ذلك المدير سامي حداد
    phrase = read_phrase(article, start, article.sentence(hit.start)[1], strict=True)
    if phrase is None or phrase.kind not in {"person", "body", "media", "people", "place"} or not (phrase.named or phrase.definite):
        return None
    return Attribution(hit.start, hit.end, form, "silent", phrase.end, phrase.end, phrase, hit.joined, hit.start, False, -1, True)


class _Cue:
    """One reading of a cue, in the clause and the sentence that it stands in."""

    __slots__ = ("article", "bound", "clause", "end", "finite", "form", "hit", "sentence", "subject", "subject_lead", "told")

    def __init__(self, article: Article, hit: Hit, form: Form, sentence: tuple[int, int]) -> None:
        self.article, self.hit, self.form, self.sentence = article, hit, form, sentence
        self.end = carried(article, hit.at, sentence[1])
        self.finite = form.mood in _FINITE and not form.suffixed
        clause = read_clause(article, hit, sentence[0])
        self.told = told_in(article, hit, form, self.end, sentence[0]) if self.finite else None
        if self.told is not None:
            clause = Clause(clause.before, clause.lead, self.told.author, free=True, relative=False, comma=False)
        self.clause = clause
        self.bound = not _stands(article, hit, form, clause)  # it hangs on the words before it
        self.subject: Phrase | None = None  # who stands before the cue, and where that begins
        self.subject_lead = hit.start

    def find_subject(self) -> None:
        """Find who stands before a finite verb."""
        clause = self.clause
        if not self.finite:
            return
        if clause.relative:
            self.subject, self.subject_lead = subject_before(self.article, self.hit, clause, self.sentence[0])
        elif clause.subject:
            self.subject, self.subject_lead = clause.subject, clause.subject.start

    def apart(self, limit: int) -> Attribution | None:
        """It stands apart from its content."""
        return _apart(self.article, self.hit, self.form, self.end, limit, self.sentence)


def _read_form(article: Article, hits: Sequence[Hit], place: int, form: Form, before: Attribution | None) -> Attribution | None:
    hit = hits[place]
    sentence = sentence_within(article, hit.start)
    if form.frames <= _CLAUSAL and "bare" not in form.flags:
        reach = min(sentence[1], hit.end + _REACH)
        if not article.clause_from(hit.end, reach) and not article.quote_from(hit.end, sentence[1]):
            return _apart(article, hit, form, hit.end, reach, sentence)
    cue = _Cue(article, hit, form, sentence)
    if cue.bound and (form.mood not in _FINITE or not _may_tell(article, hit)):
        return None
    limit = min(sentence[1], cue.end + _REACH)
    limit = min(limit, barrier(article, hits, place, limit))
    if form.through and form.mood != "noun":
        passed_on = relayed(article, hit, form, cue.end, limit)
        if passed_on or _through(article, hit, form, limit):
            return passed_on
    cue.find_subject()
    found = _complemented(cue, limit)
    if not isinstance(found, Complement):
        return found
    source = _source_of(cue, found, before)
    if source is None or (form.through and found.frame not in SAID):
        return None
    phrase, closed, lead = source
    embedded = cue.clause.relative or form.mood == "noun" or (cue.told is not None and not hit.joined)
    if phrase is None and cue.clause.relative:
        comma = cue.clause.comma and _set_apart(article, hit)
        if not comma and found.frame not in {"that", "quote", "speech"}:
            return None  # الشائعات التي تحدثت عن …: what the clause hangs on cannot speak
        embedded = not comma
    elif phrase is None and cue.clause.comma and form.mood in _FINITE and not hit.joined and cue.clause.lead == hit.start:
        embedded = True  # a verb alone after a comma goes on inside the content
    if not allowed(article, form, found.frame, phrase, found.begin, hit) or untold(article, hit, form, found.frame, phrase):
        return None
    seek = _seek(article, hit, sentence[0]) if phrase is None else -1
    return Attribution(
        hit.start, cue.end, form, found.frame, found.begin, found.end, phrase, hit.joined, lead, embedded, seek, closed
    )


def _complemented(cue: _Cue, limit: int) -> Complement | Attribution | None:
    """What follows a cue; or the whole attribution, where the cue stands apart from its content."""
    article, form = cue.article, cue.form
    found = complement(article, form, cue.end, limit, cue.subject, cue.sentence[1])
    if found is None and (cue.finite or form.mood == "hal") and not cue.clause.relative:
        aside = cue.apart(limit) if cue.finite else None
        if aside is not None and aside.frame == "according":
            return aside
        found = bare_clause(article, form, cue.end, cue.sentence[1], cue.subject)
    return cue.apart(limit) if found is None else found


def _source_of(cue: _Cue, found: Complement, before: Attribution | None) -> tuple[Phrase | None, bool, int] | None:
    """Whose a cue with its complement is, whether that is certain, and where its clause starts; None where nobody tells."""
    article, hit, form, clause, told = cue.article, cue.hit, cue.form, cue.clause, cue.told
    phrase, closed, frame, begin, lead = found.phrase, found.closed, found.frame, found.begin, clause.lead
    subject, subject_lead = cue.subject, cue.subject_lead
    if phrase is None and subject is None and cue.finite:
        subject, subject_lead = _spoke_before(article, hit)
    alone = phrase is None and subject is None and cue.finite and not clause.relative and told is None
    if alone:
        subject = reporting(article, hit, form, begin, cue.sentence[0])
        alone = subject is None
    if told is not None and frame in SAID and (behind := author_behind(article, form, told, begin)) is not None:
        phrase, subject = behind, None
    if alone:
        subject, subject_lead = _sought(cue, begin)
        if subject is None and form.mood == "present" and frame not in SAID and _describes(clause.before):
            return None  # بشكل يدعو إلى القلق
    if phrase is not None and _is_addressed(article, hit, form, phrase, before):
        phrase = None
    if subject is not None and (phrase is None or clause.subject):
        phrase, closed, lead = subject, True, min(subject_lead, lead)
    if _names_nobody(article, form, frame, clause, phrase, subject) or (cue.bound and not _told_by(phrase, cue.end, frame)):
        return None
    return phrase, closed, lead


def _sought(cue: _Cue, begin: int) -> tuple[Phrase | None, int]:
    """Who stands before a cue that nobody follows, and where that begins."""
    article, hit, start = cue.article, cue.hit, cue.sentence[0]
    topic = as_for(article, hit, start)
    if topic is not None:
        return topic, topic.start
    if not is_topic(article, hit, start, begin) and (not hit.joined or subject_first(article, hit, start)):
        return subject_before(article, hit, cue.clause, start)
    return None, hit.start


def _apart(article: Article, hit: Hit, form: Form, cue_end: int, limit: int, sentence: tuple[int, int]) -> Attribution | None:
    """A cue that stands apart from its content: behind its quotation, or between commas within its sentence."""
    return after_quote(article, hit, form, cue_end, limit) or parenthetical(article, hit, form, *sentence)


def _spoke_before(article: Article, hit: Hit) -> tuple[Phrase | None, int]:
    """Who ل names behind سبق, and where that stands: سبق للوزير أن أعلن."""
    words = article.words
    since = earlier(article, hit.at) if hit.at > 1 and "bare_that" in words.known[hit.at - 1].lists else -1
    if since < 0:
        return None, hit.start
    return read_prefixed(article, skip(article.folded, words.ends[since]), words.starts[hit.at - 1]), words.starts[since]


def _set_apart(article: Article, hit: Hit) -> bool:
    """Whether no relative pronoun without a comma before it opens the clause of a cue: دعا، أمس، إلى إلغاء البنود التي تدعو إلى."""
    words = article.words
    for at in range(hit.at - 1, max(0, hit.at - _TO_RELATIVE), -1):
        if words.known[at].kind == "relative":
            return not _COMMAS.isdisjoint(words.gaps[at])
    return True


_TO_RELATIVE = 4  # words from a relative pronoun to the cue of its clause


def _may_tell(article: Article, hit: Hit) -> bool:
    """Whether a verb that cannot stand where it does may still be one, for a person may follow it."""
    words = article.words
    return words.known[hit.at].kind in _VERBAL and words.next(hit.at).kind in _NAMED_BY and "noun_too" not in hit.readings[0].flags


def _told_by(phrase: Phrase | None, cue_end: int, frame: str) -> bool:
    """Whether the person who says a clause follows a verb at once, which then is a verb wherever it stands: … أبرز نادر سالم أن."""
    return phrase is not None and phrase.named and phrase.kind in _PERSONS and phrase.start - cue_end < 2 and frame in SAID


_PERSONS = frozenset(("person", "name"))
_NAMED_BY = frozenset(("given", "rank", "compound"))
_VERBAL = frozenset(("verb", "determiner"))  # أبرز is both


def _describes(before: Word | None) -> bool:
    """Whether an indefinite noun stands before a verb, so that its clause describes that noun (بشكل يدعو إلى القلق)."""
    if before is None or before.definite or before.readings or before.lists & _BEFORE_VERBS:
        return False
    return before.kind in _DESCRIBED or "manners" in before.lists


_DESCRIBED = frozenset(("content", "common", "document"))
_BEFORE_VERBS = frozenset(("openers", "conjunctions", "relatives", "about_what"))


def _stands(article: Article, hit: Hit, form: Form, clause: Clause) -> bool:
    """Whether a form may be a cue by what stands before it: one that is also a noun only where a clause can start."""
    if form.mood == "noun":
        if clause.before is None or "before_nouns" not in clause.before.lists:
            return True
        following = article.words.gaps[hit.at + 1][:1] if hit.at + 1 < article.words.size else ""
        return following not in _COMMAS if form.suffixed else "anywhere" in form.flags  # باق حسب قوله، كما علمت الصحيفة أن
    if hit.joined or clause.free or form.mood == "hal":
        return True
    if "noun_too" in form.flags and form.mood == "past":
        return False
    return "guard" not in form.flags or earlier(article, hit.at) >= 0 or behind_that(article, hit, form)


def _names_nobody(article: Article, form: Form, frame: str, clause: Clause, phrase: Phrase | None, subject: Phrase | None) -> bool:
    """Whether a passive has no source (يُعتقد أن), or what is read as the source is what the verb is about."""
    if "impersonal" in form.flags:
        behind = phrase is not None and phrase is not subject  # التي يعتقد الخبراء أنها
        clausal = frame == "that" or "only_clause" in form.flags
        own = behind and clausal if clause.relative else behind or (phrase is not None and clause.subject is not None)
        if not own and passive(form, frame):
            return True
        if form.mood == "present" and phrase is not None and accusative(article, phrase):
            return True  # أن حرق الصورة يعتبر عملاً «غير مناسب»
    published = clause.relative and "guard" in form.flags and phrase is not None and phrase is not subject
    return published and phrase is not None and phrase.kind in _OBJECTS  # الموقع الذي نشر البحث أن


def _through(article: Article, hit: Hit, form: Form, limit: int) -> bool:
    """Whether the preposition stands before whom a verb passes on, ahead of what it tells: علمت الصحيفة من مصدر."""
    known = article.words.known
    for at in range(hit.at + 1, article.words.at(limit)):
        if known[at].spelled == form.through:
            return True
        if known[at].that and at - hit.at < _SOON and form.through != _ABOUT:
            return False  # علمت الصحيفة أن اللاعب خرج من الملعب
    return False


_SOON, _ABOUT = 6, single("about")  # words from a verb to the clause that is its own


def carried(article: Article, at: int, limit: int) -> int:
    """Where a cue ends: with what carries the saying on to a colon or a quotation (قائلاً، بالقول)."""
    end = article.words.ends[at]
    if "carriers" not in article.words.next(at).lists:
        return end
    match = carriers().match(article.folded, end, limit)
    return match.end() if match else end


_AN = single("that") + " "


def _seek(article: Article, hit: Hit, sentence_start: int) -> int:
    """Where to start to look for the subject of a verb whose source is left out; -1 where its sentence has nothing before it."""
    folded = article.folded
    if hit.joined:
        begin = past_openers(article, sentence_start, hit.start + 24)
        if begin > sentence_start and folded.startswith(_AN, begin):
            return skip(folded, begin + 2)  # the clause under an impersonal phrase (يُذكر أن …)
    return past_openers(article, sentence_start, hit.start) if hit.start - sentence_start > 12 else -1


def barrier(article: Article, hits: Sequence[Hit], place: int, limit: int) -> int:
    """The next cue that surely is one: a complement beyond it is not this cue's."""
    folded, words, end = article.folded, article.words, hits[place].end
    for other in hits[place + 1 : place + 1 + _FOLLOWING]:
        if other.start >= limit:
            break
        form = other.readings[0]
        if other.start <= end or form.mood == "noun" or "carriers" in words.known[other.at].lists:
            continue
        if form.mood == "hal":
            apart = other.joined or folded[max(0, other.start - 3) : other.start].rstrip()[-1:] in _APART
            if not apart and not words.next(other.at).marker and folded[other.end : other.end + 2].strip(" ")[:1] != ":":
                continue
            if own_object(article, other.end, form) or _circumstance(article, other.end):
                continue
        elif not other.joined and ("guard" in form.flags or (form.mood == "past" and "noun_too" in form.flags)):
            continue
        if opens_aside(article, other.at) or (other.at > 1 and opens_aside(article, other.at - 1)):
            continue  # مصدر في الميناء، اشترط عدم نشر اسمه، أن; المدير، وهو يشير إلى خريطة، أن
        if words.known[other.at].kind == "given":
            continue  # مديرة الشركة، أمل فارس
        previous = words.known[other.at - 1]
        if words.gaps[other.at].isspace():
            if previous.kind == "relative" or "about_what" in previous.lists or _was_telling(article, other.at):
                continue  # a relative clause of the source, or what the cue is about
            if (
                form.mood == "present"
                and not other.joined
                and not previous.definite
                and (previous.kind in _INDEFINITE or "events" in previous.lists)
            ):
                continue  # مؤتمر يركز على …: a relative clause that no pronoun opens
            if "called" in words.known[other.at].lists and words.next(other.at).kind in NAMES:
                continue  # متعهد يدعى فلان
        return other.start
    return limit


_INDEFINITE = frozenset(("document", "common"))


def _was_telling(article: Article, at: int) -> bool:
    """Whether كان stands between a relative pronoun and a verb: الوزير، الذي كان يتحدث في …، أن."""
    words = article.words
    if at < 2 or "copulas" not in words.known[at - 1].lists or not words.gaps[at - 1].isspace():
        return False
    return words.known[at - 2].kind == "relative"


def _circumstance(article: Article, at: int) -> bool:
    """Whether a hal stands between commas without anything said: وأضاف فلان، متحدثاً للصحفيين، أن."""
    words = article.words
    comma = article.folded.find("،", at, at + _BETWEEN_COMMAS)
    if comma < 0 or not words.after(skip(article.folded, comma)).that:
        return False
    return all(each.marker != "that" for each in words.known[words.at(at) : words.at(comma)])


_BETWEEN_COMMAS = 60  # characters
_APART = frozenset(("", "،", ",", ".", "؛"))


def _is_addressed(article: Article, hit: Hit, form: Form, phrase: Phrase, before: Attribution | None) -> bool:
    """Whether the noun phrase after a verb of asking is whom it asks: قالت المديرة إن …، ودعت الجهات المانحة إلى.

    So it is where verb and phrase do not agree; and where the verb is joined, the speaker of the same sentence agrees with it, and
    the phrase is no name and no body of the lists.
    """
    if "two" not in form.flags:
        return "hearer" in form.flags and _behind_pronoun(article, hit)
    if article.words.after(phrase.start).spelled == _EACH:
        return False  # وطالب كل من الحزبين
    if form.mood in _FINITE and form.number != "s":
        return True  # وناشدن المنظمات التدخل: before its subject a verb is singular
    if not _agrees(form, phrase) or (hit.joined and "addressed" in word(phrase.head).lists):
        return True
    if (
        not hit.joined
        or before is None
        or (before.phrase is None and "needs_object" not in form.flags)
        or phrase.named
        or phrase.kind in {"media", "place", "person", "anonymous"}
    ):
        return False
    apart = before.cue_start < article.sentence(hit.start)[0] and "needs_object" not in form.flags
    if apart or before.form.gender != form.gender or before.form.number != form.number:
        return False
    return before.form.mood in _FINITE


def _behind_pronoun(article: Article, hit: Hit) -> bool:
    """Whether a pronoun before a verb is its subject, so that a noun behind it is another: أوضح أنه أبلغ الوزارة بأن."""
    words = article.words
    return hit.at > 0 and words.gaps[hit.at] == " " and "subjects" in words.known[hit.at - 1].lists


def _agrees(form: Form, phrase: Phrase) -> bool:
    """Whether a noun phrase can be the subject of a verb before it, as far as its head tells a gender."""
    if phrase.number == "p" and phrase.head.endswith(_OBLIQUE) and len(phrase.head) > 4 and phrase.kind in {"people", "other"}:
        return False  # ودعت الطرفين: no nominative
    if phrase.kind == "place" and form.number == "s" and form.mood in _FINITE:
        return form.gender == "f" or phrase.head in titles("masculine_places") or "ال" + phrase.head in titles("masculine_places")
    if form.number != "s" or phrase.number == "p" or phrase.kind not in {"person", "body", "media", "document"} or not phrase.role:
        return True
    if phrase.kind != "person":
        return form.gender == "f" or phrase.gender == "m"  # plurals of things take the feminine
    return form.gender == phrase.gender


_OBLIQUE, _EACH = "ين", single("each")
_PRESENT = frozenset("يت")  # the first letters of a present
