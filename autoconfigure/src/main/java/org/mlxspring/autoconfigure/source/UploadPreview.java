package org.mlxspring.autoconfigure.source;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.mlxspring.autoconfigure.dataset.RowJson;
import org.mlxspring.autoconfigure.preview.RowRendering;
import org.mlxspring.autoconfigure.redaction.Placeholders;
import org.mlxspring.autoconfigure.redaction.Redaction;
import org.mlxspring.engine.data.ChatRow;
import org.mlxspring.engine.data.CompletionRow;
import org.mlxspring.engine.data.PreferenceRow;
import org.mlxspring.engine.data.Row;
import org.mlxspring.engine.data.RowParser;
import org.mlxspring.engine.data.RowRefusal;
import org.mlxspring.engine.data.TextRow;
import org.springframework.util.StreamUtils;

/** Reads the first rows of an upload as an import would, and shows them; nothing is stored and nothing is logged. */
final class UploadPreview {

    private static final int SHOWN = 20;

    private final Redaction redaction;
    private final ZipLimits limits;

    UploadPreview(Redaction redaction, ZipLimits limits) {
        this.redaction = redaction;
        this.limits = limits;
    }

    /** @throws UnreadableSourceException if the upload cannot be read at all */
    PreviewView show(SourceFormat format, ColumnMapping columns, InputStream body, RowRendering rendering)
            throws IOException {
        Placeholders placeholders = Placeholders.keyed(new SecureRandom().generateSeed(32));
        List<PreviewView.PreviewedRow> shown = new ArrayList<>();
        List<PreviewView.RefusedRow> refused = new ArrayList<>();
        Set<String> formats = new LinkedHashSet<>();
        boolean complete = false;
        try (RawRows rows = format.open("", StreamUtils.nonClosing(body), limits)) {
            while (shown.size() < SHOWN && refused.size() < SHOWN && !complete) {
                Optional<RawRow> next = rows.next();
                complete = next.isEmpty();
                if (next.isPresent()) {
                    Map<String, Integer> found = new TreeMap<>();
                    RowPreparation preparation = new RowPreparation(
                            columns,
                            Map.of(),
                            row -> redaction.redact(
                                    row, placeholders, finding -> found.merge(finding.type(), 1, Integer::sum)),
                            false);
                    Place place = next.get().place();
                    try {
                        Row row = row(preparation.prepare(next.get()));
                        shown.add(new PreviewView.PreviewedRow(
                                place.part(), place.number(), name(row), found, rendering.see(row)));
                        formats.add(name(row));
                    } catch (RowRefusal e) {
                        refused.add(new PreviewView.RefusedRow(place.part(), place.number(), e.reason()));
                    }
                }
            }
        }
        return new PreviewView(List.copyOf(formats), shown, refused, complete);
    }

    private static Row row(PreparedRow prepared) throws RowRefusal {
        return switch (prepared) {
            case PreparedRow.Usable usable -> RowParser.row(RowJson.read(usable.row().json()));
            case PreparedRow.Refused refused -> throw new RowRefusal(refused.reason());
        };
    }

    private static String name(Row row) {
        return switch (row) {
            case ChatRow chat -> chat.tools().isEmpty() ? "chat" : "chat with tools";
            case CompletionRow completion -> "prompt and completion";
            case TextRow text -> "text";
            case PreferenceRow preference -> "preference";
        };
    }
}
