package disagreement

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

const (
	// One article has the figures of Pakistan and of the UN; the Taliban deny
	// that the group is there at all.
	bothFigures = `
msr-n P1Y rounded entails=msr-presence
msr-presence boolean P1Y
act-pakistan
act-un
act-taliban
src-a
clm-pakistan src-a act-pakistan about:6000
clm-un src-a act-un nearly:6000
clm-taliban src-a act-taliban msr=msr-presence true deny`
	fourCopies = `
clm-c1 src-c1 act-pakistan about:6000
clm-c2 src-c2 act-un nearly:6000
clm-c3 src-c3 act-pakistan about:6000
clm-c4 src-c4 act-un nearly:6000
clm-c5 src-c4 act-pakistan about:6000`
)

// The worked cases of MODEL §3, in its order.
var workedCases = []struct {
	name, lines                    string
	origins, channels, independent int
	valueClass, agreement          string
	stated                         string // value_class_stated, where it differs
}{
	{"around 6,000 and nearly 6,000 in one article, presence denied", bothFigures, 2, 1, 1, "compatible", "denied", ""},
	{"and four near-copies, lineage coded", bothFigures + fourCopies + `
src-c1 of=src-a
src-c2 of=src-c1:quoted
src-c3 of=src-a:revision
src-c4 of=src-c3`, 2, 1, 1, "compatible", "denied", ""},
	{"and four near-copies, lineage judged", bothFigures + fourCopies + `
src-c1 of=src-a:judged
src-c2 of=src-c1:quoted:text_overlap
src-c3 of=src-a
src-c4 of=src-c3:judged`, 2, 1, 1, "compatible", "denied", "corroborated"},
	{"and four near-copies, lineage not coded", bothFigures + fourCopies + `
src-c1
src-c2
src-c3
src-c4 of=src-a:primary`, 2, 5, 2, "corroborated", "denied", ""},
	{"and a second independent article with Pakistan's figure", bothFigures + `
src-b
clm-b src-b act-pakistan about:6000`, 2, 2, 2, "corroborated", "denied", ""},
	{"and Pakistan's figure rests on the UN report", bothFigures + `
src-report pub=act-un
src-b
clm-b src-b act-pakistan about:6000 based=src-report
clm-pakistan-2 src-a act-pakistan about:6000 based=src-report`, 2, 2, 2, "corroborated", "denied", ""}, // one claim still rests on nothing
	{"the same, and none of Pakistan's figures rests on anything else", `
msr-n P1Y rounded entails=msr-presence
msr-presence boolean P1Y
act-un
src-a
src-b
src-report pub=act-un
clm-pakistan src-a act-pakistan about:6000 based=src-report
clm-b src-b act-pakistan about:6000 based=src-report
clm-un src-a act-un nearly:6000
clm-taliban src-a act-taliban msr=msr-presence true deny`, 1, 2, 1, "uncontested", "denied", ""},
	{"the same, judged", `
msr-n P1Y rounded entails=msr-presence
msr-presence boolean P1Y
src-a
src-b
src-report pub=act-un
clm-pakistan src-a act-pakistan about:6000 based=src-report:judged
clm-b src-b act-pakistan about:6000 based=src-report:judged
clm-un src-a act-un nearly:6000
clm-taliban src-a act-taliban msr=msr-presence true deny`, 1, 2, 1, "uncontested", "denied", "corroborated"},
	{"approximately 2,000 from one claimant, presence denied", `
msr-n P1Y entails=msr-presence
msr-presence boolean P1Y
src-a
clm-1 src-a act-a about:2000
clm-2 src-a act-b msr=msr-presence true deny`, 1, 1, 1, "uncontested", "denied", ""},
	{"about 30 anonymous, 25 to 30 from the organiser in another article", `
msr-n P1Y
src-a
src-b
clm-1 src-a anonymous label=sources about:30
clm-2 src-b act-organiser 25..30`, 2, 2, 2, "compatible", "compatible", ""},
	{"nearly 6,000 and an unhedged 6,000, rounded measure", `
msr-n P1Y rounded
src-a
src-b
clm-1 src-a act-a nearly:6000
clm-2 src-b act-b 6000`, 2, 2, 2, "corroborated", "corroborated", ""},
	{"6,000 to 6,500 and 5,000 to 6,000", `
msr-n P1Y
src-a
src-b
clm-1 src-a act-a 6000..6500
clm-2 src-b act-b 5000..6000`, 2, 2, 2, "compatible", "compatible", ""},
	{"4,000 to 6,000 and 2,000 to 3,500 from two unnamed groups of states in one report", `
msr-n P1Y
src-a
clm-1 src-a anonymous label=some-states 4000..6000
clm-2 src-a anonymous label=other-states 2000..3500`, 2, 1, 1, "conflicting", "conflicting", ""},
	{"up to 20 and 35", `
msr-n P1Y
src-a
src-b
clm-1 src-a act-a up_to:20
clm-2 src-b act-b 35`, 2, 2, 2, "conflicting", "conflicting", ""},
	{"at least 100 and 250", `
msr-n P1Y
src-a
src-b
clm-1 src-a act-a at_least:100
clm-2 src-b act-b 250`, 2, 2, 2, "compatible", "compatible", ""},
	{"exactly 50, exactly 50, at least 40", `
msr-n P1Y
src-a
src-b
src-c
clm-1 src-a act-a exact:50
clm-2 src-b act-b exact:50
clm-3 src-c act-c at_least:40`, 3, 3, 3, "corroborated", "corroborated", ""},
	{"exactly 50 twice, two claimants in one article", `
msr-n P1Y
src-a
clm-1 src-a act-a exact:50
clm-2 src-a act-b exact:50`, 2, 1, 1, "compatible", "compatible", ""},
	{"0 and 0", `
msr-n P1Y
src-a
src-b
clm-1 src-a act-a 0
clm-2 src-b act-b 0`, 2, 2, 2, "corroborated", "corroborated", ""},
	{"25–26 August and 26–27 August", `
msr-n date P1Y
src-a
src-b
clm-1 src-a act-a date:2025-08-25/2025-08-26
clm-2 src-b act-b date:2025-08-26/2025-08-27`, 2, 2, 2, "conflicting", "conflicting", ""},
	{"invited true and invited false", `
msr-n boolean P1Y
src-a
src-b
clm-1 src-a act-party true
clm-2 src-b act-organiser false`, 2, 2, 2, "conflicting", "conflicting", ""},
	{"a denial and nothing else", `
msr-n P1Y
src-a
clm-1 src-a act-a over:0 deny`, 0, 0, 0, "no_value", "denied_only", ""},
}

func TestWorkedCases(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, tt := range workedCases {
		in := dataset(tt.lines)
		for round := range 6 {
			q := compute(t, in).of(t, "msr-n")
			got := fmt.Sprintf("%d / %d / %d  %s → %s (stated %s)", q.Origins, q.Channels, q.Independent, q.ValueClass, q.AgreementClass, q.ValueClassStated)
			statedClass := tt.stated
			if statedClass == "" {
				statedClass = tt.valueClass
			}
			want := fmt.Sprintf("%d / %d / %d  %s → %s (stated %s)", tt.origins, tt.channels, tt.independent, tt.valueClass, tt.agreement, statedClass)
			isDenied := tt.agreement == ClassDenied
			if got != want || q.Denied != isDenied {
				t.Fatalf("%s (order %d):\n got %s, denied %v\nwant %s, denied %v", tt.name, round, got, q.Denied, want, isDenied)
			}
			in = shuffled(in, rng)
		}
	}
}

// A meeting's dates and who was invited are derived from accounts as well: the
// worked cases hold for them all the same.
func TestWorkedCasesFromAccounts(t *testing.T) {
	r := compute(t, dataset(`
msr-event-held-on date
msr-event-invited boolean
msr-event-participant boolean
src-a
src-b
evt-x | src-a act-party when=2025-08-25/2025-08-26 who=act-party:participant:invited
 | src-b act-organiser when=2025-08-26/2025-08-27
clm-no src-b act-organiser msr=msr-event-invited sub=act-party evt=evt-x false`))
	for measure, want := range map[string]string{
		"msr-event-held-on": ClassConflicting, "msr-event-invited": ClassConflicting, "msr-event-participant": ClassUncontested,
	} {
		if q := r.of(t, measure); q.ValueClass != want {
			t.Errorf("%s: %s, want %s", measure, q.ValueClass, want)
		}
	}
}
