"""Ids that are unique over a dataset, by the rule of `read_articles`, whatever the number of files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analysis.dataset.shards import hash_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


def new_ids(found: Mapping[int, Sequence[Any]], every: NDArray[Any]) -> dict[int, dict[tuple[str, int | None], tuple[str, bool]]]:
    """New ids for those that are there twice: files of one name in several folders by folder and name, others with a number."""
    import numpy as np

    count = Counter(each.id for _, ids in sorted(found.items()) for each in ids)
    taken = {each.apart or each.id for ids in found.values() for each in ids}

    def is_taken(article: str) -> bool:
        hashed = np.uint64(hash_of(article))
        at = int(np.searchsorted(every, hashed))
        return article in taken or (at < every.size and every[at] == hashed)

    renamed: dict[int, dict[tuple[str, int | None], tuple[str, bool]]] = {}
    seen: Counter[str] = Counter()
    for shard, ids in sorted(found.items()):
        for each in ids:
            if count[each.id] < 2:  # two hashes alike
                continue
            article = each.apart or each.id
            seen[article] += 1
            named = seen[article] > 1
            new = article
            while named and is_taken(new := f"{article}-{seen[article]}"):
                seen[article] += 1
            taken.add(new)
            if new != each.id:
                renamed.setdefault(shard, {})[each.path, each.line] = (new, named)
    return renamed
