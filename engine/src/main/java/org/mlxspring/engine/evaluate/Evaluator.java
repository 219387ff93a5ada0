package org.mlxspring.engine.evaluate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.mlxspring.engine.data.BatchIterator;
import org.mlxspring.engine.data.NumpyRandom;
import org.mlxspring.engine.data.RowKeys;
import org.mlxspring.engine.data.RowTokenizer;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.generate.Generator;
import org.mlxspring.engine.train.Loss;
import tools.jackson.databind.json.JsonMapper;

/** Runs an {@link EvaluateSpec}: each contender in turn, loaded, judged and freed. */
public final class Evaluator {

    private static final int GENERATED_AT_ONCE = 16;
    private static final JsonMapper JSON = new JsonMapper();

    private Evaluator() {}

    /** Learns how far an evaluation is. */
    public interface Progress {

        /**
         * @param contender who is being judged
         * @param done rows judged
         * @param total rows to judge
         */
        void update(String contender, int done, int total);
    }

    /**
     * Judges every contender, on the thread that owns MLX.
     *
     * @throws EvaluationStoppedException if {@code stopRequested} answered true
     * @throws org.mlxspring.engine.model.ModelException if the model cannot be used
     * @throws org.mlxspring.engine.adapter.AdapterException if an adapter does not fit it
     * @throws org.mlxspring.engine.data.RowException if a row is bad
     */
    public static Evaluation run(EvaluateSpec spec, Progress progress, BooleanSupplier stopRequested) {
        List<Evaluation.Score> scores = new ArrayList<>();
        Map<String, List<String>> answers = new LinkedHashMap<>();
        List<Question> questions = List.of();
        for (EvaluateSpec.Contender contender : spec.contenders()) {
            try (Generator generator = Generator.load(spec.model(), contender.adapter())) {
                questions = spec.generate() == 0
                        ? List.of()
                        : Question.read(spec.rows(), spec.generate(), generator.tokenizer());
                Judge judge = new Judge(spec, contender.name(), generator, questions, progress, stopRequested);
                scores.add(judge.score());
                answers.put(contender.name(), judge.answers());
            }
        }
        if (spec.predictions().isPresent()) {
            write(spec.predictions().get(), questions, answers);
        }
        return new Evaluation(scores);
    }

    /** One contender's evaluation. */
    private static final class Judge {

        private final EvaluateSpec spec;
        private final String name;
        private final Generator generator;
        private final List<Question> questions;
        private final Progress progress;
        private final BooleanSupplier stopRequested;
        private final List<String> answers = new ArrayList<>();
        private int done;
        private int total;

        Judge(
                EvaluateSpec spec,
                String name,
                Generator generator,
                List<Question> questions,
                Progress progress,
                BooleanSupplier stopRequested) {
            this.spec = spec;
            this.name = name;
            this.generator = generator;
            this.questions = questions;
            this.progress = progress;
            this.stopRequested = stopRequested;
        }

        List<String> answers() {
            return answers;
        }

        Evaluation.Score score() {
            TokenizedRows rows =
                    new RowTokenizer(generator.tokenizer(), spec.lossMask()).inMemory(spec.rows(), RowKeys.standard());
            total = rows.size() + questions.size();
            BatchIterator batches =
                    BatchIterator.evaluation(rows, spec.batchSize(), spec.maxSeqLength(), new NumpyRandom(0), -1);
            double loss = Loss.over(
                    generator.model(), batches, () -> advance(Math.min(spec.batchSize(), rows.size() - done)));
            int exact = 0;
            for (int i = 0; i < questions.size(); i += GENERATED_AT_ONCE) {
                exact += answer(questions.subList(i, Math.min(questions.size(), i + GENERATED_AT_ONCE)));
            }
            return new Evaluation.Score(name, rows.size(), loss, Math.exp(loss), questions.size(), exact);
        }

        private int answer(List<Question> asked) {
            List<int[]> generated = generator.generateAll(
                    asked.stream().map(Question::prompt).toList(),
                    spec.maxTokens(),
                    generator.tokenizer().endTokens());
            int exact = 0;
            for (int i = 0; i < asked.size(); i++) {
                String text =
                        generator.tokenizer().decode(generated.get(i), true).strip();
                answers.add(text);
                exact += text.equals(asked.get(i).expected()) ? 1 : 0;
            }
            advance(asked.size());
            return exact;
        }

        private void advance(int rows) {
            if (stopRequested.getAsBoolean()) {
                throw new EvaluationStoppedException();
            }
            done += rows;
            progress.update(name, done, total);
        }
    }

    private static void write(Path file, List<Question> questions, Map<String, List<String>> answers) {
        Path beside = file.resolveSibling("." + file.getFileName() + ".tmp");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (BufferedWriter out = Files.newBufferedWriter(beside)) {
                for (int i = 0; i < questions.size(); i++) {
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("row", questions.get(i).row());
                    line.put("expected", questions.get(i).expected());
                    Map<String, String> given = new LinkedHashMap<>();
                    int at = i;
                    answers.forEach((name, texts) -> given.put(name, texts.get(at)));
                    line.put("answers", given);
                    out.write(JSON.writeValueAsString(line));
                    out.write('\n');
                }
            }
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written", e);
        }
    }
}
