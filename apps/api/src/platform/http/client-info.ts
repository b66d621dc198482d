import type { Request } from "express";
import type { Logger } from "../lib/logger.ts";
import type { Party } from "../lib/semaphore.ts";
import { userAgentLabel } from "../lib/user-agent-label.ts";
import { sessionIdOf } from "./express-session.ts";
import { addressPartyOf, hashKey, ipRateLimitKey, shortAddressOf } from "./ip-address.ts";

/** Where an event came from: a browser, or the operator's command line. */
export interface ClientInfo {
  log: Logger;
  /** Browser and system, in words. */
  device: string;
  /** The address, shortened for its owner to read. */
  address: string;
  /** For the log alone. */
  fullAddress?: string | undefined;
  sessionHash?: string | undefined;
}

/** The client of a request, which attempts are counted by as well. */
export interface RequestClient extends ClientInfo {
  /** The neighbour that attempts are counted for (`ipRateLimitKey`). */
  ipKey: string;
  /** Whose turn it is where addresses take turns (`addressPartyOf`). */
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
    // The session's id only as its hash. Looked up when it is asked for, since a log-in gives the request another id.
    get sessionHash() {
      const id = sessionIdOf(req);
      return id === null ? undefined : hashKey(id);
    },
  };
}
