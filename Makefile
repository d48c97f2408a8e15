# The few commands that people need. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help setup example test lint format train bench picture pictures schema long

help:          ## list the commands
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

# Where the system's Python has no ensurepip (Debian without python3-venv), uv or virtualenv serve.
$(VENV)/installed: pyproject.toml
	@test -x $(BIN)/python && $(BIN)/python -m pip --version >/dev/null 2>&1 \
	  || $(PYTHON) -m venv $(VENV) || uv venv --clear --seed --python $(PYTHON) $(VENV) || $(PYTHON) -m virtualenv $(VENV)
	$(PIP) -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(PIP) -e '.[dev]'
	@touch $@

setup: $(VENV)/installed-dev  ## make the virtual environment and install into it what work on the project needs

example: $(VENV)/installed ## set up, code the report that ships and show it
	$(BIN)/sijill code --example

test: setup    ## set up, then lint, types and tests
	$(BIN)/ruff check src tests benchmarks fuzz docs
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not long" -n auto --dist loadgroup

long: setup    ## what is too long for CI
	$(BIN)/python -m pytest -m long

lint: setup    ## ruff and mypy
	$(BIN)/ruff check src tests benchmarks fuzz docs
	$(BIN)/mypy

format: setup  ## ruff format
	$(BIN)/ruff format src tests benchmarks fuzz docs

train: setup   ## make the models' weights from the annotations
	$(BIN)/python -m sijill.training

bench: setup   ## what the performance figures in the README come from (NEWS=file of reports)
	$(BIN)/python benchmarks/coding.py $(NEWS)

soak: setup    ## 200,000 articles through one process: its memory stays flat (NEWS=file of reports)
	$(BIN)/python benchmarks/soak.py $(NEWS)

FOR ?= 600
fuzz: setup    ## hunt for inputs that break reading or coding, for FOR seconds
	$(BIN)/python fuzz/target.py -max_total_time=$(FOR)

picture: setup ## the README's picture, from the real output
	$(BIN)/python docs/pictures/make.py

pictures: setup ## the README's pictures of the workbench, from a real browser
	SIJILL_PICTURES=docs/pictures $(BIN)/python -m pytest tests/workbench/browser/test_every_page.py -k pictures

schema: setup  ## the JSON Schema that ships, after a change of the vocabulary
	$(BIN)/sijill schema > src/sijill/knowledge/schema/record.schema.json
