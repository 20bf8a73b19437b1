package model

// The kinds of records.
const (
	KindSource  = "source"
	KindActor   = "actor"
	KindPlace   = "place"
	KindMeasure = "measure"
	KindEvent   = "event"
	KindClaim   = "claim"
)

// How much of a source was seen.
const (
	AccessSeen         = "seen"
	AccessExcerptSeen  = "excerpt_seen"
	AccessCitedNotSeen = "cited_not_seen"
)

// How a document ties words to somebody.
const (
	Direct       = "direct"
	Indirect     = "indirect"
	Anonymous    = "anonymous"
	Editorial    = "editorial"
	Unattributed = "unattributed"
	Ambiguous    = "ambiguous"
)

// What a claimant does with a value.
const (
	Assert    = "assert"
	Deny      = "deny"
	NoComment = "no_comment"
	Retract   = "retract"
)

// In which sense something is said.
const (
	Actual      = "actual"
	Planned     = "planned" // also the status of an event
	Conditional = "conditional"
	Evaluative  = "evaluative"
	Normative   = "normative"
)

// The types of values and measures.
const (
	TypeQuantity = "quantity"
	TypeBoolean  = "boolean"
	TypeCategory = "category"
	TypeDate     = "date"
	TypePlace    = "place"
	TypeText     = "text"
)

// Special values (terms of Wikibase).
const (
	SomeValue = "some_value"
	NoValue   = "no_value"
)

// What became of an event; the first, planned, is among the modalities.
const (
	Held        = "held"
	Ongoing     = "ongoing"
	Occurred    = "occurred"
	Postponed   = "postponed"
	Rescheduled = "rescheduled"
	Cancelled   = "cancelled"
)

// Roles at an event that ask for being there.
const (
	RoleParticipant = "participant"
	RoleSpeaker     = "speaker"
	RoleVisitor     = "visitor"
)

// How far a participant came.
const (
	Invited  = "invited"
	Accepted = "accepted"
	Declined = "declined"
	Expected = "expected"
	Attended = "attended"
	Absent   = "absent"
)

// Relations between documents (terms of PROV-O). All but the last mean reuse.
const (
	WasQuotedFrom    = "was_quoted_from"
	WasDerivedFrom   = "was_derived_from"
	WasRevisionOf    = "was_revision_of"
	HadPrimarySource = "had_primary_source"
)

// Relations between events.
const (
	PartOf     = "part_of"
	Follows    = "follows"
	Concurrent = "concurrent"
)

// How a link is known.
const (
	Stated      = "stated"
	TextOverlap = "text_overlap"
	Judged      = "judged"
)

// How far a record has been checked.
const (
	Draft    = "draft"
	Reviewed = "reviewed"
)
