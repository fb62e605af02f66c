/** A numeric column over a time column. */
import { el, svg } from "./dom.js";

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [800, 300, 70, 16, 12, 34];
const [SECOND, HOUR, DAY] = [1000, 3_600_000, 86_400_000];
const STEPS = [1, 5, 15, 30, 60, 300, 900, 1800].map((it) => it * SECOND)
  .concat([1, 3, 6, 12].map((it) => it * HOUR), [1, 2, 7, 14, 30, 91, 182, 365, 730, 3650, 36500, 365000].map((it) => it * DAY));

/** Milliseconds since 1970; of a timeuuid, those in it. */
function time(value, type) {
  if (type !== "timeuuid") {
    return Date.parse(value);
  }
  const [low, middle, high] = value.split("-");
  return Number((BigInt(`0x${high.slice(1)}${middle}${low}`) - 0x01b21dd213814000n) / 10000n);
}

function ticks(low, high, step) {
  const all = [];
  for (let at = Math.ceil(low / step) * step; at <= high + step / 1e6 && all.length < 20; at += step) {
    all.push(at);
  }
  return all;
}

function nice(range) {
  const power = 10 ** Math.floor(Math.log10(range));
  return [1, 2, 5, 10].map((it) => it * power).find((it) => range / it <= 6);
}

export function plot(rows, over, name) {
  const points = rows.map((row) => [time(row[over.column], over.type), Number(row[name]), row])
    .filter(([x, y, row]) => Number.isFinite(x) && Number.isFinite(y) && row[name] !== null).sort(([a], [b]) => a - b);
  if (points.length === 0) {
    return el("p", { class: "muted" }, "Nothing to draw: no row has both values.");
  }
  const [x0, x1] = [points[0][0], points.at(-1)[0]];
  const values = points.map(([, y]) => y);
  let [y0, y1] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const [least, most] = [y0, y1];
  if (y0 === y1) {
    [y0, y1] = [y0 - 1, y1 + 1];
  }
  const step = nice(y1 - y0);
  [y0, y1] = [Math.floor(y0 / step) * step, Math.ceil(y1 / step) * step];
  const across = (x) => x1 === x0 ? (LEFT + WIDTH - RIGHT) / 2 : LEFT + (x - x0) / (x1 - x0) * (WIDTH - LEFT - RIGHT);
  const down = (y) => HEIGHT - BOTTOM - (y - y0) / (y1 - y0) * (HEIGHT - TOP - BOTTOM);
  const wide = STEPS.find((it) => (x1 - x0) / it <= 6) ?? STEPS.at(-1);
  const instant = (x) => new Date(x).toISOString();
  const label = (x) => wide >= DAY ? instant(x).slice(0, -14) : x % DAY === 0 ? instant(x).slice(5, 10) : wide >= 60 * SECOND ? instant(x).slice(11, 16) : instant(x).slice(11, 19);
  const says = `${name} over ${over.column}: ${points.length} points from ${instant(x0)} to ${instant(x1)}, between ${least} and ${most}`;
  return el("figure", { class: "plot" },
    svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": says },
      ticks(y0, y1, step).map((y) => [
        svg("line", { class: "line", x1: LEFT, x2: WIDTH - RIGHT, y1: down(y), y2: down(y) }),
        svg("text", { x: LEFT - 8, y: down(y) + 4, "text-anchor": "end" }, String(Number(y.toPrecision(6)))),
      ]),
      (x1 === x0 ? [x0] : ticks(x0, x1, wide)).map((x) => [
        svg("line", { class: "line", x1: across(x), x2: across(x), y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM + 5 }),
        svg("text", { x: across(x), y: HEIGHT - 12, "text-anchor": "middle" }, label(x)),
      ]),
      svg("polyline", { class: "curve", points: points.map(([x, y]) => `${across(x).toFixed(1)},${down(y).toFixed(1)}`).join(" ") }),
      points.length <= 200 && points.map(([x, y, row]) => svg("circle", { class: "point", cx: across(x).toFixed(1), cy: down(y).toFixed(1), r: 3.5 },
        svg("title", {}, `${instant(x)}: ${row[name]}`)))),
    el("figcaption", { class: "muted" }, `${says}. Times are UTC; these are the rows of this page.`));
}
