const NAME = "code";
/** No code is longer; what somebody has put into the address may be. */
const MAX_LENGTH = 60;

/** The discount code of an address; empty: none. */
export function codeIn(search: string): string {
  return (new URLSearchParams(search).get(NAME) ?? "").trim().slice(0, MAX_LENGTH);
}

/** A path that carries the discount code of an address on. */
export function withCodeOf(search: string, path: string): string {
  const code = codeIn(search);
  return code === "" ? path : `${path}?${new URLSearchParams({ [NAME]: code })}`;
}
