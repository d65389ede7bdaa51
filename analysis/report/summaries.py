"""Summaries that reports show: the corpus by outlet and by article, the speakers, the times that texts name.

In go `Tables`, out come DataFrames, typed also where there are no rows, in an order that does not depend on that of the input.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from analysis import time_words, wording
from analysis.compare.columns import LIFT
from analysis.compare.outermost import outermost
from analysis.compare.people import one_name
from analysis.lexicon import read
from analysis.report import words
from analysis.rows import Worded
from analysis.schema import VOICES
from analysis.stem import without_article
from analysis.tables import Tables
from analysis.text import fold_key

if TYPE_CHECKING:
    import pandas as pd

    from analysis.dataset import Dataset

_COUNTED = {"statements": ["article_id", "kind"], "amounts": ["article_id"], "dates": ["article_id"]}


def outlets(tables: Tables | Dataset) -> pd.DataFrame:
    """A row an outlet: `outlet articles n_words first last statements direct amounts dates`; `direct` is a share."""
    made = quoted(tables)
    made.insert(6, "direct", (made["quoted"] / made["statements"].where(made["statements"] > 0)).astype("Float64"))
    return made.drop(columns="quoted").sort_values(["articles", "outlet"], ascending=[False, True], ignore_index=True)


def quoted(tables: Tables | Dataset) -> pd.DataFrame:
    """The same with `quoted`, how many statements are quoted in full, for `direct`; a dataset is counted part by part."""
    import pandas as pd

    names = ["article_id", "outlet", "n_words", "published"]
    counted = [
        _summed(
            _counted(part, part.some("articles", names)).assign(articles=1, first=lambda rows: rows["published"]),
            last="published",
            quoted="direct",
        )
        for part in _parts(tables, {"articles": names, **_COUNTED})
    ]
    return counted[0] if len(counted) == 1 else _summed(pd.concat(counted, ignore_index=True))


def _summed(rows: pd.DataFrame, *, last: str = "last", quoted: str = "quoted") -> pd.DataFrame:
    """Rows added up by outlet."""
    return (
        rows.groupby("outlet", dropna=False, sort=True)
        .agg(
            articles=("articles", "sum"),
            n_words=("n_words", "sum"),
            first=("first", "min"),
            last=(last, "max"),
            statements=("statements", "sum"),
            quoted=(quoted, "sum"),
            amounts=("amounts", "sum"),
            dates=("dates", "sum"),
        )
        .reset_index()
    )


def published(tables: Tables | Dataset) -> pd.DataFrame:
    """Outlet and day of every article, in the order of the source."""
    names = ["outlet", "published"]
    return tables.some("articles", names) if isinstance(tables, Tables) else tables.articles(names)


def _parts(tables: Tables | Dataset, names: Mapping[str, Sequence[str]]) -> Iterator[Tables]:
    """The tables, or those of one part of a dataset after another, with some columns."""
    from analysis import schema

    if isinstance(tables, Tables):
        yield tables
        return
    empty = {name: schema.frame(name, {}) for name in schema.TABLES}
    found = False
    for part in tables.parts(names):
        found = True
        yield Tables(**{**empty, **part})
    if not found:
        yield Tables(**empty)


def articles(tables: Tables) -> pd.DataFrame:
    """A row an article, in order of publication: `article_id title outlet published n_words statements amounts dates`."""
    columns = ["article_id", "title", "outlet", "published", "n_words"]
    table = _counted(tables, tables.some("articles", columns)).drop(columns="direct")
    return table.sort_values(["published", "article_id"], na_position="last", ignore_index=True)


def speakers(tables: Tables) -> pd.DataFrame:
    """A row a speaker, the most quoted first: `speaker statements direct articles outlets first last spellings`.

    Spellings of one name are one row, under the spelling used most; `spellings` are the others, a tuple, null where there are none.
    """
    import pandas as pd

    known = tables.some("statements", ["article_id", "statement", "kind", "speaker"])
    known = known[known["speaker"].notna()]
    table = known.merge(tables.some("articles", ["article_id", "outlet", "published"]), on="article_id")
    table["direct"] = (table["kind"] == "direct").astype("float64")
    people = one_name(table["speaker"])
    others: dict[str, tuple[str, ...]] = {}
    for name, person in people.items():
        if name != person:
            others[person] = (*others.get(person, ()), name)
    table["speaker"] = table["speaker"].map(people)
    made = (
        table.groupby("speaker", sort=True)
        .agg(
            statements=("statement", "size"),
            direct=("direct", "mean"),
            articles=("article_id", "nunique"),
            outlets=("outlet", "nunique"),
            first=("published", "min"),
            last=("published", "max"),
        )
        .reset_index()
    )
    made["spellings"] = pd.Series([others.get(name) for name in made["speaker"]], dtype="object")
    return made.sort_values(["statements", "articles", "speaker"], ascending=[False, False, True], ignore_index=True)


def first_name(speakers: pd.DataFrame) -> str:
    """The name of the most quoted of `speakers`; nothing where there are none."""
    return str(speakers["speaker"].iloc[0]) if len(speakers) else ""


def times(tables: Tables) -> pd.DataFrame:
    """A row a stretch of the calendar that texts name, most often first.

    Columns: `value grain surface forms mentions articles outlets first`. `surface` is how it is written most often, `forms` in
    how many ways it is written.
    """
    known = tables.some("dates", ["article_id", "text", "type", "value", "grain", "first"])
    known = known[known["first"].notna() & known["type"].isin(["DATE", "TIME"])]
    table = known.merge(tables.some("articles", ["article_id", "outlet"]), on="article_id")
    table["grain"] = table["grain"].astype("string")
    keys = ["value", "grain"]
    written = table.groupby([*keys, "text"], sort=True, dropna=False).size().reset_index(name="n")
    written["forms"] = written.groupby(keys, dropna=False)["text"].transform("size").astype("int64")
    written = written.sort_values("n", ascending=False, kind="stable").drop_duplicates(keys).rename(columns={"text": "surface"})
    made = (
        table.groupby(keys, sort=True, dropna=False)
        .agg(
            mentions=("text", "size"),
            articles=("article_id", "nunique"),
            outlets=("outlet", "nunique"),
            first=("first", "min"),
        )
        .reset_index()
        .merge(written[[*keys, "surface", "forms"]], on=keys, how="left")
    )
    made = made[[*keys, "surface", "forms", "mentions", "articles", "outlets", "first"]]
    return made.sort_values(["mentions", "first", "value"], ascending=[False, True, True], ignore_index=True)


def _counted(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` (one an article) with how many statements, direct ones, amounts and dates each has."""
    statements, amounts, dates = (tables.some(name, columns) for name, columns in _COUNTED.items())
    kinds = {"statements": statements, "direct": statements[statements["kind"] == "direct"], "amounts": amounts, "dates": dates}
    counts = {
        name: rows["article_id"].map(table["article_id"].value_counts()).fillna(0).astype("int64") for name, table in kinds.items()
    }
    return rows.assign(**counts)


def said_by(tables: Tables, speakers: pd.Series) -> pd.DataFrame:
    """The statements of `speakers` (names, as `speakers` has them), under any spelling, in order of publication."""
    said = tables.some("statements", ["article_id", "statement", "start", "end", "speaker"])
    people = one_name(said["speaker"])
    return in_time(tables, said[said["speaker"].map(people).isin(list(speakers))])


def timed(tables: Tables) -> SimpleNamespace:
    """What a timeline shows of the tables, without the texts."""
    return SimpleNamespace(
        articles=tables.some("articles", ["article_id", "outlet", "published"]),
        statements=tables.some("statements", ["article_id", "speaker"]),
        dates=tables.some("dates", ["article_id", "first", "last"]),
    )


def sums(ledger: pd.DataFrame, language: str) -> list[str]:
    """Each row's sum in words: the number with its currency, how it is qualified, and the time it is for."""
    return [wording.sum_in_words(cast("dict[str, Any]", row), language) for row in ledger.to_dict("records")]


def most_reported(ledger: pd.DataFrame) -> pd.DataFrame:
    """The figures that most outlets report first; of equals those written most often, then the earliest."""
    order = ledger.assign(_outlets=[-len(outlets) for outlets in ledger["outlets"]], _mentions=-ledger["mentions"])
    order = order.sort_values(["_outlets", "_mentions", "first_published"], kind="stable", ignore_index=True)
    return order.drop(columns=["_outlets", "_mentions"])


def with_people(ledger: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """The ledger with each speaker under the spelling that the corpus has most often, as `speakers` has it."""
    import pandas as pd

    people = one_name(tables.some("statements", ["speaker"])["speaker"])
    others = [
        tuple((field, people.get(value, value) if field == "speaker" else value, outlet) for field, value, outlet in each)
        for each in ledger["others"]
    ]
    told = pd.Series(others, index=ledger.index, dtype="object")
    return ledger.assign(speaker=ledger["speaker"].map(people).astype(ledger["speaker"].dtype), others=told)


def ledger_shown(ledger: pd.DataFrame, language: str) -> dict[str, list[Any]]:
    """What to show for a row of the ledger: the sum in words, prices and figures at odds marked as such; the speaker with what is
    done with the sum; who pays and who gets it, by name; what for. What outlets do not agree on stands under each outlet's name.
    """
    shown: dict[str, list[Any]] = {"amount": [], "said": [], "parties": [], "purpose": []}
    for row, amount in zip(ledger.to_dict("records"), sums(ledger, language), strict=True):
        told = _otherwise(row["others"], language)
        odds = [wording.say("funding.conflict", language)] if row["conflict"] else []
        priced = words.text("funding.priced", language, sum=amount) if row["price"] else amount
        shown["amount"].append(Worded(priced, under="\n".join([*odds, *told["modifier"]])))
        shown["said"].append(_said(row, told, language))
        sides = [(side, row[side]) for side in ("payer", "recipient") if not wording.missing(row[side])]
        parties = [words.text(f"funding.{side}", language, name=wording.actor_name(str(key), language)) for side, key in sides]
        shown["parties"].append([*parties, *map(Worded, told["payer"]), *map(Worded, told["recipient"])] or None)
        purpose = [] if wording.missing(row["purpose"]) else [str(row["purpose"])]
        shown["purpose"].append([*purpose, *map(Worded, told["purpose"])] or None)
    return shown


def _said(row: Mapping[Any, Any], told: Mapping[str, list[str]], language: str) -> Worded | None:
    """Who says it, and under it what is done with the sum."""
    name = "" if wording.missing(row["speaker"]) else wording.plain(row["speaker"])
    if not name and told["speaker"]:
        name = words.text("funding.differs", language)
    action = [] if wording.missing(row["action"]) else [wording.word("done", row["action"], language)]
    under = "\n".join([*told["speaker"], *action, *told["action"]])
    return Worded(name, under=under) if name or under else None


def _otherwise(others: Sequence[tuple[str, str, str | None]], language: str) -> dict[str, list[str]]:
    """What some outlets say otherwise of a figure, by field: each value with its outlets."""
    found: dict[str, dict[str, list[str]]] = {
        field: {} for field in ("modifier", "action", "payer", "recipient", "speaker", "purpose")
    }
    for field, value, outlet in others:
        named = wording.say("general.unknown_outlet", language) if outlet is None else wording.isolate(outlet)
        found[field].setdefault(_in_words(field, value, language), []).append(named)
    return {
        field: [
            words.text(
                "funding.one_says" if field == "purpose" else "funding.says",
                language,
                what=what,
                outlets=wording.join(outlets, language),
            )
            for what, outlets in values.items()
        ]
        for field, values in found.items()
    }


def _in_words(field: str, value: str, language: str) -> str:
    if field in ("payer", "recipient"):
        return words.text(f"funding.{field}", language, name=wording.actor_name(value, language))
    if field in ("modifier", "action"):
        return wording.word("done" if field == "action" else field, value, language)
    return wording.isolate(value)


def _actors(keys: pd.Series, language: str) -> list[str | None]:
    return [None if wording.missing(key) else wording.actor_name(str(key), language) for key in keys]


def sums_in_text(tables: Tables, ledger: pd.DataFrame) -> pd.DataFrame:
    """Where the figures of the ledger are mentioned, in order of publication: as many places as it counts `mentions`.

    So a headline is one only where its article's text does not repeat the sum, and prices are none. A place has the words that
    qualify its sum; `start_marked`, `end_marked` are the sum alone, as its article's page marks it.
    """
    from analysis.extract.amounts import qualified_span

    size, bounds = ["value", "low", "high"], ["unit", "value", "low", "high"]
    amounts = tables.some("amounts", ["article_id", "start", "end", "kind", *bounds, "modifier", "in_title"])
    money = amounts[(amounts["kind"] == "money") & amounts[size].notna().any(axis=1)].sort_values(
        ["in_title", "article_id", "start"]
    )
    # What has a value has no bounds, as in the ledger.
    money = money.assign(**{name: money[name].where(money["value"].isna()) for name in ("low", "high")})
    prices = ledger[ledger["price"]].explode("articles")
    priced = set(zip(prices["articles"], *(_known(prices[name]) for name in bounds), strict=True))
    keys = zip(money["article_id"], *(_known(money[name]) for name in bounds), strict=True)
    told, kept = set(priced), []
    for key, titled in zip(keys, money["in_title"], strict=True):  # headlines come last
        kept.append(key not in (told if titled else priced))
        told.add(key)
    money = money[kept]
    there = tables.texts_of(tables.some("articles", ["article_id"])["article_id"].isin(set(money["article_id"])))
    texts = dict(zip(there["article_id"], there["text"], strict=True))
    own = zip(money["article_id"], money["start"], money["end"], money["modifier"].astype(str), strict=True)
    spans = [qualified_span(texts[article], int(start), int(end), modifier) for article, start, end, modifier in own]
    marked = money.rename(columns={"start": "start_marked", "end": "end_marked"})[["article_id", "start_marked", "end_marked"]]
    return in_time(tables, marked.assign(start=[start for start, _ in spans], end=[end for _, end in spans]))


def _known(values: pd.Series) -> list[Any]:
    return [None if wording.missing(value) else value for value in values]


def loaded_names(tables: Tables) -> pd.DataFrame:
    """Where actors are called by a hostile or favourable name in the outlets' own voice."""
    own = tables.some("mentions", ["article_id", "start", "end", "voice", "stance"])
    own = outermost(own)
    return in_time(tables, own[(own["voice"] == "narrator") & own["stance"].isin(["hostile", "favourable"])])


def doubts(tables: Tables) -> pd.DataFrame:
    """Where the outlets' own text keeps its distance from what it reports."""
    own = tables.some("hedges", ["article_id", "start", "end", "voice", "kind"])
    own = own[own["voice"] == "narrator"]
    return in_time(tables, own[own["kind"] != "attribution"])


def in_time(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` (with `article_id` and `start`) in order of their articles' publication, undated ones last."""
    published = tables.some("articles", ["article_id", "published"]).set_index("article_id")["published"]
    ordered = rows.assign(_published=rows["article_id"].map(published))
    ordered = ordered.sort_values(["_published", "article_id", "start"], na_position="last", ignore_index=True)
    return ordered.drop(columns="_published")


def side_by_side(naming: pd.DataFrame) -> pd.DataFrame:
    """A row for each actor, label and outlet, with how often in each voice; the most mentioned actors and names first.

    `n share low high` are of the outlet's own voice; `n` is 0 and the others null where only others' words have the name. Those of
    the other voices have the voice before them (`paraphrase_n`).
    """
    keys, values = ["actor", "label", "outlet"], ["n", "share", "low", "high"]
    told = [name for name in ("stance", "written") if name in naming]
    made = naming[[*keys, *told]].drop_duplicates(keys)
    for voice in VOICES:
        of_voice = naming.loc[naming["voice"].astype("string") == voice, [*keys, *values]]
        named = {name: name if voice == "narrator" else f"{voice}_{name}" for name in values}
        made = made.merge(of_voice.rename(columns=named), on=keys, how="left")
        made[named["n"]] = made[named["n"]].fillna(0).astype("int64")
    counts = [name for name in made if str(name).rpartition("_")[2] == "n"]
    every = made[counts].sum(axis=1)
    order = made.assign(_every=-every, _actor=-every.groupby(made["actor"]).transform("sum"), _own=-made["n"])
    order = order.sort_values(["_actor", "actor", "_own", "_every", "label", "outlet"], ignore_index=True)
    return order.drop(columns=["_actor", "_own", "_every"])


def of_each(table: pd.DataFrame, column: str, rows: int) -> list[int]:
    """Which rows of `table` to show, `rows` at most: the first of each value of `column`, then the others in order.

    >>> import pandas as pd
    >>> of_each(pd.DataFrame({"actor": list("aaaabbc")}), "actor", 5)
    [0, 1, 2, 4, 6]
    """
    again = table[column].duplicated().to_numpy()
    return sorted(again.argsort(kind="stable")[:rows].tolist())


def distance(hedging: pd.DataFrame) -> pd.DataFrame:
    """The rates, one measure after the other, each with the outlet that has the highest rate first."""
    rates = hedging[hedging["measure"].astype("string") != LIFT]
    return rates.sort_values(["measure", "rate", "outlet"], ascending=[True, False, True], ignore_index=True)


def quote_habits(hedging: pd.DataFrame) -> pd.DataFrame:
    """What of `hedging` is no rate: the lift of the name that each outlet puts in quote marks most, the highest first."""
    lifts = hedging[hedging["measure"].astype("string") == LIFT]
    return lifts.sort_values(["rate", "outlet"], ascending=[False, True], na_position="last", ignore_index=True)


def between(table: pd.DataFrame, column: str, rows: int) -> int:
    """How many rows of `table` to show, `rows` at most, so that it breaks off where a value of `column` ends, if any does.

    >>> import pandas as pd
    >>> [between(pd.DataFrame({"measure": list("aaabbb")}), "measure", rows) for rows in (2, 3, 5, 9)]
    [2, 3, 3, 6]
    """
    values = table[column].head(rows + 1).tolist()
    ends = (end for end in range(1, len(values) + 1) if end == len(table) or (end < len(values) and values[end - 1] != values[end]))
    return max((end for end in ends if end <= rows), default=rows)


def strongest(keyness: pd.DataFrame) -> pd.DataFrame:
    """The words that set any group apart most, first."""
    return keyness.sort_values(["z", "group", "term"], ascending=[False, True, True], ignore_index=True)


def telling(keyness: pd.DataFrame) -> pd.DataFrame:
    """`keyness` without the words of a group's own name, which its datelines and credits repeat."""
    import numpy as np

    own = {group: {without_article(word) for word in fold_key(str(group)).split()} for group in keyness["group"].dropna().unique()}
    bare = {term: without_article(fold_key(str(term))) for term in keyness["term"].unique()}
    kept = [bare[term] not in own.get(group, ()) for term, group in zip(keyness["term"], keyness["group"], strict=True)]
    return keyness[np.array(kept, dtype=bool)]


def without_spellings(keyness: pd.DataFrame, names: pd.Series | None = None) -> pd.DataFrame:
    """`keyness` without function words, and without words that are one of several spellings of a name among `names` (speakers)."""
    import numpy as np

    apart = _function_words() | spelled_apart(names)
    kept = {term: fold_key(str(term)) not in apart for term in keyness["term"].unique()}
    return keyness[np.array([kept[term] for term in keyness["term"]], dtype=bool)]


def _function_words() -> frozenset[str]:
    """Words without a meaning of their own, also with what joins them to the words before."""
    data = read("claims")
    bare = {fold_key(word) for word in data["function"]}
    return frozenset(bare | {f"{data['joining']}{word}" for word in bare})


def spelled_apart(names: pd.Series | None) -> frozenset[str]:
    """The words of names that are spelled in more than one way, in every spelling.

    >>> import pandas as pd
    >>> sorted(spelled_apart(pd.Series(["كيث مالوني", "كيت مالوني", "سالم حمدان"])))
    ['كيت', 'كيث']
    """
    if names is None:
        return frozenset()
    people: dict[str, list[list[str]]] = {}
    for name, person in one_name(names).items():
        people.setdefault(person, []).append(fold_key(name).split())
    ends = [[{words[at] for words in spelled} for at in (0, -1)] for spelled in people.values() if all(spelled)]
    return frozenset(word for each in ends for words in each if len(words) > 1 for word in words)


def intervals(table: pd.DataFrame, language: str, *, percent: bool = False) -> dict[str, list[Any]]:
    """What to show for `low` and `high`: one cell, null where there is no interval."""
    return {
        "interval": [
            None if wording.missing(low) else wording.interval(low, high, language, percent=percent)
            for low, high in zip(table["low"], table["high"], strict=True)
        ]
    }


def rates_shown(hedging: pd.DataFrame, language: str) -> dict[str, list[Any]]:
    """What to show for the rows of `distance`: rates as numbers, the interval in one cell."""
    return {"per_thousand": hedging["rate"].tolist(), **intervals(hedging, language)}


def habits_shown(habits: pd.DataFrame, language: str) -> dict[str, list[Any]]:
    """What to show for the rows of `quote_habits`: ratios as such, the interval in one cell."""
    ratios = [
        None
        if wording.missing(rate)
        else Worded(wording.say("hedging.times_habit", language, n=wording.fixed(float(rate), language, 2)), numeric=True)
        for rate in habits["rate"]
    ]
    return {"quoted_names": habits["n"].tolist(), "times_habit": ratios, **intervals(habits, language)}


def times_shown(times: pd.DataFrame, language: str) -> dict[str, list[Any]]:
    """What to show for the rows of `times`: the values in words, and in how many forms each is written."""
    surfaces = [
        Worded(
            str(surface), under=words.text("timeline.forms", language, n=wording.number(forms - 1, language)) if forms > 1 else ""
        )
        for surface, forms in zip(times["surface"], times["forms"], strict=True)
    ]
    return {"time": [time_words.time_in_words(str(value), language) for value in times["value"]], "surface": surfaces}


def named(naming: pd.DataFrame, tables: Tables, language: str) -> dict[str, list[Any]]:
    """What to show for the rows of `side_by_side`: actors and labels as they are mostly written, the interval of the share, how
    often in each voice.
    """
    from analysis.report.findings import label_surfaces

    surfaces = label_surfaces(tables.some("mentions", ["label", "text"]))
    return {
        "actor": _actors(naming["actor"], language),
        "label": [surfaces.get(str(label), str(label)) for label in naming["label"]],
        "own": naming["n"].tolist(),
        "paraphrase": naming["paraphrase_n"].tolist(),
        "quotation": naming["quotation_n"].tolist(),
        **intervals(naming, language, percent=True),
    }


_NARRATED = 2000  # articles: beyond, looking for every shared claim in every sentence would take most of a report's time


def told(claims: pd.DataFrame, tables: Tables) -> pd.DataFrame | None:
    """The sentences that tell shared claims in an outlet's own voice; None in a corpus too large to look for them."""
    from analysis.compare.narrated import narrated

    return narrated(claims, tables) if len(tables.articles) <= _NARRATED else None


def shared_claims(claims: pd.DataFrame, told: pd.DataFrame | None) -> pd.DataFrame:
    """Claims by outlets (see `compare.claims.coverage`): those that two outlets or more report, the most widely reported first.

    A claim that an outlet tells in its own voice alone is a negative number.
    """
    from analysis.compare.claims import coverage

    matrix = coverage(claims, narrated=told)
    articles = matrix.clip(lower=0).sum(axis=1)
    order = matrix.assign(_outlets=-(matrix > 0).sum(axis=1), _articles=-articles, _claim=matrix.index)
    order = order[order["_outlets"] < -1].sort_values(["_outlets", "_articles", "_claim"])
    return matrix.loc[order.index]


def other_figures(matrix: pd.DataFrame, claims: pd.DataFrame, tables: Tables, ledger: pd.DataFrame) -> set[tuple[int, str]]:
    """The claims and outlets of `matrix` where the outlet has not the claim but another figure for it."""
    from analysis.compare.at_odds import at_odds

    found = at_odds(claims[claims["claim"].isin(matrix.index)], tables, ledger)
    return {(claim, outlet) for claim, outlet in found if outlet in matrix and not matrix.loc[claim, outlet]}


def claims_of_outlets(claims: pd.DataFrame, matrix: pd.DataFrame) -> pd.DataFrame:
    """How many claims each outlet reports: in all, of those that others report too (`matrix`), and alone."""
    rows = claims[["claim", "outlet"]].drop_duplicates()
    rows = rows.assign(shared=rows["claim"].isin(matrix.index))
    made = rows.groupby("outlet", dropna=False, sort=True).agg(claims=("claim", "size"), shared=("shared", "sum")).reset_index()
    return made.assign(shared=made["shared"].astype("int64"), alone=made["claims"] - made["shared"].astype("int64"))


def claim_numbers(matrix: pd.DataFrame, tables: Tables, claims: pd.DataFrame, language: str) -> dict[int, str]:
    """The words of each claim of `matrix`, numbered in its order; in quotation marks where they are the speaker's own."""
    from analysis.compare.claims import labelled

    rows = claims[claims["claim"].isin(matrix.index)]
    labels = labelled(rows, tables)
    spoken = _spoken(rows, tables)
    numbered = {}
    for at, claim in enumerate(matrix.index):
        place, label = labels[claim]
        said = wording.isolate(words.text("page.quoted", "ar", words=label) if spoken[place] else label)
        numbered[claim] = words.text("claims.numbered", language, n=wording.number(at + 1, language), claim=said)
    return numbered


def _spoken(claims: pd.DataFrame, tables: Tables) -> list[bool]:
    """Whether the words of each row are the speaker's own: in quotation marks, or behind a colon."""
    keys = ["article_id", "statement"]
    known = claims[keys].merge(tables.statements[[*keys, "kind", "cue"]], on=keys, how="left")
    behind_colon = known["cue"].fillna("").str.strip().str.endswith(":")
    return ((known["kind"].astype("string") == "direct").fillna(value=False) | behind_colon).astype(bool).tolist()


def worded(matrix: pd.DataFrame, tables: Tables, claims: pd.DataFrame, told: pd.DataFrame | None = None) -> pd.DataFrame:
    """The wordings of the claims of `matrix`, side by side, numbered in its order from 1; with the sentences in which outlets tell
    them in their own voice (`own_voice`), where `matrix` has only those of them.
    """
    import pandas as pd

    from analysis.compare.claims import claim_wording

    numbers = {claim: at + 1 for at, claim in enumerate(matrix.index)}
    rows = claim_wording(claims[claims["claim"].isin(numbers)], tables).assign(own_voice=False)
    own = _own_voice(matrix, tables, told) if told is not None and len(told) else rows.head(0)
    if len(own):
        own = own.reindex(columns=rows.columns).astype(rows.dtypes.drop("statement").to_dict() | {"statement": "Int32"})
        rows = pd.concat([rows.astype({"statement": "Int32"}), own], ignore_index=True)
    rows["claim"] = rows["claim"].map(numbers).astype("int32")
    return rows.sort_values("claim", kind="stable", ignore_index=True)


def _own_voice(matrix: pd.DataFrame, tables: Tables, told: pd.DataFrame) -> pd.DataFrame:
    """The sentences of `told` that stand behind the negative numbers of `matrix`; of each article the one most like the claim."""
    import pandas as pd

    outlets = told["outlet"].astype("object")
    alone = [
        claim in matrix.index and outlet in matrix and matrix.loc[claim, outlet] < 0
        for claim, outlet in zip(told["claim"], outlets, strict=True)
    ]
    best = told[alone].sort_values("score", ascending=False, kind="stable").drop_duplicates(["claim", "article_id"])
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    spans = zip(best["article_id"], best["start"], best["end"], strict=True)
    words = [texts[article][start:end].rstrip(" ،؛,;") for article, start, end in spans]
    ends = [start + len(said) for start, said in zip(best["start"], words, strict=True)]
    names = pd.Series([()] * len(best), index=best.index, dtype="object")
    made = best.assign(text=words, end=ends, own_voice=True, names=names)
    return made.sort_values(["claim", "published", "start"])


def worded_shown(rows: pd.DataFrame, tables: Tables, language: str) -> dict[str, list[Any]]:
    """What to show for the words of a claim: with the mark behind them that closes a quotation begun within them; and where the
    outlet tells it in its own voice, that in place of a speaker.
    """
    from analysis.compare.claims import shown_words

    own = rows["own_voice"].tolist()
    said = shown_words(rows, tables) if len(rows) else []
    return {
        "text": [text if narrated else words for text, words, narrated in zip(rows["text"], said, own, strict=True)],
        "speaker": [
            wording.say("coverage.narrated", language) if narrated else speaker
            for speaker, narrated in zip(rows["speaker"], own, strict=True)
        ],
    }
