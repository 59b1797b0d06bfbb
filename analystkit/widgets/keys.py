"""Keys pressed in an explorer are for the explorer: JupyterLab would take them for commands to the notebook.

In a ledger a letter presses the button that has it, unless it is typed into a field.

With a list in focus, JupyterLab 4 moves the cell selection on an arrow key and cuts the cell on an x. Its commands
listen on the document; a listener below it, on the body, keeps plain keys from getting there. Keys with Ctrl, Alt or Meta
pass, and so do Tab, Escape and Shift+Enter.
"""

from __future__ import annotations

from html import escape
from typing import Final

_LISTENER: Final = """
if (!window.analystkitKeys) {
  window.analystkitKeys = true;
  document.body.addEventListener("keydown", (event) => {
    const passes = event.ctrlKey || event.metaKey || event.altKey || ["Tab", "Escape"].includes(event.key)
      || (event.key === "Enter" && event.shiftKey);
    if (!passes && event.target.closest(".ak-explorer, .ak-ledger")) event.stopPropagation();
  });
}
"""

#: HTML that sets the listener up, once per page: scripts in a widget's HTML do not run, but an image that fails does.
KEEP_KEYS: Final = f'<img hidden alt="" src="data:," onerror="{escape(" ".join(_LISTENER.split()))}">'

_PRESS: Final = """
if (!window.analystkitPress) {
  window.analystkitPress = true;
  document.body.addEventListener("keydown", (event) => {
    const ledger = event.target.closest(".ak-ledger");
    const typing = event.target.matches("input, textarea");
    if (!ledger || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const button = /^[a-z]$/.test(event.key) && ledger.querySelector(".ak-key-" + event.key);
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    if (!button.disabled) button.click();
  }, true);
}
"""

#: HTML that lets letters press the buttons of a ledger: a button of class `ak-key-a` is pressed by an a.
PRESS_KEYS: Final = f'<img hidden alt="" src="data:," onerror="{escape(" ".join(_PRESS.split()))}">'

_CITE: Final = """
if (!window.analystkitCite) {
  window.analystkitCite = true;
  document.body.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-cite]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.cite);
    } catch {
      const field = document.createElement("textarea");
      field.value = button.dataset.cite;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    const words = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = words; }, 1500);
  });
}
"""

#: HTML that lets a button copy what its `data-cite` holds; without a clipboard (a page not from this machine) by hand.
COPY: Final = f'<img hidden alt="" src="data:," onerror="{escape(" ".join(_CITE.split()))}">'
