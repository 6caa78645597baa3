package org.usagestats.server;

import java.net.InetSocketAddress;
import org.usagestats.sink.SinkConfig;

/** What {@code serve} is told on the command line. */
record ServeArguments(String sink, SinkConfig config, InetSocketAddress listen, AddressKeeping keeping) {}
