"""Attributions: cues that have a complement and a source, before it is settled how far the content reaches.

In goes an `Article` (folded text with its blocks, quotations and sentence ends), out come `Attribution`s in order of their cues.

>>> from analysis.text import fold
>>> found = find_attributions(Article(fold("وأكد الوزير أن الوضع مستقر."), [], []))
>>> [(each.frame, each.form.lemma, each.begin) for each in found]
[('that', 'أكد', 12)]
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from analysis.extract.according import according
from analysis.extract.article import Article, Attribution
from analysis.extract.clauses import Clause, can_speak, follows, particles, past_openers, read_clause, skip, subject_before
from analysis.extract.complements import THAT, complement, markers, own_object, past_adverbs
from analysis.extract.cues import Form, Hit, carriers, forms, scan_cues
from analysis.extract.headlines import headlines
from analysis.extract.sources import Phrase, read_phrase, word
from analysis.text import alternation

_REACH = 360  # how far from its cue a complement may stand, in characters


_CLAUSAL = frozenset(("that", "speech"))
_CLAUSE = re.compile(r"(?<!\w)[وف]?ب?ان|:")  # what a clause or speech may start with


def find_attributions(article: Article) -> list[Attribution]:
    """Every attribution of an article, in order of cues; content ends that no quotation settles are left open."""
    hits = [hit for hit in scan_cues(article.folded) if not article.inside_speech(hit.start) and _may_attribute(article, hit)]
    found: list[Attribution] = []
    phrases = list(according(article))
    spoken_for = sorted((each.cue_start, max(each.cue_end, each.phrase.end if each.phrase else 0)) for each in phrases)
    starts = [start for start, _ in spoken_for]
    consumed = -1
    for place, hit in enumerate(hits):
        at = bisect_right(starts, hit.start) - 1
        if hit.start < consumed or (at >= 0 and hit.start < spoken_for[at][1]):
            continue
        following = hits[place + 1 : place + 4]
        attribution = _read_hit(article, hit, following, found[-1] if found else None) or _silent(article, hit)
        if attribution:
            found.append(attribution)
            consumed = max(consumed, attribution.cue_end, attribution.begin if attribution.frame != "before" else 0)
    found += phrases
    found += headlines(article, [each.phrase for each in found if each.phrase])
    found.sort(key=lambda each: (each.cue_start, each.begin))
    return _inherit(article, found)


def _may_attribute(article: Article, hit: Hit) -> bool:
    """Reject early what cannot be a cue where it stands: a noun in construct, a predicate, a passive that its vowel shows."""
    mood, folded, start = hit.form[0].mood, article.folded, hit.start
    if mood == "past" and article.vowelled:
        second = article.doc.origin(start + hit.joined) + 1
        if article.doc.text[second : second + 1] == "\u064f":
            return False  # قُدّرت، أُعلن: nobody is named
    if mood == "noun" or (mood != "hal" and hit.joined):
        return True
    before = folded[folded.rfind(" ", 0, start - 1) + 1 : start - 1] if start > 1 and folded[start - 1] == " " else ""
    if mood == "hal":
        return before not in particles("copulas") and before not in particles("before_no_hal")
    return before not in particles("before_no_verb")


def _inherit(article: Article, found: list[Attribution]) -> list[Attribution]:
    """A verb joined inside a reported clause takes that clause's subject: أكد أن الحزب يساند المطالب، ويدعو إلى تنفيذها."""
    folded = article.folded
    for place in range(1, len(found)):
        this, before = found[place], found[place - 1]
        if this.phrase is not None or this.form.mood not in ("past", "present"):
            continue
        alone = this.embedded or this.lead == this.cue_start
        if not this.joined and alone and article.sentence(before.begin)[1] > this.cue_start > before.begin:
            that = re.compile(r"ب?ان +").match(folded, before.begin)
            subject = read_phrase(folded, that.end(), this.cue_start, article.by_start, strict=True) if that else None
            if subject and can_speak(subject, folded):
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
        following = follows(folded, subject.end)
        inside = this.form.mood == "present" or (
            not comma and word(following).kind == "verb" and forms().get(following, (this.form,))[0].gender == this.form.gender
        )
        if inside:
            found[place] = this._replace(phrase=subject if can_speak(subject, folded) else None, embedded=True)
    return found


def _read_hit(article: Article, hit: Hit, following: Sequence[Hit], before: Attribution | None) -> Attribution | None:
    for form in sorted(hit.form, key=_specific) if len(hit.form) > 1 else hit.form:
        attribution = _read_form(article, hit, form, following, before)
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


def _read_form(article: Article, hit: Hit, form: Form, following: Sequence[Hit], before: Attribution | None) -> Attribution | None:
    folded = article.folded
    sentence_start, sentence_end = article.sentence(hit.start)
    reach = min(sentence_end, hit.end + _REACH)
    if form.frames <= _CLAUSAL and not _CLAUSE.search(folded, hit.end, reach) and not article.quote_from(hit.end, sentence_end):
        return after_quote(article, hit, form, hit.end, reach)
    clause = read_clause(article, hit, sentence_start)
    if "guard" in form.flags and not hit.joined and form.mood != "hal" and not clause.free:
        return None
    if form.mood == "noun" and not form.suffixed and clause.before in particles("before_nouns"):
        return None
    cue_end = hit.end
    carried = carriers().match(folded, cue_end, sentence_end)
    if carried:
        cue_end = carried.end()
    limit = min(sentence_end, cue_end + _REACH, barrier(article, hit, following))
    if form.through and form.mood != "noun":
        return relayed(article, hit, form, cue_end, limit, clause)
    finite = form.mood in ("past", "present") and not form.suffixed
    subject, subject_lead = (clause.subject, clause.subject.start) if clause.subject and finite else (None, hit.start)
    if clause.relative and finite:
        subject, subject_lead = subject_before(article, hit, clause, sentence_start)
    found = complement(article, form, cue_end, limit, subject, sentence_end)
    if found is None:
        return after_quote(article, hit, form, cue_end, limit)
    frame, begin, end, phrase, closed = found
    if phrase is None and subject is None and finite and not clause.relative and (not hit.joined or clause.subject_first):
        subject, subject_lead = subject_before(article, hit, clause, sentence_start)
    embedded = clause.relative or form.mood == "noun"
    lead = clause.lead
    if phrase is not None and "two" in form.flags and not _agrees(form, phrase):
        phrase = None  # whom the verb addresses
    if phrase is not None and "two" in form.flags and hit.joined and _addressed(article, hit, form, phrase, before):
        phrase = None
    if subject is not None and (phrase is None or clause.subject):
        phrase, closed, lead = subject, True, min(subject_lead, lead)
    unnamed = phrase is None or clause.relative or (phrase is subject and not clause.subject)
    passive = (form.mood, form.gender, form.number, form.suffixed) == ("present", "m", "s", False)
    if unnamed and passive and "impersonal" in form.flags:
        return None
    if phrase is None and clause.relative and not clause.comma and frame not in ("that", "quote", "speech"):
        return None  # الشائعات التي تحدثت عن …: what the clause hangs on cannot speak
    if phrase is None and clause.relative:
        embedded = not clause.comma
    elif phrase is None and form.mood in ("past", "present") and not hit.joined and clause.lead == hit.start and clause.comma:
        embedded = True  # a verb alone after a comma goes on inside the content
    seek = _seek(folded, hit, clause, sentence_start) if phrase is None else -1
    if not _allowed(form, frame, phrase, begin, folded, hit):
        return None
    return Attribution(hit.start, cue_end, form, frame, begin, end, phrase, hit.joined, lead, embedded, seek, closed)


def _seek(folded: str, hit: Hit, clause: Clause, sentence_start: int) -> int:
    """Where to start to look for the subject of a verb whose source is left out; -1 where its sentence has nothing before it."""
    if hit.joined and clause.impersonal >= 0:
        return clause.impersonal
    return past_openers(folded, sentence_start, hit.start) if hit.start - sentence_start > 12 else -1


def barrier(article: Article, hit: Hit, following: Sequence[Hit]) -> int:
    """The next cue that surely is one: a complement beyond it is not this cue's."""
    folded = article.folded
    for other in following:
        if other.start <= hit.end:
            continue
        form = other.form[0]
        if form.mood == "noun" or carriers().match(folded, other.start):
            continue
        apart = other.joined or folded[max(0, other.start - 3) : other.start].rstrip()[-1:] in "،,.؛"
        if form.mood == "hal" and not apart and not markers().match(folded, other.end + (folded[other.end : other.end + 1] == " ")):
            continue
        if form.mood == "hal" and own_object(folded, other.end, form):
            continue
        if form.lemma == "ادعى" and form.mood == "present" and word(folded[: other.start].rsplit(maxsplit=1)[-1]).kind == "role":
            continue  # متعهد يدعى فلان
        if other.joined or form.mood == "hal" or "guard" not in form.flags:
            previous = folded[max(0, other.start - 12) : other.start].split()
            if previous and (previous[-1] in ("ما", "مما", "عما") or word(previous[-1]).kind == "relative"):
                continue  # a relative clause of the source, or what the cue is about
            return other.start
    return len(folded)


def _addressed(article: Article, hit: Hit, form: Form, phrase: Phrase, before: Attribution | None) -> bool:
    """Whether the one noun phrase after a joined verb of asking is whom it asks: قالت المديرة إن …، ودعت الجهات المانحة إلى.

    So it is where the speaker of the same sentence agrees with the verb and the phrase is no name and no body of the lists.
    """
    if before is None or before.phrase is None or phrase.named or phrase.kind in ("media", "place", "person", "anonymous"):
        return False
    if before.cue_start < article.sentence(hit.start)[0] or before.form.gender != form.gender or before.form.number != form.number:
        return False
    return before.form.mood in ("past", "present")


def _agrees(form: Form, phrase: Phrase) -> bool:
    """Whether a noun phrase can be the subject of a verb before it, as far as its head tells a gender."""
    if form.number != "s" or phrase.number == "p" or phrase.kind not in ("person", "body", "media", "document") or not phrase.role:
        return True
    if phrase.kind != "person":
        return form.gender == "f" or phrase.gender == "m"  # plurals of things take the feminine
    return form.gender == phrase.gender


def _common_noun(phrase: Phrase, folded: str) -> bool:
    """Whether the one unknown word of a phrase looks like a noun rather than a name: it ends in ة."""
    alone = phrase.end - phrase.start == phrase.name_end - phrase.name_start
    return phrase.kind == "name" and alone and folded[phrase.end - 1] == "ه"


def _allowed(form: Form, frame: str, phrase: Phrase | None, begin: int, folded: str, hit: Hit) -> bool:
    """Last conditions: a text that shows, a speaker that can speak, a quotation where the verb wants one."""
    if "only_quote" in form.flags and frame != "quote":
        return False
    if "document" in form.flags and frame != "quote":
        if phrase is None:
            return form.mood == "hal"
        return phrase.kind in ("document", "media", "body", "other", "people", "person", "anonymous")
    if (
        "needs_speaker" in form.flags
        and phrase is not None
        and phrase.kind not in ("person", "people", "body", "media", "place", "anonymous", "name")
    ):
        return False
    if form.mood == "noun" and not form.suffixed and phrase is None and folded[hit.start] != "ل":
        return False
    if phrase is not None and (
        phrase.kind == "thing" or (frame == "object" and phrase.kind == "other" and phrase.head.endswith("ه"))
    ):
        return False
    if "feeling" in form.flags:
        return False
    if "guard" in form.flags and "needs_speaker" in form.flags and phrase is not None and _common_noun(phrase, folded):
        return False  # وأبرز صفقة: the adjective
    passive = "impersonal" in form.flags and form.mood == "present" and form.gender == "f"
    if passive and phrase is not None and phrase.kind == "other":
        return False  # وتقدر الكلفة: the passive
    if frame == "object" and phrase is None and form.mood == "past" and form.lemma == "أعلن" and hit.joined:
        return True
    return begin < len(folded)


def relayed(article: Article, hit: Hit, form: Form, cue_end: int, limit: int, clause: Clause) -> Attribution | None:
    """نقلت الوكالة عن فلان قوله إن، علمت «الدار» من مصادرها أن: the speaker is whom the words come from."""
    folded = article.folded
    through = re.compile(rf"(?<!\w){form.through}(?!\w)").search(folded, cue_end, min(limit, cue_end + 120))
    if through is None:
        return None
    phrase = read_phrase(folded, through.end(), min(len(folded), limit + 60), article.by_start)
    if phrase is None:
        return None
    said = _carried_noun().match(folded, phrase.end) or _carried_noun().match(
        folded, past_adverbs(folded, phrase.end, article.sentence(hit.start)[1])
    )
    sentence_end = article.sentence(hit.start)[1]
    if said:
        noun = forms().get(said[1], (form,))[0]
        cue_start, begin_at = said.start(1), said.end(1)
        marker = markers().search(folded, begin_at, min(sentence_end, begin_at + 120))
        quote = article.quote_from(begin_at, min(sentence_end, begin_at + 120))
        if quote and (marker is None or quote[0] < marker.start() or not folded[marker.end() : quote[0]].strip()):
            return Attribution(cue_start, said.end(1), noun, "quote", quote[2], quote[3], phrase, False, hit.start, False, -1, True)
        if marker and marker.lastgroup in ("that", "colon"):
            begin = marker.start() if marker.lastgroup == "that" else skip(folded, marker.end())
            return Attribution(cue_start, said.end(1), noun, "that", begin, None, phrase, False, hit.start, False, -1, True)
        return None
    begin = past_adverbs(folded, phrase.end, sentence_end)
    marker = THAT.match(folded, begin)
    quote_at = article.by_start.get(skip(folded, marker.end() if marker else begin))
    if quote_at and folded.count(" ", quote_at[1], quote_at[2]) > 2:
        return Attribution(
            hit.start, cue_end, form, "quote", quote_at[1], quote_at[2], phrase, hit.joined, hit.start, False, -1, True
        )
    if marker:
        return Attribution(hit.start, cue_end, form, "that", begin, None, phrase, hit.joined, hit.start, False, -1, True)
    first = follows(folded, begin)
    if (
        form.lemma == "نقل"
        and first
        and word(first).kind in ("content", "definite", "bare", "document")
        and begin < sentence_end - 8
    ):
        return Attribution(hit.start, cue_end, form, "object", begin, None, phrase, hit.joined, hit.start, False, -1, False)
    return None


@cache
def _carried_noun() -> re.Pattern[str]:
    """The verbal noun after a relayed source: قوله، تأكيدها."""
    owned = [
        form for form, readings in forms().items() if readings[0].mood == "noun" and readings[0].suffixed and form[0] not in "بل"
    ]
    return re.compile(r"[ ،,]*(?<!\w)(" + alternation(owned, folded=True) + r")(?!\w)")


def after_quote(article: Article, hit: Hit, form: Form, cue_end: int, limit: int) -> Attribution | None:
    """A cue that follows its quotation: «…»، قال فلان."""
    if "speech" not in form.frames or form.mood not in ("past", "present") or (hit.joined and form.lemma != "قال"):
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
    _close, inner, inner_end = article.by_start[start]
    if folded.count(" ", inner, inner_end) < 2:
        return None
    phrase = read_phrase(folded, cue_end, limit, article.by_start)
    if phrase is None and not hit.joined and form.number == "s" and form.lemma != "قال":
        return None
    return Attribution(hit.start, cue_end, form, "before", inner, inner_end, phrase, hit.joined, start, False, -1, True)
