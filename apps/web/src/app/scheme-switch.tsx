import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import classes from "./scheme-switch.module.css";

const SCHEMES: readonly { scheme: MantineColorScheme; text: string }[] = [
  { scheme: "auto", text: "System" },
  { scheme: "light", text: "Light" },
  { scheme: "dark", text: "Dark" },
];

/** Switches between light and dark; follows the system until it is used. */
export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <fieldset className={classes.switch}>
      <legend className="visually-hidden">Colours</legend>
      {SCHEMES.map(({ scheme, text }) => (
        <label key={scheme} className={classes.choice}>
          <input
            type="radio"
            name="scheme"
            className="visually-hidden"
            checked={colorScheme === scheme}
            onChange={() => setColorScheme(scheme)}
          />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
