import { SignUpForm } from "../../identity/auth/sign-up-form.tsx";
import { Loading } from "../../platform/ui/states.tsx";
import { useSite } from "../../shop/api.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { AccountPage, OtherPage } from "./account-page.tsx";

const PRIVATE = "Only the shop owner sees it.";
const SELLERS_CHOICE = "Not public. If you sell, you choose a name for your store.";

export function SignUpPage() {
  return (
    <AccountPage
      title="Sign up"
      below={<OtherPage question="Have an account already?" text="Log in instead" page={paths.logIn} />}
    >
      <SignUp />
    </AccountPage>
  );
}

function SignUp() {
  const { keeper } = useApp();
  const site = useSite();
  if (site.isPending) return <Loading label="Loading" isPart />;
  if (site.data?.signupMode === "closed") return <p>This shop takes no new accounts.</p>;
  return <SignUpForm nameHint={site.data?.kind === "my_store" ? PRIVATE : SELLERS_CHOICE} onSignedUp={keeper.enter} />;
}
