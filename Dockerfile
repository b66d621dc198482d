# Yumroad as one image: the API and the built pages. Settings come from the environment (docs/self-hosting.md).
ARG NODE=node:24-slim

FROM ${NODE} AS tools
RUN npm install --global --no-audit --no-fund pnpm@12.21.0
ENV TURBO_TELEMETRY_DISABLED=1
WORKDIR /yumroad
# What decides which packages are needed comes first, so that a change of the code downloads nothing.
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml .npmrc ./
COPY apps/api/package.json apps/api/
COPY apps/e2e/package.json apps/e2e/
COPY apps/web/package.json apps/web/
COPY packages/contract/package.json packages/contract/
COPY packages/scenarios/package.json packages/scenarios/
COPY packages/stripe-stand-in/package.json packages/stripe-stand-in/
COPY packages/testkit/package.json packages/testkit/

FROM tools AS pages
RUN pnpm install --frozen-lockfile
COPY . .
RUN pnpm exec turbo run build

FROM tools AS server
RUN pnpm install --frozen-lockfile --prod --filter "@yumroad/api..."

FROM ${NODE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /yumroad
COPY --from=server /yumroad ./
COPY packages/contract/src packages/contract/src
COPY packages/contract/recordings packages/contract/recordings
COPY apps/api/src apps/api/src
COPY --from=pages /yumroad/apps/web/dist apps/web/dist
RUN mkdir --mode=700 /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/api/src/main.ts"]
