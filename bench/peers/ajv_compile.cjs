// Compile the schema of claims to a module with ajv, and print ajv's version.
//
//     node ajv_compile.cjs SCHEMA_FOLDER OUT.cjs
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const Ajv = require("ajv/dist/2020").default;
const standalone = require("ajv/dist/standalone").default;
const addFormats = require("ajv-formats").default;

const [folder, out] = process.argv.slice(2);
const read = (name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"));

// The strict mode is about how schemas are written, not about what they accept;
// the keywords are stemma's own, and ajv leaves them aside.
const ajv = new Ajv({ strict: false, code: { source: true, optimize: true } });
ajv.addVocabulary(["x-ref", "x-message", "x-format"]);
addFormats(ajv);
ajv.addSchema(read("common.schema.json"), "common.schema.json");
ajv.addSchema(read("claim.schema.json"), "claim.schema.json");

const validate = ajv.getSchema("claim.schema.json");
if (validate({}) || validate({ id: 1 })) {
  throw new Error("the compiled validator accepts anything");
}
fs.writeFileSync(out, standalone(ajv, validate));
console.log(require("ajv/package.json").version);
