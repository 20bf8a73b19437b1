package draw

import (
	"math"
	"math/big"
)

// Axis says what an axis has to show.
type Axis struct {
	Values            []*big.Rat // the ends of what is drawn; at least one
	OpenLow, OpenHigh bool       // something has no end in this direction
	Days              bool       // the values are days since 1970-01-01
	Width             int        // columns
	Label             func(*big.Rat) string
}

// Scale gives numbers their columns.
type Scale struct {
	Log       bool
	width     int
	low, high *big.Rat // the numbers at the first and last column
	first     int      // column of low: behind that of zero on a logarithmic scale that has one
	ticks     []tick
}

type tick struct {
	column int
	label  string
}

// logRatio is the ratio of the largest to the smallest number above which
// a linear axis would squeeze the small ones into one column.
const logRatio = 50

// zeroGap is the number of columns that a logarithmic scale gives to zero, which
// it could never reach.
const zeroGap = 4

// NewScale chooses a scale and its ticks.
func NewScale(a Axis) *Scale {
	s := &Scale{width: a.Width}
	low, high, least := bounds(a.Values)
	switch {
	case a.Days:
		s.days(a, low, high)
	case low.Sign() >= 0 && least != nil && high.Cmp(new(big.Rat).Mul(least, big.NewRat(logRatio, 1))) > 0:
		s.logarithmic(a, least, high, low.Sign() == 0)
	default:
		s.linear(a, low, high)
	}
	return s
}

// bounds gives the smallest and largest number, and the smallest above zero.
func bounds(values []*big.Rat) (low, high, least *big.Rat) {
	for _, v := range values {
		if low == nil || v.Cmp(low) < 0 {
			low = v
		}
		if high == nil || v.Cmp(high) > 0 {
			high = v
		}
		if v.Sign() > 0 && (least == nil || v.Cmp(least) < 0) {
			least = v
		}
	}
	return low, high, least
}

func (s *Scale) linear(a Axis, low, high *big.Rat) {
	low, high = new(big.Rat).Set(low), new(big.Rat).Set(high)
	if low.Cmp(high) == 0 {
		margin := new(big.Rat).Mul(new(big.Rat).Abs(low), big.NewRat(1, 5))
		if one := big.NewRat(1, 1); margin.Sign() == 0 || low.IsInt() && margin.Cmp(one) < 0 {
			margin = one
		}
		high.Add(high, margin)
		if low.Sign() != 0 {
			low.Sub(low, margin)
		}
	}
	if low.Sign() > 0 && new(big.Rat).Mul(low, big.NewRat(3, 1)).Cmp(high) <= 0 {
		low.SetInt64(0)
	}
	room := new(big.Rat).Mul(new(big.Rat).Sub(high, low), big.NewRat(1, 8))
	if a.OpenLow {
		low.Sub(low, room)
	}
	if a.OpenHigh {
		high.Add(high, room)
	}
	span := new(big.Rat).Sub(high, low)
	for n := int64(8); n >= 1; n-- {
		step := nice(new(big.Rat).Quo(span, big.NewRat(n, 1)))
		half := new(big.Rat).Mul(step, big.NewRat(1, 2))
		s.low, s.high = down(low, half), up(high, half)
		s.ticks = nil
		for v := up(s.low, step); v.Cmp(s.high) <= 0; v = new(big.Rat).Add(v, step) {
			s.ticks = append(s.ticks, tick{s.column(v), a.Label(v)})
		}
		if s.fits() {
			return
		}
	}
	s.dropTicks()
}

func (s *Scale) logarithmic(a Axis, low, high *big.Rat, zero bool) {
	s.Log = true
	if a.OpenHigh {
		high = new(big.Rat).Mul(high, big.NewRat(2, 1))
	}
	if zero {
		s.first = zeroGap
	}
	s.low, s.high = nearbyDown(low), nice(high)
	decades := log10(s.high) - log10(s.low)
	for _, digits := range [][]int64{{1, 2, 5}, {1, 3}, {1}} {
		if decades > 6 && len(digits) > 1 {
			continue
		}
		s.ticks = nil
		if zero {
			s.ticks = append(s.ticks, tick{0, a.Label(new(big.Rat))})
		}
		few := max(1, math.Ceil(decades*6/float64(s.width))) // decades between ticks
		for k := math.Floor(log10(s.low)); k <= math.Ceil(log10(s.high)); k += few {
			for _, d := range digits {
				v := new(big.Rat).Mul(power10(int(k)), big.NewRat(d, 1))
				if v.Cmp(s.low) >= 0 && v.Cmp(s.high) <= 0 {
					s.ticks = append(s.ticks, tick{s.column(v), a.Label(v)})
				}
			}
		}
		if s.fits() {
			return
		}
	}
	s.dropTicks()
}

// column gives the column of a number; what lies outside gets the nearest one.
func (s *Scale) column(v *big.Rat) int {
	last := s.width - 1
	if s.Log && v.Sign() <= 0 {
		return 0
	}
	share := 0.0
	if s.Log {
		low := log10(s.low)
		share = (log10(v) - low) / (log10(s.high) - low)
	} else {
		share, _ = new(big.Rat).Quo(new(big.Rat).Sub(v, s.low), new(big.Rat).Sub(s.high, s.low)).Float64()
	}
	share = min(max(share, 0), 1)
	return s.first + int(math.Round(share*float64(last-s.first)))
}

// place says where the label of a tick begins: centred, but inside the axis.
func (s *Scale) place(t tick) (from, to int) {
	n := Text(Plain, t.label).Width()
	from = max(min(t.column-n/2, s.width-n), 0)
	return from, from + n
}

const labelGap = 2

// fits tells whether all labels have room.
func (s *Scale) fits() bool {
	end := -labelGap
	for _, t := range s.ticks {
		from, to := s.place(t)
		if from < end+labelGap || to > s.width {
			return false
		}
		end = to
	}
	return len(s.ticks) >= 2
}

// dropTicks leaves out what has no room.
func (s *Scale) dropTicks() {
	var kept []tick
	end := -labelGap
	for _, t := range s.ticks {
		from, to := s.place(t)
		if from >= end+labelGap && to <= s.width {
			kept, end = append(kept, t), to
		}
	}
	s.ticks = kept
}

// Header draws the axis: its labels, and the line with its ticks.
func (s *Scale) Header() (labels, line Line) {
	for _, t := range s.ticks {
		from, _ := s.place(t)
		labels.PadTo(from).Add(Dim, t.label)
	}
	row := make([]string, s.width)
	for i := range row {
		row[i] = "─"
		if i > 0 && i < s.first-1 {
			row[i] = "┄" // the way to zero is longer than it looks
		}
	}
	for _, t := range s.ticks {
		row[t.column] = "┴"
	}
	for _, r := range row {
		line.put(cell{r, 1, Dim})
	}
	return labels, line
}

func power10(k int) *big.Rat {
	p := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(k, -k))), nil)
	r := new(big.Rat).SetInt(p)
	if k < 0 {
		r.Inv(r)
	}
	return r
}

// log10 works for numbers beyond all doubles.
func log10(r *big.Rat) float64 {
	f := new(big.Float).SetPrec(64).SetRat(r)
	mantissa := new(big.Float)
	exponent := f.MantExp(mantissa)
	m, _ := mantissa.Float64()
	return (math.Log2(m) + float64(exponent)) * math.Log10(2)
}

// nice gives the smallest of 1, 2, 5, 10, 20, 50… that is not below a number
// above zero.
func nice(r *big.Rat) *big.Rat {
	for k := int(math.Floor(log10(r))) - 1; ; k++ {
		for _, d := range []int64{1, 2, 5} {
			if v := new(big.Rat).Mul(power10(k), big.NewRat(d, 1)); v.Cmp(r) >= 0 {
				return v
			}
		}
	}
}

// nearbyDown gives the largest of these numbers that is not above one.
func nearbyDown(r *big.Rat) *big.Rat {
	for k := int(math.Floor(log10(r))) + 1; ; k-- {
		for _, d := range []int64{5, 2, 1} {
			if v := new(big.Rat).Mul(power10(k), big.NewRat(d, 1)); v.Cmp(r) <= 0 {
				return v
			}
		}
	}
}

// down and up give the nearest multiple of a step on either side.
func down(v, step *big.Rat) *big.Rat {
	q := new(big.Rat).Quo(v, step)
	n := new(big.Int).Div(q.Num(), q.Denom()) // Euclidean: the denominator is positive, so it rounds down
	return new(big.Rat).Mul(new(big.Rat).SetInt(n), step)
}

func up(v, step *big.Rat) *big.Rat {
	d := down(v, step)
	if d.Cmp(v) < 0 {
		d.Add(d, step)
	}
	return d
}
