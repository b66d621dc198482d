import { createHash } from "node:crypto";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import type { Party } from "../lib/semaphore.ts";

/**
 * The key under which an address's attempts are counted: an IPv4 address, or the /64 of an IPv6 address, since one
 * customer gets a whole /64. An IPv4-mapped IPv6 address counts as its IPv4 address.
 */
export function ipRateLimitKey(ip: string | undefined): string {
  const bare = (ip ?? "").split("%")[0] ?? "";
  if (isIP(bare) === 0) return "unknown";
  const address = ipaddr.process(bare);
  if (!(address instanceof ipaddr.IPv6)) return address.toString();
  return networkOf(bare, 64);
}

/**
 * The party of an address in fair queues. The member is the address's rate-limit key. The group is its block: an IPv4
 * /24, or an IPv6 /48, which is the most that one customer gets. Without groups, a customer with a /48 would have
 * 65,536 parties.
 */
export function addressPartyOf(ip: string | undefined): Party {
  const member = ipRateLimitKey(ip);
  if (isIP(member) === 4) return { group: `${member.split(".").slice(0, 3).join(".")}.0/24`, member };
  return { group: member.endsWith("/64") ? networkOf(member.slice(0, -"/64".length), 48) : member, member };
}

/** The network of an IPv6 address with a prefix of `bits` bits, a multiple of eight. */
function networkOf(ip: string, bits: number): string {
  const bytes = ipaddr.parse(ip).toByteArray();
  return `${new ipaddr.IPv6(bytes.map((byte, place) => (place < bits / 8 ? byte : 0))).toString()}/${bits}`;
}

/** A short hash of a value that must not appear in a key or a log in clear text. */
export function hashKey(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}

/**
 * Shortens an IP address for its owner to read in a list: enough to recognise one's own network, and all that is
 * stored. An IPv4 address loses its last number, an IPv6 address all but its first three groups.
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
