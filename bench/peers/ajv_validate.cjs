// Validate claims with a compiled validator, and print how many are good.
//
//     node ajv_validate.cjs VALIDATOR.cjs FOLDER
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const [validator, folder] = process.argv.slice(2);
const validate = require(validator);

let good = 0;
const check = (text) => {
  if (validate(JSON.parse(text))) good++;
};
for (const name of fs.readdirSync(folder)) {
  const text = fs.readFileSync(path.join(folder, name), "utf8");
  if (!name.endsWith(".jsonl")) {
    check(text);
    continue;
  }
  for (let at = 0, end; at < text.length; at = end + 1) {
    end = text.indexOf("\n", at);
    if (end < 0) end = text.length;
    check(text.slice(at, end));
  }
}
console.log(good);
