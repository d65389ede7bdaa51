"""Nouns of people with their owner written on them: رئيسها، سكانها، أعضاؤهم.

In go a folded word and what the lists know, out comes the noun without the pronoun, or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

_FEMININE = "ه"
_OWNERS = ("ها", "هم", "هما", "هن")
_CARRIED = {"و": "ء", "ي": "ء"}  # a hamza at the end that the pronoun puts on its carrier: أعضاؤها، أعضائها


def owned_role(spelled: str, roles: frozenset[str]) -> str:
    """The role in a word with a pronoun (رئيسها، رئيسته); empty where there is none.

    >>> owned_role("رييسته", frozenset(["رييسه"])), owned_role("رييسها", frozenset(["رييس"]))
    ('رييسه', 'رييس')
    """
    for pronoun in (_FEMININE, *_OWNERS):  # after ت also ه is surely a pronoun: رئيسته
        if spelled.endswith("ت" + pronoun):
            role = spelled[: -len(pronoun) - 1] + _FEMININE
            return role if role in roles or role[:-1] in roles else ""
    for pronoun in _OWNERS:
        if spelled.endswith(pronoun):
            role = spelled[: -len(pronoun)]
            return role if role in roles else ""
    return ""


def owned_people(spelled: str, kinds: Mapping[str, str]) -> str:
    """The people in a word with a pronoun; empty where there are none. With ه alone only where their ending shows that it is one.

    >>> kinds = {"سكان": "people", "اعضاء": "people", "تجار": "people", "مساعدين": "people"}
    >>> [owned_people(each, kinds) for each in ("سكانها", "اعضاوها", "مساعديه", "تجاره")]
    ['سكان', 'اعضاء', 'مساعدين', '']
    """
    for pronoun in (*_OWNERS, _FEMININE):
        if not spelled.endswith(pronoun):
            continue
        stem = spelled[: -len(pronoun)]
        if pronoun != _FEMININE and kinds.get(stem) == "people":
            return stem
        if kinds.get(stem) == "role":
            continue  # محاميه
        for whole in (stem[:-1] + _CARRIED.get(stem[-1:], "-"), stem + "ن"):
            if stem[-1:] in _CARRIED and kinds.get(whole) == "people":
                return whole
    return ""
