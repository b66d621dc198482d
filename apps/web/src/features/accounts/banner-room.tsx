import { type RefObject, useLayoutEffect, useState } from "react";
import * as z from "zod/mini";
import { readBrowser, removeFromBrowser, writeBrowser } from "../../lib/browser-storage.ts";
import { readTab, writeTab } from "../../lib/tab-storage.ts";

// Whether something had to be said the last time, and how high that was in a window this wide. It is known long after
// the rest of the page is there, and comes on top of it: without room that is kept, all of the page would jump.
const KEY = "yumroad:banner-room";
const Room = z.strictObject({ kind: z.enum(["verification", "deletion"]), width: z.number(), height: z.number() });

export type BannerKind = z.infer<typeof Room>["kind"];

// For whom the mail about their address can wait, in this tab.
const PUT_OFF = "yumroad:verification-put-off";

export function verificationPutOffBy(): string | null {
  return readTab(PUT_OFF);
}

export function putOffVerification(userId: string): void {
  writeTab(PUT_OFF, userId);
}

/** What stands in for the banner while it is not known whether there will be one. */
export function BannerRoom({ isLeftOut }: { isLeftOut: Readonly<Record<BannerKind, boolean>> }) {
  const [room] = useState(readRoom);
  if (room === null || room.width !== window.innerWidth || isLeftOut[room.kind]) return null;
  if (room.kind === "verification" && verificationPutOffBy() !== null) return null;
  return <div style={{ height: room.height }} />;
}

function readRoom(): z.infer<typeof Room> | null {
  const text = readBrowser(KEY);
  if (text === null) return null;
  try {
    const room = Room.safeParse(JSON.parse(text));
    return room.success ? room.data : null;
  } catch {
    return null;
  }
}

/** Notes how much room the banner takes, with the margin below it. */
export function useBannerRoom(banner: RefObject<HTMLElement | null>, kind: BannerKind): void {
  useLayoutEffect(() => {
    if (banner.current === null) return;
    const margin = Number.parseFloat(getComputedStyle(banner.current).marginBottom) || 0;
    const height = banner.current.getBoundingClientRect().height + margin;
    writeBrowser(KEY, JSON.stringify({ kind, width: window.innerWidth, height }));
  }, [banner, kind]);
}

/** There is nothing to be said any more. */
export function forgetBannerRoom(): void {
  removeFromBrowser(KEY);
}
