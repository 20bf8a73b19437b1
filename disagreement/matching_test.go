package disagreement

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"
)

// The matching is as large as the largest that trying everything finds.
func TestMatchingAgainstBruteForce(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 2))
	sizes := map[int]int{}
	for range 3000 {
		nOrigins, nChannels := 1+rng.IntN(6), 1+rng.IntN(6)
		edges := map[[2]int]bool{}
		var claims []*claim
		for range rng.IntN(12) {
			c := &claim{value: &value{}, stance: "assert"}
			origin := rng.IntN(nOrigins)
			c.behind[all].origin = fmt.Sprint(origin)
			for range 1 + rng.IntN(2) {
				channel := rng.IntN(nChannels)
				c.behind[all].channels = append(c.behind[all].channels, fmt.Sprint(channel))
				edges[[2]int{origin, channel}] = true
			}
			claims = append(claims, c)
		}
		want := bruteMatching(0, nOrigins, 0, edges)
		if got := independent(claims, all); got != want {
			t.Fatalf("%v: %d, want %d", edges, got, want)
		}
		sizes[want]++
		// Two origins are matched if and only if they do not share their only channel.
		if nOrigins == 2 {
			a, b := []string{}, []string{}
			for e := range edges {
				if e[0] == 0 {
					a = append(a, fmt.Sprint(e[1]))
				} else {
					b = append(b, fmt.Sprint(e[1]))
				}
			}
			if len(a) > 0 && len(b) > 0 {
				oa, ob := &origin{channels: distinct(a)}, &origin{channels: distinct(b)}
				if got := haveTwoChannels(oa, ob); got != (want == 2) {
					t.Fatalf("%v and %v: %v", a, b, got)
				}
			}
		}
	}
	if sizes[0] == 0 || sizes[5] == 0 {
		t.Errorf("sizes that were tried: %v", sizes)
	}
}

// bruteMatching tries for each origin in turn every free channel, and none.
func bruteMatching(origin, n int, taken uint, edges map[[2]int]bool) int {
	if origin == n {
		return 0
	}
	best := bruteMatching(origin+1, n, taken, edges)
	for channel := range 6 {
		if edges[[2]int{origin, channel}] && taken&(1<<channel) == 0 {
			best = max(best, 1+bruteMatching(origin+1, n, taken|1<<channel, edges))
		}
	}
	return best
}

// Claims that do not count as assertions are no edges.
func TestMatchingCountsAssertions(t *testing.T) {
	q := compute(t, dataset(`
msr-n
src-a
src-b
src-c
src-d
clm-1 src-a act-a 5
clm-2 src-b act-b 5 deny
clm-3 src-c act-c some_value
clm-4 src-d act-d 5 said=2025-01
clm-5 src-a act-d 5 said=2025-02`)).of(t, "msr-n")
	if q.Independent != 1 || q.Origins != 2 || q.Channels != 1 {
		t.Errorf("%d of %d origins and %d channels", q.Independent, q.Origins, q.Channels)
	}
}

// Looking for two origins that corroborate each other finds what trying every
// pair finds.
func TestCorroborationAgainstBruteForce(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	ends := []string{"-2", "0", "8", "8.25", "8.5", "9", "9.25", "9.5", "9.75", "10", "10.25", "10.5", "11", "11.25", "11.5", "12", "13", "14", "15", "16"}
	found := 0
	for range 20000 {
		var origins []*origin
		for range rng.IntN(8) {
			low, high := ratOf(ends[rng.IntN(len(ends))]), ratOf(ends[rng.IntN(len(ends))])
			if low.Cmp(high) > 0 {
				low, high = high, low
			}
			o := &origin{set: quantitySet(interval{Bound{low, true}, Bound{high, rng.IntN(2) == 0 || low.Cmp(high) == 0}})}
			if rng.IntN(5) == 0 {
				o.set = randomSet(rng, ofNumbers, ends)
			}
			for range 1 + rng.IntN(6)/5 {
				o.channels = append(o.channels, fmt.Sprint(rng.IntN(4)/3+rng.IntN(8)/7))
			}
			o.channels = distinct(o.channels)
			origins = append(origins, o)
		}
		ratio := ratOf([]string{"1.1", "1.25", "1.15", "1"}[rng.IntN(4)])
		want := false
		for i, a := range origins {
			for _, b := range origins[:i] {
				want = want || haveTwoChannels(a, b) && near(a.set, b.set, ratio)
			}
		}
		q := &question{measure: &measure{kind: ofNumbers, valueType: "quantity"}}
		if got := q.isCorroborated(origins, ratio); got != want {
			for _, o := range origins {
				t.Log(o.channels, o.set.none, o.set.some, showInterval(o.set.numbers.lower, o.set.numbers.upper))
			}
			t.Fatalf("%v, want %v", got, want)
		}
		if want {
			found++
		}
	}
	if found < 1000 || found > 18000 {
		t.Errorf("found %d times", found)
	}
}

// near is the rule for one pair, word by word: bounded, and the hull one point,
// or above zero and at most so wide; without a value, equal sets.
func near(a, b set, ratio *big.Rat) bool {
	if a.none || b.none {
		return a.none && b.none && !a.some && !b.some
	}
	if a.unknown || b.unknown || !a.numbers.isBounded() || !b.numbers.isBounded() {
		return false
	}
	low, high := a.numbers.lower.Value, a.numbers.upper.Value
	if b.numbers.lower.Value.Cmp(low) < 0 {
		low = b.numbers.lower.Value
	}
	if b.numbers.upper.Value.Cmp(high) > 0 {
		high = b.numbers.upper.Value
	}
	return low.Cmp(high) == 0 || low.Sign() > 0 && new(big.Rat).Quo(high, low).Cmp(ratio) <= 0
}
