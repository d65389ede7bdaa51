"""What sentences of several pages share: where something stands, who is named, and words in quotation marks.

In go values of the tables and a language, out come parts of a sentence; names are isolated from the direction around them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from analysis import wording
from analysis.report import words

if TYPE_CHECKING:
    import pandas as pd

_MARKS = re.compile('["“”„«»‹›]')


def where(rows: pd.DataFrame, language: str) -> str:
    """In how many articles by how many outlets `rows` (with `article_id` and `outlet`) are; unnamed outlets are not counted."""
    return in_articles(rows["article_id"].nunique(), rows["outlet"].nunique(), language)


def in_articles(articles: int, outlets: int, language: str) -> str:
    """In so many articles by so many outlets."""
    counts = {"articles": words.count("article", articles, language), "outlets": words.count("outlet", outlets, language)}
    return words.text("page.in_articles_by" if outlets else "page.in_articles", language, **counts)


def quoted(text: object, language: str) -> str:
    """Words in quotation marks, isolated from the direction around them."""
    return words.text("page.quoted", language, words=wording.isolate(text))


def outlet_name(outlet: Any, language: str) -> str:
    """An outlet's name within a sentence, isolated from the direction around it; the words for one that has none."""
    return nameless(language) if wording.missing(outlet) else wording.isolate(outlet)


def nameless(language: str) -> str:
    """What a sentence calls an outlet that nothing names."""
    return words.text("page.nameless", language)


def actor(key: object, language: str) -> str:
    """An actor's name within a sentence, with its article, isolated from the direction around it."""
    return wording.isolate(wording.actor_name(key, language, in_sentence=True))


def label_surfaces(mentions: pd.DataFrame) -> dict[str, str]:
    """How each label, which is kept folded, is mostly written; without quote marks."""
    counts = mentions.groupby(["label", "text"], observed=True).size().reset_index(name="n")
    counts = counts.sort_values(["label", "n", "text"], ascending=[True, False, True]).drop_duplicates("label")
    return {str(label): _MARKS.sub("", str(text)) for label, text in zip(counts["label"], counts["text"], strict=True)}


def capital(sentence: str) -> str:
    """A sentence with its first letter large."""
    return sentence[:1].upper() + sentence[1:]
