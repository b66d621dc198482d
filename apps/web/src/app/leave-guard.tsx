import { lazy, Suspense, useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { type BlockerFunction, useBlocker } from "react-router-dom";
import { useApp } from "./app-context.ts";

const loadLeaveDialog = async () => ({ default: (await import("../components/leave-dialog.tsx")).LeaveDialog });
const LeaveDialog = lazy(loadLeaveDialog);

/** Stops a navigation away from an unsaved form until the person has said what to do with it. */
export function LeaveGuard() {
  const { unsaved } = useApp();
  const question = useSyncExternalStore(unsaved.subscribe, unsaved.question);
  const isAny = useSyncExternalStore(unsaved.subscribe, unsaved.isAny);
  // Before it is needed: offline it could not be loaded any more, and there would be no question.
  useEffect(() => {
    if (isAny) loadLeaveDialog().catch(() => {});
  }, [isAny]);
  // Not before there is something to guard: with a blocker, the router complains of every address that somebody types
  // over the open one, as a second mailed link is.
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
