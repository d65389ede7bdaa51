"""The reports in a real Chromium: what a reader sees, with nothing else on the wire."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from analysis.plots import canvas
from analysis.report import notebook_names

if TYPE_CHECKING:
    from conftest import Report
    from playwright.sync_api import Browser, Page

PAGES = ["index", *notebook_names()]
FIGURES = {"index": 0, "04_framing": 3}  # how many a page has, where it is not one
ARTICLE = "articles/07_support_sijill"  # HTML with page furniture: every kind of block and of mark
AXE = Path(sys.prefix) / "axe" / "node_modules" / "axe-core" / "axe.min.js"


@contextmanager
def opened(browser: Browser, path: Path, width: int = 1280, **options: Any) -> Iterator[tuple[Page, list[str], list[str]]]:
    """The page, what it complained of, and what it asked others for."""
    page = browser.new_page(viewport={"width": width, "height": 900}, **options)
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.evaluate("document.fonts.ready")
    try:
        yield page, complaints, [url for url in asked if url != path.as_uri() and not url.startswith("data:")]
    finally:
        page.close()


def one_after_the_other(browser: Browser, paths: Sequence[Path]) -> Iterator[tuple[Path, Page, list[str], list[str]]]:
    """Each of the pages, in one window: what `opened` gives for one of them."""
    with opened(browser, paths[0]) as (page, complaints, _):
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for path in paths:
            asked.clear()
            page.goto(path.as_uri())
            page.evaluate("document.fonts.ready")
            yield path, page, complaints, [url for url in asked if url != path.as_uri() and not url.startswith("data:")]


@pytest.fixture(params=["arabic_report", "english_report"])
def report(request: pytest.FixtureRequest) -> Report:
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_quiet_whole_and_fits(browser: Browser, report: Report, name: str, width: int) -> None:
    with opened(browser, report.folder / f"{name}.html", width) as (page, complaints, asked):
        assert complaints == []
        assert asked == []
        assert page.evaluate("document.documentElement.dir") == ("rtl" if report.language == "ar" else "ltr")
        assert page.evaluate("document.documentElement.lang") == report.language
        assert page.evaluate("getComputedStyle(document.body).direction") == ("rtl" if report.language == "ar" else "ltr")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        outside = """width => [...document.querySelectorAll('body *')].filter(each => {
            const box = each.getBoundingClientRect();
            return box.width && !each.closest('.scroll, .skip, .sr') && (box.right > width + 1 || box.left < -1);
        }).map(each => each.outerHTML.slice(0, 120))"""
        assert page.evaluate(outside, width) == []
        pictures = page.evaluate(
            "[...document.images].map(image => [image.complete && image.naturalWidth > 0, image.alt.trim().length])"
        )
        assert all(loaded and words > 20 for loaded, words in pictures)
        assert len(pictures) == 2 * FIGURES.get(name, 1)
        shown = "[...document.images].filter(image => image.checkVisibility()).map(image => image.className)"
        assert page.evaluate(shown) == ["wide" if width > 672 else "narrow"] * FIGURES.get(name, 1)


@pytest.mark.parametrize("name", notebook_names())
def test_on_a_phone_a_figure_is_drawn_for_it(browser: Browser, report: Report, name: str) -> None:
    """At 390 CSS pixels it is as wide as `canvas.PHONE` says, where its words are large enough to read, and nothing goes sideways;
    who hears the page hears its words once; and paper has the wide one.
    """
    drawn = """() => [...document.querySelectorAll('figure')].map(each => {
        const [image] = [...each.querySelectorAll('img')].filter(image => image.checkVisibility());
        const boxes = [each, ...each.querySelectorAll('*')];
        const stretched = image.clientHeight / image.clientWidth - image.naturalHeight / image.naturalWidth;
        const still = box => box.scrollWidth <= box.clientWidth || getComputedStyle(box).display == 'inline';
        return [image.className, image.clientWidth, stretched, boxes.every(still)];
    })"""
    with opened(browser, report.folder / f"{name}.html", 390) as (page, _, _):
        for kind, width, stretched, still in page.evaluate(drawn):
            assert (kind, still) == ("narrow", True)
            assert width >= canvas.PHONE
            assert abs(stretched) < 0.01
        read = [node for node in _heard(page) if node["role"]["value"] in ("image", "img")]
        assert len(read) == FIGURES.get(name, 1)
        for width in range(320, 720, 80):
            page.set_viewport_size({"width": width, "height": 900})
            assert all(still for *_, still in page.evaluate(drawn)), width
        page.emulate_media(media="print")
        assert {kind for kind, *_ in page.evaluate(drawn)} == {"wide"}


def _heard(page: Page) -> list[Any]:
    """What the browser tells those who hear a page."""
    session = page.context.new_cdp_session(page)
    nodes: list[Any] = session.send("Accessibility.getFullAXTree")["nodes"]
    return [node for node in nodes if not node.get("ignored") and "role" in node]


@pytest.mark.parametrize("name", [*PAGES, ARTICLE])
def test_a_page_meets_wcag(browser: Browser, report: Report, name: str) -> None:
    """axe-core finds no violation of WCAG 2.2 A and AA, nor of its best practices, wide, narrow and dark."""
    if not AXE.is_file():
        pytest.skip("axe-core is not there; `make axe` has npm put it into .venv")
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
    looks = [(1280, "light", rules), (390, "light", rules), (390, "dark", {"type": "rule", "values": ["color-contrast"]})]
    # The page's own content security policy keeps foreign scripts out; this one goes in by way of the browser's own tools.
    with opened(browser, report.folder / f"{name}.html", bypass_csp=True) as (page, _, _):
        page.add_script_tag(path=AXE)
        for width, scheme, run in looks:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = page.evaluate("run => axe.run(document, {runOnly: run, resultTypes: ['violations']})", run)
            violations = [(each["id"], each["help"], each["nodes"][0]["html"][:200]) for each in found["violations"]]
            assert violations == [], (width, scheme)


@pytest.mark.parametrize("name", PAGES)
def test_arabic_is_drawn_by_the_embedded_font(browser: Browser, arabic_report: Report, name: str) -> None:
    with opened(browser, arabic_report.folder / f"{name}.html") as (page, _, _):
        marked = """document.querySelectorAll('body *').forEach(each => {
            const own = [...each.childNodes].filter(node => node.nodeType == 3).map(node => node.data).join('');
            if (/[\u0621-\u064a]/.test(own) && each.getClientRects().length) each.dataset.arabic = '';
        })"""
        page.evaluate(marked)
        session = page.context.new_cdp_session(page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument", {"depth": 1})["root"]["nodeId"]
        nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "[data-arabic]"})["nodeIds"]
        assert len(nodes) > 20
        for node in nodes:
            fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
            assert fonts
            assert all(font["isCustomFont"] for font in fonts), fonts


@pytest.mark.parametrize("name", PAGES)
def test_the_keyboard_reaches_every_control(browser: Browser, arabic_report: Report, name: str) -> None:
    with opened(browser, arabic_report.folder / f"{name}.html", 390) as (page, _, _):
        controls = page.evaluate(
            "[...document.querySelectorAll('a[href], [tabindex=\"0\"]')].filter(each => each.getClientRects().length).length"
        )
        seen = set()
        for step in range(controls):
            page.keyboard.press("Tab")
            seen.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
            if step == 0:
                assert page.evaluate("document.activeElement.className") == "skip"
        assert len(seen) == controls
        page.keyboard.press("Home")
        page.evaluate("document.querySelector('.skip').focus()")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("name", PAGES)
def test_dark_is_dark_and_paper_is_white(browser: Browser, arabic_report: Report, name: str) -> None:
    lightness = """() => {
        const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number);
        return (r + g + b) / 765;
    }"""
    with opened(browser, arabic_report.folder / f"{name}.html", color_scheme="dark") as (page, _, _):
        assert page.evaluate(lightness) < 0.2
        page.emulate_media(media="print")
        assert page.evaluate(lightness) == 1
        assert page.evaluate("[...document.querySelectorAll('nav')].every(each => getComputedStyle(each).display == 'none')")
        assert page.pdf(format="A4")[:4] == b"%PDF"


@pytest.mark.parametrize("name", notebook_names())
def test_on_a_phone_what_a_row_is_about_stays_in_sight(browser: Browser, report: Report, name: str) -> None:
    scrolled = """() => [...document.querySelectorAll('.table .scroll')].filter(each => each.scrollWidth > each.clientWidth)
    .map(each => {
        const cell = each.querySelector('tbody td');
        const before = cell.getBoundingClientRect().left;
        each.scrollLeft = (getComputedStyle(each).direction == 'rtl' ? -1 : 1) * 60;
        const edge = each.getBoundingClientRect();
        return [Math.abs(cell.getBoundingClientRect().left - before), cell.offsetWidth / edge.width,
                getComputedStyle(cell).backgroundColor == getComputedStyle(document.body).backgroundColor];
    })"""
    with opened(browser, report.folder / f"{name}.html", 390) as (page, _, _):
        found = page.evaluate(scrolled)
        assert found
        for moved, part, opaque in found:
            assert moved < 1
            assert part < 0.5
            assert opaque


def test_an_interval_is_read_in_one_line(browser: Browser, report: Report) -> None:
    """At any width of the window: no line ends within an interval, in sentences and in tables."""
    broken = """() => {
        const broken = [];
        for (const each of document.querySelectorAll('.lead, .findings li, td')) {
            const walker = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) for (const match of walker.currentNode.data.matchAll(/(?<=\\(|: )[^():]*–[^()]*(?=\\))/g)) {
                const range = document.createRange();
                range.setStart(walker.currentNode, match.index);
                range.setEnd(walker.currentNode, match.index + match[0].length);
                const lines = new Set([...range.getClientRects()].map(box => Math.round(box.bottom / 8)));
                if (lines.size != 1) broken.push(match[0]);
            }
        }
        return broken;
    }"""
    with opened(browser, report.folder / "04_framing.html") as (page, _, _):
        for width in range(320, 720, 16):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(broken) == [], width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_table_that_goes_on_has_a_shadow_at_its_edge(browser: Browser, arabic_report: Report, scheme: str) -> None:
    """Also on an article's page, whose cells would cover it if they were not transparent."""
    for name, cells in (("03_funding", ".table tbody td:nth-child(2)"), (ARTICLE, ".na-table tbody td:nth-child(2)")):
        with opened(browser, arabic_report.folder / f"{name}.html", 390, color_scheme=scheme) as (page, _, _):
            style = "selector => { const it = document.querySelector(selector); return getComputedStyle(it).backgroundColor; }"
            assert page.evaluate(style, cells) == "rgba(0, 0, 0, 0)"
            image = "selector => getComputedStyle(document.querySelector(selector).closest('.scroll')).backgroundImage"
            assert page.evaluate(image, cells).count("linear-gradient") == 4


def test_evidence_opens_the_article_at_the_span(browser: Browser, arabic_report: Report) -> None:
    with opened(browser, arabic_report.folder / "03_funding.html") as (page, complaints, asked):
        quoted = page.locator(".quotes mark").first.inner_text()
        page.locator(".quotes .source a").first.click()
        page.wait_for_load_state()
        assert "/articles/" in page.url
        target = page.evaluate("document.querySelector(':target')?.innerText ?? ''")
        assert "".join(quoted.split()) in "".join(target.split())
        box = page.evaluate("(({top, bottom}) => [top, bottom])(document.querySelector(':target').getBoundingClientRect())")
        assert 0 <= box[0] < 900
        assert complaints == []
        assert [url for url in asked if not url.startswith("file:")] == []
