package org.mlxspring.autoconfigure.dataset;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What datasets, their tags and their sources may be called, so that a name can stand in a path and in a property. */
public final class UsableName {

    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** What stands in place of a dataset's name in {@code /mlx/api/datasets/NAME}. */
    private static final List<String> PATHS = List.of("preview", "sources");

    private UsableName() {}

    /** What a name that cannot be used must be, as in "must have 1 to 100 letters"; empty where it can be used. */
    public static Optional<String> rule(String name) {
        return USABLE.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(
                        "must have 1 to 100 letters, digits, dots, underscores or hyphens and begin with a letter or"
                                + " digit");
    }

    /** As {@link #rule}, of the name of a dataset. */
    public static Optional<String> ruleOfDataset(String name) {
        return rule(name)
                .or(() -> PATHS.contains(name)
                        ? Optional.of("must be another than '" + name + "', since /mlx/api/datasets/" + name
                                + " answers something else than a dataset")
                        : Optional.empty());
    }
}
