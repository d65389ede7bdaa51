"""What goes wrong outside: a full disk, a folder that cannot be written to, a file that goes away, Ctrl-C. Nothing is lost then.

Every command runs as a process of its own, as a user's would. A limit on the size of files stands for the full disk: writing
fails in the middle, as there. Root may write anywhere, so that folders are closed by other means than permissions.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis as na
from analysis.__main__ import main
from analysis.articles import read_articles
from analysis.errors import InputError
from analysis.extract.mentions import load_actors
from analysis.report.files import write_text

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits are those of POSIX")

ROOT = Path(__file__).parent.parent
LINE = "قال الوزير أحمد سالم أمس إن الدعم بلغ 33 مليون دولار في 7 نيسان 2020، وأضاف: «لن نقبل»."
LIMIT = 8 * 1024  # bytes: more than a message, less than a table


def run(
    *arguments: object, limit: int | None = None, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-m", "analysis", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        preexec_fn=limited,
        env={**os.environ, **(environment or {})},
    )


def contents(folder: Path) -> dict[str, str]:
    """Every file of a folder with a hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def is_one_message(told: str) -> bool:
    return told.count("\n") == 1 and told.startswith("analysis: ") and "Traceback" not in told


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two articles."""
    folder = tmp_path_factory.mktemp("news")
    for number in range(2):
        (folder / f"{number}.txt").write_text(f"عنوان الخبر رقم {number}\n\n{LINE}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of some thousand articles: reading them takes seconds, so that there is time to stop it."""
    path = tmp_path_factory.mktemp("many") / "many.jsonl"
    path.write_text("".join(json.dumps({"id": f"m{n}", "text": f"{LINE} {n} " * 5}) + "\n" for n in range(4000)), encoding="utf-8")
    return path


# ------------------------------------------------------------------------------------------------------------------ nothing is lost

units = st.sampled_from(["good", "good", "good", "blank", "broken", "number"])


@settings(max_examples=15)
@given(
    st.lists(units, max_size=5),
    st.lists(units, max_size=5),
    st.lists(units, max_size=5),
    st.lists(units, max_size=4),
    st.booleans(),
)
def test_articles_and_problems_are_all_that_was_given(
    files: list[str], lines: list[str], rows: list[str], cells: list[str], packed: bool
) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        expected = _written(folder, files, lines, rows, cells, packed)
        articles = read_articles(folder)
    good = {place for place, unit in expected.items() if unit == "good"}
    assert len(articles) == len(good)
    assert {(each["path"], each["line"]) for each in articles.attrs["problems"]} == set(expected) - good
    tables = na.extract(articles)
    assert len(tables.articles) + len(tables.problems) == max(len(expected), 1)


def _written(folder: Path, files: list[str], lines: list[str], rows: list[str], cells: list[str], packed: bool) -> dict[Any, str]:
    """Write a corpus, and say what stands where: by path and line."""
    expected: dict[Any, str] = {}
    if not any((files, lines, rows, cells)):
        expected[folder.name, None] = "empty"  # a folder without articles is one problem
    for number, unit in enumerate(files):
        content = {"good": LINE.encode(), "blank": b" \n", "broken": bytes(range(1, 32)) * 9, "number": b"%PDF-1.7"}[unit]
        (folder / f"{number}.txt").write_bytes(content)
        expected[f"{number}.txt", None] = unit
    if lines:
        written = {"good": json.dumps({"text": LINE}), "blank": '{"text": " "}', "broken": '{"text": "', "number": "5"}
        data = "\n".join(written[unit] for unit in lines).encode()
        path = folder / ("lines.jsonl.gz" if packed else "lines.jsonl")
        path.write_bytes(gzip.compress(data) if packed else data)
        expected |= {(path.name, at): unit for at, unit in enumerate(lines, 1)}
    if rows:
        written = {"good": f'1,"{LINE}"', "blank": "1, ", "broken": "1,a,b,c", "number": "1,NaN"}
        (folder / "rows.csv").write_text("\n".join(["n,text", *(written[unit] for unit in rows)]), encoding="utf-8")
        expected |= {("rows.csv", at): unit for at, unit in enumerate(rows, 2)}
    if cells:
        values = {"good": LINE, "blank": " ", "broken": None, "number": ""}
        pq.write_table(pa.table({"text": pa.array([values[unit] for unit in cells], pa.string())}), folder / "cells.parquet")
        expected |= {("cells.parquet", at): unit for at, unit in enumerate(cells, 1)}
    return expected


def test_a_file_that_goes_away_is_named(news: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from analysis import articles as module

    for path in news.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    true_find = module.find_files

    def find_and_lose(source: Any) -> Any:
        found = true_find(source)
        (tmp_path / "0.txt").unlink()
        return found

    monkeypatch.setattr(module, "find_files", find_and_lose)
    articles = read_articles(tmp_path)
    assert articles["article_id"].tolist() == ["1"]
    assert [each["path"] for each in articles.attrs["problems"]] == ["0.txt"]


# ------------------------------------------------------------------------------------------------------- whole, or as it was before


def test_a_full_disk_leaves_the_earlier_tables(news: Path, tmp_path: Path) -> None:
    """Also where some of the new tables would have had room: the old ones all stay, for they belong together."""
    out, large = tmp_path / "out", tmp_path / "large.jsonl"
    large.write_text(
        "".join(json.dumps({"id": f"a{n}", "text": f"{LINE} {n * 7919}"}) + "\n" for n in range(200)), encoding="utf-8"
    )
    trial = na.extract(read_articles(large)).save(tmp_path / "trial")
    sizes = sorted(path.stat().st_size for path in trial.glob("*.parquet"))
    na.extract(read_articles(news)).save(out)
    before = contents(out)
    for limit in (sizes[-1] - 1, sizes[2]):
        done = run("extract", large, "--out", out, limit=limit)
        assert done.returncode == 1, done.stderr
        assert is_one_message(done.stderr), done.stderr
        assert contents(out) == before
    assert len(na.load_tables(out).articles) == 2


def test_a_full_disk_leaves_the_earlier_page(news: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    write_text(page, "earlier")
    before = contents(tmp_path)
    done = run("show", news / "1.txt", "--out", page, limit=LIMIT)
    assert done.returncode == 1
    assert is_one_message(done.stderr), done.stderr
    assert contents(tmp_path) == before


def test_a_full_disk_leaves_the_earlier_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_text(path, "earlier")
    code = "from analysis.report.files import write_text; import pathlib, sys; write_text(pathlib.Path(sys.argv[1]), 'x' * 99_999)"
    done = subprocess.run(
        [sys.executable, "-c", code, path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT)),
    )
    assert "File too large" in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]
    assert path.read_text(encoding="utf-8") == "earlier"


@pytest.mark.parametrize(
    ("command", "place"),
    [("extract", "{tmp}/file/below"), ("extract", "/proc/not-here"), ("show", "/dev/null/below"), ("report", "{tmp}/file/below")],
)
def test_a_place_that_cannot_be_written_to_is_one_message(
    command: str, place: str, news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    out = place.format(tmp=tmp_path)
    source = {"extract": [news], "show": [news / "0.txt"], "report": ["01_corpus", "--articles", news]}[command]
    assert main([command, *map(str, source), "--out", out]) in (1, 2)
    told = capsys.readouterr().err
    assert is_one_message(told), told
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_two_runs_in_one_folder_leave_whole_tables(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "analysis", "extract", news, "--out", out]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    told = [each.communicate()[1] for each in both]
    assert 0 in [each.returncode for each in both]
    assert all(each.returncode == 0 or is_one_message(words) for each, words in zip(both, told, strict=True)), told
    assert len(na.load_tables(out).articles) == 2
    assert not [name for name in contents(out) if name.startswith(".")]


def test_two_corpora_never_mix_in_one_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is told so while the first one writes, at each of its steps; then it may."""
    first, second = (na.extract(read_articles(pd.DataFrame({"id": [name], "text": [LINE]}))) for name in "ab")
    out = tmp_path / "out"
    true_replace, told = Path.replace, []

    def replace(path: Path, target: Path) -> Path:
        with pytest.raises(InputError, match="another run is writing") as caught:
            second.save(out)
        told.append(str(caught.value))
        return true_replace(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replace)
        first.save(out)
    assert len(told) == 8
    assert f"(process {os.getpid()} on " in told[0]
    assert set(na.load_tables(out).statements["article_id"]) == {"a"}
    assert [name for name in contents(out) if not name.endswith(".parquet")] == []
    second.save(out)
    assert set(na.load_tables(out).statements["article_id"]) == {"b"}


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="the system does not say whose child a process is")
def test_workers_end_with_a_command_that_is_killed(many: Path, tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(
        "import sys\nimport analysis as na\n"
        "if __name__ == '__main__':\n"
        "    articles = na.read_articles(sys.argv[1])\n"
        "    print('ready', flush=True)\n"
        "    na.extract(articles, workers=2)\n",
        encoding="utf-8",
    )
    command = [sys.executable, script, many]
    with subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        children: set[int] = set()
        deadline = time.monotonic() + 60
        while len(children) < 3 and time.monotonic() < deadline:  # the workers, and the tracker of what they share
            found = Path(f"/proc/{parent.pid}/task").glob("*/children")
            children = {int(each) for path in found for each in path.read_text(encoding="utf-8").split()}
            time.sleep(0.02)
        time.sleep(0.3)
        parent.kill()
    assert len(children) == 3
    deadline = time.monotonic() + 60
    while any(is_running(each) for each in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(is_running(each) for each in children)


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


# --------------------------------------------------------------------------------------------------------------------------- Ctrl-C

READY = (
    "import sys, analysis.articles, analysis.extract.pipeline; from analysis.__main__ import main; print('ready', flush=True); "
    "sys.exit(main(sys.argv[1:]))"
)


def started_alone(command: list[Any]) -> subprocess.Popen[str]:
    """A command as a terminal starts it: interrupts may be turned off for the tests, where they run in the background."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no thread runs here
    )


# While it reads, and while its workers are being started, at several moments of that.
@pytest.mark.parametrize(("workers", "after"), [(1, 0.5), (2, 1.0), (2, 0.05), (2, 0.1), (2, 0.15), (2, 0.2), (2, 0.3)])
def test_ctrl_c_leaves_the_earlier_tables(workers: int, after: float, news: Path, many: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    na.extract(read_articles(news)).save(out)
    before = contents(out)
    command = [sys.executable, "-c", READY, "extract", many, many, "--out", out, "--workers", str(workers)]
    process = started_alone(command)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the command and its workers
    told = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert is_one_message(told), told
    assert contents(out) == before


@pytest.mark.parametrize("more", [[], ["--partitioned"], ["--workers", "2"]], ids=["tables", "dataset", "workers"])
def test_an_interrupt_that_a_library_swallows_is_heeded(
    more: list[str], news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As one is that falls into the import of an extension module, or into a callback."""
    out, source = tmp_path / "out", shutil.copytree(news, tmp_path / "news")
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def swallowing(call: Callable[..., Any]) -> Callable[..., Any]:
        def swallow(*args: Any, **named: Any) -> Any:
            with contextlib.suppress(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
            return call(*args, **named)

        return swallow

    try:
        assert main(["extract", str(source), "--out", str(out), *more]) == 0
        kept = contents(out)
        monkeypatch.setattr("analysis.extract.mentions.load_actors", swallowing(load_actors))
        monkeypatch.setattr("analysis.extract.pipeline.load_actors", swallowing(load_actors))
        (source / "2.txt").write_text(LINE, encoding="utf-8")
        capsys.readouterr()
        assert main(["extract", str(source), "--out", str(out), *more]) == 130
    finally:
        signal.signal(signal.SIGINT, before)
    assert is_one_message(capsys.readouterr().err)
    assert contents(out) == kept


def test_ctrl_c_leaves_the_earlier_report(news: Path, tmp_path: Path) -> None:
    """While notebooks run, in kernels that the terminal's signal does not reach: these end with the command."""
    out, started = tmp_path / "out", tmp_path / "started"
    code = f"import pathlib, os, time; pathlib.Path({str(started)!r}).write_text(str(os.getpid())); time.sleep(120)"
    parameters = {"cell_type": "code", "id": "p", "metadata": {"tags": ["parameters"]}, "outputs": [], "execution_count": None}
    cells = [parameters | {"source": ""}, parameters | {"id": "c", "metadata": {}, "source": code}]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = tmp_path / "slow.ipynb"
    notebook.write_text(json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    write_text(out / "slow.html", "earlier")
    write_text(out / "index.html", "earlier")
    before = contents(out)
    command = [sys.executable, "-m", "analysis", "report", notebook, "--articles", news, "--out", out]
    process = started_alone(command)
    waited = time.monotonic() + 60
    while not started.exists() or not started.read_text(encoding="utf-8"):
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < waited
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    told = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert is_one_message(told), told
    assert contents(out) == before
    with pytest.raises(ProcessLookupError):
        os.kill(int(started.read_text(encoding="utf-8")), 0)


# ----------------------------------------------------------------------------------------------------------------- one and the same


def test_the_same_corpus_gives_the_same_bytes(tmp_path: Path) -> None:
    """In any time zone, locale, order of files and `PYTHONHASHSEED`, with one worker or two."""
    sample = sorted(path for path in (ROOT / "data/sample").iterdir() if path.suffix in (".txt", ".html"))
    runs: list[tuple[list[object], dict[str, str]]] = [
        ([ROOT / "data/sample"], {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}),
        ([ROOT / "data/sample", "--workers", 2], {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "POSIX"}),
        (
            list(reversed(sample)),
            {"PYTHONHASHSEED": "4294967295", "TZ": "America/St_Johns", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
        ),
    ]
    code = (
        "import sys; from analysis.__main__ import main; out = sys.argv[1]; "
        "extract = ['extract', *sys.argv[2:], '--out', out]; "
        "show = ['show', out, '--article', '08_contracts_madarayn', '--out', out + '/page.html']; "
        "sys.exit(main(extract) or main(show))"
    )
    found = []
    for number, (source, environment) in enumerate(runs):
        out = tmp_path / str(number)
        command = [sys.executable, "-c", code, str(out), *map(str, source)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, **environment})
        assert done.returncode == 0, done.stderr
        found.append(contents(out))
    assert len(found[0]) >= 9
    assert found[1] == found[0]
    assert found[2] == found[0]


def test_a_terminal_of_another_encoding_is_no_reason_to_stop(tmp_path: Path) -> None:
    folder = tmp_path / "أخبار"
    folder.mkdir()
    (folder / "خبر.txt").write_text(LINE, encoding="utf-8")
    (folder / "فارغ.txt").touch()
    done = run("extract", folder, "--out", tmp_path / "جداول", environment={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 1
    assert is_one_message(done.stderr)
    assert pd.read_parquet(tmp_path / "جداول" / "articles.parquet")["article_id"].tolist() == ["خبر"]


def test_saving_again_gives_the_same_bytes() -> None:
    articles = read_articles(pd.DataFrame({"id": ["b", "a"], "text": [LINE, LINE]}))
    sinks = []
    for _ in range(2):
        sink = io.BytesIO()
        na.extract(articles).statements.to_parquet(sink)
        sinks.append(sink.getvalue())
    assert sinks[0] == sinks[1]
