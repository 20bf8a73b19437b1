package validate

import (
	"fmt"
	"slices"
	"strings"

	"stemma/internal/diag"
	"stemma/internal/model"
)

// checkValueParts finds what is missing in a value and what does not belong
// there, and says all of it in one finding.
func checkValueParts(c *check, m *model.Claim) {
	v := m.Value
	switch stance := m.Stance(); {
	case stance == model.NoComment && v != nil:
		c.find(diag.ValueParts, v.Span, "who gives no comment gives no value", `leave the value out, or write "stance": "assert"`)
		return
	case v == nil && (stance == model.Assert || stance == model.Deny):
		at := m.ID.Span
		if m.StanceWritten.IsSet() {
			at = m.StanceWritten.Span
		}
		help := `add the value; for silence write "stance": "no_comment"`
		if stance == model.Deny {
			help = "add as value the statement that is denied"
		}
		c.find(diag.ValueParts, at, "this claim has no value", help)
		return
	case v == nil:
		return
	}
	missing, extra, help := c.partsOf(v)
	if missing == "" && len(extra) == 0 {
		return
	}
	at, message := v.Type.Span, ""
	if len(extra) > 0 {
		at = extra[0].span
		verb := "does"
		if len(extra) > 1 {
			verb = "do"
		}
		message = fmt.Sprintf("%s %s not belong to this %s", names(extra), verb, valueWords[v.Type.Value])
		if v.Special.IsSet() {
			message = fmt.Sprintf("%s %s not go with %q", names(extra), verb, v.Special.Value)
		}
		if missing != "" {
			message += ", and "
		}
	}
	if missing != "" {
		message += fmt.Sprintf("this %s has no %s", valueWords[v.Type.Value], missing)
	}
	c.find(diag.ValueParts, at, message, help)
}

var valueWords = map[string]string{
	model.TypeQuantity: "quantity", model.TypeBoolean: "boolean value", model.TypeCategory: "category value",
	model.TypeDate: "date value", model.TypePlace: "place value", model.TypeText: "text value",
}

// valuePart is a part of a value that is filled in.
type valuePart struct {
	name string
	span model.Span
}

// partsOf gives the name of the missing part, the superfluous ones, and a way out.
func (c *check) partsOf(v *model.Value) (missing string, extra []valuePart, help string) {
	var date model.Span
	if v.Date != nil {
		date = v.Date.Span
	}
	all := []valuePart{
		{"hedge", v.Hedge.Span}, {"hedge_verbatim", v.HedgeVerbatim.Span}, {"number", v.Number.Span}, {"low", v.Low.Span},
		{"high", v.High.Span}, {"unit", v.Unit.Span}, {model.TypeBoolean, v.Boolean.Span}, {model.TypeCategory, v.Category.Span},
		{model.TypeDate, date}, {model.TypePlace, v.Place.Span}, {model.TypeText, v.Text.Span},
	}
	var wanted []string
	switch {
	case v.Special.IsSet():
		help = `give "special" and no other part`
	case v.Type.Value == model.TypeQuantity:
		missing, wanted, help = c.quantityParts(v)
	default:
		wanted = []string{v.Type.Value}
		help = fmt.Sprintf("give %q and no other part", v.Type.Value)
	}
	for _, p := range all {
		isWanted := slices.Contains(wanted, p.name)
		switch {
		case p.span.IsSet() && !isWanted:
			extra = append(extra, p)
		case !p.span.IsSet() && isWanted && v.Type.Value != model.TypeQuantity:
			missing = fmt.Sprintf("%q", p.name)
		}
	}
	return missing, extra, help
}

// quantityParts says which parts a quantity may have, and which it lacks. What
// a hedge goes with follows from its rule in the policy: words such as "dozens"
// replace the number, and "at least" has one number by itself.
func (c *check) quantityParts(v *model.Value) (missing string, allowed []string, help string) {
	allowed = []string{"hedge", "hedge_verbatim", "unit"}
	if v.HedgeVerbatim.IsSet() && !v.Hedge.IsSet() {
		missing, help = `"hedge"`, fmt.Sprintf("say in \"hedge\" which kind of hedge %q is, such as about", v.HedgeVerbatim.Value)
	}
	rule := ""
	if h := c.policy.Hedge(v.Hedge.Value); h != nil {
		rule = h.Rule.Value
	}
	isRange := v.Low.IsSet() || v.High.IsSet()
	switch {
	case rule == model.RuleFixed:
		return missing, allowed, orHelp(help, fmt.Sprintf("the hedge %q stands for a number: leave the number out, or choose another hedge", v.Hedge.Value))
	case isRange && (rule == model.RuleAtOrAbove || rule == model.RuleAtOrBelow):
		if !v.Number.IsSet() {
			missing = `"number"`
		}
		return missing, append(allowed, "number"), fmt.Sprintf("the hedge %q has one bound: give it as \"number\"", v.Hedge.Value)
	case isRange && !v.Number.IsSet():
		if !v.Low.IsSet() {
			missing = `"low"`
		} else if !v.High.IsSet() {
			missing = `"high"`
		}
		return missing, append(allowed, "low", "high"), orHelp(help, `a printed range has both "low" and "high"; a single number is "number"`)
	}
	if !v.Number.IsSet() {
		missing, help = `"number"`, `give "number", or "low" and "high" for a printed range, or "special" where no number is said`
	}
	return missing, append(allowed, "number"), orHelp(help, `give either "number", or "low" and "high" for a printed range`)
}

func orHelp(help, other string) string {
	if help != "" {
		return help
	}
	return other
}

func names(parts []valuePart) string {
	quoted := make([]string, len(parts))
	for i, p := range parts {
		quoted[i] = fmt.Sprintf("%q", p.name)
	}
	last := len(quoted) - 1
	if last == 0 {
		return quoted[0]
	}
	return strings.Join(quoted[:last], ", ") + " and " + quoted[last]
}
