package org.mlxspring.engine.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.mlxspring.engine.data.BatchIterator;
import org.mlxspring.engine.data.NumpyRandom;
import org.mlxspring.engine.data.RowKeys;
import org.mlxspring.engine.data.RowTokenizer;
import org.mlxspring.engine.data.TokenizedRows;
import org.mlxspring.engine.generate.GenerateSettings;
import org.mlxspring.engine.generate.Generation;
import org.mlxspring.engine.generate.Generator;
import org.mlxspring.engine.train.Loss;

/** Runs an {@link EvaluateSpec}: each contender in turn, loaded, judged and freed. */
public final class Evaluator {

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
                        : Question.read(
                                spec.rows(),
                                spec.generate(),
                                generator.tokenizer(),
                                spec.answering().templateVariables());
                Judge judge = new Judge(spec, contender.name(), generator, questions, progress, stopRequested);
                scores.add(judge.score());
                answers.put(contender.name(), judge.answers());
            }
        }
        List<String> expected = questions.stream().map(Question::expected).toList();
        List<Metric> metrics = Metrics.of(expected);
        if (spec.predictions().isPresent()) {
            new Predictions(questions, metrics).write(spec.predictions().get(), answers);
        }
        return questions.isEmpty()
                ? new Evaluation(scores)
                : new Evaluation(scored(spec, scores, new Scoring(expected, metrics, bootstrap(spec)), answers));
    }

    private static Bootstrap bootstrap(EvaluateSpec spec) {
        return new Bootstrap(spec.answering().resamples(), spec.answering().seed());
    }

    private static List<Evaluation.Score> scored(
            EvaluateSpec spec, List<Evaluation.Score> scores, Scoring scoring, Map<String, List<String>> answers) {
        Optional<String> base = spec.contenders().stream()
                .filter(contender -> contender.adapter().isEmpty())
                .map(EvaluateSpec.Contender::name)
                .findFirst();
        return scores.stream()
                .map(score -> score.with(scoring.scores(
                        answers.get(score.name()),
                        base.filter(name -> !name.equals(score.name())).map(answers::get))))
                .toList();
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
            TokenizedRows rows = RowTokenizer.ofAny(generator.tokenizer(), spec.lossMask())
                    .inMemory(spec.rows(), RowKeys.standard());
            total = rows.size() + questions.size();
            BatchIterator batches =
                    BatchIterator.evaluation(rows, spec.batchSize(), spec.maxSeqLength(), new NumpyRandom(0), -1);
            double loss = Loss.over(
                    generator.model(), batches, () -> advance(Math.min(spec.batchSize(), rows.size() - done)));
            int exact = 0;
            int atOnce = spec.answering().atOnce();
            for (int i = 0; i < questions.size(); i += atOnce) {
                exact += answer(questions.subList(i, Math.min(questions.size(), i + atOnce)));
            }
            return new Evaluation.Score(name, rows.size(), loss, Math.exp(loss), questions.size(), exact);
        }

        private int answer(List<Question> asked) {
            List<Generation> generated = generator.generateAll(
                    asked.stream().map(Question::prompt).toList(),
                    new GenerateSettings(spec.maxTokens(), spec.answering().sampling()),
                    generator.tokenizer().endTokens());
            int exact = 0;
            for (int i = 0; i < asked.size(); i++) {
                String text = generator
                        .tokenizer()
                        .decode(generated.get(i).tokens(), true)
                        .strip();
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
}
