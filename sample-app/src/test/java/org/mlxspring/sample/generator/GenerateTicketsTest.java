package org.mlxspring.sample.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GenerateTicketsTest {

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void writesTheTicketsThatAreShipped() throws IOException {
        String shipped;
        try (InputStream in = new ClassPathResource("tickets.jsonl").getInputStream()) {
            shipped = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> written =
                GenerateTickets.company().stream().map(GeneratedTicket::line).toList();

        assertThat(written)
                .hasSize(600)
                .containsExactlyElementsOf(shipped.lines().toList());
    }

    @Test
    void writesEveryTextOnceSoThatNoSplitHoldsARowOfAnother() {
        assertThat(GenerateTickets.company().stream().map(GeneratedTicket::text).toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void sharesNoTextWithTheTicketsOfTheBaseModel() {
        assertThat(texts(GenerateTickets.general())).doesNotContainAnyElementsOf(texts(GenerateTickets.company()));
    }

    @Test
    void writesGeneralTicketsWithoutTheCompanysCodes() {
        Set<String> codes =
                Arrays.stream(Topic.values()).map(Topic::companyQueue).collect(Collectors.toSet());

        assertThat(GenerateTickets.general())
                .isEqualTo(GenerateTickets.general())
                .allSatisfy(ticket -> assertThat(codes).noneMatch(ticket.chatRow()::contains));
    }

    @Test
    void writesLinesAndRowsThatAreJson() {
        for (GeneratedTicket ticket : GenerateTickets.company()) {
            JsonNode line = json.readTree(ticket.line());
            JsonNode messages = json.readTree(ticket.chatRow()).get("messages");

            assertThat(line.get("answer").toString()).isEqualTo(ticket.answer().json());
            assertThat(messages.get(0).get("content").stringValue()).isEqualTo(ticket.subject() + "\n" + ticket.text());
            assertThat(messages.get(1).get("content").stringValue())
                    .isEqualTo(ticket.answer().json());
        }
    }

    private static Set<String> texts(List<GeneratedTicket> tickets) {
        return tickets.stream().map(GeneratedTicket::text).collect(Collectors.toSet());
    }
}
