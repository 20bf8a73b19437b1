package columnar

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"

	format "github.com/xitongsys/parquet-go/parquet"
)

// The contents of pages, as far as the length of anything depends on them.
// Format: Parquet format, "Encodings": Plain, RLE/bit-packing hybrid,
// dictionary encoding; "Data Pages" for the order of levels and values.

// scanDataPage checks a decompressed data page of version 1: repetition levels
// (of lists), definition levels, values. Dictionary holds so many values, or
// -1 when the column chunk has none.
func scanDataPage(data []byte, head *format.DataPageHeader, c leafColumn, dictionary int) error {
	n := int(head.NumValues)
	var err error
	if c.isList {
		if data, _, err = scanLevels(data, n, 1); err != nil {
			return fmt.Errorf("repetition levels: %w", err)
		}
	}
	data, present, err := scanLevels(data, n, c.maxDefinition())
	if err != nil {
		return fmt.Errorf("definition levels: %w", err)
	}
	if head.Encoding == format.Encoding_PLAIN {
		if c.physical == format.Type_BOOLEAN && present > maxPlainBooleans {
			return fmt.Errorf("it has %d booleans; the limit is %d", present, maxPlainBooleans)
		}
		return scanPlain(c.physical, data, present)
	}
	if dictionary < 0 {
		return errors.New("it refers to a dictionary, and there is none before it")
	}
	if err := scanIndices(data, present, dictionary); err != nil {
		return fmt.Errorf("dictionary indices: %w", err)
	}
	return nil
}

// scanLevels checks n levels from 0 to highest, which stand behind their
// length in bytes. It gives what follows them, and how many are highest.
func scanLevels(data []byte, n int, highest uint32) (rest []byte, present int, err error) {
	if len(data) < 4 {
		return nil, 0, errPageEnds
	}
	length := int64(binary.LittleEndian.Uint32(data))
	if length > int64(len(data)-4) {
		return nil, 0, fmt.Errorf("they declare %d bytes, the page has %d left", length, len(data)-4)
	}
	end := 4 + int(length)
	present, err = scanHybrid(data[4:end], bits.Len32(highest), n, highest)
	return data[end:], present, err
}

// scanIndices checks n dictionary indices, which stand behind their width.
func scanIndices(data []byte, n, dictionary int) error {
	if n == 0 && len(data) <= 1 {
		return nil // at most the width of nothing
	}
	if len(data) == 0 {
		return errPageEnds
	}
	width := int(data[0])
	if width > 32 {
		return fmt.Errorf("they are %d bits wide; the format allows 32", width)
	}
	if n > 0 && dictionary == 0 {
		return errors.New("the dictionary is empty")
	}
	_, err := scanHybrid(data[1:], width, n, uint32(max(dictionary-1, 0)))
	return err
}

// scanHybrid checks that the runs in data hold exactly n values, of width bits
// each and none above highest, and counts those that equal it. The last run may
// be padded to a multiple of 8 values, as the format says.
func scanHybrid(data []byte, width, n int, highest uint32) (atHighest int, err error) {
	for n > 0 {
		head, used := binary.Uvarint(data)
		if used <= 0 {
			return 0, errPageEnds
		}
		data = data[used:]
		// The lowest bit tells groups of 8 packed values from one repeated value.
		count, size, most := head>>1, (width+7)/8, uint64(n)
		packed := head&1 == 1
		if packed {
			most = uint64(n+7) / 8
		}
		if count == 0 || count > most {
			return 0, fmt.Errorf("a run of length %d (packed in eights: %t) where %d values are left", count, packed, n)
		}
		values := int(count)
		if packed {
			size = values * width
			values = min(8*values, n)
		}
		if size > len(data) {
			return 0, errPageEnds
		}
		top, found := uint32(0), 0
		if packed {
			top, found = scanPacked(data[:size], width, values, highest)
		} else if top = littleEndian(data[:size]); top == highest {
			found = values
		}
		if top > highest {
			return 0, fmt.Errorf("there is a %d; the highest possible is %d", top, highest)
		}
		atHighest += found
		n -= values
		data = data[size:]
	}
	if len(data) > 0 {
		return 0, fmt.Errorf("%d bytes follow the last of them", len(data))
	}
	return atHighest, nil
}

// scanPacked gives the largest of n bit-packed values and how many equal
// highest. The caller has checked that data holds them.
func scanPacked(data []byte, width, n int, highest uint32) (top uint32, atHighest int) {
	mask := uint64(1)<<width - 1
	bitsRead, have := uint64(0), 0
	for range n {
		for have < width {
			bitsRead |= uint64(data[0]) << have
			data = data[1:]
			have += 8
		}
		v := uint32(bitsRead & mask)
		bitsRead >>= width
		have -= width
		top = max(top, v)
		if v == highest {
			atHighest++
		}
	}
	return top, atHighest
}

func littleEndian(data []byte) (v uint32) {
	for i, b := range data {
		v |= uint32(b) << (8 * i)
	}
	return v
}

// scanPlain checks that data holds exactly n values one after another.
func scanPlain(physical format.Type, data []byte, n int) error {
	want := n
	switch physical {
	case format.Type_BYTE_ARRAY:
		return scanByteArrays(data, n)
	case format.Type_BOOLEAN:
		want = (n + 7) / 8
	case format.Type_INT32:
		want *= 4
	case format.Type_INT64, format.Type_DOUBLE:
		want *= 8
	default:
		return fmt.Errorf("stemma does not write the type %v", physical)
	}
	if len(data) != want {
		return fmt.Errorf("%d values of type %v take %d bytes, not %d", n, physical, want, len(data))
	}
	return nil
}

// scanByteArrays checks n byte arrays, each behind its length.
func scanByteArrays(data []byte, n int) error {
	for i := range n {
		if len(data) < 4 {
			return errPageEnds
		}
		length := int64(binary.LittleEndian.Uint32(data))
		if length > int64(len(data)-4) {
			return fmt.Errorf("value %d declares %d bytes, the page has %d left", i, length, len(data)-4)
		}
		data = data[4+length:]
	}
	if len(data) > 0 {
		return fmt.Errorf("%d bytes follow the last of %d values", len(data), n)
	}
	return nil
}

var errPageEnds = errors.New("the page ends within them")
