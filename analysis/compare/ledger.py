"""The ledger: one row per distinct funding figure, however often and wherever it is reported.

In goes `Tables` (amounts of money, statements, mentions, articles), out comes a row for each figure with who pays, who gets
it, what for, who says so, and which outlets and articles report it. Sums are never added up: currencies, periods and claims
overlap.

- The headline and the body of one article are one report of a figure.
- Mentions of one value are one row where nothing in their clauses contradicts (payer, recipient, action with another purpose)
  and, across articles, something speaks for it: two content words around the sum, or the speaker.
- How a figure is qualified is what most mentions say. Who pays, gets and says it, what is done and what for stands in the row
  where its outlets agree, else beside it under each outlet's name: one outlet's word is not the others'.
- A vague sum (ملايين الدولارات) is a figure of its article alone.
- What something costs (سعر ربطة الخبز 250 ليرة) is money but no funding: such rows are in the table, marked as `price`, and out of
  the default figure. A figure is a price only where every report of it says so. How small a sum is decides nothing.
- Values that differ but seem to be for the same thing (4 million, 4.3 million) stay two rows, both with `conflict`;
  what makes them seem so is six content words around them, no contradiction in who pays or gets, and no article that has both.
  Each figure is compared with the two thousand next below it.

A dataset of any size is counted in `analysis.compare.partitioned`, by the same rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, KeysView, Mapping
from itertools import groupby
from operator import attrgetter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from analysis.compare.clauses import Clause, Name, is_pretext, read_clause
from analysis.compare.columns import framed, given, in_order
from analysis.compare.people import same_person
from analysis.dataset.reading import Dataset, OnDemand
from analysis.errors import InputError
from analysis.text import fold_key

if TYPE_CHECKING:
    import pandas as pd

# Content words around two mentions that must be shared: one value twice is likely one figure, two values are likely two.
_SHARED_BY_ONE, _SHARED_BY_TWO = 2, 6
_WORDINGS = 40  # distinct surroundings of a figure that are compared: a wire that a hundred outlets print has few
# How far apart two figures for one thing may be.
APART = 1.5
_NEXT = 2000  # figures that one is compared with: in a large archive thousands of sums are as large, of as many things
_AT_ONCE = 1024  # figures that are compared in one go
_ROWS = 256  # surroundings of them
_NUMBERED = 500_000  # words that have numbers at a time: of an archive not all are held
# What mentions may say in different ways; `period` is not among them, for figures of different times are not one.
_FIELDS = ("modifier", "action", "payer", "recipient", "speaker", "purpose")
_OPEN_ENDED = ("more_than", "at_least", "less_than", "at_most", "vague")


class Funded(Protocol):
    """What the ledger reads of `Tables`."""

    @property
    def articles(self) -> pd.DataFrame:
        """Texts, outlets and dates."""

    @property
    def statements(self) -> pd.DataFrame:
        """Who says what."""

    @property
    def amounts(self) -> pd.DataFrame:
        """The sums."""

    @property
    def mentions(self) -> pd.DataFrame:
        """Who may pay or be paid."""


class Report(NamedTuple):
    """One mention of a sum, with its clause."""

    article: str
    outlet: str | None
    published: Any
    in_title: bool
    figure: tuple[Any, ...]
    modifier: str
    period: str | None
    action: str | None
    speaker: str | None
    start: int
    clause: Clause


class Otherwise(NamedTuple):
    """What an outlet says of a figure that its outlets do not agree on."""

    field: str
    value: str
    outlet: str | None


_SAID: Mapping[str, Callable[[Report], Any]] = {
    field: attrgetter(f"clause.{field}" if field in Clause._fields else field) for field in _FIELDS
}


def _by_value(field: str, reports: Iterable[Report]) -> dict[Any, list[Report]]:
    """Reports by what they say in a field, under its first wording: names of one person and one purpose in the same words are the
    same.
    """
    groups: dict[Any, list[Report]] = {}
    home: dict[Any, Any] = {}  # the wording that each wording is under
    folded: dict[str, str] = {}
    for report in reports:
        value = _SAID[field](report)
        if value not in home:
            if field == "speaker":
                alike = (each for each in groups if same_person(each, value) or _one_speaker(each, value))
                home[value] = next(alike, value)
            else:
                home[value] = folded.setdefault(fold_key(value), value) if field == "purpose" else value
        groups.setdefault(home[value], []).append(report)
    return groups


class Figure:
    """A figure with its reports, the first reported first; what they say first is kept, for rows may have very many."""

    def __init__(self, report: Report) -> None:
        self.reports: list[Report] = []
        self.by_article: dict[str, list[Report]] = {}
        self.wordings: dict[frozenset[str], None] = {}  # distinct content words around the sum
        self.speakers: dict[str, None] = {}
        self._first: dict[str, Any] = {}
        self._modifier: str | None = None
        self.add(report)

    def add(self, report: Report) -> None:
        """Add a report of the figure."""
        self.reports.append(report)
        self._modifier = None
        self.by_article.setdefault(report.article, []).append(report)
        if len(self.wordings) < _WORDINGS:
            self.wordings[report.clause.words] = None
        if report.speaker is not None and len(self.speakers) < _WORDINGS:
            self.speakers[report.speaker] = None
        for field in ("period", "action", "speaker"):
            self._keep(field, getattr(report, field))
        for field in ("payer", "recipient"):
            self._keep(field, getattr(report.clause, field))
        said = report.clause.purpose
        if said is not None and not is_pretext(said):
            self._keep("purpose", said)

    def _keep(self, field: str, value: Any) -> None:
        if value is not None:
            self._first.setdefault(field, value)

    def first(self, field: str) -> Any:
        """What the first report says that has the field; None where none has it."""
        return self._first.get(field)

    def modifier(self) -> str:
        """How most mentions qualify it; of equals the one that qualifies it more."""
        if self._modifier is None:
            votes = Counter(report.modifier for report in self._telling("modifier"))
            self._modifier = min(votes, key=lambda modifier: (-votes[modifier], modifier == "exact"))
        return self._modifier

    def _telling(self, field: str) -> list[Report]:
        """The mentions that say something in a field, of an article its text's alone; but what is done, its headline says best."""
        says = _SAID[field]
        saying = [report for report in self.reports if says(report) is not None]
        by_headline = field == "action"
        told = {report.article for report in saying if report.in_title == by_headline}
        return [report for report in saying if report.in_title == by_headline or report.article not in told]

    def said(self) -> tuple[dict[str, Any], list[Otherwise]]:
        """What its outlets agree on in each field, and what some say otherwise, each with its outlet.

        They agree on what most mentions have that say anything, unless it is one outlet's word alone while others report the
        figure. A purpose that is called a pretext is never agreed on.
        """
        agreed: dict[str, Any] = {"modifier": self.modifier()}
        others: dict[Otherwise, None] = {}
        alone = len({report.outlet for report in self.reports}) == 1
        for field in _FIELDS:
            telling = self._telling(field)
            groups = _by_value(field, telling)
            if field != "modifier":
                most = max(groups, key=lambda value: len(groups[value]), default=None)
                enough = most is not None and 2 * len(groups[most]) > len(telling)
                shared = most is not None and (alone or len({report.outlet for report in groups[most]}) > 1)
                doubted = field == "purpose" and most is not None and is_pretext(most)
                agreed[field] = most if enough and shared and not doubted else None
            for value, reports in groups.items():
                if value != agreed[field]:
                    others |= dict.fromkeys(Otherwise(field, _SAID[field](report), report.outlet) for report in reports)
        return agreed, list(others)[:_WORDINGS]

    def mentions(self) -> int:
        """A headline counts only where its article's text does not repeat the figure."""
        told = {report.article for report in self.reports if not report.in_title}
        only_titled = {report.article for report in self.reports} - told
        return sum(not report.in_title for report in self.reports) + len(only_titled)

    def articles(self) -> list[str]:
        """The articles that report it, in order."""
        return sorted(self.by_article)


def ledger(tables: Funded | Dataset) -> pd.DataFrame:
    """A row for each distinct funding figure, by currency and falling size; columns as in `compare.columns.COMPARISONS["ledger"]`.

    `payer` and `recipient` are keys of actors; `purpose` is in an article's words. A row has in each field what its outlets
    agree on; where they do not, and for a purpose called a pretext (بحجة …), `others` has what each says, as (field, value,
    outlet). `outlets`, `articles` and `others` are tuples, so that `len` counts them. What the text does not say is null. A
    dataset is read part by part (`analysis.compare.partitioned`).
    """
    if isinstance(tables, Dataset | OnDemand):
        from analysis.compare import partitioned

        return partitioned.ledger(tables if isinstance(tables, Dataset) else tables.dataset)
    return written(with_conflicts(figures(reports(tables))))


def figures(reports: Iterable[Report]) -> list[Figure]:
    """The distinct figures that reports, by date of publication, are of; by currency and falling size."""
    rows: dict[tuple[Any, ...], list[Figure]] = {}
    for report in reports:
        known = rows.setdefault(report.figure, [])
        for row in known:
            if _same(row, report):
                row.add(report)
                break
        else:
            known.append(Figure(report))
    return sorted((row for each in rows.values() for row in each), key=_place)


def numbered(tables: Funded) -> dict[tuple[str, int], int]:
    """Which figure of the ledger each mention of a sum is of: (article, start) → a number; whatever the order of the rows."""
    ordered = SimpleNamespace(
        articles=tables.articles.sort_values("article_id"),
        **{name: getattr(tables, name) for name in ("statements", "amounts", "mentions")},
    )
    rows = enumerate(figures(reports(ordered)))
    return {(report.article, report.start): number for number, row in rows for report in row.reports}


def written(rows: Iterable[tuple[Figure, bool]]) -> pd.DataFrame:
    """Figures, each with whether it is in conflict, as a table."""
    return framed("ledger", [(*_cells(row), conflict, _is_price(row)) for row, conflict in rows])


def convert(ledger: pd.DataFrame, rates: Mapping[str, float], *, to: str) -> pd.DataFrame:
    """The ledger with `value_TO low_TO high_TO` beside it: the sums in the currency `to`, by a table of rates.

    `rates` gives for each currency how much of `to` one unit is worth. Sums in other currencies stay null. Raises `InputError`
    for a rate that is no positive number.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"unit": ["EUR", "SYP"], "value": [2e6, 5e6], "low": [None, None], "high": [None, None]})
    >>> convert(table, {"EUR": 1.1}, to="USD")["value_USD"].tolist()
    [2200000.0, <NA>]
    """
    for unit, rate in rates.items():
        if not isinstance(rate, int | float) or not 0 < rate < float("inf"):
            raise InputError(
                f"`rates` value for {unit!r} = {rate!r} is invalid; it must be a positive number: what one {unit} is worth in {to}"
            )
    worth = ledger["unit"].map({**rates, to: 1.0}).astype("Float64")
    return ledger.assign(**{f"{name}_{to}": (ledger[name].astype("Float64") * worth).round(6) for name in ("value", "low", "high")})


def reports(tables: Funded) -> Iterator[Report]:
    """Every mention of a sum of money that has a number or a magnitude, by date of publication, then in the order of the text."""
    money = tables.amounts[tables.amounts["kind"].astype(str) == "money"]
    money = money[money[["value", "low", "high"]].notna().any(axis=1)]
    if not len(money):
        return
    known = tables.articles
    about = zip(*(known[name].tolist() for name in ("text", "outlet", "published")), strict=True)
    articles = dict(zip(known["article_id"].tolist(), about, strict=True))
    speakers = _by_key(tables.statements, "speaker")
    names = _names(tables.mentions, set(money["article_id"]))
    dated = known.sort_values("published", kind="stable", na_position="last")["article_id"]
    order = {article: at for at, article in enumerate(dated)}
    ranked = money.assign(order=money["article_id"].map(order)).sort_values(["order", "start"], kind="stable")
    fields = ("article_id", "start", "end", "value", "low", "high", "unit", "modifier", "period", "action", "statement", "in_title")
    for article, start, end, *cells, in_title in zip(*(ranked[name].tolist() for name in fields), strict=True):
        value, low, high, unit, modifier, period, action, statement = map(given, cells)
        text, outlet, published = articles[article]
        clause = read_clause(text, start, end, names.get(article, []), action)
        bounds = (value, None, None) if value is not None else (None, low, high)
        figure = (unit, *bounds, article if modifier == "vague" else None)
        speaker = speakers.get((article, statement))
        own = (modifier, period, action, speaker, int(start))
        yield Report(article, given(outlet), published, bool(in_title), figure, *own, clause)


def _by_key(statements: pd.DataFrame, column: str) -> dict[tuple[str, int], str]:
    known = statements[statements[column].notna()]
    rows = zip(known["article_id"].tolist(), known["statement"].tolist(), known[column].tolist(), strict=True)
    return {(article, number): value for article, number, value in rows}


def _names(mentions: pd.DataFrame, articles: set[str]) -> dict[str, list[Name]]:
    """The names of those who may pay or be paid, by article; a place neither gives nor takes."""
    from analysis.extract.mentions import load_actors

    kind = load_actors().kind
    places = {actor for actor in mentions["actor"].unique().tolist() if kind(actor) == "place"}
    names: dict[str, list[Name]] = {}
    rows = zip(*(mentions[name].tolist() for name in ("article_id", "start", "end", "actor")), strict=True)
    for article, start, end, actor in rows:
        if article in articles and actor not in places:
            names.setdefault(article, []).append((start, end, actor))
    return {article: sorted(each) for article, each in names.items()}


def _same(row: Figure, report: Report) -> bool:
    """Whether a mention of the row's value is a report of the same figure."""
    within = row.by_article.get(report.article, [])
    if within and all(each.in_title != report.in_title for each in within):
        return True
    if _contradict(row, report):
        return False
    if within or any(len(words & report.clause.words) >= _SHARED_BY_ONE for words in row.wordings):
        return True
    return any(_one_speaker(speaker, report.speaker) for speaker in row.speakers)


def _contradict(row: Figure, report: Report) -> bool:
    if None not in (row.first("period"), report.period) and row.first("period") != report.period:
        return True
    for field in ("payer", "recipient"):
        one, other = row.first(field), getattr(report.clause, field)
        if one is not None and other is not None and one != other:
            return True
    action, purpose = row.first("action"), row.first("purpose")
    if action is None or report.action is None or action == report.action or purpose is None or report.clause.purpose is None:
        return False
    return not set(fold_key(purpose).split()) & set(fold_key(report.clause.purpose).split())


def _one_speaker(one: str | None, other: str | None) -> bool:
    """Whether two names are one person's, spelled as each outlet does: their last words share most of their letter pairs."""
    if one is None or other is None:
        return False
    pairs = [
        {word[at : at + 2] for at in range(len(word) - 1)}
        for word in (fold_key(name).split()[-1] for name in (one, other) if name.strip())
    ]
    return len(pairs) == 2 and 2 * len(pairs[0] & pairs[1]) > len(pairs[0]) + len(pairs[1]) - 3 and bool(pairs[0] & pairs[1])


def with_conflicts(rows: Iterable[Figure]) -> Iterator[tuple[Figure, bool]]:
    """Each figure with whether it differs from another one for the same thing; they come by currency and falling size."""
    for _, of_unit in groupby(rows, key=lambda row: row.reports[0].figure[0]):
        held: list[Figure] = []
        given: list[_Given] = []
        flagged: list[bool] = []
        numbers: dict[str, int] = {}
        for row in of_unit:
            held.append(row)
            given.append(_given(row, numbers))
            flagged.append(False)
            if len(held) == _AT_ONCE + _NEXT:
                _flag(given, flagged, _AT_ONCE)
                yield from zip(held[:_AT_ONCE], flagged[:_AT_ONCE], strict=True)
                del held[:_AT_ONCE], given[:_AT_ONCE], flagged[:_AT_ONCE]
                if len(numbers) > _NUMBERED:
                    numbers.clear()
                    given = [_given(each, numbers) for each in held]
        _flag(given, flagged, len(held))
        yield from zip(held, flagged, strict=True)


class _Given(NamedTuple):
    """What a figure says of itself, read once: each is compared with many others."""

    size: float
    period: str | None
    articles: KeysView[str]
    roles: tuple[Any, Any]  # payer and recipient
    wordings: list[Any]  # distinct content words around it, as numbers; none where it is open-ended


def _given(row: Figure, numbers: dict[str, int]) -> _Given:
    """What a figure says of itself; words get `numbers` as they come."""
    wordings = [
        np.array([numbers.setdefault(word, len(numbers)) for word in words], dtype=np.int32)
        # More than 4 million does not contradict 4.3 million.
        for words in (() if row.modifier() in _OPEN_ENDED else row.wordings)
        if len(words) >= _SHARED_BY_TWO
    ]
    roles = row.first("payer"), row.first("recipient")
    return _Given(_size(row), row.first("period"), row.by_article.keys(), roles, wordings)


def _flag(rows: list[_Given], flagged: list[bool], firsts: int) -> None:
    """Flag those of the first rows that differ from one of those next below, and these."""
    for one, other in _of_one_thing(rows, firsts, flagged):
        if not (flagged[one] and flagged[other]) and _disagree(rows[one], rows[other]):
            flagged[one] = flagged[other] = True


def _of_one_thing(rows: list[_Given], firsts: int, settled: list[bool]) -> Iterator[tuple[int, int]]:
    """Pairs of figures with six content words in common around them: one of the first, and one of those next below it in size.

    Those of which both are `settled` by then are left out.
    """
    from scipy.sparse import csr_matrix

    wordings = [words for row in rows for words in row.wordings]
    if len(wordings) < 2:
        return
    owner, sizes = np.repeat(np.arange(len(rows)), [len(row.wordings) for row in rows]), np.array([row.size for row in rows])
    columns = np.concatenate(wordings)
    ends = np.cumsum([0, *map(len, wordings)])
    has = csr_matrix((np.ones(len(columns), dtype=np.int32), columns, ends), (len(wordings), int(columns.max()) + 1))
    for first in range(0, int(np.searchsorted(owner, firsts)), _ROWS):
        here = owner[first : first + _ROWS]
        last = int(np.searchsorted(owner, here[-1] + _NEXT, side="right"))
        least = np.searchsorted(-sizes[owner[first:last]], -sizes[here[-1]] / APART * (1 - 1e-9), side="right")
        below = slice(first, first + int(least))
        shared = (has[first : first + _ROWS] @ has[below].T).tocoo()
        enough = shared.data >= _SHARED_BY_TWO
        ones, others = here[shared.row[enough]], owner[below][shared.col[enough]]
        near = (ones < others) & (others - ones <= _NEXT) & (ones < firsts) & (sizes[ones] <= APART * sizes[others])
        known = np.array(settled)
        near &= ~(known[ones] & known[others])
        pairs = np.unique(ones[near] * len(rows) + others[near])
        yield from zip(*(each.tolist() for each in np.divmod(pairs, len(rows))), strict=True)


def _disagree(one: _Given, other: _Given) -> bool:
    """Whether two figures of other values cannot both be right about the one thing they seem to be for."""
    if one.size == other.size or one.period != other.period:
        return False
    if any(None not in pair and pair[0] != pair[1] for pair in zip(one.roles, other.roles, strict=True)):
        return False
    return one.articles.isdisjoint(other.articles)  # an article that has both means two things


def _is_price(row: Figure) -> bool:
    return all(report.clause.price for report in row.reports)


def _size(row: Figure) -> float:
    _, value, low, high, *_ = row.reports[0].figure
    return size(value, low, high)


def size(value: float | None, low: float | None, high: float | None) -> float:
    """How large a sum is that may be a range or a magnitude: its upper bound."""
    return float(value if value is not None else high if high is not None else low)  # type: ignore[arg-type]


def _place(row: Figure) -> tuple[Any, ...]:
    unit = row.reports[0].figure[0]
    return (unit is None, unit or "", -_size(row), row.articles())


def _cells(row: Figure) -> tuple[Any, ...]:
    import pandas as pd

    unit, value, low, high, _ = row.reports[0].figure
    dates: Iterable[Any] = (report.published for report in row.reports if given(report.published) is not None)
    outlets = tuple(each for each in in_order(report.outlet for report in row.reports) if each is not None)
    said, others = row.said()
    return (
        unit, value, low, high, said["modifier"], row.first("period"), *(said[field] for field in _FIELDS[1:]),
        min(dates, default=pd.NaT), row.mentions(), outlets, tuple(row.articles()), tuple(map(tuple, others)),
    )  # fmt: skip
