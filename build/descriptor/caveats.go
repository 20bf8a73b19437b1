package descriptor

// madeBy says what stemma is, for readers who have nothing but the release.
const madeBy = "Made by stemma, output version %d: a program that checks records written by hand, turns them into these tables, and can make every byte of them again from `source.tar.zst`.\n"

// quotes says whose the words are that claims are coded from: the licence of a
// dataset cannot give what its makers do not have.
const quotes = "Short phrases are quoted from the sources, and remain those of their authors; the licence is for everything else."

// readFirst says how the tables of the model stemma are to be read. It stands in
// the release, because a release travels without the repository.
const readFirst = `
## Read this first

- **Who says what, not what is true.** A claim is what one document says that somebody says. No column says who is right: a corroborated number can be wrong, and an uncontested one usually is just unchecked.
- **Two classes.** ` + "`value_class`" + ` compares what is asserted. ` + "`agreement_class`" + ` puts denials in front of that: ` + "`denied`" + ` if somebody denies what another origin asserts. A question can be conflicting and denied; to find all conflicts, ask ` + "`value_class`" + `.
- **Some classes rest on a coder's judgement.** Which document was taken from which, and what a claimant relies on, is sometimes printed and sometimes judged (` + "`basis`" + ` says so). ` + "`value_class_stated`" + ` is the class without what was judged; where it is another one, look at the links.
- **Origin, channel, independent.** The origin is who stands behind a claim, the channel the document at the root of how it reached us. ` + "`n_independent`" + ` counts origins that have a channel of their own, and is an upper bound: a copy that nobody coded looks like a confirmation.
- **A denial is neither 0 nor null.** Its ` + "`stance`" + ` is ` + "`deny`" + ` and its value is what is denied. Look at ` + "`stance`" + ` before you count or average values.
- **As of when.** A claim is about its as-of date; where none is coded, the day on which it was said or first published stands in, and ` + "`as_of_from`" + ` says which. Numbers of different periods are different questions.
- **Numbers are read as intervals.** "Around 6,000" admits a range, whose width ` + "`policy.json`" + ` chooses; ` + "`sensitivity`" + ` shows what other choices would change.
- **Only what was coded.** People chose the sources, and some were seen in part or not at all (` + "`access`" + ` in the table of sources). Counting classes says more about the coding than about the world.
`
