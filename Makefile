# Everything from nothing but Python (3.11 or later) and make. Each target sets up what it needs.
PYTHON ?= python3
ARTICLES ?=
LANGUAGE ?= ar
OUT ?= out/report
FUZZ_RUNS ?= 10000
BENCH_ARTICLES ?= 10000 100000
AXE := 4.14.1
READING := $(patsubst %,tests/test_%.py,amounts blocks compiled dates hedges hostile mentions numbers quotes sample statements tables text tokens)
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: report test test-lab test-compiled test-oldest fuzz axe check setup compile lab bench clean

report: $(STAMP)  ## figures and HTML reports (make report ARTICLES=folder for your own)
	$(BIN)/python -m analysis report $(if $(ARTICLES),--articles "$(ARTICLES)") --out "$(OUT)" --language $(LANGUAGE)

test: check  ## everything that is checked before a change lands
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-lab: $(STAMP)  ## each notebook in a real JupyterLab, driven by Chromium
	LAB=1 $(BIN)/python -m pytest -n 0 tests/test_lab.py

test-compiled: compile  ## what reads articles, tested again as machine code
	ANALYSIS_COMPILED=1 $(BIN)/python -m pytest -n 2 --dist loadfile -m "not replaces" -o addopts="--strict-markers --strict-config -ra -q" $(READING)

test-oldest: .venv-oldest/.installed  ## the tests with the oldest versions that pyproject.toml names
	.venv-oldest/bin/python -m pytest -n 2 --dist loadfile -m "not pinned"

fuzz: .venv/.fuzzer  ## inputs by coverage, until one breaks a promise (make fuzz FUZZ_RUNS=1000000)
	for target in values texts files; do $(BIN)/python fuzz/run.py $$target -runs=$(FUZZ_RUNS) -verbosity=0 -print_final_stats=1 || exit 1; done

axe: .venv/axe/node_modules/axe-core/axe.min.js  ## axe-core, by npm: `make test` checks the pages for WCAG 2.2 with it where it is

check: $(STAMP)  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

setup: $(STAMP)  ## the virtual environment, and the readers as machine code where there is a C compiler
	@if command -v cc >/dev/null; then $(BIN)/python -m analysis compile || true; else echo "no C compiler: the readers run as Python"; fi

compile: $(STAMP)  ## the readers as machine code, which takes two or three minutes
	$(BIN)/python -m analysis compile

lab: $(STAMP)  ## JupyterLab on the notebooks
	$(BIN)/jupyter lab --notebook-dir=. notebooks

bench: compile .venv-others/.installed  ## speed and memory, beside other programs (make bench BENCH_ARTICLES=1000000 for a million articles)
	$(BIN)/python benchmarks/speed.py --others .venv-others/bin/python $(if $(ARTICLES),--articles "$(ARTICLES)")
	$(BIN)/python benchmarks/scale.py --stages --single --compare --articles $(BENCH_ARTICLES)

clean:  ## all that the other targets made
	rm -rf .venv .venv-others .venv-oldest analysis/_compiled out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, this is " + sys.version.split()[0] + "; name another with make PYTHON=...") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

.venv/.fuzzer: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[fuzz]"
	@touch $@

.venv-oldest/.installed: pyproject.toml constraints-oldest.txt
	test -x .venv-oldest/bin/python || $(PYTHON) -m venv .venv-oldest
	.venv-oldest/bin/python -m pip install --quiet --disable-pip-version-check -c constraints-oldest.txt -e . hypothesis playwright pytest pytest-xdist
	@touch $@

.venv/axe/node_modules/axe-core/axe.min.js: | $(STAMP)
	npm install --prefix .venv/axe --no-save --no-audit --no-fund --ignore-scripts --loglevel=error axe-core@$(AXE)

.venv-others/.installed: benchmarks/others.txt
	test -x .venv-others/bin/python || $(PYTHON) -m venv .venv-others
	.venv-others/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/others.txt
	@touch $@
