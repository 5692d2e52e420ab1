// The page of a talk: recordings of other hosts play in place, and the part to share is completed. Without this script
// recordings are links, and the frame to embed is text to copy.

// Nothing is asked of the host before its recording is wanted.
function play(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // a tab of its own
  event.preventDefault();
  const place = event.currentTarget.parentElement;
  const frame = document.createElement("iframe");
  frame.src = place.dataset.frame;
  frame.title = place.dataset.title;
  frame.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  place.append(frame);
  event.currentTarget.hidden = true;
  frame.focus();
}

for (const link of document.querySelectorAll(".recording-frame > a")) link.addEventListener("click", play);

// The site may not know its own address: then it is the one that the page was found at.
function complete(share) {
  const address = new URL("./", location.href).href;
  share.querySelector("img").src = `about/qr.svg?address=${encodeURIComponent(address)}`;
  share.querySelector("figcaption a").textContent = address;
  const frame = share.querySelector(".share-frame");
  if (!frame) return;
  const code = frame.querySelector("code");
  code.textContent = code.textContent.replace('src="./"', () => `src="${address}"`);
  frame.hidden = false;
}

const share = document.querySelector(".share");
if (share?.querySelector('figcaption a[href="./"]')) complete(share);

const button = document.querySelector(".share-copy");
if (button && navigator.clipboard) {
  const status = button.parentElement.querySelector('[role="status"]');
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(document.querySelector(".share pre code").textContent);
      status.textContent = "Copied";
    } catch {
      status.textContent = "Copying is not allowed here: select the text";
    }
  });
}
