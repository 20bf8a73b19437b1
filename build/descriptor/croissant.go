package descriptor

import (
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// The JSON-LD of Croissant 1.0 (https://docs.mlcommons.org/croissant/docs/croissant-spec.html),
// in the order in which it is written.
type (
	croissant struct {
		Context       jsontext.Value `json:"@context"`
		Type          string         `json:"@type"`
		ConformsTo    string         `json:"conformsTo"`
		Name          string         `json:"name"`
		Description   string         `json:"description"`
		AlternateName string         `json:"alternateName,omitzero"`
		Version       string         `json:"version"`
		DatePublished string         `json:"datePublished,omitzero"`
		License       string         `json:"license"`
		URL           string         `json:"url"`
		Creator       []agent        `json:"creator"`
		Keywords      []string       `json:"keywords,omitempty"`
		InLanguage    string         `json:"inLanguage,omitzero"`
		CiteAs        string         `json:"citeAs"`
		IsLiveDataset bool           `json:"isLiveDataset"`
		Distribution  []fileObject   `json:"distribution"`
		RecordSet     []recordSet    `json:"recordSet"`
	}
	agent struct {
		Type string `json:"@type"`
		Name string `json:"name"`
		URL  string `json:"url,omitzero"`
	}
	fileObject struct {
		Type           string `json:"@type"`
		ID             string `json:"@id"`
		Name           string `json:"name"`
		Description    string `json:"description,omitzero"`
		ContentURL     string `json:"contentUrl"`
		ContentSize    string `json:"contentSize"`
		EncodingFormat string `json:"encodingFormat"`
		SHA256         string `json:"sha256"`
	}
	recordSet struct {
		Type        string           `json:"@type"`
		ID          string           `json:"@id"`
		Name        string           `json:"name"`
		Description string           `json:"description,omitzero"`
		Key         []node           `json:"key,omitempty"`
		Field       []croissantField `json:"field"`
	}
	croissantField struct {
		Type        string          `json:"@type"`
		ID          string          `json:"@id"`
		Name        string          `json:"name"`
		Description string          `json:"description,omitzero"`
		DataType    string          `json:"dataType"`
		Repeated    bool            `json:"repeated,omitzero"`
		Source      fieldSource     `json:"source"`
		References  fieldReferences `json:"references,omitzero"`
	}
	node struct {
		ID string `json:"@id"`
	}
	fieldSource struct {
		FileObject node         `json:"fileObject"`
		Extract    fieldExtract `json:"extract"`
	}
	fieldExtract struct {
		Column string `json:"column"`
	}
	fieldReferences struct {
		Field *node `json:"field"`
	}
)

// croissantContext is the context that version 1.0 prescribes; without all of
// its names readers complain or fail.
const croissantContext = `{"@language":"en","@vocab":"https://schema.org/","citeAs":"cr:citeAs","column":"cr:column",
"conformsTo":"dct:conformsTo","cr":"http://mlcommons.org/croissant/","rai":"http://mlcommons.org/croissant/RAI/",
"data":{"@id":"cr:data","@type":"@json"},"dataType":{"@id":"cr:dataType","@type":"@vocab"},"dct":"http://purl.org/dc/terms/",
"equivalentProperty":"cr:equivalentProperty","examples":{"@id":"cr:examples","@type":"@json"},"extract":"cr:extract",
"field":"cr:field","fileProperty":"cr:fileProperty","fileObject":"cr:fileObject","fileSet":"cr:fileSet","format":"cr:format",
"includes":"cr:includes","isLiveDataset":"cr:isLiveDataset","jsonPath":"cr:jsonPath","key":"cr:key","md5":"cr:md5",
"parentField":"cr:parentField","path":"cr:path","recordSet":"cr:recordSet","references":"cr:references","regex":"cr:regex",
"repeated":"cr:repeated","replace":"cr:replace","samplingRate":"cr:samplingRate","sc":"https://schema.org/",
"separator":"cr:separator","source":"cr:source","subField":"cr:subField","transform":"cr:transform"}`

var croissantTypes = map[string]string{
	typeText: "sc:Text", typeInteger: "sc:Integer", typeFloat: "sc:Float",
	typeBoolean: "sc:Boolean", typeDate: "sc:Date", typeTimestamp: "sc:DateTime",
}

// Croissant writes croissant.json: each table as a file and a record set. What
// the standard requires and dataset.json leaves out is filled with what is true:
// the address of a dataset that is nowhere is the folder that holds the file.
func Croissant(d *Description) ([]byte, error) {
	set := &d.Dataset
	c := croissant{
		Context: jsontext.Value(croissantContext), Type: "sc:Dataset", ConformsTo: "http://mlcommons.org/croissant/1.0",
		Name: set.title(), Description: set.Description, AlternateName: set.Name, Version: set.Version, DatePublished: set.ReleasedOn,
		License: set.Licence.URL, URL: set.URL, Keywords: set.Keywords, InLanguage: set.Language, CiteAs: set.cite(),
		Distribution: []fileObject{}, RecordSet: []recordSet{},
	}
	if c.Description == "" {
		c.Description = c.Name
	}
	if c.License == "" {
		c.License = "LICENSE"
	}
	if c.URL == "" {
		c.URL = "./"
	}
	for _, a := range set.creators() {
		c.Creator = append(c.Creator, agent{"sc:Organization", a.Name, a.URL})
	}
	for i := range d.Tables {
		t := &d.Tables[i]
		f := d.file(t.Parquet())
		c.Distribution = append(c.Distribution, fileObject{
			Type: "cr:FileObject", ID: t.fileID(), Name: t.Name + ".parquet", Description: t.Description, ContentURL: f.Path,
			ContentSize: strconv.FormatInt(f.Bytes, 10) + " B", EncodingFormat: "application/x-parquet", SHA256: f.SHA256,
		})
		c.RecordSet = append(c.RecordSet, d.recordSet(t))
	}
	return encodeJSON(c)
}

func (d *Description) recordSet(t *Table) recordSet {
	r := recordSet{Type: "cr:RecordSet", ID: t.Name, Name: t.Name, Description: t.Description}
	ids := t.fieldIDs()
	for _, name := range t.PrimaryKey {
		r.Key = append(r.Key, node{ids[name]})
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		scalar, list := c.item()
		f := croissantField{
			Type: "cr:Field", ID: ids[c.Name], Name: c.Name, Description: c.Description,
			DataType: croissantTypes[scalar], Repeated: list,
			Source: fieldSource{node{t.fileID()}, fieldExtract{c.Name}},
		}
		if key := t.foreignKey(c.Name); key != nil && !d.referred(t) && d.refers(t, key) && d.referred(d.table(key.Table)) {
			f.References.Field = &node{d.table(key.Table).fieldIDs()[key.References[0]]}
		}
		r.Field = append(r.Field, f)
	}
	return r
}

// refers tells whether a foreign key can be a reference in Croissant, which
// knows no keys of several columns. mlcroissant joins what refers to each other
// when it loads records: a table cannot be joined to itself, and a key that is
// not the other table's primary one could double rows.
func (d *Description) refers(t *Table, key *ForeignKey) bool {
	to := d.table(key.Table)
	return len(key.Columns) == 1 && to != t && slices.Equal(to.PrimaryKey, key.References)
}

// referred tells whether other tables may refer to a table. Such a table cannot
// itself refer to any: mlcroissant fails at chains of references. It is one if
// more keys lead to it than from it. All keys stand in datapackage.json.
func (d *Description) referred(t *Table) bool {
	balance := 0
	for i := range d.Tables {
		from := &d.Tables[i]
		for j := range from.ForeignKeys {
			key := &from.ForeignKeys[j]
			switch {
			case !d.refers(from, key):
			case key.Table == t.Name:
				balance++
			case from == t:
				balance--
			}
		}
	}
	return balance > 0
}

// fileID is an id that no field has: those contain a slash.
func (t *Table) fileID() string { return t.Name + ".parquet" }

// fieldIDs gives the ids of the columns. Readers take ids for references, which
// cannot hold blanks and most punctuation; what such characters make equal gets
// a number.
func (t *Table) fieldIDs() map[string]string {
	ids, used := map[string]string{}, map[string]bool{}
	for _, c := range t.Columns {
		plain := strings.Map(func(r rune) rune {
			if plainName(string(r)) {
				return r
			}
			return '_'
		}, c.Name)
		ids[c.Name] = t.Name + "/" + unusedName(used, plain)
	}
	return ids
}
