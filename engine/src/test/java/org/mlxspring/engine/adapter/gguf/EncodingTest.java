package org.mlxspring.engine.adapter.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class EncodingTest {

    private static final JsonNode ROUNDING = Goldens.read().path("rounding");

    @ParameterizedTest
    @EnumSource(GgufType.class)
    void roundsAsTheGgufPackageDoes(GgufType type) {
        float[] values = values();
        ByteBuffer bytes = encoded(type.encoding(), values);
        assertThat(HexFormat.of().formatHex(bytes.array()))
                .isEqualTo(ROUNDING.path(type.settingName()).asString());
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void readsWhatItWrites(Encoding encoding) {
        float[] once = encoding.decode(encoded(encoding, values()), values().length);
        float[] twice = encoding.decode(encoded(encoding, once), once.length);
        assertThat(twice).containsExactly(once, within(1e-2f));
    }

    private static ByteBuffer encoded(Encoding encoding, float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate((int) encoding.bytes(values.length)).order(ByteOrder.LITTLE_ENDIAN);
        encoding.encode(values, bytes);
        assertThat(bytes.hasRemaining()).isFalse();
        return bytes.flip();
    }

    private static float[] values() {
        JsonNode bits = ROUNDING.path("bits");
        float[] values = new float[bits.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(bits.get(i).asInt());
        }
        return values;
    }
}
