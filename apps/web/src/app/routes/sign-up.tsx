import { SignUpForm } from "../../features/accounts/sign-up-form.tsx";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { AccountPage, OtherPage } from "./account-page.tsx";

export function SignUpPage() {
  const { keeper } = useApp();
  return (
    <AccountPage
      title="Sign up"
      below={<OtherPage question="Have an account already?" text="Log in instead" page={paths.logIn} />}
    >
      <SignUpForm onSignedUp={keeper.enter} />
    </AccountPage>
  );
}
