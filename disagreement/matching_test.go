package disagreement

import (
	"fmt"
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
