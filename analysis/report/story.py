"""What a notebook shows: titles, findings, figures, tables and evidence, in the reader's language.

In goes what the library computed, out come displays that read well in JupyterLab and in an HTML report alike. A notebook makes one
`Story`, which knows the language and where files go, so that its cells stay one line each and hold no wording.

>>> story = Story("funding", language="en")
>>> print(story.section("limits").text.splitlines()[0])
Limits
"""

from __future__ import annotations

import ast
import base64
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis import places, wording
from analysis.errors import InputError
from analysis.plots.canvas import WIDTHS
from analysis.report import files as saving
from analysis.report import summaries, tabling, words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from analysis.corpus import Part
    from analysis.dataset import Dataset
    from analysis.tables import Tables

LOOKED_INTO = 50_000  # articles: of a larger corpus what is looked at one by one is a sample
_LAB_STYLE = Path(__file__).with_name("template") / "lab.css"


class Shown(NamedTuple):
    """Something shown by a cell: as HTML where that can be shown, as text elsewhere."""

    html: str
    text: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}


class Story:
    """One notebook's report: `name` is its family of sentences in the lexicon (corpus, timeline, funding, framing).

    `language` is ar or en. `figures` is a folder for the figures as PNG and SVG: for the embedded sample it is the checkout's own
    `figures/` where left empty, for another corpus none is written. `files` is the folder that the page will lie in: downloads of
    the tables and the marked articles are written below it; none where it is empty.
    Raises `InputError` for another language.
    """

    def __init__(self, name: str, *, language: str = "ar", figures: str = "", files: str = "") -> None:
        self.name = name
        self.language = wording.check_language(language)
        self._figures = Path(figures) if figures else None
        self._files = Path(files) if files else None
        self._tables: Tables | None = None
        self._part: Part | None = None

    def open(
        self,
        articles: str = "",
        *,
        tables: str = "",
        outlets: Sequence[str] | str = (),
        since: str = "",
        until: str = "",
        actors: str = "",
        most: int = LOOKED_INTO,
    ) -> Tables:
        """The corpus that the notebook's parameters ask for; see `analysis.open_corpus`.

        Of a corpus with more than `most` articles it is a sample, which the title names; `whole` is all of it, to be counted.

        Parameters may come as papermill's command line reads them: a list written out, a year that became a number.
        `since` and `until` may be a day, a month or a year, and are included whole. Raises `InputError`, in one sentence.
        """
        from analysis.corpus import open_part

        if self._figures is None and not any((articles, tables, outlets, since, until, actors)):
            self._figures = places.figures()
        self._part = open_part(
            str(articles or ""),
            tables=str(tables or ""),
            outlets=listed(outlets),
            since=since,
            until=until,
            actors=str(actors or "") or None,
            most=most,
        )
        self._tables = self._part.tables
        return self._tables

    @property
    def whole(self) -> Tables | Dataset:
        """The whole corpus: the tables, or a dataset that comparisons count part by part."""
        assert self._part is not None, "open the corpus first"
        return self._part.whole

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    def title(self) -> Shown:
        """The report's title and the question it answers."""
        title, question = (words.text(f"{self.name}.{part}", self.language) for part in ("title", "question"))
        style = f"<style data-lab>{_LAB_STYLE.read_text(encoding='utf-8')}</style>"
        html = f'<h1 id="title">{escape(title)}</h1><p class="question">{escape(question)}</p>'
        lines = [title, question]
        if self._part is not None and self._part.sample is not None:
            lines.append(words.sampled(self.name, self._part.sample, self.language))
            html += f'<p class="note sample">{escape(lines[-1])}</p>'
        return Shown(style + self._wrap(html), "\n".join(lines))

    def findings(self, sentences: Sequence[str]) -> Shown:
        """The finding in words: the first sentence leads, the others follow as a list."""
        heading = words.text("section.finding", self.language)
        lead, rest = sentences[0], sentences[1:]
        html = f'<h2 id="finding">{escape(heading)}</h2><p class="lead">{_sentence(lead)}</p>'
        if rest:
            html += '<ul class="findings">' + "".join(f"<li>{_sentence(each)}</li>" for each in rest) + "</ul>"
        return Shown(self._wrap(html), "\n".join((heading, *sentences)))

    def heading(self, name: str) -> Shown:
        """The heading of a part of the report, by its name in the lexicon's `section`."""
        heading = words.text(f"section.{name}", self.language)
        return Shown(self._wrap(f'<h2 id="{name}">{escape(heading)}</h2>'), heading)

    def section(self, name: str, *, of: str = "") -> Shown:
        """A heading with its text: `reading` (how to read the figure) or `limits`; `of` names a part with sentences of its own."""
        heading, text = words.text(f"section.{name}", self.language), words.text(f"{of or self.name}.{name}", self.language)
        level, anchor = ("h3", f"{of}-{name}") if of else ("h2", name)
        html = f'<section class="{name}"><{level} id="{anchor}">{escape(heading)}</{level}><p>{escape(text)}</p></section>'
        return Shown(self._wrap(html), f"{heading}\n{text}")

    # ── figures ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    def figure(
        self, plot: Callable[..., Axes], describe: Callable[..., str], table: Any, /, *, of: str = "", **options: Any
    ) -> Shown:
        """A figure with its caption: `plot(table, language=..., width=..., **options)` draws it, `describe(table, language=...,
        **options)` says it in words.

        It is drawn wide, saved as PNG and SVG where figures are kept, and narrow, which a page shows instead on a phone.
        """
        from matplotlib import pyplot

        name = of or self.name
        caption = words.text(f"{name}.caption", self.language)
        alt = describe(table, language=self.language, **options)
        images = []
        for width in WIDTHS:
            figure: Any = plot(table, language=self.language, width=width, **options).figure
            wide = width == "wide"
            picture = saving.draw(figure, self._figures, f"{name}_{self.language}", alt) if wide else saving.draw_narrow(figure)
            pyplot.close(figure)  # else the notebook shows it a second time, without its words
            images.append(_image(picture, width, alt, hidden=not wide))
        heading = "" if of else f'<h2 id="figure">{escape(words.text("section.figure", self.language))}</h2>'
        drawn = f'<div class="drawn">{"".join(images)}</div>'
        html = f'{heading}<figure id="figure-{name}">{drawn}<figcaption>{escape(caption)}</figcaption></figure>'
        return Shown(self._wrap(html), f"{caption}\n{alt}")

    # ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    def table(
        self,
        table: pd.DataFrame,
        name: str,
        *,
        of: str = "",
        rows: int = 30,
        columns: Sequence[str] | None = None,
        shown: Mapping[str, Sequence[Any]] | None = None,
        at: Sequence[int] | None = None,
        percents: Iterable[str] = ("share", "low", "high", "direct"),
    ) -> Shown:
        """A table's first `rows`, or those `at` some places, with the whole of it as CSV and Parquet where files are kept.

        `name` is the table's name in the lexicon, `columns` those to show, in order; `shown` gives a column another content to be
        read (a sum in words), while the download keeps the table's own. `percents` are the columns that hold shares of one.
        """
        family = of or self.name
        caption = words.text(f"{family}.{name}", self.language)
        anchor = f"{family}-{name}"
        links = saving.save_table(table, self._files, anchor) if self._files is not None else {}
        html, text = tabling.render(
            table.assign(**dict(shown)) if shown else table,
            anchor,
            caption,
            self.language,
            level="h3" if of else "h2",
            rows=rows,
            columns=columns,
            percents=frozenset(percents),
            links=links,
            places=self._places(table.head(rows) if at is None else table.iloc[list(at)]) if "article_id" in table else (),
            at=at,
            empty=words.find(family, f"no_{name}", self.language),
        )
        return Shown(self._wrap(html), text)

    def evidence(self, spans: pd.DataFrame, *, of: str = "", most: int = 12, whole: str = "", about: str = "") -> Shown:
        """The words themselves: spans (`article_id`, `start`, `end`) in their sentences, each with a link to its place.

        Of more than `most` spans, as many are shown, spread evenly over their order; the report says so. `whole` names a column of
        numbers whose rows belong together: then the first of these are shown, each whole. `about` is whom the heading names.
        """
        assert self._tables is not None, "open the corpus first"
        family = of or self.name
        kept = spans.head(summaries.between(spans, whole, most)) if whole else spread(spans, most)
        chosen = self._marked(kept)
        heading = words.text(f"{family}.evidence", self.language)
        if len(chosen) < len(spans):
            heading = words.find(family, "evidence_sampled", self.language) or heading
        heading = heading.replace("{about}", wording.isolate(about) if about else wording.say("general.none", self.language))
        pages = self._pages(chosen["article_id"])
        named = self._tables.some("articles", ["article_id"])["article_id"].isin(set(chosen["article_id"]))
        body, text = tabling.quote(chosen, self._tables.texts_of(named), pages, self.language)
        note, level = "", "h3" if of else "h2"
        if len(chosen) < len(spans):
            counts = {"shown": wording.number(len(chosen), self.language), "all": wording.number(len(spans), self.language)}
            if whole:
                last = wording.number(int(chosen[whole].iloc[-1]), self.language)
                cut = spans[whole].iloc[len(chosen)] == chosen[whole].iloc[-1]  # the first of them is longer than that
                key = f"{family}.{'sentences_cut' if cut else 'sentences_shown'}"
                sampled = words.text(key, self.language, last=last, **counts)
            else:
                sampled = words.text("page.rows_sampled", self.language, **counts)
            if pages and not whole and set(spans["article_id"]) <= set(pages):
                sampled = f"{sampled} {words.text('page.rows_elsewhere', self.language)}"
            note = f'<p class="note">{escape(sampled)}</p>'
        html = f'<section class="evidence"><{level} id="{family}-evidence">{escape(heading)}</{level}>{body}{note}</section>'
        return Shown(self._wrap(html), f"{heading}\n{text}")

    def _marked(self, spans: pd.DataFrame) -> pd.DataFrame:
        """`spans` with what the article's page marks there: a claim's words may be a part of the statement that is marked."""
        if "claim" not in spans or self._tables is None:
            return spans
        whole = self._tables.some("statements", ["article_id", "statement", "start", "end"]).astype({"statement": "Int32"})
        found = spans.astype({"statement": "Int32"})
        found = found.merge(whole, on=["article_id", "statement"], how="left", suffixes=("", "_marked"))
        return self._marked_within(found) if found["statement"].isna().any() else found

    def _marked_within(self, spans: pd.DataFrame) -> pd.DataFrame:
        """`spans` of which those that are no statement lead to the first sum in them, else to the first name, if any."""
        assert self._tables is not None
        marks = [self._tables.some(name, ["article_id", "start", "end"]) for name in ("amounts", "mentions")]
        ends: list[tuple[Any, Any]] = []
        columns = ("article_id", "start", "end", "start_marked", "end_marked")
        for article, start, end, *marked in zip(*(spans[name] for name in columns), strict=True):
            found = marked
            if wording.missing(marked[0]):
                inside = [each[(each["article_id"] == article) & (each["start"] >= start) & (each["end"] <= end)] for each in marks]
                first = next((each.iloc[0] for each in inside if len(each)), None)
                found = [None, None] if first is None else [int(first["start"]), int(first["end"])]
            ends.append((found[0], found[1]))
        return spans.assign(start_marked=[a for a, _ in ends], end_marked=[b for _, b in ends])

    def _places(self, rows: pd.DataFrame) -> list[str | None]:
        """The address of each row's article, and of its words there where it has any; none where no files are kept."""
        pages = self._pages(rows["article_id"])
        if "start" not in rows:
            return [pages.get(article) for article in rows["article_id"]]
        rows = self._marked(rows)
        marks = zip(rows.get("start_marked", rows["start"]), rows.get("end_marked", rows["end"]), strict=True)
        found = zip(rows["article_id"], marks, strict=True)
        return [saving.place(pages[article], *mark) if article in pages else None for article, mark in found]

    def _pages(self, article_ids: Iterable[str]) -> dict[str, str]:
        """The address of each article's marked page, written where files are kept."""
        if self._files is None or self._tables is None:
            return {}
        return saving.save_articles(self._tables, article_ids, self._files, self.language)

    def _wrap(self, html: str) -> str:
        direction = "rtl" if wording.right_to_left(self.language) else "ltr"
        return f'<div class="analysis" lang="{self.language}" dir="{direction}">{html}</div>'


def _image(picture: saving.Picture, kind: str, alt: str, *, hidden: bool) -> str:
    data = base64.b64encode(picture.png).decode()
    size = f'width="{picture.width}" height="{picture.height}"'
    return f'<img class="{kind}"{" hidden" if hidden else ""} src="data:image/png;base64,{data}" {size} alt="{escape(alt)}">'


def _sentence(text: str) -> str:
    """A sentence as HTML; a line may end after a dash, also before a space that does not break, unless a joiner stands there."""
    return escape(text).replace("–\u00a0", "–\u2060\u00a0")


def listed(value: object) -> list[str]:
    """A list parameter as papermill may hand it over: a list, a list written out as text, or names with commas between them.

    >>> listed('["زرياف", "وكالة مدارين"]') == listed("زرياف، وكالة مدارين") == ["زرياف", "وكالة مدارين"]
    True
    """
    if value is None:
        return []
    if not isinstance(value, str):
        return [str(each) for each in value] if isinstance(value, Iterable) else [str(value)]
    text = value.strip()
    if text.startswith(("[", "(")):
        try:
            return listed(list(ast.literal_eval(text)))
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError) as error:
            raise InputError(f'{value!r} is no list; write it as ["first", "second"]') from error
    return [name for each in re.split("[,،]", text) if (name := each.strip())]


def spread(rows: pd.DataFrame, most: int) -> pd.DataFrame:
    """At most `most` rows, spread evenly over their order: the same ones every time."""
    if len(rows) <= most:
        return rows
    return rows.iloc[[index * len(rows) // most for index in range(most)]]
