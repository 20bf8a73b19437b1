package numerals

import "math/big"

// smallWords are the words below one hundred.
var smallWords = map[string]int64{
	"zero": 0, "nought": 0, "nil": 0,
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
	"sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50,
	"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

// scaleWords multiply the number before them. Million and above are the short
// scale, lakh and crore the South Asian one, which English papers there use.
var scaleWords = map[string]int64{
	"dozen": 12, "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
	"lakh": 1e5, "lac": 1e5, "crore": 1e7,
	"dozens": 12, "hundreds": 100, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12,
	"lakhs": 1e5, "lacs": 1e5, "crores": 1e7,
}

// abbreviations are scales after digits only.
var abbreviations = map[string]int64{
	"k": 1e3, "mn": 1e6, "mln": 1e6, "mio": 1e6, "bn": 1e9, "tn": 1e12, "trn": 1e12, "cr": 1e7,
}

// maybeScales may be a scale or a unit of measurement (metres, bytes…).
var maybeScales = map[string]int64{"m": 1e6, "b": 1e9}

// unitsAfterDigits are letters directly after digits that change no value.
var unitsAfterDigits = set("st", "nd", "rd", "th", "km", "kg", "cm", "ft", "ha", "sq", "am", "pm", "pc", "pct", "yr", "yrs", "h", "hr", "hrs", "min", "mins")

// foreignScales are words for powers of ten in other languages, and English
// ones that are rare; a number before them is not the number that is meant.
var foreignScales = set(
	"score", "myriad", "quadrillion",
	"mil", "mille", "mila", "tausend", "hundert", "millionen", "milliarden", "milliard", "milliards", "millones", "milioni",
	"miljoen", "duizend", "cien", "cientos", "ciento", "ribu", "juta", "hazar",
	"тыс", "тысяча", "тысячи", "тысяч", "сто", "сотен", "млн", "миллион", "миллиона", "миллионов", "млрд",
	"صد", "هزار", "هزارو", "میلیون", "میلیارد", "زره", "لک", "ملیون", "مليون", "ملايين", "مليونا", "ألف", "الف", "ألفا", "آلاف", "الاف", "مائة", "مئة",
	"ہزار", "لاکھ", "کروڑ", "ملین", "हज़ार", "हजार", "लाख", "करोड़", "सौ",
	"十", "百", "千", "万", "萬", "亿", "億", "만", "천", "억", "백",
)

// fractionWords say a part of something, or a place in an order: neither is read.
var fractionWords = set("half", "halves", "third", "thirds", "quarter", "quarters", "fourth", "fourths", "fifth", "fifths",
	"sixth", "sixths", "seventh", "sevenths", "eighth", "eighths", "ninth", "ninths", "tenth", "tenths",
	"hundredth", "hundredths", "thousandth", "thousandths",
	"twice", "thrice", "double", "doubled", "triple", "tripled", "halved")

// impliedWords say a number without naming it; they matter only in a phrase
// that names none.
var impliedWords = set("no", "none", "nobody", "nothing", "single", "sole", "lone", "both", "pair", "couple", "duo", "trio", "quartet")

// vagueWords before a scale word make it an amount without a number.
var vagueWords = set("several", "few", "many", "some", "couple", "multiple", "various", "countless", "numerous")

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, word := range words {
		m[word] = true
	}
	return m
}

func rat(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

func times(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }

func plus(a, b *big.Rat) *big.Rat { return new(big.Rat).Add(a, b) }
