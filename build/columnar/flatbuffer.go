package columnar

import (
	"encoding/binary"
	"errors"
)

// flatTable is a table in a flatbuffer, every access checked: the fields of
// a vtable are numbered in the order of the definition.
type flatTable struct {
	buf []byte
	at  int
}

var errFlatbuffer = errors.New("the metadata is damaged")

func flatRoot(buf []byte) (flatTable, error) {
	t := flatTable{buf: buf}
	at, err := t.uint32(0)
	t.at = at
	return t, err
}

// uint32 reads an offset or length that must lie within the buffer.
func (t flatTable) uint32(at int) (int, error) {
	if at < 0 || at > len(t.buf)-4 {
		return 0, errFlatbuffer
	}
	v := binary.LittleEndian.Uint32(t.buf[at:])
	if int64(v) > int64(len(t.buf)) {
		return 0, errFlatbuffer
	}
	return int(v), nil
}

// field gives the place of a field, 0 when it is absent.
func (t flatTable) field(n int) (int, error) {
	if t.at < 0 || t.at > len(t.buf)-4 {
		return 0, errFlatbuffer
	}
	vtable := t.at - int(int32(binary.LittleEndian.Uint32(t.buf[t.at:])))
	if vtable < 0 || vtable > len(t.buf)-4 {
		return 0, errFlatbuffer
	}
	size := int(binary.LittleEndian.Uint16(t.buf[vtable:]))
	slot := 4 + 2*n
	if slot+2 > size {
		return 0, nil
	}
	if vtable+slot+2 > len(t.buf) {
		return 0, errFlatbuffer
	}
	offset := int(binary.LittleEndian.Uint16(t.buf[vtable+slot:]))
	if offset == 0 {
		return 0, nil
	}
	if t.at+offset >= len(t.buf) {
		return 0, errFlatbuffer
	}
	return t.at + offset, nil
}

func (t flatTable) byteAt(n int) (byte, error) {
	at, err := t.field(n)
	if err != nil || at == 0 {
		return 0, err
	}
	return t.buf[at], nil
}

func (t flatTable) int64At(n int) (int64, error) {
	at, err := t.field(n)
	if err != nil || at == 0 {
		return 0, err
	}
	if at > len(t.buf)-8 {
		return 0, errFlatbuffer
	}
	return int64(binary.LittleEndian.Uint64(t.buf[at:])), nil
}

func (t flatTable) table(n int) (flatTable, error) {
	at, err := t.field(n)
	if err != nil || at == 0 {
		return t, orElse(err, errFlatbuffer.Error())
	}
	offset, err := t.uint32(at)
	return flatTable{buf: t.buf, at: at + offset}, err
}

// vector gives the place and number of elements of a vector, 0 when absent.
func (t flatTable) vector(n, elementBytes int) (at, count int, err error) {
	at, err = t.field(n)
	if err != nil || at == 0 {
		return 0, 0, err
	}
	offset, err := t.uint32(at)
	if err != nil {
		return 0, 0, err
	}
	at += offset
	count, err = t.uint32(at)
	if err != nil || count > (len(t.buf)-at-4)/elementBytes {
		return 0, 0, orElse(err, errFlatbuffer.Error())
	}
	return at + 4, count, nil
}

// orElse gives err, or an error with the text when there is none.
func orElse(err error, text string) error {
	if err != nil {
		return err
	}
	return errors.New(text)
}
