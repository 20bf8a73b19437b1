package page

import (
	"math/big"
	"strconv"

	"stemma/internal/wording"
)

// place is a position on an axis in tenths of a percent of its width: half a
// pixel, as wide as axes are.
type place int

const wide place = 1000 // the whole width

// String is the percentage without its sign, as SVG wants it.
func (p place) String() string {
	whole, rest := p/10, p%10
	if rest == 0 {
		return strconv.Itoa(int(whole))
	}
	return strconv.Itoa(int(whole)) + "." + strconv.Itoa(int(rest))
}

// axis gives numbers their places. Dates are days since 1970-01-01.
type axis struct {
	Log   bool
	Ticks []tick

	low, high       *big.Rat // the numbers at its ends
	lowLog, highLog *big.Int // only on a logarithmic axis
	zero            place    // on a logarithmic axis, where the numbers above zero begin
}

// tick is a mark on an axis.
type tick struct {
	X     place
	Label string
	Align string // of the label, where it is not centred: start or end
}

// extent is what an axis has to show.
type extent struct {
	values            []*big.Rat // at least one
	openLow, openHigh bool       // something has no end in this direction
	days              bool
}

func (e *extent) add(low, high *big.Rat) {
	for _, v := range []*big.Rat{low, high} {
		if v != nil {
			e.values = append(e.values, v)
		}
	}
	e.openLow = e.openLow || low == nil
	e.openHigh = e.openHigh || high == nil
}

// logRatio is the ratio of the largest to the smallest number above which a
// linear axis would squeeze the small ones into one place.
const logRatio = 50

// newAxis chooses a scale and its ticks; nil if there is nothing to show.
func newAxis(e extent) *axis {
	if len(e.values) == 0 {
		return nil
	}
	low, high, least := e.values[0], e.values[0], (*big.Rat)(nil)
	for _, v := range e.values {
		if v.Cmp(low) < 0 {
			low = v
		}
		if v.Cmp(high) > 0 {
			high = v
		}
		if v.Sign() > 0 && (least == nil || v.Cmp(least) < 0) {
			least = v
		}
	}
	a := &axis{}
	switch {
	case e.days:
		a.calendar(low, high)
	case low.Sign() >= 0 && least != nil && high.Cmp(times(least, logRatio, 1)) > 0:
		a.logarithmic(least, high, low.Sign() == 0, e.openHigh)
	default:
		a.linear(low, high, e)
	}
	a.finish()
	return a
}

func times(r *big.Rat, over, under int64) *big.Rat {
	return new(big.Rat).Mul(r, big.NewRat(over, under))
}

func (a *axis) linear(low, high *big.Rat, e extent) {
	low, high = new(big.Rat).Set(low), new(big.Rat).Set(high)
	if low.Cmp(high) == 0 {
		margin := times(new(big.Rat).Abs(low), 1, 5)
		if one := big.NewRat(1, 1); margin.Sign() == 0 || low.IsInt() && margin.Cmp(one) < 0 {
			margin = one
		}
		high.Add(high, margin)
		if low.Sign() != 0 {
			low.Sub(low, margin)
		}
	}
	if low.Sign() > 0 && times(low, 3, 1).Cmp(high) <= 0 {
		low.SetInt64(0) // nearly there: show how large the numbers are
	}
	room := times(new(big.Rat).Sub(high, low), 1, 8)
	some := times(room, 1, 3) // so that no sign touches the edge
	switch {
	case e.openLow:
		low.Sub(low, room)
	case low.Sign() != 0:
		low.Sub(low, some)
	}
	if e.openHigh {
		some = room
	}
	high.Add(high, some)
	span := new(big.Rat).Sub(high, low)
	for n := int64(7); n >= 1; n-- {
		step := roundUp(times(span, 1, n))
		half := times(step, 1, 2)
		a.low, a.high = multiple(low, half, false), multiple(high, half, true)
		a.Ticks = nil
		for v := multiple(a.low, step, true); v.Cmp(a.high) <= 0; v = new(big.Rat).Add(v, step) {
			a.tick(v, wording.Tick(v))
		}
		if a.fits() {
			return
		}
	}
}

// zeroRoom is what a logarithmic axis gives to zero, which it could never reach.
const zeroRoom = wide / 12

func (a *axis) logarithmic(low, high *big.Rat, hasZero, openHigh bool) {
	if openHigh {
		high = times(high, 2, 1)
	}
	a.Log = true
	if hasZero {
		a.zero = zeroRoom
	}
	a.low, a.high = roundDown(low), roundUp(high)
	a.lowLog, a.highLog = log2(a.low), log2(a.high)
	for _, digits := range [][]int64{{1, 2, 5}, {1, 3}, {1}} {
		for every := 1; every <= 1<<10; every *= 2 {
			a.logTicks(digits, every, hasZero)
			if a.fits() {
				return
			}
			if len(digits) > 1 {
				break
			}
		}
	}
}

func (a *axis) logTicks(digits []int64, every int, hasZero bool) {
	a.Ticks = nil
	if hasZero {
		a.tick(new(big.Rat), "0")
	}
	for k := exponent(a.low); ; k += every {
		for _, d := range digits {
			v := times(power10(k), d, 1)
			if v.Cmp(a.high) > 0 {
				return
			}
			if v.Cmp(a.low) >= 0 {
				a.tick(v, wording.Tick(v))
			}
		}
	}
}

// at gives the place of a number; what lies outside gets the nearest one.
func (a *axis) at(v *big.Rat) place {
	if a.Log {
		if v.Sign() <= 0 {
			return 0
		}
		part := new(big.Int).Sub(log2(v), a.lowLog)
		share := new(big.Rat).SetFrac(part, new(big.Int).Sub(a.highLog, a.lowLog))
		return a.zero + clamp(share, wide-a.zero)
	}
	return clamp(new(big.Rat).Quo(new(big.Rat).Sub(v, a.low), new(big.Rat).Sub(a.high, a.low)), wide)
}

// isOutside tells whether a number lies outside the axis.
func (a *axis) isOutside(v *big.Rat) bool {
	if a.Log && a.zero > 0 && v.Sign() == 0 {
		return false
	}
	return v.Cmp(a.low) < 0 || v.Cmp(a.high) > 0
}

func clamp(share *big.Rat, width place) place {
	scaled := times(share, int64(width), 1)
	twice := new(big.Int).Div(new(big.Int).Add(new(big.Int).Lsh(scaled.Num(), 1), scaled.Denom()), new(big.Int).Lsh(scaled.Denom(), 1))
	if !twice.IsInt64() {
		if twice.Sign() < 0 {
			return 0
		}
		return width
	}
	return place(min(max(twice.Int64(), 0), int64(width)))
}

func (a *axis) tick(v *big.Rat, label string) {
	a.Ticks = append(a.Ticks, tick{X: a.at(v), Label: label})
}

// The room that labels need: an axis is about 440 px wide on a screen of common
// size, and a letter 7 px.
const (
	axisPixels   = 440
	letterPixels = 7
	labelGap     = 14
)

func (a *axis) fits() bool {
	end := -labelGap
	for i := range a.Ticks {
		from, to := a.span(&a.Ticks[i])
		if from < end+labelGap {
			return false
		}
		end = to
	}
	return len(a.Ticks) >= 2
}

func (a *axis) span(t *tick) (from, to int) {
	width := len([]rune(t.Label)) * letterPixels
	from = int(t.X)*axisPixels/int(wide) - width/2
	from = max(min(from, axisPixels-width), 0)
	return from, from + width
}

// finish keeps the labels inside the drawing.
func (a *axis) finish() {
	for i := range a.Ticks {
		t := &a.Ticks[i]
		half := len([]rune(t.Label)) * letterPixels / 2
		switch x := int(t.X) * axisPixels / int(wide); {
		case x < half:
			t.Align = "start"
		case x > axisPixels-half:
			t.Align = "end"
		}
	}
}
