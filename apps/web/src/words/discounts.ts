import { catalogue } from "./catalogue.ts";
import type { FaultTexts } from "./validation.ts";

export const discountWords = catalogue({
  page: {
    title: "Discount codes",
    add: "New code",
    empty: "No discount codes yet. Make one and share it: buyers enter it at the checkout.",
    noStore: "Add a product first. Then you can make discount codes for it.",
    addProduct: "Add a product",
    made: (code: string) => `${code} is ready to use`,
    changed: (code: string) => `${code} was changed`,
    ended: (code: string) => `${code} has ended`,
  },
  list: {
    label: "Discount codes",
    one: "code",
    many: "codes",
    columns: { code: "Code", off: "Discount", uses: "Used", dates: "Dates", status: "Status", actions: "Actions" },
    off: (amount: string) => `${amount} off`,
    percent: (percent: number) => `${percent}% off`,
    productsGone: "No product left",
    usesOf: (uses: string, max: string) => `${uses} of ${max}`,
    perBuyer: (count: string) => `${count} per customer`,
    from: (day: string) => `From ${day}`,
    until: (day: string) => `Until ${day}`,
    between: (from: string, until: string) => `${from} – ${until}`,
    always: "No end date",
  },
  states: { scheduled: "Scheduled", active: "Active", used_up: "Used up", ended: "Ended" },
  change: {
    ask: "Edit",
    label: (code: string) => `Edit ${code}`,
    title: (code: string) => `Edit ${code}`,
    hint: "The code and what it takes off stay as they are.",
    save: "Save changes",
    cancel: "Cancel",
  },
  end: {
    ask: "End…",
    label: (code: string) => `End ${code}`,
    title: (code: string) => `End ${code}?`,
    text: "Nobody can use this code any more. Orders that already have it keep their price. This can’t be undone.",
    confirm: "End code",
    cancel: "Cancel",
    failed: "Couldn’t end the code",
  },
  form: {
    title: "New discount code",
    code: "Code",
    codeHint: "3 to 40 letters and digits, such as SPRING25. Upper and lower case are the same.",
    value: "Discount",
    unit: "Unit",
    percent: "Percent",
    valueHint:
      "A price that would fall below the lowest amount that can be charged is raised to it. 100% makes it free.",
    products: "Products",
    productsHint: "Choose none and the code is good for all of them.",
    startsAt: "Starts (optional)",
    endsAt: "Ends (optional)",
    maxUses: "Total uses (optional)",
    perBuyer: "Uses per customer (optional)",
    create: "Create code",
    cancel: "Cancel",
  },
  problems: {
    code_taken: "You already have a code with this name. Choose another one.",
    not_found: "Add a product first.",
  },
});

/** Texts of faults in discount codes. */
export const discountFaults: FaultTexts = {
  missing: "Enter a code",
  discount_code_characters: "Use letters, digits, and . _ - without spaces",
  percent_invalid: "Enter a whole number from 1 to 100",
  amount_zero: "Enter an amount above 0",
  amount_too_high: "Enter a lower amount",
  uses_invalid: "Enter a whole number of 1 or more",
  date_invalid: "Enter a date and time",
  ends_before_start: "The end has to be after the start",
  product_unknown: "One of these products is gone. Reload and choose again",
  too_many_products: "Choose at most 50 products, or none for all",
};
