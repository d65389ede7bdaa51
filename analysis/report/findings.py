"""What the tables say, in sentences with their numbers: the finding that a report leads with.

In go the tables or a comparison's result and a language, out comes a list of sentences, the most important first. Nothing is said
that the table does not hold: a difference is called one only where the intervals do not overlap, and sums are never added up.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from analysis import wording
from analysis.report import summaries, words

if TYPE_CHECKING:
    import pandas as pd

    from analysis.dataset import Dataset
    from analysis.tables import Tables

CHANCE = 1.96  # a larger |z| comes by chance in one word of twenty
ENOUGH = 3  # mentions below which a share is not worth a sentence
DOUBTS = ("doubt", "pretext", "so_called")
DISTANCE = (*DOUBTS, "attribution")
_MARKS = re.compile('["“”„«»‹›]')


def corpus(tables: Tables | Dataset, language: str) -> list[str]:
    """What was read: articles, outlets, days and words; what came out; who weighs most in it."""
    articles = summaries.published(tables)
    if not len(articles):
        return [words.text("corpus.empty", language)]
    outlets = summaries.quoted(tables).sort_values(["articles", "outlet"], ascending=[False, True], ignore_index=True)
    named = outlets[outlets["outlet"].notna()]
    total, statements = int(outlets["n_words"].sum()), int(outlets["statements"].sum())
    sizes = {
        "articles": words.count("article", len(articles), language),
        "outlets": words.count("outlet", len(outlets), language),
        "words": words.count("word", total, language),
    }
    dated = articles["published"].dropna()
    if len(dated):
        first, last = (wording.day(each, language) for each in (dated.min(), dated.max()))
        days = words.text("corpus.on_day" if first == last else "corpus.between", language, first=first, last=last)
        sentences = [words.text("corpus.lead", language, **sizes, days=days)]
    else:
        sentences = [words.text("corpus.lead_undated", language, **sizes)]
    sentences.append(
        words.text(
            "corpus.found",
            language,
            statements=words.count("statement", statements, language),
            amounts=words.count("amount", int(outlets["amounts"].sum()), language),
            dates=words.count("date", int(outlets["dates"].sum()), language),
        )
    )
    if statements:
        direct = int(outlets["quoted"].sum()) / statements
        sentences.append(words.text("corpus.direct", language, share=wording.share(direct, language)))
    if len(named) > 1:
        sentences.extend(_weights(named, total, language))
    for key, n in (
        ("undated", len(articles) - len(dated)),
        ("unnamed", int(articles["outlet"].isna().sum())),
        ("unread", summaries.size(tables, "problems")),
    ):
        if n:
            sentences.append(words.text(f"corpus.{key}", language, n=wording.number(n, language)))
    return sentences


def _weights(outlets: pd.DataFrame, total: int, language: str) -> list[str]:
    """Who has most of the corpus, and who reports most and least speech."""
    first = outlets.sort_values(["n_words", "outlet"], ascending=[False, True]).iloc[0]
    sentences = [
        words.text(
            "corpus.most",
            language,
            outlet=wording.isolate(first["outlet"]),
            articles=words.count("article", int(first["articles"]), language),
            share=wording.share(first["n_words"] / max(total, 1), language),
        )
    ]
    rates = outlets[outlets["n_words"] > 0].assign(rate=lambda rows: rows["statements"] / rows["n_words"] * 1000)
    rates = rates.sort_values(["rate", "outlet"], ascending=[False, True])
    if len(rates) > 1 and rates["rate"].iloc[0] > rates["rate"].iloc[-1]:
        most, least = rates.iloc[0], rates.iloc[-1]
        sentences.append(
            words.text(
                "corpus.dense",
                language,
                outlet=wording.isolate(most["outlet"]),
                rate=wording.number(most["rate"], language, digits=1),
                least=wording.isolate(least["outlet"]),
                lowest=wording.number(least["rate"], language, digits=1),
            )
        )
    return sentences


def timeline(tables: Tables, language: str) -> list[str]:
    """When reported speech peaks, who is quoted most, and which days the texts speak of."""
    statements = tables.some("statements", ["article_id"])
    statements = statements.merge(tables.some("articles", ["article_id", "outlet", "published"]), on="article_id")
    if not len(statements):
        return [words.text("timeline.empty", language)]
    sentences = []
    days = statements["published"].dt.normalize()
    if days.notna().any():
        counts = days.value_counts()
        peak = counts[counts == counts.max()].index.min()
        there = statements[days == peak]
        sentences.append(
            words.text(
                "timeline.lead",
                language,
                day=wording.day(peak, language),
                n=wording.number(len(there), language),
                articles=words.count("article", there["article_id"].nunique(), language),
                outlets=words.count("outlet", there["outlet"].nunique(dropna=False), language),
            )
        )
        sentences.append(
            words.text(
                "timeline.lead_total" if len(counts) > 1 else "timeline.lead_one_day",
                language,
                n=wording.number(len(statements), language),
                days=words.count("day", len(counts), language),
                first=wording.day(days.min(), language),
                last=wording.day(days.max(), language),
            )
        )
    sentences.extend(_who(tables, language))
    sentences.extend(_named_days(tables, language))
    return sentences


def _who(tables: Tables, language: str) -> list[str]:
    speakers = summaries.speakers(tables)
    sentences = []
    total = tables.size("statements")
    if len(speakers):
        first = speakers.iloc[0]
        sentences.append(
            words.text(
                "timeline.speaker",
                language,
                speaker=wording.isolate(first["speaker"]),
                n=wording.number(int(first["statements"]), language),
                share=wording.share(first["statements"] / total, language),
                articles=words.count("article", int(first["articles"]), language),
                outlets=words.count("outlet", max(int(first["outlets"]), 1), language),
            )
        )
    unknown = float(tables.some("statements", ["speaker"])["speaker"].isna().mean())
    if unknown:
        sentences.append(words.text("timeline.no_speaker", language, share=wording.share(unknown, language)))
    return sentences


def _named_days(tables: Tables, language: str) -> list[str]:
    sentences = []
    dates = tables.some("dates", ["article_id", "first", "last"])
    dates = dates.merge(tables.some("articles", ["article_id", "published"]), on="article_id")
    known = dates[dates["first"].notna()]
    if len(known):
        dated = known[known["published"].notna()]
        before = float((dated["last"] < dated["published"].dt.normalize()).mean()) if len(dated) else 0.0
        sentences.append(
            words.text(
                "timeline.reach",
                language,
                first=wording.day(known["first"].min(), language),
                last=wording.day(known["last"].max(), language),
                share=wording.share(before, language),
            )
        )
    if len(dates) > len(known):
        sentences.append(words.text("timeline.unresolved", language, share=wording.share(1 - len(known) / len(dates), language)))
    return sentences


def funding(ledger: pd.DataFrame, language: str) -> list[str]:
    """How many distinct figures there are, the largest in each currency, and who reports them alone; prices are none."""
    ledger = ledger[~ledger["price"]]
    if not len(ledger):
        return [words.text("funding.empty", language)]
    n = len(ledger)
    all_outlets = {outlet for each in ledger["outlets"] for outlet in each}
    all_articles = {article for each in ledger["articles"] for article in each}
    sentences = [
        words.text(
            "funding.lead",
            language,
            figures=words.count("figure", n, language),
            mentions=words.count("time", int(ledger["mentions"].sum()), language),
            articles=words.count("article", len(all_articles), language),
            outlets=words.count("outlet", len(all_outlets), language),
        )
    ]
    sentences.extend(_largest(ledger, language))
    wide = ledger["outlets"].map(len)
    if len(all_outlets) > 1:
        if (wide <= 1).all():
            sentences.append(words.text("funding.all_alone", language))
        elif (wide <= 1).any():
            widest = ledger.iloc[int(wide.to_numpy().argmax())]
            sentences.append(
                words.text(
                    "funding.alone",
                    language,
                    n=wording.number(int((wide <= 1).sum()), language),
                    amount=summaries.sums(widest.to_frame().T, language)[0],
                    outlets=words.count("outlet", len(widest["outlets"]), language),
                )
            )
    qualified = float((ledger["modifier"].astype("string") != "exact").mean())
    if qualified:
        sentences.append(words.text("funding.qualified", language, share=wording.share(qualified, language)))
    conflicts = int(_flags(ledger["conflict"]).sum())
    if conflicts:
        sentences.append(words.text("funding.conflict", language, n=wording.number(conflicts, language)))
    return sentences


def _flags(conflict: pd.Series) -> pd.Series:
    """Which rows are in conflict with another, whether they name the others or only say so."""
    return conflict.map(lambda value: not wording.missing(value) and bool(len(value) if hasattr(value, "__len__") else value))


def _largest(ledger: pd.DataFrame, language: str, most: int = 2) -> list[str]:
    """The largest figure in each of the currencies that have most of them."""
    sizes = ledger[["value", "high", "low"]].astype("Float64").max(axis=1)
    sentences = []
    for unit in ledger["unit"].value_counts().index[:most]:
        rows = ledger[(ledger["unit"] == unit) & sizes.notna()]
        if not len(rows):
            continue
        row = rows.loc[sizes[rows.index].idxmax()]
        outlets = wording.join((wording.isolate(each) for each in row["outlets"]), language)
        if wording.missing(row["speaker"]):
            where = words.text("funding.by_outlet", language, outlets=outlets)
        else:
            where = words.text("funding.by_speaker", language, speaker=wording.isolate(_first(row["speaker"])), outlets=outlets)
        amount = summaries.sums(row.to_frame().T, language)[0]
        currency = wording.currency(str(unit), language, form="all" if language == "en" else "one")
        sentences.append(words.text("funding.largest", language, currency=currency, amount=amount, where=where))
    return sentences


def _first(value: Any) -> Any:
    return value if isinstance(value, str) or not hasattr(value, "__getitem__") else value[0]


def naming(table: pd.DataFrame, mentions: pd.DataFrame, language: str) -> list[str]:
    """How many names the actors go by in the outlets' own voice, over whom the outlets part, and who uses a hostile name.

    `table` is `naming(tables, stance=True)`; `mentions` (the table) tells how each label is written.
    """
    own = table[(table["voice"].astype("string") == "narrator") & (table["n"] > 0)]
    if not len(own):
        return [words.text("naming.empty", language)]
    surfaces = label_surfaces(mentions)
    per_actor = own.groupby("actor")["label"].nunique().sort_index()
    most = str(per_actor.idxmax())
    sentences = [
        words.text(
            "naming.lead",
            language,
            actors=wording.number(len(per_actor), language),
            names=wording.number(own["label"].nunique(), language),
            actor=wording.isolate(actor_name(most, language)),
            labels=wording.number(int(per_actor[most]), language),
        ),
        *_partings(own, surfaces, language),
    ]
    hostile = own[own["stance"].astype("string") == "hostile"]
    hostile = hostile.sort_values(["n", "outlet", "label"], ascending=[False, True, True])
    for row in hostile.head(3).to_dict("records"):
        sentences.append(
            words.text(
                "naming.hostile",
                language,
                label=_label(row["label"], surfaces, language),
                actor=wording.isolate(actor_name(row["actor"], language)),
                outlet=outlet_name(row["outlet"], language),
                times=words.count("time", int(row["n"]), language),
                share=wording.share(row["share"], language),
                interval=wording.interval(row["low"], row["high"], language, percent=True),
            )
        )
    if not len(hostile):
        sentences.append(words.text("naming.no_hostile", language))
    return sentences


def _partings(own: pd.DataFrame, surfaces: dict[str, str], language: str, most: int = 2) -> list[str]:
    """The actors whom outlets mostly call by different names, those with the most such names first."""
    tops = own.sort_values(["n", "label"], ascending=[False, True]).drop_duplicates(["actor", "outlet"])
    tops = tops[tops["n"] >= ENOUGH].sort_values(["share", "outlet"], ascending=[False, True])
    names = tops.groupby("actor")["label"].nunique()
    parted = [actor for _, actor in sorted((-n, str(actor)) for actor, n in names.items() if n > 1)]
    sentences = []
    for actor in parted[:most]:
        uses = [
            words.text(
                "naming.uses",
                language,
                outlet=outlet_name(row["outlet"], language),
                label=_label(row["label"], surfaces, language),
                share=wording.share(row["share"], language),
            )
            for row in tops[tops["actor"] == actor].head(5).to_dict("records")
        ]
        joined = wording.join(uses, language, comma="list_semicolon")
        sentences.append(words.text("naming.split", language, actor=wording.isolate(actor_name(actor, language)), uses=joined))
    return sentences


def _label(label: Any, surfaces: dict[str, str], language: str) -> str:
    return words.text("page.quoted", language, words=wording.isolate(surfaces.get(str(label), str(label))))


def outlet_name(outlet: Any, language: str) -> str:
    """An outlet's name, isolated from the direction around it; the words for none where it has none."""
    return wording.say("general.unknown_outlet", language) if wording.missing(outlet) else wording.isolate(outlet)


def actor_name(actor: str, language: str) -> str:
    """What reports call an actor, by its key in the lexicon."""
    from analysis import lexicon

    entry = lexicon.read("actors").get("actors", {}).get(actor, {})
    return str(entry.get(language, actor))


def label_surfaces(mentions: pd.DataFrame) -> dict[str, str]:
    """How each label, which is kept folded, is mostly written; without quote marks."""
    counts = mentions.groupby(["label", "text"], observed=True).size().reset_index(name="n")
    counts = counts.sort_values(["label", "n", "text"], ascending=[True, False, True]).drop_duplicates("label")
    return {str(label): _MARKS.sub("", str(text)) for label, text in zip(counts["label"], counts["text"], strict=True)}


def hedging(table: pd.DataFrame, language: str, measures: tuple[str, ...] = DOUBTS) -> list[str]:
    """For each kind of doubting words: who uses them most and least in its own text, and whether that is a difference."""
    sentences = []
    for measure in measures:
        rows = table[(table["measure"].astype("string") == measure) & table["rate"].notna()]
        used = rows[rows["n"] > 0].sort_values(["rate", "outlet"], ascending=[False, True])
        if not len(used):
            continue
        most = used.iloc[0]
        said = {
            "measure": words.text(f"measure.{measure}", language),
            "outlet": outlet_name(most["outlet"], language),
            "rate": wording.number(most["rate"], language, digits=1),
            "interval": wording.interval(most["low"], most["high"], language),
        }
        if len(used) == 1:
            sentences.append(words.text("hedging.one", language, **said))
            continue
        least = rows.sort_values(["rate", "outlet"]).iloc[0]
        apart = "certain" if least["high"] < most["low"] else "uncertain"
        lead = words.text(
            "hedging.lead",
            language,
            **said,
            least=outlet_name(least["outlet"], language),
            lowest=wording.number(least["rate"], language, digits=1),
        )
        sentences.append(f"{lead} {words.text(f'hedging.{apart}', language)}")
    return sentences or [words.text("hedging.empty", language)]


def keyness(table: pd.DataFrame, language: str, most: int = 4) -> list[str]:
    """The words that set a group apart beyond chance, and not in one article alone."""
    beyond = table[(table["z"] >= CHANCE) & (table["articles"] > 1)]
    beyond = beyond.sort_values(["z", "group", "term"], ascending=[False, True, True]).drop_duplicates("group").head(most)
    if not len(beyond):
        return [words.text("keyness.empty", language)]
    terms = [
        words.text(
            "keyness.term",
            language,
            term=words.text("page.quoted", language, words=wording.isolate(row["term"])),
            group=wording.isolate(row["group"]),
            n=wording.number(int(row["n"]), language),
            rest=wording.number(int(row["n_rest"]), language),
        )
        for row in beyond.to_dict("records")
    ]
    return [words.text("keyness.lead", language, terms=wording.join(terms, language, comma="list_semicolon"))]


def claims(claims: pd.DataFrame, denials: pd.DataFrame, matrix: pd.DataFrame, tables: Tables, language: str) -> list[str]:
    """How many claims there are, which is most widely reported and who left it out, who has what alone, and how they differ.

    `denials` are the opposed of `claim_pairs`, `matrix` is `summaries.shared_claims`.
    """
    if not len(claims):
        return [words.text("claims.empty", language)]
    total = claims["claim"].nunique()
    stated = len(claims[["article_id", "statement"]].drop_duplicates())  # one that says two things is in two claims
    sizes = {"n": wording.number(stated, language), "claims": words.count("claim", total, language)}
    sentences = [words.text("claims.lead", language, **sizes, shared=words.count("claim", len(matrix), language))]
    if len(matrix):
        sentences.append(_widest(matrix, claims, tables, language))
    alone = claims[~claims["claim"].isin(matrix.index)].drop_duplicates("claim")
    by_outlet = alone["outlet"].value_counts()
    if len(matrix) and len(by_outlet):
        outlet = min(by_outlet[by_outlet == by_outlet.max()].index)
        number, most = (wording.number(int(n), language) for n in (len(alone), by_outlet.max()))
        sentences.append(words.text("claims.alone", language, n=number, outlet=outlet_name(outlet, language), most=most))
    differences = _differences(claims[claims["claim"].isin(matrix.index)], denials, tables)
    for key, n in zip(("names", "forces", "opposed"), differences, strict=True):
        if n:
            sentences.append(words.text(f"claims.{key}", language, n=wording.number(n, language)))
    return sentences


def _widest(matrix: pd.DataFrame, claims: pd.DataFrame, tables: Tables, language: str) -> str:
    from analysis.compare.claims import claim_labels

    first = matrix.index[0]
    label = claim_labels(claims[claims["claim"] == first], tables)[first]
    claim = words.text("page.quoted", language, words=wording.isolate(label))
    row = matrix.loc[first]
    reported, absent, told = (
        wording.join((outlet_name(outlet, language) for outlet in matrix.columns[kept]), language)
        for kept in (row > 0, row == 0, row < 0)
    )
    if absent:
        sentence = words.text("claims.widest", language, claim=claim, outlets=reported, missing=absent)
    else:
        sentence = words.text("claims.widest_told" if told else "claims.widest_all", language, claim=claim)
    return f"{sentence} {words.text('claims.told', language, outlets=told)}" if told else sentence


def _differences(shared: pd.DataFrame, denials: pd.DataFrame, tables: Tables) -> tuple[int, int, int]:
    """In how many shared claims outlets name an actor differently, and use verbs of different force; how many pairs are opposed."""
    keys = ["article_id", "statement"]
    said = shared[["claim", "outlet", *keys]].merge(tables.statements[[*keys, "force"]], on=keys)
    forces = said.groupby("claim")["force"].agg(lambda each: each.astype(str).nunique())
    named = tables.mentions[tables.mentions["statement"].notna()].astype({"statement": "int32"})
    labels = said.merge(named[[*keys, "actor", "label"]], on=keys).groupby(["claim", "actor"])[["label", "outlet"]].nunique()
    apart = labels[(labels["label"] > 1) & (labels["outlet"] > 1)]
    outlets = tables.articles.set_index("article_id")["outlet"]
    between = denials["article_id"].map(outlets).fillna("") != denials["other_article_id"].map(outlets).fillna("")
    return apart.index.get_level_values("claim").nunique(), int((forces > 1).sum()), int((denials["opposed"] & between).sum())
