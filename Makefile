.PHONY: help build test format bench faults

help: ## Show this help
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

build: ## Build everything, without tests
	mvn -q -B package -DskipTests

test: ## Build and run all tests
	mvn -B verify

format: ## Format the sources
	mvn -q -B spotless:apply

bench: ## Run the benchmarks
	@if [ -f benchmarks/pom.xml ]; then mvn -q -B -pl benchmarks -am package -DskipTests && java -jar benchmarks/target/benchmarks.jar; \
	else echo "there is no benchmarks module yet"; fi

faults: ## Every fault at every point, and write docs/reliability.md
	mvn -q -B -pl acceptance -am test -Dfaults=all -Dtest=FaultsTest -Dsurefire.failIfNoSpecifiedTests=false
