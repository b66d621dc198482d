import { LaptopIcon, PhoneIcon } from "../../../components/icons.tsx";

/** A picture for a device that is told in words: "Firefox on Android". */
export function DeviceIcon({ device }: { device: string }) {
  return /Android|iPhone|iPad|iOS/i.test(device) ? <PhoneIcon /> : <LaptopIcon />;
}
