"""The statements of a text: every attribution with its content, cue, source and speaker as one row.

`find_statements` reads one text, `scan_statements` a folded one whose blocks and quotations are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from analysis.blocks import Block, scan_blocks
from analysis.extract.quotes import Quote, scan_quotes
from analysis.extract.statements.article import Article, Attribution
from analysis.extract.statements.attributions import find_attributions
from analysis.extract.statements.contents import Content, contents
from analysis.extract.statements.parting import parted
from analysis.extract.statements.speakers.speakers import speakers
from analysis.text import Folded, fold

if TYPE_CHECKING:
    from analysis.extract.statements.sources.phrases import Phrase


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
    return scan_statements(doc, scan_blocks(doc, title=title), scan_quotes(doc))


def scan_statements(doc: Folded, blocks: Sequence[Block], quotes: Sequence[Quote]) -> list[Statement]:
    """The statements of a folded text whose blocks and quotations are known; see `find_statements`."""
    doc = parted(doc)
    article = Article(doc, blocks, quotes)
    attributions = find_attributions(article)
    if not attributions:
        return []
    spans, nested = contents(article, attributions)
    titles = [(start, end) for start, end, role in article.blocks if role == "title"]
    in_title = [any(start <= each.cue_start < end for start, end in titles) for each in attributions]
    names = speakers(article, attributions, spans, in_title, nested)
    statements = [
        _statement(doc, attribution, span, name, titled)
        for attribution, span, name, titled in zip(attributions, spans, names, in_title, strict=True)
        if span is not None
    ]
    statements.sort(key=_order)
    return statements


def _order(each: Statement) -> tuple[int, int, int]:
    return each.start, -each.end, each.cue_start


_CONFIDENCE = {
    "quote": 0.95,
    "that": 0.9,
    "speech": 0.8,
    "bare": 0.65,
    "according": 0.85,
    "before": 0.85,
    "headline": 0.8,
    "object": 0.65,
    "about": 0.75,
}


_MOODS = {"past": "verb", "present": "verb"}


def _statement(doc: Folded, each: Attribution, content: Content, speaker: str | None, in_title: bool) -> Statement:
    start, end, kind = content
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
    mood = each.form.mood
    rule = each.frame if each.frame in {"according", "headline"} else f"{_MOODS.get(mood, mood)}+{each.frame}"
    return Statement(
        first, last, doc.text[first:last], kind, doc.text[cue_start:cue_end], cue_start, cue_end, each.form.lemma, each.form.force,
        source, source_start, source_end, speaker, in_title,
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
