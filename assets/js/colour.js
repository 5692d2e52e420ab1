// Whether a computed CSS colour, "rgb(25, 25, 25)", is nearer to black than to white for the eye.
export function isDark(colour) {
  const [red, green, blue, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  if (blue === undefined || alpha === 0) return false;
  return (red * 299 + green * 587 + blue * 114) / 1000 < 128;
}
