package diag

import "slices"

// Code names a kind of finding. Codes are stable: they are never renamed or
// used again for something else.
type Code string

// Rule is what the catalogue knows of a code.
type Rule struct {
	Code     Code
	Severity Severity
	Title    string // what the rule asks for, as a phrase
	Why      string // why it is asked for
}

// Reading JSON text.
const (
	JSONSyntax       Code = "json-syntax"
	JSONComment      Code = "json-comment"
	JSONNotANumber   Code = "json-not-a-number"
	JSONTrailing     Code = "json-trailing-data"
	JSONEmpty        Code = "json-empty"
	JSONDuplicateKey Code = "json-duplicate-key"
	JSONEncoding     Code = "json-encoding"
	JSONSurrogate    Code = "json-surrogate"
	JSONByteOrder    Code = "json-byte-order-mark"
	JSONDepth        Code = "json-depth"
	JSONSize         Code = "json-size"
	JSONNumberLimit  Code = "json-number-limit"
)

// Files and the dataset's configuration, with its policy.
const (
	FileNotRegular   Code = "file-not-regular"
	FileUnreadable   Code = "file-unreadable"
	FileName         Code = "file-name"
	FileSize         Code = "file-size"
	FileUnknown      Code = "file-unknown"
	FormatLayout     Code = "format-layout"
	DatasetFolder    Code = "dataset-folder"
	DatasetKind      Code = "dataset-kind"
	DatasetVersion   Code = "dataset-version"
	PolicyNumber     Code = "policy-number"
	PolicyHedge      Code = "policy-hedge"
	PolicyUnit       Code = "policy-unit"
	SchemaInvalid    Code = "schema-invalid"
	SchemaReference  Code = "schema-reference"
	SchemaPattern    Code = "schema-pattern"
	SchemaKeyword    Code = "schema-keyword"
	SchemaColumnName Code = "schema-column-name"
)

// A record against its schema.
const (
	ValueType      Code = "value-type"
	ValueChoice    Code = "value-choice"
	ValuePattern   Code = "value-pattern"
	ValueFormat    Code = "value-format"
	ValueLength    Code = "value-length"
	ValueRange     Code = "value-range"
	ValueItems     Code = "value-items"
	ValueVariant   Code = "value-variant"
	ValueForbidden Code = "value-forbidden"
	ValueRule      Code = "value-rule"
	PropMissing    Code = "property-missing"
	PropUnknown    Code = "property-unknown"
	DateInvalid    Code = "date-invalid"
	DecimalInvalid Code = "decimal-invalid"
	NumberFit      Code = "number-fit"
	TimestampFit   Code = "timestamp-fit"
)

// Records against each other.
const (
	IDMissing     Code = "id-missing"
	IDDuplicate   Code = "id-duplicate"
	IDFileName    Code = "id-file-name"
	IDPrefix      Code = "id-prefix"
	RefUnresolved Code = "ref-unresolved"
	RefKind       Code = "ref-kind"
	RefCycle      Code = "ref-cycle"
	RefWithdrawn  Code = "ref-withdrawn"
	RefMerged     Code = "ref-merged"
)

// The six kinds: what stemma's own model asks for beyond the schemas.
const (
	QuoteVerbatim     Code = "quote-verbatim"
	QuoteHedge        Code = "quote-hedge"
	QuoteNotInText    Code = "quote-not-in-text"
	HedgeUnknown      Code = "hedge-unknown"
	HedgeVerbatim     Code = "hedge-verbatim"
	HedgeWords        Code = "hedge-words"
	HedgeUnread       Code = "hedge-unread"
	HedgeMissing      Code = "hedge-missing"
	NumberDigits      Code = "number-digits"
	NumberUnread      Code = "number-unread"
	NumberAmbiguous   Code = "number-ambiguous"
	NumberOfRange     Code = "number-of-range"
	RangeReversed     Code = "range-reversed"
	ValueParts        Code = "value-parts"
	MeasureType       Code = "measure-type"
	MeasureUnit       Code = "measure-unit"
	UnitDimension     Code = "unit-dimension"
	MeasurePopulation Code = "measure-population"
	MeasureCategory   Code = "measure-category"
	MeasureDerived    Code = "measure-derived"
	QuestionEvent     Code = "question-event"
	ClaimantMissing   Code = "claimant-missing"
	ClaimSource       Code = "claim-source"
	SaidAfterPrint    Code = "said-after-publication"
	UtteranceClaimant Code = "utterance-claimant"
	RevisesClaimant   Code = "revises-claimant"
	DateBasis         Code = "date-basis"
	DateOrder         Code = "date-order"
	LineageDate       Code = "lineage-date"
	PlannedPast       Code = "planned-past"
	SourceUnarchived  Code = "source-unarchived"
	RecordUnused      Code = "record-unused"
	TextInvisible     Code = "text-invisible"
	RecordLookalike   Code = "record-lookalike"
)

// A release after others: what was published, and exceptions.
const (
	LedgerInvalid  Code = "ledger-invalid"
	IDVanished     Code = "id-vanished"
	IDKindChanged  Code = "id-kind-changed"
	IDReused       Code = "id-reused"
	IDReplaced     Code = "id-replaced"
	VersionStep    Code = "version-step"
	VersionOrder   Code = "version-order"
	ApprovalCode   Code = "approval-code"
	ApprovalUnused Code = "approval-unused"
	NotesUnused    Code = "notes-unused"
	NotesMarkup    Code = "notes-markup"
	HistoryDiffers Code = "history-differs"
)

// A release: building and verifying it.
const (
	ReleaseExists     Code = "release-exists"
	ReleaseName       Code = "release-name"
	ReleaseMissing    Code = "release-missing-file"
	ReleaseExtra      Code = "release-extra-file"
	ReleaseRenamed    Code = "release-renamed-file"
	ReleaseChanged    Code = "release-changed-file"
	ReleaseDigests    Code = "release-digests"
	ReleaseManifest   Code = "release-manifest"
	ReleaseTable      Code = "release-table"
	ReleaseRebuild    Code = "release-rebuild"
	ReleaseOutput     Code = "release-output-version"
	SecondReaderDiffs Code = "second-reader"
)

// A folder of releases, and what is derived from them.
const (
	ReleasesIndex     Code = "releases-index"
	ReleasesPage      Code = "releases-page"
	ReleasesOtherPage Code = "releases-other-page"
	ReleasesLedger    Code = "releases-ledger"
	ReleasesHistory   Code = "releases-history"
	ReleasesChangelog Code = "releases-changelog"
	ReleasesDelta     Code = "releases-delta"
	ReleasesExtra     Code = "releases-extra"
)

// The signature of a release.
const (
	SignatureMissing   Code = "signature-missing"
	SignatureRefused   Code = "signature-refused"
	SignaturePayload   Code = "signature-payload"
	SignatureStatement Code = "signature-statement"
	SignatureFiles     Code = "signature-files"
)

// Severity gives the severity that the catalogue lists for the code; a code
// that is not in the catalogue is an error, so that nothing slips through.
func (c Code) Severity() Severity {
	if r, ok := Lookup(c); ok {
		return r.Severity
	}
	return Error
}

// Lookup finds a code in the catalogue.
func Lookup(c Code) (Rule, bool) {
	i, ok := byCode[c]
	if !ok {
		return Rule{}, false
	}
	return catalogue[i], true
}

// Catalogue lists every code, in the order in which a run meets them.
func Catalogue() []Rule { return slices.Clone(catalogue) }

// Group is a part of the catalogue: rules that look at the same thing.
type Group struct {
	Title string
	Rules []Rule
}

// Groups gives the catalogue part by part, in its own order.
func Groups() []Group {
	out := slices.Clone(groups)
	for i := range out {
		out[i].Rules = slices.Clone(out[i].Rules)
	}
	return out
}

var catalogue = func() []Rule {
	var all []Rule
	for _, g := range groups {
		all = append(all, g.Rules...)
	}
	return all
}()

var byCode = func() map[Code]int {
	m := make(map[Code]int, len(catalogue))
	for i, r := range catalogue {
		m[r.Code] = i
	}
	return m
}()

var groups = []Group{
	{"Reading JSON text", []Rule{
		{JSONSyntax, Error, "a record is JSON text as RFC 8259 defines it", "Every reader must see the same value in the same bytes."},
		{JSONComment, Error, "a record has no comments", "JSON has none, and many readers stop at one; notes belong in coding.note."},
		{JSONNotANumber, Error, "NaN and Infinity are not values", "JSON has no such numbers; what is not known is null or a special value."},
		{JSONTrailing, Error, "a .json file holds one record, a .jsonl line one record", "A second value after the first would be ignored by many readers."},
		{JSONEmpty, Error, "a file is not empty", "An empty file is almost always a slip of the editor."},
		{JSONDuplicateKey, Error, "an object names each key once", "Readers disagree about which of two values counts."},
		{JSONEncoding, Error, "text is valid UTF-8", "Replaced bytes would change a name or a quote in silence."},
		{JSONSurrogate, Error, "surrogate escapes come in pairs", "Half a pair is no character and cannot be written as UTF-8."},
		{JSONByteOrder, Error, "a file does not begin with a byte order mark", "The mark is invisible, and many JSON readers refuse it."},
		{JSONDepth, Error, "values nest at most 128 deep", "Deeper nesting is never data; it exhausts readers."},
		{JSONSize, Error, "a record has at most 10 MiB", "A larger record is a file put in the wrong place."},
		{JSONNumberLimit, Error, "a number has at most 1,000 digits and an exponent within 400", "Exact arithmetic on larger numbers can be made to run for ever."},
	}},
	{"Files, configuration and policy", []Rule{
		{FileNotRegular, Error, "records and schemas are plain files", "A link or a device could lead out of the repository."},
		{FileUnreadable, Error, "every file can be read", "A file that cannot be read cannot be checked."},
		{FileName, Error, "file names are valid UTF-8 without control characters", "Other systems, and the release's archive, must be able to name the file."},
		{FileSize, Error, "a file has at most 1 GiB", "A larger file is split, so that it can be read in pieces."},
		{FileUnknown, Warning, "a record folder holds only .json and .jsonl files", "Any other file is not read, which its author may not expect."},
		{FormatLayout, Error, "files are in the canonical layout", "One layout keeps changes small and reviews short."},
		{DatasetFolder, Error, "every kind's folder exists", "A mistyped folder name would make an empty table."},
		{DatasetKind, Error, "kinds have names, folders and tables of their own", "Two kinds in one place could not be told apart."},
		{DatasetVersion, Error, "a release has a date, and a version between releases has none", "Every date in a release comes from dataset.json."},
		{PolicyNumber, Error, "the numbers of the policy lie within their limits", "A tolerance of one or a ratio below one would make every comparison meaningless."},
		{PolicyHedge, Error, "the policy gives each hedge one meaning, with the parts of its rule", "A hedge without a meaning has no interval, and one with two has no certain one."},
		{PolicyUnit, Error, "units have codes of their own and a base unit for each dimension", "Values are converted through the base unit, exactly."},
		{SchemaInvalid, Error, "schemas are valid JSON Schema", "An invalid schema checks something else than its author meant."},
		{SchemaReference, Error, "schemas refer to each other inside the schema folder", "A build never reads from the network or from outside the repository."},
		{SchemaPattern, Error, "patterns can be executed", "Patterns run in time linear in the text; look-around and back-references cannot."},
		{SchemaKeyword, Error, "stemma's own keywords are used as they are defined", "A mistyped keyword would check nothing."},
		{SchemaColumnName, Warning, "column and table names differ by more than case", "Many databases fold case; stemma then adds a number to the later name."},
	}},
	{"A record and its schema", []Rule{
		{ValueType, Error, "a value has the type that the schema names", "Each column holds one type."},
		{ValueChoice, Error, "a value is one of those that the schema lists", "Free variants of a word cannot be counted together."},
		{ValuePattern, Error, "a text matches its pattern", "Ids and codes are read by programs."},
		{ValueFormat, Error, "a text has its format", "Dates, addresses and codes are read by programs."},
		{ValueLength, Error, "a text has a length within its limits", "Quotes are short phrases, and names are not empty."},
		{ValueRange, Error, "a number lies within its limits", "A number outside them is a slip."},
		{ValueItems, Error, "a list or an object has as many different entries as its schema allows", "Empty or doubled entries say nothing."},
		{ValueVariant, Error, "a value fits one of the variants of its schema", "A value that fits none of them cannot be read."},
		{ValueForbidden, Error, "a value is not one that the schema forbids", "The schema rules it out here."},
		{ValueRule, Error, "a value keeps every other rule of its schema", "The schema asks for it."},
		{PropMissing, Error, "required properties are there", "The record cannot be understood without them."},
		{PropUnknown, Error, "a record has only properties that its schema knows", "A mistyped name would drop its value."},
		{DateInvalid, Error, "dates are valid EDTF", "An impossible or reversed date cannot be compared."},
		{DecimalInvalid, Error, "decimals are written as plain decimals", "They are read exactly."},
		{NumberFit, Error, "a number fits its column", "Nothing is rounded or cut in silence."},
		{TimestampFit, Error, "a time fits a column of microseconds", "Nothing is rounded or cut in silence."},
	}},
	{"Records and each other", []Rule{
		{IDMissing, Error, "every record has its id", "Other records and releases refer to it by its id."},
		{IDDuplicate, Error, "an id is used once", "A reference must lead to one record."},
		{IDFileName, Error, "a .json file is named after its record's id", "People find a record by its id."},
		{IDPrefix, Error, "an id begins with the prefix of its kind", "A reader sees from an id what it names."},
		{RefUnresolved, Error, "a reference leads to a record", "Joins would lose the row."},
		{RefKind, Error, "a reference leads to a record of the right kind", "A claim's source must be a source."},
		{RefCycle, Error, "lineage and hierarchies have no cycles", "Nothing can come from itself."},
		{RefWithdrawn, Warning, "references lead to records that are in use", "A withdrawn record is kept for old references only."},
		{RefMerged, Warning, "references lead to the record that stays, not to its duplicate", "Claims on a duplicate are easily missed."},
	}},
	{"The six kinds: quotes, values, claimants", []Rule{
		{QuoteVerbatim, Error, "the words of a value stand in the quote", "The quote is the evidence for the value."},
		{QuoteHedge, Error, "the words of a hedge stand in the quote", "The quote is the evidence for the hedge."},
		{QuoteNotInText, Error, "a quote stands in its source's text", "A quote that is not there was not said."},
		{HedgeUnknown, Error, "a hedge is one that the policy gives a meaning to", "Without a meaning there is no interval to compare."},
		{HedgeVerbatim, Warning, "a hedge has its printed words", "A reader must be able to check the hedge."},
		{HedgeWords, Warning, "a hedge is the one that the printed words say", "Another hedge is another interval."},
		{HedgeUnread, Warning, "the words of a hedge are understood", "A hedge that stemma cannot read is not checked."},
		{HedgeMissing, Warning, "a number that is printed with a hedge is coded with it", "Without its hedge a number claims more than was said."},
		{NumberDigits, Error, "a number is the one that was printed", "A mistyped digit changes the claim."},
		{NumberUnread, Warning, "the printed number is understood", "A number that stemma cannot read is not checked."},
		{NumberAmbiguous, Warning, "a number that can be read in several ways has its likeliest reading", "Another reader may take another number from the same words."},
		{NumberOfRange, Error, "a printed range is coded with both ends", "One end alone is another claim."},
		{RangeReversed, Error, "a range goes from low to high", "A reversed range admits nothing."},
		{ValueParts, Error, "a value has the parts of its type and no others", "A part of another type would be ignored."},
		{MeasureType, Error, "a value has its measure's type", "Values of one question must be comparable."},
		{MeasureUnit, Error, "a unit is known and fits its measure", "Values of one question must be comparable."},
		{UnitDimension, Warning, "a value can be converted into its measure's unit", "Values that cannot be converted are never compared."},
		{MeasurePopulation, Error, "a population is one of its measure's", "Fighters, and fighters with families, are different counts."},
		{MeasureCategory, Error, "a category is one of its measure's", "Free variants of a word cannot be counted together."},
		{MeasureDerived, Warning, "the measures on which accounts derive claims are there", "Without its measure the derived claim would not exist, and nobody would notice."},
		{QuestionEvent, Warning, "a claim about an event asks what the accounts of it answer", "A question with other parts never meets the accounts."},
		{ClaimantMissing, Error, "a claim names who makes it, where its attribution says that somebody does", "A claim by nobody cannot disagree with anybody."},
		{ClaimSource, Error, "a claim's source was at least partly seen", "Nothing is coded from a document that nobody read."},
		{SaidAfterPrint, Error, "nothing is said after its source was published", "One of the two dates is wrong."},
		{UtteranceClaimant, Warning, "the renderings of one utterance have one claimant", "Two people do not perform one act of speech."},
		{RevisesClaimant, Warning, "a claim revises one of the same claimant", "Nobody takes back what somebody else said; the revision would have no effect."},
		{DateBasis, Error, "an inferred part of a date names its basis", "A reader must be able to check the inference."},
		{DateOrder, Error, "a time of office begins before it ends", "One of the two dates is wrong."},
		{LineageDate, Warning, "a document is not published before what it was taken from", "One of the two dates, or the direction of the copying, is wrong."},
		{PlannedPast, Warning, "a planned event lies after the release", "Its outcome can be known by now."},
		{SourceUnarchived, Warning, "a source has an archived copy", "Pages vanish."},
		{RecordUnused, Warning, "actors, places and measures are used", "An unused record is often a mistyped reference elsewhere."},
		{TextInvisible, Warning, "texts have no invisible or direction-changing characters", "They make a text look like another one."},
		{RecordLookalike, Warning, "no two records name the same thing", "Two records for one actor split its claims."},
	}},
	{"A release after others", []Rule{
		{LedgerInvalid, Error, "the ledger is as stemma wrote it", "It is derived from the releases; one that was altered remembers nothing reliably."},
		{IDVanished, Error, "a published id keeps its record", "Whoever cited the record must still find it, or learn why it is out of use."},
		{IDKindChanged, Error, "a published id stays with its kind", "References and joins to it would lead to something else."},
		{IDReused, Error, "the id of a record that is out of use stays with it", "Whoever cited the old record would find another one."},
		{IDReplaced, Error, "a published id goes on naming the same thing", "Whoever cited the old record would find another one."},
		{VersionStep, Error, "a version takes the step that its changes call for", "Readers see from the number whether they must look at what changed."},
		{VersionOrder, Error, "a new version is above all that are published", "Versions form one chain: each says what changed since the one before."},
		{ApprovalCode, Error, "an approval is about a finding that can be approved", "All else is put right instead."},
		{ApprovalUnused, Error, "an approval allows something", "One that outlives its reason would hide the next fault."},
		{NotesUnused, Error, "notes about a release belong to a version that exists or is being made", "Nobody would ever read the others."},
		{NotesMarkup, Error, "notes are Markdown that fits into a changelog", "A heading or markup of theirs could pass for a part of the page around them."},
		{HistoryDiffers, Error, "the history of a dataset is the one that its releases tell", "It is derived; another one would say what never was."},
	}},
	{"A release", []Rule{
		{ReleaseExists, Error, "a published version never changes", "People cite it by its number."},
		{ReleaseName, Error, "a release folder holds plain files with plain names", "Anything else could lead out of the folder."},
		{ReleaseMissing, Error, "a release is complete", "Its checksums name the file."},
		{ReleaseExtra, Error, "a release holds nothing else", "A file without a checksum can be anything."},
		{ReleaseRenamed, Error, "the files of a release keep their names", "Its checksums name the file."},
		{ReleaseChanged, Error, "the files of a release keep their bytes", "Its checksums say so."},
		{ReleaseDigests, Error, "the digests of a release agree with each other", "Where two digests of one file differ, one of them was altered."},
		{ReleaseManifest, Error, "a release has a manifest that can be read", "It says what the release holds."},
		{ReleaseTable, Error, "a table holds what the manifest says", "Rows, columns or values were altered."},
		{ReleaseRebuild, Error, "a release rebuilds from its own sources to the same bytes", "What is released is what the records say."},
		{ReleaseOutput, Error, "a release is rebuilt by the stemma that writes its output version", "Another one writes other bytes for the same data."},
		{SecondReaderDiffs, Error, "a second, independent reader reads the same values", "A table that only its writer can read is not published."},
	}},
	{"A folder of releases", []Rule{
		{ReleasesIndex, Error, "the index is the one that follows from the releases", "Programs find the releases by it."},
		{ReleasesPage, Error, "the page is the one that follows from the releases", "People find the releases by it."},
		{ReleasesOtherPage, Error, "the page was written by this stemma", "Another one writes another page of the same releases, so that it cannot be compared; and a page that was forged can say that another one wrote it."},
		{ReleasesLedger, Error, "the ledger is the one that follows from the releases", "It says what became of each published id."},
		{ReleasesHistory, Error, "a release knows the releases before it as they are", "It holds their digests, so that one that was put in the place of another is noticed."},
		{ReleasesChangelog, Error, "a changelog goes on from the one before it", "It is computed from the releases."},
		{ReleasesDelta, Error, "there is a delta between each release and the next, and older release and delta are the newer one", "Whoever has the older release gets the newer one from it."},
		{ReleasesExtra, Warning, "a folder of releases holds nothing else", "Nothing vouches for it."},
	}},
	{"The signature of a release", []Rule{
		{SignatureMissing, Error, "a release that is verified with a key has a signature", "Without one, nothing says who made it."},
		{SignatureRefused, Error, "a signature is by a key that was given, over a statement of provenance", "Anything else was signed by somebody else, or altered."},
		{SignaturePayload, Error, "the statement that was signed is the one in the release, byte for byte", "Otherwise the signature is that of another release."},
		{SignatureStatement, Error, "a release that is signed has a statement of provenance", "The statement is what the signature is over: it names every file."},
		{SignatureFiles, Error, "the statement that was signed names the files of the release, and no others", "The signature vouches for no other file."},
	}},
}
