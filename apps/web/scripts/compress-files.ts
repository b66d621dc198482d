import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const COMPRESSIBLE = /\.(?:css|js|json|map|mjs|svg|txt|wasm|webmanifest|xml)$/;
/** A smaller file fits into one or two packets anyway. */
const FROM = 1024;

/** The forms that the server looks for beside a file (apps/api/src/platform/http/built-files.ts). */
const FORMS = {
  ".br": (content: Buffer) =>
    promisify(brotliCompress)(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
  ".gz": (content: Buffer) => promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }),
};

/**
 * Puts compressed forms beside the built files, as small as they get, so that the server compresses no file: it would do
 * so on the threads that hash passwords. The document has none, since it differs in each answer.
 */
export function compressFiles(): Plugin {
  let folder = "";
  return {
    name: "compress-files",
    apply: "build",
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir);
    },
    closeBundle: {
      order: "post",
      async handler(error) {
        if (error) return;
        const names = await readdir(folder, { recursive: true });
        await Promise.all(names.filter((name) => COMPRESSIBLE.test(name)).map((name) => compress(join(folder, name))));
      },
    },
  };
}

async function compress(file: string): Promise<void> {
  const content = await readFile(file);
  if (content.length < FROM) return;
  for (const [suffix, pack] of Object.entries(FORMS)) {
    const packed = await pack(content);
    if (packed.length < content.length) await writeFile(file + suffix, packed);
  }
}
