"""What several test files share: the sample's reports, made once a session, and a browser."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    import pandas as pd
    from playwright.sync_api import Browser

    from analysis.report import Outcome

# The sources are what is tested, and doctests need them; `make test-compiled` tests the machine code, if it was built, by itself.
os.environ.setdefault("ANALYSIS_COMPILED", "0")

# A busy machine is no failure: the first call of a reader compiles its tables. The same examples each time, so that a red run
# can be repeated.
settings.register_profile("project", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")

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
    """A run's folder and what became of its notebooks; the sample's figures go beside it, not into the checkout."""

    folder: Path
    outcomes: list[Outcome]
    language: str

    @property
    def figures(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}-figures")


def made(folder: Path, language: str, **options: object) -> Report:
    from analysis import places
    from analysis.report import run_reports

    report = Report(folder, [], language)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "figures", lambda: report.figures)
        return report._replace(outcomes=run_reports(out=folder, language=language, **options))  # type: ignore[arg-type]


def shared(factory: pytest.TempPathFactory, language: str) -> Report:
    """The sample's reports, made by the first worker that asks for them; the others wait and take them."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"report-{language}"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        outcomes = folder.with_suffix(".pickle")
        if not outcomes.exists():
            outcomes.write_bytes(pickle.dumps(made(folder, language).outcomes))
        return Report(folder, pickle.loads(outcomes.read_bytes()), language)


@pytest.fixture(scope="session")
def arabic_report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The sample's five reports in Arabic."""
    return shared(tmp_path_factory, "ar")


@pytest.fixture(scope="session")
def english_report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The sample's five reports in English."""
    return shared(tmp_path_factory, "en")


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


def table(name: str, *rows: dict[str, object]) -> pd.DataFrame:
    """A table of the schema: what a row does not say is empty."""
    from analysis import schema

    defaults = {"bool": False, "int32": 0, "string": None}
    columns = {
        column.name: [
            row.get(column.name, column.dtype[0] if isinstance(column.dtype, tuple) else defaults.get(column.dtype)) for row in rows
        ]
        for column in schema.TABLES[name]
    }
    return schema.frame(name, columns if rows else {})
