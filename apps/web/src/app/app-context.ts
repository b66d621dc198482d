import { createContext, use } from "react";
import type { UploadQueue } from "../catalog/uploads/upload-queue.ts";
import type { KeptKey } from "../platform/lib/kept-key.ts";
import type { Notices } from "../platform/lib/notices.ts";
import type { Once } from "../platform/lib/once.ts";
import type { Unsaved } from "../platform/lib/unsaved.ts";
import type { SessionKeeper } from "../session/session-keeper.ts";
import type { Transport } from "../session/transport.ts";
import type { CarriedEmail } from "./carried-email.ts";

interface AppContextValue {
  keeper: SessionKeeper;
  transport: Pick<Transport, "prompt" | "use">;
  notices: Notices;
  unsaved: Unsaved;
  carriedEmail: CarriedEmail;
  trayKey: KeptKey;
  setupKey: KeptKey;
  uploadQueue: Once<UploadQueue>;
}

export const AppContext = createContext<AppContextValue | null>(null);

/** The objects that live as long as the app: see `create-app.tsx`. */
export function useApp(): AppContextValue {
  const value = use(AppContext);
  if (value === null)
    throw new Error("useApp() is called outside of the app: render inside what createApp() gives back");
  return value;
}
