# What a newcomer needs: `make demo` and `make test`. Both install into .venv, from locked versions with hashes.
# Everything made here goes to .venv and build; git ignores both.

PYTHON ?= python3
ARGS ?=

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUN := .venv/run.stamp
DEV := .venv/dev.stamp
DEMO := build/demo

BENCHES := $(wildcard bench/*_speed.py bench/*_throughput.py)
PROOFS := $(wildcard bench/prove_*.py bench/fuzz_reading.py)

export PIP_NO_INPUT := 1

.DELETE_ON_ERROR:
.PHONY: help demo test check coverage bench prove docs lock clean

help:
	@echo 'make demo      install, read the seed form and generated filings, draw and archive them'
	@echo 'make test      install what tests need and run them all    (ARGS="-k name" runs some)'
	@echo 'make check     style, types and the one-way order of imports'
	@echo 'make coverage  the tests again, with the branches they leave untried'
	@echo 'make bench     speed and memory against others, on generated filings  (ARGS="--check")'
	@echo 'make prove     long fuzzing and other proofs                  (ARGS="--cases 200000")'
	@echo 'make docs      write the pages of docs/ that come from the code'
	@echo 'make lock      resolve the dependencies anew             (ARGS=--upgrade for newest)'
	@echo 'make clean     remove everything that make made'

demo: $(RUN)
	rm -rf $(DEMO) && mkdir -p $(DEMO)
	$(BIN)/section16 show examples/qualys-form4.md
	$(BIN)/section16 convert examples/qualys-form4.md --to html -o $(DEMO)/qualys-form4.html
	$(BIN)/section16 convert examples/qualys-form4.md --to pdf -o $(DEMO)/qualys-form4.pdf
	$(BIN)/section16 generate --count 25 --seed 16 -o $(DEMO)/filings
	$(BIN)/section16 show $(DEMO)/filings
	$(BIN)/section16 convert $(DEMO)/filings --to html -o $(DEMO)/html
	$(BIN)/section16 convert $(DEMO)/filings --to pdf -o $(DEMO)/pdf
	$(BIN)/section16 archive add $(DEMO)/filings --archive $(DEMO)/archive
	$(BIN)/section16 archive status --archive $(DEMO)/archive
	@echo
	@echo 'The seed form:        $(DEMO)/qualys-form4.html and $(DEMO)/qualys-form4.pdf'
	@echo '25 fictional filings: $(DEMO)/filings, drawn in $(DEMO)/html and $(DEMO)/pdf'
	@echo 'An archive of them:   $(BIN)/section16 sql --archive $(DEMO)/archive "from transactions limit 5"'

test: $(DEV)
	$(BIN)/python -m pytest -q -n auto --dist worksteal $(ARGS)

# Every tool runs, so that one look shows all there is to mend.
check: $(DEV)
	@failed=; for tool in 'ruff check' 'ruff format --check' mypy 'lint-imports --cache-dir build/import-linter'; do \
		echo "== $$tool"; $(BIN)/$$tool || failed=yes; done; test -z "$$failed"

coverage: $(DEV)
	mkdir -p build/coverage
	$(BIN)/python -m pytest -q -n auto --cov --cov-report=term --cov-report=html:build/coverage/html $(ARGS)

bench: $(RUN)
	@test -n '$(BENCHES)' || { echo 'no bench found'; exit 1; }
	set -e; for script in $(BENCHES); do echo "== $$script"; $(BIN)/python $$script $(ARGS); done

prove: $(RUN)
	@test -n '$(PROOFS)' || { echo 'no proof found'; exit 1; }
	@failed=; for script in $(PROOFS); do echo "== $$script"; $(BIN)/python $$script $(ARGS) || failed="$$failed $$script"; \
		done; test -z "$$failed" || { echo "not proved:$$failed"; exit 1; }

docs: $(RUN)
	$(BIN)/section16 schema > docs/schema.json
	$(BIN)/python -m section16.cli.commands_page > docs/commands.md
	$(BIN)/section16 rules --json > docs/rules.json
	$(BIN)/python -m section16.rules.catalogue_page > docs/rules.md
	$(BIN)/python -m section16.archive.tables_page > docs/archive-tables.md
	$(BIN)/python docs/transcripts.py

# Versions stay as they are where they still fit. The files carry the hashes of every wheel of each version, for all
# systems and Python versions, and no address to download from.
lock: build/lock/bin/uv
	build/lock/bin/uv pip compile pyproject.toml --extra pdf --group build $(ARGS) $(LOCK) -o requirements/run.txt
	build/lock/bin/uv pip compile pyproject.toml --all-extras --group dev $(ARGS) $(LOCK) \
		--constraints requirements/run.txt -o requirements/dev.txt

LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --quiet \
	--custom-compile-command 'make lock'

build/lock/bin/uv:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check --quiet install uv

$(RUN): requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else \
		"section16 needs Python 3.11 or later; name one: make PYTHON=/path/to/python3")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-index --no-build-isolation --editable .
	touch $@

$(DEV): requirements/dev.txt $(RUN)
	$(PIP) install --require-hashes -r requirements/dev.txt
	touch $@

clean:
	rm -rf .venv build dist
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
