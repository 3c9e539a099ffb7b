.DEFAULT_GOAL := help

help: ## Say what each verb does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10
demo: ## Install everything, build the front, load the demo company, serve it on http://127.0.0.1:8000
	@bin/setup && bin/demo
test: ## Run every test: the front, then both databases
	@bin/test
check: ## Format, lint, types, imports, migrations, tests: the same as CI
	@bin/check && bin/test
docs: ## Write docs/openapi.json and the screens’ typed client from the API
	@bin/docs
bench: ## Measure: what records, logs and automation cost, as ratios in one run
	@bin/bench
fix: ## Mend what a machine can mend
	@bin/run ruff check --fix -q; bin/run ruff format -q
.PHONY: help demo test check docs bench fix
