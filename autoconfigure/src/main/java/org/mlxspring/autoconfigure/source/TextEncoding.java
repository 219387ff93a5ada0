package org.mlxspring.autoconfigure.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Tells UTF-8 from what it is most often mistaken for. */
final class TextEncoding {

    private TextEncoding() {}

    /**
     * The text without its byte order mark.
     *
     * @throws UnreadableSourceException if it begins as UTF-16 or UTF-32, or as a compressed file does
     */
    static InputStream utf8(String part, InputStream in) throws IOException {
        byte[] first = in.readNBytes(4);
        PushbackInputStream back = new PushbackInputStream(in, 4);
        if (startsWith(first, 0xef, 0xbb, 0xbf)) {
            back.unread(first, 3, first.length - 3);
            return back;
        }
        if (startsWith(first, 0xff, 0xfe) || startsWith(first, 0xfe, 0xff) || startsWith(first, 0, 0, 0xfe, 0xff)) {
            throw new UnreadableSourceException(
                    named(part) + " is UTF-16 or UTF-32; save it in the encoding UTF-8 and send it again.");
        }
        if (startsWith(first, 0x1f, 0x8b) || startsWith(first, 'P', 'K', 3, 4)) {
            throw new UnreadableSourceException(named(part)
                    + " is compressed; send a zip with the Content-Type application/zip, anything else unpacked.");
        }
        back.unread(first);
        return back;
    }

    /** The part in a sentence. */
    static String named(String part) {
        return part.isEmpty() ? "The file" : part;
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        if (bytes.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
