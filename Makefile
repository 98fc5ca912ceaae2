# Everything starts from Python 3.11+, make and a bare checkout.
PYTHON ?= python3
BIN := .venv/bin
RUNTIME ?= python3.13
STAMP := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint fuzz bench screenshots package lock clean

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /|/' | awk -F'|' '{printf "  make %-11s %s\n", $$1, $$2}'

setup: $(STAMP) ## Make .venv with everything in it; quick when nothing changed

$(STAMP): pyproject.toml requirements.lock coach_portal/web/assets.py
	@echo "Setting up .venv (a minute or two the first time)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m coach_portal.web.assets
	@touch $@

demo: setup ## Start a furnished practice on this machine (PORT=5000, DATA_DIR=.data)
	@$(BIN)/coach-portal demo

test: lint ## Lint, types and all tests, on every core
	@$(BIN)/pytest --numprocesses auto

lint: setup ## ruff, mypy and bandit
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/bandit --quiet --configfile pyproject.toml --recursive coach_portal functions infra 2>/dev/null

fuzz: setup ## A hundred times as much rubbish and as many turns of events as the tests try (FUZZ=100)
	@FUZZ=$(or $(FUZZ),100) $(BIN)/pytest -q tests/attack/test_rubbish.py tests/fuzz

bench: setup ## The benchmark table, each row beside its floor
	@$(BIN)/python -m tests.bench

screenshots: setup ## Every page of the demo at two widths, light and dark, into build/screenshots
	@$(BIN)/python -m tests.browser.screenshots

package: setup ## Build the zips for Lambda (RUNTIME=python3.13), print their sizes and try each
	@$(BIN)/python -m infra.aws.packages --runtime $(RUNTIME)
	@$(BIN)/python -m tests.lambdas.boot --runtime $(RUNTIME)

lock: setup ## Resolve the dependencies anew (needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --all-extras pyproject.toml -o requirements.lock

clean: ## Remove what was made, .venv and demo data included
	@rm -rf .venv .data .mypy_cache .ruff_cache .pytest_cache build
