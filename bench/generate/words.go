package generate

import (
	"strconv"
	"strings"
	"time"
)

// nameOf gives the i-th invented name. No two are alike, also after case
// folding and without accents, for i below 10^8.
func nameOf(i int) string {
	const stride = 61_729_333 // has no factor in common with 10^8, so nothing repeats
	n := (i*stride + 4_213_577) % 100_000_000
	var b strings.Builder
	for range 4 {
		b.WriteByte("bdfghjklmnprstvwyzck"[n%20])
		b.WriteByte("aeiou"[n/20%5])
		n /= 100
	}
	name := strings.ToUpper(b.String()[:1]) + b.String()[1:]
	if i%9 == 0 { // some text in every column is not ASCII
		name = name[:len(name)-1] + accented[name[len(name)-1]]
	}
	return name
}

var accented = map[byte]string{'a': "á", 'e': "é", 'i': "í", 'o': "ó", 'u': "ú"}

// The days of publication lie from firstDay on, within span days.
var firstDay = int(time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC).Unix() / 86400)

const span = 2300

// codedOn is after every date in the records.
const codedOn = "2026-01-15"

func day(n int) time.Time { return time.Unix(int64(n)*86400, 0).UTC() }

func iso(n int) string { return day(n).Format(time.DateOnly) }

// printed gives a day as newspapers print it.
func printed(n int) string { return day(n).Format("2 January 2006") }

// thousands puts commas into a number.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

var small = []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// hedges before a number: token and the words of policy.json.
var hedges = [][2]string{
	{"about", "about"}, {"about", "around"}, {"about", "approximately"}, {"about", "roughly"},
	{"estimated", "an estimated"}, {"nearly", "nearly"}, {"nearly", "almost"}, {"at_least", "at least"},
	{"over", "more than"}, {"over", "over"}, {"up_to", "up to"}, {"under", "fewer than"}, {"exact", "exactly"},
}

// counts are words that stand instead of a number.
var counts = []string{"several", "dozens", "hundreds", "thousands"}

var notes = []string{
	"The figure stands in the second half of the sentence.",
	"Read together with the sentence before, which names the place.",
	"The original is not in English; the wording follows the agency’s own translation.",
	"The paragraph gives two figures; this is the later one.",
	"“They” is read as the spokesperson’s side.",
}

var judgements = []string{
	"unwise and provocative", "a step in the right direction", "a serious threat to the region’s stability",
	"long overdue", "neither transparent nor fair", "the work of “outside hands”", "worse than a year ago",
	"an opportunity that was missed", "in breach of what had been agreed", "a matter for the courts",
}

var labels = []string{"sources", "a senior official", "residents", "diplomats", "security sources", "people familiar with the matter"}

var topics = []string{"security", "trade", "borders", "refugees", "water", "sanctions", "elections", "transit"}
