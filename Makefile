# Needs Python 3.11 or newer; everything else is fetched into this folder. `make` lists what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.NOTPARALLEL:

PYTHON ?= $(shell command -v python3.11 || command -v python3)
DATA_DIR ?= $(CURDIR)/data
PORT ?= 8000
# An office of profiles/offices for `make run`: PROFILE=jung-gu-2016
PROFILE ?=
export DATA_DIR PORT PROFILE

PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt
# Test processes: one more than cores, as each waits now and then for a browser or a server.
JOBS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
# Kinds of tests to leave out, by marker: make test SKIP="browser redis"
SKIP ?=
space := $(subst ,, )
skipped := $(subst $(space), or ,$(strip $(SKIP)))
# A file of tests stays in one process: what its tests share is made once.
PYTEST := $(PY) -m pytest -q -n $(JOBS) --dist loadfile --no-loadscope-reorder --durations=20
DIALECT := $(shell grep -rlE --include='test_*.py' 'mark\.(dialect|sqlite)' tests)

.PHONY: help setup run test test-fast test-long lint format check test-sqlite test-servers servers assets messages bench \
	screenshots backup drill bundle clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ---------------------------------------------------------------------------------------------- environment

.venv/.made: ; @$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with PYTHON=")'
	@$(PYTHON) -m venv .venv && touch $@

.venv/.app: pyproject.toml constraints.txt | .venv/.made
	@echo "Installing the application's packages into .venv …" && $(PIP) -e . && touch $@

.venv/.tools: .venv/.app
	@echo "Installing the test tools into .venv …" && $(PIP) -e '.[test,dev]' && touch $@

.venv/.node: .venv/.app
	@$(PIP) -e '.[assets]' && { command -v npm >/dev/null || $(PIP) -e '.[node]'; }
	@touch $@

assets: .venv/.app .venv/.node ## fetch the front-end packages and build the static files
	@$(PY) scripts/assets.py

build/.messages: $(wildcard locale/*/LC_MESSAGES/*.po) scripts/messages.py | .venv/.app
	@$(PY) scripts/messages.py compile && mkdir -p build && touch $@

setup: .venv/.app assets build/.messages ## environment, static files and translations

run: setup ## the whole system with the demonstration district: PORT=8000 DATA_DIR=./data PROFILE=jung-gu-2016
	@exec $(PY) scripts/run.py

# ---------------------------------------------------------------------------------------------------- checks

servers: .venv/.tools
	@SKIP="$(SKIP)" scripts/test_servers.sh

# Style and types are looked at beside the first run: they leave it most of both cores.
test: servers setup ## everything CI runs (SKIP="browser redis" leaves kinds out)
	@$(MAKE) --no-print-directory lint check >build/lint.log 2>&1 & lint=$$!; \
	$(MAKE) --no-print-directory test-sqlite; tests=$$?; \
	wait $$lint; lint=$$?; cat build/lint.log; exit $$((tests | lint))
	@$(MAKE) --no-print-directory test-servers

test-fast: setup .venv/.tools ## quick tests on SQLite
	$(PYTEST) -m "not slow and not browser and not redis"

test-long: servers setup ## races, kills and state machines at full length
	LONG=1 TEST_DB=postgres $(PYTEST) $(shell grep -rl 'import rounds' tests)

# What the databases say differently (tests/test_dialects.py). Without PostgreSQL everything runs on SQLite below.
test-sqlite: setup .venv/.tools
	$(if $(filter postgres,$(SKIP)),@:,TEST_DB=sqlite $(PYTEST) -m "(dialect or sqlite)$(if $(SKIP), and not ($(skipped)))" $(DIALECT))

# Everything on real PostgreSQL, with Redis, workers, SMTP listener and Chromium.
test-servers: setup .venv/.tools
	TEST_DB=$(if $(filter postgres,$(SKIP)),sqlite,postgres) $(PYTEST) $(if $(SKIP),-m "not ($(skipped))")

lint: .venv/.tools ## style, types, templates, import law
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m djlint --lint templates
	$(PY) -m djlint --check templates
	.venv/bin/lint-imports --no-logo

check: setup .venv/.tools ## migrations, translations, and the tables of docs/ that are made from the code
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) scripts/messages.py check
	$(PY) scripts/rules_table.py check
	$(PY) manage.py workflows | diff -u docs/workflows.md -

format: .venv/.tools ## bring code and templates into form
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	-$(PY) -m djlint --quiet --reformat templates

messages: .venv/.tools ## bring the English catalogue up to date with the sources
	$(PY) scripts/messages.py extract

# ----------------------------------------------------------------------------------------------------- extras

bench: setup .venv/.tools ## speed of the main pages with 100,000 cases; their CPU beside the shell
	$(PY) -m bench

screenshots: setup .venv/.tools ## the pictures of the README, from the demonstration district
	$(PY) scripts/screenshots.py

# ------------------------------------------------------------------------------------------------- operation

BACKUPS ?= backups

backup: ## save database and files into BACKUPS=backups, by DATABASE_URL and DATA_DIR
	@scripts/backup.sh $(BACKUPS)

drill: ## practise the restore of the latest backup of BACKUPS=backups; touches nothing that runs
	@scripts/drill.sh $(BACKUPS)

bundle: setup ## build/changui-VERSION.tar.gz, which installs on a machine without any network
	@$(PY) scripts/bundle.py

clean: ## remove everything made here except the data
	rm -rf .venv build node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
