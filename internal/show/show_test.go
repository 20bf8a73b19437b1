package show

import (
	"bytes"
	"fmt"
	"testing"

	"stemma/internal/golden"
)

func TestText(t *testing.T) {
	s := fixture(t)
	for _, width := range []int{60, 80, 120} {
		for _, color := range []bool{false, true} {
			suffix := ""
			if color {
				suffix = "_color"
			}
			var list, pictures bytes.Buffer
			if err := s.List(&list, width, color); err != nil {
				t.Fatal(err)
			}
			if err := s.Draw(&pictures, width, color); err != nil {
				t.Fatal(err)
			}
			golden.Check(t, fmt.Sprintf("testdata/list_%d%s.txt", width, suffix), list.Bytes())
			golden.Check(t, fmt.Sprintf("testdata/pictures_%d%s.txt", width, suffix), pictures.Bytes())
		}
	}
}
