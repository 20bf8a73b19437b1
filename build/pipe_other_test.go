//go:build !unix

package build

import "errors"

func makePipe(string) error { return errors.ErrUnsupported }
