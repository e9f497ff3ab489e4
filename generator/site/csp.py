"""The Content-Security-Policy of a site: nothing runs but its own files and the theme's inline scripts.

The scripts are named by their hashes. These are taken from the shells, which MkDocs renders with markers in
place of all that a record says: what a record brings into a page is never among them.
"""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html.parser import HTMLParser

from generator.site.shell import ShellError, marker

NGINX = "kam-nginx.conf"
"""The file with the headers as nginx takes them, from the site's root."""

_HEAD = "<head>"
_OPENING = marker("")[:6]
_NEVER = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
_OWN = {"style-src": "'self'", "font-src": "'self'", "connect-src": "'self'", "img-src": "'self' data:"}
"""Pictures as data: the theme's signs are drawn that way in its style sheets."""


class _Scripts(HTMLParser):
    """Finds the scripts that stand in a page itself and run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A script without a file; what is marked as JSON does not run."""
        given = dict(attrs)
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self._text = []

    def handle_data(self, data: str) -> None:
        """Part of a script."""
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Its end."""
        if tag == "script" and self._text is not None:
            self.found.append("".join(self._text))
            self._text = None


def hashes(shell: str) -> list[str]:
    """The sources that let a shell's inline scripts run. Raises ShellError where one holds a marker."""
    scripts = _Scripts()
    scripts.feed(shell)
    scripts.close()
    if any(_OPENING in script for script in scripts.found):
        raise ShellError("页面模板把记录的内容放进了脚本，这样的网站不安全，不能生成。")
    return [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts.found]


def policy(allowed: Iterable[str]) -> str:
    """The policy that lets some inline scripts run."""
    scripts = " ".join(["'self'", *sorted(set(allowed))])
    parts = {**_NEVER, "script-src": scripts, **_OWN}
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def guarded(shell: str, allowed: Iterable[str]) -> str:
    """A shell that carries the policy that lets some scripts run. Raises ShellError where it has no head."""
    before, head, after = shell.partition(_HEAD)
    if not head:
        raise ShellError("页面模板没有 <head>，无法写入安全策略。")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(allowed)}">'
    return f"{before}{head}\n      {meta}{after}"


def nginx(allowed: Iterable[str]) -> bytes:
    """The headers that a web server is to send with every page, as lines for nginx."""
    headers = {
        # A frame may only be forbidden by the header: in a page the browser passes over it.
        "Content-Security-Policy": f"{policy(allowed)}; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
    }
    lines = [
        "# 网站的安全响应头，每次生成网站时写出；主题更新后其中的值会变，请引用本文件，不要抄写。",
        f"# 在 nginx 的 server 或 location 中写：include /网站所在的文件夹/{NGINX};",
        *(f'add_header {name} "{value}" always;' for name, value in headers.items()),
    ]
    return ("\n".join(lines) + "\n").encode()
