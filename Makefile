# 世帯支援台帳 — `make run` and `make test` need python3 (3.11 or newer, with venv and pip) and nothing else.

PYTHON ?= python3
ARGS ?=
UV = uv==0.13.8

# Two processes, a file of tests at a time: the usual machine has two cores.
PYTEST = .venv/bin/pytest --numprocesses 2 --dist loadfile

# The tests that must reach every branch of domain/ by themselves.
DOMAIN_TESTS = tests/domain tests/ledger

LOCKED = .venv/locked
READY = .venv/ready
PIP = .venv/bin/python -m pip install --disable-pip-version-check --quiet --quiet

# Output is Japanese whatever the terminal's locale says.
export PYTHONUTF8 = 1

.PHONY: help setup run test check lint coverage format bench nightly lock clean

help:
	@echo 'make run       起動する(初回は準備と物語の読み込み) http://127.0.0.1:8000  SETAI_PROFILE=ashiya'
	@echo 'make test      試験をすべて実行する  ARGS="tests/domain -k plan" で一部だけ'
	@echo 'make check     ruff・mypy・import-linter と domain/ の分岐網羅'
	@echo 'make setup     .venv を用意する(run と test が自動で行う)'
	@echo 'make bench     速さと大きさを測り bench-results.json に書く'
	@echo 'make nightly   同じ試験を多い回数で行い docs/nightly.txt に残す'
	@echo 'make format    ruff で整える'
	@echo 'make lock      requirements.lock を作り直す(ARGS=--upgrade で新しくする)'
	@echo 'make clean     .venv と作業用の控えを消す(.setai/ の記録は残す)'

setup: $(READY)

# A copied or moved .venv still runs the code of its old place.
ifneq ($(shell cat $(LOCKED) 2>/dev/null),$(CURDIR))
.PHONY: $(LOCKED)
endif

$(LOCKED): requirements.lock
	@command -v $(PYTHON) >/dev/null || \
	  { echo '$(PYTHON) がありません。Python 3.11 以上を入れてください。 (no python3)' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 以上が必要です。$(PYTHON) は $$($(PYTHON) -V 2>&1)。make PYTHON=python3.12 … のように選べます。 (too old)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo '$(PYTHON) に venv と pip がありません。Debian・Ubuntu では apt install python3-venv。 (no venv)' >&2; exit 1; }
	@test -w . || \
	  { echo '$(CURDIR) に書き込めません。自分のフォルダーに複製してください。 (not writable)' >&2; exit 1; }
	@echo '準備しています(1分ほど): requirements.lock → .venv'
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) --require-hashes --only-binary :all: --requirement requirements.lock
	@printf '%s\n' '$(CURDIR)' > $@

$(READY): $(LOCKED) pyproject.toml
	@$(PIP) --no-index --no-deps --no-build-isolation --editable .
	@touch $@

run: setup
	@exec .venv/bin/setai demo $(ARGS)

test: setup
	$(PYTEST) $(ARGS)

check: lint coverage

lint: setup
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy --strict
	.venv/bin/lint-imports

coverage: setup
	.venv/bin/coverage run -m pytest $(DOMAIN_TESTS)
	.venv/bin/coverage report

format: setup
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

bench: setup
	.venv/bin/python -m tests.bench $(ARGS)

nightly: setup
	@{ SETAI_NIGHTLY=1 $(PYTEST) --no-header --durations 10 $(ARGS); echo $$? > .venv/nightly; } 2>&1 | tee docs/nightly.txt
	@exit $$(cat .venv/nightly)

lock:
	@$(PYTHON) -m venv --clear .lock
	@.lock/bin/pip install --disable-pip-version-check --quiet '$(UV)'
	@.lock/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --fork-strategy fewest \
	  --generate-hashes --no-config --no-annotate --custom-compile-command 'make lock' $(ARGS) --quiet --output-file requirements.lock
	@rm -rf .lock

clean:
	rm -rf .venv .lock .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache dist
	find api domain projections replays tests -name __pycache__ -type d -prune -exec rm -rf {} +
