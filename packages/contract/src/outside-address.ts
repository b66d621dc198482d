/** Longer ones are no addresses that browsers and servers agree on. One that is used often would make a text huge. */
const MOST = 2_000;
const PROTOCOLS = ["http:", "https:", "mailto:"];

/**
 * Returns an address from a text if it may become a link: a complete one, of the web or of a mailbox. Otherwise returns
 * an empty string: for very long ones, for scripts and data, for addresses that only look like a path of this site, and for names that
 * imitate a site (`https://our-bank@evil.example`).
 */
export function outsideAddress(address: string): string {
  if (address.length > MOST || !URL.canParse(address)) return "";
  const { protocol, username, password, href } = new URL(address);
  const isOutside = PROTOCOLS.includes(protocol) && username === "" && password === "";
  return isOutside && href.length <= MOST ? href : "";
}
