import type { AddressInfo } from "node:net";
import { createApp } from "./app.ts";
import { explainFailure } from "./cli/explain-failure.ts";
import { OWNER_ONLY } from "./config/data-folder.ts";
import { readConfig } from "./config/env.ts";
import { demoLogin } from "./demo/demo-stores.ts";
import { createDependencies } from "./dependencies.ts";
import { offerSetupLink } from "./operator/setup/offer-setup-link.ts";
import { closeGracefully } from "./platform/http/close-gracefully.ts";
import { createHttpServer } from "./platform/http/http-server.ts";
import { reservePort } from "./platform/http/reserve-port.ts";
import { createLogger } from "./platform/lib/logger.ts";
import { releaseMemory } from "./platform/lib/release-memory.ts";

process.umask(OWNER_ONLY);

/** Reads the environment, starts the server, and stops it on a signal. */
async function main(): Promise<void> {
  const settings = readConfig(process.env);
  const reserved = settings.publicUrl.port === "0" ? await reservePort(settings.host) : null;
  const config = reserved ? { ...settings, publicUrl: withPort(settings.publicUrl, reserved.port) } : settings;
  const logger = createLogger(config.logLevel);
  const dependencies = await createDependencies(config, logger);
  const server = createHttpServer(createApp(dependencies));
  releaseMemory();

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(reserved?.held ?? { port: config.port, host: config.host }, resolve);
  });
  for (const worker of dependencies.workers.all) worker.start();
  const { port } = server.address() as AddressInfo;
  const sessions = config.redisUrl ? "redis" : "embedded";
  const { mailTray } = dependencies;
  const setupLink = await offerSetupLink(dependencies);
  // Printed at every LOG_LEVEL in the local demo, and if there is a link to set the shop up with: no other line has
  // these links.
  const ready = config.isLocalDemo || setupLink ? logger.child({}, { level: "info" }) : logger;
  ready.info(
    {
      port,
      publicUrl: config.publicUrl.origin,
      sessions,
      ...(config.isLocalDemo && { demoLogin }),
      ...(mailTray && { mailTray: mailTray.link }),
      ...(setupLink && { setupLink }),
    },
    "ready",
  );

  let isStopping = false;
  const stop = async (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ signal }, "stopping");
    await closeGracefully(server, dependencies.limits.drain);
    await dependencies.close();
    logger.info("stopped");
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

function withPort(url: URL, port: number): URL {
  const changed = new URL(url);
  changed.port = String(port);
  return changed;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exit(1);
}
