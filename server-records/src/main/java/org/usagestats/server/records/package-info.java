/** What a sink keeps, taken out of files and into files: imported, exported, followed, verified. */
@NullMarked
package org.usagestats.server.records;

import org.jspecify.annotations.NullMarked;
