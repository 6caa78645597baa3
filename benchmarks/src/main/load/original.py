"""Runs the application of the original's wsgi_server.py as that file does under Werkzeug, on a port of our choice."""

import runpy
import sys

from werkzeug.serving import WSGIRequestHandler, run_simple

port, server = sys.argv[1:]


class Quiet(WSGIRequestHandler):
    def log_request(self, *_):
        pass


run_simple("127.0.0.1", int(port), runpy.run_path(server)["application"], request_handler=Quiet)
