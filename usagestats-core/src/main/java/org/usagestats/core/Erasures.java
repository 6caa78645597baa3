package org.usagestats.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Erasure;
import org.usagestats.api.Report;

/**
 * What this machine needs to have its reports erased at a collector, and what is left to ask for.
 *
 * <p>The folder {@code erasable} holds a list for each drop point: a random key, the drop point, and the id of each report
 * that was on its way there; an id is written before its report leaves. The secret of a report is the HMAC-SHA256 (RFC 2104)
 * of its id under the key. When the user wants to be forgotten, the file {@code forget} notes it at once, and the holder of
 * the spool's lock moves the lists to the folder {@code forgetting}, which a list leaves when its collector has promised all
 * of it; how much it promised so far, a file beside the list tells.
 */
final class Erasures {

    static final String WISH = "forget";
    static final String FORGETTING = "forgetting";

    /** How many erasures a collector takes in one request. */
    private static final int BATCH = 1000;

    /** How long a list grows before a new one is begun; of those that are full the newest is kept. */
    private static final long LIMIT = 4L * 1024 * 1024;

    private static final int KEY_BYTES = 32;
    private static final String KEY = "key:";
    private static final String DROP_POINT = "drop_point:";
    private static final String ID = "id:";
    private static final String FULL = ".full";
    private static final String DONE = ".done";

    /** How much of a list is copied at once. */
    private static final int PART = 64 * 1024;

    private static final String ERASABLE = "erasable";

    private final Spool spool;
    private final Directory directory;
    private final Directory erasable;
    private final Directory forgetting;
    private final URI dropPoint;
    private byte @Nullable [] key;

    Erasures(Spool spool, URI dropPoint) {
        this.spool = spool;
        this.directory = spool.directory();
        this.erasable = directory.folder(ERASABLE);
        this.forgetting = directory.folder(FORGETTING);
        this.dropPoint = dropPoint;
    }

    /**
     * Some of what a collector is to be asked to erase.
     *
     * @param list the list that it is from
     * @param done how much of the list was promised before
     * @param dropPoint where the collector is
     * @param erasures what to erase
     */
    record Request(String list, int done, URI dropPoint, List<Erasure> erasures) {}

    /** Notes that the user wants to be forgotten. Returns how many reports that is about. */
    int wish() throws IOException {
        int asked = 0;
        for (Directory folder : new Directory[] {erasable, forgetting}) {
            for (String list : folder.list()) {
                asked += count(folder, list);
            }
        }
        if (asked > 0 || !spool.isClear()) {
            directory.touch(WISH, System.currentTimeMillis());
            directory.sync(WISH);
        }
        return asked;
    }

    /** Whether a wish was noted and not yet taken up. */
    boolean isWished() {
        return directory.exists(WISH);
    }

    /** Takes up a wish here and now, unless somebody drains, who will before the next report. */
    void takeUpIfFree(ConsentBook consents) throws IOException {
        DrainLock lock = isWished() ? directory.tryLock() : null;
        if (lock != null) {
            try (lock) {
                takeUp(consents);
            }
        }
    }

    /**
     * Takes up a wish: deletes the reports that are here with the identifier, and has the others asked for. Only the holder of
     * the spool's lock may.
     */
    void takeUp(ConsentBook consents) throws IOException {
        forgetting.create();
        for (String list : erasable.list()) {
            String name = list.endsWith(FULL) ? list.substring(0, list.length() - FULL.length()) : list;
            moveOn(list, name);
        }
        directory.delete(ERASABLE);
        // Goes if nothing was moved there.
        directory.delete(FORGETTING);
        spool.clear();
        consents.renewUser();
        // What was submitted in between bears the old identifier.
        spool.clear();
        directory.delete(WISH);
    }

    /** Makes a report erasable, and writes that it is on its way. Only the holder of the spool's lock may. */
    Report departing(Report report) throws IOException {
        String list = nameOf(dropPoint);
        // A wish that somebody else took up in between took the list away, and its key with it.
        byte[] secretKey = erasable.exists(list) ? key : null;
        if (secretKey == null) {
            secretKey = begin(list);
            key = secretKey;
        }
        append(erasable, list, ID + report.id() + "\n");
        return report.erasableBy(erasure(secretKey, report.id()).hash());
    }

    /** The lists that are left to ask for, each of another collector. */
    List<String> lists() {
        List<String> lists = new ArrayList<>();
        for (String name : forgetting.list()) {
            if (!name.endsWith(DONE)) {
                lists.add(name);
            }
        }
        return lists;
    }

    /** What to ask for next of a list, or null if its collector has promised all of it. */
    @Nullable
    Request next(String list) throws IOException {
        int done = done(list);
        try {
            Request next = next(list, done);
            if (next.erasures().isEmpty()) {
                forgetting.delete(list);
                forgetting.delete(list + DONE);
                directory.delete(FORGETTING);
                return null;
            }
            return next;
        } catch (IllegalArgumentException broken) {
            throw new IOException("the list of what to erase is broken", broken);
        }
    }

    /** Notes that the collector promised what it was asked for. */
    void promised(Request request) throws IOException {
        int done = request.done() + request.erasures().size();
        byte[] text = Integer.toString(done).getBytes(StandardCharsets.US_ASCII);
        forgetting.replace(request.list() + DONE, text);
    }

    private Request next(String list, int done) throws IOException {
        List<Erasure> erasures = new ArrayList<>();
        byte[] secretKey = {};
        URI to = dropPoint;
        int passed = 0;
        try (BufferedReader lines = reader(forgetting, list)) {
            for (String line = lines.readLine(); line != null && erasures.size() < BATCH; line = lines.readLine()) {
                if (line.startsWith(KEY)) {
                    secretKey = keyOf(line);
                } else if (line.startsWith(DROP_POINT)) {
                    to = URI.create(line.substring(DROP_POINT.length()));
                } else if (isId(line) && secretKey.length > 0 && passed++ >= done) {
                    erasures.add(erasure(secretKey, UUID.fromString(line.substring(ID.length()))));
                }
            }
        }
        return new Request(list, done, to, erasures);
    }

    /** Begins this drain's part of a list. Returns the key, made when there is none. */
    private byte[] begin(String list) throws IOException {
        erasable.create();
        if (erasable.size(list) > LIMIT) {
            erasable.rename(list, list + FULL);
        }
        byte[] known = knownKey(list);
        if (known.length > 0) {
            // Ends a line that a crash may have cut short.
            append(erasable, list, "\n");
            return known;
        }
        erasable.delete(list);
        byte[] made = Ids.random(KEY_BYTES);
        append(erasable, list, KEY + HexFormat.of().formatHex(made) + "\n" + DROP_POINT + dropPoint + "\n");
        return made;
    }

    /** The key that a list begins with, or no bytes if there is none, or none that can be read. */
    private byte[] knownKey(String list) throws IOException {
        try {
            return erasable.size(list) == 0 ? new byte[0] : keyOf(firstLine(list));
        } catch (IllegalArgumentException damaged) {
            return new byte[0];
        }
    }

    private String firstLine(String list) throws IOException {
        try (BufferedReader lines = reader(erasable, list)) {
            String line = lines.readLine();
            return line == null ? "" : line;
        }
    }

    /** The key in a line, or no bytes if the line is not whole. */
    private static byte[] keyOf(String line) {
        boolean whole = line.startsWith(KEY) && line.length() == KEY.length() + 2 * KEY_BYTES;
        return whole ? HexFormat.of().parseHex(line.substring(KEY.length())) : new byte[0];
    }

    private static boolean isId(String line) {
        return line.startsWith(ID) && line.length() == ID.length() + 36;
    }

    private static String nameOf(URI dropPoint) {
        CRC32 crc = new CRC32();
        crc.update(dropPoint.toString().getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    private void moveOn(String list, String to) throws IOException {
        if (!forgetting.exists(to) && directory.rename(ERASABLE + "/" + list, FORGETTING + "/" + to)) {
            return;
        }
        append(forgetting, to, "\n");
        try (InputStream in = erasable.open(list)) {
            for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
                forgetting.append(to, part);
            }
        }
        erasable.delete(list);
    }

    private int done(String list) {
        String done = list + DONE;
        try {
            return forgetting.exists(done)
                    ? Integer.parseInt(new String(forgetting.read(done), StandardCharsets.US_ASCII))
                    : 0;
        } catch (IOException | NumberFormatException broken) {
            return 0;
        }
    }

    private static int count(Directory folder, String list) throws IOException {
        int ids = 0;
        try (BufferedReader lines = reader(folder, list)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                ids += isId(line) ? 1 : 0;
            }
        }
        return ids;
    }

    private static Erasure erasure(byte[] secretKey, UUID id) throws IOException {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secretKey, "HmacSHA256"));
            byte[] secret = mac.doFinal(id.toString().getBytes(StandardCharsets.US_ASCII));
            return new Erasure(id, HexFormat.of().formatHex(secret));
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the key to erase by cannot be used", unusable);
        }
    }

    private static void append(Directory folder, String list, String text) throws IOException {
        folder.append(list, text.getBytes(StandardCharsets.UTF_8));
    }

    private static BufferedReader reader(Directory folder, String list) throws IOException {
        return new BufferedReader(new InputStreamReader(folder.open(list), StandardCharsets.UTF_8));
    }
}
