/** Who the caller is: what they gave stays in this variable, and is gone with the page. */
import { announce, button, dialog, el, problem, select } from "./dom.js";

const FORMS = {
  "Authorization": ["Bearer token", (secret) => `Bearer ${secret}`, 'Authorization: Bearer $TOKEN'],
  "X-API-Key": ["API key", (secret) => secret, 'X-API-Key: $API_KEY'],
};

let given = {};
let asking;

export const credentials = () => given;

/** As a word of a shell: secrets are not shown. */
export const credentialsForShell = () => Object.keys(given).map((header) => `-H "${FORMS[header][2]}"`);

/** Asks once, whoever wants to know: true if something was given. */
export function ask(error) {
  asking ??= new Promise((resolve) => {
    const form = select(Object.entries(FORMS).map(([header, [name]]) => [header, name]), "Authorization", { id: "credentials-kind" });
    const secret = el("input", { type: "password", id: "secret", autocomplete: "off", spellcheck: "false", required: true, autofocus: true });
    let done = false;
    const box = dialog("Credentials", { close: () => (asking = undefined, resolve(done)) },
      error && problem(error),
      el("form", { method: "dialog", submit: () => {
        given = { [form.value]: FORMS[form.value][1](secret.value.trim()) };
        done = true;
        show();
      } },
        el("label", { for: "credentials-kind" }, "Kind"), form,
        el("label", { for: "secret" }, "Secret"), secret,
        el("p", { class: "muted" }, "It is kept in the memory of this page only, and forgotten when it is closed or loaded again."),
        el("footer", {}, el("button", { class: "primary" }, "Use"), button("Cancel", () => box.close()))));
    box.addEventListener("close", () => box.remove());
  });
  return asking;
}

/** In the bar: what is used now. */
export function show() {
  const header = Object.keys(given)[0];
  const place = document.getElementById("caller");
  place.replaceChildren(header
    ? button(`Forget the ${FORMS[header][0]}`, () => {
      given = {};
      announce("Credentials forgotten");
      show();
      dispatchEvent(new Event("caller"));
    })
    : button("Credentials", async () => await ask() && dispatchEvent(new Event("caller"))));
}
