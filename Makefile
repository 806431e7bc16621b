PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test test-full lint bench bench-letters fonts picture clean

demo: .venv/installed  ## one real case: decided, explained and turned into a letter
	$(BIN)/policy check
	$(BIN)/policy eval examples/worker.json --letters build/letters

test: .venv/installed-dev fonts  ## the tests, the same ones in the same way every time
	$(BIN)/pytest -n 2

test-full: .venv/installed-dev fonts  ## the same with the long counts
	POLICY_FULL=1 $(BIN)/pytest -n 2

lint: .venv/installed-dev  ## style and types
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: .venv/installed-dev  ## cases a second beside other engines, into benchmarks/README.md
	$(BIN)/pip install --quiet -c constraints.txt -e '.[bench]'
	$(BIN)/python benchmarks/per_case.py --write
	$(BIN)/python benchmarks/batch.py --write
	$(BIN)/python benchmarks/notice_batch.py --write

bench-letters: .venv/installed-dev fonts  ## letters a second beside WeasyPrint, into benchmarks/README.md; needs libpango
	$(BIN)/pip install --quiet -c constraints.txt weasyprint
	$(BIN)/python benchmarks/letters.py --write

fonts: .venv/installed  ## the fonts PDF letters are set in, fetched from Debian; an office names its own in POLICY_FONTS
	$(BIN)/policy fonts

picture: .venv/installed-dev fonts  ## docs/letter.png: first and last page of a letter, for the readme
	$(BIN)/python examples/picture.py

clean:
	rm -rf .venv build

.venv/installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet -c constraints.txt -e .
	touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/pip install --quiet -c constraints.txt -e '.[dev]'
	touch $@
