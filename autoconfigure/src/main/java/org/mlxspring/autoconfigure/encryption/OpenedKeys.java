package org.mlxspring.autoconfigure.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The keys of one dataset in memory: the names key, and the rows keys by number. */
final class OpenedKeys implements DatasetKeys {

    private final long datasetId;
    private final byte[] names;
    private final SortedMap<Integer, SecretKeySpec> rows;
    private final Map<String, SecretKeySpec> fingerprintKeys = new ConcurrentHashMap<>();

    OpenedKeys(long datasetId, byte[] names, SortedMap<Integer, SecretKeySpec> rows) {
        this.datasetId = datasetId;
        this.names = names;
        this.rows = rows;
    }

    int newest() {
        return rows.lastKey();
    }

    @Override
    public Sealed seal(byte[] plain, String use) {
        int number = newest();
        return new Sealed(number, AesGcm.seal(rows.get(number), plain, associated(use)));
    }

    @Override
    public byte[] open(Sealed sealed, String use) {
        SecretKeySpec key = rows.get(sealed.keyNumber());
        if (key == null) {
            throw new KeyException("Dataset " + datasetId + " has no rows key " + sealed.keyNumber()
                    + " any more; it has " + rows.keySet() + ". Bring mlx_dataset_keys back from a backup.");
        }
        try {
            return AesGcm.open(key, sealed.bytes(), associated(use));
        } catch (AEADBadTagException e) {
            throw new KeyException(
                    "Sealed bytes of dataset " + datasetId + " do not open as '" + use + "' with its rows key "
                            + sealed.keyNumber() + ": they were changed, or belong elsewhere.",
                    e);
        }
    }

    @Override
    public byte[] fingerprint(String label, byte[] value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(fingerprintKeys.computeIfAbsent(
                    label, each -> new SecretKeySpec(derived("fingerprint " + each), "HmacSHA256")));
            return mac.doFinal(value);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HMAC-SHA256.", e);
        }
    }

    /** HKDF-SHA256 (RFC 5869) with the names key as pseudorandom key and the label as info. */
    @Override
    public byte[] derived(String label) {
        try {
            HKDFParameterSpec parameters = HKDFParameterSpec.expandOnly(
                    new SecretKeySpec(names, "HKDF"), label.getBytes(StandardCharsets.UTF_8), AesGcm.KEY_BYTES);
            return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HKDF-SHA256.", e);
        }
    }

    private byte[] associated(String use) {
        return ("mlx dataset " + datasetId + " " + use).getBytes(StandardCharsets.UTF_8);
    }
}
