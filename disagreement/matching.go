package disagreement

// independent is the size of a maximum matching between origins and channels,
// by augmenting paths (Kuhn's algorithm): an upper bound of how many
// independent answers there are.
func independent(claims []*claim, p pass) (size int) {
	channelsOf := map[string]map[string]bool{}
	var origins []string
	for _, c := range claims {
		if !c.asserts(p) {
			continue
		}
		s := &c.behind[p]
		if channelsOf[s.origin] == nil {
			channelsOf[s.origin] = map[string]bool{}
			origins = append(origins, s.origin)
		}
		for _, channel := range s.channels {
			channelsOf[s.origin][channel] = true
		}
	}
	taken := map[string]string{} // channel to origin
	var place func(origin string, tried map[string]bool) bool
	place = func(origin string, tried map[string]bool) bool {
		for channel := range channelsOf[origin] {
			if tried[channel] {
				continue
			}
			tried[channel] = true
			if holder, isTaken := taken[channel]; !isTaken || place(holder, tried) {
				taken[channel] = origin
				return true
			}
		}
		return false
	}
	for _, origin := range origins {
		if place(origin, map[string]bool{}) {
			size++
		}
	}
	return size
}
