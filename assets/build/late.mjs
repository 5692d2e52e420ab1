// Cuts what the first slide does without off reveal.js's style sheet: transitions, overview, print, what lies over the
// slides when asked for. It comes once the slides stand, and before them where they are printed.

const STYLES = "slide|linear|default|convex|concave|zoom|fade";

// Each selector of a late rule matches one of these.
const LATE = [
  /\.r-overlay(?!-button)/,
  /\.overview(-deactivating)?\b/,
  new RegExp(`\\.reveal\\.(${STYLES})(?![\\w-])`),
  new RegExp(`section(:not\\(\\.stack\\))?(\\.\\w+)*\\[data-transition~?=["']?(${STYLES})`),
  /\[data-background-transition=["']?(slide|convex|concave|zoom)/,
  /\.reveal-print\b/,
  /\.print-pdf\b/,
  /\.jump-to-slide/,
  /\.zoomed\b/,
];

// Rules and at-rules of a style sheet without comments, each whole.
export function topLevelRules(css) {
  const rules = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < css.length; i++) {
    const c = css[i];
    if (c === '"' || c === "'") {
      i = css.indexOf(c, i + 1);
      if (i < 0) throw new Error("a string without its end in a style sheet");
    } else if (c === "{") depth++;
    else if ((c === "}" && --depth === 0) || (c === ";" && depth === 0)) {
      rules.push(css.slice(start, i + 1));
      start = i + 1;
    }
  }
  return rules;
}

const isLate = (rule) => {
  const head = rule.slice(0, rule.indexOf("{"));
  if (head.startsWith("@")) return /^@media print|^@keyframes r-overlay/.test(head);
  return head.split(/,(?![^(]*\))/).every((selector) => LATE.some((pattern) => pattern.test(selector)));
};

// reveal.js's sign for waiting is a moving picture of 4 KB; a ring that turns does as well.
export function withDrawnSpinner(css) {
  const picture = /background-image:url\("?data:image\/gif[^)]*\);width:32px;height:32px/;
  if (!picture.test(css)) throw new Error("reveal.js's spinner is no picture any more; see build/late.mjs");
  return css
    .replace(
      picture,
      "box-sizing:border-box;width:32px;height:32px;border:3px solid #9998;border-top-color:#eee;border-radius:50%;" +
        "animation:r-overlay-turn 1s linear infinite",
    )
    .concat("@keyframes r-overlay-turn{to{transform:rotate(1turn)}}");
}

/** {early, late}: the same rules in the same order, in two sheets. */
export function splitLate(css) {
  const rules = topLevelRules(css);
  return {
    early: rules.filter((rule) => !isLate(rule)).join(""),
    late: rules.filter(isLate).join(""),
  };
}
