package page

import (
	"fmt"
	"math/big"
	"stemma/internal/wording"
	"time"
)

// distances are those between the ticks of a time axis.
var distances = [...]struct{ days, months int }{
	{1, 0}, {2, 0}, {5, 0}, {7, 0}, {14, 0}, {0, 1}, {0, 2}, {0, 3}, {0, 6},
	{0, 12}, {0, 24}, {0, 60}, {0, 120}, {0, 600}, {0, 1200}, {0, 6000}, {0, 12000},
}

// calendar makes a time axis.
func (a *axis) calendar(low, high *big.Rat) {
	span := new(big.Rat).Sub(high, low)
	margin := times(span, 1, 10)
	if one := big.NewRat(1, 1); margin.Cmp(one) < 0 {
		margin = one
	}
	a.low, a.high = new(big.Rat).Sub(low, margin), new(big.Rat).Add(high, margin)
	for _, d := range distances {
		step := int64(max(d.days, d.months*30))
		if span.Cmp(big.NewRat(step*axisPixels/letterPixels, 1)) > 0 {
			continue // the ticks would not even have room for a letter
		}
		if a.calendarTicks(d.days, d.months); a.fits() {
			return
		}
	}
}

func (a *axis) calendarTicks(days, months int) {
	a.Ticks = nil
	first, last := floor(a.low), floor(a.high)
	at := time.Unix(first*secondsOfDay, 0).UTC()
	if months > 0 {
		month := at.Year()*12 + int(at.Month()) - 1
		month -= month % months
		at = time.Date(month/12, time.Month(month%12+1), 1, 0, 0, 0, 0, time.UTC)
	}
	year := -1
	for ; at.Unix() <= last*secondsOfDay; at = at.AddDate(0, months, days) {
		v := big.NewRat(at.Unix()/secondsOfDay, 1)
		if v.Cmp(a.low) < 0 || at.Year() < 0 || at.Year() > 9999 {
			continue // outside, or no year that EDTF has
		}
		var label string
		switch {
		case months >= 12:
			label = fmt.Sprintf("%04d", at.Year())
		case months > 0:
			label = fmt.Sprintf("%s %04d", wording.Month(int(at.Month())), at.Year())
		case at.Year() != year: // the year once
			label = fmt.Sprintf("%d %s %04d", at.Day(), wording.Month(int(at.Month())), at.Year())
		default:
			label = fmt.Sprintf("%d %s", at.Day(), wording.Month(int(at.Month())))
		}
		year = at.Year()
		a.tick(v, label)
	}
}

const secondsOfDay = 24 * 60 * 60

func floor(r *big.Rat) int64 { return new(big.Int).Div(r.Num(), r.Denom()).Int64() }
