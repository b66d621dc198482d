import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import { expect, test } from "vitest";
import { listsOfWords } from "../../../scripts/common-words.ts";
import { packWords } from "../../../scripts/pack-words.ts";
import { passwordStrength } from "./password-strength.ts";
import { unpackWords } from "./unpack-words.ts";

const complete = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

const scoresOf = (passwords: string, score: (password: string) => number) =>
  passwords.split(" ").map((password) => `${password} ${score(password)}`);
const here = (password: string) => passwordStrength(password, []);
const withAllWords = (password: string) => complete.check(password).score;

// From "Very easy to guess" to "Very good".
test.each([
  [0, "password iloveyou football sunshine qwerty12 12345678 asdfghjkl aaaaaaaa abcdefgh princess michael1 trustno1"],
  [0, "P@ssw0rd zaq12wsx abcd1234 metallica basketball"],
  [1, "Password123! qwerty12345 letmein99 sunflower dragon77 monkey1234 Liverpool1 jessica! 19870412 starwars77"],
  [1, "welcome2024 superman12 princess7 chocolate elizabeth1 computer1 hunter2hunter2 michael1987 manchester99"],
  [1, "cinderella watermelon brooklyn99 pokemon123 harrypotter umbrella1 snowball7 butterfly22 gandalf1 london2012"],
  [2, "Summer2024! pineapplepizza dishwasher copperfield gardening"],
  [3, "mango-sunset wardrobe77 Lisbon-2024 purple-monkey ilovemydog thisismypassword"],
  [4, "Tr0ub4dor&3 correcthorsebatterystaple blue-copper-42-harbour xK9#mQ2$vL7p aquiettuesdayinlisbon"],
])("R113: %i for each of these, as with all words: %s", (score, passwords) => {
  expect(scoresOf(passwords, here)).toEqual(scoresOf(passwords, () => score));
  expect(scoresOf(passwords, withAllWords)).toEqual(scoresOf(passwords, () => score));
});

// A word that is rare as a password has gone from that list; where it is found in the other one, it counts for more.
test.each([
  ["dishwasher9", 2, 3],
  ["velvetharbour", 3, 4],
  ["teapot-kettle", 3, 4],
])("%s has %i with all words, and %i here", (password, all, less) => {
  expect([withAllWords(password), here(password)]).toEqual([all, less]);
});

test("the account's own words are easy to guess", () => {
  expect(passwordStrength("zofie-novakova", [])).toBeGreaterThan(2);
  expect(passwordStrength("zofie-novakova", ["Zofie-Novakova"])).toBe(0);
});

test("packed words are the same when they are unpacked", () => {
  const lists = [
    ["b", "abc", "abd", "ab"],
    ["a".repeat(40), `${"a".repeat(39)}b`, '1"\\$', "x"],
  ];
  expect(unpackWords(packWords(lists))).toEqual(lists.map((words) => words.toSorted()));
  expect(unpackWords(packWords(listsOfWords()))).toEqual(listsOfWords().map((words) => words.toSorted()));
});
