import type { Activity } from "@yumroad/contract";
import { knownDevice } from "../../platform/lib/user-agent-label.ts";
import type { ListedActivity } from "./queries.ts";

export function presentActivity({ id, kind, at, device, address }: ListedActivity): Activity {
  return { id, kind, at: at.toISOString(), device: knownDevice(device), address };
}
