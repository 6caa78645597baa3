"""Runs the application of the original's wsgi_server.py as that file does by default, under Twisted, on a port of our choice."""

import runpy
import sys

from twisted.internet import reactor
from twisted.web import server, wsgi

port, original = sys.argv[1:]
application = runpy.run_path(original)["application"]
site = server.Site(wsgi.WSGIResource(reactor, reactor.getThreadPool(), application))
reactor.listenTCP(int(port), site, interface="127.0.0.1")
reactor.run()
