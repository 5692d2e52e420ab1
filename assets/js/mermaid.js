// The part that draws diagrams with mermaid.
import mermaid from "mermaid";
import { isDark } from "./colour.js";
import { definePart } from "./parts.js";

const MOST_GROWTH = 1.7;

// mermaid draws for a web page. Letters on a slide are larger, so a diagram grows as far as it may and its slide allows.
function fit(svg, room) {
  const { width, height } = svg.viewBox.baseVal;
  if (!width || !height) return;
  const scale = Math.min(MOST_GROWTH, (room.width * 0.95) / width, (room.height * 0.7) / height);
  svg.style.maxWidth = `${Math.round(width * scale)}px`;
}

// The print view asks before reveal.js has painted anything, so ask the theme.
function isThemeDark() {
  const probe = document.body.appendChild(document.createElement("span"));
  probe.style.color = "var(--r-background-color)";
  const { color } = getComputedStyle(probe);
  probe.remove();
  return isDark(color);
}

// A diagram is drawn off the slides and then put in its place: most slides are hidden or scaled now, and mermaid measures.
definePart("mermaid", async (slides, room, settings) => {
  mermaid.initialize({
    theme: isThemeDark() ? "dark" : "default",
    fontFamily: "system-ui, sans-serif",
    ...settings,
    startOnLoad: false,
    suppressErrorRendering: true,
  });
  let count = 0;
  for (const place of slides.querySelectorAll(".mermaid")) {
    const text = place.textContent.trim();
    const id = `mermaid-${++count}`;
    try {
      const { svg, bindFunctions } = await mermaid.render(id, text);
      place.innerHTML = svg;
      place.classList.add("mermaid-drawn");
      fit(place.querySelector("svg"), room);
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
