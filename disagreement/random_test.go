package disagreement

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// random makes datasets with everything in them: small worlds, so that claims
// meet. It never makes circles; TestCirclesEnd does.
type random struct {
	*rand.Rand
	lines  []string
	claims int
}

func newRandom(seed uint64) *random { return &random{Rand: rand.New(rand.NewPCG(seed, 7))} }

func (r *random) of(words ...string) string { return words[r.IntN(len(words))] }
func (r *random) chance(percent int) bool   { return r.IntN(100) < percent }
func (r *random) maybe(percent int, format string, args ...any) string {
	if !r.chance(percent) {
		return ""
	}
	return " " + fmt.Sprintf(format, args...)
}
func (r *random) basis() string { return r.of("", "", ":judged", ":text_overlap") }
func (r *random) actor() string { return fmt.Sprint("act-", r.IntN(6)) }
func (r *random) place() string { return fmt.Sprint("plc-", r.IntN(6)) }
func (r *random) source() string {
	return fmt.Sprint("src-", r.IntN(8))
}
func (r *random) date() string {
	return r.of("2024", "2025", "2025-01", "2025-03", "2025-06-01", "2025-06-02", "2025-07/2025-08", "2025-02/..", "../2025-05", "[2025-01-05,2025-06-02]", "2025-0X"[:6]+"4", "2024-12-31")
}

const randomMeasures = `
msr-n P1Y rounded unit=second entails=msr-b
msr-m signed unit=second entails=msr-b entails=msr-event-attended
msr-x P6M unit=second
msr-b boolean P1M
msr-d date
msr-p place P1Y
msr-c category
msr-t text
msr-old merged=msr-n
` + eventMeasureLines

const eventMeasureLines = `
msr-event-participant boolean
msr-event-host boolean
msr-event-speaker boolean
msr-event-invited boolean
msr-event-accepted boolean
msr-event-attended boolean
msr-event-status category P1D
msr-event-scheduled-for date
msr-event-held-on date
msr-event-place place
msr-has-commented boolean
`

func (r *random) add(parts ...string) { r.lines = append(r.lines, strings.Join(parts, "")) }

// dataset gives the lines of a dataset with so many claims.
func (r *random) dataset(claims int) []string {
	r.add(randomMeasures)
	r.world()
	for i := range claims {
		r.claim(i, true)
	}
	for i := range 2 {
		r.event(i)
	}
	return r.lines
}

// world adds sources, actors and places.
func (r *random) world() {
	for i := range 8 {
		line := fmt.Sprintf("src-%d on=%s", i, r.of("2024-12-31", "2025-01-02", "2025-06-01", "2025-06-01", "2025-03", "none"))
		for range r.IntN(3) {
			if i > 0 && r.chance(60) {
				line += fmt.Sprintf(" of=src-%d%s%s", r.IntN(i), r.of("", ":quoted", ":revision", ":primary"), r.basis())
			}
		}
		r.add(line, r.maybe(40, "pub=%s", r.actor()))
	}
	r.add("src-dup merged=src-3")
	r.add("act-dup merged=act-2")
	r.add("plc-dup merged=plc-2")
	for i := range 6 {
		line := fmt.Sprint("act-", i)
		if i > 0 && r.chance(35) {
			line += fmt.Sprintf(" for=act-%d%s", r.IntN(i), r.of("", "@2020/2024", "@2025/", "@/2025-03"))
		}
		if i > 1 && r.chance(15) {
			line += fmt.Sprintf(" for=act-%d", r.IntN(i))
		}
		r.add(line)
		place := fmt.Sprint("plc-", i)
		if i > 0 && r.chance(60) {
			place += fmt.Sprint(" in=plc-", r.IntN(i))
		}
		r.add(place)
	}
}

// report adds who says it, where and when.
func (r *random) report(i int, full bool) string {
	line := " " + r.of(r.source(), r.source(), r.source(), r.source(), "src-dup")
	switch r.IntN(10) {
	case 0:
		line += " anonymous label=" + r.of("sources", "officials")
	case 1:
		line += " " + r.of("editorial", "unattributed label=x", "ambiguous")
	default:
		line += " " + r.of(r.actor(), r.actor(), r.actor(), r.actor(), "act-dup")
	}
	line += r.maybe(30, "said=%s", r.date()) + r.maybe(25, "asof=%s", r.date())
	if full {
		line += r.maybe(12, "via=%s%s%s", r.source(), r.of("", ":quoted", ":primary"), r.basis()) + r.maybe(4, "via=%s", r.source())
		line += r.maybe(8, "based=%s%s", r.source(), r.basis())
		if i > 0 {
			line += r.maybe(8, "based=clm-%d%s", r.IntN(i), r.basis())
		}
	}
	return line
}

func (r *random) claim(i int, full bool) {
	line := fmt.Sprint("clm-", i) + r.report(i, full)
	measure := r.of("msr-n", "msr-n", "msr-n", "msr-m", "msr-x", "msr-b", "msr-b", "msr-d", "msr-p", "msr-c", "msr-t", "msr-old",
		"msr-event-status", "msr-event-scheduled-for", "msr-event-attended", "msr-has-commented")
	line += " msr=" + measure
	if strings.HasPrefix(measure, "msr-event") || r.chance(25) {
		line += fmt.Sprint(" evt=evt-", r.IntN(2))
	}
	line += r.maybe(40, "sub=%s", r.of("act-0", "act-1", "act-dup")) + r.maybe(25, "plc=%s", r.of(r.place(), "plc-dup")) + r.maybe(8, "pop=fighters") + r.maybe(12, "planned")
	line += r.maybe(15, "utt=u%d", r.IntN(3))
	if full && i > 0 {
		line += r.maybe(7, "revises=clm-%d", r.IntN(i))
	}
	switch r.IntN(20) {
	case 0:
		line += " no_comment"
	case 1, 5:
		line += " retract"
	case 2, 3, 4:
		line += " deny " + r.value(measure)
	default:
		line += " " + r.value(measure)
	}
	r.add(line, r.maybe(3, "withdrawn=x"))
	if words := strings.Fields(line); full && r.chance(6) && strings.HasPrefix(words[2], "act-") { // and takes it back
		kept := slices.DeleteFunc(words[3:], func(w string) bool {
			return strings.HasPrefix(w, "said=") || strings.HasPrefix(w, "asof=") || strings.HasPrefix(w, "revises=") || w == "deny" || w == "no_comment"
		})
		r.add(fmt.Sprintf("clm-r%d %s retract asof=2025-12-30 ", i, strings.Join(slices.Concat(words[1:3], kept), " ")))
	}
	r.claims++
}

func (r *random) value(measure string) string {
	kind := map[string]string{"msr-b": "boolean", "msr-event-attended": "boolean", "msr-has-commented": "boolean", "msr-d": "date", "msr-event-scheduled-for": "date",
		"msr-p": "place", "msr-c": "category", "msr-event-status": "category", "msr-t": "text"}[measure]
	if kind == "" {
		kind = "quantity"
	}
	if r.chance(8) {
		return r.of("no_value:", "some_value:") + kind
	}
	switch kind {
	case "boolean":
		return r.of("true", "true", "false")
	case "date":
		return "date:" + r.of("2025-08", "2025-08-20", "2025-08-20/2025-08-22", "2025-08-21", "[2025-08-20,2025-08-25]", "2025-08-20/..", "2025", "2025-08-20/2025-08-22@sometime_in")
	case "place":
		return "plc:" + r.of(r.place(), "plc-dup")
	case "category":
		return "=" + r.of("rescheduled", "held", "planned")
	case "text":
		return r.of(`"x"`, `"y"`)
	}
	return r.quantity()
}

func (r *random) quantity() string {
	number := r.of("0", "5", "10", "12", "100", "100", "105", "110", "120", "6000", "6.5", "-20")
	hedge := r.of("", "", "", "exact:", "about:", "nearly:", "at_least:", "over:", "up_to:", "under:", "estimated:")
	switch r.IntN(12) {
	case 0:
		return r.of("several:", "dozens:", "hundreds:")
	case 1, 2:
		return hedge + r.of("90..110", "100..130", "0..5", "110..500", "5..12", "-4..0")
	case 3:
		return hedge + number + "~" + r.of("hour", "tick", "mile", "second")
	}
	return hedge + number
}

func (r *random) event(i int) {
	line := fmt.Sprint("evt-", i)
	for range r.IntN(4) {
		line += " |" + r.report(0, false) + r.maybe(60, "status=%s", r.of("planned", "held", "rescheduled", "rescheduled", "cancelled"))
		line += r.maybe(50, "when=%s", r.of("2025-08", "2025-08-20", "2025-08-20/2025-08-22")) + r.maybe(40, "place=%s", r.place())
		for range r.IntN(3) {
			line += fmt.Sprintf(" who=%s:%s%s", r.of("act-0", "act-1", "crowd"), r.of("participant", "host", "speaker"), r.of("", ":invited", ":attended", ":absent", ":declined", ":attended:deny"))
		}
	}
	r.add(line)
}
