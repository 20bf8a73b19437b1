// Package edtf reads dates in the Extended Date/Time Format (EDTF, the profile
// of ISO 8601-2 published by the Library of Congress, edition of 2019), strictly
// and only as far as stemma's data model uses it.
//
// Supported:
//
//	2025-08-20   2025-08   2025          days, months, years 0000 to 9999 (level 0)
//	2025-08-20/2025-08-25                intervals, ends of any precision (level 0)
//	2025?   2025-08~   2025-08-20%       uncertain, approximate, both; also on the ends of an interval (level 1)
//	202X   20XX                          one or two unspecified digits of a year (level 1)
//	2025-XX   2025-XX-XX   2025-08-XX    unspecified month, day (level 1)
//	2025-XX-15                           known day of an unspecified month (level 2: X may stand in any component)
//	../2025-08-20   2025-08-20/..        intervals with an open end (level 1)
//	[2025-08-20,2025-08-22]              one of a set (level 2)
//	[2025-08-20..2025-08-25]             one of a run of days, months or years (level 2)
//	[..2025-08-20]   [2025-08-20..]      the same with an open end (level 2)
//
// Everything else that EDTF has (times of day, seasons, years outside 0000 to
// 9999, exponents and significant digits, qualifiers inside a date, all-of sets,
// other places of X, empty interval ends) is refused by name. Members of a set
// are plain level 0 dates; the two ends of a run have the same precision.
//
// Dates are proleptic Gregorian. Every text that is accepted is the only
// spelling of its date: [Date.String] gives back the text that was parsed.
//
// The package is a leaf: it imports nothing of stemma, and reads no clock.
package edtf
