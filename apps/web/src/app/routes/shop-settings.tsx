import { useQuery } from "@tanstack/react-query";
import type { ShopSettings, User } from "@yumroad/contract";
import { shopSettingsQuery } from "../../operator/shop/api.ts";
import { ShopForm } from "../../operator/shop/shop-form.tsx";
import { ShopKindChoice } from "../../operator/shop/shop-kind-choice.tsx";
import { TestMail } from "../../operator/shop/test-mail.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { QueryBoundary } from "../../platform/ui/query-boundary.tsx";
import { useSession } from "../../session/session-query.ts";
import { useSite, useUpdateSite } from "../../shop/api.ts";
import { shopSettingsWords } from "../../words/shop-settings.ts";
import { useApp } from "../app-context.ts";
import { InTheTray } from "./in-the-tray.tsx";
import classes from "./settings-page.module.css";
import { WorkPage } from "./work-page.tsx";

const words = shopSettingsWords.page;

/** The shop's settings. */
export function ShopSettingsPage() {
  const user = useSession().data?.user;
  // The guard ensures a user; this narrows the type.
  return user ? <Settings user={user} /> : null;
}

function Settings({ user }: { user: User }) {
  const { notices } = useApp();
  const settings = useQuery(shopSettingsQuery);
  const updateSite = useUpdateSite();
  // While the site's settings are unknown, everything is offered, and the server decides.
  const site = useSite().data;
  function onSaved({ senderName: _, ...seen }: ShopSettings) {
    updateSite(seen);
    notices.show({ kind: "success", text: words.saved });
  }
  return (
    <WorkPage>
      <div className={classes.content}>
        <PageHeading className={classes.title}>{words.title}</PageHeading>
        <QueryBoundary result={settings} what={words.what}>
          {(loaded) => <ShopForm loaded={loaded} onSaved={onSaved} />}
        </QueryBoundary>
        {site && (
          <ShopKindChoice
            kind={site.kind}
            onChanged={(kind) => {
              updateSite({ kind });
              notices.show({
                kind: "success",
                text: kind === "marketplace" ? words.nowMarketplace : words.nowMyStore,
              });
            }}
          />
        )}
        <TestMail
          email={user.email}
          canSendMail={site?.canSendMail !== false}
          tray={site?.hasMailTray ? <InTheTray /> : null}
        />
      </div>
    </WorkPage>
  );
}
