import type { SessionSummary } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import { knownDevice } from "../../platform/lib/user-agent-label.ts";
import { endOf, publicIdOf } from "../../platform/sessions/session-record.ts";
import type { StoredSession } from "../../platform/sessions/session-store.ts";

interface Seen {
  currentId: string;
  limits: Limits;
}

/** Presents a user's sessions to the user: the current session first, then the most recently used ones. */
export function presentSessions(sessions: StoredSession[], seen: Seen): SessionSummary[] {
  return sessions
    .map((session) => presentSession(session, seen))
    .sort((one, other) => Number(other.isCurrent) - Number(one.isCurrent) || compare(other, one));
}

function presentSession({ id, record }: StoredSession, { currentId, limits }: Seen): SessionSummary {
  return {
    handle: publicIdOf(id),
    device: knownDevice(record.device),
    address: record.address,
    firstUsedAt: iso(record.loggedInAt),
    lastUsedAt: iso(record.seenAt),
    expiresAt: iso(endOf(record, limits)),
    isCurrent: id === currentId,
  };
}

function compare(one: SessionSummary, other: SessionSummary): number {
  return one.lastUsedAt.localeCompare(other.lastUsedAt) || one.firstUsedAt.localeCompare(other.firstUsedAt);
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
