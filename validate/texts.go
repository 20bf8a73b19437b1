package validate

// Texts are the texts of sources, found by their SHA-256.
type Texts struct{}
