"""Words that a scraped page has run together, parted where that is sure: وقالالوزير، وأكدرئيس، أنّالطريق.

In goes a folded text, out comes the same with a space at each such place, as `gluing` does it for numbers; spans still lead to
the original. A word is parted where its first half is a verb of saying, a complementiser, a place or a title with the article,
its second a noun of the lists with the article or an office, and no list knows the whole.

>>> from analysis.text import fold
>>> parted(fold("وقالالوزير إن السدّ متين")).folded
'وقال الوزير ان السد متين'
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.extract.statements.sources.reading import PERSON
from analysis.extract.statements.vocabulary.forms import written
from analysis.extract.statements.vocabulary.listed import is_office, listed_kind
from analysis.extract.statements.vocabulary.words import word
from analysis.tokens import Family

if TYPE_CHECKING:
    from analysis.text import Folded

_ARTICLE = "ال"
_SHORTEST, _LONGEST = 7, 30  # letters of two words in one
_OFFICE = 4  # letters of the shortest office that is parted without its article
_NOUNS = frozenset(("role", "rank", "body", "media", "people", "document", "anonymous"))
_FINITE = frozenset(("past", "present"))
_SHADDA = "\u0651"
_DOUBLED_NUN = "ن" + _SHADDA
# No word but of أنّب begins so; إنّما is one.
_DOUBLED = re.compile(rf"(?<!\w)[وفبل]?[أإا]ن{_SHADDA}(?:(?:ه|ها|هم)?(?={_ARTICLE}\w{{2}})|(?=(?!ب|ما|ه|نا)\w{{4}}))")


def parted(doc: Folded) -> Folded:
    """The text with a space between two words that were run together; the text itself where there are none."""
    tokens = doc.tokens
    places = {tokens.starts[at] + _cut(tokens.known[at].text) for at in tokens.where(_RUN_TOGETHER)}
    if _DOUBLED_NUN in doc.plain:
        places |= {doc.to_folded(end) for end in _doubled(doc.plain)}
    parting = sorted(at for at in places if doc.origin(at - 1) < doc.origin(at))  # within a ligature of both words nothing stands
    return doc.spaced(parting) if parting else doc


def _doubled(text: str) -> list[int]:
    """Where أنّ ends that is run together with what follows."""
    ends: list[int] = []
    at = text.find(_DOUBLED_NUN)
    while at >= 0:  # far faster than the expression, which begins with no letter that it can look for
        match = _DOUBLED.match(text, max(0, at - 2)) or (_DOUBLED.match(text, at - 1) if at > 1 else None)
        if match:
            ends.append(match.end())
        at = text.find(_DOUBLED_NUN, at + 1)
    return ends


def _cut(spelled: str) -> int:
    """Where the second of two words starts in one spelling; 0 where it is one word."""
    if not _SHORTEST <= len(spelled) <= _LONGEST or _is_known(spelled):
        return 0
    at = spelled.find(_ARTICLE, 2)
    while at > 0:
        if _leads(spelled[:at]) and word(spelled[at:]).kind in _NOUNS:
            return at
        at = spelled.find(_ARTICLE, at + 1)
    for at in range(3, len(spelled) - _OFFICE + 1):
        if _says(spelled[:at]) and is_office(spelled[at:]):
            return at
    return 0


def _is_known(spelled: str) -> bool:
    """Whether a spelling is a word of the lists or a form of a cue as it is."""
    known = word(spelled)
    return known.kind != "bare" or bool(known.readings) or bool(known.lists)


def _says(spelled: str) -> bool:
    """Whether a word is a verb of saying in the third person and nothing else."""
    known = written().get(spelled)
    return known is not None and any(
        form.mood in _FINITE and form.number == "s" and not form.suffixed and "guard" not in form.flags for form in known[1]
    )


def _leads(spelled: str) -> bool:
    """Whether another noun may stand right behind a word that was run together with it."""
    known = word(spelled)
    if known.marker == "that" or _says(spelled):
        return True
    return listed_kind(spelled) == "place" or (known.definite and not known.prefixed and known.kind in PERSON)


_RUN_TOGETHER = Family(_cut)
