package show

import (
	"strings"
	"testing"

	"stemma/disagreement"
	"stemma/internal/model"
)

// TestWhyOneOrigin: what is said of an origin that nobody else contradicts.
func TestWhyOneOrigin(t *testing.T) {
	deny, silent := stance(model.Deny), stance(model.NoComment)
	presence := parts("msr-presence", "act-ttp", "plc-afghanistan", "", "", "")
	status := parts("msr-status", "", "", "evt-dialogue", "", "")
	heldOn := parts("msr-held-on", "", "", "evt-dialogue", "", "")
	type claims = []disagreement.QuestionClaim
	for _, c := range []struct {
		name   string
		parts  disagreement.Parts
		claims claims
		want   string
	}{
		{"one version", presence, claims{says("clm-1", "src-ap", "act-un", "true", "")}, "Only UN Monitoring Team says so; no other version is coded here."},
		{"one version twice", presence, claims{says("clm-1", "src-ap", "act-un", "true", ""), says("clm-2", "src-ap", "act-un", "true", "")},
			"Only UN Monitoring Team says so; no other version is coded here."},
		{"yes and no", presence, claims{says("clm-1", "src-ap", "act-un", "true", ""), says("clm-2", "src-ap", "act-un", "false", "")},
			"UN Monitoring Team says both yes and no; which came last is not known."},
		{"yes and no by two speakers", presence, claims{says("clm-1", "src-ap", "act-un", "true", ""), says("clm-2", "src-ap", "act-un", "false", "", claimant("act-envoy"))},
			"UN Monitoring Team says both yes and no, through UN Monitoring Team and Asim Iftikhar Ahmad."},
		{"yes, and no before", presence, claims{says("clm-1", "src-ap", "act-un", "true", ""), says("clm-2", "src-ap", "act-un", "false", "", replaced("newer", "clm-1"))},
			"Only UN Monitoring Team says so; no other version is coded here."},
		{"yes and silence", presence, claims{says("clm-1", "src-ap", "act-un", "true", ""), says("clm-2", "src-ap", "act-taliban", "", "", silent)},
			"Only UN Monitoring Team says so; no other version is coded here. No comment by Taliban."},
		{"numbers that fit", strength("act-ttp", ""), claims{says("clm-1", "src-ap", "act-un", "1", "[1,2]"), says("clm-2", "src-ap", "act-un", "2", "[2,∞)")},
			"Only UN Monitoring Team says so; no other version is coded here."},
		{"numbers that do not fit", strength("act-ttp", ""), claims{says("clm-1", "src-ap", "act-un", "1", "[1,2)"), says("clm-2", "src-ap", "act-un", "2", "[2,∞)")},
			"UN Monitoring Team says both 1 and 2; which came last is not known."},
		{"days that fit", heldOn, claims{says("clm-1", "src-ap", "act-un", "[2025-08-20..2025-08-22]", ""), says("clm-2", "src-ap", "act-un", "2025-08-21", "")},
			"Only UN Monitoring Team says so; no other version is coded here."},
		{"days that do not fit", heldOn, claims{says("clm-1", "src-ap", "act-un", "2025-08-20", ""), says("clm-2", "src-ap", "act-un", "2025-08-21", "")},
			"UN Monitoring Team says both 20 Aug 2025 and 21 Aug 2025; which came last is not known."},
		{"words", parts("msr-aim", "act-un", "", "", "", ""), claims{says("clm-1", "src-ap", "act-un", "a", ""), says("clm-2", "src-ap", "act-un", "b", "")},
			"Only UN Monitoring Team says so; no other version is coded here."},
		{"asserted and denied by the same", status, claims{says("clm-1", "src-ap", "act-un", "held", ""), says("clm-2", "src-ap", "act-un", "held", "", deny)},
			"Only UN Monitoring Team says so. UN Monitoring Team both asserts and denies Held: no denial by others is coded here, so it does not count as denied."},
		{"something else is denied by the same", status, claims{says("clm-1", "src-ap", "act-un", "held", ""), says("clm-2", "src-ap", "act-un", "planned", "", deny)},
			"Only UN Monitoring Team says so. Who denies is who asserts, UN Monitoring Team: that does not count as denied."},
		{"something else is denied by another", status, claims{says("clm-1", "src-ap", "act-un", "held", ""), says("clm-2", "src-ap", "act-taliban", "planned", "", deny)},
			"Only UN Monitoring Team says so. The denial by Taliban excludes nothing that others assert."},
	} {
		b := &builder{}
		b.add(class("uncontested", "", c.parts, 1, 1, 1), "", "", c.claims...)
		s := New(&b.Result, book(t))
		if got := strings.Join(s.answer(s.questions[0]).Why(), " "); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// TestWhyConflicting: who agrees with everybody is not named among those who do
// not agree.
func TestWhyConflicting(t *testing.T) {
	heldOn := parts("msr-held-on", "", "", "evt-dialogue", "", "")
	place := parts("msr-place", "", "", "evt-dialogue", "", "")
	for _, c := range []struct {
		parts  disagreement.Parts
		values []string
		want   string
	}{
		{heldOn, []string{"[2025-08-01..2025-08-20]", "2025-08-19", "2025-08-20"}, "No answer satisfies all: Pakistan says 19 Aug 2025; Taliban says 20 Aug 2025."},
		{heldOn, []string{"[2025-08-19,2025-08-20]", "[2025-08-20,2025-08-21]", "[2025-08-19,2025-08-21]"},
			"No answer satisfies all: UN Monitoring Team says [2025-08-19,2025-08-20]; Taliban says [2025-08-19,2025-08-21]; Pakistan says [2025-08-20,2025-08-21]."},
		{place, []string{"plc-afghanistan", "plc-kabul", "plc-islamabad"}, "No answer satisfies all: Pakistan says Kabul; Taliban says Islamabad; UN Monitoring Team says Afghanistan."},
	} {
		b := &builder{}
		b.add(class("conflicting", "", c.parts, 3, 3, 3), "", "", says("clm-1", "src-ap", "act-un", c.values[0], ""),
			says("clm-2", "src-ap", "act-pakistan", c.values[1], ""), says("clm-3", "src-ap", "act-taliban", c.values[2], ""))
		s := New(&b.Result, book(t))
		if got := strings.Join(s.answer(s.questions[0]).Why(), " "); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}
