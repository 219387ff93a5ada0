package org.mlxspring.autoconfigure.source;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * The rows of all files in a zip, in its order, those in folders too. It is read as it comes and never unpacked to the
 * disk; the names in it are used for nothing but their ends.
 */
final class ZipRows implements RawRows {

    private final ZipInputStream zip;
    private final ZipLimits limits;
    private Optional<RawRows> current = Optional.empty();
    private int files;
    private long unpacked;

    ZipRows(InputStream in, ZipLimits limits) {
        // A name that is not marked as UTF-8 is read in a way that accepts every byte.
        zip = new ZipInputStream(in, StandardCharsets.ISO_8859_1);
        this.limits = limits;
    }

    @Override
    public Optional<RawRow> next() throws IOException {
        try {
            while (true) {
                if (current.isPresent()) {
                    Optional<RawRow> row = current.get().next();
                    if (row.isPresent()) {
                        return row;
                    }
                    current = Optional.empty();
                }
                Optional<ZipEntry> entry = nextEntry();
                if (entry.isEmpty()) {
                    requireFiles();
                    return Optional.empty();
                }
                Optional<RawRow> refused = open(entry.get());
                if (refused.isPresent()) {
                    return refused;
                }
            }
        } catch (ZipException | EOFException e) {
            throw new UnreadableSourceException("The zip is damaged or encrypted behind its file " + files
                    + "; make it again without a password.");
        }
    }

    private Optional<ZipEntry> nextEntry() throws IOException {
        try {
            return Optional.ofNullable(zip.getNextEntry());
        } catch (IllegalArgumentException e) {
            throw new ZipException("a name is marked as UTF-8 and is not");
        }
    }

    private void requireFiles() {
        if (files == 0) {
            throw new UnreadableSourceException("The upload is no zip, or has no file in it; it must hold .jsonl, .csv,"
                    + " .txt or .md files.");
        }
    }

    /** Opens the next file, or says why it is refused; passes over folders and hidden files. */
    private Optional<RawRow> open(ZipEntry entry) throws IOException {
        String name = entry.getName().replace('\\', '/');
        if (name.startsWith("/") || ("/" + name + "/").contains("/../") || name.matches("[A-Za-z]:.*")) {
            throw new UnreadableSourceException("The zip names a file outside of its own folder behind its file "
                    + files + "; nothing of it was taken.");
        }
        if (entry.isDirectory() || isHidden(name)) {
            return Optional.empty();
        }
        files++;
        if (files > limits.files()) {
            throw new UnreadableSourceException(
                    "The zip has more than " + limits.files() + " files; split it into several.");
        }
        String part = "file " + files;
        Optional<SourceFormat> format = SourceFormat.ofFileName(name).filter(found -> found != SourceFormat.ZIP);
        if (format.isEmpty()) {
            return refused(part, "has a name that ends with none of .jsonl, .ndjson, .csv, .txt, .md");
        }
        try {
            current = Optional.of(format.get().open(part, new Counted(), limits));
            return Optional.empty();
        } catch (UnreadableSourceException e) {
            return refused(part, "cannot be read: " + e.getMessage());
        }
    }

    private static Optional<RawRow> refused(String part, String reason) {
        return Optional.of(new RawRow.Unreadable(new Place(part, 1), reason, new byte[0]));
    }

    private static boolean isHidden(String name) {
        return ("/" + name).contains("/.") || name.startsWith("__MACOSX/");
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** The file of the zip that is being read; the limits are held while it is unpacked. */
    private final class Counted extends FilterInputStream {

        Counted() {
            super(zip);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            int read = super.read(bytes, offset, count);
            unpacked += Math.max(0, read);
            if (unpacked > limits.bytes()) {
                throw new UnreadableSourceException("The zip unpacks to more than " + limits.bytes()
                        + " bytes, ten times what an upload may have; split it into several.");
            }
            return read;
        }

        @Override
        public void close() {
            // The zip goes on with its next file.
        }
    }
}
