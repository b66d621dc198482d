import { expect, it } from "vitest";
import { type FactsOfRight, judgeRight } from "./judge-right.ts";

const day = (day: number) => new Date(Date.UTC(2026, 5, day, 12));

const LOST: FactsOfRight = { paidAt: day(1), consentAt: day(1), receiptSentAt: day(2), openedAt: day(3) };

it.each<[string, Partial<FactsOfRight>, Date, ReturnType<typeof judgeRight>]>([
  ["agreed, confirmed, then opened", {}, day(4), { right: "access_begun", endedAt: day(3) }],
  ["opened before the receipt was sent", { openedAt: day(1) }, day(4), { right: "access_begun", endedAt: day(2) }],
  ["the receipt was not sent", { receiptSentAt: null }, day(4), { right: "receipt_not_sent", endedAt: null }],
  ["the receipt was sent afterwards", { openedAt: day(1) }, day(1), { right: "receipt_not_sent", endedAt: null }],
  ["not opened", { openedAt: null }, day(4), { right: "not_opened", endedAt: null }],
  ["opened afterwards", {}, day(2), { right: "not_opened", endedAt: null }],
  ["no consent", { consentAt: null }, day(4), { right: "no_consent", endedAt: null }],
  ["no consent, on the 14th day", { consentAt: null }, day(15), { right: "no_consent", endedAt: null }],
  ["no consent, after the 14th day", { consentAt: null }, day(16), { right: "period_over", endedAt: day(16) }],
  ["no receipt, after the 14th day", { receiptSentAt: null }, day(20), { right: "period_over", endedAt: day(16) }],
  ["not paid", { paidAt: null }, day(4), { right: "not_paid", endedAt: null }],
])("R140: %s", (_, facts, moment, judged) => {
  expect(judgeRight({ ...LOST, ...facts }, moment)).toEqual(judged);
});
