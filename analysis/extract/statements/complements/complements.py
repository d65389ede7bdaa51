"""Complements: what follows a cue and makes it attribute, with the source in between.

In goes a cue's form and the offset behind it, out comes a `Complement`: which frame, where the content starts, and the phrase that
names the source where one stands between.  The frames are those of `lexicon/cues.toml`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from analysis.extract.statements.article import NAME_WORDS, Article, Complement
from analysis.extract.statements.complements.asides import aside_end
from analysis.extract.statements.complements.between import past_adverbs, source_between
from analysis.extract.statements.complements.carrying import carried_apart, carried_on, of_noun_apart, renewed
from analysis.extract.statements.complements.headlines import speaks_elsewhere
from analysis.extract.statements.complements.judgements import in_quoted_words
from analysis.extract.statements.complements.objects import (
    described,
    hal_object,
    judged,
    noun_object,
    object_before,
    own_object,
    reported,
    seen_in,
)
from analysis.extract.statements.complements.quoted import bracketed, quoted_whole, speech_quote
from analysis.extract.statements.cues.clauses import skip
from analysis.extract.statements.cues.conditions import joint_act, of_subject
from analysis.extract.statements.sources.prepositions import not_after
from analysis.extract.statements.sources.purposes import is_of_body
from analysis.extract.statements.vocabulary.kinds import NOUN_SHAPE
from analysis.extract.statements.vocabulary.listed import listed_kind, single, titles
from analysis.extract.statements.vocabulary.words import Word, word
from analysis.lexicon import read
from analysis.text import fold_key

if TYPE_CHECKING:
    from analysis.extract.statements.sources.phrases import Phrase
    from analysis.extract.statements.vocabulary.forms import Form

_ANY = single("any")
_NEAR = 60  # characters after a verbal noun within which its quotation stands


@cache
def _contracted(frames: frozenset[str]) -> dict[str, str]:
    """Words that hold a preposition of these frames and ما, with the preposition."""
    found = {fold_key(spelled): fold_key(whole) for spelled, whole in read("cues")["particles"]["contracted"].items()}
    return {spelled: whole for spelled, whole in found.items() if whole in frames}


_NONE_WHOLE: dict[str, str] = {}


def complement(
    article: Article, form: Form, cue_end: int, limit: int, subject: Phrase | None, sentence_end: int
) -> Complement | None:
    """The first complement after the cue that its frames allow, with the source in between."""
    if "judged" in form.frames and ((told := in_quoted_words(article, form, cue_end, limit, subject)) or form.frames == _JUDGED):
        return told
    if own_object(article, cue_end, form):
        return None
    if form.force not in {"deny", "doubt"} and article.words.after(cue_end).spelled == _ANY:
        return None  # لم تعلن أي جهة مسؤوليتها
    found = _by_construction(article, form, cue_end, limit, subject, sentence_end)
    if found:
        return found
    if "speech" in form.frames and form.mood in _FINITE and (inside := bracketed(article, cue_end, limit)):
        if article.words.after(inside[0]).that:
            return Complement("that", inside[0], None, source_between(article, cue_end, inside[0] - 1, form)[0], True)
        return Complement("quote", *inside, source_between(article, cue_end, inside[0] - 1, form)[0], True)
    quote = speech_quote(article, cue_end, limit)
    reach = min(limit, quote[0]) if quote else limit
    found = in_quoted_words(article, form, cue_end, limit, subject)
    if found:
        return found
    settled, found = _by_marker(article, form, cue_end, limit, reach, subject, sentence_end)
    return found if settled else _by_noun(article, form, cue_end, limit, subject, quote)


_JUDGED = frozenset(("judged",))


def _by_construction(
    article: Article, form: Form, cue_end: int, limit: int, subject: Phrase | None, sentence_end: int
) -> Complement | None:
    """What a construction of its own reports: وصف X بأنه Y, جدد تحذيره من, مؤكداً ضرورة, قال … قائلاً."""
    frames = form.frames
    if form.suffixed and "judge" in form.flags:
        held = judged(article, form, cue_end, limit, subject)
        if held:
            return held
    if "seen" in frames and (seen := seen_in(article, form, cue_end, limit, subject)):
        return seen
    if "about" in frames:
        about = described(article, form, cue_end, limit, subject)
        if about:
            return about
    found = renewed(article, form, cue_end, limit) if "renewed" in frames else None
    if found is None and form.mood != "noun":
        hal = form.mood == "hal"
        found = hal_object(article, form, cue_end, limit) if hal else carried_on(article, form, cue_end, limit)
    if found and form.mood != "hal" and found.frame != "object":
        found = _before_carrier(article, form, cue_end, found, subject, sentence_end) or found
    return found


def _by_marker(
    article: Article, form: Form, cue_end: int, limit: int, reach: int, subject: Phrase | None, sentence_end: int
) -> tuple[bool, Complement | None]:
    """What a colon, a complementiser or a preposition opens, the first that the cue's frames allow; and whether that settles it."""
    words = article.words
    gaps, starts = words.gaps, words.starts
    wholes = _NONE_WHOLE if "only_clause" in form.flags else _contracted(form.frames)
    first, last = words.at(cue_end), words.at(reach)
    named = -1  # where a name in quote marks ends, whose words open nothing (بنك «بي إن بي»)
    apart = -1  # where an aside ends, whose words open nothing either
    nested = False  # whether a relative clause has a cue of its own, to which the next complementiser belongs
    for at in range(first, last + 1):
        if starts[at - (at == last)] < apart:
            continue
        if gaps[at] != " ":
            apart = max(apart, aside_end(article, at, reach)) if first < at < last else apart
            settled = _by_gap(article, form, cue_end, reach, subject, at, last)
            if settled is not None:
                return settled
            if gaps[at][-1:] != " ":
                named = article.by_start.get(starts[at] - len(gaps[at].rsplit(" ", 1)[-1]), (named,))[0]
        if at == last:
            break
        known = words.known[at]
        if not known.marker:
            settled = _by_contracted(article, form, cue_end, wholes, at) if wholes else None
            if settled is None and known.readings and at > first and _in_relative(words.known[at - 1], known):
                guarded = "guard" in known.readings[0].flags  # الدراسة التي نشرت في مجلة … إن
                nested = not guarded or words.next(at).that or words.next(at).kind not in _NO_SUBJECT
                nested = nested and not _has_object(article, known, words.ends[at], reach)
        elif known.marker == "that":
            if starts[at] < named:
                continue
            if words.ends[at] > limit:
                break
            if "that" not in form.frames and starts[at] - cue_end <= 2:
                return _NOTHING
            if nested or known.spelled[0] == "ف":
                nested = False  # التصريحات التي قال إنها …; أما السوق فإن …
                continue
            settled = _by_that(article, form, cue_end, sentence_end, subject, at)
        elif words.ends[at] > limit:
            break
        else:
            settled = _by_preposition(article, form, cue_end, limit, sentence_end, subject, at)
        if settled is not None:
            return settled
    return _OPEN


# What a word says of the complement: a pair as `_by_marker` returns, or None where reading goes on with the next word.
_Settled = tuple[bool, Complement | None] | None
_OPEN: tuple[bool, Complement | None] = (False, None)
_NOTHING: tuple[bool, Complement | None] = (True, None)


def _by_gap(article: Article, form: Form, cue_end: int, reach: int, subject: Phrase | None, at: int, last: int) -> _Settled:
    """What the marks before a word open or end: a colon before speech, a comma before another clause."""
    folded, words, frames = article.folded, article.words, form.frames
    colon = folded.find(":", max(cue_end, words.ends[at - 1]) if at else cue_end, min(reach, words.starts[at]))
    if colon >= 0:
        if "speech" not in frames and not ("that" in frames and words.after(skip(folded, colon)).that):
            return _NOTHING
        if "object" in frames and object_before(article, form, cue_end, colon, subject):
            return _OPEN
        return True, _colon(article, form, cue_end, colon)
    if at < last and words.gaps[at][:1] in _COMMAS:
        known = words.known[at]
        if known.kind == "bare" and _JOINED_VERB.match(known.spelled):
            return _OPEN  # تنفي ضلوعها في الهجوم، وتريد أن: another clause
    return None


def _by_contracted(article: Article, form: Form, cue_end: int, wholes: dict[str, str], at: int) -> _Settled:
    """What a preposition with ما in one word opens (عما)."""
    words = article.words
    whole = wholes.get(words.known[at].spelled)
    if whole is None:
        return None
    phrase, explained, closed = source_between(article, cue_end, words.starts[at], form, strict=True)
    return (True, Complement(whole, words.starts[at], None, phrase, closed)) if explained else None


def _by_that(article: Article, form: Form, cue_end: int, sentence_end: int, subject: Phrase | None, at: int) -> _Settled:
    """What a complementiser of the cue's own opens."""
    start, frames = article.words.starts[at], form.frames
    if "that" not in frames or not _opens_content(article, cue_end, at):
        return None
    if "guard" in form.flags and start - cue_end > 2 and (carried_apart(article, at) or of_noun_apart(article, cue_end, at)):
        return _NOTHING  # نشرت تسجيلاً آخر، قائلة إنها …: the participle's own clause
    if article.words.known[at].spelled[0] == "و" and start - cue_end > 2:
        return _OPEN  # a clause joined to another one: التزمت الشركات بالخطة، وأن …
    if "object" in frames and _object_first(article, form, cue_end, start, subject):
        return _OPEN
    return True, _that(article, form, cue_end, at, sentence_end)


def _by_preposition(
    article: Article, form: Form, cue_end: int, limit: int, sentence_end: int, subject: Phrase | None, at: int
) -> _Settled:
    """What a preposition opens, free or written on its word."""
    words, frames, hal = article.words, form.frames, form.mood == "hal"
    known, start = words.known[at], words.starts[at]
    kind = known.marker
    if kind == "with" and "that" in frames and not hal and _of_source(article, at, limit):
        return None
    if kind == "prep" and hal and "two" not in form.flags and _apart(article, cue_end, start):
        return None  # قدم أداء لافتاً مع منتخب بلاده، وقاده إلى المركز الثالث
    if kind == "prep" and (_counts_source(article, cue_end, limit, at) or of_subject(article, form, cue_end, limit, at)):
        return None
    own = _fits(article, form, cue_end, at)
    if not own and not (kind == "prep" and "that" in frames and (start - cue_end > 1 or hal) and words.next(at).that):
        return None  # before a clause any verb of saying may have a preposition: وبيّن المدير إلى أن
    phrase, explained, closed = source_between(article, cue_end, start, form, strict=True)
    since = phrase.end if phrase else cue_end
    apart = start - since  # characters between the source and the preposition
    if not own and (apart > (2 if "not_of_source" not in known.lists else _TOO_FAR) or article.folded.find("،", since, start) >= 0):
        return None  # اكتفى الوزير بالرد، في سياق مخاوف من أن; ترى غياب الخطة سبباً …، كما كانت قادرة على أن
    if not explained and not (kind == "prep" and known.spelled in frames and form.mood in _FINITE and words.next(at).that):
        return None
    if "guard" in form.flags and phrase is not None and _silent(article, phrase):
        return None
    two = "two" in form.flags
    if "object" in frames and (kind == "prep" or two) and object_before(article, form, cue_end, start, subject):
        return _OPEN  # ناشد الرئيس المجتمع الدولي التدخل لوقف …
    if kind == "prep":
        return True, _after_preposition(article, form, at, limit, sentence_end, phrase, closed)
    if kind == "to":
        return True, Complement("ل", start, None, phrase, closed)
    if apart > _WITH or (hal and not two and article.folded.find("،", cue_end, start) >= 0):
        return None  # مقراً لها، كانت وظيفتها التعريف بالقضية
    return _NOTHING if "only_clause" in form.flags else (True, Complement("ب", start, None, phrase, closed))


def _counts_source(article: Article, cue_end: int, limit: int, at: int) -> bool:
    """Whether من says of whom a number of sources is, as another one leads in the content: حذر عدد من الخبراء من."""
    words = article.words
    first = words.at(cue_end)
    if words.known[at].spelled != _FROM or not 0 < at - first <= _COUNTED or words.gaps[at] != " ":
        return False
    head = words.known[first]
    if not (head.spelled in titles("quantities") or head.bare in titles("groups") or head.kind == "number"):
        return False
    if at - first == _COUNTED and words.known[at - 1].kind != "adjective":
        return False
    return any(words.known[later].spelled == _FROM for later in range(at + 2, words.at(limit)))


_FROM, _COUNTED = single("from"), 2  # words before the من of a number of sources, at most


def _by_noun(
    article: Article, form: Form, cue_end: int, limit: int, subject: Phrase | None, quote: tuple[int, int, int, int] | None
) -> Complement | None:
    """What no word opens: a quotation, a noun phrase that is reported, one that is held to be something."""
    folded, frames = article.folded, form.frames
    apart = quote and "object" in frames and folded[quote[0] - 2 : quote[0]].strip()[-1:] != ":"
    if quote and apart and _holds_content(article, cue_end, quote[0]):
        before = noun_object(article, form, cue_end, quote[0], subject)
        if before and before.begin < quote[0] and reported(article, before.begin):
            return before  # أعلن احتجاز السفينة بسبب «…»
    if quote and "speech" in frames:
        far = form.mood == "noun" and quote[0] - cue_end > _NEAR
        return None if far else Complement("quote", quote[2], quote[3], source_between(article, cue_end, quote[0], form)[0], True)
    if "object" in frames or "what" in frames:
        return noun_object(article, form, cue_end, limit, subject)
    return judged(article, form, cue_end, limit, subject) if "judge" in form.flags else None


def _holds_content(article: Article, start: int, end: int) -> bool:
    """Whether a noun that can be reported stands anywhere in a stretch."""
    words = article.words
    return any(known.content or "contents" in known.lists for known in words.known[words.at(start) : words.at(end)])


def _object_first(article: Article, form: Form, cue_end: int, at: int, subject: Phrase | None) -> bool:
    """Whether a noun phrase that is reported stands before a complementiser: أكد المدير سامي حداد أهمية العقد خاصة أن …"""
    if form.mood == "hal":
        return object_before(article, form, cue_end, at, subject)
    if (
        subject is not None
        and article.folded[at - 2 : at].strip() in _COMMAS
        and (first := past_adverbs(article, cue_end, at)) < at
    ):
        return reported(article, first)  # الذين رجحوا قبل أيام هبوط الأسعار، أن
    if form.mood == "noun" or not _holds_content(article, cue_end, at):
        return False
    found = noun_object(article, form, cue_end, at, subject)
    if found is None or found.begin >= at or not reported(article, found.begin):
        return False
    more = " " in article.folded[found.begin : at].strip()  # a single word is more of the name
    return more and found.phrase is not None and found.phrase.named and found.phrase.kind == "person"


def _in_relative(before: Word, cue: Word) -> bool:
    """Whether a cue stands in a relative clause, so that the complementiser behind it is its own (التي قال إنها، ما يصفه بأنه)."""
    return (before.kind == "relative" or "about_what" in before.lists) and not cue.readings[0].frames.isdisjoint(_OWN_CLAUSE)


def _has_object(article: Article, cue: Word, at: int, limit: int) -> bool:
    """Whether a cue of a relative clause reports a noun phrase: الذين رجحوا قبل أيام هبوط الأسعار، أن."""
    return "object" in cue.readings[0].frames and reported(article, past_adverbs(article, at, limit))


def _silent(article: Article, phrase: Phrase) -> bool:
    """Whether a verb that is also a noun does not report for a phrase, by its kind: one that is no surname of a speaker."""
    if phrase.kind not in _SILENT:
        return False
    single = phrase.kind == "other" and phrase.definite and len(phrase.role) == 1
    return not (single and speaks_elsewhere(article, article.folded[phrase.start : phrase.end], at_once=True))


_FINITE = frozenset(("past", "present"))
_NO_SUBJECT = frozenset(("adverb", "inner", "document", "definite", "content"))  # behind a verb that publishes: when, where, what
_SILENT = frozenset(("other", "thing"))  # kinds of phrases that a verb which is also a noun does not report for
_COMMAS = frozenset("،,؛")
_JOINED_VERB = re.compile(r"و[يت]\w{3,}$")
_OWN_CLAUSE = frozenset(("that", "about"))


def _before_carrier(
    article: Article, form: Form, cue_end: int, carried: Complement, subject: Phrase | None, sentence_end: int
) -> Complement | None:
    """What a verb itself reports before a carrier that a comma sets apart: دعا النائب السكان إلى الهدوء، قائلاً إن …"""
    words = article.words
    for at in range(words.at(cue_end), words.at(carried.begin)):
        if "carriers" in words.known[at].lists:
            if words.gaps[at].strip() not in ("،", ","):
                own = _by_marker(article, form, cue_end, words.starts[at] - 1, words.starts[at] - 1, subject, sentence_end)[1]
                return own if own is not None and own.frame in form.frames - _OWN_CLAUSE and own.end is None else None
            return complement(article, form, cue_end, words.starts[at] - 1, subject, sentence_end)
    return None


def _fits(article: Article, form: Form, cue_end: int, at: int) -> bool:
    """Whether a preposition, free or written on its word, is one that the cue's frames take, and no adverbial."""
    words, frames = article.words, form.frames
    known, start = words.known[at], words.starts[at]
    if known.marker == "prep":
        if known.spelled not in frames or words.next(at).spelled in not_after(known.spelled):
            return False
        return not (start - cue_end > 1 and words.gaps[at].isspace() and "governing" in words.known[at - 1].lists)
    if known.marker == "to":
        acting = known.kind == "content" or NOUN_SHAPE.match(known.spelled[1:]) is not None
        return "ل" in frames and acting and not is_of_body(article, at, start + _BEHIND, frames)
    if "ب" not in frames or (form.mood == "noun" and start - cue_end > 1):
        return False
    if "not_with" in known.lists:
        return joint_act(article, form, at) or ("with_what" in known.lists and start - cue_end < 2)  # منوهاً بما …
    if not known.prefixed and listed_kind(known.spelled):
        return False  # مدرب برشلونة
    if len(known.spelled) == 1:
        return words.gaps[at + 1].removeprefix(" ")[:1] in _BEFORE_MARK or words.next(at).content
    if len(known.spelled) > 3 and known.kind == "bare" and not known.prefixed and _names(article, cue_end, at):
        return False  # أقرت برادستون بوجود: a name that begins with the letter
    if known.prefixed and known.kind == "people":
        return False  # أهاب بالسائقين إلى
    whom = known.prefixed and start - cue_end > 2 and known.kind in {"body", "role", "place", "media"}
    return not whom or (known.definite and "two" in form.flags)


def _of_source(article: Article, at: int, limit: int) -> bool:
    """Whether a word in ب belongs to the source, for a clause with أن stands behind it: أفاد المتحدث بالوزارة أن."""
    words = article.words
    known, folded = words.known[at], article.folded
    if len(known.spelled) == 1:
        quote = article.quote_from(words.starts[at], min(limit, words.starts[at] + 4))
        if quote is None or folded.count(" ", quote[1], quote[2]) >= NAME_WORDS:
            return False
    elif known.kind == "content" or not known.bare or word(known.spelled[1:]).content or known.bare in titles("contents"):
        return False
    for later in range(at + 1, words.at(min(limit, words.starts[at] + _BEHIND))):
        marker = words.known[later].marker
        if marker == "that":
            return not ("before_that" in words.known[later - 1].lists and words.gaps[later].isspace())
        if marker == "prep" and "not_of_source" in words.known[later].lists:
            return False
    return False


_TOO_FAR = 60  # characters between a source and a preposition that is not the verb's own


def _apart(article: Article, cue_end: int, start: int) -> bool:
    """Whether a clause stands between a participle and a preposition: a joined word behind a comma."""
    words = article.words
    for at in range(words.at(cue_end), words.at(start)):
        if words.gaps[at][:1] in _COMMAS and words.known[at].spelled[0] == "و":
            return True
    return False


_WITH = 60  # characters between a source and a word in ب that can still be its complement
_BEHIND = 140  # characters behind a word in ب within which its source's clause starts
_BEFORE_MARK = frozenset('"“«(')


def _names(article: Article, cue_end: int, at: int) -> bool:
    """Whether an unknown word in ب is a name: another name stands before it, or the real complement with ب behind it."""
    words = article.words
    if words.starts[at] - cue_end > 2:
        return words.gaps[at] == " " and words.known[at - 1].kind in {"bare", "given"}
    spelled = words.next(at).spelled
    return spelled[:1] == "ب" and len(spelled) > 3 and (spelled[1:3] == "ال" or word(spelled[1:]).content)


def _after_preposition(
    article: Article, form: Form, at: int, limit: int, sentence_end: int, phrase: Phrase | None, closed: bool
) -> Complement | None:
    preposition, begin = article.words.known[at].spelled, skip(article.folded, article.words.ends[at])
    if begin >= limit:
        return None
    first = article.words.after(begin)
    if "only_clause" in form.flags and first.marker != "that":
        return None
    found = quoted_whole(article, article.words.ends[article.words.at(begin)] if first.that else begin, sentence_end)
    if found:
        return Complement(preposition, found[0], found[1], phrase, closed)
    return Complement(preposition, begin, None, phrase, closed)


def _opens_content(article: Article, cue_end: int, at: int) -> bool:
    """Whether a complementiser opens what is said, and no clause of time or necessity (بعد أن، يجب أن)."""
    words = article.words
    return words.starts[at] - cue_end <= 2 or not ("before_that" in words.known[at - 1].lists and words.gaps[at].isspace())


def _that(article: Article, form: Form, cue_end: int, at: int, sentence_end: int) -> Complement | None:
    words = article.words
    phrase, explained, closed = source_between(article, cue_end, words.starts[at], form)
    if form.mood == "noun" and not explained:
        return None
    found = quoted_whole(article, words.ends[at], sentence_end)
    if found and "that" in words.known[at].lists:
        return Complement("quote", found[0], found[1], phrase, True)
    return Complement("that", words.starts[at], None, phrase, closed)


_DASHES = frozenset("-–—")
_FAR = 40  # characters from a guarded verb without a source to its colon


def _colon(article: Article, form: Form, cue_end: int, at: int) -> Complement | None:
    """What a colon opens: a quotation, a reported clause, or speech without marks."""
    folded, size = article.folded, len(article.folded)
    phrase = source_between(article, cue_end, at, form)[0]
    begin = at + 1
    while begin < size and folded[begin] in " \n:" and (folded[begin] != "\n" or begin - at < 4):
        begin += 1
    quote = article.by_start.get(begin)
    if quote:
        return Complement("quote", quote[1], quote[2], phrase, True)
    if begin >= size or folded[at + 1 : at + 2].isdigit():
        return None
    if "guard" in form.flags and phrase is None and (at - cue_end > _FAR or folded.find("،", cue_end, at) >= 0):
        return None  # ويختتم المهرجان غداً، وعقدت حلقة تناولت …:
    dashed = folded[cue_end:at].lstrip()[:1] in _DASHES
    if "byline" in form.flags and (dashed or (folded[at + 1 : begin].strip(" ") and phrase is not None)):
        return None  # كتبت نادية سالم: and the text below; كتب - فلان:
    first = article.words.at(begin)
    if first < article.words.size and article.words.starts[first] == begin and article.words.known[first].that:
        found = quoted_whole(article, article.words.ends[first], article.sentence(begin)[1])
        if found:
            return Complement("quote", found[0], found[1], phrase, True)
        return Complement("that", begin, None, phrase, True)
    return Complement("speech", begin, None, phrase, True) if "speech" in form.frames else None
