// Package wording puts records and what package disagreement computed of them
// into English words: names, numbers, intervals and dates, the title of a
// question, what a claim says, and why a question has its class. The terminal
// (internal/show) and the page of a release (build/page) say the same things in
// the same words, because they have them from here.
//
// It is pure: it reads no file and writes none, and knows neither terminals nor
// HTML. What it returns holds the dataset's own text as it is; whoever prints it
// has to escape it. It may import disagreement, internal/model and internal/edtf.
package wording
