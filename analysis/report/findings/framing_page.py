"""Framing, in sentences: who is called what, who keeps a distance from what it reports, which words set outlets apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis import wording
from analysis.compare.columns import ENOUGH, in_all
from analysis.report import summaries, words
from analysis.report.findings import phrases

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

CHANCE = 1.96  # a larger |z| comes by chance in one word of twenty
MOST_USES, MOST_PARTED, MOST_OUTLETS, MOST_WORDS = 4, 2, 5, 15  # named in one sentence
MOST_HOSTILE = 5  # sentences
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
    sentences.extend(_hostile(own, surfaces, language) or [words.text("naming.no_hostile", language)])
    return [phrases.capital(sentence) for sentence in sentences]


def _hostile(own: pd.DataFrame, surfaces: dict[str, str], language: str) -> list[str]:
    """A sentence for each outlet and actor with hostile names, how many of its names they are; the most names first."""
    hostile = own[own["stance"].astype("string") == "hostile"].sort_values(["n", "label"], ascending=[False, True])
    pairs = [each for _, each in hostile.groupby(["outlet", "actor"], sort=True, dropna=False)]
    pairs.sort(key=lambda rows: -int(rows["n"].sum()))  # stable: equal ones by the alphabet
    sentences, told = [], False
    for rows in pairs[:MOST_HOSTILE]:
        first = rows.iloc[0]
        n, total = int(rows["n"].sum()), in_all(first["n"], first["share"])
        key = "hostile_few" if total < ENOUGH else "hostile_all" if n == total else "hostile"
        labels = [
            words.text(
                "naming.hostile_label",
                language,
                label=_label(row["label"], surfaces, language),
                times=wording.counted("time", int(row["n"]), language),
            )
            for row in rows.to_dict("records")
        ]
        bounds = wording.interval(first["low"], first["high"], language, percent=True, named=not told)
        alone = len(rows) == 1 and total >= ENOUGH  # the interval is of the share of one name, not of several together
        told = told or alone
        sentences.append(
            words.text(
                f"naming.{key}",
                language,
                actor=phrases.actor(first["actor"], language),
                outlet=phrases.outlet_name(first["outlet"], language),
                n=wording.number(n, language),
                total=wording.number(total, language),
                share=wording.share(n / total, language),
                labels=wording.join(labels, language),
                interval=f" {bounds}" if alone else "",
            )
        )
    if len(pairs) > MOST_HOSTILE:
        sentences.append(words.text("naming.hostile_more", language, n=wording.number(len(pairs) - MOST_HOSTILE, language)))
    return sentences


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
            n=wording.number(in_all(row["n"], row["share"]), language),
        )
        for row in tops.head(MOST_OUTLETS).to_dict("records")
    ]
    joined = wording.join(uses, language, comma="list_semicolon")
    said = words.text("naming.split", language, actor=phrases.actor(tops["actor"].iloc[0], language), uses=joined)
    shown = tops.head(MOST_OUTLETS)
    below = shown["outlet"][shown["low"] < 0.5]
    if not len(below):
        return said
    key = "unsure_all" if len(below) == len(shown) > 1 else "unsure"
    return f"{said} {words.text(f'naming.{key}', language, outlets=_outlets(below, language))}"


def _outlets(outlets: pd.Series, language: str) -> str:
    """Their names within a sentence, in order."""
    return wording.enumerated((phrases.outlet_name(each, language) for each in outlets.sort_values()), language)


def _label(label: Any, surfaces: dict[str, str], language: str) -> str:
    return phrases.quoted(surfaces.get(str(label), str(label)), language)


def hedging(table: pd.DataFrame, language: str, measures: tuple[str, ...] = DOUBTS) -> list[str]:
    """For each kind of doubting words: who uses them most and who least or not at all in its own text, and whether that is a
    difference.
    """
    sentences: list[str] = []
    for measure in measures:
        rows = table[(table["measure"].astype("string") == measure) & table["rate"].notna()]
        rows = rows.sort_values(["rate", "outlet"], ascending=[False, True])
        used, none = rows[rows["n"] > 0], rows[rows["n"] == 0]
        if not len(used):
            continue
        name, uses = (
            words.text(f"measure.{measure}", language),
            [_use(row, language, named=not sentences and not at) for at, row in enumerate(used.head(MOST_USES).to_dict("records"))],
        )
        if len(used) == 1:
            lead = words.text("hedging.one" if len(none) else "hedging.sole", language, measure=name, use=uses[0])
        elif len(none):
            outlets = _outlets(none["outlet"], language)
            listed = wording.join(uses, language, comma="list_semicolon")
            lead = words.text("hedging.lead_none", language, measure=name, uses=listed, none=outlets)
        else:
            used, none = rows.head(1), rows.tail(1)
            least = {"least": phrases.outlet_name(none["outlet"].iloc[0], language)}
            least["lowest"] = wording.number(none["rate"].iloc[0], language, digits=1)
            lead = words.text("hedging.lead", language, measure=name, use=uses[0], **least)
        sentences.append(f"{lead} {_apart(used, none, language)}".strip())
    return [phrases.capital(sentence) for sentence in sentences] or [words.text("hedging.empty", language)]


def _use(row: Mapping[Any, Any], language: str, *, named: bool) -> str:
    """How often an outlet uses words of a measure; `named` says what the interval is."""
    return words.text(
        "hedging.use",
        language,
        outlet=phrases.outlet_name(row["outlet"], language),
        times=wording.counted("time", int(row["n"]), language),
        rate=wording.number(row["rate"], language, digits=1),
        interval=wording.interval(row["low"], row["high"], language, named=named),
    )


def _apart(more: pd.DataFrame, less: pd.DataFrame, language: str) -> str:
    """Whether the intervals of the outlets with `more` lie above those with `less`, and which overlap; empty without any `less`."""
    overlapping: dict[tuple[int, ...], list[int]] = {}
    for at, low in enumerate(more["low"]):
        overlapping.setdefault(tuple(other for other, high in enumerate(less["high"]) if low <= high), []).append(at)
    if not len(less):
        return ""
    if set(overlapping) == {()}:
        return words.text("hedging.certain", language)
    pairs = [
        words.text(
            "hedging.pair",
            language,
            more=_outlets(more["outlet"].iloc[here], language),
            less=words.text("hedging.all_others", language)
            if len(others) == len(less) > 2
            else _outlets(less["outlet"].iloc[list(others)], language),
        )
        for others, here in overlapping.items()
        if others
    ]
    return words.text("hedging.overlap", language, pairs=wording.join(pairs, language, comma="list_semicolon"))


def keyness(table: pd.DataFrame, language: str, names: pd.Series | None = None, most: int = MOST_WORDS) -> list[str]:
    """The word that sets each outlet apart most, beyond chance and not in one article alone; and whom none sets apart.

    What is no wording of the outlet's is left aside (`summaries.telling` and `without_spellings`); `names` are the speakers'.
    """
    table = summaries.without_spellings(summaries.telling(table), names)
    beyond = table[(table["z"] >= CHANCE) & (table["articles"] > 1)]
    beyond = beyond.sort_values(["z", "group", "term"], ascending=[False, True, True]).drop_duplicates("group")
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
        for row in beyond.head(most).to_dict("records")
    ]
    sentence = words.text("keyness.lead", language, terms=wording.join(terms, language, comma="list_semicolon"))
    if len(beyond) > most:
        return [f"{sentence} {words.text('keyness.others', language, n=wording.number(len(beyond) - most, language))}"]
    none = table["group"][~table["group"].isin(set(beyond["group"]))].drop_duplicates()
    return [f"{sentence} {words.text('keyness.none', language, outlets=_outlets(none, language))}" if len(none) else sentence]
