import { expect, it } from "vitest";
import { hideAddress } from "./hide-address.ts";

it.each([
  ["ada@example.com", "a•••@e•••.com"],
  ["a@b.de", "a•••@b•••.de"],
  ["ada.lovelace@mail.example.co.uk", "a•••@m•••.uk"],
  ['"odd@name"@example.com', '"•••@e•••.com'],
  ["𝒶da@example.com", "𝒶•••@e•••.com"],
])("R85: of %s the operator sees %s", (address, hidden) => {
  expect(hideAddress(address)).toBe(hidden);
});
