"""The notebooks in a real JupyterLab, as an analyst has them: opened, Run All, looked at. `make test-lab` runs it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from analysis import places
from analysis.report import notebook_names

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.skipif("LAB" not in os.environ, reason="starts a JupyterLab, which takes a minute: make test-lab")

PATIENCE = 120_000  # milliseconds; a quiet machine needs a tenth of it for a notebook


class Lab(NamedTuple):
    """A running JupyterLab: its address, its token and the folder it serves."""

    url: str
    token: str
    folder: Path


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab of this environment on a free port, with settings of its own, over a copy of the notebooks."""
    home = tmp_path_factory.mktemp("lab")
    folder = home / "work"
    shutil.copytree(places.notebooks(), folder, ignore=shutil.ignore_patterns(".*"))
    settings = home / "settings" / "@jupyterlab"
    # All cells stay in the page, not only those in view: the test looks at each.
    (settings / "notebook-extension").mkdir(parents=True)
    (settings / "notebook-extension" / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    (settings / "apputils-extension").mkdir()
    quiet = '{"fetchNews": "false", "checkForUpdates": false}'
    (settings / "apputils-extension" / "notification.jupyterlab-settings").write_text(quiet)
    places_of_its_own = {
        name: str(home / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")
    }
    token = secrets.token_hex(16)
    log = home / "log"
    with log.open("wb") as written:
        server = subprocess.Popen(
            [
                sys.executable, "-m", "jupyterlab", str(folder), "--no-browser", "--allow-root",
                f"--IdentityProvider.token={token}", "--ServerApp.ip=127.0.0.1",
                f"--ServerApp.root_dir={folder}", "--ServerApp.port=0",
            ],
            stdout=written, stderr=subprocess.STDOUT, start_new_session=True, cwd=home,
            env=os.environ | places_of_its_own | {"JUPYTERLAB_SETTINGS_DIR": str(home / "settings")},
        )  # fmt: skip
    try:
        yield Lab(_address(server, Path(places_of_its_own["JUPYTER_RUNTIME_DIR"]), log), token, folder)
    finally:
        _end(server)


def _address(server: subprocess.Popen[bytes], runtime: Path, log: Path) -> str:
    """Where the server listens, as it notes down itself once it does."""
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until:
        for note in runtime.glob(f"jpserver-{server.pid}.json"):
            try:
                return str(json.loads(note.read_text())["url"])
            except ValueError:  # it is being written
                break
        if server.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(errors='replace')[-3000:]}")


def _end(server: subprocess.Popen[bytes]) -> None:
    """The server, which ends its kernels; what does not end in time is killed, kernels too."""
    server.terminate()
    try:
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(20)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait(20)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(PATIENCE)
    yield page
    page.close()


def run_all(lab: Lab, page: Page, name: str) -> None:
    """Open the notebook by its address and choose Run > Run All Cells, as a user does; return when the kernel has done them all."""
    page.goto(f"{lab.url}lab/tree/{name}.ipynb?token={lab.token}&reset")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    # The kernel is there when the status bar says so; before that, Lab asks which one to start.
    page.locator(".jp-StatusBar-Widget", has_text=re.compile(r"Python 3 .*\| Idle")).wait_for()
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Run All Cells$")).click()
    done = """() => {
        const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputArea-prompt')].map(each => each.textContent);
        return prompts.length && prompts.every(each => /\\[\\d+\\]/.test(each)) || document.querySelector('.jp-mod-error') != null;
    }"""
    page.wait_for_function(done)
    page.locator(".jp-StatusBar-Widget", has_text=re.compile(r"\| Idle")).wait_for()


ERRORS = """() => [...document.querySelectorAll(
    '.jp-OutputArea-output[data-mime-type$="stderr"], .jp-OutputArea-output[data-mime-type$="error"]'
)].map(each => each.innerText)"""

# Of each table: whether it can be seen, whether its columns go from right to left, whether a cell's words start at the right.
TABLES = """() => [...document.querySelectorAll('.jp-OutputArea-output table')].map(table => {
    const heads = [...table.querySelectorAll('thead th')].map(each => each.getBoundingClientRect());
    const cell = getComputedStyle(table.querySelector('td'));
    return [
        table.getBoundingClientRect().height > 20 && table.checkVisibility(),
        heads.every((each, at) => at == 0 || each.right <= heads[at - 1].left + 1),
        cell.direction == 'rtl' && ['start', 'right'].includes(cell.textAlign) && cell.whiteSpaceCollapse == 'collapse',
    ];
})"""
# Arabic paragraphs that do not start at the right.
STRAY = """() => [...document.querySelectorAll('.jp-OutputArea-output [dir=rtl] p, p[dir=rtl]')].filter(each => {
    const style = getComputedStyle(each);
    return each.checkVisibility() && (style.direction != 'rtl' || !['start', 'right'].includes(style.textAlign));
}).map(each => each.innerText)"""


@pytest.mark.parametrize("name", notebook_names())
def test_run_all_in_jupyterlab(lab: Lab, page: Page, name: str) -> None:
    run_all(lab, page, name)
    assert page.evaluate(ERRORS) == []
    tables = page.evaluate(TABLES)
    assert tables
    assert tables == [[True, True, True]] * len(tables)
    assert page.evaluate(STRAY) == []
    pictures = page.evaluate("[...document.querySelectorAll('.jp-OutputArea-output img')].map(each => each.naturalWidth > 600)")
    assert pictures
    assert all(pictures)
    assert page.evaluate("[...document.querySelectorAll('.jp-OutputArea-output')].every(each => each.scrollWidth <= innerWidth)")
    if "SHOTS" in os.environ:
        page.set_viewport_size({"width": 1280, "height": 6000})
        page.screenshot(path=f"{os.environ['SHOTS']}/{name}.png")
        page.set_viewport_size({"width": 1280, "height": 900})


def test_displays_in_jupyterlab(lab: Lab, page: Page) -> None:
    """What a user types: an article marked, a concordance, the tables, and a mistake."""
    import nbformat

    cells = [
        "import analysis as na\nfrom analysis import places\ntables = na.extract(na.read_articles(places.sample()))\ntables",
        "na.show(tables, tables.articles['article_id'][2])",
        "na.kwic(tables.articles, 'التحالف', window=30)",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook["metadata"]["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nbformat.write(notebook, lab.folder / "displays.ipynb")
    run_all(lab, page, "displays")
    assert page.evaluate(ERRORS) == []
    if "SHOTS" in os.environ:
        page.set_viewport_size({"width": 1280, "height": 6000})
        page.screenshot(path=f"{os.environ['SHOTS']}/displays.png")
        page.set_viewport_size({"width": 1280, "height": 900})
    assert page.evaluate(STRAY) == []
    assert page.locator(".na-show article").evaluate("each => getComputedStyle(each).direction") == "rtl"
    places_of_cells = """() => ['pre', 'keyword', 'post'].map(name =>
        document.querySelector(`.kwic tbody td.${name}`).getBoundingClientRect().right)"""
    before, keyword, after = page.evaluate(places_of_cells)
    assert before > keyword > after
