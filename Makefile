# The two commands that do everything: make release, make test.
# Targets are named like folders in places (build, bench), so all are phony.
.PHONY: all build release test lint bench fuzz clean race-build \
	test-lint test-go test-race test-release test-interop test-browser

GO ?= go
PYTHON ?= python3
BIN := bin/stemma
COMMIT := $(shell git rev-parse --short=12 HEAD 2>/dev/null)
TOOL := $(GO) tool -modfile=tools/go.mod
VERSION := $(shell sed -n 's/^  "version": "\(.*\)",$$/\1/p' dataset.json)

# Says how long a stage took, and stops at the first that fails.
STAGE = @start=$$(date +%s); \
	stage() { name=$$1; shift; begin=$$(date +%s); \
		if "$$@"; then printf '== %-22s %4ds\n' "$$name" $$(($$(date +%s) - begin)); \
		else printf '== %-22s FAILED\n' "$$name"; exit 1; fi; };

all: build

build:
	$(GO) build -trimpath -ldflags '-X main.commit=$(COMMIT)' -o $(BIN) ./cmd/stemma

# The main job: build the tool, check the records, build the release that
# dataset.json names, verify it and rebuild it from its own sources.
release: build
	$(BIN) validate
	$(BIN) build --out dist
	$(BIN) verify --rebuild dist/v$(VERSION)

# Everything that must hold. Prints the time of each stage.
test: build
	$(STAGE) \
	stage lint $(MAKE) --no-print-directory test-lint; \
	stage 'go test' $(MAKE) --no-print-directory test-go; \
	stage 'race test' $(MAKE) --no-print-directory test-race; \
	stage 'releases' $(MAKE) --no-print-directory test-release; \
	stage 'interop' $(MAKE) --no-print-directory test-interop; \
	printf '== %-22s %4ds\n' total $$(($$(date +%s) - start))

lint: build test-lint

test-lint:
	@test -z "$$(gofmt -l $$(git ls-files '*.go' 2>/dev/null || find . -name '*.go'))" || { gofmt -l .; echo 'run: gofmt -w .'; exit 1; }
	$(GO) vet ./...
	$(TOOL) staticcheck ./...
	$(TOOL) revive -config revive.toml ./...
	$(BIN) fmt --check

test-go:
	$(GO) test ./...

# The tests in which goroutines of ours share anything. The others would only
# be slower under the race detector. Those of the build are in race-build: to
# compile the Arrow libraries for the race detector takes longer than all tests.
test-race:
	$(GO) test -race -short ./validate ./internal/dataset
	$(GO) test -race -short -run 'Acceptor|Foreign|Concurren' ./schema

race-build:
	$(GO) test -race -short -run 'Cells|Stopped|FaultsWhile|TakeTurns|ProgressReaches|Disagreement' ./build

# Every release of this repository is what its checksums say and rebuilds from its
# sources, each knows those before it, and what lies beside them follows from them;
# the version that dataset.json names builds, and leaves all that as it is.
test-release:
	$(BIN) verify dist --rebuild
	@set -e; tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; cp -R dist "$$tmp"; \
	$(BIN) build --out "$$tmp/dist"; $(BIN) verify --rebuild "$$tmp/dist/v$(VERSION)"; \
	for file in index.json index.html ledger.jsonl deltas; do \
	diff -r "dist/$$file" "$$tmp/dist/$$file" || { echo 'run: make release, and commit what it wrote beside the releases in dist'; exit 1; }; done

# Other people's readers and the validators of the standards, in private
# environments.
test-interop:
	@set -e; tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; \
	$(BIN) build --out "$$tmp/own"; \
	$(BIN) -C interop/fixtures/foreign build --out "$$tmp/foreign"; \
	$(BIN) -C testdata/foreign build --out "$$tmp/museum"; \
	releases=$$(for dir in dist/v* "$$tmp"/*/v*; do test -d "$$dir" && echo --release "$$dir"; done); \
	$(PYTHON) interop/run $$releases; \
	$(PYTHON) interop/standards/run $$releases; \
	$(PYTHON) interop/standards/run

# The page in a real browser, with the pages of all releases and of the version that
# dataset.json names. Not part of make test: it needs a Chromium
# (interop/browser/install), which not every machine has.
test-browser: build
	@set -e; tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; \
	$(BIN) build --out "$$tmp/own"; \
	$(PYTHON) interop/browser/run $$(for page in dist/v*/index.html "$$tmp"/own/v*/index.html; do test -f "$$page" && echo --page "$$page"; done)

bench: build
	$(GO) run ./bench

# Each fuzz target for a minute; FUZZTIME=10s for a shorter run.
FUZZTIME ?= 60s
fuzz:
	@set -e; for package in $$($(GO) list ./...); do \
	for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
	echo "$$package $$target"; $(GO) test $$package -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x; done; done

clean:
	rm -rf bin .cache dist/*-dev dist/.building-* dist/.replaced-* bench/node_modules
