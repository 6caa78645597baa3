/** What an operator can set, and where: on the command line, which wins over the environment, which wins over a file. */
@NullMarked
package org.usagestats.server.settings;

import org.jspecify.annotations.NullMarked;
