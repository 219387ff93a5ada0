package org.mlxspring.autoconfigure.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.HtmlUtils;

/** A small page among our resources whose <code>{{name}}</code> places are filled in, escaped. */
record HtmlFile(String text) {

    /** Reads {@code file} of the page's resources, with its places still empty. */
    static HtmlFile read(String file) {
        try (InputStream in = HtmlFile.class.getResourceAsStream("/org/mlxspring/page/" + file)) {
            if (in == null) {
                throw new IllegalStateException("The resource org/mlxspring/page/" + file + " is missing from the jar");
            }
            return new HtmlFile(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource org/mlxspring/page/" + file, e);
        }
    }

    HtmlFile with(String name, String value) {
        return new HtmlFile(text.replace("{{" + name + "}}", HtmlUtils.htmlEscape(value)));
    }
}
