package org.mlxspring.engine.cli;

import java.io.PrintWriter;
import org.mlxspring.engine.evaluate.Evaluator;

/** How far an evaluation is: one line per contender and tenth of its rows. */
final class EvaluationProgress implements Evaluator.Progress {

    private final PrintWriter out;
    private String told = "";

    EvaluationProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void update(String contender, int done, int total) {
        String line = contender + ": " + (total == 0 ? 100 : 10L * done / total * 10) + " %";
        if (!line.equals(told)) {
            told = line;
            out.println(line);
        }
    }
}
