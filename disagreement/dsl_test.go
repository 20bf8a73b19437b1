package disagreement

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"stemma/internal/model"
	"stemma/internal/strictjson"
)

// The tests write datasets as lines: an id, then words. A word key=value sets a
// property, and several words are short for what records say most often:
//
//	act-envoy for=act-state@2020/2022    acts_for, from and to
//	src-copy of=src-root                 lineage; the edge words below
//	src-a pub=act-paper on=2025-06-01    publisher, published (2025-06-01 if none is given; on=none)
//	plc-b in=plc-a                       within
//	msr-n quantity P1Y rounded           value type, period, rounding; signed: nonnegative is false
//	msr-n entails=msr-b unit=hour
//	evt-x | src-a act-a status=held when=2025-08-20 place=plc-a who=act-b:host:invited:deny | …
//	clm-1 src-a act-a 6000 deny planned on=src-b utt=u1
//
// A claim's measure is msr-n if none is given (msr=…). Its value is a word: 6000,
// about:6000, 25..30, dozens:, 3~hour (a unit), true, =code, date:2025-08,
// date:2025-08@throughout, plc:plc-a, "text", no_value:date. Edges (of=, via=)
// are source[:quoted|primary|revision][:judged], evidence (based=) is an id
// with :judged if that is its basis.
//
// A line that begins with a space continues the one before.

const testPolicy = `{"version": "test", "tolerance": "0.1", "round_number_share": "0.5", "corroboration_ratio": "1.25",
"hedges": [
  {"token": "exact", "rule": "point"},
  {"token": "about", "rule": "around", "from": "-1", "to": "1", "includes_value": true},
  {"token": "estimated", "rule": "unhedged"},
  {"token": "nearly", "rule": "around", "from": "-1", "to": "0", "includes_value": false},
  {"token": "at_least", "rule": "at_or_above", "includes_value": true},
  {"token": "over", "rule": "at_or_above", "includes_value": false},
  {"token": "up_to", "rule": "at_or_below", "includes_value": true},
  {"token": "under", "rule": "at_or_below", "includes_value": false},
  {"token": "several", "rule": "fixed", "low": "3", "high": "9"},
  {"token": "dozens", "rule": "fixed", "low": "20", "high": "99"},
  {"token": "hundreds", "rule": "fixed", "low": "200", "high": "999"},
  {"token": "thousands", "rule": "fixed", "low": "2000", "high": "9999"}],
"units": [
  {"code": "second", "name": "s", "dimension": "time", "factor": "1"},
  {"code": "hour", "name": "h", "dimension": "time", "factor": "3600"},
  {"code": "day", "name": "d", "dimension": "time", "factor": "86400"},
  {"code": "tick", "name": "thirds of a second", "dimension": "time", "factor": "1/3"},
  {"code": "mile", "name": "mi", "dimension": "length", "factor": "1609.344"},
  {"code": "metre", "name": "m", "dimension": "length", "factor": "1"}]}`

// dataset reads the lines of a test into a dataset.
func dataset(lines ...string) Input {
	in := Input{Policy: decodePolicy(testPolicy)}
	var whole []string
	for _, line := range strings.Split(strings.Join(lines, "\n"), "\n") {
		switch {
		case strings.TrimSpace(line) == "":
		case strings.HasPrefix(line, " ") && len(whole) > 0:
			whole[len(whole)-1] += line
		default:
			whole = append(whole, line)
		}
	}
	for _, line := range whole {
		add(&in, line)
	}
	return in
}

// add adds the record of a line.
func add(in *Input, line string) {
	words := strings.Fields(line)
	r := record{"id": words[0]}
	kind, _, _ := strings.Cut(words[0], "-")
	read := map[string]func(record, string){"src": sourceWord, "act": actorWord, "plc": placeWord, "msr": measureWord, "clm": claimWord}[kind]
	if kind == "evt" {
		eventWords(r, words[1:])
	} else {
		for _, w := range words[1:] {
			read(r, w)
		}
	}
	r.defaults(kind)
	text, err := json.Marshal(r)
	if err != nil {
		panic(err)
	}
	v := parsed(string(text))
	switch kind {
	case "src":
		in.Sources = append(in.Sources, model.DecodeSource(v))
	case "act":
		in.Actors = append(in.Actors, model.DecodeActor(v))
	case "plc":
		in.Places = append(in.Places, model.DecodePlace(v))
	case "msr":
		in.Measures = append(in.Measures, model.DecodeMeasure(v))
	case "evt":
		in.Events = append(in.Events, model.DecodeEvent(v))
	case "clm":
		in.Claims = append(in.Claims, model.DecodeClaim(v))
	}
}

func parsed(text string) *strictjson.Value {
	v, problems := strictjson.Parse([]byte(text))
	if len(problems) > 0 {
		panic(fmt.Sprint(problems, text))
	}
	return v
}

func decodePolicy(text string) *model.Policy { return model.DecodePolicy(parsed(text)) }

// compute computes a dataset that must not fail.
func compute(t testing.TB, in Input) *Result {
	t.Helper()
	out, err := Compute(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// of finds the only question of a measure.
func (r *Result) of(t testing.TB, measure string) *Question {
	t.Helper()
	var found []*Question
	for i := range r.Questions {
		if r.Questions[i].Measure == measure {
			found = append(found, &r.Questions[i])
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d questions about %s, want 1: %v", len(found), measure, describe(r))
	}
	return found[0]
}

// claim finds the only row of a claim with a derivation.
func (r *Result) claim(t testing.TB, key, derivation string) *QuestionClaim {
	t.Helper()
	var found []*QuestionClaim
	for i := range r.Claims {
		if r.Claims[i].Key == key && r.Claims[i].Derivation == derivation {
			found = append(found, &r.Claims[i])
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d rows of %s (%s), want 1: %v", len(found), key, derivation, describe(r))
	}
	return found[0]
}

// describe writes every cell of a result.
func describe(r *Result) string {
	var b strings.Builder
	write := func(row []Cell) {
		for _, c := range row {
			if value := show(c.Value); value != "-" && value != "0" && value != "false" && value != "[]" {
				fmt.Fprintf(&b, " %s=%s", c.Name, value)
			}
		}
		b.WriteByte('\n')
	}
	for i := range r.Questions {
		write(r.Questions[i].Row(r.PolicyVersion))
	}
	for i := range r.Claims {
		c := &r.Claims[i]
		fmt.Fprintf(&b, "%s %s %q %q %q %q", c.RecordKind, c.RecordID, c.Source, c.Claimant, c.Label, c.Value)
		write(c.Row("file"))
	}
	for i := range r.Sensitivity {
		write(r.Sensitivity[i].Row(r.PolicyVersion))
	}
	for i := range r.Measures {
		write(r.Measures[i].Row(r.PolicyVersion))
	}
	return b.String()
}

func show(value any) string {
	switch v := value.(type) {
	case nil:
		return "-"
	case *big.Rat:
		return Exact(v)
	}
	return fmt.Sprint(value)
}

// showInterval writes an interval as in MODEL §2: "[5400, 6000)".
func showInterval(lower, upper Bound) string {
	text := "("
	if lower.Inclusive {
		text = "["
	}
	if lower.Value == nil {
		text += "−∞, "
	} else {
		text += Exact(lower.Value) + ", "
	}
	if upper.Value == nil {
		return text + "∞)"
	}
	text += Exact(upper.Value)
	if upper.Inclusive {
		return text + "]"
	}
	return text + ")"
}

// shuffled gives the same dataset with all records in another order.
func shuffled(in Input, rng *rand.Rand) Input {
	mix := func(n int, swap func(i, j int)) { rng.Shuffle(n, swap) }
	in.Sources, in.Actors, in.Places = slices.Clone(in.Sources), slices.Clone(in.Actors), slices.Clone(in.Places)
	in.Measures, in.Events, in.Claims = slices.Clone(in.Measures), slices.Clone(in.Events), slices.Clone(in.Claims)
	mix(len(in.Sources), func(i, j int) { in.Sources[i], in.Sources[j] = in.Sources[j], in.Sources[i] })
	mix(len(in.Actors), func(i, j int) { in.Actors[i], in.Actors[j] = in.Actors[j], in.Actors[i] })
	mix(len(in.Places), func(i, j int) { in.Places[i], in.Places[j] = in.Places[j], in.Places[i] })
	mix(len(in.Measures), func(i, j int) { in.Measures[i], in.Measures[j] = in.Measures[j], in.Measures[i] })
	mix(len(in.Events), func(i, j int) { in.Events[i], in.Events[j] = in.Events[j], in.Events[i] })
	mix(len(in.Claims), func(i, j int) { in.Claims[i], in.Claims[j] = in.Claims[j], in.Claims[i] })
	return in
}
