// The deck's address as a QR code, for the audience to follow on their phones: at the key q.

// What the site calls itself; a conference's projector may show the deck from another address, which only it knows.
function deckAddress() {
  const canonical = document.querySelector('link[rel="canonical"]')?.href;
  return canonical ?? new URL("./", location.href).href;
}

function makeDialog() {
  const address = deckAddress();
  const dialog = document.createElement("dialog");
  dialog.className = "deck-code";
  dialog.setAttribute("aria-label", "The address of these slides");
  const picture = document.createElement("img");
  picture.src = `about/qr.svg?address=${encodeURIComponent(address)}`;
  picture.alt = "QR code";
  picture.addEventListener("error", () => picture.remove()); // plain files have none: the text is there
  const text = document.createElement("p");
  text.textContent = address;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  dialog.append(picture, text, close);
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close(); // beside it
  });
  dialog.addEventListener("keydown", (event) => {
    if (!dialog.open) return; // the browser moves the focus away from what is hidden only with its next frame
    event.stopPropagation(); // the slides stay where they are
    if (event.key === "q") dialog.close();
  });
  document.body.append(dialog);
  return dialog;
}

export function offerCode(reveal) {
  let dialog;
  reveal.addKeyBinding({ keyCode: 81, key: "Q", description: "QR code of the address" }, () => {
    dialog ??= makeDialog();
    dialog.showModal();
  });
}
