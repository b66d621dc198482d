import { endpoints } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Worker } from "../../platform/jobs/worker.ts";
import type { FileStorage } from "../../platform/storage/file-storage.ts";
import { contentsOf } from "../contents/queries.ts";
import { ownProduct } from "../products/policy.ts";
import { finishUpload } from "./finish-upload.ts";
import { ownUpload } from "./policy.ts";
import { uploadsOf } from "./queries.ts";
import type { UploadLocker } from "./upload-locker.ts";

interface UploadNeeds {
  limits: Limits;
  fileStorage: FileStorage;
  uploadLocker: UploadLocker;
  jobWorker: Worker;
}

export function serveUploads(serve: Serve<UploadNeeds>): void {
  serve(endpoints.uploads.list, async ({ ctx, user, params }) => {
    const product = await ownProduct(ctx, { user, slug: params.slug });
    return product ? { body: { items: await uploadsOf(ctx, product.id) } } : new Refusal("not_found");
  });

  serve(endpoints.uploads.finish, async ({ ctx, user, params }) => {
    const upload = await ownUpload(ctx, { user, id: params.id });
    if (upload === null) return new Refusal("not_found");
    const outcome = await finishUpload(ctx, upload);
    if (outcome === "incomplete") return new Refusal("upload_incomplete");
    if (outcome === "full") return new Refusal(upload.isPicture ? "too_many_pictures" : "too_many_contents");
    ctx.jobWorker.nudge();
    return { body: { items: await contentsOf(ctx.em.fork(), upload.product.id, "seller") } };
  });
}
