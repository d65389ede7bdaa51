"""What carries a verb's saying on behind its source: a noun, a participle, or nothing at all.

In goes a cue's form with its article, out comes the `Complement` or None.

جددت المنظمة تحذيرها من …، وجه الوزير دعوة إلى …; ومضت المصادر بالقول إن …; وقال سيتم العمل، وقال المتحدث فلان، تلقت الغرفة بلاغاً.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from analysis.extract.statements.article import Complement
from analysis.extract.statements.complements.between import source_between
from analysis.extract.statements.cues.clauses import skip
from analysis.extract.statements.sources.phrases import Phrase, read_phrase, read_prefixed
from analysis.extract.statements.sources.things import is_explained
from analysis.extract.statements.vocabulary.forms import carriers
from analysis.extract.statements.vocabulary.listed import is_act, single
from analysis.extract.statements.vocabulary.words import CARRIES, Word, word
from analysis.lexicon import read
from analysis.text import alternation, fold_key

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article
    from analysis.extract.statements.vocabulary.forms import Form

_REACH = 120  # characters after a verb within which its noun stands
_VERB_WORDS = 9  # words of a clause among which its verb stands
_SHORTEST = 12  # characters of the shortest clause


@cache
def _nouns() -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    """The nouns of saying with their endings, and for each its prepositions."""
    nouns = {fold_key(noun): frozenset(fold_key(prepositions).split()) for noun, prepositions in read("cues")["renewed"].items()}
    stems = [form for noun in nouns for form in (noun, noun[:-1] + "ت" if noun[-1] == "ه" else noun)]
    return re.compile(rf"(?<!\w)(?:ال)?({alternation(stems, folded=True)})(?:ا|ات|ه|ها|هم|هما)?(?!\w)"), nouns


def renewed(article: Article, form: Form, cue_end: int, limit: int) -> Complement | None:
    """What a noun of saying reports for its verb: جددت المنظمة تحذيرها من …، وجه الوزير دعوة إلى …"""
    folded, words = article.folded, article.words
    pattern, nouns = _nouns()
    noun = pattern.search(folded, cue_end, min(limit, cue_end + _REACH))
    if noun is None:
        return None
    prepositions = nouns.get(noun[1]) or nouns[noun[1][:-1] + "ه"]
    phrase, explained, closed = source_between(article, cue_end, noun.start(), form, strict=True)
    if not explained:
        return None
    begin = _past_addressed(article, skip(folded, noun.end()), limit, prepositions)
    first = words.after(begin)
    spelled = first.spelled
    if begin >= limit or not spelled:
        return None
    if first.that:
        return Complement("that", begin, None, phrase, closed)
    if len(spelled) > 1 and spelled in prepositions:
        begin = skip(folded, words.ends[words.at(begin)])
        return Complement(spelled, begin, None, phrase, closed) if begin < limit else None
    if len(spelled) > 3 and spelled[0] in prepositions and (first.kind == "content" or first.definite or word(spelled[1:]).content):
        return Complement(spelled[0], begin, None, phrase, closed)
    return None


def _past_addressed(article: Article, at: int, limit: int, prepositions: frozenset[str]) -> int:
    """Past whom a noun of saying addresses with ل: جددت تهديدها للوزارة بالإضراب، تحذيرها للسكان من السباحة."""
    words = article.words
    first, place = words.after(at), words.at(at)
    if first.spelled[:1] != "ل" or first.content or word(first.spelled[1:] or "-").content:
        return at  # دعوته لوقف …
    for later in range(place + 1, min(place + _WHOM, words.size)):
        if words.known[later].spelled in prepositions:
            limit = min(limit, words.starts[later])
            break
    whom = read_prefixed(article, at, limit)
    return skip(article.folded, whom.end) if whom is not None and whom.kind in _ADDRESSED else at


_WHOM = 6  # words of whom a noun addresses
_ADDRESSED = frozenset(("person", "people", "body", "place", "media", "name"))


def carried_on(article: Article, form: Form, cue_end: int, limit: int) -> Complement | None:
    """What a carrier behind the source leads in: ومضت المصادر بالقول إن، تابع الوزير قائلاً: …"""
    folded, words = article.folded, article.words
    first, carrying = words.at(cue_end), article.notable(CARRIES)
    place = bisect_left(carrying, first)
    if place == len(carrying) or words.starts[carrying[place]] >= limit:
        return None
    at = carrying[place]
    carrier = carriers().match(folded, words.starts[at])
    if carrier is None or words.starts[at] - cue_end < 2 or any(each.marker == "that" for each in words.known[first:at]):
        return None
    phrase, explained, _ = source_between(article, cue_end, words.starts[at], form)
    if not explained or folded.find(":", cue_end, words.starts[at]) >= 0:
        return None
    if phrase is not None and is_explained(article, phrase, form):
        phrase = None
    begin = skip(folded, carrier.end())
    if begin >= limit:
        return None
    that = words.after(begin).that
    quote = article.by_start.get(skip(folded, words.ends[words.at(begin)]) if that else begin)
    if quote and (not that or folded.count(" ", quote[1], quote[2]) > 2):
        return Complement("quote", quote[1], quote[2], phrase, True)
    if that:
        return Complement("that", begin, None, phrase, True)
    return Complement("speech", begin, None, phrase, True) if ":" in folded[carrier.end() : begin] else None


def bare_clause(article: Article, form: Form, cue_end: int, limit: int, subject: Phrase | None) -> Complement | None:
    """A clause without إن after a verb of saying: وقال سيتم العمل؛ وقال المتحدث فلان، تلقت الغرفة بلاغاً."""
    folded, words = article.folded, article.words
    phrase, begin = None, skip(folded, cue_end)
    if "bare" not in form.flags or begin - cue_end > 1:
        return None
    if form.mood == "hal" and not _opens_clause(words.after(begin)):
        return None  # مضيفاً لقباً إلى خزانته
    if not _opens_clause(words.after(begin)):
        phrase = None if subject else read_phrase(article, cue_end, limit)
        if phrase is None or not (phrase.named or phrase.definite or phrase.kind in {"anonymous", "people"}):
            return None
        if phrase.kind not in {"person", "anonymous", "body", "media", "people"}:
            return None
        begin = skip(folded, phrase.end)
        comma = folded[phrase.end : begin].strip() in ("،", ",")
        if not _opens_clause(words.after(begin)) and not (comma and _is_clause(article, begin, limit)):
            return None
    return Complement("bare", begin, None, phrase, phrase is None) if limit - begin >= _SHORTEST else None


def _is_clause(article: Article, begin: int, limit: int) -> bool:
    """Whether what follows a comma is a clause rather than more about the source."""
    words = article.words
    first, last = words.at(begin), words.at(limit)
    if first >= last or words.known[first].kind in {"relative", "role", "rank", "and", "determiner"}:
        return False
    if words.known[first].kind == "verb" and not _is_finite(words.known[first]):
        return False
    return any(map(_is_finite, words.known[first : min(last, first + _VERB_WORDS)]))


def _opens_clause(known: Word) -> bool:
    return "clause_openers" in known.lists or (
        known.kind == "bare" and len(known.spelled) > 4 and known.spelled[:2] in ("سي", "ست", "سن")
    )


def _is_finite(known: Word) -> bool:
    """Whether a word is surely a finite verb: one that opens a clause, one of the narrator's, or a past in ت."""
    spelled = known.spelled
    if _opens_clause(known) or is_act(spelled):
        return True
    return known.kind == "bare" and len(spelled) > 3 and spelled[-1] == "ت" and not known.prefixed


def carried_apart(article: Article, at: int) -> bool:
    """Whether a carrier behind a comma stands before a complementiser."""
    words = article.words
    return at > 0 and "carriers" in words.known[at - 1].lists and words.gaps[at - 1][:1] in _COMMAS


def of_noun_apart(article: Article, cue_end: int, at: int) -> bool:
    """Whether the noun right before a complementiser takes it, behind a comma: تشهد ازدحاماً، ما دفعها إلى إعلان أن."""
    words = article.words
    noun = words.known[at - 1]
    if noun.definite or words.gaps[at] != " " or words.gaps[at - 1] != " ":
        return False
    told = noun.kind == "document" or "events" in noun.lists  # ذكر المدير، في بيان أن, but دفعها إلى إعلان أن
    takes = words.known[at - 2].spelled == _TO if told else noun.content
    return takes and "،" in article.folded[cue_end : words.starts[at]]


_COMMAS, _TO = frozenset("،,"), single("to")
