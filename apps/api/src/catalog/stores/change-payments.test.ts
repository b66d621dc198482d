import type { OwnStore, Problem } from "@yumroad/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventsOf } from "../../../test/mailed-links.ts";
import { makeOperator } from "../../../test/operators.ts";
import { addProduct, PAY_INSTRUCTIONS } from "../../../test/selling.ts";
import { createTestApp, type Person, type TestApp } from "../../../test/test-app.ts";

const PATH = "/api/me/store/payments";
const SUBJECT = "How buyers pay you has changed";

describe("how buyers pay a store", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ mail: true });
  });
  afterAll(() => app.close());

  async function newSeller() {
    const seller = await app.signUp();
    const { store } = await addProduct(seller);
    return { seller, handle: store.handle };
  }
  const change = ({ client }: Person, payInstructions: string) =>
    client.patch<OwnStore & Problem>(PATH, { json: { payInstructions } });
  const mailsTo = async ({ email }: Person) =>
    (await app.mailbox.to(email)).filter(({ subject }) => subject === SUBJECT);

  it("R99: is said by its owner, who alone reads it, and is mailed and recorded without the words", async () => {
    const { seller, handle } = await newSeller();
    const { status, json } = await change(seller, `  ${PAY_INSTRUCTIONS}\n`);
    expect([status, json.payInstructions]).toEqual([200, PAY_INSTRUCTIONS]);
    expect((await seller.client.get<OwnStore>("/api/me/store")).json.payInstructions).toBe(PAY_INSTRUCTIONS);
    expect((await app.visitor().get(`/api/stores/${handle}`)).text).not.toContain("IBAN");
    const [mail] = await mailsTo(seller);
    expect(mail?.text).toContain("choose a new password right away");
    expect(mail?.text).not.toContain("IBAN");
    expect(await eventsOf(app, seller)).toContain("pay_instructions_changed");
  });

  it("R99: is mailed once for a change, and not for the same words again", async () => {
    const { seller } = await newSeller();
    await change(seller, PAY_INSTRUCTIONS);
    await change(seller, PAY_INSTRUCTIONS);
    expect(await mailsTo(seller)).toHaveLength(1);
    await change(seller, "");
    expect(await mailsTo(seller)).toHaveLength(2);
  });

  it("R115: whether a dispute ends access is set apart from the words, without a mail", async () => {
    const { seller } = await newSeller();
    await change(seller, PAY_INSTRUCTIONS);
    const set = (json: object) => seller.client.patch<OwnStore & Problem>(PATH, { json });
    expect((await set({ endsAccessOnDispute: true })).json).toMatchObject({
      ...{ endsAccessOnDispute: true, payInstructions: PAY_INSTRUCTIONS },
    });
    await change(seller, "");
    expect((await seller.client.get<OwnStore>("/api/me/store")).json).toMatchObject({ endsAccessOnDispute: true });
    expect(await mailsTo(seller)).toHaveLength(2);
    expect((await set({})).status).toBe(422);
  });

  it("R99: is not changed by somebody who has only the session", async () => {
    const { seller } = await newSeller();
    app.clock.advance("11m");
    expect((await change(seller, "Send it to another bank")).json.code).toBe("reauth_required");
    expect((await seller.client.get<OwnStore>("/api/me/store")).json.payInstructions).toBe("");
    expect(await mailsTo(seller)).toEqual([]);
  });

  it("R99: an operator changes their own store's alone", async () => {
    const { seller } = await newSeller();
    await change(seller, PAY_INSTRUCTIONS);
    const operator = await makeOperator(app, await app.signUp());
    expect((await change(operator, "Send it to another bank")).status).toBe(404);
    expect((await seller.client.get<OwnStore>("/api/me/store")).json.payInstructions).toBe(PAY_INSTRUCTIONS);
  });

  it.each([
    ["x".repeat(2001), /more than 2,000/],
    ["a\0b", /control character/],
  ])("R99: %j is refused by name", async (words, message) => {
    const { seller } = await newSeller();
    const { status, json } = await change(seller, words);
    expect([status, json.issues]).toMatchObject([
      422,
      [{ path: ["payInstructions"], message: expect.stringMatching(message) }],
    ]);
  });
});
