"""Who speaks and who hears, behind a verb of telling somebody: أبلغ مسؤول كبير الوكالة أن، وأخبر الصحفيين بأن.

In goes the stretch between such a verb and what was said, out comes who speaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.sources.phrases import Phrase, read_phrase
from analysis.extract.statements.sources.reading import SOUND_PLURAL

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article
    from analysis.extract.statements.vocabulary.forms import Form

_MARKS = ' ،,:-"“”«»'


def teller(article: Article, form: Form, start: int, end: int) -> tuple[bool, Phrase | None]:
    """Whether a hearer stands between a verb of telling and what is told, and who tells it; None where that is left out.

    A medium alone is whom somebody tells, and so is a plural in the accusative; of two noun phrases the one that can only hear.
    """
    finite = form.mood in {"past", "present"} and not form.suffixed
    first = read_phrase(article, start, end, strict=True) if finite and "hearer" in form.flags else None
    if first is None:
        return False, None
    rest = article.folded[first.end : end].strip(_MARKS)
    second = read_phrase(article, first.end, end, strict=True) if rest else None
    if not _hears(first):
        at_once = second is not None and second.start - first.end < _APART and _hears(second)
        return (True, first) if at_once else (False, None)
    if second is not None and not _hears(second) and second.kind in _SPEAKS:
        return True, second
    return not rest, None


_APART = 2  # characters between two noun phrases that follow at once
_SPEAKS = frozenset(("person", "people", "body", "anonymous", "name", "place"))


def _hears(phrase: Phrase) -> bool:
    """Whether a noun phrase can only be whom somebody tells: a medium, or a plural that is no nominative (الصحفيين)."""
    if phrase.kind == "media":
        return True
    oblique = phrase.head.endswith(SOUND_PLURAL[1]) and len(phrase.head) > len(SOUND_PLURAL[1]) + 2
    return phrase.definite and phrase.number == "p" and oblique and phrase.kind in {"people", "other"}
