package org.usagestats.server.records;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReportTaker.Place;

/**
 * A folder in which this project's client keeps reports until they are acknowledged, carried here from a site without a network.
 * A report counts as received when it was submitted.
 */
final class SpoolFolder implements ReportSource {

    private static final Pattern NAME =
            Pattern.compile("report_([0-9]{13})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_([0-9a-f]{8})\\.txt");
    private static final Pattern OF_A_COLLECTOR =
            Pattern.compile("report_[0-9]{1,12}\\.[0-9]{3}(-[0-9]+)?\\.(txt|json)");

    private final Path folder;

    SpoolFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public void read(Target target) throws IOException {
        for (Path file : files()) {
            Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
            if (name.matches() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                read(file, name, target);
            } else {
                target.damage(new Place(file.toString(), 0), "not a report of the client");
            }
        }
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "report_*")) {
            for (Path file : entries) {
                if (OF_A_COLLECTOR.matcher(String.valueOf(file.getFileName())).matches()) {
                    throw new IOException(folder + " is the folder of a collector: give files:" + folder);
                }
                files.add(file);
            }
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
        Collections.sort(files);
        return files;
    }

    private static void read(Path file, Matcher name, Target target) throws IOException {
        Place place = new Place(file.toString(), 0);
        if (Files.size(file) > TextReport.MAX_BYTES) {
            target.damage(place, "longer than " + TextReport.MAX_BYTES + " bytes");
            return;
        }
        byte[] content = Files.readAllBytes(file);
        CRC32 crc = new CRC32();
        crc.update(content);
        if (!HexFormat.of().toHexDigits((int) crc.getValue()).equals(name.group(3))) {
            target.damage(place, "its checksum does not hold");
            return;
        }
        Optional<TextReport.Fault> fault = TextReport.fault(content);
        if (fault.isPresent()) {
            target.damage(place, fault.get().reason());
            return;
        }
        Instant submitted = Instant.ofEpochMilli(Long.parseLong(name.group(1)));
        target.add(ReceivedReport.text(content, submitted)
                .id(UUID.fromString(name.group(2)))
                .build());
    }
}
