package org.usagestats.core;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.usagestats.spi.ConsentStore;

/** Keeps the decision in the file {@code consent} beside the spool; one that cannot be understood is set aside, not lost. */
final class FileConsentStore implements ConsentStore {

    private final SpoolDirectory directory;

    FileConsentStore(SpoolDirectory directory) {
        this.directory = directory;
    }

    @Override
    public Optional<String> read() throws IOException {
        File file = file("consent");
        if (!file.isFile()) {
            if (file.exists()) {
                throw new IOException("the decision is not in a file");
            }
            return Optional.empty();
        }
        return Optional.of(new String(SmallFile.read(file), StandardCharsets.UTF_8));
    }

    @Override
    public void write(String record) throws IOException {
        directory.create();
        if (isUnreadable()) {
            file("consent").renameTo(file("consent.set-aside"));
        }
        SmallFile.replace(file("consent"), record.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isUnreadable() {
        try {
            Optional<String> record = read();
            return record.isPresent() && ConsentRecord.parse(record.get()) == null;
        } catch (IOException unreadable) {
            return true;
        }
    }

    private File file(String name) {
        return directory.file(name);
    }
}
