"""An independent reading of the column plan: from schemas and records to expected tables.

Nothing here shares code with the tool under test. The package uses the standard
library only, so that the expectation does not depend on any of the readers either.
"""
