import { Menu } from "@mantine/core";
import type { OwnProductCard } from "@yumroad/contract";
import { Link } from "react-router-dom";
import { RowMenu } from "../../platform/ui/row-menu.tsx";
import { DeleteIcon, EditIcon, ViewIcon } from "../../platform/ui/work-icons.tsx";
import { ownProductsWords } from "../../words/own-products.ts";

const words = ownProductsWords.list;

interface OwnProductMenuProps {
  product: OwnProductCard;
  editPath: string;
  pagePath: string;
  onDelete: () => void;
}

export function OwnProductMenu({ product: { name, status }, editPath, pagePath, onDelete }: OwnProductMenuProps) {
  return (
    <RowMenu label={words.actionsFor(name)}>
      <Menu.Item component={Link} to={editPath} leftSection={<EditIcon />} data-autofocus>
        {words.edit}
      </Menu.Item>
      {status === "published" && (
        <Menu.Item component={Link} to={pagePath} leftSection={<ViewIcon />}>
          {words.view}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<DeleteIcon />} onClick={onDelete}>
        {words.remove}
      </Menu.Item>
    </RowMenu>
  );
}
