package build

// changelog is filled in when the changelog is there.
func (v *releasesVerifier) changelog(*published) error { return nil }
