// Names for screen readers where Markdown and reveal.js give none.

// A task's box is named by the task.
export function nameTasks(slides) {
  for (const box of slides.querySelectorAll('li input[type="checkbox"]:not([aria-label])')) {
    box.setAttribute("aria-label", box.closest("li").textContent.trim());
  }
}

// A page in the background is named by its slide; reveal.js makes such frames when their slide comes near.
export function nameFrames(reveal) {
  for (const slide of reveal.getSlides()) {
    const frame = reveal.getSlideBackground(slide)?.querySelector("iframe:not([title])");
    if (frame) frame.title = slide.querySelector("h1, h2, h3, h4, h5, h6")?.textContent.trim() || document.title;
  }
}
