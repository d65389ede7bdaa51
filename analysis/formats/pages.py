"""A file of one article: plain text, or a web page with its main text, title, date, outlet and address."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

from analysis.formats import limits
from analysis.formats.encodings import BOMS, Decoded, decode
from analysis.formats.records import Fault, Record
from analysis.published import published


def read_text(path: Path) -> Iterator[Record | Fault]:
    """A text file: one article."""
    text = yield from _decoded(path, limits.LONGEST, decode)
    if text is not None:
        yield Record(None, {"text": text}, apart=False)


def _decoded(path: Path, most: int, decoding: Callable[[bytes], Decoded]) -> Generator[Fault, None, str | None]:
    """The text of a file, or None; on the way what is wrong with it."""
    data = bytes_of(path, most)
    if isinstance(data, Fault):
        yield data
        return None
    text, fault = decoding(data)
    if fault is not None:
        yield Fault(None, fault)
    return text


def bytes_of(path: Path, most: int) -> bytes | Fault:
    """A file of one article, or why it is none."""
    with path.open("rb") as handle:
        data = handle.read(most + 1)
    if not data:
        return Fault(None, "the file is empty; remove it or fetch it again")
    if len(data) > most:
        return Fault(None, f"the file is larger than {most // 2**20} MiB, which is no article; split it into articles")
    return data


_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{3,40})", re.IGNORECASE)


def read_html(path: Path) -> Iterator[Record | Fault]:
    """A web page: its main text, title, date, outlet and address as the page states them (trafilatura); nothing is fetched."""
    text = yield from _decoded(path, limits.LONGEST_PAGE, _decode_page)
    if text is None:
        return
    if _is_overloaded(text):
        yield Fault(None, f"a tag of the page has more than {limits.MOST_ATTRIBUTES} attributes; save its text as .txt")
        return
    try:
        values = _main_text(text)
    except ImportError:  # a broken installation is no fault of the page's
        raise
    except Exception as error:  # the page is hostile or broken beyond what the parser bears
        yield Fault(None, f"the page cannot be parsed ({type(error).__name__}); save its text as .txt")
        return
    if values.get("text"):
        yield Record(None, values, sure=False)
    else:
        yield Fault(None, "the page has no main text; save the article itself as .html or .txt")


def _decode_page(data: bytes) -> Decoded:
    """A page's text by its mark or valid UTF-8, then by the encoding that it names, then as other files."""
    named = _CHARSET.search(data, 0, 4096)
    if named and not any(data.startswith(mark) for mark, _ in BOMS):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return Decoded(data.decode(named[1].decode("ascii")))
            except (LookupError, ValueError):  # no such encoding, or not that one
                pass
    return decode(data)


# A comment, a script or a tag, each to its end or that of the page; in tags an end of a tag may stand in quote marks.
_MARKUP = re.compile(
    r"""<!--(?:.*?-->|.*+)|<(?:(script|style)\b.*?</\1|(?:script|style)\b.*+|[a-z](?:[^>"']++|"[^"]*+"?|'[^']*+'?)*+)""",
    re.DOTALL | re.IGNORECASE,
)
_QUOTED = re.compile(r""""[^"]*+"?|'[^']*+'?""")


def _is_overloaded(page: str) -> bool:
    """Whether a tag has so many attributes that parsing it would not end.

    >>> _is_overloaded("<p " + " ".join(f"a{n}" for n in range(2000))), _is_overloaded("<p a='" + "b " * 2000 + "'>")
    (True, False)
    """
    long = 2 * limits.MOST_ATTRIBUTES  # characters: each attribute has one of its own, and one between it and the next
    return any(
        len(_QUOTED.sub(" ", tag[0]).replace("/", " ").replace("=", " ").split()) > limits.MOST_ATTRIBUTES
        for tag in _MARKUP.finditer(page)
        if tag.end() - tag.start() > long and not tag[1] and not tag[0].startswith("<!--")
    )


def _main_text(page: str) -> dict[str, object]:
    import logging

    from lxml import html as lxml_html
    from trafilatura import bare_extraction, baseline

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is said in the problems
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page.replace("\x00", ""))
    tree = lxml_html.document_fromstring(page, parser=lxml_html.HTMLParser(huge_tree=False, no_network=True, remove_comments=True))
    stated = {str(each.get("property") or each.get("name")).lower(): each.get("content") for each in tree.iter("meta")}
    # The latest date is fixed: the default is today, and the same page would not always give the same date.
    dates = {"original_date": True, "extensive_search": True, "max_date": "2199-12-31", "outputformat": "%Y-%m-%d"}
    found = bare_extraction(page, include_comments=False, deduplicate=False, with_metadata=True, date_extraction_params=dates)
    text = getattr(found, "text", None)
    if not text or not text.strip():
        text = baseline(page)[1]  # what stands in paragraphs, where nothing looks like an article
    return {
        "text": text or None,
        "title": getattr(found, "title", None),
        "published": published(stated.get("article:published_time")) or getattr(found, "date", None),
        "outlet": stated.get("og:site_name"),
        "url": getattr(found, "url", None),
    }
