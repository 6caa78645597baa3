"""Writes each report as a line, without a sync, a thread a connection: a stand-in for Python Analytics' collector."""

import json
import sys
import threading

from werkzeug.serving import WSGIRequestHandler, run_simple

port, path = sys.argv[1:]
out = open(path, "a", encoding="utf-8")
lock = threading.Lock()


def application(environ, start_response):
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    record = {"report_id": environ.get("HTTP_USAGESTATS_REPORT_ID")}
    record.update(line.split(":", 1) for line in body.decode().splitlines())
    line = json.dumps(record) + "\n"
    with lock:
        out.write(line)
        out.flush()
    start_response("200 OK", [("Content-Length", "6")])
    return [b"stored"]


class Quiet(WSGIRequestHandler):
    def log_request(self, *_):
        pass


run_simple("127.0.0.1", int(port), application, threaded=True, request_handler=Quiet)
