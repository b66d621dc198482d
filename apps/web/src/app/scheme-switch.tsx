import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { appWords } from "../words/app.ts";
import classes from "./scheme-switch.module.css";

const words = appWords.theme;

const SCHEMES: readonly MantineColorScheme[] = ["auto", "light", "dark"];

/** Switches between light and dark; follows the system until it is used. */
export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <fieldset className={classes.switch}>
      <legend className="visually-hidden">{words.label}</legend>
      {SCHEMES.map((scheme) => (
        <label key={scheme} className={classes.choice}>
          <input
            type="radio"
            name="scheme"
            className="visually-hidden"
            checked={colorScheme === scheme}
            onChange={() => setColorScheme(scheme)}
          />
          {words[scheme]}
        </label>
      ))}
    </fieldset>
  );
}
