// Package draw lays out text for a terminal: lines of styled text that never
// become wider than they may be, and intervals to scale on an axis of numbers or
// of days.
//
// Text is measured in columns, so that wide and combining characters keep their
// place, and made harmless by diag. Positions are computed from exact numbers;
// only logarithms are floats, and they decide about nothing but a column.
//
// It may import diag.
package draw
