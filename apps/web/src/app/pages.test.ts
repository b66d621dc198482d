import { allEndpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { type Page, pages } from "./pages.ts";

const withData = Object.values<Page>(pages).flatMap(({ data }) => (data ? [data] : []));

test.each(withData)("the document asks for $address, which is public and needs nothing else", ({ at, address }) => {
  const [, endpoint] = allEndpoints.find(([, { method, path }]) => method === "GET" && path === address) ?? [];
  expect(endpoint?.access).toBe("public");
  expect(at.match(/:\w+/g)).toEqual(address.match(/:\w+/g));
});
