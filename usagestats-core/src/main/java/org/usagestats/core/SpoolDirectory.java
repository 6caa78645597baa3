package org.usagestats.core;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one program's spool and decision on a disk, private to its user: created with mode 0700, and refused if it is a
 * symbolic link, somebody else's, or open to others for writing.
 */
final class SpoolDirectory implements Directory {

    /** The bits of a mode, as {@code stat(2)} has them. */
    private static final int KIND = 0170000;

    private static final int DIRECTORY = 0040000;
    private static final int LINK = 0120000;
    private static final int WRITABLE_BY_OTHERS = 0022;

    private final @Nullable File file;

    /** A directory, or none, for a user who has no home. */
    SpoolDirectory(@Nullable File file) {
        this.file = file;
    }

    Path path() {
        return known().toPath();
    }

    @Override
    public SpoolDirectory folder(String name) {
        return file == null ? this : new SpoolDirectory(file(name));
    }

    @Override
    public String[] unsorted() {
        String[] names = file == null ? null : file.list();
        return names == null ? new String[0] : names;
    }

    @Override
    public boolean exists(String name) {
        return file != null && file(name).exists();
    }

    @Override
    public long size(String name) {
        return file == null ? 0 : file(name).length();
    }

    @Override
    public long modified(String name) {
        return file == null ? 0 : file(name).lastModified();
    }

    @Override
    public InputStream open(String name) throws IOException {
        File file = file(name);
        if (!Files.isRegularFile(file.toPath(), LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("there is no file " + name);
        }
        return new FileInputStream(file);
    }

    @Override
    public void append(String name, byte[] content) throws IOException {
        try (OutputStream out = new FileOutputStream(file(name), true)) {
            out.write(content);
        }
    }

    @Override
    public void touch(String name, long now) throws IOException {
        File file = file(name);
        if (file.createNewFile()) {
            file.setReadable(false, false);
            file.setReadable(true, true);
        } else {
            file.setLastModified(now);
        }
    }

    /** On Windows the plain way of the JDK does not replace a file. */
    @Override
    public boolean rename(String name, String to) {
        return file(name).renameTo(file(to)) || isMoved(file(name).toPath(), file(to).toPath());
    }

    private static boolean isMoved(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException failed) {
            DebugLog.say("a file could not be renamed: " + failed);
            return false;
        }
    }

    @Override
    public boolean delete(String name) {
        return file(name).delete();
    }

    @Override
    public void sync(String name) throws IOException {
        try {
            force(file(name).toPath(), StandardOpenOption.WRITE);
        } catch (NoSuchFileException gone) {
            DebugLog.say("there is no file " + name + " any more to force to the disk");
        }
        try {
            force(path(), StandardOpenOption.READ);
        } catch (IOException unsupported) {
            DebugLog.say("the names in a directory cannot be forced to the disk: " + unsupported);
        }
    }

    /** Forces it on an interrupted thread too, whose channels the JDK closes: a decision is kept on any thread. */
    private static void force(Path path, OpenOption option) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (!isForced(path, option)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isForced(Path path, OpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException interruptedMeanwhile) {
            return false;
        }
    }

    @Override
    public @Nullable DrainLock tryLock() throws IOException {
        return DirectoryLock.tryTake(this);
    }

    @Override
    public @Nullable String fault() {
        if (file == null) {
            return "This user has no home directory to keep reports in.";
        }
        try {
            Path path = file.toPath();
            return isUnix(path)
                    ? unixFault(path)
                    : kindFault(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException absent) {
            return null;
        } catch (IOException unreadable) {
            return "The directory " + file + " cannot be looked at: " + unreadable.getMessage();
        } catch (InvalidPathException unspeakable) {
            return "The directory " + file + " has a name that cannot be written in this program's locale (LC_ALL).";
        }
    }

    @Override
    public void create() throws IOException {
        create(known(), "rwx------");
    }

    /** Creates it, and the folders above it for nobody else to write in, whatever the umask lets through. */
    private static void create(File directory, String permissions) throws IOException {
        if (directory.isDirectory()) {
            return;
        }
        File parent = directory.getParentFile();
        if (parent != null) {
            create(parent, "rwxr-xr-x");
        }
        try {
            create(directory.toPath(), permissions);
        } catch (IOException failed) {
            if (!directory.isDirectory()) {
                throw new IOException("the directory " + directory + " cannot be created", failed);
            }
        }
    }

    private static void create(Path path, String permissions) throws IOException {
        if (isUnix(path)) {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        } else {
            Files.createDirectory(path);
        }
    }

    /**
     * Looks at the mode and the owner as numbers: their names would be asked of the name service, which may be far away, and
     * the JDK's sets of permissions cost a short program 10 ms.
     */
    private @Nullable String unixFault(Path path) throws IOException {
        int mode = number(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & KIND) != DIRECTORY) {
            return (mode & KIND) == LINK
                    ? "The directory " + file + " is a symbolic link."
                    : "The path " + file + " is not a directory.";
        }
        if (!isOwn(path)) {
            return "The directory " + file + " belongs to "
                    + Files.getOwner(path).getName() + ", not to the user of this program.";
        }
        return (mode & WRITABLE_BY_OTHERS) == 0 ? null : "The directory " + file + " can be written by other users.";
    }

    private @Nullable String kindFault(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return "The directory " + file + " is a symbolic link.";
        }
        return attributes.isDirectory() ? null : "The path " + file + " is not a directory.";
    }

    private File file(String name) {
        return new File(known(), name);
    }

    private File known() {
        if (file == null) {
            throw new IllegalStateException("there is no directory");
        }
        return file;
    }

    /** Whether it belongs to the user as whom this process acts; by the kernel where it tells. */
    private static boolean isOwn(Path path) throws IOException {
        Path self = Path.of("/proc/self");
        return Files.isDirectory(self)
                ? number(path, "unix:uid", LinkOption.NOFOLLOW_LINKS) == number(self, "unix:uid")
                : Files.getOwner(path).getName().equals(System.getProperty("user.name", ""));
    }

    private static int number(Path path, String attribute, LinkOption... options) throws IOException {
        return (Integer) Files.getAttribute(path, attribute, options);
    }

    private static boolean isUnix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }
}
