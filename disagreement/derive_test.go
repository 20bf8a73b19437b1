package disagreement

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

const eventMeasures = `
msr-event-participant boolean
msr-event-host boolean
msr-event-speaker boolean
msr-event-visitor boolean
msr-event-invited boolean
msr-event-accepted boolean
msr-event-attended boolean
msr-event-status category P1D
msr-event-scheduled-for date
msr-event-held-on date
msr-event-place place
msr-has-commented boolean
src-a on=2025-06-01
src-b of=src-a
`

// derivedOf lists the derived claims of a result: measure, subject, value,
// key and derivation.
func derivedOf(r *Result) string {
	parts := map[string]Parts{}
	for _, q := range r.Questions {
		parts[q.ID] = q.Parts
	}
	var out []string
	for _, c := range r.Claims {
		if c.Derivation != "" {
			p := parts[c.QuestionID]
			word := strings.TrimPrefix(p.Measure, "msr-event-")
			if p.Subject != "" {
				word += "(" + strings.TrimPrefix(p.Subject, "act-") + ")"
			}
			if c.Stance != "assert" {
				word += " " + c.Stance
			}
			out = append(out, word+"="+c.Value)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// Everything that accounts derive (MODEL §3).
func TestDerivations(t *testing.T) {
	for _, tt := range []struct{ account, want string }{
		{"who=act-b:host", "host(b)=true"},
		{"who=act-b:host:deny", "host(b) deny=true"},
		{"who=act-b:host:invited", "host(b)=true invited(b)=true"},
		{"who=act-b:host:expected", "host(b)=true invited(b)=true"},
		{"who=act-b:host:accepted", "accepted(b)=true host(b)=true invited(b)=true"},
		{"who=act-b:host:declined", "accepted(b)=false host(b)=true invited(b)=true"},
		{"who=act-b:host:attended", "attended(b)=true host(b)=true"},
		{"who=act-b:host:absent", "attended(b)=false host(b)=true"},
		{"who=act-b:host:absent:deny", "attended(b) deny=false host(b) deny=true"},
		{"who=some-delegates:participant:attended", ""},
		{"who=act-b:supporter:attended", "attended(b)=true"}, // this dataset has no measure of support
		{"who=act-b:host who=act-c:participant:invited", "host(b)=true invited(c)=true participant(c)=true"},
		{"who=act-old:host", "host(new)=true"},

		// Who stayed away took no part.
		{"who=act-b:participant:declined", "accepted(b)=false invited(b)=true"},
		{"who=act-b:participant:absent", "attended(b)=false"},
		{"who=act-b:speaker:declined", "accepted(b)=false invited(b)=true"},
		{"who=act-b:visitor:absent", "attended(b)=false"},
		{"who=act-b:visitor:attended", "attended(b)=true visitor(b)=true"},
		{"who=act-b:speaker:accepted", "accepted(b)=true invited(b)=true speaker(b)=true"},

		{"status=held", "status=held"},
		{"when=2025-08-20", "held-on=2025-08-20"},
		{"status=held when=2025-08-20", "held-on=2025-08-20 status=held"},
		{"status=ongoing when=2025-08", "held-on=2025-08 status=ongoing"},
		{"status=occurred when=2025-08", "held-on=2025-08 status=occurred"},
		{"status=planned when=2025-08?", "scheduled-for=2025-08? status=planned"},
		{"status=postponed when=2025-08/..", "scheduled-for=2025-08/.. status=postponed"},
		{"status=rescheduled when=2025-08", "scheduled-for=2025-08 status=rescheduled"},
		{"status=cancelled when=2025-08", "scheduled-for=2025-08 status=cancelled"},
		{"place=plc-a", "place=plc-a"},
		{"place=plc-old", "place=plc-new"},
		{"", ""},
	} {
		r := compute(t, dataset(eventMeasures, "act-old merged=act-new", "plc-old merged=plc-new", "evt-x | src-a act-a "+tt.account))
		if got := derivedOf(r); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.account, got, tt.want)
		}
		for _, q := range r.Questions {
			if q.Event != "evt-x" || q.Modality != "actual" || q.Object != "" || q.Place != "" || q.Population != "" {
				t.Errorf("%s: question %+v", tt.account, q.Parts)
			}
			if want := map[bool]string{true: "2025-06-01"}[q.Measure == "msr-event-status"]; q.Period != want {
				t.Errorf("%s: %s has the period %q, want %q", tt.account, q.Measure, q.Period, want)
			}
		}
	}
}

// Derived claims lead back to record and pointer, and keep who says it, where
// and when.
func TestDerivedClaimsLeadBack(t *testing.T) {
	r := compute(t, dataset(eventMeasures, `
act-envoy for=act-state
evt-x | src-a act-a status=held
 | src-b act-envoy status=held when=2025-08-20 place=plc-a who=crowd:participant who=act-c:host:invited said=2025-08-19 asof=2025-08-18 via=src-v based=src-r:judged
 | src-b anonymous label=sources place=plc-b`))
	for _, tt := range []struct{ key, derivation, pointer string }{
		{"evt-x#/accounts/0/status", DerivedStatus, "/accounts/0/status"},
		{"evt-x#/accounts/1/status", DerivedStatus, "/accounts/1/status"},
		{"evt-x#/accounts/1/when", DerivedWhen, "/accounts/1/when"},
		{"evt-x#/accounts/1/place", DerivedPlace, "/accounts/1/place"},
	} {
		c := r.claim(t, tt.key, tt.derivation)
		if c.Pointer != tt.pointer || c.RecordID != "evt-x" || c.RecordKind != "event" || c.Stance != "assert" {
			t.Errorf("%s: %+v", tt.key, c)
		}
	}
	n := 0
	for _, c := range r.Claims {
		if c.Key == "evt-x#/accounts/1/participants/1" && c.Derivation == DerivedParticipation {
			n++ // host and invited
			from, _ := c.AsOf.Earliest()
			got := fmt.Sprint(c.Source, " ", c.Claimant, " ", c.Origin, " ", c.Channels, " ", from, " ", c.AsOfFrom, " ", c.Pointer)
			if want := "src-b act-envoy src-r [src-v] 2025-08-18 as_of /accounts/1/participants/1"; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		}
	}
	if n != 2 {
		t.Errorf("%d claims of the host, want 2", n)
	}
	if c := r.claim(t, "evt-x#/accounts/2/place", DerivedPlace); c.Origin != "src-a/sources" || c.Label != "sources" {
		t.Errorf("anonymous: %+v", c)
	}
	if len(r.QuestionOf) != 0 {
		t.Errorf("derived claims are put among the authored ones: %v", r.QuestionOf)
	}
}

// A measure that is missing, retired or of another type derives nothing; one
// that was merged derives for the record that it was merged into.
func TestMeasuresOfDerivations(t *testing.T) {
	account := "\nsrc-a\nevt-x | src-a act-a status=held when=2025-08-20 place=plc-a who=act-b:host\nclm-1 src-a act-a no_comment evt=evt-x"
	for measures, want := range map[string]string{
		"": "",
		"msr-event-host boolean withdrawn=x\nmsr-event-status category withdrawn=x":                                                 "",
		"msr-event-host category\nmsr-event-status text\nmsr-event-held-on place\nmsr-event-place date\nmsr-has-commented quantity": "",
		"msr-event-host boolean merged=msr-h\nmsr-h boolean":                                                                        "msr-h(b)=true",
		"msr-event-host boolean merged=msr-h\nmsr-h boolean withdrawn=x":                                                            "",
		"msr-event-host category merged=msr-h\nmsr-h boolean":                                                                       "msr-h(b)=true",
		"msr-has-commented boolean merged=msr-c\nmsr-c boolean":                                                                     "msr-c(a)=false",
		"msr-event-held-on date merged=msr-d\nmsr-d date\nmsr-event-place place P1Y":                                                "msr-d=2025-08-20 place=plc-a",
	} {
		r := compute(t, dataset(measures, account))
		if got := derivedOf(r); got != want {
			t.Errorf("%q: %q, want %q", measures, got, want)
		}
	}
}

// Retired records derive nothing, but references to a merged one go on.
func TestRetiredRecords(t *testing.T) {
	r := compute(t, dataset(eventMeasures, `
msr-n
msr-old merged=msr-n
evt-dup merged=evt-x | src-a act-a status=held
evt-gone withdrawn=x | src-a act-a status=held
evt-x | src-a act-a status=held
clm-dup src-a act-a 5 merged=clm-1
clm-gone src-a act-a 5 withdrawn=x
clm-nothing src-a act-b no_comment withdrawn=x evt=evt-x
clm-1 src-a act-a 5 msr=msr-old sub=act-old obj=act-old plc=plc-old evt=evt-dup
act-old merged=act-older
act-older merged=act-new
plc-old merged=plc-new
msr-w withdrawn=x
clm-2 src-a act-a 5 msr=msr-w
msr-p place
clm-3 src-a act-a plc:plc-old msr=msr-p`))
	if got := derivedOf(r); got != "status=held" {
		t.Errorf("derived: %s", got)
	}
	if len(r.QuestionOf) != 3 {
		t.Errorf("questions of %v", r.QuestionOf)
	}
	q := r.of(t, "msr-n")
	if q.Subject != "act-new" || q.Object != "act-new" || q.Place != "plc-new" || q.Event != "evt-x" {
		t.Errorf("%+v", q.Parts)
	}
	if q := r.of(t, "msr-p"); q.ValuesAsserted[0] != "plc-new" {
		t.Errorf("%v", q.ValuesAsserted)
	}
	for _, m := range r.Measures {
		if m.Measure == "msr-old" || m.Measure == "msr-w" {
			t.Errorf("statistics of the retired %s", m.Measure)
		}
	}
	// A retired measure still has its questions: somebody answers them.
	if q := r.of(t, "msr-w"); q.ValueClass != ClassUncontested {
		t.Errorf("of a withdrawn measure: %s", q.ValueClass)
	}
}

// A refusal to comment on an event says that somebody has not commented.
func TestNoComment(t *testing.T) {
	for words, want := range map[string]string{
		"act-a no_comment evt=evt-x":                               "msr-has-commented(a)=false",
		"act-a no_comment evt=evt-x sub=act-z planned pop=x utt=u": "msr-has-commented(a)=false",
		"act-a no_comment":                                         "",
		"anonymous label=x no_comment evt=evt-x":                   "",
		"act-a no_value:quantity evt=evt-x":                        "",
		"act-a 5 deny evt=evt-x":                                   "",
		"act-a retract evt=evt-x":                                  "",
	} {
		r := compute(t, dataset(eventMeasures, "msr-n P1Y\nact-a for=act-state\nclm-1 src-b "+words))
		if got := derivedOf(r); got != want {
			t.Errorf("%s: %q, want %q", words, got, want)
		}
		if want == "" {
			continue
		}
		c := r.claim(t, "clm-1", DerivedNoComment)
		if c.Pointer != "/stance" || c.RecordKind != "claim" || c.RecordID != "clm-1" || c.Origin != "act-state" || c.Source != "src-b" || c.Stance != "assert" {
			t.Errorf("%+v", c)
		}
		if c := r.claim(t, "clm-1", ""); c.Pointer != "" || c.Stance != "no_comment" || c.Value != "" {
			t.Errorf("%+v", c)
		}
		if q := r.of(t, "msr-has-commented"); q.Event != "evt-x" || q.Subject != "act-a" || q.Population != "" || q.Modality != "actual" || q.Period != "" || q.NoComment != 0 {
			t.Errorf("%+v", q)
		}
		if q := r.of(t, "msr-n"); q.NoComment != 1 || q.Claims != 1 || q.Origins != 0 || q.ValueClass != ClassNoValue || q.AgreementClass != ClassNoValue {
			t.Errorf("%+v", q)
		}
	}
	// It belongs to no utterance: the later one stands for the earlier.
	r := compute(t, dataset(eventMeasures, "msr-n\nclm-1 src-a act-a no_comment evt=evt-x utt=u said=2025-01\nclm-2 src-a act-a no_comment evt=evt-x utt=u said=2025-02"))
	if c := r.claim(t, "clm-1", DerivedNoComment); c.WhyNotCurrent != NotCurrentNewer || c.SupersededBy != "clm-2" {
		t.Errorf("%+v", c)
	}
	// Somebody who asserts the opposite conflicts with it.
	q := compute(t, dataset(eventMeasures, "msr-n\nclm-1 src-b act-a no_comment evt=evt-x\nclm-2 src-a act-b true msr=msr-has-commented sub=act-a evt=evt-x")).of(t, "msr-has-commented")
	if q.ValueClass != ClassConflicting || q.Origins != 2 {
		t.Errorf("%+v", q)
	}
}
