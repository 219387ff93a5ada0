package org.mlxspring.autoconfigure.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.dataset.Datasets;
import org.mlxspring.autoconfigure.host.OnDatabase;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** One database, and applications on it with other master keys. */
@ParameterizedClass
@EnumSource
class KeyringTest {

    private static final String KEYS = "mlx.datasets.encryption.";
    private static final byte[] TEXT = "kittiwake".getBytes(StandardCharsets.UTF_8);

    @Parameter
    private OnDatabase database;

    @TempDir
    private Path home;

    private static String key(int content) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) content);
        return Base64.getEncoder().encodeToString(key);
    }

    private ConfigurableApplicationContext with(String url, String... properties) {
        return database.another(List.of(), home, url, properties);
    }

    private static long dataset(ConfigurableApplicationContext application) {
        JdbcTemplate jdbc =
                new JdbcTemplate(application.getBean(MlxDatabase.class).dataSource());
        jdbc.update("insert into mlx_datasets (name, created_at) values ('keys', current_timestamp)");
        return jdbc.queryForObject("select id from mlx_datasets where name = 'keys'", Long.class);
    }

    @Test
    void theKeysOfADatasetOpenWithItsMasterKeyAlone() {
        String url = database.emptyUrl("masters");
        Sealed sealed;
        byte[] fingerprint;
        long id;
        try (ConfigurableApplicationContext first = with(url, KEYS + "current=a", KEYS + "keys.a=" + key(1))) {
            id = dataset(first);
            DatasetKeys keys = first.getBean(Keyring.class).of(id);
            sealed = keys.seal(TEXT, "row");
            fingerprint = keys.fingerprint("row", TEXT);
            assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("kittiwake");
            assertThat(keys.seal(TEXT, "row").bytes()).isNotEqualTo(sealed.bytes());
            assertThat(keys.open(sealed, "row")).isEqualTo(TEXT);
            assertThatThrownBy(() -> keys.open(sealed, "original"))
                    .isInstanceOf(KeyException.class)
                    .hasMessageContaining("do not open as 'original'");
            byte[] changed = sealed.bytes().clone();
            changed[20] ^= 1;
            assertThatThrownBy(() -> keys.open(new Sealed(sealed.keyNumber(), changed), "row"))
                    .isInstanceOf(KeyException.class);
            assertThat(keys.derived("one")).hasSize(32).isNotEqualTo(keys.derived("two"));
            assertThat(keys.fingerprint("key", TEXT)).isNotEqualTo(fingerprint);
        }
        try (ConfigurableApplicationContext lost = with(url, KEYS + "current=b", KEYS + "keys.b=" + key(2))) {
            assertThatThrownBy(() -> lost.getBean(Keyring.class).of(id))
                    .isInstanceOf(KeyException.class)
                    .hasMessageContaining("master key 'a', which is missing")
                    .hasMessageContaining("it has [b]");
        }
        try (ConfigurableApplicationContext wrong = with(url, KEYS + "current=a", KEYS + "keys.a=" + key(3))) {
            assertThatThrownBy(() -> wrong.getBean(Keyring.class).of(id))
                    .isInstanceOf(KeyException.class)
                    .hasMessageContaining("master key 'a' that differs");
        }
        try (ConfigurableApplicationContext both =
                with(url, KEYS + "current=b", KEYS + "keys.a=" + key(1), KEYS + "keys.b=" + key(2))) {
            Keyring keyring = both.getBean(Keyring.class);
            assertThat(keyring.rotateMaster()).isEqualTo(2);
            assertThat(keyring.rotateMaster()).isZero();
        }
        try (ConfigurableApplicationContext after = with(url, KEYS + "current=b", KEYS + "keys.b=" + key(2))) {
            DatasetKeys keys = after.getBean(Keyring.class).of(id);
            assertThat(keys.open(sealed, "row")).isEqualTo(TEXT);
            assertThat(keys.fingerprint("row", TEXT)).isEqualTo(fingerprint);
        }
    }

    @Test
    void aGeneratedKeyIsInAFileThatTheOwnerAloneReads() throws Exception {
        try (ConfigurableApplicationContext application = with(database.emptyUrl("generated"))) {
            assertThat(home.resolve("keys")).doesNotExist();
            application.getBean(Keyring.class).of(dataset(application));
            Path file = home.resolve("keys/1.key");
            assertThat(Base64.getDecoder().decode(Files.readString(file))).hasSize(32);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
            assertThat(application.getBean(Datasets.class)).isNotNull();
        }
    }

    @Test
    void wrongPropertiesAreToldAtStart() {
        String url = database.emptyUrl("wrong");
        assertThatThrownBy(() -> with(url, KEYS + "current=x", KEYS + "keys.a=" + key(1)))
                .hasRootCauseMessage(KEYS + "current is 'x', and " + KEYS + "keys has [a].");
        assertThatThrownBy(() -> with(url, KEYS + "current=a", KEYS + "keys.a=c2hvcnQ="))
                .hasRootCauseMessage(KEYS + "keys.a has 5 bytes; a key has 32.");
    }
}
