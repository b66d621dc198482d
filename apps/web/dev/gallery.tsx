import { type ReactNode, useState } from "react";
import { ProductGrid } from "../src/catalog/products/product-grid.tsx";
import { Badge } from "../src/platform/ui/badge.tsx";
import { Button } from "../src/platform/ui/button.tsx";
import { CheckboxField } from "../src/platform/ui/checkbox-field.tsx";
import { LostDrawing, NothingFoundDrawing, ShelfDrawing } from "../src/platform/ui/drawings.tsx";
import * as eyeIcons from "../src/platform/ui/eye-icons.tsx";
import * as icons from "../src/platform/ui/icons.tsx";
import { Message } from "../src/platform/ui/message.tsx";
import { PageHeader } from "../src/platform/ui/page-header.tsx";
import { PasswordField } from "../src/platform/ui/password-field.tsx";
import { SearchBox } from "../src/platform/ui/search-box.tsx";
import { Section } from "../src/platform/ui/section.tsx";
import { SelectField } from "../src/platform/ui/select-field.tsx";
import { SidePage } from "../src/platform/ui/side-page.tsx";
import { StatTiles } from "../src/platform/ui/stat-tiles.tsx";
import { EmptyState, ErrorState } from "../src/platform/ui/states.tsx";
import { type Column, Table } from "../src/platform/ui/table.tsx";
import { Tabs } from "../src/platform/ui/tabs.tsx";
import { TextAreaField } from "../src/platform/ui/text-area-field.tsx";
import { TextField } from "../src/platform/ui/text-field.tsx";
import * as workIcons from "../src/platform/ui/work-icons.tsx";
import classes from "./gallery.module.css";

const HERE = "/dev/gallery";

/** Each component in each of its states. */
export function Gallery() {
  return (
    <main className={classes.page}>
      <PageHeader action={<Button look="primary">The main action</Button>}>
        <h1>Gallery</h1>
        <p>Each component in each of its states.</p>
      </PageHeader>
      <Colours />
      <Type />
      <Buttons />
      <Labels />
      <Fields />
      <Lists />
      <Navigation />
      <States />
    </main>
  );
}

const ROLES = ["surface-1", "surface-2", "surface-3", "line", "line-strong", "ink-1", "ink-2", "ink-3"];
const COLOURS = ["accent", "accent-soft", "danger-fill", "danger-soft", "info", "info-soft", "success", "success-soft"];

function Colours() {
  return (
    <Section title="Colours">
      <div className={classes.row}>
        {[...ROLES, ...COLOURS, "warn", "warn-soft", "sun", "blush", "rose", "glow"].map((role) => (
          <div key={role} className={classes.colour}>
            <div className={classes.swatch} style={{ background: `var(--${role})` }} />
            {role}
          </div>
        ))}
      </div>
    </Section>
  );
}

function Type() {
  return (
    <Section title="Type">
      {["3xl", "2xl", "xl", "lg", "md", "sm"].map((step) => (
        <p key={step} style={{ fontSize: `var(--text-${step})` }}>
          {step} – a quiet Tuesday in Lisbon, Łódź and Málaga
        </p>
      ))}
    </Section>
  );
}

function Buttons() {
  return (
    <Section title="Buttons">
      {(["primary", "plain", "quiet", "danger"] as const).map((look) => (
        <div key={look} className={classes.row}>
          {(["sm", "md", "lg"] as const).map((size) => (
            <Button key={size} look={look} size={size}>
              {look} {size}
            </Button>
          ))}
          <Button look={look} isBusy>
            busy
          </Button>
        </div>
      ))}
    </Section>
  );
}

function Labels() {
  return (
    <Section title="Badges, messages, icons" hint="A hint below the heading of a section.">
      <div className={classes.row}>
        <Badge>plain</Badge>
        <Badge look="warn">warn</Badge>
        <Badge look="bad">bad</Badge>
        <Badge look="good">good</Badge>
      </div>
      <Message>A message in the flow of a page.</Message>
      <div className={classes.row}>
        {Object.entries({ ...icons, ...eyeIcons, ...workIcons }).map(([name, Icon]) => (
          <span key={name} title={name}>
            <Icon />
          </span>
        ))}
      </div>
    </Section>
  );
}

function useField<Value>(name: string, initial: Value, error: string | null = null) {
  const [value, set] = useState(initial);
  return { id: name, name, value, error, set };
}

function Fields() {
  const [text, setText] = useState("");
  return (
    <Section title="Fields">
      <TextField label="Name" description="4 to 60 characters" field={useField("name", "Paper moon")} />
      <TextField label="Price" field={useField("price", "ten", "Enter an amount, such as 9.99")} />
      <PasswordField autoComplete="new-password" field={useField("password", "nine purple walruses")} />
      <SelectField label="Currency" options={["EUR", "USD"]} field={useField("currency", "EUR")} />
      <TextAreaField label="Description" rows={3} field={useField("description", "صفحات مرسومة باليد")} />
      <CheckboxField label="Remember me" description="On this device" field={useField("remember", true)} />
      <CheckboxField label="Not chosen" field={useField("not", false)} />
      <SearchBox label="Search" maxLength={80} text={text} onChange={setText} onSubmit={() => {}} />
    </Section>
  );
}

type Row = [name: string, sold: number];
const columns: readonly Column<Row>[] = [
  { name: "Product", cell: ([name]) => name, order: ([name]) => name },
  { name: "Status", cell: () => <Badge look="good">Paid</Badge> },
  { name: "Sold", cell: ([, sold]) => sold, order: ([, sold]) => sold, isNumber: true },
];
const ROWS: readonly Row[] = [
  ["Field notes", 12],
  ["Paper moon", 9],
  ["A very long name of a product that wraps on a phone and stays in its column", 1204],
];

const cards = ROWS.map(([name], index) => ({
  slug: `card-${index}`,
  name,
  price: { amount: 1200 * (index + 1), currency: "EUR" as const },
  pricing: "fixed" as const,
  status: index === 0 ? ("published" as const) : ("draft" as const),
  coverUrl: null,
  store: { handle: "mira", name: "Mira Okafor" },
}));

function Lists() {
  return (
    <>
      <StatTiles
        stats={[
          { name: "Today", value: 3 },
          { name: "A name that takes two lines in a tile", value: "€1,204.00" },
        ]}
      />
      <Table label="Sorted" columns={columns} rows={ROWS} keyOf={([name]) => name} isSortable />
      <Table label="Not sorted" columns={columns} rows={ROWS} keyOf={([name]) => name} />
      <section aria-label="Cards">
        <h2 className="visually-hidden">Cards</h2>
        <ProductGrid products={cards} headingLevel={3} linkTo={() => HERE} storeLinkTo={() => HERE} withStatus />
      </section>
    </>
  );
}

function Navigation() {
  const groups = [
    {
      links: [
        { to: HERE, text: "Here", Icon: workIcons.DashboardIcon },
        { to: "/products", text: "Elsewhere", Icon: workIcons.ProductsIcon },
      ],
    },
    { name: "A group", links: [{ to: "/settings", text: "In a group", Icon: workIcons.SettingsIcon }] },
  ];
  return (
    <SidePage label="Neighbours" groups={groups}>
      <Tabs
        label="Views"
        tabs={[
          { to: HERE, text: "Current", isCurrent: true },
          { to: `${HERE}?view=other`, text: "Other", isCurrent: false },
        ]}
      />
      <p>The page beside its navigation.</p>
    </SidePage>
  );
}

function States() {
  const drawings: readonly (readonly [string, ReactNode])[] = [
    ["Nothing yet.", <ShelfDrawing key="shelf" />],
    ["Nothing found.", <NothingFoundDrawing key="nothing" />],
    ["A dead end.", <LostDrawing key="lost" />],
  ];
  return (
    <>
      {drawings.map(([text, drawing]) => (
        <EmptyState key={text} drawing={drawing} text={text} action={<Button>Do something</Button>} />
      ))}
      <ErrorState
        failure={{ error: new Error("planted"), isRetrying: false }}
        text="The products could not be loaded"
        onRetry={() => {}}
      />
    </>
  );
}
