// Processor time and memory of uploads and downloads of large files.
import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { median } from "@yumroad/testkit";
import { type Server, startServer } from "./child.ts";
import { type Figure, type Place, proxyHeaders, signUp, startProduct } from "./figures.ts";
import { ask, timesOf } from "./load.ts";

const MIB = 1024 ** 2;
const PART = 16 * MIB;
const SIZE = 512 * MIB;
const ROUNDS = 5;
const SLOW_DOWNLOADS = 64;
/** The server answers so many at once for one purchase. */
const OF_ONE_PURCHASE = 6;
/** Ticks of the processor's clock in a second (`getconf CLK_TCK`). */
const TICKS = 100;

type Headers = Record<string, string>;

interface Seller {
  port: number;
  headers: Headers;
  slug: string;
}

/** Measures uploads and downloads against a bare app that does the least, in turn and within one run. */
export async function measureFiles(place: Place): Promise<Figure[]> {
  const product = await startProduct(place);
  const bare = await startServer("bare-files.ts", { env: { FOLDER: place.folder } });
  const cookie = await signUp(product.port, 1, { email: "seller@example.com", name: "A Seller" });
  const headers = { ...proxyHeaders(1), Cookie: cookie };
  const body = { name: "Field notes", price: { amount: 0, currency: "EUR" }, status: "published" };
  const created = await ask({ port: product.port, path: "/api/products", method: "POST", headers, body });
  const seller = { port: product.port, headers, slug: (JSON.parse(created.text) as { slug: string }).slug };
  const bytes = randomBytes(PART);
  const figures = [
    // First, while the server has taken no more memory than its start needs.
    await measureMemory(seller, { product, bytes }),
    await measureUploads(seller, { product, bare, bytes }),
    await measureDownloads(seller, { product, bare, bytes }),
    await measureSlowDownloads(seller),
  ];
  await product.stop();
  await bare.stop();
  rmSync(place.folder, { recursive: true, force: true });
  return figures;
}

interface Servers {
  product: Server;
  bare: Server;
  bytes: Buffer;
}

async function measureUploads(seller: Seller, { product, bare, bytes }: Servers): Promise<Figure> {
  const ratios: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const own = await secondsOf(product, async () => cancel(seller, await upload(seller, bytes, SIZE)));
    const other = await secondsOf(bare, () => sendBare(bare, bytes));
    // The first warms both up.
    if (round > 0) ratios.push(own / other);
  }
  const ratio = median(ratios);
  return {
    what: "processor time of an upload in parts of 16 MiB, of a bare pipe into a file",
    target: "≤ 2.5",
    measured: ratio.toFixed(2),
    isReached: ratio <= 2.5,
  };
}

async function measureMemory(seller: Seller, { product, bytes }: Omit<Servers, "bare">): Promise<Figure> {
  await cancel(seller, await upload(seller, bytes, 256 * MIB));
  const before = peakOf(product);
  for (let gib = 0; gib < 4; gib += 1) await cancel(seller, await upload(seller, bytes, 1024 * MIB));
  const added = (peakOf(product) - before) / MIB;
  return {
    what: "memory that 4 GiB of uploads add after the first 256 MiB",
    target: "≤ 40 MiB",
    measured: `${added.toFixed(0)} MiB`,
    isReached: added <= 40,
  };
}

async function measureDownloads(seller: Seller, { product, bare, bytes }: Servers): Promise<Figure> {
  await sendBare(bare, bytes);
  await finish(seller, await upload(seller, bytes, SIZE, true));
  const url = await buy(seller, 1000);
  const ratios: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const own = await secondsOf(product, () => drain(`http://127.0.0.1:${seller.port}${url}`));
    const other = await secondsOf(bare, () => drain(`http://127.0.0.1:${bare.port}/file`));
    if (round > 0) ratios.push(own / other);
  }
  const ratio = median(ratios);
  return {
    what: "processor time of a download, of Express' `res.sendFile` as it comes",
    target: "≤ 0.8",
    measured: ratio.toFixed(2),
    isReached: ratio <= 0.8,
  };
}

/** Compares the catalogue beside slow downloads with the catalogue alone, in turn. */
async function measureSlowDownloads(seller: Seller): Promise<Figure> {
  const urls: string[] = [];
  for (let buyer = 0; urls.length < SLOW_DOWNLOADS; buyer += 1) {
    const url = await buy(seller, 2000 + buyer);
    urls.push(...Array.from({ length: OF_ONE_PURCHASE }, () => url));
  }
  const catalogue = { port: seller.port, path: "/api/products", headers: proxyHeaders(3) };
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const alone = p95(await timesOf(catalogue, 400));
    const sockets = urls.slice(0, SLOW_DOWNLOADS).map((url) => downloadSlowly(seller.port, url));
    await sleep(500);
    ratios.push(p95(await timesOf(catalogue, 400)) / alone);
    for (const socket of sockets) socket.destroy();
    await sleep(200);
  }
  const ratio = median(ratios);
  return {
    what: `the catalogue's 95th percentile beside ${SLOW_DOWNLOADS} slow downloads, of that with none`,
    target: "≤ 3",
    measured: ratio.toFixed(2),
    isReached: ratio <= 3,
  };
}

function p95(times: number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.95)] ?? 0;
}

/** Reads 64 KiB twice a second: 1 Mbit/s. */
function downloadSlowly(port: number, url: string): Socket {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write(`GET ${url} HTTP/1.1\r\nHost: shop.example\r\nX-Forwarded-Proto: https\r\n\r\n`);
  const reading = setInterval(() => socket.resume(), 500);
  socket.on("data", () => socket.pause());
  socket.once("close", () => clearInterval(reading));
  return socket;
}

const TUS = { "Tus-Resumable": "1.0.0" };

/** Uploads `size` bytes, and returns the address. `isWhole`: the file has no more, so that it can be finished. */
async function upload({ port, headers, slug }: Seller, bytes: Buffer, size: number, isWhole = false): Promise<string> {
  const metadata = Object.entries({ product: slug, name: "file.bin" })
    .map(([name, value]) => `${name} ${Buffer.from(value).toString("base64")}`)
    .join(",");
  const begun = await fetch(`http://127.0.0.1:${port}/api/uploads`, {
    method: "POST",
    headers: { ...headers, ...TUS, "Upload-Length": String(isWhole ? size : size + 1), "Upload-Metadata": metadata },
  });
  if (begun.status !== 201) throw new Error(`An upload answered ${begun.status}: ${await begun.text()}`);
  const path = begun.headers.get("location") ?? "";
  for (let offset = 0; offset < size; offset += PART) {
    const part = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: "PATCH",
      headers: {
        ...headers,
        ...TUS,
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": String(offset),
      },
      body: new Uint8Array(bytes),
    });
    if (part.status !== 204) throw new Error(`A part answered ${part.status}: ${await part.text()}`);
  }
  return path;
}

/** Makes an upload a file of the product, and waits until it is checked. */
async function finish({ port, headers, slug }: Seller, path: string): Promise<void> {
  await ask({ port, path: `${path}/finish`, method: "POST", headers });
  for (;;) {
    const { text } = await ask({ port, path: `/api/products/${slug}/contents`, headers });
    if (text.includes('"state":"ready"')) return;
    await sleep(500);
  }
}

async function cancel({ port, headers }: Seller, path: string): Promise<void> {
  await fetch(`http://127.0.0.1:${port}${path}`, { method: "DELETE", headers: { ...headers, ...TUS } });
}

async function sendBare(bare: Server, bytes: Buffer): Promise<void> {
  async function* whole() {
    for (let sent = 0; sent < SIZE; sent += PART) yield new Uint8Array(bytes);
  }
  const body = ReadableStream.from(whole());
  await fetch(`http://127.0.0.1:${bare.port}/file`, { method: "PUT", body, duplex: "half" } as RequestInit);
}

/** Orders the product, which is free, and returns the address of its file. */
async function buy({ port, headers, slug }: Seller, buyer: number): Promise<string> {
  const own = proxyHeaders(buyer);
  const body = {
    ...{ email: `buyer-${buyer}@example.com`, seenPrice: { amount: 0, currency: "EUR" }, hasConsented: true },
    attempt: randomUUID(),
  };
  const ordered = await ask({ port, path: `/api/products/${slug}/checkout`, method: "POST", headers: own, body });
  if (ordered.status !== 201) throw new Error(`A checkout answered ${ordered.status}: ${ordered.text}`);
  const Cookie = ordered.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
  const { ref } = JSON.parse(ordered.text) as { ref: string };
  const { text } = await ask({ port, path: `/api/products/${slug}/contents`, headers });
  const { items } = JSON.parse(text) as { items: { id: string }[] };
  const path = `/api/orders/${ref}/downloads`;
  const begun = await ask({ port, path, method: "POST", headers: { ...own, Cookie }, body: { content: items[0]?.id } });
  return (JSON.parse(begun.text) as { url: string }).url;
}

async function drain(url: string): Promise<void> {
  const { body } = await fetch(url, { headers: proxyHeaders(4) });
  for await (const _ of body ?? []);
}

/** Seconds of the processor that a server spends on `work`. */
async function secondsOf({ pid }: Server, work: () => Promise<void>): Promise<number> {
  const spent = () => {
    // After the name, which may hold spaces, the 12th and 13th are the ticks in user and kernel mode.
    const [, fields = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
    const [user = 0, kernel = 0] = fields.split(" ").slice(11, 13).map(Number);
    return (user + kernel) / TICKS;
  };
  const before = spent();
  await work();
  return spent() - before;
}

/** The most memory that a server has taken, in bytes. */
function peakOf({ pid }: Server): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
}
