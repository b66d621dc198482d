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
 * Where a mocked value is not like a recorded one, in words; none when it is. Alike are objects with the same fields,
 * lists each of whose items is like some recorded item, and texts that mean the same kind of thing. Null is null, an empty
 * list is another thing than one with something in it, and of plain values there are as many, in their order. A choice between few values
 * has to be the recorded one, since a yes and a no are not of one form as two names are: `choices` are the places of these
 * (`choicePlaces`).
 */
export function differences(
  recorded: unknown,
  mocked: unknown,
  choices: ReadonlySet<string> = new Set(),
  at = "",
): string[] {
  return compare(recorded, mocked, { choices, at });
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

interface Place {
  at: string;
  choices: ReadonlySet<string>;
}

type Fields = Record<string, unknown>;

function compare(recorded: unknown, mocked: unknown, place: Place): string[] {
  if (kindOf(recorded) !== kindOf(mocked)) return [differs(place, recorded, mocked)];
  if (Array.isArray(recorded)) return compareLists(recorded, mocked as unknown[], place);
  if (typeof recorded === "object" && recorded !== null) {
    return compareFields(recorded as Fields, mocked as Fields, place);
  }
  if (place.choices.has(place.at.replaceAll(/\[\d+\]/g, "[]"))) {
    return recorded === mocked
      ? []
      : [`${nameOf(place)} is ${JSON.stringify(mocked)}, and ${JSON.stringify(recorded)} as recorded`];
  }
  if (typeof recorded !== "string") return [];
  const [, form] = FORMS.find(([, form]) => form.test(recorded)) ?? [];
  return form && !form.test(mocked as string) ? [differs(place, recorded, mocked)] : [];
}

function compareFields(recorded: Fields, mocked: Fields, { at, choices }: Place): string[] {
  const names = new Set([...Object.keys(recorded), ...Object.keys(mocked)]);
  return [...names].flatMap((name) => {
    const place = { at: at === "" ? name : `${at}.${name}`, choices };
    if (mocked[name] === undefined) return [`${place.at} is missing`];
    if (recorded[name] === undefined) return [`${place.at} is a field that the server does not send`];
    return compare(recorded[name], mocked[name], place);
  });
}

function compareLists(recorded: unknown[], mocked: unknown[], { at, choices }: Place): string[] {
  const isOfPlainValues = typeof recorded[0] !== "object";
  if (isOfPlainValues && recorded.length !== mocked.length) {
    return [`${at} has ${mocked.length} items, and ${recorded.length} as recorded`];
  }
  return mocked.flatMap((item, index) => {
    const place = { at: `${at}[${index}]`, choices };
    if (isOfPlainValues) return compare(recorded[index], item, place);
    return nearest(recorded, (one) => compare(one, item, place))?.faults ?? [];
  });
}

function differs(place: Place, recorded: unknown, mocked: unknown): string {
  return `${nameOf(place)} is ${JSON.stringify(mocked)}, and ${inWords(recorded)} as recorded`;
}

function nameOf({ at }: Place): string {
  return at || "the body";
}

function inWords(value: unknown): string {
  const [name] = (typeof value === "string" && FORMS.find(([, form]) => form.test(value))) || [];
  return name ? `${name} (${JSON.stringify(value)})` : kindOf(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (value === 0) return "zero";
  if (typeof value === "number") return Number.isInteger(value) ? "a whole number" : "a number";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
