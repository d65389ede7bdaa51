"""Noun phrases as content: what a verb reports as its object (أكد ضرورة …) or describes (وصف الموقف بأنه …).

In goes a cue's form with its article and the subject that stands before it, out comes the `Complement` or None.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.extract.statements.article import Complement
from analysis.extract.statements.complements.between import past_adverbs
from analysis.extract.statements.cues.clauses import skip
from analysis.extract.statements.cues.conditions import joint_act
from analysis.extract.statements.sources.phrases import Phrase, read_phrase
from analysis.extract.statements.sources.reading import SOUND_PLURAL
from analysis.extract.statements.vocabulary.listed import is_act, particles, single
from analysis.extract.statements.vocabulary.words import NO_WORD, OPENS, Word, word

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article
    from analysis.extract.statements.vocabulary.forms import Form

_THAT, _ON, _FROM, _TO = single("that"), single("on"), single("from"), single("to")
_DESCRIBES = re.compile(rf"(?<!\w)(?:(?:وب|ب|{_ON} ){_THAT}(?:ه|ها|هم|هما)?(?!\w)|(?:وب|ب)(?:(?= ?[\"“«])|ال\w{{3,}}|\w{{3,}}))")
_HOLDS = ("ب" + _THAT, _ON)  # بأنه، على أنه
_DESCRIPTION = 120  # characters after a source in which the comma stands that ends what describes it


_NOUN_FRAMES = frozenset(("object", "about", "hal"))  # frames of a hal that may have a noun phrase as its object


def hal_object(article: Article, form: Form, cue_end: int, limit: int) -> Complement | None:
    """A noun phrase right after a participle, which has its subject already: مبرزاً حاجة البلاد إلى …، مؤكداً الحرص على."""
    if "object" not in form.frames and "hal" not in form.frames:
        return None
    begin = skip(article.folded, cue_end)
    if begin - cue_end > 1:
        return None
    if article.words.after(begin).starts & OPENS:
        begin = past_adverbs(article, begin, limit)  # مبدياً في الوقت نفسه دعمه
    first = _first(article, begin)
    asked = "asks_of" in form.flags and "asked_of" in first.lists
    if asked:
        begin = skip(article.folded, article.words.ends[article.words.at(begin)])
        first = _first(article, begin)  # طالباً منهم التدخل
    if "two" in form.flags and first.definite and begin < limit and (not first.prefixed or _are_people(first)):
        behind, found = _past_addressed(article, begin, limit)  # مناشداً الجنود العودة إلى ثكناتهم، مهيباً بالسكان ضبط النفس
        if found:
            return Complement("object", behind, None, None, True)
    if not first.spelled or begin >= limit or first.prefixed or first.that:
        return None
    if first.content or "contents" in first.lists or (first.kind == "definite" and word(first.bare).content):
        return Complement("object", begin, None, None, True)
    if first.kind not in {"role", "body", "media"}:
        return None
    phrase = read_phrase(article, cue_end, limit, strict=True)  # مؤكداً وزير الدفاع حرص بلاده على …
    begin = past_adverbs(article, phrase.end, limit) if phrase else limit
    return Complement("object", begin, None, phrase, True) if begin < limit and reported(article, begin) else None


def _are_people(known: Word) -> bool:
    """Whether a word names people or a body that can be asked: السكان، المؤمنين."""
    return known.kind in _ADDRESSED or known.bare.endswith(SOUND_PLURAL)


_ADDRESSED = frozenset(("people", "role", "body"))


def own_object(article: Article, at: int, form: Form) -> bool:
    """Whether a hal has a noun phrase as its object, so that a complementiser behind is another cue's: مشترطاً عدم ذكر اسمه، إن."""
    if form.mood != "hal" or not form.frames.isdisjoint(_NOUN_FRAMES):
        return False
    first = article.words.after(at)
    if "two" in form.flags and "addressed" in first.lists:
        return False  # داعياً جميع الأطراف إلى
    return bool(first.spelled) and not first.that and first.content and not first.prefixed


def _first(article: Article, at: int) -> Word:
    """The first word of what may be reported, also behind a mark that closes before the whole does (مؤكداً «نجاح» الدورة)."""
    quote = article.by_start.get(at)
    if quote is None:
        return article.words.after(at)
    goes_on = article.words.after(quote[0])
    return article.words.after(quote[1]) if goes_on.spelled and goes_on.kind != "verb" else NO_WORD


def reported(article: Article, at: int, *, definite: bool = False) -> bool:
    """Whether a noun phrase that can be reported starts here (ضرورة …، مقتل …), also with the article (السيطرة على …)."""
    first = _first(article, at)
    if first.prefixed:
        return False  # سالم باعجاجة: a name
    if first.spelled == _EACH and article.words.next(article.words.at(at)).spelled == _FROM:
        return False  # أعلن كل من المديرين رفضه: two or more who speak
    if first.kind == "adverb" and word(first.spelled[:-1] or "-").content and _accusative_pair(article, at):
        return True  # تتوقع انسحاباً معقداً
    if definite and "demonstratives" in first.lists and "tellings" in article.words.next(article.words.at(at)).lists:
        return True  # نفى الوزير هذه الأنباء
    if definite and "tellings" in first.lists:
        return True  # كذّب الوزير الأنباء
    if definite and first.kind == "definite" and (word(first.bare).content or _acting(first.bare)):
        return bool(article.words.next(article.words.at(at)).spelled)  # more than يعلن التفاصيل
    return bool(first.spelled) and (first.content or "contents" in first.lists)


def _accusative_pair(article: Article, at: int) -> bool:
    """Whether an accusative and one that describes it stand here: an adverbial takes a preposition instead (احتجاجاً على)."""
    words = article.words
    following = words.next(words.at(at))
    return len(following.spelled) > 3 and following.spelled[-1] == "ا" and following.kind in _DESCRIBING and not following.lists


_EACH = single("each")
_DESCRIBING = frozenset(("bare", "adjective"))


def _acting(bare: str) -> bool:
    """Whether a noun with its article is that of a verb spelled alike: توصل، التوصل."""
    return len(bare) == 4 and bare[0] == "ت" and (bool(word(bare).readings) or is_act(bare))


def described(article: Article, form: Form, cue_end: int, limit: int, subject: Phrase | None) -> Complement | None:
    """وصف الوزير الموقف بأنه …، اتهم النائب الحكومة بالتقصير: the content starts at what is described."""
    folded = article.folded
    predicate = None
    for match in _DESCRIBES.finditer(folded, cue_end, limit):
        if not _is_predicate(match[0]) and not joint_act(article, form, article.words.at(match.start())):
            continue
        predicate = predicate or match
        first = form.suffixed and predicate is match and match.start() - cue_end == 1
        if not _may_name(match[0]) or (first and not _named_next(folded, match.end(), limit)):
            predicate = match
            break
    if predicate is None:
        return None
    at, written = predicate.start(), predicate[0].lstrip("و")
    if "by" not in form.flags and not written.startswith(_HOLDS) and written != "ب":
        return None
    words = article.words
    if folded.find(":", cue_end, at) >= 0 or any(known.marker == "that" for known in words.known[words.at(cue_end) : words.at(at)]):
        return None
    if form.suffixed:
        phrase = read_phrase(article, cue_end, at)
        if phrase and phrase.kind == "other" and not phrase.definite and phrase.head[-1] == "ا":
            phrase = None  # واعتبره نموذجاً: an accusative
        return Complement("about", at, None, phrase, True)
    if not folded[cue_end:at].strip(" ،,"):
        return None if predicate[0] != "ب" else Complement("about", at, None, None, True)
    if form.mood == "hal" or subject is not None:
        begin = skip(folded, cue_end)
        if _is_occasion(article, begin, at):
            return Complement("about", at, None, None, True)  # وصفت الوزيرة يوم الافتتاح في رسالة إلى الموظفين بأنه «عيد»
        if "leads_adverbial" in words.after(begin).lists or words.after(begin).kind == "adverb":
            begin = min(past_adverbs(article, begin, limit), at)  # متهماً، عبر محاميه سالم، الشركة بالتقصير
        return Complement("about", begin, None, None, True)
    phrase = read_phrase(article, past_adverbs(article, cue_end, at), at, strict=True)
    if phrase is not None and not phrase.named and reported(article, phrase.start, definite=True):
        return Complement("about", phrase.start, None, None, True)  # ووصف الوضع في المدينة بأنه …
    if phrase is None or not folded[phrase.end : at].strip(' ،,"”»') or (form.mood == "past" and _only_described(phrase)):
        # One noun phrase between verb and predicate is what is described; who describes it was named before.
        return None if "guard" in form.flags else Complement("about", skip(folded, cue_end), None, None, phrase is None)
    return Complement("about", min(past_adverbs(article, phrase.end, limit), at), None, phrase, True)


def _is_occasion(article: Article, begin: int, at: int) -> bool:
    """Whether nothing but when and where it was said stands before what describes: what is described was named before."""
    words = article.words
    start = past_adverbs(article, begin, at)
    if start >= at:
        return start > begin
    first = words.at(start)
    occasion = words.next(first)
    text = occasion.kind == "document" or "events" in occasion.lists
    if "place_of" not in words.known[first].lists or not text or occasion.definite:
        return False
    return not any(known.content or known.definite for known in words.known[first + 2 : words.at(at)])


def _named_next(folded: str, at: int, limit: int) -> bool:
    """Whether a surer predicate follows soon, so that the word in ب before it is a name: وصفها باراك بأنها."""
    later = _SURELY.search(folded, at, min(limit, at + _SOON))
    return later is not None


_SURELY = re.compile(rf"(?<!\w)ب(?:{single('that')}(?:ه|ها|هم|هما)?(?!\w)|(?= ?[\"“«]))")
_SOON = 40  # characters from a name to what it describes with


def _only_described(phrase: Phrase) -> bool:
    """Whether a definite common noun is what is described, not who describes: ووصف الوضع في المدينة بأنه."""
    head = phrase.head
    return phrase.kind == "other" and phrase.definite and not phrase.named and len(head) > 2 and not head.endswith(("ي", "ون"))


def _is_predicate(spelled: str) -> bool:
    """Whether a word in ب may describe: no adverb, and if it is short, a noun that heads a report (بقمع)."""
    rest = spelled.lstrip("و")[1:]
    if word(rest).kind == "place":
        return False  # اتهم السفير بصنعاء، فلان، الحكومة بالتقصير
    return spelled not in particles("not_with") and (len(rest) != 3 or word(rest).content or rest.startswith(_THAT))


def _may_name(spelled: str) -> bool:
    """Whether a word in ب may be a name with that letter (برهوم) rather than a noun behind the preposition (بعرقلة)."""
    known = word(spelled)
    return known.kind == "bare" and not known.prefixed and spelled[-1:] != "ه" and not word(spelled[1:] or "-").content


def judged(article: Article, form: Form, cue_end: int, limit: int, subject: Phrase | None) -> Complement | None:
    """What is held to be something, without بأنه: اعتبرت النقابة هذه الدعوة محاولة …، معتبراً القرار «خطأ»، ما تعتبره مخالفاً."""
    words, phrase = article.words, None
    begin = past_adverbs(article, cue_end, limit)
    if form.mood != "hal" and subject is None and not (form.suffixed and _judges(article, begin, limit, 1)):
        if form.mood == "past" and words.after(begin).kind == "determiner":
            return Complement("about", begin, None, None, True) if _judges(article, begin, limit, _HELD) else None
        phrase = read_phrase(article, cue_end, limit, strict=True)
        if phrase is not None and form.mood == "past" and not form.suffixed and phrase.kind in _HELD_KINDS and not phrase.named:
            return Complement("about", begin, None, None, True) if _judges(article, begin, limit, _HELD) else None
        if phrase is None and form.mood == "past" and not form.suffixed and words.after(begin).content:
            return Complement("about", begin, None, None, True) if _judges(article, begin, limit, _HELD) else None
        surname = form.suffixed and phrase is not None and phrase.kind == "other" and phrase.head.endswith("ي")
        if phrase is None or not (surname or (phrase.kind in _JUDGES and (phrase.named or phrase.definite or form.suffixed))):
            return None
        if phrase.kind == "name" and form.mood == "present" and not _known_name(article, phrase):
            return None  # يعتبر خط الدفاع هو الأقوى: the passive
        begin = past_adverbs(article, phrase.end, limit)
        if "superlatives" in words.after(phrase.end).lists and form.mood == "present":
            return None  # يعتبر الموقع أحد أبرز المواقع: the passive
    first = words.after(begin)
    if begin >= limit or not first.spelled:
        return None
    if "objects_apart" in first.lists:
        return Complement("about", begin, None, phrase, True)  # معتبراً إياها فرصة
    if form.suffixed:
        if phrase is not None and not (phrase.definite or phrase.named) and "conjunctions" in first.lists:
            return None  # اعتبرتها منظمات غير حكومية: more of the source
        held = _judges(article, begin, limit, 1) or (phrase is not None and _indefinite(first))
        return Complement("about", begin, None, phrase, True) if held else None
    owned = first.spelled.endswith(("ها", "هم")) or (first.spelled[-1] == "ه" and word(first.spelled[:-1]).content)
    whom = subject or phrase
    headed = form.mood == "hal" or first.content or first.definite or first.kind in {"determiner", "rank"} or owned
    if first.prefixed or not (headed or (whom is not None and whom.named and first.kind in {"body", "document", "people"})):
        return None
    return Complement("about", begin, None, phrase, True) if _judges(article, begin, limit, _HELD) else None


def seen_in(article: Article, form: Form, cue_end: int, limit: int, subject: Phrase | None) -> Complement | None:
    """What something named before is seen as: ورأت الصحيفة فيه تناقضاً مع …"""
    words, phrase = article.words, None
    first = words.at(cue_end)
    if subject is None and form.mood != "hal" and not _in_it(words.next(first - 1)):
        phrase = read_phrase(article, cue_end, limit, strict=True)
        if phrase is None or phrase.kind not in _JUDGES:
            return None
        first = words.at(phrase.end)
    if not _in_it(words.next(first - 1)):
        return None
    for at in range(first + 1, min(first + _SEEN, words.size)):
        known = words.known[at]
        if words.starts[at] >= limit or words.gaps[at][:1] in _APART or known.that:
            return None
        noun = known.kind not in _NO_PREDICATE or word(known.spelled[:-1] or "-").content  # استخفافاً
        if noun and not (known.definite or known.prefixed) and (at == first + 1 or known.spelled[-1] == "ا"):
            return Complement("about", words.starts[first], None, phrase, True)
    return None


def _in_it(known: Word) -> bool:
    return "resumptive" in known.lists and known.spelled.startswith(_IN)


_IN = single("in")
_SEEN = 7  # words from فيه to what something is seen as


def _indefinite(known: Word) -> bool:
    """Whether a word behind its subject says what something is held to be: التي اعتبرها الوزير نسبة غير مسبوقة."""
    return not (known.definite or known.prefixed or known.that) and len(known.spelled) > 3 and known.kind not in _NO_PREDICATE


def _known_name(article: Article, phrase: Phrase) -> bool:
    """Whether a name is more than one word that no list has."""
    name = article.folded[phrase.name_start : phrase.name_end]
    return phrase.quoted or " " in name or word(name).kind == "given"


_HELD = 14  # words among which stands what something is held to be
_HELD_KINDS = frozenset(("document", "thing"))
_JUDGES = frozenset(("person", "people", "body", "media", "place", "anonymous", "name"))


def _judges(article: Article, begin: int, limit: int, reach: int) -> bool:
    """Whether what something is held to be stands among the words at `begin`: an indefinite accusative, a quotation, من أبرز …"""
    words, quotes = article.words, article.by_start
    first = words.at(begin)
    for at in range(first, min(first + reach, words.size)):
        start, gap, known = words.starts[at], words.gaps[at], words.known[at]
        if start >= limit or (at > first and gap[:1] in _APART):
            return False
        if gap[-1:] in _MARKS and start - 1 in quotes:
            return True
        spelled = known.spelled
        if spelled in particles("predicates"):
            return True
        if at > first and spelled in particles("copulas_of_pronoun") and words.known[at - 1].definite and words.next(at).definite:
            return True  # معتبراً الساحات هي الضمانات
        if known.definite or known.prefixed or len(spelled) < 4 or known.kind in _NO_PREDICATE or (reach > 1 and at == first):
            continue
        if spelled[-1] == "ا" or (spelled[-1] == "ه" and at > first and words.known[at - 1].definite):
            return True
        if words.known[at - 1].spelled == _FROM and at > first and spelled[0] == "ا" and len(spelled) < 6:
            return True
    return False


_APART = frozenset(("،", ",", "؛", ".", ":"))
_MARKS = frozenset('"“«')
_NO_PREDICATE = frozenset(("verb", "inner", "adverb", "relative", "place", "given", "number"))


def noun_object(article: Article, form: Form, cue_end: int, limit: int, subject: Phrase | None) -> Complement | None:
    """A noun phrase as content: أكد الوزير ضرورة …، نفت الشركة الأنباء."""
    if "object" not in form.frames:
        return _what_clause(article, cue_end, limit, subject)
    folded = article.folded
    phrase = None
    begin = skip(folded, cue_end)
    known = subject is not None
    found = reported(article, begin, definite=known)
    if not found:
        begin = past_adverbs(article, cue_end, limit)
        found = reported(article, begin, definite=known)
    if not found and "asks_of" in form.flags and "part_of" in article.words.after(begin).lists:
        begin, found = _past_addressed(article, begin, limit)  # وطلبت من المدير تقديم كشف
    if begin >= limit:
        return None
    if not found and _with_preposition(article, form, begin):
        return Complement("object", begin, None, None, True)
    if not found and form.mood != "hal" and subject is None:
        phrase = read_phrase(article, cue_end, limit, strict=True)
        if phrase is None:
            return None
        if "asks_of" in form.flags:
            phrase = _before_asked(article, cue_end, phrase, limit)
        begin = past_adverbs(article, phrase.end, limit)
        found = reported(article, begin, definite=phrase.named or phrase.kind in _SURE)
        if not found and not _ADDRESSING.isdisjoint(form.flags):
            begin, found = _past_addressed(article, begin, limit)
    if not found and phrase is not None and phrase.kind in _SURE:
        named, behind = _past_rest(article, phrase.end, limit)
        if behind >= 0:
            more = {known.bare for known in article.words.known[article.words.at(phrase.end) : article.words.at(named)]}
            begin, found, phrase = behind, True, phrase.but(end=named, role=phrase.role | more)
    first = article.words.after(begin)
    if begin >= limit or not first.spelled:
        return None
    if found:
        return Complement("object", begin, None, phrase, True)
    if phrase is not None:
        return _any_object(article, form, phrase, begin, limit)
    bare = (form.mood == "hal" and folded[cue_end:begin] == " ") or "any_object" in form.flags
    if bare and first.kind in {"content", "bare", "body", "document", "people", "role", "given"} and first.spelled[-1] != "ا":
        return Complement("object", begin, None, None, True)
    return None


def _what_clause(article: Article, cue_end: int, limit: int, subject: Phrase | None) -> Complement | None:
    """What others did or said, behind its verb and source: كذّبت الوزارة ما تداولته المواقع; ما وصفه بـ is a cue of its own."""
    words, phrase = article.words, None
    if subject is None and "about_what" not in words.after(skip(article.folded, cue_end)).lists:
        phrase = read_phrase(article, cue_end, limit, strict=True)
        if phrase is None:
            return None
    begin = past_adverbs(article, phrase.end if phrase else cue_end, limit)
    if begin >= limit or words.after(begin).spelled != _WHAT:
        return None
    told = words.next(words.at(begin))
    own = not told.spelled or (bool(told.readings) and "about" in told.readings[0].frames)
    return None if own else Complement("object", begin, None, phrase, True)


_WHAT = single("what")


def _past_rest(article: Article, at: int, limit: int) -> tuple[int, int]:
    """Where a body's name ends in words that no list knows, and what is reported behind an adverb: قوات درع الشمال أمس تدمير …"""
    words = article.words
    first = stop = words.at(at)
    while stop < words.size and stop - first < _UNKNOWN and words.gaps[stop] == " " and words.known[stop].kind in _IN_NAMES:
        if words.known[stop].content or words.known[stop].readings:
            return at, -1
        stop += 1
    named = end = words.ends[stop - 1] if stop > first else at
    if article.folded.startswith(" (", end):
        close = article.folded.find(")", end, min(limit, end + _BRACKET)) + 1
        end = close or end
    begin = past_adverbs(article, end, limit)
    adverbial = begin > skip(article.folded, end)
    return named, begin if end > at and begin < limit and adverbial and reported(article, begin) else -1


_UNKNOWN, _BRACKET = 4, 40  # words at the end of a body's name; characters of an aside behind it
_IN_NAMES = frozenset(("bare", "given", "definite"))


def _with_preposition(article: Article, form: Form, begin: int) -> bool:
    """Whether a definite verbal noun with its own preposition is what is said: وأكد الحاجة إلى البحث."""
    words = article.words
    first = words.after(begin)
    if first.kind != "definite" or not word(first.bare).content:
        return False
    following = words.next(words.at(begin))
    if following.spelled in form.frames:
        return False
    return following.marker == "prep" and following.spelled == _TO


def _past_addressed(article: Article, begin: int, limit: int) -> tuple[int, bool]:
    """Step over whom the verb addresses, where what it reports follows: ناشدت المنظمة المجتمع الدولي توفير الدعم."""
    words = article.words
    first = words.after(begin)
    start = words.ends[words.at(begin)] if "part_of" in first.lists else begin + (first.prefixed and first.spelled[0] == "ب")
    addressed = read_phrase(article, start, limit, strict=True)
    behind = past_adverbs(article, addressed.end, limit) if addressed else begin
    found = behind < limit and behind > begin and reported(article, behind, definite=True)
    return (behind, True) if found else (begin, False)


def _before_asked(article: Article, cue_end: int, phrase: Phrase, limit: int) -> Phrase:
    """The source without whom it asks, where what is asked follows: طلب رئيس البلدية من السكان البقاء."""
    words = article.words
    for at in range(words.at(phrase.start) + 1, words.at(phrase.end)):
        if words.known[at].spelled == _FROM and _past_addressed(article, words.starts[at], limit)[1]:
            return read_phrase(article, cue_end, words.starts[at], strict=True) or phrase
    return phrase


_ADDRESSING = frozenset(("two", "asks_of"))
_SURE = frozenset(("place", "person", "body"))  # kinds of sources behind which a definite verbal noun is no part of them


def _any_object(article: Article, form: Form, phrase: Phrase, begin: int, limit: int) -> Complement | None:
    """A noun phrase behind its source that no list has as a head, after a verb that reports any."""
    if "any_object" not in form.flags:
        return None
    first = article.words.after(begin)
    if phrase.named and _accusative(article, first, begin):
        return Complement("object", begin, None, phrase, True)
    if phrase.kind not in {"person", "body", "media", "anonymous", "people"}:
        return None
    this = "demonstratives" in first.lists and article.words.next(article.words.at(begin)).definite  # نفت الوزارة هذه الادعاءات
    if first.kind not in {"definite", "document", "content"} and not this:
        return None
    folded = article.folded
    if folded[phrase.end : begin].strip() in ("،", ","):
        # Between commas a definite word goes on describing the source; the content comes after it.
        comma = folded.find("،", begin, min(limit, begin + _DESCRIPTION))
        begin = skip(folded, comma) if comma >= 0 else limit
        return Complement("object", begin, None, phrase, True) if begin < limit and reported(article, begin) else None
    if begin - phrase.end < 3 and not phrase.named and word("ال" + phrase.head).kind == "rank":
        return None  # الرئيس الأسد: a title and a surname
    return Complement("object", begin, None, phrase, True)


def _accusative(article: Article, first: Word, begin: int) -> bool:
    """Whether an unknown noun in ة has the ending of an object written: توقع فلان موجةً كبيرة."""
    end = begin + len(first.spelled)
    return first.kind == "bare" and first.spelled[-1] == "ه" and "ةً" in article.doc.spelled(begin, end + 1)


def object_before(article: Article, form: Form, cue_end: int, at: int, subject: Phrase | None) -> bool:
    """Whether a noun phrase that can be reported already follows the source, so that a mark behind belongs to it."""
    if form.mood == "hal":
        first = article.words.after(skip(article.folded, cue_end))
        return not first.that and bool(first.spelled) and (first.content or "contents" in first.lists)
    found = noun_object(article, form, cue_end, at, subject)
    return found is not None and reported(article, found.begin, definite="two" in form.flags)
