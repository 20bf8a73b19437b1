package columnar

import (
	"bytes"
	"encoding/binary"
	"errors"

	"github.com/apache/arrow/go/v17/parquet/metadata"
)

// parquetMagic starts and ends a Parquet file.
const parquetMagic = "PAR1"

// closeParquet ends the Parquet file. arrow-go v17 states in the statistics of
// every column chunk that it has 0 distinct values, which is false whenever it
// holds one; a planner that believed it would be misled. So its footer is
// caught, that statement taken out, and the rest written as it was.
func (w *Writer) closeParquet() error {
	var caught bytes.Buffer
	w.parquetSink.aside = &caught
	err := w.parquet.Close()
	w.parquetSink.aside = nil
	if err != nil {
		return err
	}
	const tail = 4 + len(parquetMagic)
	end := caught.Len() - tail
	if end < 0 {
		return errFooter
	}
	start := end - int(binary.LittleEndian.Uint32(caught.Bytes()[end:]))
	if start < 0 || string(caught.Bytes()[end+4:]) != parquetMagic {
		return errFooter
	}
	// What stands before the footer is the end of the last column.
	if _, err := w.parquetSink.Write(caught.Bytes()[:start]); err != nil {
		return err
	}
	meta, err := metadata.NewFileMetaData(caught.Bytes()[start:end], nil)
	if err != nil {
		return err
	}
	for _, group := range meta.RowGroups {
		for _, chunk := range group.Columns {
			if s := chunk.MetaData.Statistics; s != nil {
				s.DistinctCount = nil
			}
		}
	}
	length, err := meta.WriteTo(w.parquetSink, nil)
	if err != nil {
		return err
	}
	_, err = w.parquetSink.Write(append(binary.LittleEndian.AppendUint32(nil, uint32(length)), parquetMagic...))
	return err
}

var errFooter = errors.New("the Parquet writer did not end with a footer")
