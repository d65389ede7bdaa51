"""Where the narrator goes on behind what was said, though no mark or new cue tells it.

In goes an attribution with the stretch of its content, out comes where that ends: behind a quotation that the narrator explains
(«…» الذي …، «…» وذلك …، «…» خلال لقائه …) or that others answer (… وهو ما تنفيه النقابة), before the main clause that a clause of
time leads up to (وبينما حذر من «…»، يعتزم الوزير …), before another act of who speaks behind a dash (… – أثنى على), behind the last
sentence of speech without marks that only the speaker can have begun (قال المدرب: المباراة صعبة. سنلعب بلا خوف).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from analysis.extract.statements.sources.names import is_occasion
from analysis.extract.statements.vocabulary.kinds import WITH_ME
from analysis.extract.statements.vocabulary.listed import is_act, particles, titles
from analysis.extract.statements.vocabulary.words import CUE, FIRST_PERSON, TAKES_UP, TAKING_UP
from analysis.lexicon import read
from analysis.text import alternation

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article, Attribution

_OPENING = 12  # characters of a content before the mark of the quotation that it begins with
_LONG = 1  # spaces in the shortest quotation that is more than a word
_COMMAS = frozenset("،,")
_EXPLAINING = frozenset(("relatives", "and_pronouns", "and_that"))


def narrator_end(article: Article, this: Attribution, begin: int, end: int) -> int:
    """Where a content ends before the narrator's own words in `begin:end`; `end` where there are none."""
    quoted = _explained(article, begin, end)
    if quoted < end:
        return quoted
    end = _dashed(article, begin, _answered(article, begin, end))
    return _main_clause(article, begin, end) if backgrounded(article, this) else end


def backgrounded(article: Article, this: Attribution) -> bool:
    """Whether a cue stands in the clause of time that opens a sentence (وفيما طالبت …)."""
    at = article.words.at(this.cue_start)
    return at > 0 and "backgrounds" in article.words.known[at - 1].lists


def _explained(article: Article, begin: int, end: int) -> int:
    """The end of the quotation that a content begins with, also behind أن or ب, where the narrator explains it."""
    found = article.quote_from(begin, min(end, begin + _OPENING))
    if found is None or found[1] >= end or article.folded.count(" ", found[2], found[3]) < _LONG:
        return end
    words = article.words
    first = words.at(begin)
    if words.at(found[2]) - first > 1 or (first < words.at(found[2]) and not _leads(article, first)):
        return end
    following = words.after(found[1])
    if not following.lists.isdisjoint(_EXPLAINING):
        return found[1]
    return found[1] if article.folded[found[1] : found[1] + 1] == " " and _occasion(article, words.at(found[1])) else end


def _occasion(article: Article, at: int) -> bool:
    """Whether the narrator tells here on which occasion something was said: عشية القمة، خلال لقائه، في كلمة ألقاها."""
    words = article.words
    if at + 1 >= words.size or not words.known[at].lists & _LEADING:
        return False
    occasion = words.next(at)
    return "events" in occasion.lists or occasion.bare in titles("events") or is_occasion(occasion.spelled or "-")


_LEADING = frozenset(("leading_adverbs", "leads_adverbial"))


def _dashed(article: Article, begin: int, end: int) -> int:
    """Where a dash without a fellow stands before another act of who speaks."""
    folded, words = article.folded, article.words
    if all(folded.find(dash, begin, end) < 0 for dash in _DASHES):
        return end
    dashes = list(_DASH.finditer(folded, begin, end))
    if len(dashes) != 1 or article.inside_speech(dashes[0].start()):
        return end
    known = words.after(dashes[0].end())
    return dashes[0].start() if known.kind == "verb" and known.readings and known.readings[0].mood == "past" else end


_DASHES = ("-", "–", "—")
_DASH = re.compile(" [–—-] ")


def _answered(article: Article, begin: int, end: int) -> int:
    """Where the narrator tells what others say to it, or what was answered: … وهو ما تنفيه النقابة، … وذلك رداً على تصريحات."""
    words, after, last = article.words, begin, article.words.at(end)
    noted = article.notable(TAKES_UP)
    for place in range(bisect_left(noted, words.at(begin + 1)), len(noted)):
        at = noted[place]
        if at >= last:
            break
        start = words.starts[at]
        match = _taking_up().match(article.folded, start, end) if start >= after else None
        if match is None:
            continue
        after = match.end()
        if "negations" in words.known[at].lists:
            silent = words.next(at + 1).kind in _SOURCES and words.known[at].spelled[0] == "و"
            told = silent and words.next(at).spelled[1:] in particles("untold")  # ولم يتطرق البيان إلى
        elif "and_pronouns" in words.known[at].lists:
            told = "about_what" in words.next(at).lists and "retorts" in words.next(at + 1).lists
        else:
            told = "answers" in words.next(at).lists and words.after(words.ends[min(at + 2, words.size - 1)]).kind == "document"
        if told and not article.inside_speech(start):
            return words.ends[at - 1]
    return end


_SOURCES = frozenset(("document", "anonymous", "media", "body"))


@cache
def _taking_up() -> re.Pattern[str]:
    """What takes up a whole clause, or tells what was not said: وهو، وذلك، ولم."""
    lists = read("cues")["particles"]
    return re.compile(rf"{alternation([phrase for name in TAKING_UP for phrase in lists[name]])}(?!\w)")


def _leads(article: Article, at: int) -> bool:
    known = article.words.known[at]
    return known.that or known.spelled == "ب"


def _main_clause(article: Article, begin: int, end: int) -> int:
    """Where the verb of the main clause stands behind a comma."""
    words = article.words
    for at in range(words.at(begin) + 1, words.at(end)):
        gap, known = words.gaps[at], words.known[at]
        if gap == " " or not (_COMMAS & set(gap)) or article.inside_speech(words.starts[at]):
            continue
        present = known.kind == "verb" and known.spelled[0] in "يت" and not known.readings
        if (present or is_act(known.spelled)) and words.next(at).definite:
            return words.starts[at] - len(gap.lstrip('"”»'))
    return end


def going_on(article: Article, end: int) -> int:
    """Where speech without marks ends: past dots of suspension and sentences that only the speaker can have said."""
    words = article.words
    for _ in range(_SENTENCES):
        stop = _STOP.match(article.folded, end)
        at = words.at(stop.end()) if stop else words.size
        if stop is None or at == words.size or words.starts[at] != stop.end():
            break
        after = article.sentence(stop.end() + 1)[1]
        if after <= end or not (stop[1] or "goes_on" in words.known[at].lists or _own_words(article, stop.end(), after)):
            break
        end = after
    return end


def _own_words(article: Article, begin: int, end: int) -> bool:
    """Whether a sentence is in the first person and nobody else's: without a cue, a colon or a quotation of its own."""
    words = article.words
    if not speaks(article, begin, end) or article.folded.find(":", begin, end) >= 0 or article.quote_from(begin, end):
        return False
    return not any(known.starts & CUE for known in words.known[words.at(begin) : words.at(end)])


_SENTENCES = 4  # that unmarked speech may go on
_STOP = re.compile(r"[.…!؟?](\.+|…)? *")


@cache
def _first_person() -> re.Pattern[str]:
    lists = read("cues")["particles"]
    return re.compile(
        rf"(?:{alternation(lists['before_first_person'])} +ن\w{{3,}}|[وف]?سن\w{{3,}})(?!\w)"
        rf"|[وفس]?(?:{alternation(lists['first_person'])}|{WITH_ME}|\w{{2,}}تنا)(?!\w)"
    )


def speaks(article: Article, begin: int, end: int) -> bool:
    """Whether somebody speaks in the first person in a stretch."""
    starts, words = article.words.starts, article.notable(FIRST_PERSON)
    for place in range(bisect_left(words, article.words.at(begin)), len(words)):
        start = starts[words[place]]
        if start >= end:
            break
        if _first_person().match(article.folded, start, end):
            return True
    return False
