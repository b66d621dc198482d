import { type ActivityKind, endpoints, PAGE_SIZE, type Person } from "@yumroad/contract";
import { type ActivityBacklog, recordActivity, recordActivityLater } from "../../identity/activity/record-activity.ts";
import { disableUser } from "../../identity/users/disable-user.ts";
import { enableUser } from "../../identity/users/enable-user.ts";
import type { Context } from "../../platform/http/context.ts";
import { pageOf, pageWanted } from "../../platform/http/paging.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { Call, Serve } from "../../platform/http/serve.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { asOperator } from "../operators/as-operator.ts";
import { findPerson, listPeople } from "./queries.ts";

interface PeopleNeeds {
  sessionStore: SessionStore;
  activityBacklog: ActivityBacklog;
}

type OperatorsContext = Pick<Context, "em" | "clock" | "client">;

/** Makes the function that records a change of an account, in the transaction of that change. */
function recording({ user, params }: Change, kind: ActivityKind) {
  return (ctx: OperatorsContext) => recordActivity(asOperator(ctx, user), { kind, userId: params.id });
}

export function servePeople(serve: Serve<PeopleNeeds>): void {
  serve(endpoints.operator.listPeople, async ({ ctx, query }) => {
    const limit = query.limit ?? PAGE_SIZE.usual;
    const people = await listPeople(ctx.em, { emailStart: query.q, ...pageWanted(query.cursor, limit) });
    return { body: pageOf(people, limit, (person) => person) };
  });

  serve(endpoints.operator.disablePerson, async (call) => {
    const outcome = await disableUser(call.ctx, call.params.id, recording(call, "user_disabled"));
    if (outcome === "last_operator") return new Refusal("last_operator");
    return answerChanged(call);
  });

  serve(endpoints.operator.enablePerson, async (call) => {
    await enableUser(call.ctx, call.params.id, recording(call, "user_enabled"));
    return answerChanged(call);
  });

  serve(endpoints.operator.endSessions, async ({ ctx, user, params, res }) => {
    if (!(await findPerson(ctx.em, params.id))) return new Refusal("not_found");
    await ctx.sessionStore.endAllOf(params.id);
    recordActivityLater(asOperator(ctx, user), res, { kind: "sessions_ended_by_operator", userId: params.id });
    return { body: undefined };
  });
}

type Change = Call<(typeof endpoints.operator)["disablePerson" | "enablePerson"], PeopleNeeds>;

/** Answers with the person as they are now; 404 if there is no such person. */
async function answerChanged({ ctx, params }: Change): Promise<{ body: Person } | Refusal> {
  const person = await findPerson(ctx.em.fork(), params.id);
  return person ? { body: person } : new Refusal("not_found");
}
