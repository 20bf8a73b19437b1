// Package numerals reads the numbers printed in a short English phrase, so that
// a number in a record can be held against the words it was taken from.
//
// It never guesses: a number that can be read in several ways gets all of them,
// and what looks like a number but cannot be read is a [Problem]. Understood are
//
//   - digits of every script, and the separators of several locales: 6,000,
//     6.000, 6 000 (also with no-break and thin spaces), 6'000, 1,00,000, the
//     Arabic ٬ ٫ ،; decimals 1.5 and 1,5
//   - English number words: two hundred and fifty, twenty-five, a hundred, half
//     a million, two and a half thousand, one point five million, two dozen
//   - scales after digits: 6 thousand, 6k, 1.5 million, 1.5m, 2bn, 3 lakh, 2 crore
//   - ranges, as several numbers that [Result.Ranges] ties together: 25–30,
//     between 2,000 and 3,500, 25 or 30, 4,000 to about 6,000, 5 to 6 thousand
//
// Ambiguous are: 6.000 and 6٫000 (6000 or 6), 25 300 with a plain space (25300,
// or 25 and 300), 5m (5, metres, or five million), -5 (minus five, or a dash
// before five), the first number of 5 to 6 thousand or 5–6,000 (5 or 5000), 6 thousand and
// 500 (6500, or two numbers). A comma before exactly three digits is taken as a
// thousands separator: the phrases are English, and 6 for 6,000 is the slip
// that the rule exists to catch.
//
// No exact number, and no problem, are several, dozens, a few hundred: words
// for vague amounts. Not read, and a problem, are words that imply a number (a
// couple of dozen, both) and parts of one (a quarter of a million, two-thirds).
// Hedges (about, at least) are passed over: which words are hedges, and what
// they mean, is a policy and not a matter of reading.
//
// The package is a leaf: it imports nothing of stemma.
package numerals
