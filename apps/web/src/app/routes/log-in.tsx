import { useMutation } from "@tanstack/react-query";
import type { HalfSession } from "@yumroad/contract";
import { useLocation, useNavigate } from "react-router-dom";
import { Button } from "../../components/button.tsx";
import { halfSessionOf, useSession } from "../../features/accounts/api.ts";
import { LogInForm } from "../../features/accounts/log-in-form.tsx";
import { SecondFactorForm } from "../../features/accounts/second-factor-form.tsx";
import { explain } from "../../lib/explain.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { AccountPage, OtherPage } from "./account-page.tsx";

export function LogInPage() {
  const half = halfSessionOf(useSession().data);
  return half === null ? <FirstStep /> : <SecondStep half={half} />;
}

function FirstStep() {
  const { keeper } = useApp();
  return (
    <AccountPage title="Log in" below={<OtherPage question="New here?" text="Make an account" page={paths.signUp} />}>
      <LogInForm onLoggedIn={keeper.enter} />
    </AccountPage>
  );
}

/** The password was right. Until there is a code as well, nobody is logged in (R71). */
function SecondStep({ half }: { half: HalfSession }) {
  const { keeper } = useApp();
  return (
    <AccountPage title="One more step" below={<SomebodyElse />}>
      <SecondFactorForm factors={half.secondFactors} onLoggedIn={keeper.enter} />
    </AccountPage>
  );
}

function SomebodyElse() {
  const { keeper } = useApp();
  const navigate = useNavigate();
  const { pathname, search, state } = useLocation();
  const startOver = useMutation({
    mutationFn: async () => {
      await keeper.startOver();
      // The same page and way back, come to anew: its heading takes the focus, since the button is gone.
      await navigate({ pathname, search }, { replace: true, state });
    },
  });
  return (
    <>
      <Button look="quiet" isBusy={startOver.isPending} onClick={() => startOver.mutate()}>
        Log in as somebody else
      </Button>
      {startOver.isError && <p role="alert">That did not work. {explain(startOver.error)}</p>}
    </>
  );
}
