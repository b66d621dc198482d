// The rooms of the API and of the web app know each other in one direction, by imports and by SQL, and fail here when they don't.
import { isTest, runCheck } from "./sources.mjs";

/**
 * The web app from the ground up, its rooms named as the API's. `ui` and `lib` know no product; pages, guards and the
 * router in `app` compose the rooms.
 */
const WEB_ORDER = [
  "words",
  "platform/lib",
  "platform/ui",
  "platform/mail",
  "session",
  "shop",
  "identity/users",
  "identity/activity",
  "identity/sessions",
  "identity/email",
  "identity/two-factor",
  "identity/passkeys",
  "identity/password",
  "identity/auth",
  "identity/privacy",
  "identity/account",
  "catalog/stores",
  "catalog/products",
  "catalog/uploads",
  "catalog/pictures",
  "catalog/contents",
  "sales/discounts",
  "sales/orders",
  "sales/purchases",
  "sales/sales",
  "sales/withdrawals",
  "sales/library",
  "operator/setup",
  "operator/people",
  "operator/stores",
  "operator/shop",
  "operator/mails",
  "operator/payments",
  "operator/withdrawals",
  "app",
  "main.tsx",
];

/**
 * The API from the ground up. A folder, or a file of the root, imports only from those before it, so there is no circle
 * of folders. A new folder is a decision: say here where it stands. `sales` comes after `catalog`, `operator` after `sales`.
 */
const ORDER = [
  "platform/lib", // first, as it stands on nothing of ours
  "words",
  "config",
  "platform/db",
  "platform/sessions",
  "platform/rate-limit",
  "platform/storage",
  "platform/jobs",
  "platform/http",
  "platform/api-docs",
  "platform/mail",
  "shop",
  "identity/users",
  "identity/activity",
  "identity/tokens",
  "identity/sessions",
  "identity/email",
  "identity/auth",
  "identity/two-factor",
  "identity/passkeys",
  "identity/password",
  "identity/account",
  "identity/privacy",
  "catalog/stores",
  "catalog/products",
  "catalog/files",
  "catalog/contents",
  "catalog/pictures",
  "catalog/uploads",
  "catalog", // its account extension
  "sales/payments",
  "sales/stripe",
  "sales/discounts",
  "sales/orders",
  "sales/downloads",
  "sales/purchases",
  "sales/sales",
  "sales/withdrawals",
  "sales/webhooks",
  "sales/library",
  "sales", // its account extension
  "operator/tokens",
  "operator/operators",
  "operator/setup",
  "operator/people",
  "operator/stores",
  "operator/shop",
  "operator/mails",
  "operator/payments",
  "operator/withdrawals",
  "migrations/sqlite",
  "migrations/postgres",
  "migrations",
  "demo",
  "entities.ts",
  "workers.ts",
  "dependencies.ts",
  "routes.ts",
  "app.ts",
  "cli",
  "main.ts",
  "cli.ts",
];

/** Tables without an entity: a migration makes them, and triggers keep them. */
const SEARCH_TABLES = { product_keys: "catalog/products", product_search: "catalog/products" };

const TABLE = /\b(?:from|join|into|update)\s+"?(\w+)/gi;

const APPS = { "apps/api/src/": ORDER, "apps/web/src/": WEB_ORDER };

/** The app that a file belongs to, as the name of its folder, or undefined. */
const appOf = (path) => Object.keys(APPS).find((app) => path.startsWith(app));

/** The entry of its app's order that a file belongs to, or null. */
function placeOf(path) {
  const app = appOf(path);
  if (!app) return null;
  const inside = path.slice(app.length);
  const folder = inside.slice(0, Math.max(0, inside.lastIndexOf("/")));
  // Guards render pages, and pages know the addresses: one room in two folders.
  return [inside, folder === "app/routes" ? "app" : folder].find((place) => APPS[app].includes(place)) ?? null;
}

const isAbove = (order, place, other) => order.indexOf(place) > order.indexOf(other);

/** Every folder without a place, and every import and SQL text that points upwards, or into another's routes or presenter. */
export function faultsOf(sources) {
  const owners = ownersOf(sources);
  return sources
    .filter(({ path }) => appOf(path) && !isTest(path))
    .flatMap((source) => {
      if (placeOf(source.path) !== null) return [...importFaults(source), ...sqlFaults(source, owners)];
      return [`${source.path}: its folder is not in ORDER of scripts/check-rooms.mjs: say there where it stands`];
    });
}

function importFaults({ path, imports }) {
  const place = placeOf(path);
  return imports.flatMap((to) => {
    const other = placeOf(to);
    if (other === null || other === place || appOf(to) !== appOf(path)) return [];
    if (isAbove(APPS[appOf(path)], other, place)) {
      return [`${path} imports ${to}: ${place} stands below ${other}, and does not know what is built on it`];
    }
    if (!/\/(?:routes|present)\.ts$/.test(to) || place.endsWith(".ts")) return [];
    return [`${path} imports ${to}: routes and present answer for their own folder; use its queries, writes, entities`];
  });
}

function sqlFaults({ path, texts }, owners) {
  const place = placeOf(path);
  return texts.flatMap(({ text, place: line }) =>
    [...text.matchAll(TABLE)]
      .filter(([, table]) => owners.has(table) && isAbove(ORDER, owners.get(table), place))
      .map(
        ([, table]) => `${line} names ${table} in SQL: ${place} stands below ${owners.get(table)}, whose table it is`,
      ),
  );
}

/** Each table's folder: an entity names its table, and stands where the table belongs. */
function ownersOf(sources) {
  const owners = new Map(Object.entries(SEARCH_TABLES));
  for (const { path, text } of sources.filter((source) => source.path.endsWith(".entity.ts"))) {
    const [, table] = /\btableName: "(\w+)"/.exec(text) ?? [];
    if (!table) throw new Error(`${path} says no tableName: this check has to know whose table it is`);
    owners.set(table, placeOf(path));
  }
  return owners;
}

runCheck(import.meta.url, { places: Object.keys(APPS), atLeast: 400, faultsOf });
