import type { Endpoint, ProblemCode } from "@yumroad/contract";
import { recordingsOf } from "@yumroad/contract/recordings";

/**
 * A recorded refusal of this endpoint, for a journey that can't cause it. A handwritten one could be an answer that no
 * server gives. Throws when there is no recording.
 *
 * @example
 * await page.route(ADDRESS, (route) => route.fulfill(recordedRefusal(endpoints.twoFactor.beginTotp, "reauth_required")));
 */
export function recordedRefusal(endpoint: Endpoint, code: ProblemCode) {
  const [first] = recordingsOf(endpoint, code);
  if (!first) throw new Error(`${endpoint.method} ${endpoint.path} was never recorded to answer ${code}`);
  const [, { status, body }] = first;
  return { status, contentType: "application/problem+json", body: JSON.stringify(body) };
}
