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
    from collections.abc import Mapping

    import pandas as pd

    from analysis.dataset import Dataset
    from analysis.tables import Tables

CHANCE = 1.96  # a larger |z| comes by chance in one word of twenty
ENOUGH = 3  # mentions, or articles of an outlet, below which a share or a rate is not worth a sentence
MOST_CONFLICTS, MOST_SPELLINGS, MOST_USES = 6, 6, 4  # named in one sentence
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
    sentences = [
        words.text(
            "corpus.lead",
            language,
            articles=wording.counted("article", len(articles), language),
            outlets=_publishers(len(named), len(outlets) - len(named), language),
            days=_published(articles["published"], language),
            words=wording.counted("word", total, language),
        )
    ]
    found = {"statement": statements, "amount": int(outlets["amounts"].sum()), "expression": int(outlets["dates"].sum())}
    counted = [wording.counted(noun, n, language) for noun, n in found.items() if n]
    if counted:
        sentences.append(words.text("corpus.found", language, found=wording.enumerated(counted, language)))
    else:
        sentences.append(words.text("corpus.found_nothing", language))
    if statements:
        direct = int(outlets["quoted"].sum()) / statements
        sentences.append(words.text("corpus.direct", language, share=wording.share(direct, language)))
    if len(named) > 1:
        sentences.extend(_weights(named, total, language))
    for name, column in (("undated", "published"), ("unnamed", "outlet")):
        n = int(articles[column].isna().sum())
        if n:
            sentences.append(words.text(f"corpus.{name}", language, articles=words.count("article", n, language)))
    if unread := summaries.size(tables, "problems"):
        sentences.append(words.text("corpus.unread", language, n=wording.number(unread, language)))
    return sentences


def _publishers(named: int, unnamed: int, language: str) -> str:
    """By how many outlets the articles are; nothing where none is known."""
    if not named:
        return ""
    key = "corpus.by_outlets_and_unnamed" if unnamed else "corpus.by_outlets"
    return words.text(key, language, outlets=words.count("outlet", named, language))


def _published(published: pd.Series, language: str) -> str:
    """When the articles were published, or those of them whose date is known."""
    dated = published.dropna()
    if not len(dated):
        return words.text("corpus.undated_days", language)
    first, last = (wording.day(each, language) for each in (dated.min(), dated.max()))
    key = "on_day" if first == last else "between"
    return words.text(f"corpus.{key}" if len(dated) == len(published) else f"corpus.known_{key}", language, first=first, last=last)


def _where(rows: pd.DataFrame, language: str) -> str:
    """In how many articles by how many outlets `rows` (with `article_id` and `outlet`) are; unnamed outlets are not counted."""
    articles, outlets = rows["article_id"].nunique(), rows["outlet"].nunique()
    return _in(articles, outlets, language)


def _in(articles: int, outlets: int, language: str) -> str:
    counts = {"articles": words.count("article", articles, language), "outlets": words.count("outlet", outlets, language)}
    return words.text("page.in_articles_by" if outlets else "page.in_articles", language, **counts)


def _weights(outlets: pd.DataFrame, total: int, language: str) -> list[str]:
    """Who has most of the corpus, if anyone has; of outlets with enough articles, who reports most and least speech."""
    by_size = outlets.sort_values(["articles", "n_words", "outlet"], ascending=[False, False, True])
    first, second = by_size.iloc[0], by_size.iloc[1]
    sentences = []
    if first["articles"] > second["articles"]:
        sentences.append(
            words.text(
                "corpus.most",
                language,
                outlet=wording.isolate(first["outlet"]),
                articles=wording.counted("article", int(first["articles"]), language),
                share=wording.share(first["n_words"] / max(total, 1), language),
            )
        )
    enough = outlets[(outlets["n_words"] > 0) & (outlets["articles"] >= ENOUGH)]
    rates = enough.assign(rate=lambda rows: rows["statements"] / rows["n_words"] * 1000)
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
    return [*_when(statements, language), *_who(tables, language), *_named_days(tables, language)]


def _when(statements: pd.DataFrame, language: str) -> list[str]:
    """The day with most statements, where there are several, and over how many days they are spread."""
    days = statements["published"].dt.normalize()
    counts, undated = days.value_counts(), int(days.isna().sum())
    said = wording.counted("statement", len(statements), language)
    if not len(counts):
        return [words.text("timeline.lead_undated", language, statements=said)]
    first, last = (wording.day(each, language) for each in (days.min(), days.max()))
    if len(counts) == 1:
        key = "timeline.lead_one_known_day" if undated else "timeline.lead_one_day"
        sentences = [words.text(key, language, statements=said, first=first)]
    else:
        peak = counts[counts == counts.max()].index.min()
        there = statements[days == peak]
        most = {"statements": wording.counted("statement", len(there), language), "where": _where(there, language)}
        spread = {"days": words.count("day", len(counts), language), "first": first, "last": last}
        sentences = [
            words.text("timeline.lead", language, day=wording.day(peak, language), **most),
            words.text("timeline.lead_total", language, statements=said, **spread),
        ]
    if undated:
        sentences.append(words.text("timeline.undated", language, n=wording.number(undated, language)))
    return sentences


def _who(tables: Tables, language: str) -> list[str]:
    """Who is quoted most, under which names, and how much of the speech is nobody's by the text."""
    speakers = summaries.speakers(tables)
    sentences = []
    total = tables.size("statements")
    if len(speakers):
        first = speakers.iloc[0]
        sentence = words.text(
            "timeline.speaker",
            language,
            speaker=wording.isolate(first["speaker"]),
            statements=wording.counted("statement", int(first["statements"]), language),
            share=wording.share(first["statements"] / total, language),
            where=_in(int(first["articles"]), int(first["outlets"]), language),
        )
        if not wording.missing(first["spellings"]):
            names = wording.enumerated((_quoted(each, language) for each in first["spellings"][:MOST_SPELLINGS]), language)
            sentence += " " + words.text("timeline.spellings", language, spellings=names)
        sentences.append(sentence)
    unknown = float(tables.some("statements", ["speaker"])["speaker"].isna().mean())
    if unknown:
        sentences.append(words.text("timeline.no_speaker", language, share=wording.share(unknown, language)))
    return sentences


def _quoted(text: object, language: str) -> str:
    return words.text("page.quoted", language, words=wording.isolate(text))


def _named_days(tables: Tables, language: str) -> list[str]:
    """How far the times that texts name reach, each told as finely as it is named, and how many name none."""
    sentences = []
    dates = tables.some("dates", ["article_id", "first", "last", "grain"])
    dates = dates.merge(tables.some("articles", ["article_id", "published"]), on="article_id")
    known = dates[dates["first"].notna() & dates["last"].notna()]
    if len(known):
        first, last = known.sort_values("first", kind="stable").iloc[0], known.sort_values("last", kind="stable").iloc[-1]
        ends = {
            "first": _stretch(first["first"], first["grain"], language),
            "last": _stretch(last["last"], last["grain"], language),
        }
        sentence = words.text("timeline.reach", language, **ends)
        dated = known[known["published"].notna()]
        if len(dated):
            before = float((dated["last"] < dated["published"].dt.normalize()).mean())
            sentence += " " + words.text("timeline.before", language, share=wording.share(before, language))
        sentences.append(sentence)
    if len(dates) > len(known):
        sentences.append(words.text("timeline.unresolved", language, share=wording.share(1 - len(known) / len(dates), language)))
    return sentences


def _stretch(moment: Any, grain: Any, language: str) -> str:
    """A moment as finely as the expression named it: 2017 has no first of January."""
    if str(grain) in ("year", "decade", "century"):
        return wording.year(moment, language)
    if str(grain) in ("month", "season", "quarter", "half"):
        return wording.month(moment, language)
    return wording.day(moment, language)


def funding(ledger: pd.DataFrame, language: str) -> list[str]:
    """How many distinct figures there are, the largest in each currency, and who reports them alone; prices are none."""
    ledger = ledger[~ledger["price"]]
    if not len(ledger):
        return [words.text("funding.empty", language)]
    n, mentions = len(ledger), int(ledger["mentions"].sum())
    all_outlets = {outlet for each in ledger["outlets"] for outlet in each}
    all_articles = {article for each in ledger["articles"] for article in each}
    sentences = [
        words.text(
            "funding.lead" if mentions > n else "funding.lead_once",
            language,
            figures=words.count("figure", n, language),
            n=wording.number(mentions, language),
            where=_in(len(all_articles), len(all_outlets), language),
        )
    ]
    sentences.extend(_largest(ledger, language))
    everything = wording.number(n, language)
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
                    all=everything,
                    amount=summaries.sums(widest.to_frame().T, language)[0],
                    outlets=words.count("outlet", len(widest["outlets"]), language),
                )
            )
    qualified = int((ledger["modifier"].astype("string") != "exact").sum())
    if qualified:
        sentences.append(words.text("funding.qualified", language, n=wording.number(qualified, language), all=everything))
    conflicting = ledger[_flags(ledger["conflict"])]
    if len(conflicting):
        sums = summaries.sums(conflicting.head(MOST_CONFLICTS), language)
        if len(conflicting) > len(sums):
            sums.append(wording.say("display.more", language, n=wording.number(len(conflicting) - len(sums), language)))
        sentences.append(words.text("funding.conflict", language, sums=wording.join(map(wording.isolate, sums), language)))
    return sentences


def _flags(conflict: pd.Series) -> pd.Series:
    """Which rows are in conflict with another, whether they name the others or only say so."""
    return conflict.map(lambda value: not wording.missing(value) and bool(len(value) if hasattr(value, "__len__") else value))


def _largest(ledger: pd.DataFrame, language: str, most: int = 2) -> list[str]:
    """The largest figure in each of the currencies that have most of them."""
    sizes = ledger[["value", "high", "low"]].astype("Float64").max(axis=1)
    sentences = []
    units = ledger["unit"].value_counts()
    units = units.sort_index().sort_values(ascending=False, kind="stable")
    key = "funding.largest" if len(units) < 2 and ledger["unit"].notna().all() else "funding.largest_in"
    for unit in units[units > 0].index[:most]:
        rows = ledger[(ledger["unit"] == unit) & sizes.notna()]
        if not len(rows):
            continue
        row = rows.loc[sizes[rows.index].idxmax()]
        outlets = wording.enumerated((wording.isolate(each) for each in row["outlets"]), language) or nameless(language)
        if wording.missing(row["speaker"]):
            where = words.text("funding.by_outlet", language, outlets=outlets)
        else:
            where = words.text("funding.by_speaker", language, speaker=wording.isolate(_first(row["speaker"])), outlets=outlets)
        amount = summaries.sums(row.to_frame().T, language)[0]
        currency = wording.currency(str(unit), language, form="all" if language == "en" else "def")
        sentences.append(words.text(key, language, currency=currency, amount=amount, where=where))
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
    labels = int(per_actor[most])
    sentences = [
        words.text(
            "naming.lead" if labels > 1 else "naming.lead_one_each",
            language,
            actors=words.count("actor", len(per_actor), language),
            n=wording.number(own["label"].nunique(), language),
            actor=wording.isolate(actor_name(most, language)),
            labels=wording.counted("name", labels, language),
        ),
        *_partings(own, surfaces, language),
    ]
    hostile = own[own["stance"].astype("string") == "hostile"]
    hostile = hostile.sort_values(["n", "outlet", "label"], ascending=[False, True, True])
    for row in hostile.head(3).to_dict("records"):
        sentences.append(
            words.text(
                "naming.hostile" if _total(row) >= ENOUGH else "naming.hostile_few",
                language,
                label=_label(row["label"], surfaces, language),
                actor=wording.isolate(actor_name(row["actor"], language)),
                outlet=outlet_name(row["outlet"], language),
                times=wording.counted("time", int(row["n"]), language),
                share=wording.share(row["share"], language),
                interval=wording.interval(row["low"], row["high"], language, percent=True),
            )
        )
    if not len(hostile):
        sentences.append(words.text("naming.no_hostile", language))
    return [_capital(sentence) for sentence in sentences]


def _total(row: Mapping[Any, Any]) -> int:
    """How often the outlet names the actor at all, of which the row's label is a share."""
    return round(float(row["n"]) / float(row["share"])) if row["share"] else 0


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
                n=wording.number(_total(row), language),
            )
            for row in tops[tops["actor"] == actor].head(5).to_dict("records")
        ]
        joined = wording.join(uses, language, comma="list_semicolon")
        sentences.append(words.text("naming.split", language, actor=wording.isolate(actor_name(actor, language)), uses=joined))
    return sentences


def _label(label: Any, surfaces: dict[str, str], language: str) -> str:
    return _quoted(surfaces.get(str(label), str(label)), language)


def outlet_name(outlet: Any, language: str) -> str:
    """An outlet's name within a sentence, isolated from the direction around it; the words for one that has none."""
    return nameless(language) if wording.missing(outlet) else wording.isolate(outlet)


def nameless(language: str) -> str:
    """What a sentence calls an outlet that nothing names."""
    return words.text("page.nameless", language)


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
            outlets = wording.enumerated((outlet_name(each, language) for each in none["outlet"]), language)
            listed = wording.join(uses, language, comma="list_semicolon")
            lead = words.text("hedging.lead_none", language, measure=name, uses=listed, none=outlets)
        else:
            used, none = rows.head(1), rows.tail(1)
            least = {"least": outlet_name(none["outlet"].iloc[0], language)}
            least["lowest"] = wording.number(none["rate"].iloc[0], language, digits=1)
            lead = words.text("hedging.lead", language, measure=name, use=uses[0], **least)
        sentences.append(f"{lead} {words.text(f'hedging.{_apart(used, none)}', language)}")
    return [_capital(sentence) for sentence in sentences] or [words.text("hedging.empty", language)]


def _use(row: Mapping[Any, Any], language: str) -> str:
    """How often an outlet uses words of a measure."""
    return words.text(
        "hedging.use",
        language,
        outlet=outlet_name(row["outlet"], language),
        times=wording.counted("time", int(row["n"]), language),
        rate=wording.number(row["rate"], language, digits=1),
        interval=wording.interval(row["low"], row["high"], language),
    )


def _apart(more: pd.DataFrame, less: pd.DataFrame) -> str:
    """Whether the intervals of all, some or none of the outlets with `more` lie above those with `less`."""
    pairs = [low > high for low in more["low"] for high in less["high"]]
    return "certain" if all(pairs) else "partly" if any(pairs) else "uncertain"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


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
            term=_quoted(row["term"], language),
            group=outlet_name(row["group"], language),
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
    shared = words.text(
        "claims.shared" if len(matrix) else "claims.unshared", language, shared=words.count("claim", len(matrix), language)
    )
    sizes = {"n": wording.number(stated, language), "claims": words.count("claim", total, language)}
    sentences = [words.text("claims.lead", language, **sizes, shared=shared)]
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
            counts = {noun: words.count(noun, n, language) for noun in ("claim", "pair")}
            sentences.append(words.text(f"claims.{key}", language, claims=counts["claim"], pairs=counts["pair"]))
    return sentences


def _widest(matrix: pd.DataFrame, claims: pd.DataFrame, tables: Tables, language: str) -> str:
    from analysis.compare.claims import claim_labels

    first = matrix.index[0]
    label = claim_labels(claims[claims["claim"] == first], tables)[first]
    claim = _quoted(label, language)
    row = matrix.loc[first]
    reported, absent, told = (
        wording.enumerated((outlet_name(outlet, language) for outlet in matrix.columns[kept]), language)
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
    forces = said.astype({"force": "string"}).groupby("claim")["force"].nunique()
    named = tables.mentions[tables.mentions["statement"].notna()].astype({"statement": "int32"})
    labels = said.merge(named[[*keys, "actor", "label"]], on=keys).groupby(["claim", "actor"])[["label", "outlet"]].nunique()
    apart = labels[(labels["label"] > 1) & (labels["outlet"] > 1)]
    outlets = tables.articles.set_index("article_id")["outlet"]
    between = denials["article_id"].map(outlets).fillna("") != denials["other_article_id"].map(outlets).fillna("")
    return apart.index.get_level_values("claim").nunique(), int((forces > 1).sum()), int((denials["opposed"] & between).sum())
