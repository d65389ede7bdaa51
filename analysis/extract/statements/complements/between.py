"""Between a cue and its content: the source that stands there, and adverbs to step over.

In goes an article with the offsets of the cue's end and of the complement, out comes the source's `Phrase`, whether every word
between is accounted for, and whether a mark or grammar ends the source rather than a guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.article import WHOLE
from analysis.extract.statements.complements.asides import past_aside
from analysis.extract.statements.cues.clauses import past_openers, skip
from analysis.extract.statements.sources.addressees import without_addressee
from analysis.extract.statements.sources.bearers import with_bearer
from analysis.extract.statements.sources.hearers import teller
from analysis.extract.statements.sources.names import is_occasion, with_object
from analysis.extract.statements.sources.partners import with_partner
from analysis.extract.statements.sources.phrases import Phrase, read_phrase, read_prefixed
from analysis.extract.statements.sources.reading import NISBA_PLURAL, SOUND_PLURAL
from analysis.extract.statements.vocabulary.listed import single, titles
from analysis.extract.statements.vocabulary.words import Word, word

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article
    from analysis.extract.statements.vocabulary.forms import Form

_QUOTES = ' "”»'
_ADVERBIAL, _LONG_ADVERBIAL = 90, 240  # characters of the longest adverbial between commas; of one before what is surely reported
_OCCASION = 10  # words of the longest occasion between a source and its object
_AT_ONCE = 3  # words before a source that no comma separates from the cue


def source_between(article: Article, start: int, end: int, form: Form, *, strict: bool = False) -> tuple[Phrase | None, bool, bool]:
    """The source between a cue and its complement, whether all words in between are accounted for, and whether a mark ends it."""
    folded = article.folded
    if end - start < 3 or not folded[start:end].strip(' ،,-"“”«»'):
        return None, True, True
    two = "two" in form.flags
    if two and "resumptive" in article.words.after(skip(folded, start)).lists:
        return None, True, True  # رسالة تدعو فيها المجلس إلى: whom it asks
    told, phrase = teller(article, form, start, end)
    if told:
        return phrase, True, True
    phrase = read_phrase(article, start, end, strict=strict or two)
    if phrase is None:
        phrase = _led_in(article, form, start, end)
    if form.mood == "hal":
        return None, phrase is None or two or phrase.kind == "person", True
    if phrase is None:
        return _late(article, start, end), True, True
    if two:
        phrase = _first_of_two(article, phrase)
    if "asks_of" in form.flags:
        phrase = without_addressee(article, phrase)
    phrase = _with_name(article, phrase, end, sure=not (two or strict))
    phrase = phrase if two else with_partner(article, phrase, end)
    rest = folded[phrase.end : end].strip(_QUOTES)
    if phrase.kind in _PASSING_ON and rest:
        quoted = _quoted(article, phrase.end, end)
        if quoted is not None:
            return quoted, True, True
    ranked = not phrase.named and word("ال" + phrase.head).kind == "rank"
    if strict and not two and rest[:2] == "ال" and " " not in rest and (ranked or _is_object(word(rest), phrase)):
        if _is_object(word(rest), phrase):
            return phrase, True, True
        # الرئيس الأسد: a title and a surname
        return phrase.but(end=end, role=phrase.role | {rest[2:]}), True, True
    words = _counting(rest)
    if not words:
        return phrase, True, True
    if two:
        return phrase, True, False
    if _leads_on(words):
        return phrase, True, True
    if not strict:
        return whole(article, phrase, end), False, True
    # A verb without an object has nothing but its source there: تحدث عدد من مراقبي الدورة في العاصمة عن …
    if form.mood == "noun" or phrase.kind not in _SOURCES:
        return phrase, False, True
    sole = (
        len(words) >= _AT_LEAST
        and article.words.after(end).spelled not in words
        and "guard" not in form.flags
        and form.frames.isdisjoint(_TRANSITIVE)
    )
    apart = folded[end - 2 : end].strip() in ("،", ",") and "،" not in rest[:-1]
    return phrase, sole or apart, not (sole or apart)


def _counting(rest: str) -> list[str]:
    """The words between a source and what is reported that may say something of their own: none behind a mark."""
    if not rest or rest[0] in "،,:-":
        return []
    words = rest.split()
    while len(words) > 1 and len(words[0]) > 3 and words[0][-1] == "ا" and word(words[0]).kind == "adverb":
        del words[0]  # رسمياً، مجدداً: what counts is what follows
    return words


def _leads_on(words: list[str]) -> bool:
    """Whether the words behind a source are an adverbial, an occasion or the like, which end it."""
    if len(words) == 1 and "attention" in word(words[0]).lists:
        return True  # لفت الوزير النظر إلى
    first = words[0].strip("،,.-(")
    if not first:
        return True
    known = word(first)
    leads = known.kind in {"adverb", "inner", "relative", "determiner"} or known.prefixed or "openers" in known.lists
    return leads or first[0] in "لب(" or with_object(first) or is_occasion(first)


def _with_name(article: Article, phrase: Phrase, end: int, *, sure: bool) -> Phrase:
    """The source with the name that stands further behind it; `sure` where nothing but the source stands before `end`."""
    if sure:
        phrase = with_bearer(article, phrase, end) or _told_to(article, phrase, end)
    return _named_late(article, phrase, end) if phrase.kind == "person" and not phrase.named else phrase


def _told_to(article: Article, phrase: Phrase, end: int) -> Phrase:
    """The source behind the medium in quote marks that it tells: أبلغت «الدار» مصادر مطلعة أن."""
    if not phrase.quoted:
        return phrase
    known = article.words.after(phrase.end)
    if known.prefixed or known.kind not in _TELLING:
        return phrase
    return read_phrase(article, phrase.end, end) or phrase


_TELLING = frozenset(("anonymous", "people", "role", "rank"))
_TRANSITIVE = frozenset(("object", "ب"))
_AT_LEAST = 3  # words between a source's head and its complement that can only be more of the source
_SOURCES = frozenset(("person", "people", "body", "media", "anonymous", "name"))

_PASSING_ON = frozenset(("media", "body", "acronym", "place"))


def _quoted(article: Article, at: int, end: int) -> Phrase | None:
    """Whom a medium quotes between its verb and the content: وذكرت الوكالة، نقلاً عن مصدر أمني، أن."""
    words = article.words
    for place in range(words.at(at), words.at(end) - 1):
        if "passing_on" in words.known[place].lists and words.next(place).spelled == _ABOUT:
            return read_phrase(article, words.ends[place + 1], end)
    return None


_ABOUT = single("about")
_WHOLE = 6  # words that no list knows at the end of a source
_NO_SOURCE = frozenset(("verb", "relative", "determiner", "inner", "adverb", "people"))


def whole(article: Article, phrase: Phrase, end: int, *, to_end: bool = False) -> Phrase:
    """The source with words that no list knows, up to the clause that it says: between the two stands nothing but adverbials.

    `to_end`: only where all words up to `end` can belong to it (بحسب غرفة تجارة وصناعة المدينة.).
    """
    words = article.words
    first, last = words.at(phrase.end), words.at(end)
    stop = first
    while stop < last and words.gaps[stop] == " ":
        known = words.known[stop]
        if known.kind in _NO_SOURCE or known.prefixed or "openers" in known.lists or known.that:
            break
        if (known.content and not known.definite) or _is_object(known, phrase) or is_occasion(known.spelled):
            break
        if with_object(known.spelled):
            break  # بيانات مسح أجراه المصرف
        stop += 1
    if stop == first or stop - first > _WHOLE or (to_end and stop < last):
        return phrase
    place = words.ends[stop - 1]
    if phrase.named or phrase.kind != "person":
        return phrase.but(end=place, role=phrase.role | {known.bare for known in words.known[first:stop]})
    return phrase.but(end=place, name_start=words.starts[first], name_end=place)


def _both_alone(article: Article, at: int) -> bool:
    """Whether two words are two people rather than one name: the text has either of them without the other as well."""
    known, gaps = article.words.known, article.words.gaps
    first, second = known[at].spelled, known[at + 1].spelled
    if known[at].kind == "given" or "given" in known[at].lists:
        return False
    alone = [False, False]
    for place in range(max(0, at - _NEARBY), min(article.words.size, at + _NEARBY)):
        spelled = known[place].spelled
        if spelled == first and not (place + 1 < article.words.size and known[place + 1].spelled == second):
            alone[0] = True
        elif spelled == second and not (place and known[place - 1].spelled == first) and gaps[place][:1] == " ":
            alone[1] = True
    return all(alone)


_NEARBY = 400  # words around two names among which either stands alone


def _is_object(known: Word, phrase: Phrase) -> bool:
    """Whether a definite word behind one person's title is whom they address: انتقد الناشط الأطراف، أبلغ الوزير المشاركين."""
    if not known.definite or phrase.kind != "person" or phrase.number == "p":
        return False
    return known.kind == "body" or (known.bare.endswith(SOUND_PLURAL[1]) and not known.bare.endswith(NISBA_PLURAL[1]))


def _led_in(article: Article, form: Form, start: int, end: int) -> Phrase | None:
    """The source behind a preposition: جاء في بيان للجيش أن, and that of a noun of saying."""
    words = article.words
    phrase = None
    if "document" in form.flags:
        at = skip(article.folded, start)
        if "place_of" in words.after(at).lists:
            phrase = read_phrase(article, words.ends[words.at(at)], end)
    if phrase is None and form.mood == "noun" and not form.suffixed:
        phrase = _behind_preposition(article, start, end)
    return phrase


def _behind_preposition(article: Article, start: int, end: int) -> Phrase | None:
    """The source of a noun of saying behind ل or من: توقعات لصندوق النقد بأن، تحذيرات من خبراء بأن."""
    at = skip(article.folded, start)
    if "part_of" in article.words.after(at).lists:
        found = read_phrase(article, article.words.ends[article.words.at(at)], end)
    else:
        found = read_prefixed(article, at, end)
    return found if found and found.kind in {"person", "people", "body", "media", "anonymous", "document"} else None


def _named_late(article: Article, phrase: Phrase, end: int) -> Phrase:
    """A title with the name that stands behind its relative clause: وزير الدولة الذي يرأس الوفد المفاوض الشيخ نادر سالم.

    The name follows a definite word that is no title: behind a verb or a title (الذي التقى الوزير نادر سالم) it is another's.
    """
    words = article.words
    first = words.at(phrase.end)
    if first >= words.size or words.gaps[first] != " ":
        return phrase
    if not any(map(_describes, words.known[words.at(phrase.start) : first + 1])):
        return phrase
    for at in range(first + 1, words.at(end)):
        known, before = words.known[at], words.known[at - 1]
        if words.gaps[at] != " " or known.marker == "that":
            break
        if before.kind in _TITLES or not (before.definite and not before.prefixed) or known.kind not in _NAMING or known.prefixed:
            continue
        named = read_phrase(article, words.starts[at], end)
        if named is not None and named.named and named.kind in {"person", "name"}:
            return phrase.but(end=named.end, name_start=named.name_start, name_end=named.name_end)
    return phrase


def _describes(known: Word) -> bool:
    """Whether a word opens a relative clause or is a participle that goes on with a preposition (المنبثق من)."""
    return known.kind == "relative" or "governing" in known.lists


_TITLES = frozenset(("role", "rank", "anonymous", "and"))
_NAMING = frozenset(("rank", "given", "compound"))


def _first_of_two(article: Article, phrase: Phrase) -> Phrase:
    """Two names in a row after a verb of asking (حث كوربن تيريزا ماي على): the second is whom it asks."""
    words = article.words
    first, last = words.at(phrase.name_start), words.at(phrase.name_end)
    if last - first == 2 and not phrase.role and _both_alone(article, first):
        return phrase.but(end=words.ends[first], name_end=words.ends[first])
    closing = words.known[words.at(phrase.end) - 1]
    if closing.definite and words.gaps[words.at(phrase.end) - 1][:1] in _CLOSES and _surnamed(article, closing.spelled):
        return phrase.but(end=phrase.end - len(closing.spelled) - 1)  # طالب نواب «النهضة» البارودي بـ
    if first < last and words.known[first].kind not in {"given", "compound"}:
        for at in range(first + 1, last):
            if words.known[at].kind == "given":
                end = words.starts[at]
                while article.folded[end - 1] == " ":
                    end -= 1
                return phrase.but(end=end, name_end=end)
    return phrase


def _surnamed(article: Article, spelled: str) -> bool:
    """Whether a definite word stands behind a given name elsewhere, so that it is a surname."""
    words, at = article.words, article.folded.find(spelled, 0, WHOLE)
    for _ in range(_LOOKUPS):
        if at < 0:
            return False
        place = words.at(at)
        if (
            0 < place < words.size
            and words.starts[place] == at
            and words.known[place - 1].kind == "given"
            and words.gaps[place] == " "
        ):
            return True
        at = article.folded.find(spelled, at + len(spelled), WHOLE)
    return False


_LOOKUPS = 12  # occurrences of a word that are looked at
_CLOSES = frozenset('"”“»')


def _late(article: Article, start: int, end: int) -> Phrase | None:
    """A source that an adverb precedes: وقال في بيان، وزير الدفاع فلان إن."""
    folded, words = article.folded, article.words
    at = start
    for _ in range(3):
        commas = [place for place in (folded.find("،", at, end), folded.find(",", at, end)) if place >= 0]
        if not commas:
            break
        at = min(commas) + 1
        phrase = read_phrase(article, at, end)
        if (
            phrase
            and phrase.kind in {"person", "body", "media", "anonymous"}
            and folded[phrase.end : end].strip(_QUOTES)[:1] in ("", "،", ",", ":")
        ):
            return phrase
    first = words.at(start)
    for each in range(first + 1, min(first + _AT_ONCE + 1, words.at(end))):
        known, before = words.known[each], words.known[each - 1]
        told = before.prefixed and before.definite and (before.bare in titles("hearers") or before.spelled[1:] in titles("hearers"))
        if known.prefixed or (before.kind != "adverb" and not told) or "leading_adverbs" in before.lists:
            continue
        if known.kind in _BEHIND_ADVERB and words.gaps[each].isspace():
            found = read_phrase(article, words.starts[each], end)
            if found:
                return found
    return None


def selfsame(article: Article, phrase: Phrase) -> Phrase:
    """The source with the word that says it is the one from before: المصدر ذاته."""
    words = article.words
    at = words.at(phrase.end)
    if at < words.size and words.gaps[at] == " " and words.starts[at] == phrase.end + 1 and "selfsame" in words.known[at].lists:
        return phrase.but(end=words.ends[at])
    return phrase


_BEHIND_ADVERB = frozenset(("role", "rank", "body", "media", "anonymous", "people", "given", "compound", "honour", "acronym"))


def past_adverbs(article: Article, at: int, limit: int) -> int:
    """Step over commas and adverbial words between a source and its object: أعلنت الوزارة، أمس الخميس، مقتل."""
    folded, words = article.folded, article.words
    begin = skip(folded, at)
    for _ in range(6):
        known = words.after(begin)
        if not known.spelled or begin >= limit:
            break
        if known.spelled[0] == "ل" and (heard := _past_hearer(article, begin, limit)) > begin:
            begin = heard
            continue
        if "before_stretches" in known.lists and (behind := _past_stretch(article, begin)) > begin:
            begin = behind
            continue
        if known.kind == "adverb" and "leading_adverbs" not in known.lists:
            begin = skip(folded, words.ends[words.at(begin)])
            continue
        if (aside := past_aside(article, begin, limit)) > begin:
            return aside
        if "demonstratives" in known.lists:
            behind = _past_this_time(article, begin)
            if behind == begin:
                break
            begin = behind
            continue
        opened = past_openers(article, begin, limit) if known.kind != "determiner" else begin
        if opened > begin:
            begin = opened
            continue
        if "manners" in known.lists:  # بشكل رسمي
            second = words.at(begin) + 1
            begin = skip(folded, words.ends[second]) if second < words.size and words.gaps[second] == " " else limit
            continue
        dated = _past_date(article, begin)
        if dated > begin:
            begin = dated
            continue
        hearer = _hearer(article, known, begin, limit)
        if hearer > begin:
            begin = hearer
            continue
        if "leads_adverbial" in known.lists:
            dashed = folded[begin - 1 : begin] == "-"  # وصف الرئيس -في بيان له- الانتخابات
            comma = folded.find("-" if dashed else "،", begin, min(limit, begin + _ADVERBIAL))
            if comma < 0 and not dashed:
                comma = _far_comma(article, begin, limit)
            if comma > 0:
                begin = skip(folded, comma)
                continue
            begin = _past_occasion(article, begin, limit)
        break
    return begin


def _past_this_time(article: Article, begin: int) -> int:
    """Step over a stretch of time that a demonstrative points to, before what is reported: أعلنت الوزارة هذا الأسبوع إغلاق …"""
    words = article.words
    at = words.at(begin)
    time = words.next(at)
    if time.kind != "adverb" and "stretches" not in word(time.bare or "-").lists:
        return begin
    behind = skip(article.folded, words.ends[at + 1])
    return behind if words.after(behind).content else begin


def _past_stretch(article: Article, begin: int) -> int:
    """Step over a length of time behind its preposition, before what is reported: رجحوا قبل ثلاثة أيام هبوط …"""
    words = article.words
    at = words.at(begin)
    for time in (at + 1, at + 2):  # with a number before it
        if time >= words.size or words.gaps[time] != " ":
            break
        if not _LENGTHS.isdisjoint(words.known[time].lists):
            behind = skip(article.folded, words.ends[time])
            return behind if words.after(behind).content else begin
        if words.known[time].kind != "number":
            break
    return begin


_LENGTHS = frozenset(("stretches", "several_stretches"))


def _far_comma(article: Article, begin: int, limit: int) -> int:
    """The comma of a long adverbial, where what is the source's own follows it: في بيان أصدره في ختام … وتلقت …، دعمه الكامل."""
    folded, words = article.folded, article.words
    comma = folded.find("،", begin, min(limit, begin + _LONG_ADVERBIAL))
    if comma < 0 or any(known.marker == "that" for known in words.known[words.at(begin) : words.at(comma)]):
        return -1
    after = words.after(skip(folded, comma))
    return comma if after.content and not after.joined and after.spelled.endswith(_OWNERS) else -1


def _past_hearer(article: Article, begin: int, limit: int) -> int:
    """Step over the name in quote marks that somebody speaks to: أعلن المدير لـ«الدار» مقتل …"""
    if article.words.after(begin).spelled != "ل" or article.by_start.get(begin + 1) is None:
        return begin
    hearer = read_prefixed(article, begin, limit)
    return skip(article.folded, hearer.end) if hearer is not None and hearer.end < limit else begin


def _hearer(article: Article, known: Word, begin: int, limit: int) -> int:
    """Step over the medium to which somebody speaks: أكدت مصادر لقناة «الدار» دعم الخطة."""
    if not known.prefixed or known.spelled[0] != "ل":
        return begin
    medium = known.kind in _MEDIA or known.bare in titles("hearers") or known.spelled[1:] in titles("hearers")
    phrase = read_prefixed(article, begin, limit) if medium else None
    return skip(article.folded, phrase.end) if phrase is not None else begin


_MEDIA = frozenset(("media", "media_name"))


def _past_date(article: Article, begin: int) -> int:
    """Step over a day with its month: أعلن الرئيس في 22 آذار/مارس عزمه، يوم 18 تموز الماضي رفضه."""
    words = article.words
    first = at = words.at(begin)
    if not words.known[at].lists.isdisjoint(_BEFORE_DATE):
        at += 1
    if at + 1 >= words.size or not words.known[at].spelled.isdigit() or words.known[at + 1].kind != "adverb":
        return begin
    while at < words.size and (words.known[at].kind == "adverb" or words.known[at].spelled.isdigit()):
        at += 1
        if at < words.size and words.gaps[at] not in _IN_DATES:
            break
    return words.starts[at] if at < words.size and at > first else begin


_BEFORE_DATE = frozenset(("leads_adverbial", "stretches"))
_OCCASIONS = frozenset(("events", "platforms"))
_IN_DATES = frozenset((" ", "/", "-"))


def _past_occasion(article: Article, begin: int, limit: int) -> int:
    """Step over where something was said up to a noun that heads what was: في تقرير أصدره الثلاثاء نمو الاقتصاد."""
    words = article.words
    first = words.at(begin)
    occasion = words.next(first)
    if occasion.kind != "document" and occasion.lists.isdisjoint(_OCCASIONS) and not is_occasion(occasion.spelled or "-"):
        return begin
    soon = 2 if "platforms" in occasion.lists else 3
    for at in range(first + 2, min(first + _OCCASION, words.size)):
        known = words.known[at]
        if words.starts[at] >= limit or known.marker == "that":
            break
        if words.gaps[at] != " " and words.gaps[at].strip(_QUOTED_NAME):
            break  # the marks of a name do not end it: في مقابلة مع قناة «الدار» رفضه
        if at < first + soon and not (occasion.definite or known.spelled.endswith(_OWNERS)):
            continue  # في تقرير نشر أمس: hardly what was said
        if (known.content or "contents" in known.lists) and words.known[at - 1].kind != "inner":
            return words.starts[at]
    return begin


_OWNERS = ("ه", "ها", "هم")
_QUOTED_NAME = ' "“”«»'
