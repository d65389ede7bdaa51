"""Text to rows: one module a family (numbers, dates, amounts, quotes, statements, mentions, hedges), and `pipeline`, which runs
them all.

`analysis.extract` is at once this package and, in the package's API, the function that reads a corpus: calling the module calls
`analysis.extract.pipeline.extract`, whichever of its modules was imported first.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


class _Callable(ModuleType):
    # Importing `analysis.extract.dates` binds the name `extract` in `analysis` to this module, hiding the function of that name.
    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from analysis.extract.pipeline import extract

        return extract(*args, **kwargs)


sys.modules[__name__].__class__ = _Callable
