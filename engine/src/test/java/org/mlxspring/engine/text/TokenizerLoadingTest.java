package org.mlxspring.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerLoadingTest {

    private static final Path MODEL = Path.of("src/test/resources/fixtures/llama/model");

    @Test
    void givesTheTokenizerOfTheFolder() {
        try (TokenizerLoading loading = TokenizerLoading.begin(MODEL);
                Tokenizer direct = Tokenizer.load(MODEL)) {
            assertThat(loading.await().encode("The printer stops.", false))
                    .isEqualTo(direct.encode("The printer stops.", false));
        }
    }

    @Test
    void throwsWhatLoadingThrew(@TempDir Path empty) {
        try (TokenizerLoading loading = TokenizerLoading.begin(empty)) {
            assertThatThrownBy(loading::await)
                    .isInstanceOf(TokenizerException.class)
                    .hasMessageContaining(empty.toString());
        }
    }
}
