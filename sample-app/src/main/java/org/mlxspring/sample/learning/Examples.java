package org.mlxspring.sample.learning;

import java.util.List;
import java.util.Optional;
import org.mlxspring.autoconfigure.pipeline.AnsweredRow;
import org.mlxspring.autoconfigure.pipeline.RunAnswers;
import org.mlxspring.autoconfigure.run.RunView;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;

/** The answers to held-out tickets in the evaluation of a run. */
@Component
class Examples {

    private static final int LOOKED_AT = 500;

    private final RunAnswers answers;

    Examples(RunAnswers answers) {
        this.answers = answers;
    }

    /** A ticket that is answered rightly only now, of the first 500; if there is none, the first one. */
    Optional<Example> of(RunView run) {
        List<AnsweredRow> rows = answers.read(run.id(), "service-desk", PageRequest.ofSize(LOOKED_AT))
                .getContent();
        return rows.stream()
                .filter(Examples::learnt)
                .findFirst()
                .or(() -> rows.stream().findFirst())
                .map(row -> new Example(String.valueOf(row.row().get("prompt")), row.expected(), row.answers()));
    }

    private static boolean learnt(AnsweredRow row) {
        return row.expected().equals(row.answers().get("candidate"))
                && !row.expected().equals(row.answers().get("base"));
    }
}
