import { Loading } from "../../components/states.tsx";
import { SignUpForm } from "../../features/accounts/sign-up-form.tsx";
import { useSite } from "../../features/site/api.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { AccountPage, OtherPage } from "./account-page.tsx";

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
  return <SignUpForm onSignedUp={keeper.enter} />;
}
