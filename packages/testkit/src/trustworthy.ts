/** Whether a browser takes nobody to stand between it and a site: https, or a loopback address or name. */
export function isTrustworthy({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || /^(?:.+\.)?localhost$|^127(?:\.\d+){3}$|^\[::1\]$/.test(hostname);
}
