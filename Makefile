# Needs python3 (3.11 or newer), make and git. Everything is installed into .venv.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test check audit bench proof newest oldest clean

help:
	@echo "make demo    write the report on the plans of 2011 and say where to look"
	@echo "make test    run the tests"
	@echo "make check   formatting, lint, types, import rules, security, documentation"
	@echo "make audit   ask PyPI whether what is installed has known weaknesses"
	@echo "make bench   measure, and write docs/benchmarks.md"
	@echo "make proof   run the slow suites, and write docs/proofs.md"
	@echo "make oldest  run the tests against the wheel on the oldest dependencies allowed; make newest, on the newest"
	@echo "make clean   remove .venv and everything built"

demo: .venv/.installed
	@$(BIN)/synodos demo

# Some tests wait for servers and browsers, so there is one process more than CI has processors. What is compiled is kept
# whatever the environment says: else every process that a test starts compiles all of Synodos anew.
test: .venv/.installed-dev
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

check: .venv/.installed-dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml src
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir build/check-docs

# A package of which the service knows nothing is a failure, too: silence is not an answer.
audit: .venv/.installed-dev
	@$(PIP) pip-audit
	@mkdir -p build && $(BIN)/python -m pip freeze --exclude-editable > build/installed.txt
	@$(BIN)/pip-audit --strict --disable-pip --no-deps --requirement build/installed.txt

bench: .venv/.installed-dev
	@$(BIN)/python benchmarks/run.py

proof: .venv/.installed-dev
	@$(BIN)/python scripts/proof.py

oldest newest: .venv/.installed-dev
	@$(BIN)/python scripts/proof.py --only $@

clean:
	rm -rf .venv build dist

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Synodos needs Python 3.11 or newer, and '$(PYTHON)' is not: try 'make PYTHON=python3.12 ...'." >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/.installed: pyproject.toml | .venv/bin/python
	@echo "Installing Synodos into .venv (a minute or two, once) ..."
	@$(PIP) --editable '.[documents,risk,worth]'
	@touch $@

# What develops also runs the demo, so this stamps both.
.venv/.installed-dev: pyproject.toml | .venv/bin/python
	@echo "Installing Synodos and its development tools into .venv (a minute or two, once) ..."
	@$(PIP) --editable '.[dev]'
	@touch .venv/.installed $@
