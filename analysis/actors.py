"""What readers call the actors: by the names of the package's lexicon, and by those of every file of a user's own that was read.

In goes an actor's key, as the table of mentions has it, out comes its name. Tables that are stored have the names of a user's own
actors beside them (`Tables.save`), so that reports on them know the names without the file.

>>> know({"port": {"ar": "هيئة الميناء", "en": "Port Authority", "en_article": "the"}})
>>> name("port", "ar"), name("port", "en"), name("port", "en", in_sentence=True)
('هيئة الميناء', 'Port Authority', 'the Port Authority')
>>> name("sdf", "en", in_sentence=True), name("iraq", "en", in_sentence=True), name("nobody", "en")
('the Syrian Democratic Forces', 'Iraq', 'nobody')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from analysis import lexicon

_NAMES = ("ar", "en", "en_article")
_own: dict[str, dict[str, str]] = {}  # the same key of a later file is the later actor


def know(actors: Mapping[str, Any]) -> None:
    """Remember what the actors of a file of a user's own (or what `own` gave of one) are called."""
    for key, fields in actors.items():
        if isinstance(fields, Mapping):
            _own[str(key)] = {each: fields[each] for each in _NAMES if isinstance(fields.get(each), str)}


def name(key: object, language: str, *, in_sentence: bool = False) -> str:
    """What readers call an actor, an unknown one by its key; with the article that English wants within a sentence."""
    entry = _own.get(str(key)) or lexicon.read("actors")["actors"].get(str(key), {})
    called = str(entry.get(language, key))
    article = entry.get(f"{language}_article", "") if in_sentence else ""
    return f"{article} {called}" if article else called


def own(keys: Iterable[str]) -> dict[str, dict[str, str]]:
    """The names of those of the actors that are not the package's, for `know` to take up elsewhere.

    >>> know({"port": {"ar": "هيئة الميناء"}})
    >>> own(["port", "sdf"])
    {'port': {'ar': 'هيئة الميناء'}}
    """
    return {key: _own[key] for key in sorted(set(keys)) if key in _own}
