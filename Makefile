# Every target creates the environment it needs from requirements.lock; only Python 3.11+ and make are assumed.
SHELL := bash
PYTHON ?= python3
BIN := .venv/bin
export DBT_SEND_ANONYMOUS_USAGE_STATS := 0
# A user's own dbt or offline-capi settings must not change what these targets do.
unexport DBT_PROFILES_DIR DBT_PROJECT_DIR DBT_TARGET OFFLINE_CAPI_DATABASE OFFLINE_CAPI_LEDGER

.DEFAULT_GOAL := help
.PHONY: help demo test soak lint format build bench lock clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

# uv is used from the PATH when it is there and is put into .venv when it is not.
.venv/ready: requirements.lock pyproject.toml dbt_project.yml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "offline-capi needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@command -v uv >/dev/null || $(BIN)/pip install --quiet --disable-pip-version-check uv
	@uv=$$(command -v uv || echo $(BIN)/uv); \
	  VIRTUAL_ENV=$$PWD/.venv $$uv pip install --quiet --require-hashes --requirement requirements.lock && \
	  VIRTUAL_ENV=$$PWD/.venv $$uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: .venv/ready ## Build the example shop, send it to a local endpoint, and send again
	@$(BIN)/python -m examples.shop.demo

test: .venv/ready ## Run the dbt tests and pytest
	@$(BIN)/python -m pytest

soak: .venv/ready ## Let anything happen to the sender for MINUTES (10), from fresh seeds
	@$(BIN)/python -m tests.sender.soak --minutes $(or $(MINUTES),10)

lint: .venv/ready ## Check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/sqlfmt --check --quiet models

format: .venv/ready ## Rewrite Python and SQL in the house style
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/sqlfmt --quiet models

build: .venv/ready ## Build the wheel and the source archive into dist/
	@$(BIN)/python -m hatchling build

bench: .venv/ready ## Measure the speed targets as ratios (FULL=1 for the full sizes)
	@$(BIN)/python benchmarks/run.py $(if $(FULL),--full)

lock: ## Resolve the dependencies anew into requirements.lock
	@uv pip compile --universal --generate-hashes --python-version 3.11 --quiet --no-header --no-annotate \
	  --extra emulator --group dev --upgrade pyproject.toml --output-file requirements.lock

clean: ## Remove everything that the targets make
	@rm -rf .venv target logs dist examples/shop/target examples/shop/logs examples/shop/dbt_packages
