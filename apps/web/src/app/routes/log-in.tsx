import { LogInForm } from "../../features/accounts/log-in-form.tsx";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { AccountPage } from "./account-page.tsx";

export function LogInPage() {
  const { keeper } = useApp();
  return (
    <AccountPage
      title="Log in"
      form={<LogInForm onLoggedIn={keeper.enter} />}
      other={{ question: "New here?", text: "Make an account", page: paths.signUp }}
    />
  );
}
