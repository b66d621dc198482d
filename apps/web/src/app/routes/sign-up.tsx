import { SignUpForm } from "../../features/accounts/sign-up-form.tsx";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { AccountPage } from "./account-page.tsx";

export function SignUpPage() {
  const { keeper } = useApp();
  return (
    <AccountPage
      title="Sign up"
      form={<SignUpForm onSignedUp={keeper.enter} />}
      other={{ question: "Have an account already?", text: "Log in instead", page: paths.logIn }}
    />
  );
}
