/** True for a potentially trustworthy site (Secure Contexts): https, or a loopback address or name. */
export function isTrustworthy({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || /^(?:.+\.)?localhost$|^127(?:\.\d+){3}$|^\[::1\]$/.test(hostname);
}
