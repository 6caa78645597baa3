package org.usagestats.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.usagestats.spi.ConsentStore;

/** Keeps the decision in the file {@code consent} beside the spool; one that cannot be understood is set aside, not lost. */
final class FileConsentStore implements ConsentStore {

    private static final String FILE = "consent";

    private final Directory directory;

    FileConsentStore(Directory directory) {
        this.directory = directory;
    }

    @Override
    public Optional<String> read() throws IOException {
        return directory.exists(FILE)
                ? Optional.of(new String(directory.read(FILE), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    @Override
    public void write(String record) throws IOException {
        directory.create();
        if (isUnreadable()) {
            directory.rename(FILE, FILE + ".set-aside");
        }
        directory.replaceForGood(FILE, record.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isUnreadable() {
        try {
            Optional<String> record = read();
            return record.isPresent() && ConsentRecord.parse(record.get()) == null;
        } catch (IOException unreadable) {
            return true;
        }
    }
}
