import "@yumroad/contract/configure-zod";
import "./app/mantine-styles.ts";
import "./platform/ui/fonts.css";
import "./platform/ui/tokens.css";
import "./app/global.css";
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { createApp } from "./app/create-app.tsx";

// What is called off is no error: a transition between pages that the next one replaces, which the router leaves unheard.
window.addEventListener("unhandledrejection", (event) => {
  if (event.reason instanceof DOMException && event.reason.name === "AbortError") event.preventDefault();
});

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
// In a task of its own, and as a transition, which renders in slices: in between the browser paints and hears.
setTimeout(() => {
  const { element } = createApp();
  startTransition(() => createRoot(root).render(<StrictMode>{element}</StrictMode>));
});
