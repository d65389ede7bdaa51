"""Scoring tables against a hand-annotated gold file: precision, recall and F1, and every miss on request.

A gold file is JSON Lines, an article a line: `article_id` and lists `statements`, `amounts`, `dates`, whose rows have the
columns of the tables; a row marked `optional` counts neither way, nor does a prediction that overlaps only such rows. Rows pair
one to one, best overlap first:

- amounts are *found* where spans overlap and kinds agree, *right* where value or bounds, unit, modifier and period agree too;
  `money` is the same for sums alone;
- dates are *found* where spans overlap and types agree (DATE and TIME as one), *right* where the day of `value` agrees too;
- statements are *found* where contents overlap by half (intersection over union), or cues overlap and contents touch; *span*
  asks for 0.8; *right* for the speaker and the kind as well. `speaker` and `kind` are shares of the found.
"""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.errors import InputError
from analysis.text import fold_key

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tables import Tables

Row = Mapping[str, Any]
_FOUND_IOU, _SPAN_IOU = 0.5, 0.8
_ARTICLE = re.compile(r"^(?:وال|بال|لل|ال)")
_WORDS = re.compile(r"\W+")


class Miss(NamedTuple):
    """One disagreement: `what` is wrong, missed or spurious."""

    what: str
    measure: str
    article_id: str
    gold: Row | None
    found: Row | None

    def __str__(self) -> str:
        def line(row: Row) -> str:
            return json.dumps(
                {key: value for key, value in row.items() if _given(value) is not None}, ensure_ascii=False, default=str
            )

        parts = [f"{name} {line(row)}" for name, row in (("gold", self.gold), ("found", self.found)) if row is not None]
        return f"{self.what} {self.measure} {self.article_id}: " + " | ".join(parts)


class Evaluation(NamedTuple):
    """`scores`: one row a measure with precision, recall and F1 or a share; `misses`: every disagreement."""

    scores: pd.DataFrame
    misses: list[Miss]


class _Measure(NamedTuple):
    table: str
    keep: Callable[[Row], bool]
    overlap: Callable[[Row, Row], float]
    checks: Mapping[str, Callable[[Row, Row], bool]]


def evaluate(gold: str | os.PathLike[str], tables: Tables) -> Evaluation:
    """Score `tables` against the gold file. Raises `InputError` naming the line of a gold file that cannot be read."""
    import pandas as pd

    articles = _read_gold(Path(gold))
    records = {
        name: {str(key): part.to_dict("records") for key, part in getattr(tables, name).groupby("article_id", observed=True)}
        for name in ("statements", "amounts", "dates")
    }
    rows: list[tuple[str, str, int, int, int]] = []
    misses: list[Miss] = []
    for name, measure in _MEASURES.items():
        hits = dict.fromkeys(("found", *measure.checks), 0)
        n_gold = n_found = 0
        for article in articles:
            wanted = [row for row in article.get(measure.table, []) if measure.keep(row)]
            found = [row for row in records[measure.table].get(str(article["article_id"]), []) if measure.keep(row)]
            counted = _score(name, measure, str(article["article_id"]), wanted, found, hits, misses)
            n_gold += counted[0]
            n_found += counted[1]
        rows += [(name, score, count, n_gold, n_found) for score, count in hits.items()]
    return Evaluation(_scores(pd.DataFrame(rows, columns=["measure", "score", "hits", "gold", "predicted"])), misses)


def _score(
    name: str,
    measure: _Measure,
    article_id: str,
    wanted: Sequence[Row],
    found: Sequence[Row],
    hits: dict[str, int],
    misses: list[Miss],
) -> tuple[int, int]:
    pairs = _pairs(wanted, found, measure.overlap)
    must = [number for number, row in enumerate(wanted) if not row.get("optional")]
    free = {i for i, number in pairs.items() if wanted[number].get("optional")}
    free |= {
        i for i, row in enumerate(found) if i not in pairs and any(each.get("optional") and _shared(row, each) for each in wanted)
    }
    paired = set(pairs.values())
    for i, number in pairs.items():
        if number not in must:
            continue
        hits["found"] += 1
        for check, agrees in measure.checks.items():
            right = agrees(found[i], wanted[number])
            hits[check] += right
            if check == "right" and not right:
                misses.append(Miss("wrong", name, article_id, wanted[number], found[i]))
    misses += [Miss("missed", name, article_id, wanted[number], None) for number in must if number not in paired]
    misses += [Miss("spurious", name, article_id, None, row) for i, row in enumerate(found) if i not in pairs and i not in free]
    return len(must), len(found) - len(free)


def _pairs(wanted: Sequence[Row], found: Sequence[Row], overlap: Callable[[Row, Row], float]) -> dict[int, int]:
    """Found row -> gold row, one to one, best overlap first."""
    candidates = sorted(
        ((overlap(row, each), -i, -j) for i, row in enumerate(found) for j, each in enumerate(wanted)), reverse=True
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for score, i, j in candidates:
        if score > 0 and -i not in pairs and -j not in taken:
            pairs[-i] = -j
            taken.add(-j)
    return pairs


def _scores(counts: pd.DataFrame) -> pd.DataFrame:
    found = counts["measure"].map(counts[counts["score"] == "found"].set_index("measure")["hits"])
    share = counts["score"].isin(["speaker", "kind"])
    counts["precision"] = (counts["hits"] / counts["predicted"].where(counts["predicted"] > 0)).fillna(0.0).mask(share)
    counts["recall"] = (counts["hits"] / counts["gold"].where(counts["gold"] > 0)).fillna(0.0).mask(share)
    total = counts["precision"] + counts["recall"]
    counts["f1"] = (2 * counts["precision"] * counts["recall"] / total.where(total > 0)).fillna(0.0).mask(share)
    counts["share"] = (counts["hits"] / found.where(found > 0)).fillna(0.0).where(share)
    return counts


def _read_gold(path: Path) -> list[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as a gold file: {error}") from error
    articles = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            article = json.loads(line)
            article["article_id"]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{path}:{number}: no article of a gold file ({error!r}); a line is a JSON object with article_id"
            ) from error
        articles.append(article)
    return articles


def _given(value: Any) -> Any:
    """None for every kind of missing value."""
    import pandas as pd

    return None if value is None or value == "" or (not isinstance(value, (str, list, dict)) and pd.isna(value)) else value


def _shared(a: Row, b: Row) -> int:
    return int(max(0, min(a["end"], b["end"]) - max(a["start"], b["start"])))


def _iou(a: Row, b: Row) -> float:
    shared = _shared(a, b)
    return shared / (a["end"] - a["start"] + b["end"] - b["start"] - shared) if shared else 0.0


def _same_number(a: Any, b: Any) -> bool:
    a, b = _given(a), _given(b)
    if a is None or b is None:
        return a is None and b is None
    return math.isclose(float(a), float(b), rel_tol=1e-6, abs_tol=1e-6)


def _key(value: Any) -> str:
    return _WORDS.sub(" ", fold_key(str(value))).strip()


def _same_unit(found: Row, gold: Row) -> bool:
    a, b = _given(found.get("unit")), _given(gold.get("unit"))
    if gold["kind"] in ("money", "percent") or a is None or b is None:
        return bool(a == b)
    one, other = _key(a), _key(b)
    return _ARTICLE.sub("", one.split(" ")[0]) == _ARTICLE.sub("", other.split(" ")[0]) or one in other or other in one


def _amount_right(found: Row, gold: Row) -> bool:
    modifier = gold.get("modifier") or "exact"
    return (
        _same_number(found.get("value"), gold.get("value"))
        and _same_unit(found, gold)
        and (_given(found.get("modifier")) or "exact") == modifier
        and (modifier not in ("range", "vague") or _same_number(found.get("low"), gold.get("low")))
        and (modifier != "range" or _same_number(found.get("high"), gold.get("high")))
        and (_given(gold.get("period")) is None or _given(found.get("period")) == gold["period"])
    )


def _date_right(found: Row, gold: Row) -> bool:
    if _given(gold.get("calendar")) == "hijri" and _given(found.get("calendar")) != "hijri":
        return False
    one, other = _given(found.get("value")), _given(gold.get("value"))
    return one is not None and other is not None and _day(one) == _day(other)


def _day(value: str) -> str:
    return re.sub(r"(?<=[\dX])T.*$", "", value) if re.match(r"[\dX]", value) else value


def _same_speaker(found: Row, gold: Row) -> bool:
    one, other = _given(found.get("speaker")), _given(gold.get("speaker"))
    if one is None or other is None:
        return one is None and other is None
    a, b = ({_ARTICLE.sub("", word) for word in _key(name).split()} for name in (one, other))
    return bool(a & b) and (a <= b or b <= a or len(a & b) / len(a | b) >= 0.5)


def _statement_overlap(found: Row, gold: Row) -> float:
    shared = _iou(found, gold)
    cues = _given(found.get("cue_start")) is not None and _given(gold.get("cue_start")) is not None and _shared(
        {"start": found["cue_start"], "end": found["cue_end"]}, {"start": gold["cue_start"], "end": gold["cue_end"]}
    ) > 0  # fmt: skip
    return shared + (0.3 if cues else 0.0) if shared >= _FOUND_IOU or (cues and shared > 0) else 0.0


def _amount_overlap(found: Row, gold: Row) -> float:
    return _shared(found, gold) / 1e4 + _iou(found, gold) if found["kind"] == gold["kind"] else 0.0


def _date_overlap(found: Row, gold: Row) -> float:
    one, other = ("DATE" if row["type"] == "TIME" else row["type"] for row in (found, gold))
    return _iou(found, gold) if one == other else 0.0


def _any(row: Row) -> bool:
    return True


_MEASURES = {
    "amounts": _Measure("amounts", _any, _amount_overlap, {"right": _amount_right}),
    "money": _Measure("amounts", lambda row: row["kind"] == "money", _amount_overlap, {"right": _amount_right}),
    "dates": _Measure("dates", _any, _date_overlap, {"right": _date_right}),
    "statements": _Measure(
        "statements",
        _any,
        _statement_overlap,
        {
            "span": lambda found, gold: _iou(found, gold) >= _SPAN_IOU,
            "speaker": _same_speaker,
            "kind": lambda found, gold: found["kind"] == gold["kind"],
            "right": lambda found, gold: (
                _iou(found, gold) >= _SPAN_IOU and _same_speaker(found, gold) and found["kind"] == gold["kind"]
            ),
        },
    ),
}


def lines(evaluation: Evaluation) -> Iterable[str]:
    """The scores as text, one measure a line."""
    for measure, part in evaluation.scores.groupby("measure", sort=False):
        cells = [f"{measure:<11}gold {part['gold'].iloc[0]}  predicted {part['predicted'].iloc[0]}"]
        for row in part.to_dict("records"):
            if math.isnan(row["share"]):
                cells.append(f"{row['score']} P {row['precision']:.3f} R {row['recall']:.3f} F1 {row['f1']:.3f}")
            else:
                cells.append(f"{row['score']} {row['share']:.3f}")
        yield "  ".join(cells)
