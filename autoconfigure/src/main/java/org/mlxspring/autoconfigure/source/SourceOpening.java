package org.mlxspring.autoconfigure.source;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.mlxspring.autoconfigure.encryption.DatasetKeys;

/** Opens what an import reads, from its beginning. */
final class SourceOpening {

    private final Map<String, NamedSource> sources;
    private final Spool spool;
    private final ZipLimits limits;

    SourceOpening(Map<String, NamedSource> sources, Spool spool, ZipLimits limits) {
        this.sources = sources;
        this.spool = spool;
        this.limits = limits;
    }

    RawRows open(ImportPlan plan, DatasetKeys keys) throws IOException {
        return plan.source().isPresent()
                ? ofSource(plan.source().get(), plan.since())
                : new UploadRows(plan, keys, spool, limits);
    }

    private RawRows ofSource(String name, Optional<String> since) throws IOException {
        return switch (sources.get(name)) {
            case null ->
                throw new UnreadableSourceException("There is no source '" + name
                        + "' in mlx.datasets.sources of this instance, and no DatasetSource bean of that name.");
            case NamedSource.OfFolder folder -> new FolderRows(name, folder.folder(), limits);
            case NamedSource.OfQuery query ->
                new QueryRows(
                        name,
                        query.dataSource(),
                        new QueryRows.QueryPlan(query.sql(), query.watermarkColumn(), since));
            case NamedSource.OfBean bean -> new BeanRows(bean.bean(), since);
        };
    }
}
