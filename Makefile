# Buurtvraag: everything a newcomer or a server needs is one word away. `make help` lists the words.
VENV   := .venv
BIN    := $(VENV)/bin
PYTHON ?= python3.11
# uv from the path, or fetched into the project when there is none.
UV     := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup run train vectors test check shell lock

help: ## show what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(READY) ## make .venv with everything in requirements.lock

run: $(READY) ## start the assistant (trains first if it has to) and say where to look
	$(BIN)/buurtvraag run $(ARGS)

train: $(READY) ## learn from nlu/ again
	$(BIN)/buurtvraag train

vectors: train ## keep the encoded examples with the project, so that training need not encode them again
	@if test -f models/vectors.npz; then cp models/vectors.npz nlu/vectors.npz; fi

test: $(READY) ## every check and test
	$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest --ignore tests/browser --numprocesses auto --maxprocesses 4 --dist worksteal $(ARGS)
	@# A browser drives an event loop of its own: its tests have a process of their own.
	$(BIN)/python -m pytest tests/browser

check: $(READY) ## format, lint, types and the rules for content, in seconds
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/buurtvraag content check

shell: $(READY) ## talk to the assistant in Rasa's own shell, with an action server beside it
	@$(BIN)/rasa run actions --actions actions >/dev/null 2>&1 & trap "kill $$!" EXIT; $(BIN)/rasa shell

lock: ## resolve the dependencies again into requirements.lock
	$(UV) pip compile pyproject.toml --group dev --universal --generate-hashes --no-header -q -o requirements.lock

$(READY): requirements.lock pyproject.toml | $(UV)
	$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
	$(UV) pip sync --quiet --python $(BIN)/python requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.tools/bin/uv:
	$(PYTHON) -m venv .tools
	.tools/bin/pip install --quiet --disable-pip-version-check uv
