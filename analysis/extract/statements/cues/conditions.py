"""Last conditions of an attribution: what tells that a cue with a complement attributes nothing after all.

In goes a cue's form with its frame and its source, out comes whether it stands: a verb that shows needs a text, one that is negated
says nothing (لم تكشف عن), a passive names nobody (يُعتقد), what facts show nobody says (وهو ما يؤكد أن).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.vocabulary.listed import single, titles
from analysis.extract.statements.vocabulary.words import Word, word

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article
    from analysis.extract.statements.sources.phrases import Phrase
    from analysis.extract.statements.vocabulary.forms import Form, Hit

_FINITE, _FROM = frozenset(("past", "present")), single("from")


def untold(article: Article, hit: Hit, form: Form, frame: str, phrase: Phrase | None) -> bool:
    """Whether a verb tells what was not said (لم تكشف الوزارة عن …) or what facts show (وهو ما يؤكد أن …)."""
    if not hit.at or form.mood not in _FINITE or form.suffixed or article.words.gaps[hit.at] != " ":
        return False
    before = article.words.known[hit.at - 1].lists
    if "bare_that" in before and hit.at > 1 and "without" in article.words.known[hit.at - 2].lists:
        return True  # من دون أن يوضح
    to_come = form.mood == "present" and "bare_that" in before and hit.at > 1 and frame not in {"that", "quote"}
    if to_come and "scheduled" in article.words.known[hit.at - 2].lists:
        return True  # من المقرر أن تعلن الشركة عن
    if "negations" in before and form.force not in {"deny", "doubt"} and frame not in SAID and "held" not in form.flags:
        return True
    return "about_what" in before and (phrase is None or phrase.kind not in _TELLERS)


SAID = frozenset(("that", "quote", "speech", "bare", "before"))
_TELLERS = frozenset(("person", "people", "body", "media", "place", "anonymous", "document", "name"))


def joint_act(article: Article, form: Form, at: int) -> bool:
    """Whether an act of two with ب is what is admitted: اعترف بالتنسيق مع, but not اعترف بالتعاون مع سالم بأنه."""
    words = article.words
    if "joint" not in form.flags or "joint" not in words.known[at].lists:
        return False
    for known in words.known[at + 1 : at + _BEFORE_ITS_OWN]:
        if known.marker == "that" or (known.marker == "with" and known.prefixed and "not_with" not in known.lists):
            return False
    return True


_BEFORE_ITS_OWN = 8  # words behind an adverbial within which the verb's own complement starts


def of_subject(article: Article, form: Form, cue_end: int, limit: int, at: int) -> bool:
    """Whether a preposition is the subject's own, for a nominative addresses nobody: حث الموقعون على البيان السكان على."""
    words = article.words
    first = words.at(cue_end)
    subject = words.known[first]
    if (
        "needs_object" not in form.flags
        or not 0 < at - first <= _COUNTED
        or not subject.definite
        or not subject.bare.endswith(_NOMINATIVE)
    ):
        return False
    if any(not (known.spelled.isdigit() or known.spelled == _AL) for known in words.known[first + 1 : at]):
        return False
    spelled = words.known[at].spelled
    return any(known.spelled == spelled for known in words.known[at + 2 : words.at(limit)])


_COUNTED = 3  # words from such a subject to its preposition, with a number (الموقعون الـ 300 على)
_NOMINATIVE, _AL = "ون", "ال"


def passive(form: Form, frame: str) -> bool:
    """Whether a form may be the passive that names nobody (يُعتقد، السفينة التي تُعتبر الكبرى)."""
    who = form.gender == "m" or frame == "about"
    return form.mood == "present" and who and form.number == "s" and not form.suffixed


def accusative(article: Article, phrase: Phrase) -> bool:
    """Whether an unknown word alone has the ending of an accusative rather than of a name: عملا."""
    name = article.folded[phrase.name_start : phrase.name_end]
    if phrase.kind != "name" or phrase.quoted or " " in name or name[-1:] != "ا" or word(name).kind == "given":
        return False
    return (
        word(name[:-1] or "-").kind != "bare"
        or article.folded.find(f" {name[:-1]} ", max(0, phrase.start - _NEAR), phrase.start + _NEAR) >= 0
    )


def _measures(article: Article, phrase: Phrase, frame: str) -> bool:
    """Whether what stands behind a verb of amounting amounts to something: تبلغ 20 متراً، يبلغ عدد الناخبين."""
    if any(map(str.isdigit, article.folded[phrase.start : phrase.end])):
        return True
    first = article.words.at(phrase.start)
    measure = "measured" in article.words.known[first].lists and article.words.next(first).spelled != _FROM
    return measure and frame not in SAID


def _common_noun(phrase: Phrase, folded: str) -> bool:
    """Whether the one unknown word of a phrase looks like a noun rather than a name: it ends in ة."""
    alone = phrase.end - phrase.start == phrase.name_end - phrase.name_start
    if phrase.kind != "name" or not alone:
        return False
    words = folded[phrase.start : phrase.end].split()
    return folded[phrase.end - 1] == "ه" or (len(words) > 1 and words[0][-1] == "ه" and word(words[0]).kind == "bare")


def _own_feeling(known: Word) -> bool:
    """Whether a noun has its owner written on it: أبدى استغرابه, but أبدى مهارة."""
    spelled = known.spelled
    if known.content and spelled.endswith("ته"):
        return True  # سعادته
    return spelled.endswith(("ها", "هم", "هما", "هن")) or (spelled[-1:] == "ه" and word(spelled[:-1]).content)


_TEXTS = frozenset(("document", "media", "body", "person", "people"))


def _is_place_of(article: Article, hit: Hit, begin: int) -> bool:
    """Whether a verb that shows leads a quotation in: with في (جاء في البيان «…»), a colon, or a complementiser."""
    folded = article.folded
    after = article.words.after(hit.end)
    if "place_of" in after.lists or after.kind == "adverb":
        return True
    before = folded[max(0, begin - 8) : begin].rstrip(" \"“«'‘(")
    return before[-1:] == ":" or article.words.known[article.words.at(begin) - 1].marker == "that"


_NEAR = 20_000  # characters around a word in which it may stand without its ending
_FAR = 30  # characters from وصفه to the words with which
_NO_SPEAKERS = frozenset(("other", "thing"))


def _preposition(article: Article, hit: Hit) -> bool:
    """Whether a cue with a conjunction on it is spelled like a preposition (وعقب، وبين)."""
    return not word(article.words.known[hit.at].spelled[1:]).lists.isdisjoint(_PREPOSITIONS)


_PREPOSITIONS = frozenset(("adverbs", "inner"))


def _bares(article: Article, begin: int) -> tuple[str, ...]:
    """The word at an offset without its article, also without its owner: العشاء، زفافها."""
    bare = article.words.after(begin).bare
    return (bare, *(bare.removesuffix(owner) for owner in _OWNERS if bare.endswith(owner)))


_ON, _PERSONS = single("on"), frozenset(("role", "rank", "people", "given"))
_TO, _HOSPITALITY, _OWNERS = single("to"), titles("hospitality"), ("ه", "ها", "هم", "هما")


def _surname(article: Article, phrase: Phrase, begin: int) -> bool:
    """Whether a single definite word right before أن ends like a surname or is one that the article has: وبين الحلواني أن."""
    folded = article.folded
    alone = phrase.kind == "other" and phrase.definite and len(phrase.role) == 1 and begin - phrase.end == 1
    return (
        alone
        and (phrase.head.endswith("ي") or article.recurs(phrase.start, phrase.end))
        and " " not in folded[phrase.start : phrase.end]
    )


def allowed(article: Article, form: Form, frame: str, phrase: Phrase | None, begin: int, hit: Hit) -> bool:
    """Last conditions: a text that shows, a speaker that can speak, a quotation where the verb wants one."""
    flags = form.flags
    if "only_quote" in flags and frame != "quote":
        return False
    if form.suffixed and "by" in flags and frame == "quote" and begin - hit.end > _FAR:
        return False  # بسحب وصفه والاعتذار، لكنه قال «…»: a noun with its owner
    text = phrase is None or phrase.kind in _TEXTS
    if "document" in flags and frame == "quote" and not (text and _is_place_of(article, hit, begin)):
        return False
    if "presses" in flags and frame == _ON and article.words.after(begin).kind in _PERSONS:
        return False  # ألح الطفل على والدته
    if "invites" in flags and frame == _TO and not _HOSPITALITY.isdisjoint(_bares(article, begin)):
        return False  # دعت العائلة جيرانها إلى العشاء
    if "feeling" in flags and (frame != "object" or not _own_feeling(article.words.after(begin))):
        return False
    if phrase is None:
        if "turns_out" in flags and form.mood == "present" and form.gender == "f":
            return False
        if "document" in flags and frame != "quote":
            return form.mood == "hal"
        if form.mood == "noun" and not form.suffixed and article.folded[hit.start] != "ل":
            return False
        return begin < len(article.folded)
    kind = phrase.kind
    if "amounts" in flags and form.mood == "present" and _measures(article, phrase, frame):
        return False
    mute = kind in _NO_SPEAKERS or (kind == "document" and frame != "that")
    if (
        mute
        and "guard" in flags
        and hit.joined
        and _preposition(article, hit)
        and not (frame == "that" and _surname(article, phrase, begin))
    ):
        return False  # وعقب هذا القرار، وبين المنتجات
    if "document" in flags and frame != "quote":
        return kind in {"document", "media", "body", "other", "people", "person", "anonymous"}
    if "needs_speaker" in flags:
        if kind not in {"person", "people", "body", "media", "place", "anonymous", "name"}:
            return False
        if "guard" in flags and _common_noun(phrase, article.folded):
            return False  # وأبرز صفقة: the adjective
    if kind == "thing" or (frame == "object" and kind == "other" and phrase.head[-1] == "ه"):
        return False
    mute = kind == "other" or (kind == "name" and phrase.head.endswith("ات"))
    if mute and form.mood == "present" and form.gender == "f" and "impersonal" in flags:
        return False  # وتقدر الكلفة، وتقدر إيرادات المدينة: the passive
    return begin < len(article.folded)
