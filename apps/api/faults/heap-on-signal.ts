// Preloaded into the server process. At SIGUSR2 it collects garbage and writes the bytes in use to a file beside the
// process's data, for the soak test. A leak shows there long before it shows in the resident memory.
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
