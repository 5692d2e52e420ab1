// Holds the slides that decksd serves against the reference, slide by slide.

export const FIELDS = [
  "attrs",
  "notes",
  "text",
  "heads",
  "li",
  "code",
  "img",
  "tables",
  "iframes",
  "fragments",
  "links",
];

const URL_ATTRIBUTE = /^data-background(-image|-video|-iframe)?$/;

function decoded(url) {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

/** Takes the digest off that decksd adds to the URLs of a deck's files. */
function withoutDigest(url) {
  return url.replace(/\?v=[0-9a-f]+(?=#|$)/, "").replace(/([?&])v=[0-9a-f]+&/, "$1");
}

/** A background may name several files; "./x.png" and "x.png" are the same one. */
function backgroundUrls(value) {
  return value.split(",").map((url) => decoded(withoutDigest(url.trim())).replace(/^\.\//, ""));
}

/** A field in the form in which it is compared: ours may carry digests and encode other characters than marked does. */
function comparable(field, value, { asWritten }) {
  if (field === "attrs") {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return entries.map(([name, it]) => [name, !asWritten && URL_ATTRIBUTE.test(name) ? backgroundUrls(it) : it]);
  }
  if (asWritten) return value;
  if (field === "links") return value.map((href) => decoded(withoutDigest(href)));
  if (field === "img") return value.map(decoded);
  return value;
}

export function differingFields(slide, reference, options = {}) {
  const same = (field) =>
    JSON.stringify(comparable(field, slide[field], options)) ===
    JSON.stringify(comparable(field, reference[field], options));
  return FIELDS.filter((field) => !same(field));
}

const samePosition = (a, b) => a.h === b.h && a.v === b.v;

/**
 * Pairs two lists of slides, in order, so that as much as possible is alike: [i, j] with null where one has no partner.
 * Lists of equal length are paired one to one.
 */
export function pair(left, right, options) {
  if (left.length === right.length) return left.map((_, i) => [i, i]);
  const likeness = (a, b) => {
    const differing = differingFields(a, b, options);
    if (differing.length === 0) return 4;
    if (!differing.includes("text") || !differing.includes("heads")) return 2;
    return 0.5;
  };
  const best = Array.from({ length: left.length + 1 }, () => new Float64Array(right.length + 1));
  const step = Array.from({ length: left.length + 1 }, () => new Uint8Array(right.length + 1));
  for (let i = left.length; i >= 0; i--)
    for (let j = right.length; j >= 0; j--) {
      if (i === left.length && j === right.length) continue;
      const ways = [
        i < left.length && j < right.length ? best[i + 1][j + 1] + likeness(left[i], right[j]) : -1,
        i < left.length ? best[i + 1][j] : -1,
        j < right.length ? best[i][j + 1] : -1,
      ];
      const way = ways.indexOf(Math.max(...ways));
      best[i][j] = ways[way];
      step[i][j] = way;
    }
  const pairs = [];
  for (let i = 0, j = 0; i < left.length || j < right.length; ) {
    const way = step[i][j];
    pairs.push([way === 2 ? null : i, way === 1 ? null : j]);
    if (way !== 2) i++;
    if (way !== 1) j++;
  }
  return pairs;
}

/**
 * Compares a deck's slides with what the plugin makes of it as it is (`plain`) and with its known faults mended (`mended`).
 * A verdict for each slide of either side: `index` (in `plain`; in `served` for one too many), `kind`:
 *   "equal"      as in the plain deck, at the position there or, where others were dropped on purpose, in the mended one
 *   "purpose"    as in the mended deck only, or a blank slide dropped, or excepted by name
 *   "different"  the rest, with `differences`: {field, expected, actual}
 */
export function compareDeck({ served, plain, mended, exceptions = [], options = {} }) {
  const mendedOfServed = new Map(pair(mended, served, options).map(([m, s]) => [s, m]));
  const mendedOfPlain = new Map(pair(mended, plain, options).map(([m, p]) => [p, m]));
  const unused = new Set(exceptions);
  const verdicts = [];

  const excepted = (index, differences) => {
    const left = differences.filter(({ field }) => {
      const exception = exceptions.find((it) => it.index === index && it.field === field);
      if (exception) unused.delete(exception);
      return !exception;
    });
    return left.length === 0
      ? { index, kind: "purpose", differences }
      : { index, kind: "different", differences: left };
  };

  for (const [p, s] of pair(plain, served, options)) {
    if (s === null) {
      const isDropped = (mendedOfPlain.get(p) ?? null) === null;
      const missing = [{ field: "position", expected: `${plain[p].h}/${plain[p].v} ${plain[p].text}`, actual: null }];
      verdicts.push(isDropped ? { index: p, kind: "purpose", differences: missing } : excepted(p, missing));
      continue;
    }
    const slide = served[s];
    const m = mendedOfServed.get(s) ?? null;
    const isWhereMended = m !== null && samePosition(slide, mended[m]);
    const isMended = isWhereMended && differingFields(slide, mended[m], options).length === 0;
    if (p === null) {
      const extra = [{ field: "position", expected: null, actual: `${slide.h}/${slide.v} ${slide.text}` }];
      verdicts.push(isMended ? { index: s, kind: "purpose", differences: extra } : excepted(s, extra));
      continue;
    }
    const differences = differingFields(slide, plain[p], options).map((field) => ({
      field,
      expected: plain[p][field],
      actual: slide[field],
    }));
    if (!samePosition(slide, plain[p]) && !isWhereMended)
      differences.push({ field: "position", expected: `${plain[p].h}/${plain[p].v}`, actual: `${slide.h}/${slide.v}` });
    if (differences.length === 0) verdicts.push({ index: p, kind: "equal", differences });
    else if (isMended) verdicts.push({ index: p, kind: "purpose", differences });
    else verdicts.push(excepted(p, differences));
  }

  const placedAs = (reference) =>
    served.length === reference.length && served.every((slide, i) => samePosition(slide, reference[i]));
  return {
    slides: plain.length,
    served: served.length,
    samePositions: placedAs(plain) ? "equal" : placedAs(mended) ? "purpose" : "different",
    verdicts,
    unusedExceptions: [...unused],
  };
}
