"""Keys pressed in an explorer are for the explorer: JupyterLab would take them for commands to the notebook.

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
    if (!passes && event.target.closest(".ak-explorer")) event.stopPropagation();
  });
}
"""

#: HTML that sets the listener up, once per page: scripts in a widget's HTML do not run, but an image that fails does.
KEEP_KEYS: Final = f'<img hidden alt="" src="data:," onerror="{escape(" ".join(_LISTENER.split()))}">'
