# make run    start everything on http://127.0.0.1:5000 (PORT=8000 make run: elsewhere)
# make test   check everything: lint, types, contracts, tests on both data bases, browser
# make torture  kill schedulers, restart the data base, move the clock; then count
# All install what they need into .venv first. Stop `make run` with Ctrl-C.

PYTHON ?= python3
PORT ?= 5000
BIN = .venv/bin
PIP = $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-compile
SAY = @printf '%s\n'
# `.venv/bin/emnnet` runs the checkout, so that nothing has to be built for it.
COMMAND = printf '\#!%s\nimport sys\nsys.path.insert(0, "%s")\nfrom emnnet.__main__ import main\nsys.exit(main())\n' \
  "$(CURDIR)/$(BIN)/python" "$(CURDIR)" > $(BIN)/emnnet && chmod +x $(BIN)/emnnet
# pip would compile on one core; processes that read what came from outside never do.
COMPILE = $(BIN)/python -m compileall -qq -j 0 .venv/lib emnnet || :  # it only saves time

# Libraries are compiled once, whatever the caller's environment says: it saves seconds
# each time a command or a test starts a process.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint sqlite postgres browser lock vendor bench torture translations
.DEFAULT_GOAL = run

run: .venv/run
	@PORT=$(PORT) exec $(BIN)/python -m emnnet run

test: lint sqlite postgres browser
	$(SAY) "All checks passed."

lint: .venv/test
	$(SAY) "Lint, types, contracts"
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary --num-workers 2
	@$(BIN)/lint-imports --no-logo

sqlite: .venv/test dovecot
	$(SAY) "Unit and house tests, integration tests on SQLite"
	@$(BIN)/pytest -q -n 2 tests/unit tests/house tests/integration

postgres: .venv/test dovecot
	$(SAY) "Integration tests on PostgreSQL"
	@$(BIN)/pytest -q -n 3 --postgres tests/integration  # they wait for the server too

browser: .venv/test chromium
	$(SAY) "Browser tests"
	@$(BIN)/pytest -q -n 2 --dist worksteal tests/browser

bench: .venv/bench
	@$(BIN)/python -m tests.performance
	@$(BIN)/python -m tests.performance.drawings
	@$(BIN)/python -m tests.performance --reminders 1000000

torture: .venv/test
	@$(BIN)/python -m tests.torture

.PHONY: chromium
chromium:  # the one without windows is quicker; each will do
	@command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || ! command -v apt-get >/dev/null || [ "$$(id -u)" != 0 ] || { \
	  printf '%s\n' "Installing Chromium"; apt-get -qq update && { \
	  apt-get -qq install -y chromium-headless-shell || apt-get -qq install -y chromium; } >/dev/null; }

.PHONY: dovecot
dovecot:  # the mail server that fetching mail is tried against; each test starts its own
	@[ -x /usr/sbin/dovecot ] || command -v dovecot >/dev/null || ! command -v apt-get >/dev/null || [ "$$(id -u)" != 0 ] || { \
	  printf '%s\n' "Installing Dovecot"; apt-get -qq update && apt-get -qq install -y dovecot-imapd >/dev/null; }

.venv/run: requirements.lock
	$(SAY) "Installing the libraries into .venv"
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv || { \
	  printf '%s\n' "Python cannot make a virtual environment here: apt-get install python3-venv"; exit 1; }
	@$(PIP) -r requirements.lock
	@$(COMPILE)
	@$(COMMAND)
	@touch $@

.venv/test: requirements-dev.lock
	$(SAY) "Installing the libraries for tests into .venv"
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	@$(PIP) -r requirements-dev.lock
	@$(COMPILE)
	@$(COMMAND)
	@touch $@

.venv/bench: .venv/test requirements-bench.lock
	$(SAY) "Installing what drawings are measured beside into .venv"
	@$(PIP) -r requirements-bench.lock
	@touch $@

lock:  # after a change in pyproject.toml; needs uv
	uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header -o requirements.lock
	uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group dev -c requirements.lock -o requirements-dev.lock
	uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group bench -c requirements-dev.lock -o requirements-bench.lock

vendor:  # after a change in frontend/package.json; needs npm
	cd frontend && npm ci --ignore-scripts && $(abspath $(BIN))/python vendor.py

translations: .venv/run  # after a change of a text, and after translating it in messages.po
	$(BIN)/pybabel -q extract -F babel.cfg -k _l -k _n -k message --add-location=file \
	  -o emnnet/translations/messages.pot .
	$(BIN)/pybabel -q update -i emnnet/translations/messages.pot -d emnnet/translations \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@rm emnnet/translations/messages.pot
	$(BIN)/pybabel -q compile -d emnnet/translations
