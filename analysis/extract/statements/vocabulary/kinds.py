"""What a word can be in a source by its spelling alone: a role, a body, a name, a verbal noun, or nothing that a list knows.

In goes a folded spelling, out comes a `Noun`.

>>> noun("والوزير"), noun("للصحيفه")[0], noun("استمرار")[0]
(('and', 'وزير', True, False), 'media', 'content')
"""

from __future__ import annotations

import re
from typing import Final

from analysis.extract.statements.vocabulary.forms import written
from analysis.extract.statements.vocabulary.listed import JOINING, KINDS, ROLES, is_act, is_office, particles, single, titles
from analysis.extract.statements.vocabulary.owned import owned_people, owned_role

LONGEST: Final = 40  # letters; what is longer is no word of Arabic, with all its proclitics
BAN: Final = single("ban_ki_moon")[0] + "ءن"  # the surname بان, told from بأن in the same way as إلينور
ALI: Final = single("ali")[:-1] + "ؠ"  # the name, as `Article` writes it where the text tells it from the preposition
_OF_GOD: Final = single("god")
_SERVANT: Final = single("servant") + "ال"  # عبدالرحمن
AN: Final = single("that")
THAT: Final = frozenset(front + AN + owner for front in ("", "ب") for owner in ("", "ه", "ها", "هم", "هما", "ني", "نا", "ك", "كم"))

# What a word is in a source: its kind; the word `bare`, without article and proclitic; whether it is definite; and whether it is
# prefixed, with ل or ب written on it. A plain tuple: every new spelling makes one or more.
Noun = tuple[str, str, bool, bool]

_WRITTEN: Final = written()
_MANNERS: Final = particles("manners")
_CONTENTS: Final = titles("contents")
_NOT_CONTENTS: Final = titles("not_contents")
_HEARERS: Final = titles("hearers")
_INNER: Final = titles("inner")
# A verb with the pronoun of the first person (جعلني، يمنعني), which an adjective in اني or يني (لبناني) only looks like.
WITH_ME = r"(?!(?:[وفبك]?ال|لل))(?:\w{3,}[ملتد]|[يت]\w{2,}[^اوي])ني"
# Shapes of verbal nouns without the article: افتعال، استفعال، إفعال، تفعيل، مفاعلة، with or without a pronoun.
NOUN_SHAPE: Final = re.compile(
    r"(?:است\w{2,3}ا\w|ا\w{2}ا\wه?|ا\wت\wا\w|ا(?:صط|ضط|زد|ن\w)\wا\w|ت\w{2}ي\w|م\wا\w{2}ه|م\wا\w{2}(?=ت[هم])|ت\wا\w{2}|ت\w{3}(?=ه|ها|هم))"
    r"(?:ه|ها|هما?|ت[هم]ا?|تهما)?$"
)
_NOUN_SHAPES: Final = frozenset(("ا", "ت", "م"))  # the letters that these begin with
VERB_SHAPE = re.compile(r"(?:(?:ي|ت)\w{2,6}(?:ون)?|\w{3,}ت(?:ه|ها|هم))$")
# Shapes that are hardly names: a present without long vowels (يعمل، يستخدم، يطالبون), a verbal noun in the accusative (احتجاجاً).
_PRESENT: Final = re.compile(r"ي(?:[^اويهء\W]{3,5}|\w{3,5}ون|\w{3,5}(?:ه|ها|هم))|ت\wت[^اويهء\W]{2}|تست\w{3,4}")
_MANNER: Final = re.compile(r"(?:است\w{2,3}ا\w|ا\wت\wا\w|ان\w{2}ا\w)ا")
_WITH_ARTICLE: Final = frozenset(
    ("adverb", "inner", "compound", "content", "given", "rank", "determiner", "place", "media_name", "common", "honour", "number")
)
_AFTER_PREPOSITION: Final = frozenset(
    ("body", "media", "role", "people", "place", "document", "media_name", "content", "common", "acronym")
)
_AFTER_AND: Final = frozenset(
    ("role", "people", "body", "media", "place", "document", "rank", "content", "common", "acronym", "honour", "adjective")
)
_ACCUSATIVE: Final = frozenset(("role", "document", "body", "anonymous", "media"))
_OURS: Final = frozenset(("role", "media", "anonymous"))
_JOINED: Final = frozenset(("inner", "determiner", "relative", "adverb"))
_WITH_THEIR_OWN: Final = frozenset(("body", "people", "media", "role", "rank", "place"))
OWNERS: Final = ("ه", "ها", "هم", "هما", "هن")
_OWNER_ENDS: Final = frozenset(owner[-1] for owner in OWNERS)


def noun(spelled: str) -> Noun:
    """What a folded word can be in a source: by the lists first, then by what is written on it, then by its shape."""
    if len(spelled) > LONGEST:
        return ("bare", spelled, False, False)
    if (len(spelled) == 1 and spelled in "وف") or spelled in THAT:
        return ("verb", spelled, False, False)  # a conjunction that stands apart; أن, أنهما: no part of a name
    if found := _listed(spelled):
        return found
    if spelled[0] == "ء":  # an alif with hamza before ل, as `Article` writes it: no article (إلينور)
        return ("content" if NOUN_SHAPE.match("ا" + spelled[1:]) else "bare", spelled, False, False)
    return _with_ending(spelled) or _with_beginning(spelled) or _by_shape(spelled)


def _listed(spelled: str) -> Noun | None:
    """A word that the lists have just as it is spelled."""
    kind = KINDS.get(spelled)
    if not kind:
        return None
    definite = (spelled.startswith("ال") and len(spelled) > 4) or (kind in _OURS and spelled.endswith("نا"))
    if definite and not spelled.startswith("ال"):
        return (kind, spelled, True, False)  # محدثنا، مراسلنا
    return (kind, spelled[2:] if definite else spelled, definite, False)


def _with_ending(spelled: str) -> Noun | None:
    """A word of the lists with an ending: an owner's pronoun, the accusative's alif, or God's name."""
    if spelled[-1] in _OWNER_ENDS:
        if owned := owned_role(spelled, ROLES):
            return ("role", owned, True, False)
        if owned := owned_people(spelled, KINDS):
            return ("people", owned, True, False)  # سكانها، أعضاؤهم
    if spelled.endswith(("ها", "هم")) and KINDS.get(spelled[:-2]) == "anonymous":
        return ("anonymous", spelled[:-2], True, False)  # مصادرها
    if spelled.endswith("يا") and KINDS.get(spelled[:-1]) == "adjective":
        return ("adverb", spelled, False, False)  # أوروبيا، رسميا
    if spelled[-1] == "ا" and KINDS.get(spelled[:-1]) in _ACCUSATIVE:
        return (KINDS[spelled[:-1]], spelled[:-1], False, False)
    if spelled.endswith(_OF_GOD) and len(spelled) > len(_OF_GOD) + 1 and spelled[0] not in "وفبلك":
        return ("given", spelled, False, False)  # نصرالله، يارالله
    return None


def _with_beginning(spelled: str) -> Noun | None:
    """A word with the article, a proclitic or عبد written on it, or a number."""
    if spelled in (ALI, BAN) or (spelled.startswith(_SERVANT) and len(spelled) > 6):
        return ("given", spelled, False, False)
    if spelled.isdigit():
        return ("number", spelled, False, False)
    if spelled.startswith("ال") and is_act(spelled):
        return ("verb", spelled, False, False)  # التقى، ألقى: no article
    if spelled.startswith(("ال", "لل")) and len(spelled) > (3 if spelled[0] == "ا" else 4):
        return _with_article(spelled)
    if spelled[0] == "ل" and len(spelled) == 3 and spelled[1:] in _HEARERS:
        return ("bare", spelled[1:], False, True)  # لبي بي سي
    if spelled[0] in "لبوف" and len(spelled) > 3 and (found := _with_proclitic(spelled)):
        return found
    rest = spelled[1:] if spelled[0] in "وف" else spelled
    if KINDS.get(rest) in _JOINED:
        return (KINDS[rest], rest, False, False)
    return ("verb", spelled, False, False) if rest in JOINING else None


def _by_shape(spelled: str) -> Noun:
    """A word that no list knows: a verb, a verbal noun or an adverb by its shape, else perhaps a name."""
    if spelled in JOINING or spelled in _WRITTEN or spelled in _MANNERS:
        return ("verb", spelled, False, False)
    if spelled[-1] == "ت" and is_act(spelled):
        return ("verb", spelled, False, False)  # دخلت، قررت
    if spelled[0] in _NOUN_SHAPES and NOUN_SHAPE.match(spelled) and spelled not in _NOT_CONTENTS:
        return ("content", spelled, False, False)
    if spelled[0] in "يت" and _PRESENT.fullmatch(spelled):
        return ("verb", spelled, False, False)
    if spelled[0] == spelled[-1] == "ا" and _MANNER.fullmatch(spelled):
        return ("adverb", spelled, False, False)
    if spelled.startswith("با") and len(spelled) > 5 and spelled[2] != "ل" and not NOUN_SHAPE.match(spelled[1:]):
        return ("bare", spelled, False, False)  # باعجاجة، باسلمة: a surname
    if spelled[0] in "لب" and len(spelled) > 5 and spelled[-1] == "ه":
        return ("bare", spelled[1:], False, True)  # a noun in ة behind a preposition, hardly a name
    return ("bare", spelled, False, False)


def _owner(spelled: str) -> str:
    """The pronoun of an owner that a word ends in; empty where it ends in none."""
    if spelled[-1] not in _OWNER_ENDS:
        return ""
    return next((owner for owner in OWNERS if spelled.endswith(owner)), "")


def _with_article(spelled: str) -> Noun:
    bare, prefixed = spelled[2:], spelled[0] == "ل"
    kind = KINDS.get(bare, "definite")
    if not prefixed:
        if kind in _WITH_ARTICLE:
            kind = "definite"
        elif kind == "adjective":
            kind = "role" if is_office(bare) else "definite"
    return (kind, bare, True, prefixed)


def _with_proclitic(spelled: str) -> Noun | None:
    """A word behind ل, ب or و where what remains is one of the lists or has the article; else None."""
    rest = spelled[1:]
    kind, bare, definite, prefixed = noun(rest)
    known = definite and not prefixed
    if spelled[0] in "لب":
        if kind == "people" and rest.endswith("ون"):
            return None  # no nominative after a preposition: بنجلون
        if kind in _AFTER_PREPOSITION or known:
            return (kind, bare, definite, True)
        if rest in _HEARERS or spelled in _INNER:
            return ("bare", rest, False, True)
        if kind == "determiner":
            return ("inner", rest, False, True)  # بهذا الخصوص، لتلك الشركة، بأحد الأخطاء
    elif KINDS.get(rest) in _JOINED:
        return (kind, rest, False, False)
    elif spelled[0] == "و" and (kind in _AFTER_AND or known):
        return ("and", bare, definite, False)
    elif spelled[0] == "ف" and known:
        return ("and", bare, True, False)  # فالقرآن
    elif prefixed and definite:
        return (kind, bare, True, True)  # وبالمجمل
    return None


def is_content(spelled: str, kind: str) -> bool:
    """Whether a word of a kind heads a reported noun phrase (ضرورة، استمرار، اعتقال)."""
    if spelled in JOINING:
        return False
    if kind == "content":
        return True
    owner = _owner(spelled)
    if not owner or kind in _WITH_THEIR_OWN or len(spelled) < len(owner) + 3:
        return False  # أسرة, no أسر with a pronoun
    stem = spelled[: -len(owner)]
    return stem in _CONTENTS or (stem[-1] == "ت" and stem[:-1] + "ه" in _CONTENTS)
