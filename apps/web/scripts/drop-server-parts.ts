import type { ESTree, Plugin } from "vite";

/** Properties of an endpoint that only the server and the API's description use. */
const SERVER_PARTS = new Set([
  ...["summary", "params", "query", "body", "limits", "problems", "never", "otherwise", "whose", "cache"],
  ...["bodySize", "bodyTime", "answerTime"],
]);

interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * Leaves the parts of the endpoints that only the server uses out of the built app: the pages need to know where an
 * endpoint is, and not what it answers. The schemas that are used nowhere else go as well. They would be several KiB of
 * every first load.
 */
export function dropServerParts(): Plugin {
  return {
    name: "drop-server-parts",
    apply: "build",
    transform: {
      filter: { id: /\/packages\/contract\/src\/[\w-]+\.ts(?:\?endpoints)?$/ },
      handler(code) {
        const program = this.parse(code, { lang: "ts" });
        return [...editsOf(program), ...editsOfSchemas(program)]
          .sort((one, other) => other.start - one.start)
          .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), code);
      },
    },
  };
}

/**
 * The edits that let the build drop a schema that no page uses: it does not know by itself that `.check()` and the
 * contract's own functions only make schemas.
 */
function editsOfSchemas({ body }: ESTree.Program): Edit[] {
  return body
    .map((statement) => (statement.type === "ExportNamedDeclaration" ? statement.declaration : statement))
    .flatMap((statement) => (statement?.type === "VariableDeclaration" ? statement.declarations : []))
    .flatMap(({ init }) => (init?.type === "CallExpression" ? [init] : []))
    .flatMap(({ start, end }) => [
      { start, end: start, text: "/* @__PURE__ */ (() => " },
      { start: end, end, text: ")()" },
    ]);
}

/** The edits inside of every call of `endpoint()`. */
function editsOf(node: unknown): Edit[] {
  if (Array.isArray(node)) return node.flatMap(editsOf);
  if (typeof node !== "object" || node === null) return [];
  const call = node as Partial<ESTree.CallExpression>;
  const [definition] = call.arguments ?? [];
  const isEndpoint =
    call.type === "CallExpression" && call.callee?.type === "Identifier" && call.callee.name === "endpoint";
  if (isEndpoint && definition?.type === "ObjectExpression") return definition.properties.flatMap(editsOfProperty);
  return Object.values(node).flatMap(editsOf);
}

function editsOfProperty(property: ESTree.ObjectPropertyKind): Edit[] {
  if (property.type !== "Property" || property.key.type !== "Identifier") return [];
  const { key, value, start, end } = property;
  // An empty value in place of the property leaves the commas alone.
  if (SERVER_PARTS.has(key.name)) return [{ start, end, text: "...null" }];
  if (key.name !== "success" || value.type !== "ObjectExpression") return [];
  return value.properties.flatMap((part) =>
    part.type === "Property" && part.key.type === "Identifier" && part.key.name === "body" && !isNull(part.value)
      ? [{ start: part.value.start, end: part.value.end, text: "{}" }]
      : [],
  );
}

/** `null` says that an answer has no body, which the pages have to know. */
function isNull(value: ESTree.Expression): boolean {
  return value.type === "Literal" && value.value === null;
}
