"""What each line of an article is for: title, byline, dateline, body or boilerplate.

In goes an article's text, out come its lines as `Block`s in order: every line with something on it, without the white space around.

>>> page = "الوزير يفتتح المدرسة الجديدة\\n\\n389\\n\\nافتتح الوزير يوم السبت مدرسة جديدة في المدينة، بعد عامين من العمل فيها.\\n\\nالتعليقات مغلقة."
>>> [(block.role, block.text[:12]) for block in find_blocks(page)]
[('title', 'الوزير يفتتح'), ('boilerplate', '389'), ('body', 'افتتح الوزير'), ('boilerplate', 'التعليقات مغل')]

Phrases are in `lexicon/boilerplate.toml`; here is only where they count.  A page has its furniture at its edges, before the first
and after the last full paragraph of the story: only there are words taken for furniture that could head a part of a story too.
A line is never split, and a doubtful one is body: a sentence of the story that is taken for boilerplate would be lost to the tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.lexicon import read
from analysis.published import read_stamp
from analysis.text import alternation, fold_key

# White space and invisible controls: no span begins or ends with one.
_BLANK = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029"
    "\u202f\u205f\u3000\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_SHORT = 60  # characters: a button, a signature, a date line
_LINE = 200  # a headline, a link to another story
_NOTICE = 900  # what a site tells its reader at most
_FULL = 180  # a line that long is a paragraph, full stop or not
_PARAGRAPH = 60  # a line that long is a paragraph when it ends as a sentence does
_SENTENCE_END = re.compile(r"[.!?؟…][\"'”“»«’)\]]*$")
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
    lines = _lines(text)
    roles = ["body"] * len(lines)
    head, tail = _edges(lines, roles)
    for index in range(head, tail):  # inside the story
        line = lines[index][2]
        if len(line) <= _LINE and _furniture(line) in ("anywhere", "below", "related"):
            roles[index] = "boilerplate"
    at = _head(lines, roles, head, tail, title)
    _tail(lines, roles, max(head, tail))
    at = _repeated(lines, roles, at, tail) if title is None else at
    if at is not None:
        roles[at] = "title"
        _mark_repetitions(lines, roles, at)
    return [Block(start, end, line, role) for (start, end, line), role in zip(lines, roles, strict=True)]


_Line = tuple[int, int, str]


def _lines(text: str) -> list[_Line]:
    found = []
    at = 0
    for raw in text.splitlines(keepends=True):
        line = raw.strip(_BLANK)
        if line:
            start = at if raw[0] == line[0] else at + len(raw) - len(raw.lstrip(_BLANK))
            found.append((start, start + len(line), line))
        at += len(raw)
    return found


def _is_paragraph(line: str) -> bool:
    """Whether a line is a full paragraph: long, or of some length and ending as a sentence does."""
    size = len(line)
    return size >= _FULL or (size >= _PARAGRAPH and _SENTENCE_END.search(line, size - 4) is not None)


def _edges(lines: list[_Line], roles: list[str]) -> tuple[int, int]:
    """The first and the last full paragraph (as an end, exclusive) of the story; notices to the reader on the way are marked."""
    head, tail = 0, len(lines)
    for found in range(2):  # one paragraph further: the writer's portrait may stand below a notice
        at = head + found
        while at < tail and (not _is_paragraph(lines[at][2]) or _mark_notice(lines, roles, at)):
            at += 1
        if not found:
            head = at
    if head == len(lines):
        return head, head
    for found in range(2):
        at = tail - found
        while at > head + 1 and (not _is_paragraph(lines[at - 1][2]) or _mark_notice(lines, roles, at - 1)):
            at -= 1
        if not found:
            tail = at
    return head, tail


def _mark_notice(lines: list[_Line], roles: list[str], at: int) -> bool:
    if roles[at] == "body" and _is_notice(lines[at][2]):
        roles[at] = "boilerplate"
    return roles[at] == "boilerplate"


def _head(lines: list[_Line], roles: list[str], head: int, tail: int, title: str | None) -> int | None:
    """Give the lines before the story their roles; the index of the title, or None."""
    at = _given_title(lines, title) if title is not None else None
    seen = False  # whether the title has been passed
    for index in range(min(head + 1, len(lines))):
        line = lines[index][2]
        if roles[index] != "body":
            continue
        if index == at:
            seen = True
            continue
        role = _role_at_edge(line, "head", below_title=seen) if index < head else None
        if role is not None:
            roles[index] = role
        elif not seen and title is None:
            seen = True
            if _is_headline(lines, roles, index, head):
                at = index
    return at


def _tail(lines: list[_Line], roles: list[str], first: int) -> None:
    """Give the lines after the story's last full paragraph their roles."""
    related: int | None = None
    for index in range(first, len(lines)):
        line = lines[index][2]
        if roles[index] == "body":
            role = _role_at_edge(line, "tail", below_title=True)
            if role is not None:
                roles[index] = role
        if related is None and roles[index] == "boilerplate" and _furniture(line) == "related":
            related = index
    # The last full paragraph has been passed, so what stands below such a header are other stories' headlines, if none ends
    # as a sentence does.
    if related is not None and first > 0 and not any(_UNFINISHED.search(lines[i][2]) for i in range(related, len(lines)) if roles[i] == "body"):
        for index in range(related, len(lines)):
            if roles[index] == "body":
                roles[index] = "boilerplate"


def _role_at_edge(line: str, edge: str, *, below_title: bool) -> str | None:
    if len(line) > _LINE:
        return "boilerplate" if _is_notice(line) else None
    role = _signature(line, below_title=below_title) if len(line) <= 120 else None
    if role is not None:
        return role
    kind = _furniture(line)
    if kind in ("anywhere", "edges", edge, "related") or (kind == "below" and below_title) or _is_notice(line):
        return "boilerplate"
    return None


# ------------------------------------------------------------------------------------------------------------------------ titles


def _title_key(line: str) -> str:
    return " ".join(_WORD.findall(fold_key(line).casefold()))


def _given_title(lines: list[_Line], title: str) -> int | None:
    """The first line that is `title`, also with the site's name after a bar or dash."""
    key = _title_key(title)
    if not key:
        return None
    for index, (_, _, line) in enumerate(lines):
        if len(line) <= 2 * len(title) + 40 and len(line) >= len(title) // 2 and same_title(line, key):
            return index
    return None


def same_title(line: str, key: str) -> bool:
    """Whether `line` is the title with this key (see `title_key`), with or without the site's name after a bar or dash."""
    if _title_key(line) == key:
        return True
    cut = max(line.rfind(mark) for mark in ("|", " - ", " – ", " — ", " :: "))
    return cut > 0 and len(line) - cut <= 40 and _title_key(line[:cut]) == key


title_key = _title_key


def _looks_like_headline(line: str) -> bool:
    return len(line) <= _LINE - 40 and not _UNFINISHED.search(line) and line.count(" ") >= 1 and any(map(str.isalpha, line))


def _is_headline(lines: list[_Line], roles: list[str], at: int, head: int) -> bool:
    """Whether the first line that is left is a headline: it looks like one, and a longer text stands below it.

    Below means after an empty line, or as a full paragraph: two short lines that follow each other are two sentences of a note.
    """
    start, end, line = lines[at]
    if not _looks_like_headline(line):
        return False
    below = next((index for index in range(at + 1, len(lines)) if roles[index] == "body"), None)
    if below is None:
        return False
    if _is_paragraph(lines[below][2]):
        return True
    apart = lines[at + 1][0] - end > 2  # more than one line break
    rest = sum(lines[index][1] - lines[index][0] for index in range(at + 1, len(lines)) if roles[index] == "body")
    return apart and rest >= 1.5 * (end - start)


def _repeated(lines: list[_Line], roles: list[str], at: int | None, tail: int) -> int | None:
    """The title: as found, or the line that the page repeats below a story that opens without one."""
    if at is not None:
        return at
    seen: dict[str, int] = {}
    for index in range(tail, len(lines)):
        line = lines[index][2]
        if roles[index] == "body" and _looks_like_headline(line):
            key = _title_key(line)
            if key in seen:
                return seen[key]
            seen[key] = index
    return None


def _mark_repetitions(lines: list[_Line], roles: list[str], at: int) -> None:
    size = lines[at][1] - lines[at][0]
    key = ""
    for index, (start, end, line) in enumerate(lines):
        if index != at and roles[index] == "body" and 0.7 * size <= end - start <= 1.3 * size + 40:
            key = key or _title_key(lines[at][2])
            if key and same_title(line, key):
                roles[index] = "boilerplate"


# --------------------------------------------------------------------------------------------------------------------- furniture


@lru_cache(maxsize=20_000)
def _furniture(line: str) -> str | None:
    """Where a short line counts as furniture: anywhere, edges, head, tail, below, related (anywhere); None where nowhere."""
    known = _lexicon()
    folded = fold_key(line).casefold()
    if len(folded) <= 2 * _SHORT:
        words = _WORD.findall(_NUMBER.sub("0", folded))
        if not words:
            return "anywhere"  # a rule, a row of dots
        key = " ".join(words)
        where = known.whole.get(key)
        if where is None and len(key) >= 10 and not key.isascii():
            where = next((known.near[near] for near in _one_less(key) if near in known.near), None)
        if where is not None:
            return "inside-number" if key == "0" and _is_year(folded) else where
        if known.buttons.fullmatch(key) or _HASHTAGS.fullmatch(folded):
            return "edges"
        if _ADDRESS.fullmatch(folded):
            return "edges"
    for opening, limit, where in known.openings:
        if len(folded) <= limit and opening.match(folded):
            return where
    return None


_HASHTAGS = re.compile(r"(?:#\w+[ ,،|]*)+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+")


def _is_year(folded: str) -> bool:
    return re.fullmatch(r"\W*(?:19|20)\d\d\W*", folded) is not None


def _one_less(key: str) -> Iterator[str]:
    """The key, and the key without any one of its letters: two keys that share one of these differ by one slip of the keyboard."""
    yield key
    for index in range(len(key)):
        yield key[:index] + key[index + 1 :]


@lru_cache(maxsize=5_000)
def _is_notice(line: str) -> bool:
    """Whether the site speaks to its reader: cookies, consent, newsletters. A line with quote marks is a story about that."""
    if len(line) > _NOTICE or _QUOTED.search(line):
        return False
    known = _lexicon()
    folded = fold_key(line).casefold()
    if not known.notice_sign.search(folded):
        return False
    return any(len(folded) <= limit and all(each.search(folded) for each in signs) for signs, limit in known.notices)


class _Known(NamedTuple):
    whole: dict[str, str]  # key of the line -> where
    near: dict[str, str]  # key without one letter -> where
    openings: list[tuple[re.Pattern[str], int, str]]
    notices: list[tuple[list[re.Pattern[str]], int]]
    notice_sign: re.Pattern[str]  # any phrase of the notices' first lists
    buttons: re.Pattern[str]


def _keys(phrases: Iterable[str]) -> list[str]:
    return [" ".join(_WORD.findall(fold_key(phrase).casefold())) for phrase in phrases]


def _bounded(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternation([fold_key(phrase).casefold() for phrase in phrases], folded=True)}(?!\w)")


@cache
def _lexicon() -> _Known:
    lexicon = read("boilerplate")
    whole: dict[str, str] = {}
    near: dict[str, str] = {}
    for group in lexicon["whole"]:
        where = "related" if group.get("related") else group["where"]
        for key in _keys(group["phrases"]):
            whole.setdefault(key, where)
            if len(key) >= 10 and where in ("anywhere", "related"):  # long enough that one slip makes no other phrase
                for less in _one_less(key):
                    near.setdefault(less, where)
    openings = []
    for group in lexicon["opening"]:
        phrases = alternation([fold_key(phrase).casefold() for phrase in group["phrases"]], folded=True)
        mark = r" *[:|/»>\-–—]" if group.get("colon") else ""
        openings.append((re.compile(rf"[\W_]*{phrases}(?!\w){mark}"), int(group["limit"]), str(group["where"])))
    notices = [([_bounded(phrases) for phrases in group["all"]], int(group["limit"])) for group in lexicon["notice"]]
    sign = _bounded(phrase for group in lexicon["notice"] for phrase in group["all"][0])
    buttons = alternation(_keys(lexicon["networks"]["phrases"]), folded=True)
    return _Known(whole, near, openings, notices, sign, re.compile(rf"{buttons}(?: {buttons})*"))


# -------------------------------------------------------------------------------------------------------------------- signatures


@lru_cache(maxsize=20_000)
def _signature(line: str, *, below_title: bool) -> str | None:
    """`dateline` or `byline` for a line that is nothing else; `below_title` allows what a headline could look like too."""
    folded = fold_key(line).casefold()
    if _is_dateline(folded, below_title=below_title):
        return "dateline"
    if len(folded) <= 80 and not _SENTENCE_END.search(folded):
        known = _signatures()
        match = known.sure.fullmatch(folded) or known.colon.fullmatch(folded) or (known.loose.fullmatch(folded) if below_title else None)
        if match:
            return "byline"
    return "byline" if len(folded) <= _SHORT and _is_agency_line(folded, below_title=below_title) else None


def _is_dateline(folded: str, *, below_title: bool) -> bool:
    """A date or a clock time and words that go with it; with a day and a sign that it is a signature, also a place."""
    known = _signatures()
    if not known.time_sign.search(folded):
        return False
    stamp = read_stamp(folded)
    hijri = known.hijri.search(stamp.rest) is not None
    dated = stamp.dated or hijri
    rest = _words(known.beside.sub(" ", " " + " ".join(_words(known.hijri.sub(" ", stamp.rest))) + " "))
    rest = [word for word in rest if not word.isdigit()] if dated or stamp.timed else rest
    if not rest:
        return dated or stamp.timed or known.weekday.search(folded) is not None
    if not stamp.dated or len(rest) > 3:
        return False
    place = known.agency.search(folded) is not None or hijri or re.search(r"[(/|]|[-–—،:] ?\d", folded) is not None
    return place and (below_title or len(rest) <= 2)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _is_agency_line(folded: str, *, below_title: bool) -> bool:
    """Names of agencies alone; with a place or a site before them where a slash or dash parts them; initials at the end."""
    known = _signatures()
    pieces = [piece for piece in (" ".join(_words(piece)) for piece in _PIECES.split(folded)) if piece]
    if not pieces:
        return False
    strange = [piece for piece in pieces if not known.agencies.fullmatch(piece)]
    if not strange:
        return True
    if all(_INITIALS.fullmatch(piece) for piece in strange):
        return below_title and (len(strange) < len(pieces) or "." in folded)
    return len(strange) == 1 and strange[0] == pieces[0] and len(pieces) > 1 and strange[0].count(" ") <= 1 and bool(_PARTED.search(folded))


_PIECES = re.compile(r"[/\\|،,()\[\]«»\"“”+&;:–—-]| و(?=\w{2})")
_PARTED = re.compile(r"[/|(–—-]")
_INITIALS = re.compile(r"\w(?: \w){1,3}")


class _Signs(NamedTuple):
    sure: re.Pattern[str]
    colon: re.Pattern[str]
    loose: re.Pattern[str]
    agencies: re.Pattern[str]  # one or more names, as a key
    agency: re.Pattern[str]
    time_sign: re.Pattern[str]
    weekday: re.Pattern[str]
    beside: re.Pattern[str]
    hijri: re.Pattern[str]


@cache
def _signatures() -> _Signs:
    lexicon = read("boilerplate")
    byline, calendar, dateline = lexicon["byline"], lexicon["calendar"], lexicon["dateline"]
    name = r"[^\W\d][\w.'’-]*"
    names = rf"{name}(?:(?: *[،,/&–-] *| ){name}){{0,5}}"
    sure, colon, loose = (alternation(fold_key(each).casefold() for each in byline[key]) for key in ("sure", "colon", "colon_after_title"))
    agencies = alternation(_keys(lexicon["agencies"]["phrases"]), folded=True)
    weekdays = [fold_key(day).casefold() for day in calendar["weekdays"]]
    months = [fold_key(name).casefold() for names_ in calendar["months"] for name in names_]
    beside = [*_keys(dateline["phrases"]), *_keys(dateline["updated"] + dateline["after_noon"] + dateline["before_noon"]), *weekdays, *months]
    hijri = alternation(calendar["hijri"])
    return _Signs(
        re.compile(rf"\W*{sure}(?!\w) *[:/|–-]? *{names}\W*"),
        re.compile(rf"\W*{colon} *[:/|–-] *{names}\W*"),
        re.compile(rf"\W*{loose} *[:/|–-] *{name}(?: {name}){{0,3}}\W*"),
        re.compile(rf"{agencies}(?: {agencies})*"),
        re.compile(rf"(?<!\w){agencies}(?!\w)"),
        re.compile(rf"\d|(?<!\w){alternation(weekdays, folded=True)}(?!\w)"),
        re.compile(rf"(?<!\w){alternation(weekdays, folded=True)}(?!\w)"),
        re.compile(rf"(?<= )(?:{alternation(beside, folded=True)}|{agencies})(?= )"),
        re.compile(rf"(?<!\w)\d{{1,2}} ?(?:من )?(?:شهر )?{hijri}(?: ?،? ?(?:عام |سنه )?\d{{4}} ?(?:ه(?!\w))?)?"),
    )
