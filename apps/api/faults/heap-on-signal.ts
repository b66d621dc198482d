// Loaded into a process before the server: at SIGUSR2 it collects its garbage and writes the bytes that are left in use
// into a file beside its data, for the soak. A leak stands out in them long before it does in what the process holds.
import { writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { heapFile } from "./heap.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

process.on("SIGUSR2", () => {
  collectGarbage();
  writeFileSync(heapFile(process.env.DATA_DIR ?? "", process.pid), String(process.memoryUsage().heapUsed));
});
