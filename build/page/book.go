package page

import (
	"cmp"
	"strings"

	"stemma/disagreement"
	"stemma/internal/model"
	"stemma/internal/wording"
)

// book finds records and questions by their ids.
type book struct {
	wording.Book
	questions map[string]*disagreement.Question
	unnamed   int             // sources without title and publisher
	carried   map[string]int  // claims and accounts by source
	shown     map[string]bool // records that have a place on the page
}

func newBook(in *Input) *book {
	b := &book{questions: map[string]*disagreement.Question{}, carried: map[string]int{}, shown: map[string]bool{}}
	b.Document, b.Issue = b.document, b.issue
	each(in.Records.Actors, b.AddActor)
	each(in.Records.Places, b.AddPlace)
	each(in.Records.Measures, b.AddMeasure)
	each(in.Records.Sources, b.AddSource)
	each(in.Records.Events, b.AddEvent)
	each(in.Records.Claims, b.AddClaim)
	for _, r := range in.Records.Sources {
		b.shown[r.ID.Value] = !r.Retired()
		if !r.Title.IsSet() && b.publisher(r) == "" {
			b.unnamed++
		}
	}
	for _, r := range in.Records.Events {
		b.shown[r.ID.Value] = !r.Retired()
	}
	for _, r := range in.Records.Claims {
		b.shown[r.ID.Value] = in.Result.QuestionOf[r.ID.Value] != ""
	}
	for i := range in.Result.Questions {
		b.questions[in.Result.Questions[i].ID] = &in.Result.Questions[i]
	}
	b.count(in)
	return b
}

func each[T any](records []T, add func(T)) {
	for _, r := range records {
		add(r)
	}
}

// count finds out how much each document carries.
func (b *book) count(in *Input) {
	for _, r := range in.Records.Claims {
		if !r.Retired() {
			b.carried[b.Survivor(r.Source.Value)]++
		}
	}
	for _, r := range in.Records.Events {
		if r.Retired() {
			continue
		}
		for i := range r.Accounts {
			b.carried[b.Survivor(r.Accounts[i].Source.Value)]++
		}
	}
}

// anchor is that of a record, if it has a place on the page.
func (b *book) anchor(id string) string {
	if !b.shown[id] {
		return ""
	}
	return anchor(id)
}

// document names a source by its publisher, else its author, and its title or
// date, so that two documents of one publisher can be told apart.
func (b *book) document(id string) string {
	s := b.Sources[id]
	if s == nil {
		return id
	}
	var parts []string
	if by := b.publisher(s); by != "" {
		parts = append(parts, by)
	}
	if s.Title.IsSet() {
		parts = append(parts, "“"+wording.Shortened(s.Title.Value, 60)+"”")
	}
	switch {
	case len(parts) == 0:
		return b.nameless(s)
	case len(parts) == 1 && s.Published != nil:
		parts = append(parts, wording.EDTF(s.Published.EDTF.Value))
	}
	return strings.Join(parts, ", ")
}

// nameless names a source of which neither title nor publisher is known; with its
// id where there are several.
func (b *book) nameless(s *model.Source) string {
	text := kindOf(s) + " without title or outlet"
	if b.unnamed > 1 {
		text += " (" + s.ID.Value + ")"
	}
	return text
}

// untitled stands where the title of a source would.
func (b *book) untitled(s *model.Source) string {
	if by := b.publisher(s); by != "" {
		return "untitled " + strings.TrimPrefix(strings.TrimPrefix(kindOf(s), "an "), "a ") + " of " + by
	}
	return kindOf(s) + " without title or outlet"
}

// kindOf is what a source is, with its article.
func kindOf(s *model.Source) string {
	kind := cmp.Or(wording.Words(s.Type.Value), "document")
	if strings.ContainsRune("aeiou", rune(kind[0])) {
		return "an " + kind
	}
	return "a " + kind
}

// issue names a source by its publisher and date, which is shorter.
func (b *book) issue(id string) string {
	s := b.Sources[id]
	if s == nil || b.publisher(s) == "" {
		return b.document(id)
	}
	if s.Published == nil {
		return b.publisher(s)
	}
	return b.publisher(s) + ", " + wording.EDTF(s.Published.EDTF.Value)
}

// publisher names who published a source, else who wrote it, else the host of
// its address.
func (b *book) publisher(s *model.Source) string {
	if s.Publisher.IsSet() {
		return b.Name(b.Survivor(s.Publisher.Value))
	}
	return cmp.Or(s.Author.Value, webHost(s.URL.Value))
}
