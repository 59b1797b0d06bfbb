# Everything is set up in .venv on first use; `make lab`, `make test` and `make report` need nothing before them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: lab test report browser screenshots clean

lab: $(VENV)/lab
	$(BIN)/analystkit lab

test: $(VENV)/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not browser" -q

report: $(VENV)/core
	$(BIN)/analystkit report data/sample --topics data/topics/north-korea-russia.yml \
		--over-time --contrast since=2024-06-01 -o brief.html

# Needs Debian's chromium.
browser: $(VENV)/test
	$(BIN)/python -m pytest -m browser -q

# Every explorer in light, dark and 800 px wide, into screenshots/.
screenshots: $(VENV)/test
	$(BIN)/python -m pytest -m browser -q tests/browser/test_explorers.py -k axe

$(VENV)/core: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed (make PYTHON=...)")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/lab: $(VENV)/core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[lab]"
	touch $@

$(VENV)/test: $(VENV)/core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[test]"
	touch $@

clean:
	rm -rf $(VENV) brief.html screenshots
