"""The columns of every comparison: name, dtype, meaning, unit; the counterpart of `analysis.schema` for what is computed from
tables.

>>> frame("keyness", {}).dtypes["z"]
Float64Dtype()
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analysis.errors import InputError
from analysis.schema import ACTIONS, FORCES, MODIFIERS, STANCES, VOICES, Column

if TYPE_CHECKING:
    import pandas as pd

# What `hedging` measures: hedges by kind, scare quotes, and reporting verbs by what they do with the content.
LIFT = "scare_quote_lift"
MEASURES = ("doubt", "pretext", "so_called", "attribution", LIFT, *(f"force_{force}" for force in FORCES))

ENOUGH = 3  # mentions, or articles of an outlet, below which a share or a rate is not worth a sentence, nor a place on a scale

_ACTOR = Column("actor", "string", "who or what is named, by its key in the actor lexicon")
_LABEL = Column("label", "string", "the name used, in its folded form")
_OUTLET = Column("outlet", "string", "who published it; null where nothing says so")
_VOICE = Column("voice", VOICES, "whose words these are: the outlet's, its paraphrase of a speaker, or quoted speech")
_LOW, _HIGH = "the 95 % interval's lower end", "the 95 % interval's upper end"
_SHARE = Column("share", "Float64", "the label's share of the outlet's mentions of the actor in this voice", "0 to 1")

_ARTICLE = Column("article_id", "string", "the article the statement is from")
_NUMBER = Column("statement", "int32", "the statement's number in its article")
_SPEAKER = Column("speaker", "string", "who says so, as the article names them; null where it cannot be told")
_PUBLISHED = Column("published", "datetime64[us]", "when the article was published; null where nothing says so")
_SCORE = Column(
    "score", "Float64", "how like the other statements of its claim it is, on average; null where it has none", "0 to 1"
)

COMPARISONS: Mapping[str, tuple[Column, ...]] = {
    "naming": (
        _ACTOR, _LABEL, _OUTLET, _VOICE,
        Column("n", "int32", "how often", "mentions"),
        _SHARE, Column("low", "Float64", _LOW, "0 to 1"), Column("high", "Float64", _HIGH, "0 to 1"),
        Column("written", "string", "the name as the corpus mostly writes it, without quote marks and vowel signs"),
    ),
    "naming_difference": (
        _ACTOR, _LABEL, _OUTLET, _VOICE,
        Column("n", "int32", "how often the outlet has it", "mentions"),
        Column("n_rest", "int32", "how often all other outlets have it", "mentions"),
        _SHARE, Column("share_rest", "Float64", "the same share in all other outlets", "0 to 1"),
        Column("difference", "Float64", "share less share_rest", "-1 to 1"),
        Column("low", "Float64", _LOW, "-1 to 1"), Column("high", "Float64", _HIGH, "-1 to 1"),
    ),
    "hedging": (
        _OUTLET,
        Column("measure", MEASURES, "a kind of hedge, a force of reporting verbs (force_…), or the lift of scare quotes"),
        Column("n", "int32", "how often", "occurrences"),
        Column("rate", "Float64", "how often in narrator text; for scare_quote_lift a ratio", "per 1 000 words; times the habit"),
        Column("low", "Float64", _LOW, "as rate"), Column("high", "Float64", _HIGH, "as rate"),
        Column("narrated", "int64", "the length of the outlet's narrator text, of which the rates are", "words"),
    ),
    "hedging_difference": (
        _OUTLET,
        Column("measure", MEASURES, "a kind of hedge or a force of reporting verbs (force_…)"),
        Column("n", "int32", "how often in the outlet", "occurrences"),
        Column("n_rest", "int32", "how often elsewhere", "occurrences"),
        Column("rate", "Float64", "the outlet's rate", "per 1 000 words"),
        Column("rate_rest", "Float64", "that of all others", "per 1 000 words"),
        Column("difference", "Float64", "rate less rate_rest", "per 1 000 words"),
        Column("low", "Float64", _LOW, "per 1 000 words"), Column("high", "Float64", _HIGH, "per 1 000 words"),
    ),
    "hedging_spans": (
        _OUTLET,
        Column("measure", MEASURES, "what the span counts for"),
        Column("article_id", "string", "the article it is in"),
        Column("start", "int32", "where it starts", "code points"),
        Column("end", "int32", "where it ends, exclusive", "code points"),
        Column("text", "string", "its words"),
    ),
    "scare_quotes": (
        _OUTLET, _ACTOR,
        Column("n", "int32", "how often the outlet names the actor outside quotations", "mentions"),
        Column("n_quoted", "int32", "how often in quote marks of the name's own", "mentions"),
        Column("share", "Float64", "n_quoted / n", "0 to 1"),
        Column("habit", "Float64", "the same share over the outlet's names of other organisations and groups", "0 to 1"),
        Column("lift", "Float64", "share over habit, both with half a mention added to either side", "times the habit"),
        Column("low", "Float64", _LOW, "times the habit"), Column("high", "Float64", _HIGH, "times the habit"),
    ),
    "keyness": (
        Column("term", "string", "the word, without proclitics and vowel signs, in its most frequent spelling"),
        Column("group", "string", "the group of articles it is measured for"),
        Column("n", "int32", "how often the group has it", "tokens"),
        Column("n_rest", "int32", "how often the others have it", "tokens"),
        Column("articles", "int32", "how many of the group's articles have it", "articles"),
        Column("log_odds", "Float64", "log-odds ratio of the group to the others, shrunk by the prior", "nats"),
        Column("z", "Float64", "log_odds over its standard error", "standard errors"),
    ),
    "ledger": (
        Column("unit", "string", "ISO 4217 code; null where it cannot be told"),
        Column("value", "Float64", "the sum; null for a range and for a vague plural", "unit"),
        Column("low", "Float64", "the lower bound, or the magnitude of a vague plural", "unit"),
        Column("high", "Float64", "the upper bound", "unit"),
        Column("modifier", MODIFIERS, "how most mentions qualify the number"),
        Column("period", "string", "the time the sum is for, as an ISO 8601 duration"),
        Column("action", ACTIONS, "what is done with the sum, where its outlets agree"),
        Column("payer", "string", "the actor whose money it is, where its outlets agree"),
        Column("recipient", "string", "the actor it goes to, where its outlets agree"),
        Column("speaker", "string", "who says so, where its outlets agree"),
        Column("purpose", "string", "what it is for, in an article's words, where its outlets agree; never a pretext"),
        Column("first_published", "datetime64[us]", "when it was first reported"),
        Column("mentions", "int32", "how often it is written; a headline that the text repeats does not count", "mentions"),
        Column("outlets", "object", "the outlets that report it: a tuple, in order"),
        Column("articles", "object", "the articles that report it: a tuple, in order"),
        Column("others", "object", "what some outlets say otherwise: a tuple of (field, value, outlet)"),
        Column("conflict", "bool", "whether another row gives a different figure for the same thing"),
        Column("price", "bool", "whether it is what something costs (a loaf, a barrel, a currency), which is no funding"),
    ),
    "claims": (
        Column("claim", "int32", "the claim's number: claims are counted from 0 in order of their first report"),
        _ARTICLE, _OUTLET, _NUMBER, _SPEAKER, _PUBLISHED,
        _SCORE,
        Column("start", "int32", "where in the article the words that report it start", "code points"),
        Column("end", "int32", "where they end, exclusive", "code points"),
    ),
    "narrated": (
        Column("claim", "int32", "the claim's number"),
        Column("article_id", "string", "the article that tells it in the outlet's own voice"),
        _OUTLET, _PUBLISHED,
        Column("start", "int32", "where the sentence starts", "code points"),
        Column("end", "int32", "where it ends, exclusive", "code points"),
        Column("score", "Float64", "how like the claim's statements it is, on average", "0 to 1"),
    ),
    "claim_pairs": (
        _ARTICLE, _NUMBER,
        Column("other_article_id", "string", "the article of the other statement"),
        Column("other_statement", "int32", "its number there"),
        Column("score", "Float64", "how alike they are: content, speaker and time", "0 to 1"),
        Column("opposed", "bool", "whether one says what the other denies: such a pair is never one claim"),
        Column("joined", "bool", "whether both are in one claim"),
    ),
    "claim_wording": (
        Column("claim", "int32", "the claim's number"),
        _ARTICLE, _OUTLET, _PUBLISHED, _NUMBER,
        Column("start", "int32", "where the content starts", "code points"),
        Column("end", "int32", "where it ends, exclusive", "code points"),
        Column("text", "string", "the content, in the outlet's words"),
        _SPEAKER,
        Column("verb", "string", "the reporting verb's lemma"),
        Column("force", FORCES, "what that verb does with the content"),
        Column("names", "object", "the names that the content gives to actors: a tuple, as written, in order"),
        _SCORE,
    ),
}  # fmt: skip

STANCE = Column("stance", STANCES, "what choosing that name says")


def in_all(n: Any, share: Any) -> int:
    """How often the outlet names the actor at all, where a name it uses `n` times has that `share`; 0 where it has none.

    >>> in_all(2, 0.25)
    8
    """
    return round(float(n) / float(share)) if share else 0


def frame(name: str, columns: Mapping[str, Any]) -> pd.DataFrame:
    """A typed DataFrame of the comparison `name` from columns of equal length; `{}` gives the empty table."""
    import pandas as pd

    def typed(column: Column) -> pd.Series[Any]:
        dtype = pd.CategoricalDtype(list(column.dtype)) if isinstance(column.dtype, tuple) else column.dtype
        values = columns[column.name] if columns else []
        return pd.Series(list(values) if dtype == "object" else values, dtype=dtype)

    return pd.DataFrame({column.name: typed(column) for column in COMPARISONS[name]})


def framed(name: str, rows: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """The same from rows, each in the order of the columns."""
    if not rows:
        return frame(name, {})
    return frame(name, dict(zip((column.name for column in COMPARISONS[name]), zip(*rows, strict=True), strict=True)))


def with_outlets(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """`table` with each row's outlet, by its article. Raises `InputError` where a row's article is not there."""
    outlets = articles.set_index("article_id")["outlet"]
    strangers = ~table["article_id"].isin(outlets.index)
    if strangers.any():
        raise InputError(
            f"the tables do not belong together: article {table['article_id'][strangers].iloc[0]!r} is not among the articles"
        )
    return table.assign(outlet=table["article_id"].map(outlets).astype("string"))


def given(value: Any) -> Any:
    """The value, or None for any kind of missing value."""
    kind = type(value)
    if kind is str or kind is int or value is None:
        return value
    return None if kind.__name__ in ("NAType", "NaTType") or value != value else value


def in_order(values: Iterable[Any]) -> list[Any]:
    """Distinct outlets or other names sorted, with a missing one last."""
    distinct = set(map(given, values))
    return [*sorted(each for each in distinct if each is not None), *([None] if None in distinct else [])]
