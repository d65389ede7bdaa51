"""The roles of the lines of a page: its edges, its story, its title."""

from __future__ import annotations

import re
from typing import NamedTuple

from analysis.blocks.furniture import furniture, is_notice, may_notify, may_point
from analysis.blocks.lines import BLANK, LINE, SENTENCE_END, SHORT, WORD, same_title, title_key
from analysis.blocks.signatures import signature
from analysis.text import Folded, fold

_NOTICE = 900  # what a site tells its reader at most
_FULL = 180  # a line that long is a paragraph, full stop or not
_PARAGRAPH = 60  # a line that long is a paragraph when it ends with a full stop
_QUESTION = 120  # or that long with another mark: headlines end with those too
_ABOVE, _BELOW = 40, 120  # lines: as much furniture as a page has over and under its story
_FULL_STOP = re.compile(r"(?<!\.)\.[\"'”“»«’)\]]*$")
_UNFINISHED = re.compile(r"(?:(?<!\.)\.|[،,؛;:])[\"'”“»«’)\]]*$")
_QUOTED = re.compile(r"[«»“”„\"]")


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
    for index in range(head, tail):
        line = lines[index][2]
        # Inside the story a line is looked up where it is as short as a button, else only where it opens as a pointer does.
        asked = len(line) <= SHORT or (len(line) <= LINE and may_point(line))
        if asked and furniture(page.folded(index)) in ("anywhere", "below", "related"):
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
            line = raw.strip(BLANK)
            if line:
                start = at if raw[0] == line[0] else at + len(raw) - len(raw.lstrip(BLANK))
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
        self.may_notify = not doc.is_cut or may_notify(doc.tokens)

    def folded(self, index: int) -> str:
        """A line folded, in small letters."""
        doc, (start, end, _) = self._doc, self.lines[index]
        return doc.folded[doc.to_folded(start) : doc.to_folded(end)].lower()

    def key(self, index: int) -> str:
        return " ".join(WORD.findall(self.folded(index)))


def _is_paragraph(line: str) -> bool:
    """Whether a line is a full paragraph: long, or of some length and ending as a sentence does."""
    size = len(line)
    if size < _PARAGRAPH or size >= _FULL:
        return size >= _FULL
    return (SENTENCE_END if size >= _QUESTION else _FULL_STOP).search(line, size - 4) is not None


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
        if related is None and roles[index] == "boilerplate" and furniture(page.folded(index)) == "related":
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
    if size <= LINE:
        folded = page.folded(index)
        role = signature(folded, below_title=below_title) if size <= 2 * SHORT else None
        if role is not None:
            return role
        where = furniture(folded)
        if where in ("anywhere", "edges", edge, "related") or (where == "below" and below_title):
            return "boilerplate"
    return "boilerplate" if _is_notice(page, index) else None


def _is_notice(page: _Page, index: int) -> bool:
    """Whether the site speaks to its reader, of cookies, consent, newsletters: then the line is marked.

    A line with quote marks is a story about that.
    """
    if page.roles[index] != "body":
        return True
    line = page.lines[index][2]
    if not page.may_notify or len(line) > _NOTICE or _QUOTED.search(line):
        return False
    if is_notice(page.folded(index)):
        page.roles[index] = "boilerplate"
        return True
    return False


# Titles


def _given_title(page: _Page, title: str) -> int | None:
    """The first line that is `title`."""
    key = title_key(title)
    for index, (_, _, line) in enumerate(page.lines if key else ()):
        if 0.7 * len(title) <= len(line) <= 1.3 * len(title) + 40 and same_title(page.folded(index), key):
            return index
    return None


def _looks_like_headline(line: str) -> bool:
    return len(line) <= LINE - 40 and " " in line and not _UNFINISHED.search(line, len(line) - 4) and any(map(str.isalpha, line))


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
        if key and same_title(page.folded(index), key):
            roles[index] = "boilerplate"
