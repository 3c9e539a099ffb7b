.DEFAULT_GOAL := help
RUN := bin/run

help: ## Say what each verb does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10
demo: ## Install everything, load the demo company, serve it on http://127.0.0.1:8000
	@bin/setup && bin/front && $(RUN) portulan demo
test: ## Run every test: both databases, the front, the browser
	@bin/test
check: ## Format, lint, types, imports, migrations, house rules, tests, web: the same as CI
	@bin/check && bin/test
fix: ## Mend what a machine can mend
	@$(RUN) ruff check --fix -q; $(RUN) ruff format -q; npm --prefix web run -s fix
docs: ## Write the reference, openapi.json and the typed client anew
	@$(RUN) portulan docs && npm --prefix web run -s client
bench: ## Measure: ratios against named baselines
	@bin/bench
.PHONY: help demo test check fix docs bench
