"""Tables and quotations as HTML: escaped, isolated from the direction around them, numbers and dates as the reader writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING, Any

from analysis import wording
from analysis.extract.quotes import find_quotes
from analysis.report import words
from analysis.rows import Worded
from analysis.text import whole_quotations

if TYPE_CHECKING:
    import pandas as pd

SHORT_CELL = 16  # characters of a cell that stay on one line
LONGEST_WHOLE = 24  # characters of a cell without letters, such as an interval, that stay on one line on paper, too
LONGEST_CELL = 240  # characters of a cell that are shown; the download has them all
LONGEST_QUOTE = 420
MISSING = "–"
CONTEXT = 110  # characters shown before and after a quoted span


def render(
    table: pd.DataFrame,
    anchor: str,
    caption: str,
    language: str,
    *,
    level: str,
    rows: int,
    columns: Sequence[str] | None,
    percents: frozenset[str],
    links: Mapping[str, str],
    places: Sequence[str | None] = (),
    at: Sequence[int] | None = None,
    empty: str | None = None,
) -> tuple[str, str]:
    """The first `rows` of a table, or those `at` some places, as HTML and as text. Columns without any value are left out.

    `places` are the addresses that the rows lead to; `empty` is said of a table without rows.
    """
    names = [name for name in columns or table.columns if name in table and (not len(table) or table[name].notna().any())]
    head = table.head(rows) if at is None else table.iloc[list(at)]
    cells = [_column(head[name], name, language, name in percents) for name in names]
    linked = next((name for name in ("title", "article_id", "outlet") if name in names), None)
    if places and linked is not None:
        column = names.index(linked)
        label = words.text("page.open_marked", language)
        cells[column] = [
            (_link(place, html if text != MISSING else f"<bdi>{escape(article)}</bdi>", label), text, kind)
            for place, article, (html, text, kind) in zip(places, head["article_id"], cells[column], strict=True)
        ]
    headers = [words.column(name, language) for name in names]
    parts = [f'<div class="table"><{level} id="{anchor}">{escape(caption)}</{level}>']
    if len(head):
        hint = words.text("page.scroll_hint", language)
        parts.append(f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}: {escape(hint)}">')
        parts.append(f'<table aria-labelledby="{anchor}"><thead><tr>')
        kinds = [' class="number"' if any(kind == "number" for _, _, kind in column) else "" for column in cells]
        parts.extend(f'<th scope="col"{kind}>{escape(header)}</th>' for header, kind in zip(headers, kinds, strict=True))
        parts.append("</tr></thead><tbody>")
        for row in zip(*cells, strict=True):
            parts.append("<tr>" + "".join(f'<td class="{kind}">{html}</td>' for html, _, kind in row) + "</tr>")
        parts.append("</tbody></table></div>")
    else:
        parts.append(f'<p class="note">{escape(empty or words.text("page.no_rows", language))}</p>')
    parts.append(_below(len(head), len(table), caption, links, language) + "</div>")
    lines = [caption, " | ".join(headers), *(" | ".join(text for _, text, _ in row) for row in zip(*cells, strict=True))]
    return "".join(parts), "\n".join(lines)


def _below(shown: int, total: int, caption: str, links: Mapping[str, str], language: str) -> str:
    html = ""
    if shown < total:
        key = "page.rows_shown" if links else "page.rows_shown_only"
        note = words.text(key, language, shown=wording.number(shown, language), all=wording.number(total, language))
        html += f'<p class="note">{escape(note)}</p>'
    if links and total:
        html += '<p class="downloads">' + escape(words.text("page.download", language)) + ": "
        html += " ".join(
            f'<a href="{escape(address)}" download aria-label="{escape(_download_label(caption, kind, language))}">{kind}</a>'
            for kind, address in links.items()
        )
        html += "</p>"
    return html


def _link(address: str | None, html: str, label: str) -> str:
    return f'<a href="{escape(address)}">{html}<span class="sr"> – {escape(label)}</span></a>' if address else html


def _download_label(caption: str, kind: str, language: str) -> str:
    return words.text("page.download_as", language, name=caption, format=kind)


def _column(values: pd.Series, name: str, language: str, percent: bool) -> list[tuple[str, str, str]]:
    """A column's cells, its numbers with the same number of decimals, so that they can be read down the page."""
    numbers = [float(value) for value in values if _is_number(value) and not wording.missing(value)]
    decimals = _decimals([value * 100 for value in numbers], 1) if percent else _decimals(numbers, 2)
    cells = [_cell(value, name, language, percent, decimals) for value in values]
    numeric = numbers or any(isinstance(value, Worded) and value.numeric for value in values)
    return [(html, text, "number") for html, text, _ in cells] if numeric else cells


def _decimals(values: Sequence[float], most: int) -> int:
    """How many decimals a column needs, at most `most`; up to two more where what is there would be shown as nothing.

    >>> _decimals([20.0, 12.5], 1), _decimals([20.0, 0.04], 1), _decimals([0.0, 3.0], 2)
    (1, 2, 0)
    """
    most = next((digits for digits in (most, most + 1) if all(round(value, digits) or not value for value in values)), most + 2)
    scaled = [round(value, most) for value in values]
    return next((digits for digits in range(most) if all(round(value, digits) == value for value in scaled)), most)


def _is_number(value: Any) -> bool:
    return (
        hasattr(value, "__float__")
        and not isinstance(value, str | bool)
        and type(value).__name__ not in ("bool_", "bool", "ndarray")
    )


def _cell(value: Any, name: str, language: str, percent: bool, decimals: int) -> tuple[str, str, str]:
    """A cell as HTML, as text, and its kind (number, date, text), by which it is aligned."""
    if isinstance(value, Worded):
        html, text, kind = _cell(value.text or None, name, language, percent, decimals)
        if value.under:
            lines = value.under.split("\n")
            html += "".join(f'<span class="under"><bdi>{escape(line)}</bdi></span>' for line in lines)
            text = f"{text} ({'; '.join(lines)})"
        return html, text, kind
    if wording.missing(value) or (hasattr(value, "__len__") and not len(value)):
        return f'<span class="none">{MISSING}</span>', MISSING, "text"
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        text = wording.plain_value(bool(value), language)
        return escape(text), text, "text"
    if isinstance(value, date | datetime):
        text = wording.day_in_table(value, language)
        return escape(text), text, "date"
    if isinstance(value, list | tuple | set) or type(value).__name__ == "ndarray":
        items = [each.text if isinstance(each, Worded) else wording.plain(each) for each in value]
        # A line each: names broken over the lines of a list that runs the other way are hard to put together again.
        html = "".join(f'<bdi class="item{" short" if len(item) <= SHORT_CELL else ""}">{escape(item)}</bdi>' for item in items)
        kind = "text wide" if max(map(len, items)) > LONGEST_WHOLE else "text"
        return html, wording.join(map(wording.isolate, items), language), kind
    if _is_number(value):
        text = wording.fixed(float(value) * 100, language, decimals) if percent else wording.fixed(float(value), language, decimals)
        text += wording.say("general.percent", language) if percent else ""
        return escape(text), text, "number"
    text = wording.word(name, value, language)
    text = wording.shortened(text, LONGEST_CELL)
    # A bdi without letters would run from the left: (3% – 9%) is to be read from where the page is, and in one line.
    if not any(map(str.isalpha, text)):
        return escape(text), text, "text whole" if len(text) <= LONGEST_WHOLE else "text"
    html = f"<bdi>{escape(text)}</bdi>"
    return html, text, "text long" if len(text) > 40 else "text short" if len(text) <= SHORT_CELL else "text"


def quote(spans: pd.DataFrame, articles: pd.DataFrame, pages: Mapping[str, str], language: str) -> tuple[str, str]:
    """Spans in their sentences, as a list: the words marked, then the outlet, the date and the way to the place in the article.

    Where the article's page marks another span there, it is `start_marked`, `end_marked`; spans of a numbered `claim` say which.
    """
    if not len(spans):
        text = words.text("page.no_evidence", language)
        return f'<p class="note">{escape(text)}</p>', text
    wanted = articles[articles["article_id"].isin(set(spans["article_id"]))].set_index("article_id")
    items, lines = [], []
    marks = zip(spans.get("start_marked", spans["start"]), spans.get("end_marked", spans["end"]), strict=True)
    claims = spans["claim"] if "claim" in spans else [0] * len(spans)
    for article_id, start, end, mark, claim in zip(spans["article_id"], spans["start"], spans["end"], marks, claims, strict=True):
        article = wanted.loc[article_id]
        before, marked, after = _context(article["text"], *whole_quotations(article["text"], int(start), int(end)))
        outlet = (
            wording.isolate(article["outlet"])
            if not wording.missing(article["outlet"])
            else wording.say("general.unknown_outlet", language)
        )
        day = (
            wording.day(article["published"], language)
            if not wording.missing(article["published"])
            else wording.say("general.undated", language)
        )
        said = [words.text("claims.which", language, n=wording.number(claim, language))] if claim else []
        source = wording.join([*said, outlet, day], language, comma="separator")
        link = ""
        if article_id in pages:
            from analysis.report.files import place

            title = words.text("page.open_article", language)
            parted = escape(wording.say("general.separator", language))
            link = f'<span class="way">{parted}<a href="{escape(place(pages[article_id], *mark))}">{escape(title)}</a></span>'
        items.append(
            f'<li><blockquote lang="ar" dir="rtl">{escape(before)}<mark>{escape(marked)}</mark>{escape(after)}</blockquote>'
            f'<p class="source">{escape(source)}{link}</p></li>'
        )
        lines.append(f"{before}[{marked}]{after} ({source})")
    return f'<ul class="quotes">{"".join(items)}</ul>', "\n".join(lines)


def _context(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The span and what stands around it in its paragraph, cut at spaces, each in one line without control characters.

    A quotation that is cut has the mark it lacks.
    """
    begin, finish = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    finish = len(text) if finish < 0 else finish
    first, last = max(begin, start - CONTEXT), min(finish, end + CONTEXT)
    if end - start > LONGEST_QUOTE:
        end = last = start + len(text[start : start + LONGEST_QUOTE].rpartition(" ")[0])
    if first > begin:
        first += len(text[first:start].partition(" ")[0]) + 1
        first = min(first, start)
    if finish > last > end:
        last = end + len(text[end:last].rpartition(" ")[0])
    opening, closing = _cut_marks(text[begin:finish], first - begin, last - begin)
    before, marked, after = text[first:start], text[start:end], text[end:last]
    if first > begin:
        before = f"… {opening}{before}"
    if last < finish:
        after = f"{after} …{closing}"
    return _line(before), wording.plain(marked), _line(after)


def _cut_marks(paragraph: str, first: int, last: int) -> tuple[str, str]:
    """The marks of the quotations that a stretch of a paragraph begins in, and of those that it ends in."""
    opening, closing = "", ""
    for quote in find_quotes(paragraph):
        if quote.start < first < quote.inner_end:
            opening += paragraph[quote.start : quote.inner_start].strip()
        if quote.inner_start < last <= quote.inner_end:
            closing = paragraph[quote.inner_end : quote.end].strip() + closing
    return opening, closing


def _line(text: str) -> str:
    """Text in one line, with the spaces at its ends kept: they stand between it and the marked words."""
    line = wording.plain(text)
    return (" " if text[:1].isspace() else "") + line + (" " if line and text[-1:].isspace() else "")
