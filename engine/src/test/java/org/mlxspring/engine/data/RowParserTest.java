package org.mlxspring.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Rows that come one by one, and the JSON that they are stored as. */
class RowParserTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'text':'t'}",
                "{'prompt':'p','completion':'c'}",
                "{'prompt':'p','completion':'c','tools':[{'type':'function'}]}",
                "{'messages':[{'role':'user','content':'u'},{'role':'assistant','content':'a','weight':0},"
                        + "{'role':'user','content':'v'},{'role':'assistant','content':'b'}]}",
                "{'messages':[{'role':'user','content':'u'},{'role':'assistant','tool_calls':[{'id':'1'}]},"
                        + "{'role':'tool','content':'r','tool_call_id':'1'}],'tools':[{'type':'function'}]}",
                "{'prompt':[{'role':'user','content':'p'}],'chosen':[{'role':'assistant','content':'c'}],"
                        + "'rejected':[{'role':'assistant','content':'r'}]}"
            })
    void aRowComesBackFromItsJson(String json) throws RowRefusal {
        String given = json.replace('\'', '"');
        Row row = row(given);
        String written = JSON.writeValueAsString(RowObject.of(row));
        assertThat(written).isEqualTo(given);
        assertThat(row(written)).isEqualTo(row);
    }

    @Test
    void keysOfNoFormatAreLeftOut() throws RowRefusal {
        Row row = row("{\"customer\": \"Ada\", \"completion\": \"c\", \"prompt\": \"p\"}");
        assertThat(JSON.writeValueAsString(RowObject.of(row))).isEqualTo("{\"prompt\":\"p\",\"completion\":\"c\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'text':'t','messages':[{'role':'user','content':'u'}]}",
                "{'text':'t','prompt':'p','completion':'c'}",
                "{'text':'t','prompt':'p','chosen':'c','rejected':'r'}",
                "{'prompt':'p','completion':'c','chosen':'c','rejected':'r'}",
                "{'prompt':'p','chosen':'c','rejected':'r','preferred_output':[],'non_preferred_output':[]}"
            })
    void aRowOfTwoFormatsIsRefused(String json) {
        assertThatExceptionOfType(RowRefusal.class)
                .isThrownBy(() -> row(json.replace('\'', '"')))
                .satisfies(refusal -> assertThat(refusal.reason()).contains("keep those of one"));
    }

    private static Row row(String json) throws RowRefusal {
        return RowParser.row(RowParser.object(json.getBytes(StandardCharsets.UTF_8)));
    }
}
