package org.mlxspring.autoconfigure.model;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.mlxspring.autoconfigure.database.MlxDatabase;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The base models of {@code mlx.models}, the fused versions made from each, and the champion: the version that serves.
 */
public class Models {

    private static final Logger LOG = LoggerFactory.getLogger(Models.class);

    private final TreeMap<String, Path> paths = new TreeMap<>();
    private final TransactionOperations transactions;
    private final ModelRepository models;
    private final ModelVersionRepository versions;

    Models(Map<String, Path> paths, MlxDatabase database) {
        this.paths.putAll(paths);
        transactions = database.transactions();
        models = database.repository(ModelRepository.class);
        versions = database.repository(ModelVersionRepository.class);
    }

    /** All base models with their versions, by name. */
    public List<ModelView> list() {
        return paths.keySet().stream().map(this::get).toList();
    }

    /**
     * One base model with its versions.
     *
     * @throws ProblemException if {@code mlx.models} has no such name; it lists those there are
     */
    public ModelView get(String name) {
        Path path = path(name);
        return Objects.requireNonNull(transactions.execute(status -> {
            List<ModelVersionView> all = versions.findByModelOrderByVersionDesc(name).stream()
                    .map(ModelVersionEntity::view)
                    .toList();
            return new ModelView(
                    name,
                    path.toString(),
                    championEntity(name).map(ModelVersionEntity::view).orElse(null),
                    all);
        }));
    }

    /**
     * Folder of a base model.
     *
     * @throws ProblemException if {@code mlx.models} has no such name; it lists those there are
     */
    public Path path(String name) {
        Path path = paths.get(name);
        if (path == null) {
            throw ProblemException.notFound(
                    "Unknown model",
                    "There is no model '" + name + "' in mlx.models. "
                            + (paths.isEmpty()
                                    ? "It has none; set mlx.models." + name + ".path to the model's folder."
                                    : "There are: " + String.join(", ", paths.keySet()) + "."),
                    Map.of("models", List.copyOf(paths.keySet())));
        }
        return path;
    }

    /**
     * What keeps runs from using a base model, such as a GGUF file or a family that is not supported, in words that name
     * the property; empty where nothing is known to.
     *
     * @throws ProblemException if {@code mlx.models} has no such name
     */
    public Optional<String> problem(String name) {
        return BaseModelCheck.problem(path(name))
                .map(reason -> "The model " + name + " of mlx.models." + name + ".path cannot be used: " + reason);
    }

    /** The champion of a base model; empty while the base model itself serves. */
    public Optional<Champion> champion(String name) {
        return Objects.requireNonNull(
                transactions.execute(status -> championEntity(name).map(ModelVersionEntity::asChampion)));
    }

    /** Whether a run made a version of a base model, be it withdrawn since. */
    public boolean madeBy(String name, String run) {
        return versions.findByModelAndRunId(name, run).isPresent();
    }

    /**
     * Makes a fused model a version and the champion, both or neither. For a run that already made one, that one is
     * the answer.
     *
     * @param rival the champion's version that it was found better than, or empty for the base model
     * @return empty, and nothing is changed, if another one serves by now
     */
    public Optional<ModelVersionView> promote(NewVersion fused, Optional<Integer> rival) {
        open(fused.model());
        return Objects.requireNonNull(transactions.execute(status -> {
            ModelEntity model = models.lock(fused.model()).orElseThrow();
            Optional<ModelVersionEntity> done = versions.findByModelAndRunId(fused.model(), fused.run());
            if (done.isPresent()) {
                return done.map(ModelVersionEntity::view);
            }
            if (!model.champion().equals(rival)) {
                return Optional.empty();
            }
            ModelVersionEntity version =
                    versions.saveAndFlush(new ModelVersionEntity(nextVersion(fused.model()), fused, now()));
            model.promote(version.version());
            LOG.info(
                    "Model {} has a new champion: version {}, made by run {}.",
                    fused.model(),
                    version.version(),
                    fused.run());
            return Optional.of(version.view());
        }));
    }

    /**
     * Takes versions out of serving. If the champion is among them, the newest version that was never withdrawn
     * becomes the champion, or none, and the base model serves. The folders stay.
     *
     * @param name the base model, also one that {@code mlx.models} no longer has
     * @param numbers versions of it; unknown ones are passed over
     * @param reason why, for whoever looks at the version later
     * @return those that were withdrawn now, without those that were already
     */
    public List<ModelVersionView> withdraw(String name, Collection<Integer> numbers, String reason) {
        return Objects.requireNonNull(transactions.execute(status -> {
            Optional<ModelEntity> model = models.lock(name);
            if (model.isEmpty()) {
                return List.of();
            }
            List<ModelVersionEntity> all = versions.findByModelOrderByVersionDesc(name);
            List<ModelVersionEntity> now = all.stream()
                    .filter(version -> numbers.contains(version.version()) && !version.withdrawn())
                    .toList();
            now.forEach(version -> version.withdraw(now(), reason));
            if (model.get().champion().filter(numbers::contains).isPresent()) {
                moveChampion(model.get(), all, reason);
            }
            return now.stream().map(ModelVersionEntity::view).toList();
        }));
    }

    private static void moveChampion(ModelEntity model, List<ModelVersionEntity> newestFirst, String reason) {
        Optional<Integer> next = newestFirst.stream()
                .filter(version -> !version.withdrawn())
                .map(ModelVersionEntity::version)
                .findFirst();
        next.ifPresentOrElse(model::promote, model::stepDown);
        LOG.warn(
                "The champion of model {} was withdrawn: {} {} now.",
                model.name(),
                reason,
                next.map(version -> "Version " + version + " serves").orElse("The base model itself serves"));
    }

    private Optional<ModelVersionEntity> championEntity(String name) {
        return models.findById(name)
                .flatMap(ModelEntity::champion)
                .flatMap(version -> versions.findByModelAndVersion(name, version));
    }

    private int nextVersion(String name) {
        return versions.findFirstByModelOrderByVersionDesc(name)
                        .map(ModelVersionEntity::version)
                        .orElse(0)
                + 1;
    }

    private void open(String name) {
        try {
            transactions.executeWithoutResult(status -> {
                if (!models.existsById(name)) {
                    models.saveAndFlush(new ModelEntity(name));
                }
            });
        } catch (RuntimeException e) {
            if (!models.existsById(name)) {
                throw e;
            }
            LOG.debug("Model {} was entered by another instance at the same moment.", name);
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
