import { type ActivityContext, recordActivity } from "../../identity/activity/record-activity.ts";
import type { UserRow } from "../../identity/users/user.entity.ts";
import { enqueueMail, type MailContext } from "../../platform/mail/enqueue-mail.ts";

export type TakeDownContext = ActivityContext & MailContext;

interface Words {
  subject: string;
  did: string;
  meaning: string;
  button: string;
}

/** Words by the kind of the mail, which is the kind of the activity as well. */
const WORDS = {
  product_taken_down: {
    subject: "Your product was taken down",
    did: "The shop owner has taken down your product",
    meaning: "Nobody else can see it, and it can’t be published. You can still edit or delete it.",
    button: "See your products",
  },
  product_put_back: {
    subject: "Your product is back",
    did: "The shop owner has put back your product",
    meaning: "If it was published before, it is again. Otherwise you can publish it.",
    button: "See your products",
  },
  store_taken_down: {
    subject: "Your store was taken down",
    did: "The shop owner has taken down your store",
    meaning: "Nobody else can see its page or its products, and nothing in it can be published.",
    button: "See your store’s settings",
  },
  store_put_back: {
    subject: "Your store is back",
    did: "The shop owner has put back your store",
    meaning: "Its page is public again, with the products that were published before.",
    button: "See your store’s settings",
  },
} as const satisfies Record<string, Words>;

interface TakenDown {
  owner: UserRow;
  kind: keyof typeof WORDS;
  /** The name that the owner gave to it. */
  name: string;
  /** The operator's reason; null: it was put back. */
  reason: string | null;
}

/**
 * Records in the owner's activity that the operator has taken something down or put it back, and mails the owner, in the
 * transaction of the change. An unverified address may be a stranger's, so the mail to it does not repeat the name that
 * the account's creator chose.
 */
export async function tellOwner(ctx: TakeDownContext, { owner, kind, name, reason }: TakenDown): Promise<void> {
  await recordActivity(ctx, { kind, userId: owner.id });
  const { subject, did, meaning, button } = WORDS[kind];
  const named = owner.emailVerifiedAt === null ? "" : ` “${name}”`;
  await enqueueMail(ctx, {
    kind,
    to: owner.email,
    subject,
    heading: subject,
    paragraphs: [`${did}${named}. ${meaning}`, ...(reason === null ? [] : `Reason: ${reason}`.split(/\n+/))],
    button: { label: button, path: kind.startsWith("product") ? "/dashboard/products" : "/settings/store" },
  });
}
