"""The README: its glossary is that of the code, and its three additions to the lexicon work as they stand there.

`python tests/test_readme.py` writes the glossary anew.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import schema
from analysis.compare.columns import COMPARISONS

if TYPE_CHECKING:
    from analysis.schema import Column

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
START, END = "<!-- glossary -->\n", "<!-- end of the glossary -->\n"
COMMON = {"article_id", "start", "end", "text"}
SHOWN = ("naming", "hedging", "keyness", "claims", "ledger")


def glossary() -> str:
    """The columns of every table and comparison in Markdown."""
    lines = ["| table | column | what it holds |", "|---|---|---|"]
    lines += _rows(schema.TABLES)
    lines += _rows({f"`na.{name}`": COMPARISONS[name] for name in SHOWN})
    return "\n" + "\n".join(lines) + "\n\n"


def _rows(tables: Mapping[str, Sequence[Column]]) -> Iterator[str]:
    for table, columns in tables.items():
        common = {column.name for column in columns} >= COMMON
        name = table if table.startswith("`") else f"`{table}`"
        for column in columns:
            if common and column.name in COMMON and not (table == "statements" and column.name == "text"):
                continue
            unit = f" ({column.unit})" if column.unit and column.unit != "unit" else ""
            words = f"; one of {', '.join(column.dtype)}" if isinstance(column.dtype, tuple) and len(column.dtype) < 9 else ""
            yield f"| {name} | `{column.name}` | {column.meaning.replace('|', '/')}{unit}{words} |"
            name = ""


def parts() -> tuple[str, str, str]:
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    middle, _, after = rest.partition(END)
    return before, middle, after


def test_the_glossary_is_that_of_the_code() -> None:
    assert parts()[1] == glossary(), "python tests/test_readme.py writes it anew"


def examples() -> dict[str, str]:
    """The TOML blocks of the README by the file they name."""
    blocks = re.findall(r"```toml\n# (\w+)\.toml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return dict(blocks)


def test_an_actor_of_ones_own(tmp_path: Path) -> None:
    import pandas as pd

    import analysis as na
    from analysis import find_mentions

    own = tmp_path / "own.toml"
    own.write_text(examples()["actors"], encoding="utf-8")
    found = find_mentions("أعلنت إدارة الميناء جدول السفن، وقال معارضوها إن عصابة الميناء تحتكر الرسوم.", actors=own)
    assert [(each.actor, each.stance) for each in found] == [("port", "neutral"), ("port", "hostile")]
    # The comparisons know nothing of that file: an actor whose kind they cannot look up is compared all the same.
    text = "نفت هيئة الميناء الخبر، وقالت إن إدارة الميناء لم تُبلَّغ."
    articles = na.read_articles(pd.DataFrame({"article_id": ["a"], "text": [text]}))
    tables = na.extract(articles, actors=own)
    assert set(na.naming(tables)["actor"]) == {"port"}
    assert len(na.hedging(tables))


CHECK = """
import analysis as na
amounts = na.find_amounts("دفعت الشركة 40 ألف كولون كوستاريكي ثم 90 ألف كولون.")
assert [(each.value, each.unit) for each in amounts] == [(40e3, "CRC"), (90e3, None)], amounts
statements = na.find_statements("تمتم الحارس سالم حداد بأن الباب مفتوح.")
statements += na.find_statements("وتمتمت المديرة: «لا أعرف».")
assert [(each.verb, each.force) for each in statements] == [("تمتم", "doubt")] * 2, statements
"""


def test_a_currency_and_a_verb(tmp_path: Path) -> None:
    """In a copy of the package, for its lexicon is read once."""
    shutil.copytree(ROOT / "analysis", tmp_path / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
    lexicon = tmp_path / "analysis" / "lexicon"
    added = examples()
    currencies, cues = lexicon / "currencies.toml", lexicon / "cues.toml"
    text = currencies.read_text(encoding="utf-8")
    at = text.index("[nouns.")
    currencies.write_text(f"{text[:at]}{added['currencies']}\n{text[at:]}", encoding="utf-8")
    text = cues.read_text(encoding="utf-8")
    cues.write_text(text.replace("verb = [\n", "verb = [\n" + added["cues"], 1), encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", CHECK], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]


if __name__ == "__main__":
    before, _, after = parts()
    README.write_text(before + START + glossary() + END + after, encoding="utf-8")
