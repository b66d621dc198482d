import { allEndpoints, type Endpoint, needsSession, problems, problemsOf, type Readiness } from "@yumroad/contract";
import { outcomesOf, recordingsOf } from "@yumroad/contract/recordings";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { createRedisUser } from "../../../test/redis-user.ts";
import { canRunOn, createTestApp, named, storeKinds, type TestApp } from "../../../test/test-app.ts";

describe.each(storeKinds)("health", (store) => {
  describe.skipIf(!canRunOn(store))(named("health", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store });
    });
    afterAll(() => app.close());

    it("says that the process answers", async () => {
      const answer = await app.visitor().get("/healthz");
      expect([answer.status, answer.json]).toEqual([200, { status: "ok" }]);
      expect(answer.headers["cache-control"]).toBe("no-store");
    });

    it("says that database and sessions answer", async () => {
      const answer = await app.visitor().get("/readyz");
      expect([answer.status, answer.json]).toEqual([200, { status: "ok", checks: { database: "ok", sessions: "ok" } }]);
      expect(answer.headers["cache-control"]).toBe("no-store");
    });

    it("R80: says that the database does not answer, and nothing of why", async () => {
      const ping = vi
        .spyOn(app.dependencies.database, "ping")
        .mockRejectedValue(new Error("disk I/O error in yumroad.db"));
      const answer = await app.visitor().get<Readiness>("/readyz");
      ping.mockRestore();
      expect(answer.status).toBe(503);
      expect(answer.json).toMatchObject({ status: "unavailable", checks: { database: "failing" } });
      expect(answer.text).not.toContain("yumroad.db");
    });
  });
});

describe.skipIf(!canRunOn("redis"))(named("health while Redis fails", "redis"), () => {
  it.each([
    ["killed", (app: TestApp) => app.redisFaults.kill()],
    ["stalled", async (app: TestApp) => app.redisFaults.stall()],
  ])(
    "R75: with Redis %s, the process is healthy and not ready, and ready again once Redis is back",
    async (_, fail) => {
      const app = await createTestApp({ sessions: "redis" });
      await fail(app);
      const start = performance.now();
      const answer = await app.visitor().get("/readyz");
      expect(performance.now() - start).toBeLessThan(1000);
      expect(answer.status).toBe(503);
      expect(answer.json).toEqual({ status: "unavailable", checks: { database: "ok", sessions: "failing" } });
      expect((await app.visitor().get("/healthz")).status).toBe(200);
      await app.redisFaults.restore();
      await expect.poll(async () => (await app.visitor().get("/readyz")).status, { timeout: 8000 }).toBe(200);
      await app.close();
    },
  );

  it("R75: with a Redis that answers and takes no writes, the process is not ready, since nobody can log in", async () => {
    const redis = await createRedisUser();
    onTestFinished(redis.remove);
    const app = await createTestApp({ sessions: "redis", redisUrl: redis.url });
    onTestFinished(app.close);
    await redis.refuseWrites();
    const answer = await app.visitor().get("/readyz");
    expect(answer.status).toBe(503);
    expect(answer.json).toEqual({ status: "unavailable", checks: { database: "ok", sessions: "failing" } });
    await redis.allowWrites();
    expect((await app.visitor().get("/readyz")).status).toBe(200);
  });
});

interface Example {
  value?: unknown;
  $ref?: string;
}

interface Operation {
  operationId: string;
  summary: string;
  "x-access": string;
  "x-whose"?: string;
  "x-fresh"?: boolean;
  security?: unknown[];
  parameters: { name: string; in: string; required: boolean; schema: unknown }[];
  requestBody?: { required: boolean; content: Record<string, { schema: { oneOf?: object[] } }> };
  responses: Record<
    string,
    { description: string; content?: Record<string, { schema: object; examples?: Record<string, Example> }> }
  >;
}

interface Description {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, object>;
    examples: Record<string, Example>;
    securitySchemes: Record<string, object>;
  };
}

describe("the description of the API", () => {
  let app: TestApp;
  let description: Description;
  beforeAll(async () => {
    app = await createTestApp();
    description = (await app.visitor().get<Description>("/api/openapi.json")).json;
  });
  afterAll(() => app.close());

  const operationOf = ({ path, method }: Endpoint) =>
    description.paths[path.replace(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()] as Operation;

  it("is OpenAPI 3.1, and may be kept like every public answer", async () => {
    const answer = await app.visitor().get("/api/openapi.json");
    expect(answer.headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "cache-control": expect.stringMatching(/^public/),
      etag: expect.any(String),
    });
    expect(description.openapi).toMatch(/^3\.1\.\d$/);
    expect(description.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
  });

  it("has every endpoint of the contract and no other", () => {
    const described = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const written = allEndpoints.map(([, { method, path }]) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`);
    expect(described.sort()).toEqual(written.sort());
  });

  it.each(allEndpoints)("describes %s as the contract has it", (name, endpoint) => {
    const operation = operationOf(endpoint);
    expect(operation).toMatchObject({ operationId: name, summary: endpoint.summary, "x-access": endpoint.access });
    expect([operation["x-whose"], operation["x-fresh"]]).toEqual([endpoint.whose, endpoint.fresh]);
    expect(operation.security).toEqual(needsSession(endpoint) ? [{ session: [] }] : undefined);

    const inPath = operation.parameters.filter((parameter) => parameter.in === "path");
    expect(inPath.map((parameter) => parameter.name)).toEqual(
      [...endpoint.path.matchAll(/:(\w+)/g)].map(([, key]) => key),
    );
    expect(inPath.every((parameter) => parameter.required)).toBe(true);
    expect(operation.parameters.some((parameter) => parameter.in === "query")).toBe(endpoint.query !== undefined);

    const body = operation.requestBody?.content["application/json"]?.schema;
    expect(body === undefined).toBe(endpoint.body === undefined);
    // A body of several kinds is one of several objects.
    for (const variant of body ? (body.oneOf ?? [body]) : [])
      expect(variant).toMatchObject({ type: "object", additionalProperties: false, properties: expect.any(Object) });

    const success = operation.responses[endpoint.success.status];
    const { media } = endpoint.success;
    if (media) expect(success?.content).toHaveProperty([media]);
    else expect(success?.content === undefined).toBe(endpoint.success.body === null);
    for (const code of problemsOf(endpoint)) {
      expect(operation.responses[problems[code].status]?.description).toContain(code);
    }
  });

  it.each(allEndpoints)("shows of %s what its tests recorded", (_, endpoint) => {
    const { responses } = operationOf(endpoint);
    for (const outcome of outcomesOf(endpoint)) {
      for (const [name, { status, headers, body }] of recordingsOf(endpoint, outcome)) {
        const media = String(headers["content-type"]).split(";")[0] ?? "";
        const example = responses[status]?.content?.[media]?.examples?.[name];
        const shared = description.components.examples[example?.$ref?.split("/").at(-1) ?? ""];
        expect([name, shared?.value ?? example?.value]).toEqual([name, body]);
      }
    }
  });

  it("is whole: every answer has words, every operation a name of its own, every reference a target", () => {
    const operations = allEndpoints.map(([, endpoint]) => operationOf(endpoint));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { responses } of operations) {
      for (const [status, { description: words }] of Object.entries(responses)) {
        expect(status).toMatch(/^[2-5]\d\d$/);
        expect(words).not.toBe("");
      }
    }
    const text = JSON.stringify(description);
    const references = [...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, reference]) => reference ?? "");
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) {
      const [, kind = "", name = ""] = /^#\/components\/(schemas|examples)\/(\w+)$/.exec(reference) ?? [];
      expect(Object.keys(description.components[kind as "schemas" | "examples"] ?? {}), reference).toContain(name);
    }
    expect(text).not.toContain('"$schema"');
  });

  it("R80: names no library and no machine", () => {
    expect(JSON.stringify(description)).not.toMatch(/express|mikro|zod|node_modules|bcrypt/i);
  });
});
