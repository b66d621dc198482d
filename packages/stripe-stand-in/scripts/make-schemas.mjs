// Makes the JSON Schemas of `schemas/` from the types of Stripe's SDK, at the version that is installed. They are kept in
// the repository, so that nothing else needs the compiler's API, which TypeScript 7 does not have. Run it with
// `pnpm --filter @yumroad/stripe-stand-in schemas` after an update of the SDK.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import Stripe from "stripe";

/** Objects within objects that are described; deeper ones may be any object. */
const DEPTH = 4;

const here = fileURLToPath(new URL(".", import.meta.url));
const folder = join(here, "../schemas");
// `npx --package` puts the folder of its programs on the path.
const ts = createRequire(join(process.env.PATH.split(delimiter)[0], "here"))("typescript");
const program = ts.createProgram([join(here, "entry.ts")], {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  strict: true,
  skipLibCheck: true,
  types: [],
});
const checker = program.getTypeChecker();
const entry = program.getSourceFile(join(here, "entry.ts"));

function schemaOf(type, depth, above) {
  const { TypeFlags, IndexKind, SymbolFlags } = ts;
  const is = (flag) => (type.flags & flag) !== 0;
  if (type.isUnion()) return schemaOfUnion(type, depth, above);
  if (is(TypeFlags.StringLiteral) || is(TypeFlags.NumberLiteral)) return { const: type.value };
  if (is(TypeFlags.String)) return { type: "string" };
  if (is(TypeFlags.Number)) return { type: "number" };
  if (is(TypeFlags.BooleanLiteral)) return { const: checker.typeToString(type) === "true" };
  if (is(TypeFlags.Null)) return { type: "null" };
  // A string that is open to later values: `string & Record<never, never>`.
  if (type.isIntersection() && type.types.some((part) => (part.flags & TypeFlags.String) !== 0))
    return { type: "string" };
  if (checker.isArrayType(type))
    return { type: "array", items: schemaOf(checker.getTypeArguments(type)[0], depth, above) };
  const index = checker.getIndexTypeOfType(type, IndexKind.String);
  const properties = checker.getPropertiesOfType(type).filter(({ name }) => name !== "lastResponse");
  if (properties.length === 0)
    return index ? { type: "object", additionalProperties: schemaOf(index, depth, above) } : {};
  if (depth === 0 || above.has(type)) return { type: "object" };
  const inside = new Set(above).add(type);
  return {
    type: "object",
    properties: Object.fromEntries(
      properties.map((property) => [
        property.name,
        schemaOf(checker.getTypeOfSymbolAtLocation(property, entry), depth - 1, inside),
      ]),
    ),
    required: properties.filter(({ flags }) => (flags & SymbolFlags.Optional) === 0).map(({ name }) => name),
    additionalProperties: index ? schemaOf(index, depth - 1, inside) : false,
  };
}

function schemaOfUnion(type, depth, above) {
  const parts = type.types.filter(({ flags }) => (flags & ts.TypeFlags.Undefined) === 0);
  // A reference to another object, which an answer can hold in full. Those have schemas of their own.
  if (parts.some((part) => (part.flags & ts.TypeFlags.String) !== 0) && parts.some((part) => part.getProperty("id")))
    return unionOf([
      { type: "string" },
      { type: "object" },
      ...(parts.some((part) => (part.flags & ts.TypeFlags.Null) !== 0) ? [{ type: "null" }] : []),
    ]);
  const literals = parts.filter((part) => part.isStringLiteral()).map(({ value }) => value);
  const others = parts.filter((part) => !part.isStringLiteral()).map((part) => schemaOf(part, depth, above));
  // A value that is open to later ones needs no list of today's.
  if (others.some((other) => other.type === "string")) return unionOf(others);
  return unionOf(literals.length > 0 ? [...others, { enum: literals }] : others);
}

function unionOf(schemas) {
  const distinct = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
  return distinct.length === 1 ? distinct[0] : { anyOf: distinct };
}

/** Makes one definition of each object that stands more than once. */
function withDefinitions(schema) {
  const counts = new Map();
  const isObject = (part) => part.properties !== undefined;
  const visit = (part, found) => {
    if (part === null || typeof part !== "object") return;
    if (isObject(part)) found(JSON.stringify(part));
    for (const inner of Object.values(part)) visit(inner, found);
  };
  visit(schema, (text) => counts.set(text, (counts.get(text) ?? 0) + 1));
  const names = new Map();
  const definitions = {};
  const replace = (part) => {
    if (part === null || typeof part !== "object") return part;
    if (Array.isArray(part)) return part.map(replace);
    const text = isObject(part) ? JSON.stringify(part) : null;
    const inner = () => Object.fromEntries(Object.entries(part).map(([name, value]) => [name, replace(value)]));
    if (text === null || counts.get(text) < 2) return inner();
    if (!names.has(text)) {
      const name = `d${names.size}`;
      names.set(text, name);
      definitions[name] = inner();
    }
    return { $ref: `#/$defs/${names.get(text)}` };
  };
  const replaced = replace(schema);
  return { ...replaced, ...(Object.keys(definitions).length > 0 ? { $defs: definitions } : {}) };
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const statement of entry.statements) {
  if (!ts.isTypeAliasDeclaration(statement)) continue;
  const { text: name } = statement.name;
  const schema = withDefinitions(schemaOf(checker.getTypeAtLocation(statement), DEPTH, new Set()));
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(schema)}\n`);
}
writeFileSync(join(folder, "version.json"), `${JSON.stringify({ api: Stripe.API_VERSION })}\n`);
