import "@yumroad/contract/configure-zod";
import "./app/mantine-styles.ts";
import "./platform/ui/fonts.css";
import "./platform/ui/tokens.css";
import "./app/global.css";
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { createApp } from "./app/create-app.tsx";

// A transition between pages that the next one replaces is no error, and nothing that the router makes of it listens.
window.addEventListener("unhandledrejection", (event) => {
  if (String(event.reason).startsWith("AbortError: Transition was skipped")) event.preventDefault();
});

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
// In a task of its own, and as a transition, which renders in slices: in between the browser paints and hears.
setTimeout(() => {
  const { element } = createApp();
  startTransition(() => createRoot(root).render(<StrictMode>{element}</StrictMode>));
});
