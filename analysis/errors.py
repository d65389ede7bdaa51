"""What can go wrong through the user's input: said in one sentence, with the remedy."""

from __future__ import annotations

from typing import NamedTuple


class InputError(ValueError):
    """The user's input cannot be used; the message is one sentence that names it and says what would be right."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of a traceback: the sentence alone, for the mistake is not in this package's code."""
        return [f"{type(self).__name__}: {self}"]


class Problem(NamedTuple):
    """Something that could not be read while the rest was: a file, or one line of it."""

    path: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line is not None else self.path
        return f"{place}: {self.reason}"
