"""`kam serve`: the site on this machine; saving a record refreshes the page."""

import errno
import logging
import shutil
import sys
import tempfile
import threading
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from watchfiles import watch

from generator.pipeline import CannotJudge
from generator.site.build import plan
from generator.site.plugin import build
from generator.site.templating import TEMPLATES

_LIVE = "/.kam-live"
_SCRIPT = f"""<script>
(function () {{
  var source = new EventSource("{_LIVE}");
  source.onmessage = function () {{ source.close(); location.reload(); }};
  addEventListener("beforeunload", function () {{ source.close(); }});
}})();
</script>""".encode()


_REASONS = {
    errno.EADDRINUSE: "这个端口已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    errno.EACCES: "没有权限使用这个端口",
}


class LiveSite:
    """The site as last built, each time in a folder of its own, and how often it was built."""

    def __init__(self, records: Path | None, as_of: date | None, today: date | None) -> None:
        self._arguments = (records, as_of, today)
        self._place = Path(tempfile.mkdtemp(prefix="kam-serve-"))
        self._changed = threading.Condition()
        self.builds = 0
        self.folder = self._place

    def rebuild(self) -> None:
        """Build anew; the pages of the last build stay until this one is whole."""
        fresh = self._place / str(self.builds + 1)
        try:
            build(plan(*self._arguments, fresh))
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        old = self.folder
        with self._changed:
            self.folder = fresh
            self.builds += 1
            self._changed.notify_all()
        if old != self._place:
            shutil.rmtree(old, ignore_errors=True)

    def wait(self, seen: int, seconds: float) -> bool:
        """Wait until there is a later build than the one seen; tell whether there is."""
        with self._changed:
            return self._changed.wait_for(lambda: self.builds != seen, seconds)

    def watched(self) -> list[Path]:
        """What a change of rebuilds the site."""
        job = plan(*self._arguments, self._place)
        folders = [job.records or Path("records"), TEMPLATES, job.config_file]
        return [folder for folder in folders if folder.exists()]

    def close(self) -> None:
        """Remove what was built."""
        shutil.rmtree(self._place, ignore_errors=True)


class _Handler(SimpleHTTPRequestHandler):
    """Serves the present folder; pages get the script that waits for the next build."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, site: LiveSite, **named: Any) -> None:
        self._site = site
        super().__init__(*arguments, directory=str(site.folder), **named)

    def do_GET(self) -> None:
        """A page with the script, any other file as it is, or the stream of builds."""
        self.directory = str(self._site.folder)
        if self.path == _LIVE:
            self._stream()
            return
        file = Path(self.translate_path(self.path))
        if file.is_dir() and self.path.partition("?")[0].endswith("/"):
            file /= "index.html"
        if file.suffix != ".html" or not file.is_file():
            super().do_GET()
            return
        self._answer(file.read_bytes().replace(b"</body>", _SCRIPT + b"</body>", 1))

    def _answer(self, data: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        seen = self._site.builds
        try:
            while not self._site.wait(seen, 15):
                self.wfile.write(b": still here\n\n")
                self.wfile.flush()
            self.wfile.write(b"data: built\n\n")
        except OSError:
            return

    def end_headers(self) -> None:
        """Nothing is kept: the next look must see the next build."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: a line for every file helps nobody."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"


def serve_site(records: Path | None, as_of: date | None, today: date | None, host: str, port: int) -> None:
    """Serve until Ctrl+C. Raises CannotJudge where the first build fails or the address is taken."""
    site = LiveSite(records, as_of, today)
    try:
        with _bound(site, host, port) as server:
            site.rebuild()
            threading.Thread(target=server.serve_forever, daemon=True).start()
            _say(f"网站在 http://{host}:{server.server_address[1]}/ ，保存记录后自动刷新；按 Ctrl+C 结束。")
            # It says in English that Ctrl+C was pressed.
            logging.getLogger("watchfiles").setLevel(logging.ERROR)
            for _ in watch(*site.watched(), raise_interrupt=False, debounce=200, step=50):
                _rebuild(site)
            server.shutdown()
    finally:
        site.close()


def _bound(site: LiveSite, host: str, port: int) -> _Server:
    try:
        return _Server((host, port), partial(_Handler, site=site))
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror)
        raise CannotJudge(
            f"无法在 {host}:{port} 打开网站：{reason}；请用 --addr 换一个地址或端口。"
        ) from error


def _rebuild(site: LiveSite) -> None:
    try:
        site.rebuild()
        _say("网站已刷新。")
    except CannotJudge as error:
        _say(f"没有刷新，仍显示上一次的网站：{error}")


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
