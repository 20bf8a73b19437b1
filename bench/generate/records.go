package generate

import "encoding/json"

// The records, their properties in the order of the schemas. Numbers are
// literals, so that no float is between the choice and the text.

type coding struct {
	By     string `json:"by"`
	On     string `json:"on"`
	Status string `json:"status"`
	Note   string `json:"note,omitempty"`
}

type date struct {
	Verbatim string   `json:"verbatim,omitempty"`
	EDTF     string   `json:"edtf"`
	Reading  string   `json:"reading,omitempty"`
	Inferred []string `json:"inferred,omitempty"`
	Basis    string   `json:"basis,omitempty"`
}

type derivation struct {
	Source   string `json:"source"`
	Relation string `json:"relation"`
	Basis    string `json:"basis"`
}

type evidence struct {
	Source string `json:"source,omitempty"`
	Claim  string `json:"claim,omitempty"`
	Basis  string `json:"basis"`
}

type source struct {
	ID         string       `json:"id"`
	Type       string       `json:"type"`
	Title      string       `json:"title,omitempty"`
	Publisher  string       `json:"publisher,omitempty"`
	Author     string       `json:"author,omitempty"`
	Published  *date        `json:"published,omitempty"`
	Language   string       `json:"language,omitempty"`
	URL        string       `json:"url,omitempty"`
	ArchiveURL string       `json:"archive_url,omitempty"`
	Access     string       `json:"access"`
	AccessedOn string       `json:"accessed_on,omitempty"`
	TextSHA256 string       `json:"text_sha256,omitempty"`
	Lineage    []derivation `json:"lineage,omitempty"`
	Coding     coding       `json:"coding"`

	index int // among the sources, in the order of publication
	day   int // of publication
}

type actor struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Type    string    `json:"type"`
	Aliases []string  `json:"aliases,omitempty"`
	Place   string    `json:"place,omitempty"`
	Roles   []role    `json:"roles,omitempty"`
	ActsFor []actsFor `json:"acts_for,omitempty"`
	Coding  coding    `json:"coding"`
}

type role struct {
	Title string `json:"title"`
	Of    string `json:"of,omitempty"`
	From  *date  `json:"from,omitempty"`
}

type actsFor struct {
	Actor string `json:"actor"`
}

type place struct {
	ID     string      `json:"id"`
	Name   string      `json:"name"`
	Within string      `json:"within,omitempty"`
	Lat    json.Number `json:"lat,omitempty"`
	Lon    json.Number `json:"lon,omitempty"`
	Coding coding      `json:"coding"`
}

type named struct {
	Code     string   `json:"code"`
	Name     string   `json:"name"`
	Includes []string `json:"includes,omitempty"`
}

type entailed struct {
	Measure   string `json:"measure"`
	Condition string `json:"condition"`
}

type measure struct {
	ID          string     `json:"id"`
	Name        string     `json:"name"`
	Description string     `json:"description"`
	ValueType   string     `json:"value_type"`
	Unit        string     `json:"unit,omitempty"`
	Temporality string     `json:"temporality,omitempty"`
	Period      string     `json:"period,omitempty"`
	Rounding    string     `json:"rounding,omitempty"`
	Populations []named    `json:"populations,omitempty"`
	Categories  []named    `json:"categories,omitempty"`
	Entails     []entailed `json:"entails,omitempty"`
	Coding      coding     `json:"coding"`
}

type event struct {
	ID        string     `json:"id"`
	Type      string     `json:"type"`
	Label     string     `json:"label"`
	Topics    []string   `json:"topics,omitempty"`
	Relations []relation `json:"relations,omitempty"`
	Accounts  []account  `json:"accounts"`
	Coding    coding     `json:"coding"`
}

type relation struct {
	Type  string `json:"type"`
	Event string `json:"event"`
}

type account struct {
	Claimant       string        `json:"claimant,omitempty"`
	ClaimantLabel  string        `json:"claimant_label,omitempty"`
	Attribution    string        `json:"attribution"`
	Status         string        `json:"status"`
	When           *date         `json:"when,omitempty"`
	Place          string        `json:"place,omitempty"`
	PlacePrecision string        `json:"place_precision,omitempty"`
	Participants   []participant `json:"participants,omitempty"`
	Quote          string        `json:"quote"`
	Source         string        `json:"source"`
	Locator        string        `json:"locator"`
}

type participant struct {
	Actor      string `json:"actor,omitempty"`
	GroupLabel string `json:"group_label,omitempty"`
	Role       string `json:"role"`
	State      string `json:"state,omitempty"`
	Stance     string `json:"stance,omitempty"`
}

type claim struct {
	ID               string       `json:"id"`
	Claimant         string       `json:"claimant,omitempty"`
	ClaimantLabel    string       `json:"claimant_label,omitempty"`
	Attribution      string       `json:"attribution"`
	Stance           string       `json:"stance,omitempty"`
	Modality         string       `json:"modality,omitempty"`
	Question         question     `json:"question"`
	Value            *value       `json:"value,omitempty"`
	Quote            string       `json:"quote"`
	Source           string       `json:"source"`
	Locator          string       `json:"locator,omitempty"`
	AsOf             *date        `json:"as_of,omitempty"`
	SaidOn           *date        `json:"said_on,omitempty"`
	Utterance        string       `json:"utterance,omitempty"`
	Via              []derivation `json:"via,omitempty"`
	BasedOn          []evidence   `json:"based_on,omitempty"`
	Revises          string       `json:"revises,omitempty"`
	ReadingAmbiguous bool         `json:"reading_ambiguous,omitempty"`
	Coding           coding       `json:"coding"`
}

type question struct {
	Measure    string `json:"measure"`
	Subject    string `json:"subject,omitempty"`
	Object     string `json:"object,omitempty"`
	Place      string `json:"place,omitempty"`
	Event      string `json:"event,omitempty"`
	Population string `json:"population,omitempty"`
}

type value struct {
	Type          string      `json:"type"`
	Verbatim      string      `json:"verbatim"`
	Hedge         string      `json:"hedge,omitempty"`
	HedgeVerbatim string      `json:"hedge_verbatim,omitempty"`
	Number        json.Number `json:"number,omitempty"`
	Low           json.Number `json:"low,omitempty"`
	High          json.Number `json:"high,omitempty"`
	Boolean       *bool       `json:"boolean,omitempty"`
	Category      string      `json:"category,omitempty"`
	Date          *date       `json:"date,omitempty"`
	Place         string      `json:"place,omitempty"`
	Text          string      `json:"text,omitempty"`
	Special       string      `json:"special,omitempty"`
}
