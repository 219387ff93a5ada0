package org.mlxspring.autoconfigure.source;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The sources that rows are imported from.
 *
 * @param sources Sources by name, each a folder or a query.
 */
@ConfigurationProperties("mlx.datasets")
public record SourcesProperties(
        @Nullable Map<String, SourceProperties> sources) {

    public SourcesProperties {
        sources = sources == null ? Map.of() : Map.copyOf(sources);
    }
}
