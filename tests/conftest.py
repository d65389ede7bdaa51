"""What several test files share: the sample's reports, made once a session, and a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from analysis.report import Outcome

CHROMIUM = Path("/usr/bin/chromium")
# Root needs the first; the others keep a browser without a screen from calling its makers.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Report(NamedTuple):
    """A run's folder and what became of its notebooks."""

    folder: Path
    outcomes: list[Outcome]
    language: str


def made(folder: Path, language: str, **options: object) -> Report:
    from analysis.report import run_reports

    return Report(folder, run_reports(out=folder, language=language, **options), language)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def arabic_report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The sample's four reports in Arabic."""
    return made(tmp_path_factory.mktemp("report") / "ar", "ar")


@pytest.fixture(scope="session")
def english_report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The sample's four reports in English."""
    return made(tmp_path_factory.mktemp("report") / "en", "en")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium: Debian's."""
    if not CHROMIUM.is_file():
        pytest.skip(f"{CHROMIUM} is not there; Debian's package chromium has it")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()
