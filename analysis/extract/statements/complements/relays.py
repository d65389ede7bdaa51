"""Cues that stand apart from their content: verbs that pass on what somebody else said, and verbs behind their quotation.

In goes a cue with its article, out comes its `Attribution` or None.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from analysis.extract.statements.article import NAME_WORDS, Article, Attribution
from analysis.extract.statements.complements.between import past_adverbs, selfsame
from analysis.extract.statements.cues.clauses import past_openers, skip
from analysis.extract.statements.sources.phrases import Phrase, read_phrase, read_prefixed
from analysis.extract.statements.vocabulary.forms import forms
from analysis.extract.statements.vocabulary.listed import listed_kind, titles
from analysis.text import alternation

if TYPE_CHECKING:
    from analysis.extract.statements.vocabulary.forms import Form, Hit
    from analysis.extract.statements.vocabulary.words import Word

_REACH = 120  # characters after a verb or a verbal noun within which its preposition or its content starts


def relayed(article: Article, hit: Hit, form: Form, cue_end: int, limit: int) -> Attribution | None:
    """نقلت الوكالة عن فلان قوله إن، علمت «الدار» من مصادرها أن: the speaker is whom the words come from."""
    folded, words = article.folded, article.words
    through = next(
        (at for at in range(words.at(cue_end), words.at(min(limit, cue_end + _REACH))) if words.known[at].spelled == form.through),
        None,
    )
    if through is None:
        return _of_whom_told(article, hit, form, limit)
    phrase = read_phrase(article, words.ends[through], _before_that(article, through + 1, min(len(folded), limit + _FURTHER)))
    if phrase is None:
        return None
    sentence_end = article.sentence(hit.start)[1]
    said = (
        _said().match(folded, phrase.end)
        or _said().match(folded, past_adverbs(article, phrase.end, sentence_end))
        or _behind_clause(article, phrase, sentence_end)
    )
    if said:
        return _said_by(article, hit, phrase, said.start(1), said.end(1), sentence_end)

    def found(frame: str, begin: int, end: int | None, *, closed: bool = True) -> Attribution:
        return Attribution(hit.start, cue_end, form, frame, begin, end, phrase, hit.joined, hit.start, False, -1, closed)

    begin = _behind_secrecy(article, phrase, sentence_end) or past_adverbs(article, phrase.end, sentence_end)
    first = words.after(begin)
    if "place_of" in first.lists:
        began = article.quote_from(begin, min(sentence_end, begin + _OCCASION))
        if began and folded.count(" ", began[2], began[3]) > 2:
            return found("quote", began[2], began[3])  # نقلت الوكالة عن الوزير في بيان «…»
    quote = article.by_start.get(skip(folded, words.ends[words.at(begin)] if first.that else begin))
    if quote and folded.count(" ", quote[1], quote[2]) > 2:
        return found("quote", quote[1], quote[2])
    if first.that:
        return found("that", begin, None)
    if (
        first.spelled
        and "object" in form.frames
        and first.kind in {"content", "definite", "bare", "document"}
        and begin < sentence_end - 8
    ):
        return found("object", begin, None, closed=False)
    return None


def _behind_clause(article: Article, phrase: Phrase, sentence_end: int) -> re.Match[str] | None:
    """The saying of a source without a name behind a clause that tells of it: عن مصدر طلب عدم كشف هويته قوله إن."""
    words = article.words
    if phrase.named or phrase.kind not in _NAMELESS or words.known[words.at(phrase.start)].definite:
        return None
    for at in range(words.at(phrase.end), min(words.at(phrase.end) + _CLAUSE_WORDS, words.size)):
        known = words.known[at]
        if words.starts[at] >= sentence_end or known.that:
            return None
        if known.readings and known.readings[0].mood == "noun" and known.readings[0].suffixed:
            return _said().match(article.folded, words.starts[at])
    return None


def _behind_secrecy(article: Article, phrase: Phrase, sentence_end: int) -> int:
    """Where what a source says starts, behind a clause that tells why it has no name: عن مصدر فضل عدم كشف هويته أن; 0 elsewhere."""
    words = article.words
    first = words.at(phrase.end)
    if phrase.named or first >= words.size or "keeps_name_back" not in words.known[first].lists:
        return 0
    for at in range(first + 1, min(first + _CLAUSE_WORDS, words.size)):
        if words.starts[at] >= sentence_end:
            break
        if words.known[at].that:
            return words.starts[at]
    return 0


_NAMELESS, _CLAUSE_WORDS = frozenset(("anonymous", "people", "person")), 12


def _before_that(article: Article, first: int, limit: int) -> int:
    """Where the source ends at the latest: before the complementiser of what it says."""
    words = article.words
    for at in range(first + 1, min(first + _SOURCE_WORDS, words.size)):
        if words.starts[at] >= limit:
            break
        if words.known[at].that:
            return words.starts[at]
    return limit


_SOURCE_WORDS, _FURTHER = 24, 60  # words of the longest source, and characters it may reach beyond the verb's limit
_OCCASION = 30  # characters of an occasion between a source and its quotation


def _of_whom_told(article: Article, hit: Hit, form: Form, limit: int) -> Attribution | None:
    """The saying of whom a pronoun behind a relaying verb means, who was named before: ونقلت عنه الصحيفة قوله إن."""
    words = article.words
    pronoun = words.next(hit.at).spelled
    if not pronoun.startswith(form.through) or pronoun[len(form.through) :] not in _PRONOUNS:
        return None
    for at in range(hit.at + 2, min(hit.at + _CLAUSE_WORDS, words.at(limit))):
        if words.known[at].that:
            return None
        said = _said().match(article.folded, words.starts[at])
        if said:
            return _said_by(article, hit, None, said.start(1), said.end(1), article.sentence(hit.start)[1])
    return None


_PRONOUNS = frozenset(("ه", "ها", "هم", "هما"))


def _said_by(article: Article, hit: Hit, phrase: Phrase | None, start: int, end: int, sentence_end: int) -> Attribution | None:
    """A relayed source whose saying is a verbal noun at `start:end`: قوله إن، تأكيدها: «…»."""
    words, folded = article.words, article.folded
    limit = min(sentence_end, end + _REACH)
    form = forms()[folded[start:end]][0]
    quote = article.quote_from(end, limit)
    at, colon = words.at(end), folded.find(":", end, limit)
    where = False  # behind في مقابلة على الموقع only the complementiser opens what was said
    while at < words.size and words.ends[at] <= limit and not _opens(words.known[at], form, where=where):
        where = where or "leads_adverbial" in words.known[at].lists
        at += 1
    if at == words.size or words.ends[at] > limit:
        at = -1
    marked = at >= 0 and (colon < 0 or words.starts[at] < colon)
    start_of, end_of = (words.starts[at], words.ends[at]) if marked else (colon, colon + 1)
    if quote and (start_of < 0 or quote[0] < start_of or not folded[end_of : quote[0]].strip()):
        return Attribution(start, end, form, "quote", quote[2], quote[3], phrase, False, hit.start, False, -1, True)
    if start_of < 0 or (marked and words.known[at].marker != "that"):
        return None
    return Attribution(
        start, end, form, "that", start_of if marked else skip(folded, end_of), None, phrase, False, hit.start, False, -1, True
    )


def _opens(known: Word, form: Form, *, where: bool) -> bool:
    """Whether a word behind a verbal noun opens what was said rather than when or where it was."""
    if where or ("leads_adverbial" in known.lists and known.spelled not in form.frames):
        return known.marker == "that"
    return bool(known.marker)


@cache
def _said() -> re.Pattern[str]:
    """The verbal noun after a relayed source: قوله، تأكيدها."""
    owned = [
        form for form, readings in forms().items() if readings[0].mood == "noun" and readings[0].suffixed and form[0] not in "بل"
    ]
    return re.compile(r"[ ،,]*(?<!\w)(" + alternation(owned, folded=True) + r")(?!\w)")


def after_quote(article: Article, hit: Hit, form: Form, cue_end: int, limit: int) -> Attribution | None:
    """A cue that follows its quotation: «…»، قال فلان."""
    if not article.quotes or "speech" not in form.frames or form.mood not in {"past", "present"}:
        return None
    plain = "plain" in form.flags  # قال, which also joined closes a quotation, and needs no source
    if hit.joined and not plain:
        return None
    folded = article.folded
    end = _stripped(folded, hit.start, " ،,.-\n…")
    at = article.words.at(end)
    if at and article.words.ends[at - 1] == end and "thus" in article.words.known[at - 1].lists:
        end = _stripped(folded, article.words.starts[at - 1], " ،,.-")  # «…» هكذا قال
    start = article.quote_ends.get(end)
    if start is None or "\n" in folded[end : hit.start]:
        return None
    _close, inner, inner_end = article.by_start[start]
    phrase = read_phrase(article, cue_end, limit)
    told = article.words.next(hit.at)
    if phrase is None and told.kind == "adverb" and "leading_adverbs" not in told.lists:
        phrase = read_phrase(article, past_adverbs(article, cue_end, limit), limit)  # «…»، يقول بحسرة المزارع
    least = 1 if plain and phrase else 2
    if folded.count(" ", inner, inner_end) < (NAME_WORDS if "guard" in form.flags else least):
        return None
    if phrase is None and not hit.joined and form.number == "s" and not plain:
        return None
    return Attribution(hit.start, cue_end, form, "before", inner, inner_end, phrase, hit.joined, start, False, -1, True)


def parenthetical(article: Article, hit: Hit, form: Form, sentence_start: int, sentence_end: int) -> Attribution | None:
    """A verb with its source between commas, inside the sentence that it attributes: أما الثانية، يضيف المصدر ذاته، فتمثل …"""
    folded = article.folded
    if hit.joined or form.mood not in {"past", "present"} or form.suffixed or not form.frames >= _SAYING:
        return None
    if folded[_stripped(folded, hit.start, " ") - 1] not in _COMMAS:
        return None
    phrase = read_phrase(article, hit.end, sentence_end)
    if phrase is None or not _may_tell(article, phrase):
        return None
    phrase = selfsame(article, phrase)
    begin = past_openers(article, sentence_start, hit.start)
    after = past_hearer(article, phrase.end, sentence_end)
    if not folded[after:sentence_end].strip():  # …، تقول الصحيفة.
        end = _stripped(folded, hit.start, " ،,")
        if "guard" in form.flags or end - begin < _ALONE or folded[after : after + 1] not in _STOPS:
            return None
        return Attribution(hit.start, hit.end, form, "according", begin, end, phrase, False, hit.start, True, -1, True)
    if folded[after : after + 2].strip()[:1] not in _COMMAS or sentence_end - after < _LEAST:
        return None
    if begin >= hit.start:
        begin = skip(folded, after)  # من جهة ثانية، يضيف المصدر، فقد …
    elif hit.start - begin < _LEAST:
        return None
    return Attribution(hit.start, hit.end, form, "according", begin, None, phrase, False, hit.start, True, -1, True)


def _may_tell(article: Article, phrase: Phrase) -> bool:
    """Whether a noun phrase behind a verb between commas is one that speaks, also a surname that the text has elsewhere."""
    if phrase.kind == "other":
        return phrase.definite and len(phrase.role) == 1 and article.recurs(phrase.start, phrase.end)
    return phrase.kind in _TELLERS and (phrase.definite or phrase.named or len(phrase.role) > 1)


def past_hearer(article: Article, at: int, limit: int) -> int:
    """Where a source ends with the medium it speaks to: يتابع المتحدث لصحيفة الساحل، في تصريح للجريدة."""
    words = article.words
    first = words.at(at)
    if first >= words.size or words.gaps[first] != " " or words.starts[first] >= limit:
        return at
    known = words.known[first]
    if "place_of" in known.lists and (words.next(first).kind == "document" or "events" in words.next(first).lists):
        comma = article.folded.find("،", at, min(limit, at + _OCCASION))
        return comma if comma >= 0 else at
    written = "ال" + known.spelled[2:] if known.spelled[:2] == "لل" else known.spelled[1:]
    medium = (
        known.kind in _MEDIA
        or listed_kind(written) in _MEDIA
        or known.bare in titles("hearers")
        or known.spelled[1:] in titles("hearers")
    )
    if not known.prefixed or known.spelled[0] != "ل" or not medium:
        return at
    heard = read_prefixed(article, words.starts[first], limit)
    if heard is None:
        return at
    last = words.at(heard.end)  # the rest of its name: للجزيرة نت
    online = last + 1 < words.size and words.gaps[last] == " " and words.gaps[last + 1][:1] in _COMMAS
    return words.ends[last] if online and words.known[last].kind == "bare" else heard.end


_MEDIA = frozenset(("media", "media_name"))
_SAYING = frozenset(("that", "speech"))
_TELLERS = frozenset(("person", "body", "media", "document", "anonymous", "name", "people"))
_COMMAS = frozenset("،,")
_STOPS = frozenset(".\n")
_ALONE = 30  # characters of the shortest sentence that a verb with its source closes
_LEAST = 12  # characters of the sentence on either side


def _stripped(folded: str, end: int, marks: str) -> int:
    """Where the text before an offset ends without marks."""
    while end and folded[end - 1] in marks:
        end -= 1
    return end
