"""What can go wrong through the user's input: said in one sentence, with the remedy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

# What moves a terminal's cursor, breaks its line, or turns what follows round: controls, line ends, half characters, and the
# embeddings and isolates of directions. The plain marks U+200E and U+200F are left, for Arabic file names have them.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def printable(text: object) -> str:
    r"""Text for a terminal, in one line: what would run there as a command is written as its escape.

    >>> printable("one\x1b[2J\ntwo")
    'one\\x1b[2J\\ntwo'
    """
    return _UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), str(text))


def why(error: BaseException) -> str:
    """An exception in one line.

    >>> why(KeyError("outlet"))
    "KeyError: 'outlet'"
    """
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:300].rstrip(": ")


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
        return printable(f"{place}: {self.reason}")

    @classmethod
    def listed(cls, table: pd.DataFrame) -> list[Problem]:
        """The rows of the table `problems`."""
        columns = (table[name].astype(object).where(table[name].notna(), None) for name in cls._fields)
        return [cls(*row) for row in zip(*columns, strict=True)]
