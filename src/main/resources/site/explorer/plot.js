/** A numeric column over a time column. */
import { el, muted, svg } from "./dom.js";

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [800, 300, 70, 16, 12, 34];
const [SECOND, HOUR, DAY] = [1e3, 36e5, 864e5];
const STEPS = [[SECOND, 1, 5, 15, 30, 60, 300, 900, 1800], [HOUR, 1, 3, 6, 12], [DAY, 1, 2, 7, 14, 30, 91, 365, 3650, 36500, 365000]]
  .flatMap(([unit, ...many]) => many.map((it) => it * unit));

/** Milliseconds since 1970; of a timeuuid, those in it. */
function time(value, type) {
  if (type !== "timeuuid" || value === null) {
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

const short = (y) => String(Number(y.toPrecision(6)));

function nice(range) {
  const power = 10 ** Math.floor(Math.log10(range));
  return [1, 2, 5, 10].map((it) => it * power).find((it) => range / it <= 6);
}

export function plot(rows, over, name) {
  const points = rows.map((row) => [time(row[over.column], over.type), Number(row[name]), row])
    .filter(([x, y, row]) => Number.isFinite(x) && Number.isFinite(y) && row[name] !== null).sort(([a], [b]) => a - b);
  if (points.length === 0) {
    return muted("No row has both values.");
  }
  const [x0, x1] = [points[0][0], points.at(-1)[0]];
  const values = points.map(([, y]) => y).sort((a, b) => a - b);
  let [y0, y1] = [values[0], values.at(-1)];
  if (y0 === y1) {
    const room = Math.abs(y0) / 100 || 1;
    [y0, y1] = [y0 - room, y1 + room];
  }
  const step = nice(y1 - y0);
  [y0, y1] = [Math.floor(y0 / step) * step, Math.ceil(y1 / step) * step];
  const across = (x) => x1 === x0 ? (LEFT + WIDTH - RIGHT) / 2 : LEFT + (x - x0) / (x1 - x0) * (WIDTH - LEFT - RIGHT);
  const down = (y) => HEIGHT - BOTTOM - (y - y0) / (y1 - y0) * (HEIGHT - TOP - BOTTOM);
  const wide = STEPS.find((it) => (x1 - x0) / it <= 6) ?? STEPS.at(-1);
  const instant = (x) => new Date(x).toISOString();
  const label = (x) => wide >= DAY ? instant(x).slice(0, -14) : x % DAY === 0 ? instant(x).slice(5, 10) : instant(x).slice(11, wide < 60 * SECOND ? 19 : 16);
  const says = `${name} over ${over.column}: ${points.length} points from ${instant(x0)} to ${instant(x1)}, between ${short(values[0])} and ${short(values.at(-1))}`;
  const line = (x1, x2, y1, y2) => svg("line", { class: "line", x1, x2, y1, y2 });
  const text = (x, y, anchor, label) => svg("text", { x, y, "text-anchor": anchor }, label);
  return el("figure.plot",
    svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": says },
      ticks(y0, y1, step).map((y) => [line(LEFT, WIDTH - RIGHT, down(y), down(y)), text(LEFT - 8, down(y) + 4, "end", short(y))]),
      (x1 === x0 ? [x0] : ticks(x0, x1, wide)).map((x) =>
        [line(across(x), across(x), HEIGHT - BOTTOM, HEIGHT - BOTTOM + 5), text(across(x), HEIGHT - 12, "middle", label(x))]),
      svg("polyline", { class: "curve", points: points.map(([x, y]) => `${across(x).toFixed(1)},${down(y).toFixed(1)}`).join(" ") }),
      points.length <= 200 && points.map(([x, y, row]) => svg("circle", { class: "point", cx: across(x).toFixed(1), cy: down(y).toFixed(1), r: 3.5 },
        svg("title", {}, `${instant(x)}: ${row[name]}`)))),
    el("figcaption.muted", `${says}. Times are UTC; these are the rows of this page.`));
}
