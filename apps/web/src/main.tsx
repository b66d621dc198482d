import "./app/mantine-styles.ts";
import "./platform/ui/fonts.css";
import "./platform/ui/tokens.css";
import "./app/global.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createApp } from "./app/create-app.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(<StrictMode>{createApp().element}</StrictMode>);
