# Everything from nothing but Python (3.11 or later) and make. Each target sets up what it needs.
PYTHON ?= python3
ARTICLES ?=
LANGUAGE ?= ar
OUT ?= out/report
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: report test check setup lab bench clean

report: $(STAMP)  ## figures and HTML reports (make report ARTICLES=folder for your own)
	$(BIN)/python -m analysis report $(if $(ARTICLES),--articles "$(ARTICLES)") --out "$(OUT)" --language $(LANGUAGE)

test: check  ## everything that is checked before a change lands
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(STAMP)  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

setup: $(STAMP)  ## the virtual environment alone

lab: $(STAMP)  ## JupyterLab on the notebooks
	$(BIN)/jupyter lab --notebook-dir=. notebooks

bench: $(STAMP) .venv-others/.installed  ## speed, beside other programs
	$(BIN)/python benchmarks/speed.py --others .venv-others/bin/python $(if $(ARTICLES),--articles "$(ARTICLES)")

clean:  ## all that the other targets made
	rm -rf .venv .venv-others out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, this is " + sys.version.split()[0] + "; name another with make PYTHON=...") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

.venv-others/.installed: benchmarks/others.txt
	test -x .venv-others/bin/python || $(PYTHON) -m venv .venv-others
	.venv-others/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/others.txt
	@touch $@
