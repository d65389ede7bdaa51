"""The names that outlets choose, without those that only stand within the name of another actor.

In goes the table of mentions, which has both, out comes the same without the inner ones: who writes the whole name of a coalition
against an organisation has not chosen a name for the organisation.

>>> import pandas as pd
>>> names = ["الحملة الدولية ضد داعش", "داعش", "داعش"]
>>> rows = {"article_id": ["a"] * 3, "start": [4, 22, 40], "end": [26, 26, 44], "text": names}
>>> outermost(pd.DataFrame(rows))["start"].tolist()
[4, 40]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


def outermost(mentions: pd.DataFrame) -> pd.DataFrame:
    """`mentions` (with `article_id`, `start`, `end`) without those that lie inside a longer one, in the same order."""
    if len(mentions) < 2:
        return mentions
    article, _ = mentions["article_id"].astype("object").factorize()
    start, end = (mentions[name].to_numpy(dtype=np.int64) for name in ("start", "end"))
    length = int(end.max()) + 1
    starts, ends = article * length + start, article * length + end  # all articles on one line, one after the other
    order = np.lexsort((-ends, starts))
    starts, ends = starts[order], ends[order]
    new = np.concatenate(([True], (np.diff(starts) != 0) | (np.diff(ends) != 0)))  # the first of those with the same span
    reach = np.concatenate(([-1], np.maximum.accumulate(ends)[:-1]))  # how far the spans before it reach
    kept = np.empty(len(order), dtype=bool)
    kept[order] = (reach < ends)[np.flatnonzero(new)][np.cumsum(new) - 1]
    return mentions[kept]
