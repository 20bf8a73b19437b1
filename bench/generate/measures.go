package generate

// measured is a measure, and how often claims are about it.
type measured struct {
	measure
	weight int // in relation to the others'
}

// measures lists what is claimed: the strengths and events that stemma's own
// dataset is about, with every type of value.
func measures() []measured {
	quantity := func(weight int, id, name, unit, temporality, period, rounding string) measured {
		return measured{measure{ID: id, Name: name, Description: name + ", as a number that a document prints.",
			ValueType: "quantity", Unit: unit, Temporality: temporality, Period: period, Rounding: rounding}, weight}
	}
	other := func(weight int, valueType, id, name, temporality, period string) measured {
		return measured{measure{ID: id, Name: name, Description: name + ", as a document has it.",
			ValueType: valueType, Temporality: temporality, Period: period}, weight}
	}
	strength := quantity(300, "msr-fighter-strength", "Fighter strength", "person", "stock", "P1Y", "rounded")
	strength.Populations = []named{{Code: "fighters", Name: "Fighters under arms"},
		{Code: "fighters_and_families", Name: "Fighters and their families", Includes: []string{"fighters"}}}
	strength.Entails = []entailed{{"msr-presence", "positive"}}
	formality := other(40, "category", "msr-meeting-formality", "Formality of a meeting", "event", "")
	formality.Categories = []named{{Code: "formal", Name: "Formal"}, {Code: "informal", Name: "Informal"}, {Code: "academic", Name: "Academic"}}
	status := other(40, "category", "msr-event-status", "Status of an event", "event", "P1D")
	for _, s := range statuses {
		status.Categories = append(status.Categories, named{Code: s, Name: "The event: " + s})
	}
	list := []measured{
		strength,
		quantity(120, "msr-attendance", "Attendance", "person", "event", "", "rounded"),
		quantity(120, "msr-deaths", "Deaths", "person", "flow", "P1M", "exact"),
		quantity(60, "msr-price-increase", "Increase of prices in per cent", "", "flow", "P1Y", "exact"),
		other(120, "boolean", "msr-presence", "Presence", "stock", "P1Y"),
		other(30, "boolean", "msr-has-commented", "Has commented", "event", ""),
		other(30, "boolean", "msr-agreement-reached", "Agreement reached", "event", ""),
		formality, status,
		other(30, "date", "msr-event-held-on", "Date on which an event was held", "event", ""),
		other(20, "date", "msr-event-scheduled-for", "Date for which an event is scheduled", "event", ""),
		other(30, "place", "msr-event-place", "Place of an event", "event", ""),
		other(60, "text", "msr-evaluation", "Evaluation", "", ""),
	}
	for _, part := range append([]string{"invited", "accepted", "attended"}, roles...) {
		list = append(list, other(5, "boolean", "msr-event-"+part, "Part in an event: "+part, "event", ""))
	}
	return list
}

var statuses = []string{"planned", "held", "ongoing", "occurred", "postponed", "rescheduled", "cancelled"}

var roles = []string{"organizer", "host", "participant", "speaker", "target", "visitor", "supporter"}
