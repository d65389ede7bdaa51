"""Any number of realistic articles, made from the sample's paragraphs: the same ones for the same seed, on every machine.

usage: corpus.py NUMBER FILE.jsonl [--seed N] [--bytes N] [--distinct]

An article keeps to one outlet of the sample: a headline and paragraphs of its own, in its way to name, quote and date. Numbers and
days are drawn anew, and some rare words are respelled, so that no reader profits from having met every word before. `--bytes` makes
one article of about that size instead. `--distinct` makes articles of statements in random words, in order of time: two new claims
an article, each reported three times on average within some days and never twice in the same words. The sample's own paragraphs say
a few hundred things again and again, which is far from what an archive does.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import analysis as na
from analysis import places

_DIGITS = re.compile(r"[0-9]{1,6}")
_VARIABLE = re.compile(r"((?<![\d/])[0-9]{1,6}(?![\d/])|[\u0621-\u064a]{5,})")
_WORD = re.compile(r"[\u0621-\u064a]{5,}")
_LETTERS = "بتجحخدرزسشصضطعغفقلمنهوي"
_RESPELLED = 0.1  # of the rare words: about what a new article has in words that the ones before had not
_FIRST, _DAYS = date(2010, 1, 1), 5000
_LINES = (8, 20)  # paragraphs of an article
_STORIES, _TOLD, _NEAR = 2, 6, 150  # of distinct articles: new claims and statements of each, and how many articles share claims
_VOCABULARY = 30_000


class Blocks(NamedTuple):
    """What an outlet's articles are made of."""

    outlet: str
    host: str
    titles: list[str]
    paragraphs: list[str]


@cache
def blocks() -> tuple[list[Blocks], frozenset[str]]:
    """The sample by outlet, and its rare words."""
    articles = na.read_articles(places.sample())
    found: dict[str, Blocks] = {}
    for outlet, title, url, text in zip(*(articles[name] for name in ("outlet", "title", "url", "text")), strict=True):
        mine = found.setdefault(outlet, Blocks(outlet, url.rpartition("/")[0].split("/2020")[0], [], []))
        mine.titles.append(title)
        mine.paragraphs.extend(line for line in text.splitlines() if len(line) > 60 and line != title)
    words = Counter(word for each in found.values() for line in each.paragraphs for word in _WORD.findall(line))
    return [found[name] for name in sorted(found)], frozenset(word for word, n in words.items() if n == 1)


def article(number: int, seed: int = 0, size: int = 0) -> dict[str, str]:
    """The article of that number, as a record of JSON Lines; `size` is about how many bytes its text has (0: as articles have)."""
    chance = random.Random(f"{seed}-{number}")
    outlets, _ = blocks()
    mine = chance.choice(outlets)
    lines = []
    if size:
        held = 0
        while held < size:
            lines.append(_varied(chance.choice(mine.paragraphs), chance))
            held += len(lines[-1].encode()) + 2
    else:
        lines = [
            _varied(line, chance) for line in chance.sample(mine.paragraphs, min(chance.randint(*_LINES), len(mine.paragraphs)))
        ]
    day = _FIRST + timedelta(days=chance.randrange(_DAYS))
    return {
        "id": f"n{number:09}",
        "outlet": mine.outlet,
        "title": _varied(chance.choice(mine.titles), chance),
        "date": day.isoformat(),
        "url": f"{mine.host}/{day:%Y/%m/%d}/{number}",
        "text": "\n\n".join(lines),
    }


def _varied(line: str, chance: random.Random) -> str:
    parts = list(_parts(line))
    for at in range(1, len(parts), 2):
        found = parts[at]
        if found.isdigit():
            parts[at] = str(chance.randint(10 ** (len(found) - 1), 10 ** len(found) - 1))
        elif chance.random() < _RESPELLED:
            cut = chance.randrange(2, len(found) - 1)
            parts[at] = found[:cut] + chance.choice(_LETTERS) + found[cut + 1 :]
    return "".join(parts)


@cache
def _parts(line: str) -> list[str]:
    """A paragraph in parts: what stays, and at every second place a number or a rare word."""
    rare = blocks()[1]
    parts = [""]
    for part in _VARIABLE.split(line):
        if part in rare or _DIGITS.fullmatch(part):
            parts += [part, ""]
        else:
            parts[-1] += part
    return parts


@cache
def _vocabulary(seed: int) -> list[str]:
    """The sample's longer words and respellings of them, the frequent first."""
    chance = random.Random(seed)
    words = sorted({word for each in blocks()[0] for line in each.paragraphs for word in _WORD.findall(line)})
    chance.shuffle(words)
    while len(words) < _VOCABULARY:
        word = chance.choice(words)
        cut = chance.randrange(len(word))
        words.append(word[:cut] + chance.choice(_LETTERS) + word[cut + 1 :])
    return words


def distinct_article(number: int, seed: int = 0, a_day: int = 50) -> dict[str, str]:
    """The article of that number among those of distinct claims, `a_day` of which are published each day."""
    chance = random.Random(f"{seed}-distinct-{number}")
    words = _vocabulary(seed)
    lines = []
    for _ in range(_TOLD):
        story = random.Random(f"{seed}-story-{_STORIES * number + chance.randrange(_STORIES * _NEAR)}")
        speaker = " ".join(story.sample(words, 2))
        content = [words[int(len(words) * story.random() ** 3)] for _ in range(story.randint(8, 14))]
        content[chance.randrange(len(content))] = chance.choice(words)  # each outlet words it in its way
        lines.append(f"قال {speaker} إن {' '.join(content)}.")
    day = _FIRST + timedelta(days=number // a_day)
    outlet = chance.choice(blocks()[0])
    return {
        "id": f"d{number:09}",
        "outlet": outlet.outlet,
        "title": " ".join(chance.sample(words, 6)),
        "date": day.isoformat(),
        "url": f"{outlet.host}/{day:%Y/%m/%d}/{number}",
        "text": "\n\n".join(lines),
    }


def articles(count: int, seed: int = 0, *, distinct: bool = False) -> Iterator[dict[str, str]]:
    for number in range(count):
        yield distinct_article(number, seed) if distinct else article(number, seed)


def write(count: int, file: Path, seed: int = 0, *, distinct: bool = False) -> int:
    """Write `count` articles as JSON Lines and return how many bytes of text they have; a file that is there is kept."""
    size = 0
    marker = file.with_suffix(".size")
    if file.is_file() and marker.is_file():
        return int(marker.read_text(encoding="ascii"))
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="\n") as handle:
        for each in articles(count, seed, distinct=distinct):
            size += len(each["text"].encode())
            handle.write(json.dumps(each, ensure_ascii=False) + "\n")
    marker.write_text(str(size), encoding="ascii")
    return size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--bytes", type=int, default=0, help="one article of about this size")
    parser.add_argument("--distinct", action="store_true", help="articles of many different claims")
    options = parser.parse_args()
    if options.bytes:
        options.file.write_text(
            json.dumps(article(options.number, options.seed, options.bytes), ensure_ascii=False) + "\n", encoding="utf-8"
        )
    else:
        size = write(options.number, options.file, options.seed, distinct=options.distinct)
        print(f"{options.file}: {size / 1e6:.1f} MB of text")


if __name__ == "__main__":
    main()
