"""Where the package's own notebooks, sample corpus and figures lie: in a checkout, or inside an installed package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _place(*parts: str) -> Path:
    checkout = _PACKAGE.parent.joinpath(*parts)
    return checkout if checkout.exists() else _PACKAGE.joinpath("_repository", *parts)


def sample() -> Path:
    """The folder of the embedded sample corpus: demonstration text, written for this package."""
    return _place("data", "sample")


def notebooks() -> Path:
    """The folder of the notebooks."""
    return _place("notebooks")


def figures() -> Path | None:
    """The checkout's `figures/`; None in an installed package, which has no place of its own to draw to."""
    folder = _PACKAGE.parent / "figures"
    return folder if folder.is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file() else None
