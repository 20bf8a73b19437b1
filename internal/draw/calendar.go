package draw

import (
	"fmt"
	"math/big"
	"time"
)

// unit is a distance between the ticks of a time axis.
type unit struct{ days, months int }

var calendar = []unit{{1, 0}, {2, 0}, {5, 0}, {7, 0}, {14, 0}, {0, 1}, {0, 2}, {0, 3}, {0, 6}, {0, 12}, {0, 24}, {0, 60}, {0, 120}, {0, 600}, {0, 1200}, {0, 6000}, {0, 12000}}

// days makes a time axis.
func (s *Scale) days(a Axis, low, high *big.Rat) {
	span := new(big.Rat).Sub(high, low)
	margin := new(big.Rat).Mul(span, big.NewRat(1, 10))
	if margin.Cmp(big.NewRat(1, 1)) < 0 {
		margin.SetInt64(1)
	}
	s.low, s.high = new(big.Rat).Sub(low, margin), new(big.Rat).Add(high, margin)
	for _, u := range calendar {
		if few := new(big.Rat).Quo(span, big.NewRat(int64(max(u.days, u.months*30)), 1)); few.Cmp(big.NewRat(int64(a.Width), 1)) > 0 {
			continue // more ticks than columns
		}
		s.ticks = s.calendarTicks(u)
		if s.fits() {
			return
		}
	}
	s.dropTicks()
}

func (s *Scale) calendarTicks(u unit) []tick {
	var ticks []tick
	first, last := wholeDay(s.low), wholeDay(s.high)
	at := date(first)
	if u.months > 0 {
		month := at.Year()*12 + int(at.Month()) - 1
		month -= month % u.months
		at = time.Date(month/12, time.Month(month%12+1), 1, 0, 0, 0, 0, time.UTC)
	}
	for ; dayOf(at) <= last; at = at.AddDate(0, u.months, u.days) {
		if day := dayOf(at); day >= first {
			if v := new(big.Rat).SetInt64(day); v.Cmp(s.low) >= 0 && v.Cmp(s.high) <= 0 {
				ticks = append(ticks, tick{s.column(v), dayLabel(at, u)})
			}
		}
	}
	return ticks
}

func dayLabel(t time.Time, u unit) string {
	switch {
	case u.months >= 12:
		return fmt.Sprintf("%04d", t.Year())
	case u.months > 0:
		return fmt.Sprintf("%.3s %04d", t.Month(), t.Year())
	}
	return fmt.Sprintf("%d %.3s", t.Day(), t.Month())
}

func wholeDay(r *big.Rat) int64 {
	return new(big.Int).Div(r.Num(), r.Denom()).Int64()
}

const secondsOfDay = 24 * 60 * 60

func date(day int64) time.Time { return time.Unix(day*secondsOfDay, 0).UTC() }

func dayOf(t time.Time) int64 {
	s := t.Unix()
	if s < 0 && s%secondsOfDay != 0 {
		s -= secondsOfDay
	}
	return s / secondsOfDay
}
