package org.usagestats.core;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A spool's directory in memory, gone when the program ends. A folder is there as long as a file is in it. */
final class MemoryDirectory implements Directory {

    /** How much may wait. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    /** The files of this directory and of its folders, by their names from the top; guards itself. */
    private final Map<String, Held> files;

    private final AtomicBoolean locked;
    private final String prefix;

    MemoryDirectory() {
        this(new TreeMap<>(), new AtomicBoolean(), "");
    }

    private MemoryDirectory(Map<String, Held> files, AtomicBoolean locked, String prefix) {
        this.files = files;
        this.locked = locked;
        this.prefix = prefix;
    }

    /** The content of a file, and when it was last touched. */
    private static final class Held extends ByteArrayOutputStream {

        private long modified;

        Held() {
            super(0);
        }
    }

    @Override
    public @Nullable String fault() {
        return null;
    }

    @Override
    public void create() {
        // It is there when something is in it.
    }

    @Override
    public Directory folder(String name) {
        return new MemoryDirectory(files, locked, prefix + name + "/");
    }

    @Override
    public String[] unsorted() {
        Set<String> names = new TreeSet<>();
        synchronized (files) {
            for (String path : files.keySet()) {
                if (path.startsWith(prefix)) {
                    int end = path.indexOf('/', prefix.length());
                    names.add(path.substring(prefix.length(), end < 0 ? path.length() : end));
                }
            }
        }
        return names.toArray(new String[0]);
    }

    @Override
    public boolean exists(String name) {
        synchronized (files) {
            return files.containsKey(prefix + name) || folder(name).unsorted().length > 0;
        }
    }

    @Override
    public long size(String name) {
        synchronized (files) {
            Held held = files.get(prefix + name);
            return held == null ? 0 : held.size();
        }
    }

    @Override
    public long modified(String name) {
        synchronized (files) {
            Held held = files.get(prefix + name);
            return held == null ? 0 : held.modified;
        }
    }

    @Override
    public InputStream open(String name) throws IOException {
        synchronized (files) {
            Held held = files.get(prefix + name);
            if (held == null) {
                throw new IOException("there is no file " + name);
            }
            return new ByteArrayInputStream(held.toByteArray());
        }
    }

    @Override
    public void append(String name, byte[] content) {
        synchronized (files) {
            touched(name, System.currentTimeMillis()).writeBytes(content);
        }
    }

    @Override
    public void touch(String name, long now) {
        synchronized (files) {
            touched(name, now);
        }
    }

    private Held touched(String name, long now) {
        Held held = files.get(prefix + name);
        if (held == null) {
            held = new Held();
            files.put(prefix + name, held);
        }
        held.modified = now;
        return held;
    }

    @Override
    public boolean rename(String name, String to) {
        synchronized (files) {
            Held held = files.remove(prefix + name);
            if (held != null) {
                files.put(prefix + to, held);
            }
            return held != null;
        }
    }

    @Override
    public boolean delete(String name) {
        synchronized (files) {
            return files.remove(prefix + name) != null;
        }
    }

    @Override
    public void sync(String name) {
        // There is no disk to force it to.
    }

    @Override
    public boolean isFull() {
        long bytes = 0;
        synchronized (files) {
            for (Map.Entry<String, Held> file : files.entrySet()) {
                bytes += file.getKey().indexOf('/') < 0 ? file.getValue().size() : 0;
            }
        }
        return bytes > MAX_BYTES;
    }

    @Override
    public @Nullable DrainLock tryLock() {
        return locked.compareAndSet(false, true) ? () -> locked.set(false) : null;
    }
}
