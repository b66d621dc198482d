const HIDDEN = "•••";

/**
 * Hides most of an email address: `ada@mail.example.com` becomes `a•••@m•••.com`. However short a part is, it looks the
 * same, so its length is hidden too.
 */
export function hideAddress(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1);
  const dot = domain.lastIndexOf(".");
  const ending = dot === -1 ? "" : domain.slice(dot);
  return `${firstOf(address.slice(0, at))}${HIDDEN}@${firstOf(domain)}${HIDDEN}${ending}`;
}

function firstOf(text: string): string {
  const [first = ""] = text;
  return first;
}
