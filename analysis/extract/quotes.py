"""Quotations: where quote marks open and close in text that gets them wrong.

In goes a folded text, out come `Quote`s: pairs of marks with what they hold, nested ones too, in order of start.

>>> text = 'قال:” إن حملة “الفجر” نجحت”. وأضاف "نعم".'
>>> [text[quote.inner_start:quote.inner_end] for quote in find_quotes(text)]
['إن حملة “الفجر” نجحت', 'الفجر', 'نعم']

What a mark does is read from where it stands rather than from its shape: after a colon, a space or a proclitic and before a
word it opens, after a word and before a space or a stop it closes.  Shape decides only what place leaves open.  A paragraph is
solved on its own; a quotation left open that stands as speech (after a colon or a complementiser, or at a paragraph's start)
runs on into the next paragraphs as far as they close it, else to its own paragraph's end.  Any other mark without a partner is
passed over.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from analysis.lexicon import read
from analysis.text import Folded, alternation, fold, fold_key
from analysis.tokens import Memory

# How deep quotations nest before further opening marks count as noise, and over how many paragraphs one may run.
_DEPTH: Final = 4
_PARAGRAPHS: Final = 12

_RUN: Final = 8  # marks in a row beyond which they are a ruled line and not read

# Families of marks: a mark closes one of its own family first. Shape: 1 opens, -1 closes, 0 either.
_DOUBLE: Final = 0
_ANGLE: Final = 1
_SINGLE: Final = 2
_ROUND: Final = 3
_MARKS: Final[dict[str, tuple[int, int]]] = {
    '"': (_DOUBLE, 0), "''": (_DOUBLE, 0), "\uff02": (_DOUBLE, 0), "“": (_DOUBLE, 1), "”": (_DOUBLE, -1), "„": (_DOUBLE, 1),
    "‟": (_DOUBLE, 1), "❝": (_DOUBLE, 1), "❞": (_DOUBLE, -1), "«": (_ANGLE, 1), "»": (_ANGLE, -1), "<<": (_ANGLE, 1),
    ">>": (_ANGLE, -1), "‹": (_ANGLE, 1), "›": (_ANGLE, -1), "‘": (_SINGLE, 1), "’": (_SINGLE, -1), "‚": (_SINGLE, 1),
    "‛": (_SINGLE, 1), "'": (_SINGLE, 0), "`": (_SINGLE, 0), "((": (_ROUND, 1), "))": (_ROUND, -1),
}  # fmt: skip
_MARK = re.compile("|".join(re.escape(mark) for mark in sorted(_MARKS, key=len, reverse=True)) + "|\n")
_SPANS = Memory(lambda gap: [match.span() for match in _MARK.finditer(gap)])
# Proclitics that are written on a quote mark: لـ"..." (the tatweel is gone after folding), و«...», وبـ"...", الـ"...".
_PROCLITIC = re.compile(r"(?<!\w)[وف]?[بلك]?(?:ال)?$")
_STOPS: Final = frozenset(".!؟?…،؛,;")


@cache
def _complementiser() -> re.Pattern[str]:
    particles = read("cues")["particles"]
    that = alternation(particles["that"]) + alternation(particles["pronouns"]) + "?"
    return re.compile(rf"(?<!\w)(?:{that}|{alternation(read('cues')['carrier'])})$")


def _complementiser_ends() -> frozenset[str]:
    """The last two letters of complementisers: what a look at them rules out needs no search."""
    particles = read("cues")["particles"]
    forms = [that + pronoun for that in particles["that"] for pronoun in ("", *particles["pronouns"])]
    return frozenset(fold_key(each)[-2:] for each in (*forms, *read("cues")["carrier"]))


@cache
def _leading() -> re.Pattern[str]:
    """A preposition or a complementiser, behind which a mark that is written on it cannot close: على"ترتيب."""
    return re.compile(rf"(?<!\w)و?{alternation(read('cues')['particles']['leads_quote'])}$")


_COMPLEMENTISER_ENDS: Final = _complementiser_ends()
_LEADING_ENDS: Final = frozenset(fold_key(each)[-1] for each in read("cues")["particles"]["leads_quote"])  # of such prepositions


@cache
def _narrating() -> re.Pattern[str]:
    """A cue with which the narrator goes on behind a quotation: مشيراً إلى, وأضاف."""
    forms: set[str] = set()
    for entry in read("cues")["verb"]:
        past, participle = fold_key(entry["lemma"]), fold_key(entry["participle"])
        forms.update({"و" + past, "و" + past + "ت"})
        if not entry.get("ambiguous_participle"):
            forms.update({participle + "ا", participle + "ه", participle + "ين"})
    return re.compile(rf"[ ،,]*(?:{alternation(forms, folded=True)})(?!\w)")


@cache
def _resuming() -> re.Pattern[str]:
    """A stop behind which the narrator tells what somebody said: . كما قال، . وكان الوزير قد قال."""
    verbs = [entry for entry in read("cues")["verb"] if entry.get("bare")]
    forms = {fold_key(entry["lemma"]) for entry in verbs} | {fold_key(entry["lemma"]) + "ت" for entry in verbs}
    turning = alternation(read("cues")["particles"]["turning"])
    return re.compile(rf"[.!؟?] +{turning}،? +{alternation(forms, folded=True)}(?!\w)")


class Quote(NamedTuple):
    """A quotation: `start:end` with its marks, `inner_start:inner_end` what they hold, without space at its ends."""

    start: int
    end: int
    inner_start: int
    inner_end: int


class _Mark:
    """A mark with what its place says."""

    __slots__ = ("end", "family", "place", "shape", "speech", "start", "within")

    def __init__(self, start: int, end: int, family: int, shape: int, place: int, *, speech: bool, within: bool) -> None:
        self.start, self.end, self.family, self.shape = start, end, family, shape
        self.place = place  # 1 opens, -1 closes, 0 not told by its place
        self.speech = speech  # stands where speech opens: after a colon or a complementiser, or at a paragraph's start
        self.within = within  # a letter stands on either side


def find_quotes(text: str) -> list[Quote]:
    """The quotations of `text`, in order of start; offsets are code points into it.

    >>> find_quotes("و«الدار» و")
    [Quote(start=1, end=8, inner_start=2, inner_end=7)]
    >>> find_quotes("شاشة 55\\" جديدة")
    []
    """
    return scan_quotes(fold(text))


def scan_quotes(doc: Folded) -> list[Quote]:
    """The quotations of a folded text, in order of start; offsets are those of the original text."""
    folded = doc.folded
    pairs: list[tuple[int, int, int, int]] = []
    marks: list[_Mark] = []
    pending: _Mark | None = None  # speech that an earlier paragraph left open
    pending_end = waited = begin = 0
    run, last = 0, -1
    for start, end in _marks(doc):
        run = run + 1 if start == last else 0
        last = end
        if folded[start] != "\n":
            if run < _RUN:
                marks.append(_read(folded, start, end, begin))
            continue
        if marks or pending:
            pending, pending_end, waited = _paragraph(folded, marks, begin, start, pairs, pending, pending_end, waited)
            marks = []
        begin = end
    if marks or pending:
        pending, pending_end, _ = _paragraph(folded, marks, begin, len(folded), pairs, pending, pending_end, waited)
    if pending:
        pairs.append(_unclosed(folded, pending, pending_end))
    pairs.sort(key=lambda pair: (pair[0], -pair[1]))
    return [quote for pair in pairs if (quote := _quote(doc, *pair))]


def _marks(doc: Folded) -> list[tuple[int, int]]:
    """The spans of the quote marks and line ends of a text, which stand between words."""
    return [(start + first, start + last) for start, spans in doc.tokens.gaps_with(_SPANS) for first, last in spans]


def _unclosed(folded: str, opened: _Mark, end: int) -> tuple[int, int, int, int]:
    """Speech that no mark closes: to its paragraph's end or where the narrator goes on, without the sentence's stop."""
    resumed = _resuming().search(folded, opened.end, end)
    end = resumed.start() + 1 if resumed else end
    inner_end = end - 1 if folded[end - 1 : end] == "." and folded[end - 2 : end - 1] != "." else end
    return opened.start, end, opened.end, inner_end


def _quote(doc: Folded, start: int, end: int, inner_start: int, inner_end: int) -> Quote | None:
    folded = doc.folded
    while inner_start < inner_end and folded[inner_start].isspace():
        inner_start += 1
    while inner_end > inner_start and folded[inner_end - 1].isspace():
        inner_end -= 1
    if inner_start == inner_end:
        return None
    return Quote(*doc.span(start, end), *doc.span(inner_start, inner_end))


def _read(folded: str, start: int, end: int, begin: int) -> _Mark:
    """A mark with what its place says, in the paragraph that starts at `begin`."""
    family, shape = _MARKS[folded[start:end]]
    left = folded[start - 1] if start > begin else "\n"
    right = folded[end] if end < len(folded) else "\n"
    before = start
    while before > begin and folded[before - 1] == " ":
        before -= 1
    at_start = before == begin
    last = folded[before - 1] if not at_start else "\n"
    after_colon = last == ":" or (
        folded[before - 2 : before] in _COMPLEMENTISER_ENDS
        and _complementiser().search(folded, max(begin, before - 9), before) is not None
    )
    right_open = right in " \n" or right in _STOPS or right in ")]}:"
    glued = left.isalpha() and (
        after_colon or (left in _LEADING_ENDS and _leading().search(folded, max(begin, start - 6), start) is not None)
    )
    if glued or (after_colon and left == " ") or left in ":([{" or (left == "\n" and right != "\n"):
        place = 1
    elif left == " ":
        if not right_open:
            place = 1
        elif right != " ":
            place = -1
        else:
            place = 1 if after_colon or at_start else 0
    elif left in _STOPS or left in ")]}":
        place = -1 if right_open else 0
    elif right_open:
        place = -1
    else:  # a letter on either side
        place = 1 if _PROCLITIC.search(folded, max(begin, start - 5), start) else 0
        if family == _SINGLE and place == 0:
            place = 2  # an apostrophe within a word: no mark at all
    within = left.isalpha() and right.isalpha()
    return _Mark(start, end, family, shape, place, speech=after_colon or at_start, within=within)


def _paragraph(
    folded: str,
    marks: list[_Mark],
    begin: int,
    end: int,
    pairs: list[tuple[int, int, int, int]],
    pending: _Mark | None,
    pending_end: int,
    waited: int,
) -> tuple[_Mark | None, int, int]:
    """Solve one paragraph, adding to `pairs`; give the speech that it leaves open, where that ends so far, and for how long."""
    solved, opens, closes = _solve(folded, marks)
    while end > begin and folded[end - 1] in " \n":
        end -= 1
    if pending:
        first = marks[0] if marks else None
        if closes and not (opens and opens[0].start < closes[0].start and not opens[0].speech):
            last = closes[-1]
            pairs.append((pending.start, last.end, pending.end, last.start))
            pending, closes = None, []
            opens = [mark for mark in opens if mark.start > last.start]
        elif first and first.start == begin and solved and solved[-1][0] == first.start and first.family == pending.family:
            # Every paragraph of a long quotation opens with a mark, and only the last one closes.
            pairs.append((pending.start, solved[-1][1], pending.end, solved[-1][3]))
            solved.pop()
            pending = None
        elif opens and opens[0].start == begin and waited < _PARAGRAPHS:
            pairs += solved
            return pending, end, waited + 1
        elif marks or waited >= _PARAGRAPHS:
            pairs.append(_unclosed(folded, pending, pending_end))
            pending = None
        elif begin < end:
            return pending, pending_end, waited + 1
        else:
            return pending, pending_end, waited
    _settle_closes(folded, solved, closes, begin)
    pairs += solved
    speech = next((mark for mark in opens if (mark.speech and mark.shape >= 0) or (mark.speech and mark.family == _DOUBLE)), None)
    if speech is None and marks and opens and _said_before(folded, begin, opens[-1], end):
        last = marks[-1]
        if opens[-1] is last:
            pairs.append(_unclosed(folded, last, end))
        elif solved and solved[-1][1] == last.end and opens[-1].start < solved[-1][0] and end - last.end < 2:
            pairs[-1] = (opens[-1].start, last.end, opens[-1].end, last.start)  # opened anew before it was closed
    return speech, end, 0


def _said_before(folded: str, begin: int, mark: _Mark, end: int) -> bool:
    """Whether a mark that nothing closes opens what was said all the same: a verb that needs no إن stands shortly before it."""
    if mark.place != 1 or mark.family not in (_DOUBLE, _ANGLE) or folded.count(" ", mark.end, end) < _LONG:
        return False
    return _saying().search(folded, max(begin, mark.start - _BEFORE), mark.start) is not None


_LONG = 6  # spaces in the shortest speech that is taken without its closing mark
_BEFORE = 70  # characters before a mark in which its verb stands


@cache
def _saying() -> re.Pattern[str]:
    """A verb that takes speech without إن, with at most its source behind it."""
    verbs = [entry for entry in read("cues")["verb"] if entry.get("bare")]
    forms = {fold_key(form) for entry in verbs for form in (entry["lemma"], entry["lemma"] + "ت", entry["present"])}
    return re.compile(rf"(?<!\w)[وف]?(?:{alternation(forms, folded=True)})(?: [\w-]+)*:? $")


def _settle_closes(folded: str, solved: list[tuple[int, int, int, int]], closes: list[_Mark], begin: int) -> None:
    """A closing mark without an opening one: speech begins at the last colon, or the quotation before was closed too soon."""
    for mark in closes:
        before = max((at for at, pair in enumerate(solved) if pair[1] <= mark.start), key=lambda at: solved[at][1], default=-1)
        since = solved[before][1] if before >= 0 else begin
        colon = folded.rfind(":", since, mark.start)
        if colon >= 0 and mark.start - colon > 12:
            solved.append((colon + 1, mark.end, colon + 1, mark.start))
        elif before >= 0:
            start, _, inner, inner_end = solved[before]
            # Only a quotation that is more than a name may run on, and only without a stop in between.
            spaces = folded.count(" ", inner, inner_end)
            if spaces > 4 and ". " not in folded[since : mark.start] and not _narrating().match(folded, since):
                solved[before] = (start, mark.end, inner, mark.start)
        return  # one repair a paragraph: more would be guessing


def _solve(folded: str, marks: list[_Mark]) -> tuple[list[tuple[int, int, int, int]], list[_Mark], list[_Mark]]:
    """Pair the marks of one paragraph: the pairs, and the opening and the closing marks left over."""
    pairs, opens, closes = _stack(marks)
    if (opens or closes) and len(marks) % 2 == 0 and all(mark.family == _DOUBLE and not mark.shape for mark in marks):
        # Straight marks in even number whose places contradict each other: they alternate.
        return [(a.start, b.end, a.end, b.start) for a, b in zip(marks[::2], marks[1::2], strict=True)], [], []
    return pairs, opens, closes


def _stack(marks: list[_Mark]) -> tuple[list[tuple[int, int, int, int]], list[_Mark], list[_Mark]]:
    pairs: list[tuple[int, int, int, int]] = []
    stack: list[_Mark] = []
    opens: list[_Mark] = []
    closes: list[_Mark] = []
    for mark in marks:
        if mark.place == 2:
            continue
        own = None
        for at in range(len(stack) - 1, -1, -1):
            if stack[at].family == mark.family:
                own = at
                break
        side = mark.place or mark.shape or (-1 if own is not None else 1)
        if mark.within and side < 0 and not stack:
            side = 1  # البدري”بطولة: nothing is there to close
        if mark.place and mark.shape and mark.place != mark.shape and mark.family == _ANGLE and not mark.speech:
            side = mark.shape  # guillemets are seldom turned round: `« قال` and `قال »` are only spaced oddly
        if side > 0:
            if len(stack) < _DEPTH:
                stack.append(mark)
            continue
        if own is None and stack and {stack[-1].family, mark.family} == {_DOUBLE, _ANGLE}:
            own = len(stack) - 1  # opened by one mark, closed by another
        if own is None:
            if mark.family != _SINGLE:
                closes.append(mark)
            continue
        opens += stack[own + 1 :]
        opened = stack[own]
        del stack[own:]
        pairs.append((opened.start, mark.end, opened.end, mark.start))
    opens += stack
    opens.sort(key=lambda mark: mark.start)
    return pairs, [mark for mark in opens if mark.family != _SINGLE], closes
