package org.usagestats.core;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one program's spool and decision, private to its user: created with mode 0700, and refused if it is a
 * symbolic link, somebody else's, or open to others for writing.
 */
final class SpoolDirectory {

    private final @Nullable File file;

    /** A directory, or none, for a user who has no home. */
    SpoolDirectory(@Nullable File file) {
        this.file = file;
    }

    Path path() {
        return known().toPath();
    }

    File file(String name) {
        return new File(known(), name);
    }

    /** The names of the files in it, sorted; none while it is absent. */
    String[] list() {
        String[] names = file == null ? null : file.list();
        if (names == null) {
            return new String[0];
        }
        Arrays.sort(names);
        return names;
    }

    /** Why the directory cannot be used, in a sentence fit to show, or null if it can; one that is absent can. */
    @Nullable
    String fault() {
        if (file == null) {
            return "This user has no home directory to keep reports in.";
        }
        Path path = file.toPath();
        try {
            return isPosix(path)
                    ? fault(Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS))
                    : kindFault(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException absent) {
            return null;
        } catch (IOException unreadable) {
            return "The directory " + file + " cannot be looked at: " + unreadable.getMessage();
        }
    }

    /** Creates the directory if it is absent. */
    void create() throws IOException {
        File file = known();
        if (file.isDirectory()) {
            return;
        }
        File parent = file.getParentFile();
        if (parent != null && !parent.isDirectory() && !parent.mkdirs() && !parent.isDirectory()) {
            throw new IOException("the directory " + parent + " cannot be created");
        }
        Path path = file.toPath();
        try {
            if (isPosix(path)) {
                Files.createDirectory(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(path);
            }
        } catch (FileAlreadyExistsException raced) {
            if (!file.isDirectory()) {
                throw raced;
            }
        }
    }

    private @Nullable String fault(PosixFileAttributes attributes) throws IOException {
        String fault = kindFault(attributes);
        if (fault != null) {
            return fault;
        }
        if (!attributes.owner().getName().equals(processOwner())) {
            return "The directory " + file + " belongs to " + attributes.owner().getName()
                    + ", not to the user of this program.";
        }
        if (attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            return "The directory " + file + " can be written by other users.";
        }
        return null;
    }

    private @Nullable String kindFault(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return "The directory " + file + " is a symbolic link.";
        }
        return attributes.isDirectory() ? null : "The path " + file + " is not a directory.";
    }

    private File known() {
        if (file == null) {
            throw new IllegalStateException("there is no directory");
        }
        return file;
    }

    /** The user as whom this process acts; by the kernel where it tells, since an id need not have a name. */
    private static String processOwner() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.isDirectory(self) ? Files.getOwner(self).getName() : System.getProperty("user.name", "");
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
