import { readFile } from "node:fs/promises";
import { createMailbox, type Mailbox } from "@yumroad/testkit";
import { expectAccessible } from "../support/accessible.ts";
import { overHttps } from "../support/over-https.ts";
import { expectLoggedIn, fillProduct, fillSignup, productForm, publish } from "../support/steps.ts";
import { createIdentity, expect } from "../support/test.ts";

const PRODUCT = "Maps of nowhere";
const NOTE = "Fold along the dotted line.";
const IBAN = "IBAN DE02 1203 0000 0000 2020 51";
const ITS_CERTIFICATE = { ignoreHTTPSErrors: true, reducedMotion: "reduce" } as const;

const test = overHttps().extend<{ mailbox: Mailbox }>({
  mailbox: async ({ store: _ }, use) => {
    const mailbox = await createMailbox();
    await use(mailbox);
    await mailbox.close();
  },
  settings: async ({ mailbox }, use) =>
    use({ SHOP_KIND: "my-store", SMTP_URL: mailbox.url, MAIL_FROM: "Plum <plum@mail.example>" }),
});
test.use({ store: "embedded" });

/** The link of the newest mail with this subject, as soon as it has arrived. */
async function linkOf(mailbox: Mailbox, { email }: { email: string }, subject: string): Promise<string> {
  const find = () => mailbox.to(email).findLast((mail) => mail.subject === subject);
  await expect.poll(() => find() !== undefined, { message: subject, timeout: 20_000 }).toBe(true);
  return find()?.link() ?? "";
}

test("R94, R99, R100, R120: a shop sells by bank transfer, from its set-up to the delivery to a guest", async ({
  server,
  newVisitor,
  mailbox,
}) => {
  test.setTimeout(150_000);
  const owner = createIdentity("Ada Lovelace");
  const { page } = await newVisitor(ITS_CERTIFICATE);
  const heading = (name: string) => expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

  await test.step("the owner opens the shop with a product", async () => {
    await page.goto(server.setupLink ?? "");
    await page.getByRole("main").getByRole("link", { name: "Sign up" }).click();
    await fillSignup(page, owner);
    await page.getByRole("button", { name: "Run this shop" }).click();
    await heading("People");
    await page.goto("/products/new");
    await fillProduct(page, { name: PRODUCT, price: "19" });
    await productForm(page).getByLabel("Store name").fill("Plum & Paper");
    await publish(page, PRODUCT);
    await expectLoggedIn(page, owner);
  });
  const productPath = new URL(page.url()).pathname;

  await test.step("and a note for its buyers", async () => {
    const data = { kind: "note", title: "How to fold it", body: NOTE };
    const headers = { origin: new URL(page.url()).origin };
    const path = `/api/products/${productPath.split("/").at(-1)}/contents`;
    expect((await page.request.post(path, { data, headers })).status()).toBe(201);
  });

  await test.step("says who sells, and confirms that mails arrive", async () => {
    await page.goto("/operator/shop");
    const form = page.getByRole("form", { name: "Shop settings" });
    await form.getByLabel("Legal name").fill("Plum Ltd");
    await form.getByLabel("Postal address").fill("1 Road\nTown");
    await form.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Shop settings saved")).toBeVisible();
    await page.getByRole("button", { name: "Send me a test email" }).click();
    await expect(page.getByText(/^Sent\. Open the link in it/)).toBeVisible();
    const [mail] = mailbox.to(owner.email).filter((mail) => mail.link().includes("/test-email#"));
    await page.goto(mail?.link() ?? "");
    await page.getByRole("button", { name: "I got the email" }).click();
    await heading("Email works");
  });

  await test.step("and how buyers pay", async () => {
    await page.goto("/settings/store");
    const form = page.getByRole("form", { name: "How buyers pay" });
    await form.getByLabel("Payment instructions").fill(`Send it to\n${IBAN}`);
    await form.getByRole("button", { name: "Save payment settings" }).click();
    await linkOf(mailbox, owner, "How buyers pay you has changed");
  });

  const buyer = createIdentity("Grace Hopper");
  const { page: theirs } = await newVisitor(ITS_CERTIFICATE);
  await test.step("a stranger orders, and sees how to pay", async () => {
    await theirs.goto(productPath);
    await theirs.getByRole("link", { name: "Buy now" }).click();
    await theirs.getByLabel("Email").fill(buyer.email);
    await theirs.getByRole("checkbox").check();
    await theirs.getByRole("button", { name: "Pay €19.00" }).click();
    await expect(theirs.getByRole("heading", { level: 1, name: "How to pay" })).toBeVisible();
    await expect(theirs.getByText(IBAN)).toBeVisible();
    await expect(theirs.getByText(/^We emailed these instructions to/)).toContainText(buyer.email);
    await expectAccessible(theirs, "an order that is paid outside of the shop");
  });
  const ref = new URL(theirs.url()).pathname.split("/").at(-1) ?? "";
  await expect(theirs.getByText(/^Add the reference/)).toContainText(ref);

  const { page: elsewhere } = await newVisitor(ITS_CERTIFICATE);
  await test.step("and again in another browser, by the mailed link", async () => {
    await elsewhere.goto(await linkOf(mailbox, buyer, `How to pay for “${PRODUCT}”`));
    await expect(elsewhere.getByText(IBAN)).toBeVisible();
  });

  await test.step("the owner sees the money, and marks the order as paid", async () => {
    await page.goto("/sales");
    await page.getByRole("link", { name: ref }).click();
    await heading(`Order ${ref}`);
    await expect(page.getByText("Waiting for payment")).toBeVisible();
    await expectAccessible(page, "a sale that can be marked as paid");
    await page.getByRole("button", { name: "Mark as paid…" }).click();
    await expect(page.getByText(/^Only if you’ve received/)).toBeVisible();
    await expectAccessible(page, "the question before an order is marked as paid");
    await page.getByRole("dialog").getByRole("button", { name: "Mark as paid" }).click();
    await expect(page.getByText("The order is marked as paid")).toBeVisible();
    await linkOf(mailbox, owner, `You sold “${PRODUCT}”`);
  });

  await test.step("the owner downloads the sale for their books", async () => {
    await page.goto("/sales");
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download CSV" }).click();
    const file = await downloading;
    expect(file.suggestedFilename()).toMatch(/^sales-.+\.csv$/);
    expect(await readFile(await file.path(), "utf8")).toMatch(
      new RegExp(`\r\n${ref},1,paid,.+,${buyer.email},${PRODUCT},EUR,19\\.00,1900,0\\.00,0,,,\r\n$`),
    );
  });

  await test.step("the stranger has the note", async () => {
    await elsewhere.reload();
    await expect(elsewhere.getByText(NOTE)).toBeVisible();
    await theirs.goto(await linkOf(mailbox, buyer, `Your receipt for “${PRODUCT}”`));
    await expect(theirs.getByRole("heading", { level: 1, name: "Thank you" })).toBeVisible();
    await expect(theirs.getByText(NOTE)).toBeVisible();
    await expect(theirs.getByRole("region", { name: "Receipt" })).toContainText("Total€19.00");
  });
});
