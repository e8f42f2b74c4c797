# The two commands of a newcomer are `make run` and `make test`; the rest serves those who develop.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
PYTEST_ARGS ?= -n auto

.PHONY: setup setup-dev run serve test lock lint format clean

setup: $(VENV)/.runtime

$(VENV)/.runtime: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Newsroom needs Python 3.11 or newer: set PYTHON, such as PYTHON=python3.12."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing pinned packages ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

setup-dev: $(VENV)/.dev

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing test packages ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: setup
	@exec $(BIN)/python manage.py serve --demo --port $(PORT)

serve: setup
	@exec $(BIN)/python manage.py serve --port $(PORT)

test: setup-dev
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: setup-dev
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m ruff check .
	@$(BIN)/lint-imports
	@$(BIN)/python -m mypy articles newsroom
	@git ls-files 'templates/*.html' | xargs -r $(BIN)/djade --check
	@$(BIN)/djlint --quiet --lint templates

format: setup-dev
	@$(BIN)/python -m ruff check --fix .
	@$(BIN)/python -m ruff format .

lock: setup-dev
	@$(BIN)/uv pip compile requirements.in -o requirements.txt --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock"
	@$(BIN)/uv pip compile requirements-dev.in -o requirements-dev.txt --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock"

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
