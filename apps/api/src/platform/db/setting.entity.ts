import { defineEntity, p } from "@mikro-orm/core";

/** A fact about this installation that is stored with its data. */
export const SettingEntity = defineEntity({
  name: "Setting",
  tableName: "settings",
  properties: {
    key: p.string().length(60).primary(),
    value: p.text(),
  },
});
