import type { ShopKind } from "@yumroad/contract";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { useChangeShopKind } from "./api.ts";

interface ShopKindChoiceProps {
  kind: ShopKind;
  onChanged: (kind: ShopKind) => void;
}

/** What holds for a kind of shop, and the question before a shop of the other kind becomes one. */
const WORDS = {
  marketplace: {
    holds: "Marketplace: everyone with an account can sell here.",
    offer: "Let everyone sell…",
    title: "Let everyone sell?",
    text: "Everyone with an account can then open a store and publish products. You can go back as long as no one else has opened a store.",
    confirm: "Let everyone sell",
  },
  my_store: {
    holds: "Your own store: only you and other operators sell here. Everyone else is a customer.",
    offer: "Let only operators sell…",
    title: "Let only operators sell?",
    text: "Everyone else can then buy here, but not sell.",
    confirm: "Let only operators sell",
  },
} as const;

/** Who may sell in this shop, and the way to change it. */
export function ShopKindChoice({ kind, onChanged }: ShopKindChoiceProps) {
  const { mutate, isPending, error } = useChangeShopKind();
  const other = kind === "marketplace" ? "my_store" : "marketplace";
  const { offer, title, text, confirm } = WORDS[other];
  return (
    <Section title="Who can sell" hint={WORDS[kind].holds}>
      <div>
        <ConfirmButton
          text={offer}
          question={{ title, text, confirm, cancel: "Cancel" }}
          isBusy={isPending}
          onConfirm={() => mutate(other, { onSuccess: () => onChanged(other) })}
        />
      </div>
      <ActionProblem error={error} text="This could not be changed" />
    </Section>
  );
}
