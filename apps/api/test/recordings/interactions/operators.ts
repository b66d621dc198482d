import type { EndpointName } from "@yumroad/contract";
import { StoreEntity } from "../../../src/catalog/stores/store.entity.ts";
import { issueSetupToken } from "../../../src/operator/operators/setup-link.ts";
import { issueShopToken } from "../../../src/operator/tokens/shop-token.ts";
import { backgroundContext } from "../../../src/platform/http/background-context.ts";
import { storeMailConfirmed } from "../../../src/shop/mail-confirmation.ts";
import { makeOperator } from "../../operators.ts";
import { type Interactions, untilLimited, withShop } from "../interaction.ts";
import { toBeDeleted } from "./accounts.ts";

export const operatorInteractions = {
  "operator.setUp": {
    async success(fixtures, ask) {
      const token = await issueSetupToken(backgroundContext(fixtures.app.dependencies), { isReplacing: true });
      return ask((await fixtures.newUser()).client, { json: { token } });
    },
    link_invalid: (fixtures, ask) => ask(fixtures.bystander.client, { json: { token: "not-a-token-of-ours" } }),
    async deletion_pending(fixtures, ask) {
      const token = await issueSetupToken(backgroundContext(fixtures.app.dependencies), { isReplacing: true });
      return ask((await toBeDeleted(fixtures)).client, { json: { token } });
    },
    async rate_limited(fixtures, ask) {
      const client = fixtures.clientAt(await fixtures.newUser(), fixtures.exhausted);
      return untilLimited(() => ask(client, { json: { token: "not-a-token-of-ours" } }));
    },
  },

  "operator.listPeople": {
    async success(fixtures, ask) {
      const { gallery } = fixtures;
      const operator = await fixtures.newOperator(gallery);
      // The newest come first, so each signs up at a time of their own.
      fixtures.clock.advance("1s");
      const disabled = await fixtures.newUser(gallery);
      await operator.client.post(`/api/operator/people/${disabled.user.id}/disable`);
      fixtures.clock.advance("1s");
      const storeless = await fixtures.newUser(gallery);
      await gallery.dependencies.database.fork().nativeDelete(StoreEntity, { owner: storeless.user.id });
      return ask(operator.client);
    },
    async "success: more to come"(fixtures, ask) {
      fixtures.clock.advance("1s");
      return ask((await fixtures.newOperator(fixtures.gallery)).client, { query: "?limit=1" });
    },
    "success: nobody found": (fixtures, ask) => ask(fixtures.operatorBystander.client, { query: "?q=nobody" }),
  },

  "operator.disablePerson": {
    async success(fixtures, ask) {
      return ask(fixtures.operatorBystander.client, { params: { id: (await fixtures.newUser()).user.id } });
    },
    last_operator: ({ lastOperator }, ask) => ask(lastOperator.client, { params: { id: lastOperator.user.id } }),
  },

  "operator.enablePerson": {
    async success(fixtures, ask) {
      return ask(fixtures.operatorBystander.client, { params: { id: (await fixtures.newUser()).user.id } });
    },
  },

  "operator.endSessions": {
    async success(fixtures, ask) {
      return ask(fixtures.operatorBystander.client, { params: { id: (await fixtures.newUser()).user.id } });
    },
  },

  "operator.getShop": {
    success: ({ operatorBystander }, ask) => ask(operatorBystander.client),
    "success: everything is filled in": (fixtures, ask) =>
      withShop(fixtures, async () => ask(fixtures.operatorBystander.client)),
  },

  "operator.changeShop": {
    success: (fixtures, ask) =>
      withShop(fixtures, (version) =>
        ask(fixtures.operatorBystander.client, { json: { tagline: "Zines" }, headers: { "If-Match": version } }),
      ),
    precondition_required: ({ lastOperator }, ask) => ask(lastOperator.client, { json: { tagline: "Zines" } }),
    version_conflict: ({ lastOperator }, ask) =>
      ask(lastOperator.client, { json: { tagline: "Zines" }, headers: { "If-Match": '"another"' } }),
    async rate_limited(fixtures, ask) {
      const client = fixtures.clientAt(await fixtures.newOperator(), fixtures.writeLimited);
      return untilLimited(() => ask(client, { json: { tagline: "Zines" }, headers: { "If-Match": '"another"' } }));
    },
  },

  "operator.changeShopKind": {
    success: ({ operatorBystander }, ask) => ask(operatorBystander.client, { json: { kind: "marketplace" } }),
    async "success: only operators sell"(fixtures, ask) {
      const { client } = await fixtures.newOperator(fixtures.ownStore);
      return ask(client, { json: { kind: "my_store" } });
    },
    async others_have_stores(fixtures, ask) {
      return ask((await fixtures.newOperator(fixtures.gallery)).client, { json: { kind: "my_store" } });
    },
    async rate_limited(fixtures, ask) {
      const client = fixtures.clientAt(await fixtures.newOperator(), fixtures.writeLimited);
      return untilLimited(() => ask(client, { json: { kind: "marketplace" } }));
    },
  },

  "operator.getMailCheck": {
    success: async (fixtures, ask) => {
      const { app, operatorBystander } = fixtures;
      await storeMailConfirmed(app.dependencies.database.fork(), app.dependencies.mailer, new Date(app.clock.now()));
      return ask(operatorBystander.client);
    },
    "success: not confirmed": ({ lastOperator }, ask) => ask(lastOperator.client),
  },

  "operator.sendTestMail": {
    success: ({ operatorBystander }, ask) => ask(operatorBystander.client),
    async "success: the mail server refuses it"(fixtures, ask) {
      const newcomer = { client: fixtures.visitor(), email: fixtures.refusedEmail };
      const person = await makeOperator(fixtures.app, await fixtures.app.signUp(newcomer));
      return ask(person.client);
    },
    mail_unavailable: ({ lastOperator }, ask) => ask(lastOperator.client),
    rate_limited: (fixtures, ask) => {
      const client = fixtures.clientAt(fixtures.operatorBystander, fixtures.exhausted);
      return untilLimited(() => ask(client));
    },
  },

  "operator.confirmTestMail": {
    async success(fixtures, ask) {
      const token = await issueShopToken(backgroundContext(fixtures.app.dependencies), {
        ...{ purpose: "mail_check", lifetimeMs: 60_000, isReplacing: true },
      });
      return ask(fixtures.visitor(), { json: { token } });
    },
    link_invalid: (fixtures, ask) => ask(fixtures.visitor(), { json: { token: "not-a-token-of-ours" } }),
    rate_limited: (fixtures, ask) => {
      const client = fixtures.visitor(fixtures.exhausted);
      return untilLimited(() => ask(client, { json: { token: "not-a-token-of-ours" } }));
    },
  },
} satisfies Partial<Record<EndpointName, Interactions>>;
