package disagreement

import (
	"strings"
	"testing"
)

// Channels and origins of the claim clm-1 of a dataset, with all links and with
// the stated ones.
func TestOriginsAndChannels(t *testing.T) {
	for _, tt := range []struct{ name, lines, origin, channels string }{
		// Channels.
		{"a root", "src-a\nclm-1 src-a act-a 5", "act-a", "src-a"},
		{"a copy of a copy", "src-a of=src-b\nsrc-b of=src-c:quoted\nclm-1 src-a act-a 5", "act-a", "src-c"},
		{"a revision", "src-a of=src-b:revision\nsrc-b\nclm-1 src-a act-a 5", "act-a", "src-b"},
		{"a primary source is not copied", "src-a of=src-b:primary\nclm-1 src-a act-a 5", "act-a", "src-a"},
		{"two parents", "src-a of=src-c of=src-b\nclm-1 src-a act-a 5", "act-a", "src-b src-c"},
		{"a diamond", "src-a of=src-b of=src-c\nsrc-b of=src-d\nsrc-c of=src-d\nclm-1 src-a act-a 5", "act-a", "src-d"},
		{"a parent that is also a grandparent", "src-a of=src-b of=src-c\nsrc-b of=src-c\nclm-1 src-a act-a 5", "act-a", "src-c"},
		{"via goes before lineage", "src-a of=src-b\nsrc-c of=src-d\nclm-1 src-a act-a 5 via=src-c", "act-a", "src-d"},
		{"two vias", "src-a\nclm-1 src-a act-a 5 via=src-c via=src-b:quoted", "act-a", "src-b src-c"},
		{"via a primary source", "src-a of=src-b\nclm-1 src-a act-a 5 via=src-c:primary", "act-a", "src-b"},
		{"via both", "src-a of=src-b\nclm-1 src-a act-a 5 via=src-c:primary via=src-d", "act-a", "src-d"},
		{"itself", "src-a of=src-a\nclm-1 src-a act-a 5", "act-a", "src-a"},
		{"a circle", "src-a of=src-b\nsrc-b of=src-a\nclm-1 src-a act-a 5", "act-a", "src-a"},
		{"a circle with a way out", "src-a of=src-b\nsrc-b of=src-a of=src-c\nclm-1 src-a act-a 5", "act-a", "src-c"},
		{"an unknown source", "clm-1 src-zz act-a 5", "act-a", "src-zz"},
		{"an unknown parent", "src-a of=src-zz\nclm-1 src-a act-a 5", "act-a", "src-zz"},
		{"a merged source", "src-a merged=src-b\nsrc-b of=src-c\nsrc-c merged=src-d\nsrc-d\nclm-1 src-a act-a 5", "act-a", "src-d"},

		// Rule 1: based_on.
		{"on a source without publisher", "src-a\nsrc-r\nclm-1 src-a act-a 5 based=src-r", "src-r", "src-a"},
		{"on a published source", "src-a\nsrc-r pub=act-un\nclm-1 src-a act-a 5 based=src-r", "act-un", "src-a"},
		{"on a copy", "src-a\nsrc-r of=src-s pub=act-paper\nsrc-s pub=act-un\nclm-1 src-a act-a 5 based=src-r", "act-un", "src-a"},
		{"on two roots", "src-a\nsrc-r of=src-s of=src-t\nsrc-s pub=act-un\nclm-1 src-a act-a 5 based=src-r", "act-un + src-t", "src-a"},
		{"on several", "src-a\nsrc-r pub=act-z\nclm-1 src-a act-a 5 based=src-r based=src-q based=src-r", "act-z + src-q", "src-a"},
		{"on a publisher that speaks for others", "src-r pub=act-body on=2025\nact-body for=act-z for=act-y\nclm-1 src-a act-a 5 based=src-r", "act-y + act-z", "src-a"},
		{"the publisher spoke for others then", "src-r pub=act-body on=2019\nact-body for=act-z@2020/\nclm-1 src-a act-a 5 based=src-r said=2025", "act-body", "src-a"},
		{"on a claim", "src-a\nact-b for=act-state\nclm-2 src-b act-b 7\nclm-1 src-a act-a 5 based=clm-2", "act-state", "src-a"},
		{"on a claim that rests on another", "clm-3 src-c editorial 5\nclm-2 src-b act-b 7 based=clm-3\nclm-1 src-a act-a 5 based=clm-2 based=src-q", "src-c + src-q", "src-a"},
		{"on an anonymous claim", "clm-2 src-b anonymous label=x 7\nclm-1 src-a act-a 5 based=clm-2", "src-b/x", "src-a"},
		{"on a claim that is nowhere", "clm-1 src-a act-a 5 based=clm-zz", "act-a", "src-a"},
		{"on a retired claim", "clm-2 src-b act-b 7 withdrawn=x\nclm-1 src-a act-a 5 based=clm-2", "act-a", "src-a"},
		{"on a merged claim", "clm-2 src-b act-b 7 merged=clm-3\nclm-3 src-c act-c 7\nclm-1 src-a act-a 5 based=clm-2", "act-c", "src-a"},
		{"on itself", "clm-1 src-a act-a 5 based=clm-1", "act-a", "src-a"},
		{"in a circle", "clm-1 src-a act-a 5 based=clm-2\nclm-2 src-a act-a 5 based=clm-1", "act-a", "src-a"},
		{"on an unknown source", "clm-1 src-a act-a 5 based=src-zz", "src-zz", "src-a"},

		// Rule 2: the claimant, and for whom it acts at the time.
		{"an envoy", "act-envoy for=act-state\nclm-1 src-a act-envoy 5", "act-state", "src-a"},
		{"an envoy's envoy", "act-envoy for=act-b\nact-b for=act-state\nclm-1 src-a act-envoy 5", "act-state", "src-a"},
		{"for two", "act-envoy for=act-z for=act-y\nclm-1 src-a act-envoy 5", "act-y + act-z", "src-a"},
		{"before its time", "act-envoy for=act-state@2020/2022\nclm-1 src-a act-envoy 5 said=2019-12-31", "act-envoy", "src-a"},
		{"on its first day", "act-envoy for=act-state@2020/2022\nclm-1 src-a act-envoy 5 said=2020-01-01", "act-state", "src-a"},
		{"on its last day", "act-envoy for=act-state@2020/2022\nclm-1 src-a act-envoy 5 said=2022-12-31", "act-state", "src-a"},
		{"after its time", "act-envoy for=act-state@2020/2022\nclm-1 src-a act-envoy 5 said=2023-01-01", "act-envoy", "src-a"},
		{"at a time that may be", "act-envoy for=act-state@2020/2022\nclm-1 src-a act-envoy 5 said=2022/2024", "act-state", "src-a"},
		{"one after the other", "act-envoy for=act-old@/2021 for=act-new@2022/\nclm-1 src-a act-envoy 5 said=2022-05", "act-new", "src-a"},
		{"both at a time that may be either", "act-envoy for=act-old@/2021 for=act-new@2022/\nclm-1 src-a act-envoy 5 said=2021/2022", "act-new + act-old", "src-a"},
		{"when it was published", "src-a on=2023\nact-envoy for=act-state@2020/2022\nclm-1 src-a act-envoy 5 asof=2021", "act-envoy", "src-a"},
		{"when the original of a copy was published", "src-a on=2023 of=src-b\nsrc-b on=2021\nact-envoy for=act-state@2020/2022\nclm-1 src-a act-envoy 5", "act-state", "src-b"},
		{"at no known time", "src-a on=none\nact-envoy for=act-state@2020/2022\nclm-1 src-a act-envoy 5", "act-state", "src-a"},
		{"with an open end", "act-envoy for=act-state@2020/..\nclm-1 src-a act-envoy 5 said=2099", "act-state", "src-a"},
		{"envoys of each other", "act-envoy for=act-b\nact-b for=act-envoy\nclm-1 src-a act-envoy 5", "act-envoy", "src-a"},
		{"a merged envoy", "act-old merged=act-envoy\nact-envoy for=act-dup\nact-dup merged=act-state\nclm-1 src-a act-old 5", "act-state", "src-a"},
		{"an anonymous claimant with a record", "clm-1 src-a anonymous act-a label=x 5", "act-a", "src-a"},

		// Rules 3 and 4: nobody is named.
		{"anonymous", "clm-1 src-a anonymous label=sources 5", "src-a/sources", "src-a"},
		{"anonymous in a copy", "src-a of=src-b\nclm-1 src-a anonymous label=sources 5", "src-b/sources", "src-b"},
		{"anonymous in two", "src-a of=src-b of=src-c\nclm-1 src-a anonymous label=x 5", "src-b/x + src-c/x", "src-b src-c"},
		{"anonymous with a publisher", "src-a pub=act-paper\nclm-1 src-a anonymous label=x 5", "src-a/x", "src-a"},
		{"editorial", "src-a pub=act-paper\nclm-1 src-a editorial 5", "act-paper", "src-a"},
		{"editorial in a copy", "src-a pub=act-paper of=src-b\nsrc-b pub=act-agency\nclm-1 src-a editorial 5", "act-agency", "src-b"},
		{"unattributed without a publisher", "src-a\nclm-1 src-a unattributed label=x 5", "src-a", "src-a"},
		{"ambiguous in two", "src-a of=src-b of=src-c\nsrc-b pub=act-z\nclm-1 src-a ambiguous 5", "act-z + src-c", "src-b src-c"},
		{"a publisher that speaks for somebody", "src-a pub=act-paper on=2021\nact-paper for=act-state@2020/2022\nclm-1 src-a editorial 5 said=2030", "act-state", "src-a"},
		{"a merged publisher", "src-a pub=act-old\nact-old merged=act-paper\nclm-1 src-a editorial 5", "act-paper", "src-a"},
	} {
		c := compute(t, dataset("msr-n", tt.lines)).claim(t, "clm-1", "")
		if got := strings.Join(c.Channels, " "); c.Origin != tt.origin || got != tt.channels {
			t.Errorf("%s: origin %q, channels %q; want %q, %q", tt.name, c.Origin, got, tt.origin, tt.channels)
		}
	}
}

// Two claimants with copies: what is not stated does not count in the second
// computation.
func TestStatedLinks(t *testing.T) {
	for _, tt := range []struct {
		name, lines             string
		independent, statedOnes int
		valueClass, statedClass string
	}{
		{"lineage", "src-a\nsrc-b of=src-a:judged\nclm-1 src-a act-a 5\nclm-2 src-b act-b 5", 1, 2, "compatible", "corroborated"},
		{"lineage by overlap", "src-a\nsrc-b of=src-a:text_overlap\nclm-1 src-a act-a 5\nclm-2 src-b act-b 5", 1, 2, "compatible", "corroborated"},
		{"stated lineage", "src-a\nsrc-b of=src-a\nclm-1 src-a act-a 5\nclm-2 src-b act-b 5", 1, 1, "compatible", "compatible"},
		{"via", "src-a\nsrc-b\nclm-1 src-a act-a 5\nclm-2 src-b act-b 5 via=src-a:judged", 1, 2, "compatible", "corroborated"},
		{"evidence", "src-a\nsrc-b\nclm-1 src-a act-a 5\nclm-2 src-b act-b 5 based=clm-1:judged", 1, 2, "uncontested", "corroborated"},
		{"stated evidence", "src-a\nsrc-b\nclm-1 src-a act-a 5\nclm-2 src-b act-b 5 based=clm-1", 1, 1, "uncontested", "uncontested"},
		{"one of two parents", "src-b of=src-a:judged of=src-c\nclm-1 src-a act-a 5\nclm-2 src-b act-b 5", 2, 2, "corroborated", "corroborated"},
		{"judged via, stated lineage", "src-b of=src-a\nclm-1 src-a act-a 5\nclm-2 src-b act-b 5 via=src-c:judged", 2, 1, "corroborated", "compatible"},
		{"editorials", "src-b of=src-a:judged\nclm-1 src-a editorial 5\nclm-2 src-b editorial 6", 1, 2, "uncontested", "conflicting"},
	} {
		q := compute(t, dataset("msr-n", tt.lines)).of(t, "msr-n")
		if q.Independent != tt.independent || q.IndependentStated != tt.statedOnes || q.ValueClass != tt.valueClass || q.ValueClassStated != tt.statedClass {
			t.Errorf("%s: %d and %d independent, %s and %s", tt.name, q.Independent, q.IndependentStated, q.ValueClass, q.ValueClassStated)
		}
	}
}

// The questions are the same in both computations, even where an as-of follows
// from a judged link.
func TestStatedLinksKeepQuestions(t *testing.T) {
	r := compute(t, dataset("msr-n P1Y", "src-a on=2024", "src-b on=2025 of=src-a:judged", "clm-1 src-a act-a 5", "clm-2 src-b act-b 7"))
	if q := r.of(t, "msr-n"); q.Period != "2024" || q.ValueClassStated != ClassConflicting {
		t.Errorf("period %s, stated %s", q.Period, q.ValueClassStated)
	}
}

// Circles of every kind end.
func TestCirclesEnd(t *testing.T) {
	r := compute(t, dataset(`
msr-n P1Y entails=msr-n
msr-b boolean entails=msr-b merged=msr-c
msr-c boolean merged=msr-b
src-a of=src-b of=src-c
src-b of=src-c of=src-a
src-c of=src-a of=src-b
act-a for=act-b for=act-c
act-b for=act-c for=act-a
act-c for=act-a for=act-b
plc-a in=plc-b
plc-b in=plc-a
plc-c in=plc-c
msr-p place
clm-1 src-a act-a 5 plc=plc-a based=clm-2 based=clm-3
clm-2 src-b act-b 5 plc=plc-a based=clm-3 based=clm-1 revises=clm-1
clm-3 src-c act-c 5 plc=plc-a based=clm-1 based=clm-2 revises=clm-2
clm-4 src-c act-c plc:plc-a msr=msr-p
clm-5 src-c act-b plc:plc-c msr=msr-p revises=clm-5
clm-6 src-c act-b true msr=msr-b merged=clm-7
clm-7 src-c act-b true msr=msr-b merged=clm-6
clm-8 src-c act-b true deny msr=msr-b plc=plc-b`))
	if len(r.Claims) != 6 {
		t.Errorf("%s", describe(r))
	}
	// A circle of merged records is left as it is written.
	if q := r.of(t, "msr-b"); q.Denying != 1 {
		t.Errorf("%+v", q)
	}
}
