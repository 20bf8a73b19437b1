package descriptor

import (
	"fmt"
	"strings"
)

// questionTable is the computed table of datasets of the model stemma that
// readers should see first, and questionColumns are the columns shown of it.
const questionTable = "disagreement"

var questionColumns = []string{"measure", "subject", "event", "period", "value_class", "value_class_stated", "agreement_class", "n_origins", "n_channels", "n_independent"}

// example is a piece of code that loads a table.
type example struct{ title, language, code string }

// loading writes an example for each reader. They are run in the release folder.
func (d *Description) loading(b *strings.Builder) {
	if len(d.Tables) == 0 {
		return
	}
	b.WriteString("\n## Load\n\nRun these in the folder that holds this file, or write its path in front.\n")
	if d.asksQuestions() {
		b.WriteString("\nWhat is asked, and how the answers stand to each other, a row for each question:\n")
		write(b, questionExamples())
		if d.flat() == nil {
			return
		}
		fmt.Fprintf(b, "\nWho says what, a row for each claim, with names beside the ids; [CODEBOOK.md](CODEBOOK.md) describes the view %s:\n", code(FlatView))
		write(b, duckdb(FlatView))
		return
	}
	t := d.table("claims")
	if t == nil {
		t = &d.Tables[0]
	}
	relation := t.Name
	if d.flat() != nil {
		relation = FlatView
	}
	path := python(t.Parquet())
	write(b, []example{
		{pandas, "python", "import pandas as pd\n\ntable = pd.read_parquet(" + path + ", dtype_backend=\"pyarrow\")\nprint(table)"},
		{polars, "python", "import polars as pl\n\ntable = pl.read_parquet(" + path + ")\nprint(table)"},
		{arrowR, "r", "library(arrow)\n\ntable <- read_parquet(" + path + ")\nprint(table)"},
	})
	write(b, duckdb(relation))
}

// Titles of examples, with what has to be installed.
const (
	pandas = "pandas (`pip install pandas pyarrow`)"
	polars = "Polars (`pip install polars`)"
	arrowR = "R (`install.packages(\"arrow\")`)"
)

// asksQuestions tells whether there is the table of questions with all columns
// that are shown.
func (d *Description) asksQuestions() bool {
	t := d.table(questionTable)
	if !d.Dataset.Claims || t == nil {
		return false
	}
	for _, name := range questionColumns {
		if t.column(name) == nil {
			return false
		}
	}
	return true
}

func questionExamples() []example {
	path := python((&Table{Name: questionTable}).Parquet())
	var quoted []string
	for _, name := range questionColumns {
		quoted = append(quoted, python(name))
	}
	columns := "    " + strings.Join(quoted[:4], ", ") + ",\n    " + strings.Join(quoted[4:], ", ") + ",\n"
	return []example{
		{pandas, "python", "import pandas as pd\n\ncolumns = [\n" + columns + "]\nquestions = pd.read_parquet(" + path + ", columns=columns, dtype_backend=\"pyarrow\")\nprint(questions.sort_values(columns[:4]).to_string(index=False))"},
		{polars, "python", "import polars as pl\n\ncolumns = [\n" + columns + "]\nprint(pl.read_parquet(" + path + ", columns=columns).sort(columns[:4]))"},
		{arrowR, "r", "library(arrow)\n\ncolumns <- c(\n" + strings.TrimSuffix(columns, ",\n") + "\n)\nquestions <- as.data.frame(read_parquet(" + path + "))\nprint(questions[columns])"},
	}
}

// duckdb gives the examples that ask a relation of load.sql.
func duckdb(relation string) []example {
	query := "SELECT * FROM " + identifier(relation)
	return []example{
		{"DuckDB (`pip install duckdb`)", "python", "import duckdb\n\ndatabase = duckdb.connect()\ndatabase.execute(open(\"load.sql\", encoding=\"utf-8\").read())\nprint(database.sql(" + python(query) + "))"},
		{"DuckDB, its own program", "sh", "duckdb -init load.sql -c " + shell(query)},
	}
}

func write(b *strings.Builder, examples []example) {
	for _, s := range examples {
		fmt.Fprintf(b, "\n%s:\n\n```%s\n%s\n```\n", s.title, s.language, s.code)
	}
}
