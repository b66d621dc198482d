import { failOnUnexpectedConsole } from "@yumroad/testkit";
import { afterEach, beforeEach } from "vitest";

failOnUnexpectedConsole({ beforeEach, afterEach });
