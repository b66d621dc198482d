import { UPLOADS_PATH } from "@yumroad/contract";
import { HttpResponse, http } from "msw";
import { server } from "./mock.ts";

const TUS = { "Tus-Resumable": "1.0.0" };

interface UploadMock {
  /** Id of the upload that is begun. */
  id: string;
  /** In bytes. */
  size: number;
  /** Answers in place of the one to the beginning, and in place of those to the first parts. */
  refusedBy?: () => Response;
  failures?: readonly (() => Response)[];
}

/** Takes an upload by the tus protocol, which is no endpoint of the contract. Returns the sizes of its parts. */
export function mockUpload({ id, size, refusedBy, failures = [] }: UploadMock): number[] {
  const left = [...failures];
  const parts: number[] = [];
  const received = () => String(parts.reduce((sum, part) => sum + part, 0));
  const location = `${UPLOADS_PATH}/${id}`;
  server.use(
    http.post(
      UPLOADS_PATH,
      () => refusedBy?.() ?? new HttpResponse(null, { status: 201, headers: { ...TUS, Location: location } }),
    ),
    http.head(location, () => {
      const headers = { ...TUS, "Upload-Offset": received(), "Upload-Length": String(size) };
      return new HttpResponse(null, { status: 200, headers });
    }),
    http.patch(location, async ({ request }) => {
      const failure = left.shift();
      if (failure) return failure();
      parts.push((await request.arrayBuffer()).byteLength);
      return new HttpResponse(null, { status: 204, headers: { ...TUS, "Upload-Offset": received() } });
    }),
  );
  return parts;
}

/** A refusal as the server answers it. */
export function problemOf(status: number, code: string, title: string): () => Response {
  const problem = { type: "about:blank", title, status, code, requestId: "1" };
  return () => HttpResponse.json(problem, { status, headers: { "content-type": "application/problem+json" } });
}
