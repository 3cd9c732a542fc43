# Every target creates the environment it needs from requirements.lock; only Python 3.11+ and make are assumed.
SHELL := bash
PYTHON ?= python3
BIN := .venv/bin
UV := VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv
export DBT_SEND_ANONYMOUS_USAGE_STATS := 0
# A user's own dbt or offline-capi settings must not change what these targets do.
unexport DBT_PROFILES_DIR DBT_PROJECT_DIR DBT_TARGET OFFLINE_CAPI_DATABASE OFFLINE_CAPI_LEDGER

.DEFAULT_GOAL := help
.PHONY: help demo demo-spark try check test test-orchestrators test-warehouses test-spark docs soak fuzz coverage matrix conventions audit lint format build release bench lock clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 28

# uv comes from the lock as well, with its hash, so that everybody installs with the same one.
.venv/ready: requirements.lock pyproject.toml dbt_project.yml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "offline-capi needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement <(sed -n '/^uv==/,/[^\]$$/p' requirements.lock)
	@$(UV) pip install --quiet --require-hashes --requirement requirements.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: .venv/ready ## Build the example shop, send it to a local endpoint, and send again
	@$(BIN)/python -m examples.shop.demo

check: lint ## Check in a minute whether a change is sane: lint, the pure tests, dbt parse
	@$(BIN)/python -m pytest --quiet -m pure
	@$(BIN)/dbt --quiet --warn-error parse --profiles-dir . --target-path target/check

# Check for Java before half a gigabyte is downloaded.
.venv/spark: .venv/ready requirements-spark.lock
	@$(BIN)/python -m scripts.java
	@$(UV) pip install --quiet --require-hashes --requirement requirements-spark.lock
	@touch $@

demo-spark: .venv/spark ## The same on Spark, from Parquet files to the local endpoint; needs Java 17
	@$(BIN)/python -m scripts.java
	@$(BIN)/python -m examples.shop.spark

try: .venv/ready ## Run a recipe on exported files (DATA=...), and show what becomes of the orders
	@$(BIN)/python -m examples.sources.try_files

test: .venv/ready ## Run the dbt tests and pytest, on all cores (AFTER_COVERAGE=1 leaves out what `make coverage` ran)
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal --durations 10 $(if $(AFTER_COVERAGE),$(COVERED:%=--ignore tests/sender/test_%.py))

test-orchestrators: .venv/ready ## Deliver the example shop with Airflow, Dagster and Prefect, each in its own environment
	@for name in airflow dagster prefect; do \
	  test -x .orchestrators/$$name/bin/$$name && continue; \
	  $(BIN)/uv venv --quiet --clear --python $(BIN)/python .orchestrators/$$name && \
	  $(BIN)/uv pip install --quiet --python .orchestrators/$$name/bin/python --require-hashes --requirement examples/$$name/requirements.txt || exit 1; \
	done
	@$(BIN)/python -m pytest --quiet tests/test_orchestrators.py

test-spark: .venv/spark ## Compare what Spark and DuckDB build, row by row, on all test data; needs Java 17
	@SPARK_TESTS=all $(BIN)/python -m pytest --durations 10 tests/spark

# The quick half of the sender's tests, and the packages that decide, remember and send; the floor is a little below what was measured (91%).
COVERED := rules send check status init resolve settings withdrawn forget spool network
coverage: .venv/ready ## List the lines of the sender's core that its quick tests do not run, subprocesses included; fail below a floor
	@rm -rf target/coverage && mkdir -p target/coverage
	@$(BIN)/coverage run -m pytest --numprocesses auto --dist worksteal --quiet $(COVERED:%=tests/sender/test_%.py)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --include='sender/config/*,sender/delivery/*,sender/events/*,sender/ledger/*,sender/meta/*' --fail-under 88

soak: .venv/ready ## Let anything happen to the sender, then any way of running dbt, for MINUTES (10) each, from fresh seeds
	@$(BIN)/python -m tests.sender.soak --minutes $(or $(MINUTES),10)
	@WAYS_MINUTES=$(or $(MINUTES),10) $(BIN)/python -m pytest -q -s tests/models/test_ways.py

fuzz: .venv/ready ## Feed random input to answers, emulator, settings, files and macros, for MINUTES (10), from fresh seeds
	@end=$$((SECONDS + 60 * $(or $(MINUTES),10))); while [ $$SECONDS -lt $$end ]; do \
	  $(BIN)/python -m pytest --quiet --exitfirst --hypothesis-profile fuzz tests/fuzz tests/normalisation/test_any_text.py || exit 1; done

lint: .venv/ready ## Check style, types and the formatting of SQL
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/sqlfmt --check --quiet models

format: .venv/ready ## Format Python and SQL in the house style
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/sqlfmt --quiet models

matrix: .venv/ready ## Run the example shop with the oldest and newest Python, dbt and DuckDB and some in between (SHORT=1 for two combinations)
	@$(BIN)/python -m scripts.matrix $(if $(SHORT),--short)

test-warehouses: .venv/ready ## Read raw tables in a real PostgreSQL server (Debian's package postgresql), Delta, Iceberg and DuckLake, by DuckDB's extensions from PyPI
	@for name in postgres lake; do \
	  test -x .warehouses/$$name/bin/dbt && continue; \
	  $(BIN)/uv venv --quiet --clear --python $(BIN)/python .warehouses/$$name && \
	  $(BIN)/uv pip install --quiet --python .warehouses/$$name/bin/python --require-hashes --requirement examples/$$name/requirements.txt || exit 1; \
	done
	@$(BIN)/python -m pytest --quiet tests/end_to_end/test_postgres.py tests/end_to_end/test_lake_formats.py

docs: .venv/ready ## Build the docs site into target/site; a broken link is an error
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

# In its own environment: dbt-bouncer needs an older DuckDB.
.matrix/conventions/ready: .ci/conventions.txt .venv/ready
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python .matrix/conventions
	@VIRTUAL_ENV=$(CURDIR)/.matrix/conventions $(BIN)/uv pip install --quiet --require-hashes --requirement .ci/conventions.txt
	@touch $@

conventions: .matrix/conventions/ready ## Check the conventions of dbt (dbt-score, dbt-bouncer) and of GitHub's workflows
	@$(BIN)/dbt --quiet parse --profiles-dir . --target-path target/check
	@.matrix/conventions/bin/dbt-score lint --manifest target/check/manifest.json --show failing-items
	@.matrix/conventions/bin/dbt-bouncer run --config-file .ci/dbt-bouncer.yml --output-only-failures
	@.matrix/conventions/bin/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml examples/github-actions/*.yml
	@.matrix/conventions/bin/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/fault.yml .github/ISSUE_TEMPLATE/wish.yml
	@.matrix/conventions/bin/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	@.matrix/conventions/bin/zizmor --quiet --offline .github examples/github-actions

audit: .venv/ready ## List licences, and ask PyPI about known vulnerabilities of locked packages
	@$(BIN)/python -m scripts.licences
	@$(BIN)/python -m scripts.weaknesses

# The bill of materials lists a fresh environment with the wheel and its dependencies, in the locked versions.
build: .venv/ready ## Build the wheel, the source archive and the bill of materials into dist/
	@rm -rf dist
	@$(BIN)/python -m hatchling build
	@$(BIN)/uv venv --quiet --python $(BIN)/python dist/installed
	@wheel=$$(ls dist/*.whl) && \
	  VIRTUAL_ENV=$(CURDIR)/dist/installed $(BIN)/uv pip install --quiet --constraint requirements.lock "$$wheel[emulator]" && \
	  (cd dist && installed/bin/offline-capi --version) && \
	  $(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --output-file "$${wheel%.whl}.cdx.json" dist/installed/bin/python
	@rm -rf dist/installed

release: .venv/ready ## Prepare a release (VERSION=0.2.0): changelog, pins, tested wheel, notes, commit and tag; nothing is pushed
	@$(BIN)/python -m scripts.release $(VERSION)

bench: .venv/ready ## Measure the speed targets as ratios (FULL=1 for the full sizes)
	@$(BIN)/python benchmarks/run.py $(if $(FULL),--full)

lock: .venv/ready ## Resolve the dependencies again into requirements.lock, and those of the examples
	@$(UV) pip compile --universal --generate-hashes --python-version 3.11 --quiet --no-header --no-annotate \
	  --extra dbt --extra emulator --group dev --upgrade pyproject.toml --output-file requirements.lock
	@$(UV) pip compile --universal --generate-hashes --python-version 3.11 --quiet --no-header --no-annotate \
	  --extra dbt --extra spark --constraint <(sed -nE 's,^([a-z0-9._-]+==.*) .$$,\1,p' requirements.lock) \
	  pyproject.toml --output-file requirements-spark.lock
	@$(UV) pip compile --universal --generate-hashes --python-version 3.11 --quiet --no-header --no-annotate --upgrade .ci/conventions.in --output-file .ci/conventions.txt
	@for name in airflow dagster prefect postgres lake; do \
	  $(UV) pip compile --universal --generate-hashes --python-version 3.11 --quiet --no-header --no-annotate \
	    --upgrade examples/$$name/requirements.in --output-file examples/$$name/requirements.txt || exit 1; \
	done

clean: ## Remove everything that the targets create
	@rm -rf .venv .matrix .orchestrators .warehouses target logs dist examples/shop/target examples/shop/logs examples/shop/dbt_packages
