"""Attributing phrases: بحسب المصدر، وفق ما ذكرت الوكالة، حسبما أفاد الوزير, after their content or before it.

In goes an article, out come its `Attribution`s of this kind, with the span of the content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from analysis.extract.statements.article import Article, Attribution
from analysis.extract.statements.complements.between import past_adverbs, selfsame, whole
from analysis.extract.statements.complements.headlines import speaks_elsewhere
from analysis.extract.statements.complements.relays import past_hearer
from analysis.extract.statements.complements.setting import amounts, awaits_number, clause_start, closed_by, with_others
from analysis.extract.statements.cues.clauses import past_openers, skip, skip_back
from analysis.extract.statements.sources.phrases import Phrase, read_phrase, read_prefixed
from analysis.extract.statements.vocabulary.forms import Form, forms
from analysis.extract.statements.vocabulary.listed import listed_kind, single, titles
from analysis.extract.statements.vocabulary.words import ACCORDING, CUE, word
from analysis.lexicon import read
from analysis.text import alternation, fold_key
from analysis.tokens import seconds_of

_SOURCE = 200  # characters of the longest source that is looked for
_PASSED_ON = 90  # characters within which a relaying verb names whom it quotes
_COMMA = 120  # characters to the comma that ends a phrase before its content
_SHORT = 6  # words before the phrase that may be a cue alone


@cache
def _pattern() -> re.Pattern[str]:
    lexicon = read("cues")["according"]
    return re.compile(rf"و?(?P<head>{alternation([*lexicon['heads'], *lexicon['asides']])}(?!\w)(?: +{_WHAT}(?!\w))?)")


def _seconds() -> dict[str, frozenset[str]]:
    """For each first word of such a phrase, also behind و, those of which one must follow, if any must."""
    lexicon = read("cues")["according"]
    seconds = seconds_of(map(fold_key, [*lexicon["heads"], *lexicon["asides"]]))
    return seconds | {"و" + first: following for first, following in seconds.items()}


_SECONDS: Final = _seconds()


@cache
def _guide() -> re.Pattern[str]:
    """Something that guides rather than speaks, behind a head without ما: بحسب أولوياتها، وفق أهم المعايير، وفقاً للحاجة."""
    guides = titles("guides")
    owned = alternation({each[:-1] + "ت" if each[-1] == "ه" else each for each in guides}, folded=True)
    before = alternation(titles("determiners") | titles("demonstratives"), folded=True)
    bare = alternation(guides, folded=True)
    return re.compile(rf" *ل?(?:{before} +)?(?:(?:ال|ل)?{bare}|{owned}(?:ه|ها|هم|هما|هن|نا))(?!\w)")


_WHAT, _RESTS_ON = single("what"), fold_key(read("cues")["according"]["rests_on"])
_SAID = re.compile(rf" *\b(\w{{2,}})(?: +{alternation(read('cues')['according']['refers_back'])}\b)?")
_ANY_VERB = re.compile(r" +\w{3,}(?= )")


def according(article: Article) -> Iterator[Attribution]:
    """Phrases that attribute the words around them: after their content, or before it with a comma."""
    last = -1
    words = article.words
    for at in article.notable(ACCORDING):
        start, seconds = words.starts[at], _SECONDS[words.known[at].spelled]
        if seconds and words.next(at).spelled not in seconds:
            continue
        match = _pattern().match(article.folded, start) if start >= last else None
        if match is None:
            continue
        last = match.end()
        if not article.inside_speech(start):
            found = _attribution(article, match)
            if found:
                yield found


def _attribution(article: Article, match: re.Match[str]) -> Attribution | None:
    folded, start, head = article.folded, match.start(), match["head"]
    if not head.endswith(_WHAT) and _guide().match(folded, match.end()):
        return None
    sentence_end = article.sentence(start)[1]
    said = _said(folded, match.end(), sentence_end, behind_what=head.endswith(_WHAT))
    known_verb = said is not None
    as_well = "as_well" in word(head).lists
    if head.endswith(_WHAT):
        if not said and head not in _verbs_only():
            said = _ANY_VERB.match(folded, match.end(), sentence_end)  # a verb that no list has, or one misspelt
        if not said or (head in _verbs_only() and not as_well and not _closes(folded, start) and said[0].endswith(_RESTS_ON)):
            return None  # يقوم على ما تنص عليه الأعراف
        if head == _UPON and not _closes(folded, start) and (not known_verb or _guarded(said)):
            return None  # الحصول على ما يسمونه غنائم، زيادة على ما ورد
    cue_end = said.end() if said else match.end()
    after = cue_end
    while folded[after : after + 1] == " ":
        after += 1
    if not said and article.words.after(after).spelled in _PRONOUNS:
        return _by_pronoun(article, match, after, sentence_end)
    if said and "told_of" in article.words.after(after).lists:
        after = skip(folded, article.words.ends[article.words.at(after)])  # كما أكد ذلك رئيس البلدية
    behind = past_adverbs(article, after, sentence_end) if said else after
    phrase = _source(article, after, min(sentence_end, after + _SOURCE)) if behind == after else None
    if phrase is None and said and folded[after : after + 1].isalpha():
        # حسبما قالت أمس وزيرة الخارجية، حسبما أوضحت للصحافيين ناطقة باسم الشركة
        phrase = read_phrase(article, behind, min(sentence_end, behind + _SOURCE))
    if said:
        phrase = _passed_on(article, said, cue_end, sentence_end) or phrase
    if phrase is None:
        return None
    if not said and match["head"] in _told_as() and _opens_sentence(article, start, phrase.end):
        return None  # كما قال الوزير إن …: a sentence of its own
    if as_well and not (_is_aside(folded, start, phrase.end, sentence_end) or closed_by(article, start, phrase.end, sentence_end)):
        return None
    if not known_verb and not head.startswith(_asides()) and not _authority(phrase, folded) and not _speaks(article, phrase):
        return None
    phrase = with_others(article, selfsame(article, phrase))
    content = _content(article, start, phrase, sentence_end)
    if content is None:
        return None
    if content[0] < start:  # at the end of its sentence: nothing but the source stands before the mark
        mark = _MARK.search(folded, phrase.end, sentence_end)
        phrase = whole(article, phrase, mark.start() if mark else sentence_end, to_end=True)
    form = _form(head, said)
    return Attribution(start, cue_end, form, "according", content[0], content[1], phrase, False, start, False, -1, True)


_PRONOUNS = {fold_key(each): owner.split() for each, owner in read("cues")["according"]["for_pronouns"].items()}


def _by_pronoun(article: Article, match: re.Match[str], at: int, sentence_end: int) -> Attribution | None:
    """A phrase whose source is a pronoun, at the end of what it attributes: ستتفاعل الجبهة مع ما يجري، وفقاً له."""
    owner = _PRONOUNS.get(article.words.after(at).spelled)
    folded, start = article.folded, match.start()
    end = article.words.ends[article.words.at(at)] if owner else at
    if owner is None or folded[end:sentence_end].strip(" ،,"):
        return None
    begin = past_openers(article, article.sentence(start)[0], start)
    stop = skip_back(folded, start, " ،,-")
    if stop - begin < _SHORTEST or word(folded[begin:stop].split(maxsplit=1)[0]).starts & CUE:
        return None  # وقال الوزير إن …، وفقاً له: said by him already
    lemma = _form(match["head"], None)
    form = lemma._replace(gender=owner[0], number=owner[1], suffixed=True)
    return Attribution(start, match.end(), form, "according", begin, stop, None, False, start, False, -1, True)


_SHORTEST = 20  # characters of the shortest sentence that such a phrase attributes


@cache
def _more_verbs() -> frozenset[str]:
    return frozenset(fold_key(each).split()[0] for each in read("cues")["according"]["verbs"])


def _said(folded: str, at: int, limit: int, *, behind_what: bool) -> re.Match[str] | None:
    """The verb after an attributing phrase, with what refers back to the content (بحسب ما أفادت به)."""
    match = _SAID.match(folded, at, limit)
    if match is None or (not behind_what and listed_kind(match[1]) == "document"):
        return None  # وفق نشرة الوزارة, but وفق ما نشره الموقع
    readings = _readings(match[1])
    finite = readings and readings[0].mood in {"past", "present"}
    return match if finite or match[1] in _more_verbs() else None


def _readings(spelled: str) -> tuple[Form, ...]:
    """The readings of a verb, also with an object pronoun (أفادته)."""
    return forms().get(spelled) or (forms().get(spelled[:-1]) if spelled[-1] == "ه" and not listed_kind(spelled) else None) or ()


@cache
def _verbs_only() -> frozenset[str]:
    return frozenset(map(fold_key, read("cues")["according"]["verbs_only"]))


_UPON = single("upon_what")


def _guarded(said: re.Match[str]) -> bool:
    """Whether the verb in a phrase is one that also acts (على ما نسبته 40%)."""
    readings = _readings(said[1])
    return not readings or "guard" in readings[0].flags


@cache
def _asides() -> tuple[str, ...]:
    return tuple(map(fold_key, read("cues")["according"]["asides"]))


@cache
def _told_as() -> frozenset[str]:
    """Of the asides, those that are a verb behind كما."""
    return frozenset(each for each in _asides() if "as_well" in word(each.split()[0]).lists)


def _opens_sentence(article: Article, start: int, end: int) -> bool:
    """Whether nothing stands before a phrase in its sentence, and a clause behind it."""
    first, last = article.sentence(start)
    return not article.folded[first:start].strip(' "“”«»') and article.clause_from(end, last)


def _closes(folded: str, start: int) -> bool:
    """Whether a comma or a closing mark stands before: كما after it may look back (…، كما قالت الوكالة)."""
    return folded[max(0, start - 4) : start].rstrip()[-1:] in _BEFORE_ASIDE


def _is_aside(folded: str, start: int, end: int, sentence_end: int) -> bool:
    """Whether كما قال فلان closes what stands before it: behind a comma, or without one at the end of its sentence."""
    if _closes(folded, start) and folded[end : end + 2].strip()[:1] in _CLOSING_ASIDE:
        return True
    return not folded[end:sentence_end].strip()


_ANSWER = re.compile(rf"[ ،,] *(?=ف{alternation(read('cues')['according']['answers'])}(?:ه|ها|هم)?\b)")
_COMMAS = frozenset("،,")
_DASHES = frozenset("-–—")
_CLOSING_ASIDE = _DASHES | {"", ".", "،", ","}
_BEFORE_ASIDE = _DASHES | {"،", ",", "”", '"', "»"}
_MARK = re.compile(r"[،,.؛:()\"“”«»\n–-]")


def _between_dashes(folded: str, start: int, end: int) -> bool:
    """Whether a phrase is put between dashes, in the middle of what it attributes."""
    return folded[max(0, start - 3) : start].rstrip()[-1:] in _DASHES and folded[end : end + 3].lstrip()[:1] in _DASHES


_WITH_FOR = tuple(map(fold_key, read("cues")["according"]["with_for"]))


def _source(article: Article, at: int, limit: int) -> Phrase | None:
    """The source after the phrase, also with ل written on it: وفقاً للصحيفة، وفقاً لوزارة الدفاع، وفقاً لـ«الدار»."""
    if article.words.known[max(0, article.words.at(at) - 1)].spelled.endswith(_WITH_FOR):
        return read_prefixed(article, at, limit) or read_phrase(article, at, limit)  # وفقاً لكميات: no name in لـ
    return read_phrase(article, at, limit) or read_prefixed(article, at, limit)


@cache
def _relaying() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Verbs that pass on what somebody else said, with the preposition before whom they quote."""
    verbs = [
        (entry["lemma"], [entry["through"]]) for entry in read("cues")["verb"] if "through" in entry and "object" in entry["frames"]
    ]
    verbs += list(read("cues")["according"]["learnt"].items())
    return tuple(
        (lemma := fold_key(each), re.compile(rf"(?:{lemma}\w*|[^\n.]{{0,80}}?)(?<!\w){alternation(through)} +"))
        for each, through in verbs
    )


def _passed_on(article: Article, said: re.Match[str], at: int, sentence_end: int) -> Phrase | None:
    """Whom a relaying verb inside the phrase quotes: وفق ما نقلت الوكالة عن الوزير."""
    for lemma, through in _relaying():
        found = through.match(article.folded, at, min(sentence_end, at + _PASSED_ON)) if lemma in said[0] else None
        if found:
            return read_phrase(article, found.end(), sentence_end)
    return None


def _speaks(article: Article, phrase: Phrase) -> bool:
    """Whether a bare name in the article speaks elsewhere (بحسب الخالدي، بحسب فارس)."""
    if phrase.kind not in {"name", "other"}:
        return False
    if phrase.named:
        return speaks_elsewhere(article, article.folded[phrase.name_start : phrase.name_end])
    surname = article.folded[phrase.start : phrase.end]
    return phrase.definite and " " not in surname and not word(surname).content and speaks_elsewhere(article, surname, at_once=True)


def _authority(phrase: Phrase, folded: str) -> bool:
    if phrase.head in titles("laws"):
        return False
    if phrase.head in titles("wordings"):
        return len(phrase.role) > 1 and phrase.role.isdisjoint(titles("binding"))
    if phrase.kind in {"person", "people", "body", "media", "document", "anonymous"}:
        return True
    return phrase.kind == "name" and (
        phrase.quoted or word(folded[phrase.name_start : phrase.name_end].split(maxsplit=1)[0]).kind == "given"
    )


@cache
def _lemmas() -> tuple[tuple[str, str], ...]:
    """What an attributing phrase begins with and the lemma it is reported under."""
    return tuple((fold_key(start), lemma) for start, lemma in read("cues")["according"]["lemmas"].items())


@cache
def _doubting() -> tuple[str, ...]:
    return tuple(map(fold_key, read("cues")["according"]["doubting"]))


def _form(head: str, said: re.Match[str] | None) -> Form:
    readings = _readings(said[0].split()[0]) if said else ()
    if readings:
        lemma, force = readings[0].lemma, readings[0].force
    else:
        lemma, force = next((lemma for start, lemma in _lemmas() if head.startswith(start)), _lemmas()[0][1]), "neutral"
    if any(each in head for each in _doubting()):
        force = "doubt"
    return Form(lemma, force, frozenset(), "noun", "m", "s", frozenset(), "", False)


def _tells(before: str) -> bool:
    """Whether a stretch begins with a cue, also behind كما and the like: كما أفاد اللاعب، حسب المصدر، أنه …"""
    first, *rest = before.split(maxsplit=2)
    if word(first).starts & CUE:
        return True
    return bool(rest) and bool(word(rest[0]).starts & CUE) and not word(first).lists.isdisjoint(_LEADING)


_LEADING = frozenset(("as_well", "conjunctions", "openers"))


def _opens(article: Article, at: int, limit: int) -> bool:
    """Whether what was said starts here: a colon or a complementiser."""
    folded, words = article.folded, article.words
    if folded[at : at + 2].strip()[:1] == ":":
        return True
    first, last = words.at(at), words.at(min(limit, at + _NEAR))
    return any(known.that for known in words.known[first : min(first + _SOON, last)])


def _goes_on(article: Article, at: int, sentence_end: int) -> bool:
    """Whether the clause that an attributing phrase stands in goes on behind it: with a preposition, or with a verb's subject."""
    first = article.words.after(skip(article.folded, at))
    return first.kind == "inner" and (sentence_end - at > _LONG or first.spelled == _TO)


def _is_cut(article: Article, begin: int, start: int, at: int, sentence_end: int) -> bool:
    """Whether a phrase between commas cuts a clause in two: وقد تم، وفق البلاغ، الاحتفاظ بالوثائق."""
    if sentence_end - at < _LONG or article.folded.count(" ", begin, start) > _CUT:
        return False
    return _lacks(article, at)


def cut_clause(article: Article, begin: int, end: int, at: int) -> int | None:
    """Where a clause of the narrator's begins that goes back to what stands before it, and that a phrase between commas cuts in
    two: …، وهو ما يثير، بحسب مراقبين، تساؤلات. None where there is none.
    """
    folded = article.folded
    first = skip(folded, max(folded.rfind(mark, begin, end) for mark in _COMMAS))
    if first <= begin or folded.count(" ", first, end) > _CUT or not _goes_back().match(folded, first, end):
        return None
    return first if _lacks(article, at) else None


@cache
def _goes_back() -> re.Pattern[str]:
    """What begins a clause about all that stands before it: وهو ما، الأمر الذي، مما."""
    lists = read("cues")["particles"]
    what = alternation(lists["about_what"])
    return re.compile(rf"(?:(?:{alternation(lists['and_pronouns'])} +)?{what}|{alternation(lists['as_a_whole'])})(?!\w)")


def _lacks(article: Article, at: int) -> bool:
    """Whether what stands behind `at` can only belong to a clause that was begun before."""
    first = article.words.after(skip(article.folded, at))
    apart = first.joined or first.that or first.kind == "adverb" or first.spelled[:1] in ("و", "ف")
    return bool(first.spelled) and not apart and not first.readings and first.lists.isdisjoint(_LEADING)


_CUT = 3  # spaces in the longest beginning that is no clause yet


_LONG = 40  # characters
_TO = single("to")  # leads in no more about a source
_NO_PERSONS = frozenset(("document", "anonymous", "media", "body"))


def _waits(article: Article, begin: int, end: int, phrase: Phrase) -> bool:
    """Whether a short clause waits for its subject behind a source set apart: ويتعين على الشركات، حسب المصدر، دفع …"""
    first, following = article.words.after(begin), article.words.after(skip(article.folded, phrase.end))
    verb = first.spelled.lstrip("و")[:1] in _PRESENT and first.kind in {"bare", "verb"} and not first.readings
    return verb and phrase.kind in _NO_PERSONS and (following.content or (following.kind == "definite" and not following.prefixed))


_PRESENT = frozenset("يت")
_SOON, _NEAR = 5, 40  # words and characters within which what was said starts


def _only_turns(before: str) -> bool:
    """Whether nothing but what sets a sentence against the last one stands before a phrase: لكن بحسب، غير أنه وفق."""
    return all(not word(each).lists.isdisjoint(_TURNING) for each in before.split())


_TURNING = frozenset(("turns", "conjunctions", "bare_that", "subjects"))


def _content(article: Article, start: int, phrase: Phrase, sentence_end: int) -> tuple[int, int | None] | None:
    """Where the content of an attributing phrase lies: behind the phrase where that opens the sentence, else before it."""
    folded = article.folded
    begin = past_openers(article, article.sentence(start)[0], start)
    colon = skip(folded, phrase.end)
    if folded[phrase.end : colon].strip() == ":" and article.by_start.get(colon):
        return colon, article.by_start[colon][0]  # وحسب فلان: «…»
    if _between_dashes(folded, start, phrase.end):
        return begin, None  # ستُفرض الرسوم - كما قالت الوزارة - على القطن
    before = folded[begin:start].strip(' ،,."”»-')
    if len(before) < 3 or _only_turns(before):
        after = skip(folded, phrase.end)
        if after >= sentence_end:
            return None
        comma = folded.find("،", phrase.end, min(sentence_end, phrase.end + _COMMA))
        answer = _ANSWER.search(folded, phrase.end, min(sentence_end, phrase.end + _COMMA))
        if answer:  # وفقاً لتقرير …، فإن
            return (answer.end(), None) if sentence_end - answer.end() > 8 else None
        between = folded[phrase.end : comma].split() if comma >= 0 else ["-"]
        if between and word(between[0]).kind not in {"adverb", "inner", "relative"}:
            comma = phrase.end  # no comma of its own: وبحسب البيانات تراجع المخزون
        after = skip(folded, comma)
        return (after, None) if sentence_end - after > 8 else None
    end = start
    while end > begin and folded[end - 1] in " ،,-":
        end -= 1
    short = folded.count(" ", begin, end) < _SHORT - 1
    amounting = amounts(word(before.split(maxsplit=1)[0]))  # ويبلغ عدد السكان، حسب الإحصاء، نحو مليون
    last = not folded[phrase.end : sentence_end].strip()  # وعلق مئات المسافرين في المطار، نقلاً عن مسؤول.
    if _tells(before) and not (amounting or last) and (short or _opens(article, phrase.end, sentence_end)):
        return None  # وقال المرصد، وفقاً للقناة، إن: a medium between a cue and its content
    after = past_hearer(article, phrase.end, sentence_end)
    aside = folded[end:start].strip() in _COMMAS and folded[after : after + 2].strip()[:1] in _COMMAS
    if aside and (cut := cut_clause(article, begin, end, after)) is not None:
        return cut, None
    if aside and (_is_cut(article, begin, start, phrase.end, sentence_end) or (short and _waits(article, begin, end, phrase))):
        return begin, None
    clause = clause_start(article, begin, end)
    if aside and awaits_number(article, clause, start, after):
        return clause, None  # بلغت الزيادة، بحسب تجار، نحو خمسة دراهم
    if clause > begin and _goes_on(article, phrase.end, sentence_end):
        return clause, None  # تعود حسب الباحثين إلى
    if (short or aside) and _goes_on(article, phrase.end, sentence_end):
        return begin, None  # والندوة تأتي وفق المنظمين في إطار …: in the middle of what it attributes
    return begin, end
