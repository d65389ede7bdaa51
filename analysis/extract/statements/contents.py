"""Contents: how far what a cue reports reaches, and whether it is quoted, reported, or both.

In go the attributions of an article, out comes for each the folded span of its content with its kind, or None where nothing is left
of it or where it is no statement of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from analysis.extract.statements.complements.according import cut_clause
from analysis.extract.statements.cues.clauses import skip_back
from analysis.extract.statements.cues.nested import sentence_within
from analysis.extract.statements.endings import backgrounded, going_on, narrator_end, speaks
from analysis.extract.statements.sources.phrases import read_phrase
from analysis.extract.statements.vocabulary.listed import is_act, particles, single, titles
from analysis.extract.statements.vocabulary.words import DISTANCE, RESUMES, Word, word
from analysis.lexicon import read
from analysis.text import alternation

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article, Attribution

Content = tuple[int, int, str]  # start, end, kind

_NESTED = 6  # attributions before one among which the content lies that may hold it
_NEXT = 15  # attributions after one that may end its content
_NAME = 6  # words of the longest quotation that only names
_CLAUSES = frozenset(("that", "speech", "bare", "according"))
_OF_ITS_OWN = frozenset(("that", "quote", "speech", "bare", "before", "according", "headline"))
_MOUTHPIECES = frozenset(("document", "media", "anonymous"))


def contents(article: Article, attributions: Sequence[Attribution]) -> tuple[list[Content | None], set[int]]:
    """The content of each attribution, and the places of the attributions that are nested in another's content.

    Inside another's content only a clause or a quotation is a statement of its own: إنه يأمل في الحوار is one, not two.
    """
    breaks = _breaks(article)
    found = [_content(article, attributions, place, breaks) for place in range(len(attributions))]
    kept, nested = list(found), set()
    folded = article.folded
    for place, this in enumerate(attributions):
        if this.form.through and this.form.gender == "f" and this.phrase and this.phrase.start - this.cue_end < 6:
            nested.add(place)  # ونقلت عن فلان: who goes on speaking is the medium, not whom it quotes; ونقل عن فلان has none
        for before in range(max(0, place - _NESTED), place):
            outer = found[before]
            if (
                outer is None
                or not outer[0] <= this.cue_start < outer[1]
                or attributions[before].frame in {"according", "headline"}
            ):
                continue
            nested.add(place)
            if this.form.mood == "noun" and attributions[before].frame == "about" and folded.startswith(_AN[1], this.begin):
                kept[place] = None  # اعتبرت الصحيفة إعلان الجماعة بأنه …
                break
            if article.inside_speech(this.cue_start) or _relayed(this, attributions[before]):
                continue
            feeling = this.form.mood == "noun" and this.form.suffixed and attributions[before].begin == this.cue_start
            clausal = this.frame in _OF_ITS_OWN or ("only_clause" in this.form.flags and this.phrase is not None)
            if feeling or (not clausal and (not this.joined or this.phrase is None or this.phrase.kind == "other")):
                kept[place] = None
    return kept, nested


def _relayed(this: Attribution, outer: Attribution) -> bool:
    """Whether it is said of somebody who is named that he said something: أفاد البيان بأن الوزير عبر عن …"""
    who, teller = this.phrase, outer.phrase
    if who is None:
        return False
    if who.kind in _OWN_VOICES and (who.named or who.kind in {"body", "media"}) and this.form.mood in {"past", "present"}:
        return True
    if teller is None or who.start > this.cue_start:
        return False
    return who.kind == "person" or (who.kind in {"name", "body"} and teller.kind in _MOUTHPIECES)


_OWN_VOICES = frozenset(("person", "body", "media", "place"))


# Where the narrator takes over


@cache
def _resuming() -> re.Pattern[str]:
    """What the narrator resumes with after a comma.

    A group marks the narrator's apposition (…، وهي خطوة…), which ends a reported noun phrase but not a reported clause.
    """
    lists = read("cues")["particles"]
    pronouns, relatives = alternation(lists["and_pronouns"]), alternation(lists["relatives"])
    return re.compile(
        rf"(?:{alternation(lists['resumes'])}(?!\w)|{pronouns} +ال\w+ +{relatives}(?!\w)"
        rf"|(?P<soft>{pronouns} +(?!{alternation(lists['about_what'])}(?!\w))|{alternation(lists['comments'])} ))"
    )


@cache
def _distance() -> re.Pattern[str]:
    """Where the narrator keeps a distance (بحجة) or hedges what was said (على حد قوله)."""
    distance, asides = read("cues")["particles"]["distance"], read("cues")["according"]["asides"]
    return re.compile(rf"(?:{alternation(distance)}|{alternation(asides)}(?:ه|ها|هم))\b")


def _breaks(article: Article) -> tuple[list[int], list[int]]:
    """The offsets at which content breaks off, whatever its length, and those at which only a reported noun phrase does."""
    folded, starts, gaps = article.folded, article.words.starts, article.words.gaps
    hard: list[int] = []
    soft: list[int] = []
    for at in article.notable(RESUMES):
        if gaps[at] == " ":
            continue
        comma = gaps[at].rstrip(" ")
        if comma[-1:] in _COMMAS and not article.inside_speech(starts[at] - 1):
            if "turns" in article.words.known[at].lists:
                if _turns(article, at):
                    hard.append(starts[at] - len(gaps[at]) + len(comma) - 1)
                continue
            match = _resuming().match(folded, starts[at])
            if match and not _contrasts(article, match):
                (soft if match.lastgroup else hard).append(starts[at] - len(gaps[at]) + len(comma) - 1)
    for at in article.notable(DISTANCE):
        led = at > 0 and gaps[at] == " " and "before_distance" in article.words.known[at - 1].lists
        start = starts[at - 1] if led else starts[at]
        matched = _distance().match(folded, start) or (_distance().match(folded, starts[at]) if led else None)
        if matched and not article.inside_speech(start) and not _aside(article, start, matched.end()):
            hard.append(start)
    hard.sort()
    return hard, soft


def _contrasts(article: Article, match: re.Match[str]) -> bool:
    """Whether the speaker goes on with a contrast: …، في حين أن الأسعار ثابتة."""
    return match[0] in particles("contrasts") and "bare_that" in article.words.after(match.end()).lists


def _aside(article: Article, start: int, end: int) -> bool:
    """Whether words of distance between commas cut a clause in two that goes on behind them: وهو ما يكفي، على حد قوله، شهرين."""
    folded = article.folded
    before = skip_back(folded, start, " \n") - 1
    commas = {folded[before : before + 1], folded[end : end + 2].strip()[:1]}
    return commas <= _ASIDE and cut_clause(article, article.sentence(start)[0], before, end) is not None


_ASIDE = frozenset("،,")
_COMMAS = frozenset("،,؛.")


def _turns(article: Article, at: int) -> bool:
    """Whether somebody else speaks behind لكن or غير أن: a source with its verb, or a verb with its source."""
    words = article.words
    following = words.next(at)
    if _declines(article, at):
        return True
    if "bare_that" in following.lists:
        at += 1
        following = words.next(at)
    elif "turns_alone" not in words.known[at].lists:
        return False
    if not following.spelled:
        return False
    if following.readings:
        return following.readings[0].mood == "past" and "guard" not in following.readings[0].flags and not following.joined
    phrase = read_phrase(article, words.starts[at + 1], min(words.starts[at + 1] + _OTHER, len(article.folded)))
    if phrase is None or phrase.kind not in _OWN_VOICES:
        return False
    verb = words.after(phrase.end)
    return bool(verb.readings) and verb.readings[0].mood in {"past", "present"} and not verb.joined


def _declines(article: Article, at: int) -> bool:
    """Whether the narrator tells what was not said behind لكنه or إلا أنه: لكنه رفض الإدلاء بتفاصيل، غير أنها لم توضح الموعد."""
    words = article.words
    if "subjects" in words.next(at).lists and words.next(at).that:
        at += 1
    elif "subjects" not in words.known[at].lists:
        return False
    verb = words.next(at)
    if not verb.spelled:
        return False
    said = words.next(at + 1)
    if "negations" in verb.lists:
        return said.spelled[1:] in particles("untold")
    return "refuses" in verb.lists and said.bare in particles("telling")


_AN = (single("that"), "ب" + single("that"))  # أن، بأن
_OTHER = 120  # characters of the longest source behind لكن


def _first(offsets: list[int], begin: int, end: int) -> int:
    """The first of sorted offsets that lies in `begin:end`, else `end`."""
    at = bisect_left(offsets, begin)
    return offsets[at] if at < len(offsets) and offsets[at] < end else end


def _finite(article: Article, begin: int, end: int) -> int:
    """A noun phrase ends before a joined present verb (تشكيلة الحكومة ويحتفظ …), unless it holds a clause itself."""
    words = article.words
    for at in range(words.at(begin), words.at(end)):
        known = words.known[at]
        if "clause_words" in known.lists:
            return end
        if "but_pronouns" in known.lists and (words.next(at).kind == "verb" or is_act(words.next(at).spelled)):
            return words.ends[at - 1]  # طالبه بالاعتذار لكنه رفض
        spelled = known.spelled
        apart = spelled[0] == "و" and words.gaps[at].lstrip('"”»')[:1] in _COMMAS
        act = apart and (is_act(spelled[1:]) or _she_acts(spelled[1:], words.next(at)))
        if act and "clause_openers" not in word(spelled[1:]).lists:
            return words.starts[at] - 1  # أعرب عن شكره لهم، وتوقف أمام …
        if known.kind == "verb" and known.joined and known.readings[0].mood == "past" and words.gaps[at][-1:] == " ":
            return words.starts[at] - 1  # دعت إلى الحوار ورفضت السفر
        if spelled[:2] == "وي" and len(spelled) > 4 and words.gaps[at][-1:] == " " and word(spelled[1:]).kind in {"bare", "verb"}:
            return words.starts[at] - 1
    return end


def _she_acts(spelled: str, following: Word) -> bool:
    """Whether an unknown word before a body or a country is a past in ت: …، ووزعت الولايات المتحدة مسودة."""
    if spelled[-1:] != "ت" or spelled[-2:-1] == "ا" or len(spelled) < _PAST or following.kind not in _OWN_VOICES:
        return False
    return word(spelled).kind in {"bare", "verb"} and (following.definite or following.kind == "place") and not following.prefixed


_PAST = 4  # letters of the shortest past in ت
_FINITE = frozenset(("past", "present"))


def _content(
    article: Article, attributions: Sequence[Attribution], place: int, breaks: tuple[list[int], list[int]]
) -> Content | None:
    """The folded span of an attribution's content and its kind; None where nothing is left of it."""
    this = attributions[place]
    frame, begin, end = this.frame, this.begin, this.end
    folded = article.folded
    if frame == "silent":
        return None
    if frame == "headline" and end is not None:
        end = _trim(folded, begin, end)
        return (begin, end, _headline_kind(article, begin, end)) if end > begin else None
    if end is None:
        end = sentence_within(article, begin)[1] if begin < len(folded) else begin
        if frame == "speech":
            end = going_on(article, end)
        end = _first(breaks[0], begin, _next_clause(article, attributions, place, end))
        if frame == "object" and this.embedded:
            end = _relative_end(article, begin, end)
        if frame not in _CLAUSES and not folded.startswith(_AN, begin):
            end = _finite(article, begin, _first(breaks[1], begin, end))
        end = narrator_end(article, this, begin, end)
    elif frame != "according":
        return (begin, end, "direct") if end > begin else None
    end = _trim(folded, begin, end)
    if end - begin < 3:
        return None
    whole = _quoted(article, begin, end)
    if whole:
        return (*whole, "direct")
    end, kind = _kind(article, begin, end, frame)
    if kind == "indirect" and "emotion" in this.form.flags and article.quote_from(begin, end) is not None:
        kind = "mixed"  # أثنى على «النجاح الكبير»: the words of praise are the speaker's
    if kind == "indirect":
        if frame == "speech":
            titled = any(start <= begin < stop and role == "title" for start, stop, role in article.blocks)
            kind = (
                "direct" if not titled or speaks(article, begin, end) else kind
            )  # after a colon, without a complementiser, the words are the speaker's
        elif frame == "bare" or (frame == "that" and folded[begin - 2 : begin].rstrip()[-1:] == ":"):
            kind = "direct" if speaks(article, begin, end) else kind
    return begin, end, kind


def _quoted(article: Article, begin: int, end: int) -> tuple[int, int] | None:
    """The inside of the quotation that is all of a content, but for أن before it; None where there is more or it only names."""
    words = article.words
    if article.quote_from(begin, min(end, begin + _OPENING)) is None:
        return None
    first = words.after(begin)
    leads = (first.that and "that" in first.lists) or first.spelled == _WITH
    at = words.ends[words.at(begin)] if leads else begin
    while article.folded[at : at + 1] == " ":
        at += 1
    quote = article.by_start.get(at)
    if quote is None or not quote[2] <= end <= quote[0] or article.folded.count(" ", quote[1], quote[2]) < _SHORTEST:
        return None
    return None if _is_name(article, at, quote[1], quote[2]) else (quote[1], quote[2])


def _relative_end(article: Article, begin: int, end: int) -> int:
    """Where what a relative clause reports ends: before the complementiser of the main verb (…، الذين توقعوا خفض الأسعار، أن)."""
    words = article.words
    for at in range(words.at(begin) + 1, words.at(end)):
        if words.gaps[at][:1] in _COMMAS and words.known[at].that:
            return words.starts[at]
    return end


_OPENING = 6  # characters before its mark
_WITH = "ب"
_SHORTEST = 1  # spaces in the shortest quotation that is more than a term


def _next_clause(article: Article, attributions: Sequence[Attribution], place: int, limit: int) -> int:
    """Where the next cue at the level of this one takes over."""
    this, folded = attributions[place], article.folded
    begin = this.begin
    for other in attributions[place + 1 : place + 1 + _NEXT]:
        lead = other.lead
        if lead >= limit:
            break
        frame = other.frame
        if other.cue_start <= begin or lead <= begin or frame == "headline":
            continue
        if frame == "according":
            return min(other.cue_start, other.begin if other.begin > begin else limit, limit)
        if frame == "before" and lead > begin + 2:
            return lead  # …، «…» يتساءل فلان: the quotation is the next cue's
        if frame == "silent" and backgrounded(article, this) and folded[lead - 2] in _COMMAS:
            return lead  # وفي حين أكد …، نفى المتحدث ذلك
        main = backgrounded(article, this) or (this.form.mood == "noun" and other.form.mood in _FINITE)
        if other.embedded and other.phrase is None and main and folded[lead - 2] in _COMMAS:
            return lead  # وفيما أشار إلى …، أكد أن …; بعد إعلان الهند تعليق …، قال إن …: the main clause
        if frame == "silent" and other.phrase is None:
            return lead  # …، مثمناً دعم المدينة؛ وندد بالهدم: another act of the speaker's
        if frame == "silent" and other.joined and folded[lead - 2] in _COMMAS and other.phrase and other.phrase.named:
            return lead  # …، وثمّن الشيخ فلان دعم …
        if frame == "before" or frame == "silent" or other.embedded or _reported_again(article, lead):
            continue
        if other.form.mood == "hal":
            return min(other.cue_start, limit)
        if other.joined or (lead < other.cue_start and (other.phrase is None or lead < other.phrase.start)):
            return lead
        if this.form.mood == "noun" and other.phrase is not None and other.form.mood != "noun":
            return lead  # وعن مطالبتها بالأرشيف أكد المدير أن …
        last = lead - 1
        while last > begin and folded[last] == " ":
            last -= 1
        if folded[last] in "،,؛-." or (folded[last] in '»”"' and article.inside_speech(last)):
            return lead
    return limit


def _reported_again(article: Article, lead: int) -> bool:
    """Whether a clause stands right behind أن, so that it is part of what is reported: إن فرنسا ترى أن."""
    words = article.words
    at = words.at(lead)
    if not 0 < at < words.size or words.gaps[at] != " ":
        return False
    return words.known[at - 1].that or "bare_that" in words.known[at - 1].lists


_ENDS = frozenset(" ،,؛;:-–.\n(")


_OPENED_BY = {"»": "«", "”": "“", ")": "("}
_AS_FOR = " " + single("as_for")  # before whom the narrator turns to: …، أما المندوب فقال


def _trim(folded: str, begin: int, end: int) -> int:
    while end > begin:
        if folded[end - 1] in _ENDS:
            end -= 1
        elif folded[end - 2 : end] == " و":
            end -= 2
        elif (opening := _OPENED_BY.get(closing := folded[end - 1])) and (
            folded.count(opening, begin, end) < folded.count(closing, begin, end)
        ):
            end -= 1  # the mark of a quotation that began before
        elif folded.endswith(_AS_FOR, begin, end):
            end -= len(_AS_FOR)
        else:
            break
    return max(end, begin)


# Quoted, reported, or both


def _headline_kind(article: Article, begin: int, end: int) -> str:
    if speaks(article, begin, end):
        return "direct"
    kind = _kind(article, begin, end)[1]
    return "indirect" if kind == "direct" else kind


def _kind(article: Article, begin: int, end: int, frame: str = "") -> tuple[int, str]:
    """The end and kind of a reported content, by the quotations in it: a clause or a judgement makes it mixed, a name does not."""
    folded, starts = article.folded, article.quote_starts
    mixed = False
    for place in range(bisect_left(starts, begin), len(starts)):
        start = starts[place]
        if start >= end:
            break
        close, inner, inner_end = article.by_start[start]
        if inner_end <= end:
            if not _is_name(article, start, inner, inner_end) or (frame == "about" and _judges(article, start)):
                mixed = True
                if close >= end and inner_end > begin:
                    end = inner_end  # the last mark belongs to the quotation, not to the content
        elif inner < end:
            mixed = mixed or folded.count(" ", inner, end) > 2
    return end, "mixed" if mixed else "indirect"


def _judges(article: Article, start: int) -> bool:
    """Whether a quotation is what something is described as: وصفها بـ«التاريخية»، بأنها «كارثة»."""
    before = article.words.known[article.words.at(start) - 1]
    return before.spelled == "ب" or before.that


_VERBAL = re.compile(r"(?:س[يتن]|ي|ت)\w{3,}$")
_COMMON = frozenset(("bare", "content", "adjective"))
_NAMING_KINDS = frozenset(("acronym", "body", "media", "media_name", "place", "rank", "given", "compound"))


def _is_name(article: Article, start: int, inner: int, inner_end: int) -> bool:
    """Whether a quotation only names: after a noun that takes a name, by its own first word, or a single word."""
    words, folded = article.words, article.folded
    first, last = words.at(inner), words.at(inner_end)
    size = last - first
    if size <= 0:
        return True
    if size > _NAME:
        return False
    known = words.known[first]
    spelled = known.spelled
    if known.prefixed and spelled[0] == "ب":
        return False  # تعهدوا «بالدفاع عن …»
    if known.lists & _CLAUSAL or (size > 2 and known.kind == "bare" and _VERBAL.match(spelled)):
        return False
    naming = titles("named_by")
    before = [each.spelled for each in words.known[max(0, first - 2) : first]]
    end_of = before[-1] if before else ""
    definite = end_of[:2] == "ال"
    if (definite and size < 3 and end_of[2:] in naming) or end_of in naming or end_of[1:] in naming:
        return True
    if len(before) > 1 and definite and before[0] in naming:
        return True
    if end_of in particles("predicators"):
        return False  # بأنه «عار»، تبقى «الجهة الأساسية …»
    if size > 1 and (known.kind == "adverb" or (known.kind == "inner" and "in_complement" not in known.lists)):
        return False  # «الأسبوع المقبل»، «حتى النهاية»
    if size == 1 and known.kind == "bare" and first and words.known[first - 1].content and not known.definite:
        return False  # فوز «ساحق»: what a verbal noun is like
    if size == 1:
        if spelled[:2] != "ال" and known.kind in _COMMON and article.doc.spelled(inner_end - 1, inner_end) == "ة":
            return article.recurs(start, inner_end) or folded[start - 1 : start] == "ل"  # ثمة «انفراجة»: a judgement
        judges = end_of in particles("predicators") or spelled[:2] == "با"
        proper = known.kind in {"place", "given", "acronym"}
        return not (judges and spelled[:2] != "ال" and folded[start - 1 : start] != "ل" and not proper)
    if size > 2 and any(each.kind == "inner" for each in words.known[first + 1 : last]) and not article.recurs(start, inner_end):
        return False  # «القيادة من الخلف»
    second = words.known[first + 1]
    if (
        second.kind != "adjective"
        and second.bare not in titles("adjectives")
        and (spelled in naming or known.kind in _NAMING_KINDS)
    ):
        return True
    if size < 5 and article.recurs(start, inner_end):
        return True
    return size == 2 and spelled[:2] == "ال" == second.spelled[:2]


_CLAUSAL = frozenset(("clausal", "that", "denials"))
