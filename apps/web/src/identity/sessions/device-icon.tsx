import { LaptopIcon, PhoneIcon } from "../../platform/ui/work-icons.tsx";

/** An icon for a device label such as "Firefox on Android". */
export function DeviceIcon({ device }: { device: string }) {
  return /Android|iPhone|iPad|iOS/i.test(device) ? <PhoneIcon /> : <LaptopIcon />;
}
