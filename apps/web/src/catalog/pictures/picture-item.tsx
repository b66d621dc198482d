import { type Picture, PictureInput } from "@yumroad/contract";
import type { ComponentProps } from "react";
import { Badge } from "../../platform/ui/badge.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { MoveButtons } from "../../platform/ui/move-buttons.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { pictureWords as words } from "../../words/pictures.ts";
import { useDescribePicture } from "./api.ts";
import classes from "./pictures.module.css";

interface PictureItemProps {
  slug: string;
  picture: Picture;
  /** 1 is the first, the cover. */
  place: number;
  /** Where the picture can be moved; null: it is the only one. */
  move: Omit<ComponentProps<typeof MoveButtons>, "title"> | null;
  isRemoving: boolean;
  onRemove: () => void;
  onDone: (text: string) => void;
}

/** A picture, its description, and its place among the others. */
export function PictureItem({ slug, picture, place, move, isRemoving, onRemove, onDone }: PictureItemProps) {
  const { name, state, url } = picture;
  return (
    <li className={classes.item}>
      <div className={classes.thumbnail}>
        {url === null ? <p className={classes.name}>{name}</p> : <img src={url.replace("-640.", "-320.")} alt="" />}
        {place === 1 && state === "ready" && (
          <span className={classes.badge}>
            <Badge>{words.cover}</Badge>
          </span>
        )}
      </div>
      <div className={classes.side}>
        {state === "ready" ? (
          <Description slug={slug} picture={picture} place={place} onDone={onDone} />
        ) : (
          <p role="status">{words.states[state]}</p>
        )}
        <div className={classes.actions}>
          {move !== null && <MoveButtons title={words.nameOf(place)} {...move} />}
          <Button size="sm" isBusy={isRemoving} label={words.removeOne(place)} onClick={onRemove}>
            {words.remove}
          </Button>
        </div>
      </div>
    </li>
  );
}

function Description({
  slug,
  picture,
  place,
  onDone,
}: Pick<PictureItemProps, "slug" | "picture" | "place" | "onDone">) {
  const describe = useDescribePicture(slug, picture.id);
  const form = useForm({
    initial: { alt: picture.alt ?? "" },
    check: (values) => check(PictureInput, values),
    submit: async (input) => {
      await describe.mutateAsync(input);
      onDone(words.saved);
    },
  });
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.altOf(place)}>
      <FormSummary problem={form.problem} />
      <TextField
        label={words.alt}
        description={words.altHint}
        autoComplete="off"
        isOptional
        field={form.field("alt")}
      />
      {form.values.alt !== (picture.alt ?? "") && (
        <Button type="submit" size="sm" isBusy={form.isBusy} label={words.saveOne(place)}>
          {words.save}
        </Button>
      )}
    </form>
  );
}
