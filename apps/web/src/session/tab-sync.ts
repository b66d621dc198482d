import * as z from "zod/mini";

/** The messages between tabs: that something changed, never who or what. Each tab asks the server itself. */
const TabMessage = z.strictObject({ type: z.enum(["logged-in", "logged-out", "renewed"]) });
export type TabMessage = z.infer<typeof TabMessage>;

export interface TabSync {
  tell(message: TabMessage): void;
  close(): void;
}

const CHANNEL = "yumroad";

/**
 * Connects the tabs of this browser. Without BroadcastChannel there are no messages, and the check on focus remains
 * (see `session-keeper.ts`).
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
