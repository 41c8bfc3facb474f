.PHONY: help build test format bench peers faults fuzz

help: ## Show this help
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

build: ## Build everything, without tests
	mvn -q -B package -DskipTests

test: ## Build and run all tests
	mvn -B verify

format: ## Format the sources
	mvn -q -B spotless:apply

bench: ## Run the benchmarks
	mvn -q -B -pl benchmarks -am package -DskipTests
	java -cp 'benchmarks/target/classes:benchmarks/target/lib/*' org.openjdk.jmh.Main
	java -cp 'benchmarks/target/classes:benchmarks/target/lib/*' dev.whimbrel.benchmarks.LiveDiff
	java -cp 'benchmarks/target/classes:benchmarks/target/lib/*' dev.whimbrel.benchmarks.Rehearsing
	java -cp 'benchmarks/target/classes:benchmarks/target/lib/*' dev.whimbrel.benchmarks.WarmCheck

peers: ## Compare with other tools, and write docs/benchmarks.md
	./whimbrel --version
	benchmarks/peers/run.py

faults: ## Every fault at every point, and write docs/reliability.md; DIR=migrations for your own
	rm -rf acceptance/target/faults
	mvn -q -B -pl acceptance -am test -Dfaults=all -Dfaults.crowd=20 -Dtest=FaultsTest,DeadRunsTest -Dsurefire.failIfNoSpecifiedTests=false $(if $(DIR),-Dfaults.migrations=$(abspath $(DIR)))

fuzz: ## Fuzz what reads files and URLs for ten minutes
	mvn -q -B -pl acceptance -am test -Dfuzz.seconds=600 -Dtest=FuzzTest -Dsurefire.failIfNoSpecifiedTests=false
