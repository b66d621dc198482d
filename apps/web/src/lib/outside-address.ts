const PROTOCOLS = ["http:", "https:", "mailto:"];

/**
 * An address that somebody wrote into a text, if it may become a link: a whole one, of the web or of an inbox. All else
 * is the empty text: scripts and data, what only looks like a path of ours, and names that pose as a site
 * (`https://our-bank@evil.example`).
 */
export function outsideAddress(address: string): string {
  if (!URL.canParse(address)) return "";
  const { protocol, username, password, href } = new URL(address);
  return PROTOCOLS.includes(protocol) && username === "" && password === "" ? href : "";
}
