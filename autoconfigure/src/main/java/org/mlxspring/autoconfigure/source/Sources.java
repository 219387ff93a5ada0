package org.mlxspring.autoconfigure.source;

import java.util.List;
import java.util.Map;
import org.mlxspring.autoconfigure.problem.ProblemException;

/** The sources of {@code mlx.datasets.sources} and the {@link DatasetSource} beans, by name. */
public class Sources {

    private final Map<String, NamedSource> sources;
    private final ImportTable imports;
    private final Watermarks watermarks;

    Sources(Map<String, NamedSource> sources, ImportTable imports, Watermarks watermarks) {
        this.sources = sources;
        this.imports = imports;
        this.watermarks = watermarks;
    }

    /** All sources, by name. */
    public List<SourceView> list() {
        return sources.values().stream().map(this::view).toList();
    }

    /** Names of the sources whose rows go to a dataset. */
    public List<String> of(String dataset) {
        return sources.values().stream()
                .filter(source -> source.dataset().equals(dataset))
                .map(NamedSource::name)
                .toList();
    }

    /** @throws ProblemException if there is no such source; it lists those there are */
    NamedSource get(String name) {
        NamedSource source = sources.get(name);
        if (source == null) {
            throw ProblemException.notFound(
                    "Unknown source",
                    "There is no source '" + name
                            + "' in mlx.datasets.sources, and no DatasetSource bean of that name. "
                            + (sources.isEmpty()
                                    ? "There are none."
                                    : "There are: " + String.join(", ", sources.keySet()) + "."),
                    Map.of("sources", List.copyOf(sources.keySet())));
        }
        return source;
    }

    private SourceView view(NamedSource source) {
        String kind =
                switch (source) {
                    case NamedSource.OfFolder folder -> "folder";
                    case NamedSource.OfQuery query -> "query";
                    case NamedSource.OfBean bean -> "bean";
                };
        return new SourceView(
                source.name(),
                source.dataset(),
                kind,
                source.mode(),
                watermarks.of(source.name(), source.dataset()).orElse(null),
                imports.lastOf(source.name()).orElse(null));
    }
}
