# Two commands matter: `make up` runs the product, `make test` proves that it works.
# Both need git, make and a Python; everything else is fetched into this folder (.uv/, .venv/).

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help up test lint format types check benchmarks clean

# Compiled modules are kept, whatever the environment says: the product is a dozen processes, a test run two hundred.
unexport PYTHONDONTWRITEBYTECODE

UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN := .venv/bin
SYNCED := .venv/.synced

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "  %-16s %s\n", $$1, $$2 }'

up: $(SYNCED) ## run the whole product; options as ARGS="--port 9000 --host 0.0.0.0 --data-dir DIR --no-simulator"
	@exec $(RUN)/python manage.py up $(ARGS)

test: $(SYNCED) ## every test; options for pytest as ARGS="-k words"
	@exec $(RUN)/pytest --numprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

lint: $(SYNCED) ## ruff and mypy
	@$(RUN)/ruff check . && $(RUN)/ruff format --check . && $(RUN)/mypy

format: $(SYNCED) ## let ruff put the code in order
	@$(RUN)/ruff check --fix . ; $(RUN)/ruff format .

benchmarks: ## the benchmarks and what they measure; run one with .venv/bin/python -m benchmarks.NAME
	@for file in benchmarks/[a-z]*.py; do printf '  %-16s %s\n' "$$(basename $$file .py)" "$$(sed -n '1s/"""//gp' $$file)"; done

clean: ## remove what was fetched; .proofsheet/ with your data stays
	rm -rf .venv .uv .ruff_cache .mypy_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(SYNCED): uv.lock pyproject.toml .python-version | $(UV)
	@$(UV) sync --locked --quiet || { \
		$(UV) python find --quiet >/dev/null 2>&1 || echo "Proofsheet needs Python 3.13, and this machine has none." >&2; exit 1; }
	@touch $@

.uv/bin/uv:
	@sh .ci/uv
