"""What cannot speak: an abstract noun between a verb and its carrier (أوضح الفارق بين … قائلاً), the adjective of a thing.

In go noun phrases, as they are read, out comes whether they are what is spoken about rather than who speaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.article import WHOLE
from analysis.extract.statements.sources.reading import NISBA, SOUND_PLURAL
from analysis.extract.statements.vocabulary.listed import particles
from analysis.text import fold_key

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article
    from analysis.extract.statements.sources.phrases import Phrase
    from analysis.extract.statements.vocabulary.forms import Form
    from analysis.extract.statements.vocabulary.words import Word

_LOOKUPS = 24  # occurrences of a word that are looked at
_FINITE = frozenset(("past", "present"))
_PLAIN = frozenset(("definite", "common", "document"))


def is_explained(article: Article, phrase: Phrase, form: Form) -> bool:
    """Whether a definite noun behind a verb is what it explains: an unknown one that is nobody's surname in the article."""
    if phrase.kind == "document":
        return form.number == "s" and phrase.number == "s" and (phrase.gender == "f") != (form.gender == "f")  # ختم الكلمة قائلاً
    if phrase.kind != "other" or phrase.named or not phrase.definite or phrase.head.endswith((*NISBA, *SOUND_PLURAL)):
        return False
    if fold_key(form.lemma) in particles("going_on") or "plain" in form.flags:
        return False
    return not is_surname(article, phrase)


def is_surname(article: Article, phrase: Phrase) -> bool:
    """Whether the first word of a phrase stands elsewhere behind a given name, or behind a verb of saying."""
    words = article.words
    spelled = words.after(phrase.start).spelled
    at = article.folded.find(spelled, 0, WHOLE)
    for _ in range(_LOOKUPS):
        if at < 0:
            return False
        place = words.at(at)
        if at != phrase.start and 0 < place < words.size and words.starts[place] == at and words.gaps[place] == " ":
            before = words.known[place - 1]
            if before.kind in {"given", "rank"} or (before.readings and before.readings[0].mood in _FINITE):
                return True
        at = article.folded.find(spelled, at + len(spelled), WHOLE)
    return False


def describes_thing(known: Word, before: Word, *, marked: bool) -> bool:
    """Whether a definite word in ي, or one in quote marks, belongs to the definite noun before it, which is nobody's title.

    So no source starts with it: الحرف الأبجدي، الذي قال إنه; الرقم القديم «تسعة»، الذي قال إنه.
    """
    adjective = known.definite and known.kind in _ADJECTIVES and known.bare.endswith(NISBA)
    return (
        (marked or adjective)
        and (before.kind in _PLAIN or before.spelled[:3] == _WITH_THE)
        and before.definite | (before.kind == "adverb")
    )


_ADJECTIVES = frozenset(("definite", "role"))  # الفلكي, who is somebody too
_WITH_THE = "بال"  # with which words are listed as adverbs: بالحرف
