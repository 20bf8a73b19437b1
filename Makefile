# The two commands that do everything: make release, make test.
# Targets are named like folders in places (build, bench), so all are phony.
.PHONY: all build release test lint bench fuzz clean race race-build \
	test-lint test-go test-race test-release test-interop test-standards test-browser

GO ?= go
PYTHON ?= python3
BIN := bin/stemma
COMMIT := $(shell git rev-parse --short=12 HEAD 2>/dev/null)
TOOL := $(GO) tool -modfile=tools/go.mod
VERSION := $(shell sed -n 's/^  "version": "\(.*\)",$$/\1/p' dataset.json)

# The same in every command, so that nothing is compiled twice.
export GOFLAGS := $(strip $(GOFLAGS) -trimpath)

# What make test cannot run for want of a program becomes a line in this file.
NOT_RUN := $(CURDIR)/.cache/not-run

# Says how long a stage took, and stops at the first that fails.
STAGE = @start=$$(date +%s); \
	stage() { name=$$1; shift; begin=$$(date +%s); \
		if "$$@"; then printf '== %-22s %4ds\n' "$$name" $$(($$(date +%s) - begin)); \
		else printf '== %-22s FAILED\n' "$$name"; exit 1; fi; };

all: build

build:
	$(GO) build -ldflags '-X main.commit=$(COMMIT)' -o $(BIN) ./cmd/stemma

# The main job: build the tool, check the records, build the release that
# dataset.json names, verify it and rebuild it from its own sources.
release: build
	$(BIN) validate
	$(BIN) build --out dist
	$(BIN) verify --rebuild dist/v$(VERSION)

# Everything that must hold. Prints the time of each stage, and in the end what
# could not be run here. The environments of the later stages are made beside the
# first ones; what goes wrong with that is said by the stage that needs it.
test: build
	$(STAGE) \
	mkdir -p .cache; : > $(NOT_RUN); export STEMMA_NOT_RUN=$(NOT_RUN); \
	$(PYTHON) interop/prepare .cache/prepare.log & prepare=$$!; \
	trap 'kill $$prepare 2>/dev/null; wait $$prepare 2>/dev/null' EXIT; \
	stage lint $(MAKE) --no-print-directory test-lint; \
	stage 'go test' $(MAKE) --no-print-directory test-go; \
	stage 'releases' $(MAKE) --no-print-directory test-release; \
	stage 'interop, standards' $(MAKE) -j2 --output-sync=target --no-print-directory test-interop test-standards; \
	stage 'page in a browser' $(MAKE) --no-print-directory test-browser; \
	sed 's/^/== NOT RUN: /' $(NOT_RUN); \
	printf '== %-22s %4ds\n' total $$(($$(date +%s) - start))

lint: build test-lint

test-lint:
	@test -z "$$(gofmt -l $$(git ls-files '*.go' 2>/dev/null || find . -name '*.go'))" || { gofmt -l .; echo 'run: gofmt -w .'; exit 1; }
	$(GO) vet ./...
	$(TOOL) staticcheck ./...
	$(TOOL) revive -config revive.toml ./...
	$(BIN) fmt --check

# All of vet is in test-lint, so the part of it that go test runs is not.
test-go:
	$(GO) test -vet=off ./...
	@command -v script >/dev/null || echo 'go test: what needs a terminal, because script(1) is not installed' >> "$${STEMMA_NOT_RUN:-/dev/stdout}"

# The tests in which goroutines of ours share anything; the others would only be
# slower under the race detector. By hand, and not in make test: to compile
# everything once more for the race detector takes longer than the tests, most of
# all the Arrow libraries of the build.
race: test-race race-build

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

# Makes the releases that the readers and validators are shown: those of other
# people's data, and what dataset.json names now.
RELEASES = tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; \
	$(BIN) build --out "$$tmp/own"; \
	$(BIN) -C interop/fixtures/foreign build --out "$$tmp/foreign"; \
	$(BIN) -C testdata/foreign build --out "$$tmp/museum"; \
	releases=$$(for dir in dist/v* "$$tmp"/*/v*; do if test -d "$$dir"; then echo --release "$$dir"; fi; done)

# Other people's readers, in a private environment.
test-interop: build
	@set -e; $(RELEASES); $(PYTHON) interop/run $$releases

# The validators of the standards, and what stemma exports, in another.
test-standards: build
	@set -e; $(RELEASES); $(PYTHON) interop/standards/run --samples $$releases

# The page in a real browser, with the pages of all releases and of the version that
# dataset.json names. The browser is one of this machine or the one that npm fetches.
# Where neither is to be had, that is said and is no failure, but in CI it is one.
test-browser: build
	@set -e; tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; \
	$(BIN) build --out "$$tmp/own"; \
	pages=$$(for page in dist/v*/index.html "$$tmp"/own/v*/index.html; do if test -f "$$page"; then echo --page "$$page"; fi; done); \
	STEMMA_NO_BROWSER=$${STEMMA_NO_BROWSER-$(if $(CI),,1)} $(PYTHON) interop/browser/run $$pages

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
