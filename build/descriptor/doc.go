// Package descriptor writes the documents that describe a release: to programs
// (Data Package, Croissant, citation file, SQL) and to people (readme, codebook,
// licence, dataset card).
//
// Every document is a pure function of one Description, so that no two of them
// can disagree, and equal descriptions give equal bytes. What comes from a
// dataset is text and nothing else: it is escaped for JSON, YAML, SQL, Markdown
// and the languages of the examples.
//
// It may import schema, whose column plan it describes, and of other people's packages a JSON
// codec.
package descriptor
