package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.usagestats.sink.kit.Disk;
import org.usagestats.sink.kit.EraseKey;

/**
 * The durable list of what is to be erased, which all instances of a directory share: a file for each request that found a
 * report, never changed once it is there, and deleted after 31 days. For use by several threads.
 */
final class EraseList {

    private static final System.Logger LOG = System.getLogger("org.usagestats.sink.jsonl");
    private static final Duration KEPT = Duration.ofDays(31);
    private static final Pattern NAME = Pattern.compile("([0-9]{1,15})-[0-9a-f-]{36}\\.list");
    private static final Pattern LINE = Pattern.compile("(([0-9a-f]{32}) ([0-9a-f]{32})) ([0-9a-f]{8})");
    private static final HexFormat HEX = HexFormat.of();

    private final Layout layout;
    private final Disk disk;
    private final Set<Path> read = new HashSet<>();

    EraseList(Layout layout, Disk disk) {
        this.layout = layout;
        this.disk = disk;
    }

    /** Adds reports, and returns when the disk has confirmed it. */
    synchronized void add(Collection<ErasedReport> reports) throws IOException {
        Path directory = layout.erasures();
        disk.createDirectory(directory);
        String name = Instant.now().toEpochMilli() + "-" + UUID.randomUUID() + ".list";
        Path unfinished = directory.resolve("list.tmp");
        Files.deleteIfExists(unfinished);
        StringBuilder lines = new StringBuilder();
        reports.forEach(report -> lines.append(line(report)));
        try (FileChannel file = disk.create(unfinished)) {
            disk.write(file, ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII)));
            disk.sync(file);
        }
        disk.replace(unfinished, directory.resolve(name));
        disk.syncDirectory(directory);
        read.add(directory.resolve(name));
    }

    /** The reports that any instance has added and this was not asked for before. */
    synchronized List<ErasedReport> news() throws IOException {
        List<ErasedReport> news = new ArrayList<>();
        for (Path file : layout.eraseLists()) {
            if (!read.contains(file)) {
                news.addAll(read(file));
                read.add(file);
            }
        }
        return news;
    }

    /**
     * Deletes what is old.
     *
     * @return the reports that are listed no longer
     */
    synchronized List<ErasedReport> forgetOld(Instant now) throws IOException {
        List<ErasedReport> forgotten = new ArrayList<>();
        for (Path file : layout.eraseLists()) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches()
                    && Long.parseLong(name.group(1)) < now.minus(KEPT).toEpochMilli()) {
                forgotten.addAll(read(file));
                Files.deleteIfExists(file);
                read.remove(file);
            }
        }
        return forgotten;
    }

    private static String line(ErasedReport report) {
        String covered = hex(report.key()) + " " + hex(report.id());
        return covered + " " + checksum(covered) + "\n";
    }

    private static List<ErasedReport> read(Path file) throws IOException {
        List<ErasedReport> reports = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches() && checksum(parts.group(1)).equals(parts.group(4))) {
                reports.add(new ErasedReport(key(parts.group(2)), key(parts.group(3))));
            } else {
                LOG.log(Level.ERROR, "a line of {0} is damaged; what it named may not be erased", file);
            }
        }
        return reports;
    }

    private static String hex(EraseKey key) {
        return HEX.toHexDigits(key.upper()) + HEX.toHexDigits(key.lower());
    }

    private static EraseKey key(String hex) {
        return new EraseKey(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
    }

    private static String checksum(String covered) {
        CRC32C crc = new CRC32C();
        crc.update(covered.getBytes(StandardCharsets.US_ASCII));
        return HEX.toHexDigits((int) crc.getValue());
    }
}
