// Bench measures stemma on generated records, side by side with programs that
// people would otherwise use: DuckDB for the way from JSON to Parquet, and ajv
// for validation.
//
//	go run ./bench [-n N] [-layout both|jsonl|files] [-seed S] [-runs 3]
//	go run ./bench generate [-n N] [-layout jsonl|files] [-seed S] DIR
//
// The second form only writes a dataset. What the figures mean, and some of
// them, stand in docs/benchmarks.md.
//
// Exit status: 0 everything was measured, 1 something could not be, 2 usage,
// 3 the records could not be generated.
package main
