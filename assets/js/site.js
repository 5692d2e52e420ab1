// The index: while one types, the form is sent and what comes back takes the list's place. The server decides what
// matches, as it does without this script.

const DELAY = 100; // ms without a key

function narrowing(form) {
  let waiting;
  let asking;

  async function narrow() {
    const chosen = [...new FormData(form)].filter(([, value]) => value.trim() !== "");
    const address = chosen.length > 0 ? `?${new URLSearchParams(chosen)}` : "./";
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(address, { signal: asking.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of ["count", "talks"]) {
        document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
      }
      document.title = page.title;
      history.replaceState(null, "", address);
    } catch (error) {
      if (error.name !== "AbortError") form.submit();
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(narrow, DELAY);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    narrow();
  });
}

const form = document.querySelector("form.filter");
if (form) narrowing(form);
