# Two commands: make demo, make test. Both do all set-up. See README.md.
SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ASSETS := src/highneeds/office/site/static/build/.built
OUT := out
COUNCILS := kent harrowdale
JOBS ?= 2

.PHONY: help demo test lint types tests soak serve docs clean

help:
	@echo "make demo   install, write every document of Kent and of an invented council, say where they are"
	@echo "make test   install, then lint, types and every test"
	@echo "make serve  open the pages of the Kent example on http://127.0.0.1:8000"
	@echo "make soak   long fuzzing and load, for hours when nobody waits; HIGHNEEDS_SOAK_MINUTES=3 makes each part shorter"
	@echo "make docs   write the generated reference again"

$(READY): requirements.lock pyproject.toml scripts/setup.sh
	@bash scripts/setup.sh $(VENV)
	@touch $@

$(ASSETS): $(READY) package-lock.json scripts/build_assets.py $(wildcard src/highneeds/office/site/scss/*)
	@echo "Building the style of the pages"
	@$(BIN)/python scripts/build_assets.py
	@touch $@

demo: $(READY) $(ASSETS)
	@for council in $(COUNCILS); do \
	    $(BIN)/highneeds run examples/$$council --out $(OUT)/$$council && \
	    $(BIN)/highneeds report examples/$$council --kind returns --out $(OUT)/$$council || exit 1; done
	@echo
	@echo "In $(OUT)/kent and $(OUT)/harrowdale (an invented council without an agreement):"
	@echo "submission/ (what is signed and sent), review/ (read before signing), annexes/, since/, board/, public/, demonstration/;"
	@echo "the returns dsg-plan/, lsrp/, scap/, reconciliation/; internal/ stays in the council."
	@echo "A return that fills a template needs the template: highneeds report examples/kent --kind lsrp-quarterly --template FILE --out DIR"
	@echo "To open the pages: make serve, then http://127.0.0.1:8000 in a browser."

serve: $(READY) $(ASSETS)
	$(BIN)/highneeds serve examples/kent

test: lint types tests

lint: $(READY)
	@echo "== lint"
	@$(BIN)/ruff check src tests scripts benchmarks
	@$(BIN)/ruff format --check --quiet src tests scripts benchmarks

types: $(READY)
	@echo "== types"
	@$(BIN)/mypy

tests: $(READY) $(ASSETS)
	@echo "== tests: unit, spec, property, golden, browser, house"
	@bash scripts/need_debian_packages.sh
	@# in the order of the folders: the journeys, few and long, would else come last, when one process works alone
	@$(BIN)/python -m pytest -m "not soak" -n $(JOBS) --dist loadscope --no-loadscope-reorder -q

soak: $(READY) $(ASSETS)
	@$(BIN)/python -m pytest -m soak -q -s --hypothesis-profile soak -o faulthandler_timeout=0
	@$(BIN)/python -m pytest -m "hypothesis and not soak" -q --hypothesis-profile soak -o faulthandler_timeout=0

docs: $(READY)
	@$(BIN)/python scripts/write_reference.py
	@$(BIN)/python scripts/write_cells.py
	@$(BIN)/python scripts/write_sentences.py
	@$(BIN)/python scripts/write_accuracy.py

clean:
	rm -rf $(VENV) out build dist node_modules
