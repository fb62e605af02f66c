/** Loads a file of CSV, in requests of some records each: a browser reads no answer while it sends. */
import { bdi, button, code, dialog, el, form, labelled, muted, primary, problem, select, sheet } from "./dom.js";
import { curl, failure, send } from "./api.js";
import { tablePath } from "./query.js";

const PART = 64 * 1024;
const SHOWN = 200;
const number = (it) => it.toLocaleString("en");
const [NEWLINE, QUOTE, BACKSLASH] = [10, 34, 92];

/** The records of a file: the bytes of each, and the line at which it begins, counted from 1. */
async function* records(file, escaped) {
  let rest = new Uint8Array();
  let line = 1;
  let [at, lines, quoted] = [0, 0, false];
  const reader = file.stream().getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const bytes = new Uint8Array(rest.length + chunk.value.length);
    bytes.set(rest);
    bytes.set(chunk.value, rest.length);
    let begin = 0;
    for (; at < bytes.length; at++) {
      if (bytes[at] === BACKSLASH && escaped) {
        at++;
      } else if (bytes[at] === QUOTE && (quoted || /[\0\n",;\t]/.test(String.fromCharCode(bytes[at - 1])))) {
        quoted = !quoted;
      } else if (bytes[at] === NEWLINE) {
        lines++;
        if (!quoted) {
          yield { bytes: bytes.slice(begin, at + 1), line };
          begin = at + 1;
          line += lines;
          lines = 0;
        }
      }
    }
    rest = bytes.slice(begin);
    at -= begin;
  }
  if (rest.length > 0) {
    yield { bytes: rest, line };
  }
}

/** Parts of the file, each with the header line before its records. */
async function* parts(file, escaped) {
  const all = records(file, escaped);
  const { value: header } = await all.next();
  let [part, size, first, body] = [[], 0, 0, 0];
  const filled = () => ({ part: new Blob([header?.bytes ?? "", ...part]), size, moved: first - body });
  for await (const { bytes, line } of all) {
    body ||= line;
    if (size > 0 && size + bytes.length > PART) {
      yield filled();
      [part, size] = [[], 0];
    }
    first = size === 0 ? line : first;
    part.push(bytes);
    size += bytes.length;
  }
  yield filled();
}

export function load(table, done) {
  let stop = new AbortController();
  const file = el("input", { type: "file", id: "file", accept: ".csv,text/*", required: true, autofocus: true, change: preview });
  const dialect = select([["", "RFC 4180"], ["dialect=cqlsh", "cqlsh"], ["dialect=dsbulk", "dsbulk"]], "", { id: "dialect", change: preview });
  const delimiter = select([["", "comma"], ['delimiter=";"', "semicolon"], ["delimiter=tab", "tab"]], "", { id: "delimiter", change: preview });
  const shown = el("div.preview");
  const bar = el("progress", { max: "1", value: 0, "aria-label": "Progress" });
  const facts = el("p", { role: "status" });
  const list = sheet(["Line", "Column", "Reason"], []);
  const failures = list.querySelector("tbody");
  const progress = el("div", { hidden: true });
  const type = () => ["text/csv", dialect.value, delimiter.value].filter(Boolean).join(";");
  const path = tablePath(table);

  async function preview() {
    const [chosen] = file.files;
    if (chosen) {
      const text = await chosen.slice(0, 4096).text();
      const begin = text.split("\n").slice(0, 6).map((line) => line.slice(0, 300)).join("\n");
      shown.replaceChildren(muted(`${number(chosen.size)} bytes; the first line names the columns:`),
        el("pre", { tabindex: "0" }, begin), code("curl", curl("POST", path, { "Content-Type": type() }, `@${chosen.name}`)));
    }
  }

  function failed({ error }, moved) {
    if (failures.children.length < SHOWN) {
      failures.append(el("tr", el("td.number", error.line + moved), el("td", bdi(error.column ?? "")),
        el("td.prose", error.detail, error.hint && el("small", ` ${error.hint}`))));
      list.isConnected || progress.append(list);
    }
  }

  async function run() {
    const [chosen] = file.files;
    let [written, wrong, sent] = [0, 0, 0];
    const tell = (end) => (facts.textContent = `${end}${number(written)} written, ${number(wrong)} failed`);
    start.disabled = true;
    end.textContent = "Stop";
    stop = new AbortController();
    progress.hidden = false;
    progress.replaceChildren(bar, facts);
    failures.replaceChildren();
    try {
      for await (const { part, size, moved } of parts(chosen, dialect.value !== "")) {
        const { body } = await send("POST", path, { headers: { "Content-Type": type() }, body: part, signal: stop.signal });
        const outcomes = body.trim().split("\n").map((line) => JSON.parse(line));
        const sum = outcomes.pop();
        outcomes.forEach((outcome) => failed(outcome, moved));
        written += sum.written;
        wrong += sum.failed;
        if (sum.error) {
          throw failure(sum.error);
        }
        sent += size;
        bar.value = sent / chosen.size;
        tell("");
      }
      bar.value = 1;
      tell("Done: ");
    } catch (error) {
      tell("Stopped: ");
      if (error.name !== "AbortError") {
        progress.append(problem(error), muted(table.isCounter ? "What is counted stays counted." : "The file can be sent again: what was written stays the same."));
      }
    }
    start.disabled = false;
    end.textContent = "Close";
  }

  const start = primary("Load");
  const end = button("Close", () => start.disabled ? stop.abort() : box.close());
  const box = dialog(`Load CSV into ${table.table}`, { class: "wide", close: () => {
    stop.abort();
    progress.hidden || done();
  } },
  form(run,
    el("div.options", labelled("File", file), labelled("Form", dialect), labelled("Separator", delimiter)), shown, progress,
    el("footer", start, end)));
}
