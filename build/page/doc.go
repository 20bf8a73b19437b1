// Package page writes index.html of a release: one page that holds every
// question with who answers it, every event with its accounts, and every source,
// and that needs nothing but a browser.
//
// The page is a function of its input: the same records give the same bytes. All
// of the dataset's text goes through html/template's contextual escaping; no
// value of the dataset is ever of a type that the template trusts. Everything is
// in the page without its script, which only adds filters, and links into them.
// A content-security policy allows our own style and script by their digests
// and nothing else, so the page can ask nobody for anything.
//
// Positions in drawings are computed with exact or fixed-point numbers, never
// with floats, whose last digits could differ between machines. They are
// percentages of the width, so that drawings fit any screen while their lines
// and letters keep their size.
//
// It may import disagreement, internal/wording, internal/model and internal/edtf.
package page
