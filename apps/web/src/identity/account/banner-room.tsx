import { type RefObject, useLayoutEffect, useState } from "react";
import * as z from "zod/mini";
import { readBrowser, removeFromBrowser, writeBrowser } from "../../platform/lib/browser-storage.ts";
import { readTab, writeTab } from "../../platform/lib/tab-storage.ts";

// Height of the last banner, per window width. The banner appears long after the rest of the page and above it: without
// reserved room the page would jump.
const KEY = "yumroad:banner-room";
const Room = z.strictObject({ kind: z.enum(["verification", "deletion"]), width: z.number(), height: z.number() });

export type BannerKind = z.infer<typeof Room>["kind"];

// The user who has dismissed the verification banner in this tab.
const PUT_OFF = "yumroad:verification-put-off";

export function verificationPutOffBy(): string | null {
  return readTab(PUT_OFF);
}

export function putOffVerification(userId: string): void {
  writeTab(PUT_OFF, userId);
}

/** Reserves the banner's room while the account is loading. */
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

/** Stores the height of the banner, including the margin below it. */
export function useBannerRoom(banner: RefObject<HTMLElement | null>, kind: BannerKind): void {
  useLayoutEffect(() => {
    if (banner.current === null) return;
    const margin = Number.parseFloat(getComputedStyle(banner.current).marginBottom) || 0;
    const height = banner.current.getBoundingClientRect().height + margin;
    writeBrowser(KEY, JSON.stringify({ kind, width: window.innerWidth, height }));
  }, [banner, kind]);
}

/** Forgets the room when there is no banner any more. */
export function forgetBannerRoom(): void {
  removeFromBrowser(KEY);
}
