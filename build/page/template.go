package page

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"

	"stemma/internal/wording"
)

//go:embed assets
var assets embed.FS

// Style and script are our own, and the only parts of the page that are trusted:
// constants of the program, let through by the digests in the page's policy.
var (
	styleText  = asset("assets/page.css")
	scriptText = asset("assets/page.js")
	// What the page of the releases has beyond the style of all pages.
	releasesStyle = asset("assets/releases.css")
	templates     = template.Must(template.New("").Funcs(template.FuncMap{
		"style":  func() template.CSS { return template.CSS(styleText) },
		"script": func() template.JS { return template.JS(scriptText) },
		"policy": func() string { return securityPolicy },

		"releases_style":  func() template.CSS { return template.CSS(styleText + releasesStyle) },
		"releases_policy": func() string { return releasesPolicy },
		"count":           wording.Count,
		"grouped":         func(n any) string { return wording.Grouped(fmt.Sprint(n)) }, // int or int64
		"words":           wording.Words,
		"icon":            func() template.URL { return icon },
		"half":            func(p place) place { return p / 2 },
		"add":             func(a, b int) int { return a + b },
	}).ParseFS(assets, "assets/*.html"))
)

// securityPolicy lets the page use its own style, script and icon, and nothing
// else: no frame, no form, no request (CSP Level 3).
var securityPolicy = "default-src 'none'; style-src '" + digest(styleText) + "'; script-src '" + digest(scriptText) +
	"'; img-src data:; base-uri 'none'; form-action 'none'"

// releasesPolicy is that of the page of the releases, which has no script.
var releasesPolicy = "default-src 'none'; style-src '" + digest(styleText+releasesStyle) + "'; img-src data:; base-uri 'none'; form-action 'none'"

// icon keeps browsers from asking the server for one.
const icon = template.URL("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M3 8h3m0 0c3 0 2-5 6-5M6 8c3 0 2 5 6 5' fill='none' stroke='%230f766e' stroke-width='2'/%3E%3Ccircle cx='3' cy='8' r='2.5' fill='%230f766e'/%3E%3Ccircle cx='13' cy='3' r='2' fill='%230f766e'/%3E%3Ccircle cx='13' cy='13' r='2' fill='%230f766e'/%3E%3C/svg%3E")

// digest is a source expression of the policy.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

func asset(name string) string {
	data, err := assets.ReadFile(name)
	if err != nil {
		panic(err) // it is embedded
	}
	return string(data)
}
