package org.mlxspring.autoconfigure.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.dataset.VersionState;
import org.mlxspring.autoconfigure.host.Host;
import org.mlxspring.autoconfigure.host.Host.Answer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;

/** A version with all that can be wrong: its report, the gate before a run, and the release. On any database. */
final class GateStory {

    /** Stands in every row of the story and in nothing that may be read without the right to read rows. */
    static final String CANARY = "kanarienvogel";

    /** What the host of the story needs. */
    static final String[] PROPERTIES = {"mlx.runs.concurrency=0", "mlx.datasets.redaction.enabled=false"};

    private static final String PATH = "/mlx/api/datasets/faulty/versions/1";

    private final Host host;

    /** @param host one that does not redact, as {@link #PROPERTIES} say */
    GateStory(Host host) {
        this.host = host;
    }

    void tell() {
        Answer uploaded = host.upload(
                "faulty",
                Map.of(
                        "train",
                        row("first question", "first answer")
                                + row("first question", "first answer")
                                + row("second question about " + "x".repeat(300) + " one", "same")
                                + row("second question about " + "x".repeat(300) + " one!", "same")
                                + row("third question", "yes")
                                + row("third question", "no")
                                + row("fourth question", "")
                                + row("fifth question of vera@example.org", "see vera@example.org")
                                + row("sixth question", "use the key AKIAIOSFODNN7EXAMPLE")
                                + chat("user", "user", "assistant")
                                + chat("user", "assistant", "user", "assistant"),
                        "valid",
                        row("first question", "first answer"),
                        "test",
                        row("a question of its own", "an answer of its own")));
        assertThat(uploaded.status()).as(uploaded.body().toString()).isEqualTo(201);
        theReportCountsEverything();
        findingsAreListedByCheckAndRow();
        theyCanBeDownloaded();
        aRunIsRefused();
        anAdminReleasesTheVersion();
        theReportIsMadeAgain();
        aCleanVersionIsOpen();
    }

    private void theReportCountsEverything() {
        JsonNode report = get(PATH + "/report");
        assertThat(report.path("dataset").asString()).isEqualTo("faulty");
        assertThat(report.path("version").asInt()).isEqualTo(1);
        assertThat(report.path("rows").asInt()).isEqualTo(13);
        assertThat(report.path("blocked").asBoolean()).isTrue();
        assertThat(count(report, CheckName.EMPTY_ANSWER)).isEqualTo(1);
        assertThat(count(report, CheckName.DUPLICATE)).isEqualTo(1);
        assertThat(count(report, CheckName.NEAR_DUPLICATE)).isEqualTo(1);
        assertThat(count(report, CheckName.IN_TRAIN_AND_HELD_OUT)).isEqualTo(1);
        assertThat(count(report, CheckName.LABEL_NOISE)).isEqualTo(1);
        assertThat(count(report, CheckName.ROLE_ORDER)).isEqualTo(1);
        assertThat(count(report, CheckName.REPEATED_TURN)).isPositive();
        assertThat(count(report, CheckName.TOO_FEW_ROWS)).isEqualTo(3);
        assertThat(count(report, CheckName.PERSONAL_DATA)).isEqualTo(1);
        assertThat(count(report, CheckName.SECRET)).isEqualTo(1);
        assertThat(report.at("/personalData/EMAIL").asInt()).isEqualTo(1);
        assertThat(report.at("/personalData/API_KEY").asInt()).isEqualTo(1);
        assertThat(count(report, CheckName.CUT_AT_LIMIT)).isZero();
        assertThat(report.at("/lengths/unit").asString()).isEqualTo("TOKENS");
        assertThat(report.at("/scripts/0/script").asString()).isEqualTo("LATIN");
    }

    private void findingsAreListedByCheckAndRow() {
        JsonNode all = get(PATH + "/findings?size=3");
        assertThat(all.path("content").size()).isEqualTo(3);
        assertThat(all.at("/page/totalElements").asInt()).isGreaterThan(8);
        JsonNode leaked = get(PATH + "/findings?check=IN_TRAIN_AND_HELD_OUT").path("content");
        assertThat(leaked.size()).isEqualTo(1);
        long row = leaked.get(0).path("row").asLong();
        long other = leaked.get(0).path("otherRow").asLong();
        assertThat(row).isNotEqualTo(other).isPositive();
        Set<String> checks = new TreeSet<>();
        get(PATH + "/findings?row=" + other)
                .path("content")
                .forEach(finding -> checks.add(finding.path("check").asString()));
        assertThat(checks).contains("DUPLICATE", "IN_TRAIN_AND_HELD_OUT");
        JsonNode near = get(PATH + "/findings?check=NEAR_DUPLICATE").path("content");
        assertThat(near.get(0).path("similarity").asDouble()).isBetween(0.9, 1.0);
    }

    private void theyCanBeDownloaded() {
        ResponseEntity<String> csv =
                host.client().get().uri(PATH + "/report?format=csv").retrieve().toEntity(String.class);
        assertThat(csv.getHeaders().getContentType())
                .satisfies(type -> assertThat(type.isCompatibleWith(new MediaType("text", "csv")))
                        .isTrue());
        assertThat(csv.getHeaders().getContentDisposition().getFilename()).isEqualTo("faulty-v1-findings.csv");
        assertThat(csv.getBody())
                .startsWith("check,severity,row,other_row,similarity,detail")
                .contains("EMPTY_ANSWER,BLOCKING,")
                .contains("NEAR_DUPLICATE,WARNING,")
                .doesNotContain(CANARY);
    }

    private void aRunIsRefused() {
        Answer refused = host.post("/mlx/api/runs", Map.of("model", "small", "dataset", "faulty"));
        assertThat(refused.status()).as(refused.body().toString()).isEqualTo(409);
        assertThat(refused.body().at("/checks/EMPTY_ANSWER").asInt()).isEqualTo(1);
        assertThat(refused.body().at("/checks/IN_TRAIN_AND_HELD_OUT").asInt()).isEqualTo(1);
        assertThat(refused.body().path("detail").asString()).contains("EMPTY_ANSWER 1", PATH + "/report");
    }

    private void anAdminReleasesTheVersion() {
        assertThat(release("tina", Map.of("reason", "meant"))).isEqualTo(403);
        assertThat(release("ada", Map.of("reason", " "))).isEqualTo(422);
        assertThat(release("ada", Map.of("reason", "meant so"))).isEqualTo(200);
        assertThat(release("ada", Map.of("reason", "again"))).isEqualTo(409);
        JsonNode report = get(PATH + "/report");
        assertThat(report.at("/release/by").asString()).isEqualTo("ada");
        assertThat(report.at("/release/reason").asString()).isEqualTo("meant so");
        assertThat(report.path("blocked").asBoolean()).isTrue();
        assertThat(host.context()
                        .getBean(MlxDatabase.class)
                        .jdbc()
                        .sql("select actor || ': ' || detail from mlx_audit where action = 'VERSION_CHANGED'")
                        .query(String.class)
                        .list())
                .containsExactly("ada: Released although blocked: meant so");
        Answer run = host.post(
                "/mlx/api/runs", Map.of("model", "small", "dataset", "faulty", "settings", Map.of("iters", 1)));
        assertThat(run.status()).as(run.body().toString()).isEqualTo(202);
    }

    private void theReportIsMadeAgain() {
        JsonNode before = get(PATH + "/findings?size=500");
        Datasets datasets = host.context().getBean(Datasets.class);
        long version = datasets.resolve("faulty", Optional.of(1)).id();
        VersionReport again = host.context().getBean(VersionChecks.class).check(version);
        assertThat(again.blocked()).isTrue();
        assertThat(again.open()).isTrue();
        assertThat(get(PATH + "/findings?size=500")).isEqualTo(before);
        assertThat(datasets.resolve("faulty", Optional.of(1)).state()).isEqualTo(VersionState.READY);
    }

    private void aCleanVersionIsOpen() {
        host.upload("clean", Map.of("train", Host.rows("p", 60)));
        JsonNode report = get("/mlx/api/datasets/clean/versions/1/report");
        assertThat(report.path("blocked").asBoolean()).isFalse();
        assertThat(host.get("/mlx/api/datasets/clean/versions/2/report").status())
                .isEqualTo(404);
    }

    private int release(String user, Map<String, String> request) {
        return host.client()
                .post()
                .uri(PATH + "/release")
                .headers(headers -> headers.setBasicAuth(user, user.substring(0, 1)))
                .contentType(MediaType.APPLICATION_JSON)
                .body(request)
                .retrieve()
                .toBodilessEntity()
                .getStatusCode()
                .value();
    }

    private JsonNode get(String path) {
        Answer answer = host.get(path);
        assertThat(answer.status()).as(path + answer.body()).isEqualTo(200);
        assertThat(answer.body().toString()).doesNotContain(CANARY);
        return answer.body();
    }

    private static JsonNode result(JsonNode report, CheckName check) {
        return report.path("checks")
                .valueStream()
                .filter(result -> result.path("check").asString().equals(check.name()))
                .findFirst()
                .orElseThrow();
    }

    private static int count(JsonNode report, CheckName check) {
        return result(report, check).path("findings").asInt();
    }

    private static String row(String prompt, String completion) {
        return "{\"prompt\": \"%s %s\", \"completion\": \"%s\"}%n".formatted(CANARY, prompt, completion);
    }

    private static String chat(String... roles) {
        StringBuilder messages = new StringBuilder();
        for (String role : roles) {
            messages.append(messages.isEmpty() ? "" : ", ")
                    .append("{\"role\": \"%s\", \"content\": \"%s of %d\"}".formatted(role, CANARY, roles.length));
        }
        return "{\"messages\": [" + messages + "]}\n";
    }
}
