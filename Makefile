# A fresh machine needs Python 3.11 or newer and make; everything else goes into .venv.
.DEFAULT_GOAL := help
.PHONY: help reports test audit bench lab check lock clean

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3.11 python3; do $$p -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$p && break; done)
PIP := .venv/bin/python -m pip --disable-pip-version-check -qq
BUILD_NEEDS := import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"])

help:
	@echo "make reports  build every report into reports/latest (open index.html there)"
	@echo "make test     check style, then run the tests"
	@echo "make audit    try the pages with Lighthouse, the Nu HTML checker and axe (needs npm, Java and Chromium)"
	@echo "make bench    measure a build against papermill with nbconvert, and other ways, by size and on a cluster (half an hour)"
	@echo "make lab      open the notebooks in JupyterLab"
	@echo "make check    check the tables in data/"
	@echo "make lock     remake requirements.lock after a change in pyproject.toml"
	@echo "make clean    remove .venv and caches; the reports stay"
	@echo "Each makes .venv when it is missing. Another Python: make reports PYTHON=/path/to/python3.12"

reports: .venv/installed
	@echo "Building the reports"
	@.venv/bin/parley build

test: .venv/installed
	@echo "Checking style"
	@.venv/bin/python -m ruff check
	@.venv/bin/python -m ruff format --check
	@echo "Running the tests"
	@.venv/bin/python -m pytest

audit: reports audit/node_modules/.package-lock.json
	@echo "Auditing the pages, beside nbconvert's default (about five minutes)"
	@.venv/bin/python audit/audit.py

audit/node_modules/.package-lock.json: audit/package-lock.json audit/package.json
	@echo "Installing what audit/package-lock.json names into audit/node_modules"
	@npm ci --prefix audit --loglevel=error
	@touch $@

bench: .venv/installed
	@$(PIP) install --no-build-isolation --editable '.[bench]'
	@.venv/bin/python bench/bench.py

lab: .venv/installed
	@echo "Opening JupyterLab; stop it with Ctrl+C"
	@PATH="$(CURDIR)/.venv/bin:$$PATH" .venv/bin/python -m jupyterlab --LabApp.default_url=/lab/tree/notebooks

check: .venv/installed
	@.venv/bin/parley check

# Pins that still fit are kept. For the newest of everything: rm requirements.lock && make lock
lock: .venv/bin/python
	@echo "Resolving the versions for every system and Python from 3.11 on"
	@$(PIP) install 'uv<1'
	@.venv/bin/python -c '$(BUILD_NEEDS)' | .venv/bin/python -m uv pip compile --quiet --no-config --universal \
	  --python-version 3.11 --extra test --extra dask --generate-hashes --custom-compile-command "make lock" \
	  --output-file requirements.lock pyproject.toml -
	@echo "requirements.lock is remade"

clean:
	rm -rf .venv .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} + -o -name .ipynb_checkpoints -prune -exec rm -rf {} +

.venv/installed: requirements.lock pyproject.toml .venv/bin/python
	@echo "Installing what requirements.lock names into .venv (a few minutes the first time)"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/bin/python:
	@test -n "$(PYTHON)" && $(PYTHON) -c '$(NEW_ENOUGH)' || { \
	  echo "Parley needs Python 3.11 or newer. Install it, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear .venv || { \
	  echo "This Python cannot make a .venv. On Debian: apt install python3-venv" >&2; exit 1; }
