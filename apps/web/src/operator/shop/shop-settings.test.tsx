import { screen, waitFor, within } from "@testing-library/react";
import { endpoints, type ShopSettings, type TestMail } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock, recorded } from "../../../test/mock.ts";
import { type App, header, openApp } from "../../../test/render-app.tsx";
import { ada, adaAsOperator, sessionOf, setStage, shopOf } from "../../../test/stage.ts";

const PAGE = "/operator/shop";

const SETTINGS: ShopSettings = {
  name: "Paper & Ink",
  tagline: "Zines and fonts",
  senderName: "Ada of Paper & Ink",
  legalName: "Ada Lovelace",
  legalAddress: "1 St James’s Square\nLondon",
  contactEmail: "hello@example.com",
  footerLinks: [
    { label: "Imprint", href: "https://example.com/imprint" },
    { label: "Write to us", href: "mailto:hello@example.com" },
  ],
  showsPoweredBy: false,
};

/** A shop that Ada runs, with these settings; the version counts their changes. */
function setShopStage() {
  const stage = setStage(sessionOf(adaAsOperator));
  const { senderName: _, ...seen } = SETTINGS;
  stage.site = shopOf(seen);
  const kept = { settings: SETTINGS, version: 1 };
  mock(endpoints.operator.getShop, () => ({ status: 200, body: kept.settings, version: `"${kept.version}"` }));
  const changes = mock(endpoints.operator.changeShop, ({ body, ifMatch }) => {
    if (ifMatch !== `"${kept.version}"`) return { refusal: "version_conflict" };
    const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    kept.settings = { ...kept.settings, ...given };
    kept.version += 1;
    return { status: 200, body: kept.settings, version: `"${kept.version}"` };
  });
  mock(endpoints.operator.getMailCheck, {
    status: 200,
    body: recorded(endpoints.operator.getMailCheck, "success: not confirmed"),
  });
  return Object.assign(stage, { kept, changes });
}

async function type(app: App, label: string, text: string) {
  const field = await screen.findByLabelText(label);
  await app.user.clear(field);
  await app.user.type(field, text);
}

const save = (app: App) => app.user.click(screen.getByRole("button", { name: "Save" }));
const footer = () => within(screen.getByRole("contentinfo"));

test("what an operator changes is saved and on the page at once, and nothing else is sent", async () => {
  const { changes } = setShopStage();
  const app = openApp(PAGE);
  await type(app, "Shop name", " Möbius Press ");
  await app.user.click(screen.getByRole("button", { name: "Remove link 1" }));
  await save(app);
  expect(await screen.findByText("Shop settings saved")).toBeVisible();
  expect(changes.map(({ body, ifMatch }) => [body, ifMatch])).toEqual([
    [{ name: "Möbius Press", footerLinks: [{ label: "Write to us", href: "mailto:hello@example.com" }] }, '"1"'],
  ]);
  expect(header().getByRole("link", { name: "Möbius Press" })).toBeVisible();
  expect(document.title).toBe("Shop settings · Möbius Press");
  expect(footer().getByText("Möbius Press – Zines and fonts")).toBeVisible();
  expect(footer().queryByRole("link", { name: "Imprint" })).not.toBeInTheDocument();

  await type(app, "Tagline", "Prints and fonts");
  await save(app);
  await waitFor(() => expect(changes.at(-1)).toMatchObject({ body: { tagline: "Prints and fonts" }, ifMatch: '"2"' }));
});

test("a link that the shop does not take is marked, in its own row, and nothing is sent", async () => {
  const { changes } = setShopStage();
  const app = openApp(PAGE);
  await app.user.click(await screen.findByRole("button", { name: "Add a link" }));
  await app.user.click(screen.getByRole("button", { name: "Add a link" }));
  await type(app, "Link 4: text", "Terms");
  await type(app, "Link 4: address", "javascript:alert(1)");
  await save(app);
  const field = screen.getByLabelText("Link 4: address");
  expect(field).toHaveAccessibleDescription(/Enter a link that begins with https/);
  await type(app, "Link 4: address", "/terms");
  await save(app);
  await screen.findByText("Shop settings saved");
  expect(changes.map(({ body }) => body)).toEqual([
    { footerLinks: [...SETTINGS.footerLinks, { label: "Terms", href: "/terms" }] },
  ]);
});

test("another operator's change is told of, and stays when one saves again", async () => {
  const { kept, changes } = setShopStage();
  const app = openApp(PAGE);
  await type(app, "Tagline", "Prints and fonts");
  kept.settings = { ...kept.settings, legalName: "Ada King" };
  kept.version += 1;
  await save(app);
  expect(await screen.findByText(/Someone else changed these settings/)).toBeVisible();
  await save(app);
  await screen.findByText("Shop settings saved");
  expect(changes.map(({ body, ifMatch }) => [body, ifMatch])).toEqual([
    [{ tagline: "Prints and fonts" }, '"1"'],
    [{ tagline: "Prints and fonts" }, '"2"'],
  ]);
  expect(screen.getByLabelText("Legal name")).toHaveValue("Ada King");
});

test("R105: an operator lets everyone sell, and is told why it can’t be taken back", async () => {
  const stage = setShopStage();
  stage.site = shopOf({ kind: "my_store", canSendMail: false });
  let asked = mock(endpoints.operator.changeShopKind, { status: 200, body: { kind: "marketplace" } });
  const app = openApp(PAGE);
  const section = within(await screen.findByRole("region", { name: "Who can sell" }));
  expect(section.getByText(/^Your own store: only you/)).toBeVisible();
  const choose = async (name: string) => {
    await app.user.click(section.getByRole("button", { name: `${name}…` }));
    await app.user.click(within(await screen.findByRole("dialog")).getByRole("button", { name }));
  };
  await choose("Let everyone sell");
  expect(await screen.findByText("Everyone can sell here now")).toBeVisible();
  expect(section.getByText(/^Marketplace: everyone/)).toBeVisible();
  expect(asked.map(({ body }) => body)).toEqual([{ kind: "marketplace" }]);

  asked = mock(endpoints.operator.changeShopKind, { refusal: "others_have_stores" });
  await choose("Let only operators sell");
  expect(await section.findByRole("alert")).toHaveTextContent(
    "Couldn’t change this. 2 stores belong to people who do not operate this shop",
  );
  expect(asked.map(({ body }) => body)).toEqual([{ kind: "my_store" }]);
  expect(section.getByText(/^Marketplace: everyone/)).toBeVisible();
});

test("a test email says what the mail server answered", async () => {
  setShopStage();
  let answer: TestMail = { delivered: false, reason: "EAUTH 535: 5.7.8 Authentication failed" };
  mock(endpoints.operator.sendTestMail, () => ({ status: 200, body: answer }));
  const app = openApp(PAGE);
  const button = await screen.findByRole("button", { name: "Send me a test email" });
  await app.user.click(button);
  expect(await screen.findByText("EAUTH 535: 5.7.8 Authentication failed")).toBeVisible();
  answer = { delivered: true };
  await app.user.click(button);
  expect(
    await screen.findByText("Sent. Open the link in it: check the inbox and spam folder of ada@example.com."),
  ).toBeVisible();
  expect(screen.queryByText(/EAUTH/)).not.toBeInTheDocument();
});

test("R100: the page says whether emails are known to arrive", async () => {
  setShopStage();
  const app = openApp(PAGE);
  expect(await screen.findByText(/^Not confirmed yet: send yourself a test email/)).toBeVisible();
  mock(endpoints.operator.getMailCheck, { status: 200, body: recorded(endpoints.operator.getMailCheck) });
  app.reload();
  expect(await screen.findByText(/^Email works: confirmed on/)).toHaveTextContent("2026");
});

test("operators find the page in their menu; for others there is none", async () => {
  const stage = setShopStage();
  const app = openApp("/");
  await screen.findByRole("banner");
  await app.user.click(await header().findByRole("button", { name: "Account menu", description: "Ada" }));
  expect(await screen.findByRole("menuitem", { name: "Shop settings" })).toHaveAttribute("href", PAGE);
  stage.session = sessionOf(ada);
  const other = openApp(PAGE);
  expect(await screen.findByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
  expect(other.address()).toBe(PAGE);
});
