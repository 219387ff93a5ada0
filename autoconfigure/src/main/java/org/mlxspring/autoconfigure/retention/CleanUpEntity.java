package org.mlxspring.autoconfigure.retention;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A clean-up and its report. */
@Entity(name = "MlxCleanUp")
@Table(name = "mlx_clean_ups")
class CleanUpEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String startedBy = "";
    private Instant startedAt = now();
    private @Nullable Instant endedAt;
    private boolean dry;
    private @Nullable String problem;

    @Convert(converter = RemovedColumn.class)
    private List<Removed> removed = List.of();

    protected CleanUpEntity() {}

    CleanUpEntity(String startedBy, boolean dry) {
        this.startedBy = startedBy;
        this.dry = dry;
    }

    void end(List<Removed> all, @Nullable String why) {
        removed = List.copyOf(all);
        problem = why == null || why.length() <= 1000 ? why : why.substring(0, 1000);
        endedAt = now();
    }

    long id() {
        return Objects.requireNonNull(id);
    }

    boolean dry() {
        return dry;
    }

    boolean over() {
        return endedAt != null;
    }

    CleanUpView view() {
        return new CleanUpView(id(), startedBy, startedAt, endedAt, dry, problem, removed);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    /** The report as JSON. */
    @Converter
    static class RemovedColumn implements AttributeConverter<List<Removed>, String> {

        private static final JsonMapper JSON = JsonMapper.builder().build();

        @Override
        public String convertToDatabaseColumn(List<Removed> removed) {
            return JSON.writeValueAsString(removed);
        }

        @Override
        public List<Removed> convertToEntityAttribute(String json) {
            return JSON.readValue(json, new TypeReference<List<Removed>>() {});
        }
    }
}
