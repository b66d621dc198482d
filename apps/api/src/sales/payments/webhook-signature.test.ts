import { describe, expect, it } from "vitest";
import { assertWebhookSigned, signWebhook } from "./webhook-signature.ts";

const now = Date.parse("2026-11-30T12:00:00Z");
const secrets = ["the present secret", "the one before"];
const raw = '{"id":"event-1"}';
const hear =
  (body: string, header: string | string[] | undefined, at = now) =>
  () =>
    assertWebhookSigned(Buffer.from(body), header, { secrets, now: at });

describe("signatures of webhooks", () => {
  it.each(secrets)("R93: a body that is signed with %s is believed", (secret) => {
    expect(hear(raw, signWebhook(raw, { secret, now }))).not.toThrow();
  });

  it("R93: a signature holds for five minutes, before and after", () => {
    const header = signWebhook(raw, { secret: "the present secret", now });
    for (const minutes of [-5, 5]) {
      expect(hear(raw, header, now + minutes * 60_000)).not.toThrow();
      expect(hear(raw, header, now + minutes * 60_000 + Math.sign(minutes) * 1000)).toThrow("too old");
    }
  });

  it("R93: another byte is another body, also where neither is a character", () => {
    const header = signWebhook("\u{fffd}", { secret: "the present secret", now });
    const broken = Buffer.from([0xff]);
    expect(() => assertWebhookSigned(broken, header, { secrets, now })).toThrow("another body");
  });

  it("R93: another secret, another byte, another time or another form of header is refused", () => {
    const header = signWebhook(raw, { secret: "the present secret", now });
    const later = header.replace(/t=\d+/, `t=${now / 1000 + 60}`);
    expect(hear(raw, signWebhook(raw, { secret: "a stranger's", now }))).toThrow("another secret");
    expect(hear(`${raw} `, header)).toThrow("another body");
    expect(hear(raw, later)).toThrow("another secret");
    for (const odd of [undefined, "", `${header},v1=0`, ` ${header}`, [header, header], header.toUpperCase()])
      expect(hear(raw, odd)).toThrow("no signature");
  });
});
