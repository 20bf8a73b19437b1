package strictjson

import (
	"encoding/json"
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"
)

// The first group are vectors of RFC 8785 (3.2.2, 3.2.3, appendix B) on which
// exact decimals and doubles agree; the second are the exception.
func TestCanonicalVectors(t *testing.T) {
	tests := []struct{ in, want string }{
		{`{"numbers":[1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
			`{"literals":[null,true,false],"numbers":[1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`},
		{`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`,
			`{"\r":"Carriage Return","1":"One","` + "\u0080" + `":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","` + "\ufb33" + `":"Hebrew Letter Dalet With Dagesh"}`},
		{"-0", "0"}, {"0.0", "0"}, {"-0e5", "0"}, {"9007199254740992", "9007199254740992"}, {"-9007199254740992", "-9007199254740992"},
		{"295147905179352830000", "295147905179352830000"}, {"9.999999999999997e22", "9.999999999999997e+22"}, {"1e23", "1e+23"},
		{"999999999999999700000", "999999999999999700000"}, {"999999999999999900000", "999999999999999900000"}, {"1e21", "1e+21"},
		{"9.999999999999997e-7", "9.999999999999997e-7"}, {"0.000001", "0.000001"}, {"333333333.3333332", "333333333.3333332"},
		{"5e-324", "5e-324"}, {"1.7976931348623157e308", "1.7976931348623157e+308"}, {"\"\\u007f\\b\\t\\f\"", "\"\u007f\\b\\t\\f\""},

		{"9007199254740993", "9007199254740993"}, {"333333333.33333329", "333333333.33333329"}, {"1e400", "1e+400"},
		{"0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"}, {"100000000000000000000000001", "1.00000000000000000000000001e+26"},
		{"1.50", "1.5"}, {"100e-2", "1"}, {"0.00012e4", "1.2"}, {"-12.0e1", "-120"},
	}
	for _, tt := range tests {
		v, problems := Parse([]byte(tt.in))
		if problems != nil {
			t.Fatalf("%s: %+v", tt.in, problems)
		}
		if got := string(AppendCanonical(nil, v)); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.in, got, tt.want)
		}
	}
}

// Every double, written with its shortest digits, has the canonical form that
// ECMAScript gives it; encoding/json lays numbers out the same way within the
// range in which it uses no exponent of two digits.
func TestCanonicalNumberAgreesWithECMAScript(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		f := math.Float64frombits(rng.Uint64())
		if math.IsNaN(f) || math.IsInf(f, 0) {
			continue
		}
		want, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		if got := CanonicalNumber(strconv.FormatFloat(f, 'e', -1, 64)); got != string(want) {
			t.Fatalf("%g: got %s, want %s", f, got, want)
		}
	}
}

func TestCanonicalNumberKeepsTheValue(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 5000 {
		literal := strconv.FormatInt(rng.Int64()-rng.Int64(), 10) + "." + strconv.FormatUint(rng.Uint64(), 10) + "e" + strconv.Itoa(rng.IntN(800)-400)
		want, _ := new(big.Rat).SetString(literal)
		if got := Rat(CanonicalNumber(literal)); got.Cmp(want) != 0 {
			t.Fatalf("%s became %s", literal, CanonicalNumber(literal))
		}
	}
}

func TestInt64(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "-0": "0", "0e10": "0", "12": "12", "1.0": "1", "2e3": "2000", "-15e-1": "no", "1.5": "no", "20e-1": "2",
		"9223372036854775807": "9223372036854775807", "9223372036854775808": "no", "-9223372036854775808": "-9223372036854775808",
		"-9.223372036854775808e18": "-9223372036854775808", "1e19": "no", "1e400": "no",
	} {
		got := "no"
		if n, ok := Int64(in); ok {
			got = strconv.FormatInt(n, 10)
		}
		if got != want {
			t.Errorf("Int64(%s) = %s, want %s", in, got, want)
		}
	}
}
