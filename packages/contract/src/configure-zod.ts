import * as z from "zod/mini";

// `jitless`: without it, zod tries `new Function`, which the content security policy reports on every page.
// `en`: English messages for checks that define no message of their own.
z.config({ ...z.locales.en(), jitless: true });
