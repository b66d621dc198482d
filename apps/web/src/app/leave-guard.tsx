import { lazy, Suspense, useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { type BlockerFunction, useBlocker } from "react-router-dom";
import { useApp } from "./app-context.ts";

const loadLeaveDialog = async () => ({ default: (await import("../platform/ui/leave-dialog.tsx")).LeaveDialog });
const LeaveDialog = lazy(loadLeaveDialog);

/** Blocks navigation away from an unsaved form until the user has decided about it. */
export function LeaveGuard() {
  const { unsaved } = useApp();
  const question = useSyncExternalStore(unsaved.subscribe, unsaved.question);
  const isAny = useSyncExternalStore(unsaved.subscribe, unsaved.isAny);
  // Loads the dialog in advance, because it could not be loaded offline.
  useEffect(() => {
    if (isAny) loadLeaveDialog().catch(() => {});
  }, [isAny]);
  // Blocks only if there is something to guard: with a blocker, the router complains about every address that is typed
  // over the open one, such as a second mailed link.
  const [isGuarding, setGuarding] = useState(isAny);
  if (isAny && !isGuarding) setGuarding(true);
  return (
    <>
      {isGuarding && <Blocker />}
      {question !== null && (
        <Suspense>
          <LeaveDialog question={question} />
        </Suspense>
      )}
    </>
  );
}

function Blocker() {
  const { unsaved } = useApp();
  const shouldBlock = useCallback<BlockerFunction>(
    ({ currentLocation, nextLocation }) => unsaved.isAny() && currentLocation.pathname !== nextLocation.pathname,
    [unsaved],
  );
  const blocker = useBlocker(shouldBlock);

  useEffect(() => {
    if (blocker.state !== "blocked") return;
    void unsaved.ask("navigation").then((answer) => (answer === "leave" ? blocker.proceed() : blocker.reset()));
  }, [blocker, unsaved]);

  return null;
}
