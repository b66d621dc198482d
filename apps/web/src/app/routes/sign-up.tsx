import { SignUpForm } from "../../identity/auth/sign-up-form.tsx";
import { Loading } from "../../platform/ui/states.tsx";
import { useSite } from "../../shop/api.ts";
import { signUpWords } from "../../words/sign-up.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { useCarriedEmail } from "../use-carried-email.ts";
import { AccountPage, OtherPage } from "./account-page.tsx";

const words = signUpWords.page;

export function SignUpPage() {
  const [email, setEmail] = useCarriedEmail();
  return (
    <AccountPage
      title={words.title}
      below={<OtherPage question={words.hasAccount} text={words.logIn} page={paths.logIn} />}
    >
      <SignUp email={email} onEmail={setEmail} />
    </AccountPage>
  );
}

function SignUp({ email, onEmail }: { email: string; onEmail: (email: string) => void }) {
  const { keeper } = useApp();
  const site = useSite();
  if (site.isPending) return <Loading label={words.loading} isPart />;
  if (site.data?.signupMode === "closed") return <p>{words.closed}</p>;
  return (
    <SignUpForm
      nameHint={site.data?.kind === "my_store" ? words.ownerSeesName : words.nameIsPrivate}
      email={email}
      onEmail={onEmail}
      ifTaken={<OtherPage text={words.logInInstead} page={paths.logIn} />}
      onSignedUp={keeper.enter}
    />
  );
}
