"""What each line of an article is for: title, byline, dateline, body or boilerplate.

In goes an article's text, out come its lines as `Block`s in order: every line with something on it, without the white space around.

>>> story = "افتتح الوزير يوم السبت مدرسة جديدة في المدينة، بعد عامين من العمل فيها."
>>> page = "الوزير يفتتح المدرسة الجديدة\\n\\n389\\n\\n" + story + "\\n\\nالتعليقات مغلقة."
>>> [(block.role, block.text[:12]) for block in find_blocks(page)]
[('title', 'الوزير يفتتح'), ('boilerplate', '389'), ('body', 'افتتح الوزير'), ('boilerplate', 'التعليقات مغ')]

Phrases are in `lexicon/boilerplate.toml`; here is only where they count.  A page has its furniture at its edges, before the first
and after the last full paragraph of the story: only there are words taken for furniture that could head a part of a story too.
A line is never split, and a doubtful one is body: a sentence of the story taken for boilerplate would be lost to the tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.lexicon import read
from analysis.published import month_names, read_stamp
from analysis.text import Folded, alternation, fold, fold_letters
from analysis.tokens import Family, Tokens, seconds_of

# White space and invisible controls: no span begins or ends with one.
_BLANK = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029"
    "\u202f\u205f\u3000\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
# Vowel signs, tatweel and the controls.
_LEFT_OUT = tuple("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0640" + _BLANK[_BLANK.index("\u00ad") :])
_SHORT = 60  # characters: a button, a signature, a date line
_LINE = 200  # a headline, a link to another story
_NOTICE = 900  # what a site tells its reader at most
_FULL = 180  # a line that long is a paragraph, full stop or not
_PARAGRAPH = 60  # a line that long is a paragraph when it ends with a full stop
_QUESTION = 120  # or that long with another mark: headlines end with those too
_ABOVE, _BELOW = 40, 120  # lines: as much furniture as a page has over and under its story
_SENTENCE_END = re.compile(r"[.!?؟…][\"'”“»«’)\]]*$")
_FULL_STOP = re.compile(r"(?<!\.)\.[\"'”“»«’)\]]*$")
_UNFINISHED = re.compile(r"(?:(?<!\.)\.|[،,؛;:])[\"'”“»«’)\]]*$")
_QUOTED = re.compile(r"[«»“”„\"]")
_NUMBER = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_WORD = re.compile(r"[^\W_]+")


class Block(NamedTuple):
    """A line of an article: `text` is `article[start:end]`, `role` one of `schema.BLOCK_ROLES`."""

    start: int
    end: int
    text: str
    role: str


def find_blocks(text: str, *, title: str | None = None) -> list[Block]:
    """The lines of `text` with their roles, in order; offsets are code points of `text`.

    `title` is the headline where it is known: the first line that is it has the role title, and one that is not in the text gives
    no title.  Else the title is the first line that is neither furniture nor byline nor dateline, if it looks like a headline; or
    the line that the page repeats below a story without one.  A headline's repetitions are boilerplate.

    >>> find_blocks("\\n")
    []
    """
    return scan_blocks(fold(text), title=title)


def scan_blocks(doc: Folded, *, title: str | None = None) -> list[Block]:
    """`find_blocks` for a text that is already folded; offsets are those of the original text."""
    page = _Page(doc)
    lines, roles = page.lines, page.roles
    head, tail = _story(page)
    known = _lexicon()
    for index in range(head, tail):
        line = lines[index][2]
        # Inside the story a line is looked up where it is as short as a button, else only where it opens as a pointer does.
        asked = len(line) <= _SHORT or (len(line) <= _LINE and known.pointer.match(line) is not None)
        if asked and _furniture(page.folded(index)) in ("anywhere", "below", "related"):
            roles[index] = "boilerplate"
    at = _read_head(page, head, title)
    _read_tail(page, max(head, tail))
    if at is None and title is None:
        at = _repeated(page, tail)
    if at is not None:
        roles[at] = "title"
        _mark_repetitions(page, at, head, tail)
    return [Block(start, end, line, role) for (start, end, line), role in zip(lines, roles, strict=True)]


class _Page:
    """The lines of a text with their roles so far; `edges` are the first full paragraph and the end of the last one."""

    __slots__ = ("_doc", "edges", "lines", "may_notify", "roles", "text")

    def __init__(self, doc: Folded) -> None:
        self._doc, self.text = doc, doc.text
        self.lines: list[tuple[int, int, str]] = []
        at = 0
        for raw in doc.text.splitlines(keepends=True):
            line = raw.strip(_BLANK)
            if line:
                start = at if raw[0] == line[0] else at + len(raw) - len(raw.lstrip(_BLANK))
                self.lines.append((start, start + len(line), line))
            at += len(raw)
        self.roles = ["body"] * len(self.lines)
        head, tail = 0, len(self.lines)
        first, last = min(tail, _ABOVE), max(0, tail - _BELOW)
        while head < first and not _is_paragraph(self.lines[head][2]):
            head += 1
        while tail > max(head + 1, last) and not _is_paragraph(self.lines[tail - 1][2]):
            tail -= 1
        self.edges = head, tail
        self.may_notify = not doc.is_cut or _may_notify(doc.tokens)

    def folded(self, index: int) -> str:
        """A line folded, in small letters."""
        doc, (start, end, _) = self._doc, self.lines[index]
        return doc.folded[doc.to_folded(start) : doc.to_folded(end)].lower()

    def key(self, index: int) -> str:
        return " ".join(_WORD.findall(self.folded(index)))


def _fold_line(line: str) -> str:
    folded = fold_letters(line)
    for mark in _LEFT_OUT:  # as `fold` does; offsets are not wanted here, and this is faster
        if mark in folded:
            folded = folded.replace(mark, "")
    return folded.lower()


def _is_paragraph(line: str) -> bool:
    """Whether a line is a full paragraph: long, or of some length and ending as a sentence does."""
    size = len(line)
    if size < _PARAGRAPH or size >= _FULL:
        return size >= _FULL
    return (_SENTENCE_END if size >= _QUESTION else _FULL_STOP).search(line, size - 4) is not None


def _story(page: _Page) -> tuple[int, int]:
    """The first full paragraph of the story and the end of its last."""
    lines = page.lines
    head, tail = page.edges
    first, last = min(len(lines), _ABOVE), max(0, len(lines) - _BELOW)
    while head < min(tail, first) and (_is_notice(page, head) or not _is_paragraph(lines[head][2])):
        head += 1
    while tail > max(head + 1, last) and (_is_notice(page, tail - 1) or not _is_paragraph(lines[tail - 1][2])):
        tail -= 1
    return head, tail


def _read_head(page: _Page, head: int, title: str | None) -> int | None:
    """Give the lines before the story their roles; the index of the title, or None."""
    roles = page.roles
    at = _given_title(page, title) if title is not None else None
    first = None  # the first line that is nothing else: the title, where none is given
    for index in range(min(head + 1, len(roles))):
        if roles[index] != "body" or index == at:
            continue
        below_title = index > at if at is not None else first is not None
        role = _role_at_edge(page, index, "head", below_title=below_title) if index < head else None
        if role is not None:
            roles[index] = role
        elif first is None:
            first = index
    if title is None and first is not None and _is_headline(page, first):
        return first
    return at


def _read_tail(page: _Page, tail: int) -> None:
    """Give the lines after the story their roles."""
    roles = page.roles
    related: int | None = None
    for index in range(tail, len(roles)):
        if roles[index] == "body":
            roles[index] = _role_at_edge(page, index, "tail", below_title=True) or "body"
        if related is None and roles[index] == "boilerplate" and _furniture(page.folded(index)) == "related":
            related = index
    if related is None or not tail:
        return
    # The last full paragraph has been passed, so what stands below such a header are other stories' headlines, if none of it
    # ends as a sentence does.
    below = [index for index in range(related, len(roles)) if roles[index] == "body"]
    if not any(_UNFINISHED.search(page.lines[index][2]) for index in below):
        for index in below:
            roles[index] = "boilerplate"


def _role_at_edge(page: _Page, index: int, edge: str, *, below_title: bool) -> str | None:
    size = len(page.lines[index][2])
    if size <= _LINE:
        folded = page.folded(index)
        role = _signature(folded, below_title=below_title) if size <= 2 * _SHORT else None
        if role is not None:
            return role
        where = _furniture(folded)
        if where in ("anywhere", "edges", edge, "related") or (where == "below" and below_title):
            return "boilerplate"
    return "boilerplate" if _is_notice(page, index) else None


# ------------------------------------------------------------------------------------------------------------------------ titles


@lru_cache(maxsize=1_000)
def title_key(line: str) -> str:
    """A headline as a key to compare by: its words, folded, without punctuation.

    >>> title_key("«الوزير»:  لا جديدَ") == title_key("الوزير لا جديد")
    True
    """
    return " ".join(_WORD.findall(_fold_line(line)))


def is_title(line: str, key: str) -> bool:
    """Whether `line` is the title with this `title_key`, also with the site's name after a bar or dash.

    >>> is_title("لا جديد | صحيفة الغد", title_key("لا جديد"))
    True
    """
    return _is_title(_fold_line(line), key)


def _is_title(folded: str, key: str) -> bool:
    if " ".join(_WORD.findall(folded)) == key:
        return True
    cut = max(folded.rfind(mark) for mark in ("|", " - ", " – ", " — ", " :: "))
    return cut > 0 and len(folded) - cut <= 40 and " ".join(_WORD.findall(folded[:cut])) == key


def _given_title(page: _Page, title: str) -> int | None:
    """The first line that is `title`."""
    key = title_key(title)
    for index, (_, _, line) in enumerate(page.lines if key else ()):
        if 0.7 * len(title) <= len(line) <= 1.3 * len(title) + 40 and _is_title(page.folded(index), key):
            return index
    return None


def _looks_like_headline(line: str) -> bool:
    return len(line) <= _LINE - 40 and " " in line and not _UNFINISHED.search(line, len(line) - 4) and any(map(str.isalpha, line))


def _is_headline(page: _Page, at: int) -> bool:
    """Whether the first line that is left is a headline: it looks like one, and a longer text stands below it.

    Below means after an empty line, or as a full paragraph: two short lines that follow each other are two sentences of a note.
    """
    lines = page.lines
    _, end, line = lines[at]
    if not _looks_like_headline(line):
        return False
    below = [lines[index][2] for index in range(at + 1, len(lines)) if page.roles[index] == "body"]
    if not below:
        return False
    if _is_paragraph(below[0]):
        return True
    gap = page.text[end : lines[at + 1][0]]
    apart = max(gap.count("\n"), gap.count("\r")) > 1
    return apart and sum(map(len, below)) >= 1.5 * len(line)


def _repeated(page: _Page, tail: int) -> int | None:
    """The line that the page repeats below a story: the headline of one that opens without it."""
    seen: dict[str, int] = {}
    for index in range(tail, len(page.lines)):
        if page.roles[index] == "body" and _looks_like_headline(page.lines[index][2]):
            first = seen.setdefault(page.key(index), index)
            if first != index:
                return first
    return None


def _mark_repetitions(page: _Page, at: int, head: int, tail: int) -> None:
    size, roles = len(page.lines[at][2]), page.roles
    edges = [*range(head), *range(max(head, tail), len(page.lines))]
    edges = [index for index in edges if roles[index] == "body" and 0.7 * size <= len(page.lines[index][2]) <= 1.3 * size + 40]
    key = page.key(at) if edges else ""
    for index in edges:
        if key and _is_title(page.folded(index), key):
            roles[index] = "boilerplate"


# --------------------------------------------------------------------------------------------------------------------- furniture


@lru_cache(maxsize=20_000)
def _furniture(folded: str) -> str | None:
    """Where a folded line counts as furniture: anywhere, edges, head, tail, below, related (anywhere); None where nowhere."""
    known = _lexicon()
    if len(folded) <= 2 * _SHORT:
        key = " ".join(_WORD.findall(_NUMBER.sub("0", folded)))
        if not key:
            return "anywhere"  # a rule, a row of dots
        where = known.whole.get(key) or _one_slip_away(key)
        if where is not None:
            return where
        if ("#" in folded and _HASHTAGS.fullmatch(folded)) or ("." in folded and _ADDRESS.fullmatch(folded)):
            return "edges"
        if key.partition(" ")[0] not in known.first_words:
            return None
        if known.phrases.fullmatch(key):
            return "anywhere"
        if known.buttons.fullmatch(key):
            return "edges"
    for opening, limit, where in known.openings:
        if len(folded) <= limit and opening.match(folded):
            return where
    return None


_HASHTAGS = re.compile(r"(?:#\w+[ ,،|]*)+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+")


def _one_slip_away(key: str) -> str | None:
    """Where a phrase counts that differs from `key` by one letter: wrong, missing, or one too many. Templates are full of them."""
    known = _lexicon()
    # One slip leaves the beginning or the end as it was.
    if len(key) < 10 or not (key[:5] in known.ends or key[-5:] in known.ends):
        return None
    return next((known.near[less] for less in _one_less(key) if less in known.near), None)


def _one_less(key: str) -> Iterator[str]:
    """The key, and the key without any one of its letters: two keys that share one of these are one slip apart."""
    yield key
    for index in range(len(key)):
        yield key[:index] + key[index + 1 :]


def _is_notice(page: _Page, index: int) -> bool:
    """Whether the site speaks to its reader, of cookies, consent, newsletters: then the line is marked.

    A line with quote marks is a story about that.
    """
    if page.roles[index] != "body":
        return True
    line = page.lines[index][2]
    if not page.may_notify or len(line) > _NOTICE or _QUOTED.search(line):
        return False
    folded = page.folded(index)
    if any(len(folded) <= limit and all(each.search(folded) for each in signs) for signs, limit in _lexicon().notices):
        page.roles[index] = "boilerplate"
        return True
    return False


@cache
def _notice_signs() -> dict[str, frozenset[str]]:
    """The first words of the signs of which every notice has one, with those of which one must follow, if any must."""
    return seconds_of(sign for group in read("boilerplate")["notice"] for sign in _folded_all(group["all"][0]))


_BEGINS_SIGN = Family(lambda spelled: spelled.lower() in _notice_signs())


def _may_notify(tokens: Tokens) -> bool:
    """Whether one of these signs may stand in a text, so that a line of it may be a notice."""
    for at in tokens.where(_BEGINS_SIGN):
        seconds = _notice_signs()[tokens.known[at].text.lower()]
        if not seconds or (at + 1 < tokens.size and tokens.known[at + 1].text.lower() in seconds):
            return True
    return False


class _Known(NamedTuple):
    whole: dict[str, str]  # the key of a line -> where
    near: dict[str, str]  # a key without one letter -> where
    ends: frozenset[str]  # the first and last letters of those keys
    pointer: re.Pattern[str]  # the beginning of any opening, for text as it is written
    openings: list[tuple[re.Pattern[str], int, str]]
    notices: list[tuple[list[re.Pattern[str]], int]]
    first_words: frozenset[str]  # of every phrase
    phrases: re.Pattern[str]  # phrases that count anywhere, one after the other
    buttons: re.Pattern[str]


def _keys(phrases: Iterable[str]) -> list[str]:
    return [title_key(phrase) for phrase in phrases]


def _folded_all(phrases: Iterable[str]) -> list[str]:
    return [" ".join(_fold_line(phrase).split()) for phrase in phrases]


def _bounded(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternation(_folded_all(phrases), folded=True)}(?!\w)")


@cache
def _lexicon() -> _Known:
    lexicon = read("boilerplate")
    whole: dict[str, str] = {}
    near: dict[str, str] = {}
    ends: set[str] = set()
    for group in lexicon["whole"]:
        where = "related" if group.get("related") else group["where"]
        for key in _keys(group["phrases"]):
            whole.setdefault(key, where)
            if len(key) >= 10 and not key.isascii() and where in ("anywhere", "related"):  # so long that a slip makes no other word
                ends.update((key[:5], key[-5:]))
                for less in _one_less(key):
                    near.setdefault(less, where)
    openings, beginnings = [], []
    for group in lexicon["opening"]:
        phrases = _folded_all(group["phrases"])
        beginnings += phrases
        mark = r" *[:|/»>\-–—]" if group.get("colon") else ""
        opening = re.compile(rf"[\W_]*{alternation(phrases, folded=True)}(?!\w){mark}")
        openings.append((opening, int(group["limit"]), str(group["where"])))
    pointer = re.compile(r"[\W_]*" + _unfolded(alternation(beginnings, folded=True)))
    notices = [([_bounded(phrases) for phrases in group["all"]], int(group["limit"])) for group in lexicon["notice"]]
    buttons = alternation(_keys(lexicon["networks"]["phrases"]), folded=True)
    standing = alternation([key for key, where in whole.items() if where == "anywhere"], folded=True)
    beginnings += [*whole, *_keys(lexicon["networks"]["phrases"])]
    return _Known(
        whole,
        near,
        frozenset(ends),
        pointer,
        openings,
        notices,
        frozenset(key.partition(" ")[0] for key in _keys(beginnings)),
        re.compile(rf"{standing}(?: {standing})*"),
        re.compile(rf"{buttons}(?: {buttons})*"),
    )


def _unfolded(pattern: str) -> str:
    """A pattern for folded text made one for text as it is written: any hamza, vowel signs and tatweel between letters."""
    for plain, written in (("ا", "[اأإآٱ]"), ("ي", "[يىئی]"), ("ه", "[هة]"), ("و", "[وؤ]"), ("ك", "[كک]")):
        pattern = pattern.replace(plain, written)
    marks = "[\u0640\u064b-\u0652\u200e\u200f]*"
    pattern = re.sub(r"\[[^\]]*\]|[\u0620-\u064a]", lambda letter: letter[0] + marks, pattern)
    return re.sub("[a-z]", lambda letter: f"[{letter[0]}{letter[0].upper()}]", pattern).replace(" +", r"\s+")


# -------------------------------------------------------------------------------------------------------------------- signatures


@lru_cache(maxsize=20_000)
def _signature(folded: str, *, below_title: bool) -> str | None:
    """`dateline` or `byline` for a folded line that is nothing else; `below_title` allows what a headline could look like too."""
    known = _signatures()
    if known.time_sign.search(folded) and _is_dateline(folded, below_title=below_title):
        return "dateline"
    if len(folded) <= 80 and not _SENTENCE_END.search(folded, len(folded) - 4):
        for pattern in (known.sure, known.colon, known.loose) if below_title else (known.sure, known.colon):
            if pattern.fullmatch(folded):
                return "byline"
    return "byline" if len(folded) <= _SHORT and _is_agency_line(folded, below_title=below_title) else None


def _is_dateline(folded: str, *, below_title: bool) -> bool:
    """A date or a clock time and words that go with it; with a day and a sign that it is a signature, also a place."""
    known = _signatures()
    stamp = read_stamp(folded)
    hijri = known.hijri.search(stamp.rest) is not None
    dated = stamp.dated or hijri
    rest = _words(known.beside.sub(" ", " " + " ".join(_words(known.hijri.sub(" ", stamp.rest))) + " "))
    if dated or stamp.timed:
        rest = [word for word in rest if not word.isdigit()]
    if not rest:
        return dated or stamp.timed or known.weekday.search(folded) is not None
    if not stamp.dated or len(rest) > 3:
        return False
    place = known.agency.search(folded) is not None or hijri or re.search(r"[(/|]|[-–—،:] ?\d", folded) is not None
    return place and (below_title or len(rest) <= 2)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _is_agency_line(folded: str, *, below_title: bool) -> bool:
    """Names of agencies alone; with a place or a site before them where a mark parts them; initials at the end."""
    known = _signatures()
    marked = _MARKED.search(folded) is not None
    pieces: list[str] = []
    for part in _PIECES.split(folded):
        piece = " ".join(_words(part))
        if piece:
            pieces += [piece] if known.agencies.fullmatch(piece) else _AND.split(piece)
    if not pieces:
        return False
    strange = [piece for piece in pieces if not (known.agencies.fullmatch(piece) or (marked and known.houses.fullmatch(piece)))]
    if not strange:
        return True
    if all(_INITIALS.fullmatch(piece) for piece in strange):
        return below_title and (len(strange) < len(pieces) or "." in folded)
    place = strange[0] == pieces[0] and strange[0].count(" ") <= 1 and len(pieces) > 1
    return len(strange) == 1 and place and marked


_PIECES = re.compile(r"[/\\|،,()\[\]«»\"“”+&;:–—-]")
_AND = re.compile(r" و(?=\w{2})")
_MARKED = re.compile(r"[/|(\[–—-]|: ?[«\"“]")
_INITIALS = re.compile(r"\w(?: \w){1,3}")


class _Signs(NamedTuple):
    sure: re.Pattern[str]
    colon: re.Pattern[str]
    loose: re.Pattern[str]
    agencies: re.Pattern[str]  # one or more names, as a key
    houses: re.Pattern[str]  # names that a mark must set apart, since they are other words too
    agency: re.Pattern[str]
    time_sign: re.Pattern[str]
    weekday: re.Pattern[str]
    beside: re.Pattern[str]
    hijri: re.Pattern[str]


@cache
def _signatures() -> _Signs:
    lexicon = read("boilerplate")
    byline, dateline, calendar = lexicon["byline"], lexicon["dateline"], read("months")
    name = r"[^\W\d][\w.'’-]*"
    names = rf"{name}(?:(?: *[،,/&–-] *| ){name}){{0,5}}"
    sure, colon, loose = (alternation(_folded_all(byline[key]), folded=True) for key in ("sure", "colon", "colon_after_title"))
    agencies = alternation(_keys(lexicon["agencies"]["phrases"]), folded=True)
    houses = alternation(_keys(name for outlet in read("outlets")["outlet"] for name in outlet["names"]), folded=True)
    kinds = alternation(_keys(lexicon["agencies"]["houses"]), folded=True)
    days = [*calendar["weekdays"].values(), *calendar["bare_weekdays"].values(), lexicon["english"]["weekdays"]]
    weekdays = _keys(day for names_ in days for day in names_)
    months = [name for names_ in month_names().values() for name in names_]
    hours = _keys(dateline["updated"] + dateline["after_noon"] + dateline["before_noon"])
    beside = [*_keys(dateline["phrases"]), *hours, *weekdays, *months]
    of, month, year = alternation([dateline["of"]]), alternation([dateline["month"]]), alternation(dateline["year"])
    hijri = alternation(name for names_ in calendar["hijri"].values() for name in names_)
    return _Signs(
        re.compile(rf"\W*{sure}(?!\w) *[:/|–-]? *{names}\W*"),
        re.compile(rf"\W*{colon} *[:/|–-] *{names}\W*"),
        re.compile(rf"\W*{loose} *[:/|–-] *{name}(?: {name}){{0,3}}\W*"),
        re.compile(rf"{agencies}(?: {agencies})*"),
        re.compile(rf"{houses}|{kinds}(?: \w+){{1,3}}"),
        re.compile(rf"(?<!\w){agencies}(?!\w)"),
        re.compile(rf"\d|(?<!\w){alternation(weekdays, folded=True)}(?!\w)"),
        re.compile(rf"(?<!\w){alternation(weekdays, folded=True)}(?!\w)"),
        re.compile(rf"(?<= )(?:{alternation(beside, folded=True)}|{agencies})(?= )"),
        re.compile(rf"(?<!\w)\d{{1,2}} ?(?:{of} )?(?:{month} )?{hijri}(?: ?،? ?(?:{year} )?\d{{4}} ?(?:ه(?!\w))?)?"),
    )
