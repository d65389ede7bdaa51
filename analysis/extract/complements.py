"""Complements: what follows a cue and makes it attribute, with the source in between.

In goes a cue's form and the offset behind it, out comes a `Complement`: which frame, where the content starts, and the phrase that
names the source where one stands between.  The frames are those of `lexicon/cues.toml`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from analysis.extract.article import NAME_WORDS, Article
from analysis.extract.clauses import follows, particles, past_openers, skip
from analysis.extract.sources import Phrase, content_words, is_content, read_phrase, titles, word
from analysis.lexicon import read
from analysis.text import alternation, fold_key

if TYPE_CHECKING:
    from analysis.extract.cues import Form

THAT = re.compile(r"ب?ان(?:ه|ها|هم|هما|ني|نا|ك|كم)?(?!\w)")
_WORD = re.compile(r"\w+")


class Complement(NamedTuple):
    """What follows a cue: the `frame`, the content's `begin` (and `end` where a quotation settles it), the source in between.

    `closed` tells whether a mark or grammar ends the source, rather than a guess.
    """

    frame: str
    begin: int
    end: int | None
    phrase: Phrase | None
    closed: bool


@cache
def markers() -> re.Pattern[str]:
    """What a complement may start with: a complementiser, a colon, a preposition, a word with ب."""
    pronouns = alternation(read("cues")["particles"]["pronouns"])
    return re.compile(
        # One look at a word's start, not one for each branch: this is searched more than anything else.
        rf"\b(?:(?P<that>[وف]?ب?ان{pronouns}?\b)|(?P<prep>(?:الي|علي|عن|من|في)\b)"
        rf"|(?P<to>ل\w{{3,}})|(?P<with>ب(?=\w{{2}})\w+|ب(?= ?[\"“«(])))|(?P<colon>:)"
    )


@cache
def not_after(preposition: str) -> frozenset[str]:
    """The words after a preposition that make it an adverbial and no complement (على هامش)."""
    table = read("cues")["particles"]["not_prepositions"]
    return frozenset(fold_key(each) for key, words in table.items() if fold_key(key) == preposition for each in words)


def complement(
    article: Article, form: Form, cue_end: int, limit: int, subject: Phrase | None, sentence_end: int
) -> Complement | None:
    """The first complement after the cue that its frames allow, with the source in between."""
    folded, frames = article.folded, form.frames
    if own_object(folded, cue_end, form):
        return None
    about = _about(article, form, cue_end, limit, subject) if "about" in frames else None
    if about:
        return about
    quote = _speech_quote(article, cue_end, limit)
    for match in markers().finditer(folded, cue_end, limit):
        at, kind = match.start(), match.lastgroup
        if quote and quote[0] <= at:
            break
        if kind == "that":
            if "that" not in frames and at - cue_end <= 2:
                return None
            if "that" not in frames or not _is_that(folded, cue_end, at):
                continue
            if form.mood == "hal" and "object" in frames and _object_before(article, form, cue_end, at, subject):
                break
            return _that(article, form, cue_end, match, limit, sentence_end)
        if kind == "colon":
            if "speech" not in frames and not ("that" in frames and THAT.match(folded, skip(folded, at))):
                return None
            if "object" in frames and _object_before(article, form, cue_end, at, subject):
                break
            return _colon(article, form, cue_end, at, sentence_end)
        if not _opens(folded, form, cue_end, match):
            continue
        phrase, explained, closed = gap(article, cue_end, at, form, strict=True)
        if not explained:
            continue
        if kind == "to":
            return Complement("ل", at, None, phrase, closed)
        if kind == "with":
            return None if "only_clause" in form.flags else Complement("ب", at, None, phrase, closed)
        if "object" in frames and _object_before(article, form, cue_end, at, subject):
            break
        return _after_preposition(article, form, match, limit, sentence_end, phrase, closed)
    if quote and "speech" in frames:
        phrase, _, _ = gap(article, cue_end, quote[0], form)
        far = form.mood == "noun" and quote[0] - cue_end > 60
        return None if far else Complement("quote", quote[2], quote[3], phrase, True)
    return _object(article, form, cue_end, limit, subject) if "object" in frames else None


def _opens(folded: str, form: Form, cue_end: int, match: re.Match[str]) -> bool:
    """Whether a preposition, free or written on its word, is one that the cue's frames take, and no adverbial."""
    at, kind, frames = match.start(), match.lastgroup, form.frames
    if kind == "prep":
        if match[0] not in frames or follows(folded, match.end()) in not_after(match[0]):
            return False
        return not folded[cue_end:at].strip() or folded[cue_end:at].rsplit(maxsplit=1)[-1] not in particles("governing")
    if kind == "to":
        return "ل" in frames and word(match[0]).kind == "content"
    if "ب" not in frames or match[0] in particles("not_with") or (form.mood == "noun" and at - cue_end > 1):
        return False
    rest = word(match[0])
    if len(match[0]) > 3 and rest.kind == "bare" and not rest.prefixed and _names(folded, cue_end, at, match.end()):
        return False  # أقرت برادستون بوجود: a name that begins with the letter
    whom = rest.kind in ("body", "role", "place", "media") and rest.prefixed and at - cue_end > 2
    return not whom or (rest.definite and "two" in form.flags)


def _after_preposition(
    article: Article, form: Form, match: re.Match[str], limit: int, sentence_end: int, phrase: Phrase | None, closed: bool
) -> Complement | None:
    folded = article.folded
    begin = skip(folded, match.end())
    if begin >= limit or ("only_clause" in form.flags and not markers().match(folded, begin)):
        return None
    that = THAT.match(folded, begin)
    found = _quoted_whole(article, that.end() if that else begin, sentence_end)
    if found:
        return Complement(match[0], found[2], found[3], phrase, closed)
    return Complement(match[0], begin, None, phrase, closed)


def own_object(folded: str, at: int, form: Form) -> bool:
    """Whether a hal has a noun phrase as its object, so that a complementiser behind is another cue's: مشترطاً عدم ذكر اسمه، إن."""
    if form.mood != "hal" or "object" in form.frames or "about" in form.frames:
        return False
    first = follows(folded, at)
    return bool(first) and not THAT.match(first) and is_content(first) and not word(first).prefixed


def _names(folded: str, cue_end: int, at: int, end: int) -> bool:
    """Whether an unknown word in ب is a name: another name stands before it, or the real complement with ب behind it."""
    if at - cue_end > 2:
        return folded[at - 1] == " " and word(folded[cue_end:at].rsplit(maxsplit=1)[-1]).kind in ("bare", "given")
    following = follows(folded, end)
    return following[:1] == "ب" and len(following) > 3 and (following[1:3] == "ال" or is_content(following[1:]))


def _is_that(folded: str, cue_end: int, at: int) -> bool:
    before = folded[max(cue_end, at - 14) : at].split()
    return not (before and before[-1] in particles("before_that") and at - cue_end > 2)


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
        if length > NAME_WORDS and not (
            length < 10 and head and not head.definite and head.kind in ("role", "body", "media", "document")
        ):
            return quote
        first = word(follows(folded, inner) or "-")
        if length <= NAME_WORDS and first.kind in ("body", "media", "media_name", "place", "rank", "given") and not gap:
            at = end
            continue
        if head is not None and (head.kind == "inner" or gap.split()[-1] in ("ل", "ب")):
            at = end  # الناطق باسم «…»: part of the source
            continue
        after = folded[end : end + 1]
        if not gap and length > 2:
            return quote
        if length > 2 and (after in ".،؟!\n" or not after):
            last = gap.split()[-1] if gap else ""
            if (
                length <= NAME_WORDS
                and word(last).kind not in ("media", "body", "role", "document")
                and not last.endswith(("موقع", "تنظيم"))
                if last
                else True
            ):
                return quote
        at = start + 1
        # Nested marks inside a name are passed with it.
        at = max(at, end)


def _that(article: Article, form: Form, cue_end: int, match: re.Match[str], limit: int, sentence_end: int) -> Complement | None:
    at = match.start()
    phrase, explained, closed = gap(article, cue_end, at, form)
    if form.mood == "noun" and not explained:
        return None
    found = _quoted_whole(article, match.end(), sentence_end)
    if found and match[0].lstrip("وف") in ("ان", "بان"):
        return Complement("quote", found[2], found[3], phrase, True)
    return Complement("that", at, None, phrase, closed)


def _quoted_whole(article: Article, at: int, sentence_end: int) -> tuple[int, int, int, int] | None:
    """The quotation right after an offset, if it is all the content there is: a stop, a comma or a new clause follows."""
    folded = article.folded
    begin = skip(folded, at)
    quote = article.by_start.get(begin)
    if quote is None:
        return None
    end, inner, inner_end = quote
    if folded.count(" ", inner, inner_end) < 2:
        return None
    rest = folded[end:sentence_end].lstrip(" \"”»'’")
    if rest and rest[0] not in ".،,؛!؟…-":
        first = follows(folded, end)
        if not (first[:1] == "و" and folded.count(" ", inner, inner_end) > 8) and not aside_at(folded, skip(folded, end)):
            return None
    return begin, end, inner, inner_end


@cache
def _asides() -> re.Pattern[str]:
    heads = read("cues")["according"]
    return re.compile(r"و?(?:" + alternation([*heads["asides"], *heads["heads"]]) + ")")


def aside_at(folded: str, at: int) -> bool:
    """Whether an attributing phrase stands at an offset (بحسب …، على حد قوله)."""
    return bool(_asides().match(folded, at))


def _colon(article: Article, form: Form, cue_end: int, at: int, sentence_end: int) -> Complement | None:
    folded = article.folded
    phrase, _explained, _ = gap(article, cue_end, at, form)
    begin = at + 1
    while begin < len(folded) and folded[begin] in " \n:" and (folded[begin] != "\n" or begin - at < 4):
        begin += 1
    quote = article.by_start.get(begin)
    if quote:
        _end, inner, inner_end = quote
        return Complement("quote", inner, inner_end, phrase, True)
    if begin >= len(folded) or folded[at + 1 : at + 2].isdigit():
        return None
    that = THAT.match(folded, begin)
    if that:
        found = _quoted_whole(article, that.end(), article.sentence(begin)[1])
        if found:
            return Complement("quote", found[2], found[3], phrase, True)
        return Complement("that", begin, None, phrase, True)
    if "speech" not in form.flags and "speech" not in form.frames:
        return None
    return Complement("speech", begin, None, phrase, True)


def gap(article: Article, start: int, end: int, form: Form, *, strict: bool = False) -> tuple[Phrase | None, bool, bool]:
    """The source between a cue and its complement, whether all words in between are accounted for, and whether a mark ends it."""
    folded = article.folded
    text = folded[start:end].strip(' ،,-"“”«»')
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
    rest = folded[phrase.end : end].strip(' "”»')
    if (
        strict
        and "two" not in form.flags
        and rest[:2] == "ال"
        and " " not in rest
        and not phrase.named
        and word("ال" + phrase.head).kind == "rank"
    ):
        phrase, rest = phrase._replace(end=end, role=phrase.role | {rest[2:]}), ""  # الرئيس الأسد: a title and a surname
    closed = not rest or rest[0] in "،,:-"
    if closed or "two" in form.flags:
        return phrase, True, closed
    words = rest.split()
    while len(words) > 1 and len(words[0]) > 3 and words[0][-1] == "ا" and word(words[0]).kind == "adverb":
        del words[0]  # رسمياً، مجدداً: what counts is what follows
    first = words[0].strip("،,.-(")
    known = word(first) if first else None
    explained = (
        known is None
        or known.kind in ("adverb", "inner", "relative", "determiner")
        or known.prefixed
        or first[0] in "ل("
        or first in particles("openers")
        or first.startswith("ب")
    )
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
        if (
            phrase
            and phrase.kind in ("person", "body", "media", "anonymous")
            and folded[phrase.end : end].strip(' "”»')[:1] in ("", "،", ",", ":")
        ):
            return phrase
    words = re.compile(r"\w+").finditer(folded, start, end)
    for place, match in enumerate(words):
        if place > 3:
            break
        known = word(match[0])
        if place and known.kind in ("role", "rank", "body", "media", "anonymous", "people") and not known.prefixed:
            previous = folded[start : match.start()].split()[-1]
            if word(previous).kind == "adverb" and previous not in titles("leading_adverbs"):
                phrase = read_phrase(folded, match.start(), end, article.by_start)
                if phrase:
                    return phrase
    return None


_ABOUT = re.compile(r"(?<!\w)(?:وب|ب)(?:ان(?:ه|ها|هم|هما)?(?!\w)|(?= ?[\"“«])|ال\w{3,}|\w{4,})")


def _about(article: Article, form: Form, cue_end: int, limit: int, subject: Phrase | None) -> Complement | None:
    """وصف الوزير الموقف بأنه …، اتهم النائب الحكومة بالتقصير: the content starts at what is described."""
    folded = article.folded
    predicate = next((match for match in _ABOUT.finditer(folded, cue_end, limit) if match[0] not in particles("not_with")), None)
    if predicate is None:
        return None
    that = next(
        (match for match in markers().finditer(folded, cue_end, predicate.start()) if match.lastgroup in ("that", "colon")), None
    )
    if that is not None:
        return None
    if "by" not in form.flags and not predicate[0].lstrip("و").startswith("بان") and predicate[0].lstrip("و") != "ب":
        return None
    at = predicate.start()
    if form.suffixed:
        phrase = read_phrase(folded, cue_end, at, article.by_start)
        return Complement("about", at, None, phrase, True)
    if not folded[cue_end:at].strip(" ،,"):
        return None if predicate[0] != "ب" else Complement("about", at, None, None, True)
    if form.mood == "hal" or subject is not None:
        return Complement("about", skip(folded, cue_end), None, None, True)
    phrase = read_phrase(folded, cue_end, at, article.by_start, strict=True)
    if phrase is None and "guard" in form.flags:
        return None
    if phrase is None or not folded[phrase.end : at].strip(' ،,"”»'):
        # One noun phrase between verb and predicate is what is described; who describes it was named before.
        if "guard" in form.flags:
            return None
        return Complement("about", skip(folded, cue_end), None, None, phrase is None)
    begin = past_adverbs(folded, phrase.end, limit)
    return Complement("about", min(begin, at), None, phrase, True)


def _object(article: Article, form: Form, cue_end: int, limit: int, subject: Phrase | None) -> Complement | None:
    """A noun phrase as content: أكد الوزير ضرورة …، نفت الشركة الأنباء."""
    folded = article.folded
    phrase = None
    begin = skip(folded, cue_end)
    if not _reported(folded, begin):
        begin = past_adverbs(folded, cue_end, limit)
    if begin >= limit:
        return None
    if form.mood != "hal" and subject is None and not _reported(folded, begin):
        phrase = read_phrase(folded, cue_end, limit, article.by_start, strict=True)
        if phrase is None:
            return None
        begin = past_adverbs(folded, phrase.end, limit)
    first = follows(folded, begin)
    if begin >= limit or not first:
        return None
    if _reported(folded, begin):
        return Complement("object", begin, None, phrase, True)
    if (
        phrase is not None
        and "any_object" in form.flags
        and phrase.kind in ("person", "body", "media", "anonymous", "people")
        and word(first).kind in ("definite", "document", "content")
    ):
        title = word("ال" + phrase.head).kind == "rank" and not phrase.named
        if folded[phrase.end : begin].strip() in ("،", ","):
            # Between commas a definite word goes on describing the source; the content comes after it.
            comma = folded.find("،", begin, min(limit, begin + 120))
            begin = skip(folded, comma) if comma >= 0 else limit
            return Complement("object", begin, None, phrase, True) if begin < limit and _reported(folded, begin) else None
        return None if title and begin - phrase.end < 3 else Complement("object", begin, None, phrase, True)
    bare = form.mood == "hal" or (subject is not None and "any_object" in form.flags)
    if bare and word(first).kind in ("content", "bare", "body", "document", "people", "role", "given") and not first.endswith("ا"):
        return Complement("object", begin, None, None, True)
    return None


def _object_before(article: Article, form: Form, cue_end: int, at: int, subject: Phrase | None) -> bool:
    """Whether a noun phrase that can be reported already follows the source, so that a mark behind belongs to it."""
    if form.mood == "hal":
        begin = skip(article.folded, cue_end)
        return not THAT.match(article.folded, begin) and _reported(article.folded, begin)
    found = _object(article, form, cue_end, at, subject)
    return found is not None and _reported(article.folded, found.begin)


def _reported(folded: str, at: int) -> bool:
    """Whether a noun phrase that can be reported starts here (ضرورة …، مقتل …)."""
    first = follows(folded, at)
    return bool(first) and (is_content(first) or first in content_words())


def past_adverbs(folded: str, at: int, limit: int) -> int:
    """Step over commas and adverbial words between a source and its object: أعلنت الوزارة، أمس الخميس، مقتل."""
    begin = skip(folded, at)
    for _ in range(6):
        first = follows(folded, begin)
        if not first or begin >= limit:
            break
        known = word(first)
        if known.kind == "adverb" and first not in titles("leading_adverbs"):
            begin = skip(folded, folded.index(first, begin) + len(first))
            continue
        opened = past_openers(folded, begin, limit)
        if opened > begin:
            begin = opened
            continue
        if first == "بشكل":
            second = follows(folded, folded.index(first, begin) + 4)
            begin = skip(folded, folded.index(second, begin + 4) + len(second)) if second else limit
            continue
        if first in ("في", "خلال", "عبر", "بعد", "قبل", "عقب", "على"):
            comma = folded.find("،", begin, min(limit, begin + 90))
            if comma > 0:
                begin = skip(folded, comma)
                continue
        break
    return begin
