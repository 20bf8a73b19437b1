package columnar

import (
	"math"

	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/pqarrow"
)

// How rows are cut into batches. Each batch is one row group of the Parquet
// file and one record batch of the Arrow file. All three values shape the
// bytes of a release: changing one calls for a new output version.
const (
	// BatchRows is the number of rows at which a batch is full.
	BatchRows = 65_536
	// BatchBytes is the amount of data at which a batch is full although it
	// has fewer rows, so that memory stays bounded when strings are long. It is
	// counted from the cells alone (see Writer.EndRow), never from buffers,
	// whose growth may differ.
	BatchBytes = 64 << 20
	// MaxRowBytes is the most data that one row may hold.
	MaxRowBytes = 64 << 20
)

const (
	createdBy = "stemma"
	// arrowSchemaKey is where Parquet files keep the Arrow schema (a convention
	// of all Arrow implementations).
	arrowSchemaKey = "ARROW:schema"
	zstdLevel      = 3
	dataPageBytes  = 1 << 20
	writeBatch     = 1024
)

// parquetProperties pins every option of arrow-go's Parquet writer, so that no
// default of a later version changes the bytes of a release.
func parquetProperties() *parquet.WriterProperties {
	return parquet.NewWriterProperties(
		parquet.WithAllocator(memory.NewGoAllocator()),
		// Without this the version of arrow-go would stand in every file.
		parquet.WithCreatedBy(createdBy),
		// 2.6 has logical types; our types need nothing newer.
		parquet.WithVersion(parquet.V2_6),
		// V1 pages are what every reader reads; V2 would gain nothing here.
		parquet.WithDataPageVersion(parquet.DataPageV1),
		parquet.WithRootName("schema"),
		// The format gives the root no repetition; arrow-go's default,
		// "repeated", confuses readers that count levels from the root.
		parquet.WithRootRepetition(parquet.Repetitions.Required),
		// A dictionary that overflows makes arrow-go write encoding statistics
		// in the order of a map: bytes would differ between runs. A batch is
		// bounded by BatchBytes, so no column reaches this limit.
		parquet.WithDictionaryDefault(true),
		parquet.WithDictionaryPageSizeLimit(math.MaxInt64),
		parquet.WithEncoding(parquet.Encodings.Plain),
		// A given level makes arrow-go use a fresh encoder for every page, so a
		// page's bytes cannot depend on what was compressed before it.
		parquet.WithCompression(compress.Codecs.Zstd),
		parquet.WithCompressionLevel(zstdLevel),
		parquet.WithDataPageSize(dataPageBytes),
		// Page sizes are checked once per this many values.
		parquet.WithBatchSize(writeBatch),
		// A batch is never split: BatchRows is the largest there is.
		parquet.WithMaxRowGroupLength(BatchRows),
		parquet.WithStats(true),
		// Longer minima and maxima help no query and bloat the footer.
		parquet.WithMaxStatsSize(256),
		// There are no decimal columns; pinned all the same.
		parquet.WithStoreDecimalAsInteger(false),
		parquet.WithEncryptionProperties(nil),
	)
}

// arrowProperties pins how Arrow types become Parquet types.
func arrowProperties() pqarrow.ArrowWriterProperties {
	return pqarrow.NewArrowWriterProperties(
		pqarrow.WithAllocator(memory.NewGoAllocator()),
		// Descriptions of columns and the time zone travel in this copy of the
		// Arrow schema; Parquet itself has no place for them.
		pqarrow.WithStoreSchema(),
		// INT96 is deprecated and parquet-go gives it back as bytes.
		pqarrow.WithDeprecatedInt96Timestamps(false),
		pqarrow.WithTruncatedTimestamps(false),
	)
}
