import * as z from "zod/mini";

/** What tabs tell each other: that something changed, never who or what. Who it is now, each asks the server. */
const TabMessage = z.strictObject({ type: z.enum(["logged-in", "logged-out", "renewed"]) });
export type TabMessage = z.infer<typeof TabMessage>;

export interface TabSync {
  tell(message: TabMessage): void;
  close(): void;
}

const CHANNEL = "yumroad";

/**
 * Joins the tabs of this browser. Without BroadcastChannel nothing is heard or told: the check on focus
 * (see `session-keeper.ts`) is what remains.
 */
export function joinTabs(onMessage: (message: TabMessage) => void): TabSync {
  if (typeof BroadcastChannel === "undefined") return { tell() {}, close() {} };
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (event: MessageEvent<unknown>) => {
    const message = TabMessage.safeParse(event.data);
    if (message.success) onMessage(message.data);
  };
  return {
    tell: (message) => channel.postMessage(message),
    close: () => channel.close(),
  };
}
