/** Forms of text that mean something to whoever reads it. What has none of them is words, and may be any. */
const FORMS: [name: string, form: RegExp][] = [
  ["a time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/],
  ["a UUID", /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
  ["an email address", /^[^\s@]+@[^\s@]+$/],
  ["a URL", /^[a-z][a-z0-9+.-]*:\/\//],
  ["a version", /^"\d+-[0-9a-f]{12}"$/],
  ["a digest", /^W\/"[\w-]{27}"$/],
  ["a shortened network address", /^(?:\d{1,3}\.){3}x$/],
  ["a recovery code", /^[0-9A-Z]{4}(?:-[0-9A-Z]{4}){5}$/],
  ["a secret in base32", /^[A-Z2-7]{32}$/],
  ["a slug", /^[a-z0-9]+(?:-[a-z0-9]+)*$/],
  ["a token", /^(?=.*[A-Z0-9])[\w-]{22,}$/],
];

/**
 * Where a mocked value is not of the form of a recorded one, in words; none when it is. Of the same form are objects
 * with the same fields, lists each of whose items is like a recorded item, and texts that mean the same kind of thing.
 * Null is null, an empty list is another thing than one with something in it, and of plain values there are as many.
 */
export function differences(recorded: unknown, mocked: unknown, at = ""): string[] {
  if (kindOf(recorded) !== kindOf(mocked)) return [differs(at, recorded, mocked)];
  if (Array.isArray(recorded)) return differencesInList(recorded, mocked as unknown[], at);
  if (typeof recorded === "object" && recorded !== null) {
    return differencesInFields(recorded as Fields, mocked as Fields, at);
  }
  if (typeof recorded !== "string") return [];
  const [, form] = FORMS.find(([, form]) => form.test(recorded)) ?? [];
  return form && !form.test(mocked as string) ? [differs(at, recorded, mocked)] : [];
}

/** What of many is most like a mocked value, and where it is not. */
export function nearest<Known>(
  known: readonly Known[],
  differencesFrom: (one: Known) => string[],
): { one: Known; faults: string[] } | undefined {
  return known
    .map((one) => ({ one, faults: differencesFrom(one) }))
    .sort((one, other) => one.faults.length - other.faults.length)[0];
}

type Fields = Record<string, unknown>;

function differencesInFields(recorded: Fields, mocked: Fields, at: string): string[] {
  const names = new Set([...Object.keys(recorded), ...Object.keys(mocked)]);
  return [...names].flatMap((name) => {
    const place = at === "" ? name : `${at}.${name}`;
    if (mocked[name] === undefined) return [`${place} is missing`];
    if (recorded[name] === undefined) return [`${place} is a field that the server does not send`];
    return differences(recorded[name], mocked[name], place);
  });
}

function differencesInList(recorded: unknown[], mocked: unknown[], at: string): string[] {
  const isOfPlainValues = typeof recorded[0] !== "object";
  if (isOfPlainValues && recorded.length !== mocked.length) {
    return [`${at} has ${mocked.length} items, and ${recorded.length} as recorded`];
  }
  return mocked.flatMap((item, index) => {
    const place = `${at}[${index}]`;
    return nearest(recorded, (one) => differences(one, item, place))?.faults ?? [];
  });
}

function differs(at: string, recorded: unknown, mocked: unknown): string {
  return `${at || "the body"} is ${JSON.stringify(mocked)}, and ${inWords(recorded)} as recorded`;
}

function inWords(value: unknown): string {
  const [name] = (typeof value === "string" && FORMS.find(([, form]) => form.test(value))) || [];
  return name ? `${name} (${JSON.stringify(value)})` : kindOf(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "number") return Number.isInteger(value) ? "a whole number" : "a number";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
