package org.mlxspring.engine.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ScheduleTest {

    static Stream<String> schedules() {
        return Goldens.schedules().propertyNames().stream();
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void everyRateIsThatOfMlx(String name) {
        JsonNode one = Goldens.schedules().path(name);
        Schedule schedule = Schedule.of(Goldens.scheduleSettings(one));
        double greatest = one.path("arguments")
                .valueStream()
                .mapToDouble(JsonNode::asDouble)
                .limit(2)
                .filter(a -> a < 1)
                .max()
                .orElse(1);
        List<JsonNode> rates = one.path("rates").valueStream().toList();
        for (int i = 0; i < rates.size(); i++) {
            assertThat(schedule.at(i))
                    .as("%s at %d", name, i)
                    .isCloseTo(rates.get(i).asDouble(), within(1e-7 * greatest));
        }
    }

    @Test
    void whatIsUnknownOrMissingIsNamed() {
        assertThatThrownBy(() -> Schedule.of(new ScheduleSettings("cosine", List.of(1.0), 0, 0)))
                .hasMessage("lr_schedule.name is 'cosine';"
                        + " it must be cosine_decay, linear_schedule, exponential_decay or step_decay.");
        assertThatThrownBy(() -> Schedule.of(new ScheduleSettings("cosine_decay", List.of(1.0), 0, 0)))
                .hasMessage("lr_schedule.arguments has 1 numbers; cosine_decay takes 2 or 3.");
        assertThatThrownBy(() -> Schedule.of(new ScheduleSettings("step_decay", List.of(1.0, 0.5, 0.0), 0, 0)))
                .hasMessageContaining("the number of steps of step_decay is 0.0");
    }
}
