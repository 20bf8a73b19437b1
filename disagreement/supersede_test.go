package disagreement

import (
	"fmt"
	"testing"
)

// What became of the claim clm-1 of a dataset.
func TestSupersession(t *testing.T) {
	const plan = "msr-event-status category P1D\nact-a\nact-b\nact-c\n"
	for _, tt := range []struct{ name, lines, want string }{
		// revised
		{"revised", "clm-1 src-a act-a 5\nclm-2 src-a act-a 6 revises=clm-1", "revised by clm-2"},
		{"revised in another question", "clm-1 src-a act-a 5\nclm-2 src-a act-a 6 pop=x revises=clm-1", "revised by clm-2"},
		{"revised by somebody else", "clm-1 src-a act-a 5\nclm-2 src-a act-b 6 revises=clm-1", "current"},
		{"revised by the same origin", "act-b for=act-a\nclm-1 src-a act-a 5\nclm-2 src-a act-b 6 revises=clm-1", "revised by clm-2"},
		{"revised by an earlier claim", "clm-1 src-a act-a 5 said=2025-02\nclm-2 src-a act-a 6 said=2025-01 revises=clm-1", "current"},
		{"revised at a time that may be earlier", "clm-1 src-a act-a 5 said=2025-02\nclm-2 src-a act-a 6 said=2025-01/2025-02 revises=clm-1", "revised by clm-2"},
		{"revised without dates", "src-n on=none\nclm-1 src-n act-a 5\nclm-2 src-n act-a 6 revises=clm-1", "revised by clm-2"},
		{"revised by a merged id", "clm-0 src-a act-a 4 merged=clm-1\nclm-1 src-a act-a 5\nclm-2 src-a act-a 6 revises=clm-0", "revised by clm-2"},
		{"revised by a retired claim", "clm-1 src-a act-a 5\nclm-2 src-a act-a 6 revises=clm-1 withdrawn=x", "current"},
		{"revised twice", "clm-1 src-a act-a 5\nclm-3 src-a act-a 6 revises=clm-1\nclm-2 src-a act-a 6 revises=clm-1", "revised by clm-2"},
		{"revises itself", "clm-1 src-a act-a 5 revises=clm-1", "current"},
		{"revised by one that is revised", "clm-1 src-a act-a 5\nclm-2 src-a act-a 6 revises=clm-1\nclm-3 src-a act-a 6 revises=clm-2", "revised by clm-2"},
		{"revised by a no comment", "clm-1 src-a act-a 5\nclm-2 src-a act-a no_comment revises=clm-1", "revised by clm-2"},

		// retracted
		{"retracted", "clm-1 src-a act-a 5 said=2025-01\nclm-2 src-a act-a retract said=2025-02", "retracted by clm-2"},
		{"retracted by the same origin", "act-b for=act-a\nclm-1 src-a act-b 5 said=2025-01\nclm-2 src-a act-a retract said=2025-02", "retracted by clm-2"},
		{"retracted by somebody else", "clm-1 src-a act-a 5 said=2025-01\nclm-2 src-a act-b retract said=2025-02", "current"},
		{"retracted on the same day", "clm-1 src-a act-a 5 said=2025-01-03\nclm-2 src-a act-a retract said=2025-01-03", "current"},
		{"retracted at an unknown time", "clm-1 src-a act-a 5 said=2025-01\nclm-2 src-a act-a retract said=2025", "current"},
		{"retracted in another question", "clm-1 src-a act-a 5 said=2025-01\nclm-2 src-a act-a retract pop=x said=2025-02", "current"},
		{"a retraction retracted", "clm-1 src-a act-a retract said=2025-01\nclm-2 src-a act-a retract said=2025-02", "retracted by clm-2"},
		{"a denial retracted", "clm-1 src-a act-a 5 deny said=2025-01\nclm-2 src-a act-a retract said=2025-02", "retracted by clm-2"},
		{"anonymous retracted", "clm-1 src-a anonymous label=x 5 said=2025-01\nclm-2 src-a anonymous label=x retract said=2025-02", "retracted by clm-2"},
		{"a retraction with a value is no news", "clm-1 src-a act-a 5 said=2025-01\nact-b for=act-a\nclm-2 src-a act-b 5 retract said=2025-02", "retracted by clm-2"},

		// newer
		{"newer", "clm-1 src-a act-a 5 said=2025-01\nclm-2 src-b act-a 6 said=2025-02", "newer by clm-2"},
		{"newer denial", "clm-1 src-a act-a 5 said=2025-01\nclm-2 src-b act-a 6 deny said=2025-02", "newer by clm-2"},
		{"the first of several", "clm-1 src-a act-a 5 said=2025-01\nclm-9 src-b act-a 6 said=2025-02\nclm-10 src-b act-a 6 said=2025-03", "newer by clm-10"},
		{"newer by days", "clm-1 src-a act-a 5 said=2025-01-31\nclm-2 src-b act-a 6 said=2025-02-01", "newer by clm-2"},
		{"the same day", "clm-1 src-a act-a 5 said=2025-02-01\nclm-2 src-b act-a 6 said=2025-02-01", "current"},
		{"an overlap", "clm-1 src-a act-a 5 said=2025-01/2025-02\nclm-2 src-b act-a 6 said=2025-02", "current"},
		{"an unknown order", "clm-1 src-a act-a 5 said=2025\nclm-2 src-b act-a 6 said=2025-12", "current"},
		{"no dates", "src-n on=none\nclm-1 src-n act-a 5\nclm-2 src-a act-a 6", "current"},
		{"an open end", "clm-1 src-a act-a 5 said=2020/..\nclm-2 src-a act-a 6", "current"},
		{"an open start of the other", "clm-1 src-a act-a 5 said=2025-01\nclm-2 src-a act-a 6 said=../2025-04", "current"},
		{"an open start", "clm-1 src-a act-a 5 said=../2025-01\nclm-2 src-a act-a 6", "newer by clm-2"},
		{"the other is older", "clm-1 src-a act-a 5 said=2025-02\nclm-2 src-a act-a 6 said=2025-01", "current"},
		{"another claimant of the same origin", "act-b for=act-a\nclm-1 src-a act-b 5 said=2025-01\nclm-2 src-a act-a 6 said=2025-02", "current"},
		{"nobody", "clm-1 src-a editorial 5 said=2025-01\nclm-2 src-a editorial 6 said=2025-02", "current"},
		{"the same utterance", "clm-1 src-a act-a 5 said=2025-01 utt=u\nclm-2 src-a act-a 6 said=2025-02 utt=u", "current"},
		{"another utterance", "clm-1 src-a act-a 5 said=2025-01 utt=u\nclm-2 src-a act-a 6 said=2025-02 utt=v", "newer by clm-2"},
		{"by as_of, not by the day of speaking", "clm-1 src-a act-a 5 asof=2025-03 said=2025-01\nclm-2 src-a act-a 6 asof=2025-01 said=2025-02", "current"},
		{"newer, but it says nothing", "clm-1 src-a act-a 5 said=2025-01\nclm-2 src-b act-a some_value said=2025-02", "current"},
		{"newer, but no comment", "clm-1 src-a act-a 5 said=2025-01\nclm-2 src-b act-a no_comment said=2025-02", "current"},
		{"newer and no value", "clm-1 src-a act-a 5 said=2025-01\nclm-2 src-b act-a no_value said=2025-02", "newer by clm-2"},
		{"newer, in another type", "clm-1 src-a act-a 5 said=2025-01\nclm-2 src-b act-a true said=2025-02", "current"},
		{"newer, in another question", "clm-1 src-a act-a 5 said=2025-01\nclm-2 src-b act-a 5 said=2025-02 planned", "current"},
		{"a no comment, and then a number", "clm-1 src-a act-a no_comment said=2025-01\nclm-2 src-b act-a 5 said=2025-02", "newer by clm-2"},
		{"by a merged claimant", "act-z merged=act-a\nclm-1 src-a act-z 5 said=2025-01\nclm-2 src-b act-a 6 said=2025-02", "newer by clm-2"},
		{"newer than the newer", "clm-1 src-a act-a 5 said=2025-01\nclm-2 src-b act-a 6 said=2025-02\nclm-3 src-b act-a 6 said=2025-03", "newer by clm-2"},
		{"a copy is as old as what it copies", "src-old on=2024\nsrc-new on=2025 of=src-old\nclm-1 src-old act-a 5\nclm-2 src-new act-a 5", "current"},

		// The first reason that applies.
		{"revised before retracted", "clm-1 src-a act-a 5 said=2025-01\nclm-2 src-a act-a retract said=2025-02\nclm-3 src-a act-a 6 said=2025-01 revises=clm-1", "revised by clm-3"},
		{"retracted before newer", "clm-1 src-a act-a 5 said=2025-01\nclm-2 src-a act-a 5 said=2025-02\nclm-3 src-a act-a retract said=2025-03", "retracted by clm-3"},
		{"newer before rescheduled", plan + "clm-1 src-a act-a 5 planned evt=evt-x said=2025-01\nclm-2 src-a act-a 6 planned evt=evt-x said=2025-04\nevt-x | src-a act-b status=rescheduled said=2025-03", "newer by clm-2"},

		// rescheduled
		{"rescheduled", plan + "clm-1 src-a act-a 5 planned evt=evt-x said=2025-01\nclm-2 src-a act-b 6 planned evt=evt-x said=2025-04\nevt-x | src-a act-c status=rescheduled said=2025-03", "rescheduled by clm-2"},
		{"on the same day", plan + "clm-1 src-a act-a 5 planned evt=evt-x said=2025-01-01\nclm-2 src-a act-b 6 planned evt=evt-x said=2025-01-02\nevt-x | src-a act-c status=rescheduled said=2025-01-02", "rescheduled by clm-2"},
		{"the plan is of the day of the rescheduling", plan + "clm-1 src-a act-a 5 planned evt=evt-x said=2025-01-02\nclm-2 src-a act-b 6 planned evt=evt-x said=2025-01-03\nevt-x | src-a act-c status=rescheduled said=2025-01-02", "current"},
		{"no newer plan", plan + "clm-1 src-a act-a 5 planned evt=evt-x said=2025-01\nclm-2 src-a act-b 6 planned evt=evt-x said=2025-02\nevt-x | src-a act-c status=rescheduled said=2025-03", "current"},
		{"the newer plan says nothing", plan + "clm-1 src-a act-a 5 planned evt=evt-x said=2025-01\nclm-2 src-a act-b some_value planned evt=evt-x said=2025-04\nevt-x | src-a act-c status=rescheduled said=2025-03", "current"},
		{"the newer plan is of unknown day", plan + "clm-1 src-a act-a 5 planned evt=evt-x said=2025-01\nclm-2 src-a act-b 6 planned evt=evt-x said=../2025-04\nevt-x | src-a act-c status=rescheduled said=2025-03", "current"},
		{"another event was rescheduled", plan + "clm-1 src-a act-a 5 planned evt=evt-x said=2025-01\nclm-2 src-a act-b 6 planned evt=evt-x said=2025-04\nevt-y | src-a act-c status=rescheduled said=2025-03", "current"},
		{"postponed", plan + "clm-1 src-a act-a 5 planned evt=evt-x said=2025-01\nclm-2 src-a act-b 6 planned evt=evt-x said=2025-04\nevt-x | src-a act-c status=postponed said=2025-03", "current"},
		{"no plan", plan + "clm-1 src-a act-a 5 evt=evt-x said=2025-01\nclm-2 src-a act-b 6 evt=evt-x said=2025-04\nevt-x | src-a act-c status=rescheduled said=2025-03", "current"},
		{"a plan of no event", plan + "clm-1 src-a act-a 5 planned said=2025-01\nclm-2 src-a act-b 6 planned said=2025-04\nevt-x | src-a act-c status=rescheduled said=2025-03", "current"},
		{"of unknown day", plan + "clm-1 src-a act-a 5 planned evt=evt-x said=2025-01\nclm-2 src-a act-b 6 planned evt=evt-x said=2025-04\nevt-x | src-a act-c status=rescheduled said=../2025-03", "current"},
		{"rescheduled twice", plan + "clm-1 src-a act-a 5 planned evt=evt-x said=2025-03\nclm-2 src-a act-b 6 planned evt=evt-x said=2025-06\nevt-x | src-a act-c status=rescheduled said=2025-02 | src-b act-c status=rescheduled said=2025-05", "rescheduled by clm-2"},
		{"the first rescheduling came too early", plan + "clm-1 src-a act-a 5 planned evt=evt-x said=2025-03\nclm-2 src-a act-b 6 planned evt=evt-x said=2025-04\nevt-x | src-a act-c status=rescheduled said=2025-02 | src-b act-c status=rescheduled said=2025-05", "current"},
		{"an authored status", plan + "clm-1 src-a act-a 5 planned evt=evt-x said=2025-01\nclm-2 src-a act-b 6 planned evt=evt-x said=2025-04\nclm-3 src-a act-c =rescheduled msr=msr-event-status evt=evt-x said=2025-03", "rescheduled by clm-2"},
		{"a denied status", plan + "clm-1 src-a act-a 5 planned evt=evt-x said=2025-01\nclm-2 src-a act-b 6 planned evt=evt-x said=2025-04\nclm-3 src-a act-c =rescheduled deny msr=msr-event-status evt=evt-x said=2025-03", "current"},
		{"a status that was revised", plan + "clm-1 src-a act-a 5 planned evt=evt-x said=2025-01\nclm-2 src-a act-b 6 planned evt=evt-x said=2025-04\nclm-3 src-a act-c =rescheduled msr=msr-event-status evt=evt-x said=2025-03\nclm-4 src-a act-c =held msr=msr-event-status evt=evt-x said=2025-03 revises=clm-3", "rescheduled by clm-2"},
		{"scheduled for another day", plan + "msr-event-scheduled-for date\nclm-1 src-a act-a date:2025-05-01 msr=msr-event-scheduled-for evt=evt-x said=2025-01\nevt-x | src-b act-b status=rescheduled when=2025-08-20 said=2025-03", "rescheduled by evt-x#/accounts/0/when"},
		{"a merged event", plan + "evt-old merged=evt-x\nclm-1 src-a act-a 5 planned evt=evt-old said=2025-01\nclm-2 src-a act-b 6 planned evt=evt-x said=2025-04\nevt-x | src-a act-c status=rescheduled said=2025-03", "rescheduled by clm-2"},
		{"a merged measure of status", "msr-event-status category merged=msr-state\nmsr-state category\nclm-1 src-a act-a 5 planned evt=evt-x said=2025-01\nclm-2 src-a act-b 6 planned evt=evt-x said=2025-04\nevt-x | src-a act-c status=rescheduled said=2025-03", "rescheduled by clm-2"},
		{"a merged measure of dates", plan + "msr-event-scheduled-for date merged=msr-day\nmsr-day date\nclm-1 src-a act-a date:2025-05-01 msr=msr-day evt=evt-x said=2025-01\nevt-x | src-b act-b status=rescheduled when=2025-08-20 said=2025-03", "rescheduled by evt-x#/accounts/0/when"},
	} {
		c := compute(t, dataset("msr-n P1Y\nsrc-a\nsrc-b", tt.lines)).claim(t, "clm-1", "")
		got := "current"
		if !c.Current {
			got = fmt.Sprint(c.WhyNotCurrent, " by ", c.SupersededBy)
		} else if c.WhyNotCurrent != "" || c.SupersededBy != "" {
			t.Errorf("%s: current, but %s by %s", tt.name, c.WhyNotCurrent, c.SupersededBy)
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// What follows from a claim is never more current than that claim.
func TestBaseNotCurrent(t *testing.T) {
	// Pakistan revises its figure: what the first one entailed falls with it.
	r := compute(t, dataset(`
msr-n P1Y entails=msr-b
msr-b boolean P1Y
msr-has-commented boolean
src-a
clm-1 src-a act-a 5 said=2025-01 sub=act-s
clm-2 src-a act-a 0 said=2025-01 sub=act-s revises=clm-1
clm-3 src-a act-c no_comment evt=evt-x
clm-4 src-a act-c 5 evt=evt-x revises=clm-3`))
	for key, derivation := range map[string]string{"clm-1": DerivedEntailment, "clm-3": DerivedNoComment} {
		c := r.claim(t, key, derivation)
		want := map[string]string{"clm-1": "clm-2", "clm-3": "clm-4"}[key]
		if c.Current || c.WhyNotCurrent != NotCurrentBase || c.SupersededBy != want {
			t.Errorf("%s %s: %s by %s, want base by %s", key, derivation, c.WhyNotCurrent, c.SupersededBy, want)
		}
	}
	// Zero says nothing about presence by itself: one superseded claim, nothing asserted.
	q := r.Questions[0]
	for _, other := range r.Questions {
		if other.Measure == "msr-b" && other.Subject == "act-s" {
			q = other
		}
	}
	if q.Claims != 1 || q.Current != 0 || q.Superseded != 1 || q.ValueClass != ClassNoValue || q.Entailed != 0 {
		t.Errorf("%+v", q)
	}

	// In the entailed question an entailed claim can be superseded directly,
	// and that is the reason that is given.
	r = compute(t, dataset(`
msr-n P1Y entails=msr-b
msr-b boolean P1Y
src-a
clm-1 src-a act-a 5 said=2025-01
clm-2 src-a act-a 7 said=2025-02
clm-3 src-a act-a 7 said=2025-03`))
	if c := r.claim(t, "clm-1", DerivedEntailment); c.WhyNotCurrent != NotCurrentNewer || c.SupersededBy != "clm-2" {
		t.Errorf("%s by %s", c.WhyNotCurrent, c.SupersededBy)
	}
	// A claim entailed by one that an entailed claim supersedes is current
	// where nothing else is said: entailed claims do not count for the base.
	r = compute(t, dataset(`
msr-n P1Y entails=msr-b
msr-b boolean P1Y
src-a
clm-1 src-a act-a 5 said=2025-02
clm-2 src-a act-a 6 said=2025-01 pop=x
clm-3 src-a act-a false msr=msr-b said=2025-03`))
	base := r.claim(t, "clm-1", "")
	if base.Current || base.WhyNotCurrent != NotCurrentNewer || base.SupersededBy != "clm-3" {
		t.Errorf("%s by %s, want newer by clm-3", base.WhyNotCurrent, base.SupersededBy)
	}
}

// Entailed claims do not count for what follows from a claim that they
// supersede: here in the town, where nobody else speaks of presence.
func TestBaseSupersededByEntailed(t *testing.T) {
	r := compute(t, dataset(`
plc-country
plc-town in=plc-country
msr-n P1Y entails=msr-b
msr-b boolean P1Y
src-a
clm-1 src-a act-a 5 plc=plc-town said=2025-02
clm-3 src-a act-a false msr=msr-b plc=plc-country said=2025-03`))
	if c := r.claim(t, "clm-1", ""); c.WhyNotCurrent != NotCurrentNewer || c.SupersededBy != "clm-3" {
		t.Errorf("the number: %q by %s", c.WhyNotCurrent, c.SupersededBy)
	}
	if c := r.claim(t, "clm-1", DerivedEntailment); !c.Current {
		t.Errorf("the presence: %s by %s", c.WhyNotCurrent, c.SupersededBy)
	}
}

// In the second computation origins differ, and so may what is current.
func TestSupersessionByStatedOrigins(t *testing.T) {
	q := compute(t, dataset(`
msr-n
src-a
src-b
src-r
clm-1 src-a act-a 5 based=src-r
clm-2 src-a act-b 9 based=src-r:judged revises=clm-1
clm-3 src-b act-c 9`)).of(t, "msr-n")
	if q.ValueClass != ClassCorroborated || q.ValueClassStated != ClassConflicting || q.Superseded != 1 {
		t.Errorf("%s, stated %s, %d superseded", q.ValueClass, q.ValueClassStated, q.Superseded)
	}
	// The origin that differs may be that of a claim in another question.
	r := compute(t, dataset(`
msr-n
src-a
src-b
clm-1 src-a act-a 5
clm-2 src-a act-b 9 based=clm-1:judged revises=clm-1 pop=x
clm-3 src-b act-c 9`))
	for _, q := range r.Questions {
		if q.Population == "" && (q.ValueClass != ClassUncontested || q.ValueClassStated != ClassConflicting) {
			t.Errorf("%s, stated %s", q.ValueClass, q.ValueClassStated)
		}
	}
}
