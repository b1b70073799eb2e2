# One verb per need. `make demo` on a fresh machine, `make test` before a change is sent.

PYTHON ?= python3
PORTAL_PORT ?= 8000
ARGS ?=
BIN := .venv/bin
PY := $(BIN)/python
APT := apt-get install python3-venv make libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
	fonts-dejavu-core fonts-noto-core fonts-droid-fallback

# A stamp carries the hash of its lock file, so a changed lock installs again and an unchanged one does not.
hash = $(shell cksum $(1) | tr ' ' '-' | cut -d- -f1,2)
RUNTIME := .venv/.runtime-$(call hash,requirements.lock)
DEV := .venv/.dev-$(call hash,requirements-dev.lock)

# Made up for checks only; nothing listens there.
LIKE_PRODUCTION := PORTAL_EMBEDDED=0 PORTAL_HOSTS=portal.example \
	PORTAL_LOG_KEY=elsewhere SECRET_KEY=0-1-2-3-4-5-6-7-8-9-a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s-t-u-v \
	DATABASE_URL=postgresql://portal_app:check@db/portal \
	DATABASE_OWNER_URL=postgresql://portal_owner:check@db/portal REDIS_URL=redis://redis/0

.PHONY: help setup demo run worker test check fix migrations messages states screenshots lock
.NOTPARALLEL:

help: ## List the verbs.
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "make %-11s %s\n", $$1, $$2}' Makefile

setup: $(DEV) ## Build .venv with everything for running, testing and checking.

demo: $(RUNTIME) ## Serve the sample shop, with its own PostgreSQL and Valkey, until Ctrl-C.
	@PORTAL_DEMO=1 PORTAL_FAST_HASHER=1 PORTAL_PORT=$(PORTAL_PORT) exec $(PY) manage.py demo $(ARGS)

run: $(RUNTIME) ## Serve the portal without sample data until Ctrl-C.
	@PORTAL_PORT=$(PORTAL_PORT) exec $(PY) manage.py run $(ARGS)

worker: $(RUNTIME) ## Add one more worker to the servers already running.
	@exec $(PY) -m celery -q -A portal worker --loglevel=INFO -n extra-$$$$@%h $(ARGS)

test: $(DEV) ## Run the tests: first those that may share the machine, then the rest one by one.
	$(BIN)/pytest -n 2 --dist loadgroup -m "not serial" $(ARGS)
	$(BIN)/pytest -m serial $(ARGS)

screenshots: $(DEV) ## Photograph every page of a sample shop at three widths into var/screenshots/; ARGS=--dark for the other theme.
	@$(PY) -m tests.browser.screenshots $(ARGS)

check: $(DEV) ## Judge style, imports, migrations, settings, locks and the compose file.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(PY) -W "ignore:Got an error checking" manage.py makemigrations --check --dry-run
	$(PY) manage.py check --fail-level WARNING
	$(LIKE_PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING
	$(BIN)/docker-compose --env-file .ci/compose.env config --quiet
	@! grep -n "://" requirements.lock requirements-dev.lock requirements.floors
	@cp requirements.lock .venv/runtime.txt && cp requirements-dev.lock .venv/dev.txt
	@$(BIN)/uv pip compile --quiet $(COMPILE) --extra embedded -o .venv/runtime.txt pyproject.toml
	@$(BIN)/uv pip compile --quiet $(COMPILE) $(EXTRAS) -o .venv/dev.txt pyproject.toml
	@cmp requirements.lock .venv/runtime.txt && cmp requirements-dev.lock .venv/dev.txt \
		|| { echo "The lock files do not follow pyproject.toml. Run \`make lock\`."; exit 1; }

fix: $(DEV) ## Put the style right.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

migrations: $(DEV) ## Write the migrations the models ask for.
	$(PY) -W "ignore:Got an error checking" manage.py makemigrations $(ARGS)

messages: $(DEV) ## Gather the sentences vendors read (needs gettext), compile the translations, list what is missing.
	@$(PY) manage.py messages $(ARGS)

states: $(DEV) ## Draw docs/states.md; write docs/rules.md; list docs/doors.md; describe docs/api/openapi.yaml.
	$(PY) manage.py states
	$(PY) manage.py rules
	$(PY) manage.py doors

COMPILE := --system-certs --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
EXTRAS := --extra embedded --extra dev -c requirements.lock

lock: $(DEV) ## Take up changed requirements; ARGS=--upgrade takes newer versions of all.
	$(BIN)/uv pip compile --quiet $(COMPILE) --extra embedded $(ARGS) -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet $(COMPILE) $(EXTRAS) $(ARGS) -o requirements-dev.lock pyproject.toml

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { \
		echo "$(PYTHON) is not Python 3.11, 3.12 or 3.13. Name one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv is missing: $(APT)"; exit 1; }
	@touch $@

define install
	@echo "Installing what $(1) names ..."
	@if command -v uv >/dev/null; \
		then uv pip install --quiet --require-hashes --python $(PY) -r $(1); \
		else $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); fi
	@$(PY) -c "import weasyprint" 2>/dev/null || { \
		echo "Pango, which sets the pages of a package, is missing. As root: $(APT)"; exit 1; }
	@touch $@
endef

$(RUNTIME): .venv/.made requirements.lock
	$(call install,requirements.lock)

$(DEV): .venv/.made requirements-dev.lock
	$(call install,requirements-dev.lock)
	@touch $(RUNTIME)
