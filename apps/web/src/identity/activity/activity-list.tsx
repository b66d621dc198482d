import { useInfiniteQuery } from "@tanstack/react-query";
import type { Activity } from "@yumroad/contract";
import { Loaded } from "../../platform/ui/loaded.tsx";
import { Moment } from "../../platform/ui/moment.tsx";
import { More } from "../../platform/ui/more.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { useFirstNew } from "../../platform/ui/use-first-new.ts";
import classes from "./activity-list.module.css";
import { activityWords } from "./activity-words.ts";
import { activityQuery } from "./api.ts";

/** The recent activity of the user's account (R79). */
export function ActivityList() {
  const activity = useInfiniteQuery(activityQuery);
  const items = activity.data?.pages.flatMap((page) => page.items) ?? [];
  const { list, goToNext } = useFirstNew<HTMLUListElement>(items.length, "li");
  return (
    <Section title="Activity" hint="If something here was not you, change your password: that ends all other sessions.">
      <Loaded result={activity} what="Your activity" isPart>
        {() =>
          items.length === 0 ? (
            <p>Nothing has happened yet.</p>
          ) : (
            <>
              <ul ref={list} className={classes.list}>
                {items.map((item) => (
                  <ActivityItem key={item.id} item={item} />
                ))}
              </ul>
              <More result={activity} onMore={goToNext} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function ActivityItem({ item: { kind, at, device, address } }: { item: Activity }) {
  const where = [device, address].filter((part) => part !== "").join(", from ");
  return (
    // Focusable, as the first of the newly loaded items.
    <li tabIndex={-1} className={classes.item}>
      <p>{activityWords(kind)}</p>
      <p className={classes.where}>
        <Moment at={at} />
        {where !== "" && ` · ${where}`}
      </p>
    </li>
  );
}
