import { describe, expect, it } from "vitest";
import { addressPartyOf, hashKey, ipRateLimitKey } from "./ip-address.ts";

describe("R54: who counts as one neighbour", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::FFFF:c000:207", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"],
    ["fe80::1%eth0", "fe80::/64"],
    ["::1", "::/64"],
  ])("R54: %s counts as %s", (ip, ipKey) => {
    expect(ipRateLimitKey(ip)).toBe(ipKey);
  });

  it("R54: the next /64 is another neighbour, and so is the next IPv4 address", () => {
    expect(ipRateLimitKey("2001:db8:1:3::1")).not.toBe(ipRateLimitKey("2001:db8:1:2::1"));
    expect(ipRateLimitKey("192.0.2.8")).not.toBe(ipRateLimitKey("192.0.2.7"));
  });

  it.each([undefined, "", "not an address", "999.1.1.1", "192.0.2.7, 10.0.0.1"])("%j is nobody known", (ip) => {
    expect(ipRateLimitKey(ip)).toBe("unknown");
  });
});

it.each([
  ["192.0.2.7", "192.0.2.0/24", "192.0.2.7"],
  ["192.0.2.255", "192.0.2.0/24", "192.0.2.255"],
  ["192.0.3.7", "192.0.3.0/24", "192.0.3.7"],
  ["::ffff:192.0.2.7", "192.0.2.0/24", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1::/48", "2001:db8:1:2::/64"],
  ["2001:db8:1:ff:3:4:5:6", "2001:db8:1::/48", "2001:db8:1:ff::/64"],
  [undefined, "unknown", "unknown"],
])("R57: %j takes its turn in %s, as %s", (ip, group, member) => {
  expect(addressPartyOf(ip)).toEqual({ group, member });
});

describe("blur", () => {
  it("stands for a text without showing it", () => {
    expect(hashKey("ada@example.com")).toMatch(/^[\w-]{22}$/);
    expect(hashKey("ada@example.com")).toBe(hashKey("ada@example.com"));
    expect(hashKey("ada@example.com")).not.toBe(hashKey("bob@example.com"));
  });
});
