import type { NewProduct } from "@yumroad/contract";
import type * as z from "zod/mini";
import type { StoreRhythm } from "./plan-orders.ts";

interface DemoStore {
  owner: string;
  email: string;
  /** How the store has sold in the days before the first start. */
  rhythm: StoreRhythm;
  products: z.input<typeof NewProduct>[];
}

/** The login of the local demo, as the README gives it. The owner of the second store has the same password. */
export const demoLogin = { email: "mira@demo.example", password: "a quiet tuesday in lisbon" };

/** `amount` is in minor units (cents). */
const eur = (amount: number) => ({ amount, currency: "EUR" as const });
const usd = (amount: number) => ({ amount, currency: "USD" as const });

/** The two demo stores with their owners and products. */
export const demoStores: DemoStore[] = [
  {
    owner: "Mira Okafor",
    email: demoLogin.email,
    rhythm: {
      ...{ perDay: 2, busiestHour: 16, launch: { product: "Procreate portrait workshop", daysAgo: 38 } },
      peak: [14, 9, 6, 4, 3, 2],
    },
    products: [
      {
        name: "Field Notes: a Notion system",
        price: eur(1900),
        description:
          "The workspace I run a one-person studio from.\n\nSix linked databases: clients, projects, invoices, ideas, reading, and a weekly review that takes twenty minutes.\n\nDuplicate it once, keep it for good.",
      },
      {
        name: "Watercolour brushes for Procreate",
        price: eur(1200),
        description:
          "24 brushes scanned from real paper: wet edges, granulation, two kinds of salt.\n\nWorks in Procreate 5X and newer.",
      },
      {
        name: "Freelance contract templates (EU)",
        price: eur(3900),
        description:
          "Four plain-language contracts, reviewed by a lawyer: fixed price, day rate, retainer, licence.\n\nWord and PDF, English and German.",
      },
      {
        name: "Letterforms: a drawing workbook",
        price: eur(1600),
        description: "96 pages of guided exercises, from stems to ligatures. Print it as often as you like.",
      },
      {
        name: "Risograph texture pack",
        price: eur(300),
        pricing: "pay_what_you_want",
        suggestedAmount: 900,
        description: "60 seamless textures at 600 dpi, with the dust left in.",
      },
      {
        name: "Portfolio in a weekend",
        price: eur(2900),
        description:
          "A small course: eight lessons, three templates, one checklist.\n\nBy Sunday evening something honest is online.",
      },
      {
        name: "Icon set: Kitchen Garden",
        price: eur(2400),
        description: "180 icons in two weights as SVG and as a Figma library. Everything from chard to trowel.",
      },
      {
        name: "Pricing your work: a short guide",
        price: eur(0),
        description:
          "Twelve pages on hourly rates, value and saying no. Free, because I wish somebody had given it to me.",
      },
      {
        name: "Photoshop actions: Soft Film",
        price: eur(1400),
        description: "Nine actions with before-and-after files, each one layer you can turn off.",
      },
      {
        name: "Illustrated seed calendar 2027",
        price: eur(800),
        description: "Sowing, planting and harvest for central Europe on twelve printable A3 sheets.",
      },
      {
        name: "Procreate portrait workshop",
        price: eur(4500),
        description: "Two hours of recording, all layers included, and the reference photographs to paint along.",
      },
      {
        name: "Colour palettes from old maps",
        price: eur(700),
        description: "40 palettes taken from 19th-century atlases, as ASE, Procreate swatches and CSS.",
      },
      {
        name: "Client onboarding kit",
        price: eur(2200),
        description: "Questionnaire, welcome booklet, schedule and the eleven emails I send every time.",
      },
      {
        name: "Grain & Paper: Figma plugin presets",
        price: eur(1100),
        description: "Thirty presets for the usual noise plugins, with notes on when to leave them off.",
      },
      {
        name: "Sketchbook tour, volume 3",
        price: eur(500),
        description: "132 scanned pages from a year of trains, kitchens and waiting rooms.",
      },
    ],
  },
  {
    owner: "Tomás Lindqvist",
    email: "tomas@demo.example",
    rhythm: {
      ...{ perDay: 1.1, busiestHour: 18, launch: { product: "Type-safe APIs, a video course", daysAgo: 61 } },
      peak: [8, 5, 3, 2, 1],
    },
    products: [
      {
        name: "Postgres for people in a hurry",
        price: usd(3400),
        description:
          "A book of 210 pages: the parts of Postgres that pay the rent.\n\nIndexes you will actually need, reading a plan, migrations without downtime, and backups you have restored at least once.\n\nPDF and EPUB.",
      },
      {
        name: "Home-server cookbook",
        price: usd(2700),
        description:
          "Twenty recipes for a small machine in a cupboard: photos, backups, bookmarks, mail you can trust.",
      },
      {
        name: "Lo-fi drum kit: Basement Tape",
        price: usd(1800),
        description: "312 one-shots and 48 loops through a four-track from 1989. WAV, 24 bit, royalty-free.",
      },
      {
        name: "Synth patches: Northern Lights",
        price: usd(2100),
        description: "64 patches for Serum and Vital, each with two macros worth turning.",
      },
      {
        name: "The on-call handbook",
        price: usd(2500),
        description: "How small teams sleep: alerts that matter, runbooks that get read, reviews without blame.",
      },
      {
        name: "Type-safe APIs, a video course",
        price: usd(7900),
        description: "Five hours, fourteen chapters, one repository that grows with you.",
      },
      {
        name: "Field recordings: Baltic winter",
        price: usd(1500),
        description: "Two hours of ice, harbour, wind in wires. 96 kHz WAV with notes on place and microphone.",
      },
      {
        name: "Dotfiles, explained line by line",
        price: usd(900),
        description: "My whole configuration with the reason for each line, and what I removed.",
      },
      {
        name: "RateLimit spreadsheet for freelancers",
        price: usd(600),
        description: "Income that comes and goes, taxes that do not wait. One sheet, no macros.",
      },
      {
        name: "Cassette mockup bundle",
        price: usd(1300),
        description: "Eleven photographed mockups with smart objects, in three plastics.",
      },
      {
        name: "Self-hosting checklist",
        price: usd(0),
        description: "Forty questions to answer before somebody depends on your server.",
      },
      {
        name: "Ambient piano stems",
        price: usd(2000),
        description: "Ten pieces as stems and MIDI, recorded on an upright with the felt down.",
      },
      {
        name: "Regular expressions, drawn",
        price: usd(1700),
        description: "A comic of 64 pages. The lookbehind chapter has a dog in it.",
      },
      {
        name: "Small-team incident templates",
        price: usd(1000),
        description: "Status page texts, a timeline sheet and a review agenda, ready to copy.",
      },
      {
        name: "Guitar tones for rainy days",
        price: usd(1600),
        description: "22 presets for three common modellers, with the impulse responses they need.",
      },
    ],
  },
];
