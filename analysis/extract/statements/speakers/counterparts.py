"""Counterparts: who holds the same office elsewhere (الرئيس المصري فلان ونظيره التشيكي فلان), by that office.

In goes an article, out come the phrases of such people, as if the text called them by their office (الرئيس التشيكي فلان).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.extract.statements.article import WHOLE
from analysis.extract.statements.sources.likeness import is_origin
from analysis.extract.statements.sources.phrases import Phrase, read_phrase
from analysis.extract.statements.sources.reading import PERSON
from analysis.extract.statements.vocabulary.listed import is_office, listed_kind, single

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article
    from analysis.extract.statements.vocabulary.words import Word

_PEER = single("peer")
_PEERS = frozenset((_PEER, _PEER + "ه"))
_LOOKUPS = 24  # counterparts in one article that are looked at
_BACK = 30  # words back to the office that both hold
_LONG = 120  # characters of the longest phrase of a counterpart
_HERS = ("ته", "تها", "تهم", "تهما", "تهن")


def counterparts(article: Article) -> Iterator[Phrase]:
    """The named counterparts of an article, each with the office of whose counterpart it is."""
    folded, words = article.folded, article.words
    offset = folded.find(_PEER, 0, WHOLE)
    for _ in range(_LOOKUPS):
        if offset < 0:
            return
        at = words.at(offset + 1) - 1
        known = words.known[at]
        if known.bare in _PEERS and known.spelled != _PEER:
            peer = read_phrase(article, offset, min(len(folded), offset + _LONG), strict=True)
            office = _office(article, at) if peer is not None and peer.named and peer.kind == "person" else None
            if peer is not None and office is not None:
                yield _in_office(peer, office, female=known.spelled.endswith(_HERS))
        offset = folded.find(_PEER, offset + len(_PEER), WHOLE)


def _office(article: Article, at: int) -> Phrase | None:
    """The nearest phrase before a word, in its paragraph, that names somebody by an office and a name or a country."""
    words = article.words
    for before in range(at - 1, max(-1, at - 1 - _BACK), -1):
        if "\n" in words.gaps[before + 1]:
            return None
        if not _opens_office(words.known[before]):
            continue
        if before and words.gaps[before] == " " and _opens_office(words.known[before - 1]) and not words.known[before - 1].definite:
            continue  # نائب وزير الدفاع
        known = words.known[before]
        start = words.ends[before] - len(known.bare) - 2 * known.definite
        office = read_phrase(article, start, words.starts[at], strict=True)
        if office is not None and office.kind == "person" and (office.named or any(map(is_origin, office.role))):
            return office
    return None


def _opens_office(known: Word) -> bool:
    """Whether a word is an office, also behind a proclitic: وزير، والرئيس، لملك."""
    return (known.kind in PERSON or (known.kind == "and" and listed_kind(known.bare) in PERSON)) and is_office(known.bare)


def _in_office(peer: Phrase, office: Phrase, *, female: bool) -> Phrase:
    """A counterpart's phrase with the other's office in it, in the counterpart's gender and without the other's country."""
    head = office.head.removesuffix("ه")
    head = head + "ه" if female else head
    role = {each for each in office.role if not is_origin(each)} - {office.head}
    return peer.but(head=head, role=frozenset(role | {head} | (peer.role - _PEERS)), gender="f" if female else "m")
