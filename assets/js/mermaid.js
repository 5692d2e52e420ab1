// The part that draws diagrams with mermaid.
import mermaid from "mermaid";
import { isDark } from "./colour.js";
import { definePart } from "./parts.js";

// A diagram is drawn off the slides and then put in its place: most slides are hidden or scaled now, and mermaid measures.
definePart("mermaid", async (slides, settings) => {
  mermaid.initialize({
    theme: isDark(getComputedStyle(document.body).backgroundColor) ? "dark" : "default",
    fontFamily: "system-ui, sans-serif",
    ...settings,
    startOnLoad: false,
    suppressErrorRendering: true,
  });
  let count = 0;
  for (const place of slides.querySelectorAll("pre.mermaid")) {
    const text = place.textContent;
    const id = `mermaid-${++count}`;
    try {
      const { svg, bindFunctions } = await mermaid.render(id, text);
      place.innerHTML = svg;
      place.classList.add("mermaid-drawn");
      place.setAttribute("role", "img");
      place.setAttribute("aria-label", text);
      bindFunctions?.(place);
    } catch (error) {
      const problem = document.createElement("span");
      problem.className = "mermaid-error";
      problem.textContent = `${error.message}\n\n`;
      place.prepend(problem);
    }
  }
});
