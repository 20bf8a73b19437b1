package show

import (
	"bufio"
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"

	"stemma/disagreement"
	"stemma/internal/diag"
	"stemma/internal/edtf"
	"stemma/internal/strictjson"
)

// JSONSchemaVersion is the version of the JSON form. It changes when a reader of
// the old form would misread the new one; new keys do not change it.
const JSONSchemaVersion = 1

// JSON writes the questions as one JSON object:
//
//	{"schema_version", "policy_version",
//	 "questions": [{…, "claims": [{…}]}],
//	 "sensitivity": [{…}], "measure_statistics": [{…}]}
//
// The keys and values are the columns and cells of the tables disagreement,
// question_claims, sensitivity and measure_statistics. The last two lists are
// about all questions, and are there only if all are. recordPath gives the file
// of a record.
func (s *Set) JSON(w io.Writer, recordPath func(kind, id string) string) error {
	j := &jsonWriter{Writer: bufio.NewWriter(w)}
	version := s.Result.PolicyVersion
	fmt.Fprintf(j, "{\n  \"schema_version\": %d,\n  \"policy_version\": ", JSONSchemaVersion)
	j.text(version)
	j.WriteString(",\n  \"questions\": [")
	for i, q := range s.questions {
		j.next(i, "    ")
		j.object(q.Row(version))
		j.WriteString(", \"claims\": [")
		for k := range q.claims {
			c := &q.claims[k]
			j.next(k, "      ")
			j.object(c.Row(recordPath(c.RecordKind, c.RecordID)))
			j.WriteByte('}')
		}
		j.WriteString("]}")
	}
	j.WriteString("]")
	if !s.partial {
		j.WriteString(",\n  \"sensitivity\": [")
		for i := range s.Result.Sensitivity {
			j.next(i, "    ")
			j.object(s.Result.Sensitivity[i].Row(version))
			j.WriteByte('}')
		}
		j.WriteString("],\n  \"measure_statistics\": [")
		for i := range s.Result.Measures {
			j.next(i, "    ")
			j.object(s.Result.Measures[i].Row(version))
			j.WriteByte('}')
		}
		j.WriteString("]")
	}
	j.WriteString("\n}\n")
	return j.Flush()
}

// jsonWriter writes parts of a JSON text. Errors are kept until Flush.
type jsonWriter struct{ *bufio.Writer }

// next begins an entry of a list on a line of its own.
func (j *jsonWriter) next(i int, indent string) {
	if i > 0 {
		j.WriteByte(',')
	}
	j.WriteString("\n" + indent)
}

// object writes the cells of a row, without the closing brace.
func (j *jsonWriter) object(row []disagreement.Cell) {
	j.WriteByte('{')
	for i, c := range row {
		if i > 0 {
			j.WriteString(", ")
		}
		j.text(c.Name)
		j.WriteString(": ")
		r, isNumber := c.Value.(*big.Rat)
		if !isNumber && !isNumberColumn(c.Name) {
			j.value(c.Value)
			continue
		}
		exact := "null"
		if r == nil {
			j.WriteString("null")
		} else {
			exact = strconv.Quote(disagreement.Exact(r)) // digits, signs, a point or slash
			j.float(r)
		}
		j.WriteString(", ")
		j.text(c.Name + "_exact")
		j.WriteString(": " + exact)
	}
}

// isNumberColumn tells whether a column is a number of the schema, which has
// a second column for its exact form. Cells alone cannot say: null has no type.
func isNumberColumn(name string) bool {
	switch name {
	case "lower_min", "lower_max", "upper_min", "upper_max", "best_min", "best_median", "best_max",
		"spread_ratio", "gap_ratio", "overlap_share", "lower", "upper", "alpha":
		return true
	}
	return false
}

func (j *jsonWriter) float(r *big.Rat) {
	f, ok := disagreement.Nearest(r)
	if !ok {
		j.WriteString("null")
		return
	}
	j.WriteString(strconv.FormatFloat(f, 'g', -1, 64))
}

func (j *jsonWriter) value(value any) {
	switch v := value.(type) {
	case nil:
		j.WriteString("null")
	case string:
		j.text(v)
	case int:
		j.WriteString(strconv.Itoa(v))
	case bool:
		j.WriteString(strconv.FormatBool(v))
	case edtf.Day:
		j.text(v.String())
	case []string:
		j.WriteByte('[')
		for i, s := range v {
			if i > 0 {
				j.WriteString(", ")
			}
			j.text(s)
		}
		j.WriteByte(']')
	default:
		panic(fmt.Sprintf("show: a cell of the type %T", value)) // a new type in disagreement.Cell
	}
}

func (j *jsonWriter) text(s string) {
	s = strings.ToValidUTF8(s, "\uFFFD")
	j.Write(diag.EscapeJSON(strictjson.AppendCanonical(nil, &strictjson.Value{Kind: strictjson.String, Text: s})))
}
