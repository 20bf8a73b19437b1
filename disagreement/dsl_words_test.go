package disagreement

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

type record map[string]any

func (r record) list(name string, entry any) {
	list, _ := r[name].([]any)
	r[name] = append(list, entry)
}

func (r record) defaults(kind string) {
	switch kind {
	case "src":
		if _, ok := r["published"]; !ok {
			r["published"] = dateOf("2025-06-01")
		}
		if r["published"] == "none" {
			delete(r, "published")
		}
	case "msr":
		if r["value_type"] == nil {
			r["value_type"] = "quantity"
		}
	case "clm":
		r.question()
		if r["attribution"] == nil {
			r["attribution"] = "direct"
		}
	}
}

func (r record) question() record {
	if r["question"] == nil {
		r["question"] = record{"measure": "msr-n"}
	}
	return r["question"].(record)
}

// common reads the words that all kinds share.
func common(r record, word string) {
	key, value, ok := strings.Cut(word, "=")
	if !ok {
		panic("what is " + word + "?")
	}
	switch key {
	case "merged":
		key = "merged_into"
	case "json": // anything else, as JSON
		var more record
		if err := json.Unmarshal([]byte(value), &more); err != nil {
			panic(word)
		}
		for k, v := range more {
			r[k] = v
		}
		return
	case "withdrawn":
	default:
		panic("what is " + word + "?")
	}
	r[key] = value
}

func dateOf(word string) any {
	if word == "none" {
		return word
	}
	edtf, reading, ok := strings.Cut(word, "@")
	if !ok {
		return record{"edtf": edtf}
	}
	return record{"edtf": edtf, "reading": reading}
}

func edgeOf(word string) record {
	e := record{"relation": "was_derived_from", "basis": "stated"}
	for i, part := range strings.Split(word, ":") {
		switch {
		case i == 0:
			e["source"] = part
		case part == "quoted":
			e["relation"] = "was_quoted_from"
		case part == "revision":
			e["relation"] = "was_revision_of"
		case part == "primary":
			e["relation"] = "had_primary_source"
		default:
			e["basis"] = part
		}
	}
	return e
}

func sourceWord(r record, word string) {
	key, value, _ := strings.Cut(word, "=")
	switch key {
	case "of":
		r.list("lineage", edgeOf(value))
	case "pub":
		r["publisher"] = value
	case "on":
		r["published"] = dateOf(value)
	default:
		common(r, word)
	}
}

func actorWord(r record, word string) {
	key, value, _ := strings.Cut(word, "=")
	if key != "for" {
		common(r, word)
		return
	}
	to, span, timed := strings.Cut(value, "@")
	entry := record{"actor": to}
	if timed {
		from, until, _ := strings.Cut(span, "/")
		if from != "" {
			entry["from"] = dateOf(from)
		}
		if until != "" {
			entry["to"] = dateOf(until)
		}
	}
	r.list("acts_for", entry)
}

func placeWord(r record, word string) {
	if value, ok := strings.CutPrefix(word, "in="); ok {
		r["within"] = value
		return
	}
	common(r, word)
}

func measureWord(r record, word string) {
	key, value, _ := strings.Cut(word, "=")
	switch {
	case strings.HasPrefix(word, "P"):
		r["period"] = word
	case word == "rounded":
		r["rounding"] = word
	case word == "signed":
		r["nonnegative"] = false
	case key == "unit":
		r["unit"] = value
	case key == "entails":
		r.list("entails", record{"measure": value, "condition": "positive"})
	case slices.Contains([]string{"quantity", "boolean", "category", "date", "place", "text"}, word):
		r["value_type"] = word
	default:
		common(r, word)
	}
}

// reportWord reads the words that claims and accounts share.
func reportWord(r record, word string) bool {
	key, value, _ := strings.Cut(word, "=")
	switch {
	case strings.HasPrefix(word, "src-"):
		r["source"] = word
	case strings.HasPrefix(word, "act-"):
		r["claimant"] = word
	case slices.Contains([]string{"anonymous", "editorial", "unattributed", "ambiguous", "indirect"}, word):
		r["attribution"] = word
	case key == "label":
		r["claimant_label"] = value
	case key == "said":
		r["said_on"] = dateOf(value)
	case key == "asof":
		r["as_of"] = dateOf(value)
	case key == "via":
		r.list("via", edgeOf(value))
	case key == "based":
		id, basis, judged := strings.Cut(value, ":")
		if !judged {
			basis = "stated"
		}
		name := map[bool]string{true: "claim", false: "source"}[strings.HasPrefix(id, "clm-")]
		r.list("based_on", record{name: id, "basis": basis})
	default:
		return false
	}
	return true
}

func eventWords(r record, words []string) {
	var account record
	for _, w := range words {
		key, value, _ := strings.Cut(w, "=")
		switch {
		case w == "|":
			account = record{"attribution": "direct"}
			r.list("accounts", account)
		case account == nil:
			common(r, w)
		case reportWord(account, w):
		case key == "status" || key == "place":
			account[key] = value
		case key == "when":
			account[key] = dateOf(value)
		case key == "who":
			account.list("participants", participantOf(value))
		default:
			panic("what is " + w + "?")
		}
	}
}

func participantOf(word string) record {
	p := record{}
	for i, part := range strings.Split(word, ":") {
		switch {
		case i == 0 && strings.HasPrefix(part, "act-"):
			p["actor"] = part
		case i == 0:
			p["group_label"] = part
		case i == 1:
			p["role"] = part
		case part == "deny":
			p["stance"] = part
		default:
			p["state"] = part
		}
	}
	return p
}

func claimWord(r record, word string) {
	key, value, _ := strings.Cut(word, "=")
	switch {
	case reportWord(r, word):
	case slices.Contains([]string{"msr", "sub", "obj", "plc", "evt", "pop"}, key):
		long := map[string]string{"msr": "measure", "sub": "subject", "obj": "object", "plc": "place", "evt": "event", "pop": "population"}
		r.question()[long[key]] = value
	case slices.Contains([]string{"deny", "no_comment", "retract", "assert"}, word):
		r["stance"] = word
	case slices.Contains([]string{"planned", "conditional", "evaluative", "normative", "actual"}, word):
		r["modality"] = word
	case key == "utt":
		r["utterance"] = value
	case key == "revises":
		r["revises"] = value
	default:
		if v := valueOf(word); v != nil {
			r["value"] = v
			return
		}
		common(r, word)
	}
}

func valueOf(word string) record {
	before, after, hasColon := strings.Cut(word, ":")
	switch {
	case before == "no_value" || before == "some_value":
		if !hasColon {
			after = "quantity"
		}
		return record{"type": after, "special": before}
	case word == "true" || word == "false":
		return record{"type": "boolean", "boolean": word == "true"}
	case word[0] == '=':
		return record{"type": "category", "category": word[1:]}
	case word[0] == '"':
		return record{"type": "text", "text": strings.Trim(word, `"`)}
	case hasColon && before == "date":
		return record{"type": "date", "date": dateOf(after)}
	case hasColon && before == "plc":
		return record{"type": "place", "place": after}
	}
	v := record{"type": "quantity"}
	if hasColon {
		v["hedge"], word = before, after
	}
	number, unit, hasUnit := strings.Cut(word, "~")
	if hasUnit {
		v["unit"] = unit
	}
	if low, high, isRange := strings.Cut(number, ".."); isRange {
		v["low"], v["high"] = json.Number(low), json.Number(high)
	} else if _, err := strconv.ParseFloat(number, 64); err == nil {
		v["number"] = json.Number(number)
	} else if number != "" || !hasColon {
		return nil
	}
	return v
}
