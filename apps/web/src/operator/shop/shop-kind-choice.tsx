import type { ShopKind } from "@yumroad/contract";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { shopSettingsWords } from "../../words/shop-settings.ts";
import { useChangeShopKind } from "./api.ts";

/** For a kind of shop, what holds in it, and the question before a shop of the other kind becomes one. */
const words = shopSettingsWords.kind;

interface ShopKindChoiceProps {
  kind: ShopKind;
  onChanged: (kind: ShopKind) => void;
}

/** Who may sell in this shop, and the way to change it. */
export function ShopKindChoice({ kind, onChanged }: ShopKindChoiceProps) {
  const { mutate, isPending, error } = useChangeShopKind();
  const other = kind === "marketplace" ? "my_store" : "marketplace";
  const { offer, title, text, confirm } = words[other];
  return (
    <Section title={words.title} hint={words[kind].holds}>
      <div>
        <ConfirmButton
          text={offer}
          question={{ title, text, confirm, cancel: words.cancel, look: "primary" }}
          isBusy={isPending}
          onConfirm={() => mutate(other, { onSuccess: () => onChanged(other) })}
        />
      </div>
      <ActionProblem error={error} text={words.failed} />
    </Section>
  );
}
