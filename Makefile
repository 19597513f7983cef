# make run       open Weightbench
# make test      linters, types and the whole test suite, without a display
# make check     linters and types alone
# make test-all  make test with each supported Python that is on this machine
# make bench     measure speed
# make clean     remove what these made
#
# Each sets up what it needs the first time, in .venv, and again when pyproject.toml changes.

VENV := .venv
VENV_CREATED := $(VENV)/pyvenv.cfg
PYTHON_IN_VENV := $(VENV)/bin/python
APP_INSTALLED := $(VENV)/.app-installed
DEV_INSTALLED := $(VENV)/.dev-installed
PIP_INSTALL := $(PYTHON_IN_VENV) -m pip install --quiet --disable-pip-version-check

# A .venv whose Python is gone (upgraded, moved) is made anew.
$(shell $(PYTHON_IN_VENV) -c '' 2>/dev/null || rm -f $(VENV_CREATED))

.PHONY: run test check test-all bench clean
.DELETE_ON_ERROR:

run: $(APP_INSTALLED)
	@$(PYTHON_IN_VENV) .ci/qt_libraries.py
	$(PYTHON_IN_VENV) -m gui

test: check
	@$(PYTHON_IN_VENV) .ci/qt_libraries.py
	QT_QPA_PLATFORM=offscreen $(PYTHON_IN_VENV) -m pytest

check: $(DEV_INSTALLED)
	$(PYTHON_IN_VENV) -m ruff check
	$(PYTHON_IN_VENV) -m ruff format --check
	$(PYTHON_IN_VENV) -m mypy

test-all:
	@.ci/test-all

bench: $(DEV_INSTALLED)
	@$(PYTHON_IN_VENV) .ci/qt_libraries.py
	QT_QPA_PLATFORM=offscreen $(PYTHON_IN_VENV) -m tests.benchmarks

clean:
	rm -rf $(VENV) $(wildcard .venv-3.*) build dist weightbench.egg-info
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find gui model resources tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV_CREATED):
	@.ci/make-venv $(VENV)

# The stamps live inside .venv, so that they go when it goes.
$(APP_INSTALLED): pyproject.toml $(VENV_CREATED)
	@echo "Installing Weightbench and what it needs"
	@$(PIP_INSTALL) --editable .
	@touch $@

$(DEV_INSTALLED): pyproject.toml $(VENV_CREATED)
	@echo "Installing Weightbench, what it needs and its checks"
	@$(PIP_INSTALL) --editable ".[dev]"
	@touch $(APP_INSTALLED) $@
