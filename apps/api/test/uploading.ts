import type { Content } from "@yumroad/contract";
import type { Answer, Client } from "@yumroad/testkit";

export interface UploadInput {
  slug: string;
  name: string;
  bytes: Buffer;
  /** Id of the file of which this is a new version. */
  content?: string;
  isPicture?: boolean;
}

const TUS = { "Tus-Resumable": "1.0.0" };
const BYTES = { ...TUS, "Content-Type": "application/offset+octet-stream" };

/** Begins an upload as a tus client does. The answer's `location` is where its bytes go. */
export function beginUpload(client: Client, { slug, name, bytes, content, isPicture }: UploadInput): Promise<Answer> {
  const purpose = isPicture ? "picture" : undefined;
  const entries = Object.entries({ product: slug, name, content, for: purpose }).filter(
    ([, value]) => value !== undefined,
  );
  const metadata = entries.map(([key, value]) => `${key} ${Buffer.from(value as string).toString("base64")}`).join(",");
  return client.post("/api/uploads", {
    headers: { ...TUS, "Upload-Length": String(bytes.length), "Upload-Metadata": metadata },
  });
}

/** Sends a part of a file. */
export function sendPart(client: Client, path: string, { offset, bytes }: { offset: number; bytes: Buffer }) {
  return client.patch(path, { headers: { ...BYTES, "Upload-Offset": String(offset) }, body: bytes });
}

/** The number of bytes that the server has; null: it knows no such upload of this user. */
export async function offsetOf(client: Client, path: string): Promise<number | null> {
  const { status, headers } = await client.head(path, { headers: TUS });
  return status === 200 ? Number(headers["upload-offset"]) : null;
}

export function cancelUpload(client: Client, path: string): Promise<Answer> {
  return client.delete(path, { headers: TUS });
}

/** Uploads a file in parts, and adds it to its product. Returns the product's contents. */
export async function uploadFile(client: Client, input: UploadInput, partSize = 1_000_000): Promise<Content[]> {
  const begun = await beginUpload(client, input);
  const path = String(begun.headers.location);
  for (let offset = 0; offset < input.bytes.length; offset += partSize) {
    const part = await sendPart(client, path, { offset, bytes: input.bytes.subarray(offset, offset + partSize) });
    if (part.status !== 204) throw new Error(`A part was answered with ${part.status}: ${part.text}`);
  }
  const { json, status, text } = await client.post<{ items: Content[] }>(`${path}/finish`);
  if (status !== 200) throw new Error(`The upload can't be finished: ${text}`);
  return json.items;
}
