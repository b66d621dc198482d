import { useQuery } from "@tanstack/react-query";
import type { ShopSettings, User } from "@yumroad/contract";
import { Loaded } from "../../components/loaded.tsx";
import { PageHeading } from "../../components/page-heading.tsx";
import { useSession } from "../../features/accounts/api.ts";
import { shopSettingsQuery } from "../../features/operator/shop/api.ts";
import { ShopForm } from "../../features/operator/shop/shop-form.tsx";
import { ShopKindChoice } from "../../features/operator/shop/shop-kind-choice.tsx";
import { TestMail } from "../../features/operator/shop/test-mail.tsx";
import { useSite, useUpdateSite } from "../../features/site/api.ts";
import { useApp } from "../app-context.ts";
import { InTheTray } from "./in-the-tray.tsx";
import classes from "./settings-page.module.css";

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
    notices.show({ kind: "success", text: "Your shop settings are saved" });
  }
  return (
    <div className={classes.content}>
      <PageHeading className={classes.title}>Shop settings</PageHeading>
      <Loaded result={settings} what="The shop settings">
        {(loaded) => <ShopForm loaded={loaded} onSaved={onSaved} />}
      </Loaded>
      {site && (
        <ShopKindChoice
          kind={site.kind}
          onChanged={(kind) => {
            updateSite({ kind });
            notices.show({
              kind: "success",
              text: kind === "marketplace" ? "Everyone can sell here now" : "Only operators sell here now",
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
  );
}
