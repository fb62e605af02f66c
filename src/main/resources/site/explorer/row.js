/** A row as a form: added, changed on the condition that nobody else has changed it, deleted. */
import { announce, bdi, button, checked, code, dialog, el, form, muted, plain, primary, problem, select } from "./dom.js";
import { curl, send } from "./api.js";
import { example, isScalar, isText, rowPath, tablePath } from "./query.js";
import { cell } from "./rows.js";

const JSON_TYPE = { "Content-Type": "application/json" };

/** Any other tag is answered with the one that the row has. */
const UNKNOWN = '"unknown"';

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Of a UDT, the fields that the text leaves out would stay. */
const whole = (text, was) => text.replace(/^{([^]*)}$/, (_, its) => `{${[its.trim(),
  ...Object.keys(was ?? {}).filter((it) => !Object.hasOwn(parsed(text) ?? {}, it)).map((it) => `${JSON.stringify(it)}:null`)].filter(Boolean)}}`);

/** A column of the form. The empty text, null and what is left as it is are three things. */
function field(column, id, value, changed) {
  const { column: name, type, kind } = column;
  const inKey = /_key|clustering/.test(kind);
  const counter = type === "counter";
  const end = isText(type) && value?.match(/\r\n?|\n/)?.[0] || "\n";
  const fixed = inKey && value !== undefined;
  const text = (it) => counter ? "" : plain(it ?? "");
  const input = type === "boolean"
    ? select(["", "true", "false"], text(value), { id, disabled: fixed })
    : el("textarea.value", { id, rows: isScalar(type) ? "1" : "2", readonly: fixed, spellcheck: "false", value: text(value),
      placeholder: value === null ? "null" : example(type) });
  const state = select([!inKey && ["keep", value === undefined || counter ? "leave out" : "keep"], ["value", counter ? "add" : "value"],
    !inKey && !counter && "null"].filter(Boolean), inKey ? "value" : "keep", { "aria-label": `What becomes of ${name}`, change: changed });
  const note = el("div.note", { id: `${id}-note` });
  const row = el("div", { class: `field ${kind}` }, el("label", { for: id }, bdi(name), el("small", type)), input, !inKey && state, note);
  input.setAttribute("aria-describedby", note.id);
  input.addEventListener("input", () => {
    state.value = "value";
    changed();
  });
  return {
    row, name, type, fixed,
    get touched() {
      return state.value !== "keep";
    },
    /** Its text, where numbers have all of their digits. */
    json(was) {
      const given = isText(type) ? input.value.replaceAll("\n", end) : input.value.trim();
      const json = isScalar(type) && type !== "boolean" ? JSON.stringify(given) : /^(frozen<)?map</.test(type) ? given : whole(given, was);
      return { null: "null", value: counter ? `{"$inc":${json}}` : json }[state.value];
    },
    show(it) {
      input.value = text(it);
      state.value = "keep";
      changed();
    },
    say(...content) {
      note.replaceChildren(...content);
      row.classList.toggle("marked", content.length > 0);
      input.removeAttribute("aria-invalid");
    },
    blame(reason) {
      this.say(reason);
      input.setAttribute("aria-invalid", "true");
      input.focus();
    },
  };
}

/** Opens the row, or a new one. */
export async function openRow(table, row, done) {
  const path = row && rowPath(table, row);
  const conditional = !table.isCounter && table.of("regular").length > 0;
  const mayWrite = table.may("write") || (!row && table.may("create"));
  const title = `${row ? "Row" : "New row"} of ${table.table}`;
  let edited = false;
  let [base, tag] = [row];
  if (row) {
    try {
      const answer = await send("GET", path);
      [base] = [answer.body].flat();
      tag = answer.etag ?? UNKNOWN;
    } catch (error) {
      return dialog(title, {}, problem(error));
    }
  }
  const messages = el("div");
  const onlyNew = el("input", { type: "checkbox", checked: !table.isCounter });
  const request = el("details", { toggle: drawCall }, el("summary", "Request"), el("div"));
  const fields = table.columns.map((column, i) => field(column, `field-${i}`, row ? base?.[column.column] ?? null : undefined, drawCall));

  function call() {
    const written = fields.filter((it) => it.touched && !it.fixed);
    const body = `{${written.map((it) => `${JSON.stringify(it.name)}:${it.json(base?.[it.name])}`)}}`;
    // CQL checks nothing but static columns on the path of their partition alone
    return row ? ["PATCH", conditional || table.isCounter ? path : rowPath(table, base, [...table.partition, ...written.map((it) => table.column(it.name))]),
      { ...JSON_TYPE, ...(conditional && { "If-Match": tag }) }, body]
      : ["POST", tablePath(table), { ...JSON_TYPE, ...((onlyNew.checked || !table.may("write")) && { "If-None-Match": "*" }) }, body];
  }

  function drawCall() {
    request.lastChild.replaceChildren(...(request.open ? [code("curl", curl(...call()))] : []));
  }

  /** Escape is hit by mistake. */
  function escape(event) {
    if (edited) {
      event.preventDefault();
      messages.replaceChildren(muted("This is not saved. Cancel discards it."));
    }
  }

  const conflict = (title, text) => messages.replaceChildren(el("div.conflict", { role: "alert" }, el("strong", title), el("p", text)));

  /** Somebody else was faster: what they wrote, by column; the next try is on top of it. */
  function compare({ current, etag }) {
    if (!current) {
      return conflict("This row is not there any more.", "Somebody has deleted it. Nothing was written.");
    }
    for (const it of fields) {
      const [was, now] = [base[it.name], current[it.name]];
      if (JSON.stringify(was) !== JSON.stringify(now)) {
        it.say(el("span", "was ", cell(was)), el("span", ", is now ", cell(now)),
          ...(it.touched ? [button("Take what is there", () => (it.show(now), it.say()))] : []));
        it.touched || it.show(now);
      }
    }
    [base, tag] = [current, etag];
    conflict("Somebody has changed this row since you opened it.",
      "Nothing was written. Save again to write yours over it, or take what is there.");
    drawCall();
  }

  async function attempt(method, target, headers, body, success) {
    try {
      await send(method, target, { headers, body });
      box.close();
      announce(success);
      done();
    } catch (error) {
      const document = error.document ?? {};
      fields.forEach((it) => it.say());
      if (row && "current" in document) {
        if (tag !== UNKNOWN || JSON.stringify(document.current) !== JSON.stringify(base)) {
          return compare(document);
        }
        tag = document.etag;
        return attempt(method, target, { ...headers, "If-Match": tag }, body, success);
      }
      messages.replaceChildren(problem(error));
      fields.find((it) => it.name === document.column)?.blame(document.detail);
    }
  }

  function submit() {
    const [method, target, headers, body] = call();
    const invalid = fields.find((it) => it.touched && parsed(it.json()) === undefined);
    if (invalid) {
      return invalid.blame(`This is no JSON of a ${invalid.type}.`);
    }
    return row && body === "{}" ? messages.replaceChildren(muted("Nothing is changed."))
      : attempt(method, target, headers, body, row ? "Row changed" : "Row added");
  }

  const keep = button("Keep it", () => footer.replaceChildren(...usual));
  const remove = row && table.may("delete") && button("Delete", () => {
    footer.replaceChildren(el("strong", "Delete this row?"), button("Delete it", async () => {
      await attempt("DELETE", path, conditional ? { "If-Match": tag } : {}, undefined, "Row deleted");
      footer.replaceChildren(...usual);
    }, { class: "danger" }), keep);
    keep.focus();
  });
  const usual = [mayWrite && primary(row ? "Save" : "Add"), button("Cancel", () => box.close()),
    !row && !table.isCounter && table.may("write") && checked("Only if there is none with this key", onlyNew),
    el("span.tools", remove)].filter(Boolean);
  const footer = el("footer", usual);
  const box = dialog(title, { class: "wide", input: () => (edited = true), cancel: escape }, messages,
    form(submit, el("div.fields", fields.map((it) => it.row)), mayWrite && request, footer));
  fields.find((it) => !it.fixed)?.row.querySelector("textarea, select").focus();
}
