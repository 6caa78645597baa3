package org.usagestats.server.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/** Files that hold a key and its certificates. */
interface KeyFiles {

    List<Path> paths();

    /**
     * Makes a key of what the files hold.
     *
     * @param contents in the order of the paths
     * @throws GeneralSecurityException if it is no key that can serve now
     * @throws IOException if the files are not of their format
     */
    ServerKey read(List<byte[]> contents) throws GeneralSecurityException, IOException;
}
