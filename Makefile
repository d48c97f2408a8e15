# The few commands that people need. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help setup example test lint format train bench long

help:          ## list the commands
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(BIN)/sijill: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev,train]'
	@touch $@

setup: $(BIN)/sijill  ## make the virtual environment and install into it

example: setup ## code the report that ships and show it
	$(BIN)/sijill code --example

test: setup    ## lint, types and tests
	$(BIN)/ruff check src tests
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not long" -n auto

long: setup    ## what is too long for CI
	$(BIN)/python -m pytest -m long

lint: setup    ## ruff and mypy
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy

format: setup  ## ruff format
	$(BIN)/ruff format src tests benchmarks

train: setup   ## make the models' weights from the annotations
	$(BIN)/python -m sijill.training

bench: setup   ## what the performance figures in the README come from
	$(BIN)/python benchmarks/coding.py
