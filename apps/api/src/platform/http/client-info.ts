import type { Request } from "express";
import type { Logger } from "../lib/logger.ts";
import type { Party } from "../lib/semaphore.ts";
import { userAgentLabel } from "../lib/user-agent-label.ts";
import { sessionIdOf } from "./express-session.ts";
import { addressPartyOf, hashKey, ipRateLimitKey, shortAddressOf } from "./ip-address.ts";

/** The client that caused an event: a browser, or the operator's command line. */
export interface ClientInfo {
  log: Logger;
  /** Browser and operating system, in words. */
  device: string;
  /** The shortened IP address, for the account's owner to read. */
  address: string;
  /** The full IP address, for the log only. */
  fullAddress?: string | undefined;
  sessionHash?: string | undefined;
}

/** The client of a request, with its key for rate limits and its party for fair queues. */
export interface RequestClient extends ClientInfo {
  /** Key of the client's address for rate limits (`ipRateLimitKey`). */
  ipKey: string;
  /** The client's party in fair queues (`addressPartyOf`). */
  party: Party;
}

/** Describes the client of a request. Call this while the connection is open: a closed connection has no address. */
export function clientInfo(req: Request): RequestClient {
  return {
    log: req.log,
    device: userAgentLabel(req.headers["user-agent"]),
    address: shortAddressOf(req.ip),
    fullAddress: req.ip,
    ipKey: ipRateLimitKey(req.ip),
    get party() {
      return addressPartyOf(req.ip);
    },
    // Only a hash of the session id is exposed. Computed at each access, since a login changes the request's session
    // id.
    get sessionHash() {
      const id = sessionIdOf(req);
      return id === null ? undefined : hashKey(id);
    },
  };
}
