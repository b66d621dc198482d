const PROTOCOLS = ["http:", "https:", "mailto:"];

/**
 * Returns an address from a text if it may become a link: a complete one, of the web or of a mailbox. Otherwise returns
 * an empty string: for scripts and data, for addresses that only look like a path of this site, and for names that
 * imitate a site (`https://our-bank@evil.example`).
 */
export function outsideAddress(address: string): string {
  if (!URL.canParse(address)) return "";
  const { protocol, username, password, href } = new URL(address);
  return PROTOCOLS.includes(protocol) && username === "" && password === "" ? href : "";
}
