package validate

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"stemma/internal/dataset"
	"stemma/internal/diag"
	"stemma/internal/model"
	"stemma/internal/strictjson"
)

// readPolicy reads the policy of a dataset, whose schema accepts it, and finds
// what the schema cannot say. There is no policy if there is none to rely on.
func readPolicy(snap *dataset.Snapshot) (*model.Policy, diag.List) {
	if snap.Policy == nil {
		return nil, nil
	}
	root, problems := strictjson.Parse(snap.Policy.Data)
	if len(problems) > 0 {
		return nil, nil // reported when the file was loaded
	}
	c := policyCheck{file: snap.Policy, root: root, Policy: model.DecodePolicy(root)}
	c.numbers()
	c.hedges()
	c.units()
	if len(c.list) > 0 {
		return nil, c.list
	}
	return c.Policy, nil
}

// policyCheck is the checking of one policy.
type policyCheck struct {
	*model.Policy
	file *dataset.File
	root *strictjson.Value
	list diag.List
}

func (c *policyCheck) find(code diag.Code, at model.Span, message, help string, related ...diag.Related) {
	d := c.file.Diagnose(c.root, strictjson.Problem{Code: code, Start: int(at.Start), End: int(at.End), Message: message, Help: help})
	d.Related = related
	c.list = append(c.list, d)
}

func (c *policyCheck) there(at model.Span, message string) diag.Related {
	return diag.Related{Place: diag.Place{File: c.file.Path, Span: c.file.Text().Span(int(at.Start), int(at.End))}, Message: message}
}

// numbers checks the limits between which the sums of the model make sense.
func (c *policyCheck) numbers() {
	one := big.NewRat(1, 1)
	for _, n := range []struct {
		text    model.Text
		name    string
		fits    func(*big.Rat) bool
		message string
	}{
		{c.Tolerance, "tolerance", func(r *big.Rat) bool { return r.Sign() >= 0 && r.Cmp(one) < 0 }, "write a share from 0 up to, but not including, 1, such as \"0.1\""},
		{c.RoundNumberShare, "round_number_share", func(r *big.Rat) bool { return r.Sign() >= 0 }, "write a share of 0 or more, such as \"0.5\""},
		{c.CorroborationRatio, "corroboration_ratio", func(r *big.Rat) bool { return r.Cmp(one) >= 0 }, "write a ratio of 1 or more, such as \"1.25\""},
	} {
		if r := exact(n.text); r != nil && !n.fits(r) {
			c.find(diag.PolicyNumber, n.text.Span, fmt.Sprintf("%s cannot be %s", n.name, n.text.Value), n.message)
		}
	}
}

// exact gives the value of a decimal or fraction; nil if it is not set.
func exact(t model.Text) *big.Rat {
	r, ok := new(big.Rat).SetString(t.Value)
	if !ok {
		return nil // the schema asks for one
	}
	return r
}

func (c *policyCheck) hedges() {
	tokens, words := map[string]model.Text{}, map[string]model.Text{}
	for i := range c.Hedges {
		h := &c.Hedges[i]
		c.once(diag.PolicyHedge, tokens, h.Token.Value, h.Token, fmt.Sprintf("the hedge %q has two entries", h.Token.Value), "make one entry of them")
		for _, w := range h.Words {
			if strings.TrimSpace(w.Value) == "" {
				c.find(diag.PolicyHedge, w.Span, "this is no word", "write a word or a phrase, or leave the entry out")
				continue
			}
			c.once(diag.PolicyHedge, words, foldName(w.Value), w, fmt.Sprintf("%q is listed twice", w.Value), "keep it with the hedge that it means")
		}
		c.hedgeParts(h)
	}
	var missing []string
	for _, token := range model.HedgeTokens() {
		if _, ok := tokens[token]; !ok {
			missing = append(missing, fmt.Sprintf("%q", token))
		}
	}
	if len(missing) > 0 {
		c.find(diag.PolicyHedge, c.keyOf("hedges"), "the policy gives no meaning to "+strings.Join(missing, ", "), "add an entry with a rule for each")
	}
}

// once finds what a policy lists a second time.
func (c *policyCheck) once(code diag.Code, seen map[string]model.Text, key string, at model.Text, message, help string) {
	if first, ok := seen[key]; ok {
		c.find(code, at.Span, message, help, c.there(first.Span, "first here"))
		return
	}
	seen[key] = at
}

// keyOf gives the place of a property's name.
func (c *policyCheck) keyOf(name string) model.Span {
	for _, m := range c.root.Members {
		if m.Name == name {
			return model.Span{Start: m.NameStart, End: m.NameEnd}
		}
	}
	return model.Span{Start: c.root.Start, End: c.root.End}
}

// partsOfRule are the two ends that a rule must have.
var partsOfRule = map[string][]string{model.RuleAround: {"from", "to"}, model.RuleFixed: {"low", "high"}}

// hedgeParts: each rule has its parts and no others, and its ends are in order.
func (c *policyCheck) hedgeParts(h *model.Hedge) {
	ends := map[string]model.Text{"from": h.From, "to": h.To, "low": h.Low, "high": h.High}
	wanted := partsOfRule[h.Rule.Value]
	for _, name := range []string{"from", "to", "low", "high"} {
		switch isWanted := slices.Contains(wanted, name); {
		case isWanted && !ends[name].IsSet():
			c.find(diag.PolicyHedge, h.Rule.Span, fmt.Sprintf("the rule %s of %q has no %q", h.Rule.Value, h.Token.Value, name),
				fmt.Sprintf("add \"%s\" and \"%s\"", wanted[0], wanted[1]))
		case !isWanted && ends[name].IsSet():
			c.find(diag.PolicyHedge, ends[name].Span, fmt.Sprintf("the rule %s of %q has no use for %q", h.Rule.Value, h.Token.Value, name), "leave it out, or choose another rule")
		}
	}
	if len(wanted) == 2 {
		if a, b := exact(ends[wanted[0]]), exact(ends[wanted[1]]); a != nil && b != nil && a.Cmp(b) > 0 {
			c.find(diag.PolicyHedge, ends[wanted[0]].Span, fmt.Sprintf("%q, %s, lies above %q, %s", wanted[0], ends[wanted[0]].Value, wanted[1], ends[wanted[1]].Value), "exchange them")
		}
	}
	c.includesValue(h)
}

// includesValue: only an end of an interval can be left out of it.
func (c *policyCheck) includesValue(h *model.Hedge) {
	if !h.IncludesValueWritten.IsSet() {
		return
	}
	switch h.Rule.Value {
	case model.RuleAtOrAbove, model.RuleAtOrBelow:
		return
	case model.RuleAround:
		from, to := exact(h.From), exact(h.To)
		if !h.IncludesValue() && from != nil && to != nil && from.Sign() < 0 && to.Sign() > 0 {
			c.find(diag.PolicyHedge, h.IncludesValueWritten.Span, "the printed number lies inside the interval and cannot be left out of it", `write true, or end the interval there with "from" or "to" "0"`)
		}
	default:
		c.find(diag.PolicyHedge, h.IncludesValueWritten.Span, fmt.Sprintf("the rule %s of %q has no use for \"includes_value\"", h.Rule.Value, h.Token.Value), "leave it out, or choose another rule")
	}
}

func (c *policyCheck) units() {
	codes, dimensions, bases := map[string]model.Text{}, map[string]model.Text{}, map[string]bool{}
	var order []string
	for i := range c.Units {
		u := &c.Units[i]
		c.once(diag.PolicyUnit, codes, u.Code.Value, u.Code, fmt.Sprintf("the unit %q is listed twice", u.Code.Value), "give each a code of its own")
		factor := exact(u.Factor)
		switch {
		case factor == nil || factor.Sign() <= 0:
			c.find(diag.PolicyUnit, u.Factor.Span, fmt.Sprintf("%q is no positive number", u.Factor.Value), `write a decimal or a fraction, such as "0.3048" or "1/100"`)
		case factor.Cmp(big.NewRat(1, 1)) == 0:
			bases[u.Dimension.Value] = true
		}
		if _, ok := dimensions[u.Dimension.Value]; !ok {
			dimensions[u.Dimension.Value] = u.Dimension
			order = append(order, u.Dimension.Value)
		}
	}
	for _, d := range order {
		if !bases[d] {
			c.find(diag.PolicyUnit, dimensions[d].Span, fmt.Sprintf("the dimension %q has no base unit", d), `add the unit that the factors count, with "factor": "1"`)
		}
	}
}
