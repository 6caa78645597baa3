package org.usagestats.sink.files;

import java.util.Optional;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReceivedReport.Format;
import org.usagestats.sink.kit.EraseKey;
import org.usagestats.sink.kit.Fingerprint;
import org.usagestats.sink.kit.IdWindow;

/** How a report is written in its file. */
interface FileFormat {

    static FileFormat of(Format format) {
        return switch (format) {
            case TEXT -> new TextFile();
            case JSON -> new JsonFile();
        };
    }

    /** The content of a report's file. */
    byte[] encode(ReceivedReport report);

    /** The canonical JSON of the report in a file; empty if the file is damaged. */
    Optional<byte[]> canonicalJson(byte[] content);

    /** What the report in a file is recognised by; empty if by nothing. */
    Optional<Fingerprint> fingerprint(byte[] content, IdWindow window);

    /** What the report in a file is erased by; empty if it cannot be. */
    Optional<EraseKey> eraseKey(byte[] content);
}
