package org.mlxspring.engine.data;

/**
 * Names of the keys that hold a row, as mlx-lm's settings of the same names.
 *
 * @param promptFeature key of the prompt of a completion row
 * @param completionFeature key of the completion of a completion row
 * @param textFeature key of the text of a text row
 * @param chatFeature key of the messages of a chat row
 */
public record RowKeys(String promptFeature, String completionFeature, String textFeature, String chatFeature) {

    /** {@code prompt}, {@code completion}, {@code text} and {@code messages}. */
    public static RowKeys standard() {
        return new RowKeys("prompt", "completion", "text", "messages");
    }
}
