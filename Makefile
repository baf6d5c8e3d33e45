# Commands for developers. `make` alone lists them.

PYTHON ?= python3
VENV := .venv/bin

# Developers pass these on the command line: `make test TESTS=mkd_hrms.tests.requests.test_request KEEP_SITE=1`.
export TESTS KEEP_SITE PORT BIND RESET SCALE PROVINCE ROWS

.DEFAULT_GOAL := help
.PHONY: help venv test test-pure test-platform test-doors test-hrms test-files lint bench serve demo benchmark clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

venv: ## Create or refresh .venv (done by the other commands when needed)
	@PYTHON=$(PYTHON) scripts/venv.sh

test: venv ## Both suites; TESTS=<module> runs one module of the platform suite
	@$(VENV)/python scripts/run_tests.py

test-pure: venv ## The rules alone: no Frappe, seconds
	@$(VENV)/python scripts/run_tests.py --pure

test-platform: venv ## Install and integration tests on a bench
	@$(VENV)/python scripts/run_tests.py --platform

test-doors: venv ## Everything that a browser can call, tried by everybody: who is told what (minutes)
	@TESTS=mkd_hrms.tests.doors.crawl $(VENV)/python scripts/run_tests.py --platform

test-hrms: venv ## Frappe HR's own tests without the app, with it unused, and with its policy in force
	@$(VENV)/python scripts/hrms_suite.py

test-files: venv ## Three thousand damaged files through `mkd check`, and as many through `mkd convert`
	@MKD_MUTATED_FILES=3000 $(VENV)/python -m pytest -q -s tests/outside_a_site/test_mutated_files.py \
		tests/exchange/test_mutated_exchange.py

lint: venv ## Style, weaknesses, data files, translations
	$(VENV)/ruff check
	$(VENV)/ruff format --check
	$(VENV)/python scripts/check_forms.py
	git ls-files -coz --exclude-standard '*.sh' .ci/run | xargs -0 -r $(VENV)/shellcheck
	$(VENV)/python scripts/check_json.py
	git ls-files -coz --exclude-standard '*.yml' '*.yaml' | xargs -0 -r $(VENV)/yamllint --strict
	$(VENV)/python scripts/check_translations.py

bench: ## Set up the whole platform on a fresh Debian or Ubuntu (needs sudo and the internet)
	scripts/make_bench.sh

serve: venv ## Serve a demo site of this checkout; PORT=8000 BIND=127.0.0.1 RESET=1
	@$(VENV)/python scripts/serve.py

demo: venv ## The rules on an invented agency, without Frappe: a report in build/demo
	@scripts/demo.sh

benchmark: venv ## Measure the app beside Frappe HR on a site of its own; SCALE=1000|5000|20000|full|province|imports (20000 unless said)
	@$(VENV)/python scripts/benchmark.py

clean: ## Remove what these commands created in the checkout
	rm -rf .venv .test-bench .benchmark build .pytest_cache .ruff_cache .hypothesis scripts/lint/node_modules
