package org.mlxspring.autoconfigure.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mlxspring.autoconfigure.host.Host;
import org.mlxspring.autoconfigure.host.Host.Answer;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Datasets over HTTP, by users with one role or right each: what they may, what they get, and what nonsense gets them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatasetApiTest {

    private static final String DESK = "/mlx/api/datasets/desk";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Host host;

    /** Two versions: of 40 rows, 10 went, 5 came, and 3 were changed. */
    @BeforeAll
    void start(@TempDir Path folder) {
        host = Host.start(
                List.of(Host.Pretending.class),
                folder.resolve("home"),
                "spring.datasource.url=jdbc:h2:mem:dataset-api;DB_CLOSE_DELAY=-1");
        send(HttpMethod.POST, "tina", DESK + "/imports?wait=true&columns=" + COLUMNS, "text/csv", tickets(0, 40, 0));
        send(HttpMethod.POST, "tina", DESK + "/imports?wait=true&columns=" + COLUMNS, "text/csv", tickets(10, 45, 13));
    }

    private static final String COLUMNS = "prompt:question,completion:answer,id:nr,subject:customer";

    @AfterAll
    void stop() {
        host.close();
    }

    /** Tickets as CSV; those before {@code changed} have another answer. */
    private static String tickets(int from, int to, int changed) {
        StringBuilder rows = new StringBuilder("nr,customer,question,answer\n");
        for (int i = from; i < to; i++) {
            rows.append("T%d,customer-%d,question %d,%s %d\n"
                    .formatted(i, i % 10, i, i < changed ? "better" : "answer", i));
        }
        return rows.toString();
    }

    @Test
    void theDifferenceOfTwoVersionsIsCountedAndPaged() {
        JsonNode counts =
                host.getAs("victor", DESK + "/versions/2/difference?from=1").body();
        assertThat(counts.path("added").asInt()).isEqualTo(5);
        assertThat(counts.path("removed").asInt()).isEqualTo(10);
        assertThat(counts.path("changed").asInt()).isEqualTo(3);
        String removed = DESK + "/versions/2/difference/row-ids?from=1&change=REMOVED&size=6";
        JsonNode first = host.getAs("victor", removed).body();
        JsonNode second = host.getAs(
                        "victor", removed + "&after=" + first.path("next").asLong())
                .body();
        assertThat(first.path("content").size()).isEqualTo(6);
        assertThat(second.path("content").size()).isEqualTo(4);
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(Stream.concat(
                                first.path("content").valueStream(),
                                second.path("content").valueStream())
                        .map(JsonNode::asLong))
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(host.getAs("victor", DESK + "/versions/2/difference?from=2")
                        .body()
                        .path("added")
                        .asInt())
                .isZero();
    }

    @Test
    void tagsAreSetMovedListedAndRemoved() {
        assertThat(put("victor", DESK + "/tags/gold", "{\"version\": 1}").status())
                .isEqualTo(403);
        assertThat(put("tina", DESK + "/tags/gold", "{\"version\": 1}")
                        .body()
                        .path("version")
                        .asInt())
                .isEqualTo(1);
        put("tina", DESK + "/tags/gold", "{\"version\": 2}");
        JsonNode tags = host.getAs("victor", DESK + "/tags").body();
        assertThat(tags.size()).isEqualTo(1);
        assertThat(tags.get(0).path("version").asInt()).isEqualTo(2);
        assertThat(tags.get(0).path("createdBy").asString()).isEqualTo("tina");
        assertThat(send(HttpMethod.DELETE, "tina", DESK + "/tags/gold", "application/json", "")
                        .status())
                .isEqualTo(204);
        assertThat(send(HttpMethod.DELETE, "tina", DESK + "/tags/gold", "application/json", "")
                        .status())
                .isEqualTo(404);
        Answer bad = put("tina", DESK + "/tags/{tag}", "{\"version\": 1}", "no spaces, please");
        assertThat(bad.status()).isEqualTo(422);
        assertThat(bad.body().path("field").asString()).isEqualTo("tag");
        assertThat(put("tina", DESK + "/tags/gold", "{\"version\": 7}").status())
                .isEqualTo(404);
        assertThat(lines("VERSION_CHANGED")).contains("tag 'gold' put", "tag 'gold' removed");
    }

    @Test
    void notesAndDescriptionsAreWrittenByATrainer() {
        String note = "{\"note\": \"after the clean-up of March\"}";
        assertThat(patch("victor", DESK + "/versions/1", note).status()).isEqualTo(403);
        assertThat(patch("tina", DESK + "/versions/1", note).body().path("note").asString())
                .isEqualTo("after the clean-up of March");
        assertThat(patch("tina", DESK, "{\"description\": \"tickets\"}")
                        .body()
                        .path("description")
                        .asString())
                .isEqualTo("tickets");
        assertThat(patch("tina", DESK + "/versions/1", "{}")
                        .body()
                        .path("field")
                        .asString())
                .isEqualTo("note");
        assertThat(patch("tina", DESK + "/versions/1", "{\"note\": \"" + "x".repeat(2001) + "\"}")
                        .status())
                .isEqualTo(422);
        assertThat(patch("tina", DESK, "{\"name\": \"other\"}")
                        .body()
                        .path("detail")
                        .asString())
                .contains("has a field 'name'; known are [description]");
    }

    @Test
    void rowsAreForThoseWithTheRightAlone() {
        for (String user : List.of("victor", "tina", "ada", "erik")) {
            Answer refused = host.getAs(user, DESK + "/rows");
            assertThat(refused.status()).as(user).isEqualTo(403);
            assertThat(refused.body().path("detail").asString())
                    .contains("READ_ROWS", "mlx.security.row-reader-authorities");
        }
        JsonNode page =
                host.getAs("rita", DESK + "/rows?version=1&split=train&size=2").body();
        assertThat(page.path("content").size()).isEqualTo(2);
        assertThat(page.at("/content/0/row/prompt").asString()).isEqualTo("question 0");
        long row = page.at("/content/1/id").asLong();
        assertThat(page.path("next").asLong()).isEqualTo(row);
        assertThat(host.getAs("rita", DESK + "/rows/" + row).body().path("id").asLong())
                .isEqualTo(row);
        assertThat(lines("ROWS_READ")).contains("row " + row);
        JsonNode line = host.getAs("ada", "/mlx/api/audit?action=ROWS_READ&actor=rita&row=" + row)
                .body()
                .at("/content/0");
        assertThat(line.path("dataset").asString()).isEqualTo("desk");
        assertThat(line.path("rows").asInt()).isEqualTo(1);
    }

    @Test
    void keysAreRotatedByAnAdmin() {
        assertThat(host.postAs("tina", DESK + "/keys/rotate", Map.of()).status())
                .isEqualTo(403);
        assertThat(host.postAs("ada", DESK + "/keys/rotate", Map.of()).status()).isEqualTo(200);
        assertThat(host.postAs("ada", "/mlx/api/datasets/none/keys/rotate", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(host.postAs("tina", "/mlx/api/keys/rotate", Map.of()).status())
                .isEqualTo(403);
        assertThat(host.postAs("ada", "/mlx/api/keys/rotate", Map.of()).status())
                .isEqualTo(200);
        assertThat(host.getAs("rita", DESK + "/rows?version=1&size=500")
                        .body()
                        .path("content")
                        .size())
                .isEqualTo(40);
    }

    @Test
    void reportsAndLineageAreForEveryViewer() {
        ResponseEntity<String> csv = host.client("victor")
                .get()
                .uri(DESK + "/versions/2/report?format=csv")
                .retrieve()
                .toEntity(String.class);
        assertThat(csv.getHeaders().getContentDisposition().getFilename()).isEqualTo("desk-v2-findings.csv");
        String ids = host.client("victor")
                .get()
                .uri(DESK + "/versions/2/row-ids")
                .retrieve()
                .body(String.class);
        assertThat(ids.lines()).hasSize(36).first().isEqualTo("id,split");
        String row = ids.lines().toList().getLast().split(",")[0];
        JsonNode lineage =
                host.getAs("victor", DESK + "/rows/" + row + "/lineage").body();
        assertThat(lineage.path("versions").valueStream().map(JsonNode::asInt)).containsExactly(2);
        assertThat(lineage.toString()).doesNotContain("question");
    }

    @Test
    void listsAreFiltered() {
        assertThat(total(DESK + "/imports?state=SUCCEEDED")).isEqualTo(2);
        assertThat(total(DESK + "/imports?state=FAILED")).isZero();
        assertThat(total(DESK + "/imports?source=tickets")).isZero();
        assertThat(total("/mlx/api/erasures?state=DONE&cause=RETENTION")).isZero();
        assertThat(total(DESK + "/versions/2/findings?check=TOO_FEW_ROWS&row=1"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | /mlx/api/datasets/none                                  | There is no dataset 'none'
            404 | /mlx/api/datasets/none/versions                         | There is no dataset 'none'
            404 | /mlx/api/datasets/none/imports                          | There is no dataset 'none'
            404 | /mlx/api/datasets/none/tags                             | There is no dataset 'none'
            404 | /mlx/api/datasets/none/retention                        | There is no dataset 'none'
            404 | /mlx/api/datasets/none/rows/1/lineage                   | none
            404 | /mlx/api/datasets/desk/versions/9                       | does not have version 9; its newest version is 2
            404 | /mlx/api/datasets/desk/versions/9/report                | does not have version 9
            404 | /mlx/api/datasets/desk/versions/9/findings              | does not have version 9
            404 | /mlx/api/datasets/desk/versions/2/difference?from=9     | does not have version 9
            404 | /mlx/api/datasets/desk/versions/9/row-ids               | does not have version 9
            404 | /mlx/api/datasets/desk/imports/999999                   | There is no import 999999
            404 | /mlx/api/datasets/desk/rows/999999/lineage              | 999999
            404 | /mlx/api/runs/none/lineage                              | none
            404 | /mlx/api/runs/none/lineage/rows                         | none
            404 | /mlx/api/erasures/999999                                | There is no erasure 999999
            404 | /mlx/api/clean-ups/999999                               | There is no clean-up 999999
            400 | /mlx/api/datasets/desk/versions/two                     | version is 'two'; it must be a whole number
            400 | /mlx/api/datasets/desk/versions/2/difference            | from
            400 | /mlx/api/datasets/desk/versions/2/findings?check=SPELLING | it must be one of CUT_AT_LIMIT
            400 | /mlx/api/datasets/desk/versions/2/findings?row=x        | row is 'x'; it must be a whole number
            400 | /mlx/api/datasets/desk/imports?state=LOST               | it must be one of QUEUED, RUNNING
            400 | /mlx/api/datasets?page=x                                | page is 'x'; it must be a whole number
            422 | /mlx/api/datasets?size=0                                | size is 0; it must be from 1 to 500
            422 | /mlx/api/datasets?size=100000                           | size is 100000; it must be from 1 to 500
            422 | /mlx/api/datasets?page=-1                               | the first page is 0
            422 | /mlx/api/datasets?sort=secret                           | it must be one of name, createdAt
            422 | /mlx/api/datasets/desk/imports?sort=id                  | this list has an order of its own
            422 | /mlx/api/datasets/desk/versions/2/difference/row-ids?from=1&change=ADDED&size=0 | from 1 to 10000
            """)
    void nonsenseIsAProblemThatSaysWhatWouldBeRight(int status, String path, String detail) {
        Answer answer = host.getAs("victor", path);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().path("detail").asString()).contains(detail);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | /mlx/api/datasets/none/rows       | There is no dataset 'none'
            404 | /mlx/api/datasets/desk/rows?version=9 | does not have version 9
            404 | /mlx/api/datasets/desk/rows/999999 | has no row 999999
            400 | /mlx/api/datasets/desk/rows/first | id is 'first'; it must be a whole number
            422 | /mlx/api/datasets/desk/rows?split=dev | it must be train, valid or test
            422 | /mlx/api/datasets/desk/rows?size=501 | it must be from 1 to 500
            """)
    void soItIsWithRows(int status, String path, String detail) {
        Answer answer = host.getAs("rita", path);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().path("detail").asString()).contains(detail);
    }

    private int total(String path) {
        return host.getAs("victor", path).body().at("/page/totalElements").asInt(-1);
    }

    private List<String> lines(String action) {
        List<String> details = new ArrayList<>();
        host.getAs("ada", "/mlx/api/audit?dataset=desk&size=100&action=" + action)
                .body()
                .path("content")
                .forEach(line -> details.add(line.path("detail").asString()));
        return details;
    }

    private Answer put(String user, String path, String json, Object... variables) {
        return send(HttpMethod.PUT, user, path, "application/json", json, variables);
    }

    private Answer patch(String user, String path, String json) {
        return send(HttpMethod.PATCH, user, path, "application/json", json);
    }

    private Answer send(HttpMethod method, String user, String path, String type, String body, Object... variables) {
        ResponseEntity<String> answer = host.client(user)
                .method(method)
                .uri(path, variables)
                .contentType(MediaType.parseMediaType(type))
                .body(body)
                .retrieve()
                .toEntity(String.class);
        String text = answer.getBody();
        JsonNode json = text == null || text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text);
        return new Answer(answer.getStatusCode().value(), json, java.util.Optional.empty());
    }
}
