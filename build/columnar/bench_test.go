package columnar

import "testing"

const benchRows = BatchRows

func BenchmarkWrite(b *testing.B) {
	for b.Loop() {
		write(b, allColumns(), benchRows, random(1))
	}
	b.ReportMetric(float64(b.N*benchRows)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkSecondRead(b *testing.B) {
	parquetPath, arrowPath, _ := write(b, allColumns(), benchRows, random(1))
	for b.Loop() {
		if _, err := SecondRead(parquetPath, arrowPath); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*benchRows)/b.Elapsed().Seconds(), "rows/s")
}
