import type { Request } from "express";
import type { Logger } from "../lib/logger.ts";
import type { Party } from "../lib/semaphore.ts";
import { userAgentLabel } from "../lib/user-agent-label.ts";
import { sessionIdOf } from "./express-session.ts";
import { addressPartyOf, hashKey, ipRateLimitKey, shortAddressOf } from "./ip-address.ts";

/** The origin of an event: a browser, or the operator's command line. */
export interface ClientInfo {
  log: Logger;
  /** Browser and system, in words. */
  device: string;
  /** The shortened address, for the owner to read. */
  address: string;
  /** The full address, for the log only. */
  fullAddress?: string | undefined;
  sessionHash?: string | undefined;
}

/** The client of a request, with the keys by which its attempts are counted. */
export interface RequestClient extends ClientInfo {
  /** The key of its address for rate limits (`ipRateLimitKey`). */
  ipKey: string;
  /** Its party in fair queues (`addressPartyOf`). */
  party: Party;
}

/** Read while the connection is open: a closed one has no address. */
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
    // The session id is only given as a hash. Read lazily, since a login gives the request another id.
    get sessionHash() {
      const id = sessionIdOf(req);
      return id === null ? undefined : hashKey(id);
    },
  };
}
