# The front door: git, make and Python 3.11 or newer are all it needs.
#
#   make sandbox   try the bot in the browser, without a token     (ARGS="--port 8800 --data DIR")
#   make test      every test; those in a browser are skipped where there is no Chromium
#   make lint      style, types, import contracts, translations
#   make bench     what a message, a tap, a send and a timer cost
#   make messages  take new texts into locales/
#   make pictures  take the pictures of the README anew (needs Chromium)
#   make lock      pin the newest allowed versions anew
.DEFAULT_GOAL := help
.PHONY: help setup sandbox test lint format bench messages pictures lock clean

PYTHON ?=
ARGS ?=
BIN := .venv/bin
READY := .venv/.ready

help:
	@sed -n 's/^#   //p' Makefile

setup: $(READY)

$(READY): requirements/run.txt requirements/dev.txt pyproject.toml requirements/venv.sh
	@sh requirements/venv.sh "$(PYTHON)"
	@touch $@

sandbox: $(READY)
	@$(BIN)/python -m bot sandbox $(ARGS)

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tests.locales.check

format: $(READY)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(READY)
	@$(BIN)/python -m tests.bench $(ARGS)

messages: $(READY)
	$(BIN)/python -m tests.locales.update

pictures: $(READY)
	@$(BIN)/python -m tests.journeys.pictures

lock: $(READY)
	sh requirements/lock.sh

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
