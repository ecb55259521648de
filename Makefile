# Racecourse: `make grade` and `make test` do everything on a fresh machine; `make help` lists the rest.
# Plain enough for GNU Make 3.81, which macOS ships.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
VERSIONS ?= 3.11 3.12 3.13 3.14

# What `make grade` runs, and on what: make grade SUBMISSIONS=path/to/my/class/*
SUBMISSIONS ?= tests/sample_class/*
REPORT ?= build/sample-class.md
# The course's own files may run without a sandbox where there is none. Submissions of others may not.
RACECOURSE_SANDBOX ?=
OWN_SANDBOX = $(or $(RACECOURSE_SANDBOX),$$(BIN=$(BIN) sh .ci/own-sandbox))
SANDBOX ?= $(if $(filter tests/sample_class/*,$(SUBMISSIONS)),$(OWN_SANDBOX),$(or $(RACECOURSE_SANDBOX),auto))
GRADE = $(BIN)/grader grade --sandbox $(SANDBOX) --markdown $(REPORT) $(SUBMISSIONS)

PIP = $(BIN)/python -m pip --disable-pip-version-check
INSTALL = $(PIP) install --quiet
INSTALL_GRADER = $(INSTALL) --no-deps --no-build-isolation --editable .

.DEFAULT_GOAL := help
.PHONY: help setup grade test slow hostile compiled compiled-tests compiled-engine audit same audit-against steady pressed killed pictures lint format bench bench-with memory versions lock clean

help:
	@echo 'make grade     set up, then grade the sample class of tests/sample_class'
	@echo 'make test      set up, then run the tests (but for the slow ones)'
	@echo 'make slow      the slow tests'
	@echo 'make hostile   every hostile submission in every sandbox that works here, and a right one after it'
	@echo 'make compiled  compile the engine with mypyc, then run its tests against that'
	@echo 'make audit     every stub, solution and variant gets the verdict that it declares'
	@echo 'make same      the same with the compiled engine and on every Python that is found; PARTS=4: there, a quarter'
	@echo 'make steady    the audit REPEAT=20 times while busy loops occupy every core'
	@echo 'make pressed   the sample class ROUNDS=15 times under load, half of them with 1 GiB of memory left'
	@echo 'make killed    processes killed at KILLS=200 random moments: no pass by that, no result lost'
	@echo 'make pictures  the screenshots of docs/stories.md, with the Chromium that is installed'
	@echo 'make lint      ruff, mypy and the import contract'
	@echo 'make format    let ruff rewrite what it can'
	@echo 'make bench     schedules a second, time to the first bug, beside two other libraries; cost of isolation, of explaining'
	@echo 'make memory    whether memory stays flat over 10,000 explorations in one process'
	@echo 'make versions  the tests on every Python of $(VERSIONS) that is found'
	@echo 'make lock      resolve the ranges of pyproject.toml anew into requirements/*.txt'
	@echo 'make clean     remove the environments and everything that was built'
	@echo 'PYTHON=python3.13 picks the Python that makes $(VENV); make clean first if one is there.'

# --- Set-up: each stamp is as new as what was installed, so a second call has nothing to do. ---

setup: $(VENV)/.dev

$(VENV)/.core: pyproject.toml requirements/core.txt requirements/build.txt
	@$(PYTHON) .ci/check-python.py
	@$(BIN)/python -c '' 2>/dev/null || { echo 'Making $(VENV)'; $(PYTHON) -m venv --clear $(VENV); }
	@echo 'Installing what the grader needs'
	@$(INSTALL) -r requirements/core.txt -r requirements/build.txt
	@$(INSTALL_GRADER)
	@touch $@

$(VENV)/.dev: $(VENV)/.core requirements/dev.txt
	@echo 'Installing what its tests and checks need'
	@$(INSTALL) -r requirements/dev.txt
	@touch $@

# --- The two commands ---

# Status 1 says that submissions fail, as most of the sample class should; only 2 and more is a failure of the grader.
grade: $(VENV)/.core
	@mkdir -p build
	$(GRADE) || [ $$? -eq 1 ]

# One worker for each core; ARGS='-n 0 --pdb' does it in one process.
TOGETHER = -n auto --dist worksteal
test: $(VENV)/.dev
	$(BIN)/pytest -m 'not slow and not hostile' $(TOGETHER) $(ARGS)

# --- For those who work on it ---

# pytest's status 5 says that no test is marked slow.
slow: $(VENV)/.dev build/mermaid/.installed
	$(BIN)/pytest -m slow $(TOGETHER) $(ARGS) || [ $$? -eq 5 ]

# They wait for their limits more than they compute. SCHEDULES=100 of an exploration show as well what an attack does,
# but for those that count on luck: these have all schedules in any case.
WORKERS ?= 4
SCHEDULES ?= 4000
hostile: $(VENV)/.dev
	RACECOURSE_HOSTILE_SCHEDULES=$(SCHEDULES) $(BIN)/pytest -m hostile -n $(WORKERS) $(ARGS)

# What draws Mermaid's diagrams, for the tests of ours. They are left out where there is no npm.
build/mermaid/.installed: tests/mermaid/package.json tests/mermaid/package-lock.json
	@mkdir -p build/mermaid
	@cp tests/mermaid/package.json tests/mermaid/package-lock.json tests/mermaid/.npmrc build/mermaid
	@if command -v npm >/dev/null; then \
	  echo 'Installing Mermaid'; cd build/mermaid && npm ci --silent && touch .installed; \
	else \
	  echo 'npm is not installed: no diagram will be drawn'; \
	fi

# The engine compiled with mypyc (docs/engine.md), in an environment of its own: the sources here stay what `make test`
# and everybody else runs. Where it cannot be compiled a sentence says so; in CI that is an error.
COMPILED_ON ?= 3.13
COMPILED = .venv-$(COMPILED_ON)-compiled
COMPILED_TESTS ?= tests/engine tests/strategies tests/explorer tests/source tests/standins tests/test_classics.py
compiled:
	@if python=`sh .ci/compiled-python $(COMPILED_ON)`; then \
	  $(MAKE) --no-print-directory compiled-tests PYTHON="$$python" VENV=$(COMPILED); \
	else \
	  [ "$$CI" != true ]; \
	fi

compiled-tests: $(VENV)/.compiled requirements/dev.txt
	@$(INSTALL) -r requirements/dev.txt
	RACECOURSE_ENGINE=compiled $(BIN)/pytest -m 'not slow' $(COMPILED_TESTS) $(ARGS)

compiled-engine: $(VENV)/.compiled

# What `make` itself installs is taken from the sources in place; this is a copy of them, made anew when they change.
$(VENV)/.compiled: hatch_build.py pyproject.toml requirements/core.txt requirements/build.txt requirements/compile.txt \
    $(shell find grader -type f ! -name '*.pyc')
	@$(PYTHON) .ci/check-python.py
	@$(BIN)/python -c '' 2>/dev/null || { echo 'Making $(VENV)'; $(PYTHON) -m venv --clear $(VENV); }
	@echo 'Compiling the engine: this takes a minute'
	@$(INSTALL) -r requirements/core.txt -r requirements/build.txt -r requirements/compile.txt
	@mkdir -p build; rm -rf build/$(VENV)
	@HATCH_BUILD_HOOK_ENABLE_CUSTOM=true $(BIN)/python -m hatchling build -t wheel -d build/$(VENV) >build/compiled.log 2>&1 \
	  || { tail -n 30 build/compiled.log; exit 1; }
	@$(INSTALL) --no-deps --force-reinstall build/$(VENV)/*.whl
	@$(BIN)/python -P -c 'import sys; from grader.engine import is_compiled; sys.exit(not is_compiled())' \
	  || { echo 'The engine in $(VENV) is not the compiled one.'; exit 1; }
	@touch $@

ENGINE = core
audit: $(VENV)/.$(ENGINE)
	@mkdir -p build
	$(BIN)/grader audit --sandbox $(OWN_SANDBOX) --json build/audit.json

# The audit of everything with the compiled engine, where it can be compiled, and then on each Python with the sources,
# which so give the same verdicts, schedules and stories. PARTS=4: another quarter of the submissions on each of those.
PARTS ?= 1
same:
	@if python=`sh .ci/compiled-python $(COMPILED_ON)`; then \
	  echo "== Python $(COMPILED_ON), engine: compiled"; \
	  $(MAKE) --no-print-directory audit PYTHON="$$python" VENV=$(COMPILED) ENGINE=compiled; \
	else \
	  [ "$$CI" != true ] && $(MAKE) --no-print-directory audit; \
	fi
	@number=0; mine=`$(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null`; \
	for version in $(VERSIONS); do \
	  venv=.venv-$$version; [ $$version != "$$mine" ] || venv=$(VENV); \
	  if python=`sh .ci/find-python $$version`; then \
	    number=$$((number % $(PARTS) + 1)); echo "== Python $$version, part $$number of $(PARTS)"; \
	    $(MAKE) --no-print-directory audit-against PYTHON="$$python" VENV=$$venv PART=$$number/$(PARTS) || exit 1; \
	  else \
	    echo "== Python $$version is not installed here: left out"; \
	  fi; \
	done; \
	echo 'The results are the same on all of them.'

audit-against: $(VENV)/.core
	$(BIN)/grader audit --sandbox $(OWN_SANDBOX) --part $(PART) --against build/audit.json

REPEAT ?= 20
JOBS ?= 4
steady: $(VENV)/.core
	sh .ci/under-load $(BIN)/grader audit --sandbox $(OWN_SANDBOX) --repeat $(REPEAT) --jobs $(JOBS)

# 15 times 14 submissions. The first round is without any load; the others have to say the same, to the byte.
ROUNDS ?= 15
LEFT ?= 1024
ONE_ROUND = $(BIN)/grader grade --json build/pressed.json tests/sample_class/* >build/pressed.log || [ $$? -eq 1 ]
pressed: $(VENV)/.core
	@mkdir -p build; rm -f build/pressed*; set -e; round=1; $(ONE_ROUND); mv build/pressed.json build/pressed-1.json; \
	while [ $$round -lt $(ROUNDS) ]; do \
	  round=$$((round + 1)); left=''; [ $$((round * 2)) -le $(ROUNDS) ] || left=$(LEFT); \
	  LEFT=$$left sh .ci/under-load sh -c '$(ONE_ROUND)'; \
	  cmp build/pressed-1.json build/pressed.json; echo "Round $$round of $(ROUNDS): the same."; rm build/pressed.json; \
	done

KILLS ?= 200
killed: $(VENV)/.dev
	RACECOURSE_KILLS=$(KILLS) $(BIN)/pytest -m slow tests/judge/test_killed.py

# The screenshots of docs/stories.md.
pictures: $(VENV)/.dev
	$(BIN)/python tests/explain/pictures.py

lint: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(VENV)/.dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

versions:
	@tried=''; failed=''; \
	for version in $(VERSIONS); do \
	  if python=`sh .ci/find-python $$version`; then \
	    echo "== Python $$version"; tried="$$tried $$version"; \
	    $(MAKE) --no-print-directory test PYTHON="$$python" VENV=.venv-$$version || failed="$$failed $$version"; \
	  else \
	    echo "== Python $$version is not installed here: left out"; \
	  fi; \
	done; \
	[ -n "$$tried" ] || { echo 'None of Python $(VERSIONS) is installed here.'; exit 1; }; \
	[ -z "$$failed" ] || { echo "The tests fail on Python$$failed."; exit 1; }; \
	echo "The tests pass on Python$$tried."

# All in one environment and one run, and that with the one Python that every peer supports.
BENCH_PYTHON ?= 3.13
bench:
	@python=`sh .ci/find-python $(BENCH_PYTHON)` || { \
	  echo 'make bench needs Python $(BENCH_PYTHON), which is not installed here: nothing was measured.'; exit 0; }; \
	$(MAKE) --no-print-directory bench-with PYTHON="$$python" VENV=.venv-bench

bench-with: $(VENV)/.bench
	@if python=`sh .ci/compiled-python $(BENCH_PYTHON)`; then \
	  $(MAKE) --no-print-directory compiled-engine PYTHON="$$python" VENV=$(VENV)-compiled; \
	fi
	$(BIN)/python bench/peers.py --compiled $(VENV)-compiled/bin/python
	$(BIN)/python bench/first_bug.py
	$(BIN)/python bench/growth.py
	$(BIN)/python bench/isolation.py
	$(BIN)/python bench/explaining.py

memory: $(VENV)/.core
	$(BIN)/python bench/memory.py $(ARGS)

$(VENV)/.bench: $(VENV)/.core requirements/bench.txt
	@echo 'Installing the libraries to compare with'
	@$(INSTALL) -r requirements/bench.txt
	@touch $@

COMPILE = $(CURDIR)/.venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --no-annotate \
  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'
lock:
	@$(PYTHON) .ci/check-python.py
	@[ -x .venv-lock/bin/uv ] || { $(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install --quiet uv==0.13.9; }
	$(COMPILE) pyproject.toml -o requirements/core.txt >/dev/null
	$(COMPILE) requirements/build.in -c requirements/core.txt -o requirements/build.txt >/dev/null
	$(COMPILE) pyproject.toml --extra dev -c requirements/core.txt -o requirements/dev.txt >/dev/null
	$(COMPILE) requirements/compile.in -c requirements/dev.txt -o requirements/compile.txt >/dev/null
	$(COMPILE) pyproject.toml --extra bench -c requirements/core.txt -o requirements/bench.txt >/dev/null

clean:
	rm -rf .venv .venv-* build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
