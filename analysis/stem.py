"""Words without what Arabic writes on them: the one home of proclitics and light stemming.

In goes a folded word (see `analysis.text`), out comes what comparisons count it as. The letters are in
`analysis/lexicon/stems.toml`.

>>> stem("وبالشراكه"), stem("شراكتهم"), stem("للمدارس"), stem("ستواصل")
('شراك', 'شراك', 'مدارس', 'واصل')
>>> without_article("وبالمدينه"), without_article("للسلام"), without_article("والد")
('مدينه', 'سلام', 'والد')
>>> without_proclitics("لتمويل"), without_proclitics("كلب")
('تمويل', 'كلب')
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.lexicon import read
from analysis.text import alternation, fold_key

# The hamza after a long ا, whose seat is that of what follows: أعضاء, أعضائها, أعضاؤها.
_HAMZA = ("اء", "اي", "او")
_SEATED = 3  # letters of a word that has more than a hamza and its ا


class _Forms(NamedTuple):
    article: re.Pattern[str]
    prefix: re.Pattern[str]
    preposition: re.Pattern[str]
    imperfect: re.Pattern[str]
    suffix: re.Pattern[str]
    feminine: tuple[str, ...]


@cache
def _forms() -> _Forms:
    data = read("stems")
    letters = {name: "".join(data[name]) for name in ("conjunctions", "prepositions", "persons", "persons_future")}
    and_, to = f"[{letters['conjunctions']}]", f"[{letters['prepositions']}]"
    future = rf"{and_}?{data['future']}(?=[{letters['persons_future']}]\w{{3}})"
    return _Forms(
        article=re.compile(rf"^{and_}?{alternation(data['article'])}(?=\w{{2}})"),
        prefix=re.compile(rf"^(?:{future}|{and_}?{to}(?=\w{{4}})|{and_}(?=\w{{3}}))"),
        preposition=re.compile(rf"^(?:{and_}?{alternation(data['article'])}|{and_}?{to}(?=\w{{4}})|{and_})"),
        imperfect=re.compile(rf"^[{letters['persons']}](?=\w{{4}})"),
        suffix=re.compile(rf"(?<=\w{{3}})(?:{'|'.join(fold_key(each) for each in data['suffixes'])})$"),
        feminine=tuple(data["feminine"]),
    )


@cache
def proclitics() -> tuple[str, ...]:
    """Proclitics as they are written together before a word, the longest first.

    >>> proclitics()[0], proclitics()[-1]
    ('وبال', 'ل')
    """
    return tuple(sorted(map(fold_key, read("stems")["proclitics"]), key=lambda each: -len(each)))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The light stem of a folded word: article, conjunction, preposition, person of the verb and frequent endings off."""
    forms = _forms()
    bare = forms.article.sub("", word)
    if bare == word:
        bare = forms.imperfect.sub("", forms.prefix.sub("", word))
    shorter = forms.suffix.sub("", bare)
    if shorter == bare and bare.endswith(forms.feminine):
        shorter = bare[:-1]
    return shorter[:-1] if len(shorter) > _SEATED and shorter.endswith(_HAMZA) else shorter


@lru_cache(maxsize=65536)
def without_article(word: str) -> str:
    """The word without its article and what is joined to that; a word without article is left as it is."""
    return _forms().article.sub("", word)


@lru_cache(maxsize=65536)
def without_proclitics(word: str) -> str:
    """The word without article, conjunction and preposition, its ending kept."""
    return _forms().preposition.sub("", word)
