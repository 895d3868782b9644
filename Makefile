# make demo    builds .venv from the lock file and reads the example report
# make test    the tests
# make local-model   installs a small language model and llama.cpp (Gemma's terms of use), which one test asks; without them it is skipped
# make check   linters, types, import contract, docs, accuracy floors
# make bench   speed of reading against the bare parser and of look-ups of places, memory, growth; a casebook's lists and adding; weighing
# make docs    writes the generated parts of the documentation anew

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.built

.PHONY: setup demo test local-model check bench docs clean

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m reportedly.cli.prepare
	touch $@

demo: setup
	@cat examples/jilib-agreement.txt
	@$(BIN)/reportedly read examples/jilib-agreement.txt

test: setup
	$(BIN)/python -m pytest

local-model: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/local_model.lock

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

bench: setup
	$(BIN)/python bench/places.py
	$(BIN)/python bench/reading.py
	$(BIN)/python bench/casebook.py
	$(BIN)/python bench/weighing.py

docs: setup
	$(BIN)/python docs/generate.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
