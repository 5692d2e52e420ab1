// The part for the presenter: speaker view, search, zoom and QR code. None shows anything by itself, so it comes after
// the slides.
import Notes from "reveal.js/plugin/notes";
import Search from "reveal.js/plugin/search";
import Zoom from "reveal.js/plugin/zoom";
import { definePart } from "./parts.js";
import { offerCode } from "./qr-code.js";

definePart("tools", (reveal) => {
  for (const plugin of [Notes, Search, Zoom]) reveal.registerPlugin(plugin);
  offerCode(reveal);
});
