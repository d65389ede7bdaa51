"""Articles with their spans marked, words in their context, and tables, as HTML for people who read from right to left.

In go the package's tables, out comes HTML for a notebook (`show`, `kwic`, `table_html`) or a page of its own (`page`). Everything
that came from outside is escaped and isolated; nothing here needs a script or another site.

>>> import pandas as pd
>>> articles = pd.DataFrame({"article_id": ["a"], "text": ["وأكّدت «قسد» أن الدعم مستمر."]})
>>> hits = kwic(articles, "اكدت قسد")
>>> len(hits), kwic(articles, "قَسَد")["keyword"].tolist()
(0, ['قسد'])
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from analysis import lexicon, schema, wording
from analysis.errors import InputError, Problem
from analysis.extract.amounts import qualified_span
from analysis.rows import Worded, cells, coded, headings
from analysis.text import QUOTED, Folded, closed, fold, fold_key, whole_quotations
from analysis.wording import isolate, join, missing, number, say, shortened, word

# The tables with spans of an article, and what their marks are. A statement's cue and source are marks too.
_KINDS = {"statements": "content", "amounts": "amount", "dates": "date", "mentions": "mention", "hedges": "hedge"}
MARKS = ("content", "source", "cue", "hedge", "mention", "amount", "date")  # outermost first where two have the same span
_LEADS = ("amount", "time")  # columns that say what the marked words mean
_UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 280
_OPEN_ROWS = 20  # a longer table below an article is folded away until it is asked for
_SHORT_CELL = 16  # characters of a cell that stay on one line
_NAMED_OUTLETS, _NAMED_PROBLEMS = 12, 20


class _Mark(NamedTuple):
    """A marked span of the article and what is known about it; `span` is the row's own, by which reports lead to it."""

    start: int
    end: int
    kind: str
    anchor: str
    statement: int | None
    about: str
    span: str = ""


@dataclass(frozen=True)
class Shown:
    """An article with its spans marked: HTML in a notebook, plain text elsewhere."""

    article: dict[str, Any]
    marks: tuple[_Mark, ...] = field(repr=False)
    blocks: tuple[tuple[int, int, str], ...] = field(repr=False)
    language: str = "ar"

    def _repr_html_(self) -> str:
        return f"<style>{_css('show')}</style>{self.html()}"

    def html(self) -> str:
        """The article, its head and the key to its marks, without the style sheet."""
        text, language = str(self.article["text"]), self.language
        direction = "rtl" if wording.right_to_left(language) else "ltr"
        parts = [f'<div class="na-show" lang="{language}" dir="{direction}">', self._head(), self._key()]
        parts.append('<article lang="ar" dir="rtl">')
        seen: set[str] = set()
        marks = iter(self.marks)
        waiting = next(marks, None)
        active: list[_Mark] = []
        for start, end, role in self.blocks:
            while waiting is not None and waiting.start < end:
                active.append(waiting)
                waiting = next(marks, None)
            active = [mark for mark in active if mark.end > start]
            body = _marked(text, start, end, active, seen, language)
            if role == "boilerplate":
                label = f'<span class="role" lang="{language}">{escape(say("role.boilerplate", language))}</span> '
                parts.append(f'<p class="boilerplate">{label}{body}</p>')
            else:
                parts.append(f'<p class="{role}">{body}</p>')
        parts.append("</article></div>")
        return "".join(parts)

    def _head(self) -> str:
        about = [f"<bdi>{_safe(self.article['outlet'])}</bdi>" if not missing(self.article.get("outlet")) else ""]
        if not missing(self.article.get("published")):
            about.append(escape(wording.stamp(self.article["published"], self.language)))
        name = wording.isolate(self.article["article_id"])
        about.append(f"<bdi>{_safe(say('display.identifier', self.language, name=name))}</bdi>")
        address = self.article.get("url")
        if not missing(address) and re.match(r"https?://[^\s<>\"']+\Z", str(address), re.IGNORECASE):
            name = escape(say("display.source", self.language))
            about.append(f'<a href="{escape(str(address))}" rel="noreferrer noopener">{name}</a>')
        return '<p class="about">' + escape(say("general.separator", self.language)).join(part for part in about if part) + "</p>"

    def _key(self) -> str:
        items = []
        for kind in MARKS:
            n = sum(mark.kind == kind for mark in self.marks)
            tag = f'<span class="tag t-{kind}" aria-hidden="true">{escape(word("tag", kind, self.language))}</span>'
            name = f'<span class="m {kind}">{escape(word("mark", kind, self.language))}</span>'
            items.append(f"<li>{tag}{name} {number(n, self.language)}</li>")
        label = escape(say("display.legend", self.language))
        return f'<ul class="key" aria-label="{label}">{"".join(items)}</ul>'

    def __str__(self) -> str:
        """The text, then a line for each mark: its letter, its words and what is known about them."""
        text = str(self.article["text"])
        lines = [
            f"[{word('tag', mark.kind, self.language)}] {wording.plain(text[mark.start : mark.end])} ({mark.about})"
            for mark in self.marks
        ]
        return "\n".join([text, "", *lines])


def show(tables: Any, article_id: str, *, language: str = "ar") -> Shown:
    """The article with its statements, cues, sources, amounts, dates, mentions and hedges marked.

    Each kind has a line style, a letter and a colour of its own; hovering over a mark, or reaching its letter by keyboard or
    touch, shows its row. Readers see statements and rows counted from 1. The row n (from 0, as in the tables) of the article in a
    table has the anchor `amounts-n`; cues and sources have `statements-n-cue` and `statements-n-source`; each marked span also has
    `sSTART-END`. `tables` has the tables of
    `analysis.schema` as attributes. Raises `InputError` for an article that is not there and for a language there are no words in.
    """
    wording.check_language(language)
    found = tables.articles[tables.articles["article_id"] == article_id]
    if not len(found):
        known = ", ".join(map(repr, tables.articles["article_id"].head(3)))
        raise InputError(
            f"`article_id` value = {article_id!r} is invalid; there is no such article"
            + (f"; there are {known}, …" if known else "")
        )
    article = {str(name): value for name, value in found.iloc[0].to_dict().items()}
    text = str(article["text"])
    marks = [mark for name in _KINDS for mark in _marks(tables, name, article_id, text, language)]
    marks.sort(key=lambda mark: (mark.start, -mark.end, MARKS.index(mark.kind), mark.anchor))
    return Shown(article, tuple(marks), tuple(_blocks(tables, article_id, text)), language)


def _rows(tables: Any, name: str, article_id: str) -> pd.DataFrame:
    table: pd.DataFrame | None = getattr(tables, name, None)
    return schema.frame(name, {}) if table is None else table[table["article_id"] == article_id]


def _blocks(tables: Any, article_id: str, text: str) -> Iterator[tuple[int, int, str]]:
    """The article's blocks, and as body whatever stands between them and is more than space."""
    rows = _rows(tables, "blocks", article_id)
    at = 0
    known = sorted(
        (max(0, int(a)), min(len(text), int(b)), str(role))
        for a, b, role in zip(rows["start"], rows["end"], rows["role"], strict=True)
    )
    for start, end, role in [*known, (len(text), len(text), "")]:
        for line in re.finditer(r"[^\n]*\S[^\n]*", text[at:start]):
            yield at + line.start(), at + line.end(), "body"
        if role and end > max(start, at):
            yield max(start, at), end, role
        at = max(at, end)


def _marks(tables: Any, name: str, article_id: str, text: str, language: str) -> Iterator[_Mark]:
    size = len(text)
    for place, row in enumerate(_rows(tables, name, article_id).to_dict("records")):
        start, end = int(row["start"]), int(row["end"])
        if not 0 <= start < end <= size:
            continue  # rows of other versions of the text
        about = _about(name, {str(key): value for key, value in row.items()}, language)
        statement = None if missing(row.get("statement")) else int(row["statement"])
        n = statement if name == "statements" and statement is not None else place
        shown = start, end
        if name == "statements":
            shown = whole_quotations(text, start, end)
        elif name == "amounts":
            shown = qualified_span(text, start, end, str(row.get("modifier") or "exact"))
        yield _Mark(*shown, _KINDS[name], f"{name}-{n}", statement, about, f"s{start}-{end}")
        for part in ("cue", "source") if name == "statements" else ():
            first, last = (-1 if missing(row.get(end)) else int(row[end]) for end in (f"{part}_start", f"{part}_end"))
            if 0 <= first < last <= size:
                yield _Mark(first, last, part, f"{name}-{n}-{part}", statement, about, f"s{first}-{last}")


def _about(name: str, row: dict[str, Any], language: str) -> str:
    """A row in words: the amount or time that the words mean, then what the columns say, those without a value left out."""
    lead, parts = [], []
    for column, cell in cells(name, row, language).items():
        said = join((cell.text, cell.under), language) if cell.under else cell.text
        if column in _LEADS:
            lead.append(said)
        elif row.get(column) is not False:
            parts.append(f"{word('column', column, language)}: {said}")
    return join([*lead, *parts], language, comma="list_semicolon")


def _marked(text: str, start: int, end: int, marks: Sequence[_Mark], seen: set[str], language: str) -> str:
    """A block's text with its marks as nested elements; marks that overlap without nesting are taken up again in pieces.

    A mark's letter stands before the whole word that it begins in, so that it parts none.
    """
    words = {mark.start: _word_start(text, max(start, mark.start), start) for mark in marks}
    ends = sorted({start, end, *words.values(), *(min(max(at, start), end) for mark in marks for at in (mark.start, mark.end))})
    before = [mark for mark in marks if mark.start >= start and words[mark.start] < mark.start]
    parts: list[str] = []
    waiting, active = list(marks), list[_Mark]()
    opened: list[_Mark] = []
    place = 0
    for left, right in pairwise(ends):
        while place < len(waiting) and waiting[place].start <= left:
            active.append(waiting[place])
            place += 1
        active = [mark for mark in active if mark.end > left]  # stays in order: outermost first
        same = 0
        while same < min(len(opened), len(active)) and opened[same] is active[same]:
            same += 1
        parts.append("</span>" * len(opened[same:]))
        for mark in active[same:]:
            parts.append(_opening(mark, seen, language) + _letter(mark, seen, language))
        opened = list(active)
        parts.extend(_letter(mark, seen, language) for mark in before if words[mark.start] == left)
        parts.append(_safe(text[left:right]))
    parts.append("</span>" * len(opened))
    return "".join(parts)


def _word_start(text: str, at: int, first: int) -> int:
    """Where the word begins that `at` is within; `at` where it is within none."""
    if at >= len(text) or not _is_written(text[at]):
        return at
    while at > first and (_is_written(text[at - 1]) or (at - 1 > first and text[at - 1] in QUOTED and _is_written(text[at - 2]))):
        at -= 1  # also from «قسد» in لـ«قسد»
    return at


def _is_written(character: str) -> bool:
    return character.isalnum() or unicodedata.combining(character) > 0


def _opening(mark: _Mark, seen: set[str], language: str) -> str:
    """The start of a marked element, with the span's anchor."""
    anchor = "" if mark.span in seen else f' id="{mark.span}"'
    seen.add(mark.span)
    return f'<span{anchor} class="m {mark.kind}" title="{_said(mark, language)}">'


def _said(mark: _Mark, language: str) -> str:
    return _safe(f"{word('mark', mark.kind, language)}. {mark.about}")


def _letter(mark: _Mark, seen: set[str], language: str) -> str:
    """The letter before a mark, which shows its row; nothing where the mark has had it."""
    if mark.anchor in seen:
        return ""
    seen.add(mark.anchor)
    about = _said(mark, language)
    letter = word("tag", mark.kind, language)
    if mark.statement is not None and mark.kind in ("content", "cue", "source"):
        letter += number(mark.statement + 1, language)
    direction = "rtl" if wording.right_to_left(language) else "ltr"
    tip = f'<span class="tip" lang="{language}" dir="{direction}" aria-hidden="true">{about}</span>'
    return (
        f'<a class="tag t-{mark.kind}" id="{mark.anchor}" href="#{mark.anchor}" lang="{language}" '
        f'aria-label="{escape(letter)}: {about}">'
        f"{escape(letter)}{tip}</a>"
    )


def _safe(text: object) -> str:
    """Text from outside as HTML: escaped, and what no page may hold replaced."""
    return escape(_UNSHOWN.sub("\ufffd", str(text)))


@cache
def _css(*names: str) -> str:
    source = files("analysis").joinpath("display.css").read_text(encoding="utf-8")
    parts = dict(re.findall(r"/\* = (\w+) [^*]*\*/\n(.*?)(?=/\* = |\Z)", source, re.DOTALL))
    return "".join(re.sub(r"\n\s*", "", parts[name]) for name in names)


def page(tables: Any, article_id: str, language: str = "ar", *, home: str = "") -> str:
    """A whole HTML page with the article marked and its rows in tables below, each row leading to its words.

    `home` is the address of the reports it belongs to, if any, for a link back. The page loads nothing from anywhere: its content
    security policy allows its own style sheet with the font inside, and nothing else. Raises `InputError` as `show`.
    """
    from analysis.font import font_faces

    shown = show(tables, article_id, language=language)
    # The same letters for every article, so that the font is cut once for all of them.
    style = font_faces("") + _css("show", "tables", "page")
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; font-src data:; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    label = escape(say("display.home", language))
    back = f'<nav aria-label="{label}"><a href="{escape(home)}">{label}</a></nav>' if home else ""
    name = shown.article.get("title")
    title = wording.plain(article_id if missing(name) else name)
    direction = "rtl" if wording.right_to_left(language) else "ltr"
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{language}" dir="{direction}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{_safe(title)}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            f'<a class="skip" href="#text">{escape(say("display.skip", language))}</a>',
            f'<header>{back}<h1 dir="auto">{_safe(title)}</h1></header>',
            f'<main id="text" tabindex="-1">{shown.html()}{_tables_below(tables, article_id, language)}</main>',
            "</body>",
            "</html>",
            "",
        )
    )


def _tables_below(tables: Any, article_id: str, language: str) -> str:
    parts = []
    text = str(tables.articles.loc[tables.articles["article_id"] == article_id, "text"].iloc[0])
    for name in _KINDS:
        rows = _rows(tables, name, article_id)
        if not len(rows):
            continue
        keys = rows["statement"] if name == "statements" else range(len(rows))
        numbered = {f"{name}-{key}": int(key) + 1 for key in keys}
        head = f"{word('table', name, language)} ({number(len(rows), language)})"
        body = _table(_told(rows.head(2000), name, text, language), None, language, rows=2000, label=head, numbered=numbered)
        is_open = " open" if len(rows) <= _OPEN_ROWS else ""
        parts.append(f'<details{is_open}><summary><h2 id="table-{name}">{escape(head)}</h2></summary>{body}</details>')
    return "".join(parts)


def _told(rows: pd.DataFrame, name: str, text: str, language: str) -> pd.DataFrame:
    """The rows of a table in words, with the headings that any of them has something under; statements without their number, which
    is that of the row.
    """
    said = [cells(name, {str(key): value for key, value in row.items()}, language) for row in rows.to_dict("records")]
    shown = [each for each in headings(name) if any(each in row for row in said) and (name, each) != ("statements", "statement")]
    ends = zip(rows["text"].tolist(), rows["end"].tolist(), strict=True)
    columns: dict[str, list[Any]] = {"text": [closed(words, text[int(end) :]) for words, end in ends]}
    columns |= {each: [row.get(each) for row in said] for each in shown}
    return pd.DataFrame(columns, dtype="object")


def table_html(
    frame: pd.DataFrame, *, language: str = "ar", rows: int = 50, columns: Sequence[str] | None = None, caption: str = ""
) -> str:
    """The first `rows` rows of a table as HTML to read: headings in words, numbers and dates in the language's convention, a dash
    for no value.

    `columns` keeps those, in that order. What is not shown is counted in a note. Raises `InputError` for a column that is not
    there.
    """
    for name in columns or ():
        if name not in frame.columns:
            raise InputError(f"`columns` value = {name!r} is invalid; value must be one of {', '.join(map(repr, frame.columns))}")
    names = list(frame.columns) if columns is None else list(columns)
    label = caption or say("display.scroll", wording.check_language(language))
    return f"<style>{_css('show', 'tables')}</style>" + _table(frame, names, language, rows=rows, label=label, caption=caption)


def _table(
    frame: pd.DataFrame,
    names: Sequence[str] | None,
    language: str,
    *,
    rows: int,
    label: str,
    caption: str = "",
    numbered: Mapping[str, int] | None = None,
) -> str:
    """`numbered` are the anchors that the rows lead to, each with its row's number."""
    direction = "rtl" if wording.right_to_left(language) else "ltr"
    columns = [_column(frame[name].head(rows), str(name), language) for name in (frame.columns if names is None else names)]
    head = "".join(th for th, _ in columns)
    first = f'<th scope="col" class="number">{escape(say("display.row", language))}</th>' if numbered else ""
    anchors = list(numbered.items()) if numbered else []
    body = []
    for place in range(min(rows, len(frame))):
        link = ""
        if anchors:
            anchor, n = anchors[place]
            link = f'<td class="number"><a href="#{anchor}">{number(n, language)}</a></td>'
        body.append(f"<tr>{link}{''.join(each[place] for _, each in columns)}</tr>")
    if not body:
        body.append(f'<tr><td colspan="{max(1, len(columns))}">{escape(say("general.no_rows", language))}</td></tr>')
    note = ""
    if len(frame) > rows:
        words = say("display.rows_shown", language, shown=number(rows, language), all=number(len(frame), language))
        note = f'<p class="note">{escape(words)}</p>'
    titled = f"<caption>{_safe(caption)}</caption>" if caption else ""
    return (
        f'<div class="na-table" lang="{language}" dir="{direction}">'
        f'<div class="scroll" role="region" tabindex="0" aria-label="{_safe(label)}">'
        f"<table>{titled}<thead><tr>{first}{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>{note}</div>"
    )


def _column(values: Iterable[Any], name: str, language: str) -> tuple[str, list[str]]:
    """A column's header and cells; where it has numbers all of it stands at their end of the column."""
    made = [_cell(value, name, language) for value in values]
    numbers = any(kind == "number" for kind, _ in made)
    kinds = [f"{kind} number" if numbers and kind == "none" else kind for kind, _ in made]
    side = ' class="number"' if numbers else ""
    header = f'<th scope="col"{side}>{_safe(word("column", name, language))}</th>'
    return header, [f'<td class="{kind}">{html}</td>' for kind, (_, html) in zip(kinds, made, strict=True)]


def _cell(value: Any, name: str, language: str) -> tuple[str, str]:
    """What kind of cell it is, by which it is aligned, and its content."""
    if missing(value):
        return "none", f'<span aria-label="{escape(say("display.null", language))}" role="img">–</span>'
    if isinstance(value, str):
        value = coded(name, value, language) or value
    if isinstance(value, Worded):
        return _worded(value, language)
    if isinstance(value, str):
        text = word(name, value, language) if len(value) < 24 else value
        text = shortened(text, _LONGEST_CELL)
        kind = "long" if len(text) > 40 else "text short" if len(text) <= _SHORT_CELL else "text"
        return kind, f"<bdi>{_safe(text)}</bdi>"
    if isinstance(value, list | tuple | set | frozenset):
        return "text", escape(say("general.list_comma", language)).join(f"<bdi>{_safe(each)}</bdi>" for each in value)
    kind = "number" if hasattr(value, "__float__") and not isinstance(value, bool) else "text short"
    return kind, f"<bdi>{_safe(wording.plain_value(value, language))}</bdi>"


def _worded(value: Worded, language: str) -> tuple[str, str]:
    """A cell in the reader's words, which run as the page does; what they hold of the article is isolated within them."""
    direction = "rtl" if wording.right_to_left(language) else "ltr"
    code = f' title="{_safe(value.code)}"' if value.code and value.code != value.text else ""
    under = f'<span class="under"><bdi>{_safe(value.under)}</bdi></span>' if value.under else ""
    kind = "number" if value.numeric else "text short" if max(map(len, (value.text, value.under))) <= _SHORT_CELL else "text"
    return kind, f'<bdi dir="{direction}"{code}>{_safe(value.text)}</bdi>{under}'


def overview(tables: Any, *, language: str = "ar") -> str:
    """What a corpus holds, as HTML: how many articles of which outlets and days, the rows of each table, what could not be read.

    This is how `Tables` show themselves in a notebook. Raises `InputError` for a language there are no words in.
    """
    direction = "rtl" if wording.right_to_left(wording.check_language(language)) else "ltr"
    rows = "".join(
        f'<tr><th scope="row">{escape(word("table", name, language))}</th>'
        f'<td class="number">{number(len(getattr(tables, name)), language)}</td>'
        f'<td class="text">{escape(word("holds", name, language))}</td>'
        f'<td class="text"><code dir="ltr">.{name}</code></td></tr>'
        for name in schema.TABLES
    )
    heads = "".join(f'<th scope="col">{escape(say(f"display.{key}", language))}</th>' for key in ("table", "rows", "holds", "name"))
    label = escape(say("display.corpus", language))
    return (
        f"<style>{_css('show', 'tables')}</style>"
        f'<div class="na-table overview" lang="{language}" dir="{direction}">'
        f'<div class="scroll" role="region" tabindex="0" aria-label="{label}">'
        f"<table><caption>{label}: {_span_of(tables.articles, language)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        f"{_outlets_of(tables.articles, language)}{_problems_of(tables.problems, language)}</div>"
    )


def _span_of(articles: pd.DataFrame, language: str) -> str:
    """How many articles and outlets, and from when to when."""
    parts = [wording.counted("article", len(articles), language)]
    if articles["outlet"].notna().any():
        parts.append(wording.counted("outlet", articles["outlet"].nunique(), language))
    dated = articles["published"].dropna()
    if len(dated):
        first, last = (wording.day(each, language) for each in (dated.min(), dated.max()))
        parts.append(first if first == last else say("display.from_to", language, first=first, last=last))
    if len(dated) < len(articles):
        parts.append(say("display.undated", language, n=number(len(articles) - len(dated), language)))
    return escape(join(parts, language, comma="list_semicolon"))


def _outlets_of(articles: pd.DataFrame, language: str) -> str:
    """The outlets with most articles, and how many each has."""
    counts = articles["outlet"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    if not len(counts):
        return ""
    named = [f"<bdi>{_safe(name)}</bdi> ({number(int(n), language)})" for name, n in counts.head(_NAMED_OUTLETS).items()]
    if len(counts) > len(named):
        named.append(escape(say("display.more", language, n=number(len(counts) - len(named), language))))
    return (
        f'<p class="note">{escape(say("display.outlets", language))}: {escape(say("general.list_comma", language)).join(named)}</p>'
    )


def _problems_of(problems: pd.DataFrame, language: str) -> str:
    """What could not be read: how much, and the first of it by name."""
    if not len(problems):
        return ""
    few = problems.head(_NAMED_PROBLEMS)
    lines = [
        f"<li><bdi>{_safe(Problem(str(path), None if missing(line) else int(line), str(reason)))}</bdi></li>"
        for path, line, reason in zip(few["path"], few["line"], few["reason"], strict=True)
    ]
    if len(problems) > len(few):
        lines.append(f"<li>{escape(say('display.more', language, n=number(len(problems) - len(few), language)))}</li>")
    head = escape(say("display.unread", language, n=number(len(problems), language)))
    return f"<details><summary>{head}</summary><ul>{''.join(lines)}</ul></details>"


class Concordance(pd.DataFrame):
    """The result of `kwic`: a DataFrame that shows itself as a concordance, with the keyword in the middle."""

    _metadata = ["sought", "language"]  # noqa: RUF012 - pandas' own protocol
    sought: str
    language: str

    @property
    def _constructor(self) -> type[Concordance]:
        return Concordance

    def _repr_html_(self) -> str:
        language = getattr(self, "language", "ar")
        if not {"pre", "keyword", "post"} <= set(self.columns):
            return table_html(pd.DataFrame(self), language=language)
        return f"<style>{_css('show', 'tables')}</style>{self.html()}"

    def html(self, *, rows: int = 100) -> str:
        """The first `rows` places as a table, without the style sheet."""
        language = getattr(self, "language", "ar")
        direction = "rtl" if wording.right_to_left(language) else "ltr"
        counts = [wording.counted("hit", len(self), language), wording.counted("article", self["article_id"].nunique(), language)]
        title = say("display.kwic_title", language, query=isolate(getattr(self, "sought", "")))
        found = say("display.kwic_found", language, hits=counts[0], articles=counts[1])
        heads = "".join(
            f'<th scope="col" class="{name}">{escape(word("column", name, language))}</th>' for name in (*_CONTEXT, "article_id")
        )
        body = "".join(
            "<tr>"
            + "".join(
                f'<td class="{name}"><bdi lang="ar" dir="rtl">{_safe(text)}</bdi></td>'
                for name, text in zip(_CONTEXT, row[1:], strict=True)
            )
            + f'<td class="article_id"><bdi>{_safe(row[0])}</bdi></td></tr>'
            for row in self[["article_id", *_CONTEXT]].head(rows).itertuples(index=False, name=None)
        )
        note = ""
        if len(self) > rows:
            words = say("display.rows_shown", language, shown=number(rows, language), all=number(len(self), language))
            note = f'<p class="note">{escape(words)}</p>'
        return (
            f'<div class="na-table kwic" lang="{language}" dir="{direction}">'
            f'<div class="scroll" role="region" tabindex="0" aria-label="{_safe(title)}">'
            # The text is Arabic whatever the reader's language: what comes before the keyword stands to its right.
            f'<table dir="rtl"><caption dir="{direction}">{_safe(title)}: {escape(found)}</caption>'
            f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>{note}</div>"
        )


_CONTEXT = ("pre", "keyword", "post")


def kwic(articles: pd.DataFrame, query: str, *, window: int = 40, language: str = "ar") -> Concordance:
    """Every place in the articles where `query` occurs, with `window` characters before and after it.

    Spelling variants (أ ا, ى ي, ة ه), vowel signs and tatweel do not matter, nor upper and lower case; the query is matched as
    whole words, to which و ف ب ك ل س and the article may be attached (they are then part of the keyword). Columns: `article_id
    start end` (code points of the keyword), `pre keyword post` (`pre` and `post` in one line, cut at words). Raises `InputError`
    for an empty query, a negative window or a table without `article_id` and `text`.
    """
    pattern = _pattern(query)
    if window < 0:
        raise InputError(f"`window` value = {window!r} is invalid; value must be 0 or more characters")
    for name in ("article_id", "text"):
        if name not in articles.columns:
            raise InputError(f"`articles` has no column {name!r}; it needs article_id, text")
    columns: dict[str, list[Any]] = {name: [] for name in ("article_id", "start", "end", *_CONTEXT)}
    for article_id, text in zip(articles["article_id"], articles["text"], strict=True):
        doc = fold(str(text))
        for found in pattern.finditer(doc.folded):
            start, end = doc.span(*found.span())
            before, after = _context(doc, start, end, window)
            for name, value in zip(columns, (article_id, start, end, before, doc.text[start:end], after), strict=True):
                columns[name].append(value)
    dtypes = {"article_id": "string", "start": "int32", "end": "int32", **dict.fromkeys(_CONTEXT, "string")}
    result = Concordance({name: pd.Series(values, dtype=dtypes[name]) for name, values in columns.items()})
    result.sought, result.language = query, wording.check_language(language)
    return result


def _pattern(query: str) -> re.Pattern[str]:
    """The folded query as whole words, with what may be written on their front."""
    key = fold_key(query)
    if not re.search(r"\w", key):
        raise InputError(f"`query` value = {query!r} is invalid; it must hold at least one letter or digit")
    front = lexicon.read("kwic")
    conjunctions, prepositions = ("".join(map(fold_key, front[name])) for name in ("conjunctions", "prepositions"))
    article, contracted = fold_key(front["article"]), fold_key(front["contracted"])
    words = key.split(" ")
    whole = " +".join(map(re.escape, words))
    before = f"[{conjunctions}]?(?:[{prepositions}]?(?:{article})?|{contracted})?"
    body = f"{before}{whole}"
    if words[0].startswith(article) and len(words[0]) > len(article):
        rest = " +".join(map(re.escape, [words[0].removeprefix(article), *words[1:]]))
        body = f"(?:{body}|[{conjunctions}]?{contracted}{rest})"
    return re.compile(rf"(?<!\w){body}(?!\w)", re.IGNORECASE)


def _context(doc: Folded, start: int, end: int, window: int) -> tuple[str, str]:
    """What stands before and after a span, in one line, without the word that the window cuts."""
    text = doc.text
    first, last = max(0, start - window), min(len(text), end + window)
    before, after = text[first:start], text[end:last]
    if first and not text[first - 1].isspace():
        before = re.sub(r"\A\S+\s+(?=\S)", "", before)
    if last < len(text) and not text[last].isspace():
        after = re.sub(r"(?<=\S)\s+\S+\Z", "", after)
    return wording.plain(before), wording.plain(after)
