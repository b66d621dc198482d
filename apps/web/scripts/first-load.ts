import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";
import { isApp } from "./chunk-groups.ts";

const KIB = 1024;

/**
 * What an anonymous visitor may have to fetch before a page is there, in KiB of gzip. `modules` are what the page loads
 * besides the entry: its route, and what the route asks for by itself as soon as it shows.
 */
const PAGES = [
  {
    path: "/login",
    scripts: 180,
    // The second: what lets the browser offer passkeys.
    modules: ["src/app/routes/log-in.tsx", "@simplewebauthn/browser/esm/index.js"],
  },
  { path: "/p/:slug", scripts: 168, modules: ["src/app/routes/product.tsx"] },
];
const STYLES = 12;
/** The typefaces that the document asks for at once. They are compressed already. */
const FONTS = { files: /-latin-(?:700|wght-normal)-[\w-]+\.woff2$/, kib: 60 };

/** The chunk that the first letter of a new password loads, and its limit in KiB. */
const METER = { module: "src/identity/password/password-strength.ts", scripts: 60 };

/**
 * Fails the build when a first load is too heavy, and says what each one weighs. Counted are the chunks of the entry and
 * of the page's modules, with all that they import statically, each file once, gzipped one by one as they are served;
 * likewise the style sheets of those chunks. Not counted is what only an action of the visitor loads.
 */
export function firstLoad(): Plugin {
  let say: (text: string) => void = () => {};
  return {
    name: "first-load",
    apply: "build",
    configResolved: ({ logger }) => {
      say = (text) => logger.info(text);
    },
    // After everything that may still change a chunk.
    writeBundle: {
      order: "post",
      handler(_, bundle) {
        const faults = PAGES.flatMap(({ path, scripts, modules }) => {
          const weight = weigh(bundle, modules);
          say(`first load of ${path}: ${kib(weight.scripts)} of scripts, ${kib(weight.styles)} of styles`);
          return [
            ...(weight.scripts > scripts * KIB ? [`${path}: ${kib(weight.scripts)} of scripts, over ${scripts}`] : []),
            ...(weight.styles > STYLES * KIB ? [`${path}: ${kib(weight.styles)} of styles, over ${STYLES}`] : []),
          ];
        });
        const meter = weigh(bundle, [METER.module]).scripts - weigh(bundle, []).scripts;
        say(`the meter of passwords: ${kib(meter)} of scripts`);
        if (meter > METER.scripts * KIB) faults.push(`the meter of passwords: ${kib(meter)}, over ${METER.scripts}`);
        const fonts = Object.values(bundle)
          .filter((file) => file.type === "asset" && FONTS.files.test(file.fileName))
          .reduce((sum, file) => sum + (file.type === "asset" ? file.source.length : 0), 0);
        say(`typefaces: ${kib(fonts)}`);
        if (fonts === 0 || fonts > FONTS.kib * KIB) faults.push(`typefaces: ${kib(fonts)}, not within ${FONTS.kib}`);
        if (faults.length > 0) this.error(`the first load is too heavy:\n${faults.join("\n")}`);
      },
    },
  };
}

function weigh(bundle: Rolldown.OutputBundle, modules: readonly string[]): { scripts: number; styles: number } {
  const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
  const roots = [
    ...chunks.filter(isApp),
    ...modules.map((name) => {
      const chunk = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(`/${name}`)));
      if (!chunk) throw new Error(`${name} is in no chunk: has it been renamed?`);
      return chunk;
    }),
  ];
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const visit = (chunk: Rolldown.OutputChunk | undefined) => {
    if (!chunk || scripts.has(chunk.fileName)) return;
    scripts.add(chunk.fileName);
    for (const name of chunk.viteMetadata?.importedCss ?? []) styles.add(name);
    for (const name of chunk.imports) visit(chunks.find(({ fileName }) => fileName === name));
  };
  roots.forEach(visit);
  return { scripts: gzipped(bundle, scripts), styles: gzipped(bundle, styles) };
}

function gzipped(bundle: Rolldown.OutputBundle, names: ReadonlySet<string>): number {
  return [...names].reduce((sum, name) => {
    const file = bundle[name];
    return file ? sum + gzipSync(file.type === "chunk" ? file.code : file.source).length : sum;
  }, 0);
}

function kib(bytes: number): string {
  return `${(bytes / KIB).toFixed(1)} KiB`;
}
