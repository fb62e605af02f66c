/** Who the caller is. What they gave stays in a variable, and is gone with the page. */
import { announce, button, byId, dialog, el, form, muted, primary, problem, select } from "./dom.js";

const FORMS = {
  "Authorization": ["Bearer token", "Bearer ", "$TOKEN"],
  "X-API-Key": ["API key", "", "$API_KEY"],
};

let given = {};
let asking;

export const credentials = () => given;

/** As a word of a shell: secrets are not shown. */
export const credentialsForShell = () => Object.keys(given).map((header) => `-H "${header}: ${FORMS[header].slice(1).join("")}"`);

/** Asks once for all who want to know: whether something was given. */
export function ask(error) {
  asking ??= new Promise((resolve) => {
    const kind = select(Object.entries(FORMS).map(([header, [name]]) => [header, name]), "Authorization", { id: "kind" });
    const secret = el("input", { type: "password", id: "secret", autocomplete: "off", required: true, autofocus: true });
    const box = dialog("Credentials", { close: () => (asking = undefined, resolve(box.returnValue === "given")) },
      error && problem(error),
      form(() => {
        given = { [kind.value]: FORMS[kind.value][1] + secret.value.trim() };
        show();
        box.close("given");
      },
        el("label", { for: "kind" }, "Kind"), kind,
        el("label", { for: "secret" }, "Secret"), secret,
        muted("Kept in the memory of this page alone, until it is closed."),
        el("footer", primary("Use"), button("Cancel", () => box.close()))));
  });
  return asking;
}

/** In the bar: what is used now. */
export function show() {
  const header = Object.keys(given)[0];
  byId("caller").replaceChildren(header
    ? button(`Forget the ${FORMS[header][0]}`, () => {
      given = {};
      announce("Credentials forgotten");
      show();
      dispatchEvent(new Event("caller"));
    })
    : button("Credentials", async () => await ask() && dispatchEvent(new Event("caller"))));
}
