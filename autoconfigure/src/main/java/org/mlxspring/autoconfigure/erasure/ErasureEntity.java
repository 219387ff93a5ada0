package org.mlxspring.autoconfigure.erasure;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An erasure and how far it is; changed by the task that works on it, and when what it keeps out is lifted. */
@Entity(name = "MlxErasure")
@Table(name = "mlx_erasures")
class ErasureEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @Enumerated(EnumType.STRING)
    private ErasureCause cause = ErasureCause.REQUEST;

    private String reason = "";
    private String requestedBy = "";
    private Instant requestedAt = Instant.EPOCH;

    @Enumerated(EnumType.STRING)
    private ErasureState state = ErasureState.QUEUED;

    private @Nullable String problem;
    private boolean withdraw;
    private boolean retrain;

    @Convert(converter = ReportColumn.class)
    @Column(name = "outcome")
    private ErasureReport report = ErasureReport.EMPTY;

    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private @Nullable Instant liftedAt;
    private @Nullable String liftedBy;

    protected ErasureEntity() {}

    ErasureEntity(ErasureCause cause, String reason, String requestedBy, ErasureProperties properties) {
        this.cause = cause;
        this.reason = reason;
        this.requestedBy = requestedBy;
        this.requestedAt = now();
        this.withdraw = properties.withdraw();
        this.retrain = properties.retrain();
    }

    void enter(ErasureState next) {
        state = next;
        problem = null;
        if (startedAt == null) {
            startedAt = now();
        }
        if (next.over()) {
            endedAt = now();
        }
    }

    void failed(String why) {
        problem = why.length() <= 1000 ? why : why.substring(0, 1000);
    }

    /** Imports keep out nothing any more because of it. */
    void lift(String user) {
        liftedAt = now();
        liftedBy = user;
    }

    void report(UnaryOperator<ErasureReport> change) {
        report = change.apply(report);
    }

    long id() {
        return Objects.requireNonNull(id);
    }

    ErasureCause cause() {
        return cause;
    }

    String requestedBy() {
        return requestedBy;
    }

    ErasureState state() {
        return state;
    }

    boolean withdraw() {
        return withdraw;
    }

    boolean retrain() {
        return retrain;
    }

    ErasureReport report() {
        return report;
    }

    ErasureView view(List<ErasureView.ErasureShare> datasets) {
        return new ErasureView(
                id(),
                cause,
                reason,
                requestedBy,
                requestedAt,
                state,
                problem,
                startedAt,
                endedAt,
                liftedAt,
                liftedBy,
                datasets,
                report);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    /** The report as JSON. */
    @Converter
    static class ReportColumn implements AttributeConverter<ErasureReport, String> {

        private static final JsonMapper JSON = JsonMapper.builder().build();

        @Override
        public String convertToDatabaseColumn(ErasureReport report) {
            return JSON.writeValueAsString(report);
        }

        @Override
        public ErasureReport convertToEntityAttribute(String json) {
            return JSON.readValue(json, ErasureReport.class);
        }
    }
}
