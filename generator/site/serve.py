"""`kam serve`: the site on this machine; saving a record refreshes the page."""

import logging
import mimetypes
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from watchfiles import watch

from generator.exports import check_text
from generator.refusal import CannotJudge, reason
from generator.site.live import LiveSite

_LIVE = "/.kam-live"
_SCRIPT_FILE = "/.kam-live.js"
_SCRIPT = f"""(function () {{
  var source = new EventSource("{_LIVE}?seen=" + document.currentScript.dataset.version);
  source.onmessage = function () {{ source.close(); location.reload(); }};
  addEventListener("beforeunload", function () {{ source.close(); }});
}})();
""".encode()
_MOST_SHOWN = 20
"""How many findings the terminal shows after a save."""
_SLOW_LOOK = 5_000
"""Milliseconds between two looks at all files, where the system cannot tell of changes."""


class _Handler(SimpleHTTPRequestHandler):
    """Pages as they are asked for, with the script that waits for the next save, and the theme's files."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, site: LiveSite, **named: Any) -> None:
        self._site = site
        super().__init__(*arguments, directory=str(site.theme), **named)

    def do_GET(self) -> None:
        """A page with the script, any other file as it is, or the stream of changes."""
        path = unquote(urlsplit(self.path).path)
        if path == _LIVE:
            self._stream()
        elif path == _SCRIPT_FILE:
            self._answer(200, _SCRIPT, "text/javascript")
        else:
            self._give(path.lstrip("/"))

    def _give(self, path: str) -> None:
        version = self._site.version
        name = path + "index.html" if path.endswith("/") or not path else path
        if (data := self._site.file(name)) is not None:
            self._answer(
                200, self._with_script(data, version) if name.endswith(".html") else data, _type(name)
            )
        elif (self._site.theme / name).is_file() and ".." not in path:
            super().do_GET()
        elif not path.endswith("/") and self._site.file(f"{path}/index.html") is not None:
            self.send_response(301)
            self.send_header("Location", self.path.partition("?")[0] + "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            missing = (self._site.theme / "404.html").read_bytes()
            self._answer(404, self._with_script(missing, version), "text/html; charset=utf-8")

    def _with_script(self, page: bytes, version: int) -> bytes:
        """A page that is loaded again after the next save, with what went wrong at the last one."""
        script = f'<script src="{_SCRIPT_FILE}" data-version="{version}"></script></body>'
        page = page.replace(b"</body>", script.encode(), 1)
        if not self._site.problem:
            return page
        text = f"没有刷新，仍是上一次的内容：{self._site.problem}"
        notice = f'<p class="kam-notice" role="alert">{escape(text)}</p><h1'
        return page.replace(b"<h1", notice.encode("utf-8", "replace"), 1)

    def _answer(self, status: int, data: bytes, type_: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        given = urlsplit(self.path).query.removeprefix("seen=")
        seen = int(given) if given.isascii() and given.isdigit() else self._site.version
        try:
            while not self._site.wait(seen, 15):
                self.wfile.write(b": still here\n\n")
                self.wfile.flush()
            self.wfile.write(b"data: changed\n\n")
        except OSError:
            return

    def end_headers(self) -> None:
        """Nothing is kept: the next look must see the next save. No file is taken for what it is not."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: a line for every file helps nobody."""


def _type(name: str) -> str:
    found = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith("text/") else found


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that has gone before it had all is no error."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def serve_site(records: Path | None, as_of: date | None, today: date | None, host: str, port: int) -> None:
    """Serve until Ctrl+C. Raises CannotJudge where the records cannot be judged or the address is taken."""
    _end_as_by_ctrl_c()
    site = LiveSite(records, as_of, today)
    try:
        with _bound(site, host, port) as server:
            site.start()
            threading.Thread(target=server.serve_forever, daemon=True).start()
            # Wherever that meets it: it is how a server ends.
            with suppress(KeyboardInterrupt):
                _say(
                    f"网站在 http://{host}:{server.server_address[1]}/ ，保存记录后自动刷新；按 Ctrl+C 结束。"
                )
                for paths in _changes(site):
                    _update(site, paths)
            server.shutdown()
    finally:
        site.close()


def _end_as_by_ctrl_c() -> None:
    """A service that is stopped (SIGTERM) leaves nothing behind, either."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def _bound(site: LiveSite, host: str, port: int) -> _Server:
    try:
        return _Server((host, port), partial(_Handler, site=site))
    except OSError as error:
        told = f"无法在 {host}:{port} 打开网站：{reason(error)}；请用 --addr 换一个地址或端口。"
        raise CannotJudge(told) from error


def _changes(site: LiveSite) -> Iterator[set[Path]]:
    """The files of each save."""
    # It says in English that Ctrl+C was pressed.
    logging.getLogger("watchfiles").setLevel(logging.CRITICAL)
    slow = False
    while True:
        caught_up = False
        try:
            for changes in watch(
                *site.watched(),
                raise_interrupt=False,
                debounce=200,
                step=30,
                force_polling=slow,
                poll_delay_ms=_SLOW_LOOK,
                yield_on_timeout=True,
            ):
                paths = {Path(path) for _, path in changes}
                if not paths and not caught_up:
                    # What was saved while all was read, before anybody watched; no save waits for that.
                    paths, caught_up = site.missed(), True
                if paths:
                    yield paths
            return
        except OSError as error:
            if slow:
                raise CannotJudge(f"无法查看文件的变化：{error}") from error
            slow = True
            _say(
                "文件夹太多，系统不再通知变化，改为每隔几秒查看一次；"
                "管理员可用 sudo sysctl fs.inotify.max_user_watches=1048576 调高上限。"
            )


def _update(site: LiveSite, paths: set[Path]) -> None:
    began = time.monotonic()
    try:
        findings = site.update(paths)
    except CannotJudge as error:
        _say(f"没有刷新，仍显示上一次的网站：{error}")
        return
    for finding in findings[:_MOST_SHOWN]:
        _say(check_text.one(finding, site.root))
    more = len(findings) - _MOST_SHOWN
    about = f"所保存的文件有 {len(findings)} 个问题" + (f"，以上只列前 {_MOST_SHOWN} 个" if more > 0 else "")
    _say(f"网站已刷新（{time.monotonic() - began:.1f} 秒）" + (f"；{about}。" if findings else "。"))


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
