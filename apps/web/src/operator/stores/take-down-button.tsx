import { lazy, Suspense, useState } from "react";
import { Button } from "../../platform/ui/button.tsx";
import { storesWords } from "../../words/stores.ts";

const TakeDownDialog = lazy(async () => ({ default: (await import("./take-down-dialog.tsx")).TakeDownDialog }));

interface TakeDownButtonProps {
  label?: string;
  question: { title: string; text: string };
  isBusy: boolean;
  /** False: there is nothing to take down yet, and the form says so. */
  onAsk?: () => boolean;
  onConfirm: (reason: string) => void;
}

/**
 * A button that asks for the reason before it takes something down. The dialog closes first, so that the result shows
 * beside the button and a re-authentication prompt is not covered; the reason is kept for another try.
 */
export function TakeDownButton({ label, question, isBusy, onAsk = () => true, onConfirm }: TakeDownButtonProps) {
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  return (
    <>
      <Button
        size="sm"
        isBusy={isBusy}
        {...(label === undefined ? {} : { label })}
        onClick={() => {
          if (onAsk()) setAsking(true);
        }}
      >
        {storesWords.takeDown.ask}
      </Button>
      {isAsking && (
        <Suspense>
          <TakeDownDialog
            {...question}
            initialReason={reason}
            onClose={() => setAsking(false)}
            onConfirm={(given) => {
              setAsking(false);
              setReason(given);
              onConfirm(given);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
