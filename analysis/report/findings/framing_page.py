"""Framing, in sentences: who is called what, who keeps a distance from what it reports, which words set outlets apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis import wording
from analysis.report import summaries, words
from analysis.report.findings import phrases
from analysis.report.findings.phrases import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

CHANCE = 1.96  # a larger |z| comes by chance in one word of twenty
MOST_USES, MOST_PARTED, MOST_OUTLETS = 4, 2, 5  # named in one sentence
DOUBTS = ("doubt", "pretext", "so_called")
DISTANCE = (*DOUBTS, "attribution")


def naming(table: pd.DataFrame, mentions: pd.DataFrame, language: str) -> list[str]:
    """How many names the actors go by in the outlets' own voice, over whom the outlets part, and who uses a hostile name.

    `table` is `naming(tables, stance=True)`; `mentions` (the table) tells how each label is written.
    """
    own = table[(table["voice"].astype("string") == "narrator") & (table["n"] > 0)]
    if not len(own):
        return [words.text("naming.empty", language)]
    surfaces = phrases.label_surfaces(mentions)
    tops = _tops(own)
    parted = _parted(tops)
    sentences = [_names(own, parted, language), *(_parting(tops[tops["actor"] == each], surfaces, language) for each in parted)]
    hostile = own[own["stance"].astype("string") == "hostile"]
    hostile = hostile.sort_values(["n", "outlet", "label"], ascending=[False, True, True])
    for row in hostile.head(3).to_dict("records"):
        sentences.append(
            words.text(
                "naming.hostile" if _total(row) >= ENOUGH else "naming.hostile_few",
                language,
                label=_label(row["label"], surfaces, language),
                actor=phrases.actor(row["actor"], language),
                outlet=phrases.outlet_name(row["outlet"], language),
                times=wording.counted("time", int(row["n"]), language),
                share=wording.share(row["share"], language),
                interval=wording.interval(row["low"], row["high"], language, percent=True),
            )
        )
    if not len(hostile):
        sentences.append(words.text("naming.no_hostile", language))
    return [phrases.capital(sentence) for sentence in sentences]


def _total(row: Mapping[Any, Any]) -> int:
    """How often the outlet names the actor at all, of which the row's label is a share."""
    return round(float(row["n"]) / float(row["share"])) if row["share"] else 0


def _names(own: pd.DataFrame, parted: list[str], language: str) -> str:
    """How many names there are for how many actors, and who has the most: those that outlets differ over, else any."""
    per_actor = own.groupby("actor")["label"].nunique().sort_index()
    most = str(per_actor.idxmax())
    key = "lead_parted" if parted else "lead" if per_actor[most] > 1 else "lead_one_each"
    return words.text(
        f"naming.{key}",
        language,
        actors=words.count("actor", len(per_actor), language),
        n=wording.number(own["label"].nunique(), language),
        actor=phrases.actor(most, language),
        labels=wording.counted("name", int(per_actor[most]), language),
        parted=wording.enumerated((phrases.actor(each, language) for each in parted), language),
    )


def _tops(own: pd.DataFrame) -> pd.DataFrame:
    """The name that each outlet mostly uses for each actor, where it names them often enough."""
    tops = own.sort_values(["n", "label"], ascending=[False, True]).drop_duplicates(["actor", "outlet"])
    return tops[tops["n"] >= ENOUGH].sort_values(["share", "outlet"], ascending=[False, True])


def _parted(tops: pd.DataFrame) -> list[str]:
    """The actors whom outlets mostly call by different names, those with the most such names first."""
    names = tops.groupby("actor")["label"].nunique()
    return [actor for _, actor in sorted((-n, str(actor)) for actor, n in names.items() if n > 1)][:MOST_PARTED]


def _parting(tops: pd.DataFrame, surfaces: dict[str, str], language: str) -> str:
    """By which name each outlet mostly calls one actor."""
    uses = [
        words.text(
            "naming.uses",
            language,
            outlet=phrases.outlet_name(row["outlet"], language),
            label=_label(row["label"], surfaces, language),
            share=wording.share(row["share"], language),
            n=wording.number(_total(row), language),
        )
        for row in tops.head(MOST_OUTLETS).to_dict("records")
    ]
    joined = wording.join(uses, language, comma="list_semicolon")
    return words.text("naming.split", language, actor=phrases.actor(tops["actor"].iloc[0], language), uses=joined)


def _label(label: Any, surfaces: dict[str, str], language: str) -> str:
    return phrases.quoted(surfaces.get(str(label), str(label)), language)


def hedging(table: pd.DataFrame, language: str, measures: tuple[str, ...] = DOUBTS) -> list[str]:
    """For each kind of doubting words: who uses them most and who least or not at all in its own text, and whether that is a
    difference.
    """
    sentences = []
    for measure in measures:
        rows = table[(table["measure"].astype("string") == measure) & table["rate"].notna()]
        rows = rows.sort_values(["rate", "outlet"], ascending=[False, True])
        used, none = rows[rows["n"] > 0], rows[rows["n"] == 0]
        if not len(used):
            continue
        name, uses = (
            words.text(f"measure.{measure}", language),
            [_use(row, language) for row in used.head(MOST_USES).to_dict("records")],
        )
        if len(used) == 1:
            sentences.append(words.text("hedging.one" if len(none) else "hedging.sole", language, measure=name, use=uses[0]))
            continue
        if len(none):
            outlets = wording.enumerated((phrases.outlet_name(each, language) for each in none["outlet"]), language)
            listed = wording.join(uses, language, comma="list_semicolon")
            lead = words.text("hedging.lead_none", language, measure=name, uses=listed, none=outlets)
        else:
            used, none = rows.head(1), rows.tail(1)
            least = {"least": phrases.outlet_name(none["outlet"].iloc[0], language)}
            least["lowest"] = wording.number(none["rate"].iloc[0], language, digits=1)
            lead = words.text("hedging.lead", language, measure=name, use=uses[0], **least)
        sentences.append(f"{lead} {words.text(f'hedging.{_apart(used, none)}', language)}")
    return [phrases.capital(sentence) for sentence in sentences] or [words.text("hedging.empty", language)]


def _use(row: Mapping[Any, Any], language: str) -> str:
    """How often an outlet uses words of a measure."""
    return words.text(
        "hedging.use",
        language,
        outlet=phrases.outlet_name(row["outlet"], language),
        times=wording.counted("time", int(row["n"]), language),
        rate=wording.number(row["rate"], language, digits=1),
        interval=wording.interval(row["low"], row["high"], language),
    )


def _apart(more: pd.DataFrame, less: pd.DataFrame) -> str:
    """Whether the intervals of all, some or none of the outlets with `more` lie above those with `less`."""
    pairs = [low > high for low in more["low"] for high in less["high"]]
    return "certain" if all(pairs) else "partly" if any(pairs) else "uncertain"


def keyness(table: pd.DataFrame, language: str, most: int = 4) -> list[str]:
    """The words that set a group apart beyond chance, and not in one article alone.

    An outlet's own name, which stands in its datelines, is nobody's finding: see `summaries.telling`.
    """
    table = summaries.telling(table)
    beyond = table[(table["z"] >= CHANCE) & (table["articles"] > 1)]
    beyond = beyond.sort_values(["z", "group", "term"], ascending=[False, True, True]).drop_duplicates("group").head(most)
    if not len(beyond):
        return [words.text("keyness.empty", language)]
    terms = [
        words.text(
            "keyness.term",
            language,
            term=phrases.quoted(row["term"], language),
            group=phrases.outlet_name(row["group"], language),
            n=wording.number(int(row["n"]), language),
            rest=wording.number(int(row["n_rest"]), language),
        )
        for row in beyond.to_dict("records")
    ]
    return [words.text("keyness.lead", language, terms=wording.join(terms, language, comma="list_semicolon"))]
