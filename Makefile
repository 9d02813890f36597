# `make figures` and `make test` set up what they need in .venv and run; nothing outside the checkout is changed.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

# Where this is set, every start of Python compiles pandas and matplotlib anew: seconds each.
unexport PYTHONDONTWRITEBYTECODE

LOCALES := analysis/tell/locales
EXTRACT := $(BIN)/pybabel -q extract -F pyproject.toml -k words -k plural:1,2 -k say --omit-header --add-location file

.PHONY: figures brief test lab words lock setup clean
.DEFAULT_GOAL := figures

figures: $(READY) ## bring every committed output up to date
	@$(BIN)/python -m analysis build

brief: $(READY) ## every report as documents and as a site, in six languages, in build/brief
	@$(BIN)/python -m analysis brief --report all --lang all --format all

# Layouts are looked at in a language of each script; in all six: make test LANGUAGES=all
test: $(READY) ## lint, format, types, import direction, tests; junit in build/junit.xml
	@echo "lint, format, types, import direction"
	@$(BIN)/ruff check -q --output-format concise .
	@$(BIN)/ruff format -q --check --output-format concise .
	@$(BIN)/mypy --no-error-summary analysis
	@$(BIN)/lint-imports --no-logo --cache-dir .cache/import_linter >$(VENV)/imports.txt || { cat $(VENV)/imports.txt; exit 1; }
	@echo "tests"
	@$(BIN)/python -m pytest -n 2 --dist loadfile --junit-xml=build/junit.xml

lab: $(READY) ## JupyterLab on the notebooks; make lab ARGS="--no-browser --port 9999"
	@$(BIN)/python -m jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) $(ARGS) notebooks

words: $(READY) ## find every message and bring the catalogues in analysis/tell/locales up to date
	@$(EXTRACT) -o $(LOCALES)/messages.pot .
	@for catalogue in $(LOCALES)/*.po; do \
		$(BIN)/pybabel -q update --ignore-pot-creation-date -l $$(basename $$catalogue .po) -i $(LOCALES)/messages.pot -o $$catalogue || exit 1; done

setup: $(READY)
	@:

# The checkout is put on the path by a .pth file, so that notebooks find `analysis` wherever they are run from; as bytes,
# for a path may hold letters that the locale cannot write.
$(READY): $(BIN)/uv requirements.lock
	@echo "setting up $(VENV) from requirements.lock"
	@$(BIN)/uv pip sync -q --require-hashes --python $(BIN)/python requirements.lock
	@$(BIN)/python -c 'import os, sysconfig; open(os.path.join(sysconfig.get_path("purelib"), "checkout.pth"), "w").write("import os, sys; sys.path.append(os.fsdecode(%r))" % os.fsencode(os.getcwd()))'
	@touch $@

$(BIN)/uv: requirements-uv.lock
	@$(PYTHON) -c 'import sys; v = sys.version_info; v >= (3, 11) or sys.exit("Python 3.11 or newer is needed, this is %d.%d: make PYTHON=python3.11" % v[:2])'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

# Keeps the locked versions where pyproject.toml allows them; to take newer ones: make lock UPGRADE=--upgrade
lock: $(BIN)/uv ## write requirements*.lock and environment.yml from pyproject.toml
	@$(COMPILE) $(UPGRADE) --group test pyproject.toml -o requirements.lock
	@$(COMPILE) $(UPGRADE) --group bootstrap -o requirements-uv.lock
	@$(MAKE) --no-print-directory $(READY)
	@$(BIN)/pyproject2conda project

clean: ## remove what is not in the repository: the environment, caches, downloads, test reports
	rm -rf $(VENV) .cache build *.egg-info
