"""Executed notebook to HTML page: one self-contained file in the reader's direction, which asks no other site for anything.

In goes a notebook with its outputs, out comes a page: nbconvert turns the outputs into HTML (template on its `basic`), and a shell
around that carries the style, the embedded font, the table of contents, the parameters and a content security policy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

from analysis import __version__, wording
from analysis.font import font_faces
from analysis.report import words

TEMPLATES = Path(__file__).with_name("template")
_LAB_STYLE = re.compile(r"<style data-lab[^>]*>.*?</style>", re.DOTALL)
ABOUT = "about"  # the tag of cells that speak to who opens the notebook, not to who reads the report


class Outline(NamedTuple):
    """What a page's body holds: its title, its headings as (level, anchor, text), and the sentence that leads."""

    title: str
    headings: list[tuple[int, str, str]]
    lead: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title, self.lead = "", ""
        self.headings: list[tuple[int, str, str]] = []
        self._into: tuple[str, str, str] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._into is None and (tag in ("h1", "h2", "h3") or given.get("class") == "lead"):
            self._into, self._text = (tag, given.get("id") or "", given.get("class") or ""), []

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._into is None or tag != self._into[0]:
            return
        text = "".join(self._text).rstrip("¶").strip()
        _, anchor, kind = self._into
        self._into = None
        if tag == "h1":
            self.title = self.title or text
        elif kind == "lead":
            self.lead = self.lead or text
        elif anchor and text:
            self.headings.append((int(tag[1]), anchor, text))


def outline(body: str) -> Outline:
    """Read a body's title, headings and leading sentence.

    >>> outline('<h1>Funding</h1><h2 id="a">The finding</h2><p class="lead">Two figures.</p>')
    Outline(title='Funding', headings=[(2, 'a', 'The finding')], lead='Two figures.')
    """
    reader = _Reader()
    reader.feed(body)
    return Outline(reader.title, reader.headings, reader.lead)


@cache
def _exporter() -> Any:
    import nbconvert

    exporter: Any = nbconvert.HTMLExporter
    return exporter(
        extra_template_basedirs=[str(TEMPLATES.parent)],
        template_name=TEMPLATES.name,
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        display_data_priority=["text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain"],
    )


def body(notebook: Any, language: str) -> str:
    """The outputs of an executed notebook as HTML, without the cells tagged as being about the notebook itself."""
    shown = copy(notebook)
    shown["cells"] = [cell for cell in notebook["cells"] if ABOUT not in cell["metadata"].get("tags", [])]
    hints = {
        "figure_hint": words.text("page.figure_hint", language),
        "no_alternative": words.text("page.no_alternative", language),
    }
    html, _ = _exporter().from_notebook_node(shown, resources={"analysis": hints})
    return _LAB_STYLE.sub("", html).strip()


@cache
def _shell() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template("shell.html.j2")


def page(
    body_html: str,
    *,
    name: str,
    title: str,
    contents: Sequence[tuple[int, str, str]],
    reports: Sequence[tuple[str, str]],
    parameters: Sequence[tuple[str, str]],
    language: str,
) -> str:
    """The whole page around a body that is HTML already; everything else given is text and gets escaped."""
    from markupsafe import Markup

    def say(key: str) -> str:
        return words.text(key, language)

    shell: str = _shell().render(
        body=Markup(body_html),  # noqa: S704 - made by nbconvert from outputs that escape what they were given
        page=name,
        title=title,
        contents=[*contents, (2, "parameters", say("page.parameters"))] if parameters else contents,
        reports=reports,
        parameters=parameters,
        language=language,
        direction="rtl" if wording.right_to_left(language) else "ltr",
        say=say,
        version=__version__,
        style=Markup((TEMPLATES / "page.css").read_text(encoding="utf-8")),  # noqa: S704 - this package's own file
        fonts="@FONTS@",
    )
    return shell.replace("@FONTS@", font_faces(shell), 1)
