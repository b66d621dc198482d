import { MantineProvider } from "@mantine/core";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Dialog } from "./dialog.tsx";

function show(dialogs: string[]) {
  return (
    <MantineProvider>
      <h1 tabIndex={-1}>The page</h1>
      {dialogs.map((title) => (
        <Dialog
          key={title}
          title={title}
          onClose={() => {}}
          actions={<button type="button">{`Answer ${title}`}</button>}
        >
          Words of {title}
        </Dialog>
      ))}
    </MantineProvider>
  );
}

async function answerTo(title: string): Promise<HTMLElement> {
  const button = await screen.findByRole("button", { name: `Answer ${title}` });
  await waitFor(() => expect(button).toHaveFocus());
  return button;
}

const heading = () => screen.getByRole("heading", { level: 1, hidden: true });

test("a dialog whose words were clicked keeps the focus from the page behind it, which has it afterwards", async () => {
  const user = userEvent.setup();
  const { rerender } = render(show(["one"]));
  await answerTo("one");
  await user.click(screen.getByText("Words of one"));
  heading().focus();
  expect(screen.getByRole("dialog")).toContainElement(document.activeElement as HTMLElement);
  rerender(show([]));
  expect(heading()).toHaveFocus();
});

test("of two dialogs the one in front has the focus, and the other one when that goes, whatever comes up behind", async () => {
  const { rerender } = render(show(["one"]));
  const one = await answerTo("one");
  rerender(show(["one", "two"]));
  const two = await answerTo("two");
  heading().focus();
  expect(two).toHaveFocus();
  rerender(show(["one"]));
  expect(one).toHaveFocus();
  rerender(show([]));
  expect(heading()).toHaveFocus();
});
