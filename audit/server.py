"""A page on localhost, as a strict server would send it."""

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import usual


class Server:
    """One page, and the libraries that the usual page loads, with gzip on localhost."""

    def __init__(self, page):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                kind, body = "text/html; charset=utf-8", page if self.path == "/" else None
                if self.path.startswith("/lib/"):
                    kind, body = "text/javascript", usual.library(self.path.removeprefix("/lib/").removesuffix(".js"))
                packed = gzip.compress(body or b"")
                self.send_response(404 if body is None else 200)
                for header, value in (
                    ("Content-Type", kind),
                    ("Content-Encoding", "gzip"),
                    ("Content-Length", len(packed)),
                ):
                    self.send_header(header, str(value))
                self.end_headers()
                self.wfile.write(packed)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # a browser that is closed hangs up in the middle

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://localhost:{self.server.server_address[1]}/"

    def __exit__(self, *_):
        self.server.shutdown()
