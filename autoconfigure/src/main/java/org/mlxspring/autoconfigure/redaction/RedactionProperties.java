package org.mlxspring.autoconfigure.redaction;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is taken out of rows before they are stored.
 *
 * @param enabled Whether personal data and secrets are replaced by placeholders before a row is stored.
 * @param off Types that are left in the text, such as IP_ADDRESS or PHONE.
 * @param phoneRegions Countries whose telephone numbers are recognized without a country code, as ISO 3166-1 writes
 *     them, the likeliest first.
 * @param dictionaries Words and names of your own that are replaced, by name of the list.
 * @param patterns Regular expressions of your own whose matches are replaced, by name.
 */
@ConfigurationProperties("mlx.datasets.redaction")
public record RedactionProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Set<String> off,

        @DefaultValue({
            "US", "DE", "GB", "FR", "AT", "CH", "NL", "BE", "ES", "IT", "PT", "IE", "SE", "NO", "DK", "FI", "PL", "CZ",
            "SK", "AU", "NZ", "IN", "BR", "TR"
        })
        List<String> phoneRegions,

        @Nullable Map<String, Dictionary> dictionaries,
        @Nullable Map<String, OwnPattern> patterns) {

    public RedactionProperties {
        off = Set.copyOf(off);
        phoneRegions = List.copyOf(phoneRegions);
        dictionaries = dictionaries == null ? Map.of() : Map.copyOf(dictionaries);
        patterns = patterns == null ? Map.of() : Map.copyOf(patterns);
    }

    /**
     * A list of words; they are found as whole words.
     *
     * @param words The words and phrases.
     * @param file File with further ones, one in a line, in UTF-8.
     * @param type Type of the findings. Without it: the name of the list in capitals.
     * @param caseSensitive Whether upper and lower case must agree.
     */
    public record Dictionary(
            @DefaultValue List<String> words,
            @Nullable Path file,
            @Nullable String type,
            @DefaultValue("false") boolean caseSensitive) {}

    /**
     * A regular expression in RE2's syntax, which has no back-references and no look-around.
     *
     * @param regex The expression.
     * @param type Type of the findings. Without it: the name of the pattern in capitals.
     */
    public record OwnPattern(String regex, @Nullable String type) {}
}
