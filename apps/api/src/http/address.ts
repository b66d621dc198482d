import { createHash } from "node:crypto";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/**
 * Who counts as one neighbour when attempts are counted: an IPv4 address, or the /64 of an IPv6 address, since that
 * is what one customer gets. An IPv4 address in IPv6 clothes is the IPv4 address.
 */
export function neighbourhoodOf(ip: string | undefined): string {
  const bare = (ip ?? "").split("%")[0] ?? "";
  if (isIP(bare) === 0) return "unknown";
  const address = ipaddr.process(bare);
  if (!(address instanceof ipaddr.IPv6)) return address.toString();
  return `${new ipaddr.IPv6([...ipaddr.parse(bare).toByteArray().slice(0, 8), 0, 0, 0, 0, 0, 0, 0, 0]).toString()}/64`;
}

/**
 * The block that an address is of, where blocks take turns: the /24 of an IPv4 address, the /64 of an IPv6 address. Few
 * of them are at once what one attacker has cheaply, and none is more than a neighbourhood.
 */
export function addressBlockOf(ip: string | undefined): string {
  const neighbourhood = neighbourhoodOf(ip);
  return isIP(neighbourhood) === 4 ? `${neighbourhood.split(".").slice(0, 3).join(".")}.0/24` : neighbourhood;
}

/** A short name for something that should not stand in a key or a log in clear. */
export function blur(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}

/**
 * An address as its owner may see it in a list: enough to know one's own network by, and no more is kept. Of an IPv4
 * address the last number is left out, of an IPv6 address all but the first three groups.
 */
export function shortAddressOf(ip: string | undefined): string {
  const bare = (ip ?? "").split("%")[0] ?? "";
  if (isIP(bare) === 0) return "unknown";
  const address = ipaddr.process(bare);
  if (!(address instanceof ipaddr.IPv6)) return [...address.toByteArray().slice(0, 3), "x"].join(".");
  return `${address.parts
    .slice(0, 3)
    .map((part) => part.toString(16))
    .join(":")}:…`;
}
