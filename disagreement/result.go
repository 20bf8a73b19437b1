package disagreement

import (
	"math/big"

	"stemma/internal/edtf"
)

// Result is what is computed from a dataset.
type Result struct {
	PolicyVersion string
	Questions     []Question          // sorted by ID
	Claims        []QuestionClaim     // sorted by question, key and derivation
	Sensitivity   []Sensitivity       // by tolerance, then ratio
	Measures      []MeasureStatistics // sorted by measure
	// QuestionOf gives the question that an authored claim answers; retired
	// claims have none.
	QuestionOf map[string]string
}

// The value classes, in the order in which they are tried.
const (
	ClassNoValue       = "no_value"
	ClassUncontested   = "uncontested"
	ClassNotComparable = "not_comparable"
	ClassConflicting   = "conflicting"
	ClassCorroborated  = "corroborated"
	ClassCompatible    = "compatible"
)

// The agreement classes are the value classes and these two.
const (
	ClassDenied     = "denied"
	ClassDeniedOnly = "denied_only"
)

// ValueClasses lists the value classes in the order of the tables.
var ValueClasses = [...]string{ClassNoValue, ClassUncontested, ClassNotComparable, ClassConflicting, ClassCorroborated, ClassCompatible}

// Parts are what makes a question; an empty part is not asked for.
type Parts struct {
	Measure, Subject, Object, Place, Event, Population, Modality string
	Period                                                       string // a calendar bucket in EDTF, or Undated; empty for measures without a period
}

// Undated is the period of claims that have no latest day.
const Undated = "undated"

// Bound is one end of an interval, in the measure's unit. A nil Value is no end.
type Bound struct {
	Value     *big.Rat
	Inclusive bool
}

// Question is one row of the table disagreement.
type Question struct {
	ID string
	Parts

	Claims, Current, Superseded                          int
	Denying, NoComment, Entailed, Anonymous, AsOfDerived int // of the current claims
	Origins, Channels, Independent, IndependentStated    int
	Claimants, DenyingActors, ValuesAsserted             []string // sorted

	LowerMin, LowerMax, UpperMin, UpperMax Bound    // over origins
	BestMin, BestMedian, BestMax           *big.Rat // over stated numbers
	SpreadRatio, GapRatio, OverlapShare    *big.Rat

	ValueClass, ValueClassStated string
	Denied                       bool
	AgreementClass               string
	RenderingConflict            bool
	PrevID                       string
}

// The derivations of claims that nobody wrote down as claims.
const (
	DerivedParticipation = "participation"
	DerivedStatus        = "status"
	DerivedWhen          = "when"
	DerivedPlace         = "place"
	DerivedNoComment     = "no_comment"
	DerivedEntailment    = "entailment"
)

// Why a claim is not current.
const (
	NotCurrentRevised     = "revised"
	NotCurrentRetracted   = "retracted"
	NotCurrentNewer       = "newer"
	NotCurrentRescheduled = "rescheduled"
	NotCurrentBase        = "base"
)

// Where a claim's effective as-of comes from.
const (
	AsOfWritten   = "as_of"
	AsOfSaid      = "said_on"
	AsOfPublished = "published"
)

// QuestionClaim is one row of the table question_claims: one claim in one
// question.
type QuestionClaim struct {
	QuestionID string
	Key        string // the claim's id; for accounts the event's id, # and the pointer
	Derivation string // empty for authored claims
	RecordKind string // of the record that it leads back to: claim or event
	RecordID   string
	Pointer    string // into that record (RFC 6901)
	Source     string // the document that carries it
	Claimant   string // empty if there is none
	Label      string // the claimant as printed
	Origin     string
	Channels   []string // sorted
	Lower      Bound    // of its own interval
	Upper      Bound
	Value      string // as in ValuesAsserted; empty if it has none
	Stance     string
	Current    bool

	WhyNotCurrent, SupersededBy string
	AsOf                        edtf.Date // the zero Date has no ends
	AsOfFrom                    string    // empty if there is no date at all
}

// Sensitivity is one row of the table sensitivity: what another policy would
// change.
type Sensitivity struct {
	Tolerance, CorroborationRatio                                           string
	Questions, ValueClassChanged, AgreementClassChanged, StatedClassChanged int
	ByClass                                                                 [len(ValueClasses)]int
	Denied                                                                  int
}

// MeasureStatistics is one row of the table measure_statistics.
type MeasureStatistics struct {
	Measure, ValueType string
	Questions, Claims  int
	ByClass            [len(ValueClasses)]int
	Denied, DeniedOnly int
	AlphaApplies       bool
	Alpha              *big.Rat // nil if undefined
	AlphaQuestions     int
	AlphaValues        int
}
