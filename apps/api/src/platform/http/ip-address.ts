import { createHash } from "node:crypto";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import type { Party } from "../lib/semaphore.ts";

/**
 * Who counts as one neighbour when attempts are counted: an IPv4 address, or the /64 of an IPv6 address, since that
 * is what one customer gets. An IPv4 address in IPv6 clothes is the IPv4 address.
 */
export function ipRateLimitKey(ip: string | undefined): string {
  const bare = (ip ?? "").split("%")[0] ?? "";
  if (isIP(bare) === 0) return "unknown";
  const address = ipaddr.process(bare);
  if (!(address instanceof ipaddr.IPv6)) return address.toString();
  return networkOf(bare, 64);
}

/**
 * Whose turn it is where addresses take turns: a neighbour's, in a block. Blocks come first, an IPv4 /24 or the /48 of
 * an IPv6 address: the most that one customer gets, who would have 65,536 turns by its /64s.
 */
export function addressPartyOf(ip: string | undefined): Party {
  const member = ipRateLimitKey(ip);
  if (isIP(member) === 4) return { group: `${member.split(".").slice(0, 3).join(".")}.0/24`, member };
  return { group: member.endsWith("/64") ? networkOf(member.slice(0, -"/64".length), 48) : member, member };
}

/** The network of so many bits, a multiple of eight, that an IPv6 address is of. */
function networkOf(ip: string, bits: number): string {
  const bytes = ipaddr.parse(ip).toByteArray();
  return `${new ipaddr.IPv6(bytes.map((byte, place) => (place < bits / 8 ? byte : 0))).toString()}/${bits}`;
}

/** A short name for something that should not stand in a key or a log in clear. */
export function hashKey(text: string): string {
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
