"""Statements: who said what. Content, cue, source and speaker of every attribution in an article.

In goes a text, out come `Statement`s in order of their content; spans are code points of the text as given.

>>> for each in find_statements("قال الوزير سامي حداد إن الطريق مفتوح، مضيفاً: «نعمل ليل نهار»."):
...     print(each.cue, "|", each.speaker, "|", each.kind, "|", each.text)
قال | سامي حداد | indirect | إن الطريق مفتوح
مضيفاً | سامي حداد | direct | نعمل ليل نهار

How it goes: `quotes` pairs the quote marks, `cues` finds forms of verbs of saying, `attributions` keeps those with a complement
and reads the source around them (`sources`), this module settles how far each content reaches, and `speakers` who is meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from analysis.articles import Block, find_blocks
from analysis.extract.article import Article, Attribution
from analysis.extract.attributions import find_attributions
from analysis.extract.clauses import particles
from analysis.extract.quotes import Quote, scan_quotes
from analysis.extract.sources import Phrase, word
from analysis.extract.speakers import Registry, Source
from analysis.lexicon import read
from analysis.text import Folded, alternation, fold, fold_key


class Statement(NamedTuple):
    """One attribution. `start:end` and `text` are the content; `verb` is the cue's lemma, `rule` what found it.

    `source` is null where the sentence leaves it out, `speaker` where the article does not tell. `confidence` runs from 0 to 1.
    """

    start: int
    end: int
    text: str
    kind: str
    cue: str
    cue_start: int
    cue_end: int
    verb: str
    force: str
    source: str | None
    source_start: int | None
    source_end: int | None
    speaker: str | None
    in_title: bool
    confidence: float
    rule: str


def find_statements(text: str, *, title: str | None = None) -> list[Statement]:
    """The statements of one text; `title` is its headline where that is known (it must stand at the text's start to count).

    >>> [each.kind for each in find_statements("أكدت الوزارة أن العمل مستمر.")]
    ['indirect']

    Not found, on purpose: acts that are no speech, impersonal reports, names in quote marks.

    >>> find_statements("وقّع الوزير الاتفاق. ويُذكر أن القاعة امتلأت. وسيطرت «قوات النخبة» على البلدة.")
    []

    Not found although a reader would: speech that no cue marks, a verb of judgement with only a noun phrase, a cause given as
    the speaker's (عزا), and a verbal noun whose source stands far off.

    >>> find_statements("كان الوزير واضحاً: الطريق سيفتح غداً. وأشاد المدير بالاتفاق. وسط توقعات للبنك بارتفاع الأسعار.")
    []

    Nor is it told who is meant by a description that only the world explains (المرشد, نجم المنتخب): the description is the speaker.
    Never raises, whatever the text.
    """
    doc = fold(text)
    return scan_statements(doc, find_blocks(text, title=title), scan_quotes(doc))


def scan_statements(doc: Folded, blocks: Sequence[Block], quotes: Sequence[Quote]) -> list[Statement]:
    """The statements of a folded text whose blocks and quotations are known; see `find_statements`."""
    article = Article(doc, blocks, quotes)
    attributions = find_attributions(article)
    if not attributions:
        return []
    registry = Registry(
        article, [each.phrase for each in attributions if each.phrase and (each.frame != "silent" or each.phrase.named)]
    )
    titles = [(start, end) for start, end, role in article.blocks if role == "title"]
    breaks = _breaks(article)
    contents = [_content(article, attributions, place, breaks) for place in range(len(attributions))]
    contents, nested = _drop_nested(attributions, contents)
    statements = []
    speakers = _speakers(registry, attributions, titles, nested)
    for attribution, content, speaker in zip(attributions, contents, speakers, strict=True):
        if content is None:
            continue
        start, end, kind = content
        statements.append(_statement(doc, attribution, start, end, kind, speaker, titles))
    statements.sort(key=lambda each: (each.start, -each.end, each.cue_start))
    return statements


def _drop_nested(
    attributions: list[Attribution], contents: list[tuple[int, int, str] | None]
) -> tuple[list[tuple[int, int, str] | None], set[int]]:
    """Inside another's content only a clause or a quotation is a statement of its own: إنه يأمل في الحوار is one, not two.

    Gives the contents that remain, and the places of the attributions that are nested in another's content.
    """
    kept, nested = list(contents), set()
    for place, this in enumerate(attributions):
        if this.form.through and this.phrase and this.phrase.start - this.cue_end < 6:
            nested.add(place)  # ونقلت عن فلان: who goes on speaking is the medium, not whom it quotes
        for other, outer in zip(attributions[max(0, place - 6) : place], contents[max(0, place - 6) : place], strict=True):
            if outer is None or other.frame in ("according", "headline") or not outer[0] <= this.cue_start < outer[1]:
                continue
            nested.add(place)
            clausal = this.frame in ("that", "quote", "speech", "before", "according", "headline")
            if not clausal and (not this.joined or this.phrase is None or this.phrase.kind == "other"):
                kept[place] = None
    return kept, nested


# How far content reaches


@cache
def _after_comma() -> re.Pattern[str]:
    """Where the narrator resumes after a comma.

    A group marks the narrator's apposition (…، وهي خطوة…), which ends a reported noun phrase but not a reported clause.
    """
    resumes = alternation(read("cues")["particles"]["resumes"])
    return re.compile(
        rf"[،,؛] *(?:{resumes}(?!\w)|وه[وي] +ال\w+ +(?:الذي|التي)(?!\w)|(?P<soft>وه[وي] +(?!ما(?!\w))|والذي |والتي |حيث ))"
    )


@cache
def _distance() -> re.Pattern[str]:
    """Where the narrator keeps a distance (بحجة) or hedges what was said (على حد قوله)."""
    distance, asides = read("cues")["particles"]["distance"], read("cues")["according"]["asides"]
    return re.compile(rf"\b(?:{alternation(distance)}|{alternation(asides)}(?:ه|ها|هم))\b")


def _breaks(article: Article) -> tuple[list[int], list[int]]:
    """The offsets at which content breaks off, whatever its length, and those at which only a reported noun phrase does."""
    hard: list[int] = []
    soft: list[int] = []
    for match in _after_comma().finditer(article.folded):
        if not article.inside_speech(match.start()):
            (soft if match.lastgroup else hard).append(match.start())
    hard += [match.start() for match in _distance().finditer(article.folded) if not article.inside_speech(match.start())]
    hard.sort()
    return hard, soft


def _first(places: list[int], begin: int, end: int) -> int:
    """The first of sorted offsets that lies in `begin:end`, else `end`."""
    at = bisect_left(places, begin)
    return places[at] if at < len(places) and places[at] < end else end


_FINITE = re.compile(r" وي\w{3,}")
_RELATIVE = re.compile(r"(?<!\w)(?:الذي|التي|الذين|ما|من|ان)(?!\w)")


def _finite(folded: str, begin: int, end: int) -> int:
    """A noun phrase ends before a joined present verb (تشكيلة الحكومة ويحتفظ …), unless it holds a clause itself."""
    for match in _FINITE.finditer(folded, begin, end):
        if word(match[0][2:]).kind in ("bare", "verb") and not _RELATIVE.search(folded, begin, match.start()):
            return match.start()
    return end


def _content(
    article: Article, attributions: list[Attribution], place: int, breaks: tuple[list[int], list[int]]
) -> tuple[int, int, str] | None:
    """The folded span of an attribution's content and its kind; None where nothing is left of it."""
    this = attributions[place]
    folded = article.folded
    if this.frame == "silent":
        return None
    if this.end is not None and this.frame not in ("according",):
        end = this.end if this.frame != "headline" else _trim(folded, this.begin, this.end)
        kind = "direct" if this.frame != "headline" else _headline_kind(article, this.begin, end)
        return (this.begin, end, kind) if end > this.begin else None
    begin = this.begin
    if this.end is not None:
        end = this.end
    else:
        end = article.sentence(begin)[1] if begin < len(folded) else begin
        end = _first(breaks[0], begin, min(end, _next_clause(article, attributions, place, end)))
        if this.frame not in ("that", "speech", "according") and not folded.startswith(("ان", "بان"), begin):
            end = _first(breaks[1], begin, end)
            end = _finite(folded, begin, end)
    end = _trim(folded, begin, end)
    if end - begin < 3:
        return None
    start, end, kind = _kind(article, begin, end)
    if this.frame == "speech" and kind == "indirect" and _first_person(folded, start, end):
        kind = "direct"
    return start, end, kind


def _next_clause(article: Article, attributions: list[Attribution], place: int, limit: int) -> int:
    """Where the next cue at the level of this one takes over."""
    this, folded = attributions[place], article.folded
    for other in attributions[place + 1 : place + 16]:
        if other.lead >= limit:
            break
        if other.cue_start <= this.begin or other.frame == "headline":
            continue
        if other.frame == "according":
            if other.cue_start > this.begin:
                return other.cue_start
            continue
        if other.frame in ("before", "silent") or other.embedded:
            continue
        if other.form.mood == "hal":
            return other.cue_start
        if other.joined or (other.lead < other.cue_start and (folded[other.lead] == "و" or other.phrase is None)):
            return other.lead
        last = other.lead - 1
        while last > this.begin and folded[last] == " ":
            last -= 1
        if folded[last] in "،,؛-" or (folded[last] in '»”"' and article.inside_speech(last)):
            return other.lead
    return limit


def _trim(folded: str, begin: int, end: int) -> int:
    while end > begin and (folded[end - 1] in " ،,؛;:-–.\n" or (folded[end - 1] in "(")):
        end -= 1
    if folded[end - 2 : end] == " و":
        return _trim(folded, begin, end - 2)
    return end


def _first_person(folded: str, start: int, end: int) -> bool:
    return bool(_first_person_words().search(folded, start, end))


@cache
def _first_person_words() -> re.Pattern[str]:
    words = read("cues")["particles"]["first_person"]
    return re.compile(
        r"(?<!\w)(?:(?:لن|لم|لا|سوف) +ن\w{3,}|[وف]?سن\w{3,})(?!\w)|(?<!\w)[وفس]?(?:"
        + alternation(words)
        + r"|\w{3,}[املتيد]ني|\w{2,}تنا)(?!\w)"
    )


def _headline_kind(article: Article, begin: int, end: int) -> str:
    if _first_person(article.folded, begin, end):
        return "direct"
    kind = _kind(article, begin, end)[2]
    return "indirect" if kind == "direct" else kind


def _kind(article: Article, begin: int, end: int) -> tuple[int, int, str]:
    """The kind of a reported content, by the quotations in it: a clause or a judgement makes it mixed, a name does not."""
    folded = article.folded
    place = bisect_left(article.quote_starts, begin)
    mixed = False
    while place < len(article.quote_starts) and article.quote_starts[place] < end:
        start = article.quote_starts[place]
        close, inner, inner_end = article.by_start[start]
        if inner_end <= end and not _is_name(article, start, close, inner, inner_end):
            mixed = True
            if close >= end and inner_end > begin:
                end = inner_end  # the last mark belongs to the quotation, not to the content
        elif inner_end > end and inner < end:
            mixed = mixed or folded.count(" ", inner, end) > 2
        place += 1
    return begin, end, "mixed" if mixed else "indirect"


@cache
def _naming() -> frozenset[str]:
    return frozenset(fold_key(each) for each in read("titles")["named_by"])


@cache
def _clausal() -> frozenset[str]:
    return frozenset(
        fold_key(each) for each in (*read("cues")["particles"]["clausal"], *read("cues")["particles"]["that"], "لا", "ما", "لن")
    )


def _is_name(article: Article, start: int, close: int, inner: int, inner_end: int) -> bool:
    """Whether a quotation only names: after a noun that takes a name, by its own first word, or a single word."""
    folded = article.folded
    words = re.findall(r"\w+", folded[inner:inner_end])
    if not words:
        return True
    if len(words) > 6:
        return False
    before = re.findall(r"\w+", folded[max(0, start - 40) : start])
    last = before[-1] if before else ""
    if words[0] in _clausal() or (
        re.match(r"(?:س[يتن]|ي|ت)\w{3,}$", words[0]) and len(words) > 2 and word(words[0]).kind == "bare"
    ):
        return False
    definite = last[:2] == "ال" and last[2:] in _naming() and len(words) < 3
    if definite or last in _naming() or last[1:] in _naming() or (len(before) > 1 and before[-2] in _naming() and last[:2] == "ال"):
        return True
    first = word(words[0])
    if len(words) == 1:
        evaluative = last in particles("predicators") or words[0][:2] == "با"
        return not (
            evaluative and words[0][:2] != "ال" and folded[start - 1 : start] != "ل" and first.kind not in ("place", "given")
        )
    if words[0] in _naming() and (len(words) < 2 or word(words[1]).kind != "adjective"):
        return True
    if first.kind in ("body", "media", "media_name", "place", "rank", "given", "compound") and word(words[1]).kind != "adjective":
        return True
    if folded.count(folded[start:inner_end]) > 1 and len(words) < 5:
        return True
    return len(words) == 2 and all(each[:2] == "ال" for each in words)


# Who speaks


def _speakers(
    registry: Registry, attributions: list[Attribution], titles: list[tuple[int, int]], nested: set[int]
) -> list[str | None]:
    names: list[str | None] = []
    open_titles: list[int] = []
    for place, each in enumerate(attributions):
        in_title = any(start <= each.cue_start < end for start, end in titles)
        form = each.form
        agrees = form.mood in ("past", "present", "hal") or form.suffixed
        seek = each.seek
        if seek >= 0 and place and attributions[place - 1].cue_start >= seek:
            seek = -1  # somebody has spoken in this sentence already
        source = Source(each.phrase, form.gender, form.number, agrees, in_title, place in nested, seek, each.cue_start)
        speaker = registry.resolve(source)
        names.append(speaker.name if speaker else None)
        if (
            in_title
            and each.phrase
            and not each.phrase.named
            and not each.phrase.definite
            and each.phrase.kind in ("person", "anonymous")
        ):
            open_titles.append(place)
        elif open_titles and speaker and speaker.kind == "person" and not in_title:
            for at in open_titles:
                names[at] = speaker.name  # a headline's "مسؤول:" is the first person whom the article quotes
            open_titles = []
        elif not in_title:
            open_titles = []
    return names


_CONFIDENCE = {
    "quote": 0.95,
    "that": 0.9,
    "speech": 0.8,
    "according": 0.85,
    "before": 0.85,
    "headline": 0.8,
    "object": 0.65,
    "about": 0.75,
}


def _statement(
    doc: Folded, each: Attribution, start: int, end: int, kind: str, speaker: str | None, titles: list[tuple[int, int]]
) -> Statement:
    first, last = doc.span(start, end)
    cue_start, cue_end = doc.span(each.cue_start, each.cue_end)
    source, source_start, source_end = _source(doc, each.phrase)
    confidence = _CONFIDENCE.get(each.frame, 0.8)
    if each.form.mood == "noun" and each.frame != "according" and not each.form.suffixed:
        confidence -= 0.2
    if each.phrase is None:
        confidence -= 0.05
    if speaker is None:
        confidence -= 0.2
    if not each.closed:
        confidence -= 0.1
    mood = {"past": "verb", "present": "verb", "hal": "hal", "noun": "noun", "headline": "headline"}[each.form.mood]
    rule = each.frame if each.frame in ("according", "headline") else f"{mood}+{each.frame}"
    return Statement(
        first, last, doc.text[first:last], kind, doc.text[cue_start:cue_end], cue_start, cue_end, each.form.lemma, each.form.force,
        source, source_start, source_end, speaker, any(a <= each.cue_start < b for a, b in titles),
        round(max(confidence, 0.1), 2), rule,
    )  # fmt: skip


def _source(doc: Folded, phrase: Phrase | None) -> tuple[str | None, int | None, int | None]:
    if phrase is None:
        return None, None, None
    start, end = (
        (phrase.name_start, phrase.name_end) if phrase.quoted and phrase.end - phrase.name_end < 3 else (phrase.start, phrase.end)
    )
    first, last = doc.span(start, end)
    return doc.text[first:last], first, last
