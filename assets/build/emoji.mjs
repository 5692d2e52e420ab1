// GitHub's short codes for emoji, as gemoji has them.
import { nameToEmoji } from "gemoji";

/** [name, emoji], in the order of strcmp; names are small letters, digits, "_", "+" and "-". */
export function emojiTable() {
  return Object.entries(nameToEmoji)
    .filter(([name]) => /^[a-z0-9_+-]+$/.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
